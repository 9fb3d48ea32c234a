"""What the shop says without being asked, and how often: data of the shop file."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from dangol.kernel.model import Value


class OutreachPolicy(Value):
    """Late warnings, care tips, offers after an order, and the limits of what is advertising.

    `late_from` is the probability of a late arrival from which the shopper is told (nothing: nobody is); `late_points`
    are given with it to who has an account. `care_days` after delivery tips for what was bought are sent (nothing:
    never). `letters_a_week` is how many messages that advertise somebody gets in seven days at most, never two in one
    day. `offers` is whether something that goes with an order is offered after it.
    """

    late_from: Annotated[Decimal, Field(gt=0, le=1)] | None = Decimal("0.5")
    late_points: Annotated[int, Field(ge=0)] = 0
    care_days: Annotated[int, Field(ge=1, le=60)] | None = 3
    letters_a_week: Annotated[int, Field(ge=1, le=7)] = 2
    offers: bool = True

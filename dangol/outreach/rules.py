"""When advertising may be sent, and why not: consent, the night, how often. The law: 정보통신망법 제50조.

A follow-up after a purchase counts as advertising by default; what is said in the shopper's own conversation with the
shop needs no agreement beforehand, only the way to refuse it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from dangol.kernel.outreach_policy import OutreachPolicy
from dangol.kernel.shop import Shop

Medium = Literal["conversation", "email", "sms"]
WhyNot = Literal["refused", "no_consent", "night", "often"]

NIGHT = (time(21, 0), time(8, 0))
"""From nine in the evening until eight in the morning nobody is written to who did not agree to just that."""
_KOREA = "Asia/Seoul"


@dataclass(frozen=True)
class Standing:
    """What somebody agreed to and was sent: media agreed to, whether advertising was refused altogether, messages of the
    last day and the last seven days."""

    agreed: frozenset[str] = frozenset()
    refused: bool = False
    today: int = 0
    this_week: int = 0


def in_korea(shop: Shop) -> bool:
    """Whether the shop stands under the Korean rules for advertising."""
    return shop.time_zone == _KOREA


def night_ends(local: datetime) -> datetime | None:
    """When somebody may be written to again, where it is night at this moment of local time; else None."""
    begins, ends = NIGHT
    if local.time() >= begins:
        return datetime.combine(local.date() + timedelta(days=1), ends, local.tzinfo)
    if local.time() < ends:
        return datetime.combine(local.date(), ends, local.tzinfo)
    return None


def why_not(medium: Medium, standing: Standing, policy: OutreachPolicy, local: datetime) -> WhyNot | None:
    """Why advertising may not go this way at this moment of local time; None: it may."""
    if standing.refused:
        return "refused"
    if medium != "conversation" and medium not in standing.agreed:
        return "no_consent"
    if night_ends(local) is not None:
        return "night"
    if standing.today > 0 or standing.this_week >= policy.letters_a_week:
        return "often"
    return None

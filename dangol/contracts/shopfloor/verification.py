"""Who is asking: what a shopper gives to show who they are, and what came of it."""

from __future__ import annotations

from typing import Literal

from dangol.kernel.model import Value
from dangol.kernel.tools import Proof

ProofNeed = Literal["order", "email", "name", "postcode", "phone", "code"]


class VerifyShopper(Value):
    """What was said of an order by whoever says it is theirs; nothing is taken for true but what agrees with it."""

    order: str | None = None
    email: str | None = None
    name: str | None = None
    postcode: str | None = None
    phone: str | None = None


class SendCode(Value):
    """Send a one-time code to this e-mail or phone; neither: to the address the shop knows of this customer."""

    email: str | None = None
    phone: str | None = None


class CheckCode(Value):
    """The code that was sent."""

    code: str


class VerifyPurchase(Value):
    """Send a code to the e-mail or phone of the checkout (`again`: also while one still holds), or take it."""

    code: str | None = None
    again: bool = False


class VerificationView(Value):
    """What came of it. `needs` is what is still missing; `not_verified` never tells what of it was wrong.

    `code_sent` says only that a code is on its way if the shop knows that address. Minutes and tries are those
    left for the code; `to` is where it went, masked; `proof` is set when it is shown who is asking.
    """

    state: Literal[
        "verified", "not_verified", "needs", "code_sent", "code_wrong", "code_over", "locked", "not_offered",
    ]  # fmt: skip
    needs: tuple[ProofNeed, ...] = ()
    ways: tuple[str, ...] = ()
    minutes: int = 0
    tries: int = 0
    to: str = ""
    proof: Proof | None = None

"""The desk: whether a person can come, how long it takes, and how to reach the shopper when nobody is there."""

from __future__ import annotations

from typing import Literal

from dangol.kernel.model import Value


class LookAtDesk(Value):
    """Ask whether somebody is there now."""


class DeskView(Value):
    """How the desk stands: `open` by its hours, how many are there, how many wait, how long it took others lately.

    `wait_minutes` is None where nobody waited lately. `opens` is when it opens next, in the shop's own time.
    `reachable` says that the shop knows how to write to this shopper.
    """

    open: bool
    online: int
    ahead: int
    wait_minutes: int | None = None
    opens: str | None = None
    who: Literal["assistant", "person", "mixed"] = "mixed"
    reachable: bool = False


class LeaveContact(Value):
    """Where the answer may be sent, or who is called back; only with the consent that was read (`wording`)."""

    email: str = ""
    phone: str = ""
    call: bool = False
    consent: bool = False
    wording: str = ""


class ContactLeft(Value):
    """The contact is kept for this one answer."""

    email: str = ""
    phone: str = ""
    call: bool = False


class GrantGoodwill(Value):
    """Points as an apology, and why."""

    points: int
    why: str = ""


class GoodwillGranted(Value):
    """The points that were given, and the balance after."""

    points: int
    balance: int

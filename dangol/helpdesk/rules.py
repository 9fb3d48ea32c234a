"""What each role may do, and what a person may do with a conversation as it stands."""

from __future__ import annotations

from typing import Literal

from dangol.helpdesk.model import NotPermitted, NotYours, Staff, StaffRole
from dangol.kernel import facts
from dangol.kernel.facts import Fact
from dangol.kernel.ownership import Custody, Event, can, require
from dangol.kernel.shop import Shop

Permission = Literal[
    "converse", "see_all", "approve", "edit_replies", "edit_knowledge", "see_metrics", "see_audit",
    "manage_people", "edit_settings",
]  # fmt: skip

MAY: dict[StaffRole, frozenset[Permission]] = {
    "owner": frozenset(
        {
            "converse", "see_all", "approve", "edit_replies", "edit_knowledge", "see_metrics", "see_audit",
            "manage_people", "edit_settings",
        }
    ),
    "manager": frozenset(
        {
            "converse", "see_all", "approve", "edit_replies", "edit_knowledge", "see_metrics", "see_audit",
            "manage_people", "edit_settings",
        }
    ),
    "agent": frozenset({"converse"}),
    "editor": frozenset({"edit_replies", "edit_knowledge"}),
}  # fmt: skip

# verb → what it does to the owner
_VERBS: dict[str, Event] = {
    "take": "taken_over",
    "transfer": "transferred",
    "queue": "put_back",
    "snooze": "snoozed",
    "wake": "woken",
    "resolve": "given_back",
    "give_back": "given_back",
    "close": "closed",
    "reopen": "reopened",
}
_OWNERS_ALONE = frozenset({"snooze", "wake", "resolve", "give_back"})
_ALWAYS = ("note", "labels", "priority", "viewing", "merge")


def permit(role: StaffRole, needed: Permission) -> None:
    """Raises NotPermitted unless this role has the permission."""
    if needed not in MAY[role]:
        raise NotPermitted(needs=needed)


def allowed(staff: str, role: StaffRole, custody: Custody) -> tuple[str, ...]:
    """The verbs this person may use on a conversation as it stands, for the buttons of a console."""
    if "converse" not in MAY[role]:
        return ()
    verbs = [verb for verb in _VERBS if _may(verb, staff, role, custody)]
    if custody.owner == staff:
        verbs[:0] = ["say", "act"]
    return (*verbs, *_ALWAYS)


def _may(verb: str, staff: str, role: StaffRole, custody: Custody) -> bool:
    if not can(custody, _VERBS[verb]):
        return False
    if verb == "take":
        return custody.owner != staff and (custody.owner is None or "see_all" in MAY[role])
    if verb in _OWNERS_ALONE:
        return custody.owner == staff
    return custody.owner in (None, staff) or "see_all" in MAY[role]


def demand(verb: str, staff: str, role: StaffRole, custody: Custody) -> None:
    """Raises NotInThisState or NotYours unless this person may do this now."""
    require(custody, _VERBS[verb])
    if not _may(verb, staff, role, custody):
        raise NotYours(owner=custody.owner)


def demand_own(staff: str, custody: Custody) -> None:
    """Raises NotYours unless the conversation is this person's."""
    if custody.owner != staff:
        raise NotYours(owner=custody.owner)


def taken(staff: str, custody: Custody) -> list[Fact]:
    """The facts of a take-over; none when it is theirs already."""
    if custody.owner == staff and custody.state == "person":
        return []
    return [facts.TakenOver(staff=staff)]


def limit_of(staff: Staff, shop: Shop) -> int | None:
    """How much (minor units) somebody may give away in a conversation without another's yes; None: any amount.

    Their own limit counts, else that of their role. Who has neither and may not approve asks every time.
    """
    if staff.refund_limit is not None:
        return staff.refund_limit
    of_role = None if staff.role == "editor" else shop.helpdesk.limits.get(staff.role)
    if of_role is not None:
        return shop.money(of_role).amount
    return None if "approve" in MAY[staff.role] else 0


def may_manage(role: StaffRole, other: StaffRole) -> bool:
    """May this role make, change or disable an account of the other? Managers leave owners alone."""
    return "manage_people" in MAY[role] and (role == "owner" or other != "owner")

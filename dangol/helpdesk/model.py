"""The words of the desk: people, the inbox, notes, approvals, and why something is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from dangol.kernel.errors import Refused

StaffRole = Literal["owner", "manager", "agent", "editor"]
Presence = Literal["online", "away", "offline"]
Priority = Literal["low", "normal", "high", "urgent"]


class SignInFailed(Refused):
    """No account of this e-mail with this password; which of the two is never said."""

    code = "sign_in_failed"
    status = 401


class CodeNeeded(Refused):
    """The account has a second factor, and no code came along."""

    code = "code_needed"
    status = 401


class NotSignedIn(Refused):
    """No session of staff, or one that has ended."""

    code = "not_signed_in"
    status = 401


class NotPermitted(Refused):
    """This role may not do that; `needs` names the permission."""

    code = "not_permitted"
    status = 403


class ForeignPage(Refused):
    """The request comes from a page that is not the console, or without the console's own token."""

    code = "foreign_page"
    status = 403


class NotYours(Refused):
    """Somebody else has this conversation; `owner` says who."""

    code = "not_yours"


class AlreadyAnswered(Refused):
    """The approval was answered by somebody else meanwhile."""

    code = "already_answered"


class OwnRequest(Refused):
    """Nobody answers an approval they asked for themselves."""

    code = "own_request"
    status = 403


class Taken(Refused):
    """There is one of this name already; `field` says which field must be another."""

    code = "taken"


class WeakPassword(Refused):
    """A password needs at least ten characters, and may be none that everybody tries first."""

    code = "weak_password"
    status = 422


class LastOwner(Refused):
    """The shop must keep an owner who can sign in."""

    code = "last_owner"


@dataclass(frozen=True)
class Staff:
    """A member of staff as stored. `refund_limit` is in minor units; None: that of their role."""

    id: str
    email: str
    name: str
    role: StaffRole
    password_hash: str
    totp_secret: str | None
    totp_on: bool
    totp_step: int
    languages: list[str]
    skills: list[str]
    teams: list[str]
    capacity: int
    refund_limit: int | None
    presence: Presence
    seen_at: datetime | None
    disabled_at: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class Colleague:
    """Somebody conversations can be given to, and how much they have before them."""

    id: str
    name: str
    languages: list[str]
    skills: list[str]
    teams: list[str]
    capacity: int
    presence: Presence
    seen_at: datetime | None
    open: int


@dataclass(frozen=True)
class ThreadRow:
    """A conversation as the inbox shows it."""

    conversation_id: str
    seq: int
    state: str
    owner: str | None
    last_owner: str | None
    team: str
    reason: str | None
    channel: str
    language: str
    customer_id: int | None
    priority: Priority
    handed_seq: int | None
    said_seq: int | None
    said_from: str | None
    said_at: datetime | None
    queued_at: datetime | None
    served_at: datetime | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    assigned_at: datetime | None
    wanted: str | None
    rating: int | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Thread(ThreadRow):
    """The same with what is joined to it for reading."""

    labels: list[str] = field(default_factory=list)
    merged_into: str | None = None
    delivered: int = 0
    read: int = 0
    owner_name: str | None = None
    customer_name: str | None = None
    vip: bool = False
    last_text: str = ""
    subject: str = ""
    place: int | None = None


@dataclass(frozen=True)
class Note:
    """A private note beside a conversation."""

    id: str
    conversation_id: str
    staff_id: str
    staff_name: str
    text: str
    mentions: list[str]
    at: datetime


@dataclass(frozen=True)
class Viewer:
    """Somebody of staff who looks at a conversation, and perhaps types."""

    id: str
    name: str
    typing: bool


@dataclass(frozen=True)
class CannedReply:
    """A prepared text, one for each language; `shortcut` is typed to find it."""

    id: str
    shortcut: str
    title: str
    texts: dict[str, str]
    updated_at: datetime


@dataclass(frozen=True)
class Approval:
    """An act above somebody's limit, waiting for the yes of another."""

    id: str
    conversation_id: str
    tool: str
    args: dict[str, Any]
    amount: int | None
    currency: str | None
    asked_by: str
    asked_at: datetime
    state: Literal["waiting", "approved", "refused"]
    answered_by: str | None
    answered_at: datetime | None
    why: str
    result: dict[str, Any] | None


@dataclass(frozen=True)
class DeskEvent:
    """Something a console wants to know at once; `staff_id` when it is for one person alone."""

    id: int
    at: datetime
    kind: str
    conversation_id: str | None
    ref: str
    staff_id: str | None


@dataclass(frozen=True)
class AuditEntry:
    """Something a member of staff did."""

    id: int
    at: datetime
    staff_id: str | None
    act: str
    conversation_id: str | None
    details: dict[str, Any]

"""Accounts of staff: made, signed in to, changed; every act of it in the audit log."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from dangol.helpdesk.model import CodeNeeded, LastOwner, Presence, SignInFailed, Staff, StaffRole
from dangol.helpdesk.passwords import (
    hash_password,
    new_totp_secret,
    no_ones_hash,
    password_fits,
    totp_step,
)
from dangol.helpdesk.records import accounts as records
from dangol.helpdesk.records.accounts import Connection
from dangol.kernel.errors import NotFound
from dangol.kernel.ids import fingerprint, new_id, secret_token
from dangol.kernel.sealing import keyring

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
AWAY_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class NewStaff:
    """What an account is made of."""

    email: str
    name: str
    role: StaffRole
    password: str
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    capacity: int = 6
    refund_limit: int | None = None


async def add_staff(conn: Connection, new: NewStaff, by: str | None, now: datetime) -> Staff:
    """Make an account. Raises Taken, WeakPassword."""
    hashed = await asyncio.to_thread(hash_password, new.password)
    async with conn.transaction():
        staff = await records.insert_staff(
            conn,
            {
                "id": new_id("s"),
                "email": new.email.strip(),
                "name": new.name.strip(),
                "role": new.role,
                "password_hash": hashed,
                "languages": list(new.languages),
                "skills": list(new.skills),
                "teams": list(new.teams),
                "capacity": new.capacity,
                "refund_limit": new.refund_limit,
                "created_at": now,
            },
        )
        await records.note_act(conn, by, "staff_added", now, details={"staff": staff.id, "role": staff.role})
    return staff


async def sign_in(
    conn: Connection, email: str, password: str, code: str | None, now: datetime
) -> tuple[Staff, str]:
    """Open a session; returns who it is and the secret of the session. Raises SignInFailed, CodeNeeded."""
    staff = await records.staff_by_email(conn, email.strip())
    stored = staff.password_hash if staff else await asyncio.to_thread(_nobody)
    fits = await asyncio.to_thread(password_fits, password, stored)
    if staff is None or not fits or staff.disabled_at is not None:
        await records.note_act(conn, staff.id if staff else None, "sign_in_refused", now)
        raise SignInFailed
    await _check_code(conn, staff, code, now)
    token = secret_token()
    async with conn.transaction():
        changed = await records.arrive(conn, staff, now)
        if changed is None:  # the password was changed, or the account closed, while it was being looked at
            raise SignInFailed
        await records.insert_session(conn, fingerprint(token), staff.id, now)
        await records.delete_old_sessions(conn, now - LONGEST)
        await records.note_act(conn, staff.id, "signed_in", now)
    return changed, token


@cache
def _nobody() -> str:
    return no_ones_hash()


def _secret(staff: Staff) -> str:
    return keyring().open(staff.totp_secret or "", records.about_second_factor(staff.id))


async def _check_code(conn: Connection, staff: Staff, code: str | None, now: datetime) -> None:
    if not staff.totp_on or staff.totp_secret is None:
        return
    if not code:
        raise CodeNeeded
    step = totp_step(_secret(staff), code, now, staff.totp_step)
    if step is None or not await records.use_code(conn, staff.id, step):
        await records.note_act(conn, staff.id, "sign_in_refused", now, details={"factor": "code"})
        raise SignInFailed


async def signed_in(conn: Connection, token: str, now: datetime) -> Staff | None:
    """Whose session this is; None when it has ended or was never one."""
    return await records.use_session(conn, fingerprint(token), now, IDLE, LONGEST)


async def sign_out(conn: Connection, staff: Staff, token: str, now: datetime, *, everywhere: bool) -> None:
    """End this session, or all of somebody's; whoever leaves is not at the desk, and what they had waits for the next."""
    async with conn.transaction():
        if everywhere:
            await records.delete_sessions(conn, staff.id)
        else:
            await records.delete_session(conn, fingerprint(token))
        await records.note_act(conn, staff.id, "signed_out", now, details={"everywhere": everywhere})
        await records.update_staff(conn, staff.id, {"presence": "offline"})


async def change_password(
    conn: Connection, staff: Staff, old: str, new: str, token: str, now: datetime
) -> None:
    """Change one's own password; other sessions end. Raises SignInFailed, WeakPassword."""
    if not await asyncio.to_thread(password_fits, old, staff.password_hash):
        raise SignInFailed
    await _set_password(conn, staff.id, new, staff.id, now, but=fingerprint(token))


async def reset_password(conn: Connection, staff_id: str, new: str, by: str | None, now: datetime) -> None:
    """Give somebody a new password; all their sessions end and the second factor is off. Raises NotFound, WeakPassword."""
    await _set_password(conn, staff_id, new, by, now, totp_on=False, totp_secret=None)


async def _set_password(
    conn: Connection, staff_id: str, new: str, by: str | None, now: datetime, but: str = "", **more: Any
) -> None:
    hashed = await asyncio.to_thread(hash_password, new)
    async with conn.transaction():
        if await records.update_staff(conn, staff_id, {"password_hash": hashed, **more}) is None:
            raise NotFound(staff=staff_id)
        await records.delete_sessions(conn, staff_id, but=but)
        await records.note_act(conn, by, "password_changed", now, details={"staff": staff_id})


async def begin_totp(conn: Connection, staff: Staff) -> str:
    """A fresh secret for an authenticator app; in force once a code of it was given."""
    secret = new_totp_secret()
    sealed = keyring().seal(secret, records.about_second_factor(staff.id))
    await records.update_staff(conn, staff.id, {"totp_secret": sealed, "totp_on": False, "totp_step": 0})
    return secret


async def confirm_totp(conn: Connection, staff: Staff, code: str, now: datetime) -> None:
    """Switch the second factor on. Raises SignInFailed when the code is not of the new secret."""
    step = totp_step(_secret(staff), code, now, 0) if staff.totp_secret else None
    if step is None:
        raise SignInFailed
    async with conn.transaction():
        await records.update_staff(conn, staff.id, {"totp_on": True, "totp_step": step})
        await records.note_act(conn, staff.id, "second_factor_on", now)


async def end_totp(conn: Connection, staff: Staff, password: str, now: datetime) -> None:
    """Switch the second factor off. Raises SignInFailed."""
    if not await asyncio.to_thread(password_fits, password, staff.password_hash):
        raise SignInFailed
    async with conn.transaction():
        await records.update_staff(conn, staff.id, {"totp_on": False, "totp_secret": None})
        await records.note_act(conn, staff.id, "second_factor_off", now)


async def change_staff(
    conn: Connection, staff_id: str, changes: dict[str, Any], by: str | None, now: datetime
) -> Staff:
    """Change an account; `disabled` ends its sessions. Raises NotFound, Taken, LastOwner."""
    values = {name: value for name, value in changes.items() if name != "disabled"}
    async with conn.transaction():
        await records.lock_accounts(conn)
        if "disabled" in changes:
            values["disabled_at"] = now if changes["disabled"] else None
        changed = await records.update_staff(conn, staff_id, values) if values else None
        changed = changed or await records.staff_by_id(conn, staff_id)
        if changed is None:
            raise NotFound(staff=staff_id)
        if not any(
            each.role == "owner" and each.disabled_at is None for each in await records.all_staff(conn)
        ):
            raise LastOwner
        if changes.get("disabled"):
            await records.delete_sessions(conn, staff_id)
            await records.update_staff(conn, staff_id, {"presence": "offline"})
        details = {"staff": staff_id, "fields": sorted(changes)}
        await records.note_act(conn, by, "staff_changed", now, details=details)
    return changed


async def set_presence(conn: Connection, staff: Staff, presence: Presence, now: datetime) -> Staff:
    """Somebody says whether they take conversations now."""
    async with conn.transaction():
        changed = await records.update_staff(conn, staff.id, {"presence": presence, "seen_at": now})
        await records.note_act(conn, staff.id, "presence", now, details={"presence": presence})
    assert changed is not None
    return changed

"""`dangol staff`: the accounts of whoever answers at the desk; and the sample accounts of the demo shop."""

from __future__ import annotations

import getpass
import sys

from rich.table import Table

from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import NewStaff, Staff, StaffRole
from dangol.kernel.clock import SystemClock
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.database import Connection
from dangol.server.settings import Settings, kept_secret

_DEMO: tuple[tuple[str, str, StaffRole, tuple[str, ...], tuple[str, ...]], ...] = (
    ("owner@nuristore.example", "이누리", "owner", ("ko", "en"), ()),
    ("manager@nuristore.example", "박하늘", "manager", ("ko", "en"), ("returns", "orders")),
    ("minji@nuristore.example", "김민지", "agent", ("ko",), ("orders", "products")),
    ("alex@nuristore.example", "Alex Kim", "agent", ("en", "ko"), ("returns",)),
    ("editor@nuristore.example", "정다온", "editor", ("ko",), ()),
)


def _asked_password() -> str:
    """Typed twice at a terminal, else the first line of stdin; never an argument, which others could see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(say("비밀번호(열 자 이상): ", "Password (ten characters or more): "))
    if first != getpass.getpass(say("한 번 더: ", "Once more: ")):
        raise CommandRefused(say("두 번 입력한 비밀번호가 달라요.", "the two passwords differ"))
    return first


def _refusal(no: Exception) -> CommandRefused:
    if isinstance(no, helpdesk.Taken):
        return CommandRefused(say("이미 있는 이메일이에요.", "there is an account of this e-mail already"))
    if isinstance(no, helpdesk.LastOwner):
        return CommandRefused(
            say("마지막 소유자 계정은 끌 수 없어요.", "the last owner cannot be switched off")
        )
    return CommandRefused(
        say(
            "비밀번호는 열 자 이상이어야 하고, 흔한 것은 안 돼요.",
            "a password needs at least ten characters and must not be a common one",
        )
    )


async def _found(conn: Connection, email: str) -> Staff:
    staff = await helpdesk.accounts.staff_by_email(conn, email)
    if staff is None:
        raise CommandRefused(say(f"{email} 계정이 없어요.", f"there is no account of {email}"))
    return staff


async def add(settings: Settings, email: str, name: str, role: StaffRole, languages: tuple[str, ...]) -> None:
    """Make an account."""
    if "@" not in email or not name.strip():
        raise CommandRefused(say("이메일과 이름이 필요해요.", "an e-mail and a name are needed"))
    new = NewStaff(email=email, name=name, role=role, password=_asked_password(), languages=languages)
    async with connected(settings) as conn:
        try:
            await helpdesk.add_staff(conn, new, None, SystemClock().now())
        except (helpdesk.Taken, helpdesk.WeakPassword) as no:
            raise _refusal(no) from no
    out.print(say(f"{email} 계정을 만들었어요.", f"made an account for {email}"), highlight=False)


async def show_all(settings: Settings) -> None:
    """Print the accounts."""
    table = Table(*say("이메일,이름,역할,언어,상태", "E-mail,Name,Role,Languages,State").split(","))
    async with connected(settings) as conn:
        for each in await helpdesk.accounts.all_staff(conn):
            state = say("꺼짐", "disabled") if each.disabled_at else say("켜짐", "active")
            second = "+2FA" if each.totp_on else ""
            table.add_row(
                each.email, each.name, each.role, ", ".join(each.languages), f"{state} {second}".strip()
            )
    out.print(table)


async def disable(settings: Settings, email: str) -> None:
    """Switch an account off."""
    async with connected(settings) as conn:
        staff = await _found(conn, email)
        try:
            await helpdesk.change_staff(conn, staff.id, {"disabled": True}, None, SystemClock().now())
        except helpdesk.LastOwner as no:
            raise _refusal(no) from no
    out.print(say(f"{email} 계정을 껐어요.", f"switched {email} off"), highlight=False)


async def reset(settings: Settings, email: str) -> None:
    """Give an account a new password."""
    async with connected(settings) as conn:
        staff = await _found(conn, email)
        try:
            await helpdesk.reset_password(conn, staff.id, _asked_password(), None, SystemClock().now())
        except helpdesk.WeakPassword as no:
            raise _refusal(no) from no
    out.print(say(f"{email} 비밀번호를 바꿨어요.", f"{email} has a new password"), highlight=False)


async def show_sample_staff(settings: Settings) -> None:
    """Make the demo shop's sample accounts where they are missing, and print how to sign in.

    The password is made once for this data folder: a demo that is reachable from outside has no known one.
    """
    password = kept_secret(settings.data, "demo-staff")[:16]
    async with connected(settings) as conn:
        if not await helpdesk.accounts.all_staff(conn):
            for email, name, role, languages, skills in _DEMO:
                new = NewStaff(email, name, role, password, languages, skills, refund_limit=_limit(role))
                await helpdesk.add_staff(conn, new, None, SystemClock().now())
    out.print(say("상담 화면 로그인: ", "staff sign-ins: ") + f"{settings.base_url}/console", highlight=False)
    for email, name, role, *_ in _DEMO:
        out.print(f"  {role:8} {email}  {password}  ({name})", highlight=False, markup=False)


def _limit(role: StaffRole) -> int | None:
    return {"agent": 50_000, "editor": 0}.get(role)

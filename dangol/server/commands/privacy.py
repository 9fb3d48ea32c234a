"""`dangol export customer` and `dangol erase customer`: the requests of one person, answered by the operator."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from dangol.catalog import api as catalog
from dangol.helpdesk import api as helpdesk
from dangol.kernel.clock import SystemClock
from dangol.kernel.person import Person
from dangol.server import privacy
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.database import Connection
from dangol.server.settings import Settings


async def _found(conn: Connection, who: str) -> Person:
    person = await privacy.find(conn, who)
    if person is None:
        raise CommandRefused(say(f"{who} 회원이 없어요.", f"there is no customer {who}"))
    return person


async def export_person(settings: Settings, who: str, file: Path | None) -> None:
    """Write all that is stored of a customer as JSON, readable by its owner alone where it is a file."""
    async with connected(settings) as conn:
        told = await privacy.export(conn, await _found(conn, who))
    text = json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"
    if file is None:
        sys.stdout.write(text)
        return
    try:
        await asyncio.to_thread(_write, file, text)
    except OSError as no:
        raise CommandRefused(f"{file}: {no.strerror}") from no
    out.print(say(f"{file}에 저장했어요.", f"written to {file}"), highlight=False, markup=False)


def _write(file: Path, text: str) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as written:
        written.write(text)


async def erase_person(settings: Settings, who: str, *, sure: bool) -> None:
    """Erase a customer once the operator is sure, and say what is kept until when."""
    now = SystemClock().now()
    async with connected(settings) as conn:
        person = await _found(conn, who)
        if not sure and not _asked(who):
            raise CommandRefused(say("아무것도 지우지 않았어요.", "nothing was erased"))
        shop = await catalog.load_shop(conn)
        if shop is None:
            raise CommandRefused(say("아직 가게가 없어요.", "there is no shop yet"))
        done = await privacy.erase(conn, settings.data, shop, person, now)
        await helpdesk.accounts.note_act(
            conn, None, "customer_erased", now, details={"customer": person.customer_id}
        )
    out.print(
        say(
            f"지웠어요: 기록 {done.rows}줄, 파일 {done.files}개.",
            f"erased: {done.rows} rows, {done.files} files.",
        )
    )
    if done.orders_until is not None:
        until = done.orders_until.astimezone(shop.zone).date().isoformat()
        out.print(
            say(
                f"주문과 결제는 법에 따라 {until}까지 보관해요.",
                f"orders and payments are kept until {until} by law.",
            )
        )
    if done.complaints:
        out.print(
            say(
                f"불만을 말씀하신 대화 {done.complaints}건은 법에 따라 {shop.retention.complaints}일 동안 보관해요.",
                f"{done.complaints} conversations with a complaint are kept for {shop.retention.complaints} days.",
            )
        )


def _asked(who: str) -> bool:
    if not sys.stdin.isatty():
        return False
    question = say(f"{who} 회원을 되돌릴 수 없게 지울까요? (y/N) ", f"erase {who} for good? (y/N) ")
    return input(question).strip().lower() in ("y", "yes", "네", "예")

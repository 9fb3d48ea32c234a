"""Who agreed to advertising is told so every two years: once, by day, with how it ends."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta
from pathlib import Path
from typing import Any

from payments.till import Till
from workers.test_chores import do_all

from dangol.customers import api as customers
from dangol.server.workers.chores import Chores

TWO_YEARS = timedelta(days=731)


async def agreed(till: Till, name: str, *channels: str) -> int:
    now = till.clock.now()
    known = await customers.identify(
        till.conn, external_id=name, email=f"{name}@example.com", name=name, now=now
    )
    for channel in channels:
        await customers.give_consent(
            till.conn, f"customer:{known}", purpose=customers.ADVERTISING, channel=channel, wording="네", now=now
        )  # fmt: skip
    return known


async def look(till: Till, chores: Chores, wait: timedelta = timedelta(0)) -> None:
    till.clock.advance(wait)
    await chores.follow_up()
    await do_all(chores)


def reminders(folder: Path) -> list[Any]:
    found = [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        for file in sorted(folder.glob("*.eml"))
    ]
    return [each for each in found if "동의하신 사실" in str(each["Subject"])]


async def test_it_is_told_once_in_two_years_with_its_day_and_how_it_ends(
    till: Till, chores: Chores, letters: Path
) -> None:
    given = till.clock.now().astimezone(till.ctx.shop.zone)
    await agreed(till, "dana", "email")
    await look(till, chores, TWO_YEARS - timedelta(days=30))
    assert reminders(letters) == []
    await look(till, chores, timedelta(days=31))
    (letter,) = reminders(letters)
    assert letter["To"] == "dana@example.com"
    assert letter["Subject"].startswith("[가온상점]"), "it tells and sells nothing: no (광고)"
    text = letter.get_content()
    assert f"{given.year}년 {given.month}월 {given.day}일" in text
    for told in ("가온상점", "이메일", "수신거부", "help@example.com", "비용 없이"):
        assert told in text
    await look(till, chores, timedelta(days=1))
    assert len(reminders(letters)) == 1
    await look(till, chores, TWO_YEARS)
    assert len(reminders(letters)) == 2


async def test_never_at_night_and_not_who_withdrew_or_never_agreed(
    till: Till, chores: Chores, letters: Path
) -> None:
    gone = await agreed(till, "gone", "email")
    await agreed(till, "never")
    await agreed(till, "here", "email")
    await look(till, chores, TWO_YEARS - timedelta(days=30))
    await customers.refuse_advertising(till.conn, f"customer:{gone}", till.clock.now())
    local = till.clock.now().astimezone(till.ctx.shop.zone)
    till.clock.advance(local.replace(hour=22) - local + timedelta(days=31))
    await look(till, chores)
    assert reminders(letters) == []
    await look(till, chores, timedelta(hours=11))
    assert [each["To"] for each in reminders(letters)] == ["here@example.com"]


async def test_a_letter_that_was_written_by_day_does_not_leave_by_night(
    till: Till, chores: Chores, letters: Path
) -> None:
    await agreed(till, "late", "email")
    till.clock.advance(TWO_YEARS)
    local = till.clock.now().astimezone(till.ctx.shop.zone)
    till.clock.advance(local.replace(hour=20, minute=30) - local + timedelta(days=1))
    await chores.follow_up()
    till.clock.advance(timedelta(hours=1))
    await do_all(chores)
    assert reminders(letters) == []
    till.clock.advance(timedelta(hours=11))
    await do_all(chores)
    assert len(reminders(letters)) == 1

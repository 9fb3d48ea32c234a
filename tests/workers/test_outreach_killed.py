"""Killed in the middle of warning and writing, the shop says each thing once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from orders.floor import SOCK, placed
from payments.till import Till
from workers.test_late_orders import delivered

from dangol.customers import api as customers
from dangol.orders import api as orders

MANY = 8


@pytest.mark.crash
async def test_killed_while_it_warns_and_writes_each_thing_is_said_once(
    till: Till, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "process"
    folder.mkdir()
    (folder / "shop.json").write_text(till.ctx.shop.model_dump_json(by_alias=True))
    await till.conn.execute(
        "insert into articles (slug, language, title, tags, body, folder, file, fingerprint, updated_at) values"
        " ('care', 'ko', '양말 관리법', '{세탁}', '양말은 찬물로 빨아 주세요.', '', '', '', %s)",
        (till.clock.now(),),
    )
    await delivered(till, 60, 9, 1)
    now = till.clock.now()
    for place in range(2 * MANY):
        till.ctx = replace(till.ctx, shopper=replace(till.ctx.shopper, conversation_id=f"c_{place}"))
        number = await placed(till.ctx, {SOCK: 1})
        known = await customers.identify(
            till.conn, external_id=f"c{place}", email=f"c{place}@example.com", name="고객", now=now
        )
        await customers.give_consent(
            till.conn,
            f"customer:{known}",
            purpose=customers.ADVERTISING,
            channel="email",
            wording="네",
            now=now,
        )
        await till.conn.execute(
            "update orders set status = %s, customer_id = %s, paid_at = %s, expected_to = %s where number = %s",
            ("shipped" if place < MANY else "delivered", known, now, now.date() + timedelta(days=4), number),
        )
        await orders.record_shipment(
            till.conn, number, carrier="kr.cjlogistics", tracking_no=f"{place:012d}",
            status="in_transit" if place < MANY else "delivered", at=now, now=now,
        )  # fmt: skip
    await till.conn.execute("update announcements set told_at = %s", (now,))
    (folder / "now").write_text((now + timedelta(days=3, hours=1)).isoformat())
    dice = random.Random(7)
    for _ in range(4):
        process = await _start(database_url, folder)
        await asyncio.sleep(dice.uniform(0.05, 0.5))
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    last = await _start(database_url, folder)
    assert last.stdout is not None
    for _ in range(4):  # rounds that found all there was, and then nothing
        await last.stdout.readline()
    last.kill()
    await last.wait()

    said = await till.conn.execute(
        "select kind, count(*), count(distinct subject) from announcements"
        " where kind in ('order_at_risk', 'care_tips') group by kind order by kind"
    )
    assert await said.fetchall() == [("care_tips", MANY, MANY), ("order_at_risk", MANY, MANY)]
    letters = [file.read_text() for file in (folder / "letters").glob("*.eml")]
    assert len(letters) == 2 * MANY
    assert sum("List-Unsubscribe-Post" in letter for letter in letters) == MANY
    assert not await orders.given_up(till.conn)


async def _start(database_url: str, folder: Path) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(Path(__file__).with_name("outreach_process.py")), database_url, str(folder),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"working\n"
    return process

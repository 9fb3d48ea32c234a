"""The workers with their queue: quick, clean, and nothing lost when they are killed in mid-work."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from orders.floor import SOCK, placed, stock_of
from payments.till import Till
from psycopg_pool import PoolTimeout

from dangol.connect.carriers.sample.connection import SampleCarrier
from dangol.contracts.payment import PaymentReport
from dangol.orders import api as orders
from dangol.payments import api as payments
from dangol.server.workers import Workers


async def until(true: Any) -> None:
    while not await true():  # noqa: ASYNC110 - real threads and processes are waited for
        await asyncio.sleep(0.05)


async def test_workers_settle_and_tell_what_comes_while_they_work_and_what_came_before(
    till: Till, desk: Any, postboxes: list[Any], database_url: str, letters: Path, tmp_path: Path
) -> None:
    before = await placed(till.ctx, {SOCK: 1})
    await till.open(before)
    await till.peer.play(await till.vendor_ref(before), "pay")
    await till.peer.gateway.deliver_due()
    workers = Workers(
        database_url,
        shop=lambda: till.ctx.shop,
        gateways=till.gateways,
        carriers=lambda open_connection: {"sample": SampleCarrier(open_connection)},
        postboxes=postboxes,
        notice=desk.notice,
        clock=till.clock,
        public_url=lambda: "https://shop.example.com",
        code_for=lambda _code: "123456",
        refusal_key=lambda number: f"key-{number}",
        data=tmp_path,
    )
    await workers.start()
    try:
        after = await placed(till.ctx, {SOCK: 2})
        await till.open(after)
        await till.peer.play(await till.vendor_ref(after), "pay")
        await till.peer.gateway.deliver_due()
        await until(lambda: _all_told(till, 2))
        assert await till.status(before) == await till.status(after) == "paid"
        assert len(desk.notices) == 2
        assert len(sorted(letters.glob("*.eml"))) == 2  # noqa: ASYNC240
        await payments.refund(
            till.conn, till.gateways, after, 1_000, key="r1", cause="return", now=till.clock.now()
        )
        await until(lambda: _all_told(till, 3))
    finally:
        await workers.stop()
    assert len(desk.notices) == 3


async def _all_told(till: Till, announced: int) -> bool:
    row = await (
        await till.conn.execute(
            "select count(*), count(*) filter (where told_at is not null),"
            " (select count(*) from deliveries where state = 'waiting') from announcements"
        )
    ).fetchone()
    return row is not None and row[0] == row[1] == announced and row[2] == 0


@pytest.mark.crash
async def test_workers_killed_in_mid_work_settle_everything_once(
    till: Till, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "process"
    folder.mkdir()
    (folder / "shop.json").write_text(till.ctx.shop.model_dump_json(by_alias=True))
    (folder / "now").write_text(till.clock.now().isoformat())
    numbers = []
    for place in range(24):
        ctx = replace(till.ctx, shopper=replace(till.ctx.shopper, conversation_id=f"c_{place}"))
        number = await placed(ctx, {SOCK: 1})
        till.ctx = ctx
        await till.open(number)
        numbers.append(number)
    refs = {number: await till.vendor_ref(number) for number in numbers}
    declined = set(numbers[::6])

    async def tell(number: str) -> None:
        await till.peer.play(refs[number], "decline" if number in declined else "pay")
        report: PaymentReport = await till.peer.connection.look_up(refs[number])
        for event in ("a", "a", "b"):  # told twice under one name and once under another
            told = report.model_copy(update={"event": f"{number}:{event}"})
            async with till.conn.transaction():
                await payments.store_event(till.conn, "sample", told, till.clock.now())

    dice = random.Random(7)
    waiting = list(numbers)
    for _ in range(3):
        process = await _start(database_url, till, folder)
        for number in waiting[:8]:
            await tell(number)
        waiting = waiting[8:]
        await asyncio.sleep(dice.uniform(0.0, 0.6))
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    last = await _start(database_url, till, folder)
    await until(lambda: _all_told(till, len(numbers)))
    assert last.stdin is not None
    last.stdin.write(b"\n")
    assert await last.wait() == 0

    for number in numbers:
        paid = number not in declined
        assert await till.status(number) == ("paid" if paid else "pending_payment")
        states = [payment.state for payment in await payments.payments_of(till.conn, number)]
        assert states == ["paid" if paid else "declined"]
    assert await stock_of(till.conn, SOCK) == (50 - len(numbers), len(declined))
    notices = Counter((folder / "notices.log").read_text().split("\n")[:-1])
    assert len(notices) == len(numbers)
    assert len(list((folder / "letters").glob("*.eml"))) == len(numbers) - len(declined)
    assert not await orders.given_up(till.conn)
    events = await (
        await till.conn.execute("select count(*), count(worked_at) from payment_events")
    ).fetchone()
    assert events == (2 * len(numbers), 2 * len(numbers))


async def _start(database_url: str, till: Till, folder: Path) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("peer_process.py")),
        database_url,
        till.peer.url,
        str(folder),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert (await process.stdout.readline()).strip() == b"working"
    return process


async def test_stopping_ends_the_thread_and_starting_again_works(
    till: Till, desk: Any, database_url: str, tmp_path: Path
) -> None:
    for _ in range(2):
        workers = Workers(
            database_url,
            shop=lambda: till.ctx.shop,
            gateways=till.gateways,
            carriers=lambda open_connection: {"sample": SampleCarrier(open_connection)},
            postboxes=[],
            notice=desk.notice,
            clock=till.clock,
            public_url=lambda: "https://shop.example.com",
            code_for=lambda _code: "123456",
            refusal_key=lambda number: f"key-{number}",
            data=tmp_path,
        )
        await workers.start()
        thread = workers._thread
        assert thread is not None
        await workers.stop()
        assert not thread.is_alive()


async def test_a_database_that_is_not_there_is_said_at_the_start(
    till: Till, desk: Any, tmp_path: Path
) -> None:
    workers = Workers(
        "postgresql://nobody@127.0.0.1:9/none?connect_timeout=1",
        shop=lambda: till.ctx.shop,
        gateways={},
        postboxes=[],
        notice=desk.notice,
        clock=till.clock,
        carriers=lambda _open: {},
        public_url=lambda: "",
        code_for=lambda _code: "123456",
        refusal_key=lambda number: f"key-{number}",
        data=tmp_path,
    )
    with pytest.raises(PoolTimeout):
        await workers.start()

"""Workers killed with kill -9 in the middle of refunds and exchanges: every return ends, once, with the right money."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from orders.floor import SHOE, SOCK, stock_of
from payments.regular import Regular
from returns.desk import ReturnDesk, line

from dangol.contracts.shopfloor.returns import ReturnView
from dangol.kernel.money import Money
from dangol.payments import api as payments

CARDS = {"gift_1": 800_000, "gift_2": 100_000}
PEER = Path(__file__).parents[1] / "workers" / "peer_process.py"


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    while not await true():  # noqa: ASYNC110 - real processes are waited for
        await asyncio.sleep(0.05)


@pytest.mark.crash
async def test_refunds_and_exchanges_survive_kill_nine(
    desk: ReturnDesk, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "process"
    folder.mkdir()
    (folder / "shop.json").write_text(desk.till.ctx.shop.model_dump_json(by_alias=True))
    await desk.conn.execute("update variants set stock = 60, price = 80000 where sku = 'SHOE-BLK-280'")
    await desk.conn.execute("update variants set stock = 60 where sku = %s", (SHOE,))
    refunds, exchanges = [], []
    for _ in range(5):
        order = await desk.arrived({SOCK: 2})
        refunds.append((order, await desk.start(order, reason="defect")))
        order = await desk.arrived({SHOE: 1})
        asked = {"kind": "exchange", "reason": "defect", "lines": (line(1, 1, "SHOE-BLK-280"),)}
        exchanges.append((order, await desk.start(order, **asked)))
    regular, mixed = await _paid_two_ways(desk)
    (folder / "now").write_text(desk.till.clock.now().isoformat())
    before = {sku: await stock_of(desk.conn, sku) for sku in (SOCK, SHOE)}
    every = [view.number for _, view in (*refunds, *exchanges, *mixed)]

    async def labelled() -> bool:
        return len(await _numbers(desk, "label_created")) == len(every)

    dice = random.Random(11)
    for _ in range(2):  # killed while parcels are booked
        process = await _start(database_url, desk, folder)
        await asyncio.sleep(dice.uniform(0.0, 0.3))
        await _kill(process)
    process = await _start(database_url, desk, folder)
    await until(labelled)
    waiting = list(every)
    while waiting:  # killed while money goes back
        for number in waiting[:4]:
            await desk.receive(number)
        waiting = waiting[4:]
        await asyncio.sleep(dice.uniform(0.0, 0.4))
        await _kill(process)
        process = await _start(database_url, desk, folder)

    async def over() -> bool:
        return len(await _numbers(desk, "refunded")) + len(await _numbers(desk, "exchanged")) == len(every)

    await until(over)
    await _kill(process)
    for order, _view in refunds:
        assert await desk.given_back(order) == 16_000
    for order, _view in exchanges:
        assert await desk.given_back(order) == 9_000
    for order, _view in mixed:
        assert await payments.held(desk.conn, order) == dict.fromkeys(CARDS, 0)
    left = {each.reference: each.balance for each in (await regular.ways()).items}
    assert left == {card: Money(amount=amount, currency="KRW") for card, amount in CARDS.items()}
    assert (await stock_of(desk.conn, SOCK))[0] == before[SOCK][0] + 2 * len(refunds)
    assert (await stock_of(desk.conn, SHOE))[0] == before[SHOE][0] + len(exchanges) + len(mixed)
    rows = await (
        await desk.conn.execute(
            "select count(*), count(distinct tracking_no) from returns where tracking_no <> ''"
        )
    ).fetchone()
    assert rows == (len(every), len(every))
    booked = await (await desk.conn.execute("select count(*) from sample_carrier.parcels")).fetchone()
    assert booked == (len(every),)


async def _paid_two_ways(desk: ReturnDesk) -> tuple[Regular, list[tuple[str, ReturnView]]]:
    """Returns of orders that were paid by two gift cards each."""
    regular = await Regular.at(desk.till, dict(CARDS))
    asked = []
    for _ in range(3):
        order = await regular.two_ways(*CARDS, "SHOE-BLK-280", SHOE)
        await desk.deliver(order)
        asked.append((order, await desk.start(order, reason="defect")))
    return regular, asked


async def _numbers(desk: ReturnDesk, status: str) -> list[str]:
    cursor = await desk.conn.execute("select number from returns where status = %s", (status,))
    return [row[0] for row in await cursor.fetchall()]


async def _start(database_url: str, desk: ReturnDesk, folder: Path) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(PEER), database_url, desk.till.peer.url, str(folder),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert (await process.stdout.readline()).strip() == b"working"
    return process


async def _kill(process: asyncio.subprocess.Process) -> None:
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()

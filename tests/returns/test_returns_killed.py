"""Workers killed with kill -9 in the middle of refunds and exchanges: every return ends, once, with the right money."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from orders.floor import SHOE, SOCK, stock_of
from payments.regular import WON, Regular
from returns.desk import ReturnDesk, line

from dangol.contracts.shopfloor.returns import ReturnView
from dangol.kernel import sealing
from dangol.kernel.money import Money
from dangol.payments import api as payments
from dangol.server.keys import open_keyring
from dangol.server.settings import Settings

CARDS = {"gift_1": 1_200_000, "gift_2": 100_000}
BANK_CARD = "way_1"  # charged by a token of its provider, which is sealed
PEER = Path(__file__).parents[1] / "workers" / "peer_process.py"


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    while not await true():  # noqa: ASYNC110 - real processes are waited for
        await asyncio.sleep(0.05)


@pytest.fixture
def own_ring() -> Iterator[None]:
    """Whatever key a test uses, the next one has the one before."""
    before = sealing.keyring()
    yield
    sealing.use(before)


@pytest.mark.crash
@pytest.mark.usefixtures("own_ring")
async def test_refunds_and_exchanges_survive_kill_nine(
    desk: ReturnDesk, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "process"
    folder.mkdir()
    (folder / "shop.json").write_text(desk.till.ctx.shop.model_dump_json(by_alias=True))
    await open_keyring(desk.conn, Settings(data=folder))  # the processes find the key where this one made it
    await desk.conn.execute("update variants set stock = 60, price = 80000 where sku = 'SHOE-BLK-280'")
    await desk.conn.execute("update variants set stock = 60 where sku = %s", (SHOE,))
    refunds, exchanges = [], []
    for _ in range(5):
        order = await desk.arrived({SOCK: 2})
        refunds.append((order, await desk.start(order, reason="defect")))
        order = await desk.arrived({SHOE: 1})
        asked = {"kind": "exchange", "reason": "defect", "lines": (line(1, 1, "SHOE-BLK-280"),)}
        exchanges.append((order, await desk.start(order, **asked)))
    regular, mixed, by_card = await _paid_on_file(desk)
    (folder / "now").write_text(desk.till.clock.now().isoformat())
    before = {sku: await stock_of(desk.conn, sku) for sku in (SOCK, SHOE)}
    every = [view.number for _, view in (*refunds, *exchanges, *mixed, *by_card)]

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
    for some, amount in ((refunds, 16_000), (exchanges, 9_000), (by_card, WON)):
        assert [await desk.given_back(order) for order, _view in some] == [amount] * len(some)
    for order, _view in mixed:
        assert set((await payments.held(desk.conn, order)).values()) == {0}
    assert await _told_by_hand(desk) == sorted(
        [order for order, _view in mixed if BANK_CARD in await payments.held(desk.conn, order)]
    )
    assert await _sealed(desk)
    left = {each.reference: each.balance for each in (await regular.ways()).items if each.balance}
    assert left == {card: Money(amount=amount, currency="KRW") for card, amount in CARDS.items()}
    assert (await stock_of(desk.conn, SOCK))[0] == before[SOCK][0] + 2 * len(refunds)
    assert (await stock_of(desk.conn, SHOE))[0] == before[SHOE][0] + len(exchanges) + len(mixed) + len(
        by_card
    )
    rows = await (
        await desk.conn.execute(
            "select count(*), count(distinct tracking_no) from returns where tracking_no <> ''"
        )
    ).fetchone()
    assert rows == (len(every), len(every))
    booked = await (await desk.conn.execute("select count(*) from sample_carrier.parcels")).fetchone()
    assert booked == (len(every),)


Asked = list[tuple[str, ReturnView]]


async def _paid_on_file(desk: ReturnDesk) -> tuple[Regular, Asked, Asked]:
    """Returns of orders that were paid by two gift cards, by a gift card and a bank card, and by that card alone."""
    regular = await Regular.at(desk.till, {**CARDS, BANK_CARD: "test_success"})
    others = ["gift_2"] * 3 + [BANK_CARD] * 2
    mixed = [await regular.two_ways("gift_1", other, "SHOE-BLK-280", SHOE) for other in others]
    by_card = [await regular.order(BANK_CARD) for _ in range(2)]
    for order in by_card:
        assert (await regular.pay(order)).state == "paid"
    return regular, await _asked(desk, mixed), await _asked(desk, by_card)


async def _asked(desk: ReturnDesk, orders: list[str]) -> Asked:
    asked = []
    for order in orders:
        await desk.deliver(order)
        asked.append((order, await desk.start(order, reason="defect")))
    return asked


async def _told_by_hand(desk: ReturnDesk) -> list[str]:
    """The orders of which staff are told to give money back by hand, once for each letter."""
    cursor = await desk.conn.execute("select subject from announcements where kind = 'refund_by_hand'")
    return sorted(row[0] for row in await cursor.fetchall())


async def _sealed(desk: ReturnDesk) -> bool:
    """Whether the card's token cannot be read without the key."""
    cursor = await desk.conn.execute("select token from stored_methods where reference = %s", (BANK_CARD,))
    row = await cursor.fetchone()
    return row is not None and str(row[0]).startswith(sealing.HEAD)


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

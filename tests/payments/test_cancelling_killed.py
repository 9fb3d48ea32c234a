"""A process killed with kill -9 while it cancels orders: each ends cancelled, its goods and money back once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from pathlib import Path

import pytest
from orders.floor import SOCK, placed, stock_of
from payments.till import Till

from dangol.payments import api as payments

CANCELLING = Path(__file__).parent / "cancelling_process.py"


async def _start(*words: str) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline()  # it has begun
    return process


async def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        os.kill(process.pid, signal.SIGKILL)
    await process.wait()


@pytest.mark.crash
async def test_cancelling_survives_kill_nine(till: Till, database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "process"
    folder.mkdir()
    (folder / "shop.json").write_text(till.ctx.shop.model_dump_json(by_alias=True))
    before = await stock_of(till.conn, SOCK)
    numbers = []
    for _ in range(8):
        number = await placed(till.ctx, {SOCK: 2})
        await till.open(number)
        await till.peer.play(await till.vendor_ref(number), "pay")
        numbers.append(number)
    await till.work_off()
    (folder / "now").write_text(till.clock.now().isoformat())
    dice = random.Random(7)
    killed = 0
    while await _not_cancelled(till, numbers):
        cancelling = await _start(str(CANCELLING), database_url, str(folder), *numbers)
        patience = dice.uniform(0.0, 0.12) if killed < 4 else 30
        try:
            await asyncio.wait_for(cancelling.wait(), patience)
        except TimeoutError:
            killed += 1
        await _kill(cancelling)
        await till.settle()
    assert killed
    assert await stock_of(till.conn, SOCK) == before
    for number in numbers:
        payment = (await payments.payments_of(till.conn, number))[0]
        refunds = await payments.refunds_of(till.conn, payment.id)
        assert [(each.amount, each.state) for each in refunds] == [(payment.received, "done")]
        assert await till.status(number) == "cancelled"


async def _not_cancelled(till: Till, numbers: list[str]) -> list[str]:
    return [number for number in numbers if await till.status(number) != "cancelled"]

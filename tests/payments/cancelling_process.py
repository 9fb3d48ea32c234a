"""A process that cancels orders until it is killed: `python cancelling_process.py DATABASE_URL FOLDER NUMBER...`."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import psycopg

from dangol.contracts.shopfloor.changes import CancelOrder, LookAtCancellation
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, ToolContext
from dangol.payments.tools import CALLING_OFF

BOX = {tool.name: tool for tool in CALLING_OFF}


async def main(database_url: str, folder: Path, numbers: list[str]) -> None:
    shop = Shop.model_validate_json((folder / "shop.json").read_text())
    now = datetime.fromisoformat((folder / "now").read_text())
    shopper = Shopper("killed", role="guest", orders=frozenset(numbers))
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
        ctx = ToolContext(conn=conn, shop=shop, now=now, language="ko", shopper=shopper)
        print("cancelling", flush=True)
        for number in numbers:
            offer = await BOX["look_at_cancellation"].run(ctx, LookAtCancellation(order=number))
            if not offer.allowed:
                continue
            async with conn.transaction():
                agreed = CancelOrder(order=number, refund=offer.refund, fee=offer.fee)
                await BOX["cancel_order"].run(ctx, agreed)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))

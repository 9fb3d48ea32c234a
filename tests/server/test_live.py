"""Live events: one listener for everybody, found again after its connection broke."""

from __future__ import annotations

import asyncio

import psycopg

from dangol.server.live import Live


async def _notify(url: str, channel: str, payload: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        await conn.execute("select pg_notify(%s, %s)", (channel, payload))


async def test_everybody_hears_of_their_own_conversation(database_url: str) -> None:
    live = Live(database_url)
    changes: asyncio.Queue[str] = asyncio.Queue()
    live.on("shop_changed", changes.put_nowait)
    await live.start()
    async with (
        live.following("c_1") as first,
        live.following("c_1") as second,
        live.following("c_2") as other,
    ):
        await _notify(database_url, "conversation", "c_1:7")
        await _notify(database_url, "conversation", "c_2:cart")
        await _notify(database_url, "shop_changed", "x")
        assert [await asyncio.wait_for(q.get(), 10) for q in (first, second, other)] == ["7", "7", "cart"]
        assert await asyncio.wait_for(changes.get(), 10) == "x"
        await live.stop()
        assert await first.get() is None


async def test_after_a_broken_connection_everybody_looks_again(database_url: str) -> None:
    live = Live(database_url)
    await live.start()
    async with live.following("c_1") as queue:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as admin:
            await admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and query like 'LISTEN%%'"
            )
        assert await asyncio.wait_for(queue.get(), 20) == ""
        await _notify(database_url, "conversation", "c_1:3")
        assert await asyncio.wait_for(queue.get(), 10) == "3"
    await live.stop()

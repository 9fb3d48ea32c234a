"""kill -9 at random moments under load: messages, carts, stock, orders and payments reconcile to the unit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from server_talk import stock

from dangol.kernel.shop import Shop
from dangol.server.database import Database
from dangol.server.postgres import EmbeddedPostgres
from dangol.server.settings import kept_secret

pytestmark = [pytest.mark.crash, pytest.mark.timeout(900)]

KILLS = 3
SHOPPERS = 8
PATIENCE = 2400  # tries of a quarter second: three restarts on a busy machine
BEFORE = {"MUG-1": 50, "DEW-BLK-270": 3}


class Shopkeeper:
    """Starts the server as a process, kills it, starts it again."""

    def __init__(self, data: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = [
            sys.executable, "-m", "dangol.server", "serve", "--data", str(data), "--port", str(port)
        ]  # fmt: skip
        self._log = (data / "server.log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    async def open(self) -> None:
        self._start()
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            for _ in range(PATIENCE):
                with contextlib.suppress(httpx.HTTPError):
                    if (await client.get(f"{self.url}/readyz")).status_code == 200:
                        return
                assert self.process is not None
                assert self.process.poll() is None, "the server did not start again"
                await asyncio.sleep(0.25)
        pytest.fail("the server did not open")

    def _start(self) -> None:
        many = {f"DANGOL_{name}_PER_MINUTE": "1000000" for name in ("MESSAGES", "CONVERSATIONS", "REQUESTS")}
        self.process = subprocess.Popen(
            self._command, env={**os.environ, **many}, stdout=self._log, stderr=self._log
        )

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._log.close()


@dataclass
class Visit:
    """One shopper who, like the widget, sends the same message again until it is answered."""

    url: str
    sku: str
    quantity: int
    gateway_key: str
    chance: random.Random
    id: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    pay_url: str = ""

    async def shop(self) -> None:
        async with httpx.AsyncClient(base_url=self.url, timeout=20, trust_env=False) as client:
            opened = await self._insist(client, "/api/chat/conversations", {"locale": "ko-KR"})
            self.id = opened["conversation_id"]
            client.headers["Authorization"] = f"Bearer {opened['token']}"
            for _ in range(self.quantity):
                await self._say(client, choice=f"add:{self.sku}")
            await self._say(client, "결제할게요")
            await self._say(client, "김하나 010-1234-5678 hana@example.com")
            await self._say(client, "서울 강남구 테헤란로 123, 4층 06133")
            await self._say(client, "네 주문할게요")
            if self.pay_url:
                await self._pay(client)
                await self._say(client, "결제했어요")

    async def _say(
        self, client: httpx.AsyncClient, text: str | None = None, choice: str | None = None
    ) -> None:
        message = {"id": f"m{len(self.answers) + 1}", "text": text, "choice": choice}
        answer = await self._insist(client, f"/api/chat/conversations/{self.id}/messages", message)
        self.answers[message["id"]] = answer
        for block in answer["blocks"]:
            found = block.get("payment_url") or block.get("url") or ""
            if "/pay/" in found:
                self.pay_url = found
        await asyncio.sleep(self.chance.uniform(0.05, 0.5))

    async def _pay(self, client: httpx.AsyncClient) -> None:
        payment = urlsplit(self.pay_url).path.rsplit("/", 1)[-1]
        path = f"/sample-gateway/v1/payments/{payment}/test/play"
        await self._insist(client, path, {"act": "pay"}, {"Authorization": f"Bearer {self.gateway_key}"})

    async def _insist(
        self,
        client: httpx.AsyncClient,
        path: str,
        body: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> Any:
        for _ in range(PATIENCE):
            with contextlib.suppress(httpx.HTTPError):
                answer = await client.post(path, json=body, headers=headers)
                if answer.status_code < 300:
                    return answer.json() if answer.content else None
                assert answer.status_code in (409, 429, 503), answer.text
            await asyncio.sleep(0.25)
        pytest.fail(f"{path} was never answered")


@pytest.fixture
async def shopkeeper(tmp_path: Path, shop: Shop) -> AsyncIterator[tuple[Shopkeeper, Path]]:
    """A stocked shop with an embedded database, about to have a bad day."""
    data = tmp_path / "data"
    data.mkdir()
    database = await asyncio.to_thread(Database.prepare, None, data)
    await stock(database.url, shop, data)
    database.leave()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    keeper = Shopkeeper(data, port)
    try:
        yield keeper, data
    finally:
        keeper.close()


async def test_nothing_is_lost_or_done_twice(shopkeeper: tuple[Shopkeeper, Path]) -> None:
    keeper, data = shopkeeper
    chance = random.Random(20261121)
    await keeper.open()
    key = kept_secret(data, "sample-gateway-key")
    visits = [
        Visit(keeper.url, *(("DEW-BLK-270", 1) if n % 2 else ("MUG-1", 2)), key, random.Random(n))
        for n in range(SHOPPERS)
    ]
    shopping = [asyncio.create_task(visit.shop()) for visit in visits]
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.3, 2.0))
        keeper.kill()
        await keeper.open()
    await asyncio.gather(*shopping)
    postgres = EmbeddedPostgres(data / "postgres")
    postgres.start()
    try:
        async with await psycopg.AsyncConnection.connect(postgres.url(), autocommit=True) as conn:
            await _settled(conn)
            await _messages_reconcile(conn, visits)
            await _goods_reconcile(conn)
            await _money_reconciles(conn, visits)
    finally:
        keeper.close()
        postgres.stop()


async def _rows(conn: psycopg.AsyncConnection[Any], query: str) -> list[tuple[Any, ...]]:
    return await (await conn.execute(query)).fetchall()


async def _settled(conn: psycopg.AsyncConnection[Any]) -> None:
    """Wait until every webhook has arrived and every event is worked off."""
    for _ in range(PATIENCE):
        waiting = await _rows(
            conn,
            "select (select count(*) from payment_events where worked_at is null)"
            " + (select count(*) from sample_gateway.webhooks where sent_at is null)"
            " + (select count(*) from refunds where state = 'requested')",
        )
        if waiting[0][0] == 0:
            return
        await asyncio.sleep(0.25)
    pytest.fail("webhooks or events are left over")


async def _messages_reconcile(conn: psycopg.AsyncConnection[Any], visits: list[Visit]) -> None:
    for visit in visits:
        heard = await (
            await conn.execute(
                "select body ->> 'message' from facts where conversation_id = %s and kind = 'message_heard' order by seq",
                (visit.id,),
            )
        ).fetchall()
        replied = await (
            await conn.execute(
                "select f.body ->> 'message', (f.body ->> 'turn')::int, p.body -> 'blocks' from facts f"
                " left join personal_texts p using (conversation_id, seq)"
                " where conversation_id = %s and kind = 'reply_given' and f.body ->> 'message' <> '' order by f.seq",
                (visit.id,),
            )
        ).fetchall()
        sent = list(visit.answers)
        assert [row[0] for row in heard] == sent, "each message stands in the log once, in its order"
        assert [row[0] for row in replied] == sent, "each message is answered once"
        for message, turn, blocks in replied:
            assert visit.answers[message]["turn"] == turn
            assert [block["kind"] for block in visit.answers[message]["blocks"]] == [
                b["kind"] for b in blocks
            ]


async def _goods_reconcile(conn: psycopg.AsyncConnection[Any]) -> None:
    for sku, before in BEFORE.items():
        ((left,),) = await _rows(conn, f"select stock from variants where sku = '{sku}'")
        ((sold,),) = await _rows(
            conn,
            "select coalesce(sum(l.quantity), 0) from order_lines l join orders o on o.id = l.order_id"
            f" where l.sku = '{sku}' and o.status <> 'cancelled'",
        )
        assert left >= 0
        assert left + sold == before, f"{sku}: {before} before, {left} left, {sold} sold"


async def _money_reconciles(conn: psycopg.AsyncConnection[Any], visits: list[Visit]) -> None:
    by_conversation = await _rows(conn, "select conversation_id, count(*) from orders group by 1")
    assert all(count == 1 for _, count in by_conversation), "one order a shopper"
    assert len(by_conversation) >= SHOPPERS // 2, "too few got as far as an order to prove anything"
    wrong = await _rows(
        conn,
        "select o.number, o.status, o.total, p.state, p.received, g.charged - g.refunded from orders o"
        " join payments p on p.order_number = o.number"
        " join sample_gateway.payments g on g.id = p.vendor_ref"
        " where (o.status = 'paid') <> (g.charged > 0) or (g.charged > 0 and g.charged <> o.total)"
        " or p.received <> g.charged",
    )
    assert wrong == []
    twice = await _rows(
        conn,
        "select order_number from sample_gateway.payments where charged > 0 group by 1 having count(*) > 1",
    )
    assert twice == [], "one charge an order"
    paid = [visit for visit in visits if visit.pay_url]
    ((count,),) = await _rows(conn, "select count(*) from orders where status = 'paid'")
    assert count == len(paid), "whoever paid has a paid order"
    left = await _rows(
        conn,
        "select o.number from orders o join carts c on c.shopper = o.shopper_key"
        " join cart_lines l on l.cart_id = c.id",
    )
    assert left == [], "what was ordered is no longer in the cart"

"""A whole small shop behind one counter, for the tests of the assistant: real rooms, real database, a real gateway on
loopback; and a process that can be cut off at every write."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

import httpx
import psycopg
from connect.gateways import KEY, SECRET
from connect.loopback import address_of, free_socket, serving
from psycopg import sql
from psycopg.pq import TransactionStatus

from dangol.assistant.counter import Counter
from dangol.assistant.minds.embedded import EmbeddedMind
from dangol.assistant.turn import House
from dangol.assistant.understanding.reading import Context
from dangol.assistant.understanding.understanding import Understanding
from dangol.catalog import api as catalog
from dangol.connect.embedders.embedded import EmbeddedEmbedder
from dangol.connect.payments.sample.connection import SampleConnection
from dangol.connect.payments.sample.server import SampleGateway
from dangol.contracts.payment import Charged, PaymentPage, PaymentReport, PaymentRequest
from dangol.customers import api as customers
from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.knowledge import api as knowledge
from dangol.server.postgres import EmbeddedPostgres
from dangol.server.reader import ShopReader
from dangol.server.toolbox import all_tools

Connection = psycopg.AsyncConnection[Any]
BOOT, MUG = "BOOT-BLK-270", "MUG-WHT"
GOODS: list[dict[str, Any]] = [
    {
        "handle": "rain-boot",
        "status": "active",
        "category": {"ko": "장화", "en": "Boots"},
        "title": {"ko": "소나기 장화", "en": "Cloudburst boots"},
        "description": {"ko": "발이 젖지 않는 장화예요.", "en": "Boots that keep feet dry."},
        "options": [
            {"name": {"ko": "색상", "en": "Color"}, "values": [{"ko": "블랙", "en": "Black"}]},
            {"name": {"ko": "사이즈", "en": "Size"}, "values": ["260", "270"]},
        ],
        "variants": [
            {"sku": "BOOT-BLK-260", "options": ["블랙", "260"], "price": 47000, "stock": 4},
            {"sku": BOOT, "options": ["블랙", "270"], "price": 47000, "stock": 3},
        ],
    },
    {
        "handle": "white-mug",
        "status": "active",
        "category": {"ko": "머그컵", "en": "Mugs"},
        "title": {"ko": "달항아리 머그컵", "en": "Moon jar mug"},
        "description": {"ko": "둥근 도자기 머그컵이에요.", "en": "A round ceramic mug."},
        "variants": [{"sku": MUG, "options": [], "price": 12000, "stock": 9}],
    },
]


class Crash(BaseException):
    """The process is gone: nothing that would catch an ordinary error may catch this."""


@dataclass
class Breaker:
    """Watches the writes of a process and cuts it off at the n-th moment (from 1) once armed."""

    at: int | None = None
    armed: bool = False
    moments: list[str] = field(default_factory=list)
    conn: Connection | None = None

    def reach(self, moment: str) -> None:
        if not self.armed:
            return
        self.moments.append(moment)
        if len(self.moments) == self.at:
            self.armed = False
            if self.conn is not None:
                self.conn.pgconn.finish()  # whatever unwinds from here reaches the database no more
            raise Crash(moment)


_READING = re.compile(r"(?i)\bfor\s+(no\s+key\s+)?(update|share)\b")
_WRITING = re.compile(r"(?i)\b(insert\s+into|update|delete\s+from|nextval|pg_notify)\b")


def _written(query: Any) -> str | None:
    text = " ".join(str(query).split())
    return text[:60] if _WRITING.search(_READING.sub("", text)) else None


class BreakableCursor(psycopg.AsyncCursor[Any]):
    """A cursor whose writes can be cut off before and after."""

    async def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        conn = cast(BreakableConnection, self.connection)
        written = _written(query)
        if written:
            conn.breaker.reach(f"before {written}")
        done = await super().execute(query, params, **more)
        # inside a transaction the moment after a write is the moment before the next one, or before the commit
        if written and conn.info.transaction_status == TransactionStatus.IDLE:
            conn.breaker.reach(f"after {written}")
        return done

    async def executemany(self, query: Any, params_seq: Any, **more: Any) -> None:
        conn = cast(BreakableConnection, self.connection)
        conn.breaker.reach(f"before {_written(query)}")
        await super().executemany(query, params_seq, **more)


class BreakableConnection(psycopg.AsyncConnection[Any]):
    """A connection whose commits can be cut off before and after."""

    breaker: Breaker

    @contextlib.asynccontextmanager
    async def transaction(self, *names: Any, **more: Any) -> AsyncIterator[Any]:
        outermost = self.info.transaction_status == TransactionStatus.IDLE
        async with super().transaction(*names, **more) as transaction:
            yield transaction
            if outermost:
                self.breaker.reach("before commit")
        if outermost:
            self.breaker.reach("after commit")


class BreakableGateway(SampleConnection):
    """The way to the gateway, which can be cut off before a call leaves and when its answer was never heard."""

    def __init__(self, breaker: Breaker, **way: Any) -> None:
        super().__init__(**way)
        self.breaker = breaker

    async def open(self, request: PaymentRequest, *, key: str) -> PaymentPage:
        self.breaker.reach("before the gateway is asked to open")
        page = await super().open(request, key=key)
        self.breaker.reach("after the gateway has opened")
        return page

    async def charge(self, request: PaymentRequest, token: str, *, key: str) -> Charged:
        self.breaker.reach("before the gateway is asked to charge")
        charged = await super().charge(request, token, key=key)
        self.breaker.reach("after the gateway has charged")
        return charged

    async def look_up(self, vendor_ref: str) -> PaymentReport:
        self.breaker.reach("before the gateway is asked")
        report = await super().look_up(vendor_ref)
        self.breaker.reach("after the gateway has told")
        return report


_names = itertools.count(1)


@dataclass
class Floor:
    """The small shop: its database to be cloned, its rooms, its gateway, and the database now in use."""

    postgres: EmbeddedPostgres
    shop: Shop
    clock: TurnedClock
    stocked: str
    breaker: Breaker
    gateway: BreakableGateway
    gateway_url: str
    house: House
    database: str = ""
    made: list[str] = field(default_factory=list)

    def clone(self, template: str) -> str:
        """A new database like the template, in which nobody may be working."""
        name = f"counter_{next(_names)}"
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as admin:
            admin.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        self.made.append(name)
        return name

    def drop(self, name: str) -> None:
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self.made.remove(name)

    @contextlib.asynccontextmanager
    async def plain_connection(self) -> AsyncIterator[Connection]:
        url = self.postgres.url(self.database)
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
            yield conn

    def counter(self, **other: Any) -> Counter:
        """The counter of a new process; `other` replaces parts of the house."""
        return Counter(House(**{**self.house.__dict__, **other}))

    @contextlib.asynccontextmanager
    async def breakable_connection(self) -> AsyncIterator[BreakableConnection]:
        """What a process that may be cut off works with."""
        url = self.postgres.url(self.database)
        conn = await BreakableConnection.connect(url, autocommit=True, cursor_factory=BreakableCursor)
        conn.breaker, self.breaker.conn = self.breaker, conn
        async with conn:
            yield conn

    async def pay(self, conn: Connection, act: str = "pay") -> str:
        """What a shopper does on the gateway's page; returns the gateway's id of the payment."""
        row = await (await conn.execute("select vendor_ref from payments order by id desc")).fetchone()
        assert row is not None
        async with httpx.AsyncClient(trust_env=False, verify=False) as client:
            answer = await client.post(
                f"{self.gateway_url}/v1/payments/{row[0]}/test/play",
                json={"act": act},
                headers={"authorization": f"Bearer {KEY}"},
            )
        assert answer.is_success, answer.text
        return str(row[0])


@contextlib.asynccontextmanager
async def open_floor(
    postgres: EmbeddedPostgres, shop: Shop, clock: TurnedClock, folder: Path
) -> AsyncIterator[Floor]:
    """Import the goods once and open the rooms over them; every test works on a clone."""
    breaker, embedder, listener = Breaker(), EmbeddedEmbedder(), free_socket()
    gateway_url = address_of(listener)
    stocked = f"stocked_{next(_names)}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template_of_tests").format(sql.Identifier(stocked))
        )
    understanding = Understanding.load()
    understanding.read("hello", Context(today=date(2026, 1, 1)))

    @contextlib.asynccontextmanager
    async def to_stocked() -> AsyncIterator[Connection]:
        async with await psycopg.AsyncConnection.connect(postgres.url(stocked), autocommit=True) as conn:
            yield conn

    floor: Floor

    @contextlib.asynccontextmanager
    async def to_current() -> AsyncIterator[Connection]:
        async with floor.plain_connection() as conn:
            yield conn

    gateway = SampleGateway(
        to_current, public_url=gateway_url, webhook_url="http://127.0.0.1:9/nobody", api_key=KEY,
        webhook_secret=SECRET, clock=clock,
    )  # fmt: skip
    connection = BreakableGateway(
        breaker, api_url=gateway_url, api_key=KEY, webhook_secret=SECRET, clock=clock
    )
    async with to_stocked() as conn:
        await _put_on_shelf(conn, shop, folder, clock)
        search = await catalog.Search.open(to_stocked, embedder)
        await search.read_meanings(conn)
        articles = await knowledge.Articles.open(conn, embedder, shop)
        reader = await ShopReader.open(conn, understanding, shop)
    house = House(
        toolbox=all_tools(
            search,
            articles,
            {"sample": connection},
            lambda: "http://shop.test",
            {},
            str,
            lambda _code: "123456",
        ),
        reader=reader,
        minds=(EmbeddedMind(),),
        shop=lambda: shop,
        clock=clock,
        personal=customers.personal,
    )
    floor = Floor(postgres, shop, clock, stocked, breaker, connection, gateway_url, house, database=stocked)
    await gateway.lay()
    async with serving(gateway.app, listener):
        yield floor
    floor.made.append(stocked)
    for name in list(floor.made):
        floor.drop(name)


async def _put_on_shelf(conn: Connection, shop: Shop, folder: Path, clock: TurnedClock) -> None:
    file = folder / "goods.json"
    file.write_text(json.dumps({"products": GOODS}, ensure_ascii=False), encoding="utf-8")
    await catalog.store_shop(conn, json.loads(shop.model_dump_json(by_alias=True)))
    report = await catalog.import_products(conn, shop, file, "json", clock.now(), media=folder / "media")
    assert not report.refused, report.refused

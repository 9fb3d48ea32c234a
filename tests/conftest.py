"""What every test stands on: a real PostgreSQL of its own, two shops, a clock turned by hand."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from xdist.scheduler import LoadScopeScheduling

from dangol.kernel import sealing
from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, ToolContext
from dangol.server.database import create_database, migrate, migrations_folder, revisions
from dangol.server.postgres import EmbeddedPostgres

_TEMPLATE = "template_of_tests"
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
_names = itertools.count(1)
TESTS = Path(__file__).parent
SHARED = ("tests/browser/",)  # folders whose modules share one shop


class ByModule(LoadScopeScheduling):
    """A module stays with one worker, so that what it opens is opened once; the browser's modules all do."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return next((folder for folder in SHARED if module.startswith(folder)), module)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByModule:
    """How the tests are dealt out to the workers."""
    return ByModule(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, or one worker would end long before the other."""
    items.sort(key=_takes_long, reverse=True)


def _takes_long(item: pytest.Item) -> bool:
    folder = item.path.parent
    return folder in (TESTS / "browser", TESTS / "stories") or item.get_closest_marker("crash") is not None


@pytest.fixture(scope="session", autouse=True)
def data_key() -> None:
    """A data key for rooms that are tested without the house; a house that opens brings its own."""
    sealing.use(sealing.Keyring(lambda: {"tests": bytes(range(sealing.KEY_BYTES))}))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One server for this worker, without the care for power cuts that tests do not need."""
    # not below pytest's own folder: every pytest that starts closes that to other users, PostgreSQL's among them
    folder = Path(tempfile.mkdtemp(prefix="dangol-tests-"))
    server = EmbeddedPostgres(folder / "postgres", settings=_CARELESS)
    server.start()
    try:
        create_database(server.url("postgres"), _TEMPLATE)
        migrate(server.url(_TEMPLATE), _whole_chain(tmp_path_factory.mktemp("migrations")))
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _whole_chain(draft: Path) -> Path:
    """The revisions; while some are still being written, empty ones stand in for them."""
    rooms = ("customers", "catalog", "knowledge", "carts", "orders", "payments", "assistant")
    names = [f"{number:04d}_{room}" for number, room in enumerate(rooms, 1)]
    here = migrations_folder()
    if set(names) <= set(revisions(here)):
        return here
    (draft / "versions").mkdir()
    (draft / "env.py").write_text((here / "env.py").read_text())
    for before, name in zip([None, *names], names, strict=False):
        file = here / "versions" / f"{name}.py"
        empty = f"revision = {name!r}\ndown_revision = {before!r}\n\ndef upgrade():\n    pass\n"
        (draft / "versions" / f"{name}.py").write_text(file.read_text() if file.exists() else empty)
    return draft


@pytest.fixture
def database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """A fresh migrated database, gone after the test."""
    name = f"test_{next(_names)}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(_TEMPLATE))
        )
    yield postgres.url(name)
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
async def conn(database_url: str) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """An open connection in autocommit mode to a fresh migrated database."""
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def clock() -> TurnedClock:
    """Saturday 21 November 2026, noon in Seoul."""
    return TurnedClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def shop() -> Shop:
    """A small Korean shop that also speaks English."""
    return Shop.model_validate(
        {
            "name": {"ko": "가온상점", "en": "Gaon Store"},
            "locale": "ko-KR",
            "languages": ["ko", "en"],
            "currency": "KRW",
            "time_zone": "Asia/Seoul",
            "contact": {"email": "help@example.com", "phone": "02-000-0000"},
            "hours": {"mon-fri": "09:00-18:00", "sat": "10:00-14:00"},
            "branches": [
                {
                    "code": "gangnam",
                    "name": {"ko": "강남점", "en": "Gangnam"},
                    "address": {"ko": "서울 강남구 가온로 1", "en": "1 Gaon-ro, Gangnam-gu, Seoul"},
                    "phone": "02-000-0001",
                    "hours": {"daily": "11:00-20:00"},
                    "pickup": True,
                },
                {"code": "hongdae", "name": {"ko": "홍대점", "en": "Hongdae"}, "hours": {"tue-sun": "12:00-21:00"}},
            ],
            "shipping": {
                "zones": [
                    {
                        "name": {"ko": "전국", "en": "Korea"}, "where": ["KR"],
                        "fee": 3000, "free_from": 50000, "days": [1, 2], "cutoff": "14:00",
                    },
                    {"name": {"ko": "미국", "en": "United States"}, "where": ["US"], "fee": 25000, "days": [5, 9]},
                ],
                "surcharges": [
                    {"name": {"ko": "제주", "en": "Jeju"}, "where": ["KR-49"], "fee": 3500},
                    {"name": {"ko": "도서산간", "en": "Islands"}, "postcodes": ["23100-23116", "40200-40240"], "fee": 5000},
                ],
                "methods": [
                    {"name": {"ko": "당일배송", "en": "same day"}, "zones": ["전국"], "fee": 6000, "days": [0, 0]}
                ],
            },
            "returns": {
                "window_days": 7, "change_of_mind_fee": 6000, "exchange_fee": 6000, "refund_business_days": [3, 3],
                "not_returnable": [{"tag": "hygiene", "when": "opened"}],
            },
            "unpaid_order_hours": 48,
            "coupons": [
                {
                    "code": "WELCOME10", "type": "percent", "value": 10, "max": 10000, "min_subtotal": 20000,
                    "first_order_only": True, "starts": "2026-01-01", "ends": "2027-12-31", "combinable": False,
                },
                {"code": "SHIPFREE", "type": "free_shipping", "min_subtotal": 30000, "combinable": True},
                {"code": "MINUS5000", "type": "amount", "value": 5000, "min_subtotal": 40000, "combinable": True},
                {"code": "SUMMER26", "type": "percent", "value": 20, "starts": "2026-06-01", "ends": "2026-08-31"},
            ],
            "points": {
                "tiers": [
                    {"name": {"ko": "새싹", "en": "Sprout"}, "from": 0, "rate": 0.01},
                    {"name": {"ko": "나무", "en": "Tree"}, "from": 500000, "rate": 0.03},
                ],
                "min_use": 1000, "unit": 10, "expires_months": 12,
            },
            "gift_wrapping": 2500,
            "assistant": {"name": {"ko": "가온이", "en": "Gaoni"}, "tone": "haeyo"},
        }
    )  # fmt: skip


@pytest.fixture(scope="session")
def us_shop() -> Shop:
    """A small American shop in dollars."""
    return Shop.model_validate(
        {
            "name": "Maple & Main",
            "locale": "en-US",
            "languages": ["en", "ko"],
            "currency": "USD",
            "time_zone": "America/New_York",
            "contact": {"email": "help@example.com", "phone": "555-0100"},
            "hours": {"mon-sat": "09:00-17:00"},
            "branches": [
                {"code": "main", "name": "Main Street", "address": "12 Main St, Albany, NY 12207",
                 "hours": {"mon-sat": "10:00-18:00"}, "pickup": True},
            ],
            "shipping": {
                "zones": [
                    {"name": "48 states", "where": ["US"], "fee": 5.95, "free_from": 75, "days": [3, 5]},
                    {"name": "Alaska, Hawaii", "where": ["US-AK", "US-HI"], "fee": 14.95, "days": [5, 8]},
                ],
                "methods": [{"name": "expedited", "zones": ["48 states"], "fee": 19.95, "days": [2, 2]}],
            },
            "returns": {"window_days": 30, "change_of_mind_fee": 7.5, "refund_business_days": [3, 5]},
            "coupons": [
                {"code": "TAKE15", "type": "percent", "value": 15, "max": 40, "min_subtotal": 50},
                {"code": "FIVEOFF", "type": "amount", "value": 5, "combinable": True},
            ],
            "points": {"tiers": [{"name": "Member", "from": 0, "rate": 0.02}], "min_use": 100, "unit": 1},
            "gift_wrapping": 4.5,
            "assistant": {"name": "Maple"},
        }
    )  # fmt: skip


@pytest.fixture(scope="session")
def context() -> Callable[..., ToolContext]:
    """Makes the context a tool is called in: `context(conn, shop, clock, language="en", customer_id=7)`."""

    def make(
        conn: psycopg.AsyncConnection[Any],
        shop: Shop,
        clock: TurnedClock,
        language: str = "ko",
        customer_id: int | None = None,
        conversation_id: str = "c_test",
        personal: bool = True,
        key: str = "key-1",
    ) -> ToolContext:
        role = "customer" if customer_id else "visitor"
        shopper = Shopper(conversation_id, customer_id=customer_id, role=role, personal=personal)
        return ToolContext(conn=conn, shop=shop, now=clock.now(), language=language, shopper=shopper, key=key)

    return make

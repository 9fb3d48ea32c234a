"""A shop brought live by HTTP: files as durable work with row-by-row reports, stock and prices at once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from server_talk import OpenHouse

from dangol.kernel.clock import SystemClock
from dangol.server.settings import kept_secret
from dangol.server.taking_over import records
from dangol.server.taking_over.work import take_over_upload

HEADER = "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status\n"
CUP = "rest-cup,HTTP 컵,<p>좋은 컵</p>,누리,머그컵,,,,REST-1,9000,4,active\n"
BOWL = "rest-bowl,그릇,,누리,그릇,,,,REST-2,-5,4,active\n"
CUSTOMERS = "First Name,Last Name,Email,Phone,Accepts Email Marketing,Tags\n하나,김,rest@example.com,010-2222-3333,yes,\n,,,,,\n이,박,not-an-email,,no,\n"
ORDERS = (
    "Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Total,Discount Code,Lineitem quantity,"
    "Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Street,Shipping City,Shipping Zip,Shipping Country,"
    "Shipping Phone,Created at\n"
    "#R1001,rest@example.com,paid,fulfilled,KRW,12000,0,12000,,1,흰 머그컵,12000,MUG-1,김하나,테헤란로 1,서울,06133,KR,"
    "010-2222-3333,2026-10-01 10:00:00 +0900\n"
)


class OtherSystem:
    """Another system of the shop."""

    def __init__(self, house: OpenHouse) -> None:
        self.house = house
        self.token = kept_secret(house.settings.data, "data-token")

    async def ask(self, verb: str, path: str, token: str | None = None, **more: Any) -> Any:
        language = {"accept-language": "en", **more.pop("headers", {})}
        async with self.house.client(Authorization=f"Bearer {token or self.token}", **language) as client:
            return await client.request(verb, f"/api/data/{path}", **more)

    async def send(self, kind: str, text: str, **more: Any) -> dict[str, Any]:
        """Send a file in and wait for its report."""
        sent = await self.ask("POST", kind, content=text.encode(), **more)
        assert sent.status_code == 202, sent.text
        for _ in range(600):
            told = (await self.ask("GET", f"uploads/{sent.json()['id']}")).json()
            if told["state"] != "waiting":
                return dict(told)
            await asyncio.sleep(0.05)
        raise AssertionError(f"never over: {told}")

    async def value(self, query: str) -> Any:
        async with self.house.premises.open_connection() as conn:
            row = await (await conn.execute(query)).fetchone()
        return row[0] if row else None


@pytest.fixture
def system(open_house: OpenHouse) -> OtherSystem:
    return OtherSystem(open_house)


async def test_a_shop_is_brought_live_by_http_and_a_second_run_changes_nothing(system: OtherSystem) -> None:
    first = await system.send("products", HEADER + CUP + BOWL)
    assert (first["state"], first["report"]["created"], first["done"]) == ("done", 1, 1)
    (no,) = first["report"]["refused"]
    assert (no["row"], no["column"], no["code"]) == (3, "Variant Price", "negative")
    assert no["why"]
    again = await system.send("products", HEADER + CUP + BOWL)
    assert (again["report"]["created"], again["report"]["unchanged"]) == (0, 1)

    people = await system.send("customers", CUSTOMERS)
    assert people["report"]["created"] == 1
    assert people["report"]["refused"]
    bought = await system.send("orders", ORDERS)
    assert (bought["report"]["created"], bought["report"]["refused"]) == (1, [])
    assert await system.value("select count(*) from orders where email = 'rest@example.com'") == 1


async def test_stock_and_prices_are_set_at_once_row_by_row(system: OtherSystem) -> None:
    sku = "MUG-1"
    async with system.house.premises.open_connection() as conn:
        await conn.execute(
            "insert into stock_holds (sku, holder, quantity, until) values (%s, 'test', 2, now() + interval '1 hour')",
            (sku,),
        )
    items = [{"sku": sku, "stock": 12}, {"sku": "NOBODY", "stock": 1}, {"sku": sku, "stock": -1}]
    items += [{"sku": sku, "stock": 3, "branch": "gangnam"}, {"sku": sku, "stock": 3, "branch": "moon"}]
    told = (await system.ask("PUT", "stock", json={"items": items})).json()
    assert told["updated"] == 2
    assert [(no["row"], no["column"], no["code"]) for no in told["refused"]] == [
        (2, "sku", "unknown_product"), (3, "stock", "negative"), (5, "branch", "unknown_branch"),
    ]  # fmt: skip
    assert await system.value("select stock from variants where sku = 'MUG-1'") == 10
    assert await system.value("select quantity from shelves where sku = 'MUG-1' and branch = 'gangnam'") == 3
    told = (await system.ask("PUT", "stock", json={"items": items[:1]})).json()
    assert (told["updated"], told["unchanged"]) == (0, 1)

    prices = [{"sku": sku, "price": "13,500", "compare_at": 15000}, {"sku": sku, "price": "cheap"}]
    told = (await system.ask("PUT", "prices", json={"items": prices})).json()
    assert (told["updated"], told["refused"][0]["code"]) == (1, "not_an_amount")
    assert (
        await system.value("select (price, compare_at)::text from variants where sku = 'MUG-1'")
        == "(13500,15000)"
    )


async def test_a_key_is_one_upload(system: OtherSystem) -> None:
    key = {"headers": {"Idempotency-Key": "night-1"}}
    one = await system.send("products", HEADER + CUP, **key)
    assert (await system.send("products", HEADER + CUP, **key))["id"] == one["id"]
    other = await system.ask("POST", "products", content=(HEADER + BOWL).encode(), **key)
    assert other.status_code == 409


async def test_a_file_that_cannot_be_read_is_refused_whole_with_its_reason(system: OtherSystem) -> None:
    told = await system.send("products", "what,is,this\n1,2,3\n")
    assert (told["state"], told["report"]) == ("refused", None)
    assert "Handle" in told["why"]
    assert (await system.ask("POST", "products?format=xml", content=b"<a/>")).status_code == 422
    assert (await system.ask("POST", "products")).status_code == 422
    assert (await system.ask("GET", "uploads/up_nobody")).status_code == 404


async def test_nobody_without_the_token_gets_in(system: OtherSystem) -> None:
    for verb, path in (("POST", "products"), ("PUT", "stock"), ("PUT", "prices"), ("GET", "uploads/x")):
        answer = await system.ask(verb, path, token="wrong", json={"items": []} if verb == "PUT" else None)
        assert answer.status_code == 401


async def test_what_a_crash_left_behind_is_taken_up_and_a_second_run_does_no_harm(
    system: OtherSystem,
) -> None:
    premises, settings = system.house.premises, system.house.settings
    now = SystemClock().now()
    async with premises.open_connection() as conn:
        await records.keep(conn, "up_crash", "products", "shopify-csv", (HEADER + CUP).encode(), now)
    for _ in range(2):
        await take_over_upload(
            premises.open_connection, premises.shop(), settings.data / "media", "up_crash", now
        )
    told = (await system.ask("GET", "uploads/up_crash")).json()
    assert told["state"] == "done"

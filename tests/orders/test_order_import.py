"""Orders out of another system's export."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orders.floor import SHOE, SOCK, put_on_shelf

from dangol.customers import api as customers
from dangol.kernel.clock import TurnedClock
from dangol.kernel.imports import ColumnsMissing, NotATable, Refusal
from dangol.kernel.shop import Shop
from dangol.orders import api, records
from dangol.orders.imports import UnknownFormat
from dangol.orders.shopify import OrderDraft, read_moment, read_orders
from dangol.orders.views import order_views

Connection = psycopg.AsyncConnection[Any]

COLUMNS = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Currency", "Shipping",
    "Total", "Discount Code", "Discount Amount", "Created at", "Lineitem quantity", "Lineitem name",
    "Lineitem price", "Lineitem sku", "Shipping Name", "Shipping Address1", "Shipping City", "Shipping Zip",
    "Shipping Province", "Shipping Country", "Cancelled at", "Refunded Amount", "Carrier", "Tracking Number",
    "Delivered at",
)  # fmt: skip
GOOD = {
    "Name": "#1001", "Email": "Kim@Example.com", "Financial Status": "paid", "Fulfillment Status": "fulfilled",
    "Paid at": "2026-11-10 10:02:00 +0900", "Fulfilled at": "2026-11-10 18:00:00 +0900", "Currency": "KRW",
    "Shipping": "3000", "Total": "103500", "Discount Code": "HI", "Discount Amount": "1500",
    "Created at": "2026-11-10 10:00:00 +0900", "Lineitem quantity": "1", "Lineitem name": "트레일 러닝화 - 블랙 / 270",
    "Lineitem price": "89000", "Lineitem sku": SHOE, "Shipping Name": "김단골", "Shipping Address1": "테헤란로 123",
    "Shipping City": "강남구", "Shipping Zip": "'06236", "Shipping Province": "KR-11", "Shipping Country": "KR",
    "Carrier": "CJ대한통운", "Tracking Number": "1234-5678-9012", "Delivered at": "2026-11-12 15:00:00 +0900",
}  # fmt: skip
SECOND_LINE = {
    "Name": "#1001", "Email": "Kim@Example.com", "Lineitem quantity": "2", "Lineitem name": "울 양말 - 그레이",
    "Lineitem price": "6500.00", "Lineitem sku": SOCK,
}  # fmt: skip


def write(folder: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
    text = io.StringIO()
    out = csv.DictWriter(text, columns, extrasaction="ignore")
    out.writeheader()
    out.writerows(rows)
    file = folder / "orders.csv"
    file.write_text(text.getvalue(), encoding="utf-8")
    return file


async def take(conn: Connection, shop: Shop, file: Path, clock: TurnedClock) -> Any:
    return await api.import_orders(conn, shop, file, "shopify-csv", clock.now())


async def test_an_order_of_two_lines_is_taken_over_once(
    conn: Connection, shop: Shop, clock: TurnedClock, tmp_path: Path
) -> None:
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    file = write(tmp_path, GOOD, SECOND_LINE)
    first, second = await take(conn, shop, file, clock), await take(conn, shop, file, clock)
    assert (first.created, first.refused, second.created, second.unchanged) == (1, (), 0, 1)
    row = await api.order_row(conn, "1001")
    assert row is not None
    assert (row.status, row.subtotal, row.discount, row.shipping, row.total) == (
        "delivered", 102_000, 1_500, 3_000, 103_500,
    )  # fmt: skip
    assert row.placed_at == datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
    who = await customers.identify(
        conn, external_id=None, email="kim@example.com", name=None, now=clock.now()
    )
    assert row.customer_id == who
    view = (await order_views(conn, shop, [row], "ko"))[0]
    assert [(line.product, line.quantity, line.options.get("사이즈")) for line in view.lines] == [
        ("trail-shoe", 1, "270"),
        ("wool-socks", 2, None),
    ]
    parcel = view.shipments[0]
    assert (parcel.carrier, parcel.tracking_no, parcel.status) == ("CJ대한통운", "123456789012", "delivered")
    assert parcel.url
    assert "123456789012" in parcel.url
    assert [scan.status for scan in parcel.events] == ["delivered", "information_received"]
    english = (await order_views(conn, shop, [row], "en"))[0]
    assert english.lines[0].title == "Trail runner"
    assert await api.untold(conn) == []
    bought = await (await conn.execute("select count(*) from bought_together")).fetchone()
    assert bought is not None
    assert bought[0] > 0
    history = await records.history_of(conn, who)
    assert history[:2] == (1, "1001")


async def test_a_later_export_moves_an_order_on(
    conn: Connection, shop: Shop, clock: TurnedClock, tmp_path: Path
) -> None:
    sent = GOOD | {"Delivered at": ""}
    await take(conn, shop, write(tmp_path, sent), clock)
    report = await take(conn, shop, write(tmp_path, GOOD), clock)
    assert (report.created, report.updated) == (0, 1)
    assert (await api.order_amount(conn, "1001")).status == "delivered"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"Financial Status": "pending", "Paid at": "", "Fulfillment Status": ""}, "pending_payment"),
        ({"Fulfillment Status": "unfulfilled"}, "paid"),
        ({"Fulfillment Status": "in_progress"}, "preparing"),
        ({"Fulfillment Status": "partial"}, "partly_shipped"),
        ({"Delivered at": ""}, "shipped"),
        ({}, "delivered"),
        ({"Financial Status": "voided"}, "cancelled"),
        (
            {"Financial Status": "refunded", "Fulfillment Status": "", "Cancelled at": "2026-11-11"},
            "cancelled",
        ),
        ({"Financial Status": "refunded"}, "refunded"),
        ({"Financial Status": "Partially Refunded", "Refunded Amount": "5000"}, "partly_refunded"),
        (
            {
                "Financial Status": "partially_refunded",
                "Refunded Amount": "5000",
                "Fulfillment Status": "unfulfilled",
            },
            "paid",
        ),
    ],
)
async def test_every_state_of_the_other_system_has_one_here(
    shop: Shop, tmp_path: Path, told: dict[str, str], status: str
) -> None:
    read = list(read_orders(write(tmp_path, GOOD | told), shop))
    assert [draft.status if isinstance(draft, OrderDraft) else draft for draft in read] == [status]


@pytest.mark.parametrize(
    ("bad", "column", "code"),
    [
        ({"Total": "abc"}, "Total", "not_an_amount"),
        ({"Total": "-5"}, "Total", "negative"),
        ({"Total": ""}, "Total", "missing_value"),
        ({"Lineitem price": "1000.5"}, "Lineitem price", "not_an_amount"),
        ({"Lineitem quantity": "0"}, "Lineitem quantity", "not_an_integer"),
        ({"Lineitem quantity": "2.5"}, "Lineitem quantity", "not_an_integer"),
        ({"Created at": "gestern"}, "Created at", "not_a_date"),
        ({"Created at": "2026-13-40"}, "Created at", "not_a_date"),
        ({"Email": "kim(at)example.com"}, "Email", "not_an_email"),
        ({"Financial Status": "maybe"}, "Financial Status", "unknown"),
        ({"Fulfillment Status": "???"}, "Fulfillment Status", "unknown"),
        ({"Name": ""}, "Name", "missing_value"),
    ],
)
async def test_a_bad_order_is_refused_by_name_and_the_others_stand(
    conn: Connection,
    shop: Shop,
    clock: TurnedClock,
    tmp_path: Path,
    bad: dict[str, str],
    column: str,
    code: str,
) -> None:
    file = write(tmp_path, GOOD | {"Name": "1000"}, GOOD | bad, GOOD | {"Name": "1002"})
    if "Name" in bad:  # a row without a name belongs to the order above it, so it stands first here
        file = write(tmp_path, GOOD | bad, GOOD | {"Name": "1000"}, GOOD | {"Name": "1002"})
    report = await take(conn, shop, file, clock)
    assert [(one.column, one.code) for one in report.refused] == [(column, code)]
    assert report.created == 2
    for language in ("ko", "en"):
        assert api.say_order_refusal(report.refused[0], language)


async def test_a_parcel_that_cannot_be_one_is_named_and_the_order_stands(
    conn: Connection, shop: Shop, clock: TurnedClock, tmp_path: Path
) -> None:
    file = write(tmp_path, GOOD | {"Tracking Number": "12345"})
    report = await take(conn, shop, file, clock)
    assert [(one.column, one.code) for one in report.refused] == [
        ("Tracking Number", "not_a_tracking_number")
    ]
    assert report.created == 1
    assert "12345" in api.say_order_refusal(report.refused[0], "ko")


async def test_an_order_made_here_is_never_overwritten(
    conn: Connection, shop: Shop, clock: TurnedClock, tmp_path: Path
) -> None:
    await take(conn, shop, write(tmp_path, GOOD), clock)
    await conn.execute("update orders set source = 'shop'")
    report = await take(conn, shop, write(tmp_path, GOOD | {"Total": "1"}), clock)
    assert [one.code for one in report.refused] == ["taken"]
    assert (await api.order_amount(conn, "1001")).total == 103_500


async def test_a_file_that_is_no_order_file_is_refused_whole(
    conn: Connection, shop: Shop, clock: TurnedClock, tmp_path: Path
) -> None:
    file = write(tmp_path, GOOD, columns=("Name", "Email"))
    with pytest.raises(ColumnsMissing) as refused:
        await take(conn, shop, file, clock)
    assert "Total" in refused.value.details["columns"]
    with pytest.raises(UnknownFormat):
        await api.import_orders(conn, shop, file, "excel", clock.now())


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026-11-10 10:00:00 +0900", 1),
        ("2026-11-10T10:00:00Z", 10),
        ("2026-11-10 10:00", 1),
        ("2026/11/10 10:00:00 UTC", 10),
        ("2026. 11. 10. 10:00", 1),
        ("2026-11-10 10:00:00.123-0500", 15),
    ],
)
def test_moments_as_exports_write_them(shop: Shop, written: str, hour: int) -> None:
    found = read_moment(written, shop)
    assert found is not None
    assert found.astimezone(UTC).hour == hour


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_mutilated_file_never_breaks_the_reading(shop: Shop, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder), GOOD | {"Name": "1"}, SECOND_LINE | {"Name": "1"}, GOOD | {"Name": "2"})
        body = bytearray(file.read_bytes())
        header = body.index(b"\n") + 1
        for _ in range(data.draw(st.integers(1, 6))):
            at = data.draw(st.integers(header, len(body)))
            cut = data.draw(st.integers(0, 12))
            body[at : at + cut] = data.draw(st.binary(max_size=8))
        file.write_bytes(bytes(body))
        try:
            found = list(read_orders(file, shop))
        except NotATable:  # zero bytes: no text any more
            return
        for read in found:
            assert isinstance(read, OrderDraft | Refusal)
            if isinstance(read, OrderDraft):
                assert read.lines
                assert read.total >= 0
                assert all(line.quantity > 0 and line.unit_price >= 0 for line in read.lines)

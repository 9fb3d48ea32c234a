"""Orders out of another system: taken over once, linked to their customers, feeding what goes with what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection

from dangol.carts import api as carts
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.people import AddressView
from dangol.customers import api as customers
from dangol.kernel.errors import Refused
from dangol.kernel.imports import ImportReport, Refusal, say_refusal
from dangol.kernel.shop import Shop
from dangol.orders import records
from dangol.orders.model import LineRow, OrderRow
from dangol.orders.shopify import LineDraft, OrderDraft, read_orders

Connection = AsyncConnection[Any]
_BATCH = 300
_BOUGHT = (
    "paid", "preparing", "partly_shipped", "shipped", "delivered", "partly_refunded",
)  # fmt: skip
_WORDS = {
    "not_a_tracking_number": {
        "ko": "“{value}”은(는) 이 택배사의 송장번호 형식이 아니에요",
        "en": "“{value}” is not a tracking number of this carrier",
    },
    "taken": {
        "ko": "“{value}”은(는) 이 쇼핑몰에서 만들어진 주문번호예요",
        "en": "“{value}” is the number of an order made in this shop",
    },
}


class UnknownFormat(Refused):
    """There is no such format of order files."""

    code = "unknown_format"
    status = 422


def say_order_refusal(refusal: Refusal, language: str) -> str:
    """Why a row of an order file was not taken over, in Korean or English."""
    return say_refusal(refusal, language, _WORDS)


async def import_orders(
    conn: Connection,
    shop: Shop,
    file: Path,
    format: str,
    now: datetime,
    *,
    progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> ImportReport:
    """Take over the orders of an export; what cannot be read is refused by name, a second run changes nothing.

    Customers are found by e-mail or taken in. Nobody is written to about old orders, no stock moves.
    Raises ColumnsMissing, NotATable or UnknownFormat when the file is refused whole.
    """
    if format != "shopify-csv":
        raise UnknownFormat(format=format)
    refused: list[Refusal] = []
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    people: dict[str, int] = {}
    done = 0
    drafts = _good(file, shop, refused)
    while batch := list(islice(drafts, _BATCH)):
        async with conn.transaction():
            for outcome in await _take_over(conn, shop, batch, people, now):
                if isinstance(outcome, Refusal):
                    refused.append(outcome)
                else:
                    counts[outcome] += 1
        done += len(batch)
        progress(done, None)
    refused.sort(key=lambda refusal: refusal.row)
    return ImportReport(**counts, refused=tuple(refused))


def _good(file: Path, shop: Shop, refused: list[Refusal]) -> Iterator[OrderDraft]:
    for read in read_orders(file, shop):
        if isinstance(read, Refusal):
            refused.append(read)
        else:
            yield read


async def _take_over(
    conn: Connection, shop: Shop, batch: Sequence[OrderDraft], people: dict[str, int], now: datetime
) -> list[str | Refusal]:
    known = await records.orders_by_numbers(conn, [draft.number for draft in batch])
    skus = {line.sku for draft in batch for line in draft.lines if line.sku}
    languages = {_language(draft, shop) for draft in batch}
    sold = {language: await catalog.variants(conn, skus, language, shop) for language in languages}
    outcomes: list[str | Refusal] = []
    bought: list[tuple[str, list[int]]] = []
    for draft in batch:
        known_as = sold[_language(draft, shop)]
        outcome = await _put(conn, shop, draft, known.get(draft.number), known_as, people, now)
        outcomes.append(outcome)
        if outcome in ("created", "updated") and draft.status in _BOUGHT:
            products = {known_as[line.sku].product_id for line in draft.lines if line.sku in known_as}
            bought.append((draft.number, sorted(products)))
    if bought:
        mails = {draft.number: draft.email.lower() for draft in batch}
        buyers = {number: f"customer:{people[mails[number]]}" for number, _ in bought if mails[number]}
        await catalog.note_purchases(conn, bought, now=now, shoppers_of=buyers)
    return outcomes


async def _put(
    conn: Connection,
    shop: Shop,
    draft: OrderDraft,
    before: OrderRow | None,
    sold: dict[str, catalog.SoldVariant],
    people: dict[str, int],
    now: datetime,
) -> str | Refusal:
    fingerprint = hashlib.sha256(draft.content().encode()).hexdigest()
    if before is not None and before.source != "import":
        return Refusal(row=draft.row, column="Name", code="taken", value=draft.number)
    if before is not None and before.fingerprint == fingerprint:
        return "unchanged"
    customer_id = await _customer(conn, draft, people, now)
    values = _values(draft, shop, customer_id, now) | {"fingerprint": fingerprint}
    if before is None:
        order_id = await records.insert_order(conn, values)
        if order_id is None:
            return Refusal(row=draft.row, column="Name", code="duplicate", value=draft.number)
    else:
        order_id = before.id
        await records.overwrite_order(conn, order_id, values)
    await records.insert_lines(
        conn, [_line(order_id, i, line, sold) for i, line in enumerate(draft.lines, 1)]
    )
    await records.add_event(conn, order_id, "import", "system", now, {"status": draft.status})
    for parcel in draft.parcels:
        shipment = await records.put_shipment(
            conn, order_id, parcel.carrier, parcel.tracking_no, parcel.status, values["expected_to"], now
        )
        for at, status in parcel.scans:
            await records.add_scan(conn, shipment, at, status, "", "")
    if customer_id and draft.status in _BOUGHT:
        await customers.note_purchase(
            conn,
            customer_id,
            draft.total - draft.refunded,
            cause=f"order:{draft.number}",
            bought=draft.placed_at,
        )
    return "updated" if before else "created"


async def _customer(conn: Connection, draft: OrderDraft, people: dict[str, int], now: datetime) -> int | None:
    if not draft.email:
        return None
    key = draft.email.lower()
    if key not in people:
        people[key] = await customers.identify(
            conn, external_id=None, email=draft.email, name=draft.name or None, now=now
        )
    return people[key]


def _language(draft: OrderDraft, shop: Shop) -> str:
    """The language the order was made in, as far as the names of its goods tell."""
    korean = any("가" <= sign <= "힣" for line in draft.lines for sign in line.name)
    others = [language for language in shop.languages if language != "ko"]
    return "ko" if korean and "ko" in shop.languages else others[0] if others else shop.language


def _expected(draft: OrderDraft, shop: Shop, language: str) -> tuple[date | None, date | None]:
    """When it was to arrive by the shop's own figures, as exports do not say."""
    if draft.address is None or draft.status in ("cancelled", "refunded"):
        return None, None
    address = AddressView.model_validate(draft.address)
    quote = carts.quote(shop, address, None, draft.paid_at or draft.placed_at, language)
    return (quote.earliest, quote.latest) if quote else (None, None)


def _values(draft: OrderDraft, shop: Shop, customer_id: int | None, now: datetime) -> dict[str, Any]:
    pay_until = draft.placed_at + timedelta(hours=shop.unpaid_order_hours)
    waits = draft.status == "pending_payment" and pay_until > now
    language = _language(draft, shop)
    earliest, latest = _expected(draft, shop, language)
    return {
        "number": draft.number,
        "status": draft.status,
        "source": "import",
        "customer_id": customer_id,
        "language": language,
        "expected_from": earliest,
        "expected_to": latest,
        "name": draft.name,
        "email": draft.email,
        "phone": draft.phone,
        "address": draft.address,
        "method": draft.method or None,
        "currency": draft.currency,
        "subtotal": sum(line.unit_price * line.quantity for line in draft.lines),
        "discount": draft.discount,
        "shipping": draft.shipping,
        "total": draft.total,
        "refunded": draft.refunded,
        "coupons": list(draft.coupons),
        "paid_with": draft.paid_with or None,
        "placed_at": draft.placed_at,
        "paid_at": draft.paid_at,
        "pay_until": pay_until if waits else None,
    }


def _line(order_id: int, place: int, line: LineDraft, sold: dict[str, catalog.SoldVariant]) -> LineRow:
    variant = sold.get(line.sku)
    return LineRow(
        order_id=order_id,
        line=place,
        product=variant.product if variant else "",
        sku=line.sku,
        title=variant.title if variant else line.name,
        options=variant.options if variant else {},
        image=variant.image if variant else "",
        quantity=line.quantity,
        unit_price=line.unit_price,
        total=line.unit_price * line.quantity,
    )

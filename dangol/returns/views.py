"""Returns as shoppers see them: in chat, and as the return block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from psycopg import AsyncConnection

from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.returns import ReturnLineView, ReturnView
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.returns import records
from dangol.returns.model import ReturnLineRow, ReturnRow
from dangol.returns.rules import OVER

Connection = AsyncConnection[Any]
LabelUrl = Callable[[str], str]
Waits = Literal["person", "carrier", "parcel", "inspection", "gateway", "payment", "other_way"]

_WAITS: dict[str, Waits] = {
    "requested": "person",
    "approved": "carrier",
    "label_created": "parcel",
    "picked_up": "inspection",
    "in_transit": "inspection",
    "received": "gateway",
}


async def return_views(
    conn: Connection, shop: Shop, rows: Sequence[ReturnRow], language: str, label_url: LabelUrl
) -> tuple[ReturnView, ...]:
    """Returns with their lines, in the order given; goods by their names in the shopper's language."""
    lines = await records.lines_of(conn, [row.id for row in rows])
    skus = {sku for some in lines.values() for line in some for sku in (line.sku, line.new_sku) if sku}
    named = await catalog.variants(conn, skus, language, shop)
    views = []
    for row in rows:
        paid = None
        if row.replacement is not None:
            paid = (await orders.order_amount(conn, row.replacement)).status
        views.append(_view(row, lines[row.id], named, paid, label_url, language))
    return tuple(views)


def _view(
    row: ReturnRow,
    lines: Sequence[ReturnLineRow],
    named: dict[str, catalog.SoldVariant],
    replacement_status: str | None,
    label_url: LabelUrl,
    language: str,
) -> ReturnView:
    def money(amount: int) -> Money:
        return Money(amount=amount, currency=row.currency)

    has_label = row.sending == "label" and row.tracking_no and row.status not in OVER
    return ReturnView(
        number=row.number,
        order=row.order_number,
        kind=row.kind,
        status=row.status,
        lines=tuple(_line(line, named, money, row.language == language) for line in lines),
        reason=row.reason,
        way=row.way,
        method=row.method,
        days=(row.days[0], row.days[-1]),
        sending=row.sending,
        return_fee=money(row.fee),
        refund=money(row.refund),
        due=money(row.due),
        points=row.points,
        replacement=row.replacement,
        replacement_status=replacement_status,
        waits_for=waits_for(row, replacement_status),
        trouble=row.trouble,
        carrier=orders.carrier_name(row.carrier, language) if row.carrier else "",
        tracking_no=row.tracking_no,
        pickup_no=row.pickup_no,
        pickup_on=row.pickup_on,
        send_by=row.send_by if row.status in ("approved", "label_created") else None,
        label_url=label_url(row.number) if has_label else None,
    )


def waits_for(row: ReturnRow, replacement_status: str | None) -> Waits | None:
    """Whom or what a return waits for; None when it is over."""
    if row.status in OVER:
        return None
    if replacement_status == "pending_payment":
        return "payment"
    if row.trouble == "refused_by_gateway":
        return "other_way"
    if row.trouble and row.due_at is None:
        return "person"
    return _WAITS.get(row.status)


def _line(
    line: ReturnLineRow, named: dict[str, catalog.SoldVariant], money: Any, own_words: bool
) -> ReturnLineView:
    now, new = named.get(line.sku), named.get(line.new_sku or "")
    translated = now if not own_words else None
    return ReturnLineView(
        line=str(line.line),
        product=line.product,
        sku=line.sku,
        title=translated.title if translated else line.title,
        options=translated.options if translated else line.options,
        quantity=line.quantity,
        left=0,
        share=money(line.share),
        instead=line.new_sku,
        instead_options=(new.options if new and not own_words else line.new_options),
        instead_price=money(line.new_price) if line.new_price is not None else None,
    )

"""Orders as shoppers see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.orders import (
    GiftView,
    OrderLineView,
    OrderView,
    ShipmentEventView,
    ShipmentView,
)
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.orders import records
from dangol.orders.carriers import carrier_name, tracking_url
from dangol.orders.model import BY_EXCHANGE, LineRow, OrderRow, ShipmentEventRow, ShipmentRow

Connection = AsyncConnection[Any]


async def order_views(
    conn: Connection, shop: Shop, orders: Sequence[OrderRow], language: str
) -> tuple[OrderView, ...]:
    """Orders with their lines and parcels, in the order given; few queries whatever their number.

    Goods bear the name under which they were ordered, in another language the one they have there now.
    """
    ids = [order.id for order in orders]
    lines = await records.lines_of(conn, ids)
    foreign = [line for order in orders if order.language != language for line in lines[order.id]]
    if foreign:
        named = await catalog.variants(conn, {line.sku for line in foreign}, language, shop)
        translated = {
            id(line): replace(line, title=named[line.sku].title, options=named[line.sku].options)
            for line in foreign
            if line.sku in named
        }
        lines = {order: [translated.get(id(line), line) for line in some] for order, some in lines.items()}
    shipments = await records.shipments_of(conn, ids)
    parcels = [parcel.id for some in shipments.values() for parcel in some]
    scans = await records.shipment_events_of(conn, parcels) if parcels else {}
    return tuple(
        _view(order, lines[order.id], shipments.get(order.id, []), scans, language) for order in orders
    )


def _view(
    order: OrderRow,
    lines: list[LineRow],
    shipments: list[ShipmentRow],
    scans: dict[int, list[ShipmentEventRow]],
    language: str,
) -> OrderView:
    def money(amount: int) -> Money:
        return Money(amount=amount, currency=order.currency)

    unpaid = order.status == "pending_payment"
    coming = order.expected_from and order.expected_to and order.status not in ("cancelled", "refunded")
    return OrderView(
        order=order.number,
        status=order.status,
        placed_at=order.placed_at,
        lines=tuple(
            OrderLineView(
                line=str(line.line),
                product=line.product,
                sku=line.sku,
                title=line.title,
                options=line.options,
                quantity=line.quantity,
                unit_price=money(line.unit_price),
                total=money(line.total),
                image=line.image,
            )
            for line in lines
        ),
        subtotal=money(order.subtotal),
        discount=money(order.discount),
        shipping=money(order.shipping),
        total=money(order.total),
        refunded=money(order.refunded) if order.refunded else None,
        shipments=tuple(
            ShipmentView(
                carrier=carrier_name(parcel.carrier, language),
                tracking_no=parcel.tracking_no,
                status=parcel.status,
                eta=parcel.eta,
                url=tracking_url(parcel.carrier, parcel.tracking_no),
                events=tuple(
                    ShipmentEventView(at=scan.at, status=scan.status, place=scan.place, text=scan.text)
                    for scan in scans.get(parcel.id, [])
                ),
            )
            for parcel in shipments
        ),
        expected=(order.expected_from, order.expected_to)
        if coming and order.expected_from and order.expected_to
        else None,
        likely=(order.likely_from, order.likely_to)
        if coming
        and order.likely_from
        and order.likely_to
        and order.status not in ("delivered", "partly_refunded")
        else None,
        recipient=str((order.address or {}).get("recipient") or order.name),
        gift=GiftView.model_validate(order.gift) if order.gift is not None else None,
        pay_until=order.pay_until if unpaid else None,
        by_exchange=order.source == BY_EXCHANGE,
    )

"""What the rooms above, and the workers, may ask of orders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dangol.carts.api import SoldOut
from dangol.contracts.shopfloor.orders import OrderView
from dangol.contracts.shopfloor.people import CustomerView
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper
from dangol.orders import own_records, records, service
from dangol.orders.announcement_records import (
    FOR_STAFF,
    Kind,
    announce,
    announcement,
    delivery,
    due_deliveries,
    given_up,
    note_delivery,
    note_trouble,
    plan_deliveries,
    untold,
    waiting_for_staff,
)
from dangol.orders.carriers import carrier_name, tracking_url
from dangol.orders.changing import (
    call_off,
    delivery_difference,
    keep_option,
    look_at_address,
    look_at_items,
    look_at_option,
    look_at_payment,
    note_other_payment,
    taker,
    write_address,
    write_items,
    write_option,
)
from dangol.orders.checkout import adopt
from dangol.orders.documents.pages import delivery_note, font_for, register_fonts
from dangol.orders.documents.pages import plain as plain_text
from dangol.orders.history_records import (
    Bought,
    Purchases,
    bought_between,
    bought_by,
    first_purchase_on,
    late_parcels,
    purchases,
    usual_goods,
)
from dangol.orders.imports import import_orders, say_order_refusal
from dangol.orders.judging import judge, why_not
from dangol.orders.model import (
    BY_EXCHANGE,
    Announcement,
    CartEmpty,
    CheckoutIncomplete,
    Delivery,
    LineRow,
    NotInThisState,
    OrderAmount,
    OrderRow,
    TotalChanged,
)
from dangol.orders.person_records import (
    conversations_of,
    forget_buyers,
    forget_codes,
    last_order_at,
    open_orders,
)
from dangol.orders.person_records import erase as erase_of
from dangol.orders.person_records import held as held_of
from dangol.orders.records import forget_checkouts
from dangol.orders.replacing import NewGoods, drop_replacement, place_replacement
from dangol.orders.rules import HOLD, LIFE, read_number
from dangol.orders.service import (
    agree_payment,
    cancel_unpaid,
    expire_due,
    mark_paid,
    mark_refunded,
    mark_unpaid,
    new_token,
    record_shipment,
    refund_noted,
)
from dangol.orders.tracking import note_trouble as note_parcel_trouble
from dangol.orders.tracking import take_report as take_parcel_report
from dangol.orders.tracking import tell_silence as tell_parcel_silence
from dangol.orders.tracking_records import Followed, due_parcels, followed, stop_asking
from dangol.orders.transit_records import (
    DeliveredParcels,
    DispatchedOrders,
    ParcelUnderway,
    arrived_between,
    delivered_parcels,
    dispatched_orders,
    note_likely,
    parcels_under_way,
)
from dangol.orders.views import order_views

Connection = records.Connection


def _amount(order: OrderRow) -> OrderAmount:
    return OrderAmount.model_validate({name: getattr(order, name) for name in OrderAmount.model_fields})


async def order_amount(conn: Connection, number: str, *, lock: bool = False) -> OrderAmount:
    """What is to be paid for an order, and how it stands; locked inside a transaction when asked. Raises NotFound."""
    order = await (records.lock_order if lock else records.order_by_number)(conn, number)
    if order is None:
        raise NotFound(order=number)
    return _amount(order)


async def order_for(conn: Connection, shopper: Shopper, number: str | None) -> OrderAmount:
    """The order a shopper means: theirs by its number, else the newest of this conversation or customer.

    Raises NotFound, which never tells whether somebody else's exists.
    """
    found = await own_records.orders_of(
        conn,
        customer_id=shopper.proved_customer,
        numbers=sorted(shopper.orders),
        number=read_number(number) if number else None,
        limit=10,
    )
    if not found:
        raise NotFound(order=number)
    here = [order for order in found if order.conversation_id == shopper.conversation_id]
    return _amount((here or found)[0])


async def numbers_of(conn: Connection, shopper: Shopper, limit: int = 1000) -> list[str]:
    """The numbers of the orders a shopper may see, newest first."""
    found = await own_records.orders_of(
        conn, customer_id=shopper.proved_customer, numbers=sorted(shopper.orders), limit=limit
    )
    return [order.number for order in found]


async def order_view(conn: Connection, shop: Shop, number: str, language: str) -> OrderView:
    """An order with its lines and parcels. Raises NotFound; whose it is must be known before."""
    order = await records.order_by_number(conn, number)
    if order is None:
        raise NotFound(order=number)
    return (await order_views(conn, shop, [order], language))[0]


async def order_row(conn: Connection, number: str) -> OrderRow | None:
    """An order as it is stored."""
    return await records.order_by_number(conn, number)


async def number_written(conn: Connection, said: str) -> str | None:
    """The number of an order as it is stored, from how it is written: without regard to case, `#` and words around."""
    return await records.number_like(conn, read_number(said))


async def locked_order(conn: Connection, number: str) -> OrderRow:
    """An order as it is stored, locked until the transaction ends. Raises NotFound."""
    return await service.locked(conn, number)


async def lines_of(conn: Connection, order: OrderRow) -> list[LineRow]:
    """The lines of an order."""
    return (await records.lines_of(conn, [order.id]))[order.id]


async def done_to(conn: Connection, order: OrderRow) -> set[str]:
    """What kinds of things ever happened to an order, by the names of their events."""
    return await records.event_kinds(conn, order.id)


async def arrived_at(conn: Connection, order: OrderRow) -> datetime | None:
    """When the last parcel of an order was delivered; None while one is on its way, or nobody told."""
    parcels = (await records.shipments_of(conn, [order.id])).get(order.id, [])
    if not parcels or any(parcel.status != "delivered" for parcel in parcels):
        return None
    scans = await records.shipment_events_of(conn, [parcel.id for parcel in parcels])
    return max(
        (scan.at for some in scans.values() for scan in some if scan.status == "delivered"), default=None
    )


async def keep_goods(conn: Connection, number: str, now: datetime) -> None:
    """Keep the goods of an unpaid order for half an hour from now. Raises SoldOut. Inside a transaction."""
    await service.keep_goods(conn, await service.locked(conn, number), now)


async def announce_order(
    conn: Connection, kind: Kind, number: str, details: dict[str, Any], now: datetime
) -> None:
    """Announce something about an order."""
    await service.tell(conn, kind, await service.locked(conn, number), now, details)


async def last_method(conn: Connection, shopper: Shopper) -> str | None:
    """What a known customer paid with last."""
    if shopper.proved_customer is None:
        return None
    return (await records.history_of(conn, shopper.proved_customer))[3]


async def with_history(conn: Connection, view: CustomerView) -> CustomerView:
    """What is known of a customer, with their orders added."""
    count, last, titles, method = await records.history_of(conn, view.customer_id)
    return view.model_copy(
        update={
            "orders": count,
            "last_order": last,
            "last_order_titles": tuple(titles),
            "last_method": method,
        }
    )


__all__ = [
    "BY_EXCHANGE",
    "FOR_STAFF",
    "HOLD",
    "LIFE",
    "Announcement",
    "Bought",
    "CartEmpty",
    "CheckoutIncomplete",
    "DeliveredParcels",
    "Delivery",
    "DispatchedOrders",
    "Followed",
    "Kind",
    "LineRow",
    "NewGoods",
    "NotInThisState",
    "OrderAmount",
    "OrderRow",
    "ParcelUnderway",
    "Purchases",
    "SoldOut",
    "TotalChanged",
    "adopt",
    "agree_payment",
    "announce",
    "announce_order",
    "announcement",
    "arrived_at",
    "arrived_between",
    "bought_between",
    "bought_by",
    "call_off",
    "cancel_unpaid",
    "carrier_name",
    "conversations_of",
    "delivered_parcels",
    "delivery",
    "delivery_difference",
    "delivery_note",
    "dispatched_orders",
    "done_to",
    "drop_replacement",
    "due_deliveries",
    "due_parcels",
    "erase_of",
    "expire_due",
    "first_purchase_on",
    "followed",
    "font_for",
    "forget_buyers",
    "forget_checkouts",
    "forget_codes",
    "given_up",
    "held_of",
    "import_orders",
    "judge",
    "keep_goods",
    "keep_option",
    "last_method",
    "last_order_at",
    "late_parcels",
    "lines_of",
    "locked_order",
    "look_at_address",
    "look_at_items",
    "look_at_option",
    "look_at_payment",
    "mark_paid",
    "mark_refunded",
    "mark_unpaid",
    "new_token",
    "note_delivery",
    "note_likely",
    "note_other_payment",
    "note_parcel_trouble",
    "note_trouble",
    "number_written",
    "numbers_of",
    "open_orders",
    "order_amount",
    "order_for",
    "order_row",
    "order_view",
    "order_views",
    "parcels_under_way",
    "place_replacement",
    "plain_text",
    "plan_deliveries",
    "purchases",
    "record_shipment",
    "refund_noted",
    "register_fonts",
    "say_order_refusal",
    "stop_asking",
    "take_parcel_report",
    "taker",
    "tell_parcel_silence",
    "tracking_url",
    "untold",
    "usual_goods",
    "waiting_for_staff",
    "why_not",
    "with_history",
    "write_address",
    "write_items",
    "write_option",
]

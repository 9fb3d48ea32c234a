"""Charging a way of paying on file at its gateway: written down before, believed as any report, once per payment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.payment import ChargesOnFile, GatewayDown, PaymentRequest
from dangol.customers import api as customers
from dangol.customers.api import StoredMethod
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.payments import records
from dangol.payments.model import Gateways, PaymentRow
from dangol.payments.settling import take_report

Connection = AsyncConnection[Any]


def ready(gateways: Gateways, way: StoredMethod) -> bool:
    """Whether an order can be paid by a way on file here and now: a gift card with money, or one a gateway charges."""
    if way.kind == "gift_card":
        return bool(way.balance)
    return way.token is not None and _charger(gateways, way.gateway or "") is not None


def _charger(gateways: Gateways, name: str) -> ChargesOnFile | None:
    found: object = gateways.get(name)
    return found if isinstance(found, ChargesOnFile) else None


async def charge(
    conn: Connection, gateways: Gateways, shop: Shop, payment: PaymentRow, now: datetime, return_url: str
) -> None:
    """Take the money of a payment that was written down, by its way on file; the same payment is charged once.

    What the gateway answers is believed as far as it agrees with what is stored. Raises GatewayDown: nothing is known
    then, and the next call asks again under the same key. Outside any transaction.
    """
    order = await orders.order_amount(conn, payment.order_number)
    way = await customers.stored_method(conn, order.customer_id, payment.on_file or "")
    gateway = _charger(gateways, payment.gateway)
    if gateway is None or way.token is None:
        raise GatewayDown(gateway=payment.gateway, why="not connected")
    charged = await gateway.charge(
        PaymentRequest(
            reference=payment.reference,
            order=payment.order_number,
            amount=Money(amount=payment.amount, currency=payment.currency),
            method=payment.method,
            language=payment.language,
            return_url=return_url,
        ),
        way.token,
        key=payment.reference,
    )
    async with conn.transaction():
        await orders.order_amount(conn, payment.order_number, lock=True)
        await records.set_opened(conn, payment.id, charged.page.vendor_ref, charged.page.url)
        await take_report(conn, shop, payment.gateway, charged.report, now)

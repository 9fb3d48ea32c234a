"""From the customer a shop has signed for to the regular the assistant greets."""

from __future__ import annotations

from datetime import datetime

from dangol.assistant.welcome import Regular
from dangol.customers import api as customers
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.server.auth import SignedCustomer
from dangol.server.database import Connection


async def recognise(
    conn: Connection, shop: Shop, signed: SignedCustomer, language: str, now: datetime
) -> Regular:
    """The customer by id, else by e-mail, else a new one; with what a greeting needs to know of them."""
    customer_id = await customers.identify(
        conn, external_id=signed.external_id, email=signed.email, name=signed.name, now=now
    )
    known = await customers.customer_view(conn, shop, customer_id, language[:2] or shop.language, now)
    view = await orders.with_history(conn, known)
    cursor = await conn.execute(
        "select exists (select 1 from conversations where customer_id = %s)", (customer_id,)
    )
    row = await cursor.fetchone()
    return Regular(
        customer_id=customer_id,
        name=view.name,
        last_order_titles=view.last_order_titles,
        been_here=bool(row and row[0]),
    )

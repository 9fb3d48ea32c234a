"""The state of the shop in the JSON shape of the benchmark's database, read in a handful of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.tau2.shape import Json, dollars, order_id_of, said_reason, told_address

Connection = Any

_PRODUCTS = """
select p.handle, p.title ->> 'en', p.options, v.sku, v.options, v.price, v.stock > 0
from products p join variants v on v.product_id = p.id
where %(some)s::text[] is null or p.handle = any(%(some)s) order by p.id, v.position
"""
_USERS = """
select c.external_id, c.name, c.email,
       (select to_jsonb(a) from addresses a where a.customer_id = c.id order by a.used desc, a.id desc limit 1),
       (select coalesce(array_agg(o.number order by o.id), '{}') from orders o
        where o.customer_id = c.id and o.source <> 'exchange'),
       (select coalesce(jsonb_agg(to_jsonb(m) order by m.id), '[]') from stored_methods m where m.customer_id = c.id)
from customers c
where c.external_id is not null and (%(some)s::text[] is null or c.external_id = any(%(some)s)) order by c.id
"""
_ORDERS = """
select o.number, c.external_id, o.address, o.status, o.why_cancelled,
       (select jsonb_agg(jsonb_build_array(l.title, l.product, l.sku, l.unit_price, l.options) order by l.line)
        from order_lines l where l.order_id = o.id),
       (select coalesce(array_agg(s.tracking_no order by s.id), '{}') from shipments s where s.order_id = o.id),
       (select coalesce(jsonb_agg(jsonb_build_array(e.kind, e.amount, e.method) order by e.id), '[]')
        from order_entries e where e.order_number = o.number),
       exists (select from order_events e where e.order_id = o.id and e.kind = 'change_option'),
       (select jsonb_build_object('kind', r.kind, 'method', r.method, 'refund', r.refund, 'due', r.due, 'lines',
                (select jsonb_agg(jsonb_build_array(rl.sku, rl.new_sku) order by rl.line)
                 from return_lines rl where rl.return_id = r.id))
        from returns r where r.order_number = o.number and r.status not in ('refused', 'cancelled')
        order by r.id limit 1)
from orders o join customers c on c.id = o.customer_id
where o.source <> 'exchange' and (%(some)s::text[] is null or o.number = any(%(some)s)) order by o.id
"""


async def export(conn: Connection) -> Json:
    """Everything the benchmark's database holds, as it stands in ours now."""
    return {
        "products": await products(conn),
        "users": await users(conn),
        "orders": await orders(conn),
    }


async def _rows(conn: Connection, query: str, some: Sequence[str] | None) -> list[Any]:
    cursor = await conn.execute(query, {"some": None if some is None else list(some)})
    return list(await cursor.fetchall())


async def products(conn: Connection, some: Sequence[str] | None = None) -> dict[str, Json]:
    """Products (all, or those of these ids) with their variants."""
    found: dict[str, Json] = {}
    for handle, title, options, sku, values, price, there in await _rows(conn, _PRODUCTS, some):
        product = found.setdefault(handle, {"name": title, "product_id": handle, "variants": {}})
        product["variants"][sku] = {
            "item_id": sku,
            "options": {next(iter(o["name"].values())): v for o, v in zip(options, values, strict=True)},
            "available": there,
            "price": dollars(price),
        }
    return found


async def users(conn: Connection, some: Sequence[str] | None = None) -> dict[str, Json]:
    """Customers (all, or those of these ids) with their ways of paying."""
    found: dict[str, Json] = {}
    for user_id, name, email, address, numbers, methods in await _rows(conn, _USERS, some):
        first, _, last = name.rpartition(" ")
        found[user_id] = {
            "user_id": user_id,
            "name": {"first_name": first, "last_name": last},
            "address": told_address(address),
            "email": email,
            "payment_methods": {one["reference"]: _method(one) for one in methods},
            "orders": [order_id_of(number) for number in numbers],
        }
    return found


def _method(one: Json) -> Json:
    told: Json = {"source": one["kind"], "id": one["reference"]}
    if one["kind"] == "credit_card":
        told |= {"brand": one["brand"], "last_four": one["last_four"]}
    elif one["kind"] == "gift_card":
        told |= {"balance": dollars(one["balance"])}
    return told


async def orders(conn: Connection, some: Sequence[str] | None = None) -> dict[str, Json]:
    """Orders (all, or those of these numbers) with their money."""
    found: dict[str, Json] = {}
    for row in await _rows(conn, _ORDERS, some):
        number, user_id, address, status, why, lines, parcels, entries, changed, back = row
        found[order_id_of(number)] = {
            "order_id": order_id_of(number),
            "user_id": user_id,
            "address": told_address(address),
            "items": [
                {
                    "name": title,
                    "product_id": product,
                    "item_id": sku,
                    "price": dollars(price),
                    "options": options,
                }
                for title, product, sku, price, options in lines
            ],
            "fulfillments": [
                {"tracking_id": [parcel], "item_ids": [line[2] for line in lines]} for parcel in parcels
            ],
            "payment_history": [
                {"transaction_type": kind, "amount": dollars(amount), "payment_method_id": method}
                for kind, amount, method in entries
            ],
            **_standing(status, why, changed, back),
        }
    return found


def _standing(status: str, why: str | None, changed: bool, back: Json | None) -> Json:
    """Where the order stands, with what the benchmark writes beside it."""
    if status == "cancelled":
        reason = said_reason(why)
        return {"status": "cancelled"} | ({"cancel_reason": reason} if reason else {})
    if back is not None:
        return _back(back)
    if status == "paid":
        return {"status": "pending (item modified)" if changed else "pending"}
    return {"status": "delivered" if status == "delivered" else "processed"}


def _back(back: Json) -> Json:
    items = sorted(sku for sku, _ in back["lines"])
    if back["kind"] == "return":
        return {
            "status": "return requested",
            "return_items": items,
            "return_payment_method_id": back["method"],
        }
    return {
        "status": "exchange requested",
        "exchange_items": items,
        "exchange_new_items": sorted(new for _, new in back["lines"]),
        "exchange_payment_method_id": back["method"],
        "exchange_price_difference": dollars(back["due"] - back["refund"]),
    }

"""Taking the benchmark's database over into a shop of ours, by the same importers as any other shop's files."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.tau2.shape import CURRENCY, Json, cents, number_of
from dangol.catalog import api as catalog
from dangol.customers import api as customers
from dangol.kernel.imports import ImportReport
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.payments import api as payments

Connection = Any
SHOP = Path(__file__).parent / "shop.json"
_STATES = {
    "pending": {"Fulfillment Status": "unfulfilled"},
    "processed": {"Fulfillment Status": "shipped"},
    "delivered": {"Fulfillment Status": "delivered"},
    "cancelled": {"Fulfillment Status": "unfulfilled"},
}


class NotTaken(ValueError):
    """Something of the benchmark's database was refused by an importer."""


async def take_over(conn: Connection, db: Json, now: datetime) -> Shop:
    """Make a fresh database the benchmark's shop; every id is kept (handle, SKU, customer id, order number).

    Raises NotTaken when anything of it is refused.
    """
    if not all(isinstance(db.get(kind), dict) for kind in ("products", "users", "orders")):
        raise NotTaken("products, users and orders are expected")
    shop = await catalog.import_shop(conn, SHOP)
    if not isinstance(shop, Shop):
        raise NotTaken("; ".join(error.say("en") for error in shop))
    with tempfile.TemporaryDirectory(prefix="dangol-tau2-") as folder:
        at = Path(folder)
        products = at / "products.json"
        products.write_text(json.dumps({"products": [_product(one) for one in db["products"].values()]}))
        _whole(await catalog.import_products(conn, shop, products, "json", now, media=at / "media"))
        file = _written(at / "customers.csv", (_customer(one) for one in db["users"].values()))
        _whole(await customers.import_customers(conn, shop, file, "shopify-csv", now))
        file = _written(at / "orders.csv", _order_rows(db, now))
        _whole(await orders.import_orders(conn, shop, file, "shopify-csv", now))
    await _take_over_methods(conn, db, now)
    await _take_over_entries(conn, db, now)
    return shop


def _whole(report: ImportReport) -> None:
    if report.refused:
        raise NotTaken(str(report.refused[0]))


def _written(file: Path, rows: Iterable[Json]) -> Path:
    listed = list(rows)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, sorted({name for row in listed for name in row}))
        writer.writeheader()
        writer.writerows(listed)
    return file


def _product(product: Json) -> Json:
    variants = list(product["variants"].values())
    names = list(variants[0]["options"])
    return {
        "handle": product["product_id"],
        "title": product["name"],
        "options": [
            {"name": name, "values": sorted({variant["options"][name] for variant in variants})}
            for name in names
        ],
        "variants": [
            {
                "sku": variant["item_id"],
                "options": [variant["options"][name] for name in names],
                "price": str(variant["price"]),
                "available": variant["available"],
            }
            for variant in variants
        ],
    }


def _customer(user: Json) -> Json:
    address = user["address"]
    return {
        "Customer ID": user["user_id"],
        "First Name": user["name"]["first_name"],
        "Last Name": user["name"]["last_name"],
        "Email": user["email"],
        "Address1": address["address1"],
        "Address2": address["address2"],
        "City": address["city"],
        "Province": address["state"],
        "Country Code": "US",
        "Zip": address["zip"],
    }


def _order_rows(db: Json, now: datetime) -> Iterator[Json]:
    """A row an item; orders in the order in which their customers list them."""
    for user in db["users"].values():
        for order_id in user["orders"]:
            yield from _order(db["orders"][order_id], user, now)


def _order(order: Json, user: Json, now: datetime) -> Iterator[Json]:
    address, at = order["address"], now.isoformat(timespec="seconds")
    paid = order["payment_history"][0]
    total = sum(cents(item["price"]) for item in order["items"])
    head = {
        "Email": user["email"],
        "Created at": at,
        "Paid at": at,
        "Financial Status": "paid",
        "Currency": CURRENCY,
        "Total": str(total / 100),
        "Payment Method": user["payment_methods"][paid["payment_method_id"]]["source"],
        "Shipping Name": f"{user['name']['first_name']} {user['name']['last_name']}",
        "Shipping Address1": address["address1"],
        "Shipping Address2": address["address2"],
        "Shipping City": address["city"],
        "Shipping Province": address["state"],
        "Shipping Country": "US",
        "Shipping Zip": address["zip"],
        "Carrier": "FedEx",
        "Tracking Number": ", ".join(no for one in order["fulfillments"] for no in one["tracking_id"]),
        **_STATES[order["status"]],
    }
    if order["fulfillments"]:
        head |= {"Fulfilled at": at}
    if order["status"] == "delivered":
        head |= {"Delivered at": at}
    if order["status"] == "cancelled":
        head |= {"Cancelled at": at, "Refunded Amount": str(total / 100)}
    for place, item in enumerate(order["items"]):
        yield (head if not place else {}) | {
            "Name": order["order_id"],
            "Lineitem sku": item["item_id"],
            "Lineitem name": item["name"],
            "Lineitem quantity": "1",
            "Lineitem price": str(item["price"]),
        }


async def _take_over_methods(conn: Connection, db: Json, now: datetime) -> None:
    methods = []
    for user in db["users"].values():
        customer = await customers.identify(
            conn, external_id=user["user_id"], email=user["email"], name=None, now=now
        )
        methods += [_method(one, customer) for one in user["payment_methods"].values()]
    await customers.take_over_methods(conn, methods)


def _method(method: Json, customer: int) -> customers.StoredMethod:
    balance = method.get("balance")
    return customers.StoredMethod(
        reference=method["id"],
        customer_id=customer,
        kind=method["source"],
        brand=method.get("brand", ""),
        last_four=method.get("last_four", ""),
        balance=None if balance is None else cents(balance),
    )


async def _take_over_entries(conn: Connection, db: Json, now: datetime) -> None:
    entries = [
        payments.Entry(
            order_number=number_of(order["order_id"]),
            method=entry["payment_method_id"],
            kind=entry["transaction_type"],
            amount=cents(entry["amount"]),
            cause="import",
            reference=f"import:{order['order_id']}:{place}",
            at=now,
        )
        for order in db["orders"].values()
        for place, entry in enumerate(order["payment_history"])
    ]
    await payments.take_over_entries(conn, entries)

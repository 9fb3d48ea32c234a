"""The demo shop's order book: every state an order can be in, dated back from today."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from dangol.server.demo_shop.catalogue import Product, Variant, products
from dangol.server.demo_shop.customers import Customer, customers
from dangol.server.demo_shop.shop import build_shop
from dangol.server.demo_shop.tracking import make_tracking_number
from dangol.server.demo_shop.words import read_data

SEOUL = ZoneInfo("Asia/Seoul")
# state of the order: how many of it, days ago (from, to)
STATES: dict[str, tuple[int, int, int]] = {
    "pending_payment": (6, 1, 1),
    "paid": (9, 1, 1),
    "preparing": (8, 1, 2),
    "partly_shipped": (6, 2, 4),
    "shipped": (14, 1, 3),
    "delivered_recently": (16, 3, 6),
    "delivered": (48, 9, 170),
    "cancelled_unpaid": (3, 3, 40),
    "cancelled": (4, 3, 60),
    "refunded": (5, 12, 90),
    "partly_refunded": (5, 12, 90),
}
_COUPON_CODES = ("NURI3", "DANGOL5000")


@dataclass(frozen=True)
class Line:
    """One line of an order: what, how many, shipped or not."""

    product: Product
    variant: Variant
    quantity: int
    shipped: bool


@dataclass(frozen=True)
class Order:
    """An order as it was placed, with the state it is in today."""

    number: str
    state: str
    customer: Customer
    placed_at: datetime
    lines: list[Line]
    coupon: str | None
    discount: int
    shipping: int
    delivered_at: datetime | None

    @property
    def subtotal(self) -> int:
        """The lines' prices, won."""
        return sum(line.variant.price * line.quantity for line in self.lines)

    @property
    def total(self) -> int:
        """What the shopper paid or is to pay, won."""
        return self.subtotal - self.discount + self.shipping


def build_orders(today: date) -> list[Order]:
    """Write the order book for a day, oldest order first."""
    dice = random.Random("orders")
    planned = []
    for state, (count, nearest, farthest) in STATES.items():
        for _ in range(count):
            day = today - timedelta(days=dice.randint(nearest, farthest))
            hour = dice.randint(7, 23)
            planned.append(
                (datetime.combine(day, time(hour, dice.randint(0, 59), dice.randint(0, 59)), SEOUL), state)
            )
    planned.sort()
    shop = build_shop(today)
    counters: dict[date, int] = {}
    orders = []
    for position, (placed_at, state) in enumerate(planned):
        day = placed_at.date()
        counters[day] = counters.get(day, 0) + 1
        number = f"{day:%Y%m%d}-{counters[day]:04d}"
        orders.append(_place(number, state, placed_at, position, shop, dice))
    return orders


def _place(
    number: str, state: str, placed_at: datetime, position: int, shop: dict[str, Any], dice: random.Random
) -> Order:
    customer = customers()[position * 7 % len(customers())]
    lines = _fill_basket(customer, state, dice)
    subtotal = sum(line.variant.price * line.quantity for line in lines)
    coupon = next(
        (c for c in shop["coupons"] if c["code"] == dice.choice(_COUPON_CODES) and dice.random() < 0.4), None
    )
    discount = _discount(coupon, subtotal)
    delivered_at = None
    if state in ("delivered", "delivered_recently", "refunded", "partly_refunded"):
        last = shop["shipping"]["zones"][0 if customer.home.country == "KR" else 1]["days"][1]
        days = 2 if state == "delivered_recently" else last
        delivered_at = placed_at.replace(hour=dice.randint(10, 20)) + timedelta(days=days)
    return Order(
        number=number,
        state=state,
        customer=customer,
        placed_at=placed_at,
        lines=lines,
        coupon=coupon["code"] if coupon and discount else None,
        discount=discount,
        shipping=shipping_fee(shop, customer, subtotal - discount),
        delivered_at=delivered_at,
    )


@cache
def _by_handle() -> dict[str, Product]:
    return {product.handle: product for product in products()}


@cache
def _baskets() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = read_data("baskets.yaml")
    return found


def _fill_basket(customer: Customer, state: str, dice: random.Random) -> list[Line]:
    liking = customer.liking if dice.random() < 0.8 else dice.choice(sorted(_baskets()))
    basket = dice.choice(_baskets()[liking])
    if state == "partly_shipped" or state == "partly_refunded":
        basket = next(b for b in sorted(_baskets()[liking], key=len, reverse=True))
    lines = []
    for position, handle in enumerate(basket):
        product = _by_handle()[handle]
        variant = dice.choice(product.variants)
        small = variant.price < 20000
        quantity = dice.choice((1, 1, 2)) if small else 1
        lines.append(Line(product, variant, quantity, state != "partly_shipped" or position == 0))
    return lines


def _discount(coupon: dict[str, Any] | None, subtotal: int) -> int:
    if coupon is None or subtotal < coupon.get("min_subtotal", 0):
        return 0
    if coupon["type"] == "amount":
        return int(coupon["value"])
    return min(subtotal * int(coupon["value"]) // 100, int(coupon.get("max", subtotal)))


def shipping_fee(shop: dict[str, Any], customer: Customer, goods: int) -> int:
    """The delivery fee of the shop file for an address and a sum of goods, won."""
    home = customer.home
    area = {home.country, home.province, f"{home.country}-{home.province}"}
    zone = next(z for z in shop["shipping"]["zones"] if area & set(z["where"]))
    fee = 0 if goods >= zone.get("free_from", goods + 1) else zone["fee"]
    for extra in shop["shipping"]["surcharges"]:
        ranges = (span.split("-") for span in extra.get("postcodes", []))
        inside = home.country == "KR" and any(first <= home.postcode <= last for first, last in ranges)
        if inside or area & set(extra.get("where", [])):
            fee += extra["fee"]
    return int(fee)


_FINANCIAL = {
    "pending_payment": "pending",
    "cancelled_unpaid": "voided",
    "cancelled": "refunded",
    "refunded": "refunded",
    "partly_refunded": "partially_refunded",
}
_FULFILMENT = {
    "pending_payment": "unfulfilled",
    "paid": "unfulfilled",
    "preparing": "in_progress",
    "partly_shipped": "partial",
    "cancelled_unpaid": "unfulfilled",
    "cancelled": "unfulfilled",
}


def order_rows(today: date) -> Iterator[dict[str, Any]]:
    """The order book as rows of Shopify's order export: the order's own columns on its first line only."""
    for order in build_orders(today):
        dice = random.Random(f"parcel {order.placed_at:%H%M%S} {order.customer.email}")
        parcel = _parcel(order, today, dice)
        for position, line in enumerate(order.lines):
            head = _head(order, dice) if position == 0 else {}
            # every order's e-mail stands on each of its rows, as Shopify has it
            yield {"Name": order.number, "Email": order.customer.email, **head, **_line(order, line, parcel)}


def _head(order: Order, dice: random.Random) -> dict[str, Any]:
    paid = order.state not in ("pending_payment", "cancelled_unpaid")
    home = order.customer.home
    cancelled = order.placed_at + timedelta(hours=49 if order.state == "cancelled_unpaid" else 3)
    return {
        "Financial Status": _FINANCIAL.get(order.state, "paid"),
        "Paid at": _stamp(order.placed_at + timedelta(minutes=2)) if paid else "",
        "Fulfillment Status": _FULFILMENT.get(order.state, "fulfilled"),
        "Currency": "KRW",
        "Subtotal": order.subtotal - order.discount,
        "Shipping": order.shipping,
        "Taxes": 0,
        "Total": order.total,
        "Discount Code": order.coupon or "",
        "Discount Amount": order.discount,
        "Created at": _stamp(order.placed_at),
        "Shipping Name": order.customer.full_name,
        "Shipping Street": f"{home.street} {home.detail}".strip(),
        "Shipping Address1": home.street,
        "Shipping Address2": home.detail,
        "Shipping City": home.city,
        "Shipping Zip": home.postcode,
        "Shipping Province": home.province,
        "Shipping Country": home.country,
        "Shipping Phone": order.customer.phone,
        "Cancelled at": _stamp(cancelled) if order.state.startswith("cancelled") else "",
        "Payment Method": dice.choice(("카드", "카드", "카카오페이", "네이버페이")) if paid else "무통장입금",
        "Refunded Amount": _refunded(order),
        "Phone": order.customer.phone,
    }


def _refunded(order: Order) -> int:
    if order.state in ("cancelled", "refunded"):
        return order.total
    if order.state == "partly_refunded":
        last = order.lines[-1]
        return min(last.variant.price * last.quantity, order.subtotal - order.discount)
    return 0


def _parcel(order: Order, today: date, dice: random.Random) -> dict[str, Any]:
    if order.state in _FULFILMENT and order.state != "partly_shipped":
        return {}
    before_today = datetime.combine(today, time(), SEOUL) - order.placed_at
    sent = order.placed_at + min(
        timedelta(hours=18), before_today / 2
    )  # never later than whoever looks at it
    carrier = (
        "UPS"
        if order.customer.home.country == "US"
        else dice.choice(("CJ대한통운", "CJ대한통운", "우체국", "한진"))
    )
    return {
        "Carrier": carrier,
        "Tracking Number": make_tracking_number(carrier, dice),
        "Fulfilled at": _stamp(sent),
        "Delivered at": _stamp(order.delivered_at) if order.delivered_at else "",
    }


def _line(order: Order, line: Line, parcel: dict[str, Any]) -> dict[str, Any]:
    language = "ko" if order.customer.home.country == "KR" else "en"
    chosen = " / ".join(words["ko" if language == "ko" else "en"] for words in line.variant.options)
    title = line.product.title["ko" if language == "ko" else "en"]
    shipped = bool(parcel) and line.shipped
    return {
        "Lineitem quantity": line.quantity,
        "Lineitem name": f"{title} - {chosen}" if chosen else title,
        "Lineitem price": line.variant.price,
        "Lineitem compare at price": line.variant.compare_at or "",
        "Lineitem sku": line.variant.sku,
        "Lineitem requires shipping": "true",
        "Lineitem fulfillment status": "fulfilled" if shipped else "pending",
        **(parcel if shipped else {}),
    }


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S %z}"


ORDER_COLUMNS = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Fulfilled at",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem compare at price",
    "Lineitem sku",
    "Lineitem requires shipping",
    "Lineitem fulfillment status",
    "Shipping Name",
    "Shipping Street",
    "Shipping Address1",
    "Shipping Address2",
    "Shipping City",
    "Shipping Zip",
    "Shipping Province",
    "Shipping Country",
    "Shipping Phone",
    "Cancelled at",
    "Payment Method",
    "Refunded Amount",
    "Phone",
    "Carrier",
    "Tracking Number",
    "Delivered at",
]

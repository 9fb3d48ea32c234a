"""Reading orders out of Shopify's export (and `Carrier`, `Tracking Number`, `Delivered at`); pure but for the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_args

from dangol.contracts.shopfloor.orders import OrderStatus, ShipmentStatus
from dangol.contracts.shopfloor.people import AddressView
from dangol.customers import api as customers
from dangol.customers.api import is_email
from dangol.kernel.imports import Refusal, Row, read_table
from dangol.kernel.money import NotAnAmount, parse_amount
from dangol.kernel.shop import Shop
from dangol.orders.carriers import carriers_of, find_carrier, number_fits, plain_number

REQUIRED = {"Name", "Created at", "Total", "Lineitem quantity", "Lineitem name", "Lineitem price"}
OPTIONAL = (
    "Email", "Phone", "Financial Status", "Fulfillment Status", "Currency", "Subtotal", "Shipping", "Taxes",
    "Discount Code", "Discount Amount", "Refunded Amount", "Payment Method", "Lineitem sku", "Billing Name",
    "Shipping Name", "Shipping Street", "Shipping Address1", "Shipping Address2", "Shipping City", "Shipping Zip",
    "Shipping Province", "Shipping Province Name", "Shipping Country", "Shipping Phone", "Shipping Method",
    "Paid at", "Fulfilled at", "Cancelled at", "Carrier", "Tracking Number", "Delivered at",
)  # fmt: skip

_MONEY: dict[str, str] = {
    "": "", "pending": "pending", "authorized": "pending", "partially_paid": "pending", "unpaid": "pending",
    "paid": "paid", "partially_refunded": "partly_refunded", "refunded": "refunded", "voided": "cancelled",
    "expired": "cancelled", "cancelled": "cancelled",
}  # fmt: skip
_GOODS: dict[str, OrderStatus] = {
    "": "paid", "unfulfilled": "paid", "restocked": "paid", "preparing": "preparing", "processing": "preparing",
    "in_progress": "preparing", "open": "preparing", "scheduled": "preparing", "on_hold": "preparing",
    "partial": "partly_shipped", "partially_fulfilled": "partly_shipped", "fulfilled": "shipped",
    "shipped": "shipped", "in_transit": "shipped", "delivered": "delivered",
}  # fmt: skip
_NOT_SENT = ("", "unfulfilled", "restocked")
_SCANS: dict[str, ShipmentStatus] = {status: status for status in get_args(ShipmentStatus)}
_MOMENT = re.compile(
    r"(\d{4})[-./] ?(\d{1,2})[-./] ?(\d{1,2})\.?"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
)
_MOST_PIECES = 100_000


@dataclass(frozen=True)
class LineDraft:
    """A line as the file has it; money in minor units."""

    row: int
    sku: str
    name: str
    quantity: int
    unit_price: int


@dataclass(frozen=True)
class ParcelDraft:
    """A parcel as the file has it."""

    carrier: str
    tracking_no: str
    status: ShipmentStatus
    scans: tuple[tuple[datetime, ShipmentStatus], ...] = ()


@dataclass(frozen=True)
class OrderDraft:
    """An order as the file has it; money in minor units of `currency`."""

    row: int
    number: str
    status: OrderStatus
    placed_at: datetime
    paid_at: datetime | None
    currency: str
    shipping: int
    discount: int
    total: int
    refunded: int
    email: str
    phone: str
    name: str
    address: dict[str, Any] | None
    method: str
    coupons: tuple[str, ...]
    paid_with: str
    lines: tuple[LineDraft, ...]
    parcels: tuple[ParcelDraft, ...] = ()

    def content(self) -> str:
        """Everything the file says of the order, for telling whether it changed; where it stands does not count."""
        told = asdict(self) | {"row": 0, "lines": [asdict(line) | {"row": 0} for line in self.lines]}
        return repr(sorted(told.items()))


@dataclass
class _Reader:
    """The cells of one row, and what was found wrong with them."""

    row: int
    cells: dict[str, str]
    shop: Shop
    wrong: list[Refusal] = field(default_factory=list)

    def refuse(self, column: str, code: str, value: str = "") -> None:
        self.wrong.append(Refusal(row=self.row, column=column, code=code, value=value[:80]))

    def text(self, *columns: str) -> str:
        return next((found for name in columns if (found := self.cells.get(name, "").lstrip("'"))), "")

    def money(self, column: str, currency: str, *, required: bool = False) -> int:
        written = self.text(column)
        if not written:
            if required:
                self.refuse(column, "missing_value")
            return 0
        try:
            amount = parse_amount(written, currency)
        except NotAnAmount:
            self.refuse(column, "not_an_amount", written)
            return 0
        if amount < 0:
            self.refuse(column, "negative", written)
            return 0
        return amount

    def moment(self, column: str) -> datetime | None:
        written = self.text(column)
        found = read_moment(written, self.shop) if written else None
        if written and found is None:
            self.refuse(column, "not_a_date", written)
        return found


def read_moment(written: str, shop: Shop) -> datetime | None:
    """A moment as exports write it; without a zone it is the shop's own."""
    found = _MOMENT.fullmatch(written.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    offset = found.group(7)
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=_zone(offset) or shop.zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    if offset in ("Z", "UTC"):
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def read_orders(file: Path, shop: Shop) -> Iterator[OrderDraft | Refusal]:
    """Orders of a file one by one; rows that follow one another under the same `Name` are lines of one order.

    An order of which anything that matters cannot be read is refused whole: half an order would be a false one.
    Raises ColumnsMissing, NotATable.
    """
    seen: set[str] = set()
    group: list[Row] = []
    for row in read_table(file, REQUIRED, OPTIONAL):
        if isinstance(row, Refusal):
            yield row
            continue
        if group and row[1]["Name"] and row[1]["Name"] != group[0][1]["Name"]:
            yield from _order(group, shop, seen)
            group = []
        group.append(row)
    if group:
        yield from _order(group, shop, seen)


def _order(group: list[Row], shop: Shop, seen: set[str]) -> Iterator[OrderDraft | Refusal]:
    row, cells = group[0]
    read = _Reader(row, cells, shop)
    number = read.text("Name").lstrip("#").strip()
    if not number:
        read.refuse("Name", "missing_value")
    elif number in seen:
        read.refuse("Name", "duplicate", number)
    seen.add(number)
    currency = (read.text("Currency") or shop.currency).upper()
    if not re.fullmatch("[A-Z]{3}", currency):
        read.refuse("Currency", "unknown", currency)
        currency = shop.currency
    lines = [_line(_Reader(at, some, shop, read.wrong), currency) for at, some in group]
    draft = _head(read, number, currency, tuple(line for line in lines if line is not None))
    if read.wrong or draft is None:
        yield from read.wrong
        return
    parcels: dict[tuple[str, str], ParcelDraft] = {}
    for at, some in group:
        for parcel in _parcels(_Reader(at, some, shop, read.wrong), read):
            parcels.setdefault((parcel.carrier, parcel.tracking_no), parcel)
    yield from read.wrong  # a parcel that cannot be read does not undo the order
    yield replace(draft, parcels=tuple(parcels.values()))


def _line(read: _Reader, currency: str) -> LineDraft | None:
    name, written = read.text("Lineitem name"), read.text("Lineitem quantity")
    if not (name or written or read.text("Lineitem price")):
        return None
    price = read.money("Lineitem price", currency, required=True)
    if not re.fullmatch(r"\d+(\.0+)?", written) or not 0 < int(written.partition(".")[0]) <= _MOST_PIECES:
        read.refuse("Lineitem quantity", "not_an_integer" if written else "missing_value", written)
        return None
    if not name:
        read.refuse("Lineitem name", "missing_value")
    return LineDraft(read.row, read.text("Lineitem sku"), name, int(written.partition(".")[0]), price)


def _head(read: _Reader, number: str, currency: str, lines: tuple[LineDraft, ...]) -> OrderDraft | None:
    placed_at = read.moment("Created at")
    if placed_at is None and not read.text("Created at"):
        read.refuse("Created at", "missing_value")
    if not lines and not read.wrong:
        read.refuse("Lineitem name", "missing_value")
    email = read.text("Email")
    if email and not is_email(email):
        read.refuse("Email", "not_an_email", email)
    total = read.money("Total", currency, required=True)
    status = _status(read)
    paid_at = read.moment("Paid at")
    shipping, discount = read.money("Shipping", currency), read.money("Discount Amount", currency)
    refunded = read.money("Refunded Amount", currency)
    if placed_at is None:
        return None
    return OrderDraft(
        row=read.row,
        number=number,
        status=status,
        placed_at=placed_at,
        paid_at=paid_at or (placed_at if status not in ("pending_payment", "cancelled") else None),
        currency=currency,
        shipping=shipping,
        discount=discount,
        total=total,
        refunded=total if status == "refunded" else min(refunded, total),
        email=email,
        phone=read.text("Phone", "Shipping Phone"),
        name=read.text("Shipping Name", "Billing Name"),
        address=_address(read),
        method=read.text("Shipping Method"),
        coupons=tuple(code.strip() for code in read.text("Discount Code").split(",") if code.strip()),
        paid_with=read.text("Payment Method"),
        lines=lines,
    )


def _plain(status: str) -> str:
    return re.sub(r"[\s\-]+", "_", status.strip().lower())


def _status(read: _Reader) -> OrderStatus:
    """One status out of the two columns for money and goods, and the moments beside them."""
    money, goods = _plain(read.text("Financial Status")), _plain(read.text("Fulfillment Status"))
    if money not in _MONEY:
        read.refuse("Financial Status", "unknown", money)
    if goods not in _GOODS:
        read.refuse("Fulfillment Status", "unknown", goods)
    paid = _MONEY.get(money) or ("paid" if read.text("Paid at") else "pending")
    if read.text("Cancelled at") and goods in _NOT_SENT:
        return "cancelled"
    if paid in ("refunded", "cancelled"):
        return "refunded" if paid == "refunded" else "cancelled"
    if paid == "pending":
        return "pending_payment"
    status = _GOODS.get(goods, "paid")
    if paid == "partly_refunded" and status in ("shipped", "delivered"):
        return "partly_refunded"
    return "delivered" if status == "shipped" and read.text("Delivered at") else status


def _parcels(read: _Reader, head: _Reader) -> Iterator[ParcelDraft]:
    """The parcels one row names; moments and status that stand only on the order's first row count for all."""
    numbers = [number for number in re.split(r"[,;\n]", read.text("Tracking Number")) if number.strip()]
    if not numbers:
        return
    sent = read.moment("Fulfilled at") or head.moment("Fulfilled at")
    delivered = read.moment("Delivered at") or head.moment("Delivered at")
    told = _SCANS.get(_plain(head.text("Fulfillment Status")))
    status: ShipmentStatus = "delivered" if delivered else told or "in_transit"
    scans: list[tuple[datetime, ShipmentStatus]] = [(sent, "information_received")] if sent else []
    if delivered:
        scans.append((delivered, "delivered"))
    for number in numbers:
        if carrier := _carrier(read, number):
            yield ParcelDraft(carrier, plain_number(number), status, tuple(scans))


def _carrier(read: _Reader, number: str) -> str | None:
    """The carrier's code, its name as written where it is not known, or None when the parcel is refused."""
    name = read.text("Carrier")
    carrier = find_carrier(name) if name else None
    if carrier is None and name:
        return name
    if carrier is None:
        possible = carriers_of(number)
        if len(possible) == 1:
            return possible[0].code
        read.refuse("Carrier", "missing_value")
        return None
    if number_fits(carrier, number):
        return carrier.code
    read.refuse("Tracking Number", "not_a_tracking_number", number.strip())
    return None


def _address(read: _Reader) -> dict[str, Any] | None:
    street = read.text("Shipping Address1", "Shipping Street")
    if not street:
        return None
    country = read.text("Shipping Country").upper()
    detail, city = read.text("Shipping Address2"), read.text("Shipping City")
    region = read.text("Shipping Province", "Shipping Province Name")
    postcode = read.text("Shipping Zip")
    korean = country == "KR"
    if korean:
        region, street, lines = customers.korean_place(postcode, region, city, street, detail)
    else:
        parts = (street, detail, city, f"{region} {postcode}")
        lines = ", ".join(part.strip() for part in parts if part.strip())
    return AddressView(
        country=country if re.fullmatch("[A-Z]{2}", country) else read.shop.locale[3:],
        postcode=postcode,
        region=region,
        city=city,
        street=street,
        detail=detail,
        recipient=read.text("Shipping Name"),
        phone=read.text("Shipping Phone", "Phone"),
        lines=lines,
    ).model_dump()

"""Customers out of another system's export (Shopify's columns, and `Points`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.shopfloor.people import AddressView
from dangol.customers import import_records, rules
from dangol.kernel.errors import Refused
from dangol.kernel.imports import ImportReport, Refusal, Row, read_table, say_refusal
from dangol.kernel.money import NotAnAmount, parse_amount
from dangol.kernel.shop import Shop

_BATCH = 500
_YES = {"yes", "true", "y", "1", "예", "네", "동의", "수신", "수신동의", "subscribed"}
_COLUMNS = (
    "Customer ID", "First Name", "Last Name", "Phone", "Accepts Email Marketing", "Accepts SMS Marketing", "Tags",
    "Points", "Total Spent", "Locale", "Language", "Company",
    "Address1", "Address2", "City", "Province", "Province Code", "Country", "Country Code", "Zip",
    "Default Address Address1", "Default Address Address2", "Default Address City",
    "Default Address Province Code", "Default Address Country Code", "Default Address Zip",
    "Default Address Phone",
)  # fmt: skip
_WORDS = {
    "missing_value": {
        "ko": "이메일, 전화번호, 고객 번호가 모두 비어 있어요",
        "en": "has no e-mail, phone or customer id",
    },
    "taken": {
        "ko": "“{value}”은(는) 이미 다른 고객의 값이에요",
        "en": "“{value}” already belongs to another customer",
    },
}


class UnknownFormat(Refused):
    """There is no such format of customer files."""

    code = "unknown_format"
    status = 422


@dataclass(frozen=True)
class CustomerRow:
    """One good row of a file. `points` and `spent` (minor units) are None where the file does not say."""

    row: int
    external_id: str | None
    email: str | None
    name: str
    phone: str
    locale: str
    tags: tuple[str, ...]
    points: int | None
    spent: int | None
    agrees: tuple[str, ...]
    address: AddressView | None


def say_customer_refusal(refusal: Refusal, language: str) -> str:
    """Why a row of a customer file was not taken over, in Korean or English."""
    return say_refusal(refusal, language, _WORDS)


async def import_customers(
    conn: AsyncConnection[Any],
    shop: Shop,
    file: Path,
    format: str,
    now: datetime,
    *,
    progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> ImportReport:
    """Take over customers of an export, each found again by id, e-mail or phone; a second run changes nothing.

    A bad row is refused and named; the rest stands. Points are the balance of the other system: granted once,
    and a changed figure in a later export moves the balance by the difference.
    Raises ColumnsMissing, NotATable or UnknownFormat when the file is refused whole.
    """
    if format != "shopify-csv":
        raise UnknownFormat(format=format)
    refused: list[Refusal] = []
    created = updated = unchanged = done = 0
    rows = _good_rows(shop, file, refused)
    while batch := list(islice(rows, _BATCH)):
        async with conn.transaction():
            outcome = await import_records.take_over(conn, batch, rules.expiry(shop, now), now)
        created, updated = created + outcome.created, updated + outcome.updated
        unchanged += outcome.unchanged
        refused += outcome.refused
        done += len(batch)
        progress(done, None)
    refused.sort(key=lambda refusal: refusal.row)
    return ImportReport(created=created, updated=updated, unchanged=unchanged, refused=tuple(refused))


def _good_rows(shop: Shop, file: Path, refused: list[Refusal]) -> Iterator[CustomerRow]:
    seen: set[str] = set()
    for row in read_table(file, {"Email"}, _COLUMNS):
        if isinstance(row, Refusal):
            refused.append(row)
            continue
        read = _read(shop, row)
        if isinstance(read, Refusal):
            refused.append(read)
            continue
        keys = {f"id:{read.external_id}"} if read.external_id else set()
        keys |= (
            {f"email:{read.email.lower()}"} if read.email else {f"phone:{read.phone}"} if not keys else set()
        )
        if keys & seen:
            refused.append(
                Refusal(row=read.row, column="Email", code="duplicate", value=read.email or read.phone)
            )
            continue
        seen |= keys
        yield read


def _read(shop: Shop, row: Row) -> CustomerRow | Refusal:
    number, cells = row
    email = cells["Email"]
    if email and not rules.is_email(email):
        return Refusal(row=number, column="Email", code="not_an_email", value=email)
    raw_phone = _first(cells, "Phone", "Default Address Phone").lstrip("'")
    phone = rules.plain_phone(raw_phone) if raw_phone else ""
    if phone is None:
        return Refusal(row=number, column="Phone", code="not_a_phone", value=raw_phone)
    external_id = cells.get("Customer ID", "").lstrip("'")
    if not (email or phone or external_id):
        return Refusal(row=number, column="Email", code="missing_value")
    figures = _figures(shop, number, cells)
    if isinstance(figures, Refusal):
        return figures
    points, spent = figures
    name = rules.whole_name(cells.get("First Name", ""), cells.get("Last Name", ""))
    agrees = [
        channel
        for channel, column in (("email", "Accepts Email Marketing"), ("sms", "Accepts SMS Marketing"))
        if cells.get(column, "").casefold() in _YES
    ]
    return CustomerRow(
        row=number,
        external_id=external_id or None,
        email=email or None,
        name=name,
        phone=phone,
        locale=_first(cells, "Locale", "Language"),
        tags=tuple(tag.strip() for tag in cells.get("Tags", "").split(",") if tag.strip()),
        points=points,
        spent=spent,
        agrees=tuple(agrees),
        address=_address(cells, name, phone),
    )


def _figures(shop: Shop, number: int, cells: dict[str, str]) -> tuple[int | None, int | None] | Refusal:
    points: int | None = None
    spent: int | None = None
    if written := cells.get("Points", ""):
        plain = written.replace(",", "").removesuffix("P").removesuffix("p").strip()
        if not plain.removeprefix("-").removesuffix(".0").isdecimal():
            return Refusal(row=number, column="Points", code="not_an_integer", value=written)
        points = int(plain.removesuffix(".0"))
        if points < 0:
            return Refusal(row=number, column="Points", code="negative", value=written)
    if written := cells.get("Total Spent", ""):
        try:
            spent = parse_amount(written.removesuffix(".00"), shop.currency)
        except NotAnAmount:
            return Refusal(row=number, column="Total Spent", code="not_an_amount", value=written)
        if spent < 0:
            return Refusal(row=number, column="Total Spent", code="negative", value=written)
    return points, spent


def _first(cells: dict[str, str], *columns: str) -> str:
    return next((cells[column] for column in columns if cells.get(column)), "")


def _address(cells: dict[str, str], name: str, phone: str) -> AddressView | None:
    street = _first(cells, "Default Address Address1", "Address1")
    country = _first(cells, "Default Address Country Code", "Country Code", "Country").upper()
    if not street or len(country) != 2:
        return None
    detail = _first(cells, "Default Address Address2", "Address2")
    city = _first(cells, "Default Address City", "City")
    region = _first(cells, "Default Address Province Code", "Province Code", "Province").removeprefix(
        f"{country}-"
    )
    postcode = _first(cells, "Default Address Zip", "Zip").lstrip("'")
    if country == "KR":
        region, street, lines = rules.korean_place(postcode, region, city, street, detail)
    else:
        door, end = f"{street} {detail}".strip(), f"{region} {postcode}".strip()
        lines = ", ".join(part for part in (door, city, end) if part)
    return AddressView(
        country=country, postcode=postcode, region=region, city=city, street=street, detail=detail,
        recipient=name, phone=phone, lines=lines,
    )  # fmt: skip

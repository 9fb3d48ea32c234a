"""What the turn's records say of goods, a cart, an order, points or a parcel, in the shop's words, in place of a model's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dangol.assistant.speak.lines import Line, line
from dangol.assistant.truth import Evidence
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.shop_records import as_date
from dangol.assistant.truth.situation import Reading
from dangol.assistant.truth.statements import RULES
from dangol.assistant.truth.text import spaceless
from dangol.kernel.model import Value
from dangol.kernel.money import Money

_MOST_GOODS = 4  # products told for one sentence
_MOST_ROWS = 6  # variants of a product
_MOST_LINES = 5  # of a cart or an order
_OF_POINTS = re.compile(r"포인트|적립금|마일리지|\d\s?점|\bpoints?\b")
_OF_A_PARCEL = re.compile(
    r"예정|도착|배송|택배|받으[실시]|출고|발송"
    r"|\bcollected\b|\bdispatched\b|\bexpected\b|\barriv\w+|\bdeliver\w*|\breach\w*|\bparcel\b|\bship\w*|\bwith you\b"
)
_OF_A_PURCHASE = re.compile(
    r"주문|결제|쿠폰|장바구니|담(?:긴|겨|은|으신|으셨)|구매하신|사신|합계|총액|총\s|모두|전부|할인받|적용"
    r"|\b(?:order(?:ed)?|bought|purchased|paid|cart|basket|bag|coupon|total|altogether|subtotal)\b"
    r"|\bin all\b|\bc[oa]mes? to\b"
)

Records = list[Mapping[str, object]]


@dataclass(frozen=True)
class _Row:
    """A product or a variant of it, as a result tells of it; `there` is None where it does not say."""

    title: str
    options: tuple[str, ...]
    price: Money
    was: Money | None
    left: int | None
    there: bool | None


def recorded(reading: Reading, before: Sequence[str], evidence: Evidence) -> tuple[Line, ...]:
    """What the records say of that of which a sentence speaks; nothing where that is not clear, or not on record.

    `before`: the sentences sent already, in which the goods may have been named. What may be a rule is none of these.
    """
    low = reading.text
    records = evidence.once("records", lambda: list(_records(evidence.results)))
    if rated := _ratings(reading, before, evidence, records):
        priced = any(figure.kind == "money" for figure in reading.figures)
        return (*_goods(reading, before, evidence), *rated) if priced else rated
    for words, told in ((_OF_POINTS, _points), (_OF_A_PURCHASE, _purchase), (_OF_A_PARCEL, _parcel)):
        if words.search(low) and (lines := told(records, evidence.zone)):
            return lines
    if not reading.mentions and (lines := _purchase_of(reading, records, evidence.zone)):
        return lines
    if RULES.search(low) and not reading.mentions:
        return ()
    return _goods(reading, before, evidence) or (
        _purchase(records, evidence.zone) if reading.mentions else ()
    )


def is_of_a_parcel(low: str) -> bool:
    """Whether a plain sentence tells of a day on which something comes."""
    return bool(_OF_A_PARCEL.search(low)) and any(
        figure.kind in ("date", "relative", "monthday") for figure in read(low)
    )


def _goods(sentence: Reading, before: Sequence[str], evidence: Evidence) -> tuple[Line, ...]:
    """The prices and stock of the goods a sentence speaks of."""
    rows = _rows_of(evidence)
    meant, names = _meant(sentence, before, evidence)
    told = [_product([row for row in rows if row.title == title], names) for title in meant]
    return tuple(told) if all(told) else ()  # type: ignore[arg-type]


def _ratings(
    sentence: Reading, before: Sequence[str], evidence: Evidence, records: Records
) -> tuple[Line, ...]:
    """How the goods a sentence speaks of are rated, and by how many."""
    if not roles_in(sentence.text, ("review",)):
        return ()
    meant, _ = _meant(sentence, before, evidence)
    rated = {each.get("title"): each for each in records if each.get("rating") and each.get("reviews")}
    if not all(title in rated for title in meant):
        return ()
    return tuple(
        line(
            "recorded_rating",
            title=title,
            rating=str(rated[title]["rating"]),
            reviews=rated[title]["reviews"],
        )
        for title in meant
    )


def _rows_of(evidence: Evidence) -> list[_Row]:
    return evidence.once("rows", lambda: list(dict.fromkeys(_rows(evidence.results))))


def _meant(sentence: Reading, before: Sequence[str], evidence: Evidence) -> tuple[list[str], set[str]]:
    """The titles a sentence speaks of, or else those before it; none where there are many; and what was named."""
    rows = _rows_of(evidence)
    titles = list(dict.fromkeys(row.title for row in rows))
    earlier = (Reading.of(text, evidence, (), loosely=True) for text in reversed(before))
    for reading in (sentence, *earlier):
        names = {mention.name for mention in reading.mentions}
        named = names & set(map(spaceless, titles)) or {
            spaceless(row.title) for row in rows if names & set(map(spaceless, row.options))
        }
        meant = [title for title in titles if spaceless(title) in named] or (
            titles if len(titles) == 1 else []
        )
        if meant:
            break
    if not meant:  # only an amount tells which is meant
        amounts = {
            value[1] for figure in sentence.figures if figure.kind == "money" for value in figure.values
        }
        priced = {row.title for row in rows if row.price.amount in amounts}
        meant = list(priced) if len(priced) == 1 else []
    return (meant, names) if len(meant) <= _MOST_GOODS else ([], names)


def _product(rows: list[_Row], values: set[str]) -> Line | None:
    """The prices and stock of a product, of the variants named where there are many."""
    rows = [row for row in rows if row.options] or rows
    if len(rows) > _MOST_ROWS:
        rows = [row for row in rows if values & set(map(spaceless, row.options))]
    if not 0 < len(rows) <= _MOST_ROWS:
        return None
    return line("recorded_goods", title=rows[0].title, rows=[_row(row) for row in rows])


def _row(row: _Row) -> Line:
    words = [line("recorded_was", was=row.was)] if row.was is not None and row.price < row.was else []
    if row.left and row.there:
        words.append(line("recorded_left", left=row.left))
    elif row.there is not None:
        words.append(line("recorded_there" if row.there else "recorded_gone"))
    told = (
        line("recorded_price", options=" ".join(row.options), price=row.price) if row.options else row.price
    )
    return line("recorded_row", told=told, words=words) if words else line("recorded_bare", told=told)


def _rows(node: object, title: str = "") -> Iterator[_Row]:
    """Every product and variant of results with a price, under the title it belongs to."""
    if isinstance(node, (list, tuple)):
        for each in node:
            yield from _rows(each, title)
        return
    fields = _fields(node)
    if fields is None or "quantity" in fields:
        return
    own = fields.get("title")
    if not isinstance(own, str):
        own = (_fields(fields.get("card")) or {}).get("title")
    title = own if isinstance(own, str) else title
    price = _money(fields.get("price"))
    if title and price is not None and fields.get("price_to") is None:
        stock, there = fields.get("stock"), fields.get("in_stock")
        left = stock if isinstance(stock, int) else None
        options = fields.get("options")
        yield _Row(
            title,
            tuple(map(str, options.values())) if isinstance(options, Mapping) else (),
            price,
            _money(fields.get("compare_at")),
            left,
            left > 0 if left is not None else there if isinstance(there, bool) else None,
        )
    for value in fields.values():
        if isinstance(value, (list, tuple, Mapping, Value)):
            yield from _rows(value, title)


def _points(records: Records, zone: ZoneInfo) -> tuple[Line, ...]:
    for each in records:
        balance, worth, expiring = each.get("balance"), _money(each.get("worth")), each.get("expiring")
        if isinstance(balance, int) and worth is not None:
            lines = [line("points_are", balance=balance, worth=worth)]
            if expiring and (when := as_date(each.get("expires_next"), zone)):
                lines.append(line("points_expiring", points=expiring, when=when))
            return tuple(lines)
    return ()


def _purchase(records: Records, _zone: ZoneInfo) -> tuple[Line, ...]:
    """The one order, or else the cart, with what it costs."""
    found = [each for each in records if _money(each.get("total")) and each.get("lines")]
    found = [each for each in found if each.get("order")] or found
    if len(found) != 1:
        return ()
    lines = list(map(_fields, found[0]["lines"]))  # type: ignore[call-overload]
    if len(lines) > _MOST_LINES or any(each is None for each in lines):
        return ()
    told = [line("recorded_line", title=each["title"], count=each.get("quantity", 1)) for each in lines]
    order, total = found[0].get("order"), _money(found[0]["total"])
    first = (
        line("recorded_order", order=order, lines=told, total=total)
        if order
        else line("recorded_cart", lines=told, total=total)
    )
    quote = _fields(found[0].get("quote")) or {}
    fees = [fee for name in ("fee", "surcharge") if (fee := _money(quote.get(name)))]
    return (first, line("recorded_delivery", fee=sum(fees[1:], fees[0]))) if fees else (first,)


def _purchase_of(reading: Reading, records: Records, zone: ZoneInfo) -> tuple[Line, ...]:
    """The order or cart one of whose sums an amount of a sentence is, where it names no goods."""
    amounts = {value[1] for figure in reading.figures if figure.kind == "money" for value in figure.values}
    sums = {
        money.amount
        for each in records
        if each.get("lines")
        for name in ("total", "subtotal", "discount", "shipping")
        if (money := _money(each.get(name))) is not None
    }
    return _purchase(records, zone) if amounts & sums else ()


def _parcel(records: Records, zone: ZoneInfo) -> tuple[Line, ...]:
    days = {day for each in records if (day := as_date(each.get("eta"), zone)) is not None}
    if len(days) == 1:
        return (line("expected", when=days.pop()),)
    if days:
        return (line("recorded_parcels", parcels=list(_parcels(records, zone))),)
    ranges = {
        (first, last)
        for each in records
        if (first := as_date(each.get("earliest"), zone)) and (last := as_date(each.get("latest"), zone))
    }
    return (line("recorded_between", first=min(ranges)[0], last=min(ranges)[1]),) if len(ranges) == 1 else ()


def _parcels(records: Records, zone: ZoneInfo) -> Iterator[Line]:
    """Each parcel with the day on which it is expected."""
    for each in records:
        if when := as_date(each.get("eta"), zone):
            told = {name: str(each.get(name) or "") for name in ("carrier", "tracking_no")}
            yield line("recorded_parcel", **told, when=when)


def _records(node: object) -> Iterator[Mapping[str, object]]:
    """Every record of results, those within others too."""
    if isinstance(node, (list, tuple)):
        for each in node:
            yield from _records(each)
    elif (fields := _fields(node)) is not None:
        yield fields
        yield from _records([each for each in fields.values() if not isinstance(each, str)])


def _fields(node: object) -> Mapping[str, object] | None:
    if isinstance(node, Money):
        return None
    if isinstance(node, Value):
        return vars(node)
    return node if isinstance(node, Mapping) else None


def _money(value: object) -> Money | None:
    if isinstance(value, Mapping) and value.keys() == {"amount", "currency"}:
        return Money.model_validate(value)
    return value if isinstance(value, Money) else None

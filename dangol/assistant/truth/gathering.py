"""Gathering evidence: a walk through any result, each figure with the field or the words it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dangol.assistant.truth.dates import resolve
from dangol.assistant.truth.facts import Fact, StockFact
from dangol.assistant.truth.figures import Figure, read
from dangol.assistant.truth.likeness import about
from dangol.assistant.truth.roles import FIGURE_ROLES, roles_in
from dangol.assistant.truth.shop_records import (
    as_date,
    as_moment,
    note_branch,
    note_offer,
    note_opening,
    note_scan,
)
from dangol.assistant.truth.text import clause_spans, plain, sentence_spans, spaceless, span_at
from dangol.kernel.model import Value
from dangol.kernel.money import exponent

if TYPE_CHECKING:
    from dangol.assistant.truth.evidence import Evidence

# what a field's figure is said of, by its name; the names are those of the shop floor's results and of the shop file
_FIELD_ROLES: dict[str, frozenset[str]] = {
    name: frozenset(roles.split())
    for name, roles in {
        "price": "price", "unit_price": "price", "price_to": "price", "price_min": "price", "price_max": "price",
        "compare_at": "original", "instead_of": "original", "was": "original price",
        "fee": "shipping", "whole": "shipping", "shipping": "shipping", "free_from": "shipping",
        "surcharge": "shipping surcharge",
        "surcharges": "shipping surcharge", "total": "total", "subtotal": "subtotal", "discount": "discount",
        "discounts": "discount", "off": "discount", "listed": "original price subtotal", "percent": "discount", "value": "discount", "max": "discount", "balance": "points", "expiring": "points",
        "worth": "points", "earns": "points", "points": "points", "min_use": "points", "unit": "points", "rate": "points", "next_rate": "points",
        "expires_months": "points", "min_subtotal": "coupon", "needed": "coupon", "change_of_mind_fee": "return refund",
        "exchange_fee": "exchange", "return_fee": "return exchange refund shipping", "due": "exchange total price",
        "window_days": "return exchange refund", "send_within_days": "return exchange", "refund_business_days": "refund",
        "unpaid_order_hours": "unpaid", "gift_wrapping": "wrapping", "days": "shipping delivery", "stock": "stock",
        "left": "stock", "quantity": "quantity", "count": "review", "reviews": "review", "positive": "review positive",
        "negative": "review negative", "rating": "review", "small": "fit", "large": "fit", "true_to_size": "fit",
        "back_small": "fit", "back_large": "fit",
        "amount": "total", "refund": "refund points", "refunded": "refund", "earliest": "delivery", "latest": "delivery", "eta": "delivery",
        "expected": "delivery", "placed_at": "order", "pay_until": "unpaid", "ends": "sale", "starts": "sale",
    }.items()
}  # fmt: skip
_BOUNDS = {"free_from": "min", "min_subtotal": "min", "min_use": "min", "needed": "min", "max": "max"}
_SPAN_FIELDS = {
    "days": "day", "window_days": "day", "send_within_days": "day", "refund_business_days": "day", "unpaid_order_hours": "hour",
    "expires_months": "month", "hours": "hour", "within_days": "day",
    "minutes": "minute", "kept_months": "month",
}  # fmt: skip
_MONEY_FIELDS = frozenset(
    [
        "fee",
        "free_from",
        "change_of_mind_fee",
        "exchange_fee",
        "gift_wrapping",
        "min_subtotal",
        "max",
        "price",
    ]
)  # decimals of the shop file, in its currency
_OF_STOCK = frozenset({"stock", "in_stock", "branch"})
_REVIEW_KEYS = frozenset({"quotes", "body"})
_QUIET = frozenset({"image", "images", "id", "kind", "score", "facet"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a result we are: the field, those above it, and whose record it is."""

    key: str = ""
    path: tuple[str, ...] = ()
    subject: str = ""
    options: frozenset[str] = frozenset()
    source: str = "words"
    currency: str = ""
    topic: frozenset[str] = frozenset()
    words: str = ""  # the words a figure stands among

    def below(self, key: str) -> Place:
        """The place of a field of this record."""
        return Place(
            key,
            (*self.path, key),
            self.subject,
            self.options,
            self.source,
            self.currency,
            self.topic,
            self.words,
        )


class Gatherer:
    """Walks through results and writes down what they hold."""

    def __init__(self, evidence: Evidence, zone: ZoneInfo) -> None:
        self._evidence = evidence
        self._zone = zone

    def walk(self, node: object, place: Place) -> None:
        """Take in a result or a part of one."""
        # the plain kinds first: there are many of them, and asking whether something is a model or a mapping is slow
        if isinstance(node, str):
            self._text(node, place)
        elif isinstance(node, bool) or node is None:
            return
        elif isinstance(node, (int, float, Decimal)):
            self._number(Decimal(str(node)), place)
        elif isinstance(node, (list, tuple, set, frozenset)):
            self._many(list(node), place)
        elif isinstance(node, (datetime, date, time)):
            self._moment(node, place)
        elif isinstance(node, Value):
            self._record(vars(node), place)
        elif isinstance(node, Mapping):
            self._record({str(key): value for key, value in node.items()}, place)

    def _record(self, fields: Mapping[str, object], place: Place) -> None:
        amount = fields.get("amount")
        if isinstance(amount, int) and "currency" in fields:
            self._money(amount, str(fields["currency"]), place)
            return
        inner = self._entered(fields, place)
        if place.key == "hours":
            note_opening(fields, self._evidence)
        note_branch(fields, self._evidence)
        note_offer(fields, self._evidence, self._zone)
        note_scan(fields, self._evidence, self._zone)
        if isinstance(fields.get("name"), str) and isinstance(
            fields.get("value"), str
        ):  # what is on record of a product
            inner = replace(inner, words=f"{fields['name']} {fields['value']}")
        self._compared(fields, inner)
        for key, value in fields.items():
            if key in _QUIET or value is None or isinstance(value, bool):
                continue
            self.walk(value, inner.below(key))
        self._pairs(fields)

    def _compared(self, fields: Mapping[str, object], place: Place) -> None:
        """A row of a comparison tells of each product what stands in its column."""
        cards, rows = fields.get("cards"), fields.get("rows")
        if not isinstance(cards, list | tuple) or not isinstance(rows, list | tuple):
            return
        titles = [spaceless(str(_field(card, "title") or "")) for card in cards]
        for row in rows:
            told = _field(row, "values")
            for title, value in zip(titles, told if isinstance(told, list | tuple) else (), strict=False):
                for figure in read(str(value)):
                    self.add_figure(figure, "record", replace(place, subject=title), frozenset())

    def _entered(self, fields: Mapping[str, object], place: Place) -> Place:
        subject = place.subject
        title = fields.get("title") or _title_of(fields.get("card"))
        if isinstance(title, str) and "article" not in fields and "body" not in fields:
            subject = spaceless(title)
            self._evidence.titles[subject] = title
        options = fields.get("options")
        written = [str(v) for v in options.values()] if isinstance(options, Mapping) else []
        self._evidence.values.update((spaceless(v), v) for v in written)
        values = frozenset(map(spaceless, written))
        source = "passage" if "article" in fields and "text" in fields else place.source
        if "body" in fields and ("rating" in fields or "author" in fields):
            source = "review"
        inner = Place(
            place.key,
            place.path,
            subject,
            values or place.options,
            source,
            str(fields.get("currency") or place.currency),
            _heading_roles(fields) if source == "passage" else place.topic,
        )
        if not _OF_STOCK.isdisjoint(fields):
            self._stock_of(fields, inner)
        if "code" in fields:
            self._refusal(fields)
        return inner

    def _stock_of(self, fields: Mapping[str, object], place: Place) -> None:
        stock, there = fields.get("stock"), fields.get("in_stock")
        group = next((name for name in ("matching", "others") if name in place.path), "")
        if isinstance(stock, int) and not isinstance(stock, bool):
            self._evidence.stock.append(StockFact(place.subject, place.options, stock > 0, group))
        elif isinstance(there, bool):
            size = fields.get("size")
            if isinstance(size, str):  # advice of a size tells of that size
                place = replace(place, options=place.options | {spaceless(size)})
            self._evidence.stock.append(StockFact(place.subject, place.options, there, group or "card"))
        shelf = fields.get("quantity")
        if "branch" in fields and isinstance(shelf, int):
            self._evidence.stock.append(StockFact(place.subject, place.options, shelf > 0, "shelf"))
            self._add(
                Fact(
                    "count",
                    (Decimal(shelf),),
                    frozenset({"stock"}),
                    subject=place.subject,
                    options=place.options,
                )
            )

    def _refusal(self, fields: Mapping[str, object]) -> None:
        code = fields.get("code")
        if isinstance(code, str) and isinstance(fields.get("reason"), str):
            self._evidence.refused_codes.add(code.lower())

    def _pairs(self, fields: Mapping[str, object]) -> None:
        first = as_date(fields["earliest"], self._zone) if "earliest" in fields else None
        last = as_date(fields["latest"], self._zone) if "latest" in fields else None
        expected = fields.get("expected")
        if isinstance(expected, (list, tuple)) and len(expected) == 2:
            first, last = as_date(expected[0], self._zone), as_date(expected[1], self._zone)
        if first and last:
            self._evidence.ranges.append((first, last))
        ways = fields.get("ways", ()) if "refund" in fields else ()
        for each in (fields, *ways) if "refund" in fields and isinstance(ways, (list, tuple)) else ():
            if isinstance(days := _field(each, "days"), (list, tuple)) and len(days) == 2:
                told = ("day", *(Decimal(str(day)) for day in days))  # the money of this return goes back
                self._add(Fact("span", told, frozenset({"refund", "return", "exchange"})))
        size = fields.get("size")
        if "grounds" in fields and isinstance(size, str):
            self._evidence.sizes_advised.add(spaceless(size))

    def _many(self, nodes: list[object], place: Place) -> None:
        if place.key in _SPAN_FIELDS and len(nodes) == 2 and all(isinstance(node, int) for node in nodes):
            first, last = (Decimal(str(node)) for node in nodes)
            self._add(Fact("span", (_SPAN_FIELDS[place.key], first, last), self._roles(place)))
            return
        self._add(
            Fact(
                "count",
                (Decimal(len(nodes)),),
                _FIELD_ROLES.get(place.key, frozenset()) - {"price"},
                source="length",
            )
        )
        for node in nodes:
            self.walk(node, place)

    def _money(self, amount: int, currency: str, place: Place) -> None:
        roles = self._roles(place)
        self._add(
            Fact(
                "money",
                (currency, abs(amount)),  # what is less by so much is said without a sign
                roles,
                _BOUNDS.get(place.key, ""),
                "record",
                place.subject,
                place.options,
            )
        )

    def _roles(self, place: Place) -> frozenset[str]:
        if place.key == "amount":
            above = place.path[-2] if len(place.path) > 1 else ""
            of_discount = above in ("discounts", "items", "coupons")
            return frozenset({"discount", "coupon", "points"} if of_discount else {"total", "refund"})
        if place.key == "total" and "lines" in place.path:
            return frozenset({"line", "price"})
        if place.key in ("fee", "price") and "surcharges" in place.path:
            return frozenset({"shipping", "surcharge"})
        for key in reversed(place.path):
            if key in _FIELD_ROLES:
                return _FIELD_ROLES[key]
        return frozenset()

    def _number(self, value: Decimal, place: Place) -> None:
        roles, bound = self._roles(place), _BOUNDS.get(place.key, "")
        if place.key in _MONEY_FIELDS and place.currency:
            self._money(int(value.scaleb(exponent(place.currency))), place.currency, place)
            return
        if place.key in _SPAN_FIELDS:
            unit = _SPAN_FIELDS[place.key]
            self._add(Fact("span", (unit, value), roles, "", "record"))
            return
        if place.key in ("percent", "rate") or (place.key == "value" and place.currency == ""):
            per_cent = value * 100 if place.key == "rate" else value
            self._add(Fact("percent", (int(per_cent * 100),), roles, bound))
        if place.key in ("expiring", "balance"):
            self._add(Fact(place.key, (value,), roles))
        kind = "rating" if place.key.startswith("rating") and value <= 5 else "count"
        self._add(Fact(kind, (value,), roles, bound, "record", place.subject, place.options))

    def _moment(self, moment: datetime | date | time, place: Place) -> None:
        if isinstance(moment, datetime):
            local = moment.astimezone(self._zone) if moment.tzinfo else moment
            self._note_day(local.date(), place)
            self._add(Fact("time", (local.hour * 60 + local.minute,), self._roles(place)))
        elif isinstance(moment, date):
            self._note_day(moment, place)
        else:
            self._add(Fact("time", (moment.hour * 60 + moment.minute,), self._roles(place)))

    def _note_day(self, day: date, place: Place) -> None:
        self._evidence.dates.add(day)
        if place.key in ("eta", "earliest", "latest", "expected", "likely"):
            self._evidence.arrivals.add(day)
        if place.key == "eta":
            self._evidence.parcels.add(day)
        if place.key == "placed_at":
            self._evidence.ordered.add(day)
        if place.key not in ("earliest", "latest", "expected"):
            self._evidence.single_dates.add(day)

    def _text(self, text: str, place: Place) -> None:
        moment = as_moment(text)
        if moment is not None:
            self._moment(moment, place)
            return
        if place.key in _MONEY_FIELDS and place.currency and text.replace(".", "", 1).isdigit():
            self._number(Decimal(text), place)
            return
        review = place.source == "review" or place.key in _REVIEW_KEYS
        self._evidence.strings.add(spaceless(text))
        if review or place.source == "passage":
            self._evidence.quotes.append(spaceless(text))
        if place.source == "passage" and place.key == "text":
            self._evidence.passages.append(plain(text))
            self._evidence.articles.append(text)
        source = "review" if review else place.source
        figures = read(text)
        if source != "passage":
            for figure in figures:
                self.add_figure(figure, source, place, frozenset())
            return
        low = plain(text)
        for figure in figures:
            sentence = span_at(sentence_spans(low), figure.start)
            topic = place.topic | roles_in(sentence.cut(low), FIGURE_ROLES)
            conditional = any(f.bound == "min" and sentence.holds(f.start) for f in figures)
            alone = sum(f.kind == figure.kind and sentence.holds(f.start) for f in figures) == 1
            part = span_at(clause_spans(low), figure.start).cut(low)
            telling = len(about(part)) > (1 if figure.kind == "money" else 0)
            among = replace(place, words=part if telling and not alone else sentence.cut(low))
            self.add_figure(figure, source, among, topic, conditional)

    def add_figure(
        self, figure: Figure, source: str, place: Place, topic: frozenset[str], conditional: bool = False
    ) -> None:
        """Take in a figure that stands in a text; `topic` is what its sentence speaks of."""
        roles = frozenset({figure.role}) if figure.role else frozenset[str]()
        if not roles and source == "words":
            roles = roles_in(plain(place.words), FIGURE_ROLES) if place.words else self._roles(place)
        if source not in ("said", "review"):
            self._dates_in(figure)
        values = figure.values
        if figure.kind == "span" and len(values) == 2:
            values = ((*values[0], values[1][1]),)
        for value in values:
            bound = "min" if value == ("any", 0) and conditional else figure.bound
            fact = Fact(
                figure.kind,
                value,
                roles,
                bound,
                source,
                place.subject,
                place.options,
                topic,
                place.words,
                figure.unit,
            )
            self._add(fact)

    def _dates_in(self, figure: Figure) -> None:
        if figure.kind != "date":
            return
        found = [resolved for value in figure.values if (resolved := resolve(value, self._evidence.today))]
        self._evidence.dates.update(found)
        if len(found) == 2:
            self._evidence.ranges.append((found[0], found[1]))

    def _add(self, fact: Fact) -> None:
        self._evidence.facts.setdefault(fact.kind, []).append(fact)


def _title_of(card: object) -> object:
    return _field(card, "title")


def _field(record: object, name: str) -> object:
    return record.get(name) if isinstance(record, Mapping) else getattr(record, name, None)


def _heading_roles(fields: Mapping[str, object]) -> frozenset[str]:
    return roles_in(plain(f"{fields.get('title') or ''} {fields.get('heading') or ''}"), FIGURE_ROLES)

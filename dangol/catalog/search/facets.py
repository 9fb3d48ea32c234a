"""Facets of a result, and the one question that would halve it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np

from dangol.catalog.model import say
from dangol.catalog.search.columns import Columns
from dangol.catalog.search.constraints import Candidates
from dangol.contracts.shopfloor.products import FacetValue, NarrowingQuestion, Wishes
from dangol.kernel.shop import Shop
from dangol.kernel.words import attributes, categories, colours, materials, occasions
from dangol.kernel.words.vocabulary import Vocabulary

_AUDIENCES = {
    "men": ("남성용", "Men"),
    "women": ("여성용", "Women"),
    "kids": ("아동용", "Kids"),
    "baby": ("유아용", "Baby"),
    "unisex": ("남녀공용", "Unisex"),
    "dogs": ("강아지용", "Dogs"),
    "cats": ("고양이용", "Cats"),
    "pets": ("반려동물용", "Pets"),
}
_TABLES = {
    "color": colours, "attribute": attributes, "material": materials, "occasion": occasions, "category": categories,
}  # fmt: skip
_MOST_VALUES = 30
MANY = 8  # results from which on a question may be worth asking

FACETS = ("category", "audience", "size", "price", "attribute", "color", "brand", "price_range")
_ASKED_IN_TURN = ("category", "audience", "size", "price", "attribute", "color", "brand")


def word(table: Vocabulary, slug: str, language: str) -> str:
    """A slug in the shopper's language, by the first of its words."""
    row = table.rows.get(slug)
    if row is None:
        return slug
    words = row.ko if language == "ko" else row.en
    return words[0].strip("^$") if words else slug


def called(kind: str, slug: str, language: str) -> str:
    """What a slug of any word table is called in the shopper's language; a word of no table is itself."""
    if kind == "audience":
        return _AUDIENCES.get(slug, (slug, slug))[language != "ko"]
    table = _TABLES.get(kind)
    return word(table.words(), slug, language) if table else slug


class Counts:
    """Counts facets of a result, each when it is asked for."""

    def __init__(self, columns: Columns, found: Candidates, shop: Shop, language: str) -> None:
        self._columns = columns
        self._found = found
        self._shop = shop
        self._language = language
        self._rows = np.flatnonzero(found.products)
        self._variants = np.flatnonzero(found.variants)

    def of(self, facet: str) -> tuple[FacetValue, ...]:
        """How many of the products found have which value of a facet."""
        if facet in ("audience", "attribute"):
            return self._by_concept(facet)
        counting: dict[str, Callable[[], tuple[FacetValue, ...]]] = {
            "category": self._categories, "color": self._colors, "size": self._sizes, "brand": self._brands,
            "price": self._prices, "price_range": self._price_range,
        }  # fmt: skip
        return counting[facet]()

    def _categories(self) -> tuple[FacetValue, ...]:
        counted = np.bincount(
            self._columns.category[self._rows], minlength=len(self._columns.categories.values)
        )
        by_value: dict[str, FacetValue] = {}
        for number in np.flatnonzero(counted):
            texts = dict(self._columns.categories.values[number])
            value = say(texts, self._shop.language, self._shop.language)
            path = [part.strip() for part in say(texts, self._language, self._shop.language).split(">")]
            if value:
                within = path[0] if len(path) > 1 else ""
                by_value[value] = FacetValue(
                    value=value, label=path[-1], within=within, count=int(counted[number])
                )
        return _sorted(by_value.values())

    def _brands(self) -> tuple[FacetValue, ...]:
        counted = np.bincount(self._columns.brand[self._rows], minlength=len(self._columns.brands.values))
        out = []
        for number in np.flatnonzero(counted):
            texts = dict(self._columns.brands.values[number])
            label = say(texts, self._language, self._shop.language)
            if label:
                value = say(texts, self._shop.language, self._shop.language)
                out.append(FacetValue(value=value, label=label, count=int(counted[number])))
        return _sorted(out)

    def _colors(self) -> tuple[FacetValue, ...]:
        slugs: dict[str, set[int]] = {}
        for number, rows in self._owners_by_label(self._columns.color, len(self._columns.colors.values)):
            slug, own = self._columns.colors.values[number]
            if slug or own:
                slugs.setdefault(slug or own, set()).update(rows)
        table = colours.words()
        return _sorted(
            FacetValue(value=slug, label=word(table, slug, self._language), count=len(rows))
            for slug, rows in slugs.items()
        )

    def _sizes(self) -> tuple[FacetValue, ...]:
        values: dict[str, set[int]] = {}
        for number, rows in self._owners_by_label(self._columns.size, len(self._columns.sizes.values)):
            system, value = self._columns.sizes.values[number]
            if system:
                values.setdefault(value, set()).update(rows)
        out = [FacetValue(value=v, label=v, count=len(rows)) for v, rows in values.items()]
        return tuple(sorted(out, key=lambda value: _size_order(value.value)))[:_MOST_VALUES]

    def _owners_by_label(self, labels: np.ndarray, many: int) -> list[tuple[int, list[int]]]:
        pairs = np.unique(
            labels[self._variants].astype(np.int64) * len(self._columns) + self._columns.owner[self._variants]
        )
        numbers, rows = np.divmod(pairs, max(len(self._columns), 1))
        edges = np.searchsorted(numbers, np.arange(many + 1))
        return [(n, rows[edges[n] : edges[n + 1]].tolist()) for n in range(many) if edges[n] < edges[n + 1]]

    def _by_concept(self, kind: str) -> tuple[FacetValue, ...]:
        out = []
        for concept in self._columns.concepts(kind):
            count = int(np.count_nonzero(self._found.products[self._columns.having(concept)]))
            slug = concept.partition(":")[2]
            if count:
                out.append(FacetValue(value=slug, label=called(kind, slug, self._language), count=count))
        return _sorted(out)

    def _prices(self) -> tuple[FacetValue, ...]:
        """Price bands at round figures, each as `low-high` in minor units."""
        prices = self._columns.lowest_price(self._found.variants)[self._rows]
        if len(prices) < 2 or prices.min() == prices.max():
            return ()
        edges = sorted({_round(int(np.quantile(prices, share))) for share in (0.33, 0.66)} - {0})
        bounds = [0, *edges, 2**62]
        out = []
        for low, high in pairwise(bounds):
            count = int(np.count_nonzero((prices >= low) & (prices < high)))
            if count:
                out.append(
                    FacetValue(
                        value=f"{low}-{'' if high == 2**62 else high}",
                        label=self._band(low, high),
                        count=count,
                    )
                )
        return tuple(out)

    def _price_range(self) -> tuple[FacetValue, ...]:
        """The lowest and the highest price, in minor units."""
        prices = self._columns.price[self._variants]
        if not len(prices):
            return ()
        ends = (int(prices.min()), int(prices.max()))
        return tuple(
            FacetValue(
                value=str(end), label=self._shop.minor(end).display(self._language), count=len(self._rows)
            )
            for end in ends
        )

    def _band(self, low: int, high: int) -> str:
        korean = self._language == "ko"
        first, last = (self._shop.minor(amount).display(self._language) for amount in (low, min(high, 2**53)))
        if low == 0:
            return f"{last} 미만" if korean else f"under {last}"
        if high == 2**62:
            return f"{first} 이상" if korean else f"{first} and up"
        return f"{first}~{last}" if korean else f"{first} – {last}"


def _round(amount: int) -> int:
    step: int = 10 ** max(len(str(amount)) - 1, 0)
    half = max(step // 2, 1)
    return max((amount + half // 2) // half * half, half)


def _sorted(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(sorted(values, key=lambda v: (-v.count, v.value)))[:_MOST_VALUES]


def _size_order(value: str) -> tuple[int, float, str]:
    letters = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")
    try:
        return 0, float(value), value
    except ValueError:
        return 1, letters.index(value) if value in letters else 99, value


def narrowing_question(counts: Counts, total: int, wishes: Wishes) -> NarrowingQuestion | None:
    """The facet whose answer would leave about half or less, None when the choice is small or nothing would."""
    if total <= MANY:
        return None
    said = {
        "category": bool(wishes.categories), "audience": bool(wishes.audience), "color": bool(wishes.colors),
        "size": bool(wishes.sizes), "price": bool(wishes.price_min or wishes.price_max),
        "attribute": bool(wishes.attributes), "brand": bool(wishes.brands),
    }  # fmt: skip
    for facet in _ASKED_IN_TURN:
        if said[facet] or (facet == "attribute" and _mixed(counts)):
            continue
        found = counts.of(facet)
        values = _commonest(found) if facet == "size" else found[:4]
        if len(values) >= 2 and _halves(facet, values, total):
            return NarrowingQuestion.model_validate({"facet": facet, "values": values})
    return None


def _mixed(counts: Counts) -> bool:
    """Whether the choice is of several kinds of goods, whose qualities have nothing to do with each other."""
    kinds = counts.of("category")
    return len(kinds) > 1 and kinds[0].count < 0.6 * sum(each.count for each in kinds)


def _commonest(values: tuple[FacetValue, ...]) -> tuple[FacetValue, ...]:
    kept = sorted(values, key=lambda value: -value.count)[:6]
    return tuple(value for value in values if value in kept)


def _halves(facet: str, values: tuple[FacetValue, ...], total: int) -> bool:
    """Whether the answers cover most of the choice and the expected rest is about half."""
    covered = sum(value.count for value in values)
    rest = sum(value.count**2 for value in values) / (covered * total) if covered else 1.0
    # a product has one category, audience or price band but comes in many sizes and colours
    least = {"attribute": 0.25, "category": 0.4, "size": 1.5}.get(facet, 0.6)
    enough = covered >= least * total
    return enough and rest <= (0.75 if facet == "size" else 0.6)

"""The catalogue as columns in memory: what filters, facets and ranking are computed from.

Product rows and variant rows only ever get appended; a product that changes gets a new row and its old one dies.
Variants of a product stand together, in the order of the product rows. Nothing shown is read from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from dangol.catalog import words
from dangol.catalog.records.indexing import IndexedProduct, IndexedVariant
from dangol.catalog.search.measures import MeasureColumns
from dangol.catalog.words import squeezed

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]
L = TypeVar("L", bound=Hashable)

NO_PRICE = np.iinfo(np.int64).max


class Labels(Generic[L]):
    """Distinct values and their numbers; a wish is checked once a value instead of once a variant."""

    def __init__(self) -> None:
        self.values: list[L] = []
        self._numbers: dict[L, int] = {}

    def number(self, value: L) -> int:
        """The number of a value, a new one when it is new."""
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self.values)
            self.values.append(value)
        return number

    def chosen(self, meets: Callable[[L], bool]) -> Mask:
        """Which values meet a wish, by number."""
        return np.fromiter((meets(value) for value in self.values), dtype=bool, count=len(self.values))


Texts = tuple[tuple[str, str], ...]  # (language, text) pairs: a translated text that can be a label


class Columns:
    """Every product on sale and its variants as numpy columns."""

    def __init__(self) -> None:
        self.colors: Labels[tuple[str, str]] = Labels()  # (slug, the shop's own word)
        self.sizes: Labels[tuple[str, str]] = Labels()  # (system, value)
        self.brands: Labels[Texts] = Labels()
        self.categories: Labels[Texts] = Labels()
        self.row_of: dict[int, int] = {}
        self.row_of_handle: dict[str, int] = {}
        self.handles: list[str] = []
        self._variant_row: dict[int, int] = {}
        self._postings: dict[str, list[Rows]] = defaultdict(list)
        self.measures = MeasureColumns()
        self.ids = self.revision = self.sold = self.reviews = np.empty(0, np.int64)
        self.alive: Mask = np.empty(0, bool)
        self.rating = np.empty(0, np.float32)
        self.created = np.empty(0, np.float64)
        self.brand = self.category = np.empty(0, np.int32)
        self.owner = self.color = self.size = np.empty(0, np.int32)
        self.price = self.compare_at = self.stock = np.empty(0, np.int64)
        self.first = np.empty(0, np.int64)

    def __len__(self) -> int:
        return len(self.ids)

    def append(self, products: list[IndexedProduct]) -> list[int]:
        """Add rows for products, in place of their former ones; the new row numbers."""
        products = [product for product in products if product.variants]
        self.drop(product.id for product in products)
        start, variant_start = len(self.ids), len(self.price)
        rows = list(range(start, start + len(products)))
        for row, product in zip(rows, products, strict=True):
            self.row_of[product.id] = row
            self.row_of_handle[product.handle] = row
            self.handles.append(product.handle)
        self._append_products(products)
        self._append_variants(products, start, variant_start)
        self._append_concepts(products, start)
        self.measures.append(products, start)
        return rows

    def _append_products(self, products: list[IndexedProduct]) -> None:
        def add(column: NDArray[np.generic], values: list[float]) -> NDArray[np.generic]:
            return np.concatenate([column, np.array(values, column.dtype)])

        self.ids = add(self.ids, [p.id for p in products])  # type: ignore[assignment]
        self.revision = add(self.revision, [p.revision for p in products])  # type: ignore[assignment]
        self.sold = add(self.sold, [p.sold for p in products])  # type: ignore[assignment]
        self.reviews = add(self.reviews, [p.rating_count for p in products])  # type: ignore[assignment]
        means = [p.rating_sum / p.rating_count if p.rating_count else 0.0 for p in products]
        self.rating = add(self.rating, means)  # type: ignore[assignment]
        self.created = add(self.created, [p.created for p in products])  # type: ignore[assignment]
        self.alive = add(self.alive, [True] * len(products))  # type: ignore[assignment]
        brands = [self.brands.number(tuple(sorted(p.brand.items()))) for p in products]
        self.brand = add(self.brand, brands)  # type: ignore[assignment,arg-type]
        kinds = [self.categories.number(tuple(sorted(p.category.items()))) for p in products]
        self.category = add(self.category, kinds)  # type: ignore[assignment,arg-type]

    def _append_variants(self, products: list[IndexedProduct], start: int, variant_start: int) -> None:
        owner, color, size, price, compare_at, stock, first = [], [], [], [], [], [], []
        at = variant_start
        for row, product in enumerate(products, start):
            first.append(at)
            names = [next(iter(option["name"].values()), "") for option in product.options]
            for variant in product.variants:
                self._variant_row[variant.id] = at
                at += 1
                owner.append(row)
                color.append(self.colors.number((variant.color, _own_color(names, variant))))
                size.append(self.sizes.number((variant.size_system, variant.size_value)))
                price.append(variant.price)
                compare_at.append(variant.compare_at)
                stock.append(variant.stock)
        self.owner = np.concatenate([self.owner, np.array(owner, np.int32)])
        self.color = np.concatenate([self.color, np.array(color, np.int32)])
        self.size = np.concatenate([self.size, np.array(size, np.int32)])
        self.price = np.concatenate([self.price, np.array(price, np.int64)])
        self.compare_at = np.concatenate([self.compare_at, np.array(compare_at, np.int64)])
        self.stock = np.concatenate([self.stock, np.array(stock, np.int64)])
        self.first = np.concatenate([self.first, np.array(first, np.int64)])

    def _append_concepts(self, products: list[IndexedProduct], start: int) -> None:
        fresh: dict[str, list[int]] = defaultdict(list)
        for row, product in enumerate(products, start):
            for concept in product.concepts:
                fresh[concept].append(row)
        for concept, rows in fresh.items():
            self._postings[concept].append(np.array(rows, np.int64))

    def drop(self, ids: Iterable[int]) -> list[int]:
        """Let the rows of products die; the row numbers."""
        rows = [row for id_ in ids if (row := self.row_of.pop(id_, None)) is not None]
        self.alive[rows] = False
        return rows

    def reprice(self, variants: Iterable[tuple[int, int, int, int]]) -> None:
        """Take over (variant id, price, compare-at price, stock) as they are now."""
        for id_, price, compare_at, stock in variants:
            at = self._variant_row.get(id_)
            if at is not None:
                self.price[at], self.compare_at[at], self.stock[at] = price, compare_at, stock

    def restand(self, row: int, rating_sum: int, rating_count: int, sold: int) -> None:
        """Take over how a product is rated and sold now."""
        self.rating[row] = rating_sum / rating_count if rating_count else 0.0
        self.reviews[row], self.sold[row] = rating_count, sold

    def having(self, concept: str) -> Rows:
        """The rows of products a concept (`attribute:waterproof`) is said of; dead ones too."""
        parts = self._postings.get(concept)
        if not parts:
            return np.empty(0, np.int64)
        if len(parts) > 1:
            self._postings[concept] = parts = [np.concatenate(parts)]
        return parts[0]

    def concepts(self, kind: str) -> list[str]:
        """Every concept of a kind that is said of any product."""
        return [concept for concept in self._postings if concept.startswith(f"{kind}:")]

    def mask(self, *concepts: str) -> Mask:
        """Which products any of these concepts is said of."""
        out = np.zeros(len(self), bool)
        for concept in concepts:
            out[self.having(concept)] = True
        return out

    def owners(self, variants: Mask) -> Mask:
        """Which products have at least one of these variants."""
        # variants of a product stand together, and every product has one
        return np.asarray(np.logical_or.reduceat(variants, self.first), bool) if len(self) else self.alive

    def of_owners(self, products: Mask) -> Mask:
        """Which variants belong to these products."""
        return np.asarray(products[self.owner], bool)

    def lowest_price(self, variants: Mask) -> Rows:
        """The lowest price among these variants for every product, NO_PRICE where it has none of them."""
        return (
            np.minimum.reduceat(np.where(variants, self.price, NO_PRICE), self.first)
            if len(self)
            else self.ids
        )


def _own_color(option_names: list[str], variant: IndexedVariant) -> str:
    for name, value in zip(option_names, variant.options, strict=False):
        if words.is_color_option(name):
            return squeezed(value)
    return ""

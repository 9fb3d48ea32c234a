"""What products measure, by their own record, and which of them keep within a limit ("under 2 kg", "폭 60cm 이하")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from dangol.catalog.records.indexing import IndexedProduct
from dangol.contracts.shopfloor.products import MeasureWish
from dangol.kernel.words.limits import Measured, measured

Rows = NDArray[np.float64]  # (product row, least, most)

_ALSO_UNNAMED = frozenset({"screen", "diameter"})  # a monitor's "size: 27 in" is that of its screen


def measures_of(product: IndexedProduct) -> Iterator[Measured]:
    """Every measure stated of a product: in its attributes, the values of its options and its title."""
    for attribute in product.attributes:
        for language, value in attribute["value"].items():
            name = attribute["name"].get(language) or next(iter(attribute["name"].values()), "")
            yield from measured(name, value)
    names = [next(iter(option["name"].values()), "") for option in product.options]
    for variant in product.variants:
        for name, value in zip(names, variant.options, strict=False):
            yield from measured(name, value)
    for title in product.title.values():
        yield from measured("", title)


class MeasureColumns:
    """The measures of every product, by dimension and side; dead products' too."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[Rows]] = defaultdict(list)

    def append(self, products: Iterable[IndexedProduct], start: int) -> None:
        """Add what products measure; their rows begin at `start`."""
        fresh: dict[tuple[str, str], set[tuple[float, float, float]]] = defaultdict(set)
        for row, product in enumerate(products, start):
            for one in measures_of(product):
                fresh[one.dimension, one.of].add((row, one.low, one.high))
        for key, found in fresh.items():
            self._found[key].append(np.array(sorted(found), np.float64))

    def within(self, wish: MeasureWish, count: int) -> NDArray[np.bool_]:
        """Which of the first `count` product rows keep within a limit; one that states no such measure does not.

        "Not bigger than 250 cm" without a side is meant of every side.
        """
        low = wish.low if wish.low is not None else -np.inf
        high = wish.high if wish.high is not None else np.inf
        found = self._of(wish)
        rows = found[:, 0].astype(np.int64)
        out = np.zeros(count, bool)
        out[rows[(found[:, 2] >= low) & (found[:, 1] <= high)]] = True
        if wish.dimension == "length" and not wish.of:
            out[rows[found[:, 1] > high]] = False
        return out

    def _of(self, wish: MeasureWish) -> Rows:
        sides = {wish.of, *(("",) if wish.of in _ALSO_UNNAMED else ())}
        any_side = wish.dimension == "length" and not wish.of
        parts = [
            part
            for (dimension, side), kept in self._found.items()
            if dimension == wish.dimension and (any_side or side in sides)
            for part in kept
        ]
        return np.concatenate(parts) if parts else np.empty((0, 3), np.float64)

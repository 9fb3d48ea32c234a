"""What products measure, by their own record, and which of them keep within a limit ("under 2 kg", "폭 60cm 이하")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from dangol.catalog.records.indexing import IndexedProduct
from dangol.catalog.words import plain_text, sentences
from dangol.contracts.shopfloor.products import MeasureWish
from dangol.kernel.words.limits import Measured, measured

Rows = NDArray[np.float64]  # (product row, least, most)

_ALSO_UNNAMED = frozenset({"screen", "diameter"})  # a monitor's "size: 27 in" is that of its screen
# a figure of other things: what it is for, what it can take, how long it is kept
_OF_OTHERS = re.compile(
    r"(?i)\b(?:for|fits?|holds?|supports?|takes?|reach(?:es)?|up to|under|over|below|above|less|more|per|every)\b"
    r"|\b(?:within|connect|inside|through|from)\b|까지|이하|이상|미만|용(?=\s|$)|수납|들어가|지원|버티|견디|마다|안에|이내|동안|보관|늘릴|두께"
)
_READ = 2_000  # letters of a description


def measures_of(product: IndexedProduct) -> Iterator[Measured]:
    """Every measure stated of a product: in its attributes, the values of its options and its title; of what these leave
    open, what its description says of it ("Brass arc, 14 lb")."""
    stated = list(_on_record(product))
    yield from stated
    known = {(one.dimension, one.of) for one in stated}
    for html in product.description.values():
        yield from (one for one in _described(html[:_READ]) if (one.dimension, one.of) not in known)


def _described(html: str) -> Iterator[Measured]:
    """What a description measures; a length of no named side could be that of anything."""
    if not any(char.isdigit() for char in html):
        return
    for sentence in sentences(plain_text(html)):
        for part in re.split(r"[,;]\s", sentence):
            if any(char.isdigit() for char in part) and not _OF_OTHERS.search(part):
                yield from (one for one in measured("", part) if one.dimension != "length" or one.of)


def _on_record(product: IndexedProduct) -> Iterator[Measured]:
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

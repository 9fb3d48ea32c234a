"""Meaning: sentence vectors of products, in each language the shop writes, kept as half-precision rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dangol.catalog.records.indexing import IndexedProduct
from dangol.catalog.search.columns import Rows
from dangol.catalog.words import plain_text, sentences
from dangol.contracts.embedder import Vectors

Scores = NDArray[np.float32]
_EXACT_UP_TO = 20_000  # candidates up to which every vector is compared
_ROUGH = 64  # coordinates of the rough look that chooses among more


class Meanings:
    """A vector (or several) for each product row; rows without one have not been read yet."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._used = 0
        self._vectors = np.empty((0, width), np.float16)
        self._owner = np.empty(0, np.int64)
        self._first = np.empty(0, np.int64)
        self._many = np.empty(0, np.int64)
        self._rough = np.empty((0, _ROUGH), np.float32)
        self._turn = _rotation(width)

    def read(self, rows: int) -> NDArray[np.bool_]:
        """Which of the first so many rows have been read."""
        out = np.zeros(rows, bool)
        known = min(rows, len(self._many))
        out[:known] = self._many[:known] > 0
        return out

    def has(self, row: int) -> bool:
        """Whether a row has been read."""
        return row < len(self._many) and bool(self._many[row])

    def put(self, rows: list[int], vectors: Sequence[NDArray[np.floating[Any]]]) -> None:
        """Keep the vectors of rows, one array of shape (n, width) each."""
        if not rows:
            return
        short = max(rows) + 1 - len(self._many)
        if short > 0:
            self._first = np.concatenate([self._first, np.zeros(short, np.int64)])
            self._many = np.concatenate([self._many, np.zeros(short, np.int64)])
        at = self._used
        for row, some in zip(rows, vectors, strict=True):
            self._first[row], self._many[row] = at, len(some)
            at += len(some)
        fresh = np.concatenate(vectors)
        owners = np.repeat(np.array(rows, np.int64), [len(some) for some in vectors])
        self._make_room(len(fresh))
        kept = slice(self._used, self._used + len(fresh))
        self._vectors[kept], self._owner[kept] = fresh, owners
        self._rough[kept] = fresh.astype(np.float32) @ self._turn
        self._used += len(fresh)

    def _make_room(self, more: int) -> None:
        """Grow by half, so that a catalogue read in small steps is not copied at each of them."""
        if self._used + more <= len(self._vectors):
            return
        extra = max(more, len(self._vectors) // 2)
        self._vectors = np.concatenate([self._vectors, np.empty((extra, self.width), np.float16)])
        self._owner = np.concatenate([self._owner, np.zeros(extra, np.int64)])
        self._rough = np.concatenate([self._rough, np.zeros((extra, _ROUGH), np.float32)])

    def of(self, row: int) -> Vectors | None:
        """The vectors of a row."""
        if not self.has(row):
            return None
        first = self._first[row]
        return self._vectors[first : first + self._many[row]].astype(np.float32)

    def likeness(self, query: NDArray[np.float32], rows: Rows) -> Scores:
        """The best cosine of a unit vector with the vectors of each of these rows; 0 for rows not read yet."""
        known = rows[rows < len(self._many)]
        out = np.zeros(len(rows), np.float32)
        if not len(known) or not self._used:
            return out
        place = np.flatnonzero(rows < len(self._many))
        many = self._many[known]
        most = int(many.max(initial=0))
        if len(known) > _EXACT_UP_TO:
            return self._rough_likeness(query, rows)
        for nth in range(most):
            some = many > nth
            cosines = self._vectors[self._first[known[some]] + nth].astype(np.float32) @ query
            at = place[some]
            out[at] = np.maximum(out[at], cosines)
        return out

    def _rough_likeness(self, query: NDArray[np.float32], rows: Rows) -> Scores:
        """Likeness in a few coordinates for all, exactly for those that come out best."""
        rough = self._rough[: self._used] @ (query @ self._turn)
        by_row = np.full(max(int(rows.max()) + 1, len(self._many)), 0, np.float32)
        np.maximum.at(by_row, self._owner[: self._used], rough)
        out = np.asarray(by_row[rows] * 0.5, np.float32)
        best = np.argpartition(out, -1_000)[-1_000:]
        out[best] = self.likeness(query, rows[best])
        return out


def _rotation(width: int) -> NDArray[np.float32]:
    """A fixed random projection that keeps angles roughly (Johnson and Lindenstrauss)."""
    drawn = np.random.default_rng(7).standard_normal((width, _ROUGH))
    return np.asarray(drawn / np.sqrt(_ROUGH), np.float32)


def sentences_of(product: IndexedProduct) -> list[str]:
    """What is read of a product for its meaning: in each language title, kind, tags, attributes, first sentences."""
    out = []
    for language, title in product.title.items():
        said = [title, product.category.get(language, "")]
        said += [a["value"].get(language, "") for a in product.attributes[:6]]
        said += sentences(plain_text(product.description.get(language, "")))[:2]
        out.append(". ".join(part for part in said if part)[:220])
    return out

"""Texts that ask much the same, put together by their meaning."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from dangol.contracts.embedder import Embedder, Vectors
from dangol.kernel.ids import fingerprint

ALIKE = 0.62  # cosine; average over a group
_KEPT = 20_000  # vectors of texts read before
_MOST_AT_ONCE = 3_000  # the table of distances grows with the square
_BATCH = 256


class Likeness:
    """Vectors of texts, kept under a fingerprint of the text and never with the text itself."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, NDArray[np.float16]] = OrderedDict()

    async def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row for each text, unit length."""
        return await asyncio.to_thread(self._vectors, texts)

    async def groups(self, texts: Sequence[str]) -> list[list[int]]:
        """Texts that are alike, as places in `texts`: the largest group first, the most typical text of each first."""
        vectors = await self.vectors(texts)
        return await asyncio.to_thread(grouped, vectors)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        keys = [fingerprint(text) for text in texts]
        unknown = [at for at, key in enumerate(keys) if key not in self._kept]
        found: dict[str, NDArray[np.float16]] = {}
        for start in range(0, len(unknown), _BATCH):
            batch = unknown[start : start + _BATCH]
            read = self._embedder.embed([texts[at] for at in batch]).astype(np.float16)
            found.update(zip((keys[at] for at in batch), read, strict=True))
        rows = [found[key] if key in found else self._kept[key] for key in keys]
        self._kept.update(found)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return np.asarray(rows, np.float32).reshape(len(texts), self._embedder.width)


def grouped(vectors: Vectors, alike: float = ALIKE) -> list[list[int]]:
    """Places of vectors (n, width) that are alike: agglomerative clustering by average linkage on cosine distance.

    Above 3,000 the first 3,000 are clustered and the others join the nearest group, if it is near enough. The
    largest group comes first; in a group, whatever is nearest to its middle.
    """
    count = len(vectors)
    if count == 0:
        return []
    first = min(count, _MOST_AT_ONCE)
    groups = _clustered(vectors[:first], alike)
    if count > first:
        _join(groups, vectors, first, alike)
    ordered = [_typical_first(vectors, group) for group in groups]
    return sorted(ordered, key=lambda group: (-len(group), group[0]))


def _clustered(vectors: Vectors, alike: float) -> list[list[int]]:
    if len(vectors) == 1:
        return [[0]]
    distances = np.clip(1.0 - vectors @ vectors.T, 0.0, 2.0)
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform((distances + distances.T) / 2, checks=False), method="average")
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(fcluster(tree, t=1.0 - alike, criterion="distance")):
        groups.setdefault(int(label), []).append(place)
    return list(groups.values())


def _join(groups: list[list[int]], vectors: Vectors, first: int, alike: float) -> None:
    middles = np.array([_middle(vectors, group) for group in groups])
    nearest = vectors[first:] @ middles.T
    for offset, row in enumerate(nearest):
        best = int(row.argmax())
        if row[best] >= alike:
            groups[best].append(first + offset)
        else:
            groups.append([first + offset])


def _middle(vectors: Vectors, group: Sequence[int]) -> Vectors:
    middle = vectors[list(group)].mean(axis=0)
    return np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-9), np.float32)


def _typical_first(vectors: Vectors, group: list[int]) -> list[int]:
    near = vectors[group] @ _middle(vectors, group)
    return [group[at] for at in np.argsort(-near, kind="stable")]

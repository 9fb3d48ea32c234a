"""Texts that ask much the same, put together by their meaning and by the rare words they share."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, OrderedDict
from collections.abc import Sequence

import numpy as np
import scipy  # its parts are loaded when first used, and no shop waits for them when it opens
from numpy.typing import NDArray

from dangol.contracts.embedder import Embedder, Vectors
from dangol.kernel.ids import fingerprint
from dangol.kernel.words.normalising import normalise

# likeness of two texts: cosine of their vectors, and a share of that of their words weighted by rarity, as vectors know
# little of rare words ("수선", "engraving"). Over 69 labelled enquiries in 18 groups, pairs put together rightly: F1 0.61
# (by vectors alone, at the 0.62 of before: 0.48); over 52 others in 16 groups, 0.66 (0.33)
ALIKE = 0.46  # average over a group
_OF_WORDS = 0.3
_NEAR = 0.62  # cosine to the middle of a group from which on one more text joins it
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
        return await asyncio.to_thread(grouped, vectors, texts)

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


def grouped(vectors: Vectors, texts: Sequence[str]) -> list[list[int]]:
    """Places of texts that are alike: agglomerative clustering by average linkage over the likeness of their vectors
    (n, width) and of the words they share.

    Above 3,000 the first 3,000 are clustered and the others join the nearest group, if it is near enough. The
    largest group comes first; in a group, whatever is nearest to its middle.
    """
    count = len(vectors)
    if count == 0:
        return []
    first = min(count, _MOST_AT_ONCE)
    groups = _clustered(vectors[:first], texts[:first])
    if count > first:
        _join(groups, vectors, first)
    ordered = [_typical_first(vectors, group) for group in groups]
    return sorted(ordered, key=lambda group: (-len(group), group[0]))


def _clustered(vectors: Vectors, texts: Sequence[str]) -> list[list[int]]:
    if len(vectors) == 1:
        return [[0]]
    distances = np.clip(1.0 - vectors @ vectors.T - _OF_WORDS * _words_shared(texts), 0.0, 2.0)
    np.fill_diagonal(distances, 0.0)
    hierarchy, condensed = scipy.cluster.hierarchy, scipy.spatial.distance.squareform
    tree = hierarchy.linkage(condensed((distances + distances.T) / 2, checks=False), method="average")
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(hierarchy.fcluster(tree, t=1.0 - ALIKE, criterion="distance")):
        groups.setdefault(int(label), []).append(place)
    return list(groups.values())


def _words_shared(texts: Sequence[str]) -> Vectors:
    """How much of their words texts share (n, n), 0 to 1: cosine over pieces weighted by inverse document frequency."""
    pieces = [_pieces(text) for text in texts]
    counts = Counter(piece for some in pieces for piece in some)
    columns = {piece: at for at, piece in enumerate(counts)}
    weights = {piece: float(np.log((len(texts) + 1) / count)) for piece, count in counts.items()}
    rows = []
    for some in pieces:
        length = max(1e-9, sum(weights[piece] ** 2 for piece in some) ** 0.5)
        rows.append({columns[piece]: weights[piece] / length for piece in some})
    places = [(at, column) for at, row in enumerate(rows) for column in row]
    table = scipy.sparse.csr_matrix(
        (
            [rows[at][column] for at, column in places],
            ([at for at, _ in places], [column for _, column in places]),
        ),
        shape=(len(texts), max(1, len(columns))),
        dtype=np.float32,
    )
    return np.asarray((table @ table.T).toarray(), np.float32)


def _pieces(text: str) -> set[str]:
    """Korean letter pairs free of spacing, and the beginnings of other words; those of any question left out."""
    plain = normalise(text)
    korean = "".join(re.findall(r"[가-힣]+", plain))
    return (_pairs(korean) | {word[:6] for word in re.findall(r"[a-z0-9]+", plain)}) - _OF_ANY


def _pairs(korean: str) -> set[str]:
    return {korean[at : at + 2] for at in range(len(korean) - 1)}


# how questions begin and end: in a small pile they look rare
_ENDINGS = (
    "할수있나요", "할수있어요", "수있을까요", "되나요", "될까요", "돼요", "해주시나요", "주실수있나요", "인가요", "있나요",
    "없나요", "어떻게하나요", "해주세요",
)  # fmt: skip
_BEGINNINGS = (
    "can", "could", "do", "does", "is", "are", "you", "your", "i", "my", "the", "a", "an", "to", "of", "on", "in", "for",
    "how", "what", "when", "please",
)  # fmt: skip
_OF_ANY = frozenset([*_BEGINNINGS, *(pair for ending in _ENDINGS for pair in _pairs(ending))])


def _join(groups: list[list[int]], vectors: Vectors, first: int) -> None:
    middles = np.array([_middle(vectors, group) for group in groups])
    nearest = vectors[first:] @ middles.T
    for offset, row in enumerate(nearest):
        best = int(row.argmax())
        if row[best] >= _NEAR:
            groups[best].append(first + offset)
        else:
            groups.append([first + offset])


def _middle(vectors: Vectors, group: Sequence[int]) -> Vectors:
    middle = vectors[list(group)].mean(axis=0)
    return np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-9), np.float32)


def _typical_first(vectors: Vectors, group: list[int]) -> list[int]:
    near = vectors[group] @ _middle(vectors, group)
    return [group[at] for at in np.argsort(-near, kind="stable")]

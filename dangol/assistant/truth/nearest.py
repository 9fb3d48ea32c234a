"""Which sentences of the articles speak most of what a model's sentence speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.likeness import CONCEPTS
from dangol.assistant.truth.parts import Part, Written, parts_of, read_article

_MOST = 2  # sentences of articles told for one of the model's
TELLING = frozenset(
    {"money", "percent", "span", "time", "number", "weekday", "date"}
)  # a figure that is seldom the same by chance
SECOND = 2  # what a second one must tell beside the first


def nearest(said: tuple[Part, ...], written: list[Written]) -> Iterator[Written]:
    """The sentences that speak most of what was said, in the order of the articles."""
    left = frozenset[object]().union(*(part.things | part.figures for part in said))
    chosen: list[int] = []
    while len(chosen) < _MOST:
        shared = [left & each.all for each in written]
        kinds = _kinds(left)
        best = max(range(len(written)), key=lambda at: _nearness(shared[at], kinds, written[at]))
        if not _is_near(shared[best]) or (chosen and weight(shared[best]) < SECOND):
            break
        chosen.append(best)
        left -= shared[best]
    return (written[at] for at in sorted(chosen))


def _nearness(shared: frozenset[object], kinds: frozenset[object], sentence: Written) -> tuple[int, bool]:
    """How much is shared; of two that share as much the one with a figure of the kinds that are left to tell."""
    if not shared or not _is_near(shared):
        return 0, False
    return weight(shared), not kinds.isdisjoint(sentence.kinds)


def _is_near(shared: frozenset[object]) -> bool:
    figures = [each for each in shared if isinstance(each, tuple)]
    telling = len(figures) != len(shared) or len(figures) > 1 or any(each[0] in TELLING for each in figures)
    return bool(shared) and telling


def are_near_enough(
    said: tuple[Part, ...], found: Sequence[Written], *, of_a_rule: bool, loosely: bool
) -> bool:
    """Whether sentences of articles speak enough of what was said to be told in its place (see `proving.instead_of`)."""
    mine = frozenset[object]().union(*(part.things | part.figures for part in said))
    theirs = frozenset[object]().union(*(each.all for each in found))
    return (
        mostly(mine, theirs, 3)
        or mostly(_bare(mine), theirs, 3)
        or _has_its_figures(mine, theirs)
        or (loosely and _tells_its_kinds(mine, theirs))
        or (of_a_rule and bool(mine & theirs))
    )


def weight(shared: frozenset[str] | frozenset[object]) -> int:
    """A thing of the shops' own and a figure tell twice as much as a word by its beginning."""
    return sum(2 if isinstance(each, tuple) or each in CONCEPTS else 1 for each in shared)


def is_mostly_of(sentence: str, told: str) -> bool:
    """Whether what is told in its place has most of the things a sentence speaks of, and what they cost if it tells that."""
    mine, theirs = (
        frozenset[object]().union(*(part.things | part.figures for part in parts_of(each)))
        for each in (sentence, told)
    )
    costs = {"money"} & _kinds(mine) <= _kinds(theirs)
    return costs and len(_bare(mine) & theirs) > 1 and mostly(_bare(mine), theirs)


def has_its_figures(sentence: str, told: str) -> bool:
    """Whether what was told has every figure of a sentence, and so says all that could be said in its place."""
    mine, theirs = (
        frozenset[object]().union(*(part.figures for part in parts_of(each))) for each in (sentence, told)
    )
    return bool(mine) and mine <= theirs


def follows_in_its_article(sentence: str, told: str, evidence: Evidence) -> str | None:
    """The sentence of the article told last that has every figure of one that follows on it, and most of its words.

    "The Dart is for children. It's meant for six to eleven."
    """
    said = parts_of(sentence)
    mine = frozenset[object]().union(*(part.figures for part in said))
    words = frozenset[object]().union(*(part.things for part in said))
    of_it = [each for article in evidence.articles if told in article for each in read_article(article)]
    having = [each for each in of_it if mine <= each.all] if mine else []
    return max(having, key=lambda each: weight(words & each.all)).text if having else None


def mostly(mine: frozenset[object], theirs: frozenset[object], part: int = 2) -> bool:
    """Whether at least one `part` of what is spoken of is spoken of there too: a half, a third."""
    return part * weight(mine & theirs) >= weight(mine) > 0


def _has_its_figures(mine: frozenset[object], theirs: frozenset[object]) -> bool:
    figures = mine - _bare(mine)
    return bool(figures) and figures <= theirs and bool(_bare(mine) & theirs)


def _tells_its_kinds(mine: frozenset[object], theirs: frozenset[object]) -> bool:
    """Whether what is told speaks of something of it, and has a figure of each of its telling kinds."""
    kinds = _kinds(mine) & TELLING
    return bool(kinds) and kinds <= _kinds(theirs) and bool(_bare(mine) & theirs)


def _kinds(mine: frozenset[object]) -> frozenset[object]:
    return frozenset(each[0] for each in mine if isinstance(each, tuple))


def _bare(mine: frozenset[object]) -> frozenset[object]:
    return frozenset(each for each in mine if not isinstance(each, tuple))

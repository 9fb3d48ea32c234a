"""The shop floor's words for kinds of goods, as a tree: sneakers are shoes, running shoes are sneakers."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.kernel.words.normalising import normalise
from dangol.kernel.words.vocabulary import Match, Vocabulary, parents, vocabulary

Place = tuple[str, int, int]  # slug, start, end

# what a bag of these is: no bag that anybody carries
_BAGGED = frozenset({"vacuum-cleaners", "trash-bins", "food-containers", "frozen-food", "coffee-makers"})


# "one with a lid" names what goods have, and no goods
_HAS_ONE = re.compile(r"\b(?:with|has|having|and|its|it's|the)\b|(?:달린|있는|없는|이랑|하고)\s")
_NOTHING_MORE = re.compile(
    r"(?:e?s)?(?:은|는|이|가|도|을|를)?(?:\s?(?:있|없|팔|파는|주세|줘|보여|추천|찾|살|사고|구해|pl(?:ea)?[sz]e?|for sale|in stock|available|요|여|좀)[가-힣a-z]*)*[\s?.!~]*"
)


def words() -> Vocabulary:
    """The table of categories, read once."""
    return vocabulary("categories")


def find(text: str) -> list[Match]:
    """Every kind of goods named in a text, in the order said."""
    return words().find(text)


def wider(slug: str) -> list[str]:
    """The categories that hold this one, nearest first (running-shoes → sneakers, shoes)."""
    return parents(words().rows, slug)


def is_within(slug: str, other: str) -> bool:
    """Whether a category is the other one or lies in it."""
    return slug == other or other in wider(slug)


def narrower(slug: str) -> list[str]:
    """The categories directly under this one."""
    return [row.slug for row in words().rows.values() if row.parent == slug]


def themselves(text: str, goods: Sequence[Place]) -> list[Place]:
    """Of the goods named in a plain text those that are meant themselves: "bike helmet" is a helmet and no bike, "coffee
    filters" are no coffee, "vacuum cleaner bags" neither a vacuum cleaner nor a bag."""
    if len(goods) == 0:
        return []
    parts = vocabulary("parts").find_plain(text)
    kept = [one for one in goods if not _says_what_for(text, one, goods, parts)]
    bags = {start for slug, start, _ in goods if slug == "bags"}
    bagged = {end + 1 for slug, _, end in goods if slug in _BAGGED}
    return [one for one in kept if one[0] != "bags" or not bags & bagged & {one[1]}]


def part_for(text: str) -> tuple[str, tuple[str, ...]] | None:
    """A thing for goods that a plain text ends with: the words that say for which goods, and every word for the thing
    ("laptop stand": "laptop", and stand, holder, mount …); None where it ends with none, or names it alone."""
    table = vocabulary("parts")
    slug, start, end = max(table.find_plain(text), key=lambda one: one[2], default=("", 0, 0))
    before = text[:start].strip()
    if not before or text[end:].strip():
        return None
    return before, (*table.rows[slug].ko, *table.rows[slug].en)


def thing_alone(text: str) -> tuple[str, ...]:
    """Every word for the thing that a plain text asks for by itself ("straws"); () where it names other goods or none."""
    table = vocabulary("parts")
    found = table.find_plain(text)
    if len(found) != 1 or words().find_plain(text):
        return ()
    slug, start, end = found[0]
    if _HAS_ONE.search(text[:start]) or not _NOTHING_MORE.fullmatch(text[end:]):
        return ()
    row = table.rows[slug]
    return (*row.ko, *row.en)


def is_thing(title: str, names: Sequence[str]) -> bool:
    """Whether goods of this title are such a thing, and not other goods that have one: a straw flask is no straw."""
    plain = normalise(title)
    for name in names:
        end = r"(?:'?e?s)?(?![a-z])" if name.isascii() else ""
        for found in re.finditer(rf"(?<![a-z]){re.escape(name)}{end}", plain):
            if not words().find_plain(plain[found.end() :]):
                return True
    return False


def _says_what_for(text: str, one: Place, goods: Sequence[Place], parts: Sequence[Place]) -> bool:
    """Whether a kind of goods only says what the next word is for: in English one of them right before another word for
    goods, in both languages right before a part. In Korean a top says how the garment after it is cut ("후드 패딩")."""
    slug, start, end = one
    after = {end, end + 1} if text[end : end + 1] == " " else {end}
    if text[end - 1].isascii():
        if text[start:end].endswith("s") and not text[start:end].endswith("ss"):
            return False  # "shoes bags" are both
        return any(other[1] in after - {end} for other in (*goods, *parts))
    if is_within(slug, "tops") and any(other[1] in after and _is_cut_so(other[0]) for other in goods):
        return True
    return any(other[1] in after and other[2] > end for other in parts)


def _is_cut_so(slug: str) -> bool:
    return any(is_within(slug, kind) for kind in ("outerwear", "dresses"))

"""The shop floor's words for kinds of goods, as a tree: sneakers are shoes, running shoes are sneakers."""

from __future__ import annotations

from collections.abc import Sequence

from dangol.kernel.words.vocabulary import Match, Vocabulary, parents, vocabulary

Place = tuple[str, int, int]  # slug, start, end

# what a bag of these is: no bag that anybody carries
_BAGGED = frozenset({"vacuum-cleaners", "trash-bins", "food-containers", "frozen-food", "coffee-makers"})


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


def _says_what_for(text: str, one: Place, goods: Sequence[Place], parts: Sequence[Place]) -> bool:
    """Whether a kind of goods only says what the next word is for: in English one of them right before another word for
    goods, in both languages right before a part."""
    _, start, end = one
    after = {end, end + 1} if text[end : end + 1] == " " else {end}
    if text[end - 1].isascii():
        if text[start:end].endswith("s") and not text[start:end].endswith("ss"):
            return False  # "shoes bags" are both
        return any(other[1] in after - {end} for other in (*goods, *parts))
    return any(other[1] in after and other[2] > end for other in parts)

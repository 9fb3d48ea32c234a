"""The shop floor's words for kinds of goods, as a tree: sneakers are shoes, running shoes are sneakers."""

from dangol.kernel.words.vocabulary import Match, Vocabulary, parents, vocabulary


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

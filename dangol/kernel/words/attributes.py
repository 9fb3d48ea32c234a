"""The shop floor's words for attributes, in Korean and English."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from collections.abc import Iterator, Sequence

from dangol.kernel.words import categories
from dangol.kernel.words.vocabulary import Match, Vocabulary, vocabulary

Place = tuple[str, int, int]  # slug, start, end

_BEFORE = (
    ("wide-fit", re.compile(r"\bwide\b(?:\s(?!and\b|or\b|for\b)[a-z]+)?\s*$|(?:넓은|와이드)\s?(?:[가-힣]+\s)?$")),
    ("narrow-fit", re.compile(r"\bnarrow\b(?:\s(?!and\b|or\b|for\b)[a-z]+)?\s*$|좁은\s?(?:[가-힣]+\s)?$")),
)  # fmt: skip
_AFTER = (
    ("wide-fit", re.compile(r"\s?(?:in |that (?:are|is) |with a )?(?:extra )?wide\b(?!\s(?:range|selection|variety))|(?:은|는|이|가)?\s?(?:볼\s?|폭\s?)?(?:이\s?)?넓은")),
    ("narrow-fit", re.compile(r"\s?(?:in |that (?:are|is) |with a )?(?:extra )?narrow\b|(?:은|는|이|가)?\s?(?:볼\s?|폭\s?)?(?:이\s?)?좁은")),
)  # fmt: skip


def words() -> Vocabulary:
    """The table of attributes, read once."""
    return vocabulary("attributes")


def find(text: str) -> list[Match]:
    """Every attribute named in a text, in the order said."""
    return words().find(text)


def widths(text: str, goods: Sequence[Place]) -> Iterator[Place]:
    """ "Wide" and "narrow" said of shoes in a plain text: how wide they fit, and no measure of any other thing."""
    for slug, start, end in goods:
        if not categories.is_within(slug, "shoes"):
            continue
        for width, before in _BEFORE:
            if (said := before.search(text[:start])) is not None:
                yield width, said.start(), start - (text[start - 1 : start] == " ")
        for width, after in _AFTER:
            if (said := after.match(text, end)) is not None:
                yield width, end, said.end()

"""The shop floor's words for colours, in Korean and English."""

from dangol.kernel.words.vocabulary import Match, Vocabulary, vocabulary


def words() -> Vocabulary:
    """The table of colours, read once."""
    return vocabulary("colours")


def find(text: str) -> list[Match]:
    """Every colour named in a text, in the order said."""
    return words().find(text)

"""The shop floor's words for seasons, in Korean and English."""

from dangol.kernel.words.vocabulary import Match, Vocabulary, vocabulary


def words() -> Vocabulary:
    """The table of seasons, read once."""
    return vocabulary("seasons")


def find(text: str) -> list[Match]:
    """Every season named in a text, in the order said."""
    return words().find(text)

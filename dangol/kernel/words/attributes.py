"""The shop floor's words for attributes, in Korean and English."""

from dangol.kernel.words.vocabulary import Match, Vocabulary, vocabulary


def words() -> Vocabulary:
    """The table of attributes, read once."""
    return vocabulary("attributes")


def find(text: str) -> list[Match]:
    """Every attribute named in a text, in the order said."""
    return words().find(text)

"""The shop floor's words for materials, in Korean and English."""

from dangol.kernel.words.vocabulary import Match, Vocabulary, vocabulary


def words() -> Vocabulary:
    """The table of materials, read once."""
    return vocabulary("materials")


def find(text: str) -> list[Match]:
    """Every material named in a text, in the order said."""
    return words().find(text)

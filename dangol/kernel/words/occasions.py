"""The shop floor's words for occasions, in Korean and English."""

from dangol.kernel.words.vocabulary import Match, Vocabulary, vocabulary


def words() -> Vocabulary:
    """The table of occasions, read once."""
    return vocabulary("occasions")


def find(text: str) -> list[Match]:
    """Every occasion named in a text, in the order said."""
    return words().find(text)

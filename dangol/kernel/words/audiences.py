"""The shop floor's words for audiences, in Korean and English."""

from dangol.kernel.words.vocabulary import Match, Vocabulary, vocabulary


def words() -> Vocabulary:
    """The table of audiences, read once."""
    return vocabulary("audiences")


def find(text: str) -> list[Match]:
    """Every audience named in a text, in the order said."""
    return words().find(text)

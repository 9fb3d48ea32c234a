"""What a thing is to do, said with a verb and no name of goods: "화장 지우는 거", "something to stay cool in bed"."""

from collections.abc import Sequence

from dangol.kernel.words.vocabulary import Match, Vocabulary, vocabulary

Place = tuple[str, int, int]  # slug, start, end


def words() -> Vocabulary:
    """The table of purposes, read once."""
    return vocabulary("purposes")


def find(text: str) -> list[Match]:
    """Every purpose named in a text, in the order said."""
    return words().find(text)


def goods_beside(goods: Sequence[Place], purposes: Sequence[Place]) -> list[Place]:
    """The goods named outside of purposes: "charge my phone" asks for no phone, "화장지우는 거" for no tissues (화장지)."""
    return [one for one in goods if not any(start < one[2] and one[1] < end for _, start, end in purposes)]

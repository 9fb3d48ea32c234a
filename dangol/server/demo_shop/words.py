"""Two-language texts and the vocabulary that every department file draws on."""

from functools import cache
from pathlib import Path
from typing import Any, TypedDict

import yaml

DATA = Path(__file__).parent / "data"


class Words(TypedDict):
    """One text in Korean and English."""

    ko: str
    en: str


def split_words(text: str) -> Words:
    """Read "한국어 | English"; a text without a bar is the same in both languages."""
    korean, bar, english = text.partition(" | ")
    return Words(ko=korean.strip(), en=english.strip() if bar else korean.strip())


def read_data(name: str) -> Any:
    """Read one data file of the demo shop, by its path below `data/`."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def vocabulary() -> dict[str, dict[str, str]]:
    """The shared words: brands, categories, facts, origins, care, water, audiences, seasons, colours."""
    found: dict[str, dict[str, str]] = read_data("vocabulary.yaml")
    return found


def word(table: str, slug: str) -> Words:
    """Look a word up: `word("brands", "nuri")`; an unknown one is a mistake in a data file."""
    return split_words(vocabulary()[table][slug])


def colour(slug: str) -> tuple[Words, str]:
    """A colour's name in both languages and its sRGB value, six hexadecimal digits."""
    korean, english, code = (part.strip() for part in vocabulary()["colours"][slug].split("|"))
    return Words(ko=korean, en=english), code

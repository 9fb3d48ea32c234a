"""English words of the shop floor as people misspell them ("sneekers", "blankit", "umbrela"), put right before a message
is read, so that tables, spoken sizes and the intents all see the word that was meant."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from dangol.assistant.understanding.corpus import training_examples, words_of
from dangol.assistant.understanding.keyboard import is_english_word
from dangol.kernel.words.hangul import edit_distance
from dangol.kernel.words.normalising import Normalised
from dangol.kernel.words.vocabulary import vocabulary, word_list

_TABLES = ("categories", "colours", "materials", "attributes", "occasions", "topics")
_SPELT = tuple(
    (re.compile(written), said)
    for written, said in (
        ("ph", "f"), ("c(?=[eiy])", "s"), ("qu|ck|[cq]", "k"), ("x", "ks"), ("z", "s"), ("dge|g(?=[eiy])", "j"), ("gh", ""),
        ("^kn", "n"), ("^wr", "r"), (r"(?<=.)[aeiouyhw]", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_SHORTEST = 4  # letters of a word that a slip can still be told from
# so short a word must sound alike, or have the same letters in another order; a shorter one the latter
_SHORT = 5
_STEM = 3
_MOST_SLIPS = 2
_OFTEN = 3  # messages of the corpus that hold a word of everyday shop talk ("cancel", "parcel")
_LONG = 7  # from here on a word that sounds alike may be two slips away
_TOKEN = re.compile(r"(?<![a-z0-9@._/#'-])[a-z]{4,20}(?![a-z0-9@_/#-]|'[a-z]|\.[a-z])")


def mended(plain: Normalised, typed: str, is_name: Callable[[str], bool]) -> Normalised:
    """The message with misspelt words of the shop floor put right; places still point at what was typed.

    `is_name` says whether a word stands in a name of the shop's own, which is never taken for a slip; nor is a word with
    a capital within a sentence.
    """
    changes = []
    for match in _TOKEN.finditer(plain.text):
        meant = meant_by(match.group())
        first = plain.origin(*match.span())[0]
        capital = bool(first) and typed[first].isupper() and not typed.isupper()
        if meant is not None and not is_name(match.group()) and not capital:
            changes.append((*match.span(), meant))
    return plain.rewritten(changes)


@lru_cache(maxsize=65536)
def meant_by(word: str) -> str | None:
    """The known word that a misspelt one stands for; None for a word that means itself or nothing known."""
    if any(form in _meaning_themselves() for form in _stems(word)) or is_english_word(word):
        return None
    near = {other for hole in _holes(word) for other in _by_hole().get(hole, ())}
    near |= set(_by_sound().get(_spoken(word), ()))
    if _plural(word) in near:
        return None  # "bottom" is the one of which there are bottoms
    return min(
        (other for other in near if _could_be(word, other)),
        key=lambda other: _farness(word, other),
        default=None,
    )


def _farness(word: str, other: str) -> tuple[int, bool, bool, int, str]:
    """How little a word looks like the other: slips, then whether letters changed at all, then how it sounds."""
    slips = edit_distance(word, other, _MOST_SLIPS)
    return slips, sorted(word) != sorted(other), _spoken(word) != _spoken(other), -_known()[other], other


def _could_be(word: str, other: str) -> bool:
    """Whether one word can be the other by a slip; hardly anybody misses the first letter."""
    if word[0] != other[0] and sorted(word[:2]) != sorted(other[:2]):
        return False
    slips, alike = edit_distance(word, other, _MOST_SLIPS), _spoken(word) == _spoken(other)
    if len(other) <= _SHORT:
        return slips == 1 and ((alike and len(other) == _SHORT) or sorted(word) == sorted(other))
    return slips == 1 or (slips == 2 and alike and len(other) >= _LONG)


@lru_cache(maxsize=65536)
def _spoken(word: str) -> str:
    """The consonants of an English word as they are said ("headfones" and "headphones" are hdfns)."""
    for written, said in _SPELT:
        word = written.sub(said, word)
    return word


_DOUBLES = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")  # "run" is written with two n in "running"


def _stems(word: str) -> Iterator[str]:
    """A word, and what it may be a form of ("wins", "traded", "racing" of "win", "trade", "race")."""
    yield word
    for ending in ("s", "es", "d", "r"):
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            yield word.removesuffix(ending)
    for ending in ("ing", "ed", "er"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _STEM and not _DOUBLES.fullmatch(stem):
            yield stem
    if word.endswith("ing"):
        yield f"{word[:-3]}e"


def _plural(word: str) -> str:
    if word.endswith("y"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("ss", "x", "ch", "sh")) else f"{word}s"


@cache
def _shop_floor() -> frozenset[str]:
    """Every English word of the tables, kinds of goods in the plural, too."""
    found = set()
    for name in _TABLES:
        for row in vocabulary(name).rows.values():
            for phrase in row.en:
                words = re.findall(r"[a-z]+", phrase.lower())
                found.update(words)
                if name == "categories" and words and not re.search("[^s]s$", words[-1]):
                    found.add(_plural(words[-1]))
    return frozenset(found)


@cache
def _written() -> Counter[str]:
    """The words of the corpus as they are spelt right, and in how many messages they stand."""
    return Counter(
        word
        for example in training_examples()
        if example.language == "en" and not {"typo", "slang"} & set(example.tags)
        for word in set(re.findall(r"[a-z]+", words_of(example).lower()))
    )


@cache
def _known() -> Counter[str]:
    """The words that may be meant, by how often the corpus has them."""
    often = {word for word, count in _written().items() if count >= _OFTEN}
    return Counter({word: _written()[word] for word in often | _shop_floor() if len(word) >= _SHORTEST})


@cache
def _meaning_themselves() -> frozenset[str]:
    """Words that are right as they are: those of the corpus, of the tables, and English ones a slip away from them."""
    return frozenset(_written()) | _shop_floor() | word_list("no_slips")


@cache
def _by_hole() -> dict[str, list[str]]:
    return _indexed((hole, word) for word in _known() for hole in _holes(word))


@cache
def _by_sound() -> dict[str, list[str]]:
    return _indexed((_spoken(word), word) for word in _known() if len(word) >= _LONG)


def _indexed(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, word in pairs:
        found[key].append(word)
    return dict(found)


def _holes(word: str) -> set[str]:
    """A word and what is left of it with any one letter missing."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}

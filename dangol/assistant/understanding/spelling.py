"""Names of the shop as people misspell them: slips of the finger, the other script, shortened sounds."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from dangol.assistant.understanding.corpus import training_examples, words_of
from dangol.assistant.understanding.keyboard import is_english_word
from dangol.kernel.words import hangul
from dangol.kernel.words.vocabulary import vocabulary, word_list

_TABLES = (
    "categories",
    "colours",
    "materials",
    "attributes",
    "audiences",
    "occasions",
    "seasons",
    "topics",
    "reasons",
    "sorts",
    "parts",
)
_CONSONANTS = {
    **dict.fromkeys("ㄱㄲㅋgkqc", "k"), **dict.fromkeys("ㄷㄸㅌdt", "t"), **dict.fromkeys("ㅂㅃㅍbpfv", "p"),
    **dict.fromkeys("ㅅㅆs", "s"), **dict.fromkeys("ㅈㅉㅊjz", "c"), **dict.fromkeys("ㄹlr", "l"), "ㅁ": "m", "m": "m",
    "ㄴ": "n", "n": "n", "x": "ks",
}  # fmt: skip
_ENGLISH_SOUNDS = (("sch", "s"), ("sh", "s"), ("ch", "j"), ("ph", "f"), ("th", "s"), ("ck", "k"), ("ce", "s"), ("ci", "si"), ("cy", "si"), ("gh", ""), ("kn", "n"), ("wr", "r"), ("qu", "k"), ("dge", "j"), ("tion", "sn"))  # fmt: skip


@cache
def _ordinary_words() -> frozenset[str]:
    words: set[str] = set()
    for name in _TABLES:
        for row in vocabulary(name).rows.values():
            for phrase in (*row.ko, *row.en):
                words.update(re.findall(r"[a-z]+|[가-힣]+", phrase.lower()))
    for example in training_examples():
        for token in re.findall(r"[가-힣]{2,}", words_of(example)):
            words.update((token, hangul.strip_particles(token)))
    return frozenset(words) - word_list("brand_words")


def is_ordinary(word: str) -> bool:
    """Whether a word is everyday language or a common word of the shop floor, so no name by itself."""
    return (
        word in _ordinary_words()
        or is_english_word(word)
        or word.isdigit()
        or word in word_list("korean_words")
    )


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The consonants of a name as they sound, the same in both scripts (나이키, nike, 나잌 → nk)."""
    if any(hangul.is_korean(char) for char in word):
        parts = [_korean_sound(char) for char in word]
        return re.sub(r"(.)\1+", r"\1", "".join(parts))
    plain = word.lower()
    for written, said in _ENGLISH_SOUNDS:
        plain = plain.replace(written, said)
    letters = [_CONSONANTS.get(char, "") for char in plain]
    return re.sub(r"(.)\1+", r"\1", "".join(letters))


def _korean_sound(char: str) -> str:
    if not hangul.is_syllable(char):
        return _CONSONANTS.get(char, "")
    first, _, final = hangul.split_syllable(char)
    last = "n" if final == "ㅇ" else "".join(_CONSONANTS.get(part, "") for part in hangul.decompose(final))
    return _CONSONANTS.get(first, "") + last


def _grams(word: str) -> set[str]:
    letters = f"^{hangul.decompose(word)}$"
    return {letters[at : at + 3] for at in range(len(letters) - 2)}


def allowed_slips(word: str) -> int:
    """How many keystrokes a misspelt name may be away, by its length in letters."""
    length = len(hangul.decompose(word))
    return 0 if length < 5 else 1 if length < 9 else 2


class Speller:
    """Finds the name meant by a misspelt word. `names` are brands and branches, `words` the words of product names."""

    def __init__(self, names: Mapping[str, object], words: Iterable[str] = ()):
        self._names = frozenset(names)
        self._by_sound: dict[str, list[str]] = {}
        for name in self._names:
            if len(sound(name)) >= 2 and not name.isdigit():
                self._by_sound.setdefault(sound(name), []).append(name)
        self._name_grams = _index(sorted(self._names))
        self._word_grams = _index(sorted(word for word in words if len(hangul.decompose(word)) >= 5))

    def name_for(self, token: str) -> str | None:
        """The brand or branch meant by a token that is none as written, or None."""
        if len(token) < 2 or is_ordinary(token) or not self._names:
            return None
        return self._name_grams.nearest(token) or self._same_sound(token)

    def _same_sound(self, token: str) -> str | None:
        for name in self._by_sound.get(sound(token), []):
            if token.isascii() == name.isascii() and not _is_short_form(token, name):
                continue
            if len(sound(token)) >= 3 or (len(token) >= 2 and _close_vowels(token, name)):
                return name
        return None

    def word_for(self, token: str) -> str | None:
        """The word of a product name meant by a misspelt token, or None."""
        return self._word_grams.nearest(token)


def _is_short_form(token: str, name: str) -> bool:
    return not token.isascii() and not name.isascii() and len(token) < len(name) and token[0] == name[0]


_VOWELS = {
    "ㅏ": "a",
    "ㅑ": "a",
    "ㅐ": "e",
    "ㅔ": "e",
    "ㅓ": "o",
    "ㅕ": "o",
    "ㅗ": "o",
    "ㅛ": "o",
    "ㅜ": "u",
    "ㅠ": "u",
    "ㅡ": "u",
    "ㅣ": "i",
}


def _romanised(word: str) -> str:
    """A word as it sounds, roughly, in Latin letters: the long vowels of English spelt out, a last vowel left off."""
    if word.isascii():
        plain = re.sub(r"i([b-df-hj-np-tv-z])e$", r"ai\1", word.lower())
        plain = re.sub(r"a([b-df-hj-np-tv-z])e$", r"ei\1", plain)
    else:
        plain = "".join(_VOWELS.get(char) or _CONSONANTS.get(char, "") for char in hangul.decompose(word))
    plain = "".join(_CONSONANTS.get(char, char) for char in plain)
    return plain[:-1] if len(plain) > 3 and plain[-1] in "aeiou" else plain


def _close_vowels(token: str, name: str) -> bool:
    return hangul.edit_distance(_romanised(token), _romanised(name), 1) <= 1


_KEYS = {
    key: (row, place + row / 4)
    for row, keys in enumerate(("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"))
    for place, key in enumerate(keys)
}
_SOUNDS_ALIKE = ("ㄱㅋㄲ", "ㄷㅌㄸ", "ㅂㅍㅃ", "ㅅㅆ", "ㅈㅊㅉ", "ㅐㅔ", "ㅒㅖ")
_SHORT = 7  # letters: in a word this short every letter tells


def _could_slip(token: str, word: str) -> bool:
    """Whether a short Korean word can be another one by a slip: the next key, or a letter that sounds alike.

    산지 is no 반지: those keys are far apart.
    """
    typed, meant = hangul.decompose(token), hangul.decompose(word)
    if len(typed) != len(meant) or len(typed) > _SHORT or token.isascii():
        return True
    wrong = [pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]]
    return all(_near_keys(*pair) or any(set(pair) <= set(alike) for alike in _SOUNDS_ALIKE) for pair in wrong)


def _near_keys(one: str, other: str) -> bool:
    if one not in _KEYS or other not in _KEYS:
        return False
    (row, place), (other_row, other_place) = _KEYS[one], _KEYS[other]
    return abs(row - other_row) <= 1 and abs(place - other_place) <= 1


class _Grams:
    """Words by their three-letter pieces, to find the ones near a misspelling without looking at them all."""

    def __init__(self, words: list[str]):
        self.words = words
        places: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            for gram in _grams(word):
                places.setdefault(gram, []).append(at)
        self.places: dict[str, NDArray[np.int32]] = {
            gram: np.array(rows, np.int32) for gram, rows in places.items()
        }

    def nearest(self, token: str) -> str | None:
        slips = allowed_slips(token)
        lists = sorted((self.places[gram] for gram in _grams(token) if gram in self.places), key=len)
        if not slips or not lists:
            return None
        counts = Counter(
            np.concatenate([rows for rows in lists[:6] if len(rows) < 4000] or lists[:1]).tolist()
        )
        near = [self.words[at] for at, _ in counts.most_common(12)]
        scored = [
            (hangul.jamo_distance(token, word, slips), word) for word in near if _could_slip(token, word)
        ]
        best = min(scored, default=(slips + 1, ""))
        return best[1] if best[0] <= min(slips, allowed_slips(best[1])) else None


def _index(words: list[str]) -> _Grams:
    return _Grams(words)


@cache
def goods_speller() -> Speller:
    """The speller for kinds of goods in Korean (이줄 → 이불)."""
    rows = vocabulary("categories").rows.values()
    return Speller({}, {word for row in rows for word in row.ko if " " not in word and word[0] != "^"})

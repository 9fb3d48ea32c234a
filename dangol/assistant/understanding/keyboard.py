"""Words typed with the keyboard in the other language, turned back before anything else is read."""

import math
import re
from collections import Counter
from functools import cache

from dangol.kernel.words import hangul
from dangol.kernel.words.normalising import Normalised
from dangol.kernel.words.vocabulary import vocabulary, word_list

_TABLES = ("categories", "colours", "materials", "attributes", "audiences", "occasions")


@cache
def _english_pairs() -> tuple[dict[str, float], float]:
    words = sorted(word_list("english_words")) * 2
    for name in _TABLES:
        for row in vocabulary(name).rows.values():
            words += [part for word in row.en for part in re.findall(r"[a-z]+", word)]
    pairs: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    for word in words:
        for left, right in zip(f"^{word}", f"{word}$", strict=True):
            pairs[left + right] += 1
            firsts[left] += 1
    scores = {pair: math.log((count + 0.1) / (firsts[pair[0]] + 2.8)) for pair, count in pairs.items()}
    return scores, math.log(0.1 / 400)


@cache
def _known_english() -> frozenset[str]:
    words = set(word_list("english_words"))
    for name in _TABLES:
        for row in vocabulary(name).rows.values():
            words |= {part for word in row.en for part in re.findall(r"[a-z]+", word)}
    return frozenset(words)


def is_english_word(word: str) -> bool:
    """Whether a word in lower case is common English or an English word of the shop floor."""
    return word in _known_english() or word.removesuffix("s") in _known_english()


def english_likeness(word: str) -> float:
    """How much a Latin word looks like English spelling: mean log-probability of its letter pairs, about -2 to -6."""
    scores, unseen = _english_pairs()
    pairs = [left + right for left, right in zip(f"^{word}", f"{word}$", strict=True)]
    return sum(scores.get(pair, unseen) for pair in pairs) / len(pairs)


def _korean_sound(text: str) -> bool:
    return all(hangul.is_syllable(char) and _is_common(char) for char in text)


def _is_common(syllable: str) -> bool:
    try:
        return len(syllable.encode("euc_kr")) == 2  # the 2,350 syllables in everyday use
    except UnicodeEncodeError:
        return False


def other_keyboard(token: str, known: frozenset[str] = frozenset()) -> str | None:
    """The word meant when a token was typed in the wrong keyboard mode, else None.

    `known` are words of the shop (names, brands), which are never taken for a slip.
    """
    if token.lower() in known or token.lower() in _known_english():
        return None
    if re.fullmatch(r"[A-Za-z]{3,}", token):
        turned = hangul.keys_to_hangul(token)
        foreign = english_likeness(token.lower()) < (-3.9 if re.search("[aeiouyAEIOUY]", token) else -3.0)
        return turned if turned in known or (foreign and len(turned) >= 2 and _korean_sound(turned)) else None
    return _latin_meant(token, known)


_SLANG = re.compile(r"[가-힣]*[ㄱ-ㅎ]+|[가-힣]*[ㅏ-ㅣ]+|[ㄱ-ㅎㅠㅜㅡ]+")  # ㅇㅇ, 굿ㅋㅋ, 네ㅠㅠ
_ONE_LOOSE_END = re.compile(r"[가-힣]+[ㄱㄲㄷㄸㄹ-ㅅㅈ-ㅊㅌㅍㅏ-ㅟㅢㅣ]")


def _latin_meant(token: str, known: frozenset[str]) -> str | None:
    if not re.fullmatch(r"[ㄱ-ㅣ가-힣]{2,}", token):
        return None
    if _SLANG.fullmatch(token) and not _ONE_LOOSE_END.fullmatch(token):
        return None
    turned = hangul.hangul_to_keys(token).lower()
    if not re.fullmatch(r"[a-z]{3,}", turned):
        return None
    loose = sum(hangul.is_jamo(char) for char in token)
    rare = any(hangul.is_syllable(char) and not _is_common(char) for char in token)
    if turned in known or (turned in _known_english() and (loose or rare)):
        return turned
    return turned if loose >= 2 and english_likeness(turned) > -3.4 else None


_TOKEN = re.compile(r"[A-Za-z]+|[ㄱ-ㅣ가-힣]+")


def mend(plain: Normalised, typed: str, known: frozenset[str] = frozenset()) -> Normalised:
    """The message with words of the wrong keyboard mode put right; places still point at what was typed."""
    changes = []
    for match in _TOKEN.finditer(plain.text):
        first, last = plain.origin(*match.span())
        written = typed[first:last] if typed[first:last].isalpha() else match.group()
        meant = other_keyboard(written if written.isascii() else match.group(), known)
        if meant is not None:
            changes.append((*match.span(), meant))
    return plain.rewritten(changes)

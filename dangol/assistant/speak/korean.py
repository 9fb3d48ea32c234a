"""Korean that fits the word before it and the tone the shop wants: particles, 해요체, 합쇼체."""

from __future__ import annotations

import re

_PAIRS = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이에요": ("이에요", "예요"),
    "이고": ("이고", "고"),
}
# how the last sound of a digit or a Latin letter closes when read in Korean
_DIGIT_CLOSES = {
    "0": "ㅇ",
    "1": "ㄹ",
    "2": "",
    "3": "ㅁ",
    "4": "",
    "5": "",
    "6": "ㄱ",
    "7": "ㄹ",
    "8": "ㄹ",
    "9": "",
}
_LETTER_CLOSES = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
_LATIN_WORD_CLOSES = ("b", "c", "k", "l", "m", "n", "p", "t", "ng")


def _closing(word: str) -> str:
    """The final consonant a word is heard with: "" for an open syllable, "ㄹ" for ㄹ, "ㅇ" for any other."""
    text = re.sub(r"[\s)\]\"'”’!?.,]+$", "", re.sub(r"\([^)]*\)\s*$", "", word))
    if not text:
        return ""
    last = text[-1]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return "" if final == 0 else "ㄹ" if final == 8 else "ㅇ"
    if last in _DIGIT_CLOSES:
        return _DIGIT_CLOSES[last]
    lower = text.lower()
    if last.isalpha() and (len(text) == 1 or text[-2:].isupper()):
        return _LETTER_CLOSES.get(last.lower(), "")
    if lower.endswith("l"):
        return "ㄹ"
    return "ㅇ" if lower.endswith(_LATIN_WORD_CLOSES) else ""


def with_particle(word: str, particle: str) -> str:
    """A word with the form of the particle that follows from its last sound: 티셔츠를, 신발을, 서울로, 부산으로."""
    closed, open_ = _PAIRS[particle]
    closing = _closing(word)
    if particle == "으로" and closing == "ㄹ":
        return word + open_
    return word + (closed if closing else open_)


# endings that are no plain verb form, from 해요체 to 합쇼체; longest first
_ENDINGS = (
    ("까요?", "까요?"),  # an offer is as polite as it is
    ("시겠어요?", "시겠습니까?"),
    ("건가요?", "겁니까?"),
    ("신가요?", "십니까?"),
    ("인가요?", "입니까?"),
    ("세요?", "십니까?"),
    ("거예요", "것입니다"),
    ("아니에요", "아닙니다"),
    ("이에요", "입니다"),
    ("예요", "입니다"),
    ("을게요", "겠습니다"),
    ("세요", "십시오"),
    ("네요", "습니다"),
    ("어려워요", "어렵습니다"),
    ("고마워요", "고맙습니다"),
    ("몰라요", "모릅니다"),
    ("달라요", "다릅니다"),
    ("빨라요", "빠릅니다"),
)
# what a contracted 해요체 syllable goes back to
_OPENED = dict(
    zip(
        "뻐해돼와줘봐려여져라가사나써커내쳐켜꺼춰둬",
        "쁩합됩옵줍봅립입집랍갑삽납씁큽냅칩킵끕춥둡",
        strict=True,
    )
)
_FIRST, _FINALS, _B, _L = ord("가"), 28, 17, 8  # ㅂ and ㄹ as final consonants
_LAST_WORD = re.compile(r"([가-힣]+\??)(?=[.!)]|$|\n)")


def formal(sentence: str) -> str:
    """A sentence of ours in 합쇼체; only the endings change, never a word or a figure."""
    return _LAST_WORD.sub(lambda match: _formal_word(match.group(1)), sentence)


def _formal_word(word: str) -> str:
    for plain, polite in _ENDINGS:
        if word.endswith(plain):
            return word[: -len(plain)] + polite
    asks = word.endswith("?")
    stem = word.rstrip("?")
    if not stem.endswith("요") or len(stem) < 2:
        return word
    ending = "니까?" if asks else "니다"
    before, last = stem[:-2], stem[-2]
    if last == "게" and before:  # 도와드릴게요 → 도와드리겠습니다
        return before[:-1] + _without_final(before[-1]) + ("겠습니까?" if asks else "겠습니다")
    if last in "어아" and before and _final(before[-1]):
        if _final(before[-1]) == _L:
            return before[:-1] + _with_b(before[-1]) + ending
        return before + "습" + ending
    opened = _OPENED.get(last)
    return before + opened + ending if opened else word


def _final(syllable: str) -> int:
    return (ord(syllable) - _FIRST) % _FINALS if "가" <= syllable <= "힣" else 0


def _without_final(syllable: str) -> str:
    return chr(ord(syllable) - _final(syllable)) if _final(syllable) == _L else syllable


def _with_b(syllable: str) -> str:
    return chr(ord(syllable) - _final(syllable) + _B)

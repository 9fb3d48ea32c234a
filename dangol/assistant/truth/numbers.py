"""Numbers as people write them in Korean and English: 129,000 · 12만9천 · 삼만오천 · 세 · thirty-five."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_SINO = {
    "영": 0,
    "공": 0,
    "일": 1,
    "이": 2,
    "삼": 3,
    "사": 4,
    "오": 5,
    "육": 6,
    "륙": 6,
    "칠": 7,
    "팔": 8,
    "구": 9,
}
_TENS = {"십": 10, "백": 100, "천": 1_000}
_MYRIADS = {"만": 10_000, "억": 100_000_000}
_NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "석": 3, "넉": 4,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_ENGLISH = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "million": 1_000_000, "dozen": 12}

# atomic and bounded throughout, so that no text however hostile makes the reading slow
DIGITS = r"(?<!\d)(?<!\d[,.])(?>\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?!\d)(?>\.\d{1,6})?"
# a particle is no figure: 행잉이 만원, 원두가 이 만원
_SCALED = rf"(?:{DIGITS}\s?|[일이삼사오육륙칠팔구](?=[십백천만억])|(?<![가-힣])[일이삼사오육륙칠팔구]\s)?[십백천만억]"
# 12만9천, 3만 5천, 3.5만, 만오천
KOREAN = rf"(?<![십백천만억])(?>{_SCALED}(?:\s?{_SCALED}){{0,8}})(?:{DIGITS}|[일이삼사오육칠팔구])?"
SINO = r"(?<![일이삼사오육륙칠팔구십백천])(?>[일이삼사오육륙칠팔구십백천]{1,9})"
NATIVE = (
    r"(?:(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)\s?(?:하나|한|둘|두|셋|세|넷|네|다섯|여섯|일곱|여덟|아홉)?"
    r"|스무|하나|한|둘|두|셋|세|넷|네|다섯|여섯|일곱|여덟|아홉)"
)
_WORD = "|".join([*_ENGLISH, *_SCALES])
ENGLISH = rf"\b(?:{_WORD})(?:(?:[\s-]|\sand\s)(?:{_WORD})){{0,6}}\b"


_ONE_BY_ONE = re.compile(r"[영공일이삼사오육륙칠팔구]{4,}")  # 사칠공공


@lru_cache(maxsize=4096)
def number(text: str) -> Decimal | None:
    """What a number stands for; None when it is none."""
    text = text.strip().lower()
    if re.fullmatch(DIGITS, text):
        return Decimal(text.replace(",", ""))
    if _ONE_BY_ONE.fullmatch(text):
        return Decimal("".join(str(_SINO[digit]) for digit in text))
    if text and ("가" <= text[0] <= "힣" or re.search(r"[십백천만억]", text)):
        native = _native(text)
        return native if native is not None else _korean(text)
    return _english(text)


def _native(text: str) -> Decimal | None:
    text = text.replace(" ", "")
    for tens, value in _NATIVE_TENS.items():
        if text.startswith(tens):
            rest = text[len(tens) :]
            return (
                Decimal(value + _NATIVE_ONES[rest])
                if rest in _NATIVE_ONES
                else Decimal(value)
                if not rest
                else None
            )
    return Decimal(_NATIVE_ONES[text]) if text in _NATIVE_ONES else None


def _korean(text: str) -> Decimal | None:
    total = section = Decimal(0)
    pending: Decimal | None = None
    for part in re.findall(rf"{DIGITS}|\S", text):
        if part in _TENS:
            section += (Decimal(1) if pending is None else pending) * _TENS[part]
            pending = None
        elif part in _MYRIADS:
            whole = section + (pending or 0)
            total += (whole or Decimal(1)) * _MYRIADS[part]
            section, pending = Decimal(0), None
        elif part in _SINO or part[0].isdigit():
            if pending is not None:
                return None
            pending = Decimal(_SINO[part]) if part in _SINO else Decimal(part.replace(",", ""))
        else:
            return None
    return total + section + (pending or 0)


def _english(text: str) -> Decimal | None:
    total = section = 0
    seen = False
    for word in re.findall(r"[a-z]+", text):
        if word == "and":
            continue
        if word in _ENGLISH:
            section += _ENGLISH[word]
        elif word in _SCALES:
            section = (section or 1) * _SCALES[word]
            if _SCALES[word] >= 1_000:
                total, section = total + section, 0
        else:
            return None
        seen = True
    return Decimal(total + section) if seen else None

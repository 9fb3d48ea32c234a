"""Measures however they are written: 10키로, 10 kg and 10kg are one; 1리터 is 1 l."""

from __future__ import annotations

import re

_WRITTEN = {
    "kg": "킬로그램 킬로 키로 kg", "g": "그램 g", "l": "리터 l liter liters litre litres", "ml": "밀리리터 미리 ml",
    "cm": "센티미터 센티 센치 cm", "m": "미터 m", "mm": "mm", "in": "인치 inch inches", "gb": "기가 gb", "tb": "테라 tb",
    "mah": "mah", "w": "와트 w", "oz": "온스 oz", "lb": "lb lbs pounds pound pounders pounder", "ft": "ft feet",
}  # fmt: skip
_UNITS = {word: unit for unit, words in _WRITTEN.items() for word in words.split()}
_MEASURE = re.compile(
    rf"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)[\s-]?({'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![a-z])",
    re.IGNORECASE,
)


def canonical(text: str) -> str:
    """A text in lower case with every measure written one way ("10 kg" and "10키로" → "10kg")."""
    return _MEASURE.sub(lambda found: f"{found[1].replace(',', '')}{_UNITS[found[2].lower()]} ", text.lower())


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, its measures written one way."""
    return re.findall(r"[0-9a-z가-힣.]+", canonical(text))


def names(text: str, value: str) -> bool:
    """Whether a text holds a value as words of its own ("king size bed" holds King, "10키로 있나요" holds 10 kg)."""
    said, word = f" {' '.join(words_of(text))} ", " ".join(words_of(value))
    return bool(word) and re.search(rf"(?<![0-9a-z가-힣.]){re.escape(word)}(?![0-9a-z.])", said) is not None

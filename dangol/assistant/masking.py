"""Card numbers never reach the log: masked in whatever a shopper types, before anything is stored."""

from __future__ import annotations

import re
from typing import Any

_CARD = re.compile(r"(?<![\d-])\d(?:[ \-.]?\d){12,18}(?![\d-])")
_SECURITY_CODE = re.compile(
    r"(?i)\b(cvc|cvv|cvc2|cvv2|security code|카드\s*비밀번호|보안\s*코드)(\D{0,6})\d{3,4}\b"
)


def _passes_luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def mask_cards(text: str) -> tuple[str, bool]:
    """The text with card numbers reduced to their last four digits, and whether there was one.

    A number of 13 to 19 digits with a right check digit that begins as cards do (2 to 6) counts as a card; the
    security code named beside it goes too.
    """
    found = False

    def hide(match: re.Match[str]) -> str:
        nonlocal found
        digits = re.sub(r"\D", "", match.group())
        if digits[0] not in "23456" or not _passes_luhn(digits):
            return match.group()
        found = True
        return f"•••• {digits[-4:]}"

    masked = _CARD.sub(hide, text)
    if found:
        masked = _SECURITY_CODE.sub(lambda m: f"{m.group(1)}{m.group(2)}•••", masked)
    return masked, found


def mask_form(values: dict[str, Any]) -> dict[str, Any]:
    """A form's values with card numbers masked."""
    return {name: mask_cards(value)[0] if isinstance(value, str) else value for name, value in values.items()}

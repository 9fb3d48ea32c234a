"""Card numbers never reach the log: masked in whatever a shopper types, before anything is stored."""

from __future__ import annotations

import re
from typing import Any

_DIGITS = re.compile(r"(?<![\d-])\d(?:[ \-.]?\d){12,}(?![\d-])")
_SEPARATOR = re.compile(r"([ \-.])")
_SHORTEST, _LONGEST = 13, 19
MASK = "••••"  # what stands in the place of a card number
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

    A number of 13 to 19 digits with a right check digit that begins as cards do (2 to 6) counts as a card, also where
    another number stands right beside it; the security code named beside it goes too.
    """
    masked = _DIGITS.sub(_hide, text)
    found = masked != text
    if found:
        masked = _SECURITY_CODE.sub(lambda m: f"{m.group(1)}{m.group(2)}•••", masked)
    return masked, found


def _hide(match: re.Match[str]) -> str:
    """A run of digits in groups, the groups that make a card number together reduced to its last four."""
    pieces = _SEPARATOR.split(match.group())  # groups in the even places, what parts them in the odd ones
    shown, place = "", 0
    while place < len(pieces):
        end = _card_end(pieces, place)
        shown += pieces[place] if end is None else f"{MASK} {''.join(pieces[place:end:2])[-4:]}"
        place = place + 1 if end is None else end
        if place < len(pieces):
            shown += pieces[place]
        place += 1
    return shown


def _card_end(pieces: list[str], start: int) -> int | None:
    """Behind which piece a card number ends that begins with this group."""
    if pieces[start][0] not in "23456":
        return None
    digits = ""
    for place in range(start, len(pieces), 2):
        digits += pieces[place]
        if len(digits) > _LONGEST:
            return None
        if len(digits) >= _SHORTEST and _passes_luhn(digits):
            return place + 1
    return None


def mask_form(values: dict[str, Any]) -> dict[str, Any]:
    """A form with the card numbers in its values masked, however deep they lie."""
    return {name: _mask_value(value) for name, value in values.items()}


def _mask_value(value: Any) -> Any:
    if isinstance(value, str):
        return mask_cards(value)[0]
    if isinstance(value, dict):
        return mask_form(value)
    if isinstance(value, list):
        return [_mask_value(each) for each in value]
    if isinstance(value, int) and not isinstance(value, bool):
        masked, found = mask_cards(str(value))
        return masked if found else value
    return value

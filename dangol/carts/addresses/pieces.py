"""Text from which recognised pieces are cut out one by one; what is left over is what nobody could name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dangol.contracts.shopfloor.orders import CheckoutProblem, Need
from dangol.contracts.shopfloor.people import AddressView

CUT = "|"
"""Stands where a piece was cut out, so that what lay on both sides does not run together."""


@dataclass(frozen=True)
class ParsedAddress:
    """What was read: the address, what is still missing (`postcode`, `address_detail`), what does not fit together.

    `address` is None when the text is none, or lacks the street or the town (`address` is missing then): the words
    are best kept and read again together with what is said next.
    """

    address: AddressView | None
    missing: tuple[Need, ...] = ()
    problems: tuple[CheckoutProblem, ...] = ()


class Pieces:
    """A text from which pieces are taken; lines and slashes count as commas."""

    def __init__(self, text: str) -> None:
        plain = unicodedata.normalize("NFKC", text)
        plain = re.sub(r"[\u200b-\u200f\ufeff]", "", plain)
        plain = re.sub(r"[‐-―−]", "-", plain)
        self.text = re.sub(r"\s*(?:[\r\n;/]+|\s[-~]\s)\s*", ", ", plain)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Cut out the first match and return it."""
        found = pattern.search(self.text)
        if found:
            self.cut(*found.span())
        return found

    def cut(self, start: int, end: int) -> None:
        """Cut out a stretch of the text."""
        self.text = f"{self.text[:start]} {CUT} {self.text[end:]}"

    def segments(self) -> list[str]:
        """What is left, part by part as commas and cuts divide it."""
        parts = re.split(rf"[,{re.escape(CUT)}]", self.text)
        return [part for raw in parts if (part := re.sub(r"\s+", " ", raw).strip(" .:·-"))]


def problem(code: str, value: str) -> CheckoutProblem:
    """Something in an address that does not fit."""
    return CheckoutProblem.model_validate({"field": "address", "code": code, "value": value})

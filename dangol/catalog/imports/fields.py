"""Reading single cells: each gives a value or says what is wrong with which column."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import nh3

from dangol.catalog.model import Texts
from dangol.kernel.money import NotAnAmount, parse_amount
from dangol.kernel.shop import Shop

_LARGEST = 2**53  # minor units; beyond it a price is a slip of the keyboard
_MOST_STOCK = 2**31 - 1
_UNCOUNTED = 999
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHELF = re.compile(r"^inventory:\s*(.+)$", re.IGNORECASE)
_HANDLE = re.compile(r"[^\w가-힣-]+")
ALLOWED_TAGS = {
    "p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "u", "s", "h2", "h3", "h4", "h5", "h6", "blockquote", "table",
    "thead", "tbody", "tr", "th", "td", "span", "div", "hr", "sub", "sup",
}  # fmt: skip


class BadCell(Exception):
    """A cell that cannot be taken over: which column, why (a code), what stood there."""

    def __init__(self, column: str, code: str, value: object = "") -> None:
        super().__init__(code)
        self.column = column
        self.code = code
        self.value = str(value)[:80]


def text(value: Any, limit: int = 500) -> str:
    """One line of plain words: no markup, no control characters, at most `limit` characters."""
    return " ".join(_CONTROL.sub("", str(value)).split())[:limit]


def html(value: str) -> str:
    """A description with only harmless markup; plain text keeps its line breaks."""
    safe = nh3.clean(_CONTROL.sub("", value), tags=ALLOWED_TAGS, attributes={})
    return safe.strip()


def amount(column: str, value: Any, currency: str) -> int:
    """A price in minor units; negative, unreadable and absurd ones are refused."""
    if isinstance(value, bool) or value is None or str(value).strip() == "":
        raise BadCell(column, "missing_value")
    try:
        minor = parse_amount(value, currency)
    except NotAnAmount as no:
        raise BadCell(column, "not_an_amount", value) from no
    if minor < 0:
        raise BadCell(column, "negative", value)
    if minor > _LARGEST:
        raise BadCell(column, "too_large", value)
    return minor


def optional_amount(column: str, value: Any, currency: str) -> int | None:
    """A price that may be left out."""
    return None if value is None or str(value).strip() == "" else amount(column, value, currency)


def count(column: str, value: Any) -> int:
    """A number of pieces: a whole number not below zero (3, "3", "3.0"); empty is none."""
    written = str(value if value is not None else "").strip().replace(",", "")
    if written == "":
        return 0
    if isinstance(value, bool) or not re.fullmatch(r"[+-]?\d+(?:\.0+)?", written):
        raise BadCell(column, "not_an_integer", value)
    pieces = int(written.partition(".")[0])
    if pieces > _MOST_STOCK:
        raise BadCell(column, "too_large", value)
    if pieces < 0:
        raise BadCell(column, "negative", value)
    return pieces


def uncounted(available: bool) -> int:
    """The stock of what nobody counts: enough of it, or none."""
    return _UNCOUNTED if available else 0


def moment(column: str, value: str) -> datetime:
    """A date or a moment (ISO 8601, `2026-11-01 10:00:00 +0900`, `2026.11.01`); without a zone it is UTC."""
    written = re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", value.strip()).replace(" UTC", "+00:00")
    written = re.sub(
        r"^(\d{4})[./](\d{1,2})[./](\d{1,2})\.?", lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", written
    )
    try:
        at = datetime.fromisoformat(written)
    except ValueError as no:
        raise BadCell(column, "not_a_date", value) from no
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def yes(value: Any, default: bool = False) -> bool:
    """Whether a cell says yes in any of the usual ways."""
    written = str(value).strip().casefold()
    return default if written == "" else written in {"true", "1", "yes", "y", "t", "o", "예", "네"}


def texts(column: str, value: Any, language: str, *, markup: bool = False) -> Texts:
    """A translated field: a plain string is in the shop's language."""
    if value is None:
        return {}
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        value = {language: str(value)}
    if not isinstance(value, dict) or not all(isinstance(v, (str, int, float)) for v in value.values()):
        raise BadCell(column, "not_a_text", value)
    clean = html if markup else text
    return {str(key)[:2].lower(): said for key, words in value.items() if (said := clean(str(words)))}


def handle(value: str) -> str:
    """A product's handle: letters, digits and hyphens, lower case."""
    return _HANDLE.sub("-", value.strip().lower()).strip("-")[:200]


def shelf_columns(cells: dict[str, str], shop: Shop) -> dict[str, tuple[int, str]]:
    """What stands in which branch, from the columns `Inventory: BRANCH CODE`."""
    known = {branch.code.casefold(): branch.code for branch in shop.branches}
    out = {}
    for column, value in cells.items():
        named = _SHELF.match(column)
        if not named or not value:
            continue
        code = known.get(named[1].strip().casefold())
        if code is None:
            raise BadCell(column, "unknown_branch", named[1])
        out[code] = (count(column, value), "")
    return out

"""The sentences of the doors, in Korean and English, from `wording.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_suffix(".yaml")


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    table: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return table


def problem_words(code: str, language: str, *, otherwise: str) -> str:
    """The sentence for a problem; that of `otherwise` for a code the table does not know."""
    problems = _table()["problems"]
    return (problems.get(code) or problems[otherwise])[language]


def coupon_words(reason: str, language: str) -> str | None:
    """Why a coupon cannot be used; None for a reason the table does not know."""
    words = _table()["coupons"].get(reason)
    return words[language] if words else None


def field_words(code: str, context: Mapping[str, Any], language: str, otherwise: str = "") -> str:
    """What is wrong with a field, by the check that failed; the check's own English words where the table has none."""
    fields = _table()["fields"]
    if code in fields:
        return fields[code][language].format_map(_Known(context))
    return fields["other"]["ko"] if language == "ko" or not otherwise else otherwise


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"

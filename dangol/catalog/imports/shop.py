"""Taking over the shop's own file: whole, or not at all with every wrong field named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from dangol.catalog.records import shop as records
from dangol.kernel.model import Value
from dangol.kernel.shop import Shop


class FieldError(Value):
    """A field of the shop file that is wrong: where, why (pydantic's error type), what stood there."""

    path: str
    code: str
    message: str = ""
    value: str = ""
    limits: dict[str, str] = Field(default_factory=dict)

    def say(self, language: str) -> str:
        """The field and what is wrong with it, in Korean or English."""
        words = _WORDS.get(self.code, _WORDS["other"])[language if language == "ko" else "en"]
        reason = words.format(message=self.message, value=self.value, **self.limits)
        return f"{self.path or 'FILE'}: {reason}"


_LIMITS = ("ge", "gt", "le", "lt", "expected", "pattern", "min_length", "max_length", "extra")
_WORDS: dict[str, dict[str, str]] = {
    "missing": {"ko": "꼭 있어야 하는 항목이에요", "en": "is missing"},
    "extra_forbidden": {"ko": "알 수 없는 항목이에요", "en": "is not a known field"},
    "not_json": {"ko": "JSON으로 읽을 수 없어요 ({message})", "en": "is not valid JSON ({message})"},
    "unreadable": {"ko": "파일을 읽을 수 없어요", "en": "the file cannot be read"},
    "greater_than_equal": {
        "ko": "{ge} 이상이어야 해요 ({value})",
        "en": "must be at least {ge}, not {value}",
    },
    "greater_than": {"ko": "{gt}보다 커야 해요 ({value})", "en": "must be more than {gt}, not {value}"},
    "less_than_equal": {"ko": "{le} 이하여야 해요 ({value})", "en": "must be at most {le}, not {value}"},
    "literal_error": {"ko": "{expected} 중 하나여야 해요 ({value})", "en": "must be {expected}, not {value}"},
    "string_pattern_mismatch": {
        "ko": "형식이 맞지 않아요 ({value})",
        "en": "{value} does not have the right form",
    },
    "decimal_parsing": {"ko": "숫자여야 해요 ({value})", "en": "must be a number, not {value}"},
    "decimal_type": {"ko": "숫자여야 해요 ({value})", "en": "must be a number, not {value}"},
    "int_parsing": {"ko": "정수여야 해요 ({value})", "en": "must be a whole number, not {value}"},
    "int_type": {"ko": "정수여야 해요 ({value})", "en": "must be a whole number, not {value}"},
    "int_from_float": {"ko": "정수여야 해요 ({value})", "en": "must be a whole number, not {value}"},
    "string_type": {"ko": "글이어야 해요", "en": "must be words"},
    "bool_parsing": {"ko": "true 또는 false여야 해요 ({value})", "en": "must be true or false, not {value}"},
    "tuple_type": {"ko": "목록이어야 해요", "en": "must be a list"},
    "dict_type": {"ko": "이름과 값의 묶음이어야 해요", "en": "must be an object"},
    "model_type": {"ko": "이름과 값의 묶음이어야 해요", "en": "must be an object"},
    "date_from_datetime_parsing": {
        "ko": "2026-01-31 같은 날짜여야 해요 ({value})",
        "en": "must be a date such as 2026-01-31, not {value}",
    },
    "other": {"ko": "값이 올바르지 않아요: {message}", "en": "{message}"},
}


async def import_shop(conn: AsyncConnection[Any], file: Path) -> Shop | list[FieldError]:
    """Take over the shop file; when anything in it is wrong nothing is changed and every wrong field is named."""
    raw = _read(file)
    if isinstance(raw, FieldError):
        return [raw]
    return await store_shop(conn, raw)


async def store_shop(conn: AsyncConnection[Any], raw: dict[str, Any]) -> Shop | list[FieldError]:
    """Check and store what the shop says of itself; the Shop, or what is wrong with which field."""
    try:
        shop = Shop.model_validate(raw)
    except ValidationError as no:
        return [_field_error(error) for error in no.errors(include_url=False)]
    async with conn.transaction():
        await records.write_shop(conn, raw)
    return shop


async def shop_file(conn: AsyncConnection[Any]) -> dict[str, Any]:
    """The shop file as it was written, to change a part of it: it stays so until the transaction ends."""
    return await records.read_shop(conn, lock=True) or {}


async def load_shop(conn: AsyncConnection[Any]) -> Shop | None:
    """The shop as it was last taken over, None before that."""
    raw = await records.read_shop(conn)
    return Shop.model_validate(raw) if raw is not None else None


def _read(file: Path) -> dict[str, Any] | FieldError:
    try:
        content = file.read_bytes()
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        raw = json.loads(content.decode(encoding))
    except OSError:
        return FieldError(path="", code="unreadable")
    except (ValueError, RecursionError) as no:
        return FieldError(path="", code="not_json", message=str(no)[:200])
    if not isinstance(raw, dict):
        return FieldError(path="", code="model_type")
    return raw


def _field_error(error: ErrorDetails) -> FieldError:
    context = error.get("ctx", {})
    told = error["input"] if isinstance(error["input"], (str, int, float, bool)) else ""
    return FieldError(
        path=".".join(str(part) for part in error["loc"]),
        code=error["type"],
        message=error["msg"].removeprefix("Value error, "),
        value=str(told)[:80],
        limits={key: str(context[key]) for key in _LIMITS if key in context},
    )

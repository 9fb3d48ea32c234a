"""A line in a language: the shop's words for it with its values written as that language writes them."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dangol.assistant.speak import english, korean
from dangol.assistant.speak.lines import Line
from dangol.assistant.speak.locales import TEXTS
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop

_KO_DAYS = "월화수목금토일"


class UnknownLine(LookupError):
    """A mind used a line that has no words."""


def say(line: Line, language: str, shop: Shop) -> str:
    """A line in the shopper's language (English where we have no words of that language) and the shop's tone."""
    spoken = language if language in TEXTS else "en"
    try:
        template = TEXTS[spoken][line.name]
    except KeyError:
        raise UnknownLine(line.name) from None
    text = _Words(spoken, shop).vformat(template, (), line.values)
    if spoken == "ko" and shop.assistant.tone == "hapsyo":
        return korean.formal(text)
    return text


class _Words(string.Formatter):
    """Fills a template: `{title:은}` takes the particle, `{count:item|items}` the number's form."""

    def __init__(self, language: str, shop: Shop) -> None:
        self.language = language
        self.shop = shop

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Any) -> Any:
        return kwargs[key]

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            return english.counted(value, format_spec)
        text = self.written(value)
        return korean.with_particle(text, format_spec) if format_spec else text

    def written(self, value: Any) -> str:
        """A value as this language writes it."""
        for kind, write in _WRITTEN:
            if isinstance(value, kind):
                return write(self, value)
        return str(value)


_WRITTEN: tuple[tuple[type[Any], Callable[[_Words, Any], str]], ...] = (
    (Money, lambda words, value: value.display(words.language)),
    (Line, lambda words, value: say(value, words.language, words.shop)),
    (datetime, lambda words, value: when(value.astimezone(words.shop.zone), words.language)),
    (date, lambda words, value: day(value, words.language)),
    (list, lambda words, value: enumeration([words.written(each) for each in value], words.language)),
    (bool, lambda _words, value: str(value)),
    (int, lambda _words, value: f"{value:,}"),
    (float, lambda _words, value: f"{value:g}"),
    (Decimal, lambda _words, value: f"{value.normalize():f}"),
)


def day(value: date, language: str) -> str:
    """A date as it is said: 11월 23일(월) · Mon, Nov 23."""
    if language == "ko":
        return f"{value.month}월 {value.day}일({_KO_DAYS[value.weekday()]})"
    return f"{value:%a}, {value:%b} {value.day}"


def when(value: datetime, language: str) -> str:
    """A moment as it is said, in the zone it is in."""
    return f"{day(value.date(), language)} {value:%H:%M}"


def span(first: date, last: date, language: str) -> str:
    """From a day to a day, or that one day."""
    if first == last:
        return day(first, language)
    return (
        f"{day(first, language)}~{day(last, language)}"
        if language == "ko"
        else (f"{day(first, language)} – {day(last, language)}")
    )


def enumeration(words: Sequence[str], language: str) -> str:
    """Words in a row: "가, 나, 다" · "a, b and c"."""
    if language == "ko" or len(words) < 2:
        return ", ".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"

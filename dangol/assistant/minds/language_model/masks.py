"""Personal data behind placeholders: what leaves the shop names nobody, what comes back is put right again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

from dangol.assistant.understanding.reading import Entity

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("EMAIL", re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")),
    ("ID", re.compile(r"(?<!\d)\d{6}-?[1-8]\d{6}(?!\d)")),
    ("PHONE", re.compile(r"(?<![\w-])(?:\+\d{1,3}[\s.-]?)?\(?0?\d{2,3}\)?[\s.-]\d{3,4}[\s.-]\d{4}(?!\d)|(?<!\d)01[016789]\d{7,8}(?!\d)")),
    ("ORDER", re.compile(r"(?<![\w-])#?[A-Z]{0,4}-?\d{6,}(?:-[A-Z0-9]{3,})+(?![\w-])|(?<![\w,.])#\d{3,}|(?<![\w,.-])\d{9,}(?![\w,.])")),
    ("ADDRESS", re.compile(r"(?:[가-힣]+(?:특별시|광역시|시|도)\s)?(?:[가-힣]+[시군구]\s)?[가-힣\d]+(?:로|길)\s?\d+(?:-\d+)?(?:번?길\s?\d+)?(?:,?\s?(?:\d+동\s?)?\d+(?:층|호))*|\b\d{1,5}\s(?:[A-Z][a-z]+\s){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Lane|Ln|Drive|Dr)\b\.?(?:,?\s(?:Apt|Unit|#)\s?\w+)?")),
    ("NAME", re.compile(r"(?:(?<=제 이름은 )|(?<=이름은 )|(?<=성함은 )|(?<=받는 사람 )|(?<=받는 분 ))[가-힣]{2,4}?(?=이에요|예요|입니다|이고|이라고|라고|[\s.,!]|$)")),
    ("NAME", re.compile(r"(?i:(?<=my name is )|(?<=name's )|(?<=this is ))[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2}")),
    ("NAME", re.compile(r"(?<![가-힣])[가-힣]{2,4}(?=\s?(?:씨|님)(?![가-힣]))(?<!고객|손님|사장|점장|회원)")),
)  # fmt: skip
_KINDS = {"email": "EMAIL", "phone": "PHONE", "order_number": "ORDER", "order": "ORDER", "address": "ADDRESS"}
_FIELDS = {
    "name": "NAME", "recipient": "NAME", "email": "EMAIL", "phone": "PHONE", "line1": "ADDRESS", "line2": "ADDRESS",
    "lines": "ADDRESS", "street": "ADDRESS", "detail": "ADDRESS", "postcode": "ADDRESS", "order": "ORDER",
    "tracking_no": "ORDER", "author": "NAME",
}  # fmt: skip
_OF_A_PERSON = frozenset({"recipient", "phone", "email", "line1", "lines", "street", "postcode"})
_PLACEHOLDER = re.compile(r"\[(?:EMAIL|ID|PHONE|ORDER|ADDRESS|NAME)_\d+\]")


class Masks:
    """The placeholders of one turn; `on` is False where nothing leaves the shop."""

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self._names: dict[str, str] = {}  # what is hidden → its placeholder
        self._hidden: dict[str, str] = {}

    def note(self, entities: Iterable[Entity]) -> None:
        """What was read as personal in a message is hidden wherever it comes up."""
        for entity in entities:
            kind = _KINDS.get(entity.type)
            if kind and len(entity.text.strip()) > 3:
                self._name(kind, entity.text.strip())

    def keep_back(self, kind: Literal["NAME", "EMAIL", "PHONE", "ADDRESS"], value: str) -> None:
        """What is known of somebody is hidden wherever it comes up."""
        if len(value.strip()) > 1:
            self._name(kind, value.strip())

    def hide(self, text: str) -> str:
        """A text without anybody's data."""
        if not self.on or not text:
            return text
        for value in sorted(self._names, key=len, reverse=True):
            text = text.replace(value, self._names[value])
        for kind, pattern in _PATTERNS:
            text = pattern.sub(lambda found, kind=kind: self._name(kind, found.group()), text)  # type: ignore[misc]
        return text

    def hide_all(self, node: Any, key: str = "") -> Any:
        """A result (plain JSON) without anybody's data; fields that hold such data are hidden whole."""
        if not self.on:
            return node
        if isinstance(node, dict):
            person = bool(_OF_A_PERSON & node.keys())
            return {
                name: self.hide_all(value, name if name != "name" or person else "")
                for name, value in node.items()
            }
        if isinstance(node, list):
            return [self.hide_all(each, key) for each in node]
        if isinstance(node, str):
            kind = _FIELDS.get(key)
            return self._name(kind, node) if kind and node else self.hide(node)
        return node

    def show(self, text: str) -> str:
        """A text with every placeholder put back."""
        return _PLACEHOLDER.sub(lambda found: self._hidden.get(found.group(), found.group()), text)

    def show_all(self, node: Any) -> Any:
        """Arguments with every placeholder put back."""
        if isinstance(node, dict):
            return {name: self.show_all(value) for name, value in node.items()}
        if isinstance(node, list):
            return [self.show_all(each) for each in node]
        return self.show(node) if isinstance(node, str) else node

    def _name(self, kind: str, value: str) -> str:
        if value not in self._names:
            placeholder = f"[{kind}_{sum(each.startswith(f'[{kind}_') for each in self._hidden) + 1}]"
            self._names[value], self._hidden[placeholder] = placeholder, value
        return self._names[value]

"""Personal data behind placeholders: what leaves the shop names nobody, what comes back is put right again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from typing import Any, Literal

from dangol.assistant.minds import Situation
from dangol.assistant.minds.language_model.personal import Kind, personal
from dangol.assistant.understanding.reading import Entity
from dangol.assistant.understanding.spelling import is_ordinary

_KINDS = {"email": "EMAIL", "phone": "PHONE", "order_number": "ORDER", "order": "ORDER", "address": "ADDRESS"}
_FIELDS = {
    "name": "NAME", "recipient": "NAME", "email": "EMAIL", "phone": "PHONE", "line1": "ADDRESS", "line2": "ADDRESS",
    "lines": "ADDRESS", "street": "ADDRESS", "detail": "ADDRESS", "postcode": "ADDRESS", "order": "ORDER",
    "tracking_no": "ORDER", "author": "NAME",
}  # fmt: skip
_KNOWN: dict[str, Kind] = {
    "name": "NAME", "email": "EMAIL", "phone": "PHONE", "order": "ORDER", "postcode": "ADDRESS",
}  # fmt: skip
_OF_A_PERSON = frozenset({"recipient", "phone", "email", "line1", "lines", "street", "postcode"})
_PLACEHOLDER = re.compile(r"\[(?:EMAIL|ID|PHONE|ORDER|ADDRESS|NAME)_\d+\]")
_TRANSLATED: dict[str, Kind] = {
    "이메일": "EMAIL", "메일": "EMAIL", "전화": "PHONE", "전화번호": "PHONE", "연락처": "PHONE", "주문": "ORDER",
    "주문번호": "ORDER", "주소": "ADDRESS", "이름": "NAME", "성함": "NAME",
}  # fmt: skip
# a placeholder as models also write it: other brackets, blanks, small letters, in Korean, none
_ALIKE = re.compile(
    rf"\\?[\[【{{<]\s*(?P<kind>EMAIL|ID|PHONE|ORDER|ADDRESS|NAME|{'|'.join(_TRANSLATED)})\s?[_\s-]?\s?(?P<no>\d{{1,3}})\s*\\?[\]】}}>]"
    r"|(?<![A-Za-z\[])(?P<bare>EMAIL|ID|PHONE|ORDER|ADDRESS|NAME)_(?P<number>\d{1,3})(?![\d\]])",
    re.IGNORECASE,
)


class Masks:
    """The placeholders of one turn; `on` is False where nothing leaves the shop."""

    def __init__(self, *, on: bool) -> None:
        self.on = on
        self._names: dict[str, str] = {}  # what is hidden → its placeholder
        self._hidden: dict[str, str] = {}
        self._goods: set[str] = set()  # words a message was read to mean as goods

    @classmethod
    def of(cls, situation: Situation, *, on: bool) -> Masks:
        """The placeholders of a turn: what is read as personal in its message, was given as proof, or is on record."""
        masks = cls(on=on)
        masks.note(situation.reading.entities)
        for name, value in (*situation.state.memory.proof.items(), *situation.person.items()):
            if name in _KNOWN and len(value.strip()) > 1:
                masks._name(_KNOWN[name], value.strip())
        return masks

    def note(self, entities: Iterable[Entity]) -> None:
        """What was read as personal in a message is hidden wherever it comes up."""
        for entity in entities:
            kind = _KINDS.get(entity.type)
            if kind is None and entity.type != "person":
                self._goods.add(entity.text.strip().lower())
            elif kind and len(entity.text.strip()) > 3:
                self._name(kind, entity.text.strip())

    def keep_back(self, kind: Literal["NAME", "EMAIL", "PHONE", "ADDRESS"], value: str) -> None:
        """What is known of somebody is hidden wherever it comes up."""
        if len(value.strip()) > 1:
            self._name(kind, value.strip())

    def hide(self, text: str) -> str:
        """A text without anybody's data."""
        if not self.on or not text:
            return text
        # what a shopper typed to look like a placeholder must not be taken for one of ours
        text = _PLACEHOLDER.sub(lambda found: self._name("NAME", found.group()), text)
        for value in sorted(self._names, key=len, reverse=True):
            text = _where_named(value, self._names[value]).sub(self._names[value], text)
        pieces, end = [], 0
        for kind, start, after in personal(text, self._goods):
            if not any(ours.start() < after and start < ours.end() for ours in _PLACEHOLDER.finditer(text)):
                pieces += [text[end:start], self._name(kind, text[start:after])]
                end = after
        return "".join((*pieces, text[end:]))

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
        """A text with every placeholder put back, also where its brackets or letters are not quite ours."""
        return _ALIKE.sub(self._shown, text) if self._hidden else text

    def _shown(self, found: re.Match[str]) -> str:
        kind = (found["kind"] or found["bare"]).upper()
        placeholder = f"[{_TRANSLATED.get(kind, kind)}_{int(found['no'] or found['number'])}]"
        return self._hidden.get(placeholder, placeholder)

    def show_all(self, node: Any) -> Any:
        """Arguments with every placeholder put back."""
        if isinstance(node, dict):
            return {name: self.show_all(value) for name, value in node.items()}
        if isinstance(node, list):
            return [self.show_all(each) for each in node]
        return self.show(node) if isinstance(node, str) else node

    def _name(self, kind: str, value: str) -> str:
        if value not in self._names:
            numbers = (f"[{kind}_{number}]" for number in count(1))
            placeholder = next(each for each in numbers if each not in self._hidden and each != value)
            self._names[value], self._hidden[placeholder] = placeholder, value
        return self._names[value]


def _where_named(value: str, placeholder: str) -> re.Pattern[str]:
    """Where a known value stands for itself: a name is no part of a longer word, nor an everyday word by itself."""
    known = re.escape(value)
    if _PLACEHOLDER.fullmatch(value):
        return re.compile(r"(?!)")  # typed, and hidden by itself
    if not placeholder.startswith("[NAME_"):
        return re.compile(known)
    behind = r"(?=\s?(?:님|씨|고객))" if is_ordinary(value) else ""
    return re.compile(rf"(?<![\w]){known}(?![A-Za-z0-9]){behind}")

"""Guides: articles that lead step by step from a symptom to a cure, written with no more than headings and lists.

An article with the tag `guide` has a list of symptoms, a numbered list of steps and, where it may get dangerous, words
for when to stop. Under a step may stand more about it and a list of answers, each with the step it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from dangol.kernel.errors import Refused
from dangol.kernel.words.normalising import compact

MOST_STEPS = 20
_TAGS = frozenset({"guide", "해결안내", "해결가이드"})
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_PARTS = {
    "symptoms": ("증상", "이럴 때", "symptoms", "symptom"),
    "goods": ("대상", "대상 상품", "해당 상품", "for", "products"),
    "steps": ("순서", "해결 순서", "해결 방법", "steps"),
    "stop": ("멈춤", "사용 중지", "위험", "stop", "danger"),
}
_HEADINGS = {compact(heading): part for part, headings in _PARTS.items() for heading in headings}
_LEADS = re.compile(r"^(.+?)\s*(?:→|->|=>)\s*(.+)$")
_ENDS: tuple[tuple[Literal["solved", "person", "stop"], re.Pattern[str]], ...] = (
    ("solved", re.compile(r"(?i)해결|\bsolved\b|\bdone\b")),
    ("person", re.compile(r"(?i)상담|\bperson\b|\bagent\b")),
    ("stop", re.compile(r"(?i)멈춤|중지|\bstop\b")),
)


class BrokenGuide(Refused):
    """An article says that it is a guide and cannot be walked; `line` is counted from the beginning of its body."""

    code = "broken_guide"
    status = 422

    def __init__(self, why: str, line: int = 0, value: str = "") -> None:
        super().__init__(why=why, line=line, value=value)
        self.why, self.line, self.value = why, line, value


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a step: what it says, and the step it leads to or how the walk ends with it."""

    label: str
    step: int = 0
    ends: Literal["", "solved", "person", "stop"] = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, what more there is to say of it, and the answers that lead on elsewhere than to the next step."""

    text: str
    more: str = ""
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: `goods` it is for (none: for any), `stop` the words for danger and `signs` by which it is noticed."""

    symptoms: tuple[str, ...]
    steps: tuple[Step, ...]
    goods: tuple[str, ...] = ()
    opening: str = ""
    stop: str = ""
    signs: tuple[str, ...] = ()


def is_guide(tags: Iterable[str]) -> bool:
    """Whether an article says of itself that it is a guide."""
    return any(compact(tag) in _TAGS for tag in tags)


def check_guide(tags: Iterable[str], body: str) -> None:
    """Refuse an article that says it is a guide and is none. Raises BrokenGuide."""
    if is_guide(tags):
        read_guide(body)


def read_guide(body: str) -> Guide:
    """The guide of an article's text. Raises BrokenGuide."""
    tree = SyntaxTreeNode(_MARKDOWN.parse(body))
    parts = _parts(tree.children)
    symptoms = _items(parts.get("symptoms", ()))
    if not symptoms:
        raise BrokenGuide("guide_without_symptoms")
    listed = next((node for node in parts.get("steps", ()) if node.type == "ordered_list"), None)
    if listed is None:
        raise BrokenGuide("guide_without_steps")
    stop = " ".join(_text(node) for node in parts.get("stop", ()) if node.type == "paragraph")
    signs = _items(parts.get("stop", ()))
    if signs and not stop:
        raise BrokenGuide("guide_stop_without_words", _line(parts["stop"][0]))
    opening = " ".join(_text(node) for node in parts.get("", ()) if node.type == "paragraph")
    return Guide(symptoms, _steps(listed, bool(stop)), _items(parts.get("goods", ())), opening, stop, signs)


def _parts(nodes: Sequence[SyntaxTreeNode]) -> dict[str, list[SyntaxTreeNode]]:
    """What stands under each heading that means something; under "" what stands before all of them."""
    parts: dict[str, list[SyntaxTreeNode]] = {"": []}
    part: str | None = ""
    for node in nodes:
        if node.type == "heading":
            known = _HEADINGS.get(compact(_text(node)))
            part = known or ("" if part == "" and node.tag == "h1" else None)
        elif part is not None:
            parts.setdefault(part, []).append(node)
    return parts


def _items(nodes: Iterable[SyntaxTreeNode]) -> tuple[str, ...]:
    listed = (item for node in nodes if node.type == "bullet_list" for item in node.children)
    return tuple(filter(None, (" ".join(_text(each) for each in item.children) for item in listed)))


def _steps(listed: SyntaxTreeNode, may_stop: bool) -> tuple[Step, ...]:
    items = listed.children
    if len(items) > MOST_STEPS:
        raise BrokenGuide("guide_too_long", _line(items[MOST_STEPS]), str(MOST_STEPS))
    return tuple(_step(number, item, len(items), may_stop) for number, item in enumerate(items, 1))


def _step(number: int, item: SyntaxTreeNode, last: int, may_stop: bool) -> Step:
    said = [_text(node) for node in item.children if node.type == "paragraph"]
    if not said or not said[0]:
        raise BrokenGuide("guide_step_empty", _line(item), str(number))
    answers = tuple(
        _answer(each, number, last, may_stop)
        for node in item.children
        if node.type == "bullet_list"
        for each in node.children
    )
    return Step(said[0], " ".join(said[1:]), answers)


def _answer(item: SyntaxTreeNode, number: int, last: int, may_stop: bool) -> Answer:
    said = " ".join(_text(each) for each in item.children)
    parts = _LEADS.match(said)
    if parts is None:
        raise BrokenGuide("guide_answer_leads_nowhere", _line(item), said[:80])
    label, target = parts.groups()
    ends = next((end for end, words in _ENDS if words.search(target)), None)
    if ends is not None:
        if ends == "stop" and not may_stop:
            raise BrokenGuide("guide_stop_without_words", _line(item), said[:80])
        return Answer(label, ends=ends)
    digits = re.search(r"\d+", target)
    if digits is None or not number < int(digits.group()) <= last:
        raise BrokenGuide("guide_answer_leads_nowhere", _line(item), said[:80])
    return Answer(label, step=int(digits.group()))


def _text(node: SyntaxTreeNode) -> str:
    """The words a reader sees, marks and addresses gone."""
    parts = []
    for each in node.walk():
        if each.type in ("text", "code_inline"):
            parts.append(each.content)
        elif each.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 0

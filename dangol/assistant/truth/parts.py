"""The clauses of a sentence with all that must agree, of a model's as of an article's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from dangol.assistant.truth.clauses import PAYING, Clause, said_in
from dangol.assistant.truth.events import counted_from
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.likeness import about
from dangol.assistant.truth.rule_words import MARKS, SO_IS
from dangol.assistant.truth.text import plain, sentence_spans

_A_DAY = 24 * 60  # minutes
_FREE = ("any", 0)  # "free" is no figure here: the clause tells who pays
_LIST = re.compile(r"^[-*•·]\s+")
_HANGUL = re.compile(r"[가-힣]")
_FILLERS = about(
    plain(
        "네 예 물론 물론이죠 그럼요 안내 말씀 문의 감사 확인 참고 편하게 걱정 가능 필요 사실 그런데 하지만 고객님 상품 제품 물건 "
        "yes sure certainly course happy glad actually however good news note remember know simply like want well okay "
        "thing things item items product products goods make made take takes give given come comes keep apply applies usual usually"
    )
)


@dataclass(frozen=True)
class Part:
    """A clause with all that must agree."""

    things: frozenset[str]
    figures: frozenset[tuple[object, ...]]
    marks: frozenset[str]
    says: Clause
    begins: frozenset[str]  # from what a span of time counts


@dataclass(frozen=True)
class Written:
    """A sentence of an article."""

    text: str
    parts: tuple[Part, ...]

    @cached_property
    def things(self) -> frozenset[str]:
        """What it speaks of."""
        return frozenset[str]().union(*(part.things for part in self.parts))

    @cached_property
    def all(self) -> frozenset[object]:
        """What it speaks of, and its figures."""
        return frozenset[object]().union(self.things, *(part.figures for part in self.parts))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its figures."""
        return frozenset(str(each[0]) for part in self.parts for each in part.figures)


@lru_cache(maxsize=512)
def read_article(article: str) -> tuple[Written, ...]:
    """The sentences of an article as they can be held against a reply."""
    low = plain(article)
    return tuple(
        Written(_LIST.sub("", span.cut(article).strip()), parts_of(span.cut(article)))
        for span in sentence_spans(low)
    )


def _in_one_unit(value: tuple[object, ...]) -> tuple[object, ...]:
    """48 hours are two days, 90 minutes an hour and a half."""
    if value[0] not in ("hour", "minute") or not isinstance(value[1], Decimal):
        return value
    minutes = value[1] * (60 if value[0] == "hour" else 1)
    return ("day", minutes / _A_DAY) if minutes and not minutes % _A_DAY else ("minute", minutes)


@lru_cache(maxsize=512)
def parts_of(text: str) -> tuple[Part, ...]:
    """The clauses of a text."""
    low, figures_of_it = plain(text), read(text)
    parts: list[Part] = []
    for span, clause in said_in(low):
        here = [each for each in figures_of_it if span.holds(each.start) and each.kind != "code"]
        figures = frozenset(
            (each.kind, *_in_one_unit(value)) for each in here for value in each.values if value != _FREE
        )
        bare = span.cut(low)
        for each in here:
            if each.values == (_FREE,):
                continue  # 배송비는 없어요: what is free is named in it
            bare = (
                bare[: each.start - span.start]
                + " " * (each.end - each.start)
                + bare[each.end - span.start :]
            )
        things = about(bare) - _FILLERS
        if parts and SO_IS.search(span.cut(low)):  # "and so are the pumps": all that was said of the others
            things, figures = things | parts[-1].things, figures | parts[-1].figures
        if clause.paid is not None:
            things -= PAYING
        marks = frozenset(name for name, pattern in MARKS.items() if pattern.search(span.cut(low)))
        begins = (counted_from(low, each.start, each.end) for each in here if each.kind == "span")
        parts.append(Part(things, figures, marks, clause, frozenset[str]().union(*begins)))
    return tuple(parts)


def in_its_language(sentence: str, evidence: Evidence) -> list[Written]:
    """The articles' sentences in the language of one, Korean or not."""
    korean = _korean(sentence)
    return [
        each
        for article in evidence.articles
        for each in read_article(article)
        if _korean(each.text) == korean
    ]


def _korean(text: str) -> bool:
    return bool(_HANGUL.search(text))


def says_something(part: Part) -> bool:
    """Whether a clause allows, refuses, tells who pays or what must be."""
    says = part.says
    return (
        says.allowed is not None
        or says.paid is not None
        or says.must is not None
        or says.every
        or says.denied
    )

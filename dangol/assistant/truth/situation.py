"""Where in a reply a figure stands: its sentence and clause, and the product and variant spoken of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.facts import Fact
from dangol.assistant.truth.figures import Figure
from dangol.assistant.truth.likeness import about, likeness
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.text import Span, clause_spans, plain, sentence_spans, span_at

_JOIN = re.compile(r"^\s?(?:과|와|랑|이랑|하고|및|,|and\b|or\b|&)")
_SIZES = {"s": "small", "m": "medium", "l": "large", "xl": "extra large"}
_ALIKE, _CLEARLY = 0.34, 0.15
_ADVISED = re.compile(
    r"추천|권해|권하|맞으실|맞을 거|잘 맞|recommend|suggest|should fit|would fit|best fit"
    r"|your size|go (?:for|with)|\btake\b"
)


@dataclass(frozen=True)
class Mention:
    """A product's title or a variant's value standing in the text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A reply with the products and variant values it mentions."""

    text: str
    titles: tuple[Mention, ...]
    values: tuple[Mention, ...]
    masked: tuple[Span, ...]
    figures: tuple[Figure, ...] = field(default=())
    names: tuple[str, ...] = ()  # every title of the evidence

    @classmethod
    def of(cls, text: str, evidence: Evidence, figures: tuple[Figure, ...], *, loosely: bool) -> Reading:
        """Read a reply against the names in the evidence."""
        low = plain(text)
        options = {
            value: plain(evidence.values.get(value, value))
            for fact in evidence.stock
            for value in fact.options
        }
        whole = _mentions(low, {key: plain(title) for key, title in evidence.titles.items()})
        titles = tuple(_with_parts(text, whole, evidence.titles, frozenset(options)) if loosely else whole)
        values = tuple(
            m for m in _mentions(low, options) if not any(t.start <= m.start < t.end for t in titles)
        )
        if loosely:
            spelt = {key: _SIZES[name] for key, name in options.items() if name in _SIZES}
            values = tuple(sorted((*values, *_mentions(low, spelt)), key=lambda mention: mention.start))
        masked = tuple(Span(m.start, m.end) for m in titles if any(c.isdigit() for c in low[m.start : m.end]))
        return cls(
            low, titles, values, masked + _quoted(low, evidence), figures, tuple(evidence.titles.values())
        )

    def is_masked(self, figure: Figure) -> bool:
        """Whether a figure is part of a product's name or of a quotation word for word."""
        return any(span.start <= figure.start and figure.end <= span.end for span in self.masked)

    def at(self, start: int, end: int) -> Situation:
        """The situation of a place in the text."""
        return Situation(
            self,
            span_at(sentence_spans(self.text), start),
            span_at(clause_spans(self.text), start),
            start,
            end,
        )


@dataclass(frozen=True)
class Situation:
    """A place in a reply."""

    reading: Reading
    sentence_span: Span
    clause_span: Span
    start: int
    end: int

    @property
    def text(self) -> str:
        """The whole text in its plain form."""
        return self.reading.text

    @property
    def sentence(self) -> str:
        """The sentence around."""
        return self.sentence_span.cut(self.text)

    @property
    def clause(self) -> str:
        """The clause around."""
        return self.clause_span.cut(self.text)

    @property
    def has_threshold(self) -> bool:
        """Whether the sentence names an amount from which on something holds."""
        return any(
            other.kind == "money" and other.bound == "min" and self.sentence_span.holds(other.start)
            for other in self.reading.figures
        )

    @property
    def promises_something_free(self) -> bool:
        """Whether the sentence says that something costs nothing."""
        return any(
            other.values == (("any", 0),) and self.sentence_span.holds(other.start)
            for other in self.reading.figures
        )

    def before(self, figure: Figure, length: int) -> str:
        """The words right before a figure, within the sentence."""
        return self.text[max(self.sentence_span.start, figure.start - length) : figure.start]

    def after(self, figure: Figure, length: int) -> str:
        """The words right behind a figure, within the sentence."""
        return self.text[figure.end : min(self.sentence_span.end, figure.end + length)]

    def around(self, figure: Figure) -> str:
        """A figure with the two or three words on either side, within the clause."""
        start = max(self.clause_span.start, figure.start - 12)
        return self.text[start : min(max(self.clause_span.end, figure.end), figure.end + 5)]

    def near(self, figure: Figure) -> str:
        """A figure with the words of its clause that are nearer to it than to any other figure."""
        at = self.reading.figures.index(figure)
        before = self.reading.figures[at - 1].end if at else 0
        after = self.reading.figures[at + 1].start if at + 1 < len(self.reading.figures) else len(self.text)
        return self.text[
            max(self.clause_span.start, before) : min(max(self.clause_span.end, figure.end), after)
        ]

    def is_advised(self, figure: Figure) -> bool:
        """Whether a size is the one the sentence advises: the last one before the advice, or the first after it."""
        sizes = [f for f in self.reading.figures if f.kind == "size" and self.sentence_span.holds(f.start)]
        advice = _ADVISED.search(self.text, self.sentence_span.start, self.sentence_span.end)
        if advice is None or not sizes:
            return False
        before = [size for size in sizes if size.end <= advice.start()]
        korean = "가" <= advice.group()[0] <= "힣"
        behind = [size for size in sizes if size.start >= advice.end()]
        chosen = (before[-1:] or behind[:1]) if korean else (behind[:1] or before[-1:])
        return figure in chosen

    def subject(self) -> str:
        """The product spoken of here: the title named last before it in the sentence, else the first after it."""
        inside = [m for m in self.reading.titles if self.sentence_span.holds(m.start)]
        before = [m for m in inside if m.end <= self.start]
        named = before[-1:] or inside[:1]
        return named[0].name if named else ""

    def options(self) -> frozenset[str]:
        """The variant's values spoken of in this clause, else in the sentence before it."""
        inside = [m for m in self.reading.values if self.clause_span.holds(m.start)]
        if not inside:
            inside = [
                m for m in self.reading.values if self.sentence_span.start <= m.start < self.clause_span.start
            ]
        return frozenset(m.name for m in inside)

    def variants(self) -> list[frozenset[str]]:
        """The variants spoken of, one by one: black 100 and khaki 105 are two; what cannot be told apart is one."""
        inside = [m for m in self.reading.values if self.clause_span.holds(m.start)]
        groups: list[list[Mention]] = []
        for mention in inside:
            joined = groups and not _JOIN.search(self.text[groups[-1][-1].end : mention.start])
            groups = [*groups[:-1], [*groups[-1], mention]] if joined else [*groups, [mention]]
        if len(groups) > 1 and len({len(group) for group in groups}) == 1 and len(groups[0]) > 1:
            return [frozenset(m.name for m in group) for group in groups]
        return [self.options()]

    def about(self) -> frozenset[str]:
        """What the clause speaks of, else the sentence; the names of products say nothing of rules."""
        titles = frozenset[str]().union(*(about(plain(title)) for title in self.reading.names))
        return (about(self.clause) - titles) or (about(self.sentence) - titles)

    def likest(self, right: Sequence[Fact], others: Sequence[Fact]) -> bool:
        """Whether no other figure of the articles stands in words much more like those here than the right ones do."""
        if not right or not all(fact.words for fact in right):
            return bool(right)
        mine, whole = self.about(), about(self.sentence)

        def rate(facts: Sequence[Fact], things: frozenset[str]) -> float:
            return max(
                (likeness(things, about(plain(fact.words))) for fact in facts if fact.words), default=0.0
            )

        best, rival = rate(right, mine), rate(others, mine)
        told_by_all = (
            rate(right, whole) >= rate(others, whole) + _CLEARLY
        )  # the sentence is about the right one
        return rival < _ALIKE or rival <= best + _CLEARLY or told_by_all

    def narrowed(self, facts: Sequence[Fact]) -> list[Fact]:
        """The facts that may be meant: those of the product and variant named, or all when none is."""
        subject, options = self.subject(), self.options()
        meant = [fact for fact in facts if fact.subject in ("", subject)] if subject else list(facts)
        if options and roles_in(self.clause, ("total", "subtotal", "shipping")) == frozenset():
            variants = [fact for fact in meant if fact.options and _matches(options, fact.options)]
            if variants:
                told = frozenset[str]().union(*(fact.roles for fact in variants))
                return [
                    *variants,
                    *(f for f in meant if not f.options and (not f.subject or not f.roles & told)),
                ]
        return meant


def _matches(named: frozenset[str], options: frozenset[str]) -> bool:
    return bool(named & options) and len(named & options) == min(len(named), len(options))


@lru_cache(maxsize=8192)
def _named(name: str) -> re.Pattern[str]:
    pattern = re.escape(name).replace(r"\ ", r"[\s-]?")
    if name[0].isascii() and name[0].isalnum():
        pattern = r"(?<![a-z0-9])" + pattern
    if name[-1].isascii() and name[-1].isalnum():
        pattern += r"(?![a-z0-9])"
    return re.compile(pattern)


def _mentions(low: str, names: dict[str, str]) -> list[Mention]:
    found: list[Mention] = []
    for key, name in sorted(names.items(), key=lambda pair: -len(pair[1])):
        if not name:
            continue
        for match in _named(name).finditer(low):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(Mention(key, match.start(), match.end()))
    return sorted(found, key=lambda mention: mention.start)


def _with_parts(
    text: str, whole: list[Mention], titles: dict[str, str], options: frozenset[str]
) -> list[Mention]:
    """The titles of a text, also those named by a word that no other title has ("the Wren", 우럭 매운탕거리)."""
    if len(titles) < 2:
        return whole
    words = {key: plain(title).split() for key, title in titles.items()}
    counted = Counter(word for each in words.values() for word in set(each))
    found = list(whole)
    for key, each in words.items():
        if len(each) < 2:
            continue
        for word in (*each, *_kinds(each[-1], words)):
            if counted[word] <= 1 and word not in options and _telling(word):
                found += [
                    mention for mention in _parts_of(text, key, word, each) if not _overlaps(mention, found)
                ]
    return sorted(found, key=lambda mention: mention.start)


def _kinds(last: str, words: dict[str, list[str]]) -> list[str]:
    """The ends of a title's last word that no other title has: 김치 of 포기김치."""
    if len(last) < _COMPOUND or last[0].isascii():
        return []
    ends = (last[-2:], last[-3:])
    return [end for end in ends if sum(end in "".join(each) for each in words.values()) == 1]


_COMPOUND = 4  # syllables of a word made of two


def _telling(word: str) -> bool:
    return word.isalpha() and len(word) >= (3 if word.isascii() else 2)


def _parts_of(text: str, key: str, word: str, title: list[str]) -> Iterator[Mention]:
    """Where a word of a title stands as a name, with those words of it that go on ("the Fern 12")."""
    low = plain(text)
    at = low.find(word)
    while at >= 0:
        end = at + len(word)
        if not low[at - 1 : at].isalnum() and _is_name(text, low, at, end):
            for following in title[title.index(word) + 1 :] if word in title else ():
                if not low.startswith(f" {following}", end):
                    break
                end += len(following) + 1
            yield Mention(key, at, end)
        at = low.find(word, end)


def _is_name(text: str, low: str, at: int, end: int) -> bool:
    """Wireless headphones are any, the Wireless is one; a Korean name may have a particle behind it."""
    if not low[at].isascii():
        return True
    ends = not (low[end : end + 1].isascii() and low[end : end + 1].isalnum())
    return ends and (text[at].isupper() or low.endswith("the ", 0, at))


def _overlaps(mention: Mention, others: list[Mention]) -> bool:
    return any(other.start < mention.end and mention.start < other.end for other in others)


def _quoted(low: str, evidence: Evidence) -> tuple[Span, ...]:
    spans = []
    for match in re.finditer(r"\"([^\"]{4,})\"|'([^']{6,})'|「([^」]{4,})」", low):
        if evidence.backs_quote(next(group for group in match.groups() if group)):
            spans.append(Span(match.start(), match.end()))
    return tuple(spans)

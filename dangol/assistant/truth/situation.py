"""Where in a reply a figure stands: its sentence and clause, and the product and variant spoken of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.facts import Fact
from dangol.assistant.truth.figures import Figure
from dangol.assistant.truth.likeness import about, likeness
from dangol.assistant.truth.mentions import (
    Mention,
    Parts,
    mentions_of,
    with_aliases,
    with_parts,
    with_the_latter,
)
from dangol.assistant.truth.naming import groups
from dangol.assistant.truth.numbers import number
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.text import Span, clause_spans, plain, sentence_spans, spaceless, span_at

_WORTH = re.compile(r"\s?짜리\s")
_ROW = re.compile(r"\s?(?:색|사이즈)?\s?(?:과|와|랑|이랑|하고|및|,|and|&|,? and)\s(?:the )?")
_INSTEAD = re.compile(r"\s?(?:대신|말고)")
_INSTEAD_OF = re.compile(r"\b(?:instead of|rather than|in place of) (?:the )?$")
_JOIN = re.compile(r"^\s?(?:과|와|랑|이랑|하고|및|,|and\b|or\b|&)")
_SIZES = {"s": "small", "m": "medium", "l": "large", "xl": "extra large"}
_ALIKE, _CLEARLY = 0.34, 0.15
_ADVISED = re.compile(
    r"추천|권해|권하|맞으실|맞을 거|잘 맞|recommend|suggest|should fit|would fit|best fit"
    r"|your size|go (?:for|with)|\btake\b"
)


@dataclass(frozen=True)
class _Names:
    """What products and variants of the evidence are called, by their keys."""

    titles: dict[str, str]
    options: dict[str, str]
    spelt: dict[str, str]  # sizes of a letter in full
    parts: Parts

    @classmethod
    def of(cls, evidence: Evidence) -> _Names:
        options = {
            value: plain(evidence.values.get(value, value))
            for fact in evidence.stock
            for value in fact.options
        }
        return cls(
            {key: plain(title) for key, title in evidence.titles.items()},
            options,
            {key: _SIZES[name] for key, name in options.items() if name in _SIZES},
            Parts.of(evidence.titles, options),
        )


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
        names = evidence.once("names", lambda: _Names.of(evidence))
        whole = mentions_of(low, names.titles)
        titles = tuple(with_parts(text, whole, names.parts) if loosely else whole)
        values = tuple(
            m for m in mentions_of(low, names.options) if not any(t.start <= m.start < t.end for t in titles)
        )
        if loosely:
            spelt = mentions_of(low, names.spelt)
            values = tuple(sorted((*values, *spelt), key=lambda mention: mention.start))
            values = with_aliases(low, values, names.options, titles)
            values, titles = with_the_latter(low, values, titles)
        masked = tuple(Span(m.start, m.end) for m in titles if any(c.isdigit() for c in low[m.start : m.end]))
        return cls(
            low, titles, values, masked + _quoted(low, evidence), figures, tuple(evidence.titles.values())
        )

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every product and variant named, in order; by a word that several titles share, each of these."""
        found = [*self.titles, *self.values]
        spelt = {plain(name): spaceless(name) for name in self.names}
        named = tuple(found)
        for titles, pattern in groups(tuple(spelt)):
            of_group = {spelt[title] for title in titles}
            for match in pattern.finditer(self.text):
                if not any(
                    (m.start < match.end() and match.start() < m.end)
                    or (m.name in of_group and m.end in (match.start(), match.start() - 1))  # 마당 카메라
                    for m in named
                ):
                    last = self._named_alone(match.start())
                    meant = {last} if last in of_group else of_group  # "소담은 작은 냉장고예요": no other
                    found += [Mention(name, match.start(), match.end()) for name in meant]
        return sorted(found, key=lambda mention: mention.start)

    def _named_alone(self, place: int) -> str:
        """The title named last before a place, where its sentence named no other before."""
        before = [m for m in self.titles if m.end <= place]
        if not before:
            return ""
        last = self.at(before[-1].start, before[-1].end).sentence_span
        return before[-1].name if len({m.name for m in before if last.holds(m.start)}) == 1 else ""

    def is_masked(self, figure: Figure) -> bool:
        """Whether a figure is part of the name of a product or variant or of a quotation word for word."""
        only = figure.kind == "money" and self.text[figure.end - 1] == "만"  # "250만 남았어요": no money
        if (only or figure.kind in ("count", "number")) and any(
            m.start <= figure.start < m.end for m in self.values if not m.name.isalpha()
        ):
            return True
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

    def _is_left_aside(self, mention: Mention) -> bool:
        """Whether a mention only says what is not meant ("instead of the walnut", 월넛 대신)."""
        before, behind = (
            self.text[max(0, mention.start - 16) : mention.start],
            self.text[mention.end : mention.end + 6],
        )
        return bool(_INSTEAD_OF.search(before) or _INSTEAD.match(behind))

    @property
    def speaks_of_several(self) -> bool:
        """Whether the clause names several variants or products at once; a word that several share is one name."""
        named = [m for m in self.reading.mentions if self.clause_span.holds(m.start)]
        return len({m.name for m in named}) > 1 and len({m.start for m in named}) > 1

    def counted(self) -> set[int]:
        """The numbers of the sentence that may say how many, also right before a name ("two Moon Lamps")."""
        figures = (
            f
            for f in self.reading.figures
            if f.kind in ("count", "number") and self.sentence_span.holds(f.start)
        )
        found = {value for figure in figures for (value,) in figure.values}
        for mention in self.reading.mentions:
            word = self.text[self.sentence_span.start : mention.start].split()[-1:]
            if self.sentence_span.holds(mention.start) and word:
                found.add(number(word[0]))
        return {int(each) for each in found if isinstance(each, Decimal) and each == each.to_integral_value()}

    def named(self, figure: Figure) -> frozenset[str]:
        """The products and variants a figure is told of: next to it in its clause, else in its sentence, else last before it."""
        mentions = [m for m in self.reading.mentions if not self._is_left_aside(m)]
        same = (each.end for each in self.reading.figures if each.kind == figure.kind)
        last = max((end for end in same if end <= figure.start), default=0)
        clause = [m for m in mentions if self.clause_span.holds(m.start)]
        sentence = [m for m in mentions if self.sentence_span.holds(m.start)]
        for found in (
            [m for m in clause if m.start >= figure.end][:1] if _WORTH.match(self.text, figure.end) else [],
            [m for m in clause if last <= m.start < figure.start],
            [m for m in clause if m.start >= figure.end] or clause,
            [m for m in sentence if m.start < figure.start] or sentence,
        ):
            if found:
                return frozenset(m.name for m in found)
        before = [m for m in mentions if m.end <= self.sentence_span.start]
        if not before:
            return frozenset()
        place = self.reading.at(before[-1].start, before[-1].end).sentence_span
        return frozenset(m.name for m in before if place.holds(m.start))

    @property
    def names_goods(self) -> bool:
        """Whether the sentence names any goods."""
        return any(self.sentence_span.holds(m.start) for m in self.reading.mentions)

    def may_mean_others(self, named: frozenset[str], having: Collection[str]) -> bool:
        """Whether a sentence without goods of its own follows on several, of which not all have what it tells."""
        return not self.names_goods and not named <= set(having)

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

    def with_its_noun(self, figure: Figure) -> str:
        """A figure with the word behind it."""
        return f"{self.text[figure.start : figure.end]} {(self.after(figure, 16).split() or [''])[0]}"

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
        if _WORTH.match(self.text, self.end):
            before = []  # 39,000원짜리 롤스크린: what follows costs it
            inside = [m for m in inside if m.start >= self.end]
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

    def joined(self) -> frozenset[str]:
        """The values of variants that stand in a row before or after this place ("grey and ivory")."""
        inside = [m for m in self.reading.values if self.clause_span.holds(m.start)]
        pairs = [
            (one, other)
            for one, other in pairwise(inside)
            if _ROW.fullmatch(self.text[one.end : other.start]) is not None
        ]
        return frozenset(mention.name for pair in pairs for mention in pair)

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


def _quoted(low: str, evidence: Evidence) -> tuple[Span, ...]:
    spans = []
    for match in re.finditer(r"\"([^\"]{4,})\"|'([^']{6,})'|「([^」]{4,})」", low):
        if evidence.backs_quote(next(group for group in match.groups() if group)):
            spans.append(Span(match.start(), match.end()))
    return tuple(spans)

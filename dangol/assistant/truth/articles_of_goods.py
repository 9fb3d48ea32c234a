"""Whether a figure that the articles have of some goods is told of others ("both lamps weigh 2 kg", where one does)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangol.assistant.truth.evidence import Evidence, ToldOfGoods
from dangol.assistant.truth.figures import Figure, read
from dangol.assistant.truth.numbers import number
from dangol.assistant.truth.situation import Reading, Situation

# "comes with one remote, the other with two": numbers so small that they count nothing elsewhere
_FEW = re.compile(
    r"\b(?:with|has|have|takes?|holds?|needs?|includes?|contains?|fits?|gives?)\s(?P<n>one|two|three)\b(?! of\b)"
    r"|(?<![가-힣])(?P<k>한|두|세)\s?[가-힣]{1,2}(?:가|이|를|을)?\s?(?:들어|포함|딸려|함께|달려)"
)
_OF_EACH = re.compile(
    r"\b(?:both|either|each|every|whichever|all (?:of (?:them|these|our)|the|our|two|three))\b|모두|둘\s?다|전부|어느\s[가-힣]+[을를이가]?\s?(?:고르|사|고르셔|사셔)"
)
_NAMES = frozenset({"size", "reference", "code", "phone", "email", "link"})


def is_told_of_others(reading: Reading, start: int, evidence: Evidence) -> bool:
    """Whether a figure of a reply from `start` on is told of goods of which no article and no record has it."""
    return any(
        _is_of_others(figure, reading.at(figure.start, figure.end), evidence)
        for figure in (*reading.figures, *_few(reading.text))
        if figure.start >= start and not _is_a_name(figure) and not reading.is_masked(figure)
    )


def _is_a_name(figure: Figure) -> bool:
    """Whether a figure names something; a size in figures is a measure ("92 inches")."""
    return figure.kind in _NAMES and not (figure.kind == "size" and str(figure.values[0][0]).isdigit())


def _few(text: str) -> Iterator[Figure]:
    for found in _FEW.finditer(text):
        group = "n" if found["n"] else "k"
        value = number(found[group])
        if value is not None:
            yield Figure("few", ((value,),), found.start(group), found.end(group))


def _is_of_others(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    named = _goods(figure, here)
    kind = "count" if figure.kind == "few" else figure.kind
    own = (fact for fact in evidence.of(kind) if fact.source == "record")
    if not named or any(
        fact.value in figure.values and (not fact.subject or named & {fact.subject, *fact.options})
        for fact in own
    ):
        return False
    told = [
        each.goods
        for each in told_of_goods(evidence)
        if each.kind == figure.kind and set(figure.values) & set(each.values)
    ]
    if told and all(told) and _OF_EACH.search(here.sentence):
        return bool(named - frozenset[str]().union(*told))
    return bool(told) and all(goods and not goods & named for goods in told)


def _goods(figure: Figure, here: Situation) -> frozenset[str]:
    """The goods a figure is told of; where its clause names none, those of the clause that did last."""
    mentions = here.reading.mentions
    before = [m for m in mentions if here.sentence_span.start <= m.start < here.clause_span.start]
    if not before or any(here.clause_span.holds(m.start) for m in mentions):
        return here.named(figure)
    last = here.reading.at(before[-1].start, before[-1].end).clause_span
    return frozenset(m.name for m in before if last.holds(m.start))


def told_of_goods(evidence: Evidence) -> tuple[ToldOfGoods, ...]:
    """Every figure of the articles with the goods of the evidence that it is told of; read once for a turn."""
    return evidence.once("told of goods", lambda: tuple(_told(evidence)))


def _told(evidence: Evidence) -> Iterator[ToldOfGoods]:
    for article in evidence.articles:
        reading = Reading.of(article, evidence, read(article), loosely=True)
        for figure in (*reading.figures, *_few(reading.text)):
            if not reading.is_masked(figure):
                here = reading.at(figure.start, figure.end)
                yield ToldOfGoods(figure.kind, figure.values, _goods(figure, here))

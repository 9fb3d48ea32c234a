"""Whether a figure that the articles have of some goods is told of others ("both lamps weigh 2 kg", where one does)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
_LONGEST = 1_000_000  # letters of an article
_MEASURES = re.compile(r"\d+|[ab]\d")
_IT = re.compile(r"(?:it|its|it's|that|that's|this)\b|(?:이|그|이거|그거|그것|이것)(?:은|는|건)?\s")
_TOPIC = re.compile(r"[가-힣]{1,6}[은는이가]\s")  # "소음은 62dB예요"
_OTHERS = re.compile(r"(?:and |while )?the others?\b|나머지|다른 (?:것|제품|상품)")
_NAMES = frozenset({"size", "reference", "code", "phone", "email", "link"})


def is_told_of_others(reading: Reading, start: int, evidence: Evidence) -> bool:
    """Whether a figure of a reply from `start` on is told of goods of which no article and no record has it."""
    return any(
        _is_of_others(figure, reading.at(figure.start, figure.end), evidence)
        for figure in (*reading.figures, *_few(reading))
        if figure.start >= start and not _is_a_name(figure) and not reading.is_masked(figure)
    )


def _is_a_name(figure: Figure) -> bool:
    """Whether a figure names something; a size in figures is a measure ("92 inches"), and so is one of paper."""
    return figure.kind in _NAMES and not (
        figure.kind == "size" and _MEASURES.fullmatch(str(figure.values[0][0]))
    )


def _few(reading: Reading) -> Iterator[Figure]:
    for found in _FEW.finditer(reading.text):
        group = "n" if found["n"] else "k"
        value, start, end = number(found[group]), found.start(group), found.end(group)
        if value is not None and not any(each.start < end and start < each.end for each in reading.figures):
            yield Figure("few", ((value,),), start, end)


def _is_of_others(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    named = _goods(figure, here)
    kind = "count" if figure.kind == "few" else figure.kind
    own = (fact for fact in evidence.of(kind) if fact.source == "record")
    if not named or any(
        fact.value in figure.values
        and ((not fact.subject and figure.kind != "few") or named & {fact.subject, *fact.options})
        for fact in own
    ):
        return False
    same = [each for each in told_of_goods(evidence) if each.kind == figure.kind]
    found = [each for each in same if set(figure.values) & set(each.values)]
    told = [each.goods for each in found]
    if told and all(told) and _OF_EACH.search(here.sentence):
        return bool(named - frozenset[str]().union(*told))
    if _is_of_one_of(figure, named, here):
        return bool(told) and all(goods and not named <= goods for goods in told)
    return bool(told) and all(
        not each.goods & named and (each.goods or _has_its_own(each, named, same)) for each in found
    )


def _has_its_own(told: ToldOfGoods, named: frozenset[str], same: Sequence[ToldOfGoods]) -> bool:
    """Whether the sentence that tells a figure of something without a name has another such figure of the goods named."""
    return any(
        each.goods & named and each.unit == told.unit and not set(each.values) & set(told.values)
        for each in same
        if each.sentence == told.sentence
    )


def _is_of_one_of(figure: Figure, named: frozenset[str], here: Situation) -> bool:
    """Whether a sentence without goods of its own speaks of "it" after one that names several."""
    meant = _IT.match(here.sentence.lstrip()) or (
        figure.kind != "money" and _TOPIC.match(here.sentence.lstrip())
    )
    return len(named) > 1 and not here.names_goods and bool(meant)


def _goods(figure: Figure, here: Situation) -> frozenset[str]:
    """The goods a figure is told of; where its clause names none, those of the clause that did last."""
    mentions = here.reading.mentions
    before = [m for m in mentions if here.sentence_span.start <= m.start < here.clause_span.start]
    if _OTHERS.match(here.clause.lstrip()):
        return frozenset()  # of those not named
    if not before or any(here.clause_span.holds(m.start) for m in mentions):
        return frozenset() if _is_named_later(figure, here) else here.named(figure)
    last = here.reading.at(before[-1].start, before[-1].end).clause_span
    return frozenset(m.name for m in before if last.holds(m.start))


def _is_named_later(figure: Figure, here: Situation) -> bool:
    """Whether what a Korean clause names stands only behind a figure, before one of its own ("활새우는 35마리, 급냉은 45마리")."""
    named = [m for m in here.reading.mentions if here.clause_span.holds(m.start)]
    if not named or named[0].start < figure.end or here.text[named[0].start].isascii():
        return False
    return any(
        each.kind == figure.kind and named[0].end <= each.start and here.clause_span.holds(each.start)
        for each in here.reading.figures
    )


def told_of_goods(evidence: Evidence) -> tuple[ToldOfGoods, ...]:
    """Every figure of the articles with the goods of the evidence that it is told of; read once for a turn."""
    return evidence.once("told of goods", lambda: tuple(_told(evidence)))


def _told(evidence: Evidence) -> Iterator[ToldOfGoods]:
    for at, article in enumerate(evidence.articles):
        reading = Reading.of(article, evidence, read(article), loosely=True)
        for figure in (*reading.figures, *_few(reading)):
            if not reading.is_masked(figure):
                here = reading.at(figure.start, figure.end)
                sentence = at * _LONGEST + here.sentence_span.start
                yield ToldOfGoods(figure.kind, figure.values, _goods(figure, here), figure.unit, sentence)

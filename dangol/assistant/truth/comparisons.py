"""Whether goods that are said to cost less, or more, than others do: a comparison holds no figure that could be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.mentions import Mention
from dangol.assistant.truth.situation import Reading
from dangol.assistant.truth.text import Span, clause_spans, plain

_LESS = r"cheaper|less expensive|lower[- ]priced|less"
_MORE = r"dearer|more expensive|pricier|more costly|more"
_ENGLISH = re.compile(
    rf"\b(?:is|are|costs?|comes? out|works? out)\b[^.;!?]{{0,24}}?\b(?:(?P<less>{_LESS})|(?P<more>{_MORE}))\b[^.;!?]{{0,16}}?\bthan\b"
)
_KOREAN = re.compile(
    r"보다[^.!?]{0,16}?(?:(?P<less>저렴|싸(?=요|고|네|지만|니)|쌉니다|값이 낮|가격이 낮)|(?P<more>비싸|비쌉|값이 높|가격이 높))"
)
_FEW = 2  # words that may stand beside a comparison
_BARE = re.compile(
    r"\b(?:the|a|an|is|of|it's|and|so)\b|[은는이가도의,.!]|(?:어|해|워)?요|쌉니다|(?:합|습)?니다"
)


@dataclass(frozen=True)
class _Comparison:
    """What is said to cost less than what, or more."""

    one: list[Mention]
    other: list[Mention]
    clause: Span
    cheaper: bool
    besides: int  # words of the clause that neither compare nor name


def compares(sentence: str) -> bool:
    """Whether a sentence has the words of a comparison of prices."""
    low = plain(sentence)
    return bool(_ENGLISH.search(low) or _KOREAN.search(low))


def is_told_falsely(reading: Reading, start: int, evidence: Evidence) -> bool:
    """Whether a clause from `start` on says of two goods it names that one costs less, or more, and the records do not."""
    return any(_is_so(each, evidence) is False for each in _compared(reading) if each.clause.end > start)


def is_told_truly(reading: Reading, evidence: Evidence) -> bool:
    """Whether a sentence says nothing but that one of two goods costs less, or more, and the records say so too."""
    found = list(_compared(reading))
    return (
        bool(found)
        and len(found) == len(clause_spans(reading.text))
        and all(_is_so(each, evidence) and each.besides <= _FEW for each in found)
    )


def _compared(reading: Reading) -> Iterator[_Comparison]:
    """What is compared with what in each clause."""
    if "than" not in reading.text and "보다" not in reading.text:
        return
    for clause in clause_spans(reading.text):
        words = clause.cut(reading.text)
        found = _ENGLISH.search(words) or _KOREAN.search(words)
        if not found:
            continue
        named = [m for m in reading.mentions if clause.holds(m.start)]
        korean = found.group().startswith("보다")
        place = clause.start + (found.start() if korean else found.end())
        if korean:  # "이슬이 안개보다": what stands right before 보다 is compared with
            other = [m for m in named if 0 <= place - m.end <= 1]
            one = [m for m in named if m not in other]
        else:
            one, other = [m for m in named if m.start < place], [m for m in named if m.start >= place]
        if one and other:
            bare = _BARE.sub(
                " ",
                _without(
                    words,
                    [*named, Mention("", clause.start + found.start(), clause.start + found.end())],
                    clause.start,
                ),
            )
            yield _Comparison(one, other, clause, found["less"] is not None, len(bare.split()))


def _without(words: str, places: list[Mention], start: int) -> str:
    """The words of a clause with these places left blank."""
    for each in places:
        at, end = each.start - start, each.end - start
        words = words[:at] + " " * (end - at) + words[end:]
    return words


def _is_so(said: _Comparison, evidence: Evidence) -> bool | None:
    """Whether every price of the one is below every price of the other, or above; None of no goods on record."""
    both = {m.name for m in (*said.one, *said.other)}
    mine, theirs = (_prices({m.name for m in each}, both, evidence) for each in (said.one, said.other))
    if not mine or not theirs:
        return None
    return max(mine) < min(theirs) if said.cheaper else min(mine) > max(theirs)


def _prices(named: set[str], both: set[str], evidence: Evidence) -> list[int]:
    """What the goods named cost now; of the variants that either side names, where they have such."""
    priced = [
        fact
        for fact in evidence.of("money")
        if fact.source == "record" and "price" in fact.roles and not fact.roles & {"original", "line"}
    ]
    own = [fact for fact in priced if named & {fact.subject, *fact.options}]
    exact = [fact for fact in own if fact.options & both]
    return [int(str(fact.value[1])) for fact in exact or own]

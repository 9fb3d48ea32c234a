"""A message as a whole and in its stretches, each with the intents read in it."""

from collections.abc import Sequence

import numpy as np

from dangol.assistant.understanding import clauses, dialogue, rules
from dangol.assistant.understanding.clauses import Span
from dangol.assistant.understanding.entities import Mention
from dangol.assistant.understanding.joining import Stretch, Vectors
from dangol.assistant.understanding.reading import Context, Intent

_MOST_CLAUSES = 8
_MOST_PARTS = 4


def cut(text: str) -> tuple[list[Span], frozenset[Span]]:
    """The whole of a plain text and its parts, longest first cut; and those of them that sentence ends bound."""
    pieces, parts = clauses.pieces(text, _MOST_CLAUSES, _MOST_PARTS)
    inner = [part for several in parts for part in several]
    return list(dict.fromkeys([Span(0, len(text)), *pieces, *inner])), frozenset(pieces)


def heard(text: str, spans: Sequence[Span], mentions: Sequence[Mention], language: str) -> list[str]:
    """The words of each stretch as the intent model knows them."""
    return [dialogue.with_stand_ins(text, one.start, one.end, mentions, language) for one in spans]


def read(
    text: str,
    cuts: tuple[list[Span], frozenset[Span]],
    mentions: Sequence[Mention],
    context: Context,
    likely: Vectors,
    names: Sequence[str],
) -> list[Stretch]:
    """The stretches of a text with what is read in them; `likely` (stretches, intents) is what the model says."""
    spans, bounded = cuts
    return [
        _read(text, span, mentions, context, row, names, span in bounded)
        for span, row in zip(spans, likely, strict=True)
    ]


def _read(
    text: str,
    span: Span,
    mentions: Sequence[Mention],
    context: Context,
    row: Vectors,
    names: Sequence[str],
    bounded: bool,
) -> Stretch:
    said = text[span.start : span.end]
    word = rules.one_word(said)
    ranked = (Intent(name=word, confidence=0.97),) if word is not None else _ranked(row, names)
    inside = [one for one in mentions if one.start < span.end and span.start < one.end]
    told, named = dialogue.settle(said, ranked, inside, span.start, context)
    settled = tuple(told)
    ruled = word is not None or named
    asked = context.expects is not None or bool(context.offered)
    answers = asked and settled[0].name == dialogue.only_answer(said, inside, span.start, context)
    return Stretch(span, said, settled, row, ruled, bounded, answers)


def _ranked(row: Vectors, names: Sequence[str]) -> tuple[Intent, ...]:
    order = np.argsort(row)[::-1][:5]
    return tuple(
        Intent(name=names[at], confidence=round(min(0.99, float(row[at])), 4)) for at in order.tolist()
    )

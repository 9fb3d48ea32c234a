"""The check before a reply leaves: every figure and promise in it must be in this turn's evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dangol.assistant.truth.backing import backed
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.figures import Figure, read
from dangol.assistant.truth.policies import unwritten_policies
from dangol.assistant.truth.situation import Reading
from dangol.assistant.truth.stock import false_statements
from dangol.assistant.truth.text import sentence_spans, span_at
from dangol.kernel.blocks import Block, Price, TextBlock
from dangol.kernel.model import Value

_KINDS = {
    "money": "price", "times": "percent", "span": "duration", "weekday": "date", "relative": "date", "period": "date",
    "monthday": "date", "monthend": "date", "phone": "contact", "email": "contact", "code": "coupon",
}  # fmt: skip
# fields of blocks that hold words the assistant chose; all others are taken over from results as they are
_WORDS = frozenset({"text", "advice", "why", "eta", "note", "wait", "steps"})


@dataclass(frozen=True, slots=True)
class Unbacked:
    """A part of a reply that nothing in the evidence backs.

    `kind`: price, percent, stock, size, date, duration, time, count, rating, points, contact, link, coupon, reference,
    policy or number; `start` and `end` are places in the text it stands in; `block` is the block's place in the reply.
    """

    kind: str
    text: str
    start: int
    end: int
    block: int = 0


def check(blocks: Iterable[Block | str], evidence: Evidence) -> list[Unbacked]:
    """Everything in a reply that is not backed by the evidence; an empty list means that it may be sent.

    Texts are read for figures and promises in Korean and English; every price in any other block must be one of
    the evidence's amounts.
    """
    found: list[Unbacked] = []
    for at, block in enumerate(blocks):
        if isinstance(block, str):
            found += check_text(block, evidence, at)
        elif isinstance(block, TextBlock):
            found += check_text(block.text, evidence, at)
        else:
            for price in _prices(block):
                if not _is_held(price, evidence):
                    found.append(Unbacked("price", price.display, 0, len(price.display), at))
            for text in _texts(block):
                found += check_text(text, evidence, at)
    return found


def check_text(
    text: str, evidence: Evidence, block: int = 0, *, reading: Reading | None = None, since: int = 0
) -> list[Unbacked]:
    """Everything in one text that is not backed by the evidence, in order.

    `reading`: the text as it was read already, with products named by a word of their title, as people and models do and
    our own sentences never. `since`: the place up to which the text was checked before.
    """
    figures = read(text)
    reading = reading or Reading.of(text, evidence, figures, loosely=False)
    begins = span_at(sentence_spans(text), since).start
    written = [s for s in sentence_spans(text) if evidence.is_written(s.cut(text))] if figures else []
    found = [
        _unbacked(text, _kind(figure), figure.start, figure.end, block)
        for figure in figures
        if figure.start >= begins
        and not reading.is_masked(figure)
        and not any(span.start <= figure.start < span.end for span in written)  # the shop's own words
        and not backed(figure, evidence, reading.at(figure.start, figure.end))
    ]
    for span in false_statements(reading, evidence):
        found.append(_unbacked(text, "stock", span.start, span.end, block))
    for span in unwritten_policies(reading, evidence):
        if not any(span.start <= other.start < span.end for other in found):
            found.append(_unbacked(text, "policy", span.start, span.end, block))
    return sorted(found, key=lambda unbacked: unbacked.start)


def _kind(figure: Figure) -> str:
    return _KINDS.get(figure.kind, figure.kind)


def _unbacked(text: str, kind: str, start: int, end: int, block: int) -> Unbacked:
    return Unbacked(kind, text[start:end].strip(), start, end, block)


def _is_held(price: Price, evidence: Evidence) -> bool:
    held = {fact.value for fact in evidence.of("money") if fact.source == "record"}
    return (price.currency, price.amount) in held or price.amount == 0


def _prices(node: object) -> Iterator[Price]:
    if isinstance(node, Price):
        yield node
    elif isinstance(node, Value):
        for name in type(node).model_fields:
            yield from _prices(getattr(node, name))
    elif isinstance(node, (tuple, list)):
        for part in node:
            yield from _prices(part)


def _texts(node: object, name: str = "") -> Iterator[str]:
    if isinstance(node, str):
        if name in _WORDS and node:
            yield node
    elif isinstance(node, Value):
        for field in type(node).model_fields:
            yield from _texts(getattr(node, field), field)
    elif isinstance(node, (tuple, list)):
        for part in node:
            yield from _texts(part, name)

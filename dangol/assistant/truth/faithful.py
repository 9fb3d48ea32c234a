"""Whether a text says what another says: for translations, rewordings and summaries, in whichever languages the two are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.figures import Figure, read
from dangol.assistant.truth.generated import check_generated

_NUMBERS = frozenset(
    {"stock", "count", "number"}
)  # "3켤레", "three pairs", "3": one figure, read by what stands beside it
# what is said in words and not in figures; a text may say it only when its source does
_SAID = frozenset({"deed", "promise", "leak", "stock", "policy"})
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def unfaithful(source: str, text: str, *, whole: bool = True, rules: str = "") -> list[str]:
    """What a text says beside its source and, for the `whole` of it, what of its source it leaves out; empty: nothing.

    Figures are compared by what they mean (삼만오천원, 35,000 won), deeds and promises by whether there are any.
    `rules` are what must never be told.
    """
    there, here = dict(_values(source)), dict(_values(text))
    wrong = [f"{key[0]}: {told}" for key, told in here.items() if key not in there]
    if whole:
        wrong += [f"left out: {told}" for key, told in there.items() if key not in here]
    kinds = {kind for kind, _ in _claims(source)}
    wrong += [f"{kind}: {told}" for kind, told in _claims(text, rules) if kind not in kinds]
    return wrong


def _values(text: str) -> Iterator[tuple[tuple[Any, ...], str]]:
    for figure in read(text):
        told = text[figure.start : figure.end].strip()
        for value in figure.values:
            yield _meaning(figure, value), told


def _meaning(figure: Figure, value: tuple[object, ...]) -> tuple[Any, ...]:
    if figure.kind == "size" and str(value[0]).isdigit():
        return ("number", Decimal(str(value[0])))
    return ("number" if figure.kind in _NUMBERS else figure.kind, *value)


def _claims(text: str, rules: str = "") -> Iterator[tuple[str, str]]:
    nothing = Evidence.gather((), "", _NO_DAY, "UTC")
    for each in check_generated(text, nothing, said=text, rules=rules):
        if each.kind in _SAID and not read(each.text):
            yield each.kind, each.text

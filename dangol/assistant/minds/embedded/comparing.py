"""Comparing: a table of what differs, and which is better for what was said."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.assistant.minds.embedded import comparing_options
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import shown_items
from dangol.assistant.minds.embedded.naming import which_product
from dangol.assistant.minds.embedded.references import meant_products
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.minds.embedded.wanting import wishes_said
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.contracts.shopfloor.products import (
    CompareProducts,
    Comparison,
    FindProducts,
    FoundProducts,
    Reason,
)

_COUNTS = {
    "two": 2,
    "2": 2,
    "두": 2,
    "둘": 2,
    "three": 3,
    "3": 3,
    "세": 3,
    "셋": 3,
    "four": 4,
    "4": 4,
    "네": 4,
}
_FIRST = re.compile(
    r"(?i)\b(?:first|top|upper) (two|three|four|2|3|4)\b|(?:앞에?|앞의|처음|위에?|위의|맨\s?위)\s?(두|세|네|2|3|4)\s?(?:개|가지|번)?"
)
_LAST = re.compile(
    r"(?i)\b(?:last|bottom|other) (two|three|2|3)\b|(?:뒤에?|뒤의|마지막|아래|나머지|밑에?)\s?(두|세|2|3)\s?(?:개|가지|번)"
)


def compare_products(desk: Desk) -> Steps[Answer]:
    """A table of what differs, with advice from the stated need."""
    handles = _in_a_row(desk) or [meant.product for meant in meant_products(desk)]
    if desk.argument:
        handles = desk.argument.split(",")
    among = yield from comparing_options.of_one(desk, handles)
    if among is not None:
        return among
    if len(handles) == 1 and desk.memory.focus and desk.memory.focus not in handles:
        handles.insert(0, desk.memory.focus)
    if len(handles) < 2:
        handles = list(dict.fromkeys((*handles, *(item.product for item in desk.memory.several))))[:3]
    if len(handles) < 2 or (desk.values("category") and not meant_products(desk)):
        handles = (yield from _of_the_kind(desk)) or handles
    if len(handles) < 2:
        return (yield from which_product(desk))
    needs = desk.memory.wishes
    compared = yield from ask(
        "compare_products", CompareProducts(products=tuple(handles[:4]), needs=needs), Comparison
    )
    return _compared(desk, compared)


def _of_the_kind(desk: Desk) -> Steps[list[str]]:
    """ "Compare the desks": the best of the kind of goods named."""
    if not desk.values("category"):
        return []
    wanted = FindProducts(wishes=wishes_said(desk), limit=3, personal=False)
    found = yield from ask("find_products", wanted, FoundProducts)
    return [] if found.loosened else [card.product for card in found.items]


def _in_a_row(desk: Desk) -> list[str]:
    """ "The first two", "앞에 두 개": so many of those on screen, from the top or the bottom."""
    shown = [item.product for item in desk.memory.several]
    if first := _FIRST.search(desk.text):
        return shown[: _COUNTS[next(filter(None, first.groups())).lower()]]
    if last := _LAST.search(desk.text):
        return shown[-_COUNTS[next(filter(None, last.groups())).lower()] :]
    return []


def _compared(desk: Desk, compared: Comparison) -> Answer:
    best = next((card for card in compared.cards if card.product == compared.best), None)
    if best is not None and compared.because:
        advice = line("advice_best", title=best.title, why=_because(compared.because))
    elif best is not None:
        advice = line("advice_title", title=best.title)
    else:
        advice = line("advice_none")
    head = line("compared", titles=[card.title for card in compared.cards])
    block = cards.comparison(compared, say(advice, desk.language, desk.shop), desk.language, desk.shop)
    return Answer(
        lines=(head,),
        blocks=(block,),
        choices=tuple(
            (f"buy:{card.product}", line("button_add_named", title=card.title)) for card in compared.cards
        ),
        keep={
            "shown": shown_items(compared.cards),
            "focus": best.product if best else None,
            "focus_title": best.title if best else "",
            "focus_sku": best.sku if best else None,
            "pending": None,
            "awaits": None,
        },
    )


def _because(reasons: Sequence[Reason]) -> list[Line]:
    return [Line(f"why_{reason.kind}", {"value": reason.value}) for reason in reasons[:2]]

"""Two wishes about what was bought, said in one breath, of which only one was read: each part by its own words."""

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import after_words, refunds, restock_words
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import is_question

_CUT = re.compile(
    r"(?i)[,;\n]+\s*|\s(?:and|plus|also)\s(?:also\s)?|\s?그리고\s|(?<=[하주시]고)\s|(?<=[하주시]구)\s|(?<=[하주]고요)\s"
)
_WHOSE = frozenset({"order_id", "email", "phone"})  # told once for all
_OF_GOODS = frozenset({"return_item", "exchange_item", "cancel_order"})
_BESIDE_ANY = frozenset({"get_invoice", "notify_restock"})


def wishes(desk: Desk) -> list[Desk]:
    """The wishes of a message one by one, each with its own words; [] where it is one wish, or all were read."""
    if desk.memory.task or desk.situation.state.question or is_question(desk.text):
        return []
    parts = _parts(desk)
    read = {intent.name for intent in desk.situation.reading.intents}
    if len(parts) != 2 or {each.intent for each in parts} <= read or not _are_two(*parts):
        return []
    return parts


def _parts(desk: Desk) -> list[Desk]:
    """The parts of a text that carry a wish of their own; what stands between them belongs to the one before."""
    found: list[Desk] = []
    whose = _WHOSE - {"order_id"} if len(desk.values("order_id")) > 1 else _WHOSE
    at = 0
    for end in (*(cut.end() for cut in _CUT.finditer(desk.text)), len(desk.text)):
        text, start, at = desk.text[at:end], at, end
        wish = after_words.wanted(text) or ("notify_restock" if restock_words.says_when_back(text) else None)
        if wish is None:
            continue
        own = tuple(each for each in desk.entities if start <= each.start < end or each.type in whose)
        heard = desk.situation.heard.model_copy(update={"text": text.strip(" ,;")})
        situation = replace(desk.situation, heard=heard)
        found.append(replace(desk, situation=situation, intent=wish, text=heard.text, entities=own))
    return found


def _are_two(first: Desk, second: Desk) -> bool:
    """Whether the second is more than what comes of the first ("취소하고 환불해 주세요" is one wish)."""
    if second.intent in _BESIDE_ANY or first.intent in _BESIDE_ANY:
        return first.intent != second.intent
    if refunds.calls_off(first.text) and second.intent == "return_item":
        return True
    of_goods = {first.intent, second.intent} <= _OF_GOODS and first.intent != second.intent
    apart = first.first("order_id") is None or first.first("order_id") != second.first("order_id")
    of_goods = of_goods and (apart or (_names_goods(first) and _names_goods(second)))
    return of_goods and _names(first) and _names(second)


def _names_goods(desk: Desk) -> bool:
    return any(each.type in ("category", "product") and each.text for each in desk.entities)


def _names(desk: Desk) -> bool:
    return any(each.type in ("category", "product", "order_id") and each.text for each in desk.entities)

"""What an order's number is told for, by what was said before it: on with the trouble, the return, the complaint."""

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import after_words, return_slots, solving
from dangol.assistant.minds.embedded.desk import Desk

_TROUBLES = frozenset({"complain", "abuse", "report_item_problem"})
# what was asked in general before the number came is meant of that order
_IN_GENERAL = {
    "ask_return_policy": "return_item", "return_item": "return_item", "exchange_item": "exchange_item",
    "ask_cancel_policy": "cancel_order", "cancel_order": "cancel_order", "set_address": "change_order",
    "change_order": "change_order", "get_invoice": "get_invoice", "track_refund": "track_refund",
}  # fmt: skip
# a complaint of the way here is answered by where the parcel is; any other is of the goods
_OF_THE_WAY = re.compile(
    r"(?i)배송|택배|도착|늦|느리|느려|언제\s?와|어디|안\s?와|안\s?오|기사|\b(?:deliver\w*|parcel|package|shipping|shipped|courier|driver|where|late|slow|waiting|tracking|arrive[sd]?\b(?!\s(?:broken|damaged)))"
)


def meant_by(desk: Desk) -> Desk:
    """The request that an order's number by itself goes on with, and the words it was first made in.

    "The jar was broken" … "order 1003" is help with the jar, and not the way of its parcel.
    """
    pending = desk.memory.pending
    if pending is not None and pending.intent == solving.WAITS:
        return replace(desk, intent="report_item_problem", text=f"{pending.value} {desk.text}".strip())
    if pending is not None and pending.intent in return_slots.INTENTS:
        return desk.with_intent(pending.intent)  # "and the shoes of order 1003?"
    lately = desk.situation.state.lately
    last = desk.memory.last_intents
    if not lately or not (_TROUBLES | {"ask_discount", *_IN_GENERAL}) & set(last):
        return desk.with_intent("track_order")
    before = lately[-1].shopper
    if after_words.promised(before):
        return replace(desk, intent="talk_to_human")
    return replace(desk, intent=_of_before(before, last), text=f"{before} {desk.text}")


def _of_before(before: str, last: tuple[str, ...]) -> str:
    """The intent a number goes on with, by the words before it and by what they were read as."""
    wanted = after_words.wanted(before)
    if not _TROUBLES & set(last):
        return wanted or next((_IN_GENERAL[each] for each in last if each in _IN_GENERAL), "track_order")
    wanted = wanted or return_slots.intent_for(before)
    if not wanted and _OF_THE_WAY.search(before):
        return "track_order"
    return wanted or "report_item_problem"

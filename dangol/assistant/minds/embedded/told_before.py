"""What an order's number is told for, by what was said before it: on with the trouble, the return, the complaint."""

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import after_words, return_slots, solving
from dangol.assistant.minds.embedded.desk import Desk

_TROUBLES = frozenset({"complain", "abuse", "report_item_problem"})
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
    lately = desk.situation.state.lately
    if not lately or not _TROUBLES & set(desk.memory.last_intents):
        return desk.with_intent("track_order")
    before = lately[-1].shopper
    wanted = after_words.wanted(before) or return_slots.intent_for(before)
    if not wanted and _OF_THE_WAY.search(before):
        return desk.with_intent("track_order")
    return replace(desk, intent=wanted or "report_item_problem", text=f"{before} {desk.text}")

"""By when the goods of a return that was asked for are sent, and what becomes of it when they come late."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

from dangol.assistant.minds.embedded import return_answers, returning, sending_rule
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.returns import LookUpReturns, Returns, ReturnView

_BY_WHEN = re.compile(
    r"(?i)(?:언제|며칠|몇\s?일|기한)\S{0,4}.{0,10}(?:보내야|보내면|부쳐야|부치면|부쳐\s?야|반송해야|돌려보내|돌려\s?보내|맡겨야)"
    r"|\b(?:when|how (?:long|soon|many days)|deadline)\b.{0,30}\b(?:(?:do|should|must|can|have) (?:i|we)|i (?:have|need|must|should)|we (?:have|need)|to|for)\b.{0,20}\b(?:(?:send|ship|post|mail|drop|hand)(?:ing)?\b.{0,24}\b(?:back|off|it|them|parcel|package|goods|items?)|return(?:ing)? (?:it|them|the (?:goods|items?|parcel|package)))\b"
)
_LATE = re.compile(
    r"(?i)(?:늦게|나중에|기한\s?(?:지나|넘)\S*)\s?(?:보내|부치|부쳐|반송)|(?:못|안)\s?(?:보내|부치)면|(?:보내|부치)\S{0,4}\s?(?:게|는\s?게)?\s?(?:좀\s?)?늦(?:으면|어도|어지)"
    r"|\b(?:send|ship|post|mail|return)(?:ing)?\b.{0,20}\b(?:late|later)\b|\b(?:miss|past|after) the deadline\b|\b(?:don'?t|can'?t|cannot) (?:send|ship|post|mail) (?:it|them)\b"
)
_NOT_SENT = frozenset({"requested", "approved", "label_created"})
_MOST = 20


def wanted(desk: Desk) -> Desk | None:
    """The day for sending goods back, asked by somebody who has shown who they are."""
    if desk.memory.task or not (_BY_WHEN.search(desk.text) or _LATE.search(desk.text)):
        return None
    if desk.situation.state.shopper(desk.situation.now).role == "visitor":
        return None
    return desk.with_intent("ask_return_policy")


def by_when(desk: Desk) -> Steps[Answer]:
    """Of the return whose goods are still to be sent; with none, what the shop says of returns."""
    try:
        found = yield from ask("look_up_returns", LookUpReturns(limit=_MOST), Returns)
    except ToolRefused:
        return (yield from _rule(desk))
    waiting = [each for each in found.items if each.status in _NOT_SENT]
    spoken_of = [each for each in waiting if each.order == desk.memory.last_order]
    view = next(iter(spoken_of or waiting), None)
    if view is None:
        return (yield from _rule(desk))
    return Answer(
        lines=_told(desk, view),
        blocks=(return_answers.block(desk, view),),
        choices=(
            ("intent:track_refund", line("button_return_status")),
            (f"call_off:{view.number}", line("button_call_off")),
        ),
        keep={"awaits": None, "pending": None, "last_order": view.order},
    )


def _rule(desk: Desk) -> Steps[Answer]:
    """None of their goods is still to be sent: what the articles say of the day, or of coming late."""
    if _BY_WHEN.search(desk.text):
        return (yield from sending_rule.by_when(desk))
    return (yield from returning.ask_return_policy(desk))


def _told(desk: Desk, view: ReturnView) -> tuple[Line, ...]:
    what = line(f"kind_{view.kind}")
    if view.waits_for == "payment":  # not paid in time it ends: nothing is promised
        return (line("return_waits_payment", due=view.due),)
    if view.sending == "none":
        return (line("step_none"),)
    fetched = view.sending == "pickup"
    first = "send_by_pickup_on" if fetched and view.pickup_on else f"send_by_{view.sending}"
    own = line(first, day=view.pickup_on) if fetched and view.pickup_on else line(first)
    late = line("send_late", what=what, number=view.number)
    day = return_answers.by_when(desk, view)
    if day is not None:
        return (own, day, late) if fetched else (day, late)
    if view.kind == "return" and view.refund.amount:
        return (own, late, line("send_late_money"))
    return (own, late)

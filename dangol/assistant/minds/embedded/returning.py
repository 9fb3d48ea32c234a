"""Sending goods back: which, why, on what terms, one yes; where it stands; and calling it off."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import (
    astray,
    policies,
    return_answers,
    return_slots,
)
from dangol.assistant.minds.embedded.calling import talk_to_human
from dangol.assistant.minds.embedded.cancelling import OPEN, cancel_order
from dangol.assistant.minds.embedded.changing import change_order
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.exchanging import choose_variant
from dangol.assistant.minds.embedded.orders_after import (
    order_named,
    the_order,
)
from dangol.assistant.minds.embedded.refunds import call_off, calls_off
from dangol.assistant.minds.embedded.return_slots import Slots, heard, kept, lines_meant
from dangol.assistant.minds.embedded.steps import Answer, Job, NeedsYes, Steps, ToolRefused, ask
from dangol.assistant.minds.embedded.verifying import as_owner
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.orders import OpenPayment, OrderView, PaymentOpened
from dangol.contracts.shopfloor.returns import (
    LookUpReturns,
    ReturnOffer,
    Returns,
    ReturnView,
    StartReturn,
)
from dangol.kernel.after_sale.policy import OURS
from dangol.kernel.blocks import LinkBlock

_PERSON = ("human", line("button_human"))
_OWN = re.compile(
    r"(?i)(?:이|제|내|그)\s?(?:주문|상품|거|것)|받은|산\s?거|샀|뜯|개봉|신었|입었|"
    r"\b(?:my|this|it|i (?:bought|opened|got|received))\b"
)
_RULE_ASKED = {"ko": "반품과 교환은 언제까지 할 수 있나요?", "en": "Until when can I return something?"}
_ABOUT_ONE = frozenset({"track_order", "complain", "cancel_order", "change_order", "report_item_problem"})
_GIVEN = frozenset({"inform", "affirm"})
_REASON_BUTTONS = ("size", "changed_mind", "defect", "wrong_item", "other")


def return_item(desk: Desk) -> Steps[Answer]:
    """Send something back for money."""
    if calls_off(desk.text):
        return (yield from call_off(desk))
    return (yield from go_on(desk, heard(desk, kept(desk, "return_item"))))


def exchange_item(desk: Desk) -> Steps[Answer]:
    """Swap something for another variant."""
    if calls_off(desk.text):
        return (yield from call_off(desk))
    return (yield from go_on(desk, heard(desk, kept(desk, "exchange_item"))))


def report_item_problem(desk: Desk) -> Steps[Answer]:
    """Damaged, wrong or missing: sorry first, a picture asked for once, then what the shop can do."""
    pending = desk.memory.pending
    if pending is not None and pending.awaits == "parcel":
        return (yield from talk_to_human(desk))
    slots = heard(desk, kept(desk, "report_item_problem"))
    reason = slots.reason if slots.reason in OURS else "defect"
    return (yield from go_on(desk, replace(slots, reason=reason)))


def go_on(desk: Desk, slots: Slots) -> Steps[Answer]:
    """Ask for the first thing missing; when nothing is, show the whole consequence and ask once."""
    named = slots.order or order_named(desk) or _of_last(desk, slots)
    found = yield from the_order(replace(desk, argument=named or ""), _verb(slots), "which_order_return")
    if isinstance(found, Answer):
        return _waiting_for_order(found, slots)
    if (instead := _instead(desk, slots, found)) is not None:
        return (yield from instead)
    slots = replace(slots, order=found.order)
    slots = replace(slots, lines=lines_meant(desk, found, slots))
    if not slots.lines:
        return (yield from _ask_lines(desk, slots, found))
    if slots.kind == "exchange" and not slots.sku:
        chosen = yield from choose_variant(desk, slots, found)
        if isinstance(chosen, Answer):
            return chosen
        slots = replace(slots, sku=chosen)
    offer = yield from ask("check_return", slots.request(), ReturnOffer)
    return (yield from _with_offer(desk, slots, offer))


def _instead(desk: Desk, slots: Slots, found: OrderView) -> Steps[Answer] | None:
    """What is done with goods that nobody can send back: cancelled or changed before they leave, looked for after."""
    at = replace(desk, argument=found.order)
    if found.status in OPEN:
        exchange = slots.kind == "exchange"
        return (
            change_order(at.with_intent("change_order"))
            if exchange
            else cancel_order(at.with_intent("cancel_order"))
        )
    return astray.looked_for(desk, slots, found)


def _of_last(desk: Desk, slots: Slots) -> str | None:
    """The order a conversation was just about, when goods of it are spoken of again."""
    words = desk.text.lower()
    pointed = any(word in words for word in ("이 주문", "그 주문", "this order", "that order"))
    last = set(desk.memory.last_intents)
    # a number given, a yes said: what was talked about then was an order, where nothing else is on screen
    lately = last & _ABOUT_ONE or (last and last <= _GIVEN and not desk.memory.shown)
    return desk.memory.last_order if pointed or (lately and not desk.values("product")) else None


def _verb(slots: Slots) -> str:
    return (
        "exchange"
        if slots.kind == "exchange"
        else "problem"
        if slots.intent == "report_item_problem"
        else "return"
    )


def _waiting_for_order(answer: Answer, slots: Slots) -> Answer:
    """The question which order it is, with what was said of the return kept."""
    pending = answer.keep.get("pending")
    if pending is None:
        return answer
    options = slots.pending("order")["pending"].options
    return replace(
        answer,
        keep={
            **answer.keep,
            "pending": pending.model_copy(update={"options": options, "intent": slots.intent}),
        },
    )


def _ask_lines(desk: Desk, slots: Slots, order: OrderView) -> Steps[Answer]:
    offer = yield from ask("check_return", slots.request(), ReturnOffer)
    left = [each for each in offer.lines if each.left > 0]
    if offer.refusal in ("offered", "role", "state", "times", "left") or not left:
        return (yield from _refused(desk, slots, offer))
    if len(left) == 1:
        return (yield from go_on(desk, replace(slots, lines=((left[0].line, 0),))))
    choices = [
        (f"back:lines:{each.line}", line("plain", text=return_answers.called(each))) for each in left[:6]
    ]
    return Answer(
        lines=(*_sorry(slots), line(f"which_lines_{_verb(slots)}")),
        choices=(*choices, (f"back:lines:{','.join(each.line for each in left)}", line("button_all_lines"))),
        keep={**slots.pending("return_lines"), "last_order": order.order},
    )


def _sorry(slots: Slots) -> tuple[Line, ...]:
    return (line("sorry_for_goods"),) if slots.reason in OURS and not slots.photo_asked else ()


def _with_offer(desk: Desk, slots: Slots, offer: ReturnOffer) -> Steps[Answer]:
    if not offer.allowed:
        return (yield from _refused(desk, slots, offer))
    if not slots.reason:
        buttons = tuple((f"back:reason:{each}", line(f"reason_{each}")) for each in _REASON_BUTTONS)
        return Answer(
            lines=(line("ask_reason", what=line(f"kind_{slots.kind}")),),
            choices=buttons,
            keep={**slots.pending("return_reason"), "last_order": offer.order},
        )
    if not slots.state and _depends_on_state(offer):
        return Answer(
            lines=(line("ask_state"),),
            choices=(
                ("back:state:sealed", line("state_sealed")),
                ("back:state:opened", line("state_opened")),
            ),
            keep=slots.pending("return_state"),
        )
    if offer.photo and not slots.photos and not slots.photo_asked and offer.reason != "missing_item":
        asked = replace(slots, photo_asked=True)
        return Answer(
            lines=(line("sorry_for_goods"), line("ask_photo")),
            choices=(("back:photo:none", line("button_no_photo")),),
            keep=asked.pending("return_photo"),
        )
    return (yield from propose(desk, slots, offer))


def _depends_on_state(offer: ReturnOffer) -> bool:
    return any(
        rule.code == "excluded" and rule.details.get("when") in ("opened", "used", "washed") and rule.details.get("stands")
        for rule in offer.rules
    )  # fmt: skip


def propose(desk: Desk, slots: Slots, offer: ReturnOffer) -> Steps[Answer]:
    """The whole consequence and one question; a yes starts it."""
    start = StartReturn(
        request=slots.request(), refund=offer.refund, due=offer.due, return_fee=offer.return_fee, points=offer.points,
        photos=slots.photos,
    )  # fmt: skip
    try:
        done = yield from ask("start_return", start, ReturnView)
    except NeedsYes as needs:
        return replace(
            return_answers.proposed(desk, slots, offer),
            confirm=(needs.code, needs.call),
        )
    return (yield from started(desk, done))


def yes_start(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
    """The yes was given: start it on exactly the terms shown; what may not come back any more is said so."""
    agreed = StartReturn.model_validate(args)
    try:
        done = yield from ask("start_return", agreed, ReturnView)
    except ToolRefused as no:
        if no.code != "not_returnable":
            raise
        offer = yield from ask("check_return", agreed.request, ReturnOffer)
        if offer.refusal is None:
            raise
        kind = agreed.request.kind
        intent = "exchange_item" if kind == "exchange" else "return_item"
        return (yield from _refused(desk, Slots(kind=kind, intent=intent, order=offer.order), offer))
    return (yield from started(desk, done))


def no_start(desk: Desk) -> Steps[Answer]:
    """Nothing is sent back; what was said of it is kept for a yes that comes right after."""
    yield from ()
    pending = desk.memory.pending
    proposed = pending is not None and pending.awaits == "return_yes"
    left = (
        pending.model_copy(update={"awaits": return_slots.LEFT}) if pending is not None and proposed else None
    )
    return Answer(lines=(line("return_left"),), keep={"awaits": None, "pending": left})


def started(desk: Desk, view: ReturnView) -> Steps[Answer]:
    """It is registered: what happens next, and where to pay a difference."""
    answer = return_answers.registered(desk, view)
    if view.replacement is None or view.waits_for != "payment":
        return answer
    opened = yield from ask("open_payment", OpenPayment(order=view.replacement), PaymentOpened)
    label = "결제하기" if desk.language == "ko" else "Pay now"
    return replace(
        answer,
        lines=(*answer.lines[:1], line("exchange_pay", due=opened.amount)),
        blocks=(*answer.blocks, LinkBlock(label=label, url=opened.url)),
        choices=((f"paid:{view.replacement}", line("button_paid")), *answer.choices),
        keep={**answer.keep, "last_order": view.replacement},
    )


def _refused(desk: Desk, slots: Slots, offer: ReturnOffer) -> Steps[Answer]:
    """The rule in words with the shop's own article, and what can be done instead."""
    if offer.refusal == "left":
        returns = yield from ask("look_up_returns", LookUpReturns(order=offer.order), Returns)
        if returns.items:
            return return_answers.under_way(desk, returns.items[0])
    intent = "exchange_item" if slots.kind == "exchange" else "return_item"
    rule = _RULE_ASKED["ko" if desk.language == "ko" else "en"]
    article = yield from policies.policy_part(replace(desk, intent=intent, text=rule))
    return return_answers.refused(desk, slots, offer, article.sources if article else ())


def of_order(intent: str) -> Job:
    """The order a button names, for a request that waited for it."""

    def job(desk: Desk) -> Steps[Answer]:
        pending = desk.memory.pending
        slots = kept(desk, intent)
        if pending is not None and pending.awaits == "order":
            waiting = pending.model_copy(update={"awaits": "return_lines"})
            memory = desk.memory.model_copy(update={"pending": waiting})
            slots = kept(replace(desk, memory=memory), intent)
        slots = replace(slots, order=desk.argument)
        if intent == "report_item_problem" and not slots.reason:
            slots = replace(slots, reason="defect")
        return (yield from go_on(replace(desk, argument="", text=pending.value if pending else ""), slots))

    return job


def ask_return_policy(desk: Desk) -> Steps[Answer]:
    """The rules of return: of one's own order what holds for it, else the article."""
    state = desk.situation.state.shopper(desk.situation.now)
    if state.role == "visitor" and order_named(desk) and desk.first("email"):
        return (yield from as_owner(return_item)(desk.with_intent("return_item")))
    own = bool(order_named(desk)) or (state.role != "visitor" and _OWN.search(desk.text))
    if not own or state.role == "visitor":
        return (yield from policies.ask_policy(desk))
    slots = heard(desk, kept(desk, "return_item"))
    try:
        return (yield from of_state(desk, (yield from go_on(desk, slots)), slots))
    except ToolRefused:
        return (yield from policies.ask_policy(desk))


def of_state(desk: Desk, answer: Answer, slots: Slots) -> Steps[Answer]:
    """Whether goods in that state may come back: as the articles say it, else by the terms; then on with the return."""
    told = (yield from policies.of_opened(desk)) if slots.state else None
    if told is None:
        return return_answers.opened(answer, slots)
    return replace(answer, lines=(*told.lines[:1], *answer.lines[-2:]), sources=told.sources)

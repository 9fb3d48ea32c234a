"""Cancelling an order: what comes of it first, one yes, done; nobody is asked to think again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, get_args

from dangol.assistant.minds.embedded import cancelling_part
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.orders_after import the_order
from dangol.assistant.minds.embedded.policies import policy_part
from dangol.assistant.minds.embedded.return_slots import words
from dangol.assistant.minds.embedded.steps import Answer, NeedsYes, Steps, ToolRefused, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.changes import Cancellation, CancelOrder, LookAtCancellation
from dangol.contracts.shopfloor.orders import OrderView
from dangol.kernel.after_sale import Reason

_PERSON = ("human", line("button_human"))
_PART = re.compile(
    r"(?i)(?:한\s?개|하나|일부|한\s?가지|\d+\s?개|것|거|양말|상품)\s?만|만\s?(?:취소|빼)|부분\s?취소|나머지"
    r"|\b(?:only|just) (?:the|one|that|this|some|part)\b|\bone of (?:them|the)\b"
    r"|\bpart(?:ly|ial|ially)?\b|\bkeep the rest\b"
)
OPEN = ("pending_payment", "paid", "preparing")


def cancel_order(desk: Desk) -> Steps[Answer]:
    """Say what cancelling brings and ask once; an order that has left is told the way of returning it."""
    meant = yield from the_order(desk, "cancel", "which_to_cancel")
    if isinstance(meant, Answer):
        return meant
    return (yield from offer(desk, meant))


def pressed_reason(desk: Desk) -> Steps[Answer]:
    """A reason was picked, in a shop that cancels for some only: `cancel_for:REASON:ORDER`."""
    said, _, number = desk.argument.partition(":")
    desk = replace(desk, argument=number)
    meant = yield from the_order(desk, "cancel", "which_to_cancel")
    if isinstance(meant, Answer):
        return meant
    return (yield from offer(desk, meant, next((each for each in get_args(Reason) if each == said), None)))


def offer(desk: Desk, order: OrderView, reason: Reason | None = None) -> Steps[Answer]:
    """The consequence with its question; the reason first where the shop cancels for some only."""
    looked = LookAtCancellation(order=order.order, reason=reason)
    found = yield from ask("look_at_cancellation", looked, Cancellation)
    if found.why == "reason" and found.reasons:
        return _for_which_reason(found)
    if not found.allowed:
        return refused(desk, found)
    several = len(found.order_view.lines) > 1 and not desk.argument
    part = cancelling_part.meant(words(desk), found.order_view) if several else None
    if part is not None:
        return cancelling_part.told(desk, found, part)
    if found.person:
        return _for_a_person(found)
    try:
        done = yield from ask(
            "cancel_order",
            CancelOrder(order=found.order, refund=found.refund, fee=found.fee, reason=reason),
            Cancellation,
        )
    except NeedsYes as needs:
        partly = (line("cancel_only_whole"),) if _asks_for_part(desk, found.order_view) else ()
        told = (*partly, *_consequence(found))[:2]  # and the question: three sentences
        return Answer(
            lines=(*told, line("confirm_cancel", order=found.order)),
            blocks=(cards.order(found.order_view, desk.language, desk.shop),),
            choices=(
                ("yes", line("button_yes_cancel")),
                ("no", line("button_keep_order")),
                *((_PERSON,) if partly else ()),
            ),
            keep={"awaits": "yes_no", "pending": None, "last_order": found.order},
            confirm=(needs.code, needs.call),
        )
    return cancelled(desk, done)


def _asks_for_part(desk: Desk, order: OrderView) -> bool:
    """Whether one of several things is to be cancelled and the rest kept."""
    several = len(order.lines) > 1 or any(each.quantity > 1 for each in order.lines)
    return several and _PART.search(desk.text) is not None


def _for_which_reason(found: Cancellation) -> Answer:
    picks = tuple((f"cancel_for:{each}:{found.order}", line(f"reason_{each}")) for each in found.reasons)
    return Answer(
        lines=(line("ask_cancel_reason", order=found.order),),
        choices=(*picks, _PERSON),
        keep={"awaits": None, "pending": None, "last_order": found.order},
    )


def _consequence(found: Cancellation) -> list[Line]:
    lines: list[Line] = []
    if found.status == "pending_payment":
        lines.append(line("cancel_unpaid"))
    elif found.way == "none":
        lines.append(line("cancel_nothing_back"))
    elif found.fee.amount:
        lines.append(line("cancel_with_fee", fee=found.fee, refund=found.refund, when=_when(found)))
    else:
        lines.append(line("cancel_whole", refund=found.refund, when=_when(found)))
    if found.points:
        lines.append(line("cancel_points", points=found.points))
    return lines


def _when(found: Cancellation) -> Line:
    return when_back(found.refund_business_days or (0, 0))


def when_back(days: tuple[int, int] | None) -> Line:
    """In how many business days money is back, as the shop says it; soon where it does not."""
    if days is None:
        return line("back_soon")
    first, last = days
    if last == 0:
        return line("back_at_once")
    if first in (0, last):
        return line("back_within", days=last)
    return line("back_between", first=first, last=last)


def cancelled(desk: Desk, done: Cancellation) -> Answer:
    """It is cancelled: what goes back now."""
    lines = [line("order_is_cancelled", order=done.order)]
    if done.way == "original":
        lines.append(line("refund_on_its_way", refund=done.refund, when=_when(done)))
    elif done.way == "by_hand":
        lines.append(line("refund_by_staff", refund=done.refund, when=_when(done)))
    return Answer(
        lines=tuple(lines),
        blocks=(cards.order(done.order_view, desk.language, desk.shop),),
        keep={"awaits": None, "pending": None, "last_order": done.order},
    )


def refused(desk: Desk, found: Cancellation) -> Answer:
    """Too late, or done already: said with what can be done instead."""
    choices: tuple[tuple[str, Line], ...]
    if found.why == "exchange":
        name, choices = "cancel_exchange", (("call_off", line("button_call_off")), _PERSON)
    elif found.status in ("cancelled", "refunded"):
        name, choices = "cancel_already", (_PERSON,)
    elif found.status in ("partly_shipped", "shipped"):
        name, choices = "cancel_too_late", (("intent:return_item", line("button_return")), _PERSON)
    elif found.status in ("delivered", "partly_refunded"):
        name, choices = "cancel_delivered", (("intent:return_item", line("button_return")), _PERSON)
    else:
        name, choices = "cancel_not_allowed", (("human", line("button_human_now")),)
    return Answer(
        lines=(line(name, order=found.order),),
        blocks=(cards.order(found.order_view, desk.language, desk.shop),),
        choices=choices,
        keep={"awaits": None, "pending": None, "last_order": found.order},
    )


def _for_a_person(found: Cancellation) -> Answer:
    return Answer(
        lines=(line("person_decides"),),
        hand_off="refund_above_limit",
        keep={"awaits": None, "pending": None, "last_order": found.order},
    )


def on_yes(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
    """The yes was given: cancel exactly what was asked about; what became of it meanwhile is told as it is."""
    agreed = CancelOrder.model_validate(args)
    try:
        done = yield from ask("cancel_order", agreed, Cancellation)
    except ToolRefused as no:
        if no.code != "not_allowed_now":
            raise
        asked = LookAtCancellation(order=agreed.order, reason=agreed.reason)
        return refused(desk, (yield from ask("look_at_cancellation", asked, Cancellation)))
    return cancelled(desk, done)


def on_no(desk: Desk) -> Steps[Answer]:
    """A no leaves the order as it is, without another word about it."""
    yield from ()
    return Answer(lines=(line("order_stays"),), keep={"awaits": None, "pending": None})


def ask_cancel_policy(desk: Desk) -> Steps[Answer]:
    """The rule from the articles; for an order that is shown to be theirs also what would come of it."""
    answer = yield from policy_part(desk)
    role = desk.situation.state.shopper(desk.situation.now).role
    if role in ("guest", "customer") and (answer is None or desk.memory.last_order or desk.first("order_id")):
        return (yield from cancel_order(desk))
    lines = answer.lines if answer is not None else (line("cancel_rule"),)
    return Answer(
        lines=lines,
        sources=answer.sources if answer is not None else (),
        choices=(("intent:cancel_order", line("button_cancel_order")),),
        keep={"awaits": None, "pending": None},
    )


_WHY = re.compile(
    r"(?i)^\W*(?:but |and |아니\s*|근데\s*)?(?:why(?: not| can'?t (?:i|you))?|how come"
    r"|왜\s?(?:요|죠|안\s?(?:돼|되|됨|된)\S*|그래요)?)\W*$"
)


def asked_why(desk: Desk) -> Desk | None:
    """ "Why not?" to an order that could not be cancelled: that is said once more, and no no is heard in it."""
    order = desk.memory.last_order
    open_still = desk.memory.awaits or desk.memory.task or desk.situation.state.question
    if order is None or open_still or "cancel_order" not in desk.memory.last_intents:
        return None
    return replace(desk, intent="cancel_order", argument=order) if _WHY.match(desk.text) else None


_OF_THE_MONEY = re.compile(
    r"(?i)며칠|얼마|언제|수수료|위약금|\bhow (?:long|soon|much|many days)\b|\bwhen\b|\bfees?\b|\bcharge"
)


def asked_beside(desk: Desk) -> Desk | None:
    """ "How long does the refund take", "며칠 걸려요" to "shall I cancel it?": what comes of it is told once more."""
    question = desk.situation.state.question
    if question is None or question.tool != "cancel_order" or not _OF_THE_MONEY.search(desk.text):
        return None
    return replace(desk, intent="cancel_order", argument=str(question.args.get("order", "")), text="")

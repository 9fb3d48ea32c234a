"""The till: the gateway's own page, or a way on file that was agreed to; and what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dangol.assistant.masking import MASK
from dangol.assistant.minds.embedded import offering, saved_ways
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.saved_ways import Way
from dangol.assistant.minds.embedded.steps import Answer, NeedsYes, Steps, ToolRefused, ask
from dangol.assistant.minds.embedded.troubles import refused
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.on_file import AgreePayment, PayAsAgreed, PaymentAgreed
from dangol.contracts.shopfloor.orders import CheckPayment, OpenPayment, PaymentOpened, PaymentView
from dangol.kernel.blocks import LinkBlock
from dangol.kernel.money import Money


def pay_as_agreed(desk: Desk, order: str, reference: str) -> Steps[Answer]:
    """Take the money by the way on file that was agreed to, and say what came of it."""
    ways = yield from saved_ways.on_file(desk)
    way = next((each for each in ways if each.reference == reference), None)
    called = saved_ways.called(way) if way else ""
    keep = {"task": None, "awaits": None, "pending": None, "last_order": order}
    try:
        payment = yield from ask("pay_as_agreed", PayAsAgreed(order=order), PaymentView)
    except ToolRefused as no:
        if no.code == "gateway_down":
            return replace(refused(desk, no), keep=keep)
        return (yield from _pay_otherwise(desk, order, line("way_not_now", way=called), ways, reference))
    if payment.state == "paid" and payment.order_view is not None:
        paid = Answer(
            lines=(line("paid_on_file", way=called, amount=payment.amount, order=order),),
            blocks=(cards.order(payment.order_view, desk.language, desk.shop),),
            choices=(("intent:track_order", line("button_orders")),),
            keep=keep,
        )
        return (yield from offering.with_offer(_done_buying(desk), paid, order))
    if payment.state == "open" and payment.url:
        return Answer(
            lines=(line("way_step_up"),),
            blocks=(LinkBlock(label=_pay_label(desk), url=payment.url),),
            choices=((f"paid:{order}", line("button_paid")), ("human", line("button_human"))),
            keep=keep,
        )
    if payment.state == "declined":
        return (yield from _pay_otherwise(desk, order, line("way_declined", way=called), ways, reference))
    return (yield from payment_stands(desk, payment))


def _pay_otherwise(desk: Desk, order: str, why: Line, ways: Sequence[Way], tried: str) -> Steps[Answer]:
    """The order stands: the gateway's page, or another way on file."""
    opened = yield from pay(desk, order)
    amount = next((each.values.get("amount") for each in opened.lines if "amount" in each.values), None)
    able = saved_ways.paying(ways, amount) if isinstance(amount, Money) else ()
    others = saved_ways.buttons("pay_order", able, but=tried)
    return replace(opened, lines=(why, line("pay_otherwise")), choices=(*others, *opened.choices))


def agree(desk: Desk) -> Steps[Answer]:
    """Pay an order that waits for its money by a way on file, once that is agreed to."""
    payment = yield from ask("check_payment", CheckPayment(order=desk.memory.last_order), PaymentView)
    ways = yield from saved_ways.on_file(desk)
    way = next((each for each in ways if each.reference == desk.argument), None)
    if way is None or payment.state not in ("open", "declined", "abandoned", "none"):
        return (yield from payment_stands(desk, payment))
    wish = AgreePayment(order=payment.order, method=way.reference, amount=payment.amount)
    try:
        yield from ask("agree_payment", wish, PaymentAgreed)
    except NeedsYes as needs:
        called = saved_ways.called(way)
        return Answer(
            lines=(line("confirm_pay_with", way=called, amount=payment.amount, order=payment.order),),
            choices=(("yes", line("button_pay_now", amount=payment.amount)), ("no", line("button_not_yet"))),
            keep={"awaits": "yes_no", "pending": None, "last_order": payment.order},
            confirm=(needs.code, needs.call),
        )
    return (yield from pay_as_agreed(desk, wish.order, wish.method))


def on_agreed(desk: Desk, agreed: AgreePayment) -> Steps[Answer]:
    """The yes was given: note it and take the money."""
    yield from ask("agree_payment", agreed, PaymentAgreed)
    return (yield from pay_as_agreed(desk, agreed.order, agreed.method))


def pay(desk: Desk, order: str, method: str | None = None) -> Steps[Answer]:
    """Open the payment of an order, or of what a change of it costs, on the gateway's page."""
    opened = yield from ask("open_payment", OpenPayment(order=order, method=method), PaymentOpened)
    lines = [line("order_placed", order=order, amount=opened.amount), line("pay_there")]
    if opened.change:
        lines = [line("pay_for_change", amount=opened.amount)]
    return Answer(
        lines=tuple(lines),
        blocks=(LinkBlock(label=_pay_label(desk), url=opened.url),),
        choices=((f"paid:{order}", line("button_paid")), ("human", line("button_human"))),
        keep={"task": None, "awaits": None, "pending": None, "last_order": order},
    )


def _pay_label(desk: Desk) -> str:
    return "결제하기" if desk.language == "ko" else "Pay now"


def report_payment_problem(desk: Desk) -> Steps[Answer]:
    """Paying failed: ask the gateway, say why, open it anew; charged twice goes to a person."""
    if re.search(r"(?i)두\s*번|중복|이중|twice|double|two times", desk.text):
        return Answer(
            lines=(line("charged_twice"),),
            choices=(("human", line("button_human_now")),),
            keep={"awaits": None},
        )
    payment = yield from ask("check_payment", CheckPayment(order=_order(desk)), PaymentView)
    return (yield from payment_stands(desk, payment))


def check_payment(desk: Desk) -> Steps[Answer]:
    """Has the payment come in?"""
    payment = yield from ask("check_payment", CheckPayment(order=desk.argument or _order(desk)), PaymentView)
    return (yield from payment_stands(desk, payment))


def payment_stands(desk: Desk, payment: PaymentView) -> Steps[Answer]:
    """How the payment stands, with the next step."""
    keep = {"awaits": None, "pending": None, "last_order": payment.order or desk.memory.last_order}
    if payment.state in ("declined", "abandoned"):
        answer = yield from pay(desk, payment.order)
        reason = line(f"payment_{payment.state}")
        return Answer(
            lines=(reason, line("pay_again")), blocks=answer.blocks, choices=answer.choices, keep=answer.keep
        )
    blocks: tuple[Any, ...] = ()
    if payment.order_view is not None:
        blocks = (cards.order(payment.order_view, desk.language, desk.shop),)
    choices: tuple[tuple[str, Line], ...] = (("intent:track_order", line("button_orders")),)
    if payment.state == "open" and payment.url:
        blocks = (LinkBlock(label=_pay_label(desk), url=payment.url),)
        choices = ((f"paid:{payment.order}", line("button_paid")),)
    elif payment.state in ("none", "expired"):
        choices = (("intent:checkout", line("button_checkout")), ("human", line("button_human")))
    answer = Answer(
        lines=(line(f"payment_{payment.state}", order=payment.order, amount=payment.amount),),
        blocks=blocks,
        choices=choices,
        keep=keep,
    )
    if payment.state != "paid":
        return answer
    return (yield from offering.with_offer(_done_buying(desk), answer, payment.order))


def _done_buying(desk: Desk) -> Desk:
    """The desk once the checkout is over."""
    return replace(desk, memory=desk.memory.model_copy(update={"task": None}))


def _order(desk: Desk) -> str | None:
    named = desk.first("order_id")
    return str(named) if named else desk.memory.last_order


def safe_payment(desk: Desk) -> Steps[Answer]:
    """A card number was typed, or is about to be: paying happens on the gateway's page alone."""
    if desk.memory.last_order is None:
        return _masked(desk)
    payment = yield from ask("check_payment", CheckPayment(order=desk.memory.last_order), PaymentView)
    if payment.state != "open" or not payment.url:
        return _masked(desk)
    return replace(_masked(desk), blocks=(LinkBlock(label=_pay_label(desk), url=payment.url),))


def _masked(desk: Desk) -> Answer:
    name = "card_masked" if MASK in desk.text else "card_never_here"
    return Answer(lines=(line(name),), choices=(("intent:checkout", line("button_checkout")),))


def pay_again(desk: Desk) -> Steps[Answer]:
    """Open the payment of the order a button names."""
    return (yield from pay(desk, desk.argument))

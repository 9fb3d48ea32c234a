"""Checkout: contact, address, whole price, one yes, the gateway's own page; and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dangol.assistant.masking import MASK
from dangol.assistant.minds.embedded import barriers, purchase_proof
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.giving import (
    ADDRESS,
    CONTACT,
    address_given,
    checkout_form,
    contact_given,
    need_line,
    problem_line,
)
from dangol.assistant.minds.embedded.steps import Answer, NeedsYes, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import span
from dangol.contracts.shopfloor.orders import (
    CheckoutProblem,
    CheckoutView,
    CheckPayment,
    ChooseDelivery,
    GiftView,
    GiveAddress,
    OpenPayment,
    PaymentOpened,
    PaymentView,
    PlaceOrder,
    StartCheckout,
    StopCheckout,
)
from dangol.kernel.blocks import LinkBlock
from dangol.kernel.money import Money


def checkout(desk: Desk) -> Steps[Answer]:
    """Begin buying what is in the cart, or go on where it stopped."""
    view = yield from ask("start_checkout", StartCheckout(), CheckoutView)
    if not view.cart.lines:
        return _nothing_to_buy()
    if any(desk.values(kind) for kind in ("email", "phone", "address", "postcode")):
        return (yield from give(desk))
    return (yield from stand(desk, view))


def _nothing_to_buy() -> Answer:
    return Answer(
        lines=(line("cart_empty"),),
        choices=(("intent:recommend", line("button_recommend")),),
        keep={"task": None, "awaits": None, "pending": None},
    )


def give(desk: Desk) -> Steps[Answer]:
    """Take what was given (contact, address, both at once, from words or from a form) and go on."""
    if purchase_proof.code_given(desk):
        return (yield from prove(desk))
    contact, address = contact_given(desk), address_given(desk)
    view: CheckoutView | None = None
    problems: list[CheckoutProblem] = []
    if contact is not None:
        view = yield from ask("give_contact", contact, CheckoutView)
        problems += view.problems
    if address is not None:
        view = yield from ask("give_address", address, CheckoutView)
        problems += view.problems
    if view is None:
        view = yield from ask("start_checkout", StartCheckout(), CheckoutView)
    return (yield from stand(desk, view, problems))


def use_saved_address(desk: Desk) -> Steps[Answer]:
    """Take a saved address by its number."""
    number = int(desk.argument) if desk.argument.isdigit() else 1
    view = yield from ask("give_address", GiveAddress(saved=number), CheckoutView)
    return (yield from stand(desk, view, view.problems))


def choose_delivery(desk: Desk) -> Steps[Answer]:
    """Take another way of delivery by its name."""
    view = yield from ask("choose_delivery", ChooseDelivery(method=desk.argument or None), CheckoutView)
    return (yield from stand(desk, view, view.problems))


def change_address(desk: Desk) -> Steps[Answer]:
    """Correct the address in the middle of the checkout: a new one replaces the old."""
    given = address_given(replace(desk, intent="set_address"))
    if given is not None:
        view = yield from ask("give_address", given, CheckoutView)
        return (yield from stand(desk, view, view.problems))
    return Answer(
        lines=(line("ask_new_address"),),
        blocks=(checkout_form(desk, ("address", "postcode", "address_detail"), ()),),
        keep={"task": "checkout", "awaits": "address", "pending": None},
    )


def stand(desk: Desk, view: CheckoutView, problems: Sequence[CheckoutProblem] = ()) -> Steps[Answer]:
    """Where the checkout stands, in words: what was wrong, what is needed next, or the whole price and one question."""
    if not view.cart.lines:
        return _nothing_to_buy()
    keep: dict[str, Any] = {"task": "checkout", "pending": None}
    wrong = [problem_line(each) for each in problems[:2]]
    missing_contact = tuple(need for need in view.needs if need in CONTACT)
    missing_address = tuple(need for need in view.needs if need in ADDRESS)
    if missing_contact:
        head = [] if wrong else [line("checkout_whole_price", total=view.cart.total)]
        if view.gift is not None:
            head = [line("gift_noted")]
        return Answer(
            lines=(
                *wrong,
                *head,
                line("ask_contact_for_order", needs=[need_line(each, view) for each in missing_contact]),
            ),
            blocks=(
                cards.checkout(view, desk.language, desk.shop),
                checkout_form(desk, missing_contact, problems, view),
            ),
            keep={**keep, "awaits": "contact"},
        )
    if "recipient" in view.needs:
        return _ask_recipient(desk, view, wrong, problems, keep)
    if missing_address:
        return _ask_address(desk, view, wrong, missing_address, problems, keep)
    if "code" in view.needs:
        return (
            yield from purchase_proof.ask_code(desk, wrong, cards.checkout(view, desk.language, desk.shop))
        )
    return (yield from confirm(desk, view, wrong, keep))


def prove(desk: Desk) -> Steps[Answer]:
    """Take the code that a large order of a guest waits for, and go on."""
    trouble = yield from purchase_proof.take(desk)
    if trouble is not None:
        return trouble
    view = yield from ask("start_checkout", StartCheckout(), CheckoutView)
    return (yield from stand(desk, view))


def _ask_recipient(
    desk: Desk,
    view: CheckoutView,
    wrong: list[Line],
    problems: Sequence[CheckoutProblem],
    keep: dict[str, Any],
) -> Answer:
    fields = ("recipient", "recipient_phone", "gift_note")
    return Answer(
        lines=(*wrong, line("ask_recipient")),
        blocks=(
            cards.checkout(view, desk.language, desk.shop),
            checkout_form(desk, fields, problems, view),
        ),
        choices=(("gift:off", line("button_no_gift")),),
        keep={**keep, "awaits": "recipient"},
    )


def _ask_address(
    desk: Desk,
    view: CheckoutView,
    wrong: list[Line],
    missing: tuple[str, ...],
    problems: Sequence[CheckoutProblem],
    keep: dict[str, Any],
) -> Answer:
    saved = tuple(
        (f"address:{place}", line("plain", text=each.lines))
        for place, each in enumerate(view.saved_addresses[:3], 1)
    )
    name = "ask_address" if "address" in missing else f"ask_{missing[0]}"
    if saved and not wrong and "address" in missing:
        name = "ask_saved_address"
    return Answer(
        lines=(*wrong, line(name)),
        blocks=(cards.checkout(view, desk.language, desk.shop), checkout_form(desk, missing, problems)),
        choices=saved,
        keep={**keep, "awaits": "address"},
    )


def confirm(desk: Desk, view: CheckoutView, wrong: list[Line], keep: dict[str, Any]) -> Steps[Answer]:
    """Read everything back with the whole price and ask once; a yes places the order."""
    try:
        placed = yield from ask("place_order", PlaceOrder(total=view.cart.total), CheckoutView)
    except NeedsYes as needs:
        quote = view.quote or view.cart.quote
        lines = list(wrong)
        if view.address is not None:
            lines.append(_read_back(view.gift, view.address.lines))
        when = span(quote.earliest, quote.latest, desk.language) if quote else ""
        lines.append(line("confirm_order", total=view.cart.total, when=when))
        others = tuple(
            (
                f"method:{each.method}",
                line("button_method", method=each.method or "", fee=each.whole),
            )
            for each in view.methods
            if each.method and (quote is None or each.method != quote.method)
        )
        return Answer(
            lines=tuple(lines),
            blocks=(
                cards.checkout(view, desk.language, desk.shop),
                cards.cart(view.cart, desk.language, desk.shop),
            ),
            choices=(
                ("yes", line("button_order")),
                ("change_address", line("button_change_address")),
                *others[:2],
                ("gift:off", line("button_no_gift")) if view.gift else ("gift:on", line("button_gift")),
                ("no", line("button_not_yet")),
            ),
            keep={**keep, "awaits": "yes_no"},
            confirm=(needs.code, needs.call),
        )
    return (yield from pay(desk, placed.order or ""))


def _read_back(gift: GiftView | None, address: str) -> Line:
    if gift is None:
        return line("read_back_address", address=address)
    name = "read_back_gift_note" if gift.note else "read_back_gift"
    return line(name, recipient=gift.recipient, note=gift.note, address=address)


def place(desk: Desk, total: Money) -> Steps[Answer]:
    """The yes was given: place the order and open the payment."""
    placed = yield from ask("place_order", PlaceOrder(total=total), CheckoutView)
    return (yield from pay(desk, placed.order or ""))


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


def keep_looking(desk: Desk) -> Steps[Answer]:
    """Leave the checkout; the cart stays as it is, and what most often stops people at this step is answered."""
    view = yield from ask("start_checkout", StartCheckout(), CheckoutView)
    yield from ask("stop_checkout", StopCheckout(), CheckoutView)
    answer = yield from barriers.on_leaving(desk, view)
    return replace(answer, keep={"task": None, "awaits": None, "pending": None})


def report_payment_problem(desk: Desk) -> Steps[Answer]:
    """Paying failed: ask the gateway, say why, open it anew; charged twice goes to a person."""
    payment = yield from ask("check_payment", CheckPayment(order=_order(desk)), PaymentView)
    if re.search(r"(?i)두\s*번|중복|이중|twice|double|two times", desk.text):
        return Answer(
            lines=(line("charged_twice"),),
            choices=(("human", line("button_human_now")),),
            keep={"awaits": None},
        )
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
    choices: tuple[tuple[str, Line], ...] = ()
    if payment.state == "open" and payment.url:
        blocks = (LinkBlock(label=_pay_label(desk), url=payment.url),)
        choices = ((f"paid:{payment.order}", line("button_paid")),)
    elif payment.state in ("none", "expired"):
        choices = (("intent:checkout", line("button_checkout")), ("human", line("button_human")))
    return Answer(
        lines=(line(f"payment_{payment.state}", order=payment.order, amount=payment.amount),),
        blocks=blocks,
        choices=choices,
        keep=keep,
    )


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

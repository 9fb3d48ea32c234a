"""Changing an order that has not left: another address, another size or colour; the difference first, one yes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import adding_to_order, after_words, other_goods, paying, saving, till
from dangol.assistant.minds.embedded.cancelling import OPEN, when_back
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.exchanging import agreeing, named_otherwise
from dangol.assistant.minds.embedded.giving import address_given
from dangol.assistant.minds.embedded.orders_after import the_order
from dangol.assistant.minds.embedded.steps import Answer, NeedsYes, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.changes import (
    ChangeAddress,
    ChangeOption,
    ChangePayment,
    LookAtChange,
    OrderChange,
)
from dangol.contracts.shopfloor.orders import OrderLineView, OrderView, PaymentMethods
from dangol.contracts.shopfloor.people import Nothing
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, VariantView

_PERSON = ("human", line("button_human"))
_ADDRESS = re.compile(
    r"(?i)주소|배송지|받는\s?곳|add?ress?|ship(?:ping)? to|deliver(?:y)? (?:to|address)|send it to"
)
# "78로 바꿔주세요": an option in the shop's own words, which no table of sizes holds
_TO_ANOTHER = re.compile(
    r"(?i)\d\s?(?:[a-z가-힣]{1,4}\s?)?(?:으?로|걸로|짜리로)\s?(?:바꿔|바꾸|교환|변경)|\b(?:swap|chang\w*|switch)\b.{0,30}\b(?:for|to|into)\s(?:an?\s|the\s|size\s)*\d"
)
_OF_ORDER = re.compile(r"(?i)주문|order")


def change_order(desk: Desk) -> Steps[Answer]:
    """Change where an order goes or which variant it holds; what cannot be changed is said with another way."""
    pending = desk.memory.pending
    before = pending.options if pending is not None and pending.intent == "change_order" else {}
    proved = pending is not None and pending.awaits in ("proof", "code")
    text = before.get("said") or (pending.value if pending is not None and proved else "") or desk.text
    named = replace(desk, argument=desk.argument or before.get("order", ""))
    meant = yield from the_order(named, "change", "which_to_change")
    if isinstance(meant, Answer):
        return _remembering(desk, meant, before, text)
    if before.get("what") == "address" or _gives_address(desk) or _ADDRESS.search(text):
        return (yield from address_of(desk, meant, before.get("said")))
    if paying.to_another(text):
        return (yield from payment_of(desk, meant))
    if before.get("line") and not desk.argument:
        return (yield from option_of(desk, meant, before["line"]))
    if desk.colors or desk.sizes or desk.argument or (pending and pending.sku) or _TO_ANOTHER.search(text):
        return (yield from option_of(desk, meant))
    return _what_else(desk, meant, text)


def _what_else(desk: Desk, order: OrderView, text: str) -> Answer:
    if after_words.other_detail(text):
        return _by_a_person(order)
    return adding_to_order.answer(order) if adding_to_order.asked(text) else _what(desk, order)


def to_another(text: str) -> bool:
    """Is an option named in the shop's own words as what is wanted ("78로 바꿔주세요")?"""
    return _TO_ANOTHER.search(text) is not None


def gift_of_order(desk: Desk) -> Steps[Answer]:
    """An order that was made is to be a gift after all: a person sees to the paper and the message."""
    meant = yield from the_order(desk, "change", "which_to_change")
    return meant if isinstance(meant, Answer) else _by_a_person(meant)


def set_address(desk: Desk) -> Steps[Answer]:
    """An address: of an order that was made, where that is what is talked about, else of the account."""
    role = desk.situation.state.shopper(desk.situation.now).role
    if role == "guest" or _OF_ORDER.search(desk.text) or desk.values("order_id"):
        return (yield from change_order(desk.with_intent("change_order")))
    return (yield from saving.set_address(desk))


def _gives_address(desk: Desk) -> bool:
    return bool(desk.values("address") or desk.values("postcode"))


def _remembering(desk: Desk, answer: Answer, before: dict[str, str], text: str) -> Answer:
    """Which order it is comes first; what was to be changed is kept."""
    pending = answer.keep.get("pending")
    if isinstance(pending, Pending):
        options = {**before, "said": text}
        answer = replace(
            answer, keep={**answer.keep, "pending": pending.model_copy(update={"options": options})}
        )
    return answer


def _by_a_person(order: OrderView) -> Answer:
    """Who gets it, their phone, a note for the courier: a person changes these while the order is here."""
    if order.status not in OPEN:
        return Answer(
            lines=(line("change_too_late", order=order.order),),
            choices=(_PERSON,),
            keep={"awaits": None, "pending": None, "last_order": order.order},
        )
    return Answer(
        lines=(line("change_by_person", order=order.order),),
        choices=(("human", line("button_human_now")),),
        keep={"awaits": None, "pending": None, "last_order": order.order, "offered_person": True},
    )


def _what(desk: Desk, order: OrderView) -> Answer:
    return Answer(
        lines=(line("change_what", order=order.order),),
        choices=(
            (f"change_to:address:{order.order}", line("button_change_address")),
            (f"change_to:option:{order.order}", line("button_change_option")),
            (f"change_to:payment:{order.order}", line("button_change_payment")),
            (f"cancel:{order.order}", line("button_cancel_order")),
        ),
        keep={
            "awaits": None,
            "pending": Pending(intent="change_order", awaits="change", options={"order": order.order}),
            "last_order": order.order,
        },
    )


def payment_of(desk: Desk, order: OrderView) -> Steps[Answer]:
    """Who has not paid chooses on the pay page; who has pays anew in another way, and the former payment goes back."""
    if order.status == "pending_payment":
        return Answer(
            lines=(line("payment_not_yet", order=order.order),),
            choices=((f"pay:{order.order}", line("button_pay")),),
            keep={"awaits": None, "pending": None, "last_order": order.order},
        )
    method = yield from _way_of_paying(desk)
    asked = LookAtChange(order=order.order, payment=True, method=method)
    found = yield from ask("look_at_change", asked, OrderChange)
    if not found.allowed or found.pay is None:
        return refused(desk, found)
    agreed = ChangePayment(order=found.order, method=method, pay=found.pay)
    return (yield from _offered(desk, found, "change_payment", agreed))


def _way_of_paying(desk: Desk) -> Steps[str | None]:
    """The way of paying that was named, if the shop takes it; None leaves the choice to the pay page."""
    named = paying.named(desk.text) - {"card"}
    if not named:
        return None
    offered = yield from ask("list_payment_methods", Nothing(), PaymentMethods)
    fitting = [
        each.code
        for each in offered.items
        if paying.named(each.name) & named or paying.may_be_among(named, each.name)
    ]
    return fitting[0] if len(fitting) == 1 else None


def address_of(desk: Desk, order: OrderView, said: str | None = None) -> Steps[Answer]:
    """The address it is to go to, with what that costs; or the question for it."""
    given = address_given(replace(desk, intent="change_order"))
    text = " ".join(part for part in (given.text, given.postcode, given.detail) if part) if given else ""
    if not re.search(r"\d", text) and said and re.search(r"\d", said):
        text = said
    found = yield from ask("look_at_change", LookAtChange(order=order.order, address=text), OrderChange)
    if not found.allowed and found.why == "address":
        return _ask_address(order, found, text)
    if not found.allowed or found.address is None:
        return refused(desk, found)
    agreed = ChangeAddress(order=found.order, address=found.address, difference=found.difference)
    return (yield from _offered(desk, found, "change_address", agreed))


def _ask_address(order: OrderView, found: OrderChange, text: str) -> Answer:
    name = "ask_new_address" if not text or "address" in found.needs else f"ask_{found.needs[0]}"
    waiting = Pending(
        intent="change_order",
        awaits="address",
        options={"what": "address", "order": order.order, "said": text},
    )
    return Answer(
        lines=(line(name),),
        choices=(_PERSON,),
        keep={"awaits": "address", "pending": waiting, "last_order": order.order},
    )


def option_of(desk: Desk, order: OrderView, line_no: str = "") -> Steps[Answer]:
    """The option wanted for one of its lines; which line, where there are several."""
    lines = [each for each in order.lines if each.line == line_no] or _lines_meant(desk, order)
    if len(lines) > 1:
        return Answer(
            lines=(line("change_which_line"),),
            choices=tuple(
                (f"change_line:{order.order}/{each.line}", line("plain", text=each.title))
                for each in lines[:6]
            ),
            keep={
                "awaits": "product",
                "pending": Pending(
                    intent="change_order", awaits="product", colors=desk.colors, sizes=desk.sizes
                ),
                "last_order": order.order,
            },
        )
    return (yield from variant_of(desk, order, lines[0]))


def _lines_meant(desk: Desk, order: OrderView) -> Sequence[OrderLineView]:
    handles = [value.get("product") for value in desk.values("product") if isinstance(value, dict)]
    named = [each for each in order.lines if each.product in handles]
    return named or order.lines


def variant_of(desk: Desk, order: OrderView, bought: OrderLineView) -> Steps[Answer]:
    """The variant wanted instead: the one said, else a question with those in stock."""
    if (others := (yield from other_goods.for_change(desk, order, bought))) is not None:
        return others
    found = yield from ask(
        "check_availability",
        CheckAvailability(product=bought.product, colors=desk.colors, sizes=desk.sizes),
        Availability,
    )
    every = [*found.matching, *found.others]
    meant = agreeing(desk.text, found.matching, every) if desk.colors or desk.sizes else found.matching
    fitting = [each for each in meant if each.sku != bought.sku]
    if (desk.colors or desk.sizes) and len(fitting) < len(meant):
        return _already(order, bought, every)
    by_words = not fitting or not (desk.colors or desk.sizes)
    named = named_otherwise(desk.text, every, bought.options) if by_words else []
    fitting = named or fitting
    fitting = _alike(fitting, bought) or fitting
    here = [each for each in fitting if each.stock >= bought.quantity]
    said = bool(desk.colors or desk.sizes or named)
    only = len(every) == 2 and not _TO_ANOTHER.search(desk.text)  # there is but one other it can be
    if (said or only) and len(here) == 1:
        return (yield from to_variant(desk, order.order, bought.line, here[0].sku))
    choice = here or [
        each for each in found.others if each.stock >= bought.quantity and each.sku != bought.sku
    ]
    lead = "change_to_which" if here or not said else "change_not_there"
    gone = [each for each in fitting if each.stock <= 0] if said and not here else []
    told = line(lead, title=bought.title)
    if gone:
        told = line(
            "change_sold_out" if choice else "change_sold_out_only",
            title=bought.title,
            options=cards.variant_words(gone[0].options),
        )
    return Answer(
        lines=(told,),
        choices=(
            *_others(order, bought, choice),
            *((f"restock:{each.sku}", line("button_restock")) for each in gone[:1]),
        ),
        keep=_asks_option(order, bought, gone[0].sku if gone else ""),
    )


def _already(order: OrderView, bought: OrderLineView, every: Sequence[VariantView]) -> Answer:
    """What is wished is what was ordered."""
    here = [each for each in every if each.sku != bought.sku and each.stock >= bought.quantity]
    options = cards.variant_words(bought.options)
    return Answer(
        lines=(line("change_is_already", title=bought.title, options=options),),
        choices=_others(order, bought, here),
        keep=_asks_option(order, bought),
    )


def _asks_option(order: OrderView, bought: OrderLineView, gone: str = "") -> dict[str, Any]:
    """What is kept while it is asked which option; `gone`: the one that was wanted and is sold out."""
    options = {"order": order.order, "line": bought.line, **({"gone": gone} if gone else {})}
    waiting = Pending(intent="change_order", awaits="option", product=bought.product, options=options)
    return {"awaits": "option", "pending": waiting, "last_order": order.order}


def _others(
    order: OrderView, bought: OrderLineView, found: Sequence[VariantView]
) -> tuple[tuple[str, Line], ...]:
    return tuple(
        (
            f"change_to:{each.sku}:{order.order}/{bought.line}",
            line("plain", text=cards.variant_words(each.options)),
        )
        for each in found[:7]
    )


def _alike(found: Sequence[VariantView], bought: OrderLineView) -> list[VariantView]:
    """Those that differ in one option only: another colour keeps the size, another size the colour."""
    return [
        each
        for each in found
        if sum(each.options.get(name) != value for name, value in bought.options.items()) == 1
    ]


def to_variant(desk: Desk, order: str, line_no: str, sku: str) -> Steps[Answer]:
    """The difference of this very variant, with the one question."""
    found = yield from ask("look_at_change", LookAtChange(order=order, line=line_no, sku=sku), OrderChange)
    if not found.allowed:
        return refused(desk, found)
    agreed = ChangeOption(order=found.order, line=line_no, sku=sku, difference=found.difference)
    return (yield from _offered(desk, found, "change_option", agreed))


def _offered(
    desk: Desk, found: OrderChange, tool: str, agreed: ChangeAddress | ChangeOption | ChangePayment
) -> Steps[Answer]:
    try:
        done = yield from ask(tool, agreed, OrderChange)
    except NeedsYes as needs:
        return Answer(
            lines=(*_consequence(found), _question(found)),
            choices=(("yes", line("button_yes_change")), ("no", line("button_leave_it"))),
            keep={"awaits": "yes_no", "pending": None, "last_order": found.order},
            confirm=(needs.code, needs.call),
        )
    return (yield from changed(desk, done))


def _question(found: OrderChange) -> Line:
    return line(f"confirm_change_{found.kind}")


def _consequence(found: OrderChange) -> tuple[Line, ...]:
    """From what to what, and what it costs."""
    if found.kind == "payment" and found.pay is not None and found.back is not None:
        when = when_back(found.refund_business_days)
        return (line("payment_anew", pay=found.pay, back=found.back, when=when),)
    return (line("change_from_to", before=found.before, after=found.after), _difference(found))


def _difference(found: OrderChange) -> Line:
    amount = found.difference.amount
    if found.pay is not None:
        return line("difference_to_pay", amount=found.pay)
    if not amount:
        return line("no_difference")
    if amount < 0 and found.status != "pending_payment":
        back = found.difference.model_copy(update={"amount": -amount})
        return line("difference_back", amount=back, when=when_back(found.refund_business_days))
    return line("difference_new_total", total=found.new_total)


def changed(desk: Desk, done: OrderChange, method: str | None = None) -> Steps[Answer]:
    """It is changed, or the page for what it costs is open; an unpaid order is paid at its new total."""
    if done.pay is not None:
        return (yield from till.pay(desk, done.order, method))
    lines = [line("order_is_changed", after=done.after)]
    choices: tuple[tuple[str, Line], ...] = ()
    if done.status == "pending_payment":
        choices = ((f"pay:{done.order}", line("button_pay")),)
    elif done.difference.amount < 0:
        lines.append(_difference(done))
    blocks = (cards.order(done.order_view, desk.language, desk.shop),) if done.order_view else ()
    return Answer(
        lines=tuple(lines),
        blocks=blocks,
        choices=choices,
        keep={"awaits": None, "pending": None, "last_order": done.order},
    )


def refused(desk: Desk, found: OrderChange) -> Answer:
    """Too late, not there, or dearer: said with what can be done instead."""
    blocks = (cards.order(found.order_view, desk.language, desk.shop),) if found.order_view else ()
    choices: tuple[tuple[str, Line], ...] = (("human", line("button_human_now")),)
    values: dict[str, Any] = {"order": found.order}
    if found.why == "state" and found.status in ("cancelled", "refunded"):
        name = "change_over"
    elif found.why == "state":
        name = "change_too_late"
    elif found.why == "owes":
        name = "payment_is_through" if found.kind == "payment" else "change_owes"
        values = {"amount": found.difference, "after": found.after}
        choices = ((f"cancel:{found.order}", line("button_cancel_order")), *choices)
    elif found.why in ("in_stock", "not_served"):
        name = f"change_{found.why}"
    else:
        name = "change_not_allowed"
    return Answer(
        lines=(line(name, **values),),
        blocks=blocks,
        choices=choices,
        keep={"awaits": None, "pending": None, "last_order": found.order},
    )

"""Checkout: contact, address, the whole price, a way of paying on file where one is wanted, one yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import barriers, purchase_proof, saved_ways, till
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
from dangol.assistant.minds.embedded.saved_ways import Way
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
    PaymentView,
    PlaceOrder,
    StartCheckout,
    StopCheckout,
)


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
    asked_already = any(each.code == "not_an_address" for each in problems)  # it says what to give
    return Answer(
        lines=tuple(wrong) if asked_already else (*wrong, line(name)),
        blocks=(cards.checkout(view, desk.language, desk.shop), checkout_form(desk, missing, problems)),
        choices=saved,
        keep={**keep, "awaits": "address"},
    )


def confirm(
    desk: Desk, view: CheckoutView, wrong: list[Line], keep: dict[str, Any], way: Way | None = None
) -> Steps[Answer]:
    """Read everything back with the whole price and ask once; a yes places the order.

    To a returning customer the ways on file that reach are offered; one that was chosen is read back with the rest.
    """
    ways = saved_ways.paying((yield from saved_ways.on_file(desk)), view.cart.total)
    wish = PlaceOrder(total=view.cart.total, pay_with=way.reference if way else None)
    try:
        placed = yield from ask("place_order", wish, CheckoutView)
    except NeedsYes as needs:
        quote = view.quote or view.cart.quote
        lines = list(wrong)
        if view.address is not None:
            lines.append(_read_back(view.gift, view.address.lines))
        when = span(quote.earliest, quote.latest, desk.language) if quote else ""
        told = {"total": view.cart.total, "when": when}
        if way is None:
            lines.append(line("confirm_order", **told))
        else:
            lines.append(line("confirm_order_with", way=saved_ways.called(way), **told))
        return Answer(
            lines=tuple(lines),
            blocks=(
                cards.checkout(view, desk.language, desk.shop),
                cards.cart(view.cart, desk.language, desk.shop),
            ),
            choices=_ways_on(desk, view, ways, way),
            keep={**keep, "awaits": "yes_no"},
            confirm=(needs.code, needs.call),
        )
    return (yield from _paid_for(desk, placed, wish))


def _ways_on(
    desk: Desk, view: CheckoutView, ways: Sequence[Way], way: Way | None
) -> tuple[tuple[str, Line], ...]:
    """What can be pressed under the whole price; nothing is chosen beforehand."""
    quote = view.quote or view.cart.quote
    deliveries = tuple(
        (f"method:{each.method}", line("button_method", method=each.method or "", fee=each.whole))
        for each in view.methods
        if each.method and (quote is None or each.method != quote.method)
    )
    yes = line("button_order_and_pay", total=view.cart.total) if way else line("button_order")
    return (
        ("yes", yes),
        *saved_ways.buttons("pay_way", ways, but=way.reference if way else None),
        *((("pay_way:page", line("button_pay_elsewhere")),) if way else ()),
        ("change_address", line("button_change_address")),
        *deliveries[: 1 if ways else 2],
        ("gift:off", line("button_no_gift")) if view.gift else ("gift:on", line("button_gift")),
        ("no", line("button_not_yet")),
    )


def choose_way(desk: Desk) -> Steps[Answer]:
    """Choose a way of paying on file for what is in the cart, by its button or in words; it is asked about once more."""
    view = yield from ask("start_checkout", StartCheckout(), CheckoutView)
    if view.needs != ("confirm",):
        return (yield from stand(desk, view))
    keep = {"task": "checkout", "pending": None}
    if desk.argument == "page":
        return (yield from confirm(desk, view, [], keep))
    ways = yield from saved_ways.on_file(desk)
    able = saved_ways.paying(ways, view.cart.total)
    if desk.argument:
        found = tuple(way for way in able if way.reference == desk.argument)
    else:
        found = saved_ways.named(desk.text, able)
    if len(found) == 1:
        return (yield from confirm(desk, view, [], keep, found[0]))
    wrong = [] if found else [_no_way(desk, ways)]
    return (yield from confirm(desk, view, wrong, keep))


def _no_way(desk: Desk, ways: Sequence[Way]) -> Line:
    """Why there is no way on file to pay this by."""
    if desk.situation.state.shopper(desk.situation.now).role != "customer":
        return line("way_needs_sign_in")
    cards_of = [way for way in ways if way.kind == "gift_card" and way.balance is not None]
    if cards_of:
        return line("gift_card_short", balance=cards_of[0].balance)
    return line("no_saved_way")


def _read_back(gift: GiftView | None, address: str) -> Line:
    if gift is None:
        return line("read_back_address", address=address)
    name = "read_back_gift_note" if gift.note else "read_back_gift"
    return line(name, recipient=gift.recipient, note=gift.note, address=address)


def place(desk: Desk, agreed: PlaceOrder) -> Steps[Answer]:
    """The yes was given: place the order and pay it as agreed, or open the payment."""
    if agreed.pay_with is None and desk.situation.heard.choice is None and saved_ways.meant(desk.text):
        return (yield from choose_way(desk))  # "네, 저장된 카드로요": a yes to something else than was asked
    placed = yield from ask("place_order", agreed, CheckoutView)
    return (yield from _paid_for(desk, placed, agreed))


def _paid_for(desk: Desk, placed: CheckoutView, agreed: PlaceOrder) -> Steps[Answer]:
    order = placed.order or ""
    if not agreed.total.amount:  # points paid for all of it
        payment = yield from ask("check_payment", CheckPayment(order=order), PaymentView)
        return (yield from till.payment_stands(desk, payment))
    if agreed.pay_with is None:
        return (yield from till.pay(desk, order))
    return (yield from till.pay_as_agreed(desk, order, agreed.pay_with))


def keep_looking(desk: Desk) -> Steps[Answer]:
    """Leave the checkout; the cart stays as it is, and what most often stops people at this step is answered."""
    view = yield from ask("start_checkout", StartCheckout(), CheckoutView)
    yield from ask("stop_checkout", StopCheckout(), CheckoutView)
    answer = yield from barriers.on_leaving(desk, view)
    return replace(answer, keep={"task": None, "awaits": None, "pending": None})

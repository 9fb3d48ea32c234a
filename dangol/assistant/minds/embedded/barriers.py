"""What keeps a shopper from finishing a purchase: heard where it is said, guessed from the step they leave at.

Each is answered from the shop's own facts: what delivery costs and when it is free, that nobody needs an account, which
ways of paying there are, what happens when it does not fit.
"""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.policies import policy_part
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.baskets import CartView, DeliveryQuote
from dangol.contracts.shopfloor.orders import CheckoutView, PaymentMethods
from dangol.contracts.shopfloor.people import Nothing

_SAID: dict[str, re.Pattern[str]] = {
    "fee": re.compile(
        r"(?i)(?:배송비|택배비|배송료).{0,12}(?:비싸|비싼|아까|아깝|부담|너무|많이|왜|때문|붙)"
        r"|\b(?:shipping|delivery|postage)\b.{0,24}\b(?:too (?:much|high|expensive)|expensive|steep|pricey|so (?:much|high)|a lot)\b"
        r"|\b(?:that'?s a lot|too much|don'?t want to pay)\b.{0,12}\b(?:shipping|delivery|postage)\b"
    ),
    "account": re.compile(
        r"(?i)(?:회원\s?가입|가입|로그인|계정).{0,10}(?:해야|필요|꼭|없이|안\s?하고|안\s?해도|귀찮|싫|하기\s?싫)|비회원"
        r"|\b(?:account|sign(?:ing)? ?up|regist(?:er|ration)|log(?:ging)? ?in)\b.{0,24}\b(?:need|have to|must|without|required|necessary|don'?t want|hate)\b"
        r"|\b(?:need|have to|must|do i|without|don'?t want(?: to)?)\b.{0,16}\b(?:account|sign ?up|register|log ?in)\b|\bas a guest\b"
    ),
    "method": re.compile(
        r"(?i)(?:페이|카드|이체|무통장|휴대폰\s?결제|결제\s?(?:수단|방법)).{0,10}(?:안\s?돼|안\s?되|없나|없어|없네|되나|돼요|될까|가능)"
        r"|\b(?:pay ?pal|apple pay|google pay|klarna|venmo|credit card|cash)\b.{0,24}\?|\bno (?:pay ?pal|apple pay|google pay|klarna|venmo)\b"
        r"|\bcan(?:'?t| i| you) (?:pay|use)\b.{0,20}\b(?:pay|card|pal|transfer|klarna)\b"
    ),
    "fit": re.compile(
        r"(?i)안\s?맞으면|맞을지|마음에\s?안\s?들면|별로면|사이즈.{0,8}(?:걱정|불안|모르겠|고민)|반품.{0,8}(?:걱정|되나|돼요|될까|가능)"
        r"|\b(?:if|in case) (?:it|they|this|these) (?:does|do)n'?t (?:fit|suit)\b|\bif i (?:don'?t|do not) like (?:it|them)\b"
        r"|\b(?:not sure|worried|unsure)\b.{0,20}\b(?:size|fit|fits)\b|\bcan i (?:return|send) (?:it|them)\b"
    ),
}  # fmt: skip
# what most likely stopped who leaves at a step: Baymard's survey of reasons for abandonment names extra costs first,
# an account that must be made next, then too few ways of paying and returns
_AT_STEP = {"contact": "account", "address": "fee", "delivery": "fee", "confirm": "fee", "payment": "method"}
_RESUME = ("intent:checkout", line("button_resume"))
_SIZE = re.compile(r"(?i)사이즈|치수|크기|호수|\bsize")
# asked in the plainest words: a worry names no article
_FIT_ASKED = {
    "ko": "안 맞으면 반품이나 교환을 할 수 있나요",
    "en": "can I return or exchange it if it does not fit",
}


def named(text: str) -> str | None:
    """The barrier a message names; None when it names none."""
    return next((kind for kind, pattern in _SAID.items() if pattern.search(text)), None)


def remove(desk: Desk) -> Steps[Answer]:
    """Answer what was said to stand in the way (or the button that names it), and go on with the checkout."""
    kind = desk.argument if desk.argument in _SAID else named(desk.text) or "fee"
    if kind == "fit":
        return (yield from _fit(desk))
    lines = yield from _facts(desk, kind)
    onward = _RESUME if desk.memory.task == "checkout" else ("intent:recommend", line("button_recommend"))
    return Answer(lines=tuple(lines), choices=(onward, ("human", line("button_human"))))


def on_leaving(desk: Desk, view: CheckoutView) -> Steps[Answer]:
    """Nothing was ordered; what most often stops people at this step is answered at once, the others by a button."""
    likely = _AT_STEP.get(view.step, "fee")
    quote = view.quote or view.cart.quote
    if likely == "fee" and (quote is None or not quote.whole.amount):
        likely = "fit"
    lines: Sequence[Line] = () if likely == "fit" else (yield from _facts(desk, likely, view.cart))
    others = [kind for kind in ("fit", "fee", "method", "account") if lines == () or kind != likely]
    buttons = tuple((f"barrier:{kind}", line(f"button_barrier_{kind}")) for kind in others[:2])
    return Answer(
        lines=(line("checkout_left"), *lines[:2]),
        choices=(*buttons, ("intent:checkout", line("button_checkout")), ("intent:view_cart", line("button_cart"))),
    )  # fmt: skip


def _facts(desk: Desk, kind: str, cart: CartView | None = None) -> Steps[list[Line]]:
    if kind == "account":
        return [line("barrier_account")]
    if kind == "method":
        methods = yield from ask("list_payment_methods", Nothing(), PaymentMethods)
        return [line("payment_methods", methods=[each.name for each in methods.items]), line("pay_safely")]
    cart = cart or (yield from ask("view_cart", Nothing(), CartView))
    return _of_fee(cart.quote)


def _of_fee(quote: DeliveryQuote | None) -> list[Line]:
    if quote is None:
        return [line("barrier_fee_unknown")]
    if not quote.whole.amount:
        return [line("barrier_fee_none", zone=quote.zone)]
    lines = [line("barrier_fee", zone=quote.zone, fee=quote.whole)]
    if quote.fee.amount and quote.free_from:
        lines.append(line("delivery_free_from", amount=quote.free_from))
    elif quote.surcharge.amount:
        lines.append(line("delivery_surcharge", name=quote.surcharge_name, fee=quote.surcharge))
    return lines


def _fit(desk: Desk) -> Steps[Answer]:
    cart = yield from ask("view_cart", Nothing(), CartView)
    asked = _FIT_ASKED["ko" if desk.language == "ko" else "en"]
    answer = yield from policy_part(replace(desk, intent="ask_return_policy", text=asked))
    sized = next((each.product for each in cart.lines if any(map(_SIZE.search, each.options))), None)
    size = ((f"sizing:{sized}", line("button_size")),) if sized else ()
    if answer is None:
        return Answer(lines=(line("not_written"),), choices=(*size, ("human", line("button_human")), _RESUME))
    return replace(answer, choices=(*size, _RESUME, *answer.choices), keep={})

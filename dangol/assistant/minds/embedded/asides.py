"""Intents read in a message that only belong to another one of it: what is said beside, and asked for by nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.order_words import has_ordered
from dangol.assistant.minds.embedded.pointing import asks, seeks
from dangol.assistant.minds.embedded.pressing import COURTESY
from dangol.assistant.minds.embedded.pricing import with_delivery
from dangol.assistant.understanding.reading import Intent

_HEARD = 0.75
_SIGHS = re.compile(r"\W*아니(?:\s|,)")
_CHANGES = re.compile(
    r"(?i)빼|삭제|지워|취소|바꾸|바꿔|변경|대신|말고|\b(?:remove|take out|delete|drop|instead|change|swap|replace|make it)\b"
)
_HOW_SUCH = re.compile(
    r"얼마나\s+(?!(?:해요|하나요|하는지|들어요|드나요|내야|나와요|나가요)\b)[가-힣]{2,}(?!.*(?:가격|얼마예요|얼마에요))"
)
_OF_ONE_ORDER = frozenset(
    {"report_item_problem", "return_item", "exchange_item", "cancel_order", "change_order"}
)


def without_courtesy(desk: Desk, intents: Sequence[Intent]) -> list[Intent]:
    """The intents without courtesies beside them, and without a no that only begins a sentence: "no, order 1003 please",
    "아니 왜 안 와요"."""
    no_more = desk.values("order_id") or _SIGHS.match(desk.text)
    beside = COURTESY | {"deny"} if no_more else COURTESY
    return [intent for intent in intents if intent.name not in beside] or list(intents)


def without_asides(desk: Desk, said: list[Intent]) -> list[Intent]:
    """The intents without those that only belong to another one."""
    names = {intent.name for intent in said}
    aside = _half_heard(said)
    if "ask_discount" in names:  # "the manager allowed it" is a way of haggling, not a wish to be put through
        aside.add("talk_to_human")
    if (
        names & _OF_ONE_ORDER
    ):  # "I bought it last month and it broke": which order it was belongs to what is wrong
        aside.add("list_orders")
    if "report_item_problem" in names:  # "the sole came off, I send it back": one return, with what is wrong
        aside |= {"report_item_problem" if "exchange_item" in names else "return_item", "complain"}
    if "notify_restock" in names:  # whether it is there now is known to who waits for it
        aside.add("ask_availability")
    if "track_refund" in names:  # "when is the money back on my card": nothing is to be paid
        aside.add("report_payment_problem")
    if "add_to_cart" in names and not asks(desk.text):  # "무소음 마우스 담아줘" asks nothing of its noise
        aside.add("ask_product_info")
    aside |= _beside_info(desk, names) | _beside_cart(desk, names)
    if {"choose_option", "ask_availability"} <= names:  # "the second one, does it come in 280?"
        aside.add("choose_option")
    if "ask_delivery" in names:
        aside |= _beside_delivery(desk, names)
    return [intent for intent in said if intent.name not in aside]


def _half_heard(said: list[Intent]) -> set[str]:
    """ "이유식 시작하는데 뭐가 필요해요": what no shop does, half heard beside a request."""
    return {
        one.name for one in said if len(said) > 1 and one.name == "out_of_scope" and one.confidence < _HEARD
    }


def _beside_info(desk: Desk, names: set[str]) -> set[str]:
    """What is half heard beside a question about goods."""
    aside: set[str] = set()
    if {"find_product", "ask_product_info"} <= names and asks(desk.text) and not seeks(desk.text):
        aside.add(
            "find_product"
        )  # "온풍기 전기 많이 먹나요": asked of the goods named, which nobody looks for
    if {"ask_price", "ask_product_info"} <= names and _HOW_SUCH.search(desk.text):
        aside.add("ask_price")  # "이거 얼마나 따뜻해요?" asks for no price
    return aside


def _beside_cart(desk: Desk, names: set[str]) -> set[str]:
    """What is half heard beside putting goods in the cart, or asking for them in a size."""
    aside: set[str] = set()
    if {"add_to_cart", "change_cart"} <= names and not _CHANGES.search(desk.text):
        aside.add("change_cart")  # "ㅇㅋ 첫번째 장바구니"
    if {"ask_availability", "ask_size_advice"} <= names and desk.sizes:
        aside.add("ask_size_advice")  # "사이즈가 240인데 있습니까"
    return aside


def _beside_delivery(desk: Desk, names: set[str]) -> set[str]:
    aside: set[str] = set()
    if "ask_price" in names and not (desk.memory.focus or desk.values("product")):
        aside.add("ask_price")  # "do you ship to Alaska and how much": the delivery is priced
    elif "ask_price" in names and with_delivery(desk.text):  # one sum is asked for
        aside.add("ask_delivery")
    if "track_order" in names and not has_ordered(desk):
        aside.add("track_order")  # "the fee and the arrival, please": of what is not ordered yet
    return aside

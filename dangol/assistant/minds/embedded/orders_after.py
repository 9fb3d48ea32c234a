"""Orders after they are placed: where one is, which there are; only what is proved to be the shopper's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dangol.assistant.minds.embedded import exchange_lives, offering, order_words, parcels
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders, OrderStatus, OrderView

_PERSON = ("human", line("button_human"))
MOST_LISTED = 5
# nobody who sends goods back, or complains, is offered more of them
_NO_TIME_TO_SELL = frozenset(
    {
        "return_item",
        "exchange_item",
        "report_item_problem",
        "ask_return_policy",
        "track_refund",
        "complain",
        "cancel_order",
    }
)
# nor who still waits for what is said to have come
_WAITING = re.compile(
    r"(?i)언제|아직|안\s?(?:와|오|왔)|못\s?받|왜"
    r"|\b(?:when|still|yet|how long|why|not (?:here|arrived|come)|(?:has|have|did)n'?t)\b"
)
MOST_OFFERED = 6
# what a button that asks "which order?" is for: its verb → the states it fits
_FITS: dict[str, tuple[OrderStatus, ...]] = {
    "order": (),
    "cancel": order_words.OPEN,
    "change": order_words.OPEN,
    "return": order_words.ARRIVED,
    "exchange": order_words.ARRIVED,
    "problem": order_words.ARRIVED,
    "paper": order_words.PAID,
}


def order_named(desk: Desk) -> str | None:
    """The order number of this message, of the button, or given to show who is asking."""
    named = desk.first("order_id")
    if named:
        return str(named)
    if desk.argument and any(sign.isdigit() for sign in desk.argument):
        return desk.argument
    pending = desk.memory.pending
    if pending is not None and pending.awaits in ("proof", "code"):
        return desk.memory.proof.get("order")
    return None


def track_order(desk: Desk) -> Steps[Answer]:
    """Where an order is; the newest that is under way when none is named."""
    named = order_named(desk)
    said = order_words.said(desk)
    listing = desk.intent == "list_orders" and not named
    states = order_words.state(desk.text) if listing else ()
    asked = LookUpOrders(order=named) if named else said.wanted(states, MOST_LISTED if listing else 10)
    found = yield from ask("look_up_orders", asked, Orders)
    if not found.items and (said.since or states or said.before):
        return (yield from _none_of_those(said))
    if not found.items:
        return _none()
    if not named and order_words.of_another(desk):
        left = [each for each in found.items if each.order != desk.memory.last_order]
        if len(left) != 1:
            return _the_others(desk, left)
        found = found.model_copy(update={"items": tuple(left)})
    elif listing and not said.newest:
        return _listed(desk, found, said, picked=bool(states or said.since))
    order = found.items[0] if said.newest else (yield from _under_way(desk, found, named))
    choices: list[tuple[str, Line]] = []
    if order.status == "pending_payment":
        choices.append((f"pay:{order.order}", line("button_pay")))
    if order.status in ("pending_payment", "paid", "preparing") and not order.by_exchange:
        choices.append((f"cancel:{order.order}", line("button_cancel_order")))
    if (len(found.items) > 1 or said != order_words.Said()) and not named:
        choices.append(("intent:list_orders", line("button_all_orders")))
    answer = Answer(
        lines=parcels.where(desk, order),
        blocks=(cards.order(order, desk.language, desk.shop),),
        choices=(*choices, *((_PERSON,) if _troubled(order) else ())),
        keep={"awaits": None, "pending": None, "last_order": order.order},
    )
    return (yield from _arrived(desk, order, answer))


def _the_others(desk: Desk, left: Sequence[OrderView]) -> Answer:
    """The other orders there are; with none that can be seen, what is needed to see it."""
    if left:
        return replace(_listed(desk, Orders(items=tuple(left))), lines=(line("orders_others"),))
    return Answer(
        lines=(line("no_other_order", order=desk.memory.last_order),),
        choices=(_PERSON,),
        keep={"awaits": None, "pending": None},
    )


def _arrived(desk: Desk, order: OrderView, answer: Answer) -> Steps[Answer]:
    """Of what has arrived: where goods stand that are on their way back, else what goes with it."""
    if order.status not in order_words.ARRIVED and not order.by_exchange:
        return answer
    back = yield from exchange_lives.of_order(desk, order)
    if back is not None:
        return back if order.by_exchange else _arrived_and_back(order, back)
    if order.by_exchange:
        return answer
    in_trouble = set(desk.memory.last_intents) & _NO_TIME_TO_SELL
    if order.status != "delivered" or in_trouble:
        return answer
    if _WAITING.search(desk.text):
        return replace(answer, choices=(*answer.choices, _PERSON))
    return (yield from offering.with_offer(desk, answer, order.order))


def _arrived_and_back(order: OrderView, back: Answer) -> Answer:
    """Of goods that are on their way back that is what is asked for: where the return stands."""
    return replace(back, lines=(line("status_delivered", order=order.order), *back.lines)[:3])


def rest_of_parcels(desk: Desk) -> Steps[Answer]:
    """What is still to come of the order talked about, which was sent in several parcels."""
    named = desk.argument or desk.memory.last_order
    found = yield from ask("look_up_orders", LookUpOrders(order=named), Orders)
    if not found.items:
        return _none()
    order = found.items[0]
    return Answer(
        lines=parcels.rest(desk, order),
        blocks=(cards.order(order, desk.language, desk.shop),),
        choices=(_PERSON,) if _troubled(order) else (),
        keep={"awaits": None, "pending": None, "last_order": order.order},
    )


def _none() -> Answer:
    return Answer(lines=(line("no_orders"),), choices=(_PERSON,), keep={"awaits": None, "pending": None})


def _none_of_those(said: order_words.Said) -> Steps[Answer]:
    """Nothing of that time or state: said so, and the others offered, if there are any."""
    found = yield from ask("look_up_orders", LookUpOrders(limit=1), Orders)
    if not found.items:
        return _none()
    name = "no_order_before" if said.before else "no_order_of_those"
    return Answer(
        lines=(line(name),),
        choices=(("intent:list_orders", line("button_all_orders")), _PERSON),
        keep={"awaits": None, "pending": None},
    )


def wait(desk: Desk) -> Steps[Answer]:
    """Who was told that their order comes late would rather wait."""
    found = yield from ask("look_up_orders", LookUpOrders(order=desk.argument, limit=1), Orders)
    if not found.items:
        return Answer(lines=(line("no_orders"),), choices=(_PERSON,), keep={"awaits": None, "pending": None})
    order = found.items[0].order
    return Answer(
        lines=(line("waiting", order=order),),
        choices=((f"order:{order}", line("button_where")),),
        keep={"awaits": None, "pending": None, "last_order": order},
    )


def _under_way(desk: Desk, found: Orders, named: str | None) -> Steps[OrderView]:
    """Of several that could be meant the one talked about, else the newest under way, however many came after it."""
    orders = list(found.items)
    mentioned = [order for order in orders if order.order == desk.memory.last_order]
    under_way = [order for order in orders if order.status in order_words.UNDER_WAY]
    if not under_way and found.more and not named:
        older = yield from ask(
            "look_up_orders", LookUpOrders(statuses=order_words.UNDER_WAY, limit=1), Orders
        )
        under_way = list(older.items)
    talked_about = [order for order in mentioned if order.status in order_words.UNDER_WAY]
    return (talked_about or under_way or mentioned or orders)[0]


def _listed(
    desk: Desk, found: Orders, said: order_words.Said = order_words.Said(), *, picked: bool = False
) -> Answer:
    days = f"{said.since or ''}:{said.until or ''}"
    oldest = found.items[-1].order
    more = (f"older:list:{oldest}:{days}", line("button_older_orders"))
    return Answer(
        lines=(line("orders_of_then" if picked else "orders_are"),),
        blocks=tuple(cards.order(each, desk.language, desk.shop) for each in found.items),
        choices=(more,) if found.more else (),
        keep={"awaits": None, "pending": None, "last_order": found.items[0].order},
    )


def older(desk: Desk) -> Steps[Answer]:
    """Further back: `list:NUMBER:FROM:TO` goes on with the list, `VERB:NUMBER` with the question which is meant."""
    verb, _, rest = desk.argument.partition(":")
    number, _, days = rest.partition(":")
    since, _, until = days.partition(":")
    if verb == "list":
        said = order_words.Said(since=_day(since), until=_day(until), before=number)
        found = yield from ask("look_up_orders", said.wanted(limit=MOST_LISTED), Orders)
        if not found.items:
            return (yield from _none_of_those(said))
        listed = _listed(desk, found, said)
        return replace(listed, lines=(line("orders_before"),))
    said = order_words.Said(before=number)
    found = yield from ask("look_up_orders", said.wanted(_FITS.get(verb, ()), MOST_OFFERED), Orders)
    if not found.items:
        return (yield from _none_of_those(said))
    keep = {"awaits": "order", "pending": desk.memory.pending}
    return Answer(lines=(line("which_of_older"),), choices=_buttons(found, verb), keep=keep)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _troubled(order: OrderView) -> bool:
    return any(parcel.status in ("exception", "attempt_failed", "returned") for parcel in order.shipments)


def which_order(desk: Desk, found: Orders, verb: str, question: str, *, lead: str = "") -> Answer:
    """Several orders could be meant: ask which, with a button for each and one for older ones."""
    return Answer(
        lines=(*((line(lead),) if lead else ()), line(question)),
        choices=_buttons(found, verb),
        keep={
            "awaits": "order",
            "pending": Pending(
                intent=desk.intent,
                awaits="order",
                colors=desk.colors,
                sizes=desk.sizes,
                value=desk.text,
            ),
        },
    )


def _buttons(found: Orders, verb: str) -> tuple[tuple[str, Line], ...]:
    each = tuple((f"{verb}:{order.order}", called(order)) for order in found.items)
    more = (f"older:{verb}:{found.items[-1].order}", line("button_older_orders"))
    return (*each, more) if found.more else each


def called(order: OrderView) -> Line:
    """An order as it is called among others: its number and what it was about."""
    first = order.lines[0].title if order.lines else ""
    name = "order_called_more" if len(order.lines) > 1 else "order_called"
    return line(name, order=order.order, title=first, more=max(len(order.lines) - 1, 0))


def the_order(desk: Desk, verb: str, question: str) -> Steps[OrderView | Answer]:
    """The one order that is meant, by its number, its goods, its time or its state, or the question which.

    The only one that fits what is wanted (`verb`) needs no question; what is meant and does not fit is given all the
    same, so that it can be said why nothing comes of it.
    """
    named, said = order_named(desk), order_words.said(desk)
    last = desk.memory.last_order
    if named or (last and not said.before and _points_back(desk)):
        found = yield from ask("look_up_orders", LookUpOrders(order=named or last), Orders)
        return found.items[0] if found.items else _none()
    fitting = yield from ask("look_up_orders", said.wanted(_FITS[verb], MOST_OFFERED), Orders)
    if len(fitting.items) == 1 or (fitting.items and said.newest):
        return fitting.items[0]
    if (lately := _spoken_of_still(desk, fitting)) is not None:
        return lately
    if fitting.items:
        return which_order(desk, fitting, verb, question)
    return (yield from _not_fitting(desk, verb, question, said))


def _spoken_of_still(desk: Desk, fitting: Orders) -> OrderView | None:
    """ "Cancel all of it then", right after the same was said of a part: the order it was said of."""
    goes_on = desk.intent in desk.memory.last_intents and desk.memory.awaits != "order"
    return next((each for each in fitting.items if goes_on and each.order == desk.memory.last_order), None)


def _not_fitting(desk: Desk, verb: str, question: str, said: order_words.Said) -> Steps[OrderView | Answer]:
    """What is meant but cannot be done with; with nothing of that time, the question which else."""
    others = yield from ask("look_up_orders", said.wanted(limit=MOST_OFFERED), Orders)
    if others.items:
        mentioned = [order for order in others.items if order.order == desk.memory.last_order]
        return (mentioned or list(others.items))[0]
    if not (said.since or said.before):
        return _none()
    every = yield from ask("look_up_orders", LookUpOrders(statuses=_FITS[verb], limit=MOST_OFFERED), Orders)
    if every.items:
        return which_order(desk, every, verb, question, lead="no_order_of_those")
    return (yield from _none_of_those(said))


def _points_back(desk: Desk) -> bool:
    """ "that order", "이 주문": the one just talked about."""
    refs = [value.get("ref") for value in desk.values("product") if isinstance(value, dict)]
    words: tuple[Any, ...] = (
        "이 주문",
        "그 주문",
        "방금",
        "that order",
        "this order",
        "that one",
        "this one",
    )
    said = desk.text.lower()
    return "last" in refs or any(word in said for word in words)

"""Orders after they are placed: where one is, which there are; only what is proved to be the shopper's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import span
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders, OrderView

_PERSON = ("human", line("button_human"))
_OVER = ("delivered", "cancelled", "refunded")
MOST_LISTED = 5


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
    found = yield from ask("look_up_orders", LookUpOrders(order=named, limit=10), Orders)
    if not found.items:
        return Answer(lines=(line("no_orders"),), choices=(_PERSON,), keep={"awaits": None, "pending": None})
    if desk.intent == "list_orders" and not named:
        return _listed(desk, found.items)
    order = _under_way(desk, found.items)
    choices: list[tuple[str, Line]] = []
    if order.status == "pending_payment":
        choices.append((f"pay:{order.order}", line("button_pay")))
    if order.status in ("pending_payment", "paid", "preparing"):
        choices.append((f"cancel:{order.order}", line("button_cancel_order")))
    if len(found.items) > 1 and not named:
        choices.append(("intent:list_orders", line("button_all_orders")))
    return Answer(
        lines=tuple(_where(desk, order)),
        blocks=(cards.order(order, desk.language, desk.shop),),
        choices=(*choices, *((_PERSON,) if _troubled(order) else ())),
        keep={"awaits": None, "pending": None, "last_order": order.order},
    )


def _under_way(desk: Desk, orders: Sequence[OrderView]) -> OrderView:
    mentioned = [order for order in orders if order.order == desk.memory.last_order]
    under_way = [order for order in orders if order.status not in _OVER]
    return (under_way or mentioned or list(orders))[0]


def _listed(desk: Desk, orders: Sequence[OrderView]) -> Answer:
    return Answer(
        lines=(line("orders_are"),),
        blocks=tuple(cards.order(each, desk.language, desk.shop) for each in orders[:MOST_LISTED]),
        keep={"awaits": None, "pending": None, "last_order": orders[0].order},
    )


def _troubled(order: OrderView) -> bool:
    return any(parcel.status in ("exception", "attempt_failed", "returned") for parcel in order.shipments)


def _where(desk: Desk, order: OrderView) -> list[Line]:
    lines = [line(f"status_{order.status}", order=order.order)]
    moving = [parcel for parcel in order.shipments if parcel.status != "delivered"] or list(order.shipments)
    if len(order.shipments) > 1:
        lines[0] = line("status_in_parcels", order=order.order, parcels=len(order.shipments))
    if moving:
        parcel = moving[-1]
        values = {
            "carrier": parcel.carrier,
            "number": parcel.tracking_no,
            "status": line(f"shipment_{parcel.status}"),
        }
        place = parcel.events[0].place if parcel.events else ""
        lines.append(line("parcel_at", place=place, **values) if place else line("parcel", **values))
        if parcel.eta and parcel.status != "delivered":
            lines.append(line("expected", when=span(parcel.eta, parcel.eta, desk.language)))
            return lines
    if order.expected and order.status not in _OVER:
        lines.append(line("expected", when=span(order.expected[0], order.expected[1], desk.language)))
    return lines


def which_order(
    desk: Desk, orders: Sequence[OrderView], verb: str, question: str, intent: str | None = None
) -> Answer:
    """Several orders could be meant: ask which, with a button for each."""
    return Answer(
        lines=(line(question),),
        choices=tuple((f"{verb}:{order.order}", called(order)) for order in orders[:6]),
        keep={
            "awaits": "order",
            "pending": Pending(
                intent=intent or desk.intent,
                awaits="order",
                colors=desk.colors,
                sizes=desk.sizes,
                value=desk.text,
            ),
        },
    )


def called(order: OrderView) -> Line:
    """An order as it is called among others: its number and what it was about."""
    first = order.lines[0].title if order.lines else ""
    name = "order_called_more" if len(order.lines) > 1 else "order_called"
    return line(name, order=order.order, title=first, more=max(len(order.lines) - 1, 0))


def the_order(
    desk: Desk, verb: str, question: str, fits: Callable[[OrderView], bool]
) -> Steps[OrderView | Answer]:
    """The one order that is meant, or the question which; the only one that fits needs no question."""
    named = order_named(desk)
    found = yield from ask("look_up_orders", LookUpOrders(order=named, limit=10), Orders)
    if not found.items:
        return Answer(lines=(line("no_orders"),), choices=(_PERSON,), keep={"awaits": None, "pending": None})
    if named or len(found.items) == 1:
        return found.items[0]
    last = [order for order in found.items if order.order == desk.memory.last_order]
    fitting = [order for order in found.items if fits(order)]
    if last and _points_back(desk):
        return last[0]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        return (last or list(found.items))[0]
    return which_order(desk, fitting, verb, question)


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

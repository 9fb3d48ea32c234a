"""A parcel that is late or gone astray: where it is and who looks into it; nothing of it is sent back."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds.embedded import after_words
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.orders_after import rest_of_parcels, track_order
from dangol.assistant.minds.embedded.return_slots import Slots
from dangol.assistant.minds.embedded.steps import Answer, Steps
from dangol.assistant.speak.lines import line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.orders import OrderView

_PERSON = ("human", line("button_human"))


def looked_for(desk: Desk, slots: Slots, order: OrderView) -> Steps[Answer] | None:
    """What is done for who has not got all of it: where it is, what is still to come; None where it did arrive."""
    if after_words.not_received(desk.text) and slots.reason != "missing_item":
        return (_still_coming if _on_its_way(order) else _gone_astray)(desk, order)
    if slots.reason == "missing_item" and order.status in ("partly_shipped", "shipped"):
        return rest_of_parcels(replace(desk, argument=order.order))  # what is not here yet is still to come
    return None


def _on_its_way(order: OrderView) -> bool:
    """Whether every parcel of it is under way and none is said to be in trouble."""
    under_way = ("information_received", "at_pickup", "in_transit", "out_for_delivery")
    return order.status == "shipped" and all(parcel.status in under_way for parcel in order.shipments)


def _still_coming(desk: Desk, order: OrderView) -> Steps[Answer]:
    """Not here yet, and not lost either: where it is, when it comes, and a person who can look into it."""
    told = yield from track_order(replace(desk, argument=order.order, intent="track_order"))
    return replace(told, lines=(line("sorry_it_takes"), *told.lines), choices=(_PERSON,))


def _gone_astray(desk: Desk, order: OrderView) -> Steps[Answer]:
    """Said to be delivered and not received: what the carrier says, and a person to trace it. Nothing is sent back."""
    told = yield from track_order(replace(desk, argument=order.order, intent="complain"))
    waiting = Pending(intent="report_item_problem", awaits="parcel", options={"order": order.order})
    return replace(
        told,
        lines=(line("sorry_not_received"), *told.lines[-1:], line("trace_by_person")),
        blocks=told.blocks[:1],
        choices=(("human", line("button_human_now")),),
        keep={
            **told.keep,
            "awaits": "yes_no",
            "pending": waiting,
            "last_order": order.order,
            "offered_person": True,
        },
    )

"""Where the parcels of an order are: each of them told, those that have arrived in one sentence."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from dangol.assistant.minds.embedded import order_words
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import span
from dangol.contracts.shopfloor.orders import OrderView, ShipmentView

_REST = re.compile(
    r"(?i)나머지|남은\s?(?:거|것|건|상자|박스|택배|상품|물건)|(?:다른|딴)\s?(?:거|것|건|상자|박스|택배|송장|하나)"
    r"|\b(?:the )?(?:rest|remainder|remaining)\b|\bother (?:ones?|parcels?|box(?:es)?|packages?|half)\b|\bothers\b"
    r"|(?:아직\s?)?안\s?(?:온|보낸)\s?(?:거|것|건)(?!\s?취소)|\b(?:some|part|half) of (?:it|them|the order)\b.{0,14}\b(?:not|n'?t|hasnt|havent|still)\b"
)
_PARCELS = re.compile(r"(?i)상자|박스|택배|송장|\b(?:parcels?|box(?:es)?|packages?)\b")
_NO_PARCEL = re.compile(
    r"(?i)취소|반품|교환|환불|주문\S{0,2}\s?(?:보|목록)|cancel|return|exchange|refund|\borders\b"
)
_OF_ORDERS = frozenset({"track_order", "list_orders", "report_item_problem"})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def rest_wanted(desk: Desk) -> Desk | None:
    """ "나머지는요?" after one was told where an order is: what of it is still to come."""
    memory = desk.memory
    if memory.last_order is None or memory.task or desk.values("order_id"):
        return None
    if not _REST.search(desk.text) or _NO_PARCEL.search(desk.text):
        return None
    of_goods = memory.focus or memory.shown
    meant = not of_goods or _PARCELS.search(desk.text) or _OF_ORDERS & set(memory.last_intents)
    return desk.with_intent("track_order") if meant else None


def where(desk: Desk, order: OrderView) -> tuple[Line, ...]:
    """How an order stands, where its parcels are and when they are expected; at most three sentences."""
    if len(order.shipments) < 2:
        parcel = _told(order.shipments[0]) if order.shipments else None
        return _said(line(f"status_{order.status}", order=order.order), parcel, _expected(desk, order))
    moving, arrived = _sorted(order)
    whole = order.status != "partly_shipped"
    many = "parcels_all_here" if whole and not moving else "status_in_parcels" if whole else "status_in_part"
    first = line(many, order=order.order, parcels=len(order.shipments))
    if whole and not moving:
        return (first,)
    here = line("parcels_arrived", parcels=len(arrived), numbers=[each.tracking_no for each in arrived])
    each_comes = any(parcel.eta for parcel in moving)
    return _said(
        first,
        _under_way(desk, moving),
        here if arrived else None,
        None if each_comes and whole else _expected(desk, order),
    )


def rest(desk: Desk, order: OrderView) -> tuple[Line, ...]:
    """What of an order is still to come; how it stands where that is all of it or nothing."""
    moving, arrived = _sorted(order)
    whole = order.status != "partly_shipped"
    if not arrived or (whole and not moving):
        return where(desk, order)
    first = line("parcels_rest" if whole else "parcels_rest_here", order=order.order, arrived=len(arrived))
    return _said(first, _under_way(desk, moving), _expected(desk, order))


def _said(*sentences: Line | None) -> tuple[Line, ...]:
    return tuple(each for each in sentences if each is not None)


def _sorted(order: OrderView) -> tuple[list[ShipmentView], list[ShipmentView]]:
    """The parcels under way and those that arrived, what was scanned last first."""
    newest = sorted(
        order.shipments, key=lambda each: each.events[0].at if each.events else _LONG_AGO, reverse=True
    )
    return (
        [each for each in newest if each.status != "delivered"],
        [each for each in newest if each.status == "delivered"],
    )


def _under_way(desk: Desk, moving: Sequence[ShipmentView]) -> Line | None:
    """Each parcel with where it is; those at one place in one state, to come on one day, are told together."""
    alike: dict[tuple[str, str, str, date | None], list[ShipmentView]] = {}
    for parcel in moving:
        alike.setdefault((parcel.carrier, parcel.status, _place(parcel), parcel.eta), []).append(parcel)
    told = []
    for (carrier, status, place, eta), parcels in alike.items():
        state = line(f"parcels_{status}")
        state = line("parcels_place", place=place, state=state) if place else state
        state = line("parcels_day", state=state, when=span(eta, eta, desk.language)) if eta else state
        numbers = [each.tracking_no for each in parcels]
        told.append(line("parcels_alike", carrier=carrier, numbers=numbers, state=state))
    return line("parcels_under_way", parcels=told) if told else None


def _told(parcel: ShipmentView) -> Line:
    values = {
        "carrier": parcel.carrier,
        "number": parcel.tracking_no,
        "status": line(f"shipment_{parcel.status}"),
    }
    place = _place(parcel)
    return line("parcel_at", place=place, **values) if place else line("parcel", **values)


def _place(parcel: ShipmentView) -> str:
    return parcel.events[0].place if parcel.events else ""


def _expected(desk: Desk, order: OrderView) -> Line | None:
    """When an order comes: by its one parcel, by what is likely, or as it was promised."""
    one = order.shipments[0] if len(order.shipments) == 1 else None
    if one is not None and one.eta and one.status != "delivered":
        return line("expected", when=span(one.eta, one.eta, desk.language))
    if order.status not in order_words.UNDER_WAY:
        return None
    if order.likely:
        return line("likely", when=span(order.likely[0], order.likely[1], desk.language))
    if order.expected:
        return line("expected", when=span(order.expected[0], order.expected[1], desk.language))
    return None

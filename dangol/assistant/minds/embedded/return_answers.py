"""What is said of returns: the terms before the yes, the refusal with its rule, where one stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.return_slots import Slots
from dangol.assistant.minds.embedded.steps import Answer
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.contracts.shopfloor.returns import ReturnLineView, ReturnOffer, ReturnView
from dangol.contracts.shopfloor.shown import return_block, return_item, returned_instead
from dangol.kernel.after_sale.policy import OURS
from dangol.kernel.blocks import Price, ReturnBlock, Source
from dangol.kernel.money import Money

_PERSON = ("human", line("button_human"))
_PERSON_NOW = ("human", line("button_human_now"))


def called(each: ReturnLineView) -> str:
    """A line as it is called: its title and options."""
    options = cards.variant_words(each.options)
    return f"{each.title} ({options})" if options else each.title


def proposed(desk: Desk, slots: Slots, offer: ReturnOffer) -> Answer:
    """The terms and the one question; the other ways are buttons beside it."""
    no_account = slots.way == "points" and offer.way != "points"
    lines = [line("points_need_account") if no_account else _what(offer), _money(offer)]
    if offer.person:
        lines.append(line("return_person_confirm"))
    else:
        lines.append(line(f"return_confirm_{offer.sending}"))
    others: list[tuple[str, Line]] = []
    if offer.refund.amount and offer.kind == "return":
        others += [
            (f"back:way:{each.way}", line(f"button_way_{each.way}"))
            for each in offer.ways
            if each.way != offer.way
        ]
    if offer.kind == "return" and offer.reason in (*OURS, "size") and offer.sending != "none":
        others.append(("back:kind:exchange", line("button_exchange_instead")))
    draft = slots.pending("return_yes")
    return Answer(
        lines=tuple(lines),
        blocks=(_draft(desk, offer),),
        choices=(("yes", line("button_yes_do")), ("no", line("button_not_yet")), *others[:2]),
        keep={**draft, "awaits": "yes_no", "last_order": offer.order},
    )


def opened(answer: Answer, slots: Slots) -> Answer:
    """Who asks whether opened goods may come back hears that they may, where the terms allow it."""
    pending = answer.keep.get("pending")
    goes_on = pending is not None and pending.awaits in ("return_reason", "return_yes")
    if slots.state != "opened" or not goes_on:
        return answer
    return replace(answer, lines=(line("opened_is_fine"), *answer.lines[-2:]))


def _what(offer: ReturnOffer) -> Line:
    first = offer.lines[0]
    more = len(offer.lines) - 1
    values: dict[str, Any] = {"title": called(first), "quantity": first.quantity, "more": more}
    values["reason"] = line(f"reason_{offer.reason or 'other'}")
    if offer.kind == "exchange":
        values["new"] = cards.variant_words(first.instead_options)
        return line("exchange_what", **values)
    return line("return_what_more" if more else "return_what", **values)


def _money(offer: ReturnOffer) -> Line:
    fee, refund = offer.return_fee, offer.refund
    within = _within(offer.days)
    way = line(f"way_{offer.way}")
    if offer.kind == "exchange":
        if offer.due.amount:
            name = "exchange_due_fee" if fee and fee.amount else "exchange_due"
            return line(name, due=offer.due, fee=fee)
        if refund.amount:
            return line("exchange_refund", refund=refund, way=way, within=within)
        return line("exchange_free")
    if not refund.amount:
        return (
            line("return_no_money") if not offer.points else line("return_only_points", points=offer.points)
        )
    back = _given_back(offer)
    if fee and fee.amount:
        return line("return_money_fee", fee=fee, refund=back, way=way, within=within)
    name = "return_money_missing" if offer.sending == "none" else "return_money"
    return line(name, refund=back, way=way, within=within)


def _given_back(offer: ReturnOffer) -> Money | Line:
    """The money that goes back, with whose share of a discount was taken off, and the points beside it."""
    told: Money | Line = offer.refund
    if offer.off.amount:
        told = line("refund_as_paid", refund=offer.refund, listed=offer.listed, off=offer.off)
    return line("refund_and_points", refund=told, points=offer.points) if offer.points else told


def _within(days: tuple[int, int]) -> Line:
    first, last = days
    if not last:
        return line("within_at_once")
    return (
        line("within_days", days=last)
        if first in (0, last)
        else line("within_between", first=first, last=last)
    )


def _draft(desk: Desk, offer: ReturnOffer) -> ReturnBlock:
    names = {"label": ("label", "check"), "pickup": ("pickup", "check"), "none": ("none",)}[offer.sending]
    ends = "exchange" if offer.kind == "exchange" else "refund"
    steps = [line(f"step_{each}") for each in (*names, ends)]
    return ReturnBlock(
        order=offer.order,
        lines=tuple(return_item(each, each.share, desk.language) for each in offer.lines),
        status="draft",
        refund=Price.of(offer.refund, desk.language),
        fee=Price.of(offer.return_fee, desk.language) if offer.return_fee else None,
        due=Price.of(offer.due, desk.language) if offer.due else None,
        exchange_for=returned_instead(offer.lines, desk.language),
        steps=tuple(say(each, desk.language, desk.shop) for each in steps),
    )


def block(desk: Desk, view: ReturnView) -> ReturnBlock:
    """A return as a block, with what comes next."""
    steps: list[Line] = []
    if view.waits_for == "parcel":
        steps.append(line("step_pickup_on", day=view.pickup_on) if view.pickup_on else line("step_label"))
    if view.waits_for in ("carrier", "parcel", "inspection"):
        steps.append(line("step_check"))
    if view.waits_for is not None:
        steps.append(line("step_exchange" if view.kind == "exchange" else "step_refund"))
    told = tuple(say(each, desk.language, desk.shop) for each in steps)
    return return_block(view, desk.language).model_copy(update={"steps": told})


def registered(desk: Desk, view: ReturnView) -> Answer:
    """It is registered."""
    what = line(f"kind_{view.kind}")
    if view.waits_for == "person":
        lines = [line("return_waits_person", what=what, number=view.number)]
    elif view.sending == "none":
        lines = [line("return_registered_missing", number=view.number)]
    else:
        lines = [
            line("return_registered", what=what, number=view.number),
            _and_by_when(desk, view, line(f"return_next_{view.sending}")),
        ]
    return Answer(
        lines=tuple(lines),
        blocks=(block(desk, view),),
        choices=(("intent:track_refund", line("button_return_status")),),
        keep={"awaits": None, "pending": None, "last_order": view.order},
    )


def by_when(desk: Desk, view: ReturnView) -> Line | None:
    """By when the goods are handed over, where the shop names a day; once it is over, that they still count."""
    if view.send_by is None or view.waits_for not in ("carrier", "parcel"):
        return None
    if desk.situation.now.astimezone(desk.shop.zone).date() > view.send_by:
        return line("send_by_day_over", day=view.send_by)
    return line(f"send_by_day_{view.sending}", day=view.send_by)


def _and_by_when(desk: Desk, view: ReturnView, told: Line) -> Line:
    """Both in one, as an answer has three at the most."""
    day = by_when(desk, view)
    return line("two_lines", first=told, then=day) if day is not None else told


def refused(desk: Desk, slots: Slots, offer: ReturnOffer, sources: tuple[Source, ...]) -> Answer:
    """The rule that does not allow it, in words; a person is always a way on."""
    code = offer.refusal or "other"
    details = offer.refusal_details
    choices: list[tuple[str, Line]] = [_PERSON_NOW]
    lines = [_refusal(code, details, offer, slots)]
    if code == "window" and slots.reason not in OURS:
        choices.insert(0, ("back:reason:defect", line("button_is_faulty")))
        lines.append(line("refused_unless_faulty"))
    elif code == "excluded":
        choices.insert(0, ("back:reason:defect", line("button_is_faulty")))
    elif code == "in_stock":
        choices.insert(0, ("back:kind:return", line("button_refund_instead")))
    keeps = code in ("window", "excluded", "in_stock")
    return Answer(
        lines=tuple(lines),
        sources=sources if code in ("window", "excluded", "region", "reason", "times") else (),
        choices=tuple(choices),
        keep={
            **(slots.pending("return_reason") if keeps else {"awaits": None, "pending": None}),
            "awaits": None,
            "last_order": offer.order,
        },
    )


def _refusal(code: str, details: dict[str, Any], offer: ReturnOffer, slots: Slots) -> Line:
    what = line(f"kind_{offer.kind}")
    if code == "window":
        delivered, last = (date.fromisoformat(str(details[each])) for each in ("delivered", "last_day"))
        if details["window_days"] is None:
            return line("refused_day", what=what, delivered=delivered, last_day=last)
        return line(
            "refused_window", what=what, days=details["window_days"], delivered=delivered, last_day=last
        )
    if code == "excluded":
        title = next(
            (each.title for each in offer.lines if each.line == details.get("line")), offer.lines[0].title
        )
        name = f"refused_excluded_{details['when']}"
        return line(name, what=what, title=title)
    if code == "state":
        status = str(details.get("status"))
        group = (
            "not_arrived"
            if status in ("pending_payment", "paid", "preparing", "partly_shipped", "shipped")
            else "over"
        )
        return line(f"refused_state_{group}", what=what, order=offer.order)
    if code in ("left", "in_stock", "same_product", "times", "offered", "region"):
        return line(f"refused_{code}", what=what, title=offer.lines[0].title)
    return line("refused_other", what=what)


def under_way(desk: Desk, view: ReturnView) -> Answer:
    """It was asked for already."""
    answer = stands(desk, view)
    return Answer(
        lines=(line("return_already", number=view.number), *answer.lines[:2]),
        blocks=answer.blocks,
        choices=answer.choices,
        keep=answer.keep,
    )


def stands(desk: Desk, view: ReturnView) -> Answer:
    """Where a return stands, and the money."""
    stand = line(f"return_stands_{view.status}", what=line(f"kind_{view.kind}"), number=view.number)
    lines = [_and_by_when(desk, view, stand)]
    choices: list[tuple[str, Line]] = []
    if view.waits_for == "payment":
        lines.append(line("return_waits_payment", due=view.due))
        choices.append((f"pay:{view.replacement}", line("button_pay")))
    elif view.waits_for == "other_way":
        lines.append(line("return_needs_other_way", refund=view.refund))
        choices += [
            (f"other_way:{view.number}:points", line("button_way_points")),
            (f"other_way:{view.number}:original", line("button_way_again")),
            _PERSON_NOW,
        ]
    elif view.waits_for == "person":
        lines.append(line("return_person_looks"))
        choices.append(_PERSON_NOW)
    elif view.refund.amount and view.status not in ("refused", "cancelled"):
        lines.append(_money_of(view))
        if view.points:
            done = view.status == "refunded"
            lines.append(line("points_went_back" if done else "return_points_back", points=view.points))
    if view.waits_for in ("carrier", "parcel", "person", "payment") and view.status != "received":
        choices.append((f"call_off:{view.number}", line("button_call_off")))
    return Answer(
        lines=tuple(lines),
        blocks=(block(desk, view),),
        choices=tuple(choices),
        keep={"awaits": None, "pending": None, "last_order": view.order},
    )


def _money_of(view: ReturnView) -> Line:
    values = {"refund": view.refund, "way": line(f"way_{view.way}"), "within": _within(view.days)}
    if view.status in ("refunded", "exchanged"):
        return line("refund_went", **values)
    if view.trouble == "gateway_down":
        return line("money_unanswered", refund=view.refund)
    if view.status == "received":
        return line("refund_goes", **values)
    return line("refund_after_arrival", **values)


def called_off(desk: Desk, view: ReturnView) -> Answer:
    """It is called off."""
    return Answer(
        lines=(line("return_called_off", what=line(f"kind_{view.kind}"), number=view.number),),
        blocks=(block(desk, view),),
        keep={"awaits": None, "pending": None, "last_order": view.order},
    )


def too_late(desk: Desk, view: ReturnView) -> Answer:
    """It can be called off no more."""
    return Answer(
        lines=(line("call_off_too_late", what=line(f"kind_{view.kind}"), number=view.number),),
        blocks=(block(desk, view),),
        choices=(_PERSON,),
        keep={"awaits": None, "pending": None},
    )

"""What is said or pressed to an open question of a return or an exchange, and on with the same one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dangol.assistant.minds.embedded import (
    after_words,
    exchange_restock,
    other_goods,
    return_hearing,
    return_slots,
    returning,
)
from dangol.assistant.minds.embedded.calling import talk_to_human
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.return_slots import Slots, heard, kept
from dangol.assistant.minds.embedded.steps import Answer, Steps
from dangol.assistant.speak.lines import line
from dangol.assistant.state import Pending


def given(desk: Desk) -> Steps[Answer]:
    """The open question was answered: on with the same return."""
    pending = desk.memory.pending
    assert pending is not None
    aside = _left_as_it_is(desk, pending)
    if aside is not None:
        return (yield from aside)
    if pending.awaits == return_slots.INSTEAD:
        return (yield from instead_of_exchange(desk))
    slots = _of_kind_wanted(desk, heard(desk, kept(desk, pending.intent)))
    names = {intent.name for intent in desk.situation.reading.intents}
    if pending.awaits == "return_state" and not slots.state and names in ({"affirm"}, {"deny"}):
        slots = replace(slots, state="opened" if names == {"affirm"} else "sealed")
    if pending.awaits == "return_photo":
        slots = replace(slots, photo_asked=True)
    if return_hearing.other_variant(desk):
        slots = replace(slots, sku="")
    elif return_hearing.leaves_out(desk):
        pass  # which go is told by the lines
    elif return_hearing.names_goods(desk) or return_hearing.all_of_them(desk):
        slots = replace(slots, lines=(), sku="")  # which of them, told once more
    elif pending.awaits == "return_reason" and not slots.reason:
        slots = replace(slots, reason="other")
    answer = yield from returning.go_on(replace(desk, argument=""), slots)
    return (
        (yield from returning.of_state(desk, answer, slots)) if return_hearing.asks_of_state(desk) else answer
    )


def instead_of_exchange(desk: Desk) -> Steps[Answer]:
    """Other goods are wanted: what came is returned, and those are looked at once that is registered."""
    pending = desk.memory.pending
    assert pending is not None
    back = replace(kept(desk, pending.intent), kind="return", intent="return_item", sku="", gone="")
    answer = yield from returning.go_on(replace(desk, argument="", entities=()), heard(desk, back))
    return other_goods.bought_after(desk, answer)


def _left_as_it_is(desk: Desk, pending: Pending) -> Steps[Answer] | None:
    """What is answered without anything new being known of the return."""
    if pending.awaits == "parcel":
        return talk_to_human(desk)
    if pending.awaits == "return_photo" and return_hearing.promises_photo(desk):
        return _photo_comes(pending)
    if return_hearing.wants_word(desk):
        return exchange_restock.note(desk)
    return _one_after_the_other(desk, pending) if return_hearing.wants_more(desk) else None


def _photo_comes(pending: Pending) -> Steps[Answer]:
    yield from ()
    return Answer(
        lines=(line("photo_here"),),
        choices=(("back:photo:none", line("button_no_photo")),),
        keep={"awaits": "choice", "pending": pending},
    )


def _one_after_the_other(desk: Desk, pending: Pending) -> Steps[Answer]:
    asked = yield from returning.go_on(replace(desk, argument="", text=""), kept(desk, pending.intent))
    return replace(asked, lines=(line("first_this_one"), *asked.lines[-2:]))


def _of_kind_wanted(desk: Desk, slots: Slots) -> Slots:
    """Money back or other goods, as far as the message says which."""
    names = {intent.name for intent in desk.situation.reading.intents}
    wanted = after_words.wanted(desk.text)
    swaps = wanted == "exchange_item" or return_hearing.other_kind(desk)
    if swaps or ("exchange_item" in names and wanted != "return_item"):
        return replace(slots, kind="exchange", intent="exchange_item")
    if (kind := return_hearing.kind_wanted(desk)) is not None and kind != slots.kind:
        return replace(slots, kind=kind, intent=f"{kind}_item", sku="")
    return slots


def pressed(desk: Desk) -> Steps[Answer]:
    """A button of a return: `lines`, `reason`, `state`, `variant`, `photo`, `way` or `kind`, with its value."""
    what, _, value = desk.argument.partition(":")
    pending = desk.memory.pending
    slots = kept(
        desk, pending.intent if pending and pending.intent in return_slots.INTENTS else "return_item"
    )
    if what == "lines":
        slots = replace(slots, lines=tuple((number, 0) for number in value.split(",")))
    elif what == "kind" and pending is not None and pending.awaits == return_slots.INSTEAD:
        return (yield from instead_of_exchange(replace(desk, text="")))
    elif what == "kind":
        slots = replace(slots, kind="exchange" if value == "exchange" else "return", sku="")
    elif what == "variant":
        slots = replace(slots, sku=value)
    elif what == "leave":
        return (yield from returning.no_start(desk))
    elif what == "photo":
        slots = replace(slots, photo_asked=True)
    elif what in _SAID:
        slots = _SAID[what](slots, value)
    return (yield from returning.go_on(replace(desk, argument="", text=""), slots))


_SAID: dict[str, Callable[[Slots, str], Slots]] = {
    "reason": lambda slots, value: replace(slots, reason=value),
    "state": lambda slots, value: replace(slots, state=value),
    "way": lambda slots, value: replace(slots, way=value),
}

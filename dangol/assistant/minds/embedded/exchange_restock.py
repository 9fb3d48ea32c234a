"""The variant wanted in an exchange is sold out: word is promised when it is back, and the exchange stays open."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds.embedded import exchanging, restock_words
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.return_slots import Slots, kept
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.people import RestockNoted
from dangol.contracts.shopfloor.returns import ReturnOffer


def note(desk: Desk) -> Steps[Answer]:
    """Note the wish for that very variant; nothing is exchanged by it, and that is said with what can still be done."""
    pending = desk.memory.pending
    assert pending is not None
    slots = kept(desk, pending.intent)
    wished = restock_words.wish(desk, desk.memory.focus or "", slots.gone)
    noted = yield from ask("note_restock", wished, RestockNoted)
    if noted.needs == "contact":
        return Answer(
            lines=restock_words.told(noted),
            keep={**slots.pending("return_contact"), "awaits": "contact", "last_order": slots.order},
        )
    return Answer(
        lines=(*restock_words.told(noted)[:2], (yield from _not_exchanged(slots))),
        choices=(
            *(yield from exchanging.others_in_stock(slots)),
            ("back:kind:return", line("button_refund_instead")),
            ("back:leave", line("button_leave_it")),
        ),
        keep={**slots.pending("return_variant"), "last_order": slots.order},
    )


def _not_exchanged(slots: Slots) -> Steps[Line]:
    """That nothing is exchanged yet, and until when it can be, where the shop's rules name a day."""
    try:
        offer = yield from ask("check_return", replace(slots, sku="").request(), ReturnOffer)
    except ToolRefused:
        return line("exchange_not_made")
    if not offer.allowed or offer.last_day is None:
        return line("exchange_not_made")
    return line("exchange_not_made_until", last_day=offer.last_day)

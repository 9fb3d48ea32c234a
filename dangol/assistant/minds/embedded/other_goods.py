"""Other goods wanted for what was bought: where the shop's rules allow only options of the same, how they are had."""

# ruff: noqa: E501  a pattern reads best on one line

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from dangol.assistant.matter import Matter
from dangol.assistant.minds.embedded import return_slots
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.return_slots import Slots
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.understanding.reading import Entity
from dangol.contracts.shopfloor.changes import LookAtChange, OrderChange
from dangol.contracts.shopfloor.orders import OrderLineView, OrderView
from dangol.contracts.shopfloor.products import (
    Availability,
    CheckAvailability,
    FindProducts,
    FoundProducts,
    ProductCard,
    VariantView,
    Wishes,
)
from dangol.contracts.shopfloor.returns import ReturnOffer
from dangol.kernel.words import goods

_MOST = 4
# "그냥 머그컵으로 바꿔줘", "머그컵 말고", "can i get a mug instead", "swap it for a mug"
_INSTEAD = re.compile(
    r"(?i)(?:으?로|걸로)\s?(?:좀\s?)?(?:바꿔|바꾸|바꿀|교환|변경|주세|줘|줄|할|해|받|보내|요\W*$)|대신|\binstead\b|\b(?:swap|exchang\w*|chang\w*|switch|trade|replac\w*)\b.{0,40}\b(?:for|to|with|into)\b"
)


@dataclass(frozen=True)
class Other:
    """Other goods that were named: the words used, what the shop calls them, and their variants there are."""

    said: str
    product: str
    title: str
    there: tuple[VariantView, ...]


def wanted_instead(desk: Desk) -> bool:
    """Whether goods are named that are wanted for others, whichever they are."""
    return bool(_names(desk)) and _INSTEAD.search(desk.text) is not None


def named(desk: Desk, mine: OrderLineView) -> Steps[Other | None]:
    """The goods named that are wanted for those of a line; None where only the line's own are named."""
    said = [each for each in _names(desk) if _is_target(desk, each) and not _is_own(each, mine)]
    if not said:
        return None
    text = said[-1].text
    wishes = Wishes(text=text)
    found = yield from ask(
        "find_products",
        FindProducts(wishes=wishes, limit=_MOST, in_stock_only=False, personal=False),
        FoundProducts,
    )
    card = next((each for each in found.items if _is_called(each, mine, said[-1])), None)
    if found.loosened or card is None or card.product == mine.product:
        return None
    there = yield from ask("check_availability", CheckAvailability(product=card.product), Availability)
    stocked = tuple(each for each in (*there.matching, *there.others) if each.stock > 0)
    return Other(text, card.product, card.title, stocked)


def _names(desk: Desk) -> list[Entity]:
    return [each for each in desk.entities if each.type in ("category", "product") and each.text.strip()]


def _is_own(each: Entity, mine: OrderLineView) -> bool:
    if isinstance(each.value, dict) and "ref" in each.value:
        return True  # "the other one", "that": none by its name
    handle = each.value.get("product") if isinstance(each.value, dict) else None
    return handle == mine.product or bool(goods.marks(mine.title, mine.options.values(), each.text))


def _is_called(card: ProductCard, mine: OrderLineView, said: Entity) -> bool:
    """Whether a product found is the one named; the line's own, found before any that is, was meant by another word."""
    handle = said.value.get("product") if isinstance(said.value, dict) else None
    return card.product in (handle, mine.product) or bool(goods.marks(card.title, (), said.text))


def _is_target(desk: Desk, each: Entity) -> bool:
    """Whether these are what is wanted, and not what is sent back ("the bowl for a mug")."""
    pending = desk.memory.pending
    if pending is not None and pending.awaits in ("return_variant", "return_contact"):
        return True
    name = re.escape(each.text.strip())
    return (
        re.search(
            rf"(?i){name}\s?(?:으?로|걸로)|\b(?:for|to|into|with|get|have)\s(?:an?\s|the\s|some\s|one of (?:the|your)\s|your\s)?(?:\w+\s)?{name}|{name}\b.{{0,8}}\binstead",
            desk.text,
        )
        is not None
    )


def for_exchange(desk: Desk, slots: Slots, mine: OrderLineView) -> Steps[Answer | None]:
    """Other goods in an exchange: as the rules allow, else the return of what came and a new order of those."""
    other = yield from named(desk, mine)
    if other is None or not other.there:
        return None
    offer = yield from ask("check_return", replace(slots, sku=other.there[0].sku).request(), ReturnOffer)
    if offer.allowed:
        return Answer(
            lines=(line("exchange_for_which", title=mine.title),),
            choices=_buttons("back:variant:{}", other),
            keep=slots.pending("return_variant"),
        )
    if offer.refusal != "same_product":
        return None  # what stands in its way is said in its turn
    keep = slots.pending(return_slots.INSTEAD)
    keep["pending"] = keep["pending"].model_copy(update={"value": other.said})
    return Answer(
        lines=(
            line("refused_same_product", title=mine.title),
            line("return_and_buy", other=other.title),
        ),
        choices=(
            ("back:kind:return", line("button_refund_instead")),
            (f"show:{other.product}", line("plain", text=other.title)),
            ("back:leave", line("button_leave_it")),
        ),
        keep={**keep, "last_order": slots.order},
    )


def bought_after(desk: Desk, answer: Answer) -> Answer:
    """The answer that begins the return, with the goods wanted instead to be shown once it is registered."""
    pending = desk.memory.pending
    if pending is None or pending.awaits != return_slots.INSTEAD or not pending.value:
        return answer
    later = Matter(intent="find_product", text=pending.value, turn=desk.situation.state.turn)
    return replace(answer, keep={**answer.keep, "waiting": (*desk.memory.waiting, later)})


def for_change(desk: Desk, order: OrderView, mine: OrderLineView) -> Steps[Answer | None]:
    """Other goods for a line of an order that is still here: as the rules allow, else cancelled and ordered anew."""
    other = yield from named(desk, mine)
    if other is None or not other.there:
        return None
    asked = LookAtChange(order=order.order, line=mine.line, sku=other.there[0].sku)
    found = yield from ask("look_at_change", asked, OrderChange)
    keep: dict[str, Any] = {"awaits": "choice", "pending": None, "last_order": order.order}
    if found.allowed:
        return Answer(
            lines=(line("change_to_which", title=mine.title),),
            choices=_buttons(f"change_to:{{}}:{order.order}/{mine.line}", other),
            keep=keep,
        )
    if found.why != "same_product":
        return None
    return Answer(
        lines=(line("change_same_goods_only", title=mine.title), line("cancel_and_buy", other=other.title)),
        choices=(
            (f"cancel:{order.order}", line("button_cancel_order")),
            (f"show:{other.product}", line("plain", text=other.title)),
        ),
        keep={**keep, "awaits": None},
    )


def _buttons(verb: str, other: Other) -> tuple[tuple[str, Line], ...]:
    return tuple(
        (
            verb.format(each.sku),
            line("plain", text=f"{other.title} {cards.variant_words(each.options)}".strip()),
        )
        for each in other.there[:_MOST]
    )

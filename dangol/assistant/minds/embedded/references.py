"""Which product is meant: this one, the second one, the black one, one by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Steps, ask
from dangol.assistant.minds.embedded.superlatives import best_shown
from dangol.assistant.state import ShownItem
from dangol.contracts.shopfloor.products import FindProducts, FoundProducts, Wishes
from dangol.kernel.words.hangul import strip_particles
from dangol.kernel.words.normalising import compact, normalise

MOST_COMPARED = 4
# what stands after a word of a title ("남아꺼는요"), and marks
_OF_A_WORD = re.compile(
    r"\s?(?:꺼|거|것|건|껀|걸)(?:는|은|로|도|만|요|이요|는요|로요)*(?=$|[\s?!.,])|[?!.,~]"
)


@dataclass(frozen=True)
class Meant:
    """A product that was meant; `how` it was found: page, focus, shown, named, button."""

    product: str
    how: str
    sku: str | None = None


def meant_products(desk: Desk) -> list[Meant]:
    """The products a message points at or names, without asking the shop; in the order said."""
    found: list[Meant] = []
    for value in desk.values("product"):
        if isinstance(value, dict) and value.get("ref") == "all":
            shown = [_shown(item) for item in desk.memory.several[:MOST_COMPARED]]
            found.extend(shown or filter(None, [_that(desk)]))
        elif (meant := _meant(desk, value)) is not None:
            found.append(meant)
    return list({each.product: each for each in found}.values())


def product_meant(desk: Desk) -> Meant | None:
    """The one product a message is about: named, pointed at, of a colour on screen, else what was talked about."""
    pointed = meant_products(desk)
    if pointed:
        return pointed[0]
    if desk.values("product"):
        return None  # a name that is not known here: the shop must be asked
    return _of_color(desk) or _talked_about(desk)


def _talked_about(desk: Desk) -> Meant | None:
    """Nothing was pointed at: the page just opened, what was talked about, the page, the only one on screen."""
    memory, page = desk.memory, desk.situation.state.page
    if page and (desk.situation.heard.page or not memory.focus):
        return Meant(page, "page")
    if memory.focus:
        return Meant(memory.focus, "focus", memory.focus_sku)
    return _shown(memory.shown[0]) if len(memory.shown) == 1 else None


def product_asked(desk: Desk) -> Steps[Meant | None]:
    """The product meant; a name that is not on screen is looked up in the shop.

    A kind of goods that is named without pointing at anything ("커피 원두 담아줘") is not what was talked about
    before, unless what was talked about is of that kind.
    """
    most = yield from best_shown(desk)
    if most is not None:
        return Meant(most.card.product, "shown", most.card.sku)
    named = one_of_that_kind(desk) or one_called(desk)
    meant = _shown(named) if named else product_meant(desk)
    loose = meant is not None and meant.how in ("focus", "shown", "page") and _names_a_kind(desk)
    if meant is not None and (named or not loose):
        return meant
    if meant is not None:
        return (yield from _of_that_kind(desk, meant))
    return (yield from _looked_up(desk))


def _looked_up(desk: Desk) -> Steps[Meant | None]:
    """A product by its name or its kind, when it is not on screen."""
    names = [
        str(value["name"]) for value in desk.values("product") if isinstance(value, dict) and "name" in value
    ]
    if not names and _names_a_kind(desk):
        return (yield from _of_that_kind(desk))
    wanted = FindProducts(
        wishes=Wishes(text=names[0] if names else desk.text), limit=3, in_stock_only=False, personal=False
    )
    found = yield from ask("find_products", wanted, FoundProducts)
    if found.loosened or not found.items:
        return None
    if names:
        return Meant(found.items[0].product, "named")
    best = max(found.items, key=lambda card: _named_by(card.title, desk.text))
    return Meant(best.product, "named") if _named_by(best.title, desk.text) else None


def one_of_that_kind(desk: Desk) -> ShownItem | None:
    """ "How many litres is the air fryer?" with a kettle beside it: the only one on screen whose title names the kind."""
    kinds = [compact(each.text) for each in desk.entities if each.type == "category"]
    found = [item for item in desk.memory.shown if any(kind in compact(item.title) for kind in kinds if kind)]
    return found[0] if len(found) == 1 else None


def one_called(desk: Desk) -> ShownItem | None:
    """ "남아꺼는요", "the solar": of several on screen the only one whose title has a word of the message."""
    shown = desk.memory.shown
    if len(shown) < 2 or desk.memory.focus or desk.values("product") or desk.values("category"):
        return None
    said = {strip_particles(word) for word in _OF_A_WORD.sub(" ", desk.text.lower()).split()}
    titles = [set(normalise(item.title).split()) for item in shown]
    told = {word for word in said if len(word) > 1 and sum(word in title for title in titles) == 1}
    found = [item for item, title in zip(shown, titles, strict=True) if told & title]
    return found[0] if len(found) == 1 else None


def _names_a_kind(desk: Desk) -> bool:
    """ "the large one of the chocolate" points at nothing but a size of that kind."""
    named = [
        value
        for value in desk.values("product")
        if not (isinstance(value, dict) and value.get("ref") == "attribute" and value.get("word"))
    ]
    return bool(desk.values("category")) and not named


def _of_that_kind(desk: Desk, meant: Meant | None = None) -> Steps[Meant | None]:
    """The one of the kind named: what is talked about if it is of it, the only one there is or that goes by the word.

    "튤립", filed under bouquets here, is the one called so; the shop's own kinds ("꽃다발") are the name of none.
    """
    kinds = tuple(str(value) for value in desk.values("category"))
    wanted = FindProducts(
        wishes=Wishes(text=desk.text, categories=kinds), limit=20, in_stock_only=False, personal=False
    )
    found = yield from ask("find_products", wanted, FoundProducts)
    if not found.items:
        return meant
    if found.loosened:
        return None
    if meant is not None and any(card.product == meant.product for card in found.items):
        return meant
    words = {compact(each.text) for each in desk.entities if each.type == "category"} - set(
        map(compact, kinds)
    )
    called = [card for card in found.items if any(word in compact(card.title) for word in words)]
    only = found.items if len(found.items) == 1 else called
    if len(only) == 1:
        return Meant(only[0].product, "named")
    best = max(found.items, key=lambda card: _named_by(card.title, desk.text))
    return Meant(best.product, "named") if _named_by(best.title, desk.text) else None


def _named_by(title: str, text: str) -> int:
    """How many letters of a title a message says; 0 unless it says its first two words or half of it."""
    said = compact(text)
    words = [word for word in map(compact, title.split()) if word]
    heard = [word for word in words if len(word) > 1 and word in said]
    letters = sum(map(len, heard))
    begun = len(words) > 1 and words[0] in said and words[1] in said
    return letters if len(heard) >= 2 and (begun or 2 * letters >= sum(map(len, words))) else 0


def _meant(desk: Desk, value: Any) -> Meant | None:
    if not isinstance(value, dict):
        return None
    if isinstance(value.get("product"), str):
        return Meant(value["product"], "named")
    reference = value.get("ref")
    if reference == "ordinal":
        return _ordinal(desk.memory.several, value.get("index"))
    if reference in ("page", "this"):
        return _this(desk)
    if reference == "attribute":
        return _of_attribute(desk, value)
    return _that(desk) if reference in ("last", "that", "it") else None


def _of_attribute(desk: Desk, value: dict[str, Any]) -> Meant | None:
    """The one on screen that has this colour or whose name holds this word; else what is talked about."""
    color, word = value.get("color"), str(value.get("word", "")).lower()
    fitting = [
        item
        for item in desk.memory.shown
        if (color and item.color == color) or (word and word in item.title.lower())
    ]
    if len(fitting) == 1:
        return _shown(fitting[0])
    return _that(desk)


def _ordinal(shown: tuple[ShownItem, ...], index: Any) -> Meant | None:
    if not isinstance(index, int) or not shown:
        return None
    place = len(shown) - 1 if index == -1 else index - 1
    return _shown(shown[place]) if 0 <= place < len(shown) else None


def _this(desk: Desk) -> Meant | None:
    page, memory = desk.situation.state.page, desk.memory
    if page and desk.situation.heard.page:
        return Meant(page, "page")
    if memory.focus:
        return Meant(memory.focus, "focus", memory.focus_sku)
    if page:
        return Meant(page, "page")
    return _shown(memory.shown[0]) if memory.shown else None


def _that(desk: Desk) -> Meant | None:
    memory = desk.memory
    by_color = _of_color(desk)
    if by_color is not None and len(memory.shown) > 1:
        return by_color
    if memory.focus:
        return Meant(memory.focus, "focus", memory.focus_sku)
    if desk.situation.state.page:
        return Meant(desk.situation.state.page, "page")
    return _shown(memory.shown[0]) if memory.shown else None


def _of_color(desk: Desk) -> Meant | None:
    """The one product on screen that has the colour named ("the black one"), when only one has it."""
    if not desk.colors or desk.memory.focus or desk.values("category"):
        return None
    fitting = [item for item in desk.memory.shown if item.color in desk.colors]
    return _shown(fitting[0]) if len(fitting) == 1 else None


def _shown(item: ShownItem) -> Meant:
    return Meant(item.product, "shown", item.sku)

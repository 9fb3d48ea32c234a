"""Several products into the cart with one word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from dangol.assistant.minds.embedded.deciding import as_worded
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import shown_items
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.minds.embedded.wanting import wishes_said
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Memory, ShownItem
from dangol.contracts.shopfloor.baskets import AddToCart, CartChanged
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, FindProducts, FoundProducts
from dangol.kernel.words import measures, numbers

_AND = re.compile(r"(?:이?랑|하고|과|와|그리고|,|\+|&|\band\b|\bplus\b|\bwith\b)\s*", re.IGNORECASE)
_MOST_OF_A_KIND = 3
_MOST_AT_ONCE = 20
_ORDERS = frozenset({"price_asc", "price_desc", "rating"})  # "the cheapest sleeping bag" is one
_LITTLE = frozenset(
    {"please", "add", "put", "get", "take", "order", "buy", "want", "i", "the", "some", "also", "and", "can"}
)


def add_several(desk: Desk) -> Steps[Answer]:
    """Put each of those on screen in the cart; those with a size or colour to choose are asked for by button."""
    added: list[CartChanged] = []
    open_ones: list[ShownItem] = []
    for item in desk.memory.shown:
        sku = item.sku or (yield from _only_variant(desk, item.product))
        if sku is None:
            open_ones.append(item)
            continue
        added.append((yield from ask("add_to_cart", AddToCart(sku=sku, quantity=1), CartChanged)))
    return _said(desk, added, open_ones)


def add_each_named(desk: Desk) -> Steps[Answer]:
    """ "꽃병 앰버 하나랑 튤립 노랑 두 단": each of the goods named, in its own colour, size and number."""
    added: list[CartChanged] = []
    open_ones: list[ShownItem] = []
    taken: set[str] = set()
    for part in sorted(
        parts_named(desk), key=_pointed
    ):  # what has a name first: "that and a rosin" is no rosin twice
        items = yield from _goods(part if not _pointed(part) else _looked_at_before(part, taken))
        taken |= {each.product for each in items}
        sku = (yield from _only_variant(part, items[0].product)) if len(items) == 1 else None
        if sku is None:
            open_ones += items
            continue
        wanted = AddToCart(sku=sku, quantity=max(part.quantity or _leading(part.text), 1))
        added.append((yield from ask("add_to_cart", wanted, CartChanged)))
    return _said(desk, added, open_ones)


def _pointed(part: Desk) -> bool:
    """Whether a part only points at what was talked about."""
    return any(
        isinstance(value, dict) and value.get("ref") in ("last", "that", "it")
        for value in part.values("product")
    )


def _looked_at_before(part: Desk, taken: set[str]) -> Desk:
    """What is pointed at beside goods that were named: not those once more, but what was looked at before them."""
    if part.memory.focus not in taken:
        return part
    before = next((each for each in reversed(part.memory.seen) if each not in taken), None)
    if before is None:
        return part
    update = {"focus": before, "focus_sku": None, "shown": ()}
    return replace(part, memory=part.memory.model_copy(update=update))


def _leading(text: str) -> int:
    """The number a part begins with ("two plum mats"), unless it measures something ("20 lb"); 1 without."""
    first = next((word for word in measures.words_of(text) if word not in _LITTLE), "")
    number = numbers.parse_number(first) if first.isascii() and first else None
    return int(number) if number is not None and 1 <= number <= _MOST_AT_ONCE else 1


def parts_named(desk: Desk) -> list[Desk]:
    """The parts of a message that name goods of their own, joined by an "and"; fewer than two are none."""
    goods = sorted(_goods_named(desk), key=lambda place: place[0])
    text = desk.situation.heard.text
    cuts = [0]
    for (_, end), (start, _) in pairwise(goods):
        joints = list(_AND.finditer(text, end, start))
        if joints:
            cuts.append(joints[-1].end())
    if len(cuts) != len(goods) or len(goods) < 2:
        return []
    return [_part(desk, start, end) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _goods_named(desk: Desk) -> Iterator[tuple[int, int]]:
    for each in desk.entities:
        named = (
            each.type == "product" and isinstance(each.value, dict) and {"product", "ref"} & set(each.value)
        )
        if (named or each.type == "category") and each.text:
            yield each.start, each.end


def _part(desk: Desk, start: int, end: int) -> Desk:
    own = tuple(each for each in desk.entities if start <= each.start < end)
    bare = desk.memory
    if not any(isinstance(each.value, dict) and "ref" in each.value for each in own):
        bare = bare.model_copy(
            update={"focus": None, "pending": None, "shown": (), "wishes": Memory().wishes}
        )
    return replace(desk, text=desk.situation.heard.text[start:end].strip(), entities=own, memory=bare)


def _goods(part: Desk) -> Steps[tuple[ShownItem, ...]]:
    """The product a part names, or those it may mean."""
    meant = None if part.first("sort") in _ORDERS else (yield from product_asked(part))
    if meant is not None:
        found = yield from ask("check_availability", CheckAvailability(product=meant.product), Availability)
        return shown_items((found.card,))
    best = part.first("sort")
    search = FindProducts(
        wishes=wishes_said(part),
        sort=best if best in _ORDERS else "relevance",
        limit=1 if best in _ORDERS else _MOST_OF_A_KIND,
    )
    like = yield from ask("find_products", search, FoundProducts)
    return () if like.loosened else shown_items(like.items)


def _only_variant(desk: Desk, product: str) -> Steps[str | None]:
    wanted = CheckAvailability(product=product, colors=desk.colors, sizes=desk.sizes, audience=desk.audience)
    found = as_worded((yield from ask("check_availability", wanted, Availability)), desk.text)
    here = [each for each in found.matching if each.stock > 0]
    return here[0].sku if len(here) == 1 else None


def _said(desk: Desk, added: list[CartChanged], open_ones: list[ShownItem]) -> Answer:
    lines: list[Line] = []
    if added:
        lines.append(line("added_several", titles=[each.title for each in added]))
        lines.append(line("cart_total", total=added[-1].cart.total))
    if open_ones:
        lines.append(line("choose_for_each", titles=[each.title for each in open_ones]))
    choices = tuple((f"buy:{each.product}", line("plain", text=each.title)) for each in open_ones)
    return Answer(
        lines=tuple(lines),
        blocks=(cards.cart(added[-1].cart, desk.language, desk.shop),) if added else (),
        choices=choices or (("intent:checkout", line("button_checkout")),),
        keep={"awaits": None, "pending": None},
    )

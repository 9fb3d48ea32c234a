"""Entities into wishes, and new wishes onto the old ones."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.contracts.shopfloor.products import Wishes, WishKind
from dangol.kernel.money import Money

_CUT = frozenset(
    {"price_min", "price_max", "size", "sort", "quantity", "rating_min", "date", "date_range", "coupon"}
)
_REPLACED: dict[str, tuple[str, ...]] = {
    "color": ("colors", "excluded_colors"),
    "size": ("sizes",),
    "price_min": ("price_min", "price_max"),
    "price_max": ("price_min", "price_max"),
    "audience": ("audience",),
    "brand": ("brands",),
    "rating_min": ("rating_min",),
}


def wishes_said(desk: Desk) -> Wishes:
    """What this message alone asks for."""
    attributes = tuple(str(value) for value in desk.values("attribute"))
    materials = tuple(str(value) for value in desk.values("material"))
    must: list[WishKind] = []
    if attributes:
        must.append("attribute")
    if materials:
        must.append("material")
    return Wishes(
        text=residue(desk),
        categories=tuple(dict.fromkeys(str(value) for value in desk.values("category"))),
        colors=desk.colors,
        sizes=desk.sizes,
        price_min=_money(desk, "price_min"),
        price_max=_money(desk, "price_max"),
        audience=_audience(desk),
        attributes=attributes,
        materials=materials,
        occasions=tuple(str(value) for value in desk.values("occasion")),
        brands=tuple(str(value) for value in desk.values("brand")),
        rating_min=_number(desk.first("rating_min")),
        must=tuple(must),
        discounted=_discounted(desk.text),
    )


def wishes_now(desk: Desk) -> Wishes:
    """The wishes of this message laid over those of the conversation.

    A new category begins anew (who it is for stays); without one, what was said now replaces the same kind of wish
    and the others stay.
    """
    said, before = wishes_said(desk), desk.memory.wishes
    if said.categories and not set(said.categories) & set(before.categories):
        kept = Wishes(audience=before.audience) if before.categories and said.audience is None else Wishes()
        return said if said.audience else said.model_copy(update={"audience": kept.audience})
    if not _holds_anything(before):
        return said
    if not said.categories and _names_a_thing(desk, said):
        return said
    changes: dict[str, Any] = {}
    for entity in desk.entities:
        for name in _REPLACED.get(entity.type, ()):
            changes[name] = getattr(said, name)
    for name in ("attributes", "materials", "occasions", "must"):
        changes[name] = tuple(dict.fromkeys((*getattr(before, name), *getattr(said, name))))
    if said.discounted:
        changes["discounted"] = True
    if said.categories:
        changes["categories"] = said.categories
    changes["text"] = before.text if not _says_more(desk) else f"{before.text} {said.text}".strip()
    return before.model_copy(update=changes)


def residue(desk: Desk) -> str:
    """The words of the request without prices, sizes and the like, for matching by words and meaning."""
    text, place = [], 0
    offset = desk.situation.heard.text.find(desk.text)
    offset = max(offset, 0)
    for entity in sorted(desk.entities, key=lambda each: each.start):
        start, end = entity.start - offset, entity.end - offset
        if entity.type in _CUT and 0 <= start < end <= len(desk.text) and start >= place:
            text.append(desk.text[place:start])
            place = end
    text.append(desk.text[place:])
    return re.sub(r"\s+", " ", " ".join(text)).strip()


def days_until(desk: Desk, today: date) -> date | None:
    """The day by which something is wanted, when one was named."""
    for kind in ("date_range", "date"):
        value = desk.first(kind)
        last = value.get("to") if isinstance(value, dict) else value
        if isinstance(last, str):
            try:
                day = date.fromisoformat(last[:10])
            except ValueError:
                continue
            if day >= today:
                return day
    return None


def _names_a_thing(desk: Desk, said: Wishes) -> bool:
    return bool(said.occasions or desk.values("product")) and not said.colors and not said.sizes


def _says_more(desk: Desk) -> bool:
    return bool(desk.values("occasion") or desk.values("attribute") or desk.values("material"))


def _holds_anything(wishes: Wishes) -> bool:
    return wishes != Wishes() and bool(
        wishes.text or wishes.categories or wishes.attributes or wishes.occasions or wishes.brands
    )


def _money(desk: Desk, kind: str) -> Money | None:
    value = desk.first(kind)
    if not isinstance(value, dict) or value.get("currency") != desk.shop.currency:
        return None
    return Money(amount=int(value["amount"]), currency=str(value["currency"]))


def _audience(desk: Desk) -> str | None:
    value = desk.first("audience")
    return str(value) if value else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


_SALE = re.compile(
    r"(?i)세일|할인\s*(?:상품|하는|중|되는)|특가|\bon sale\b|\bdiscounted\b|\bclearance\b|\bmarked down\b"
)


def _discounted(text: str) -> bool:
    return bool(_SALE.search(text))

"""Entities into wishes, and new wishes onto the old ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.understanding.reading import Entity
from dangol.contracts.shopfloor.products import MeasureWish, Wishes, WishKind
from dangol.kernel.money import Money
from dangol.kernel.words import attributes, categories, limits, purposes
from dangol.kernel.words.animals import ANIMALS

_CUT = frozenset(
    {
        "price_min",
        "price_max",
        "size",
        "sort",
        "quantity",
        "rating_min",
        "date",
        "date_range",
        "coupon",
        "excluded",
    }
)
_EXCLUDED = ("excluded_colors", "excluded_brands", "excluded", "excluded_words")
_REPLACED: dict[str, tuple[str, ...]] = {
    "color": ("colors",),
    "size": ("sizes",),
    "price_min": ("price_min", "price_max"),
    "price_max": ("price_min", "price_max"),
    "audience": ("audience",),
    "brand": ("brands",),
    "rating_min": ("rating_min",),
}


def wishes_said(desk: Desk) -> Wishes:
    """What this message alone asks for."""
    qualities = (*_qualities(desk), *_free_of(desk).values())
    materials = tuple(str(value) for value in desk.values("material"))
    must: list[WishKind] = []
    if qualities:
        must.append("attribute")
    if materials:
        must.append("material")
    return Wishes(
        text=residue(desk),
        categories=kinds_said(desk),
        colors=desk.colors,
        sizes=desk.sizes,
        price_min=_money(desk, "price_min"),
        price_max=_money(desk, "price_max"),
        audience=_audience(desk),
        attributes=tuple(dict.fromkeys(qualities)),
        materials=materials,
        occasions=tuple(str(value) for value in desk.values("occasion")),
        brands=tuple(str(value) for value in desk.values("brand")),
        rating_min=_number(desk.first("rating_min")),
        measures=tuple(wish for wish, *_ in measures_said(desk)),
        must=tuple(must),
        discounted=_discounted(desk.text),
        **_excluded(desk),
    )


_WORN = ("clothing", "shoes")


def _qualities(desk: Desk) -> Iterator[str]:
    """The qualities named; that it is for a girl is one of what is worn, and no wish of a book or a game."""
    names = [each.text for each in desk.entities if each.type == "category"]
    kinds = [found.slug for name in names or desk.memory.wishes.categories for found in categories.find(name)]
    worn = any(categories.is_within(kind, each) for kind in kinds for each in _WORN)
    for value in desk.values("attribute"):
        if worn or value not in ("girls", "boys"):
            yield str(value)


_HELD_KO = re.compile(
    r"\s?(?:[\d.]+\s?(?:인치|리터|l|cm))?(?:이|가|도|를|을|은|는|까지)?\s?(?:들어가|들어갈|넣|담을|담는|담기|수납|거치|보관|올려|놓을|안\s?식|식지|식을|데우|데울|따뜻|차갑|시원|볶|갈\s?때|끓|내릴|내려|마실\s?때)"
)
_HELD_EN = re.compile(
    r"\b(?:fits?|holds?|carr(?:y|ies|ying)|stores?|storing|protects?|room for|big enough for|space for)\s"
    r"(?:my |a |an |the |our |your )?(?:[\d.]+[- ]?(?:inch|\"|l)\s)?$"
)


# "something for storing books": the thing itself has no name
_SOMETHING = re.compile(
    r"\b(?:something|anything|sth|a thing|stuff)\b|(?:만한|하는|되는|가는|넣을|담을|할)\s?(?:거|것|게)(?:\s|$|[?요])"
)
# "to keep my coffee hot", "for my bike": what somebody has already, or drinks
_OWNED = re.compile(r"\b(?:my|our|his|her|their)\s(?:\w+\s)?$")


def kinds_said(desk: Desk) -> tuple[str, ...]:
    """The kinds of goods wanted; what they are to hold ("노트북 들어가는 가방") is no kind that is wanted."""
    text = desk.situation.heard.text.lower()
    doing = [(each.start, each.end) for each in purposes.find(text)]
    kinds = [
        each
        for each in desk.entities
        if each.type == "category" and not any(start < each.end and each.start < end for start, end in doing)
    ]
    held = [
        each for each in kinds if _HELD_KO.match(text, each.end) or _HELD_EN.search(_before(desk, text, each))
    ]
    owned = [each for each in kinds if _OWNED.search(text[: each.start])]
    kinds = [each for each in kinds if each not in owned]
    wanted = [each for each in kinds if each not in held]
    if not wanted and not desk.memory.wishes.categories and not _SOMETHING.search(text):
        wanted = kinds
    return tuple(dict.fromkeys(str(each.value) for each in wanted))


def _before(desk: Desk, text: str, goods: Entity) -> str:
    """What is said before goods, without the qualities among it: in "slim fit tee" nothing fits a tee."""
    for each in desk.entities:
        if each.type == "attribute" and each.end <= goods.start:
            text = text[: each.start] + "." * (each.end - each.start) + text[each.end :]
    return text[: goods.start]


_SAID_OTHERWISE = frozenset({"size", "date", "date_range", "address", "order_id", "tracking_no"})


def _is_price(desk: Desk, one: Entity) -> bool:
    """A limit of money; "at least 800" of "at least 800 lumens" is none."""
    if one.type not in ("price_min", "price_max"):
        return False
    text = desk.situation.heard.text
    return not any(
        limit.start <= one.start and one.end < limit.end for limit in limits.find_limits(text.lower())
    )


def measures_said(desk: Desk) -> list[tuple[MeasureWish, int, int]]:
    """Limits on what can be measured, and where the request says them; a size that is worn or a price is none."""
    offset = max(desk.situation.heard.text.find(desk.text), 0)
    taken = [(one.start - offset, one.end - offset) for one in desk.entities if one.type in _SAID_OTHERWISE]
    taken += [(one.start - offset, one.end - offset) for one in desk.entities if _is_price(desk, one)]
    text = desk.text.lower()
    return [
        (
            MeasureWish(
                dimension=one.dimension,
                of=one.of,
                low=one.low,
                high=one.high,
                said=desk.text[one.start : one.end],
            ),
            one.start,
            one.end,
        )
        for one in limits.find_limits(text if len(text) == len(desk.text) else desk.text)
        if not any(start < one.end and one.start < end for start, end in taken)
    ]


def _measures_now(before: Wishes, said: Wishes) -> tuple[MeasureWish, ...]:
    again = {(one.dimension, one.of) for one in said.measures}
    return (*(one for one in before.measures if (one.dimension, one.of) not in again), *said.measures)


def _excluded(desk: Desk) -> dict[str, tuple[str, ...]]:
    """What was ruled out, by the field of the wishes it belongs to."""
    out: dict[str, dict[str, None]] = {name: {} for name in _EXCLUDED}
    free = _free_of(desk)
    for each in desk.entities:
        if each.type != "excluded" or not isinstance(each.value, dict):
            continue
        kind, said = str(each.value["type"]), str(each.value["value"])
        if each.text in free:
            kind, said = "word", _MARKERS.sub("", each.text).strip()
        if kind in ("color", "brand"):
            out[f"excluded_{kind}s"][said] = None
        elif kind == "word":
            out["excluded_words"][said] = None
        else:
            out["excluded"][f"{kind}:{said}"] = None
    return {name: tuple(values) for name, values in out.items()}


_MARKERS = re.compile(
    r"(?i)^(?:no|not|without|w/o|avoid|nothing with)\s(?:a |an |any |the )?"
    r"|(?:은|는|이|가|을|를|도)?\s?(?:말고|말구|빼고|빼구|제외|없는|안\s?들).*$"
)


def _free_of(desk: Desk) -> dict[str, str]:
    """What is ruled out that goods can be free of, by how it was said: "no nuts" asks for nut free, and no snacks."""
    out = {}
    for each in desk.entities:
        value = each.value if each.type == "excluded" else None
        if isinstance(value, dict) and value["type"] in ("category", "word"):
            thing = _MARKERS.sub("", each.text).strip()
            forms = (f"{thing} free", f"{thing.removesuffix('s')} free", f"{thing} 없는")
            slug = next((found for form in forms if (found := attributes.words().slug_of(form))), None)
            if slug:
                out[each.text] = slug
    return out


def wishes_now(desk: Desk) -> Wishes:
    """The wishes of this message laid over those of the conversation.

    A new category begins anew (who it is for stays); without one, what was said now replaces the same kind of wish
    and the others stay.
    """
    said, before = wishes_said(desk), desk.memory.wishes
    if said.categories and not set(said.categories) & set(before.categories) and not _is_open(before):
        return said.model_copy(update={"audience": said.audience or _still_for(said, before)})
    if not _holds_anything(before):
        return said
    if not said.categories and (_names_a_thing(desk, said) or categories.part_for(said.text.lower())):
        return said
    changes: dict[str, Any] = {}
    for entity in desk.entities:
        money = entity.type in ("price_min", "price_max")
        for name in () if money and not _is_price(desk, entity) else _REPLACED.get(entity.type, ()):
            changes[name] = getattr(said, name)
    if before.audience == "baby" and said.audience == "kids":
        changes["audience"] = "baby"  # "it's a girl", said of a baby
    for name in ("attributes", "materials", "occasions", "must", *_EXCLUDED):
        changes[name] = tuple(dict.fromkeys((*getattr(before, name), *getattr(said, name))))
    changes["colors"] = tuple(
        color for color in changes.get("colors", before.colors) if color not in said.excluded_colors
    )
    changes["excluded_colors"] = tuple(
        color for color in changes["excluded_colors"] if color not in said.colors
    )
    changes["measures"] = _measures_now(before, said)
    if said.discounted:
        changes["discounted"] = True
    if said.categories:
        changes["categories"] = said.categories
        changes["audience"] = said.audience or _still_for(said, before)
    more = _says_more(desk) or bool(desk.values("category"))
    changes["text"] = f"{before.text} {said.text}".strip() if more else before.text
    return before.model_copy(update=changes)


def _is_open(before: Wishes) -> bool:
    """A wish without a kind of goods yet ("a gift for my mother under 50"): the kind only narrows it."""
    return not before.categories and bool(
        before.audience or before.occasions or before.price_min or before.price_max or before.excluded_colors
    )


def _still_for(said: Wishes, before: Wishes) -> str | None:
    """Whom it was for, unless the goods asked for now are for somebody else: an animal wears no shoes of ours."""
    for_animals = any(categories.is_within(slug, "pets") for slug in said.categories)
    return before.audience if (before.audience in ANIMALS) == for_animals else None


def residue(desk: Desk) -> str:
    """The words of the request without prices, sizes and the like, for matching by words and meaning."""
    text, place = [], 0
    offset = desk.situation.heard.text.find(desk.text)
    offset = max(offset, 0)
    cut = [(one.start - offset, one.end - offset) for one in desk.entities if one.type in _CUT]
    cut += [(start, end) for _, start, end in measures_said(desk)]
    for start, end in sorted(cut):
        if 0 <= start < end <= len(desk.text) and start >= place:
            text.append(desk.text[place:start])
            place = end
    text.append(desk.text[place:])
    return re.sub(r"\s+", " ", " ".join(text)).strip()


def _names_a_thing(desk: Desk, said: Wishes) -> bool:
    return bool(said.occasions or desk.values("product")) and not said.colors and not said.sizes


def _says_more(desk: Desk) -> bool:
    return bool(desk.values("occasion") or desk.values("attribute") or desk.values("material"))


def _holds_anything(wishes: Wishes) -> bool:
    return wishes != Wishes() and bool(
        wishes.text or wishes.categories or wishes.attributes or wishes.occasions or wishes.brands
    )


def _money(desk: Desk, kind: str) -> Money | None:
    value: Any = next((one.value for one in desk.entities if one.type == kind and _is_price(desk, one)), None)
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


def other_currency(desk: Desk) -> bool:
    """Was a budget named in another currency than the shop's, with no rate on record to turn it into ours?"""
    return any(
        isinstance(value, dict) and value.get("currency") != desk.shop.currency
        for kind in ("price_min", "price_max")
        for value in desk.values(kind)
    )

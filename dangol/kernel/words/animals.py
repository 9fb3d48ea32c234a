"""Goods for animals: a coat for a dog is dog clothes, a bed for a cat is no bed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.kernel.words import audiences, categories

ANIMALS = frozenset({"dogs", "cats", "pets"})

# what a kind of goods is called when it is for an animal; the nearest of its wider kinds decides
_FOR_ANIMALS = {
    "clothing": "pet-clothes", "shoes": "pet-clothes", "toys": "pet-toys",
    "bedding": "pet-beds", "furniture": "pet-beds", "rugs": "pet-beds", "bags": "pet-carriers",
    "tableware": "pet-bowls", "snacks": "pet-treats", "groceries": "pet-food", "beauty": "pet-grooming",
}  # fmt: skip
_BETWEEN_KO = re.compile(r"(?:용|들|의|이|가|한테|에게|위한|줄|입힐|\s)*(?:[가-힣]{1,4}\s)?")
_BETWEEN_EN = re.compile(r"(?:'?s)?\s?(?:[a-z]+\s)?")
_FOR_EN = re.compile(
    r"\s(?:that (?:fits?|suits?)|for|to fit)\s(?:my|our|a|an|the|his|her|their|your)?\s?(?:[a-z]+\s){0,2}"
)
_OWN = re.compile(
    r"(?:우리|저희|울|제|내|저의|나의)\s?(?:집\s?)?(?:[가-힣]{1,4}\s)?$|\b(?:my|our)\s(?:[a-z]+\s)?$"
)
_ITS_OWN = frozenset({"groceries", "snacks", "toys"})  # what an animal spoken of is given
_PICTURED = re.compile(
    r"\s?(?:무늬|프린트|프린팅|그림|캐릭터|모양|귀|print|pattern|ears?|themed?|lover|-?friendly|proof|safe|hair)"
)


def for_animals(slug: str) -> str:
    """The kind of goods for animals that stands where people have this kind ("coats" → "pet-clothes")."""
    if categories.is_within(slug, "pets"):
        return slug
    return next(
        (_FOR_ANIMALS[kind] for kind in (slug, *categories.wider(slug)) if kind in _FOR_ANIMALS), "pets"
    )


Place = tuple[str, int, int]


def settled(text: str, goods: Sequence[Place]) -> tuple[list[Place], list[Place]]:
    """(goods, animals) of a plain text: goods said of an animal under their name for animals, and the animals meant.

    "강아지 옷", "dog coats" and "a coat for my small dog" are dog clothes; a cat printed on a shirt is nobody to dress.
    An animal with no goods beside it is meant, too ("something for my cat").
    """
    named = [found for found in audiences.words().find_plain(text) if found[0] in ANIMALS]
    if not named:
        return list(goods), []
    out: list[Place] = []
    meant: dict[Place, None] = {}
    own = next((found for found in named if _OWN.search(text[: found[1]])), None)
    for slug, start, end in goods:
        whose = _whose(text, (start, end), named)
        if whose is None and slug in _ITS_OWN:
            whose = own  # "my dog is picky, what food do you have": nobody else is hungry here
        if whose is not None:
            meant[whose] = None
        out.append((slug if whose is None else for_animals(slug), start, end))
    return out, list(meant) if goods else [one for one in named if not _PICTURED.match(text[one[2] :])]


def _whose(text: str, goods: tuple[int, int], animals: Sequence[Place]) -> Place | None:
    for animal in animals:
        _, start, end = animal
        if goods[0] <= start and end <= goods[1]:
            return animal
        if end <= goods[0]:
            between = text[end : goods[0]]
            pictured = _PICTURED.match(between)
            if not pictured and (_BETWEEN_KO.fullmatch(between) or _BETWEEN_EN.fullmatch(between)):
                return animal
        elif goods[1] <= start and _FOR_EN.fullmatch(text[goods[1] : start]):
            return animal
    return None

"""Which size to take: from the chart where it has the measure, the fit note, and what buyers say of the fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import cards, topics, words
from dangol.catalog.matching import size_meets
from dangol.catalog.model import Product, Variant, say
from dangol.catalog.records import fitting
from dangol.catalog.records import products as records
from dangol.contracts.shopfloor.products import AdviseSize, SizeAdvice, SizeWish
from dangol.kernel.shop import Shop

_CLEARLY = 0.4  # share of those who speak of the fit, from which on the next size is advised
_VOICES = 3
_FOOT = ("foot_length", "foot length", "발길이", "발 길이", "length_mm", "length")


async def note_misfit(
    conn: AsyncConnection[Any], cause: str, sku: str, said: str, instead: str | None, now: datetime
) -> None:
    """Learn from a return for its size: from what was `said`, else from the size taken `instead`; once per cause.

    What tells no direction is not noted.
    """
    product = await records.product_named(conn, sku)
    if product is None:
        return
    fit = topics.fit_in(said.lower()) if said else None
    fit = fit or _direction(product, sku, instead)
    if fit in ("small", "large"):
        await fitting.note(conn, cause, product.id, fit, now)


def _direction(product: Product, sku: str, instead: str | None) -> str | None:
    order = [variant.size_value for variant in _sizes(product)]
    sizes = {variant.sku: variant.size_value for variant in product.variants}
    old, new = sizes.get(sku), sizes.get(instead or "")
    if old not in order or new not in order or old == new:
        return None
    return "small" if order.index(new) > order.index(old) else "large"


def advise(
    product: Product,
    asked: AdviseSize,
    fit: Counter[str],
    shop: Shop,
    language: str,
    came_back: Counter[str] | None = None,
) -> SizeAdvice:
    """The size to take with its grounds, or what must be asked first; `came_back` counts returns by their fit."""
    back = came_back or Counter()
    sizes = _sizes(product)
    note = say(product.fit_note, language, shop.language)
    advice: dict[str, Any] = {
        "card": cards.card(product, shop, language), "size": None, "fit_note": note, "small": fit["small"],
        "large": fit["large"], "true_to_size": fit["true"],
        "back_small": back["small"], "back_large": back["large"], "sizes": tuple(dict.fromkeys(v.size_value for v in sizes)),
    }  # fmt: skip
    if len(advice["sizes"]) == 1:
        return _settled(advice, sizes, 0, ["chart"] if product.size_chart else [])
    audience = asked.audience or _audience(product)
    at, grounds = _starting_point(product, sizes, asked, audience)
    if at is None:
        return SizeAdvice(
            **advice, needs="system" if _two_meanings(sizes, asked.usual, audience) else "usual_size"
        )
    step, why = _step(product, fit, back, asked.wide)
    values = advice["sizes"]
    return _settled(advice, sizes, min(max(at + step, 0), len(values) - 1), [*grounds, *why])


def _settled(advice: dict[str, Any], sizes: Sequence[Variant], at: int, grounds: list[str]) -> SizeAdvice:
    value = advice["sizes"][at]
    variants = [variant for variant in sizes if variant.size_value == value]
    in_stock = [variant for variant in variants if variant.stock > 0]
    only = (in_stock or variants)[0] if len(in_stock or variants) == 1 else None
    return SizeAdvice(
        **{**advice, "size": value, "sku": only.sku if only else None, "in_stock": bool(in_stock)},
        grounds=tuple(dict.fromkeys(grounds)),
    )


def _sizes(product: Product) -> list[Variant]:
    """Its variants that have a size, from small to large."""
    order = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")

    def place(variant: Variant) -> float:
        if variant.size_value in order:
            return order.index(variant.size_value)
        try:
            return float(variant.size_value)
        except ValueError:
            return 0.0

    return sorted((variant for variant in product.variants if variant.size_system), key=place)


def _audience(product: Product) -> str | None:
    who = {c.partition(":")[2] for c in product.concepts if c.startswith("audience:")} & {"men", "women"}
    return next(iter(who)) if len(who) == 1 else None


def _starting_point(
    product: Product, sizes: Sequence[Variant], asked: AdviseSize, audience: str | None
) -> tuple[int | None, list[str]]:
    """The place in the row of sizes that the measure or the usual size leads to."""
    values = list(dict.fromkeys(variant.size_value for variant in sizes))
    if asked.foot_length_mm is not None:
        by_chart = _by_chart(product, asked.foot_length_mm)
        if by_chart in values:
            return values.index(by_chart), ["chart"]
        fitting = [
            at for at, value in enumerate(values) if value.isdigit() and int(value) >= asked.foot_length_mm
        ]
        return (fitting[0], ["usual"]) if fitting else (None, [])
    if asked.usual is None or _two_meanings(sizes, asked.usual, audience):
        return None, []
    for variant in sizes:
        if size_meets(
            asked.usual.system, asked.usual.value, variant.size_system, variant.size_value, audience
        ):
            return values.index(variant.size_value), ["usual"]
    return None, []


def _two_meanings(sizes: Sequence[Variant], usual: SizeWish | None, audience: str | None) -> bool:
    if usual is None or audience in ("men", "women"):
        return False
    fits = {
        v.size_value
        for v in sizes
        if size_meets(usual.system, usual.value, v.size_system, v.size_value, None)
    }
    return len(fits) > 1


def _by_chart(product: Product, foot_length_mm: float) -> str | None:
    """The smallest size whose foot length takes the foot."""
    chart = product.size_chart or {}
    in_cm = str(chart.get("unit", "mm")).lower() == "cm"
    fitting = []
    for row in chart.get("rows", ()):
        measure = next((row[name] for name in _FOOT if name in row), None)
        if measure is not None:
            length = measure * 10 if in_cm else measure
            if length >= foot_length_mm:
                fitting.append((length, str(row["size"])))
    return min(fitting)[1] if fitting else None


def _step(product: Product, fit: Counter[str], back: Counter[str], wide: bool) -> tuple[int, list[str]]:
    """How many sizes up or down, and on what grounds."""
    noted = _note_says(product)
    voices = fit["small"] + fit["large"] + fit["true"]
    returned = back["small"] + back["large"]
    said = 0
    if voices + returned >= _VOICES:
        balance = (fit["small"] + back["small"] - fit["large"] - back["large"]) / (voices + returned)
        said = 1 if balance >= _CLEARLY else -1 if balance <= -_CLEARLY else 0
    grounds = (["fit_note"] if product.fit_note else []) + (["reviews"] if voices >= _VOICES else [])
    grounds += ["returns"] if returned and voices + returned >= _VOICES else []
    step = noted if noted else said
    if wide and step <= 0 and "attribute:wide-fit" not in product.concepts:
        step = max(step + 1, 0) if noted < 0 else 1
    return step, grounds


def _note_says(product: Product) -> int:
    """One size up (1), down (-1) or neither, by the first sentence of the note that speaks of it."""
    for note in product.fit_note.values():
        for sentence in words.sentences(note):
            told = topics.fit_in(sentence.lower())
            if told:
                return {"small": 1, "large": -1, "true": 0}[told]
    return 0

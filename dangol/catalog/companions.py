"""Which variant of a product fits what was bought: its size, where the shop's own record says that it does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangol.catalog.matching import size_meets
from dangol.catalog.model import Product, Variant
from dangol.catalog.search.related import audience_of
from dangol.kernel.words import categories
from dangol.kernel.words.sizes import Size, possible_mm

_ANY = ("", "free")
_RANGE = r"(\d{3})\s*(?:[~∼〜–—-]|to|부터)\s*(\d{3})"
_WORN_ALIKE = frozenset({"clothing", "shoes"})
"""Departments within which the same size fits the same person."""


def companion(bought: Product, variant: Variant | None, offered: Product) -> Variant | None:
    """The variant of a product to go with one that was bought: in stock, of a size that fits, of its colour if there is
    one; None where none fits or nobody can say."""
    here = [each for each in offered.variants if each.stock > 0]
    fitting = [each for each in here if fits(bought, variant, offered, each)]
    same = [each for each in fitting if variant and variant.color and each.color == variant.color]
    return next(iter((*same, *fitting)), None)


def fits(bought: Product, variant: Variant | None, offered: Product, other: Variant) -> bool:
    """Whether a variant fits who bought the other: by the foot lengths on record, else by the same size of the same sort."""
    lengths = list(_foot_lengths(offered, other))
    if lengths:
        feet = _foot_of(bought, variant)
        return bool(feet) and any(all(low <= foot <= high for foot in feet) for low, high in lengths)
    if other.size_system in _ANY:
        return True
    if variant is None or variant.size_system in _ANY or not _worn_alike(bought, offered):
        return False
    return size_meets(
        variant.size_system, variant.size_value, other.size_system, other.size_value, audience_of(bought)
    )


def _foot_of(bought: Product, variant: Variant | None) -> list[int]:
    if variant is None or variant.size_system not in ("mm", "us"):
        return []
    return possible_mm(Size(variant.size_system, variant.size_value), audience_of(bought))


def _foot_lengths(offered: Product, other: Variant) -> Iterator[tuple[int, int]]:
    """Foot lengths (mm) the record names for this size ("M 225~250, L 255~280 mm"), or for the one size there is."""
    named = re.escape(other.size_value) if other.size_system not in _ANY else ""
    pattern = re.compile(rf"(?i)(?<![a-z0-9]){named}\s*[:(=]?\s*{_RANGE}" if named else _RANGE)
    for attribute in offered.attributes:
        for text in attribute["value"].values():
            if "mm" in text.lower():
                yield from ((int(low), int(high)) for low, high in pattern.findall(text))


def _worn_alike(bought: Product, offered: Product) -> bool:
    return bool(_departments(bought) & _departments(offered) & _WORN_ALIKE)


def _departments(product: Product) -> set[str]:
    kinds = [concept.partition(":")[2] for concept in product.concepts if concept.startswith("category:")]
    return {wide for kind in kinds for wide in (kind, *categories.wider(kind))}

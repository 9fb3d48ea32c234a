"""Whether a variant is what was asked for: colours, sizes in any system, options by their own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dangol.catalog.model import Product, Variant
from dangol.catalog.words import squeezed
from dangol.contracts.shopfloor.products import CheckAvailability, SizeWish
from dangol.kernel.words.sizes import Size, possible_mm

_ALPHA_KR_WOMEN = {"44": "XS", "55": "S", "66": "M", "77": "L", "88": "XL"}
_GROWING = frozenset({"kids", "baby"})
_ALPHA_KR = {"85": "XS", "90": "S", "95": "M", "100": "L", "105": "XL", "110": "XXL", "115": "XXXL"}
# shades a shopper who names the wider colour also means
_SHADES: dict[str, tuple[str, ...]] = {
    "white": ("off-white", "ivory", "cream"),
    "gray": ("charcoal", "silver"),
    "blue": ("navy", "sky-blue"),
    "navy": (),
    "green": ("khaki", "olive", "mint"),
    "red": ("burgundy",),
    "pink": ("coral", "rose-gold", "peach"),
    "brown": ("camel", "tan"),
    "beige": ("ivory", "cream", "tan", "camel"),
    "purple": ("lavender",),
    "yellow": ("mustard",),
    "khaki": ("olive",),
    "olive": ("khaki",),
    "ivory": ("cream", "off-white"),
    "cream": ("ivory", "off-white"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said of a variant: any of the colours, any of the sizes, and each of the options."""

    colors: Sequence[str] = ()
    sizes: Sequence[SizeWish] = ()
    options: Mapping[str, str] | None = None
    audience: str | None = None

    def meets(self, product: Product, variant: Variant) -> bool:
        """Whether a variant is what was asked for."""
        return (
            (not self.colors or any(color_meets(color, product, variant) for color in self.colors))
            and (
                not self.sizes
                or any(_size_meets(wish, product, variant, self.audience) for wish in self.sizes)
            )
            and all(_has_option(product, variant, value) for value in (self.options or {}).values())
        )


def color_meets(color: str, product: Product, variant: Variant) -> bool:
    """Whether a variant comes in this colour: by its option, else (a thing of one colour) by the product's words."""
    if variant.color:
        return variant.color == color or _says(variant, color)
    return f"color:{color}" in product.concepts or _says(variant, color)


def shades(color: str) -> tuple[str, ...]:
    """Colours that may stand for this one when it is not there itself."""
    return _SHADES.get(color, ())


def _says(variant: Variant, word: str) -> bool:
    plain = squeezed(word)
    return bool(plain) and any(squeezed(value) == plain for value in variant.options)


def _has_option(product: Product, variant: Variant, asked: str) -> bool:
    plain = squeezed(asked)
    for option, value in zip(product.options, variant.options, strict=False):
        texts: dict[str, str] = next((v for v in option.get("values", ()) if value in v.values()), {})
        if plain in {squeezed(value), *(squeezed(text) for text in texts.values())}:
            return True
    return False


def _size_meets(wish: SizeWish, product: Product, variant: Variant, audience: str | None = None) -> bool:
    whose = _audience(product) or (audience if audience in ("men", "women") else None)
    return size_meets(wish.system, wish.value, variant.size_system, variant.size_value, whose)


def _audience(product: Product) -> str | None:
    who = {concept.partition(":")[2] for concept in product.concepts if concept.startswith("audience:")}
    return next(iter(who)) if len(who) == 1 and who <= {"men", "women", *_GROWING} else None


@lru_cache(maxsize=65536)
def size_meets(system: str, value: str, has_system: str, has_value: str, audience: str | None) -> bool:
    """Whether a size asked for is the size a variant has, across systems (US 9 is 270 mm for men, M is 95)."""
    if not has_system:
        return False
    if _plain(value) == _plain(has_value) and (system == has_system or "unknown" in (system, has_system)):
        return True
    if has_system == "free" and system in ("free", "alpha", "kr"):
        return True
    asked, has = Size(system, value), Size(has_system, has_value)
    mm = set(_mm(asked, audience)) & set(_mm(has, audience))
    if mm:
        return True
    if audience in _GROWING and "kr" in (system, has_system):
        return False  # 110 of a child is how tall it is, and no XXL
    alpha = _alpha(asked)
    return bool(alpha) and alpha == _alpha(has)


def _plain(value: str) -> str:
    return squeezed(value.removesuffix(".0"))


def _mm(size: Size, audience: str | None) -> list[int]:
    try:
        return possible_mm(size, audience)
    except ValueError:
        return []


def _alpha(size: Size) -> str:
    if size.system == "alpha":
        return size.value.upper()
    if size.system == "kr":
        return _ALPHA_KR_WOMEN.get(size.value) or _ALPHA_KR.get(size.value, "")
    return ""


def unsettled_sizes(
    product: Product, sizes: Sequence[SizeWish], audience: str | None = None
) -> list[Variant]:
    """Variants a size may stand for when men's and women's differ and nothing said or on record settles it."""
    if _audience(product) or audience in ("men", "women"):
        return []
    out = []
    for wish in sizes:
        if wish.system not in ("us", "unknown"):
            continue
        fits = [variant for variant in product.variants if _size_meets(wish, product, variant)]
        if len({variant.size_value for variant in fits}) > 1:
            out += fits
    return out


def never_sold(product: Product, asked: CheckAvailability) -> tuple[str, ...]:
    """What was asked that this product never comes in, sold out or not."""
    out = [c for c in asked.colors if not any(color_meets(c, product, v) for v in product.variants)]
    out += [s.value for s in asked.sizes if not any(_size_meets(s, product, v) for v in product.variants)]
    out += [
        value
        for value in asked.options.values()
        if not any(_has_option(product, variant, value) for variant in product.variants)
    ]
    return tuple(out)

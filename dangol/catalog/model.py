"""What the catalog is made of: products as they come in, variants as they are sold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dangol.kernel.money import Money

Texts = dict[str, str]  # language → text


def say(texts: Texts, language: str, fallback: str) -> str:
    """A text in this language, else in the shop's first, else in any."""
    return texts.get(language) or texts.get(fallback) or next(iter(texts.values()), "")


@dataclass(slots=True)
class VariantDraft:
    """A variant as a file states it; `shelf` is branch code → (quantity, place).

    Not `tracked`: nobody counts its units, and its stock says only whether it can be had.
    """

    row: int
    sku: str
    options: list[str]
    price: int
    compare_at: int | None = None
    stock: int = 0
    image: str = ""
    barcode: str = ""
    weight_g: int | None = None
    tracked: bool = True
    shelf: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(slots=True)
class ProductDraft:
    """A product as a file states it. `partial`: more of it stands elsewhere in the file or was refused."""

    row: int
    handle: str
    title: Texts
    status: str = "active"
    brand: Texts = field(default_factory=dict)
    category: Texts = field(default_factory=dict)
    description: Texts = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    attributes: list[dict[str, Texts]] = field(default_factory=list)
    options: list[dict[str, Any]] = field(default_factory=list)
    size_chart: dict[str, Any] | None = None
    fit_note: Texts = field(default_factory=dict)
    images: list[str] = field(default_factory=list)
    variants: list[VariantDraft] = field(default_factory=list)
    partial: bool = False


@dataclass(slots=True)
class ReviewDraft:
    """A review as a file states it."""

    row: int
    handle: str
    sku: str
    rating: int
    title: str
    body: str
    author: str
    created_at: datetime
    verified: bool


@dataclass(frozen=True, slots=True)
class SoldVariant:
    """A variant as a basket needs it: what it is, what it costs now, how many can be sold now."""

    sku: str
    product: str
    product_id: int
    title: str
    options: dict[str, str]
    price: Money
    compare_at: Money | None
    stock: int
    image: str
    tags: tuple[str, ...]
    weight_g: int | None
    active: bool
    categories: tuple[str, ...] = ()  # its category's name in every language


@dataclass(frozen=True, slots=True)
class ShelfStock:
    """How many of a variant stand in a branch, and where."""

    branch: str
    quantity: int
    place: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant on record; `options` are values in the shop's own language, in the order of the product's options."""

    id: int
    sku: str
    options: tuple[str, ...]
    color: str
    size_system: str
    size_value: str
    price: int
    compare_at: int | None
    stock: int
    image: str
    weight_g: int | None
    shelf: tuple[ShelfStock, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """A product on record with all its variants, texts in every language the shop gave."""

    id: int
    handle: str
    status: str
    title: Texts
    brand: Texts
    category: Texts
    description: Texts
    tags: tuple[str, ...]
    attributes: tuple[dict[str, Texts], ...]
    options: tuple[dict[str, Any], ...]
    size_chart: dict[str, Any] | None
    fit_note: Texts
    images: tuple[str, ...]
    concepts: frozenset[str]
    rating_sum: int
    rating_count: int
    sold: int
    created_at: datetime
    variants: tuple[Variant, ...]

    @property
    def rating(self) -> float | None:
        """The mean of its stars, one decimal; None without reviews."""
        return round(self.rating_sum / self.rating_count, 1) if self.rating_count else None

    def option_names(self, language: str, fallback: str) -> tuple[str, ...]:
        """What its options are called."""
        return tuple(say(option["name"], language, fallback) for option in self.options)

    def options_of(self, variant: Variant, language: str, fallback: str) -> dict[str, str]:
        """A variant's options by name, in the shopper's language."""
        return translated_options(self.options, variant.options, language, fallback)


def translated_options(
    options: list[dict[str, Any]] | tuple[dict[str, Any], ...],
    chosen: tuple[str, ...] | list[str],
    language: str,
    fallback: str,
) -> dict[str, str]:
    """Option name → value in the shopper's language, found through the values of the product's options."""
    out: dict[str, str] = {}
    for option, value in zip(options, chosen, strict=False):
        texts: Texts = next((v for v in option.get("values", ()) if v.get(fallback) == value), {})
        out[say(option["name"], language, fallback)] = texts.get(language) or value
    return out

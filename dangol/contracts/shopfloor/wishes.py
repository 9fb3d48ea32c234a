"""What a shopper wishes of products: kinds, sizes, prices, measures and the like."""

from __future__ import annotations

from typing import Literal

from dangol.kernel.model import Value
from dangol.kernel.money import Money

Sort = Literal["relevance", "price_asc", "price_desc", "rating", "newest", "popularity"]
WishKind = Literal[
    "text", "category", "color", "size", "price", "attribute", "material", "audience", "occasion", "brand", "rating",
    "stock", "delivery", "measure"]  # fmt: skip


class SizeWish(Value):
    """A size and the system it was said in (mm, us, eu, kr, alpha, waist_in, free, unknown)."""

    system: str
    value: str


class MeasureWish(Value):
    """At least `low` and at most `high` of what can be measured ("under 2 kg", "폭 60cm 이하", "2인용").

    Figures are in the first unit of the dimension (mass g, length mm, volume ml, charge mAh, storage GB, power W, people,
    hours …); `of` is the side or use meant (width, height, load …), "" for any; `said` are the shopper's words.
    """

    dimension: str
    of: str = ""
    low: float | None = None
    high: float | None = None
    said: str = ""


class Wishes(Value):
    """What is wanted. Lists hold slugs of the word tables (`dangol.kernel.words`), else words as written.

    Hard: price, size, color, audience, category, brand, stock, measures, excluded. Ranked: attributes, materials, occasions,
    unless `must` names them ("waterproof" said as a condition).
    """

    text: str = ""
    categories: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    sizes: tuple[SizeWish, ...] = ()
    price_min: Money | None = None
    price_max: Money | None = None
    audience: str | None = None
    attributes: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    excluded_colors: tuple[str, ...] = ()
    excluded_brands: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()  # as `kind:slug` (material:leather)
    excluded_words: tuple[str, ...] = ()  # words no title or attribute of a proposal may hold
    rating_min: float | None = None
    measures: tuple[MeasureWish, ...] = ()
    must: tuple[WishKind, ...] = ("attribute",)
    discounted: bool = False
    within_days: int | None = None

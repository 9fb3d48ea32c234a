"""Why a product is proposed: what of the wishes its record really meets, in the shop's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dangol.catalog import words
from dangol.catalog.matching import Wanted, color_meets, shades
from dangol.catalog.model import Product, Variant, say
from dangol.catalog.search.affinities import OCCASIONS
from dangol.catalog.search.facets import called, word
from dangol.catalog.search.ranking import Ranked
from dangol.catalog.words import squeezed
from dangol.contracts.shopfloor.products import FindProducts, Reason, Wishes
from dangol.kernel.tools import ToolContext
from dangol.kernel.words import attributes, categories, colours, materials, measures, occasions, seasons

_TABLES = {"attribute": attributes, "material": materials, "occasion": occasions, "season": seasons}
_MOST = 4
_BESTSELLER = 20  # orders from which on something is said to sell well
_WELL_RATED = 4.3
_BY_TASTE = 0.35
_BARE_YES = re.compile(r"(?i)예|네|있음|가능|해당|o|yes|true|included")  # tells nothing without its name

_SMALL = ("small", "tiny", "little")
_PART = re.compile(r"[:;]")


def meeting(product: Product, asked: FindProducts, given_up: set[str]) -> list[Variant]:
    """The variants that meet the wishes for colour, size, price and stock, save those given up."""
    wishes = asked.wishes
    colors = wishes.colors if "color" not in given_up else ()
    if colors and not any(
        color_meets(color, product, variant) for color in colors for variant in product.variants
    ):
        colors = tuple(shade for color in colors for shade in shades(color))
    wanted = Wanted(colors, wishes.sizes if "size" not in given_up else (), audience=wishes.audience)
    return [
        variant
        for variant in product.variants
        if (variant.stock > 0 or not asked.in_stock_only)
        and wanted.meets(product, variant)
        and ("price" in given_up or _price_meets(wishes, variant))
        and not any(color_meets(color, product, variant) for color in wishes.excluded_colors)
    ]


def worded(product: Product, chosen: Sequence[Variant], text: str) -> list[Variant] | None:
    """Those of some variants whose own option values stand in the wish ("king size bed", "쌀 10키로").

    None when the wish names no option value of the product; empty when it names one that none of them has.
    """
    named: dict[int, set[str]] = {}
    for variant in product.variants:
        for place, value in enumerate(variant.options):
            if len(value) > 1 and measures.names(text, value):
                named.setdefault(place, set()).add(value)
    if not named:
        return None
    return [v for v in chosen if all(v.options[place] in values for place, values in named.items())]


def rules_out_by_words(wishes: Wishes) -> bool:
    """Whether words rule products out one by one, which no index has counted."""
    return bool(wishes.excluded_words) or any(one.startswith("category:") for one in wishes.excluded)


def ruled_out(product: Product, wishes: Wishes) -> bool:
    """Whether a product is what the shopper does not want, by its words: "연어맛은 빼고", "비옷 말고"."""
    if any(_speaks_of(product, word) for word in wishes.excluded_words):
        return True
    kinds = [one.partition(":")[2] for one in wishes.excluded if one.startswith("category:")]
    rows = [categories.words().rows.get(kind) for kind in kinds]
    own = [kind for kind, row in zip(kinds, rows, strict=True) if row is None]  # a kind of the shop's own
    names = [squeezed(name.strip("^$")) for row in rows if row for name in (*row.ko, *row.en)]
    names += map(squeezed, own)
    titles = [squeezed(text) for text in (*product.title.values(), *product.category.values())]
    if any(len(name) > 1 and name in title for name in names for title in titles):
        return True
    # what is in food stands in its description
    eaten = [row for row in rows if row and "groceries" in (row.slug, *categories.wider(row.slug))]
    said = [*own, *(name for row in eaten for name in row.ko + row.en)]
    return any(_speaks_of(product, name) for name in said if len(name) > 1)


def _speaks_of(product: Product, word: str) -> bool:
    """Whether a title, the kind or an attribute of a product holds a word, unless it says there is none of it."""
    plains = [
        re.compile(rf"{re.escape(squeezed(each))}(?!s?(?:free|프리|무첨가|없는|없음))")
        for each in _alike(word)
    ]
    texts = [*product.title.values(), *product.category.values(), *product.tags]
    texts += [
        part
        for text in product.description.values()
        for sentence in words.sentences(words.plain_text(text))
        for part in _PART.split(sentence)  # "not for children under 3: small parts" has small parts
        if not words.denies(part)
    ]
    values = [value for attribute in product.attributes for value in attribute["value"].values()]
    texts += [value for value in values if not words.denies(value)]
    return any(plain.search(squeezed(text)) for text in texts for plain in plains)


def _alike(word: str) -> tuple[str, ...]:
    """A word or two in every way it may be written on record ("tiny parts": small parts)."""
    first, _, rest = word.partition(" ")
    return tuple(f"{small} {rest}" for small in _SMALL) if rest and first in _SMALL else (word,)


def _price_meets(wishes: Wishes, variant: Variant) -> bool:
    low = wishes.price_min.amount if wishes.price_min else 0
    high = wishes.price_max.amount if wishes.price_max else variant.price
    marked_down = variant.compare_at is not None and variant.compare_at > variant.price
    return low <= variant.price <= high and (marked_down or not wishes.discounted)


def of(
    product: Product,
    chosen: Sequence[Variant],
    asked: FindProducts,
    concepts: Sequence[str],
    ranked: Ranked,
    at: int,
    ctx: ToolContext,
) -> list[Reason]:
    """The reasons for one proposal, the strongest first."""
    found = list(_from_wishes(product, chosen, asked.wishes, concepts, ctx))
    found += _from_standing(product, chosen, ranked, at, ctx, asked_for=bool(found))
    return list({(reason.kind, reason.value): reason for reason in found}.values())[:_MOST]


def _from_wishes(
    product: Product, chosen: Sequence[Variant], wishes: Wishes, concepts: Sequence[str], ctx: ToolContext
) -> Iterator[Reason]:
    asked = [f"attribute:{slug}" for slug in wishes.attributes]
    asked += [f"material:{slug}" for slug in wishes.materials]
    asked += [f"occasion:{slug}" for slug in wishes.occasions]
    asked += [c for c in concepts if c.partition(":")[0] in ("attribute", "material", "occasion", "season")]
    yield from _said(product, asked, ctx)
    for color in wishes.colors:
        if any(color_meets(color, product, variant) for variant in chosen):
            yield Reason(kind="color", value=word(colours.words(), color, ctx.language))
    if (
        wishes.sizes
        and chosen
        and len({variant.size_value for variant in chosen}) == 1
        and chosen[0].size_value
    ):
        yield Reason(kind="size", value=chosen[0].size_value)
    most = wishes.price_max
    if most and chosen and most.currency == ctx.shop.currency:
        cheapest = min(variant.price for variant in chosen)
        if cheapest <= most.amount:
            yield Reason(kind="price", value=ctx.shop.minor(cheapest).display(ctx.language))
    if wishes.audience and f"audience:{wishes.audience}" in product.concepts:
        yield Reason(kind="audience", value=called("audience", wishes.audience, ctx.language))
    if wishes.brands and product.brand:
        yield Reason(kind="brand", value=say(product.brand, ctx.language, ctx.shop.language))


def _said(product: Product, asked: Iterable[str], ctx: ToolContext) -> Iterator[Reason]:
    """What the record says outright; for an occasion also what makes the thing fit for it."""
    for concept in dict.fromkeys(asked):
        kind, _, slug = concept.partition(":")
        if concept in product.concepts or f"{kind}~:{slug}" in product.concepts:
            yield _reason(concept, product, ctx)
        elif kind == "occasion":
            fit = next(
                (
                    c
                    for c in OCCASIONS.get(slug, ())
                    if c in product.concepts and c.partition(":")[0] in _TABLES
                ),
                None,
            )
            if fit:
                yield _reason(fit, product, ctx)


def _reason(concept: str, product: Product, ctx: ToolContext) -> Reason:
    kind, _, slug = concept.partition(":")
    for attribute in product.attributes:
        value = say(attribute["value"], ctx.language, ctx.shop.language)
        name = say(attribute["name"], ctx.language, ctx.shop.language)
        if (
            len(value) <= 20
            and not _BARE_YES.fullmatch(value)
            and concept in words.attribute_slugs(name, value)
        ):
            return Reason(kind=kind, value=value)
    return Reason(kind=kind, value=word(_TABLES[kind].words(), slug, ctx.language))


def _from_standing(
    product: Product, chosen: Sequence[Variant], ranked: Ranked, at: int, ctx: ToolContext, *, asked_for: bool
) -> Iterator[Reason]:
    if ranked.taste[at] >= _BY_TASTE:
        yield Reason(kind="personal", value=say(product.category, ctx.language, ctx.shop.language))
    if product.rating is not None and product.rating >= _WELL_RATED and product.rating_count >= 3:
        yield Reason(kind="rating", value=str(product.rating))
    if product.sold >= _BESTSELLER:
        yield Reason(kind="bestseller")
    if any(v.compare_at is not None and v.compare_at > v.price for v in chosen):
        yield Reason(kind="discount")
    if not asked_for and ranked.season and ranked.in_season[at]:
        yield Reason(kind="season", value=word(seasons.words(), ranked.season, ctx.language))

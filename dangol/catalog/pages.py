"""What the storefront's pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dangol.catalog import cards
from dangol.catalog.imports.fields import html
from dangol.catalog.model import Product, say
from dangol.catalog.search.facets import word
from dangol.catalog.search.search import Search
from dangol.catalog.shapes import (
    AssistantInfo,
    BranchInfo,
    CategoryInfo,
    Detail,
    Found,
    NamedValue,
    OptionInfo,
    OptionValue,
    PriceRange,
    ShelfInfo,
    SizeChart,
    Store,
    VariantInfo,
)
from dangol.contracts.shopfloor.products import (
    FacetValue,
    FindProducts,
    FoundProducts,
    Loosened,
    Reviews,
    SizeWish,
    Sort,
    VariantView,
    Wishes,
)
from dangol.contracts.shopfloor.shown import product_item, reviews_block
from dangol.kernel.blocks import Price, ReviewsBlock
from dangol.kernel.errors import Refused
from dangol.kernel.money import NotAnAmount, parse_amount
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.kernel.words import attributes, categories, colours, materials, occasions

A_PAGE = 24
REVIEWS_A_PAGE = 10

_KINDS = {
    "text": ("검색어", "search words"), "category": ("종류", "kind"), "color": ("색상", "color"),
    "size": ("사이즈", "size"), "price": ("가격", "price"), "attribute": ("특징", "feature"),
    "material": ("소재", "material"), "audience": ("대상", "for"), "occasion": ("용도", "occasion"),
    "brand": ("브랜드", "brand"), "rating": ("평점", "rating"), "stock": ("재고", "stock"),
    "delivery": ("배송", "delivery"), "measure": ("치수", "measure"),
}  # fmt: skip
_TABLES = {
    "color": colours,
    "attribute": attributes,
    "material": materials,
    "occasion": occasions,
    "category": categories,
}


class NotAPrice(Refused):
    """A price filter that is no amount."""

    code = "not_an_amount"
    status = 422


@dataclass(frozen=True)
class Asked:
    """Words and filters of a list page; each filter takes any of its values."""

    q: str
    category: tuple[str, ...]
    color: tuple[str, ...]
    size: tuple[str, ...]
    audience: tuple[str, ...]
    attribute: tuple[str, ...]
    brand: tuple[str, ...]
    price_min: str | None
    price_max: str | None
    in_stock: bool
    sort: Sort
    page: int


def store(shop: Shop, search: Search, language: str) -> Store:
    """The shop as it presents itself."""
    return Store(
        name=shop.say(shop.name, language),
        languages=shop.languages,
        locale=shop.locale,
        currency=shop.currency,
        time_zone=shop.time_zone,
        hours=shop.hours,
        branches=tuple(
            BranchInfo(
                code=one.code,
                name=shop.say(one.name, language),
                address=shop.say(one.address, language),
                phone=one.phone,
                hours=one.hours,
                pickup=one.pickup,
            )
            for one in shop.branches
        ),
        contact=shop.contact,
        assistant=AssistantInfo(name=shop.say(shop.assistant.name, language)),
        categories=tuple(
            CategoryInfo(slug=value.value, title=value.label, department=value.within, count=value.count)
            for value in search.kinds_of_goods(shop, language)
        ),
    )


async def find(search: Search, ctx: ToolContext, asked: Asked) -> Found:
    """One page of the goods that meet words and filters."""
    wishes = _wishes(search, ctx.shop, asked)
    found = await search.find(
        ctx,
        FindProducts(
            wishes=wishes,
            sort=asked.sort,
            limit=A_PAGE,
            offset=(asked.page - 1) * A_PAGE,
            in_stock_only=asked.in_stock,
            facets=True,
        ),
    )
    return Found(
        items=tuple(product_item(card, ctx.language) for card in found.items),
        total=found.total,
        page=asked.page,
        pages=-(-found.total // A_PAGE),
        facets=_facets(found, ctx),
        loosened=tuple(_loosened(one, ctx.language) for one in found.loosened),
    )


def _wishes(search: Search, shop: Shop, asked: Asked) -> Wishes:
    """What was typed, with the filters that were set in place of what was read from it."""
    wishes = search.wishes_in(asked.q, shop.currency) if asked.q.strip() else Wishes()
    update: dict[str, object] = {}
    if asked.category:
        update["categories"] = asked.category
    if asked.color:
        update["colors"] = asked.color
    if asked.size:
        update["sizes"] = tuple(SizeWish(system="unknown", value=value) for value in asked.size)
    if asked.audience:
        update["audience"] = asked.audience[0] if len(asked.audience) == 1 else None
    if asked.attribute:
        update["attributes"] = asked.attribute
    if asked.brand:
        update["brands"] = asked.brand
    for name, written in (("price_min", asked.price_min), ("price_max", asked.price_max)):
        if written:
            update[name] = shop.minor(_amount(name, written, shop))
    return wishes.model_copy(update=update)


def _amount(name: str, written: str, shop: Shop) -> int:
    try:
        return max(parse_amount(Decimal(written.replace(",", "")).normalize(), shop.currency), 0)
    except (NotAnAmount, InvalidOperation, ValueError) as no:
        raise NotAPrice(field=name, value=written) from no


def _facets(found: FoundProducts, ctx: ToolContext) -> dict[str, tuple[FacetValue, ...] | PriceRange]:
    out: dict[str, tuple[FacetValue, ...] | PriceRange] = {
        name: values for name, values in found.facets.items() if name not in ("price", "price_range")
    }
    bounds = found.facets.get("price_range", ())
    if len(bounds) == 2:
        low, high = (Price.of(ctx.shop.minor(int(bound.value)), ctx.language) for bound in bounds)
        out["price"] = PriceRange(min=low, max=high)
    return out


def _loosened(one: Loosened, language: str) -> str:
    kind = _KINDS[one.kind][language != "ko"]
    if not one.value or one.kind == "price":
        return kind
    table = _TABLES.get(one.kind)
    shown = [word(table.words(), part, language) if table else part for part in one.value.split(", ")]
    return f"{kind}: {', '.join(shown)}"


def detail(product: Product, ctx: ToolContext) -> Detail:
    """Everything a product page shows."""
    shop, language = ctx.shop, ctx.language
    seen = cards.details(product, shop, language)
    return Detail(
        product=product.handle,
        title=seen.card.title,
        brand=seen.card.brand,
        category=seen.card.category,
        description_html=_as_html(say(product.description, language, shop.language)),
        attributes=tuple(NamedValue(name=one.name, value=one.value) for one in seen.attributes),
        options=tuple(_options(product, shop, language)),
        variants=tuple(_variant(variant, language) for variant in seen.variants),
        images=seen.images or tuple(dict.fromkeys(v.image for v in seen.variants if v.image)),
        rating=product.rating,
        reviews_count=product.rating_count,
        shelf=tuple(_shelf(product, shop, language)),
        size_chart=SizeChart(
            unit=seen.size_unit, rows=tuple({"size": row.size, **row.measures} for row in seen.size_chart)
        )
        if seen.size_chart
        else None,
        fit_note=seen.fit_note or None,
        tags=product.tags,
    )


def _as_html(description: str) -> str:
    """A description with harmless markup only; plain text by paragraphs."""
    if "<" in description:
        return html(description)
    return "".join(f"<p>{html(part)}</p>" for part in description.split("\n") if part.strip())


def _options(product: Product, shop: Shop, language: str) -> list[OptionInfo]:
    names = product.option_names(language, shop.language)
    values: list[dict[str, OptionValue]] = [{} for _ in names]
    for variant in product.variants:
        shown = product.options_of(variant, language, shop.language)
        for at, name in enumerate(names):
            if name in shown:
                values[at].setdefault(shown[name], OptionValue(value=shown[name], label=shown[name]))
    return [
        OptionInfo(name=name, values=tuple(some.values())) for name, some in zip(names, values, strict=True)
    ]


def _variant(variant: VariantView, language: str) -> VariantInfo:
    return VariantInfo(
        sku=variant.sku,
        options=variant.options,
        price=Price.of(variant.price, language),
        compare_at=Price.of(variant.compare_at, language) if variant.compare_at else None,
        in_stock=variant.stock > 0,
        left=variant.stock if 0 < variant.stock <= cards.FEW else None,
        image=variant.image,
    )


def _shelf(product: Product, shop: Shop, language: str) -> list[ShelfInfo]:
    there: dict[str, int] = {}
    for variant in product.variants:
        for stand in variant.shelf:
            there[stand.branch] = there.get(stand.branch, 0) + stand.quantity
    return [
        ShelfInfo(branch=one.code, name=shop.say(one.name, language), in_stock=there[one.code] > 0)
        for one in shop.branches
        if one.code in there
    ]


def reviews(told: Reviews, page: int) -> ReviewsBlock:
    """One page of reviews under their summary."""
    start = (page - 1) * REVIEWS_A_PAGE
    return reviews_block(told, told.items[start : start + REVIEWS_A_PAGE])

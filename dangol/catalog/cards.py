"""Showing products: cards, variants and everything on record, in the shopper's language."""

from __future__ import annotations

from collections.abc import Sequence

from dangol.catalog import words
from dangol.catalog.model import Product, Variant, say
from dangol.contracts.shopfloor.products import (
    Attribute,
    ProductCard,
    ProductDetails,
    Reason,
    SizeRow,
    SizeWish,
    VariantView,
)
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop

FEW = 5  # from how many left on the number is told


def product_url(handle: str) -> str:
    """Where the storefront shows a product."""
    return f"/products/{handle}"


def card(
    product: Product,
    shop: Shop,
    language: str,
    *,
    chosen: Sequence[Variant] | None = None,
    reasons: Sequence[Reason] = (),
) -> ProductCard:
    """A product as it is proposed; `chosen` are the variants that meet the wishes when not all do."""
    meant = list(chosen) if chosen else list(product.variants)
    meant = [variant for variant in meant if variant.stock > 0] or meant
    in_stock = [variant for variant in product.variants if variant.stock > 0]
    narrowed = bool(chosen) and len(meant) < len(in_stock or product.variants)
    cheapest = min(meant, key=lambda variant: variant.price)
    dearest = max(variant.price for variant in meant)
    only = meant[0] if len(meant) == 1 and (narrowed or len(product.variants) == 1) else None
    return ProductCard(
        product=product.handle,
        sku=only.sku if only else None,
        title=say(product.title, language, shop.language),
        brand=say(product.brand, language, shop.language),
        category=say(product.category, language, shop.language).rpartition(">")[2].strip(),
        price=shop.minor(cheapest.price),
        price_to=shop.minor(dearest) if dearest != cheapest.price else None,
        compare_at=_compare_at(cheapest, shop),
        image=_image(product, meant[0] if narrowed else cheapest),
        url=product_url(product.handle),
        in_stock=any(variant.stock > 0 for variant in meant),
        options=_shared_options(product, meant, shop, language) if narrowed or only else {},
        rating=product.rating,
        reviews=product.rating_count,
        reasons=tuple(reasons),
    )


def _compare_at(variant: Variant, shop: Shop) -> Money | None:
    marked_down = variant.compare_at is not None and variant.compare_at > variant.price
    return shop.minor(variant.compare_at) if marked_down and variant.compare_at is not None else None


def _image(product: Product, variant: Variant) -> str:
    first = next((other.image for other in product.variants if other.image), "")
    return variant.image or (product.images[0] if product.images else first)


def _shared_options(
    product: Product, variants: Sequence[Variant], shop: Shop, language: str
) -> dict[str, str]:
    every = [product.options_of(variant, language, shop.language) for variant in variants]
    return {
        name: value for name, value in every[0].items() if all(other.get(name) == value for other in every)
    }


def variant_view(product: Product, variant: Variant, shop: Shop, language: str) -> VariantView:
    """A variant with the stock of this moment."""
    size = SizeWish(system=variant.size_system, value=variant.size_value) if variant.size_system else None
    return VariantView(
        sku=variant.sku,
        options=product.options_of(variant, language, shop.language),
        color=variant.color or None,
        size=size,
        price=shop.minor(variant.price),
        compare_at=_compare_at(variant, shop),
        stock=variant.stock,
        image=_image(product, variant),
    )


def attribute_views(product: Product, shop: Shop, language: str) -> tuple[Attribute, ...]:
    """The attributes on record with the words of the tables they stand for, in whatever language that shows."""
    views = []
    for attribute in product.attributes:
        slugs: dict[str, None] = {}
        for code, value in attribute["value"].items():
            name = attribute["name"].get(code) or say(attribute["name"], language, shop.language)
            slugs.update((slug.partition(":")[2], None) for slug in words.attribute_slugs(name, value))
        name = say(attribute["name"], language, shop.language)
        value = say(attribute["value"], language, shop.language)
        views.append(Attribute(name=name, value=value, slugs=tuple(slugs)))
    return tuple(views)


def details(product: Product, shop: Shop, language: str) -> ProductDetails:
    """Everything on record about a product."""
    chart = product.size_chart or {}
    return ProductDetails(
        card=card(product, shop, language),
        description=words.plain_text(say(product.description, language, shop.language)),
        attributes=attribute_views(product, shop, language),
        option_names=product.option_names(language, shop.language),
        variants=tuple(variant_view(product, variant, shop, language) for variant in product.variants),
        tags=product.tags,
        size_chart=tuple(
            SizeRow(size=row["size"], measures={k: float(v) for k, v in row.items() if k != "size"})
            for row in chart.get("rows", ())
        ),
        size_unit=chart.get("unit", ""),
        fit_note=say(product.fit_note, language, shop.language),
        images=product.images,
    )

"""Looking things up in the catalog: products, variants, stock by colour and size, shelves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import cards, matching
from dangol.catalog.model import Product, SoldVariant, Variant, say, translated_options
from dangol.catalog.records import products as records
from dangol.catalog.search.facets import called
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, VariantView
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop


async def product(conn: AsyncConnection[Any], name: str, *, shelf: bool = False) -> Product:
    """A product on sale by its handle, id or one of its SKUs; raises NotFound for one that is not on sale."""
    found = await records.product_named(conn, name, shelf=shelf)
    if found is None or found.status != "active" or not found.variants:
        raise NotFound(product=name)
    return found


async def products(conn: AsyncConnection[Any], names: Sequence[str]) -> list[Product]:
    """Several products on sale in the order named, each once; raises NotFound for the first that is not."""
    found = await records.products_named(conn, names)
    out: dict[int, Product] = {}
    for name in names:
        one = found.get(name)
        if one is None or one.status != "active" or not one.variants:
            raise NotFound(product=name)
        out[one.id] = one
    return list(out.values())


async def variants(
    conn: AsyncConnection[Any], skus: Iterable[str], language: str, shop: Shop
) -> dict[str, SoldVariant]:
    """Variants as a basket needs them, by SKU: title, options, the price and stock of this moment.

    SKUs nobody knows are left out; a variant of a product that is not on sale any more has `active` False.
    """
    out = {}
    for row in await records.variant_rows(conn, list(skus)):
        sku, handle, product_id, title, options, chosen, price, compare_at, stock, image, images, *rest = row
        tags, weight_g, status, category = rest
        shown = compare_at is not None and compare_at > price
        out[sku] = SoldVariant(
            sku=sku,
            product=handle,
            product_id=product_id,
            title=say(title, language, shop.language),
            options=translated_options(options, chosen, language, shop.language),
            price=shop.minor(price),
            compare_at=shop.minor(compare_at) if shown else None,
            stock=stock,
            image=image or next(iter(images), ""),
            tags=tuple(tags),
            weight_g=weight_g,
            active=status == "active",
            categories=tuple((category or {}).values()),
        )
    return out


def availability(product: Product, asked: CheckAvailability, shop: Shop, language: str) -> Availability:
    """Which variants meet what was said of colour, size and options, which do not, and what is never sold."""
    wanted = matching.Wanted(asked.colors, asked.sizes, asked.options, asked.audience)
    meets = [variant for variant in product.variants if wanted.meets(product, variant)]
    others = [variant for variant in product.variants if variant not in meets]
    unsettled = matching.unsettled_sizes(product, asked.sizes, asked.audience)

    def views(some: Sequence[Variant]) -> tuple[VariantView, ...]:
        return tuple(cards.variant_view(product, variant, shop, language) for variant in some)

    return Availability(
        card=cards.card(product, shop, language, chosen=meets),
        matching=views(meets),
        others=views(others),
        unknown=tuple(_never_sold(product, asked, language)),
        ambiguous_size=views([variant for variant in meets if variant in unsettled]),
    )


def _never_sold(product: Product, asked: CheckAvailability, language: str) -> list[str]:
    return [called("color", value, language) for value in matching.never_sold(product, asked)]

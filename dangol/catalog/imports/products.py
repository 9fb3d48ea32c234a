"""Taking products over from a file: read one by one, written in batches, unchanged ones left alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection

from dangol.catalog import words
from dangol.catalog.imports import json_products, shopify, woocommerce
from dangol.catalog.imports.pictures import Pictures
from dangol.catalog.model import ProductDraft, VariantDraft
from dangol.catalog.records import importing
from dangol.kernel.errors import Refused
from dangol.kernel.imports import ImportReport, Refusal
from dangol.kernel.shop import Shop

Reader = Callable[[Path, Shop, Pictures], Iterator[ProductDraft | Refusal]]
Progress = Callable[[int, int | None], None]

FORMATS: dict[str, Reader] = {
    "shopify-csv": shopify.read_products,
    "woocommerce-csv": woocommerce.read_products,
    "json": json_products.read_products,
}
_NOT_OF_PRODUCT = ("row", "variants", "partial")
_BATCH_PRODUCTS = 500
_BATCH_VARIANTS = 4_000


class UnknownFormat(Refused):
    """There is no such import format; `known` names those there are."""

    code = "unknown_format"
    status = 422


@dataclass
class _Tally:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)


async def import_products(
    conn: AsyncConnection[Any],
    shop: Shop,
    file: Path,
    format: str,
    now: datetime,
    *,
    media: Path,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
) -> ImportReport:
    """Take over the products of a file; what is wrong is refused row by row, a second run changes nothing.

    `format` is one of FORMATS; pictures beside the file are copied into `media`. `progress` hears how many
    products are done (the total is not known while reading). Stock is only set where the file's own figure
    changed since the last import, less what is held for orders. Raises UnknownFormat, ColumnsMissing,
    NotATable or NotAProductFile when the file as a whole cannot be read; then nothing was changed.
    """
    if format not in FORMATS:
        raise UnknownFormat(format=format, known=sorted(FORMATS))
    tally = _Tally()
    batch: list[ProductDraft] = []
    variants = done = 0
    for item in FORMATS[format](file, shop, Pictures(file.parent, media)):
        if isinstance(item, Refusal):
            tally.refused.append(item)
            continue
        batch.append(item)
        variants += len(item.variants)
        if len(batch) >= _BATCH_PRODUCTS or variants >= _BATCH_VARIANTS:
            await _write(conn, batch, now, tally)
            done += len(batch)
            batch, variants = [], 0
            progress(done, None)
    if batch:
        await _write(conn, batch, now, tally)
    progress(done + len(batch), done + len(batch))
    await importing.settle(conn)
    refused = tuple(sorted(tally.refused, key=lambda refusal: refusal.row))
    return ImportReport(
        created=tally.created, updated=tally.updated, unchanged=tally.unchanged, refused=refused
    )


async def _write(
    conn: AsyncConnection[Any], drafts: list[ProductDraft], now: datetime, tally: _Tally
) -> None:
    async with conn.transaction():
        known = await importing.known_products(conn, [draft.handle for draft in drafts])
        skus = [variant.sku for draft in drafts for variant in draft.variants]
        there = await importing.known_variants(conn, skus, [product.id for product in known.values()])
        drafts = [draft for draft in drafts if _keep_own_variants(draft, there, tally)]
        written = await _write_products(conn, drafts, known, now)
        ids = {handle: product.id for handle, product in known.items()} | written
        touched = await _write_variants(conn, drafts, there, ids)
    for draft in drafts:
        if draft.handle not in known:
            tally.created += 1
        elif draft.handle in written or ids[draft.handle] in touched:
            tally.updated += 1
        else:
            tally.unchanged += 1


def _keep_own_variants(draft: ProductDraft, there: dict[str, importing.KnownVariant], tally: _Tally) -> bool:
    """Refuse variants whose SKU another product has, in the shop or in this file; False when none is left."""
    kept: dict[str, VariantDraft] = {}
    for variant in draft.variants:
        other = there.get(variant.sku)
        taken = other is not None and other.handle != draft.handle
        if taken or variant.sku in kept:
            code = "sku_of_another_product" if taken else "duplicate"
            tally.refused.append(Refusal(row=variant.row, column="SKU", code=code, value=variant.sku))
            draft.partial = True
            continue
        kept[variant.sku] = variant
        there.setdefault(variant.sku, importing.KnownVariant(variant.sku, 0, draft.handle, ""))
    draft.variants = list(kept.values())
    return bool(kept)


async def _write_products(
    conn: AsyncConnection[Any],
    drafts: list[ProductDraft],
    known: dict[str, importing.KnownProduct],
    now: datetime,
) -> dict[str, int]:
    """Write the products whose own fields changed; their ids by handle."""
    rows = []
    for draft in drafts:
        digest = _digest(draft, without=_NOT_OF_PRODUCT)
        before = known.get(draft.handle)
        if not before or before.digest != digest or before.words_version != words.VERSION:
            rows.append({**_product_row(draft), "digest": digest})
    return await importing.upsert_products(conn, rows, words.VERSION, now)


def _product_row(draft: ProductDraft) -> dict[str, Any]:
    return {**_stated(draft, without=_NOT_OF_PRODUCT), "concepts": words.describe(draft)}


async def _write_variants(
    conn: AsyncConnection[Any],
    drafts: list[ProductDraft],
    there: dict[str, importing.KnownVariant],
    ids: dict[str, int],
) -> set[int]:
    """Write the variants that changed, take out those a whole product no longer has; ids of products touched."""
    rows: list[dict[str, Any]] = []
    shelves: list[dict[str, Any]] = []
    for draft in drafts:
        names = [next(iter(option["name"].values()), "") for option in draft.options]
        for position, variant in enumerate(draft.variants):
            digest = _digest(variant, without=("row",)) + f"/{position}"
            if there[variant.sku].digest != digest:
                rows.append(_variant_row(draft, variant, ids[draft.handle], position, names, digest))
                shelves += [
                    {"sku": variant.sku, "branch": branch, "quantity": quantity, "place": place}
                    for branch, (quantity, place) in variant.shelf.items()
                ]
    kept = {variant.sku for draft in drafts for variant in draft.variants}
    whole = {ids[draft.handle] for draft in drafts if not draft.partial}
    gone = [known.sku for known in there.values() if known.product_id in whole and known.sku not in kept]
    return await importing.write_variants(conn, rows, shelves, gone)


def _variant_row(
    draft: ProductDraft, variant: VariantDraft, product_id: int, position: int, names: list[str], digest: str
) -> dict[str, Any]:
    color, system, value = words.variant_words(names, variant.options)
    color = color or _color_elsewhere(draft, variant)
    return {
        **_stated(variant, without=("row", "shelf")),
        "product_id": product_id, "position": position, "color": color, "size_system": system,
        "size_value": value, "digest": digest,
    }  # fmt: skip


def _color_elsewhere(draft: ProductDraft, variant: VariantDraft) -> str:
    """The colour by the option's name in another language ("포레스트" is nothing we know, "Forest green" is green)."""
    for option, value in zip(draft.options, variant.options, strict=False):
        texts: dict[str, str] = next(
            (each for each in option.get("values", ()) if value in each.values()), {}
        )
        found = next(filter(None, map(words.color_of, texts.values())), "")
        if found and any(map(words.is_color_option, option["name"].values())):
            return found
    return ""


def _digest(draft: ProductDraft | VariantDraft, without: tuple[str, ...]) -> str:
    stated = json.dumps(_stated(draft, without), sort_keys=True)
    return hashlib.blake2b(stated.encode(), digest_size=16).hexdigest()


def _stated(draft: ProductDraft | VariantDraft, without: tuple[str, ...]) -> dict[str, Any]:
    # dataclasses.asdict copies deeply, which takes longer than everything else here together
    return {name: getattr(draft, name) for name in type(draft).__slots__ if name not in without}

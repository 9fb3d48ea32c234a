"""Products from Shopify's product export: one row a variant, further rows for further pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dangol.catalog.imports import fields
from dangol.catalog.imports.fields import BadCell
from dangol.catalog.imports.pictures import Pictures
from dangol.catalog.model import ProductDraft, VariantDraft
from dangol.kernel.imports import Refusal, read_table
from dangol.kernel.shop import Shop

REQUIRED = {"Handle", "Title", "Variant Price"}
OPTIONAL = (
    "Body (HTML)", "Vendor", "Type", "Product Category", "Tags", "Published", "Option1 Name", "Option1 Value",
    "Option2 Name", "Option2 Value", "Option3 Name", "Option3 Value", "Variant SKU", "Variant Grams",
    "Variant Inventory Qty", "Variant Compare At Price", "Variant Barcode", "Image Src", "Variant Image", "Status",
)  # fmt: skip
_METAFIELD = re.compile(r"^(.+?) \(product\.metafields\.[\w.-]+\)$")
_STATUSES = {"": "active", "active": "active", "draft": "draft", "archived": "archived"}

Cells = dict[str, str]


def read_products(path: Path, shop: Shop, pictures: Pictures) -> Iterator[ProductDraft | Refusal]:
    """The products of a Shopify CSV one by one, with a Refusal for every row that cannot stand."""
    group: list[tuple[int, Cells]] = []
    seen: set[str] = set()
    for item in read_table(path, REQUIRED, OPTIONAL):
        if isinstance(item, Refusal):
            yield item
            continue
        row, cells = item
        handle = fields.handle(cells["Handle"] or ("" if group and not cells["Title"] else cells["Title"]))
        if not handle and group and not cells["Title"]:
            handle = fields.handle(group[0][1]["Handle"])
        if not handle:
            yield Refusal(row=row, column="Handle", code="missing_value")
            continue
        cells["Handle"] = handle
        if group and group[0][1]["Handle"] != handle:
            yield from _product(group, shop, pictures, seen)
            group = []
        group.append((row, cells))
    if group:
        yield from _product(group, shop, pictures, seen)


def _product(
    rows: list[tuple[int, Cells]], shop: Shop, pictures: Pictures, seen: set[str]
) -> Iterator[ProductDraft | Refusal]:
    first_row, first = rows[0]
    handle = first["Handle"]
    if handle in seen:
        for row, _ in rows:
            yield Refusal(row=row, column="Handle", code="rows_apart", value=handle)
        return
    seen.add(handle)
    refusals: list[Refusal] = []
    try:
        draft = _own_fields(first_row, first, shop)
    except BadCell as bad:
        yield Refusal(row=first_row, column=bad.column, code=bad.code, value=bad.value)
        for row, _ in rows[1:]:
            yield Refusal(row=row, column="Handle", code="product_refused", value=handle)
        return
    names = _option_names(rows)
    for row, cells in rows:
        try:
            _take_row(draft, row, cells, names, shop, pictures)
        except BadCell as bad:
            refusals.append(Refusal(row=row, column=bad.column, code=bad.code, value=bad.value))
    yield from refusals
    draft.partial = bool(refusals)
    if draft.variants:
        draft.options = _options(names, draft.variants, shop.language)
        yield draft
    elif not refusals:
        yield Refusal(row=first_row, column="Variant Price", code="missing_value", value=handle)


def _own_fields(row: int, cells: Cells, shop: Shop) -> ProductDraft:
    title = fields.text(cells["Title"])
    if not title:
        raise BadCell("Title", "missing_value")
    status = _STATUSES.get(cells.get("Status", "").lower())
    if status is None:
        raise BadCell("Status", "unknown", cells["Status"])
    if status == "active" and not fields.yes(cells.get("Published", ""), default=True):
        status = "draft"
    language = shop.language
    kind = cells.get("Type", "") or cells.get("Product Category", "")
    return ProductDraft(
        row=row,
        handle=cells["Handle"],
        title={language: title},
        status=status,
        brand=fields.texts("Vendor", cells.get("Vendor", ""), language),
        category=fields.texts("Type", kind, language),
        description=fields.texts("Body (HTML)", cells.get("Body (HTML)", ""), language, markup=True),
        tags=[tag for part in cells.get("Tags", "").split(",") if (tag := fields.text(part, 80))],
        attributes=_metafields(cells, language),
    )


def _metafields(cells: Cells, language: str) -> list[dict[str, Any]]:
    out = []
    for column, value in cells.items():
        named = _METAFIELD.match(column)
        if named and value:
            out.append(
                {"name": {language: fields.text(named[1], 80)}, "value": {language: fields.text(value)}}
            )
    return out


def _option_names(rows: list[tuple[int, Cells]]) -> list[str]:
    names = []
    for n in (1, 2, 3):
        name = next((cells[key] for _, cells in rows if cells.get(key := f"Option{n} Name")), "")
        if not name:
            break
        names.append(fields.text(name, 80))
    # Shopify writes Title / Default Title where a product has no options
    default = names == ["Title"] and all(
        cells.get("Option1 Value", "") in ("", "Default Title") for _, cells in rows
    )
    return [] if default else names


def _take_row(
    draft: ProductDraft, row: int, cells: Cells, names: list[str], shop: Shop, pictures: Pictures
) -> None:
    image = pictures.take("Image Src", cells.get("Image Src", ""))
    own = pictures.take("Variant Image", cells.get("Variant Image", ""))
    if _is_variant(cells):
        draft.variants.append(_variant(draft, row, cells, names, shop, own))
    for picture in (image, own):
        if picture and picture not in draft.images:
            draft.images.append(picture)


def _is_variant(cells: Cells) -> bool:
    return any(
        cells.get(key)
        for key in (
            "Variant Price",
            "Variant SKU",
            "Variant Inventory Qty",
            "Option1 Value",
            "Option2 Value",
            "Title",
        )
    )


def _variant(
    draft: ProductDraft, row: int, cells: Cells, names: list[str], shop: Shop, image: str
) -> VariantDraft:
    options = [fields.text(cells.get(f"Option{n} Value", ""), 120) for n in range(1, len(names) + 1)]
    for n, value in enumerate(options, 1):
        if not value:
            raise BadCell(f"Option{n} Value", "missing_value")
    sku = fields.text(cells.get("Variant SKU", "").lstrip("'"), 120)
    weight = cells.get("Variant Grams", "")
    return VariantDraft(
        row=row,
        sku=sku or f"{draft.handle}-{len(draft.variants) + 1}",
        options=options,
        price=fields.amount("Variant Price", cells.get("Variant Price", ""), shop.currency),
        compare_at=fields.optional_amount(
            "Variant Compare At Price", cells.get("Variant Compare At Price", ""), shop.currency
        ),
        stock=fields.count("Variant Inventory Qty", cells.get("Variant Inventory Qty", "")),
        image=image,
        barcode=fields.text(cells.get("Variant Barcode", "").lstrip("'"), 80),
        weight_g=fields.count("Variant Grams", weight.partition(".")[0]) if weight else None,
        shelf=fields.shelf_columns(cells, shop),
    )


def _options(names: list[str], variants: list[VariantDraft], language: str) -> list[dict[str, Any]]:
    options = []
    for at, name in enumerate(names):
        values = dict.fromkeys(variant.options[at] for variant in variants)
        options.append({"name": {language: name}, "values": [{language: value} for value in values]})
    return options

"""Products from WooCommerce's product export: simple and variable products, variations by their parent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dangol.catalog.imports import fields
from dangol.catalog.imports.fields import BadCell
from dangol.catalog.imports.pictures import Pictures
from dangol.catalog.model import ProductDraft, VariantDraft
from dangol.kernel.imports import Refusal, read_table
from dangol.kernel.shop import Shop

REQUIRED = {"Type", "SKU", "Name", "Regular price"}
OPTIONAL = (
    "ID", "Published", "Short description", "Description", "In stock?", "Stock", "Weight (g)", "Weight (kg)",
    "Sale price", "Categories", "Tags", "Images", "Parent", "Brands", "GTIN, UPC, EAN, or ISBN",
)  # fmt: skip
_ATTRIBUTE = re.compile(r"^Attribute (\d+) name$", re.IGNORECASE)

Cells = dict[str, str]
Variations = dict[str, list[tuple[int, Cells]]]


def read_products(path: Path, shop: Shop, pictures: Pictures) -> Iterator[ProductDraft | Refusal]:
    """The products of a WooCommerce CSV; variations may stand anywhere in it, so they are gathered first."""
    variations: Variations = defaultdict(list)
    for item in read_table(path, REQUIRED, OPTIONAL):
        if not isinstance(item, Refusal) and item[1]["Type"].lower().startswith("variation"):
            parent = item[1].get("Parent", "").removeprefix("id:").strip()
            variations[parent].append((item[0], {key: value for key, value in item[1].items() if value}))
    for item in read_table(path, REQUIRED, OPTIONAL):
        if isinstance(item, Refusal):
            yield item
        elif not item[1]["Type"].lower().startswith("variation"):
            own = [variations.pop(key, []) for key in (item[1]["SKU"], item[1].get("ID", "")) if key]
            yield from _product(*item, [row for rows in own for row in rows], shop, pictures)
    for parent, rows in variations.items():
        for row, _ in rows:
            yield Refusal(row=row, column="Parent", code="unknown_parent", value=parent)


def _product(
    row: int, cells: Cells, variations: list[tuple[int, Cells]], shop: Shop, pictures: Pictures
) -> Iterator[ProductDraft | Refusal]:
    refusals: list[Refusal] = []
    try:
        draft = _own_fields(row, cells, shop, pictures)
        names = _options(draft, cells, variations, shop.language)
        if "variable" not in cells["Type"].lower():
            draft.variants.append(_variant(draft, row, cells, cells, [], shop, pictures))
    except BadCell as bad:
        yield Refusal(row=row, column=bad.column, code=bad.code, value=bad.value)
        for other, _ in variations:
            yield Refusal(row=other, column="Parent", code="product_refused", value=cells["SKU"])
        return
    for other, own in variations:
        try:
            draft.variants.append(_variant(draft, other, own, cells, names, shop, pictures))
        except BadCell as bad:
            refusals.append(Refusal(row=other, column=bad.column, code=bad.code, value=bad.value))
    yield from refusals
    draft.partial = bool(refusals)
    if draft.variants:
        yield draft
    elif not refusals:
        yield Refusal(row=row, column="Type", code="no_variations", value=cells["SKU"])


def _own_fields(row: int, cells: Cells, shop: Shop, pictures: Pictures) -> ProductDraft:
    language = shop.language
    title = fields.text(cells["Name"])
    if not title:
        raise BadCell("Name", "missing_value")
    handle = fields.handle(cells["SKU"] or title)
    if not handle:
        raise BadCell("SKU", "missing_value")
    body = cells.get("Description", "") or cells.get("Short description", "")
    # a list of paths: the deepest first-named one is what the thing is
    paths = [part.strip() for part in re.split(r"(?<!\\),", cells.get("Categories", "")) if part.strip()]
    return ProductDraft(
        row=row,
        handle=handle,
        title={language: title},
        status="active" if cells.get("Published", "1") in ("1", "") else "draft",
        brand=fields.texts("Brands", cells.get("Brands", ""), language),
        category=fields.texts("Categories", max(paths, key=lambda p: p.count(">"), default=""), language),
        description=fields.texts("Description", body.replace("\\n", "\n"), language, markup=True),
        tags=[tag for part in cells.get("Tags", "").split(",") if (tag := fields.text(part, 80))],
        images=[
            pictures.take("Images", name)
            for part in cells.get("Images", "").split(",")
            if (name := part.strip())
        ],
    )


def _pairs(cells: Cells) -> Iterator[tuple[str, list[str]]]:
    for column, name in cells.items():
        found = _ATTRIBUTE.match(column)
        if found and name:
            written = cells.get(f"Attribute {found[1]} value(s)", "")
            yield (
                fields.text(name, 80),
                [value for part in written.split(",") if (value := fields.text(part, 120))],
            )


def _options(
    draft: ProductDraft, cells: Cells, variations: list[tuple[int, Cells]], language: str
) -> list[str]:
    """Attributes by which the variations differ are options; the others are stated of the product."""
    varying: dict[str, dict[str, None]] = {}
    for _, own in variations:
        for name, values in _pairs(own):
            varying.setdefault(name, {}).update(dict.fromkeys(values))
    for name, values in _pairs(cells):
        if name in varying:
            varying[name] = {**dict.fromkeys(values), **varying[name]}
        elif values:
            draft.attributes.append({"name": {language: name}, "value": {language: ", ".join(values)}})
    draft.options = [
        {"name": {language: name}, "values": [{language: value} for value in values]}
        for name, values in varying.items()
    ]
    return list(varying)


def _variant(
    draft: ProductDraft, row: int, own: Cells, parent: Cells, names: list[str], shop: Shop, pictures: Pictures
) -> VariantDraft:
    stated = {name: values[0] for name, values in _pairs(own) if values}
    options = [stated.get(name, "") for name in names]
    for name, value in zip(names, options, strict=True):
        if not value:
            raise BadCell("Attribute value(s)", "missing_value", name)
    regular = fields.amount("Regular price", own.get("Regular price", ""), shop.currency)
    sale = fields.optional_amount("Sale price", own.get("Sale price", ""), shop.currency)
    image = own.get("Images", "").split(",")[0] if own is not parent else ""
    return VariantDraft(
        row=row,
        sku=fields.text(own.get("SKU", ""), 120) or f"{draft.handle}-{len(draft.variants) + 1}",
        options=options,
        price=regular if sale is None else sale,
        compare_at=None if sale is None else regular,
        stock=_stock(own),
        image=pictures.take("Images", image),
        barcode=fields.text(own.get("GTIN, UPC, EAN, or ISBN", ""), 80),
        weight_g=_weight(own),
        tracked=bool(own.get("Stock")),
        shelf=fields.shelf_columns(own, shop),
    )


def _stock(cells: Cells) -> int:
    # a shop that keeps no count says only whether there is any
    if not cells.get("Stock"):
        return fields.uncounted(fields.yes(cells.get("In stock?", "")))
    return fields.count("Stock", cells["Stock"])


def _weight(cells: Cells) -> int | None:
    for column, grams in (("Weight (g)", 1), ("Weight (kg)", 1000)):
        if written := cells.get(column):
            try:
                return round(float(written) * grams)
            except ValueError as no:
                raise BadCell(column, "not_a_number", written) from no
    return None

"""Products from the project's own JSON format, in every language the shop speaks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from dangol.catalog.imports import fields
from dangol.catalog.imports.fields import BadCell
from dangol.catalog.imports.pictures import Pictures
from dangol.catalog.model import ProductDraft, Texts, VariantDraft
from dangol.kernel.errors import Refused
from dangol.kernel.imports import Refusal
from dangol.kernel.shop import Shop

_CHUNK = 1 << 20
_LONGEST = 64 << 20  # characters of one product; a product with 10,000 variants stays far below
_STATUSES = {"active", "draft", "archived"}
_START = re.compile(
    r'\s*(?:\{\s*(?:"(?!products")[^"]*"\s*:\s*(?:"[^"]*"|[\d.]+|true|false|null)\s*,\s*)*"products"\s*:\s*)?\['
)


class NotAProductFile(Refused):
    """The file is no JSON list of products."""

    code = "not_a_product_file"
    status = 422


def read_products(path: Path, shop: Shop, pictures: Pictures) -> Iterator[ProductDraft | Refusal]:
    """The products of a JSON file one by one; `row` counts products from 1. Raises NotAProductFile."""
    seen: set[str] = set()
    for row, item in enumerate(_items(path), 1):
        if isinstance(item, str):
            yield Refusal(row=row, column="", code="broken_json", value=item)
            return
        refusals: list[Refusal] = []
        try:
            draft = _Reader(row, shop, pictures, refusals).product(item)
            if draft.handle in seen:
                raise BadCell("handle", "duplicate", draft.handle)
        except BadCell as bad:
            yield from refusals
            yield Refusal(row=row, column=bad.column, code=bad.code, value=bad.value)
            continue
        yield from refusals
        if draft.variants:
            seen.add(draft.handle)
            yield draft


def _items(path: Path) -> Iterator[Any]:
    """The elements of the list as they are read; a str where the JSON breaks off."""
    try:
        with path.open("rb") as raw:
            start = raw.read(4)
        encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        with path.open(encoding=encoding) as file:
            yield from _elements(file, path.name)
    except (OSError, UnicodeError) as no:
        raise NotAProductFile(file=path.name) from no


def _elements(file: TextIO, name: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(parse_constant=lambda word: word)
    buffer = file.read(_CHUNK)
    opened = _START.match(buffer)
    if not opened:
        raise NotAProductFile(file=name)
    at = opened.end()
    while True:
        at = _skip(buffer, at, " \t\r\n,")
        more = file.read(_CHUNK) if len(buffer) - at < _CHUNK // 2 else ""
        if more:
            buffer, at = buffer[at:] + more, 0
            continue
        if buffer[at : at + 1] == "]":
            return
        try:
            item, end = decoder.raw_decode(buffer, at)
        except (ValueError, RecursionError):
            more = file.read(_CHUNK)
            if more and len(buffer) - at < _LONGEST:
                buffer, at = buffer[at:] + more, 0
                continue
            yield buffer[at : at + 60]
            return
        yield item
        at = end


def _skip(buffer: str, at: int, what: str) -> int:
    while at < len(buffer) and buffer[at] in what:
        at += 1
    return at


class _Reader:
    """Reads one product; what is wrong with a variant is noted and the others stand."""

    def __init__(self, row: int, shop: Shop, pictures: Pictures, refusals: list[Refusal]) -> None:
        self._row = row
        self._shop = shop
        self._pictures = pictures
        self._refusals = refusals

    def product(self, item: Any) -> ProductDraft:
        if not isinstance(item, dict):
            raise BadCell("", "not_an_object", item)
        title = self._texts(item, "title")
        handle = fields.handle(str(item.get("handle") or ""))
        for column, value in (("handle", handle), ("title", title)):
            if not value:
                raise BadCell(column, "missing_value", item.get(column) or "")
        status = item.get("status", "active")
        if not isinstance(status, str) or status not in _STATUSES:
            raise BadCell("status", "unknown", status)
        draft = ProductDraft(
            row=self._row,
            handle=handle,
            title=title,
            status=status,
            brand=self._texts(item, "brand"),
            category=self._texts(item, "category"),
            description=self._texts(item, "description", markup=True),
            tags=[tag for entry in self._list(item, "tags") if (tag := fields.text(entry, 80))],
            attributes=[self._attribute(entry) for entry in self._list(item, "attributes")],
            options=[self._option(entry) for entry in self._list(item, "options")],
            size_chart=self._size_chart(item.get("size_chart")),
            fit_note=self._texts(item, "fit_note"),
            images=[self._pictures.take("images", str(entry)) for entry in self._list(item, "images")],
        )
        self._variants(draft, self._list(item, "variants"))
        return draft

    def _texts(self, item: dict[str, Any], key: str, *, markup: bool = False) -> Texts:
        return fields.texts(key, item.get(key), self._shop.language, markup=markup)

    def _list(self, item: dict[str, Any], key: str) -> list[Any]:
        value = item.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadCell(key, "not_a_list", value)
        return value

    def _attribute(self, entry: Any) -> dict[str, Texts]:
        if not isinstance(entry, dict):
            raise BadCell("attributes", "not_an_object", entry)
        return {"name": self._texts(entry, "name"), "value": self._texts(entry, "value")}

    def _option(self, entry: Any) -> dict[str, Any]:
        if not isinstance(entry, dict) or not entry.get("name"):
            raise BadCell("options", "not_an_object", entry)
        values = [
            fields.texts("options", value, self._shop.language) for value in self._list(entry, "values")
        ]
        return {"name": self._texts(entry, "name"), "values": values}

    def _size_chart(self, chart: Any) -> dict[str, Any] | None:
        if chart is None:
            return None
        rows = chart.get("rows") if isinstance(chart, dict) else None
        if not isinstance(rows, list):
            raise BadCell("size_chart", "not_a_list", chart)
        kept = []
        for row in rows:
            if not isinstance(row, dict) or "size" not in row:
                raise BadCell("size_chart", "missing_value", row)
            measures = {fields.text(k, 60): v for k, v in row.items() if k != "size"}
            for name, value in measures.items():
                if isinstance(value, bool) or not isinstance(value, (int, float)):
                    raise BadCell(f"size_chart.{name}", "not_a_number", value)
            kept.append({"size": fields.text(row["size"], 40), **measures})
        return {"unit": fields.text(chart.get("unit", ""), 20), "rows": kept}

    def _variants(self, draft: ProductDraft, entries: list[Any]) -> None:
        if not entries:
            raise BadCell("variants", "missing_value", draft.handle)
        for at, entry in enumerate(entries, 1):
            try:
                variant = self._variant(draft, at, entry)
            except BadCell as bad:
                draft.partial = True
                refusal = Refusal(
                    row=self._row, column=f"variants[{at}].{bad.column}", code=bad.code, value=bad.value
                )
                self._refusals.append(refusal)
                continue
            draft.variants.append(variant)

    def _variant(self, draft: ProductDraft, at: int, entry: Any) -> VariantDraft:
        if not isinstance(entry, dict):
            raise BadCell("", "not_an_object", entry)
        options = [fields.text(value, 120) for value in self._list(entry, "options")]
        if len(options) != len(draft.options):
            raise BadCell("options", "options_do_not_fit", ", ".join(options))
        weight, available = entry.get("weight_g"), entry.get("available")
        if available is not None and not isinstance(available, bool):
            raise BadCell("available", "not_yes_or_no", available)
        counted = available is None or entry.get("stock") is not None
        return VariantDraft(
            row=self._row,
            sku=fields.text(entry.get("sku") or f"{draft.handle}-{at}", 120),
            options=options,
            price=fields.amount("price", entry.get("price"), self._shop.currency),
            compare_at=fields.optional_amount("compare_at", entry.get("compare_at"), self._shop.currency),
            stock=fields.count("stock", entry.get("stock")) if counted else fields.uncounted(bool(available)),
            image=self._pictures.take("image", str(entry.get("image") or "")),
            barcode=fields.text(entry.get("barcode") or "", 80),
            weight_g=fields.count("weight_g", weight) if weight is not None else None,
            tracked=counted,
            shelf=self._shelf(entry.get("shelf") or {}),
        )

    def _shelf(self, shelf: Any) -> dict[str, tuple[int, str]]:
        if not isinstance(shelf, dict):
            raise BadCell("shelf", "not_an_object", shelf)
        known = {branch.code for branch in self._shop.branches}
        out = {}
        for code, stands in shelf.items():
            if code not in known:
                raise BadCell("shelf", "unknown_branch", code)
            stands = stands if isinstance(stands, dict) else {"quantity": stands}
            quantity = fields.count(f"shelf.{code}", stands.get("quantity"))
            out[code] = (quantity, fields.text(stands.get("place") or "", 80))
        return out

"""Size charts: what a shopper holds a tape measure against."""

import random
from functools import cache
from typing import Any

from dangol.server.demo_shop.words import read_data

_ALPHA = {"XS": -2, "S": -1, "M": 0, "L": 1, "XL": 2, "XXL": 3, "3XL": 4, "FREE": 0}
_WIDTH_BY_FACT = {"매우": 9, "넓음": 5, "조금": 3, "앞볼": 3, "앞코": 4, "넉넉": 4, "좁": -3}


@cache
def _charts() -> dict[str, dict[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = read_data("size_charts.yaml")
    return found


def size_chart(
    handle: str, picture: str, sizes: list[str], *, tags: list[str], width: str
) -> dict[str, Any] | None:
    """Measure a product's sizes: shoes in mm (foot length and width), clothes in cm; None where no chart helps."""
    if sizes and all(size.isdigit() and int(size) % 5 == 0 and 105 < int(size) < 300 for size in sizes):
        if picture in _charts():
            return _children(sizes)
        return _shoes(sizes, width)
    if "kids" in tags or "baby" in tags:
        return _children(sizes) if picture in _charts() or picture == "babysuit" else None
    if picture not in _charts():
        return None
    return _clothes(handle, picture, sizes, tags)


def _shoes(sizes: list[str], width: str) -> dict[str, Any]:
    extra = next((mm for start, mm in _WIDTH_BY_FACT.items() if width.startswith(start)), 0)
    rows = [
        {"size": size, "foot_length": int(size), "foot_width": round(int(size) * 0.325 + 12.5) + extra}
        for size in sizes
    ]
    return {"unit": "mm", "rows": rows}


def _children(sizes: list[str]) -> dict[str, Any] | None:
    rows = [
        {
            "size": size,
            "height": int(size),
            "chest": round(int(size) * 0.38 + 26),
            "length": round(int(size) * 0.34 + 6),
        }
        for size in sizes
        if size.isdigit()
    ]
    return {"unit": "cm", "rows": rows} if rows else None


def _clothes(handle: str, picture: str, sizes: list[str], tags: list[str]) -> dict[str, Any] | None:
    steps = {size: _step(size, picture) for size in sizes}
    if any(step is None for step in steps.values()):
        return None
    ease = random.Random(f"ease {handle}").choice((-2, -1, 0, 0, 1, 2))
    slimmer = -8 if "women" in tags and picture not in ("dress", "skirt", "longskirt", "widetrousers") else 0
    rows = []
    for size, step in steps.items():
        row: dict[str, Any] = {"size": size}
        for column, (middle, grade) in _charts()[picture].items():
            around = ease + slimmer if column in ("chest", "waist", "hip") else ease / 2 + slimmer / 4
            row[column] = round((middle + grade * (step or 0) + around) * 2) / 2
        if size.isdigit() and int(size) < 45:
            row["waist"] = round(int(size) * 2.54 * 2) / 2
        rows.append(row)
    return {"unit": "cm", "rows": rows}


def _step(size: str, picture: str) -> float | None:
    if size in _ALPHA:
        return _ALPHA[size]
    if not size.isdigit():
        return None
    number = int(size)
    if number < 45:
        return (number - (28 if picture == "widetrousers" else 31)) / 2
    return (number - 100) / 5

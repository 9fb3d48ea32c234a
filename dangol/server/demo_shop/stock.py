"""The numbers of the stock room: SKU, barcode, what ships, what lies on which shelf. Always alike for a SKU."""

import random
import re
import zlib
from typing import Any

BRANCHES = ("gangnam", "hongdae", "seomyeon")
_SHORT = {
    "black": "BLK",
    "white": "WHT",
    "grey": "GRY",
    "green": "GRN",
    "navy": "NVY",
    "silver": "SLV",
    "lightblue": "LTB",
}
_FLOORS = {
    "clothing": ("2층", "A"),
    "shoes": ("2층", "S"),
    "accessories": ("1층", "C"),
    "beauty": ("1층", "B"),
    "kitchen_home": ("3층", "K"),
    "pets": ("지하 1층", "P"),
    "electronics": ("1층", "E"),
}
_WEIGHT = re.compile(r"^([\d.]+) ?(kg|g)\b")


def make_sku(handle: str, chosen: list[tuple[str, str]]) -> str:
    """Make a SKU such as SANHALMID-BRO-270 from the handle and the chosen values (English word, slug)."""
    parts = handle.upper().split("-")
    stem = "".join(part if part.isdigit() else part[:3] for part in parts[:4])
    values = [
        _SHORT.get(slug, slug[:3].upper()) if slug.isalpha() and slug.islower() else _letters(words)
        for words, slug in chosen
    ]
    return "-".join([stem, *values])


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())[:10]


def make_barcode(sku: str) -> str:
    """Give an EAN-13 of the range 20 to 29, which GS1 leaves to a shop's own use."""
    body = f"20{zlib.crc32(sku.encode()) % 10**10:010d}"
    odd = sum(int(digit) for digit in body[::2])
    even = sum(int(digit) for digit in body[1::2])
    return f"{body}{-(odd + 3 * even) % 10}"


def count_stock(sku: str) -> int:
    """How many pieces may be shipped: a twentieth sold out, a tenth nearly so, the rest 3 to 60."""
    dice = random.Random(f"stock {sku}")
    luck = dice.random()
    if luck < 0.05:
        return 0
    if luck < 0.15:
        return dice.randint(1, 2)
    return dice.randint(3, 24) if luck < 0.75 else dice.randint(25, 60)


def fill_shelves(handle: str, department: str, sku: str) -> dict[str, dict[str, Any]]:
    """What stands in each branch, with its place; about two products in three are shown in a branch."""
    floor, row = _FLOORS[department]
    shelf: dict[str, dict[str, Any]] = {}
    for branch in BRANCHES:
        dice = random.Random(f"shelf {handle} {branch}")
        if dice.random() < (0.7 if branch == "gangnam" else 0.5):
            place = f"{floor} {row}-{dice.randint(1, 12)}"
            quantity = random.Random(f"shelf {sku} {branch}").choice((0, 0, 1, 1, 2, 2, 3, 4))
            shelf[branch] = {"quantity": quantity, "place": place}
    return shelf


def read_weight(text: str) -> int | None:
    """Read grams from a stated weight such as "248 g (260 기준)" or "1.35 kg"; None when none is stated."""
    found = _WEIGHT.match(text)
    if not found:
        return None
    return round(float(found[1]) * (1000 if found[2] == "kg" else 1))

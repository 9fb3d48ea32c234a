"""English that fits the number."""

from __future__ import annotations


def counted(value: int, forms: str) -> str:
    """A number with its noun: `counted(1, "item|items")` → "1 item"."""
    one, many = forms.split("|", 1)
    return f"{value:,} {one if value == 1 else many}"

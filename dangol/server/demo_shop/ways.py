"""Ways of paying on file of the demo shop's customers: test cards of the sample gateway, and gift cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from dangol.server.demo_shop.words import read_data


@dataclass(frozen=True)
class DemoWay:
    """A way on file: a test card by its token, or a gift card with its balance in won."""

    email: str
    kind: Literal["credit_card", "gift_card"]
    brand: str
    last_four: str
    token: str | None
    balance: int | None


def ways() -> list[DemoWay]:
    """All ways on file of the demo shop, in a fixed order."""
    found = []
    for line in read_data("ways.yaml"):
        mail, kind, brand, figures, last = (cell.strip() for cell in line.split("|"))
        card = kind == "credit_card"
        found.append(
            DemoWay(
                email=f"{mail}@example.com",
                kind=cast(Literal["credit_card", "gift_card"], kind),
                brand=brand,
                last_four=figures,
                token=f"test_{last}" if card else None,
                balance=None if card else int(last),
            )
        )
    return found

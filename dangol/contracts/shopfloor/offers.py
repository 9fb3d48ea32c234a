"""What is offered with an order: one thing that goes with it, and what became of the offer."""

from __future__ import annotations

from typing import Literal

from dangol.contracts.shopfloor.products import ProductCard
from dangol.kernel.model import Value
from dangol.kernel.money import Money


class OfferWithOrder(Value):
    """Look for one thing that goes with an order; it is offered once an order, and not to who wants no offers."""

    order: str


class OrderOffer(Value):
    """The offer: `card` is None where there is none to make. `bought` is what it goes with, `price` of this moment."""

    id: str = ""
    bought: str = ""
    card: ProductCard | None = None
    sku: str = ""
    options: dict[str, str] = {}
    price: Money | None = None
    orders: int = 0  # orders with both; 0: it goes with it by what it is


class AnswerOffer(Value):
    """What became of an offer: taken, or refused, after which none is made for a while."""

    offer: str
    answer: Literal["taken", "refused"]


class OfferAnswered(Value):
    """The variant that was offered, to be put in the cart."""

    sku: str

"""Baskets: the cart, its price, coupons, points, delivery quotes, offers."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import model_validator

from dangol.kernel.model import Value
from dangol.kernel.money import Money


class AddToCart(Value):
    """Put a variant in the cart."""

    sku: str
    quantity: int = 1


class ChangeCart(Value):
    """Set the quantity of a line (0 takes it out), or swap it for another variant of the same product."""

    sku: str
    quantity: int | None = None
    swap_for: str | None = None


class ApplyCoupon(Value):
    """Use a coupon code on the cart."""

    code: str


class UsePoints(Value):
    """Use points on the cart: how many, or all that can be used; 0 stops using them."""

    points: int | None = None


class CartLine(Value):
    """One line of the cart. `problem` says what stands in its way now."""

    sku: str
    product: str
    title: str
    options: dict[str, str]
    quantity: int
    unit_price: Money
    total: Money
    compare_at: Money | None = None
    image: str = ""
    stock: int
    problem: Literal["sold_out", "too_few", "price_changed", "gone"] | None = None
    was: Money | None = None  # the price when it was put in, when it has changed since


class Discount(Value):
    """A discount: a bundle, a coupon or points; what it is taken off, and off which products (none named: all)."""

    kind: Literal["bundle", "coupon", "points"]
    label: str
    code: str | None = None
    amount: Money
    off: Literal["goods", "delivery"] = "goods"
    products: tuple[str, ...] = ()


class CouponTrouble(Value):
    """Why a coupon on the cart does not count (any more)."""

    code: str
    reason: Literal[
        "unknown", "expired", "not_yet", "min_subtotal", "first_order_only", "not_combinable", "used_up", "no_effect",
    ]  # fmt: skip
    needed: Money | None = None
    when: date | None = None


class DeliveryQuote(Value):
    """What delivery costs and when it comes; `sure` is False while the address is not known yet."""

    zone: str
    fee: Money
    surcharge: Money
    surcharge_name: str = ""
    whole: Money  # fee and surcharge together
    free_from: Money | None = None
    earliest: date
    latest: date
    method: str | None = None
    sure: bool = True

    @model_validator(mode="before")
    @classmethod
    def _adds_up(cls, data: Any) -> Any:
        if isinstance(data, dict) and "whole" not in data and isinstance(data.get("fee"), Money):
            return {**data, "whole": data["fee"] + data["surcharge"]}
        return data


class CartView(Value):
    """The cart with its whole price. `total` includes delivery (`quote`) as soon as anything is in it."""

    lines: tuple[CartLine, ...]
    subtotal: Money
    discounts: tuple[Discount, ...] = ()
    quote: DeliveryQuote | None = None
    total: Money
    troubles: tuple[CouponTrouble, ...] = ()
    earns: int = 0  # points this purchase would bring


class BundleInReach(Value):
    """A bundle that lacks one product of what lies in the cart, with its price and what it saves against its parts."""

    title: str
    product: str
    product_title: str
    price: Money
    saves: Money


class CartChanged(Value):
    """The cart after a change, and what was changed; `bundle` is one that what was put in would nearly make."""

    cart: CartView
    sku: str
    title: str
    options: dict[str, str] = {}
    quantity: int  # of the line now; 0 when it was taken out
    asked: int  # what was asked for
    limited: bool = False  # fewer than asked are in stock
    bundle: BundleInReach | None = None


class QuoteDelivery(Value):
    """What delivery would cost, to a place said in free text ("제주도", "90210", an address), for this cart or alone."""

    place: str = ""
    product: str | None = None


class DeliveryOptions(Value):
    """Quotes for a place, standard first. `understood` is how the place was read; `served` False: not delivered there.

    `total` is the goods with the first quote, where the goods are known.
    """

    understood: str
    served: bool = True
    known_place: bool = True
    quotes: tuple[DeliveryQuote, ...]
    total: Money | None = None


class Offer(Value):
    """Something on offer now: a public coupon, a bundle, a marked-down product."""

    kind: Literal["coupon", "bundle", "markdown"]
    title: str
    code: str | None = None
    percent: int | None = None
    amount: Money | None = None
    price: Money | None = None
    instead_of: Money | None = None
    min_subtotal: Money | None = None
    ends: date | None = None
    first_order_only: bool = False
    products: tuple[str, ...] = ()
    left: int | None = None


class Offers(Value):
    """What is on offer now."""

    items: tuple[Offer, ...]

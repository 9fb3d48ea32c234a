"""What a basket costs, to the unit: lines, then bundles, coupons, points, and delivery last. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from dangol.carts.bundles import BundleOffer, BundleUse, best_bundles, bundles_on
from dangol.carts.delivery.quotes import without_fee
from dangol.carts.model import ALL_POINTS, Basket, Buyer, Priced
from dangol.contracts.shopfloor.baskets import CouponTrouble, DeliveryQuote, Discount
from dangol.customers.api import points_earned, points_within, worth
from dangol.kernel.money import share
from dangol.kernel.shop import Coupon, Shop

MOST_COUPONS = 5
_POINTS = {"ko": "적립금", "en": "Points"}
_ORDER = {"percent": 0, "amount": 1, "free_shipping": 2}


def price(shop: Shop, basket: Basket, delivery: DeliveryQuote | None, today: date, language: str) -> Priced:
    """The whole price of a basket on this day; nothing in it may be below zero and the total is the exact sum.

    Order: lines at the price of now; the best combination of bundles; coupons on what is left (percent of it with
    half a unit rounded up and a cap, then amounts, never below zero); points, never above the rest; delivery.
    Delivery is free from `free_from` on of the goods after bundles and coupons, before points: points are money the
    shopper pays with, not a discount. A free-shipping coupon takes off the fee of standard delivery, never a
    surcharge. Where coupons cannot be used together, or one would cost the shopper more than it brings (it would
    bring the goods below the free-delivery limit), the choice with the lowest total counts and the others are
    named in `troubles`; so one more coupon never raises the total.
    `delivery` is the quote at its full fee; None where nothing is known of delivery.
    """
    subtotal = sum(line.unit_price * line.quantity for line in basket.lines)
    if not basket.lines:
        troubles, _ = _judged(shop, basket, 0, today)
        return Priced(subtotal=0, discounts=(), quote=None, total=0, troubles=tuple(troubles))
    bundles = _bundles(shop, basket, today)
    goods = subtotal - sum(use.saving for use in bundles)
    troubles, valid = _judged(shop, basket, goods, today)
    outcomes = [_outcome(shop, basket, goods, chosen, delivery) for chosen in _choices(valid)]
    best = min(
        outcomes, key=lambda one: (one.total, one.points, len(one.coupons), [c.code for c in one.coupons])
    )
    troubles += _left_aside(valid, best.coupons)
    places = {code.casefold(): place for place, code in enumerate(basket.codes)}
    return Priced(
        subtotal=subtotal,
        discounts=tuple(_discounts(shop, bundles, best, language)),
        quote=best.quote,
        total=best.total,
        troubles=tuple(sorted(troubles, key=lambda trouble: places.get(trouble.code.casefold(), 0))),
        points=best.points,
        earns=points_earned(shop, basket.buyer.spent, best.rest),
        coupons=tuple(coupon.code for coupon in best.coupons),
        bundles=tuple((use.code, use.times) for use in bundles),
    )


@dataclass(frozen=True)
class _Outcome:
    coupons: tuple[Coupon, ...]
    cuts: tuple[int, ...]  # by coupon, minor units
    points: int
    rest: int  # what is paid for the goods
    quote: DeliveryQuote | None
    total: int


def coupon_named(shop: Shop, code: str, own: Sequence[Coupon] = ()) -> Coupon | None:
    """The coupon of this code, the shop's or one's own, without regard to case and surrounding space."""
    wanted = code.strip().casefold()
    return next((coupon for coupon in (*shop.coupons, *own) if coupon.code.casefold() == wanted), None)


def coupon_trouble(
    shop: Shop, code: str, buyer: Buyer, goods: int | None, today: date
) -> CouponTrouble | None:
    """Why a coupon cannot count at all, by itself; `goods` (minor units) None leaves the minimum unasked."""
    coupon = coupon_named(shop, code, buyer.own)
    if coupon is None:
        return CouponTrouble(code=code, reason="used_up" if code in buyer.used else "unknown")
    if coupon.ends and coupon.ends < today:
        return CouponTrouble(code=coupon.code, reason="expired", when=coupon.ends)
    if coupon.starts and coupon.starts > today:
        return CouponTrouble(code=coupon.code, reason="not_yet", when=coupon.starts)
    if coupon.first_order_only and not buyer.first_order:
        return CouponTrouble(code=coupon.code, reason="first_order_only")
    if coupon.min_subtotal is not None and goods is not None:
        least = shop.money(coupon.min_subtotal)
        if goods < least.amount:
            return CouponTrouble(code=coupon.code, reason="min_subtotal", needed=least - shop.minor(goods))
    return None


def usable_points(shop: Shop, wanted: int, balance: int, rest: int) -> int:
    """How many points can pay towards `rest` (minor units): whole units, at least the least use, never above."""
    if not shop.points or wanted == 0:
        return 0
    most = min(balance, points_within(shop, rest))
    points = most if wanted == ALL_POINTS else min(wanted, most)
    points -= points % shop.points.unit
    return points if points >= max(shop.points.min_use, 1) else 0


def _bundles(shop: Shop, basket: Basket, today: date) -> list[BundleUse]:
    left = dict(basket.left)
    offers = [
        BundleOffer(
            code=bundle.code,
            products=bundle.products,
            price=shop.money(bundle.price).amount,
            left=left.get(bundle.code, bundle.limit),
        )
        for bundle in bundles_on(shop, today, left)
    ]
    return best_bundles(offers, basket.lines)


def _judged(shop: Shop, basket: Basket, goods: int, today: date) -> tuple[list[CouponTrouble], list[Coupon]]:
    troubles: list[CouponTrouble] = []
    valid: dict[str, Coupon] = {}
    for code in basket.codes[:MOST_COUPONS]:
        trouble = coupon_trouble(shop, code, basket.buyer, goods if basket.lines else None, today)
        coupon = coupon_named(shop, code, basket.buyer.own)
        if trouble or coupon is None:
            troubles.append(
                (trouble or CouponTrouble(code=code, reason="unknown")).model_copy(update={"code": code})
            )
        else:
            valid[coupon.code] = coupon
    return troubles, list(valid.values())


def _choices(valid: Sequence[Coupon]) -> Iterator[tuple[Coupon, ...]]:
    """Every set of coupons that may be used together: one that combines with none, or any of those that combine."""
    yield from ((coupon,) for coupon in valid if not coupon.combinable)
    together = [coupon for coupon in valid if coupon.combinable]
    for size in range(len(together) + 1):
        yield from combinations(together, size)


def _outcome(
    shop: Shop, basket: Basket, goods: int, chosen: Sequence[Coupon], delivery: DeliveryQuote | None
) -> _Outcome:
    coupons = tuple(sorted(chosen, key=lambda coupon: (_ORDER[coupon.type], coupon.code)))
    rest = goods
    cuts: list[int] = []
    for coupon in coupons:
        cut = min(_cut(shop, coupon, goods), rest)
        cuts.append(cut)
        rest -= cut
    quote = _charged(delivery, rest)
    fee = quote.fee.amount if quote else 0
    for place, coupon in enumerate(coupons):
        if coupon.type == "free_shipping" and quote and quote.method is None:
            cuts[place], fee = fee, 0
    points = usable_points(shop, basket.points_wanted, basket.buyer.points, rest)
    rest -= worth(shop, points).amount
    surcharge = quote.surcharge.amount if quote else 0
    return _Outcome(
        coupons=coupons, cuts=tuple(cuts), points=points, rest=rest, quote=quote, total=rest + fee + surcharge
    )


def _cut(shop: Shop, coupon: Coupon, goods: int) -> int:
    if coupon.type == "percent":
        cut = share(goods, coupon.value)
        return cut if coupon.max is None else min(cut, shop.money(coupon.max).amount)
    return shop.money(coupon.value).amount if coupon.type == "amount" else 0


def _charged(delivery: DeliveryQuote | None, goods: int) -> DeliveryQuote | None:
    """The quote as these goods pay it."""
    if delivery and delivery.free_from and delivery.free_from.amount <= goods:
        return without_fee(delivery)
    return delivery


def _left_aside(valid: Sequence[Coupon], used: Sequence[Coupon]) -> list[CouponTrouble]:
    alone = any(not coupon.combinable for coupon in used)
    return [
        CouponTrouble(
            code=coupon.code,
            reason="not_combinable" if used and (alone or not coupon.combinable) else "no_effect",
        )
        for coupon in valid
        if coupon not in used
    ]


def _discounts(shop: Shop, bundles: Sequence[BundleUse], best: _Outcome, language: str) -> Iterator[Discount]:
    offered = {bundle.code: bundle for bundle in shop.bundles}
    for use in bundles:
        label, products = shop.say(offered[use.code].title, language), tuple(offered[use.code].products)
        saving = shop.minor(use.saving)
        yield Discount(kind="bundle", label=label, code=use.code, amount=saving, products=products)
    for coupon, cut in zip(best.coupons, best.cuts, strict=True):
        label = shop.say(coupon.title, language) or coupon.code
        off: Literal["goods", "delivery"] = "delivery" if coupon.type == "free_shipping" else "goods"
        yield Discount(kind="coupon", label=label, code=coupon.code, amount=shop.minor(cut), off=off)
    if best.points:
        label = _POINTS.get(language[:2], _POINTS["en"])
        yield Discount(kind="points", label=label, amount=worth(shop, best.points))

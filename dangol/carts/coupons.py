"""Coupons and points on a cart: used when they count, else refused with the reason."""

from __future__ import annotations

from datetime import datetime

from dangol.carts import giving, reckoning, records, service
from dangol.carts.model import ALL_POINTS, CouponRefused, PointsRefused, Priced, StoredCart
from dangol.carts.pricing import MOST_COUPONS, coupon_named
from dangol.carts.records import Connection
from dangol.contracts.shopfloor.baskets import CartView, CouponTrouble
from dangol.customers import api as customers
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper


async def apply(
    conn: Connection, shop: Shop, shopper: Shopper, code: str, language: str, now: datetime
) -> CartView:
    """Put a coupon on the cart and show what it brings.

    Raises CouponRefused with `code`, `reason` and, where it helps, `needed` (money) and `when`; for one that does not
    combine `instead` (the codes on the cart) and `better` (alone it would save more). The cart is then as it was.
    Codes are read without regard to case. One already on the cart changes nothing.
    """
    coupon = coupon_named(shop, code) or await giving.own_named(conn, shop, shopper.key, code)
    async with conn.transaction():
        number, before = await service.locked(conn, shopper)
        if coupon.code in before.codes:
            shown, _ = await _priced(conn, shop, shopper, before, language, now)
            return shown
        if len(before.codes) >= MOST_COUPONS:
            raise CouponRefused(
                code=coupon.code, reason="not_combinable", instead=list(before.codes), better=False
            )
        await records.put_code(conn, number, coupon.code, now)
        after = await records.cart(conn, shopper.key)
        shown, outcome = await _priced(conn, shop, shopper, after, language, now)
        trouble = _new_trouble(coupon.code, shown, outcome)
        if trouble:
            better = outcome.coupons == (coupon.code,)
            raise _refusal(trouble, coupon.code, before, better)
    return shown


async def remove(
    conn: Connection, shop: Shop, shopper: Shopper, code: str, language: str, now: datetime
) -> CartView:
    """Take a coupon off the cart; nothing happens when it is not on it."""
    async with conn.transaction():
        number, _ = await service.locked(conn, shopper)
        await records.drop_code(conn, number, code.strip(), now)
    return await reckoning.view(conn, shop, shopper, language, now)


async def use_points(
    conn: Connection, shop: Shop, shopper: Shopper, points: int | None, language: str, now: datetime
) -> CartView:
    """Pay with points: so many (rounded down to the shop's unit), or all that can be used; 0 stops it.

    Raises NotIdentified, NoPointsHere, or PointsRefused with `reason` below_minimum, not_enough or nothing_to_pay
    and the figures `balance`, `min_use`; the cart is then as it was.
    """
    if not shop.points:
        raise customers.NoPointsHere()
    if shopper.proved_customer is None:
        raise customers.NotIdentified(what="points")
    wanted = ALL_POINTS if points is None else points
    balance = await customers.points_balance(conn, shopper.proved_customer, now)
    least = max(shop.points.min_use, shop.points.unit)
    figures = {"balance": balance, "min_use": shop.points.min_use, "unit": shop.points.unit}
    if (points is not None and points < 0) or 0 < wanted < least:
        raise PointsRefused(reason="below_minimum", **figures)
    if wanted > balance or (wanted == ALL_POINTS and balance < least):
        raise PointsRefused(reason="not_enough", **figures)
    async with conn.transaction():
        number, stored = await service.locked(conn, shopper)
        await records.set_points(conn, number, wanted, now)
        after = await records.cart(conn, shopper.key)
        shown, outcome = await _priced(conn, shop, shopper, after, language, now)
        if wanted and stored.lines and not outcome.points:
            raise PointsRefused(reason="nothing_to_pay", **figures)
    return shown


async def _priced(
    conn: Connection, shop: Shop, shopper: Shopper, stored: StoredCart, language: str, now: datetime
) -> tuple[CartView, Priced]:
    return await reckoning.priced(conn, shop, shopper.key, stored, language, now)


def _new_trouble(code: str, shown: CartView, outcome: Priced) -> CouponTrouble | None:
    """Why the new coupon does not count; when it only counts by pushing another out, the two do not combine."""
    for trouble in shown.troubles:
        if trouble.code == code:
            return trouble
    pushed = any(trouble.reason == "not_combinable" for trouble in shown.troubles)
    alone = len(outcome.coupons) == 1 and pushed
    return CouponTrouble(code=code, reason="not_combinable") if alone else None


def _refusal(trouble: CouponTrouble, code: str, before: StoredCart, better: bool) -> CouponRefused:
    details: dict[str, object] = {"code": code, "reason": trouble.reason}
    if trouble.needed:
        details["needed"] = trouble.needed.model_dump()
    if trouble.when:
        details["when"] = trouble.when.isoformat()
    if trouble.reason == "not_combinable":
        details |= {"instead": list(before.codes), "better": better}
    return CouponRefused(**details)

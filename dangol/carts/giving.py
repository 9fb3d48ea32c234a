"""Coupons for one person: given by staff, used by that person alone, once, until a day."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from dangol.carts import personal_records
from dangol.carts.model import CouponRefused, PersonalCoupon
from dangol.carts.personal_records import Connection
from dangol.carts.pricing import coupon_named
from dangol.kernel.money import Money, exponent
from dangol.kernel.shop import Coupon, Shop

_TITLE = {"ko": "고객님께 드린 쿠폰", "en": "Coupon given to you"}
# no sign that is taken for another; figures and letters in turn, so that no part of a code reads as one of its own
_FIGURES, _LETTERS = "23456789", "ABCDEFGHJKMNPQRTUVWXYZ"


async def give(
    conn: Connection, shopper: str, amount: Money, ends: date, cause: str, now: datetime
) -> PersonalCoupon:
    """Give a shopper (by key) so much off one purchase, until this day and with it; once per cause."""
    return await personal_records.insert(
        conn, _code(cause), shopper, amount.amount, amount.currency, ends, cause, now
    )


async def withdraw(conn: Connection, shopper: str, code: str, now: datetime) -> PersonalCoupon:
    """Take a coupon back that was not used yet. Raises CouponRefused (`unknown`, `used_up`)."""
    own = await personal_records.of_shopper(conn, shopper)
    meant = next((each for each in own if each.code.casefold() == code.strip().casefold()), None)
    if meant is None:
        raise CouponRefused(code=code.strip(), reason="unknown")
    if not await personal_records.withdraw(conn, shopper, meant.code, now):
        raise CouponRefused(code=meant.code, reason="used_up")
    return meant


async def given_to(conn: Connection, shopper: str) -> list[PersonalCoupon]:
    """What a shopper (by key) was given and nobody took back, newest first."""
    return await personal_records.of_shopper(conn, shopper)


async def own_named(conn: Connection, shop: Shop, shopper: str, code: str) -> Coupon:
    """The coupon of this code that was given to a shopper (by key) and can be used.

    Raises CouponRefused: `used_up`, or `unknown` for one that is made up or somebody else's.
    """
    given = await given_to(conn, shopper)
    coupon = coupon_named(shop, code, as_coupons(shop, given))
    if coupon is None:
        wanted = code.strip().casefold()
        used = any(each.order_number and each.code.casefold() == wanted for each in given)
        raise CouponRefused(code=code.strip(), reason="used_up" if used else "unknown")
    return coupon


def as_coupons(shop: Shop, given: Sequence[PersonalCoupon]) -> tuple[Coupon, ...]:
    """Those that an order has not used up, as the price knows coupons: on top of any other that combines."""
    return tuple(
        Coupon(
            code=each.code,
            type="amount",
            value=Decimal(each.amount).scaleb(-exponent(each.currency)),
            ends=each.ends,
            combinable=True,
            title=_TITLE,
            public=False,
        )
        for each in given
        if each.order_number is None and each.currency == shop.currency
    )


async def use(conn: Connection, codes: Sequence[str], order: str) -> None:
    """Let an order use these codes up; shop-wide ones among them are used by everybody.

    Raises CouponRefused when another order has one already: nobody uses theirs twice.
    """
    if not codes:
        return
    had = set(await personal_records.use(conn, codes, order))
    lost = [code for code in await personal_records.known(conn, codes) if code not in had]
    if lost:
        raise CouponRefused(code=lost[0], reason="used_up")


def _code(cause: str) -> str:
    """The code that always follows from the same cause."""
    number = int.from_bytes(hashlib.sha256(f"coupon {cause}".encode()).digest()[:12], "big")
    signs = []
    for place in range(9):
        alphabet = _LETTERS if place % 2 else _FIGURES
        number, rest = divmod(number, len(alphabet))
        signs.append(alphabet[rest])
    return "YOURS-" + "".join(signs)

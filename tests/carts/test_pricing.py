"""The price of a basket, whatever lies in it."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dangol.carts.bundles import BundleOffer, best_bundles
from dangol.carts.model import ALL_POINTS, Basket, Buyer, PricedLine
from dangol.carts.pricing import price, usable_points
from dangol.contracts.shopfloor.baskets import DeliveryQuote
from dangol.kernel.money import Money
from dangol.kernel.shop import Bundle, Coupon, Points, Shop, Tier

TODAY = date(2026, 11, 21)
HANDLES = ("a", "b", "c", "d")


def won(amount: int) -> Money:
    return Money(amount=amount, currency="KRW")


def quote(fee: int = 3000, free_from: int | None = 50000, surcharge: int = 0) -> DeliveryQuote:
    return DeliveryQuote(
        zone="z", fee=won(fee), surcharge=won(surcharge), whole=won(fee + surcharge),
        free_from=won(free_from) if free_from is not None else None,
        earliest=TODAY, latest=TODAY,
    )  # fmt: skip


def shop_with(
    coupons: tuple[Coupon, ...] = (), bundles: tuple[Bundle, ...] = (), points: Points | None = None
) -> Shop:
    return Shop(
        name="x", locale="ko-KR", currency="KRW", time_zone="Asia/Seoul", coupons=coupons, bundles=bundles, points=points
    )  # fmt: skip


lines = st.lists(
    st.builds(
        PricedLine,
        sku=st.uuids().map(str),
        product=st.sampled_from(HANDLES),
        quantity=st.integers(1, 6),
        unit_price=st.integers(0, 90_000),
    ),
    min_size=1,
    max_size=6,
).map(tuple)
coupons = st.lists(
    st.one_of(
        st.builds(
            Coupon, code=st.sampled_from("PQRS"), type=st.just("percent"), value=st.decimals("0.5", "100", places=1),
            max=st.none() | st.integers(0, 20_000).map(Decimal), min_subtotal=st.none() | st.integers(0, 150_000).map(Decimal),
            combinable=st.booleans(), first_order_only=st.booleans(),
        ),
        st.builds(
            Coupon, code=st.sampled_from("TUVW"), type=st.just("amount"), value=st.integers(0, 60_000).map(Decimal),
            min_subtotal=st.none() | st.integers(0, 150_000).map(Decimal), combinable=st.booleans(),
        ),
        st.builds(Coupon, code=st.sampled_from("XY"), type=st.just("free_shipping"), combinable=st.booleans()),
    ),
    max_size=4, unique_by=lambda coupon: coupon.code,
).map(tuple)  # fmt: skip
bundles = st.lists(
    st.builds(
        Bundle, code=st.sampled_from("1234"), title=st.just("t"), price=st.integers(0, 120_000).map(Decimal),
        products=st.lists(st.sampled_from(HANDLES), min_size=2, max_size=3, unique=True).map(tuple),
        limit=st.none() | st.integers(0, 3),
    ),
    max_size=3, unique_by=lambda bundle: bundle.code,
).map(tuple)  # fmt: skip
quotes = st.none() | st.builds(
    quote,
    fee=st.integers(0, 9_000),
    free_from=st.none() | st.integers(0, 100_000),
    surcharge=st.integers(0, 5_000),
)
PROGRAMME = Points(
    tiers=(Tier.model_validate({"name": "t", "from": 0, "rate": 0.01}),), min_use=1000, unit=10
)
buyers = st.builds(Buyer, points=st.integers(0, 80_000), first_order=st.booleans())
wanted = st.sampled_from((0, ALL_POINTS, 1000, 5555))


def charged(outcome) -> int:
    if outcome.quote:
        assert outcome.quote.whole == outcome.quote.fee + outcome.quote.surcharge
    return outcome.quote.whole.amount if outcome.quote else 0


@settings(max_examples=150, deadline=None)
@given(lines=lines, coupons=coupons, bundles=bundles, delivery=quotes, buyer=buyers, points=wanted)
def test_the_price_adds_up_and_is_never_below_zero(lines, coupons, bundles, delivery, buyer, points):
    shop = shop_with(coupons, bundles, PROGRAMME)
    basket = Basket(lines=lines, codes=tuple(c.code for c in coupons), points_wanted=points, buyer=buyer)
    outcome = price(shop, basket, delivery, TODAY, "ko")
    off = sum(discount.amount.amount for discount in outcome.discounts)
    free = sum(d.amount.amount for d in outcome.discounts if d.code in ("X", "Y"))
    assert outcome.total == outcome.subtotal - off + charged(outcome) >= 0
    assert off - free <= outcome.subtotal
    assert free <= charged(outcome)
    assert all(discount.amount.amount >= 0 for discount in outcome.discounts)
    assert outcome.points <= buyer.points
    assert outcome.points % 10 == 0
    assert {trouble.code for trouble in outcome.troubles} | set(outcome.coupons) == {c.code for c in coupons}


@settings(max_examples=80, deadline=None)
@given(lines=lines, coupons=coupons, bundles=bundles, delivery=quotes, buyer=buyers, points=wanted)
def test_the_order_of_lines_and_codes_does_not_matter(lines, coupons, bundles, delivery, buyer, points):
    shop = shop_with(coupons, bundles, PROGRAMME)
    codes = tuple(c.code for c in coupons)
    there = price(shop, Basket(lines, codes, points, buyer), delivery, TODAY, "ko")
    back = price(shop, Basket(lines[::-1], codes[::-1], points, buyer), delivery, TODAY, "ko")
    assert (there.total, there.discounts, there.coupons, there.bundles) == (
        back.total, back.discounts, back.coupons, back.bundles,
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(lines=lines, coupons=coupons, bundles=bundles, delivery=quotes, buyer=buyers, points=wanted)
def test_one_more_coupon_never_raises_the_total(lines, coupons, bundles, delivery, buyer, points):
    assume(coupons)
    shop = shop_with(coupons, bundles, PROGRAMME)
    codes = [c.code for c in coupons]
    totals = [
        price(shop, Basket(lines, tuple(codes[:count]), points, buyer), delivery, TODAY, "ko").total
        for count in range(len(codes) + 1)
    ]
    assert totals == sorted(totals, reverse=True)


@settings(max_examples=80, deadline=None)
@given(lines=lines, bundles=bundles)
def test_bundles_save_most_and_never_cost(lines, bundles):
    offers = [BundleOffer(b.code, b.products, int(b.price), b.limit) for b in bundles]
    uses = best_bundles(offers, lines)
    assert all(use.saving >= 0 and use.times > 0 for use in uses)
    assert all(
        use.times <= b.limit for use in uses for b in bundles if b.code == use.code and b.limit is not None
    )
    taken = {handle: 0 for handle in HANDLES}
    for use in uses:
        for handle in next(b.products for b in bundles if b.code == use.code):
            taken[handle] += use.times
    assert all(taken[h] <= sum(line.quantity for line in lines if line.product == h) for h in HANDLES)
    for order in permutations(offers):
        assert best_bundles(order, lines) == uses


def test_overlapping_bundles_are_combined_to_the_best():
    units = [PricedLine(sku=h, product=h, quantity=1, unit_price=10) for h in HANDLES]
    offers = [
        BundleOffer("AB", ("a", "b"), 10, None),  # saves 10 alone, but the two others save 12 together
        BundleOffer("AC", ("a", "c"), 14, None),
        BundleOffer("BD", ("b", "d"), 14, None),
    ]
    assert [(use.code, use.saving) for use in best_bundles(offers, units)] == [("AC", 6), ("BD", 6)]


def test_very_many_units_are_bundled_quickly():
    units = [PricedLine(sku=h, product=h, quantity=900, unit_price=100) for h in HANDLES]
    offers = [BundleOffer(f"{a}{b}", (a, b), 150, None) for a, b in ("ab", "bc", "cd", "da")]
    assert sum(use.saving for use in best_bundles(offers, units)) == 900 * 2 * 50


def test_a_bundle_takes_the_dearest_units():
    units = [PricedLine("1", "a", 1, 100), PricedLine("2", "a", 1, 300), PricedLine("3", "b", 1, 50)]
    assert best_bundles([BundleOffer("S", ("a", "b"), 200, None)], units)[0].saving == 150


def test_delivery_is_free_by_what_is_paid_for_the_goods_before_points():
    five = Coupon(code="FIVE", type="amount", value=Decimal(5000), combinable=True)
    shop = shop_with((five,), points=PROGRAMME)
    line = (PricedLine("s", "a", 1, 54_000),)
    plain = price(shop, Basket(line), quote(), TODAY, "ko")
    assert (plain.total, plain.quote.fee.amount) == (54_000, 0)
    # the coupon would bring the goods to 49,000 and 3,000 of delivery: still the lower total
    assert price(shop, Basket(line, ("FIVE",)), quote(), TODAY, "ko").total == 52_000
    # a coupon of 2,000 less than the delivery it would cost is left aside
    two = shop_with((Coupon(code="TWO", type="amount", value=Decimal(2000)),))
    cheap = price(two, Basket((PricedLine("s", "a", 1, 50_500),), ("TWO",)), quote(), TODAY, "ko")
    assert (cheap.total, [t.reason for t in cheap.troubles]) == (50_500, ["no_effect"])
    points = price(shop, Basket(line, (), 10_000, Buyer(points=10_000)), quote(), TODAY, "ko")
    assert (points.total, points.quote.fee.amount, points.points) == (44_000, 0, 10_000)


def test_percent_is_rounded_half_up_and_capped():
    half = Coupon(code="P", type="percent", value=Decimal("12.5"))
    assert (
        price(shop_with((half,)), Basket((PricedLine("s", "a", 1, 1004),), ("p",)), None, TODAY, "ko").total
        == 878
    )
    capped = Coupon(code="P", type="percent", value=Decimal(50), max=Decimal(100))
    outcome = price(shop_with((capped,)), Basket((PricedLine("s", "a", 1, 1004),), ("P",)), None, TODAY, "ko")
    assert outcome.total == 904


@pytest.mark.parametrize(
    ("day", "reason"), [(date(2026, 5, 31), "not_yet"), (date(2026, 6, 1), None), (date(2026, 8, 31), None),
                        (date(2026, 9, 1), "expired")],
)  # fmt: skip
def test_coupons_count_from_their_first_to_their_last_day(day, reason):
    summer = Coupon(
        code="S", type="percent", value=Decimal(10), starts=date(2026, 6, 1), ends=date(2026, 8, 31)
    )
    outcome = price(shop_with((summer,)), Basket((PricedLine("s", "a", 1, 1000),), ("S",)), None, day, "ko")
    assert [t.reason for t in outcome.troubles] == ([reason] if reason else [])
    assert outcome.total == (1000 if reason else 900)


def test_cents_add_up(us_shop):
    line = (PricedLine("s", "a", 3, 1999),)
    outcome = price(us_shop, Basket(line, ("take15", "FIVEOFF")), None, TODAY, "en")
    assert (outcome.subtotal, outcome.total) == (
        5997,
        5097,
    )  # 15% is 8.9955, said as 9.00; the two do not combine
    assert [(t.code, t.reason) for t in outcome.troubles] == [("FIVEOFF", "not_combinable")]
    assert outcome.earns == 101


@pytest.mark.parametrize(
    ("want", "balance", "rest", "used"),
    [(ALL_POINTS, 5_678, 90_000, 5_670), (ALL_POINTS, 90_000, 5_678, 5_670), (1_005, 5_000, 9_000, 1_000),
     (ALL_POINTS, 999, 9_000, 0), (ALL_POINTS, 9_000, 999, 0), (0, 9_000, 9_000, 0), (2_000, 1_500, 9_000, 1_500)],
)  # fmt: skip
def test_points_in_units_from_the_least_use_on(want, balance, rest, used):
    assert usable_points(shop_with(points=PROGRAMME), want, balance, rest) == used

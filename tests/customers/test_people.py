"""Who somebody is, their points, preferences and agreements, in a real database."""

import asyncio
from datetime import timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangol.contracts.shopfloor.people import (
    AddressView,
    ForgetPreference,
    NotePreference,
    Nothing,
    SwitchPersonalisation,
)
from dangol.customers import api, tools
from dangol.kernel.errors import NotFound
from dangol.kernel.tools import Toolbox

HOME = AddressView(
    country="KR", postcode="06236", region="서울특별시", city="강남구", street="테헤란로 123", detail="4층",
    recipient="김하늘", phone="01012345678", lines="(06236) 서울특별시 강남구 테헤란로 123, 4층",
)  # fmt: skip


async def somebody(conn, now, name="x"):
    return await api.identify(conn, external_id=None, email=f"{name}@example.com", name=name, now=now)


async def test_a_person_is_found_by_id_then_by_mail_then_taken_in(conn, clock):
    now = clock.now()
    first = await api.identify(conn, external_id="77", email="Kim@Example.com", name="김하늘", now=now)
    assert await api.identify(conn, external_id="77", email=None, name=None, now=now) == first
    assert (
        await api.identify(conn, external_id=None, email="kim@example.COM", name="다른 이름", now=now)
        == first
    )
    assert await api.identify(conn, external_id="78", email="KIM@example.com", name=None, now=now) == first
    second = await api.identify(conn, external_id=None, email="lee@example.com", name=None, now=now)
    assert second != first
    assert (
        await api.identify(conn, external_id="80", email="lee@example.com", name="이바다", now=now) == second
    )
    assert await api.identify(conn, external_id="80", email=None, name=None, now=now) == second
    known = await api.customer(conn, second)
    assert known
    assert (known.name, known.external_id) == ("이바다", "80")
    assert (await api.customer(conn, first)).name == "김하늘"
    with pytest.raises(NotFound):
        await api.identify(conn, external_id=None, email="  ", name="x", now=now)


async def test_two_at_once_are_one_customer(database_url, clock):
    async def come():
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as one:
            return await api.identify(one, external_id="9", email="a@b.co", name="A", now=clock.now())

    assert len(set(await asyncio.gather(*(come() for _ in range(6))))) == 1


async def test_points_are_spent_by_expiry_once_per_cause_and_given_back(conn, clock):
    now = clock.now()
    who = await somebody(conn, now)
    await api.grant_points(conn, who, 500, cause="late", expires=now + timedelta(days=90), now=now)
    await api.grant_points(conn, who, 300, cause="soon", expires=now + timedelta(days=3), now=now)
    await api.grant_points(conn, who, 300, cause="soon", expires=now + timedelta(days=3), now=now)
    await api.grant_points(conn, who, 200, cause="ever", expires=None, now=now)
    assert await api.points_balance(conn, who, now) == 1000
    await api.spend_points(conn, who, 400, cause="order 1", now=now)
    await api.spend_points(conn, who, 400, cause="order 1", now=now)
    assert await api.points_balance(conn, who, now) == 600
    after = now + timedelta(days=4)
    assert await api.points_balance(conn, who, after) == 600  # what expires first went first
    with pytest.raises(api.NotEnoughPoints) as no:
        await api.spend_points(conn, who, 601, cause="order 2", now=after)
    assert no.value.details["balance"] == 600
    assert await api.give_back_points(conn, "order 1") == 400
    assert await api.give_back_points(conn, "order 1") == 0
    assert await api.points_balance(conn, who, now) == 1000
    assert await api.points_balance(conn, who, after) == 700
    assert await api.revoke_grant(conn, "late") == 500
    assert await api.revoke_grant(conn, "late") == 0
    assert await api.points_balance(conn, who, now) == 500


async def test_two_orders_at_once_cannot_spend_the_same_points(conn, database_url, clock):
    now = clock.now()
    who = await somebody(conn, now)
    await api.grant_points(conn, who, 1000, cause="g", expires=None, now=now)

    async def spend(cause):
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as one:
            try:
                await api.spend_points(one, who, 700, cause=cause, now=now)
            except api.NotEnoughPoints:
                return 0
            return 1

    assert sum(await asyncio.gather(*(spend(f"o{i}") for i in range(5)))) == 1
    assert await api.points_balance(conn, who, now) == 300


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(st.tuples(st.sampled_from("gsbr"), st.integers(0, 5), st.integers(1, 400)), max_size=14)
)
async def test_points_are_conserved(conn, clock, moves):
    """Whatever order they come in: the balance is what was given less what was spent, and never below zero."""
    now = clock.now()
    who = await somebody(conn, now, name=f"p{abs(hash(tuple(moves)))}")
    given: dict[str, int] = {}
    spent: dict[str, int] = {}
    back: set[str] = set()
    for move, number, points in moves:
        cause = f"{who}:{number}"
        if move == "g":
            await api.grant_points(conn, who, points, cause=cause, expires=None, now=now)
            given.setdefault(cause, points)
        elif move == "s":
            left = sum(given.values()) - sum(p for c, p in spent.items() if c not in back)
            try:
                await api.spend_points(conn, who, points, cause=cause, now=now)
                if cause not in spent:
                    assert points <= left
                    spent[cause] = points
            except api.NotEnoughPoints:
                assert points > left
        elif move == "b":
            returned = await api.give_back_points(conn, cause)
            assert returned == (spent[cause] if cause in spent and cause not in back else 0)
            back |= {cause} & set(spent)
        left = sum(given.values()) - sum(p for c, p in spent.items() if c not in back)
        assert await api.points_balance(conn, who, now) == left >= 0


async def test_the_tier_follows_what_was_spent(conn, shop, clock, context):
    now = clock.now()
    who = await somebody(conn, now)
    ctx = context(conn, shop, clock, customer_id=who)
    assert (await tools.view_points(ctx, Nothing())).tier == "새싹"
    await api.note_purchase(conn, who, 480_000, cause="o1", bought=now)
    await api.note_purchase(conn, who, 480_000, cause="o1", bought=now)
    assert (await tools.view_points(ctx, Nothing())).tier == "새싹"
    await api.note_purchase(conn, who, 30_000, cause="o2", bought=now)
    await api.grant_points(conn, who, 1234, cause="g", expires=now + timedelta(days=10), now=now)
    seen = await tools.view_points(context(conn, shop, clock, language="en", customer_id=who), Nothing())
    assert (seen.tier, seen.rate, seen.balance, seen.worth.amount) == ("Tree", "3%", 1234, 1234)
    assert (seen.expires_next, seen.expiring) == ("2026-12-01", 1234)
    await api.note_purchase(conn, who, -30_000, cause="refund o2", bought=now)
    assert (await tools.view_points(ctx, Nothing())).tier == "새싹"


async def test_points_need_a_known_customer_and_a_shop_that_gives_them(conn, shop, us_shop, clock, context):
    with pytest.raises(api.NotIdentified):
        await tools.view_points(context(conn, shop, clock), Nothing())
    plain = shop.model_copy(update={"points": None})
    with pytest.raises(api.NoPointsHere):
        await tools.view_points(context(conn, plain, clock), Nothing())
    who = await somebody(conn, clock.now())
    await api.grant_points(conn, who, 250, cause="g", expires=None, now=clock.now())
    seen = await tools.view_points(context(conn, us_shop, clock, customer_id=who), Nothing())
    assert seen.worth.display("en") == "$2.50"


async def test_preferences_are_seen_and_deleted(conn, shop, clock, context):
    ctx = context(conn, shop, clock)
    await tools.note_preference(ctx, NotePreference(kind="size", value="270", words="보통 270 신어요"))
    clock.advance(timedelta(minutes=1))
    ctx = context(conn, shop, clock)
    await tools.note_preference(ctx, NotePreference(kind="fit", value="wide", words="발볼이 넓어요"))
    noted = await tools.list_preferences(ctx, Nothing())
    assert [(one.kind, one.words) for one in noted.items] == [
        ("size", "보통 270 신어요"),
        ("fit", "발볼이 넓어요"),
    ]
    told = {one.name: one for one in (await Toolbox(tools.tools())["view_my_data"].run(ctx, Nothing())).items}
    assert told["말씀하신 취향"].count == 2
    assert str(shop.retention.words) in told["대화 내용"].period
    assert str(shop.retention.signs) in told["둘러보고 찾으신 기록"].period
    left = await tools.forget_preference(ctx, ForgetPreference(kind="size"))
    assert [one.kind for one in left.items] == ["fit"]
    assert (await tools.forget_preference(ctx, ForgetPreference())).items == ()


async def test_a_visitor_becomes_a_customer_with_what_they_said(conn, shop, clock, context):
    visitor = context(conn, shop, clock)
    await tools.note_preference(visitor, NotePreference(kind="size", value="270", words="270"))
    await tools.switch_personalisation(visitor, SwitchPersonalisation(on=False))
    who = await somebody(conn, clock.now())
    await api.adopt(conn, visitor.shopper.key, f"customer:{who}")
    await api.adopt(conn, visitor.shopper.key, f"customer:{who}")
    assert [one.value for one in await api.preferences(conn, f"customer:{who}")] == ["270"]
    assert await api.preferences(conn, visitor.shopper.key) == []
    assert await api.personal(conn, f"customer:{who}") is False
    assert await api.personal(conn, "conversation:other") is True


async def test_addresses_are_kept_once_and_last_used_first(conn, shop, clock):
    who = await somebody(conn, clock.now())
    await api.save_address(conn, who, HOME, clock.now())
    office = HOME.model_copy(update={"street": "세종대로 1", "postcode": "04524", "city": "중구"})
    await api.save_address(conn, who, office, clock.now() + timedelta(hours=1))
    assert [one.street for one in await api.addresses(conn, who)] == ["세종대로 1", "테헤란로 123"]
    await api.save_address(conn, who, HOME, clock.now() + timedelta(hours=2))
    assert [one.street for one in await api.addresses(conn, who)] == ["테헤란로 123", "세종대로 1"]
    view = await api.customer_view(conn, shop, who, "ko", clock.now())
    assert view.saved_addresses[0] == HOME


async def test_a_withdrawn_consent_is_history_and_can_be_given_anew(conn, clock):
    key, now = "customer:1", clock.now()

    async def give(at):
        return await api.give_consent(
            conn, key, purpose="marketing", channel="email", wording="소식을 받을게요", now=at
        )

    assert await give(now)
    assert not await give(now)
    assert await api.withdraw_consent(conn, key, purpose="marketing", channel=None, now=now) == 1
    assert await give(now + timedelta(days=1))
    assert [one.withdrawn is None for one in await api.consents(conn, key)] == [False, True]

"""One's own account: what is shown, changed with one yes, and left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dangol.assistant.minds import Call
from dangol.assistant.permission import Confirm, Refuse, permit
from dangol.contracts.shopfloor.account import (
    ChangeContact,
    CloseAccount,
    ForgetAddress,
    ForgetMethod,
    StopNews,
)
from dangol.contracts.shopfloor.people import AddressView, Nothing
from dangol.customers import account, consents, service, wallet
from dangol.customers.model import (
    ConsequenceOfLeavingChanged,
    MoneyOnAccount,
    NotAContact,
    NotIdentified,
    StoredMethod,
)
from dangol.kernel.errors import NotFound
from dangol.kernel.tools import Shopper, Toolbox

HOME = AddressView(
    country="KR", postcode="06133", city="강남구", street="테헤란로 1", lines="서울 강남구 테헤란로 1"
)


async def _known(conn, context, shop, clock, email="a@example.com"):
    customer = await service.identify(conn, external_id=None, email=email, name="김하늘", now=clock.now())
    shopper = Shopper(conversation_id="c1", customer_id=customer, role="customer")
    return customer, replace(context(conn, shop, clock), shopper=shopper)


async def test_contact_is_changed_and_what_is_none_is_refused(conn, context, shop, clock):
    _, ctx = await _known(conn, context, shop, clock)
    view = await account.change_contact(ctx, ChangeContact(phone="010-1234-5678", name="김바다"))
    assert (view.name, view.phone, view.email) == ("김바다", "01012345678", "a@example.com")
    with pytest.raises(NotAContact):
        await account.change_contact(ctx, ChangeContact(phone="없음"))
    assert (await account.view_account(ctx, Nothing())).phone == "01012345678"


async def test_an_address_is_deleted_by_what_was_read_back_and_nobody_elses(conn, context, shop, clock):
    mine, ctx = await _known(conn, context, shop, clock)
    other, theirs = await _known(conn, context, shop, clock, "b@example.com")
    await service.save_address(conn, mine, HOME, clock.now())
    await service.save_address(conn, other, HOME, clock.now())
    with pytest.raises(NotFound):
        await account.forget_address(ctx, ForgetAddress(lines="다른 곳"))
    assert (await account.forget_address(ctx, ForgetAddress(lines=HOME.lines))).addresses == ()
    assert len((await account.view_account(theirs, Nothing())).addresses) == 1


async def test_a_card_off_file_is_shown_no_more_and_can_still_be_given_money_back(conn, context, shop, clock):
    mine, ctx = await _known(conn, context, shop, clock)
    card = StoredMethod("card_1", mine, "credit_card", "Visa", "4242")
    gift = StoredMethod("gift_1", mine, "gift_card", balance=5_000)
    await wallet.take_over_methods(conn, [card, gift])
    with pytest.raises(MoneyOnAccount):
        await account.forget_method(ctx, ForgetMethod(reference="gift_1"))
    view = await account.forget_method(ctx, ForgetMethod(reference="card_1"))
    assert [each.reference for each in view.methods] == ["gift_1"]
    with pytest.raises(NotFound):
        await wallet.stored_method(conn, mine, "card_1")
    assert (await wallet.stored_method(conn, mine, "card_1", off_file=True)).last_four == "4242"


async def test_advertising_is_agreed_to_no_longer_and_the_rest_stays(conn, context, shop, clock):
    mine, ctx = await _known(conn, context, shop, clock)
    for purpose, channel in (("marketing", "email"), ("marketing", "sms"), ("restock", "email")):
        await consents.give_consent(
            conn, f"customer:{mine}", purpose=purpose, channel=channel, wording="네", now=clock.now()
        )
    view = await account.stop_news(ctx, StopNews())
    assert [each.purpose for each in view.consents] == ["restock"]


async def test_leaving_is_noted_once_taken_back_and_due_after_second_thoughts(conn, context, shop, clock):
    mine, ctx = await _known(conn, context, shop, clock)
    await service.grant_points(conn, mine, 300, cause="g1", expires=None, now=clock.now())
    with pytest.raises(ConsequenceOfLeavingChanged):
        await account.close_account(ctx, CloseAccount(points=0))
    view = await account.close_account(ctx, CloseAccount(points=300))
    assert view.closing == (clock.now() + account.SECOND_THOUGHTS).astimezone(ctx.shop.zone).date()
    assert await account.closings_due(conn, clock.now() + timedelta(days=2)) == []
    assert await account.closings_due(conn, clock.now() + timedelta(days=3)) == [mine]
    assert (await account.keep_account(ctx, Nothing())).ok
    assert not (await account.keep_account(ctx, Nothing())).ok
    assert await account.closings_due(conn, clock.now() + timedelta(days=3)) == []


async def test_nobody_leaves_with_money_on_a_gift_card(conn, context, shop, clock):
    mine, ctx = await _known(conn, context, shop, clock)
    await wallet.take_over_methods(conn, [StoredMethod("gift_2", mine, "gift_card", balance=1)])
    with pytest.raises(MoneyOnAccount):
        await account.close_account(ctx, CloseAccount())


async def test_the_next_level_and_what_it_takes(conn, context, shop, clock):
    mine, ctx = await _known(conn, context, shop, clock)
    levels = (await account.list_levels(ctx, Nothing())).items
    tier = (await account.view_account(ctx, Nothing())).tier
    assert levels[0].least is None
    assert tier.name == levels[0].name
    assert (tier.next, tier.more) == (levels[1].name, levels[1].least)
    await service.note_purchase(conn, mine, levels[-1].least.amount, cause="o1", bought=clock.now())
    top = (await account.view_account(ctx, Nothing())).tier
    assert (top.name, top.more) == (levels[-1].name, None)


CHANGES = [
    ("change_contact", ChangeContact(phone="01012345678")),
    ("forget_address", ForgetAddress(lines="x")),
    ("forget_method", ForgetMethod(reference="x")),
    ("stop_news", StopNews()),
    ("close_account", CloseAccount()),
]


@pytest.mark.parametrize(("name", "args"), CHANGES)
def test_each_change_needs_the_owner_and_one_yes(name, args):
    box = Toolbox(account.TOOLS)
    call = Call(name, args)
    assert permit(call, "visitor", box, confirmed=True) == Refuse("not_identified", {"tool": name})
    assert permit(call, "guest", box, confirmed=True) == Refuse("not_identified", {"tool": name})
    assert isinstance(permit(call, "customer", box, confirmed=False), Confirm)


async def test_a_guest_sees_no_account(conn, context, shop, clock):
    customer, _ = await _known(conn, context, shop, clock)
    guest = replace(
        context(conn, shop, clock), shopper=Shopper(conversation_id="c1", customer_id=customer, role="guest")
    )
    with pytest.raises(NotIdentified):
        await account.view_account(guest, Nothing())

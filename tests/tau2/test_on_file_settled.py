"""What comes after the request: goods arrive, and ways of paying on file get, or pay, what was agreed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from benchmarks.tau2.face import Face
from benchmarks.tau2.replay import Both
from dangol.contracts.shopfloor.changes import CancelOrder, LookAtCancellation
from dangol.contracts.shopfloor.on_file import ChangeItems, ItemWanted, LookAtItems
from dangol.contracts.shopfloor.people import Nothing
from dangol.contracts.shopfloor.returns import LineAsked, ReceiveReturn, RequestReturn, StartReturn
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound
from dangol.kernel.money import Money
from dangol.kernel.tools import Shopper, ToolContext
from dangol.orders import api as orders
from dangol.payments import api as payments
from dangol.payments.calling_off import ConsequenceChanged, NotAllowedNow
from dangol.returns import api as returns

DESK = "#W1000002"


@pytest.fixture
async def mara(both: Both) -> Face:
    await both.serve("mara_1")
    return both.ours


async def balance(face: Face, card: str) -> int:
    row = await (
        await face.conn.execute("select balance from stored_methods where reference = %s", (card,))
    ).fetchone()
    assert row is not None
    return int(row[0])


async def arrive(face: Face, order: str) -> Any:
    """The goods of an order's return come in, and the workers take it further."""
    (row,) = [
        one
        for one in await returns.return_views(face.conn, face.shop, await _returns(face, order), "en", str)
    ]
    later = face.now + timedelta(days=3)
    await returns.receive(face.conn, face.shop, ReceiveReturn(number=row.number), "staff", later)
    found = await returns.return_by_number(face.conn, row.number)
    assert found is not None
    await returns.further(face.conn, face.shop, {}, {}, found.id, later, lambda _tries: timedelta(hours=1))
    return await returns.return_by_number(face.conn, row.number)


async def _returns(face: Face, order: str) -> list[Any]:
    cursor = await face.conn.execute("select number from returns where order_number = %s", (order,))
    found = [await returns.return_by_number(face.conn, row[0]) for row in await cursor.fetchall()]
    return [one for one in found if one is not None]


def context(face: Face, **shopper: Any) -> ToolContext:
    return ToolContext(face.conn, face.shop, face.now, "en", Shopper("c_other", **shopper), key="k")


async def test_a_return_to_a_gift_card_is_on_it_once_the_goods_are_here(mara: Face) -> None:
    arguments = {"order_id": DESK, "item_ids": ["2000000021"], "payment_method_id": "gift_card_1"}
    await mara.call("return_delivered_order_items", arguments)
    assert await balance(mara, "gift_card_1") == 4000
    row = await arrive(mara, "W1000002")
    assert (row.status, row.method) == ("refunded", "gift_card_1")
    assert await balance(mara, "gift_card_1") == 4000 + 21099
    order = await orders.order_row(mara.conn, "W1000002")
    assert order is not None
    assert (order.status, order.refunded) == ("refunded", 21099)
    await returns.further(
        mara.conn, mara.shop, {}, {}, row.id, mara.now + timedelta(days=9), lambda _: timedelta()
    )
    assert await balance(mara, "gift_card_1") == 4000 + 21099, "once"


async def test_a_return_as_it_was_paid_goes_to_the_way_on_file_it_came_by(mara: Face) -> None:
    request = RequestReturn(order="W1000003", lines=(LineAsked(line="3"),), reason="other")
    offer = await mara._use("check_return", request)
    agreed = {"refund": offer.refund, "due": offer.due, "return_fee": offer.return_fee}
    async with mara.conn.transaction():
        view = await mara._use("start_return", StartReturn(request=request, **agreed))
    assert view.method == "gift_card_1"
    assert (await arrive(mara, "W1000003")).status == "refunded"
    assert await balance(mara, "gift_card_1") == 4000 + 1150


async def test_the_difference_of_an_exchange_is_taken_once_the_goods_are_here(both: Both) -> None:
    await both.serve("yuna_3")
    yuna = both.ours
    await yuna.conn.execute("update variants set price = 1350 where sku = '2000000011'")
    arguments = {
        "order_id": "#W1000010", "item_ids": ["2000000012"], "new_item_ids": ["2000000011"],
        "payment_method_id": "gift_card_3",
    }  # fmt: skip
    told = await yuna.call("exchange_delivered_order_items", arguments)
    assert told["exchange_price_difference"] == 2.0
    assert await balance(yuna, "gift_card_3") == 60000
    row = await arrive(yuna, "W1000010")
    assert row.status == "exchanged"
    assert await balance(yuna, "gift_card_3") == 59800
    assert await payments.held(yuna.conn, row.replacement) == {"gift_card_3": 200}


async def test_an_exchange_whose_card_is_empty_by_then_waits_for_a_person(both: Both) -> None:
    await both.serve("yuna_3")
    yuna = both.ours
    await yuna.conn.execute("update variants set price = 1350 where sku = '2000000011'")
    arguments = {
        "order_id": "#W1000010", "item_ids": ["2000000012"], "new_item_ids": ["2000000011"],
        "payment_method_id": "gift_card_3",
    }  # fmt: skip
    await yuna.call("exchange_delivered_order_items", arguments)
    await yuna.conn.execute("update stored_methods set balance = 199 where reference = 'gift_card_3'")
    row = await arrive(yuna, "W1000010")
    assert (row.status, row.trouble, row.due_at) == ("received", "balance_too_low", None)
    assert await payments.held(yuna.conn, row.replacement) == {}
    assert "return_stuck" in [
        one.kind
        for each in await orders.untold(yuna.conn)
        if (one := await orders.announcement(yuna.conn, each))
    ]


async def test_ways_on_file_are_told_to_their_owner_alone(mara: Face) -> None:
    own = await mara._use("list_stored_methods", Nothing())
    assert [(one.reference, one.balance) for one in own.items] == [
        ("credit_card_1", None), ("gift_card_1", Money(amount=4000, currency="USD")),
    ]  # fmt: skip
    with pytest.raises(customers.NotIdentified):
        await mara.box["list_stored_methods"].run(context(mara, role="guest"), Nothing())


async def test_a_guest_of_an_order_cannot_use_the_ways_of_its_customer(mara: Face) -> None:
    guest = context(mara, role="guest", orders=frozenset({"W1000001", "W1000002"}))
    items = (ItemWanted(line="1", sku="2000000002"),)
    with pytest.raises(NotFound):
        await mara.box["look_at_items"].run(
            guest, LookAtItems(order="W1000001", items=items, method="credit_card_1")
        )
    request = RequestReturn(order="W1000002", reason="other", method="gift_card_1")
    with pytest.raises(NotFound):
        await mara.box["check_return"].run(guest, request)


async def test_only_what_was_agreed_is_done(mara: Face) -> None:
    items = (ItemWanted(line="1", sku="2000000002"),)
    wrong = ChangeItems(
        order="W1000001", items=items, method="credit_card_1", difference=Money(amount=1, currency="USD")
    )
    with pytest.raises(ConsequenceChanged):
        await mara._use("change_items", wrong)
    offer = await mara._use("look_at_cancellation", LookAtCancellation(order="W1000001"))
    assert (offer.allowed, offer.why) == (False, "reason")
    assert offer.reasons == ("no_longer_needed", "ordered_by_mistake")
    with pytest.raises(NotAllowedNow):
        await mara._use("cancel_order", CancelOrder(order="W1000001", refund=offer.refund, fee=offer.fee))


async def test_staff_are_told_what_to_charge_and_give_back_at_a_provider(mara: Face) -> None:
    arguments = {
        "order_id": "#W1000001", "item_ids": ["2000000001"], "new_item_ids": ["2000000002"],
        "payment_method_id": "credit_card_1",
    }  # fmt: skip
    await mara.call("modify_pending_order_items", arguments)
    told = [await orders.announcement(mara.conn, one) for one in await orders.untold(mara.conn)]
    charged = [one for one in told if one is not None and one.kind == "charge_by_hand"]
    assert [one.body["amount"]["amount"] for one in charged] == [420]
    assert charged[0].body["method"] == "credit_card_1"

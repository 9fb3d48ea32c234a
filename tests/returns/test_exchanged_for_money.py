"""Money that was paid for the new goods of an exchange: back when it falls through, and it buys nothing by itself."""

from __future__ import annotations

from datetime import timedelta

from orders.floor import SEOUL, SHOE, stock_of
from returns.desk import ReturnDesk, line

from dangol.contracts.shopfloor.changes import ChangeAddress, ChangeOption, LookAtChange
from dangol.contracts.shopfloor.returns import CancelReturn
from dangol.kernel.money import Money
from dangol.payments import calling_off
from dangol.returns import api as returns

LARGER = "SHOE-BLK-280"
DEARER = "SHOE-WHT-270"


async def test_a_difference_paid_after_the_exchange_ended_goes_back_and_brings_no_goods(
    desk: ReturnDesk,
) -> None:
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, kind="exchange", reason="size", lines=(line(1, 1, LARGER),))
    assert view.replacement
    await desk.till.open(view.replacement)
    await desk.till.expire(timedelta(hours=49))
    await returns.drop_unpaid(desk.conn, desk.till.clock.now())
    await desk.till.peer.play(await desk.till.vendor_ref(view.replacement), "pay")
    await desk.till.work_off()
    assert await desk.till.status(view.replacement) == "cancelled"
    assert await desk.given_back(view.replacement) == view.due.amount
    assert await stock_of(desk.conn, LARGER) == (1, 0)


async def _without_money(desk: ReturnDesk) -> tuple[str, str]:
    """A faulty shoe exchanged for nothing; the number of the return, and of the order that replaces it."""
    await desk.conn.execute("update variants set stock = 3, price = 95000 where sku = %s", (DEARER,))
    order = await desk.arrived({SHOE: 1})
    view = await desk.start(order, kind="exchange", reason="defect", lines=(line(1, 1, LARGER),))
    assert view.replacement_status == "paid"
    assert view.replacement
    desk.till.proved.add(view.replacement)
    return view.number, view.replacement


async def test_what_was_paid_to_change_the_new_goods_goes_back_with_the_exchange(desk: ReturnDesk) -> None:
    number, new = await _without_money(desk)
    asked = LookAtChange(order=new, line="1", sku=DEARER)
    found = await calling_off.look_at_change(desk.till.at_now(), asked)
    assert (found.allowed, found.difference.amount) == (True, 6_000)
    await calling_off.change_option(
        desk.till.at_now(), ChangeOption(order=new, line="1", sku=DEARER, difference=found.difference)
    )
    await desk.till.open(new)
    await desk.till.peer.play(await desk.till.vendor_ref(new), "pay")
    await desk.till.work_off()
    assert await stock_of(desk.conn, DEARER) == (2, 0)
    await desk.use("cancel_return", CancelReturn(number=number))
    await desk.further()
    view = await desk.view(number)
    assert (view.status, view.replacement_status) == ("cancelled", "cancelled")
    assert await desk.given_back(new) == 6_000
    assert await stock_of(desk.conn, DEARER) == (3, 0)


async def test_new_goods_are_not_changed_for_cheaper_ones_whose_rest_nobody_gives_back(
    desk: ReturnDesk,
) -> None:
    _, new = await _without_money(desk)
    await desk.conn.execute("update variants set price = 80000 where sku = %s", (DEARER,))
    found = await calling_off.look_at_change(
        desk.till.at_now(), LookAtChange(order=new, line="1", sku=DEARER)
    )
    assert (found.allowed, found.why) == (False, "exchange")


async def test_new_goods_of_the_same_price_and_another_address_are_changed_as_ever(desk: ReturnDesk) -> None:
    _, new = await _without_money(desk)
    await desk.conn.execute("update variants set price = 89000 where sku = %s", (DEARER,))
    none = Money(amount=0, currency="KRW")
    changed = await calling_off.change_option(
        desk.till.at_now(), ChangeOption(order=new, line="1", sku=DEARER, difference=none)
    )
    assert "화이트" in changed.after
    there = SEOUL.model_copy(update={"detail": "5층"})
    await calling_off.change_address(
        desk.till.at_now(), ChangeAddress(order=new, address=there, difference=none)
    )
    assert await desk.till.status(new) == "paid"

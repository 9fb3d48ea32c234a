"""Whoever calls whatever in whatever order: money, goods and lives of returns stay sound. Real rooms, real database."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from orders.floor import SHOE, SOCK
from returns.desk import ReturnDesk, agreed, line

from dangol.assistant.minds import Call
from dangol.assistant.permission import Allow, permit
from dangol.contracts.shopfloor.returns import (
    CancelReturn,
    ChangeRefundWay,
    DecideReturn,
    LookUpReturns,
    Received,
    ReceiveReturn,
    RequestReturn,
    SettleReturn,
)
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.tools import Role, Shopper, Toolbox, ToolContext
from dangol.orders import api as orders

ROLES = ("owner", "stranger", "staff", "system")
TOOLS = ("start", "cancel", "decide", "receive", "settle", "way", "workers", "expire_card", "stranger_looks")
STEP = st.tuples(
    st.sampled_from(TOOLS),
    st.sampled_from(ROLES),
    st.integers(0, 1),  # which order
    st.integers(1, 2),  # which line
    st.integers(0, 4),  # how many
    st.sampled_from(["changed_mind", "defect", "missing_item", "size"]),
    st.booleans(),
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=4, max_size=14))
async def test_no_sequence_of_calls_breaks_what_must_hold(desk: ReturnDesk, steps: list[Any]) -> None:
    await desk.conn.execute("update variants set stock = 40")
    numbers = [await desk.arrived({SHOE: 1, SOCK: 3}), await desk.arrived({SOCK: 2})]
    known: dict[str, str] = {}
    for step in steps:
        with contextlib.suppress(Refused):
            await _do(desk, numbers, *step)
        await _hold(desk, numbers, known)
    await desk.further()
    await _hold(desk, numbers, known)


async def _do(
    desk: ReturnDesk,
    numbers: list[str],
    tool: str,
    who: str,
    order: int,
    number: int,
    units: int,
    reason: Any,
    yes: bool,
) -> None:
    ctx = _as(desk, who)
    own = numbers[order]
    newest = (await desk.use("look_up_returns", LookUpReturns(order=own), "staff")).items
    target = newest[0].number if newest else "R00000000-0001"
    if tool == "workers":
        await desk.further()
    elif tool == "expire_card":
        await desk.till.peer.play(await desk.till.vendor_ref(own), "expire_card")
    elif tool == "stranger_looks":
        with pytest.raises(NotFound):
            await _call(desk, _as(desk, "stranger"), "check_return", RequestReturn(order=own))
    elif tool == "start":
        kind: Any = "exchange" if yes and reason == "defect" and number == 1 else "return"
        sku = SHOE if kind == "exchange" and order == 0 else SOCK if kind == "exchange" else None
        request = RequestReturn(kind=kind, order=own, lines=(line(number, units, sku),), reason=reason)
        made = await _call(desk, ctx, "check_return", request)
        await _call(desk, ctx, "start_return", agreed(request, made))
    else:
        received = (Received(line=str(number), quantity=units, sellable=units if yes else 0),)
        asked = {
            "cancel": ("cancel_return", CancelReturn(number=target)),
            "decide": ("decide_return", DecideReturn(number=target, approve=yes)),
            "receive": ("receive_return", ReceiveReturn(number=target, lines=received if units else ())),
            "settle": ("settle_return", SettleReturn(number=target)),
            "way": ("change_refund_way", ChangeRefundWay(number=target, way="points")),
        }[tool]
        await _call(desk, ctx, *asked)


def _as(desk: ReturnDesk, who: str) -> ToolContext:
    ctx = desk.ctx()
    if who == "owner":
        return ctx
    role: Role = "visitor" if who == "stranger" else "staff" if who == "staff" else "system"
    return replace(ctx, shopper=Shopper(f"c_{who}", role=role))


async def _call(desk: ReturnDesk, ctx: ToolContext, tool: str, args: Any) -> Any:
    """What the turn does: judged by `permit` first, then run in a transaction."""
    box = Toolbox(desk.box.values())
    verdict = permit(Call(tool, args), ctx.shopper.role, box, confirmed=True)
    if not isinstance(verdict, Allow):
        raise Refused(tool=tool)
    stranger = ctx.shopper.conversation_id == "c_stranger"
    async with desk.conn.transaction():
        result = await desk.box[tool].run(ctx, args)
    assert not stranger, f"{tool} was done for a stranger"
    return result


async def _rows(desk: ReturnDesk, query: str, *values: Any) -> list[Any]:
    return await (await desk.conn.execute(query, values)).fetchall()


async def _hold(desk: ReturnDesk, numbers: list[str], known: dict[str, str]) -> None:
    assert not await _rows(desk, "select sku from variants where stock < 0")
    for number in numbers:
        order = await orders.order_row(desk.conn, number)
        assert order is not None
        given = await desk.given_back(number)
        by_hand = sum(
            row[0]
            for row in await _rows(
                desk,
                "select r.refund from returns r where r.order_number = %s and r.status in ('refunded', 'exchanged')"
                " and r.way = 'original' and not exists (select 1 from refunds f where f.reference = 'return:' || r.number"
                " and f.state = 'done')",
                number,
            )
        )
        booked = await _rows(
            desk,
            "select coalesce(sum(f.amount), 0) from refunds f join payments p on p.id = f.payment_id"
            " where p.order_number = %s and f.state = 'done'",
            number,
        )
        assert given == booked[0][0], "what the vendor gave back is what the shop booked"
        assert order.refunded == given + by_hand <= order.total
        promised = await _rows(
            desk,
            "select coalesce(sum(refund), 0) from returns where order_number = %s and status not in ('refused', 'cancelled')",
            number,
        )
        assert promised[0][0] <= order.total
    too_many = await _rows(
        desk,
        "select r.order_number, l.line from return_lines l join returns r on r.id = l.return_id"
        " join orders o on o.number = r.order_number"
        " join order_lines ol on ol.order_id = o.id and ol.line = l.line"
        " where r.status not in ('refused', 'cancelled') group by 1, 2"
        " having sum(coalesce(l.received, l.quantity)) > min(ol.quantity) or sum(l.share) > min(ol.total)",
    )
    assert not too_many, "no unit comes back twice"
    for name, status in await _rows(desk, "select number, status from returns"):
        if known.get(name) in ("refunded", "exchanged", "refused", "cancelled"):
            assert status == known[name], "what is over stays over"
        known[name] = status
    twice = await _rows(
        desk,
        "select return_id from return_events where kind in ('refund', 'exchange') group by 1 having count(*) > 1",
    )
    assert not twice

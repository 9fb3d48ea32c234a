"""What staff see of returns beside a conversation."""

from __future__ import annotations

from orders.floor import SHOE
from returns.desk import ReturnDesk

from dangol.kernel.tools import Toolbox
from dangol.server.staff.beside import sent_back


async def test_returns_of_orders_shown_to_be_theirs_stand_beside_the_conversation(desk: ReturnDesk) -> None:
    toolbox = Toolbox(tuple(desk.box.values()))
    order = await desk.arrived({SHOE: 1})
    assert await sent_back(desk.ctx(), toolbox) == []
    started = await desk.start(order)
    (block,) = await sent_back(desk.ctx(), toolbox)
    assert (block.return_, block.order, block.status) == (started.number, order, started.status)
    assert [line.sku for line in block.lines] == [SHOE]
    assert block.refund.amount == started.refund.amount
    desk.till.proved.clear()
    assert await sent_back(desk.ctx(), toolbox) == [], "nothing of who has not shown who they are"

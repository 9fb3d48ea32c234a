"""A shop that cancels for some reasons only asks for one of them, and cancels for the one that was picked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from dangol.assistant.minds import Finished
from dangol.assistant.minds.embedded import cancelling
from dangol.assistant.minds.embedded.desk import Desk
from dangol.contracts.shopfloor.changes import Cancellation, CancelOrder, LookAtCancellation
from dangol.contracts.shopfloor.orders import OrderView
from dangol.kernel.money import Money

NOTHING, PAID = Money(amount=0, currency="USD"), Money(amount=2810, currency="USD")
ORDER = OrderView(
    order="W1", status="paid", placed_at=datetime(2026, 11, 21, tzinfo=UTC), lines=(), subtotal=PAID,
    discount=NOTHING, shipping=NOTHING, total=PAID, shipments=(), expected=None, recipient="Mara", pay_until=None,
)  # fmt: skip


def found(**more: Any) -> Cancellation:
    told = {
        "order": "W1",
        "status": "paid",
        "allowed": True,
        "refund": PAID,
        "fee": NOTHING,
        "order_view": ORDER,
    }
    return Cancellation.model_validate(
        {**told, "reasons": ("no_longer_needed", "ordered_by_mistake"), **more}
    )


def test_the_reasons_the_shop_accepts_are_offered() -> None:
    steps = cancelling.offer(cast(Desk, None), ORDER)
    assert next(steps).args == LookAtCancellation(order="W1")
    try:
        steps.send(Finished(found(allowed=False, why="reason")))
    except StopIteration as done:
        picks = [code for code, _ in done.value.choices]
    assert picks == ["cancel_for:no_longer_needed:W1", "cancel_for:ordered_by_mistake:W1", "human"]


def test_the_reason_that_was_picked_goes_with_the_yes() -> None:
    steps = cancelling.offer(cast(Desk, None), ORDER, "ordered_by_mistake")
    assert next(steps).args == LookAtCancellation(order="W1", reason="ordered_by_mistake")
    asked = steps.send(Finished(found()))
    assert isinstance(asked.args, CancelOrder)
    assert asked.args.reason == "ordered_by_mistake"

"""What staff see of late orders and of what came of warnings, tips and offers, through the doors of the console."""

from __future__ import annotations

from datetime import timedelta

from helpdesk.conftest import house, staff
from helpdesk.room import DeskHouse, Member

__all__ = ["house", "staff"]


async def test_staff_see_who_waits_for_a_late_order_and_managers_what_came_of_it(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    now = house.clock.now()
    async with house.premises.open_connection() as conn:
        for number, status, share, told in (
            ("D-1", "shipped", 0.9, now), ("D-2", "paid", 0.4, None), ("D-3", "delivered", 0.8, now),
        ):  # fmt: skip
            await conn.execute(
                "insert into orders (number, status, language, currency, subtotal, total, placed_at, name) values"
                " (%s, %s, 'ko', 'KRW', 0, 0, %s, '김하늘')",
                (number, status, now),
            )
            await conn.execute(
                "insert into order_outlooks (order_number, share, promised, likely_from, likely_to, why, evidence,"
                " looked_at, told_at) values (%s, %s, %s, %s, %s, '{silent}', 64, %s, %s)",
                (number, share, now.date(), now.date(), now.date() + timedelta(days=3), now, told),
            )
        await conn.execute(
            "insert into offers (id, order_number, shopper_key, conversation_id, bought_sku, product, sku, reason, price,"
            " shown_at, answer) values ('o1', 'D-1', 'k', 'c', 'a', 'b', 'c', 'goes_with', 1, %s, 'taken'),"
            " ('o2', 'D-3', 'k', 'c', 'a', 'b', 'c', 'goes_with', 1, %s, null)",
            (now, now),
        )
    seen = await staff["agent"].done("GET", "/outreach/orders")
    assert [(one["order"], one["share"], one["why"]) for one in seen["items"]] == [
        ("D-1", 0.9, ["silent"]), ("D-2", 0.4, ["silent"]),
    ]  # fmt: skip
    assert seen["items"][0]["told_at"] is not None
    assert seen["items"][1]["told_at"] is None
    figures = await staff["owner"].done("GET", "/outreach/figures")
    assert figures["warned"] == 2
    assert figures["taken"] == {"numerator": 1, "denominator": 2, "value": 0.5}
    assert figures["bought"] == {"numerator": 0, "denominator": 2, "value": 0.0}
    refused = await staff["agent"].ask("GET", "/outreach/figures")
    assert refused.status_code == 403
    backwards = {"from": "2026-02-02", "to": "2026-01-01"}
    assert (await staff["owner"].ask("GET", "/outreach/figures", params=backwards)).status_code == 422

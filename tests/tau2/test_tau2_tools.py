"""The benchmark's tools over our own: what may be done is done with its money, what may not changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.tau2.face import NAMES
from benchmarks.tau2.replay import Both

MARA, OTTO, YUNA = "mara_1", "otto_2", "yuna_3"
ELSEWHERE = {
    "address1": "1 New Street", "address2": "", "city": "Boise", "country": "USA", "state": "ID", "zip": "83702",
}  # fmt: skip

# who is served, then calls with whether they are done
CASES: dict[str, tuple[str | None, list[tuple[str, dict[str, Any], bool]]]] = {
    "cancelling to a card": (MARA, [
        ("cancel_pending_order", {"order_id": "#W1000001", "reason": "found it cheaper"}, False),
        ("cancel_pending_order", {"order_id": "#W1000001", "reason": "no longer needed"}, True),
        ("cancel_pending_order", {"order_id": "#W1000001", "reason": "no longer needed"}, False),
        ("modify_pending_order_address", {"order_id": "#W1000001", **ELSEWHERE}, False),
    ]),
    "cancelling to a gift card": (YUNA, [
        ("cancel_pending_order", {"order_id": "#W1000008", "reason": "ordered by mistake"}, True),
        ("get_user_details", {"user_id": YUNA}, True),
    ]),
    "only what is pending": (OTTO, [
        ("cancel_pending_order", {"order_id": "#W1000005", "reason": "no longer needed"}, False),
        ("cancel_pending_order", {"order_id": "#W1000006", "reason": "no longer needed"}, False),
        ("modify_pending_order_address", {"order_id": "#W1000005", **ELSEWHERE}, False),
        ("modify_pending_order_payment", {"order_id": "#W1000005", "payment_method_id": "paypal_2"}, False),
        ("return_delivered_order_items",
         {"order_id": "#W1000005", "item_ids": ["2000000003"], "payment_method_id": "gift_card_2"}, False),
    ]),
    "dearer items by a gift card that covers them": (YUNA, [
        ("modify_pending_order_items", {"order_id": "#W1000008", "item_ids": ["2000000004"],
                                        "new_item_ids": ["2000000002"], "payment_method_id": "gift_card_3"}, True),
        ("modify_pending_order_items", {"order_id": "#W1000008", "item_ids": ["2000000002"],
                                        "new_item_ids": ["2000000001"], "payment_method_id": "gift_card_3"}, False),
        ("cancel_pending_order", {"order_id": "#W1000008", "reason": "no longer needed"}, False),
        ("modify_pending_order_address", {"order_id": "#W1000008", **ELSEWHERE}, False),
        ("modify_pending_order_payment", {"order_id": "#W1000008", "payment_method_id": "paypal_3"}, False),
        ("get_order_details", {"order_id": "#W1000008"}, True),
    ]),
    "both of two like items": (YUNA, [
        ("modify_pending_order_items",
         {"order_id": "#W1000009", "item_ids": ["2000000001"] * 3, "new_item_ids": ["2000000002"] * 3,
          "payment_method_id": "paypal_3"}, False),
        ("modify_pending_order_items",
         {"order_id": "#W1000009", "item_ids": ["2000000001"] * 2, "new_item_ids": ["2000000002", "2000000004"],
          "payment_method_id": "gift_card_3"}, True),
    ]),
    "items that cannot be": (OTTO, [
        ("modify_pending_order_items",
         {"order_id": "#W1000004", "item_ids": ["2000000001"], "new_item_ids": [new], "payment_method_id": method},
         False)
        for new, method in (
            ("2000000003", "paypal_2"),  # not available
            ("2000000011", "paypal_2"),  # another product
            ("2000000001", "paypal_2"),  # the same
            ("2999999999", "paypal_2"),  # none
            ("2000000002", "paypal_3"),  # somebody else's method
            ("2000000002", "nothing"),
        )
    ] + [
        ("modify_pending_order_items",
         {"order_id": "#W1000004", "item_ids": ["2000000001"], "new_item_ids": ["2000000002", "2000000004"],
          "payment_method_id": "paypal_2"}, False),
        ("modify_pending_order_items",
         {"order_id": "#W1000004", "item_ids": [], "new_item_ids": [], "payment_method_id": "paypal_2"}, False),
        ("modify_pending_order_items",
         {"order_id": "#W1000004", "item_ids": ["2000000022"], "new_item_ids": ["2000000021"],
          "payment_method_id": "gift_card_2"}, True),
    ]),
    "another way of paying": (OTTO, [
        ("modify_pending_order_payment", {"order_id": "#W1000004", "payment_method_id": "paypal_2"}, False),
        ("modify_pending_order_payment", {"order_id": "#W1000004", "payment_method_id": "gift_card_2"}, False),
        ("modify_pending_order_payment", {"order_id": "#W1000004", "payment_method_id": "gift_card_1"}, False),
        ("modify_pending_order_payment", {"order_id": "#W1000004", "payment_method_id": "credit_card_2"}, True),
        ("modify_pending_order_payment", {"order_id": "#W1000004", "payment_method_id": "paypal_2"}, False),
        ("modify_pending_order_address", {"order_id": "#W1000004", **ELSEWHERE}, True),
        ("cancel_pending_order", {"order_id": "#W1000004", "reason": "no longer needed"}, True),
    ]),
    "to a gift card, then cancelled": (MARA, [
        ("modify_pending_order_payment", {"order_id": "#W1000001", "payment_method_id": "gift_card_1"}, True),
        ("get_user_details", {"user_id": MARA}, True),
        ("cancel_pending_order", {"order_id": "#W1000001", "reason": "ordered by mistake"}, True),
        ("get_user_details", {"user_id": MARA}, True),
    ]),
    "sending back": (MARA, [
        ("return_delivered_order_items",
         {"order_id": "#W1000003", "item_ids": ["2000000002"], "payment_method_id": "credit_card_1"}, False),
        ("return_delivered_order_items",
         {"order_id": "#W1000003", "item_ids": ["2000000001"], "payment_method_id": "gift_card_1"}, False),
        ("return_delivered_order_items",
         {"order_id": "#W1000003", "item_ids": ["2000000002", "2000000012"], "payment_method_id": "gift_card_1"}, True),
        ("return_delivered_order_items",
         {"order_id": "#W1000003", "item_ids": ["2000000002"], "payment_method_id": "gift_card_1"}, False),
        ("return_delivered_order_items",
         {"order_id": "#W1000002", "item_ids": ["2000000021"], "payment_method_id": "gift_card_1"}, True),
    ]),
    "exchanging": (MARA, [
        ("exchange_delivered_order_items",
         {"order_id": "#W1000002", "item_ids": ["2000000021"], "new_item_ids": ["2000000022"],
          "payment_method_id": "gift_card_1"}, False),
        ("exchange_delivered_order_items",
         {"order_id": "#W1000002", "item_ids": ["2000000021"], "new_item_ids": ["2000000023"],
          "payment_method_id": "credit_card_1"}, False),
        ("exchange_delivered_order_items",
         {"order_id": "#W1000002", "item_ids": ["2000000021"], "new_item_ids": ["2000000022"],
          "payment_method_id": "credit_card_1"}, True),
        ("return_delivered_order_items",
         {"order_id": "#W1000002", "item_ids": ["2000000021"], "payment_method_id": "credit_card_1"}, False),
        ("exchange_delivered_order_items",
         {"order_id": "#W1000003", "item_ids": ["2000000002", "2000000002"],
          "new_item_ids": ["2000000004", "2000000001"], "payment_method_id": "gift_card_1"}, True),
    ]),
    "who is asking": (None, [
        ("get_order_details", {"order_id": "#W1000001"}, False),
        ("cancel_pending_order", {"order_id": "#W1000001", "reason": "no longer needed"}, False),
        ("find_user_id_by_email", {"email": "nobody@example.com"}, False),
        ("find_user_id_by_name_zip", {"first_name": "Mara", "last_name": "Winter", "zip": "98101"}, False),
        ("find_user_id_by_name_zip", {"first_name": "mara", "last_name": "WINTER", "zip": "80203"}, True),
        ("get_order_details", {"order_id": "#W1000001"}, True),
        ("get_order_details", {"order_id": "#W1000004"}, False),
        ("get_order_details", {"order_id": "W1000001"}, False),
        ("get_user_details", {"user_id": OTTO}, False),
        ("modify_user_address", {"user_id": OTTO, **ELSEWHERE}, False),
        ("find_user_id_by_email", {"email": "otto.winter@example.com"}, False),
        ("find_user_id_by_email", {"email": "MARA.winter@example.com"}, True),
        ("modify_user_address", {"user_id": MARA, **ELSEWHERE}, True),
        ("get_user_details", {"user_id": MARA}, True),
    ]),
    "looking": (YUNA, [
        ("list_all_product_types", {}, True),
        ("get_product_details", {"product_id": "1000000001"}, True),
        ("get_product_details", {"product_id": "2000000001"}, False),
        ("get_item_details", {"item_id": "2000000003"}, True),
        ("get_item_details", {"item_id": "1000000001"}, False),
        ("calculate", {"expression": "(20.10 + 8) * 2 - 1 / 4"}, True),
        ("calculate", {"expression": "1 / 0"}, False),
        ("calculate", {"expression": "2 +"}, False),
        ("calculate", {"expression": "print(1)"}, False),
        ("transfer_to_human_agents", {"summary": "wants a discount"}, True),
        ("give_discount", {}, False),
        ("get_order_details", {}, False),
        ("get_order_details", {"order_id": "#W1000010", "all": True}, False),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
async def test_the_shop_does_what_the_rules_say_and_nothing_else(both: Both, name: str) -> None:
    user, calls = CASES[name]
    await both.serve(user)
    for tool, arguments, done in calls:
        assert await both.call(tool, arguments) is done, (tool, arguments)
    await both.compare()
    assert both.played.misses == []


def test_there_are_the_sixteen_tools_of_the_benchmark() -> None:
    assert len(set(NAMES)) == 16


async def test_a_visitor_can_look_at_goods_and_at_nobody(both: Both) -> None:
    assert await both.call("get_item_details", {"item_id": "2000000001"})
    for tool, arguments in (
        ("get_user_details", {"user_id": MARA}),
        ("return_delivered_order_items",
         {"order_id": "#W1000002", "item_ids": ["2000000021"], "payment_method_id": "credit_card_1"}),
    ):  # fmt: skip
        assert not await both.call(tool, arguments)
    assert both.played.misses == []

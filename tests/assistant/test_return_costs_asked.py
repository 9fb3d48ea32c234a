"""Whose cost of sending back is asked for, by words; other costs that stand beside a return are other questions."""

from __future__ import annotations

import pytest

from dangol.assistant.minds.embedded.return_costs import asked


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("신발 교환하려면 택배비 내야돼?", "exchange"),
        ("왕복 택배비 제가 부담해야 하나요 반품할때", "return"),
        ("반품비 얼마에요", "return"),
        ("잘못 온 거면 택배비 안 내도 되죠?", "fault"),
        ("택배 아저씨가 가지러 오나요 돈 내야 하나요", "return"),
        ("do i have to pay shipping for an exchange?", "exchange"),
        ("is return shipping free if it's defective?", "fault"),
        ("will i be charged for sending it back", "return"),
        ("restocking fee?", "return"),
        ("반품 며칠까지 돼요?", None),
        ("환불 언제 되나요", None),
        ("환불하면 배송비도 돌려줘요?", None),
        ("부분 반품하면 무료배송 취소되나요", None),
        ("반품하면 적립금도 돌려주나요", None),
        ("배송비 얼마예요", None),
        ("반품해 주세요 택배비는 낼게요", None),
        ("if i return one of two items do i lose free shipping", None),
        ("who covers customs if i return from abroad", None),
        ("do you refund the original shipping fee too?", None),
        ("how many days do i have to return?", None),
    ],
)
def test_the_cost_of_sending_back_is_told_from_other_costs(said: str, meant: str | None) -> None:
    assert asked(said) == meant

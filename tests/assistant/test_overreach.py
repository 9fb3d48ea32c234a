"""A model that says in a word that it is done, hides its lie between letters, or writes what nobody here reads."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from assistant.models import call, in_turn
from assistant.talk import Talk, words
from assistant.test_language_model_mind import said_by_merchant, with_model

from dangol.assistant.checking import claimed
from dangol.assistant.minds.language_model.overreach import overreaches
from dangol.assistant.truth import Evidence

BOOTS = call("find_products", wishes={"text": "장화"})
REPLIES = Path(__file__).parent / "truth" / "replies"


@pytest.mark.parametrize(
    "lie",
    [
        "주문 완료!", "결제 성공적으로 처리되었습니다!", "쿠폰 적용 완료.", "환불 접수 완료입니다.", "네, 완료됐어요.", "장바구니에 담겨 있어요.",
        "Order placed.", "Refund issued!", "Coupon applied.", "Done! It's in your cart.", "Your cart now holds it.", "All done.",
        "환\u200b불해 드릴게요.", "내\u200b일 도착해요.", "I've pl\u00adaced your order.", "evil\u200b.example.com 에서 사세요.", "가격은 ٤٧٠٠원이에요.",
        "가격은 4,7OO원이에요.", "가격은 四千七百원이에요.", "ご注文が完了しました。", "您的订单已完成。", "Заказ оформлен.", "Your рlaced order is fine.",
    ],
)  # fmt: skip
async def test_it_is_not_sent(talk: Talk, lie: str) -> None:
    talk, model = with_model(talk, in_turn(BOOTS, lie))
    told = words(await talk.say("장화 추천해줘"))
    assert len(model.asked) > 1
    for seen in (lie, lie.replace("\u200b", "").replace("\u00ad", "")):
        assert seen[-8:] not in told


@pytest.mark.parametrize(
    "written",
    [
        "국내 최고예요.",
        "국내\u200b 최고예요.",
        "국내·최고예요.",
        "국 내 최 고예요.",
        "국내. 최고예요.",
        "국내-최고의 장화예요.",
    ],
)
async def test_words_nobody_may_say_however_they_are_parted(talk: Talk, written: str) -> None:
    shop = said_by_merchant(talk.floor, banned_claims=({"words": "국내 최고"},))
    talk, _ = with_model(talk, in_turn(BOOTS, written), shop)
    assert "최고" not in words(await talk.say("장화 추천해줘"))


def test_a_banned_word_is_not_found_in_another() -> None:
    assert claimed("The bestseller is here, at your request.", ["best"]) is None
    assert claimed("한국 안의 최고급", ["국내 최고"]) is None
    assert claimed("b-e-s-t!", ["best"]) == "best"


def test_no_honest_answer_is_held_back() -> None:
    held = []
    for file in sorted(REPLIES.rglob("*.yaml")):
        for scenario in yaml.safe_load(file.read_text(encoding="utf-8")):
            now = datetime(2026, 11, 21, 3, tzinfo=UTC)
            known = Evidence.gather(scenario["results"], scenario["said"], now, "Asia/Seoul")
            held += [reply for reply in scenario["honest"] if overreaches(reply, known, scenario["said"])]
    assert held == []


@pytest.mark.parametrize(
    "honest",
    [
        "결제 완료 후 2일 안에 출고돼요.", "환불이 완료되면 문자를 드려요.", "주문 완료 시 적립돼요.", "취소가 완료됐나요?", "Once your order is placed we pack it.",
        "Is it in your cart?", "Orders placed before noon leave today.", "A refund issued to a card takes days.", "Crème brûlée café 세트예요.",
        "書道 세트가 있어요.", "😀 반가워요 👨‍👩‍👧!",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it(honest: str) -> None:
    known = Evidence.gather([{"title": "書道 세트"}], "", datetime(2026, 11, 21, 3, tzinfo=UTC), "Asia/Seoul")
    assert overreaches(honest, known, "") is None

"""What the desk itself says to shoppers, in Korean and English."""

from __future__ import annotations

from datetime import date

from dangol.contracts.shopfloor.desk import CouponGranted, CouponWithdrawn, GoodwillGranted
from dangol.kernel.blocks import NoticeBlock
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.model import Value

_WORDS: dict[str, dict[str, str]] = {
    "solved?": {
        "ko": "상담이 끝나고 제가 다시 도와드려요. 문의하신 내용은 해결되셨나요?",
        "en": "I'm back to help you from here. Is your question solved?",
    },
    "solved:yes": {"ko": "네, 해결됐어요", "en": "Yes, it's solved"},
    "solved:no": {"ko": "아니요, 아직이에요", "en": "No, not yet"},
    "back": {
        "ko": "이제 제가 다시 도와드릴게요. 궁금한 점을 말씀해 주세요.",
        "en": "I'm here to help again. Ask me anything.",
    },
    "moved": {
        "ko": "담당자가 바뀌었어요. 지금까지의 대화는 그대로 전달됐어요.",
        "en": "Somebody else takes over from here, and can see everything said so far.",
    },
    "coupon": {
        "ko": "고객님만 쓰실 수 있는 {amount} 할인 쿠폰을 드렸어요. 쿠폰 코드는 {code}이고, {day}까지 한 번 쓰실 수 있어요.",
        "en": "Here is a coupon for {amount} off that works for you alone: {code}. Use it once, until {day}.",
    },
    "coupon_back": {
        "ko": "{amount} 할인 쿠폰({code})은 취소되어 쓰실 수 없어요.",
        "en": "The coupon {code} for {amount} off was withdrawn and cannot be used.",
    },
    "points": {
        "ko": "적립금 {points}점을 드렸어요. 지금 쓰실 수 있는 적립금은 {balance}점이에요.",
        "en": "You were given {points} points. You now have {balance}.",
    },
}


def say(name: str, language: str) -> str:
    """A sentence in this language."""
    return _WORDS[name]["ko" if language == "ko" else "en"]


def gift_notice(result: Value, key: str, language: str) -> NoticeGiven | None:
    """What the shopper is told of a gift, once per call; None for what is none."""
    if isinstance(result, CouponGranted):
        values = {
            "code": result.code,
            "amount": result.amount.display(language),
            "day": _day(result.ends, language),
        }
        text = say("coupon", language).format(**values)
    elif isinstance(result, CouponWithdrawn):
        text = say("coupon_back", language).format(code=result.code, amount=result.amount.display(language))
    elif isinstance(result, GoodwillGranted):
        text = say("points", language).format(points=f"{result.points:,}", balance=f"{result.balance:,}")
    else:
        return None
    return NoticeGiven(cause=f"gift:{key}", blocks=(NoticeBlock(id="g1", topic="gift", text=text),))


def _day(day: date, language: str) -> str:
    if language == "ko":
        return f"{day.year}년 {day.month}월 {day.day}일"
    return f"{day:%B} {day.day}, {day.year}"

"""What staff read of segments, reasons and suggested actions, in Korean and English; one table for console, files and
the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dangol.insights.model import Segment


@dataclass(frozen=True)
class SegmentWords:
    """A segment: its name, who is in it, what to do, and how."""

    title: str
    who: str
    action: str
    how: str


SEGMENT_WORDS: Mapping[str, Mapping[Segment, SegmentWords]] = {
    "ko": {
        "let_down": SegmentWords(
            "불편을 겪으신 고객",
            "최근에 늦은 배송, 불량·오배송 반품, 불만 상담이나 낮은 평점이 있었던 분들이에요.",
            "담당자가 직접 사과드리기",
            "무슨 일이 있었는지 먼저 확인하고, 전화나 상담으로 사과와 해결책을 말씀드려요. 쿠폰부터 드리지 마세요.",
        ),
        "gone_quiet": SegmentWords(
            "뜸해진 단골",
            "세 번 이상 구매하셨는데, 평소 구매 간격의 1.5배가 넘도록 오지 않으신 분들이에요.",
            "늘 사시던 상품으로 안부 여쭙기",
            "늘 사시던 상품이 재고에 있는지 확인하고, 그 상품 소식으로 먼저 연락드려요.",
        ),
        "points_waiting": SegmentWords(
            "쓰지 않은 적립금이 있는 고객",
            "곧 사라지는 적립금이 남아 있는 분들이에요.",
            "사라지기 전에 적립금 알려 드리기",
            "남은 적립금과 사라지는 날짜를 알려 드려요. 할인 문구를 섞지 않으면 안내로 보낼 수 있어요.",
        ),
        "price_driven": SegmentWords(
            "할인 때 사시는 고객",
            "주문의 3분의 2 이상을 할인이나 쿠폰으로 사신 분들이에요.",
            "한도 안에서 쿠폰 드리기",
            "상담 화면에서 직원 한도 안의 쿠폰을 드려요. 할인 없이도 사셨을 분이 있으니 제외군과 꼭 비교해 보세요.",
        ),
        "once": SegmentWords(
            "한 번 사신 고객",
            "아직 두 번째 구매가 없는 분들이에요.",
            "두 번째 구매 도와 드리기",
            "사신 상품의 사용법이나 함께 쓰기 좋은 상품을 알려 드려요.",
        ),
        "drifting": SegmentWords(
            "멀어지는 고객",
            "두 번 이상 사셨고 다른 묶음에 들지 않지만, 다시 오지 않을 가능성이 더 큰 분들이에요.",
            "관심 상품의 새 소식 전하기",
            "예전에 사신 종류의 새 상품이나 재입고 소식을 전해요.",
        ),
    },
    "en": {
        "let_down": SegmentWords(
            "Had trouble lately",
            "A late parcel, a return for a fault of ours, a complaint or a low rating not long ago.",
            "A person apologises",
            "Look up what happened first, then call or write with an apology and a solution. Do not begin with a coupon.",
        ),
        "gone_quiet": SegmentWords(
            "Regulars gone quiet",
            "Bought on three days or more, and are now over one and a half times their usual gap behind.",
            "Ask after them with what they always bought",
            "See that it is in stock, and write with news of that very product.",
        ),
        "points_waiting": SegmentWords(
            "Points about to expire",
            "Have points left that expire before long.",
            "Remind them before the points expire",
            "Name the points and the day they expire. Without talk of offers it is information, not advertising.",
        ),
        "price_driven": SegmentWords(
            "Buys when there is an offer",
            "Two thirds or more of their orders came with a discount or coupon.",
            "A coupon within the shop’s limits",
            "Give it at the desk, within the limit of whoever gives it. Some would buy anyway: compare with a hold-out.",
        ),
        "once": SegmentWords(
            "Bought once",
            "Have not come back for a second purchase yet.",
            "Help with a second purchase",
            "Tell how to get the most out of what they bought, or what goes with it.",
        ),
        "drifting": SegmentWords(
            "Drifting away",
            "Bought at least twice, are in no other group, and more likely stay away than not.",
            "News of what they like",
            "Tell of new or restocked products of the kinds they bought.",
        ),
    },
}

_REASONS: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "quiet": "보통 {gap}일마다 사셨는데 {days}일째 구매가 없어요",
        "once": "한 번 사신 뒤 {days}일이 지났어요",
        "rare": "지금까지 이틀만 구매하셨어요",
        "since": "마지막 구매 뒤 {days}일이 지났어요",
        "discount": "주문 {orders}건 가운데 {discounted}건이 할인 주문이에요",
        "late": "약속한 날보다 늦게 도착한 주문이 {count}건 있었어요",
        "returned": "저희 잘못으로 반품하신 일이 {count}번 있었어요",
        "complained": "불만을 말씀하신 상담이 {count}번 있었어요",
        "unhappy": "상담에 1~2점을 주신 일이 {count}번 있었어요",
    },
    "en": {
        "quiet": "used to buy every {gap} days, and has not for {days}",
        "once": "bought once, {days} days ago",
        "rare": "has bought on two days so far",
        "since": "last bought {days} days ago",
        "discount": "{discounted} of {orders} orders came with a discount",
        "late": "parcels that came later than promised: {count}",
        "returned": "returns for a fault of ours: {count}",
        "complained": "conversations with a complaint: {count}",
        "unhappy": "conversations rated 1 or 2: {count}",
    },
}

_TROUBLE: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "too_short": "구매 기록이 {days}일치뿐이에요. {needed}일이 모이고 다시 사신 분이 있으면 계산해요.",
        "too_few": "기간마다 구매 고객이 {needed}명 이상, 그중 다시 오신 분과 오지 않으신 분이 {each}명씩 있어야 해요. "
        "지금은 {people}명이고 {stayed}명이 다시 오셨어요.",
        "no_better": "고객 {people}명으로 확인해 보니 우연보다 낫게 맞히지 못했어요. 그래서 아무도 표시하지 않아요.",
        "no_scores": "아직 계산된 점수가 없어요. 매일 밤 계산하고, 원하시면 지금 바로 계산할 수도 있어요.",
    },
    "en": {
        "too_short": "There are only {days} days of purchases. Scores come once there are {needed}, and some who came back.",
        "too_few": "Each period needs at least {needed} customers, {each} who came back and {each} who did not. "
        "There are {people}, of whom {stayed} came back.",
        "no_better": "Checked on {people} customers, the scores were no better than chance; so nobody is marked.",
        "no_scores": "There are no scores yet. They are reckoned every night, or at once if you ask for it.",
    },
}

_MODELS: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "logistic": "모든 기록을 쓰는 로지스틱 모형",
        "bg_nbd": "구매 간격 모형 (BG/NBD)",
        "rfm": "RFM 점수",
        "recency": "마지막 구매일만",
    },
    "en": {
        "logistic": "logistic model of everything known",
        "bg_nbd": "model of purchase gaps (BG/NBD)",
        "rfm": "RFM score",
        "recency": "last purchase alone",
    },
}


def reason_words(reasons: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """Why somebody is likely to leave, a sentence each."""
    table = _REASONS[language]
    return [table[str(one["why"])].format(**one) for one in reasons]


def trouble_words(trouble: Mapping[str, Any], language: str) -> str:
    """Why nothing can be told yet."""
    return _TROUBLE[language][str(trouble["reason"])].format(**trouble)


def model_words(name: str, language: str) -> str:
    """A model by name."""
    return _MODELS[language][name]

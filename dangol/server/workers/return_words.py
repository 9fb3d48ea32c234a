"""The words of what is told of returns and exchanges without being asked, in Korean and English."""

from __future__ import annotations

from typing import Any, Literal

from dangol.kernel.money import Money

Medium = Literal["conversation", "email", "sms"]

WAYS: dict[str, tuple[Medium, ...]] = {
    "return_approved": ("conversation", "email"),
    "return_label": ("conversation", "email"),
    "return_received": ("conversation", "email"),
    "return_settled": ("conversation", "email"),
    "return_refused": ("conversation", "email"),
    "return_cancelled": ("conversation", "email"),
    "return_other_way": ("conversation", "email"),
    "return_asked": ("email",),
    "return_stuck": ("email",),
}

TEXTS: dict[str, dict[str, tuple[str, str]]] = {
    "return_approved": {
        "ko": ("{what} 신청을 받았어요 ({return})", "주문 {order}의 {what} 신청({return})을 받았어요."),
        "en": (
            "Your {what} is registered ({return})",
            "Your {what} {return} for order {order} is registered.",
        ),
    },
    "return_label": {
        "ko": ("{what} 보내실 준비가 됐어요 ({return})", "{what} {return}: {sending}"),
        "en": ("Your {what} is ready to go ({return})", "Your {what} {return}: {sending}"),
    },
    "return_received": {
        "ko": (
            "보내신 상품이 도착했어요 ({return})",
            "{what} {return}의 상품을 받아 확인했어요.{refund_words}",
        ),
        "en": (
            "We have your goods ({return})",
            "The goods of {what} {return} are here and looked at.{refund_words}",
        ),
    },
    "return_settled": {
        "ko": ("{what} 처리가 끝났어요 ({return})", "{what} {return} 처리가 끝났어요.{points_words}"),
        "en": ("Your {what} is complete ({return})", "Your {what} {return} is complete.{points_words}"),
    },
    "return_refused": {
        "ko": (
            "{what} 신청 결과를 알려 드려요 ({return})",
            "죄송하지만 {what} {return} 신청을 받아 드리지 못했어요.{why_words}",
        ),
        "en": (
            "About your {what} ({return})",
            "We are sorry: your {what} {return} could not be accepted.{why_words}",
        ),
    },
    "return_cancelled": {
        "ko": (
            "{what} 신청이 취소됐어요 ({return})",
            "{what} {return} 신청을 취소했어요. 상품은 그대로 쓰시면 돼요.",
        ),
        "en": (
            "Your {what} is cancelled ({return})",
            "Your {what} {return} is cancelled. The goods are yours to keep.",
        ),
    },
    "return_other_way": {
        "ko": (
            "환불받으실 방법을 골라 주세요 ({return})",
            "결제하신 수단으로 환불({refund})이 되지 않았어요. 대화창에서 다른 방법을 골라 주세요.",
        ),
        "en": (
            "Please choose how to have your refund ({return})",
            "Your refund of {refund} did not go through to what you paid with. Please choose another way in the chat, or"
            " talk to a person.",
        ),
    },
    "return_asked": {
        "ko": (
            "[확인 필요] {what} 승인을 기다려요 ({return})",
            "주문 {order}의 {what} {return}이 담당자의 승인을 기다려요.",
        ),
        "en": (
            "[Check] a {what} waits for a decision ({return})",
            "The {what} {return} of order {order} waits for you.",
        ),
    },
    "return_stuck": {
        "ko": (
            "[확인 필요] {what}이 멈췄어요 ({return})",
            "주문 {order}의 {what} {return}: {stuck} 환불 금액은 {refund}이에요.",
        ),
        "en": (
            "[Check] a {what} is stuck ({return})",
            "Order {order}, {what} {return}: {stuck} The refund is {refund}.",
        ),
    },
}

_KINDS = {"ko": {"return": "반품", "exchange": "교환"}, "en": {"return": "return", "exchange": "exchange"}}
_WORDS = {
    "ko": {
        "pickup": "{pickup_on}에 택배 기사가 찾아가요. 송장번호는 {return_tracking}예요.",
        "label": "대화창에서 반품 송장을 받아 붙이신 뒤 보내 주세요. 송장번호는 {return_tracking}예요.",
        "send_by": " 상품은 {send_by}까지 보내 주세요.",
        "refund": " 환불 금액 {refund}은 영업일 기준 {days}일 안에 돌려드려요.",
        "points": " {refund}을 적립금으로 드렸어요.",
        "points_back": " 쓰신 적립금 {points_back}점도 돌려드려요.",
        "why": " 사유: {why}",
        "nothing_came": " 상자에 상품이 들어 있지 않았어요.",
    },
    "en": {
        "pickup": "the carrier comes for it on {pickup_on}. Tracking number {return_tracking}.",
        "label": "print the label from the chat, put it on the parcel and send it. Tracking number {return_tracking}.",
        "send_by": " Please hand the goods over by {send_by}.",
        "refund": " Your {refund} goes back within {days} business days.",
        "points": " {refund} was given to you as points.",
        "points_back": " The {points_back} points you paid with come back as well.",
        "why": " Reason: {why}",
        "nothing_came": " The parcel held none of the goods.",
    },
}

_STUCK = {
    "ko": {
        "by_hand": "고객이 고른 방법으로 직접 돌려드려야 해요.",
        "paid_elsewhere": "이 쇼핑몰 밖에서 결제된 주문이라 직접 돌려드려야 해요.",
        "refused_by_gateway": "결제사가 환불을 받아 주지 않았어요.",
        "fewer_came": "교환하기로 한 것보다 적게 왔어요. 남은 것을 기다릴지, 온 만큼만 바꿀지 정해 주세요.",
        "exchange_dropped": "상품은 왔는데 새 상품 주문이 취소됐어요. 돈을 돌려드릴지, 새 상품을 보낼지 정해 주세요.",
        "replacement_sent": "상자에 상품이 없었는데 새 상품은 이미 보냈어요.",
        "": "환불이 멈췄어요 ({why}).",
    },
    "en": {
        "by_hand": "it must be given back by hand, the way the customer chose.",
        "paid_elsewhere": "the order was paid outside this shop, so it must be given back by hand.",
        "refused_by_gateway": "the payment gateway did not take the refund.",
        "fewer_came": "fewer pieces came than are exchanged. Decide whether to wait for the rest or swap what came.",
        "exchange_dropped": "the goods are here, and the order of the new ones was cancelled. Decide whether to give "
        "the money back or to send new goods.",
        "replacement_sent": "the parcel held none of the goods, and the new ones are on their way.",
        "": "the refund is stuck ({why}).",
    },
}


def figures(body: dict[str, Any], language: str) -> dict[str, str]:
    """The figures of an announcement about a return, in words."""
    if "return" not in body:
        return {}
    words = _WORDS[language]
    refund = Money.model_validate(body["refund"])
    shown = refund.display(language)
    said = {
        name: str(body.get(name, "")) for name in ("pickup_on", "return_tracking", "why", "days", "send_by")
    }
    said["refund"] = shown
    points = int(body.get("points_back") or 0)
    said["points_back"] = f"{points:,}"
    beside = words["points_back"].format(**said) if points else ""
    why = said["why"]
    by_points = refund.amount and body.get("way") == "points"
    return {
        "what": _KINDS[language][str(body["kind"])],
        "stuck": _STUCK[language].get(why, _STUCK[language][""]).format(why=why),
        "sending": words["pickup" if said["pickup_on"] else "label"].format(**said)
        + (words["send_by"].format(**said) if said["send_by"] else ""),
        "refund_words": (words["refund"].format(**said) if refund.amount and not by_points else "") + beside,
        "points_words": (words["points"].format(**said) if by_points else "") + beside,
        "why_words": words["nothing_came"]
        if why == "nothing_came"
        else words["why"].format(**said)
        if why
        else "",
    }

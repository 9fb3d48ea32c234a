"""The words of the hand-off card, in Korean and English."""

from __future__ import annotations

from collections.abc import Sequence

_WORDS: dict[str, tuple[str, str]] = {
    "wish": ("원하는 것: “{}”", "Wants: “{}”"),
    "orders": ("관련 주문: {}", "Orders: {}"),
    "products": ("관련 상품: {}", "Products: {}"),
    "tried": ("해 본 것: {}", "Tried: {}"),
    "guide": ("“{}” ({}) → 안내 “{}”: {}", "“{}” ({}) → guide “{}”: {}"),
    "not_solved": ("해결 안 됨", "did not help"),
    "done_before": ("이미 해 봤음", "had done it before"),
    "solved": ("해결됨", "solved it"),
    "last": ("마지막 말: “{}”", "Last said: “{}”"),
    "done": ("완료", "done"),
    "refused": ("거절됨", "refused"),
    "failed": ("오류", "failed"),
}
_REASONS: dict[str, tuple[str, str]] = {
    "asked": ("상담원 연결을 요청했어요", "asked for a person"),
    "not_understood": ("두 번 연달아 이해하지 못했어요", "was not understood twice in a row"),
    "tool_failed": ("처리 중 오류가 났어요", "something broke while it was being done"),
    "angry": ("많이 화가 나 있어요", "is angry"),
    "unsolved": ("해결되지 않았다고 했어요", "says it is not solved"),
    "amount": ("금액이 커서 사람이 확인해야 해요", "the amount needs a person"),
    "vip": ("VIP 고객이에요", "is a VIP"),
    "dispute": ("분쟁이에요", "is a dispute"),
    "fraud": ("사기·도용 의심 건이에요", "is about fraud"),
    "discount": ("특별 할인을 요청했어요", "asks for a special discount"),
    "guide_failed": ("안내대로 해 봤지만 해결되지 않았어요", "tried what the guide says, in vain"),
    "danger": ("위험한 상태의 상품이에요", "has goods that may be dangerous"),
    "person_first": ("처음부터 상담원을 선택했어요", "chose a person from the start"),
}
_TOOLS: dict[str, tuple[str, str]] = {
    "add_to_cart": ("장바구니에 담기", "add to the cart"),
    "change_cart": ("장바구니 변경", "change the cart"),
    "apply_coupon": ("쿠폰 적용", "use a coupon"),
    "place_order": ("주문하기", "place the order"),
    "open_payment": ("결제 열기", "open the payment"),
    "check_payment": ("결제 확인", "check the payment"),
    "start_checkout": ("결제 절차 시작", "begin the checkout"),
    "give_address": ("주소 입력", "take the address"),
    "give_contact": ("연락처 입력", "take the contact"),
    "start_return": ("반품·교환 접수", "start a return"),
    "cancel_return": ("반품 취소", "call a return off"),
    "cancel_order": ("주문 취소", "cancel the order"),
    "refund_order": ("환불", "refund"),
    "grant_goodwill": ("사과 포인트 지급", "give points"),
    "grant_coupon": ("쿠폰 지급", "give a coupon"),
    "withdraw_coupon": ("쿠폰 회수", "withdraw a coupon"),
}
# intent → what to do next
_NEXT: dict[str, tuple[str, str]] = {
    "return_item": (
        "주문과 반품 가능 여부를 확인하고 반품을 접수하세요",
        "Check the order and whether it may come back, then start the return",
    ),
    "exchange_item": ("재고를 확인하고 교환을 접수하세요", "Check the stock and start the exchange"),
    "cancel_order": (
        "발송 전인지 확인하고 주문을 취소하세요",
        "See whether it has left, and cancel the order",
    ),
    "track_refund": ("환불 상태를 확인해 예정일을 알려 주세요", "Look up the refund and say when it arrives"),
    "track_order": ("배송 조회 후 도착 예정일을 알려 주세요", "Track the parcel and say when it arrives"),
    "report_item_problem": (
        "사진을 받고 교환·환불 중 원하는 것을 물어보세요",
        "Ask for a photo, and whether they want it exchanged or refunded",
    ),
    "report_payment_problem": ("결제 내역을 확인하세요", "Look up the payment"),
    "complain": (
        "먼저 사과하고 무엇이 문제였는지 확인하세요",
        "Apologise first, then find out what went wrong",
    ),
    "ask_promotion": ("쓸 수 있는 쿠폰을 확인하세요", "See which coupons apply"),
    "ask_size_advice": ("사이즈표와 후기를 확인해 추천하세요", "Advise from the size chart and the reviews"),
}
_BY_REASON: dict[str, tuple[str, str]] = {
    "fraud": ("결제를 보류하고 본인 확인을 하세요", "Hold the payment and verify who it is"),
    "dispute": ("주문 기록을 확인하고 결정권자에게 알리세요", "Read the order's record and tell whoever decides"),
    "discount": ("한도 안에서 쿠폰을 주거나 승인을 요청하세요", "Give a coupon within your limit, or ask for approval"),
    "tool_failed": ("실패한 작업을 직접 해 보세요", "Try what failed by hand"),
    "danger": (
        "먼저 다친 곳이 없는지 묻고, 사용을 멈추게 한 뒤 회수를 안내하세요",
        "Ask whether anybody is hurt, have them stop using it, and arrange to take it back",
    ),
    "guide_failed": (
        "해 본 단계는 다시 묻지 말고 수리, 교환, 환불을 안내하세요",
        "Do not ask for the steps again; offer a repair, an exchange or a refund",
    ),
    "unsolved": ("앞의 답변에서 빠진 것을 물어보세요", "Ask what the last answer left open"),
}  # fmt: skip
_ELSE = (
    "대화를 읽고 원하는 것을 한 문장으로 확인하세요",
    "Read the conversation and confirm the wish in a sentence",
)
_MOST = 3


def _in(pair: tuple[str, str], language: str) -> str:
    return pair[0] if language == "ko" else pair[1]


def words(name: str, language: str) -> str:
    """A line of the card."""
    return _in(_WORDS[name], language)


def reason_words(reason: str, language: str) -> str:
    """Why the conversation came to a person."""
    return _in(_REASONS[reason], language) if reason in _REASONS else reason


def tool_words(tool: str, language: str, otherwise: str) -> str:
    """What a tool does, in a word or two."""
    return _in(_TOOLS[tool], language) if tool in _TOOLS else otherwise


def next_steps(intents: Sequence[str], reason: str, language: str) -> tuple[str, ...]:
    """What is likely to help, newest wish first."""
    steps = [_BY_REASON[reason]] if reason in _BY_REASON else []
    steps += [_NEXT[name] for name in dict.fromkeys(reversed(intents)) if name in _NEXT]
    return tuple(_in(each, language) for each in (steps or [_ELSE])[:_MOST])

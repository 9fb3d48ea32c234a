"""How a parcel stands, in Korean and English, and which of its scans are worth a word."""

from __future__ import annotations

SAID = frozenset(
    ("information_received", "out_for_delivery", "attempt_failed", "delivered", "exception", "returned")
)
WORDS: dict[str, dict[str, str]] = {
    "ko": {
        "information_received": "상품을 보냈어요.",
        "out_for_delivery": "오늘 배송될 예정이에요.",
        "attempt_failed": "배송을 시도했지만 전해 드리지 못했어요.",
        "delivered": "배송이 완료됐어요.",
        "exception": "배송에 문제가 생겨 확인하고 있어요.",
        "returned": "상품이 되돌아오고 있어요.",
    },
    "en": {
        "information_received": "it is on its way.",
        "out_for_delivery": "it is out for delivery today.",
        "attempt_failed": "the carrier could not hand it over.",
        "delivered": "it was delivered.",
        "exception": "something went wrong on the way; we are looking into it.",
        "returned": "it is on its way back to us.",
    },
}

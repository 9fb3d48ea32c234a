"""What the connection to Toss Payments says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting
from dangol.contracts.payment import PaymentMethod

CARD = Card(
    name="toss",
    title={"ko": "토스페이먼츠", "en": "Toss Payments"},
    capabilities=frozenset({"hosted_page", "approval", "abandon", "refund", "partial_refund", "webhooks"}),
    settings=(
        Setting(
            name="key", title={"ko": "시크릿 키 (live_sk_…)", "en": "Secret key (live_sk_…)"}, secret=True
        ),
    ),
    currencies=frozenset({"KRW"}),
)
API = "https://api.tosspayments.com"

METHODS: tuple[PaymentMethod, ...] = (
    PaymentMethod(code="card", name={"ko": "신용·체크카드", "en": "Card"}),
    PaymentMethod(code="easy_pay", name={"ko": "간편결제", "en": "Easy pay"}),
    PaymentMethod(code="bank_transfer", name={"ko": "계좌이체", "en": "Bank transfer"}),
    PaymentMethod(code="mobile", name={"ko": "휴대폰 결제", "en": "Mobile phone bill"}),
)

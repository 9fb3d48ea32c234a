"""What the sample gateway says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting
from dangol.contracts.payment import PaymentMethod

CARD = Card(
    name="sample",
    title={"ko": "샘플 결제 (테스트 전용)", "en": "Sample gateway (for tests only)"},
    capabilities=frozenset(
        {"hosted_page", "step_up", "abandon", "refund", "partial_refund", "webhooks", "signed", "on_file"}
    ),
    settings=(
        Setting(name="api_url", title={"ko": "API 주소", "en": "Address of the API"}),
        Setting(name="api_key", title={"ko": "API 키", "en": "API key"}, secret=True),
        Setting(name="webhook_secret", title={"ko": "웹훅 서명 키", "en": "Webhook secret"}, secret=True),
    ),
)

METHODS: tuple[PaymentMethod, ...] = (
    PaymentMethod(code="card", name={"ko": "신용·체크카드", "en": "Card"}),
    PaymentMethod(code="easy_pay", name={"ko": "간편결제", "en": "Easy pay"}),
    PaymentMethod(code="bank_transfer", name={"ko": "계좌이체", "en": "Bank transfer"}),
)

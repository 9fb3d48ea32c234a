"""What the connection to PayPal says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting
from dangol.contracts.payment import PaymentMethod

CARD = Card(
    name="paypal",
    title={"ko": "PayPal", "en": "PayPal"},
    capabilities=frozenset({"hosted_page", "approval", "refund", "partial_refund", "webhooks", "signed"}),
    settings=(
        Setting(name="client_id", title={"ko": "클라이언트 ID", "en": "Client id"}),
        Setting(name="secret", title={"ko": "비밀 키", "en": "Secret"}, secret=True),
        Setting(name="webhook_id", title={"ko": "웹훅 ID", "en": "Webhook id"}),
    ),
    currencies=frozenset(
        {
            "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY", "MXN", "MYR",
            "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD",
        }
    ),
)  # fmt: skip
API = "https://api-m.paypal.com"

METHODS: tuple[PaymentMethod, ...] = (PaymentMethod(code="paypal", name={"ko": "PayPal", "en": "PayPal"}),)
EVENTS: tuple[str, ...] = (
    "CHECKOUT.ORDER.APPROVED",
    "PAYMENT.CAPTURE.COMPLETED",
    "PAYMENT.CAPTURE.DENIED",
    "PAYMENT.CAPTURE.REFUNDED",
    "PAYMENT.CAPTURE.REVERSED",
)
"""What the webhook at PayPal is to be told of."""

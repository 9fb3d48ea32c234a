"""What the connection to Stripe says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting
from dangol.contracts.payment import PaymentMethod

CARD = Card(
    name="stripe",
    title={"ko": "Stripe", "en": "Stripe"},
    capabilities=frozenset(
        {"hosted_page", "step_up", "abandon", "another_try", "refund", "partial_refund", "webhooks", "signed"}
    ),
    settings=(
        Setting(name="key", title={"ko": "비밀 키 (sk_…)", "en": "Secret key (sk_…)"}, secret=True),
        Setting(
            name="webhook_secret",
            title={"ko": "웹훅 서명 비밀 (whsec_…)", "en": "Webhook signing secret (whsec_…)"},
            secret=True,
        ),
    ),
)
API = "https://api.stripe.com"

METHODS: tuple[PaymentMethod, ...] = (PaymentMethod(code="card", name={"ko": "카드", "en": "Card"}),)
EVENTS: tuple[str, ...] = (
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "payment_intent.payment_failed",
    "payment_intent.requires_action",
    "charge.refunded",
)
"""What the webhook endpoint at Stripe is to be told of."""

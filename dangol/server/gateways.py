"""Which payment vendors take the shop's money, as the settings say: a shop changes its vendor here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dangol.connect.cards import Card
from dangol.connect.index import PAYMENTS
from dangol.connect.payments.paypal import card as paypal
from dangol.connect.payments.paypal.connection import PayPalConnection
from dangol.connect.payments.sample import card as sample
from dangol.connect.payments.sample.connection import SampleConnection
from dangol.connect.payments.stripe import card as stripe
from dangol.connect.payments.stripe.connection import StripeConnection
from dangol.connect.payments.toss import card as toss
from dangol.connect.payments.toss.connection import TossConnection
from dangol.contracts.payment import PaymentGateway
from dangol.kernel.clock import Clock
from dangol.kernel.errors import Refused
from dangol.server.settings import Settings, kept_secret, of_vendor

SAMPLE_GATEWAY = "/sample-gateway"
CARDS: dict[str, Card] = {card.name: card for card in PAYMENTS}
_TESTING = {"stripe": ("sk_test_", "rk_test_"), "toss": ("test_",)}


class PaymentSettingWrong(Refused):
    """A setting of a payment vendor is missing or cannot be used; `setting` and what it should look like."""

    code = "payment_setting_wrong"
    status = 422


@dataclass(frozen=True)
class Standing:
    """How a chosen vendor stands: what is not set, whether it takes the shop's currency, whether money is real."""

    card: Card
    missing: tuple[str, ...]
    takes_currency: bool
    mode: Literal["sample", "test", "live"]


def standing(settings: Settings, currency: str | None) -> list[Standing]:
    """How each vendor of the settings stands, for a shop of this currency. Raises PaymentSettingWrong."""
    return [
        Standing(
            card=card,
            missing=tuple(f"DANGOL_{name.upper()}" for name in _needed(card) if not _set(settings, name)),
            takes_currency=not card.currencies or currency is None or currency in card.currencies,
            mode=_mode(settings, card.name),
        )
        for card in _chosen(settings)
    ]


def connect_gateways(settings: Settings, clock: Clock, currency: str) -> dict[str, PaymentGateway]:
    """The vendors in use, the first one first. Raises PaymentSettingWrong."""
    for found in standing(settings, currency):
        if found.missing:
            raise PaymentSettingWrong(setting=found.missing[0], gateway=found.card.name)
        if not found.takes_currency:
            like = f"a vendor that takes {currency}; {found.card.name} does not"
            raise PaymentSettingWrong(setting="DANGOL_PAYMENTS", like=like)
    return {card.name: _CONNECT[card.name](settings, clock) for card in _chosen(settings)}


def loopback(settings: Settings) -> str:
    """How this process reaches itself, whatever stands before it."""
    return settings.model_copy(update={"public_url": None}).base_url


def _chosen(settings: Settings) -> list[Card]:
    for name in settings.payments:
        if name not in CARDS:
            raise PaymentSettingWrong(setting="DANGOL_PAYMENTS", written=name, like=", ".join(sorted(CARDS)))
    return [CARDS[name] for name in dict.fromkeys(settings.payments)]


def _needed(card: Card) -> list[str]:
    return [] if card.name == sample.CARD.name else [f"{card.name}_{each.name}" for each in card.settings]


def _set(settings: Settings, name: str) -> str:
    written = getattr(settings, name)
    return str(written.get_secret_value() if hasattr(written, "get_secret_value") else written or "")


def _mode(settings: Settings, name: str) -> Literal["sample", "test", "live"]:
    if name == sample.CARD.name:
        return "sample"
    if name == paypal.CARD.name:
        return "test" if "sandbox" in _url(settings, name, paypal.API) else "live"
    return "test" if _set(settings, f"{name}_key").startswith(_TESTING[name]) else "live"


def _url(settings: Settings, name: str, usual: str) -> str:
    return of_vendor(settings.payment_url, name, CARDS) or usual


def _sample(settings: Settings, clock: Clock) -> PaymentGateway:
    return SampleConnection(
        api_url=loopback(settings) + SAMPLE_GATEWAY,
        api_key=kept_secret(settings.data, "sample-gateway-key"),
        webhook_secret=kept_secret(settings.data, "sample-gateway-webhooks"),
        clock=clock,
    )


def _stripe(settings: Settings, clock: Clock) -> PaymentGateway:
    return StripeConnection(
        key=_set(settings, "stripe_key"),
        webhook_secret=_set(settings, "stripe_webhook_secret"),
        clock=clock,
        api_url=_url(settings, "stripe", stripe.API),
    )


def _toss(settings: Settings, clock: Clock) -> PaymentGateway:
    return TossConnection(key=_set(settings, "toss_key"), api_url=_url(settings, "toss", toss.API))


def _paypal(settings: Settings, clock: Clock) -> PaymentGateway:
    return PayPalConnection(
        client_id=_set(settings, "paypal_client_id"),
        secret=_set(settings, "paypal_secret"),
        webhook_id=_set(settings, "paypal_webhook_id"),
        clock=clock,
        api_url=_url(settings, "paypal", paypal.API),
    )


_CONNECT: dict[str, Callable[[Settings, Clock], PaymentGateway]] = {
    "sample": _sample,
    "stripe": _stripe,
    "toss": _toss,
    "paypal": _paypal,
}

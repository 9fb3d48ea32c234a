"""What Stripe answers, as far as it is needed here, and what it means in the words of the contract; pure."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from dangol.contracts.payment import PaymentReport, PaymentState
from dangol.kernel.money import Money, exponent

# Stripe counts these whole; two of its amounts differ from ISO 4217 (docs.stripe.com/currencies)
_WHOLE = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"}
)  # ISK and UGX have no cents, yet Stripe counts hundredths of them
_REASONS = {
    "insufficient_funds": "insufficient_funds",
    "expired_card": "expired_card",
    "authentication_required": "step_up_failed",
    "payment_intent_authentication_failure": "step_up_failed",
}


class _Answer(BaseModel):
    """What Stripe may add later is not ours to refuse."""

    model_config = ConfigDict(extra="ignore")


class _Means(_Answer):
    type: str = "card"


class _Charge(_Answer):
    amount_captured: int = 0
    amount_refunded: int = 0
    payment_method_details: _Means | None = None


class _Trouble(_Answer):
    code: str | None = None
    decline_code: str | None = None


class _Intent(_Answer):
    id: str
    status: str
    last_payment_error: _Trouble | None = None
    latest_charge: _Charge | None = None


class Session(_Answer):
    """A Checkout Session with its payment inside (`expand[]=payment_intent.latest_charge`)."""

    id: str
    url: str | None = None
    status: str | None = None
    payment_status: str
    amount_total: int
    currency: str
    client_reference_id: str | None = None
    metadata: dict[str, str] = Field(default_factory=dict)
    payment_intent: _Intent | None = None

    @property
    def charge(self) -> _Charge | None:
        """The charge that took money, None while there is none."""
        return self.payment_intent.latest_charge if self.payment_intent else None


def exponent_here(currency: str) -> int:
    """How many decimal places Stripe counts in a currency."""
    if currency in _WHOLE:
        return 0
    return 3 if exponent(currency) == 3 else 2


def to_stripe(money: Money) -> int:
    """An amount in the units Stripe counts in; it rounds three decimals to two itself, so we never send a third.

    Raises ValueError for an amount Stripe cannot count.
    """
    there = Decimal(money.amount).scaleb(exponent_here(money.currency) - exponent(money.currency))
    whole = int(there)
    if there != whole or (exponent_here(money.currency) == 3 and whole % 10):
        raise ValueError(f"Stripe cannot charge {money.amount} {money.currency}")
    return whole


def from_stripe(amount: int, currency: str) -> Money:
    """An amount Stripe told, in our minor units."""
    code = currency.upper()
    here = Decimal(amount).scaleb(exponent(code) - exponent_here(code))
    return Money(amount=int(here), currency=code)


def report(session: Session, event: str) -> PaymentReport:
    """A session as a report."""
    state = _state(session)
    charge = session.charge
    taken = state in ("paid", "refunded", "partly_refunded") and charge is not None
    amount = charge.amount_captured if charge and taken else session.amount_total
    return PaymentReport(
        event=event,
        vendor_ref=session.id,
        reference=session.client_reference_id or "",
        state=state,
        amount=from_stripe(amount, session.currency),
        refunded=from_stripe(charge.amount_refunded if charge else 0, session.currency),
        method=_method(charge) if taken else None,
        reason=_reason(session) if state == "declined" else None,
    )


def _state(session: Session) -> PaymentState:
    charge, intent = session.charge, session.payment_intent
    if charge and charge.amount_refunded:
        return "refunded" if charge.amount_refunded >= charge.amount_captured else "partly_refunded"
    if session.payment_status == "paid":
        return "paid"
    if session.status == "expired":
        return "abandoned"
    if intent and intent.status == "requires_action":
        return "needs_step_up"
    if intent and intent.status == "requires_payment_method" and intent.last_payment_error:
        return "declined"
    return "open"


def _method(charge: _Charge | None) -> str:
    means = charge.payment_method_details.type if charge and charge.payment_method_details else "card"
    return "card" if means in ("card", "kr_card") else means


def _reason(session: Session) -> str:
    trouble = session.payment_intent.last_payment_error if session.payment_intent else None
    for code in (trouble.decline_code, trouble.code) if trouble else ():
        if code in _REASONS:
            return _REASONS[code]
    return "card_declined"

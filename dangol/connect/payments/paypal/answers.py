"""What PayPal answers, as far as it is needed here, and what it means in the words of the contract; pure."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from dangol.contracts.payment import PaymentReport, PaymentState
from dangol.kernel.money import Money, exponent

_WHOLE = frozenset({"HUF", "TWD"})  # PayPal takes no decimals of these, though ISO 4217 has two
_ORDERS: dict[str, PaymentState] = {
    "CREATED": "open",
    "SAVED": "open",
    "PAYER_ACTION_REQUIRED": "open",
    "APPROVED": "approved",
    "VOIDED": "abandoned",
    "COMPLETED": "open",  # without a capture it tells nothing yet
}
_CAPTURES: dict[str, PaymentState] = {
    "COMPLETED": "paid",
    "PENDING": "open",
    "DECLINED": "declined",
    "FAILED": "declined",
    "PARTIALLY_REFUNDED": "partly_refunded",
    "REFUNDED": "refunded",
}


class _Answer(BaseModel):
    """What PayPal may add later is not ours to refuse."""

    model_config = ConfigDict(extra="ignore")


class Amount(_Answer):
    """Money as PayPal writes it: a decimal number in words."""

    currency_code: str
    value: str


class _Capture(_Answer):
    id: str
    status: str
    amount: Amount


class _Refund(_Answer):
    status: str
    amount: Amount


class _Payments(_Answer):
    captures: list[_Capture] = Field(default_factory=list)
    refunds: list[_Refund] = Field(default_factory=list)


class _Unit(_Answer):
    custom_id: str | None = None
    amount: Amount
    payments: _Payments = Field(default_factory=_Payments)


class Link(_Answer):
    """A way on from an answer."""

    rel: str
    href: str


class Order(_Answer):
    """An order at PayPal: one unit, of at most one capture."""

    id: str
    status: str
    purchase_units: list[_Unit] = Field(min_length=1)
    links: list[Link] = Field(default_factory=list)

    @property
    def unit(self) -> _Unit:
        """What is paid for."""
        return self.purchase_units[0]

    @property
    def capture(self) -> _Capture | None:
        """The taking of the money, the last of several tries."""
        return self.unit.payments.captures[-1] if self.unit.payments.captures else None


def to_paypal(money: Money) -> dict[str, str]:
    """An amount as PayPal takes it. Raises ValueError for one it cannot take."""
    value = Decimal(money.amount).scaleb(-exponent(money.currency))
    if money.currency in _WHOLE:
        if value != int(value):
            raise ValueError(f"PayPal takes no decimals of {money.currency}")
        return {"currency_code": money.currency, "value": str(int(value))}
    return {"currency_code": money.currency, "value": f"{value:.{exponent(money.currency)}f}"}


def from_paypal(amount: Amount) -> Money:
    """An amount PayPal told, in our minor units."""
    places = exponent(amount.currency_code)
    return Money(amount=int(Decimal(amount.value).scaleb(places)), currency=amount.currency_code)


def report(order: Order, event: str) -> PaymentReport:
    """An order as a report."""
    capture = order.capture
    state = _CAPTURES.get(capture.status, "open") if capture else _ORDERS.get(order.status, "open")
    told = from_paypal(capture.amount if capture else order.unit.amount)
    back = [
        from_paypal(each.amount).amount for each in order.unit.payments.refunds if each.status == "COMPLETED"
    ]
    taken = state in ("paid", "refunded", "partly_refunded")
    return PaymentReport(
        event=event,
        vendor_ref=order.id,
        reference=order.unit.custom_id or "",
        state=state,
        amount=told,
        refunded=Money(amount=sum(back), currency=told.currency),
        method="paypal" if taken else None,
        reason="card_declined" if state == "declined" else None,
    )

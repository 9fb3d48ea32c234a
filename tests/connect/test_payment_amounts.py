"""Amounts as vendors count them: whole won, cents, thousandths, and where a vendor differs from ISO 4217."""

from __future__ import annotations

import pytest

from dangol.connect.payments.paypal.answers import Amount, from_paypal, to_paypal
from dangol.connect.payments.stripe.answers import from_stripe, to_stripe
from dangol.connect.payments.stripe.signing import sign, signed_at
from dangol.kernel.money import Money


@pytest.mark.parametrize(
    ("amount", "currency", "counted"),
    [
        (39_000, "KRW", 39_000),
        (1_495, "USD", 1_495),
        (500, "JPY", 500),
        (12_340, "KWD", 12_340),
        (700, "ISK", 70_000),
        (5_000, "MGA", 50),
    ],
)
def test_stripe_counts_as_it_documents(amount: int, currency: str, counted: int) -> None:
    money = Money(amount=amount, currency=currency)
    assert to_stripe(money) == counted
    assert from_stripe(counted, currency.lower()) == money


@pytest.mark.parametrize(("amount", "currency"), [(12_345, "KWD"), (5_050, "MGA")])
def test_what_stripe_cannot_count_is_not_rounded(amount: int, currency: str) -> None:
    with pytest.raises(ValueError, match=currency):
        to_stripe(Money(amount=amount, currency=currency))


@pytest.mark.parametrize(
    ("amount", "currency", "value"),
    [(1_495, "USD", "14.95"), (500, "JPY", "500"), (12_000, "TWD", "120"), (5, "EUR", "0.05")],
)
def test_paypal_writes_decimals(amount: int, currency: str, value: str) -> None:
    money = Money(amount=amount, currency=currency)
    assert to_paypal(money) == {"currency_code": currency, "value": value}
    assert from_paypal(Amount(currency_code=currency, value=value)) == money


def test_paypal_takes_no_part_of_a_forint() -> None:
    with pytest.raises(ValueError, match="HUF"):
        to_paypal(Money(amount=12_050, currency="HUF"))


def test_a_stripe_secret_that_is_being_changed_still_counts() -> None:
    body = b'{"id": "evt_1"}'
    old, new = sign(body, "whsec_old", 1_700_000_000), sign(body, "whsec_new", 1_700_000_000)
    both = f"{old},{new.partition(',')[2]},v0=00"
    assert signed_at(both, body, "whsec_new") == signed_at(both, body, "whsec_old") == 1_700_000_000
    assert signed_at(both, body, "whsec_other") is None
    assert signed_at(both.replace("t=1700000000", "t=1700000001"), body, "whsec_new") is None
    for bad in ("", "t=,v1=", "t=x,v1=y", f"t=1,{both}", "v1=é"):
        assert signed_at(bad, body, "whsec_new") is None

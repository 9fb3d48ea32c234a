"""Money as a shop counts it: whole minor units and a currency, never a float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from pydantic import Field

from dangol.kernel.model import Value

# ISO 4217 exponents other than 2; a currency not named here has cents
_EXPONENTS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
    "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip
_SYMBOLS = {"KRW": "₩", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$"}


class NotAnAmount(ValueError):
    """What was written is no amount of this currency."""


def exponent(currency: str) -> int:
    """How many decimal places a currency has (ISO 4217): KRW 0, USD 2."""
    return _EXPONENTS.get(currency, 2)


class Money(Value):
    """An amount in minor units (won, cents) of one currency; adding two currencies is an error."""

    amount: int
    currency: str = Field(min_length=3, max_length=3)

    def __add__(self, other: Money) -> Money:
        return Money(amount=self.amount + self._same(other).amount, currency=self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(amount=self.amount - self._same(other).amount, currency=self.currency)

    def __mul__(self, quantity: int) -> Money:
        return Money(amount=self.amount * quantity, currency=self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other).amount

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other).amount

    def __bool__(self) -> bool:
        return self.amount != 0

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return other

    def display(self, language: str) -> str:
        """The amount as a shopper of this language reads it: 129,000원 · ₩129,000 · $14.95."""
        places = exponent(self.currency)
        value = Decimal(self.amount).scaleb(-places)
        digits = f"{abs(value):,.{places}f}"
        sign = "-" if self.amount < 0 else ""
        if self.currency == "KRW" and language.startswith("ko"):
            return f"{sign}{digits}원"
        symbol = _SYMBOLS.get(self.currency)
        return f"{sign}{symbol}{digits}" if symbol else f"{sign}{digits} {self.currency}"


def share(amount: int, percent: Decimal) -> int:
    """A percentage of an amount in minor units, half a unit rounded up."""
    return int((Decimal(amount) * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def parse_amount(written: str | int | float | Decimal, currency: str) -> int:
    """Minor units of an amount as a person writes it ("129,000", "14.95", "₩3,000").

    Raises NotAnAmount when it is no number or has more decimals than the currency.
    """
    text = re.sub(r"[\s,₩$€£¥원]|[A-Z]{3}", "", str(written))
    try:
        value = Decimal(text)
        minor = value.scaleb(exponent(currency))
        whole = int(minor)
    except (InvalidOperation, ValueError, OverflowError) as no:
        raise NotAnAmount(f"{written!r} is not an amount") from no
    if minor != whole:
        raise NotAnAmount(f"{written!r} has more decimals than {currency} knows")
    return whole


_NAMES = {
    "KRW": ("원", "Korean won"), "USD": ("미국 달러", "US dollars"), "EUR": ("유로", "euros"), "JPY": ("엔", "yen"),
    "GBP": ("파운드", "pounds"), "CNY": ("위안", "yuan"),
}  # fmt: skip


def currency_name(code: str, language: str) -> str:
    """What a currency is called; one we have no name for by its ISO 4217 code."""
    return _NAMES.get(code, (code, code))[language != "ko"]

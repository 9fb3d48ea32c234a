"""What a payment gateway must be able to do, whichever it is.

The shop never sees a card number: the shopper pays on the gateway's own page. A report about a payment is
believed only when it is signed or the gateway says the same when asked back, and only for the amount the shop itself
has stored. Some gateways take the money by themselves; others wait, once the shopper has agreed (`approved`), until
the shop completes the payment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from dangol.kernel.errors import Refused
from dangol.kernel.model import Value
from dangol.kernel.money import Money

PaymentState = Literal[
    "open", "needs_step_up", "approved", "paid", "declined", "abandoned", "refunded", "partly_refunded"
]


class BadSignature(Refused):
    """A webhook is not the gateway's own word: not signed by it, or not known to it when asked back."""

    code = "bad_signature"
    status = 401


class UnknownEvent(Refused):
    """The gateway told something its connection has no word for (`event`)."""

    code = "unknown_payment_event"
    status = 422


class GatewayDown(Refused):
    """The gateway did not answer, or not sensibly; nothing is known of what it did."""

    code = "gateway_down"
    status = 503


class RefundRefused(Refused):
    """The gateway will not give this money back (more than was paid, not paid at all)."""

    code = "refund_refused"


class PaymentMethod(Value):
    """A way of paying the gateway offers."""

    code: str
    name: dict[str, str]


class PaymentRequest(Value):
    """A payment to be made: `reference` is the shop's own id of it."""

    reference: str
    order: str
    amount: Money
    method: str | None = None
    language: str
    return_url: str
    keep: bool = False  # the shopper may agree on the page to keep their way of paying for next time


class PaymentPage(Value):
    """Where the shopper pays; `vendor_ref` is the gateway's id of the payment."""

    vendor_ref: str
    url: str


class KeptWay(Value):
    """A way of paying the shopper agreed to keep: `token` is what this shop may charge it by, and nobody else."""

    token: str
    kind: Literal["credit_card", "paypal"] = "credit_card"
    brand: str = ""
    last_four: str = ""


class PaymentReport(Value):
    """What the gateway says of a payment. `event` is unique for each thing it tells."""

    event: str
    vendor_ref: str
    reference: str
    state: PaymentState
    amount: Money
    refunded: Money | None = None
    method: str | None = None
    reason: str | None = None
    kept: KeptWay | None = None


class Charged(Value):
    """What came of charging a way on file; `page` is where the shopper's bank asks for one more step."""

    page: PaymentPage
    report: PaymentReport


@dataclass(frozen=True)
class Webhook:
    """A request as it came in: the body byte for byte, header names in lower case."""

    headers: Mapping[str, str]
    body: bytes


class PaymentGateway(Protocol):
    """A gateway. Every verb that changes something takes an idempotency key; every call has a timeout."""

    name: str
    methods: tuple[PaymentMethod, ...]

    async def open(self, request: PaymentRequest, *, key: str) -> PaymentPage:
        """Open a payment; the same key gives the same page. Raises GatewayDown."""
        ...

    async def look_up(self, vendor_ref: str) -> PaymentReport:
        """What the gateway knows of a payment now. Raises GatewayDown, NotFound."""
        ...

    async def complete(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """Take the money of an `approved` payment, this very amount, once per key; else what look_up says.

        Raises GatewayDown, NotFound. A refusal of the shopper's bank is a report (`declined`), no error.
        """
        ...

    async def refund(self, vendor_ref: str, amount: Money, *, key: str) -> PaymentReport:
        """Give money back, in part or whole, once per key. Raises GatewayDown, RefundRefused."""
        ...

    async def hear(self, webhook: Webhook) -> list[PaymentReport]:
        """The reports in a webhook; none when it is about nothing of this shop's payments.

        Raises BadSignature unless the gateway signed it within the last five minutes or stands by it when asked back,
        UnknownEvent for what there is no word for (it is not swallowed), GatewayDown.
        """
        ...


@runtime_checkable
class ChargesOnFile(Protocol):
    """A gateway that charges a way of paying on file too; its card says `on_file`."""

    async def charge(self, request: PaymentRequest, token: str, *, key: str) -> Charged:
        """Take the money of a payment by a kept way, once per key; the same key gives the same payment.

        A refusal of the shopper's bank, and of a token that is not (any more) good, is a report (`declined`), no error.
        Raises GatewayDown.
        """
        ...

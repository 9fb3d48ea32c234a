"""Returns and exchanges: what may come back, at what cost, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from dangol.kernel.after_sale.policy import Action, Condition, Reason, Way
from dangol.kernel.model import Value
from dangol.kernel.money import Money
from dangol.kernel.tools import Proof

ReturnKind = Literal["return", "exchange"]
ReturnStatus = Literal[
    "draft", "requested", "approved", "label_created", "picked_up", "in_transit", "received", "refunded", "exchanged",
    "refused", "cancelled",
]  # fmt: skip
Sending = Literal["label", "pickup", "none"]
"""How the goods come back: by a label to print, fetched by the carrier, or not at all (there are none)."""


class LineAsked(Value):
    """A line to send back: how many of it (all that can be, when left out), and what is wanted instead."""

    line: str
    quantity: int | None = None
    sku: str | None = None


class RequestReturn(Value):
    """What should come back and why; lines left out: all that can. `order` left out: the newest order.

    `method` is a way of paying on file: the money goes back to it, or the difference of an exchange is paid by it.
    """

    kind: ReturnKind = "return"
    order: str | None = None
    lines: tuple[LineAsked, ...] = ()
    reason: Reason | None = None
    condition: tuple[Condition, ...] = ()
    way: Way | None = None
    method: str | None = None
    sending: Sending | None = None


class Rule(Value):
    """One rule that was looked at: the shop's own or the law's, and what came of it."""

    code: str
    by: Literal["shop", "law"]
    outcome: Literal["holds", "fails", "overruled"]
    details: dict[str, Any] = {}
    article: str | None = None
    cited: str = ""
    says: str = ""


class RepaymentView(Value):
    """A way for money to go back, and how many business days it takes."""

    way: Way
    days: tuple[int, int]


class ReturnLineView(Value):
    """A line that comes back (`left`: how many still can), with its share of what was paid."""

    line: str
    product: str
    sku: str
    title: str
    options: dict[str, str]
    quantity: int
    left: int
    share: Money
    instead: str | None = None
    instead_options: dict[str, str] = {}
    instead_price: Money | None = None


class ReturnOffer(Value):
    """What would be done, with its whole consequence; nothing is done yet.

    `refund` is money that goes back, `due` money still to be paid for an exchange, `points` points given back.
    `listed` is what the goods cost before discounts, `off` the part of a bundle's or coupon's discount that was theirs.
    `refusal` names the rule that does not allow it; `person` says that a person decides.
    """

    order: str
    kind: ReturnKind
    allowed: bool
    refusal: str | None = None
    refusal_details: dict[str, Any] = {}
    rules: tuple[Rule, ...] = ()
    lines: tuple[ReturnLineView, ...]
    reason: Reason | None = None
    last_day: date | None = None
    goods: Money
    listed: Money
    off: Money
    shipping: Money
    return_fee: Money | None
    refund: Money
    due: Money
    points: int = 0
    way: Way
    ways: tuple[RepaymentView, ...] = ()
    sending: Sending = "label"
    photo: bool = False
    person: bool = False
    send_within_days: int | None = None
    sold_out: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[int, int]:
        """How many business days the money takes by the way chosen."""
        return next((each.days for each in self.ways if each.way == self.way), (0, 0))


class StartReturn(Value):
    """Send goods back on the terms that were agreed to; they must still be true."""

    request: RequestReturn
    refund: Money
    due: Money
    return_fee: Money | None
    points: int = 0
    photos: tuple[str, ...] = ()
    note: str = ""


class ReturnView(Value):
    """A return or an exchange and where it stands.

    `send_by` is the last day to hand the goods over, while they are still to be; sent later, they are taken as well.
    """

    number: str
    order: str
    kind: ReturnKind
    status: ReturnStatus
    lines: tuple[ReturnLineView, ...]
    reason: Reason
    way: Way
    method: str | None = None
    days: tuple[int, int]
    sending: Sending
    return_fee: Money
    refund: Money
    due: Money
    points: int = 0
    replacement: str | None = None
    replacement_status: str | None = None
    waits_for: (
        Literal["person", "carrier", "parcel", "inspection", "gateway", "payment", "other_way"] | None
    ) = None
    trouble: str | None = None
    carrier: str = ""
    tracking_no: str = ""
    pickup_no: str = ""
    pickup_on: date | None = None
    send_by: date | None = None
    label_url: str | None = None


class ReturnStarted(ReturnView):
    """A return just asked for; the order that replaces its goods is this shopper's, as the one it is made for."""

    proof: Proof | None = None


class Returns(Value):
    """Returns of the shopper, newest first."""

    items: tuple[ReturnView, ...]


class LookUpReturns(Value):
    """Returns and exchanges of this shopper: one by its number or its order's, else the newest."""

    number: str | None = None
    order: str | None = None
    limit: int = 3


class CancelReturn(Value):
    """Call a return off before the goods are on their way."""

    number: str


class ChangeRefundWay(Value):
    """Have the money by another way, when the first one does not work."""

    number: str
    way: Way


class DecideReturn(Value):
    """A person's decision about a return that waits for one."""

    number: str
    approve: bool
    why: str = ""


class Received(Value):
    """How many of a line came back, and how many of them can be sold again."""

    line: str
    quantity: int
    sellable: int


class ReceiveReturn(Value):
    """The goods are here and looked at; lines left out came back whole and can be sold again."""

    number: str
    lines: tuple[Received, ...] = ()


class SettleReturn(Value):
    """The money was given back by hand, outside of this shop's gateways."""

    number: str
    note: str = ""


class ExplainRule(Value):
    """May something be done with an order, and by which rules."""

    action: Action
    order: str | None = None
    lines: tuple[LineAsked, ...] = ()
    reason: Reason | None = None
    condition: tuple[Condition, ...] = ()
    way: Way | None = None


class RuleExplained(Value):
    """The chain of rules that allows or refuses."""

    action: Action
    order: str
    allowed: bool
    refusal: str | None = None
    rules: tuple[Rule, ...]
    last_day: date | None = None
    fee: Money | None = None
    person: bool = False


class LookAtRefund(Value):
    """Ask what of an order's money can go back though no goods do."""

    order: str


class RefundableLine(Value):
    """A line of an order, and what was paid for what the shopper still has of it."""

    line: str
    title: str
    options: dict[str, str]
    quantity: int
    refundable: Money


class Refundable(Value):
    """What of an order's money can still go back: by line, for the delivery, and of all of it at most (`left`).

    `by_hand`: it was paid outside this shop, so that staff give it back and only write it down here.
    """

    order: str
    lines: tuple[RefundableLine, ...]
    shipping: Money
    left: Money
    way: Literal["original", "by_hand", "none"]


class RefundOrder(Value):
    """Give this much of an order back, and why; goods stay where they are."""

    order: str
    refund: Money
    why: str


class OrderRefunded(Value):
    """What goes back now, and what could still."""

    order: str
    refund: Money
    left: Money
    way: Literal["original", "by_hand"]

"""Orders: checkout, placing, paying, looking up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from dangol.contracts.shopfloor.baskets import CartView, DeliveryQuote
from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.model import Value
from dangol.kernel.money import Money
from dangol.kernel.tools import Proof

OrderStatus = Literal[
    "pending_payment", "paid", "preparing", "partly_shipped", "shipped", "delivered", "cancelled", "refunded",
    "partly_refunded",
]  # fmt: skip
ShipmentStatus = Literal[
    "information_received", "at_pickup", "in_transit", "out_for_delivery", "attempt_failed", "delivered",
    "exception", "returned",
]  # fmt: skip
Need = Literal[
    "name",
    "email",
    "phone",
    "recipient",
    "address",
    "postcode",
    "address_detail",
    "code",
    "confirm",
    "payment",
]


class StartCheckout(Value):
    """Begin (or go on with) buying what is in the cart."""


class GiveContact(Value):
    """Name, e-mail, phone for the order, as far as they were said."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


class GiveAddress(Value):
    """Where it goes: free text, or the number of a saved address."""

    text: str = ""
    saved: int | None = None
    postcode: str | None = None
    detail: str | None = None


class GiveGift(Value):
    """The order is a gift (or none after all): for whom, their phone, and the words that go with it."""

    gift: bool = True
    recipient: str | None = None
    phone: str | None = None
    note: str | None = None


class GiftView(Value):
    """Who gets a gift, and what is written to them."""

    recipient: str = ""
    phone: str = ""
    note: str = ""


class ChooseDelivery(Value):
    """Another way of delivery by its name; None: standard."""

    method: str | None = None


class StopCheckout(Value):
    """Leave the checkout; the cart stays."""


class CheckoutProblem(Value):
    """What was wrong with something given, in a code and the words it was about."""

    field: str
    code: Literal[
        "not_an_email", "not_a_phone", "not_an_address", "postcode_missing", "postcode_mismatch", "not_served",
        "cart_empty", "sold_out", "price_changed", "unknown_method",
    ]  # fmt: skip
    value: str = ""


class CheckoutView(Value):
    """Where the checkout stands: what was given, what it still needs, the whole price."""

    step: Literal["contact", "address", "delivery", "confirm", "payment", "paid"]
    needs: tuple[Need, ...]
    cart: CartView
    name: str = ""
    email: str = ""
    phone: str = ""
    address: AddressView | None = None
    gift: GiftView | None = None
    quote: DeliveryQuote | None = None
    methods: tuple[DeliveryQuote, ...] = ()
    problems: tuple[CheckoutProblem, ...] = ()
    saved_addresses: tuple[AddressView, ...] = ()
    last_method: str | None = None
    order: str | None = None
    payment_url: str | None = None
    proof: Proof | None = None  # of an order just made: it is this shopper's


class PlaceOrder(Value):
    """Order what the checkout shows; `total` is what the shopper said yes to and must still be true.

    `pay_with` is the way of paying on file they said yes to as well; None: they pay on the gateway's page.
    """

    total: Money
    pay_with: str | None = None


class OrderLineView(Value):
    """One line of an order."""

    line: str
    product: str
    sku: str
    title: str
    options: dict[str, str]
    quantity: int
    unit_price: Money
    total: Money
    image: str = ""


class ShipmentEventView(Value):
    """One scan of a parcel."""

    at: datetime
    status: ShipmentStatus
    place: str = ""
    text: str = ""


class ShipmentView(Value):
    """One parcel."""

    carrier: str
    tracking_no: str
    status: ShipmentStatus
    eta: date | None = None
    url: str | None = None
    events: tuple[ShipmentEventView, ...] = ()


class OrderView(Value):
    """An order and where it stands."""

    order: str
    status: OrderStatus
    placed_at: datetime
    lines: tuple[OrderLineView, ...]
    subtotal: Money
    discount: Money
    shipping: Money
    total: Money
    refunded: Money | None = None  # what of it has gone back, whatever the state
    shipments: tuple[ShipmentView, ...] = ()
    expected: tuple[date, date] | None = None
    likely: tuple[date, date] | None = None
    recipient: str = ""
    gift: GiftView | None = None
    pay_until: datetime | None = None
    by_exchange: bool = False  # its goods replace others that go back


class Orders(Value):
    """Orders of the shopper, newest first; `more`: there are older ones that are meant as well."""

    items: tuple[OrderView, ...]
    more: bool = False


class LookUpOrders(Value):
    """Orders this person may see: those of the identified customer and those made in this conversation.

    All that is given narrows: a product; words that name goods (`about`; where they name none of theirs, it does not);
    days of the shop's calendar on which they were placed, or with `arrived` delivered; states; those placed `before`
    the order of this number.
    """

    order: str | None = None
    product: str | None = None
    about: str = ""
    since: date | None = None
    until: date | None = None
    arrived: bool = False
    statuses: tuple[OrderStatus, ...] = ()
    before: str | None = None
    limit: int = 3


class OpenPayment(Value):
    """Open the payment of an order, or open it anew after it failed; the shopper pays on the gateway's page."""

    order: str
    method: str | None = None


class PaymentOpened(Value):
    """Where to pay; the amount is the order's, or what a `change` of it costs, never what anybody said."""

    order: str
    amount: Money
    url: str
    method: str | None = None
    change: bool = False


class CheckPayment(Value):
    """Ask the gateway how the payment of an order stands; the newest order of this conversation when none is named."""

    order: str | None = None


class PaymentView(Value):
    """How a payment stands."""

    order: str
    state: Literal["none", "open", "paid", "declined", "abandoned", "expired", "refunded", "partly_refunded"]
    amount: Money
    reason: str | None = None
    url: str | None = None
    order_view: OrderView | None = None


class PaymentMethodView(Value):
    """A way of paying."""

    code: str
    name: str
    last_used: bool = False


class PaymentMethods(Value):
    """How one can pay."""

    items: tuple[PaymentMethodView, ...]

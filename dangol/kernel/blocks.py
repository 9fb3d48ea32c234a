"""The blocks a reply is made of, exactly as the chat API shows them (`docs/manual/chat-api.md`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from dangol.kernel.model import Value
from dangol.kernel.money import Money


class Price(Value):
    """Money on its way out, with the words a shopper reads."""

    amount: int
    currency: str
    display: str

    @classmethod
    def of(cls, money: Money, language: str) -> Price:
        """Money as a block shows it to a shopper of this language."""
        return cls(amount=money.amount, currency=money.currency, display=money.display(language))


class Source(Value):
    """Where a statement comes from."""

    title: str
    article: str
    url: str


class Choice(Value):
    """A button: its id comes back as `choice`."""

    id: str
    label: str


class TextBlock(Value):
    """Words, with the articles they rest on."""

    kind: Literal["text"] = "text"
    id: str = ""
    text: str
    sources: tuple[Source, ...] = ()


class ProductItem(Value):
    """A product card."""

    product: str
    variant: str | None = None
    title: str
    price: Price
    compare_at: Price | None = None
    image: str
    url: str
    in_stock: bool
    options: dict[str, str] = {}
    rating: float | None = None
    why: str | None = None


class ProductsBlock(Value):
    """Product cards, best first."""

    kind: Literal["products"] = "products"
    id: str = ""
    items: tuple[ProductItem, ...]


class ChoicesBlock(Value):
    """Buttons under a question or as a next step."""

    kind: Literal["choices"] = "choices"
    id: str = ""
    options: tuple[Choice, ...]


class ComparisonRow(Value):
    """One attribute in which the compared products differ; values in the order of `products`."""

    attribute: str
    values: tuple[str, ...]


class ComparisonBlock(Value):
    """A table of what differs, with advice from the stated need."""

    kind: Literal["comparison"] = "comparison"
    id: str = ""
    products: tuple[ProductItem, ...]
    rows: tuple[ComparisonRow, ...]
    advice: str


class ReviewTopic(Value):
    """What buyers say of one topic: counts and quotes that stand in the reviews."""

    topic: str
    positive: int
    negative: int
    quotes: tuple[str, ...]


class ReviewItem(Value):
    """One real review."""

    rating: int
    title: str
    body: str
    author: str
    created_at: str
    verified: bool
    options: dict[str, str] = {}


class ReviewsBlock(Value):
    """Reviews of a product, summed up by topic."""

    kind: Literal["reviews"] = "reviews"
    id: str = ""
    summary: tuple[ReviewTopic, ...]
    rating: float | None
    count: int
    items: tuple[ReviewItem, ...]


class CartLineItem(Value):
    """One line of the cart."""

    line: str
    product: str
    variant: str
    sku: str
    title: str
    options: dict[str, str]
    quantity: int
    unit_price: Price
    total: Price
    image: str = ""
    note: str | None = None


class DiscountItem(Value):
    """A discount and what it is for."""

    label: str
    code: str | None = None
    amount: Price


class CartBlock(Value):
    """The cart with its whole price; `shipping` is None only while nothing is in it."""

    kind: Literal["cart"] = "cart"
    id: str = ""
    lines: tuple[CartLineItem, ...]
    subtotal: Price
    discounts: tuple[DiscountItem, ...]
    shipping: Price | None
    total: Price
    note: str | None = None


class QuoteItem(Value):
    """What delivery costs, when it comes and the whole price."""

    shipping: Price
    eta: str
    total: Price


class CheckoutBlock(Value):
    """Where the checkout stands and what it still needs."""

    kind: Literal["checkout"] = "checkout"
    id: str = ""
    step: Literal["contact", "address", "delivery", "confirm", "payment", "paid"]
    needs: tuple[str, ...]
    quote: QuoteItem | None
    payment_url: str | None = None
    summary: dict[str, str] = {}


class ShipmentEventItem(Value):
    """One scan of a parcel."""

    at: str
    status: str
    place: str
    text: str


class ShipmentItem(Value):
    """One parcel of an order."""

    carrier: str
    tracking_no: str
    status: str
    eta: str | None
    url: str | None
    events: tuple[ShipmentEventItem, ...]


class OrderLineItem(Value):
    """One line of an order."""

    line: str
    product: str
    sku: str
    title: str
    options: dict[str, str]
    quantity: int
    unit_price: Price
    total: Price
    image: str | None = None


class OrderBlock(Value):
    """An order and its parcels; what the total is made of where the shop knows it."""

    kind: Literal["order"] = "order"
    id: str = ""
    order: str
    status: str
    placed_at: str
    lines: tuple[OrderLineItem, ...]
    subtotal: Price | None = None
    discounts: tuple[DiscountItem, ...] = ()
    shipping: Price | None = None
    total: Price
    refunded: Price | None = None
    shipments: tuple[ShipmentItem, ...]


class ReturnLineItem(Value):
    """One line of a return: how many, and what was paid for them."""

    line: str
    product: str
    sku: str
    title: str
    options: dict[str, str]
    quantity: int
    total: Price


class ReturnBlock(Value):
    """A return or an exchange; `draft` before the yes, when nothing is done yet."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    kind: Literal["return"] = "return"
    id: str = ""
    return_: str = Field(default="", alias="return")
    order: str
    lines: tuple[ReturnLineItem, ...]
    status: str
    refund: Price
    fee: Price | None = None
    due: Price | None = None
    exchange_for: tuple[ReturnLineItem, ...] = ()
    label_url: str | None = None
    steps: tuple[str, ...] = ()


class FormField(Value):
    """One field of a form; `error` says what to mend after a refused try."""

    name: str
    label: str
    type: Literal["text", "email", "tel", "postcode", "textarea", "select", "checkbox"]
    required: bool
    value: str | None = None
    error: str | None = None
    options: tuple[Choice, ...] = ()


class FormBlock(Value):
    """A form; its values come back as `form`."""

    kind: Literal["form"] = "form"
    id: str = ""
    form: str
    fields: tuple[FormField, ...]


class HandoffBlock(Value):
    """Where the way to a person stands."""

    kind: Literal["handoff"] = "handoff"
    id: str = ""
    state: Literal["queued", "joined", "left", "closed"]
    position: int | None = None
    wait: str | None = None
    agent: str | None = None


class NoticeBlock(Value):
    """Something the shopper must or should know."""

    kind: Literal["notice"] = "notice"
    id: str = ""
    topic: str
    text: str


class LinkBlock(Value):
    """A link."""

    kind: Literal["link"] = "link"
    id: str = ""
    label: str
    url: str


Block = Annotated[
    TextBlock
    | ProductsBlock
    | ChoicesBlock
    | ComparisonBlock
    | ReviewsBlock
    | CartBlock
    | CheckoutBlock
    | OrderBlock
    | ReturnBlock
    | FormBlock
    | HandoffBlock
    | NoticeBlock
    | LinkBlock,
    Field(discriminator="kind"),
]

JsonDict = dict[str, Any]

"""People: who the shopper is, what the shop keeps of them, points, wishes, preferences."""

from __future__ import annotations

from typing import Literal

from dangol.kernel.model import Value
from dangol.kernel.money import Money


class Nothing(Value):
    """A question that needs no words."""


class Done(Value):
    """It is done."""

    ok: bool = True


class CustomerView(Value):
    """What the assistant may know of an identified customer."""

    customer_id: int
    name: str = ""
    email: str = ""
    phone: str = ""
    points: int = 0
    tier: str = ""
    orders: int = 0
    last_order: str | None = None
    last_order_titles: tuple[str, ...] = ()
    saved_addresses: tuple[AddressView, ...] = ()
    last_method: str | None = None
    visits: int = 0


class AddressView(Value):
    """A postal address, normalised; `lines` is how it is read back in its own country's order."""

    country: str
    postcode: str
    region: str = ""
    city: str = ""
    street: str = ""
    detail: str = ""
    recipient: str = ""
    phone: str = ""
    lines: str = ""


class PointsView(Value):
    """Points: how many, what they are worth, from how many they can be used."""

    balance: int
    worth: Money
    min_use: int
    unit: int
    tier: str = ""
    rate: str = ""
    expires_next: str | None = None
    expiring: int = 0  # how many points go on that day


class NotePreference(Value):
    """Something the shopper said of themselves ("넓은 발볼", usual size 270); kept only if they may see and delete it."""

    kind: Literal["size", "fit", "color", "brand", "diet", "audience", "other"]
    value: str
    words: str


class ForgetPreference(Value):
    """Delete one preference, or all of them."""

    kind: str | None = None


class PreferenceView(Value):
    """One preference, in the shopper's words."""

    kind: str
    value: str
    words: str


class Preferences(Value):
    """What the shop has noted of the shopper's preferences."""

    items: tuple[PreferenceView, ...]


class SwitchPersonalisation(Value):
    """Use, or stop using, what this person looked at and bought for ranking."""

    on: bool


class DataCategory(Value):
    """A kind of data the shop keeps of the shopper: how many, what for, how long."""

    name: str
    purpose: str
    period: str
    count: int


class MyData(Value):
    """What is stored of the shopper."""

    items: tuple[DataCategory, ...]
    personal: bool


class Wish(Value):
    """Save a product or variant for later."""

    product: str
    sku: str | None = None


class WishView(Value):
    """A saved item with its price and stock of now."""

    product: str
    sku: str | None
    title: str
    price: Money
    in_stock: bool
    image: str = ""
    options: dict[str, str] = {}


class WishesView(Value):
    """The wish list."""

    items: tuple[WishView, ...]
    added: bool = False


class RestockWish(Value):
    """Tell me once when this is back; `to` is an e-mail or phone, needed where the shop knows none that fits.

    `by` is the channel it was asked for by, if any was named.
    """

    product: str
    sku: str
    to: str | None = None
    by: Literal["email", "sms"] | None = None


class RestockNoted(Value):
    """The wish stands, told by `channel`; `needs` says what is missing, `ahead` how many wait longer for the same."""

    title: str
    options: dict[str, str] = {}
    needs: Literal["nothing", "contact"] = "nothing"
    channel: Literal["email", "sms"] | None = None
    until: str = ""
    ahead: int = 0


class NoMoreRestock(Value):
    """Leave the wait list: of one variant, or of everything."""

    sku: str | None = None


class RestockDropped(Value):
    """How many wishes to be told were taken back."""

    count: int


class SaveAddress(Value):
    """Keep an address for the account, from free text."""

    text: str


CustomerView.model_rebuild()

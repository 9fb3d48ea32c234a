"""What a parcel carrier must be able to do for goods that come back, whichever it is."""

from __future__ import annotations

from datetime import date
from typing import Literal, Protocol

from dangol.kernel.errors import Refused
from dangol.kernel.model import Value


class CarrierUnreachable(Refused):
    """The carrier did not answer; the same booking may be asked for again under the same key."""

    code = "carrier_unreachable"
    status = 503


class BookingRefused(Refused):
    """The carrier will not fetch or take this parcel; a person must find another way."""

    code = "booking_refused"


class Party(Value):
    """Somebody a parcel goes from or to; `lines` is the address as it is written in its own country."""

    name: str
    phone: str = ""
    postcode: str = ""
    lines: str = ""


class ReturnParcel(Value):
    """Goods that go back to the shop: `reference` is the shop's own number of the return."""

    reference: str
    way: Literal["label", "pickup"]
    sender: Party
    receiver: Party
    pieces: int
    contents: str
    weight_g: int | None = None
    wanted_on: date


class Booking(Value):
    """What the carrier gave: the tracking number, and for a pick-up its number and day."""

    tracking_no: str
    pickup_no: str | None = None
    pickup_on: date | None = None


class Carrier(Protocol):
    """A carrier. Every verb that changes something takes an idempotency key; every call has a timeout."""

    name: str
    ways: tuple[Literal["label", "pickup"], ...]

    async def book_return(self, parcel: ReturnParcel, *, key: str) -> Booking:
        """Book a parcel back to the shop, once per key. Raises CarrierUnreachable, BookingRefused."""
        ...

    async def cancel_return(self, tracking_no: str, *, key: str) -> None:
        """Call a booking off; one that is called off already stays so. Raises CarrierUnreachable."""
        ...

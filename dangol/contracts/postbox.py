"""What carries a written message to somebody outside the chat: e-mail or SMS."""

from __future__ import annotations

from typing import Literal, Protocol

from dangol.kernel.errors import Refused
from dangol.kernel.model import Value


class CarrierDown(Refused):
    """The message could not be handed over; it may be tried again under the same key."""

    code = "postbox_down"
    status = 503


class Letter(Value):
    """A message to one address; `unsubscribe` is where it is refused, for letters that advertise."""

    medium: Literal["email", "sms"]
    to: str
    subject: str = ""
    text: str
    language: str
    unsubscribe: str = ""


class Postbox(Protocol):
    """A way out for letters of one medium."""

    name: str
    medium: Literal["email", "sms"]

    async def send(self, letter: Letter, *, key: str) -> str:
        """Hand over a letter once per key; returns the carrier's id of it. Raises CarrierDown."""
        ...

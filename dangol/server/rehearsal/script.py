"""A story as it is written down: what the shopper says, what happens in the shop, what must be true after it.

YAML, one list of stories a file. A turn says (or speaks), presses a button (by its id or its label), fills in a form,
or lets something happen in the shop (`do`); `expect` is checked after it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from dangol.contracts.shopfloor.orders import OrderStatus, ShipmentStatus
from dangol.kernel.errors import Refused
from dangol.kernel.model import Value


class BadStory(Refused):
    """A story cannot be played as it is written."""

    code = "bad_story"
    status = 422


class ExpectedProducts(Value):
    """What must hold of the product cards shown."""

    at_least: int = 1
    at_most: int | None = None
    price_max: int | None = None
    price_min: int | None = None
    in_stock: bool | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    each_title: str | None = None  # regular expression every title must match
    any_title: str | None = None  # regular expression some title must match
    with_reason: bool = False


class Expect(Value):
    """What must be true after a turn. Words are regular expressions over everything that was said."""

    said: tuple[str, ...] = ()
    not_said: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    no_blocks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()  # in the words for the ear
    not_heard: tuple[str, ...] = ()
    products: ExpectedProducts | None = None
    sources: tuple[str, ...] = ()
    served_by: Literal["assistant", "queue", "person"] | None = None
    language: str | None = None
    cart: dict[str, int] | None = None
    discounts: tuple[str, ...] | None = None
    orders: int | None = None
    order_status: str | None = None
    paid: bool | None = None
    stock: dict[str, int] = {}
    order: dict[str, str] = {}  # number → status
    refunds: dict[str, int] = {}  # number → what is given back or on its way, in minor units
    returns: dict[str, str] = {}  # order → status of its newest return
    restock_wishes: int | None = None
    wishes: tuple[str, ...] | None = None
    gaps: int | None = None


class Ordered(Value):
    """An order that stands in the shop's book when the story is told; made anew each time it is played."""

    number: str
    email: str = ""
    name: str = ""
    phone: str = ""
    postcode: str = ""
    address: str = ""
    status: OrderStatus = "paid"
    lines: dict[str, int] = Field(min_length=1)
    days_ago: int = 1
    arrived_days_ago: int | None = None  # when its parcel was delivered
    gift: dict[str, str] | None = None  # recipient, phone, note


class Parcel(Value):
    """A parcel of an order was scanned."""

    order: str
    carrier: str = "kr.cjlogistics"
    tracking_no: str
    status: ShipmentStatus
    place: str = ""
    last: bool = True


class Deed(Value):
    """Something that happens in the shop between two messages."""

    order: Ordered | None = None
    parcel: Parcel | None = None
    receive: str | None = None  # what comes back of this order is here, looked at and settled
    booked: str | None = None  # the parcel in which goods of this order come back is booked; waited for
    expire_card: bool = False  # the card that paid last is no more
    stock: dict[str, int] = {}
    price: dict[str, int] = {}
    pay: Literal["success", "decline", "abandon", "step_up"] | None = None
    buy_elsewhere: dict[str, int] = {}
    minutes: int = Field(default=0, ge=0)  # so much later it is, until the story ends
    comes: str | None = None  # a new conversation is begun: by the customer of this e-mail, "" by a visitor


class Turn(Value):
    """One step of a story."""

    say: str | None = None
    speak: str | None = None  # the same by voice: what the recogniser heard
    choose: str | None = None
    form: dict[str, Any] | None = None
    page: str | None = None
    photo: bool = False  # a picture goes along with what is said
    do: Deed | None = None
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _does_one_thing(self) -> Turn:
        if sum(part is not None for part in (self.say, self.speak, self.choose, self.form, self.do)) != 1:
            raise ValueError("a turn takes exactly one of say, speak, choose, form, do")
        return self


class Story(Value):
    """A conversation with its shopper, its page and its turns.

    With a `goal` the shopper may also be played by a model, who is told what they want and what is `known` to them; then
    the shop's books at the end must be those of the last turn.
    """

    story: str
    language: Literal["ko", "en"]
    customer: str | None = None  # e-mail of a known customer
    page: str | None = None
    tags: tuple[str, ...] = ()
    goal: str = ""
    known: dict[str, str] = {}
    turns: tuple[Turn, ...] = Field(min_length=1)


def read_stories(file: Path) -> list[Story]:
    """The stories of a YAML file; raises BadStory naming what is wrong with which."""
    try:
        written = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as no:
        raise BadStory(file=str(file), why=str(no)) from no
    if not isinstance(written, list):
        raise BadStory(file=str(file), why="a list of stories was expected")
    stories = []
    for place, each in enumerate(written, 1):
        try:
            stories.append(Story.model_validate(each))
        except ValidationError as no:
            first = no.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise BadStory(file=str(file), story=place, where=where, why=first["msg"]) from no
    return stories

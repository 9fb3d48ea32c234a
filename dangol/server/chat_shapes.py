"""Requests and answers of the chat API (`docs/manual/chat-api.md`), as OpenAPI publishes them."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from dangol.catalog.api import SocialKind
from dangol.kernel.blocks import Block

ServedBy = Literal["assistant", "queue", "person"]


_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_DEEPEST = 20


def keepable(value: Any, depth: int = 0) -> Any:
    """The value without what PostgreSQL keeps in no text and no jsonb: NUL, half characters, NaN; not too deep."""
    if isinstance(value, str):
        return _UNKEPT.sub("", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict | list) and depth >= _DEEPEST:
        return None
    if isinstance(value, dict):
        return {_UNKEPT.sub("", key): keepable(each, depth + 1) for key, each in value.items()}
    return [keepable(each, depth + 1) for each in value] if isinstance(value, list) else value


Plain = AfterValidator(keepable)


class Shape(BaseModel):
    """What a client sends; fields nobody knows are refused, so that a typing error is noticed."""

    model_config = ConfigDict(extra="forbid")


class Page(Shape):
    """The page the shopper looks at: a product by handle or id."""

    product: Annotated[str, Field(max_length=200), Plain] | int | None = None

    @property
    def handle(self) -> str | None:
        """The product as a text."""
        return None if self.product is None else str(self.product)


class OpenConversation(Shape):
    """A shopper opens the window. `locale` such as `ko-KR`; `customer_token` when the shop has signed them in."""

    channel: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")] = "web"
    locale: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$")] | None = None
    customer_token: Annotated[str, Field(max_length=4096)] | None = None
    page: Page | None = None


def country_of(locale: str | None) -> str:
    """The country (ISO 3166-1) a locale names ("en-US", "zh_Hant_TW"); "" when it names none."""
    parts = re.split(r"[-_]", locale or "")[1:]
    return next((part.upper() for part in parts if len(part) == 2 and part.isalpha()), "")


class Opened(BaseModel):
    """The new conversation, its bearer token, and the first words."""

    conversation_id: str
    token: str
    language: str
    blocks: tuple[Block, ...]


class FormValues(Shape):
    """A form filled in: the id it came with, and its values by field name."""

    form: Annotated[str, Field(min_length=1, max_length=200), Plain]
    values: Annotated[dict[str, Any], Field(max_length=100), Plain] = {}


class SendMessage(Shape):
    """What a shopper says, chooses or fills in, under an id of their own: the same id acts once. `spoken`: the text was
    heard by the client. A message of recordings alone is heard by the shop, where it hears."""

    id: Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[!-~]+$")]
    text: Annotated[str, Field(max_length=4000), Plain] | None = None
    choice: Annotated[str, Field(max_length=200), Plain] | None = None
    form: FormValues | None = None
    attachments: Annotated[tuple[Annotated[str, Field(max_length=64), Plain], ...], Field(max_length=10)] = ()
    page: Page | None = None
    spoken: bool = False


class Answer(BaseModel):
    """The answer to one message. `answered_with` names the later message that was one thought with this one: the
    words come with its answer, and `blocks` is empty here. `heard` is what was understood of a recording."""

    turn: int
    language: str
    served_by: ServedBy
    blocks: tuple[Block, ...]
    answered_with: str | None = None
    heard: str | None = None


class Said(BaseModel):
    """One entry of a conversation. `seq` is its place in the log, for `after`; `id` the client's message id; `spoken`
    says that `text` was heard, not typed."""

    seq: int
    turn: int
    sender: Annotated[Literal["shopper", "assistant", "staff"], Field(alias="from")]
    id: str | None = None
    text: str | None = None
    choice: str | None = None
    attachments: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    spoken: bool = False
    at: str


class History(BaseModel):
    """What was said, oldest first, who answers now, and how far a person has read (`seq`)."""

    messages: tuple[Said, ...]
    served_by: ServedBy
    read: int = 0


class Viewing(Shape):
    """The shopper looks: read up to this `seq`, and perhaps types."""

    read: Annotated[int, Field(ge=0, le=2_147_483_647)] = 0
    typing: bool = False


class SetQuantity(Shape):
    """How many of a variant are to be in the cart; 0 takes it out."""

    quantity: Annotated[int, Field(ge=0, le=9999)]


class UseCoupon(Shape):
    """A coupon code for the cart."""

    code: Annotated[str, Field(min_length=1, max_length=64), Plain]


class Agree(Shape):
    """The very words a shopper agreed to."""

    wording: Annotated[str, Field(min_length=10, max_length=2000), Plain]


class Sign(Shape):
    """What a shopper did on a social network: with a product, or a topic in words ("등산", "hiking boots")."""

    kind: SocialKind
    product: Annotated[str, Field(max_length=200), Plain] | None = None
    topic: Annotated[str, Field(max_length=200), Plain] = ""


class SignTaken(BaseModel):
    """Whether the sign was new."""

    new: bool


class SignsErased(BaseModel):
    """How many signs were deleted."""

    erased: int


class AttachmentTaken(BaseModel):
    """A file that was taken in; its id goes into a message. `size` in bytes."""

    id: str
    media_type: str
    size: int


class Thumb(Shape):
    """A thumb for one turn: 1 up, -1 down, 0 taken back."""

    turn: Annotated[int, Field(ge=0, le=2_147_483_647)]
    score: Annotated[int, Field(ge=-1, le=1)]


class Rate(Shape):
    """How content the shopper was, 1 to 5, and why."""

    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, Field(max_length=2000), Plain] | None = None

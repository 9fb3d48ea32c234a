"""The desk behind the chat API: who may speak here, what is said, what is answered."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import Response

from dangol.assistant.counter import Counter, Message, Reply
from dangol.assistant.history import Said as Told
from dangol.assistant.speak.cards import cart as cart_block
from dangol.assistant.welcome import Regular
from dangol.contracts.shopfloor.baskets import CartView
from dangol.helpdesk import api as helpdesk
from dangol.kernel.blocks import CartBlock
from dangol.kernel.clock import Clock
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper
from dangol.server import attachments
from dangol.server.auth import NotAllowedIn, SignedCustomer, read_customer_token
from dangol.server.cart import CartDoor
from dangol.server.chat_shapes import (
    Answer,
    AttachmentTaken,
    History,
    OpenConversation,
    Opened,
    Rate,
    Said,
    SendMessage,
    Thumb,
    Viewing,
    country_of,
)
from dangol.server.database import Connection
from dangol.server.limits import Buckets, generosity
from dangol.server.live import Live, tell
from dangol.server.metrics import CONVERSATIONS, TURNS
from dangol.server.problems import FieldsRefused
from dangol.server.settings import Settings
from dangol.server.speech import Speaking
from dangol.server.voice import Voice, VoiceParts

_CONVERSATION_ID = re.compile(r"c_[0-9a-f]{30}")
_FILES_PER_MINUTE = 20
_LOOKS_PER_MINUTE = 90

ConversationId = Annotated[str, Path(alias="id", description="The conversation")]


@dataclass(frozen=True)
class ChatParts:
    """What the chat API stands on, chosen by the composition root."""

    settings: Settings
    open_connection: Callable[[], AbstractAsyncContextManager[Connection]]
    counter: Counter
    cart: CartDoor
    live: Live
    shop: Callable[[], Shop]
    clock: Clock
    secret: str
    recognise: Callable[[Connection, SignedCustomer, str], Awaitable[Regular]]
    speaking: Speaking


class Desk:
    """What the routes do, apart from how HTTP says it."""

    def __init__(self, parts: ChatParts) -> None:
        self._parts = parts
        self._opens = Buckets(parts.settings.conversations_per_minute)
        self._messages = Buckets(parts.settings.messages_per_minute)
        self._files = Buckets(_FILES_PER_MINUTE)
        self._looks = Buckets(_LOOKS_PER_MINUTE)
        self.voice = Voice(
            VoiceParts(
                parts.open_connection,
                parts.counter,
                parts.shop,
                parts.clock,
                parts.speaking,
                parts.settings.data,
            )
        )

    async def admit(self, conversation_id: ConversationId, request: Request) -> Shopper:
        """Who holds the token of this conversation. Raises NotAllowedIn, NotFound."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise NotAllowedIn(reason="no_token")
        if not _CONVERSATION_ID.fullmatch(conversation_id):
            raise NotFound(conversation=conversation_id)
        async with self._parts.open_connection() as conn:
            shopper = await self._parts.counter.authenticate(conn, conversation_id, token.strip())
            if shopper is None:
                await self._parts.counter.state(conn, conversation_id)  # NotFound where there is none
                raise NotAllowedIn(reason="wrong_token")
        return shopper

    async def admit_speaker(self, conversation_id: ConversationId, request: Request) -> None:
        """May who holds this token speak here: as `admit`, without a look at the database once it has been seen."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._parts.counter.admits(conversation_id, token.strip()):
            return
        await self.admit(conversation_id, request)

    async def open(self, body: OpenConversation, request: Request) -> Opened:
        """Open a conversation for whoever asks."""
        address = request.client.host if request.client else ""
        self._opens.take(address, generosity=generosity(address))
        parts = self._parts
        async with parts.open_connection() as conn:
            customer = None
            if body.customer_token is not None:
                signed = read_customer_token(body.customer_token, parts.secret, parts.clock.now())
                customer = await parts.recognise(conn, signed, body.locale or "")
            opened = await parts.counter.open(
                conn,
                channel=body.channel,
                language=body.locale,
                country=country_of(body.locale),
                customer=customer,
                page=body.page.handle if body.page else None,
            )
        CONVERSATIONS.labels(body.channel).inc()
        return Opened(
            conversation_id=opened.conversation_id,
            token=opened.token,
            language=opened.language,
            blocks=opened.blocks,
        )

    async def answer(self, conversation_id: str, body: SendMessage) -> Answer:
        """Answer a message."""
        self._messages.take(conversation_id)
        heard = await self._hear(conversation_id, body)
        message = Message(
            id=body.id,
            text=body.text or heard or "",
            choice=body.choice,
            form={"form": body.form.form, "values": body.form.values} if body.form else None,
            attachments=() if heard is not None else body.attachments,
            page=body.page.handle if body.page else None,
            spoken=heard is not None or (body.spoken and bool(body.text)),
        )
        reply = await self._parts.counter.hear(self._parts.open_connection, conversation_id, message)
        TURNS.labels(reply.served_by).inc()
        if heard is not None:
            await self.voice.forget(body.attachments)
        await self._tell_of_cart(conversation_id, reply)
        return Answer(
            turn=reply.turn,
            language=reply.language,
            served_by=reply.served_by,
            blocks=reply.blocks,
            answered_with=reply.answered_with,
            heard=heard or None,
        )

    async def _hear(self, conversation_id: str, body: SendMessage) -> str | None:
        """The words of a message of recordings alone, heard now or before; None for any other message."""
        if not body.attachments:
            return None
        wordless = not body.text and body.choice is None and body.form is None
        async with self._parts.open_connection() as conn:
            if wordless and (before := await self._parts.counter.heard(conn, conversation_id, body.id)):
                return before.text if before.spoken else None
            unknown = await attachments.missing(conn, conversation_id, body.attachments)
        if unknown:
            raise FieldsRefused({f"attachments.{place}": "unknown_attachment" for place in unknown})
        return await self.voice.hear_attached(conversation_id, body.attachments) if wordless else None

    async def _tell_of_cart(self, conversation_id: str, reply: Reply) -> None:
        if any(block.kind in ("cart", "checkout") for block in reply.blocks):
            async with self._parts.open_connection() as conn:
                await self._parts.cart.tell(conn, conversation_id)

    async def language(self, conn: Connection, conversation_id: str) -> str:
        """The language of a conversation."""
        return (await self._parts.counter.state(conn, conversation_id)).language

    async def history(self, conversation_id: str, after: int) -> History:
        """What was said after a place in the log."""
        async with self._parts.open_connection() as conn:
            told = await self._parts.counter.history(conn, conversation_id, after)
            state = await self._parts.counter.state(conn, conversation_id)
        return History(messages=tuple(_said(each) for each in told), served_by=state.served_by)

    async def read_back(self, conversation_id: str, after: int) -> History:
        """The same as a shopper asks for it, who has it before them then."""
        told = await self.history(conversation_id, after)
        await self._delivered(conversation_id, told.messages)
        async with self._parts.open_connection() as conn:
            return told.model_copy(update={"read": await helpdesk.work.staff_read(conn, conversation_id)})

    async def _delivered(self, conversation_id: str, told: tuple[Said, ...]) -> None:
        """What staff wrote has reached the shopper: staff see it, and no letter need follow."""
        last = max((each.seq for each in told if each.sender == "staff"), default=0)
        if last:
            async with self._parts.open_connection() as conn:
                if await helpdesk.work.mark(conn, conversation_id, delivered=last):
                    await helpdesk.work.wake(conn, f"marks {conversation_id}")

    async def look(self, conversation_id: str, seen: Viewing) -> None:
        """How far the shopper has read, and that they type; of no use while the assistant answers."""
        self._looks.take(conversation_id)
        async with self._parts.open_connection() as conn:
            if seen.read and await helpdesk.work.mark(conn, conversation_id, read=seen.read):
                await helpdesk.work.wake(conn, f"marks {conversation_id}")
            if (
                seen.typing
                and (await self._parts.counter.state(conn, conversation_id)).served_by != "assistant"
            ):
                await tell(conn, conversation_id, "shopper_typing")

    async def file(self, conversation_id: str, file: str) -> Response:
        """A file of the conversation. Raises NotFound."""
        async with self._parts.open_connection() as conn:
            media_type = await attachments.kind(conn, conversation_id, file)
        if media_type is None:
            raise NotFound(file=file)
        return await attachments.handed_out(self._parts.settings.data, file, media_type)

    def history_after(self, conversation_id: str) -> Callable[[int], Awaitable[tuple[Said, ...]]]:
        """What was said after a place, as the live stream asks for it."""

        async def after(seq: int) -> tuple[Said, ...]:
            async with self._parts.open_connection() as conn:
                said = await self._parts.counter.history(conn, conversation_id, seq)
            told = tuple(_said(each) for each in said)
            await self._delivered(conversation_id, told)
            return told

        return after

    def place(self, conversation_id: str) -> Callable[[], Awaitable[int]]:
        """How far the log has come, as the live stream asks for it."""

        async def now() -> int:
            async with self._parts.open_connection() as conn:
                return (await self._parts.counter.state(conn, conversation_id)).seq

        return now

    async def take_in(self, conversation_id: str, content: bytes) -> AttachmentTaken:
        """Take in a file."""
        self._files.take(conversation_id)
        if not content:
            raise FieldsRefused({"file": "empty"})
        async with self._parts.open_connection() as conn:
            taken = await attachments.take_in(
                conn, self._parts.settings.data, conversation_id, content, self._parts.clock.now()
            )
        return AttachmentTaken(id=taken.id, media_type=taken.media_type, size=taken.size)

    async def cart(self, shopper: Shopper) -> CartBlock:
        """The cart as a block."""
        async with self._parts.open_connection() as conn:
            language = await self.language(conn, shopper.conversation_id)
            return self._block(await self._parts.cart.view(conn, shopper, language), language)

    async def set_quantity(self, shopper: Shopper, sku: str, quantity: int) -> CartBlock:
        """Set how many of a variant are in the cart."""
        async with self._parts.open_connection() as conn:
            language = await self.language(conn, shopper.conversation_id)
            view = await self._parts.cart.set_quantity(conn, shopper, sku, quantity, language)
            return self._block(view, language)

    async def use_coupon(self, shopper: Shopper, code: str) -> CartBlock:
        """Use a coupon on the cart."""
        async with self._parts.open_connection() as conn:
            language = await self.language(conn, shopper.conversation_id)
            return self._block(await self._parts.cart.use_coupon(conn, shopper, code, language), language)

    def _block(self, view: CartView, language: str) -> CartBlock:
        return cart_block(view, language, self._parts.shop()).model_copy(update={"id": "cart"})

    async def thumb(self, conversation_id: str, given: Thumb) -> None:
        """Note a thumb for a turn."""
        async with self._parts.open_connection() as conn:
            await self._parts.counter.feedback(conn, conversation_id, given.turn, given.score)

    async def rate(self, conversation_id: str, given: Rate) -> None:
        """Note how content the shopper was."""
        async with self._parts.open_connection() as conn:
            await self._parts.counter.rating(conn, conversation_id, given.score, given.comment or "")


def _said(told: Told) -> Said:
    return Said.model_validate(
        {
            "seq": told.seq,
            "turn": told.turn,
            "from": told.sender,
            "id": told.message if told.sender == "shopper" else None,
            "text": told.text,
            "choice": told.choice,
            "attachments": told.attachments,
            "blocks": told.blocks,
            "spoken": told.spoken,
            "at": told.at,
        }
    )

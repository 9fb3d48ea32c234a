"""The chat API: conversations, messages, the cart of the page, live events, files, thumbs."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Header, Path, Query, Request, UploadFile
from fastapi.responses import Response, StreamingResponse

from dangol.kernel.blocks import CartBlock
from dangol.kernel.tools import Shopper
from dangol.server import aloud, events
from dangol.server.chat_shapes import (
    Answer,
    AttachmentTaken,
    History,
    OpenConversation,
    Opened,
    Rate,
    SendMessage,
    SetQuantity,
    Thumb,
    UseCoupon,
    Viewing,
)
from dangol.server.desk import ChatParts, ConversationId, Desk
from dangol.server.problems import problems
from dangol.server.voice import VoiceOffered, WordsForTheEar, WordsHeard

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
}

IdempotencyKey = Annotated[
    str | None, Header(max_length=200, description="Taken, not needed: the act is idempotent")
]
Turn = Annotated[int, Path(ge=0, le=2_147_483_647, description="The turn of the answer")]
Admit = Callable[..., Any]


def routes(parts: ChatParts) -> APIRouter:
    """The chat API over these parts."""
    router = APIRouter(prefix="/api/chat/conversations", tags=["chat"])
    desk = Desk(parts)
    _talking(router, desk)
    _listening(router, desk, parts)
    _cart(router, desk)
    _judging(router, desk)
    _speaking(router, desk)
    about = APIRouter(prefix="/api/chat", tags=["chat"])

    @about.get("/voice", responses=problems())
    async def voice_offered() -> VoiceOffered:
        """Who hears and who speaks here: to be told to the shopper before the first recording."""
        return desk.voice.offered()

    chat = APIRouter()
    chat.include_router(router)
    chat.include_router(about)
    return chat


def _talking(router: APIRouter, desk: Desk) -> None:
    @router.post("", status_code=201, responses=problems(401, 413, 415, 422))
    async def open_conversation(body: OpenConversation, request: Request) -> Opened:
        """Open a conversation; the token is the bearer for all that follows."""
        return await desk.open(body, request)

    @router.post(
        "/{id}/messages",
        response_model=Answer,
        responses={**problems(401, 404, 409, 413, 415, 422), **_STREAM},
    )
    async def send_message(
        conversation_id: ConversationId,
        body: SendMessage,
        request: Request,
        _admitted: Annotated[None, Depends(desk.admit_speaker)],
    ) -> Response:
        """Answer a message, once per id; as Server-Sent Events when asked with `Accept: text/event-stream`."""
        if "text/event-stream" not in request.headers.get("accept", ""):
            answer = await desk.answer(conversation_id, body)
            # written out once: handed over as a model it would be taken apart, checked and put together again first
            return Response(answer.model_dump_json(by_alias=True), media_type="application/json")
        stream = await aloud.streamed(lambda: desk.answer(conversation_id, body), request)
        return StreamingResponse(stream, media_type="text/event-stream", headers=events.HEADERS)

    @router.post("/{id}/attachments", status_code=201, responses=problems(401, 404, 413, 415, 422))
    async def attach(
        conversation_id: ConversationId,
        shopper: Annotated[Shopper, Depends(desk.admit)],
        file: Annotated[UploadFile, File(description="Image, audio or PDF, at most 10 MB")],
    ) -> AttachmentTaken:
        """Take in a file for a message to come."""
        return await desk.take_in(conversation_id, await file.read())


def _listening(router: APIRouter, desk: Desk, parts: ChatParts) -> None:
    @router.get("/{id}/messages", responses=problems(401, 404, 422))
    async def read_messages(
        conversation_id: ConversationId,
        shopper: Annotated[Shopper, Depends(desk.admit)],
        after: Annotated[int, Query(ge=0, le=2_147_483_647, description="`seq` of the last entry known")] = 0,
    ) -> History:
        """What was said after a place in the log."""
        return await desk.read_back(conversation_id, after)

    @router.get("/{id}/attachments/{file}", responses=problems(401, 404))
    async def attachment(
        conversation_id: ConversationId,
        file: Annotated[str, Path(max_length=64)],
        shopper: Annotated[Shopper, Depends(desk.admit)],
    ) -> Response:
        """A file of the conversation."""
        return await desk.file(conversation_id, file)

    @router.post("/{id}/viewing", status_code=204, responses=problems(401, 404, 413, 415, 422, 429))
    async def viewing(
        conversation_id: ConversationId, body: Viewing, shopper: Annotated[Shopper, Depends(desk.admit)]
    ) -> Response:
        """The shopper has read so far, and perhaps types: seen by staff while a person has the conversation."""
        await desk.look(conversation_id, body)
        return Response(status_code=204)

    @router.get(
        "/{id}/events", responses={**problems(401, 404, 422), **_STREAM}, response_class=StreamingResponse
    )
    async def follow_events(
        conversation_id: ConversationId,
        shopper: Annotated[Shopper, Depends(desk.admit)],
        last_event_id: Annotated[str | None, Header(max_length=20)] = None,
    ) -> StreamingResponse:
        """Staff messages, notices, typing and cart changes while they happen."""
        known = (
            int(last_event_id)
            if last_event_id and last_event_id.isascii() and last_event_id.isdigit()
            else None
        )
        stream = events.follow(
            parts.live, desk.history_after(conversation_id), desk.place(conversation_id), known
        )
        return StreamingResponse(
            stream(conversation_id), media_type="text/event-stream", headers=events.HEADERS
        )


def _cart(router: APIRouter, desk: Desk) -> None:
    @router.get("/{id}/cart", responses=problems(401, 404))
    async def view_cart(
        conversation_id: ConversationId, shopper: Annotated[Shopper, Depends(desk.admit)]
    ) -> CartBlock:
        """The cart: the same in the chat and on the page."""
        return await desk.cart(shopper)

    @router.put("/{id}/cart/lines/{sku}", responses=problems(401, 404, 409, 413, 415, 422))
    async def set_quantity(
        conversation_id: ConversationId,
        sku: Annotated[str, Path(max_length=200)],
        body: SetQuantity,
        shopper: Annotated[Shopper, Depends(desk.admit)],
        idempotency_key: IdempotencyKey = None,
    ) -> CartBlock:
        """Set how many of a variant are in the cart; 0 takes it out."""
        return await desk.set_quantity(shopper, sku, body.quantity)

    @router.post("/{id}/cart/coupon", responses=problems(401, 404, 409, 413, 415, 422))
    async def use_coupon(
        conversation_id: ConversationId,
        body: UseCoupon,
        shopper: Annotated[Shopper, Depends(desk.admit)],
        idempotency_key: IdempotencyKey = None,
    ) -> CartBlock:
        """Use a coupon on the cart; why one cannot be used is said in `detail`."""
        return await desk.use_coupon(shopper, body.code)


def _speaking(router: APIRouter, desk: Desk) -> None:
    @router.post("/{id}/speech", responses=problems(401, 404, 413, 415, 422))
    async def hear_speech(
        conversation_id: ConversationId,
        shopper: Annotated[Shopper, Depends(desk.admit)],
        file: Annotated[UploadFile, File(description="A recording of at most a minute and 4 MB")],
    ) -> WordsHeard:
        """The words of a recording, which is not kept; they go into a message with `spoken`, mended where wrong."""
        return await desk.voice.hear(conversation_id, await file.read())

    @router.get("/{id}/messages/{turn}/spoken", responses=problems(401, 404, 422))
    async def words_for_the_ear(
        conversation_id: ConversationId, turn: Turn, shopper: Annotated[Shopper, Depends(desk.admit)]
    ) -> WordsForTheEar:
        """The answer of a turn as it is read aloud, for a client that speaks itself."""
        return await desk.voice.words(conversation_id, turn)

    @router.get(
        "/{id}/messages/{turn}/speech",
        responses={
            **problems(401, 404, 422),
            200: {"content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}}},
            204: {"description": "There is nothing to hear in this answer"},
        },
        response_class=Response,
    )
    async def speak_reply(
        conversation_id: ConversationId, turn: Turn, shopper: Annotated[Shopper, Depends(desk.admit)]
    ) -> Response:
        """The answer of a turn as sound."""
        sound = await desk.voice.sound(conversation_id, turn)
        if sound is None:
            return Response(status_code=204)
        return Response(sound.content, media_type=sound.media_type)


def _judging(router: APIRouter, desk: Desk) -> None:
    @router.post("/{id}/feedback", status_code=204, responses=problems(401, 404, 413, 415, 422))
    async def give_feedback(
        conversation_id: ConversationId, body: Thumb, shopper: Annotated[Shopper, Depends(desk.admit)]
    ) -> Response:
        """A thumb for one turn."""
        await desk.thumb(conversation_id, body)
        return Response(status_code=204)

    @router.post("/{id}/rating", status_code=204, responses=problems(401, 404, 413, 415, 422))
    async def rate(
        conversation_id: ConversationId, body: Rate, shopper: Annotated[Shopper, Depends(desk.admit)]
    ) -> Response:
        """How content the shopper was with the conversation."""
        await desk.rate(conversation_id, body)
        return Response(status_code=204)

"""What a shopper does on social networks, told by the page that carries the widget: consent first, then signs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response

from dangol.catalog import api as catalog
from dangol.customers import api as customers
from dangol.kernel.tools import Shopper
from dangol.server.chat_shapes import Agree, Sign, SignsErased, SignTaken
from dangol.server.desk import ChatParts, ConversationId, Desk
from dangol.server.problems import problems

Network = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{1,31}$", description="Such as `instagram`")]


def routes(parts: ChatParts) -> APIRouter:
    """Consent to use a network's signs, the signs, and taking both back."""
    router = APIRouter(prefix="/api/chat/conversations", tags=["chat"])
    desk = Desk(parts)

    @router.put(
        "/{id}/social/{network}/consent", status_code=204, responses=problems(401, 404, 413, 415, 422)
    )
    async def agree(
        conversation_id: ConversationId,
        network: Network,
        body: Agree,
        shopper: Annotated[Shopper, Depends(desk.admit)],
    ) -> Response:
        """Record that the shopper agreed, with the words they agreed to."""
        async with parts.open_connection() as conn:
            await customers.give_consent(
                conn, shopper.key, purpose=catalog.SOCIAL, channel=network, wording=body.wording,
                now=parts.clock.now(),
            )  # fmt: skip
        return Response(status_code=204)

    @router.post("/{id}/social/{network}", status_code=201, responses=problems(401, 403, 404, 413, 415, 422))
    async def note_sign(
        conversation_id: ConversationId,
        network: Network,
        body: Sign,
        shopper: Annotated[Shopper, Depends(desk.admit)],
    ) -> SignTaken:
        """Take one sign in, for this shopper's own ranking; refused without a standing consent."""
        async with parts.open_connection() as conn:
            new = await catalog.note_social(
                conn, shopper, body.kind, network=network, product=body.product, topic=body.topic,
                now=parts.clock.now(),
            )  # fmt: skip
        return SignTaken(new=new)

    @router.delete("/{id}/social", responses=problems(401, 404))
    async def erase_signs(
        conversation_id: ConversationId, shopper: Annotated[Shopper, Depends(desk.admit)]
    ) -> SignsErased:
        """Withdraw the consents and delete every sign that was taken in."""
        async with parts.open_connection() as conn, conn.transaction():
            await customers.withdraw_consent(
                conn, shopper.key, purpose=catalog.SOCIAL, channel=None, now=parts.clock.now()
            )
            return SignsErased(erased=await catalog.forget_social(conn, shopper.key))

    return router

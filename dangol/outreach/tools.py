"""What the assistant may ask of outreach: an offer that goes with an order, and what became of it."""

from __future__ import annotations

from typing import Any

from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.offers import AnswerOffer, OfferAnswered, OfferWithOrder, OrderOffer
from dangol.kernel.tools import Policy, Tool, ToolContext
from dangol.outreach import offering
from dangol.outreach.following_up import Troubled


def tools(search: catalog.Search, troubled: Troubled) -> tuple[Tool[Any, Any], ...]:
    """The room's tools, over the catalog's search and what is known of a conversation's mood."""

    async def offer_with_order(ctx: ToolContext, args: OfferWithOrder) -> OrderOffer:
        """Offer one thing that goes with an order, where that is in place; it counts as shown."""
        return await offering.offer_with(ctx, args, search, troubled)

    async def answer_offer(ctx: ToolContext, args: AnswerOffer) -> OfferAnswered:
        """Note that an offer was taken or refused; after a no none is made for a week."""
        return await offering.answer(ctx, args)

    write = Policy(effect="write")
    return (
        Tool(offer_with_order, OfferWithOrder, OrderOffer, write),
        Tool(answer_offer, AnswerOffer, OfferAnswered, write),
    )

"""What the assistant can do with the shop's articles."""

from __future__ import annotations

from typing import Any

from dangol.contracts.shopfloor.guides import (
    FindGuide,
    GuidesFound,
    GuideView,
    LastWalk,
    LastWalkFound,
    NoteWalk,
    OpenGuide,
    WalkNoted,
)
from dangol.contracts.shopfloor.policies import AskPolicy, GapNoted, NoteGap, PolicyAnswer
from dangol.kernel.errors import NotFound
from dangol.kernel.tools import KNOWN, Policy, Tool, ToolContext
from dangol.knowledge import service, walk_records
from dangol.knowledge.search.articles import Articles


def tools(articles: Articles) -> tuple[Tool[Any, Any], ...]:
    """The room's tools, over the articles this process holds."""

    async def ask_policy(ctx: ToolContext, args: AskPolicy) -> PolicyAnswer:
        """Find what the shop's own articles say to a question; nothing when they do not say it."""
        return articles.ask(args.question, args.language or ctx.language, args.topics)

    async def note_gap(ctx: ToolContext, args: NoteGap) -> GapNoted:
        """Put a question that nobody has written an answer to on the staff's list."""
        gap = await service.note_gap(
            ctx.conn,
            question=args.question,
            language=ctx.language,
            kind=args.kind,
            product=args.product,
            conversation_id=ctx.shopper.conversation_id,
            now=ctx.now,
        )
        return GapNoted(gap=gap)

    async def find_guide(ctx: ToolContext, args: FindGuide) -> GuidesFound:
        """Find the shop's own step-by-step guide for goods that do not work; none when it has written none for that."""
        return articles.guides.find(args, ctx.language)

    async def open_guide(ctx: ToolContext, args: OpenGuide) -> GuideView:
        """Read a guide word for word. Raises NotFound when it was taken down."""
        guide = articles.guides.open(args.guide, args.language)
        if guide is None:
            raise NotFound(guide=args.guide)
        return guide

    async def note_walk(ctx: ToolContext, args: NoteWalk) -> WalkNoted:
        """Write down how far a shopper has come with a guide, and what came of it."""
        walk = args.walk or ctx.key
        await walk_records.note(ctx.conn, walk, ctx.shopper, args, ctx.now)
        return WalkNoted(walk=walk)

    async def last_walk(ctx: ToolContext, args: LastWalk) -> LastWalkFound:
        """Find the walk with a guide that did not help this customer lately, to go on with it."""
        customer = ctx.shopper.proved_customer
        return LastWalkFound(walk=await walk_records.last(ctx.conn, customer, ctx.now) if customer else None)

    return (
        Tool(ask_policy, AskPolicy, PolicyAnswer, Policy(effect="read")),
        Tool(note_gap, NoteGap, GapNoted, Policy(effect="write")),
        Tool(find_guide, FindGuide, GuidesFound, Policy(effect="read")),
        Tool(open_guide, OpenGuide, GuideView, Policy(effect="read")),
        Tool(note_walk, NoteWalk, WalkNoted, Policy(effect="write")),
        Tool(last_walk, LastWalk, LastWalkFound, Policy(effect="read", allowed=KNOWN)),
    )

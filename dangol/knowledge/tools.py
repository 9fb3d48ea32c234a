"""What the assistant can do with the shop's articles."""

from __future__ import annotations

from typing import Any

from dangol.contracts.shopfloor.policies import AskPolicy, GapNoted, NoteGap, PolicyAnswer
from dangol.kernel.tools import Policy, Tool, ToolContext
from dangol.knowledge import service
from dangol.knowledge.search.articles import Articles


def tools(articles: Articles) -> tuple[Tool[Any, Any], ...]:
    """The room's tools, over the articles this process holds."""

    async def ask_policy(ctx: ToolContext, args: AskPolicy) -> PolicyAnswer:
        """Find what the shop's own articles say to a question; nothing when they do not say it."""
        return articles.ask(args.question, ctx.language, args.topics)

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

    return (
        Tool(ask_policy, AskPolicy, PolicyAnswer, Policy(effect="read")),
        Tool(note_gap, NoteGap, GapNoted, Policy(effect="write")),
    )

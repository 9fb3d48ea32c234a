"""The doors of what is written for staff: summaries, translations, drafts in the shop's tone. Each says who wrote it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from dangol.assistant import records as log
from dangol.assistant.writing.writer import Written
from dangol.kernel.errors import NotFound
from dangol.knowledge import api as knowledge
from dangol.server.chat_shapes import Plain, Shape
from dangol.server.problems import problems
from dangol.server.staff.articles import Slug
from dangol.server.staff.cards import card_view
from dangol.server.staff.conversing import Conversing
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.inbox import ConversationId
from dangol.server.writing import Writing

Language = Literal["ko", "en"]
_Text = Annotated[str, Field(min_length=1, max_length=4_000), Plain]


class WrittenView(BaseModel):
    """A text; `by` is the model that wrote it, empty for the embedded version, and `why` says why that stands."""

    text: str
    by: str
    why: str


class WrittenList(BaseModel):
    """Texts in the order asked for."""

    items: list[WrittenView]


class WrittenArticle(BaseModel):
    """An article in another language, not yet published."""

    title: WrittenView
    body: WrittenView


class AskSummary(Shape):
    """The language to sum up in."""

    language: Language


class AskTranslations(Shape):
    """Messages and the language they are wanted in."""

    texts: Annotated[tuple[_Text, ...], Field(min_length=1, max_length=20)]
    language: Language


class AskRewording(Shape):
    """A draft, and the language it is in."""

    text: _Text
    language: Language


class AskArticle(Shape):
    """The language an article is wanted in."""

    into: Language


def routes(parts: StaffParts, door: Door, desk: Conversing, writing: Writing) -> APIRouter:
    """Summaries, translations, rewordings."""
    router = APIRouter()
    _of_conversations(router, parts, door, desk, writing)
    _of_articles(router, parts, door, writing)
    return router


def _of_conversations(
    router: APIRouter, parts: StaffParts, door: Door, desk: Conversing, writing: Writing
) -> None:
    converse = door.needs("converse")
    wrong = problems(401, 403, 404, 413, 415, 422)

    async def there(id: str) -> None:
        async with parts.open_connection() as conn:
            await desk.thread(conn, id)

    @router.post("/conversations/{id}/summary", responses=wrong)
    async def summary(
        id: ConversationId, body: AskSummary, session: Annotated[Session, Depends(converse)]
    ) -> WrittenView:
        """The conversation in a few sentences; without a model the lines of the hand-off card."""
        await there(id)
        async with parts.open_connection() as conn:
            facts = [each.fact for each in await log.facts_after(conn, id, 0)]
        card = card_view(facts, parts.toolbox, body.language)
        return _view(await writing.summary(id, body.language, card.summary if card else []))

    @router.post("/conversations/{id}/translations", responses=wrong)
    async def translations(
        id: ConversationId, body: AskTranslations, session: Annotated[Session, Depends(converse)]
    ) -> WrittenList:
        """Messages in another language; without a model they stay as they were written."""
        await there(id)
        return WrittenList(
            items=[_view(each) for each in await writing.translations(id, body.texts, body.language)]
        )

    @router.post("/conversations/{id}/rewording", responses=wrong)
    async def rewording(
        id: ConversationId, body: AskRewording, session: Annotated[Session, Depends(converse)]
    ) -> WrittenView:
        """A draft in the shop's tone, figure for figure what it said; without a model as it was."""
        await there(id)
        return _view(await writing.rewording(id, body.text, body.language))


def _of_articles(router: APIRouter, parts: StaffParts, door: Door, writing: Writing) -> None:
    @router.post("/articles/{slug}/{language}/translation", responses=problems(401, 403, 404, 413, 415, 422))
    async def translation(
        slug: Slug,
        language: Language,
        body: AskArticle,
        session: Annotated[Session, Depends(door.needs("edit_knowledge"))],
    ) -> WrittenArticle:
        """An article in another language, to be read and published by whoever asked for it."""
        async with parts.open_connection() as conn:
            found = await knowledge.article(conn, slug, language)
        if found is None:
            raise NotFound(article=slug)
        title, text = await writing.article(session.staff.id, found.title, found.body, body.into)
        return WrittenArticle(title=_view(title), body=_view(text))


def _view(written: Written) -> WrittenView:
    return WrittenView(text=written.text, by=written.by, why=written.why)

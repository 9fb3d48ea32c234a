"""The doors of the articles: reading, writing, earlier versions, and asking them."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from dangol.helpdesk import api as helpdesk
from dangol.kernel.errors import NotFound
from dangol.knowledge import api as knowledge
from dangol.knowledge.api import Article, Articles
from dangol.server.chat_shapes import Plain, Shape
from dangol.server.database import Connection
from dangol.server.problems import problems
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.shapes import StaffRef, Tag

Slug = Annotated[str, Path(max_length=120, pattern=r"^[^\s/\x00-\x1f]+$")]
Language = Literal["ko", "en"]
_Body = Annotated[str, Field(max_length=50_000), Plain]


class ArticleLine(BaseModel):
    """An article in one language."""

    slug: str
    language: str
    title: str
    tags: list[str]
    updated_at: datetime


class ArticleVersion(BaseModel):
    """What an article said before."""

    id: int
    at: datetime
    staff: StaffRef | None
    title: str
    tags: list[str]
    body: str


class ArticlePage(ArticleLine):
    """An article with its text and what it said before, newest first."""

    body: str
    versions: list[ArticleVersion]


class ArticleList(BaseModel):
    """Every article in every language."""

    items: list[ArticleLine]


class WriteArticle(Shape):
    """The whole text; `expected` is the `updated_at` it was made from, null where there was none."""

    title: Annotated[str, Field(min_length=1, max_length=200), Plain]
    tags: Annotated[tuple[Tag, ...], Field(max_length=30)] = ()
    body: _Body
    expected: datetime | None = None


class Preview(Shape):
    """A text that is being written."""

    body: _Body


class PassageView(BaseModel):
    """A passage as the assistant would cut it."""

    headings: tuple[str, ...]
    text: str


class Passages(BaseModel):
    """The passages of a text."""

    passages: list[PassageView]


class AskArticles(Shape):
    """A question as a shopper would put it."""

    question: Annotated[str, Field(min_length=1, max_length=300), Plain]
    language: Language


class FoundPassage(BaseModel):
    """A passage that answers."""

    text: str
    title: str
    article: str
    url: str | None


class FoundPassages(BaseModel):
    """What would be answered from, best first; `conflict`: two articles state different figures."""

    passages: list[FoundPassage]
    conflict: bool


def routes(parts: StaffParts, door: Door, articles: Articles) -> APIRouter:
    """Everything under `/articles`; all of it needs `edit_knowledge`."""
    router = APIRouter(prefix="/articles")
    _asking(router, door, articles)
    _reading(router, parts, door)
    _writing(router, parts, door, articles)
    return router


def _asking(router: APIRouter, door: Door, articles: Articles) -> None:
    @router.post("/preview", responses=problems(401, 403, 413, 415, 422))
    async def preview(
        body: Preview, session: Annotated[Session, Depends(door.needs("edit_knowledge"))]
    ) -> Passages:
        """The passages a text would give."""
        return Passages(
            passages=[
                PassageView(headings=each.headings, text=each.text) for each in knowledge.passages(body.body)
            ]
        )

    @router.post("/ask", responses=problems(401, 403, 413, 415, 422))
    async def ask(
        body: AskArticles, session: Annotated[Session, Depends(door.needs("edit_knowledge"))]
    ) -> FoundPassages:
        """What a shopper's question would be answered from."""
        found = articles.ask(body.question, body.language)
        return FoundPassages(
            passages=[
                FoundPassage(text=each.text, title=each.title, article=each.article, url=each.url or None)
                for each in found.passages
            ],
            conflict=found.conflict,
        )


def _reading(router: APIRouter, parts: StaffParts, door: Door) -> None:
    @router.get("", responses=problems(401, 403))
    async def listed(session: Annotated[Session, Depends(door.needs("edit_knowledge"))]) -> ArticleList:
        """Every article in every language."""
        async with parts.open_connection() as conn:
            found = await knowledge.articles(conn)
        return ArticleList(items=[_line(each) for each in found])

    @router.get("/{slug}/{language}", responses=problems(401, 403, 404, 422))
    async def one(
        slug: Slug, language: Language, session: Annotated[Session, Depends(door.needs("edit_knowledge"))]
    ) -> ArticlePage:
        """An article with what it said before."""
        async with parts.open_connection() as conn:
            found = await knowledge.article(conn, slug, language)
            if found is None:
                raise NotFound(article=slug)
            return await _page(conn, found)


def _writing(router: APIRouter, parts: StaffParts, door: Door, articles: Articles) -> None:
    @router.put("/{slug}/{language}", responses=problems(401, 403, 409, 413, 415, 422))
    async def write(
        slug: Slug,
        language: Language,
        body: WriteArticle,
        session: Annotated[Session, Depends(door.needs("edit_knowledge"))],
    ) -> ArticlePage:
        """Write an article; answers come from it at once."""
        now = parts.clock.now()
        text = Article(slug, language, body.title, list(body.tags), body.body, now)
        async with parts.open_connection() as conn:
            written = await knowledge.edit_article(
                conn, text, expected=body.expected, staff_id=session.staff.id
            )
            await helpdesk.accounts.note_act(
                conn,
                session.staff.id,
                "article_written",
                now,
                details={"article": slug, "language": language},
            )
            await articles.refresh(conn, parts.shop())  # whoever asks next is answered from it
            return await _page(conn, written)

    @router.delete("/{slug}/{language}", status_code=204, responses=problems(401, 403, 404, 422))
    async def remove(
        slug: Slug, language: Language, session: Annotated[Session, Depends(door.needs("edit_knowledge"))]
    ) -> None:
        """Take an article down; its versions stay."""
        async with parts.open_connection() as conn:
            await knowledge.remove_article(conn, slug, language)
            await helpdesk.accounts.note_act(
                conn,
                session.staff.id,
                "article_removed",
                parts.clock.now(),
                details={"article": slug, "language": language},
            )
            await articles.refresh(conn, parts.shop())


def _line(article: Article) -> ArticleLine:
    return ArticleLine(
        slug=article.slug,
        language=article.language,
        title=article.title,
        tags=article.tags,
        updated_at=article.updated_at,
    )


async def _page(conn: Connection, article: Article) -> ArticlePage:
    names = {each.id: each.name for each in await helpdesk.accounts.all_staff(conn)}
    return ArticlePage(
        **_line(article).model_dump(),
        body=article.body,
        versions=[
            ArticleVersion(
                id=each.id,
                at=each.at,
                staff=StaffRef(id=each.staff_id, name=names.get(each.staff_id, ""))
                if each.staff_id
                else None,
                title=each.title,
                tags=each.tags,
                body=each.body,
            )
            for each in await knowledge.versions(conn, article)
        ],
    )

"""Finding products for a shopper: hard wishes first, then the best, each with the reason why."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
import structlog
from psycopg import AsyncConnection

from dangol.catalog import cards, reasons
from dangol.catalog.model import Product
from dangol.catalog.records import products as records
from dangol.catalog.records import shoppers, vectors
from dangol.catalog.search import by_name, facets, ranking, related
from dangol.catalog.search.columns import NO_PRICE, Mask, Rows
from dangol.catalog.search.constraints import Candidates, Chooser, constraints, foreign_price
from dangol.catalog.search.index import Index
from dangol.catalog.search.reading import read, wishes_in
from dangol.catalog.search.taste import Taste, taste_of
from dangol.contracts.embedder import Embedder
from dangol.contracts.shopfloor.products import (
    FacetValue,
    FindProducts,
    FoundProducts,
    Loosened,
    MatchingProducts,
    ProductCard,
    Reason,
    SimilarProducts,
    Wishes,
    WishKind,
)
from dangol.kernel.shop import Shop
from dangol.kernel.tools import ToolContext
from dangol.kernel.words import categories

log = structlog.get_logger(__name__)

OpenConnection = Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]]

_VARIED_UP_TO = 6  # results that are picked so that they differ
_SPARE = 4  # read beyond the limit, for those that sold out since the index heard of them


@dataclass
class _Result:
    chooser: Chooser
    candidates: Candidates
    ranked: ranking.Ranked
    order: Rows
    concepts: Sequence[str]
    loosened: list[Loosened]
    named: Mask | None  # what was narrowed down to besides the hard wishes


_KIND_OF: dict[str, WishKind] = {
    "category": "category", "color": "color", "size": "size", "brand": "brand", "audience": "audience",
    "attribute": "attribute", "price_range": "price",
}  # fmt: skip


class Search:
    """Finds products; one for each process, fed by the database and never the source of a price or a stock."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._index = Index(embedder)
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    async def open(cls, open_connection: OpenConnection, embedder: Embedder | None = None) -> Search:
        """Read the catalogue; words work at once, meanings are read by `follow` as far as nobody has yet."""
        search = cls(embedder)
        async with open_connection() as conn:
            await search.refresh(conn)
        return search

    def follow(self, open_connection: OpenConnection) -> None:
        """Keep up with the database in the background until `close`; needs one connection of its own."""
        self._tasks = [
            asyncio.create_task(self._listen(open_connection)),
            asyncio.create_task(self._read_meanings(open_connection)),
        ]

    async def close(self) -> None:
        """Stop keeping up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def refresh(self, conn: AsyncConnection[Any], ids: Sequence[int] | None = None) -> None:
        """Take over what changed of these products, or of all."""
        await self._index.refresh(conn, ids)

    async def read_meanings(self, conn: AsyncConnection[Any]) -> None:
        """Read the meaning of every product that has none yet; long for a large catalogue."""
        while ids := self._index.unread():
            async with vectors.one_process_at_a_time(conn):
                await self._index.read_meanings(conn, ids[:64])
            await asyncio.sleep(0)

    async def _listen(self, open_connection: OpenConnection) -> None:
        while True:
            with _outages_survived():
                async with open_connection() as conn:
                    await conn.execute("listen catalog_changed")
                    try:
                        await self.refresh(conn)  # what happened before anybody listened
                        async for told in _batches(conn):
                            await self.refresh(conn, told)
                    finally:
                        with contextlib.suppress(psycopg.Error):
                            await conn.execute("unlisten *")
            await asyncio.sleep(1)

    async def _read_meanings(self, open_connection: OpenConnection) -> None:
        while True:
            with _outages_survived():
                if self._index.unread():
                    async with open_connection() as conn:
                        await self.read_meanings(conn)
            await asyncio.sleep(2)

    def size(self) -> int:
        """How many products are on sale."""
        return len(self._index.columns.row_of)

    def wishes_in(self, text: str, currency: str) -> Wishes:
        """The wishes in what was typed into a search box."""
        return wishes_in(text, self._index.speller, self._index.lexical.knows, currency)

    async def find(self, ctx: ToolContext, asked: FindProducts) -> FoundProducts:
        """Products that meet the wishes, best first, with price and stock of this moment."""
        taste = Taste()
        if asked.personal and ctx.shopper.personal and asked.sort == "relevance":
            taste = await taste_of(ctx.conn, ctx.shopper.key, ctx.now)
        index = self._index
        reading = read(asked.wishes.text, index.speller, index.lexical.knows, ctx.shop.currency)
        found = index.lexical.search(reading.leftover) if reading.leftover else (_NO_ROWS, _NO_SCORES)
        vector = index.vector(reading.plain)
        signals = ranking.Signals(
            asked.wishes,
            reading.concepts,
            found,
            vector,
            taste,
            ctx.now,
            with_sold_out=not asked.in_stock_only,
        )
        result = self._find(ctx, asked, signals, reading.leftover)
        items = await self._cards(ctx, asked, result)
        total = max(result.candidates.count(), len(items))
        if reasons.rules_out_by_words(asked.wishes):  # nobody counted what these words rule out further down
            total = len(items)
        counts = facets.Counts(self._index.columns, result.candidates, ctx.shop, ctx.language)
        question = None
        if asked.offset == 0 and asked.sort == "relevance" and not asked.facets:
            question = facets.narrowing_question(counts, total, asked.wishes)
        return FoundProducts(
            items=tuple(items),
            total=total,
            loosened=tuple(_named_in(one, ctx.language) for one in result.loosened),
            question=question,
            facets=self._facets(result, counts, ctx) if asked.facets else {},
        )

    def _facets(
        self, result: _Result, counts: facets.Counts, ctx: ToolContext
    ) -> dict[str, tuple[FacetValue, ...]]:
        """Every facet; one that is filtered by shows what else it could be."""
        columns = self._index.columns
        filtered = {constraint.kind for constraint in result.candidates.kept}
        out = {}
        for facet in facets.FACETS:
            kind = _KIND_OF.get(facet)
            if kind in filtered and kind is not None and not result.loosened:
                wider = result.chooser.without(kind)
                if result.named is not None:
                    wider.keep(columns, result.named)
                out[facet] = facets.Counts(columns, wider, ctx.shop, ctx.language).of(facet)
            else:
                out[facet] = counts.of(facet)
        return out

    def kinds_of_goods(self, shop: Shop, language: str) -> tuple[FacetValue, ...]:
        """The shop's kinds of goods and how many there are of each."""
        columns = self._index.columns
        everything = Candidates(columns.alive, columns.alive[columns.owner])
        return facets.Counts(columns, everything, shop, language).of("category")

    async def similar(self, ctx: ToolContext, product: Product, asked: SimilarProducts) -> FoundProducts:
        """Products of the same kind, the most alike first, under the wishes given; never the product itself."""
        index = self._index
        wishes = related.wishes_for_like(product, asked, ctx.shop)
        search = FindProducts(
            wishes=wishes, limit=asked.limit, avoid=(product.handle,), in_stock_only=True, personal=False
        )
        row = index.columns.row_of.get(product.id)
        own = index.meanings.of(row) if row is not None else None
        signals = ranking.Signals(
            wishes=wishes,
            concepts=related.traits(product),
            found=(_NO_ROWS, _NO_SCORES),
            query=own[0] if own is not None else None,
            taste=Taste(),
            now=ctx.now,
            like=True,
        )
        result = self._find(ctx, search, signals, "")
        if not asked.wishes.categories and result.candidates.count() < asked.limit:
            # the narrowest kind holds too few: look around in the wider one, nobody named the narrow one
            wider = tuple(kind for slug in wishes.categories for kind in categories.wider(slug)[:1])
            search = search.model_copy(update={"wishes": wishes.model_copy(update={"categories": wider})})
            result = self._find(ctx, search, signals, "")
        items = await self._cards(ctx, search, result, Reason(kind="similar"))
        named = asked.wishes.categories
        loosened = [one for one in result.loosened if named or one.kind not in ("category", "audience")]
        return FoundProducts(
            items=tuple(items),
            total=result.candidates.count(),
            loosened=tuple(_named_in(one, ctx.language) for one in loosened),
        )

    async def matching(self, ctx: ToolContext, product: Product, asked: MatchingProducts) -> FoundProducts:
        """What goes with a product, in stock, of another kind: bought together first, then by what suits it."""
        bought = await shoppers.bought_with(ctx.conn, product.id)
        wishes = asked.wishes
        if not wishes.audience:
            wishes = wishes.model_copy(update={"audience": related.audience_of(product)})
        search = FindProducts(
            wishes=wishes,
            limit=asked.limit,
            avoid=(product.handle,),
            in_stock_only=True,
            personal=False,
        )
        signals = ranking.Signals(wishes, (), (_NO_ROWS, _NO_SCORES), None, Taste(), ctx.now)
        result = self._find(ctx, search, signals, "")
        goes = related.going_with(
            self._index.columns, product, bought, chosen_kind=bool(asked.wishes.categories)
        )
        ranked = result.ranked
        fit = goes.score[ranked.rows]
        ranked.scores = np.where(fit > 0, fit * 2 + ranked.scores, -1).astype(np.float32)
        result.order = self._order(search, result.candidates, ranked)
        order = result.order[fit[result.order] > 0][: by_name.POOL]
        result.order = order[related.one_of_each(self._index.columns, ranked.rows[order])]
        items = await self._cards(ctx, search, result, goes.reason)
        return FoundProducts(items=tuple(items), total=len(result.order), loosened=tuple(result.loosened))

    def _find(
        self, ctx: ToolContext, asked: FindProducts, signals: ranking.Signals, leftover: str
    ) -> _Result:
        index, columns = self._index, self._index.columns
        hidden = np.zeros(len(columns), bool)
        hidden[[row for handle in asked.avoid if (row := columns.row_of_handle.get(handle)) is not None]] = (
            True
        )
        wanted = constraints(asked, ctx.now, ctx.shop.currency)
        chooser = Chooser(columns, wanted, in_stock_only=asked.in_stock_only, hidden=hidden)
        candidates = chooser.choose()
        loosened = list(candidates.loosened)
        if foreign := foreign_price(asked.wishes, ctx.shop.currency):
            loosened.append(foreign)
        before = candidates.products
        said = () if signals.like else signals.concepts
        for fit in (
            ranking.made_of(columns, asked.wishes, said),
            ranking.fit_for(columns, asked.wishes, said, candidates.products),
        ):
            if fit is not None and (fit & candidates.products).any():
                candidates.keep(columns, fit)
        rows = np.flatnonzero(candidates.products)
        ranked = ranking.rank(columns, index.meanings, rows, signals, ctx.shop)
        thing = categories.part_for(leftover) if not asked.wishes.categories else None
        if thing is not None:
            ranked, given_up = by_name.things_for(index, candidates, ranked, leftover, thing)
            loosened += given_up
        elif leftover and not wanted and not signals.concepts:
            ranked, given_up = by_name.goods_named(index, candidates, ranked, leftover)
            loosened += given_up
        narrowed = candidates.products if candidates.products is not before else None
        order = self._order(asked, candidates, ranked)
        return _Result(chooser, candidates, ranked, order, signals.concepts, loosened, narrowed)

    def _order(self, asked: FindProducts, candidates: Candidates, ranked: ranking.Ranked) -> Rows:
        """Places of `ranked` in the order to show them."""
        columns, rows = self._index.columns, ranked.rows
        if asked.sort in ("price_asc", "price_desc"):
            lowest = columns.lowest_price(candidates.variants)[rows]
            down = asked.sort == "price_desc"
            return np.lexsort(
                (-ranked.scores, -lowest if down else np.where(lowest == NO_PRICE, NO_PRICE, lowest))
            )
        if asked.sort == "rating":
            return np.lexsort((-ranked.scores, -ranking.standing_rating(columns, rows)))
        if asked.sort == "newest":
            return np.lexsort((-ranked.scores, -columns.created[rows]))
        if asked.sort == "popularity":
            return np.lexsort((-ranked.scores, -(columns.sold[rows] * 3 + columns.reviews[rows])))
        order = np.argsort(-ranked.scores, kind="stable")
        if asked.offset == 0 and asked.limit <= _VARIED_UP_TO:
            best = ranking.varied(
                ranked, columns, self._index.meanings, order[: by_name.POOL], asked.limit + _SPARE
            )
            order = np.concatenate([best, order[by_name.POOL :]])
        return order

    async def _cards(
        self,
        ctx: ToolContext,
        asked: FindProducts,
        result: _Result,
        first: Reason | Callable[[Product], Reason] | None = None,
    ) -> list[ProductCard]:
        """The cards of one page; what no longer meets the wishes by the database is passed over."""
        columns, ranked = self._index.columns, result.ranked
        spare = by_name.POOL if reasons.rules_out_by_words(asked.wishes) else _SPARE
        page = result.order[asked.offset : asked.offset + asked.limit + spare]
        ids = [int(columns.ids[ranked.rows[at]]) for at in page]
        there = await records.products_by_id(ctx.conn, ids)
        items: list[ProductCard] = []
        lacking: list[ProductCard] = []
        for at, id_ in zip(page, ids, strict=True):
            product = there.get(id_)
            if product is None or product.status != "active" or len(items) == asked.limit:
                continue
            if reasons.ruled_out(product, asked.wishes):
                continue
            chosen = reasons.meeting(product, asked, {one.kind for one in result.loosened})
            if not chosen:
                continue
            named = reasons.worded(product, chosen, asked.wishes.text)
            chosen = named or chosen
            why = reasons.of(product, chosen, asked, result.concepts, ranked, int(at), ctx)
            if first is not None:
                why = [first if isinstance(first, Reason) else first(product), *why][:4]
            shown = cards.card(product, ctx.shop, ctx.language, chosen=chosen, reasons=why)
            (lacking if named == [] else items).append(shown)
        if lacking and not items:  # what was named is a size or kind of these that cannot be had now
            result.loosened.append(Loosened(kind="size"))
        return [*items, *lacking][: asked.limit]


def _named_in(one: Loosened, language: str) -> Loosened:
    called = [facets.called(one.kind, part, language) for part in one.value.split(", ") if part]
    return one.model_copy(update={"label": ", ".join(called)})


_NO_ROWS = np.empty(0, np.int64)
_NO_SCORES = np.empty(0, np.float32)


@contextlib.contextmanager
def _outages_survived() -> Iterator[None]:
    """A database that is away for a while is asked again later; the index stays as it is until then."""
    try:
        yield
    except (OSError, psycopg.Error) as no:
        log.warning("search_waits_for_the_database", error=type(no).__name__)


async def _batches(conn: AsyncConnection[Any]) -> AsyncIterator[list[int] | None]:
    """What the database tells, gathered for a moment: ids of changed products, None for "many"."""
    while True:
        ids: set[int] = set()
        many = False
        async for notice in conn.notifies(stop_after=1):
            many = many or notice.payload == "*"
            ids.update(int(part) for part in notice.payload.split(",") if part.isdigit())
        async for notice in conn.notifies(timeout=0.02):
            many = many or notice.payload == "*"
            ids.update(int(part) for part in notice.payload.split(",") if part.isdigit())
        yield None if many else sorted(ids)

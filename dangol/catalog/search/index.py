"""The search index of one process: columns, words and meanings, kept as the database has them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import AsyncConnection

from dangol.catalog.records import indexing, vectors
from dangol.catalog.records.indexing import IndexedProduct
from dangol.catalog.search.columns import Columns
from dangol.catalog.search.lexical import Lexical
from dangol.catalog.search.reading import Speller, dictionary_words
from dangol.catalog.search.vectors import Meanings, sentences_of
from dangol.contracts.embedder import Embedder

_DEAD_SHARE = 0.3  # of changed rows from which on everything is built anew
_BATCH = 20_000
_EMBED_AT_ONCE = 8  # so that turns get in between


class Index:
    """Columns, words and meanings of every product on sale."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._embedder = embedder
        self._embed_cached = lru_cache(maxsize=4_096)(self._embed)
        self._one_at_a_time = asyncio.Lock()
        self.columns = Columns()
        self.lexical = Lexical()
        self.speller = Speller()
        self.meanings = Meanings(self._embedder.width if self._embedder else 1)

    def vector(self, text: str) -> NDArray[np.float32] | None:
        """The meaning of a text; None without an embedder or text."""
        return self._embed_cached(text) if self._embedder and text else None

    def _embed(self, text: str) -> NDArray[np.float32]:
        assert self._embedder is not None
        return np.asarray(self._embedder.embed([text])[0], np.float32)

    async def refresh(self, conn: AsyncConnection[Any], ids: Iterable[int] | None = None) -> None:
        """Take over what changed of these products, or of all: texts, prices, stock, standing."""
        async with self._one_at_a_time:
            there = await indexing.standings(conn, None if ids is None else list(ids))
            asked = set(self.columns.row_of) if ids is None else set(ids)
            gone = asked - {row[0] for row in there}
            stale = self._stale(there)
            dying = len(gone) + sum(id_ in self.columns.row_of for id_ in stale)
            if dying > max(_DEAD_SHARE * len(self.columns), 50):
                await self._build_anew(conn)
                return
            self._drop(gone)
            await self._load(conn, stale)
            fresh = set(stale)
            await self._reprice(conn, [row[0] for row in there if row[0] not in fresh])

    async def _build_anew(self, conn: AsyncConnection[Any]) -> None:
        """Read everything again beside what there is, so that turns in between find the shelves full."""
        fresh = Index(self._embedder)
        await fresh._load(conn, [row[0] for row in await indexing.standings(conn, None)])
        self.columns, self.lexical = fresh.columns, fresh.lexical
        self.speller, self.meanings = fresh.speller, fresh.meanings

    def _stale(self, there: Sequence[tuple[int, int, int, int, int]]) -> list[int]:
        stale = []
        for id_, revision, rating_sum, rating_count, sold in there:
            row = self.columns.row_of.get(id_)
            if row is None or self.columns.revision[row] != revision:
                stale.append(id_)
            else:
                self.columns.restand(row, rating_sum, rating_count, sold)
        return stale

    async def _reprice(self, conn: AsyncConnection[Any], ids: Sequence[int]) -> None:
        for start in range(0, len(ids), 2_000):
            self.columns.reprice(await indexing.prices_and_stock(conn, ids[start : start + 2_000]))

    async def _load(self, conn: AsyncConnection[Any], ids: Sequence[int]) -> None:
        batch: list[IndexedProduct] = []
        async for chunk in indexing.products_for_index(conn, ids):
            batch += [product for product in chunk if product.variants]
            if len(batch) >= _BATCH:
                await self._take(batch)
                batch = []
        await self._take(batch)
        await self._load_vectors(conn, ids)

    async def _take(self, products: list[IndexedProduct]) -> None:
        if not products:
            return
        # the words are read on a thread while turns go on; columns follow in one step and make them visible
        self.lexical.drop(row for p in products if (row := self.columns.row_of.get(p.id)) is not None)
        await asyncio.to_thread(self._read_words, products, len(self.columns))
        self.columns.append(products)
        self.lexical.reload()

    def _read_words(self, products: list[IndexedProduct], start: int) -> None:
        self.lexical.add(range(start, start + len(products)), products)
        for product in products:
            names = [*product.title.values(), *product.brand.values(), *product.category.values()]
            self.speller.learn(dictionary_words(names))
        self.lexical.commit()

    def _drop(self, ids: Iterable[int]) -> None:
        rows = self.columns.drop(ids)
        if rows:
            self.lexical.drop(rows)
            self.lexical.commit()
            self.lexical.reload()

    async def _load_vectors(self, conn: AsyncConnection[Any], ids: Sequence[int]) -> None:
        if not self._embedder:
            return
        rows: list[int] = []
        found: list[NDArray[np.float16]] = []
        async for chunk in vectors.stored(conn, self._embedder.name, self._embedder.width, ids):
            for id_, some in chunk:
                if (row := self.columns.row_of.get(id_)) is not None:
                    rows.append(row)
                    found.append(some)
        self.meanings.put(rows, found)

    def unread(self) -> list[int]:
        """Ids of the products whose meaning has not been read yet."""
        if not self._embedder:
            return []
        columns = self.columns
        unread = columns.alive & ~self.meanings.read(len(columns))
        return [int(id_) for id_ in columns.ids[unread]]

    async def read_meanings(self, conn: AsyncConnection[Any], ids: Sequence[int]) -> None:
        """Compute and keep the vectors of these products, a few sentences at a time."""
        assert self._embedder is not None
        async with self._one_at_a_time:
            await self._load_vectors(conn, ids)  # another process may have been quicker
            missing = [
                id_
                for id_ in ids
                if (row := self.columns.row_of.get(id_)) is not None and not self.meanings.has(row)
            ]
            async for products in indexing.products_for_index(conn, missing):
                texts = [sentences_of(product) for product in products]
                read = await asyncio.to_thread(self._embed_many, [text for some in texts for text in some])
                kept, at = [], 0
                for product, some in zip(products, texts, strict=True):
                    kept.append((product.id, product.digest, read[at : at + len(some)]))
                    at += len(some)
                await vectors.store(conn, self._embedder.name, kept)
            await self._load_vectors(conn, missing)

    def _embed_many(self, texts: list[str]) -> NDArray[np.float16]:
        assert self._embedder is not None
        parts = [
            self._embedder.embed(texts[at : at + _EMBED_AT_ONCE])
            for at in range(0, len(texts), _EMBED_AT_ONCE)
        ]
        return np.concatenate(parts).astype(np.float16)

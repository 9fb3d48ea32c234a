"""Queries of product vectors: computed once for all processes, kept beside the products."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import AsyncConnection

_CHUNK = 2_000


async def stored(
    conn: AsyncConnection[Any], embedder: str, width: int, ids: Sequence[int]
) -> AsyncIterator[list[tuple[int, NDArray[np.float16]]]]:
    """(product id, vectors of shape (n, width)) of products whose vectors are of their present texts, by chunks."""
    for start in range(0, len(ids), _CHUNK):
        cursor = await conn.execute(
            """select v.product_id, v.vectors from product_vectors v
               join products p on p.id = v.product_id and p.digest = v.digest
               where v.embedder = %s and v.product_id = any(%s)""",
            (embedder, list(ids[start : start + _CHUNK])),
            binary=True,
        )
        rows = await cursor.fetchall()
        yield [(row[0], np.frombuffer(row[1], np.float16).reshape(-1, width)) for row in rows]


async def store(
    conn: AsyncConnection[Any], embedder: str, read: Sequence[tuple[int, str, NDArray[np.float16]]]
) -> None:
    """Keep (product id, digest of its texts, vectors)."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            """insert into product_vectors (product_id, embedder, digest, vectors)
               select id, %s, %s, %s from products where id = %s
               on conflict (product_id) do update set embedder = excluded.embedder, digest = excluded.digest,
                   vectors = excluded.vectors""",
            [(embedder, digest, vectors.tobytes(), id_) for id_, digest, vectors in read],
        )


@asynccontextmanager
async def one_process_at_a_time(conn: AsyncConnection[Any]) -> AsyncIterator[None]:
    """Several processes would read the same products side by side; who comes second finds them read."""
    await conn.execute("select pg_advisory_lock(hashtextextended('catalog_meanings', 0))")
    try:
        yield
    finally:
        await conn.execute("select pg_advisory_unlock(hashtextextended('catalog_meanings', 0))")

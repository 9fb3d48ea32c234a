"""The shop's database: embedded or its own server, brought up to date, and a pool of connections to it."""

from __future__ import annotations

import atexit
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import set_json_dumps, set_json_loads
from psycopg_pool import AsyncConnectionPool
from pydantic_core import from_json, to_json

import dangol
from dangol.server.postgres import DatabaseDown, EmbeddedPostgres

Connection = psycopg.AsyncConnection[Any]
_MIGRATION_LOCK = 7_301_119


@contextlib.asynccontextmanager
async def alone(conn: Connection, what: str) -> AsyncIterator[None]:
    """Nobody else does the same thing at this moment; who comes second waits, and looks at what was done.

    A process that was killed holds its lock a moment longer: its work must not be passed over.
    """
    await conn.execute("select pg_advisory_lock(hashtextextended(%s, 41))", (what,))
    try:
        yield
    finally:
        await conn.execute("select pg_advisory_unlock(hashtextextended(%s, 41))", (what,))


class DatabaseNewer(DatabaseDown):
    """The database was written by a newer release than this one."""


class Database:
    """An open database. Connections are in autocommit mode: a verb that writes opens its own transaction."""

    def __init__(self, url: str, embedded: EmbeddedPostgres | None = None) -> None:
        self.url = url
        self._embedded = embedded
        self._pool: AsyncConnectionPool[Connection] | None = None

    @classmethod
    def prepare(cls, url: str | None, data: Path, *, settings: Mapping[str, str] | None = None) -> Database:
        """Start the embedded server in `data` unless a URL is given, and bring the schema up to date.

        Raises DatabaseDown with words for a person.
        """
        embedded = None
        if url is None:
            embedded = EmbeddedPostgres(data / "postgres", settings=settings)
            embedded.start()
            atexit.register(embedded.stop)
            create_database(embedded.url("postgres"), "dangol")
            url = embedded.url()
        migrate(url)
        return cls(url, embedded)

    async def open(self, *, largest: int = 16) -> None:
        """Open the pool."""
        self._pool = AsyncConnectionPool(
            self.url, kwargs={"autocommit": True}, configure=_read_json_quickly, min_size=2, max_size=largest, open=False,
            name="dangol",
        )  # fmt: skip
        await self._pool.open(wait=True, timeout=30)

    def connection(self) -> AbstractAsyncContextManager[Connection]:
        """A connection for the length of a `async with`."""
        if self._pool is None:
            raise DatabaseDown("the database is not open")
        return self._pool.connection()

    async def close(self) -> None:
        """Close the pool; `leave` ends the server too."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    def leave(self) -> None:
        """Stop the embedded server unless another process still uses it."""
        if self._embedded is not None:
            self._embedded.stop()


async def _read_json_quickly(conn: Connection) -> None:
    """Documents are most of what a turn reads and writes; this costs a third of the standard library."""
    set_json_loads(from_json, conn)
    set_json_dumps(to_json, conn)


def create_database(url: str, name: str) -> None:
    """Create a database where there is none of this name."""
    with psycopg.connect(url, autocommit=True) as conn:
        if conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def migrations_folder() -> Path:
    """Where the revisions lie: inside the installed package, else beside it in a checkout."""
    package = Path(dangol.__file__).parent
    installed = package / "migrations"
    return installed if installed.exists() else package.parent / "migrations"


def revisions(folder: Path) -> list[str]:
    """The revisions in order; they are one chain, numbered in their names."""
    return sorted(file.stem for file in (folder / "versions").glob("[0-9]*.py"))


def current_revision(conn: psycopg.Connection[Any]) -> str | None:
    """The revision a database is at; None before the first."""
    known = conn.execute("SELECT to_regclass('alembic_version')").fetchone()
    if known is None or known[0] is None:
        return None
    row = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def migrate(url: str, folder: Path | None = None) -> None:
    """Bring the schema up to date, one process at a time; costs one query when it is.

    Raises DatabaseDown when the server does not answer, DatabaseNewer when its schema is ahead of this code.
    """
    folder = folder or migrations_folder()
    chain = revisions(folder)
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as conn:
            if current_revision(conn) == chain[-1]:
                return
            conn.execute("SELECT pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
            now = current_revision(conn)
            if now == chain[-1]:
                return
            if now is not None and now not in chain:
                raise DatabaseNewer(f"the database is at revision {now}, which this release does not know")
            _upgrade(url, folder)
    except psycopg.OperationalError as no:
        raise DatabaseDown(str(no).strip()) from no


def _upgrade(url: str, folder: Path) -> None:
    # SQLAlchemy and Alembic cost most of a second to import, and a warm start needs neither
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import create_engine, pool  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=pool.NullPool
    )
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

"""The log of every conversation: every query of the assistant.

Personal fields of a fact (`FactBase.personal`) are written to `personal_texts`; erasing those rows leaves the
fact readable with empty words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import AsyncConnection, errors
from psycopg.types.json import Jsonb

from dangol.assistant.state import Spent
from dangol.kernel.errors import Refused
from dangol.kernel.facts import FACT, Fact, ModelAsked, ShopperIdentified, ShopperVerified, ToolFinished

Connection = AsyncConnection[Any]

_LIVE = frozenset(
    {
        "notice_given", "staff_said", "handed_off", "taken_over", "transferred", "snoozed", "woken", "given_back",
        "resolution_asked", "rating_given", "reopened", "closed",
    }
)  # fmt: skip


class LogMovedOn(Refused):
    """Somebody else wrote to this conversation meanwhile: what was about to be written rests on an old state."""

    code = "stale"


class HeardBefore(Refused):
    """A message of this id stands in the conversation already, the shopper's or of staff."""

    code = "heard_before"


@dataclass(frozen=True)
class ConversationRow:
    """A conversation's row."""

    id: str
    token_hash: str
    channel: str
    language: str
    customer_id: int | None
    served_by: str
    last_seq: int
    created_at: datetime
    country: str = ""


@dataclass(frozen=True)
class LoggedFact:
    """A fact with its place in the log."""

    seq: int
    at: datetime
    fact: Fact


async def insert_conversation(conn: Connection, row: ConversationRow) -> None:
    """Write a new conversation."""
    await conn.execute(
        "insert into conversations (id, token_hash, channel, language, customer_id, country, created_at, updated_at)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s)",
        (
            row.id, row.token_hash, row.channel, row.language, row.customer_id, row.country, row.created_at, row.created_at,
        ),
    )  # fmt: skip


async def conversation(conn: Connection, conversation_id: str) -> ConversationRow | None:
    """A conversation's row, None when there is none."""
    cursor = await conn.execute(
        "select id, token_hash, channel, language, customer_id, served_by, last_seq, created_at, country"
        " from conversations where id = %s",
        (conversation_id,),
    )
    row = await cursor.fetchone()
    return ConversationRow(*row) if row else None


async def lock(conn: Connection, conversation_id: str) -> None:
    """Wait for the lease of a conversation: one turn at a time, in whichever process."""
    await conn.execute("select pg_advisory_lock(hashtextextended(%s, 7))", (conversation_id,))


async def unlock(conn: Connection, conversation_id: str) -> None:
    """Give the lease back."""
    await conn.execute("select pg_advisory_unlock(hashtextextended(%s, 7))", (conversation_id,))


_READ = (
    "select f.seq, f.at, f.body, p.body from facts f left join personal_texts p using (conversation_id, seq)"
    " where f.conversation_id = %s"
)


def _logged(row: tuple[Any, ...]) -> LoggedFact:
    return LoggedFact(seq=row[0], at=row[1], fact=FACT.validate_python({**row[2], **(row[3] or {})}))


async def facts_after(
    conn: Connection, conversation_id: str, seq: int, limit: int | None = None
) -> list[LoggedFact]:
    """The facts after this place, in order, personal words put back where they still exist."""
    cursor = await conn.execute(
        _READ + " and f.seq > %s order by f.seq limit %s", (conversation_id, seq, limit)
    )
    return [_logged(row) for row in await cursor.fetchall()]


async def turn_at(conn: Connection, conversation_id: str, seq: int) -> int:
    """The last turn answered by this place in the log."""
    cursor = await conn.execute(
        "select coalesce(max((body ->> 'turn')::integer), 0) from facts"
        " where conversation_id = %s and seq <= %s and kind = 'reply_given'",
        (conversation_id, seq),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def reply_to(conn: Connection, conversation_id: str, message: str) -> LoggedFact | None:
    """The reply once given to a client message id, alone or together with what came right after it."""
    where = "f.kind = 'reply_given' and (f.body ->> 'message' = %s or f.body -> 'joined' ? %s)"
    return await _one(conn, conversation_id, where, message, message)


async def reply_of_turn(conn: Connection, conversation_id: str, turn: int) -> LoggedFact | None:
    """The reply of a turn."""
    return await _one(conn, conversation_id, "f.kind = 'reply_given' and (f.body ->> 'turn')::int = %s", turn)


async def heard_as(conn: Connection, conversation_id: str, message: str) -> LoggedFact | None:
    """What was heard under a client message id."""
    where = "f.kind = 'message_heard' and f.body ->> 'message' = %s"
    return await _one(conn, conversation_id, where, message)


async def _one(conn: Connection, conversation_id: str, where: str, *values: str | int) -> LoggedFact | None:
    row = await (await conn.execute(f"{_READ} and {where}", (conversation_id, *values))).fetchone()
    return _logged(row) if row else None


async def finished_call(conn: Connection, call: str) -> ToolFinished | None:
    """What came of a call, wherever it was made; None when it never ended."""
    cursor = await conn.execute(
        "select f.body, p.body from facts f left join personal_texts p using (conversation_id, seq)"
        " where f.kind = 'tool_finished' and f.body ->> 'call' = %s",
        (call,),
    )
    row = await cursor.fetchone()
    return ToolFinished.model_validate({**row[0], **(row[1] or {})}) if row else None


def _split(fact: Fact) -> tuple[dict[str, Any], dict[str, Any]]:
    # only the fact's own defaults are left out: a block without its `kind` could not be read again
    default = {
        name
        for name, field in type(fact).model_fields.items()
        if name != "kind" and getattr(fact, name) == field.get_default(call_default_factory=True)
    }
    body = fact.model_dump(mode="json", exclude=default)
    personal = {name: body.pop(name) for name in fact.personal if name in body}
    return body, personal


def _written(seq: int, fact: Fact) -> dict[str, Any]:
    body, personal = _split(fact)
    row = {"seq": seq, "kind": fact.kind, "body": body}
    return {**row, "personal": personal} if personal else row


async def append(
    conn: Connection, conversation_id: str, after: int, facts: Sequence[Fact], now: datetime
) -> None:
    """Write facts right behind place `after`, all or none, in one statement.

    Raises LogMovedOn when the log does not end at `after`.
    """
    seqs = range(after + 1, after + 1 + len(facts))
    # one JSON array: quoting each of several documents inside an SQL array costs more than the statement itself
    written = [_written(seq, fact) for seq, fact in zip(seqs, facts, strict=True)]
    served = next((served for fact in reversed(facts) if (served := _served_after(fact))), None)
    customer = next(
        (f.customer_id for f in reversed(facts) if isinstance(f, _NAMING) and f.customer_id), None
    )
    live = [seq for seq, fact in zip(seqs, facts, strict=True) if fact.kind in _LIVE]
    try:
        cursor = await conn.execute(
            _APPEND,
            {
                "id": conversation_id,
                "after": after,
                "last": seqs[-1],
                "now": now,
                "facts": Jsonb(written),
                "served": served,
                "customer": customer,
                "live": live,
                "heard": seqs[-1] if any(fact.kind == "message_heard" for fact in facts) else None,
            },
        )
    except errors.UniqueViolation as twice:
        if twice.diag.constraint_name in ("facts_heard_once", "facts_said_once"):
            raise HeardBefore(conversation=conversation_id) from twice
        raise LogMovedOn(conversation=conversation_id) from twice
    row = await cursor.fetchone()
    if row is None or row[0] != 1:
        raise LogMovedOn(conversation=conversation_id)


_NAMING = (ShopperIdentified, ShopperVerified)
_SERVED = {
    "handed_off": "queue",
    "taken_over": "person",
    "reopened": "person",
    "given_back": "assistant",
    "closed": "assistant",
}


def _served_after(fact: Fact) -> str | None:
    """Who answers from this fact on; None when it changes nothing (`kernel/ownership.py` says why)."""
    if fact.kind == "transferred":
        return "person" if fact.to else "queue"
    return _SERVED.get(fact.kind)


_APPEND = """
with given as materialized (
    select fact.* from jsonb_to_recordset(%(facts)s) as fact (seq integer, kind text, body jsonb, personal jsonb)
), moved as (
    update conversations set last_seq = %(last)s, updated_at = %(now)s,
        served_by = coalesce(%(served)s, served_by), customer_id = coalesce(%(customer)s, customer_id)
    where id = %(id)s and last_seq = %(after)s returning id, served_by
), written as (
    insert into facts (conversation_id, seq, kind, body, at)
    select moved.id, given.seq, given.kind, given.body, %(now)s from moved, given
), kept as (
    insert into personal_texts (conversation_id, seq, body)
    select moved.id, given.seq, given.personal from moved, given where given.personal is not null
), told as (
    select pg_notify('conversation', moved.id || ':' || live.seq)
    from moved, unnest(%(live)s::integer[]) as live (seq)
    union all  -- what a shopper says to people is heard at the desk at once
    select pg_notify('conversation', moved.id || ':' || %(heard)s::integer)
    from moved where %(heard)s::integer is not null and moved.served_by <> 'assistant'
)
select (select count(*) from moved), (select count(*) from told)
"""


async def unanswered(conn: Connection, before: datetime) -> list[str]:
    """Conversations whose last message was heard before this moment and never answered."""
    cursor = await conn.execute(
        "select heard.conversation_id from facts heard where heard.kind = 'message_heard' and heard.at < %s"
        " and heard.at > %s - interval '1 day'"
        " and not exists (select 1 from facts reply where reply.conversation_id = heard.conversation_id"
        " and reply.kind = 'reply_given' and (reply.body ->> 'message' = heard.body ->> 'message'"
        " or reply.body -> 'joined' ? (heard.body ->> 'message')))",
        (before, before),
    )
    return [row[0] for row in await cursor.fetchall()]


async def erase_words(conn: Connection, conversation_id: str) -> int:
    """Forget what was said in a conversation; returns how many facts lost their words."""
    cursor = await conn.execute("delete from personal_texts where conversation_id = %s", (conversation_id,))
    return cursor.rowcount


async def written_since(conn: Connection, since: datetime | None) -> list[tuple[str, int, datetime]]:
    """(id, last place, when) of conversations written to at or after a moment, those left alone longest first."""
    cursor = await conn.execute(
        "select id, last_seq, updated_at from conversations"
        " where %(since)s::timestamptz is null or updated_at >= %(since)s order by updated_at, id",
        {"since": since},
    )
    return await cursor.fetchall()


async def words(conn: Connection, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What shoppers said at these places (conversation, place), where it has not been erased."""
    cursor = await conn.execute(
        "select conversation_id, seq, body ->> 'text' from personal_texts"
        " join unnest(%s::text[], %s::integer[]) as wanted (conversation_id, seq) using (conversation_id, seq)",
        ([place[0] for place in places], [place[1] for place in places]),
    )
    return {(row[0], row[1]): row[2] for row in await cursor.fetchall() if row[2]}


async def noticed(conn: Connection, conversation_id: str, causes: Sequence[str]) -> bool:
    """Has one of these causes been told in this conversation already?"""
    cursor = await conn.execute(
        "select 1 from facts where conversation_id = %s and kind = 'notice_given'"
        " and body ->> 'cause' = any(%s) limit 1",
        (conversation_id, list(causes)),
    )
    return await cursor.fetchone() is not None


async def spent_since(conn: Connection, since: datetime) -> Spent:
    """What language models used since a moment, in all conversations and beside them."""
    cursor = await conn.execute(
        "select coalesce(sum(tokens), 0)::bigint, coalesce(sum(cost), 0)::bigint,"
        " coalesce(sum(milliseconds), 0)::bigint, count(*) from all_model_uses where at >= %s",
        (since,),
    )
    row = await cursor.fetchone()
    return Spent(tokens=row[0], cost=row[1], milliseconds=row[2], steps=row[3]) if row else Spent()


async def note_use(conn: Connection, asked: ModelAsked, staff: str | None, at: datetime) -> None:
    """Write down what a model used for something that belongs to no conversation; no word of it is kept."""
    await conn.execute(
        "insert into model_uses (at, staff_id, model, job, outcome, input_tokens, output_tokens, cost, milliseconds)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            at,
            staff,
            asked.model,
            asked.job,
            asked.outcome,
            asked.input_tokens,
            asked.output_tokens,
            asked.cost,
            asked.milliseconds,
        ),
    )


async def forget_prompts(conn: Connection, before: datetime) -> int:
    """Delete prompts and answers of language models older than the shop keeps them; what was used stays."""
    cursor = await conn.execute(
        "delete from personal_texts p using facts f where f.kind = 'model_asked' and f.at < %s"
        " and p.conversation_id = f.conversation_id and p.seq = f.seq",
        (before,),
    )
    return cursor.rowcount


@dataclass(frozen=True)
class HeldBack:
    """Something the truth check did not let out."""

    at: datetime
    conversation: str
    turn: int
    why: str
    text: str


async def mended(conn: Connection, most: int) -> list[HeldBack]:
    """What was held back lately, newest first; the words are gone where a conversation was erased."""
    cursor = await conn.execute(
        "select f.at, f.conversation_id, (f.body ->> 'turn')::int, f.body ->> 'why', coalesce(p.body ->> 'text', '')"
        " from facts f left join personal_texts p using (conversation_id, seq) where f.kind = 'reply_mended'"
        " order by f.at desc, f.seq desc limit %s",
        (most,),
    )
    return [HeldBack(*row) for row in await cursor.fetchall()]


@dataclass(frozen=True)
class DayOfModel:
    """What one model used in a day; `resolved` are conversations that never went to a person."""

    day: date
    model: str
    asked: int
    tokens: int
    cost: int | None
    conversations: int
    resolved: int


async def costs(conn: Connection, since: datetime, zone: str) -> list[DayOfModel]:
    """What language models used and cost since a moment, by day of a time zone and model, newest first."""
    cursor = await conn.execute(
        "select (at at time zone %s)::date, model, count(*), sum(tokens)::bigint, sum(cost)::bigint,"
        " count(distinct conversation_id),"
        " count(distinct conversation_id) filter (where not exists (select 1 from facts h"
        "  where h.conversation_id = uses.conversation_id and h.kind = 'handed_off'))"
        " from all_model_uses uses where at >= %s group by 1, 2 order by 1 desc, 2",
        (zone, since),
    )
    return [DayOfModel(*row) for row in await cursor.fetchall()]

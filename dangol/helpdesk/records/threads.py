"""The inbox: conversations as they are read at the desk, and the events that consoles replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import AsyncConnection
from psycopg.rows import class_row

from dangol.helpdesk.model import DeskEvent, Thread, ThreadRow
from dangol.kernel.facts import FACT, Fact

Connection = AsyncConnection[Any]
View = Literal["mine", "unassigned", "waiting", "all", "snoozed", "closed"]


@dataclass(frozen=True)
class Stale:
    """A conversation whose facts go on behind what the inbox knows."""

    conversation_id: str
    channel: str
    language: str
    customer_id: int | None
    created_at: datetime
    row: ThreadRow | None


@dataclass(frozen=True)
class Logged:
    """A fact with its place."""

    conversation_id: str
    seq: int
    at: datetime
    fact: Fact


async def lock_desk(conn: Connection) -> None:
    """One at a time gives out event ids, so that they appear in their order. Inside a transaction."""
    await conn.execute("select pg_advisory_xact_lock(hashtextextended('the desk', 7))")


async def stale(conn: Connection, only: Sequence[str] | None, limit: int) -> list[Stale]:
    """Conversations that went on since the inbox looked, oldest first; of these alone when named."""
    cursor = await conn.execute(
        "select c.id, c.channel, c.language, c.customer_id, c.created_at, to_jsonb(t) from conversations c"
        " left join desk_threads t on t.conversation_id = c.id"
        " where c.last_seq > coalesce(t.seq, 0) and (%(only)s::text[] is null or c.id = any(%(only)s))"
        " order by c.updated_at limit %(limit)s",
        {"only": list(only) if only is not None else None, "limit": limit},
    )
    return [Stale(row[0], row[1], row[2], row[3], row[4], _row(row[5])) for row in await cursor.fetchall()]


def _row(stored: dict[str, Any] | None) -> ThreadRow | None:
    if stored is None:
        return None
    moments = ("said_at", "queued_at", "served_at", "waiting_since", "snoozed_until", "assigned_at", "created_at", "updated_at")  # fmt: skip  # noqa: E501
    for name in moments:
        stored[name] = datetime.fromisoformat(stored[name]) if stored[name] else None
    return ThreadRow(**stored)


async def facts_behind(conn: Connection, places: dict[str, int]) -> dict[str, list[Logged]]:
    """The facts of several conversations, each behind a place."""
    cursor = await conn.execute(
        "select f.conversation_id, f.seq, f.at, f.body, p.body from unnest(%s::text[], %s::integer[]) as w (id, seq)"
        " join facts f on f.conversation_id = w.id and f.seq > w.seq"
        " left join personal_texts p on p.conversation_id = f.conversation_id and p.seq = f.seq"
        " order by f.conversation_id, f.seq",
        (list(places), list(places.values())),
    )
    found: dict[str, list[Logged]] = {name: [] for name in places}
    for row in await cursor.fetchall():
        found[row[0]].append(_logged(row))
    return found


async def facts_at(conn: Connection, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Logged]:
    """The facts at these places (conversation, place in its log)."""
    cursor = await conn.execute(
        "select f.conversation_id, f.seq, f.at, f.body, p.body from unnest(%s::text[], %s::integer[]) as w (id, seq)"
        " join facts f on f.conversation_id = w.id and f.seq = w.seq"
        " left join personal_texts p on p.conversation_id = f.conversation_id and p.seq = f.seq",
        ([place[0] for place in places], [place[1] for place in places]),
    )
    return {(row[0], row[1]): _logged(row) for row in await cursor.fetchall()}


async def said(conn: Connection, conversation_id: str, message: str) -> Logged | None:
    """What staff wrote under a message id."""
    cursor = await conn.execute(
        "select f.conversation_id, f.seq, f.at, f.body, p.body from facts f"
        " left join personal_texts p using (conversation_id, seq)"
        " where f.conversation_id = %s and f.kind = 'staff_said' and f.body ->> 'message' = %s",
        (conversation_id, message),
    )
    row = await cursor.fetchone()
    return _logged(row) if row else None


def _logged(row: tuple[Any, ...]) -> Logged:
    return Logged(row[0], row[1], row[2], FACT.validate_python({**row[3], **(row[4] or {})}))


_COLUMNS = tuple(ThreadRow.__dataclass_fields__)
_PUT = (
    f"insert into desk_threads ({', '.join(_COLUMNS)}) values ({', '.join(f'%({name})s' for name in _COLUMNS)})"  # noqa: S608
    f" on conflict (conversation_id) do update set {', '.join(f'{n} = excluded.{n}' for n in _COLUMNS[1:])}"
)


async def put(conn: Connection, rows: Sequence[ThreadRow]) -> None:
    """Write how conversations stand now."""
    async with conn.cursor() as cursor:
        await cursor.executemany(_PUT, [asdict(row) for row in rows])


async def add_events(
    conn: Connection, events: Sequence[tuple[str, str | None, str, str | None]], now: datetime
) -> None:
    """Write events (kind, conversation, ref, for whom alone) and wake the streams. The desk is locked."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "insert into desk_events (at, kind, conversation_id, ref, staff_id) values (%s, %s, %s, %s, %s)",
            [(now, *event) for event in events],
        )
    if events:
        await conn.execute("select pg_notify('desk', 'events')")


async def events_after(conn: Connection, after: int, staff_id: str, limit: int = 500) -> list[DeskEvent]:
    """Events behind one, in order, for this person or for all."""
    async with conn.cursor(row_factory=class_row(DeskEvent)) as cursor:
        await cursor.execute(
            "select * from desk_events where id > %s and (staff_id is null or staff_id = %s) order by id limit %s",
            (after, staff_id, limit),
        )
        return await cursor.fetchall()


async def events_after_all(conn: Connection, after: int, limit: int = 500) -> list[DeskEvent]:
    """Events behind one, in order, whoever they are for."""
    async with conn.cursor(row_factory=class_row(DeskEvent)) as cursor:
        await cursor.execute("select * from desk_events where id > %s order by id limit %s", (after, limit))
        return await cursor.fetchall()


async def event_span(conn: Connection) -> tuple[int, int]:
    """The oldest event that is kept and the newest there ever was; (1, 0) when there was none."""
    cursor = await conn.execute(
        "select coalesce((select min(id) from desk_events), 1),"
        " coalesce((select max(id) from desk_events), 0)"
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


async def forget_events(conn: Connection, before: datetime) -> None:
    """Let events go that no console will ask for again; the newest stays, so that the place is known."""
    await conn.execute(
        "delete from desk_events where at < %s and id < (select max(id) from desk_events)", (before,)
    )


_READ = """
select t.*, coalesce(m.labels, '{}') as labels, m.merged_into, coalesce(m.delivered, 0) as delivered,
    coalesce(m.read, 0) as read, s.name as owner_name, c.name as customer_name,
    exists (select 1 from unnest(c.tags) as tag where lower(tag) = 'vip') as vip,
    coalesce(p.body ->> 'text', '') as last_text, coalesce(h.body -> 'summary' ->> 'wish', '') as subject,
    case when t.state = 'queue' then (select count(*)::integer from desk_threads q where q.state = 'queue'
        and (priority_rank(q.priority), q.queued_at, q.conversation_id)
         <= (priority_rank(t.priority), t.queued_at, t.conversation_id)) end as place
from desk_threads t
left join desk_marks m on m.conversation_id = t.conversation_id
left join staff s on s.id = t.owner
left join customers c on c.id = t.customer_id
left join personal_texts p on p.conversation_id = t.conversation_id and p.seq = t.said_seq
left join personal_texts h on h.conversation_id = t.conversation_id and h.seq = t.handed_seq
"""
_VIEWS: dict[View, tuple[str, str]] = {
    "mine": ("t.owner = %(me)s and t.state = 'person'", "t.waiting_since nulls last, t.updated_at desc"),
    "unassigned": ("t.state = 'queue'", "priority_rank(t.priority), t.queued_at"),
    "waiting": (
        "t.state in ('queue', 'person') and t.waiting_since is not null",
        "t.waiting_since",
    ),
    "all": ("t.state <> 'closed'", "t.updated_at desc"),
    "snoozed": ("t.state = 'snoozed'", "t.snoozed_until"),
    "closed": ("t.state = 'closed'", "t.updated_at desc"),
}
_FILTERS = {
    "label": "%(label)s = any(m.labels)",
    "priority": "t.priority = %(priority)s",
    "channel": "t.channel = %(channel)s",
    "language": "t.language = %(language)s",
    "team": "t.team = %(team)s",
    "owner": "t.owner = %(owner)s",
    "customer": "t.customer_id = %(customer)s",
    "q": "(c.name ilike %(q)s or t.conversation_id in (select pt.conversation_id from personal_texts pt"
    " where pt.body::text ilike %(q)s)"
    " or t.conversation_id in (select o.conversation_id from orders o where o.number ilike %(q)s)"
    " or t.customer_id in (select o.customer_id from orders o where o.number ilike %(q)s))",
}


async def threads(
    conn: Connection, view: View, me: str, filters: dict[str, Any], offset: int, limit: int
) -> list[Thread]:
    """A page of the inbox, in the order of its view."""
    where, order = _VIEWS[view]
    wanted = {name: value for name, value in filters.items() if value is not None}
    clauses = [where, *(_FILTERS[name] for name in wanted)]
    if "q" in wanted:
        wanted["q"] = "%" + wanted["q"].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    query = f"{_READ} where {' and '.join(clauses)} order by {order}, t.conversation_id offset %(offset)s limit %(limit)s"
    return await _threads(conn, query, {"me": me, "offset": offset, "limit": limit, **wanted})


async def _threads(conn: Connection, query: str, values: dict[str, Any]) -> list[Thread]:
    async with conn.cursor(row_factory=class_row(Thread)) as cursor:
        await cursor.execute(query.encode(), values)
        return await cursor.fetchall()


async def thread(conn: Connection, conversation_id: str) -> Thread | None:
    """One conversation as the inbox shows it."""
    found = await _threads(conn, f"{_READ} where t.conversation_id = %(id)s", {"id": conversation_id})
    return found[0] if found else None


async def threads_of(conn: Connection, conversations: Sequence[str]) -> dict[str, Thread]:
    """These conversations as the inbox shows them, by id."""
    where = "t.conversation_id = any(%(ids)s)"
    found = await _threads(conn, f"{_READ} where {where}", {"ids": list(conversations)})
    return {each.conversation_id: each for each in found}


async def past(conn: Connection, conversation_id: str, customer_id: int, limit: int = 20) -> list[Thread]:
    """Other conversations of a customer, newest first."""
    where = "t.customer_id = %(customer)s and t.conversation_id <> %(id)s order by t.updated_at desc limit %(limit)s"
    return await _threads(
        conn, f"{_READ} where {where}", {"id": conversation_id, "customer": customer_id, "limit": limit}
    )


async def counts(conn: Connection, me: str) -> dict[str, int]:
    """How many conversations each view holds."""
    columns = ", ".join(f"count(*) filter (where {where})" for where, _ in _VIEWS.values())
    cursor = await conn.execute(f"select {columns} from desk_threads t".encode(), {"me": me})  # noqa: S608
    row = await cursor.fetchone()
    assert row is not None
    return dict(zip(_VIEWS, row, strict=True))


async def queue(conn: Connection) -> list[ThreadRow]:
    """Who waits, in the order in which they are served: by priority, then by who came first."""
    async with conn.cursor(row_factory=class_row(ThreadRow)) as cursor:
        await cursor.execute(
            "select * from desk_threads where state = 'queue'"
            " order by priority_rank(priority), queued_at, conversation_id"
        )
        return await cursor.fetchall()


async def held(conn: Connection) -> list[ThreadRow]:
    """Conversations that are with a person, or put aside by one."""
    async with conn.cursor(row_factory=class_row(ThreadRow)) as cursor:
        await cursor.execute("select * from desk_threads where state in ('person', 'snoozed')")
        return await cursor.fetchall()


async def waiting_vips(conn: Connection) -> list[str]:
    """Conversations of VIP customers that wait with no more than usual urgency."""
    cursor = await conn.execute(
        "select t.conversation_id from desk_threads t join customers c on c.id = t.customer_id"
        " where t.state = 'queue' and t.priority in ('low', 'normal')"
        " and exists (select 1 from unnest(c.tags) as tag where lower(tag) = 'vip')"
    )
    return [row[0] for row in await cursor.fetchall()]


async def intents(conn: Connection, conversations: Sequence[str]) -> dict[str, list[str]]:
    """What was understood of the last messages of these conversations, newest first."""
    cursor = await conn.execute(
        "select w.id, f.body -> 'intents' from unnest(%s::text[]) as w (id) cross join lateral ("
        "  select seq, body from facts where conversation_id = w.id and kind = 'message_read'"
        "  order by seq desc limit 5) f order by w.id, f.seq desc",
        (list(conversations),),
    )
    found: dict[str, list[str]] = {}
    for conversation_id, read in await cursor.fetchall():
        found.setdefault(conversation_id, []).extend(str(pair[0]) for pair in read or ())
    return found


async def at_desk_between(conn: Connection, first: datetime, last: datetime) -> list[tuple[str, str]]:
    """(conversation, channel) of whatever came to the desk in this time."""
    cursor = await conn.execute(
        "select distinct c.id, c.channel from facts f join conversations c on c.id = f.conversation_id"
        " where f.kind in ('handed_off', 'taken_over') and f.at >= %s and f.at < %s limit 20000",
        (first, last),
    )
    return [(row[0], row[1]) for row in await cursor.fetchall()]


async def answered_within(
    conn: Connection, first: datetime, last: datetime
) -> tuple[float | None, float | None, float | None, int]:
    """How long the assistant's replies took after the message: p50, p90, p99 in seconds, and how many there were."""
    cursor = await conn.execute(
        "select percentile_disc(array[0.5, 0.9, 0.99]) within group"
        "  (order by extract(epoch from reply.at - heard.at)::float8), count(*)"
        " from facts reply join facts heard on heard.conversation_id = reply.conversation_id"
        "  and heard.kind = 'message_heard' and heard.body ->> 'message' = reply.body ->> 'message'"
        " where reply.kind = 'reply_given' and reply.at >= %s and reply.at < %s"
        "  and reply.body ->> 'served_by' = 'assistant'",
        (first, last),
    )
    row = await cursor.fetchone()
    assert row is not None
    return (*(row[0] or (None, None, None)), row[1])


async def wishes_between(
    conn: Connection, first: datetime, last: datetime, no_wish: Sequence[str]
) -> list[tuple[str, int, int]]:
    """(intent, conversations that brought it up, those of them that never went to staff), commonest first.

    The first row, with no intent, counts every conversation with any wish once. Whoever switched the assistant's
    conversation off by asking for a person counts as gone to staff.
    """
    cursor = await conn.execute(
        "with wished as (select distinct f.conversation_id as id, i ->> 0 as intent"
        "  from facts f cross join jsonb_array_elements(f.body -> 'intents') i"
        "  where f.kind = 'message_read' and f.at >= %(first)s and f.at < %(last)s and i ->> 0 <> all(%(no)s)),"
        " staffed as (select distinct f.conversation_id as id from facts f"
        "  where f.kind in ('handed_off', 'taken_over') and f.conversation_id in (select id from wished))"
        " select coalesce(w.intent, ''), count(distinct w.id),"
        "  count(distinct w.id) filter (where s.id is null)"
        " from wished w left join staffed s using (id) group by grouping sets ((), (w.intent))"
        " order by grouping(w.intent) desc, 2 desc, 1 limit 31",
        {"first": first, "last": last, "no": list(no_wish)},
    )
    return [(row[0], row[1], row[2]) for row in await cursor.fetchall()]

"""Nothing is lost and nothing done twice: a purchase is cut off before and after every write, and ends the same.

Each case begins on a clone of the database as it stood before a step, cuts the process off at one moment, lets a new
process hear the same message again and goes on to the end. Every table of the shop and of the gateway must then read
as it does after the conversation that nobody disturbed.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import psycopg
import pytest
from assistant.house import BOOT, MUG, BreakableConnection, Connection, Crash, Floor

from dangol.assistant import records
from dangol.assistant.counter import Message, Reply
from dangol.assistant.welcome import Regular
from dangol.contracts.shopfloor.people import AddressView
from dangol.customers import api as customers
from dangol.payments.api import take_report

PAYS = None  # a step at the gateway, not at the counter
Step = Message | None


def _steps(*said: str | dict[str, Any] | None) -> tuple[Step, ...]:
    return tuple(
        None
        if each is None
        else Message(id=f"m{place}", **({"text": each} if isinstance(each, str) else each))
        for place, each in enumerate(said, 1)
    )


PURCHASES = {
    "ko": _steps(
        "장화 있어요?",
        "블랙 270으로 담아 주세요",
        "주문할게요",
        "김단골, dangol@example.com, 010-1234-5678",
        "서울 강남구 테헤란로 123, 4층 06236",
        "네",
        PAYS,
        "결제했어요",
    ),
    "en": _steps(
        {"choice": f"add:{MUG}"},
        "check out",
        {
            "form": {
                "form": "checkout",
                "values": {
                    "name": "Jane Miller",
                    "email": "jane@example.com",
                    "phone": "+1 415 555 0132",
                    "address": "1600 Market Street Apt 5, San Francisco, CA 94103",
                },
            }
        },
        {"choice": "yes"},
        PAYS,
        {"text": "I have paid"},
    ),
    # a returning customer: the saved address, the card on file, one yes
    "ko-on-file": _steps(
        "장화 있어요?",
        "블랙 270으로 담아 주세요",
        "주문할게요",
        {"choice": "address:1"},
        {"choice": "pay_way:way_visa"},
        {"choice": "yes"},
        "결제됐어요?",
    ),
}
SOLD = {"ko": (BOOT, 2), "en": (MUG, 8), "ko-on-file": (BOOT, 2)}
_HOME = AddressView(country="KR", postcode="06236", lines="서울 강남구 테헤란로 123", detail="4층")


@dataclass(frozen=True)
class Begun:
    """The database before a step, and what was answered up to there."""

    database: str
    replies: tuple[str, ...]


@dataclass(frozen=True)
class Ended:
    """All that is left of a conversation: its log, its answers, what can be read back, every row of every table."""

    log: tuple[str, ...]
    replies: tuple[str, ...]
    read_back: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]

    def differences(self, other: Ended) -> list[str]:
        found = [
            name for name in ("log", "replies", "read_back") if getattr(self, name) != getattr(other, name)
        ]
        return found + [name for name, rows in self.rows.items() if rows != other.rows[name]]


# random ids, and order numbers: a rollback leaves a gap in them, and the Korean particle follows the last digit
_DRAWN = re.compile(r"\b(pay|sp|ev)_[0-9a-f]{30}|(?<!\d)\d{8}-\d{4}(?!\d)(?:이고|고|이에요|예요)?")


def _plain(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return _DRAWN.sub(lambda match: f"<{match.group(1) or 'order'}>", text)


def _answer(reply: Reply) -> str:
    blocks = [block.model_dump(mode="json") for block in reply.blocks]
    return _plain([reply.turn, reply.language, reply.served_by, blocks])


async def _rows(conn: Connection) -> dict[str, tuple[str, ...]]:
    """Every row of every table; numbers drawn from a sequence are left out, as a rollback leaves gaps in them."""
    tables = await (
        await conn.execute(
            "select schemaname, tablename from pg_tables where schemaname in ('public', 'sample_gateway')"
        )
    ).fetchall()
    query = " union all ".join(
        f"select '{schema}.{table}', to_jsonb(row) from {schema}.{table} row" for schema, table in tables
    )
    found: dict[str, list[str]] = {f"{schema}.{table}": [] for schema, table in tables}
    for name, row in await (await conn.execute(query)).fetchall():
        drawn = [key for key, value in row.items() if re.search(r"(^|_)id$", key) and isinstance(value, int)]
        found[name].append(_plain({key: value for key, value in row.items() if key not in drawn}))
    return {name: tuple(sorted(rows)) for name, rows in found.items()}


@dataclass
class Purchase:
    """A conversation that is played step by step, by one process after another."""

    floor: Floor
    language: str
    conversation: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        return PURCHASES[self.language]

    @contextlib.asynccontextmanager
    async def process(self) -> AsyncIterator[Process]:
        """A process that has just begun: nothing is in its memory."""
        async with self.floor.breakable_connection() as conn:
            yield Process(self, conn)

    async def open(self) -> None:
        """Open the conversation, of a customer with a card on file where the purchase is theirs."""
        async with self.process() as process:
            regular = await _regular(process.conn, self.floor) if "on-file" in self.language else None
            opened = await process.counter.open(
                process.conn, channel="web", language=self.language[:2], customer=regular
            )
            self.conversation = opened.conversation_id

    async def ended(self, replies: tuple[str, ...]) -> Ended:
        async with self.floor.plain_connection() as conn:
            logged = await records.facts_after(conn, self.conversation, 0)
            said = await self.floor.counter().history(conn, self.conversation)
            return Ended(
                log=tuple(_plain([each.seq, each.fact.model_dump(mode="json")]) for each in logged),
                replies=replies,
                read_back=tuple(_plain(replace(each, blocks=(len(each.blocks),)).__dict__) for each in said),  # type: ignore[arg-type]
                rows=await _rows(conn),
            )


async def _regular(conn: Connection, floor: Floor) -> Regular:
    now = floor.clock.now()
    who = await customers.identify(conn, external_id="7", email="dangol@example.com", name="김단골", now=now)
    await conn.execute("update customers set phone = '010-1234-5678' where id = %s", (who,))
    await customers.save_address(conn, who, _HOME, now)
    card = customers.StoredMethod(
        "way_visa", who, "credit_card", "Visa", "0000", gateway="sample", token="test_success"
    )
    await customers.take_over_methods(conn, [card])
    return Regular(who, "김단골")


class Process:
    """One process at the counter."""

    def __init__(self, purchase: Purchase, conn: BreakableConnection) -> None:
        self.purchase = purchase
        self.floor = purchase.floor
        self.conn = conn
        self.counter = self.floor.counter()

    @contextlib.asynccontextmanager
    async def _open_connection(self) -> AsyncIterator[Connection]:
        yield self.conn

    async def take(self, step: Step) -> tuple[str, ...]:
        """Take a step; what was answered, if anything was."""
        if step is PAYS:
            await self.floor.pay(self.conn)
            return ()
        return (_answer(await self.counter.hear(self._open_connection, self.purchase.conversation, step)),)

    async def take_watched(self, step: Step, at: int | None) -> tuple[str, ...] | None:
        """Take a step as a process that is cut off at this moment; None: it was."""
        breaker = self.floor.breaker
        breaker.at, breaker.armed = at, True
        breaker.moments.clear()
        try:
            return await self.take(step)
        except (Crash, psycopg.OperationalError):
            assert at is not None
            assert len(breaker.moments) == at
            return None
        finally:
            breaker.armed = False

    async def go_on(self, steps: tuple[Step, ...]) -> tuple[str, ...]:
        """The rest of the conversation; then the gateway tells twice, late, that it was paid."""
        replies: tuple[str, ...] = ()
        for step in steps:
            replies += await self.take(step)
        (ref,) = await (await self.conn.execute("select vendor_ref from payments")).fetchone() or ("",)
        report = await self.floor.gateway.look_up(ref)
        for event in ("ev_1", "ev_2"):
            told = report.model_copy(update={"event": event})
            await take_report(self.conn, self.floor.shop, "sample", told, self.floor.clock.now())
        return replies


@dataclass(frozen=True)
class Undisturbed:
    """The conversation as it goes when nothing happens: where each step began, its writes, and its end."""

    purchase: Purchase
    before: tuple[Begun, ...]
    moments: tuple[tuple[str, ...], ...]
    end: Ended


async def _play_undisturbed(purchase: Purchase) -> Undisturbed:
    floor, replies = purchase.floor, ()
    floor.database = floor.clone(floor.stocked)
    before, moments = [], []
    await purchase.open()
    for step in purchase.steps:
        before.append(Begun(floor.database, replies))
        floor.database = floor.clone(floor.database)
        async with purchase.process() as process:
            said = await process.take_watched(step, None)
            assert said is not None
            replies += said
        moments.append(tuple(floor.breaker.moments))
    async with purchase.process() as process:
        await process.go_on(())
    return Undisturbed(purchase, tuple(before), tuple(moments), await purchase.ended(replies))


async def _play_broken(purchase: Purchase, begun: Begun, place: int, at: int) -> Ended:
    floor, step = purchase.floor, purchase.steps[place]
    floor.database = floor.clone(begun.database)
    try:
        async with purchase.process() as process:
            with contextlib.suppress(psycopg.OperationalError):
                assert await process.take_watched(step, at) is None
        async with purchase.process() as process:
            replies = await process.go_on(purchase.steps[place:])
        return await purchase.ended(begun.replies + replies)
    finally:
        floor.drop(floor.database)


@pytest.fixture(scope="session")
def undisturbed(floor: Floor) -> Callable[[str], Awaitable[Undisturbed]]:
    """The purchase in a language, played once with nothing in its way."""
    played: dict[str, Undisturbed] = {}

    async def play(language: str) -> Undisturbed:
        if language not in played:
            played[language] = await _play_undisturbed(Purchase(floor, language))
        return played[language]

    return play


Play = Callable[[str], Awaitable[Undisturbed]]


@pytest.mark.parametrize("language", PURCHASES)
async def test_the_purchase_all_others_are_compared_with_bought_once(
    undisturbed: Play, language: str
) -> None:
    calm = await undisturbed(language)
    end, (sku, left) = calm.end, SOLD[language]
    rows = {name: [json.loads(row) for row in found] for name, found in end.rows.items()}
    assert [row["status"] for row in rows["public.orders"]] == ["paid"]
    assert [row["state"] for row in rows["public.payments"]] == ["paid"]
    charged = [(row["state"], row["charged"]) for row in rows["sample_gateway.payments"]]
    assert charged == [("paid", rows["public.orders"][0]["total"])]
    assert {row["sku"]: row["stock"] for row in rows["public.variants"]}[sku] == left
    assert rows["public.stock_holds"] == rows["public.cart_lines"] == []
    assert len(end.replies) == len(set(end.replies))
    assert all(len(moments) >= 4 for moments in calm.moments[:-2])


_CUTS = [
    (language, place)
    for language, steps in PURCHASES.items()
    for place, step in enumerate(steps)
    if step is not PAYS
]


@pytest.mark.parametrize(("language", "place"), _CUTS)
async def test_a_purchase_cut_off_at_any_write_ends_as_if_nothing_had_happened(
    undisturbed: Play, language: str, place: int
) -> None:
    calm = await undisturbed(language)
    troubles: dict[str, list[str]] = {}
    for at in _moments_to_try(calm, place):
        end = await _play_broken(calm.purchase, calm.before[place], place, at)
        if differences := calm.end.differences(end):
            troubles[f"{at}: {calm.moments[place][at - 1]}"] = differences
    assert not troubles


def _moments_to_try(calm: Undisturbed, place: int) -> list[int]:
    """Every moment of the Korean purchases. The English one writes in the same places: there the commits, the gateway
    and every third write."""
    return [
        at
        for at, moment in enumerate(calm.moments[place], 1)
        if calm.purchase.language != "en" or at % 3 == 0 or "commit" in moment or "gateway" in moment
    ]

"""What one piece of work may use of language models: set aside before the first question, given back when it is done.

Many turns run at once, in several processes. Each is granted what the limits leave beside what the others have set aside, so
that no two of them use the same remainder of a conversation or a day. What a process set aside that was killed lapses.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import structlog

from dangol.assistant import purse_records
from dangol.assistant.purse_records import Held
from dangol.assistant.state import Spent
from dangol.contracts.language_model import LanguageModel, ModelTrouble, Usage
from dangol.kernel.facts import ModelAsked
from dangol.kernel.manner import Allowance, ModelLimits

log = structlog.get_logger(__name__)

Connection = psycopg.AsyncConnection[Any]
OpenConnection = Callable[[], AbstractAsyncContextManager[Connection]]

_MILLION = 1_000_000
_BESIDE = timedelta(minutes=1)  # what a piece of work does beside asking models


class Overspent(ModelTrouble):
    """What the shop allows for this is used up, or set aside for others."""

    code = "overspent"


@dataclass(frozen=True)
class Work:
    """What models are to be asked for. The same work taken up again has the same `key`; `now` is in the shop's zone.

    `seconds`: the longest that models are listened to for it.
    """

    key: str
    conversation_id: str | None
    limits: ModelLimits
    now: datetime
    seconds: float

    @property
    def today(self) -> datetime:
        """When the shop's day began."""
        return self.now.replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass
class Purse:
    """What may still be used for a piece of work; without `set_aside` nothing limits it."""

    set_aside: Callable[[LanguageModel], Awaitable[Allowance]] | None = None
    asked: list[ModelAsked] = field(default_factory=list)
    used: Spent = field(default_factory=Spent)
    granted: Allowance | None = None

    async def take_out(self, model: LanguageModel) -> None:
        """Make sure that a model may be asked once more. Raises Overspent."""
        if self.granted is None:
            self.granted = await self.set_aside(model) if self.set_aside else Allowance()
        if self.used.share_of(self.granted) >= 1:
            raise Overspent(of="what was set aside")

    def last_step(self, most: int) -> bool:
        """Whether the question that is put now is the last, of `most` at any rate."""
        granted = self.granted.steps if self.granted and self.granted.steps is not None else most
        return self.used.steps + 1 >= min(granted, most)

    def note(self, asked: ModelAsked) -> None:
        """A model was asked."""
        self.asked.append(asked)
        tokens = asked.input_tokens + asked.output_tokens
        self.used = self.used.and_more(tokens, asked.cost or 0, asked.milliseconds)


@asynccontextmanager
async def purse_for(work: Work, open_connection: OpenConnection) -> AsyncIterator[Purse]:
    """A purse for a piece of work: nothing is set aside before it is opened, and what was is given back at the end."""
    begun = False

    async def set_aside(model: LanguageModel) -> Allowance:
        nonlocal begun
        begun = True  # whoever is sent away from here on may have set something aside
        async with open_connection() as conn:
            return await _set_aside(conn, work, model)

    purse = Purse(set_aside)
    try:
        yield purse
    finally:
        if begun:
            await _give_back(work, open_connection)


async def _set_aside(conn: Connection, work: Work, model: LanguageModel) -> Allowance:
    limits = work.limits
    async with conn.transaction():
        await purse_records.one_at_a_time(conn)
        today, talked = await purse_records.used(
            conn, work.key, work.conversation_id, since=work.today, now=work.now
        )
        granted = least(
            limits.of_turn(), left(limits.of_day(), today), left(limits.of_conversation(), talked)
        )
        lapses = work.now + timedelta(seconds=work.seconds) + _BESIDE
        held = Held(work.key, work.conversation_id, lapses, _greatest(granted, limits, model))
        await purse_records.hold(conn, held, work.now)
    return granted


async def _give_back(work: Work, open_connection: OpenConnection) -> None:
    """What was used stands in the log by now; what a lost database cannot be told lapses by itself."""
    try:
        async with open_connection() as conn:
            await purse_records.let_go(conn, work.key)
    except psycopg.Error as no:
        log.warning("model_reservation_kept", work=work.key, why=str(no))


def left(allowance: Allowance, used: Spent) -> Allowance:
    """What is left of an allowance."""
    return Allowance(
        tokens=None if allowance.tokens is None else max(allowance.tokens - used.tokens, 0),
        cost=None if allowance.cost is None else max(allowance.cost - Decimal(used.cost) / _MILLION, Decimal()),
        seconds=None if allowance.seconds is None else max(allowance.seconds - used.milliseconds / 1000, 0.0),
        steps=None if allowance.steps is None else max(allowance.steps - used.steps, 0),
    )  # fmt: skip


def least(*allowances: Allowance) -> Allowance:
    """The smallest of each that is limited."""
    told = [each.model_dump() for each in allowances]
    limited = {
        name: [each[name] for each in told if each[name] is not None] for name in Allowance.model_fields
    }
    return Allowance(**{name: min(values) for name, values in limited.items() if values})  # fmt: skip


def _greatest(granted: Allowance, limits: ModelLimits, model: LanguageModel) -> Spent:
    """The most that can be used within a grant: at a price that is not known nothing is, and at a low one little."""
    prices = [model.price(Usage(**{way: limits.turn_tokens})) for way in ("input_tokens", "output_tokens")]
    dearest = max((price for price in prices if price is not None), default=0)
    cost = dearest if granted.cost is None else min(dearest, math.ceil(granted.cost * _MILLION))
    return Spent(
        tokens=granted.tokens or 0,
        cost=cost,
        milliseconds=math.ceil((granted.seconds or 0) * 1000),
        steps=granted.steps or 0,
    )

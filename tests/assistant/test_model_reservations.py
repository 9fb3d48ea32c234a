"""However many turns run at once, in however many processes, no two use the same remainder of what a model may cost."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from assistant.house import Floor
from assistant.models import ScriptedModel
from assistant.reserving_process import Priced
from assistant.talk import Talk, begin, words
from assistant.test_language_model_mind import clever, manner, with_model

from dangol.assistant import records
from dangol.assistant.purse import Overspent, Purse, Work, purse_for
from dangol.contracts.language_model import Delta, ModelRequest, Usage
from dangol.kernel import facts
from dangol.kernel.facts import ModelAsked
from dangol.kernel.manner import ModelLimits

PROCESS = Path(__file__).parent / "reserving_process.py"


@dataclass
class Gathering(ScriptedModel):
    """Answers nobody before everybody who may ask has asked; its price is that of the contract."""

    guests: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    together: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, request: ModelRequest) -> AsyncIterator[Delta]:
        self.guests.release()
        await self.together.wait()
        async for delta in super().ask(request):
            yield delta

    def price(self, usage: Usage) -> int:
        return usage.input_tokens + usage.output_tokens


async def _held(floor: Floor) -> int:
    async with floor.plain_connection() as conn:
        row = await (await conn.execute("select count(*) from model_reservations")).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(
    ("cap", "most"),
    [
        ({"day_cost": Decimal("0.0005")}, 5),  # of a question at 100 millionths
        ({"day_steps": 3}, 3),
        ({"day_tokens": 660}, 6),  # of a question of 110 tokens
    ],
)
async def test_turns_at_once_share_what_a_day_may_cost(
    floor: Floor, talk: Talk, cap: dict[str, Any], most: int
) -> None:
    limits = ModelLimits(turn_steps=2, turn_cost=Decimal("0.0002"), turn_tokens=220, **cap)
    shop = manner(floor, limits=limits)
    model = Gathering(clever)
    talks = [with_model(await begin(floor), clever, shop)[0] for _ in range(8)]
    for each in talks:  # eight conversations, eight processes
        each.counter.house.minds[0]._gate.model_of = lambda _job: model  # type: ignore[attr-defined]
    turns = [asyncio.create_task(each.say("장화 추천해줘")) for each in talks]
    asking = asyncio.create_task(_all_there(model, turns, -(-most // 2)))
    await asking
    model.together.set()
    replies = await asyncio.gather(*turns)
    assert all(words(reply) for reply in replies), "who gets no model gets the embedded answer"
    async with floor.plain_connection() as conn:
        spent = await records.spent_since(conn, floor.clock.now() - timedelta(days=1))
    assert spent.steps == len(model.asked) == most, "all of the day is used, and no more"
    assert not await _held(floor), "what was set aside was given back"


async def _all_there(model: Gathering, turns: list[asyncio.Task[Any]], at_least: int) -> None:
    """Until nobody is on the way any more: each turn waits for the model or has its answer."""
    for _ in range(at_least):
        await model.guests.acquire()
    waiting = at_least
    while waiting + sum(turn.done() for turn in turns) < len(turns):
        another = asyncio.create_task(model.guests.acquire())
        pending = [turn for turn in turns if not turn.done()]
        done, _ = await asyncio.wait([another, *pending], return_when=asyncio.FIRST_COMPLETED)
        if another in done:
            waiting += 1
        else:
            another.cancel()


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_happens_at_once_no_cap_is_passed(floor: Floor, talk: Talk, seed: int) -> None:
    """Turns and texts begin, ask, end and vanish at random: what was used and is in use stays within every cap."""
    dice = random.Random(seed)
    now = floor.clock.now().astimezone(floor.shop.zone)
    limits = ModelLimits(
        turn_steps=dice.randint(1, 4), turn_tokens=dice.randint(1, 5), turn_cost=None,
        conversation_tokens=dice.randint(1, 12), conversation_cost=None, conversation_steps=dice.randint(1, 12),
        conversation_seconds=None, day_cost=Decimal(dice.randint(1, 20)) / 1_000_000, day_tokens=dice.randint(1, 20),
    )  # fmt: skip
    talks = [talk, await begin(floor)]
    used: list[tuple[str, int]] = []

    async def work(number: int) -> None:
        whose = dice.choice(talks)
        task = Work(f"w{number}", whose.id, limits, now, 30.0)
        async with purse_for(task, floor.plain_connection) as purse:
            for _ in range(dice.randint(1, 5)):
                try:
                    await purse.take_out(Priced())  # type: ignore[arg-type]
                except Overspent:
                    break
                await asyncio.sleep(0)
                used.append((whose.id, number))
                purse.note(ModelAsked(model="m", job="talk", outcome="answered", output_tokens=1, cost=1))
            if purse.asked:
                await whose.tell(*purse.asked)

    tasks = [asyncio.create_task(work(number)) for number in range(12)]
    for task in dice.sample(tasks, 3):  # sent away at any moment, also while they give back what they had
        asyncio.get_running_loop().call_later(dice.uniform(0, 0.05), task.cancel)
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    for came_of in ended:
        assert came_of is None or isinstance(came_of, asyncio.CancelledError), came_of
    async with floor.plain_connection() as conn:
        spent = await records.spent_since(conn, now - timedelta(days=1))
    assert limits.day_cost is not None
    assert limits.day_tokens is not None
    assert 1 <= spent.tokens <= min(limits.day_tokens, int(limits.day_cost * 1_000_000))
    for each in talks:
        told = len(await each.log(ModelAsked))
        assert told <= min(limits.conversation_tokens or 0, limits.conversation_steps or 0)
    assert max(sum(of == number for _, of in used) for number in range(12)) <= min(
        limits.turn_steps, limits.turn_tokens
    )
    assert await _held(floor) <= sum(came_of is not None for came_of in ended), "and that lapses"


@pytest.mark.crash
async def test_what_a_killed_process_set_aside_lapses(floor: Floor, talk: Talk) -> None:
    limits = ModelLimits(turn_cost=Decimal("0.01"), day_cost=Decimal("0.01"))
    now = floor.clock.now().astimezone(floor.shop.zone)
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(PROCESS), floor.postgres.url(floor.database), "killed", talk.id, now.isoformat(),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(limits.model_dump_json().encode() + b"\n")
    assert await process.stdout.readline() == b"asking\n"
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    assert await _held(floor) == 1

    async def may_ask(work: str, at: datetime) -> bool:
        async with purse_for(Work(work, talk.id, limits, at, 30.0), floor.plain_connection) as purse:
            try:
                await purse.take_out(Priced())  # type: ignore[arg-type]
            except Overspent:
                return False
            return True

    assert not await may_ask("another", now), "who is to know that nobody is there any more"
    assert not await may_ask("another", now + timedelta(seconds=60))
    assert await may_ask("another", now + timedelta(minutes=2)), "it lapses by itself"
    async with AsyncExitStack() as killed_twice:  # the turn that was cut off is taken up again at once
        first: Purse = await killed_twice.enter_async_context(
            purse_for(Work("killed", talk.id, limits, now, 30.0), floor.plain_connection)
        )
        await first.take_out(Priced())  # type: ignore[arg-type]
        assert await may_ask("killed", now)


async def test_a_turn_sent_away_gives_back_what_it_had(floor: Floor, talk: Talk) -> None:
    model = Gathering(clever)
    asked, _ = with_model(talk, clever)
    asked.counter.house.minds[0]._gate.model_of = lambda _job: model  # type: ignore[attr-defined]
    turn = asyncio.create_task(asked.say("장화 추천해줘"))
    await model.guests.acquire()
    assert await _held(floor) == 1
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert not await _held(floor)


async def test_who_asks_no_model_sets_nothing_aside(floor: Floor, talk: Talk) -> None:
    asked, model = with_model(talk, clever)
    async with floor.plain_connection() as conn:
        await conn.execute("drop table model_reservations")
    assert words(await asked.say("주문 취소할래요"))
    assert not model.asked


async def test_a_model_asked_in_vain_costs_what_it_costs(floor: Floor, talk: Talk) -> None:
    """Staff take the conversation over while the model thinks: its answer is not sent, its price is paid."""
    model = Gathering(clever)
    asked, _ = with_model(talk, clever)
    asked.counter.house.minds[0]._gate.model_of = lambda _job: model  # type: ignore[attr-defined]
    turn = asyncio.create_task(asked.say("장화 추천해줘"))
    await model.guests.acquire()
    await talk.tell(facts.TakenOver(staff="s_1"))
    model.together.set()
    await turn
    told = await talk.log(ModelAsked)
    assert len(told) == len(model.asked) == 2
    async with floor.plain_connection() as conn:
        assert (await records.spent_since(conn, floor.clock.now() - timedelta(days=1))).cost == 200

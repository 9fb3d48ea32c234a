"""Several messages, one thought: a burst is answered once, in order, and nothing of it is lost."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from assistant.talk import Talk, words

from dangol.assistant.bursts import FRAGMENT, UNSURE, patience
from dangol.assistant.state import State, fold
from dangol.assistant.understanding.reading import Context
from dangol.assistant.understanding.understanding import Understanding
from dangol.kernel import facts


class HeldClock:
    """Time goes on when the test says so: `turn` lets so many seconds pass for everybody who waits."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.waits: list[float] = []
        self._sleepers: list[tuple[datetime, asyncio.Event]] = []
        self._one_more = asyncio.Event()

    def now(self) -> datetime:
        return self.at

    async def wait(self, seconds: float) -> None:
        woken = asyncio.Event()
        self.waits.append(seconds)
        self._one_more.set()
        self._sleepers.append((self.at + timedelta(seconds=seconds), woken))
        await woken.wait()

    async def turn(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        due = [each for each in self._sleepers if each[0] <= self.at]
        self._sleepers = [each for each in self._sleepers if each[0] > self.at]
        for _, woken in due:
            woken.set()
        for _ in range(20):
            await asyncio.sleep(0.005)

    async def turn_until(self, work: asyncio.Future[Any], seconds: float) -> Any:
        """Turn it on and on: however slow the machine is, who waits anew after having been woken is woken again."""
        while not work.done():
            await self.turn(seconds)
        return await work

    async def until_somebody_waits(self, many: int) -> None:
        while len(self.waits) < many:
            self._one_more.clear()
            await self._one_more.wait()


async def test_four_fragments_are_one_turn(talk: Talk) -> None:
    clock = HeldClock(talk.floor.clock.now())
    here = talk.at(talk.floor.counter(clock=clock))
    parts = ["저기요", "그 혹시", "반품하려고 하는데", "며칠까지 돼요?"]
    waiting = []
    for number, text in enumerate(parts[:-1], 1):
        waiting.append(asyncio.create_task(here.say(text, id=f"m{number}")))
        await clock.until_somebody_waits(number)
        await clock.turn(0.4)
    last = await here.say(parts[-1], id="m4")
    joined = await clock.turn_until(asyncio.gather(*waiting), 0.3)

    assert words(last)
    assert last.answered_with is None
    assert [(each.turn, each.blocks, each.answered_with) for each in joined] == [(1, (), "m4")] * 3
    given = [fact for fact in await talk.log(facts.ReplyGiven) if fact.turn]
    assert [(fact.message, fact.joined) for fact in given] == [("m4", ("m1", "m2", "m3"))]
    heard = [fact.text for fact in await talk.log(facts.MessageHeard)]
    assert heard == parts, "kept as they were typed, in that order"


async def test_the_same_part_again_is_told_where_its_answer_is(talk: Talk) -> None:
    clock = HeldClock(talk.floor.clock.now())
    here = talk.at(talk.floor.counter(clock=clock))
    first = asyncio.create_task(here.say("저기요", id="m1"))
    await clock.until_somebody_waits(1)
    last = await here.say("머그컵 있어요?", id="m2")
    assert (await clock.turn_until(first, 3)).answered_with == "m2"
    again = await talk.at(talk.floor.counter()).say("저기요", id="m1")
    assert (again.turn, again.blocks, again.answered_with) == (last.turn, (), "m2")
    assert len(await talk.log(facts.MessageHeard)) == 2


async def test_a_fragment_that_stays_alone_is_answered_after_its_wait(talk: Talk) -> None:
    clock = HeldClock(talk.floor.clock.now())
    alone = asyncio.create_task(talk.at(talk.floor.counter(clock=clock)).say("저기요", id="m1"))
    await clock.until_somebody_waits(1)
    assert clock.waits == [FRAGMENT]
    await clock.turn(FRAGMENT)
    answer = await alone
    assert answer.turn == 1
    assert words(answer)


async def test_a_part_is_kept_before_it_is_answered(talk: Talk) -> None:
    clock = HeldClock(talk.floor.clock.now())
    waiting = asyncio.create_task(talk.at(talk.floor.counter(clock=clock)).say("저기요", id="m1"))
    await clock.until_somebody_waits(1)
    assert [fact.text for fact in await talk.log(facts.MessageHeard)] == ["저기요"]
    waiting.cancel()  # the process dies here; the next one answers
    fresh = talk.at(talk.floor.counter())
    await fresh.counter.finish(talk.floor.plain_connection, talk.id)
    assert [fact.message for fact in await talk.log(facts.ReplyGiven) if fact.turn] == ["m1"]


async def test_who_heard_the_last_part_may_be_gone(talk: Talk) -> None:
    clock = HeldClock(talk.floor.clock.now())
    first = asyncio.create_task(talk.at(talk.floor.counter(clock=clock)).say("저기요", id="m1"))
    await clock.until_somebody_waits(1)
    await talk.write(
        facts.MessageHeard(message="m2", text="머그컵 있어요?")
    )  # another process, which then dies
    assert (await clock.turn_until(first, 0.5)).answered_with == "m2"
    assert [fact.joined for fact in await talk.log(facts.ReplyGiven) if fact.turn] == [("m1",)]


async def test_a_button_is_never_part_of_a_burst(talk: Talk) -> None:
    clock = HeldClock(talk.floor.clock.now())
    here = talk.at(talk.floor.counter(clock=clock))
    first = asyncio.create_task(here.say("저기요", id="m1"))
    await clock.until_somebody_waits(1)
    pressed = await here.say(choice="intent:view_cart", id="m2")
    alone = await clock.turn_until(first, 3)
    assert (alone.turn, pressed.turn) == (1, 2)
    assert words(alone)


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding.load()


def waits(understanding: Understanding, text: str, *before: facts.Fact) -> float:
    heard = facts.MessageHeard(message="m", text=text)
    state = fold(State(conversation_id="c", language="ko"), [*before, heard])
    context = Context(today=date(2026, 11, 21), languages=("ko", "en"))
    return patience(state, lambda: understanding.read(text, context))


@pytest.mark.parametrize(
    "text",
    [
        "검정 270 있어요?", "장바구니 보여줘", "여름 원피스 추천해 주세요", "배송비 얼마예요", "반품하고 싶어요", "10만원 이하 방수 등산화 찾아줘",
        "where's my order?", "show me my cart", "do you have this in medium", "I want to return this.", "ㄱㅅ", "네", "no",
        "안녕하세요", "hi there", "상담원 연결해주세요", "후기 어때요", "이거 언제 오는데",
    ],
)  # fmt: skip
def test_a_finished_sentence_is_answered_at_once(understanding: Understanding, text: str) -> None:
    assert waits(understanding, text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "저기요",
        "혹시",
        "근데",
        "저 있잖아요",
        "hey so",
        "one more thing",
        "so i was",
        "어제 산 건데,",
        "그리고",
        "um...",
        "어제 산거",
    ],
)
def test_what_breaks_off_waits_for_its_other_half(understanding: Understanding, text: str) -> None:
    assert 0 < waits(understanding, text) <= FRAGMENT


@pytest.mark.parametrize("text", ["아직 안왔는데", "반품하고 싶은데", "i want to return my jacket and"])
def test_a_request_with_an_open_end_waits_less_than_a_second(understanding: Understanding, text: str) -> None:
    assert waits(understanding, text) == UNSURE < 1


def test_the_answer_to_our_question_is_never_kept_waiting(understanding: Understanding) -> None:
    asked = facts.ReplyGiven(
        turn=1, message="m0", language="ko", served_by="assistant", memory={"awaits": "size"}
    )
    assert waits(understanding, "270", asked) == 0
    assert waits(understanding, "발볼이 넓어서", asked) == 0


def test_nobody_waits_while_a_person_has_the_conversation(understanding: Understanding) -> None:
    assert waits(understanding, "저기요", facts.TakenOver(staff="hana")) == 0

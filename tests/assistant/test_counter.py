"""The counter: every message is answered once, in one order, by whoever owns the conversation."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from assistant.house import BOOT, MUG
from assistant.talk import Talk, words

from dangol.assistant import records
from dangol.assistant.minds import Decision, Outcome, Situation
from dangol.assistant.minds.embedded import EmbeddedMind
from dangol.assistant.state import State, fold
from dangol.kernel import facts
from dangol.kernel.errors import NotFound
from dangol.kernel.facts import FACT, Fact
from dangol.kernel.tools import Shopper, Toolbox

CARD = "4242424242424242"
FROZEN = sorted((Path(__file__).parents[1] / "frozen").glob("*.json"))
assert FROZEN


async def test_a_message_that_comes_three_times_at_once_is_answered_once(talk: Talk) -> None:
    answers = await asyncio.gather(*(talk.say(id="m1", choice=f"add:{MUG}") for _ in range(3)))
    assert answers[0] == answers[1] == answers[2]
    assert [heard.message for heard in await talk.log(facts.MessageHeard)] == ["m1"]
    assert len(await talk.log(facts.ReplyGiven)) == 2  # the greeting and this
    assert await talk.in_cart() == {MUG: 1}


async def test_two_processes_that_hear_the_same_message_answer_it_once(talk: Talk) -> None:
    other = talk.at(talk.floor.counter())
    answers = await asyncio.gather(
        *(each.say(id="m1", choice=f"add:{MUG}") for each in (talk, other, talk, other))
    )
    assert all(answer == answers[0] for answer in answers)
    assert await talk.in_cart() == {MUG: 1}


async def test_what_one_process_remembers_is_not_mistaken_for_all_that_was_said(talk: Talk) -> None:
    """Each of two processes keeps the conversation as it last saw it; the other went on meanwhile."""
    other = talk.at(talk.floor.counter())
    await talk.say(id="m1", choice=f"add:{MUG}")
    await other.say(id="m2", choice=f"add:{BOOT}")
    added = await talk.say(id="m3", choice=f"add:{MUG}")
    assert await other.say(id="m3", choice=f"add:{MUG}") == added
    assert await talk.say(id="m2", choice=f"add:{BOOT}") == await other.say(id="m2", choice=f"add:{BOOT}")
    assert [heard.message for heard in await talk.log(facts.MessageHeard)] == ["m1", "m2", "m3"]
    assert await talk.in_cart() == {MUG: 2, BOOT: 1}


async def test_the_same_message_a_day_later_to_a_new_process_gets_the_answer_of_then(talk: Talk) -> None:
    then = await talk.say("머그컵 있어요?", id="m1")
    await talk.say(id="m2", choice=f"add:{MUG}")
    assert await talk.at(talk.floor.counter()).say("머그컵 있어요?", id="m1") == then


async def test_two_messages_at_once_are_both_answered_one_after_the_other(talk: Talk) -> None:
    other = talk.at(talk.floor.counter())
    answers = await asyncio.gather(
        talk.say(id="m1", choice=f"add:{MUG}"), other.say(id="m2", choice=f"add:{BOOT}"),
        talk.say("배송비는 얼마예요?", id="m3"),
    )  # fmt: skip
    assert sorted(answer.turn for answer in answers) == [1, 2, 3]
    assert await talk.in_cart() == {MUG: 1, BOOT: 1}
    spoken = [
        (fact.kind, fact.message)
        for fact in (await talk.log())[2:]
        if isinstance(fact, facts.MessageHeard | facts.ReplyGiven)
    ]
    heard, replied = spoken[::2], spoken[1::2]
    assert sorted(message for _, message in heard) == ["m1", "m2", "m3"]
    assert replied == [("reply_given", message) for _, message in heard]


async def test_a_message_that_was_heard_and_cut_off_is_answered_afterwards(talk: Talk) -> None:
    await talk.write(facts.MessageHeard(message="m1", choice=f"add:{MUG}"))
    fresh = talk.at(talk.floor.counter())
    await fresh.counter.finish(talk.floor.plain_connection, talk.id)
    await fresh.counter.finish(talk.floor.plain_connection, talk.id)
    assert await talk.in_cart() == {MUG: 1}
    reply = (await talk.log(facts.ReplyGiven))[-1]
    assert (reply.message, reply.turn) == ("m1", 1)
    assert (await fresh.say(id="m1", choice=f"add:{MUG}")).blocks == reply.blocks
    assert await talk.in_cart() == {MUG: 1}


async def test_the_next_message_finds_the_one_before_it_answered(talk: Talk) -> None:
    await talk.write(facts.MessageHeard(message="m1", choice=f"add:{MUG}"))
    answer = await talk.at(talk.floor.counter()).say("장바구니 보여 주세요", id="m2")
    assert [reply.message for reply in await talk.log(facts.ReplyGiven)] == ["", "m1", "m2"]
    assert answer.turn == 2
    assert [line.sku for block in answer.blocks if block.kind == "cart" for line in block.lines] == [MUG]


async def test_whatever_is_written_is_read_back_as_it_was(talk: Talk) -> None:
    written = [FACT.validate_json(file.read_text()) for file in FROZEN]
    await talk.write(*written)
    assert (await talk.log())[-len(written) :] == written


async def test_a_fact_written_by_somebody_else_loses_no_message(talk: Talk) -> None:
    notice = facts.NoticeGiven(cause="order:1:paid")
    meddler = Meddler(talk, notice)
    answer = await talk.at(talk.floor.counter(clock=meddler)).say("머그컵 있어요?", id="m1")
    assert words(answer)
    kinds = [fact.kind for fact in (await talk.log())[2:]]
    assert kinds[:2] == ["notice_given", "message_heard"]
    assert kinds.count("message_heard") == kinds.count("reply_given") == 1


class Meddler:
    """A clock that lets somebody else write to the conversation just before the first time it is asked."""

    def __init__(self, talk: Talk, fact: facts.Fact) -> None:
        self._talk, self._fact = talk, fact

    def now(self) -> datetime:
        if self._fact is not None:
            fact, self._fact = self._fact, None  # type: ignore[assignment]
            thread = threading.Thread(target=lambda: asyncio.run(self._talk.write(fact)))
            thread.start()
            thread.join()
        return self._talk.floor.clock.now()


async def test_a_conversation_nobody_opened_is_not_found(talk: Talk) -> None:
    talk.id = "c_nobody"
    with pytest.raises(NotFound):
        await talk.say("안녕하세요")
    async with talk.floor.plain_connection() as conn:
        with pytest.raises(NotFound):
            await talk.counter.tell(conn, talk.id, [facts.TakenOver(staff="s")])


async def test_only_the_right_token_opens_a_conversation(talk: Talk) -> None:
    async with talk.floor.plain_connection() as conn:
        assert await talk.counter.authenticate(conn, talk.id, talk.token) == Shopper(talk.id)
        assert await talk.counter.authenticate(conn, talk.id, talk.token + "x") is None
        assert await talk.counter.authenticate(conn, "c_nobody", talk.token) is None


async def test_the_same_notice_is_told_once(talk: Talk) -> None:
    notice = facts.NoticeGiven(cause="order:1:paid")
    async with talk.floor.plain_connection() as one, talk.floor.plain_connection() as other:
        told = await asyncio.gather(*(talk.counter.tell(conn, talk.id, [notice]) for conn in (one, other)))
    assert sorted(told) == [False, True]
    assert await talk.log(facts.NoticeGiven) == [notice]


async def test_a_card_number_reaches_no_table(talk: Talk) -> None:
    spaced = "4242 4242 4242 4242"
    await talk.say(f"{spaced} 이 카드로 결제해 주세요", id="m1")
    await talk.say(id="m2", choice=f"add:{MUG}")
    await talk.say("주문할게요", id="m3")
    values = {"name": "김단골", "phone": "010-1234-5678", "address": f"서울 강남구 테헤란로 123 {CARD}"}
    await talk.say(id="m4", form={"form": "checkout", "values": values})
    await talk.say(f"my card is {CARD} cvc 987", id="m5")
    async with talk.floor.plain_connection() as conn:
        await talk.counter.rating(conn, talk.id, 1, f"카드 {CARD} 안 돼요")
        tables = await (
            await conn.execute("select tablename from pg_tables where schemaname = 'public'")
        ).fetchall()
        for (table,) in tables:
            rows = await (await conn.execute(f"select row::text from {table} row")).fetchall()
            for (row,) in rows:
                assert CARD not in "".join(each for each in row if each.isalnum()), table
    assert any("••••" in heard.text for heard in await talk.log(facts.MessageHeard))


async def test_forgotten_words_leave_the_facts_readable(talk: Talk) -> None:
    await talk.say("장화 있어요? 저는 김단골이에요", id="m1")
    await talk.say(id="m2", choice=f"add:{MUG}")
    kinds = [fact.kind for fact in await talk.log()]
    async with talk.floor.plain_connection() as conn:
        assert await records.erase_words(conn, talk.id) > 0
        kept = json.dumps(
            [row[0] for row in await (await conn.execute("select body from facts")).fetchall()],
            ensure_ascii=False,
        )
        assert "김단골" not in kept
    log = await talk.log()
    assert [fact.kind for fact in log] == kinds
    assert all(not heard.text for heard in log if isinstance(heard, facts.MessageHeard))
    fresh = talk.at(talk.floor.counter())
    assert fold(State(conversation_id=talk.id), log).turn == 2
    assert (await fresh.say("장화 있어요? 저는 김단골이에요", id="m1")).turn == 1
    assert words(await fresh.say("배송비는 얼마예요?", id="m3"))


async def test_after_the_hand_over_the_assistant_is_silent_until_it_is_given_back(talk: Talk) -> None:
    handed = await talk.say("상담원 연결해 주세요")
    assert handed.served_by == "queue"
    assert words(handed)
    assert len(await talk.log(facts.HandedOff)) == 1
    for _ in range(2):
        waiting = await talk.say("장화 있어요?")
        assert (waiting.served_by, words(waiting)) == ("queue", "")
        assert [block.kind for block in waiting.blocks] == ["handoff"]
    await talk.tell(facts.TakenOver(staff="s1"), facts.StaffSaid(staff="s1", text="안녕하세요"))
    served = await talk.say("네 안녕하세요")
    assert (served.served_by, served.blocks) == ("person", ())
    await talk.tell(facts.GivenBack(by="s1"))
    answer = await talk.say("머그컵 있어요?")
    assert answer.served_by == "assistant"
    assert [item.product for block in answer.blocks if block.kind == "products" for item in block.items] == [
        "white-mug"
    ]
    assert len(await talk.log(facts.HandedOff)) == 1


class Waiting:
    """A mind that has an answer and then waits: staff may come in between."""

    name = "waiting"

    def __init__(self) -> None:
        self.thinks, self.may_answer = asyncio.Event(), asyncio.Event()

    def take_up(self, situation: Situation) -> Waiting:
        self._thought = EmbeddedMind().take_up(situation)
        return self

    async def go_on(self, outcome: Outcome | None) -> Decision:
        decision = await self._thought.go_on(outcome)
        self.thinks.set()
        await self.may_answer.wait()
        return decision

    def noted(self) -> tuple[Fact, ...]:
        return ()


@pytest.mark.parametrize("said", [{"text": "안녕하세요"}, {"choice": f"add:{MUG}"}])
async def test_who_takes_over_in_mid_turn_is_not_talked_over(talk: Talk, said: dict[str, str]) -> None:
    mind = Waiting()
    thinking = talk.at(talk.floor.counter(minds=(mind,)))
    answering = asyncio.create_task(thinking.say(id="m1", **said))
    await mind.thinks.wait()
    await talk.tell(facts.TakenOver(staff="s1"))
    mind.may_answer.set()
    answer = await answering
    assert (answer.served_by, answer.blocks) == ("person", ())
    assert [reply.blocks for reply in await talk.log(facts.ReplyGiven)][1:] == [()]
    assert await talk.in_cart() == {}
    async with talk.floor.plain_connection() as conn:
        history = await talk.counter.history(conn, talk.id)
    assert not any(entry.blocks for entry in history if entry.sender == "assistant" and entry.turn == 1)


async def test_a_reply_stands_in_the_log_when_it_was_given_and_not_when_it_was_asked_for(talk: Talk) -> None:
    mind = Waiting()
    answering = asyncio.create_task(talk.at(talk.floor.counter(minds=(mind,))).say("안녕하세요", id="m1"))
    await mind.thinks.wait()
    talk.floor.clock.advance(timedelta(seconds=3))
    mind.may_answer.set()
    await answering
    async with talk.floor.plain_connection() as conn:
        logged = await records.facts_after(conn, talk.id, 0)
    heard = next(each.at for each in logged if isinstance(each.fact, facts.MessageHeard))
    replied = max(each.at for each in logged if isinstance(each.fact, facts.ReplyGiven))
    assert replied - heard == timedelta(seconds=3)


async def test_an_entry_belongs_to_the_same_turn_from_wherever_the_log_is_read(talk: Talk) -> None:
    await talk.say("안녕하세요")
    await talk.tell(facts.TakenOver(staff="s1"), facts.StaffSaid(staff="s1", text="먼저 볼게요"))
    await talk.say("네")
    await talk.tell(facts.StaffSaid(staff="s1", text="내일 도착해요"))
    async with talk.floor.plain_connection() as conn:
        whole = await talk.counter.history(conn, talk.id)
        ends = [await talk.counter.history(conn, talk.id, entry.seq) for entry in whole]
    assert [(entry.text, entry.turn) for entry in whole if entry.sender == "staff"] == [
        ("먼저 볼게요", 1),
        ("내일 도착해요", 2),
    ]
    assert ends == [whole[place + 1 :] for place in range(len(whole))]


async def test_a_yes_after_a_no_orders_nothing(talk: Talk) -> None:
    await talk.up_to_the_question()
    await talk.say("아니요")
    await talk.say("네")
    assert await talk.orders() == 0


async def test_a_yes_to_the_question_orders_once_however_often_it_is_said(talk: Talk) -> None:
    await talk.up_to_the_question()
    await talk.say("네")
    await talk.say("네")
    assert await talk.orders() == 1


async def test_a_question_dies_with_the_next_message(talk: Talk) -> None:
    await talk.up_to_the_question()
    question = (await talk.log(facts.QuestionAsked))[-1]
    await talk.say("배송비는 얼마예요?")
    assert (await talk.log(facts.QuestionAnswered))[-1] == facts.QuestionAnswered(
        question=question.question, answer="dropped"
    )
    await talk.say("네")
    assert await talk.orders() == 0


@pytest.mark.parametrize("to_staff", ["네", None])
async def test_a_yes_said_to_a_person_is_no_yes_to_the_assistant(talk: Talk, to_staff: str | None) -> None:
    await talk.up_to_the_question()
    await talk.tell(facts.TakenOver(staff="s1"), facts.StaffSaid(staff="s1", text="선물 포장해 드릴까요?"))
    if to_staff:
        await talk.say(to_staff)
    await talk.tell(facts.GivenBack(by="s1"))
    await talk.say("네")
    assert await talk.orders() == 0


async def test_a_tool_that_breaks_is_said_to_be_broken_and_the_talk_goes_on(talk: Talk) -> None:
    async def add_to_cart(_ctx: Any, _args: Any) -> Any:
        """Break."""
        raise ZeroDivisionError

    tools = [
        replace(tool, run=add_to_cart) if tool.name == "add_to_cart" else tool
        for tool in talk.floor.house.toolbox
    ]
    broken = talk.at(talk.floor.counter(toolbox=Toolbox(tools)))
    answer = await broken.say(id="m1", choice=f"add:{MUG}")
    assert answer.served_by == "assistant"
    assert any(option.id == "human" for b in answer.blocks if b.kind == "choices" for option in b.options)
    assert [fact.outcome for fact in await talk.log(facts.ToolFinished)] == ["failed"]
    assert words(await broken.say("배송비는 얼마예요?"))


async def test_a_call_cut_off_is_not_mistaken_for_another_when_the_shop_has_changed(talk: Talk) -> None:
    """The turn that is taken up again may come to another call; what the first one gave is not its result."""
    finished = await _first_call(talk, f"add:{MUG}")
    async with talk.floor.plain_connection() as conn:
        await _take_back_last(conn, talk.id)
    other = talk.at(talk.floor.counter(minds=(Instead(f"remove:{MUG}"),)))
    answer = await other.say(id="m1", choice=f"add:{MUG}")
    assert answer.turn == 1
    assert [fact.tool for fact in await talk.log(facts.ToolFinished)] == [finished.tool, "change_cart"]
    assert await talk.in_cart() == {}


async def _first_call(talk: Talk, choice: str) -> facts.ToolFinished:
    await talk.say(id="m1", choice=choice)
    return (await talk.log(facts.ToolFinished))[0]


async def _take_back_last(conn: psycopg.AsyncConnection[Any], conversation: str) -> None:
    """The log as it stood when the process died: the call is in it, the answer is not."""
    log = await records.facts_after(conn, conversation, 0)
    last = max(each.seq for each in log if each.fact.kind == "tool_finished")
    await conn.execute("delete from personal_texts where seq > %s", (last,))
    await conn.execute("delete from facts where seq > %s", (last,))
    await conn.execute("update conversations set last_seq = %s", (last,))


class Instead:
    """A mind that hears another button than the one pressed."""

    name = "instead"

    def __init__(self, choice: str) -> None:
        self._choice = choice

    def take_up(self, situation: Situation) -> Any:
        heard = situation.heard.model_copy(update={"choice": self._choice})
        return EmbeddedMind().take_up(replace(situation, heard=heard))


async def test_a_thumb_is_for_a_turn_that_was(talk: Talk) -> None:
    answer = await talk.say("안녕하세요")
    async with talk.floor.plain_connection() as conn:
        await talk.counter.feedback(conn, talk.id, answer.turn, 1)
        with pytest.raises(NotFound):
            await talk.counter.feedback(conn, talk.id, answer.turn + 1, 1)
    assert await talk.log(facts.FeedbackGiven) == [facts.FeedbackGiven(turn=answer.turn, score=1)]


async def test_a_question_is_no_yes(talk: Talk) -> None:
    await talk.up_to_the_question()
    await talk.say("그래요?")
    assert await talk.orders() == 0
    await talk.up_to_the_question()
    await talk.say("그건 왜 그래요?")
    assert await talk.orders() == 0

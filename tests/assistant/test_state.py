"""Where a conversation stands is a fold of its facts: in one go or in pieces, and nothing that they do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dangol.assistant.state import Memory, OfferedChoice, Pending, ShownItem, State, apply, fold
from dangol.kernel import facts
from dangol.kernel.blocks import HandoffBlock, TextBlock
from dangol.kernel.facts import FACT, Fact

_names = st.text("abcdefgh가나다라", min_size=1, max_size=6)
_numbers = st.integers(0, 50)
_values = st.dictionaries(_names, _names, max_size=2)
_memories = st.builds(
    Memory,
    focus=st.none() | _names,
    shown=st.lists(st.builds(ShownItem, product=_names, title=_names), max_size=2).map(tuple),
    offered=st.lists(st.builds(OfferedChoice, id=_names, label=_names), max_size=2).map(tuple),
    awaits=st.none() | _names,
    pending=st.none() | st.builds(Pending, intent=_names, awaits=_names, product=_names),
    misses=_numbers,
).map(lambda memory: memory.model_dump(mode="json", exclude_defaults=True))
_blocks = st.lists(st.builds(TextBlock, text=_names) | st.just(HandoffBlock(state="queued")), max_size=2).map(
    tuple
)
_facts: st.SearchStrategy[Fact] = st.one_of(
    st.builds(
        facts.ConversationOpened,
        channel=_names,
        language=_names,
        customer_id=st.none() | _numbers,
        page=st.none() | _names,
    ),
    st.builds(facts.ShopperIdentified, customer_id=_numbers, by=_names),
    st.builds(facts.MessageHeard, message=_names, text=_names, page=st.none() | _names),
    st.builds(facts.MessageRead, language=_names, intents=st.just(())),
    st.builds(facts.QuestionAsked, question=_names, code=_names, tool=st.none() | _names, args=_values),
    st.builds(
        facts.QuestionAnswered,
        question=_names,
        answer=st.sampled_from(("yes", "no", "given", "dropped")),
    ),
    st.builds(facts.ToolRequested, call=_names, tool=_names, args=_values),
    st.builds(
        facts.ToolFinished,
        call=_names,
        tool=_names,
        outcome=st.sampled_from(("done", "refused", "failed")),
        result=_values,
    ),
    st.builds(
        facts.ReplyGiven,
        turn=_numbers,
        message=_names,
        language=_names,
        served_by=st.sampled_from(("assistant", "queue", "person")),
        blocks=_blocks,
        memory=_memories,
    ),
    st.builds(facts.ReplyMended, turn=_numbers, why=_names, text=_names),
    st.builds(facts.NoticeGiven, cause=_names, blocks=_blocks),
    st.builds(facts.HandedOff, reason=_names, summary=_values),
    st.builds(facts.TakenOver, staff=_names),
    st.builds(facts.GivenBack, by=_names),
    st.builds(facts.StaffSaid, staff=_names, text=_names),
    st.builds(facts.AssistantSwitched, on=st.booleans()),
    st.builds(facts.FeedbackGiven, turn=_numbers, score=_numbers),
    st.builds(facts.RatingGiven, score=_numbers, comment=_names),
    st.builds(facts.Closed, by=_names),
)
_logs = st.lists(_facts, max_size=25)
_START = State(conversation_id="c_1")


@settings(max_examples=150, deadline=None)
@given(log=_logs, place=st.integers(0, 25))
def test_a_log_folded_in_two_pieces_comes_to_the_same(log: list[Fact], place: int) -> None:
    whole = fold(_START, log)
    assert fold(fold(_START, log[:place]), log[place:]) == whole
    assert whole.seq == len(log)


@settings(max_examples=150, deadline=None)
@given(log=_logs)
def test_a_state_that_was_stored_and_read_again_goes_on_the_same(log: list[Fact]) -> None:
    half = len(log) // 2
    stored = State.model_validate_json(fold(_START, log[:half]).model_dump_json())
    assert fold(stored, log[half:]) == fold(_START, log)


@settings(max_examples=150, deadline=None)
@given(log=_logs)
def test_a_state_holds_nothing_that_its_facts_do_not(log: list[Fact]) -> None:
    known = {word for fact in log for word in _words(FACT.dump_python(fact, mode="json"))}
    known |= set(_words(_START.model_dump(mode="json"))) | set(_words(Memory().model_dump(mode="json")))
    known |= {"queue", "person", "assistant", "snoozed", "closed"}  # who serves is told by the kind of a fact
    known |= {f"{fact.tool}:{fact.outcome}" for fact in log if isinstance(fact, facts.ToolFinished)}
    # a memory leaves out what is as it always is: so do the shapes in it
    known |= set(_words(Pending(intent="", awaits="").model_dump(mode="json")))
    # sums of what models used, and what was said lately, are made of facts and stand in none
    made = {"seq", "spent", "lately"}
    assert set(_words(fold(_START, log).model_dump(mode="json", exclude=made))) <= known


@settings(max_examples=100, deadline=None)
@given(log=_logs, fact=_facts)
def test_a_fact_changes_no_state_that_was(log: list[Fact], fact: Fact) -> None:
    before = fold(_START, log)
    kept = before.model_copy(deep=True)
    apply(before, fact)
    assert before == kept


@settings(max_examples=100, deadline=None)
@given(log=_logs, fact=st.builds(facts.TakenOver, staff=_names))
def test_a_person_who_takes_over_ends_what_was_asked(log: list[Fact], fact: Fact) -> None:
    state = apply(fold(_START, log), fact)
    assert (state.served_by, state.question, state.memory.awaits, state.memory.pending) == (
        "person", None, None, None,
    )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(log=_logs, message=st.builds(facts.MessageHeard, message=_names, text=_names))
def test_a_message_is_waiting_until_it_is_answered(log: list[Fact], message: facts.MessageHeard) -> None:
    heard = apply(fold(_START, log), message)
    assert heard.waiting[-1] == message
    assert heard.hearing is not None
    assert heard.hearing.message == message.message
    assert heard.requested == heard.finished == {}
    reply = facts.ReplyGiven(
        turn=heard.turn + 1, message=message.message, language="ko", served_by="assistant"
    )
    answered = apply(heard, reply)
    assert answered.hearing is None
    assert answered.last_reply == reply


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)

"""The state machine of a conversation's owner, explored: whatever happens, exactly one has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from dangol.assistant.state import State, fold
from dangol.assistant.understanding.corpus import training_examples
from dangol.helpdesk import card_words, passwords, routing, rules, verbs
from dangol.helpdesk.card import make_card
from dangol.helpdesk.figures import Told, percentile, tallied, together
from dangol.helpdesk.model import Colleague, NotYours, Staff, ThreadRow
from dangol.helpdesk.passwords import hash_password, password_fits, totp_code, totp_step
from dangol.helpdesk.projecting import custody_of
from dangol.helpdesk.projecting import fold as project
from dangol.helpdesk.records.threads import Logged, Stale
from dangol.helpdesk.routing import choose
from dangol.helpdesk.tools import estimate
from dangol.helpdesk.verbs import NotInTheFuture, Standing
from dangol.kernel import facts
from dangol.kernel.blocks import TextBlock
from dangol.kernel.desk_policy import HelpDesk, Mode, Signals, called_for, mode_at, opens_next, staffed
from dangol.kernel.facts import Fact
from dangol.kernel.ownership import LIFE, SERVED, Custody, NotInThisState, passed_on
from dangol.kernel.tools import Toolbox

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
WORK_OF_A_HASH = (passwords._MEMORY, passwords._PASSES)  # before tests make it light
PEOPLE = ("s_a", "s_b", "s_c")
_who = st.sampled_from(PEOPLE)
_facts = st.one_of(
    st.builds(facts.HandedOff, reason=st.just("asked")),
    st.builds(facts.TakenOver, staff=_who),
    st.builds(facts.Transferred, by=_who, to=st.none() | _who),
    st.builds(facts.Snoozed, by=_who, until=st.just(NOW.isoformat())),
    st.builds(facts.Woken, by=_who),
    st.builds(facts.GivenBack, by=_who),
    st.builds(facts.Closed, by=_who),
    st.builds(facts.Reopened, by=_who),
    st.builds(facts.MessageHeard, message=st.uuids().map(str), text=st.just("안녕")),
    st.builds(facts.StaffSaid, staff=_who, text=st.just("네")),
)


def _staff(id: str, role: Any = "agent") -> Staff:
    return Staff(
        id=id, email=f"{id}@example.com", name=id, role=role, password_hash="", totp_secret=None, totp_on=False,
        totp_step=0, languages=[], skills=[], teams=[], capacity=6, refund_limit=None, presence="online", seen_at=None,
        disabled_at=None, created_at=NOW,
    )  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(log=st.lists(_facts, max_size=30))
def test_exactly_one_has_it_whatever_stands_in_the_log(log: list[Fact]) -> None:
    custody = Custody()
    for fact in log:
        custody = passed_on(custody, fact)
        assert (custody.owner is not None) is (custody.state in ("person", "snoozed"))
        assert custody.served_by == SERVED[custody.state]
    state = fold(State(conversation_id="c"), log)
    assert (state.custody, state.served_by) == (custody, custody.served_by)


@settings(max_examples=200, deadline=None)
@given(log=st.lists(_facts, max_size=20), cut=st.integers(0, 20))
def test_the_inbox_says_the_same_as_the_log_wherever_it_was_cut(log: list[Fact], cut: int) -> None:
    logged = [Logged("c", seq, NOW + timedelta(seconds=seq), fact) for seq, fact in enumerate(log, 1)]
    stale = Stale("c", "web", "ko", None, NOW, None)
    whole = project(stale, logged).row
    first = project(stale, logged[:cut]).row
    again = project(Stale("c", "web", "ko", None, NOW, first if cut else None), logged[cut:]).row
    assert again == whole
    custody = fold(State(conversation_id="c"), log).custody
    assert custody_of(whole).model_copy(update={"reason": None}) == custody.model_copy(
        update={"reason": None}
    )


@settings(max_examples=300, deadline=None)
@given(
    log=st.lists(_facts, max_size=15),
    verb=st.sampled_from(
        ["take", "transfer", "queue", "snooze", "wake", "resolve", "give_back", "close", "reopen", "speak"]
    ),
    who=_who,
    role=st.sampled_from(["owner", "manager", "agent"]),
)
def test_a_verb_is_allowed_and_works_or_is_refused_and_changes_nothing(
    log: list[Fact], verb: str, who: str, role: str
) -> None:
    custody = Custody()
    for fact in log:
        custody = passed_on(custody, fact)
    staff, now = _staff(who, role), Standing(custody, len(log), "ko")
    other = next(each for each in PEOPLE if each not in (who, custody.owner))
    made = {
        "take": lambda: verbs.take(now, staff),
        "transfer": lambda: verbs.transfer(now, staff, _staff(other), "", ""),
        "queue": lambda: verbs.transfer(now, staff, None, "", ""),
        "snooze": lambda: verbs.snooze(now, staff, NOW + timedelta(hours=1), NOW),
        "wake": lambda: verbs.wake(now, who),
        "resolve": lambda: verbs.resolve(now, staff),
        "give_back": lambda: verbs.give_back(now, staff),
        "close": lambda: verbs.close(now, staff),
        "reopen": lambda: verbs.reopen(now, staff),
        "speak": lambda: verbs.speak(now, staff, "m", "네", ""),
    }[verb]
    may = rules.allowed(who, role, custody)  # type: ignore[arg-type]
    try:
        written = made()
    except (NotInThisState, NotYours):
        assert verb == "wake" or {"speak": "say"}.get(verb, verb) not in may
        return
    if verb not in ("wake", "take"):
        assert {"speak": "say"}.get(verb, verb) in may
    after = custody
    for fact in written:
        if isinstance(fact, facts.StaffSaid):
            assert after.owner == fact.staff, "nobody speaks who does not have it"
        after = passed_on(after, fact)
    expected = {"take": who, "transfer": other, "reopen": who, "speak": who}
    assert after.owner == expected.get(verb, custody.owner if verb in ("snooze", "wake") else None)


def test_every_way_out_of_every_state_is_known() -> None:
    states = {state for state, _ in LIFE} | set(LIFE.values())
    assert states == {"assistant", "queue", "person", "snoozed", "closed"}
    for state in states:
        assert (state, "message_heard") in LIFE, "a shopper can always write"
    reached = {"assistant"}
    for _ in states:
        reached |= {after for (before, _), after in LIFE.items() if before in reached}
    assert reached == states


def test_nothing_is_put_aside_until_yesterday() -> None:
    now = Standing(Custody(state="person", owner="s_a"), 1, "ko")
    with pytest.raises(NotInTheFuture):
        verbs.snooze(now, _staff("s_a"), NOW, NOW)


def _colleague(id: str, **more: Any) -> Colleague:
    known: dict[str, Any] = {
        "name": id, "languages": ["ko"], "skills": [], "teams": [], "capacity": 4, "presence": "online", "seen_at": None,
        "open": 0,
    }  # fmt: skip
    return Colleague(id=id, **{**known, **more})


def _row(**more: Any) -> ThreadRow:
    row = project(
        Stale("c", "web", "ko", None, NOW, None), [Logged("c", 1, NOW, facts.HandedOff(reason="asked"))]
    ).row
    return ThreadRow(**{**row.__dict__, **more})


def test_skills_and_next_steps_speak_of_what_is_understood() -> None:
    understood = {name for example in training_examples() for name in example.intents}
    assert set(routing._SKILLS) <= understood
    assert set(card_words._NEXT) <= understood
    assert routing.skills_for(["report_payment_problem"]) == {"payments"}


def test_to_whom_it_goes() -> None:
    busy, idle = _colleague("s_a", open=3), _colleague("s_b", open=1)
    assert choose(_row(), [busy, idle]) == idle, "the one with less before them"
    assert choose(_row(last_owner="s_a"), [busy, idle]) == busy, "the one who had it"
    skilled = _colleague("s_c", open=3, skills=["returns"])
    assert choose(_row(), [idle, skilled], frozenset({"returns"})) == skilled
    assert choose(_row(language="en"), [busy, idle]) is None, "nobody speaks it"
    assert choose(_row(), [_colleague("s_a", open=4), _colleague("s_b", presence="away")]) is None
    assert choose(_row(wanted="s_a"), [_colleague("s_a", open=4), idle]).id == "s_a", (
        "a no goes back to the same one"
    )  # type: ignore[union-attr]
    assert choose(_row(team="vip"), [idle, _colleague("s_d", teams=["vip"], open=3)]).id == "s_d"  # type: ignore[union-attr]


def test_a_wait_is_estimated_from_what_others_waited() -> None:
    assert estimate([30, 60]) is None, "two are no history"
    assert estimate([60, 60, 60, 600]) == 10
    assert estimate([5, 5, 5, 5]) == 1


def test_rules_call_a_person_and_everyday_words_do_not() -> None:
    desk = HelpDesk()
    assert called_for(desk, Signals(text="카드가 도용 됐어요")).reason == "fraud"  # type: ignore[union-attr]
    for text in (
        "이거 사기 전에 물어볼게요",
        "고소한 간식 있어요?",
        "신고 다니기 편한 신발",
        "scampi flavour cat food",
    ):
        assert called_for(desk, Signals(text=text)) is None, text
    strict = HelpDesk.model_validate(
        {"rules": [{"reason": "amount", "amount_over": "100000", "intents": ["return_item"]}]}
    )
    asked = Signals(intents=frozenset({"return_item"}), amount=Decimal(100001))
    assert called_for(strict, asked).reason == "amount"  # type: ignore[union-attr]
    assert called_for(strict, Signals(intents=frozenset({"return_item"}))) is None
    assert called_for(strict, Signals(amount=Decimal(10**9))) is None, "all that is named must be met"


def test_hours_and_modes() -> None:
    hours = {"mon-fri": "09:00-18:00", "sat": "closed", "fri": "09:00-12:00"}
    friday = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
    assert staffed(hours, friday)
    assert not staffed(hours, friday.replace(hour=13)), "a day named by itself goes before its range"
    assert opens_next(hours, friday.replace(hour=13)) == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert staffed({}, friday)
    desk = HelpDesk(
        modes=(Mode(channel="voice", who="person"), Mode(hours={"fri": "10:00-12:00"}, who="assistant"))
    )
    assert [mode_at(desk, name, friday) for name in ("voice", "web")] == ["person", "assistant"]
    assert mode_at(desk, "web", friday.replace(hour=15)) == "mixed"


def test_every_word_of_the_summary_stands_in_the_transcript() -> None:
    log: list[Fact] = [
        facts.MessageHeard(message="1", text="주문 1003 반품하고 싶어요"),
        facts.MessageRead(language="ko", intents=(("return_item", 0.9),)),
        facts.ToolFinished(call="k", tool="start_return", outcome="refused", result={"code": "too_late"}),
        facts.ReplyGiven(turn=1, message="1", language="ko", served_by="assistant", memory={
            "focus": "dew-runner", "focus_title": "이슬 러닝화", "last_order": "1003"}),
        facts.MessageHeard(message="2", text="짜증나네요 진짜"),
        facts.MessageRead(language="ko", intents=(("complain", 0.9),)),
        facts.MessageHeard(message="3", text="상담원 바꿔주세요"),
        facts.MessageRead(language="ko", intents=(("talk_to_human", 0.9),)),
        facts.HandedOff(reason="asked"),
    ]  # fmt: skip
    card = make_card(log, Toolbox(()), "ko")
    assert card is not None
    assert (card.wish, card.sentiment, card.orders) == ("주문 1003 반품하고 싶어요", "upset", ("1003",))
    assert card.products == (("dew-runner", "이슬 러닝화"),)
    assert [(each.tool, each.outcome, each.why) for each in card.tried] == [
        ("start_return", "refused", "too_late")
    ]
    assert len(card.summary) <= 5
    said = " ".join(each.text for each in log if isinstance(each, facts.MessageHeard)) + " 이슬 러닝화 1003"
    for line in card.summary:
        for quoted in [part.split("”")[0] for part in line.split("“")[1:]]:
            assert quoted in said
    closed = make_card(
        [*log, facts.Closed(by="s"), facts.MessageHeard(message="4", text="머그컵 있어요?")],
        Toolbox(()),
        "ko",
    )
    assert closed is not None
    assert (closed.wish, closed.orders) == ("머그컵 있어요?", ()), "another matter"


def test_figures_of_one_conversation() -> None:
    steps: list[tuple[int, Fact]] = [
        (0, facts.MessageHeard(message="1", text="안녕")), (60, facts.HandedOff(reason="asked")),
        (120, facts.TakenOver(staff="s_a")), (180, facts.StaffSaid(staff="s_a", text="네", suggestion="sg_1")),
        (240, facts.StaffSaid(staff="s_a", text="또")), (300, facts.GivenBack(by="s_a")),
        (300, facts.ResolutionAsked(staff="s_a")), (360, facts.RatingGiven(score=5)),
    ]  # fmt: skip
    log = [(NOW + timedelta(seconds=at), fact) for at, fact in steps]
    tally = tallied([Told("web", log)], "person", ZoneInfo("Asia/Seoul"))["s_a"]
    assert (tally.waiting, tally.first_response, tally.handling, tally.resolution) == (
        [120],
        [180],
        [180],
        [300],
    )
    assert (tally.said, tally.suggested, tally.ratings, tally.asked, tally.answered) == (2, 1, [5], 1, 1)
    assert (tally.assisted, tally.unassisted) == ([180], []), "one of its answers was a suggestion"
    assert [percentile([1, 2, 3, 4], share) for share in (0.5, 0.9, 0.99)] == [2, 4, 4]
    assert percentile([], 0.5) is None


def test_every_answer_of_staff_is_timed_in_all_hours_and_in_those_of_the_desk() -> None:
    at_night = datetime(
        2026, 11, 20, 17, 50, tzinfo=ZoneInfo("Asia/Seoul")
    )  # a Friday, ten minutes before the end
    minute, hour = 60, 3600
    said = facts.ReplyGiven(
        turn=1, message="1", language="ko", served_by="assistant", blocks=(TextBlock(text="네"),)
    )
    steps: list[tuple[int, Fact]] = [
        (0, facts.MessageHeard(message="1", text="안녕")), (1, said),
        (5 * minute, facts.MessageHeard(message="2", text="상담원이요")), (5 * minute, facts.HandedOff(reason="asked")),
        (5 * minute, said.model_copy(update={"turn": 2, "message": "2", "served_by": "queue"})),
        (6 * minute, facts.MessageHeard(message="3", text="계세요?")), (63 * hour + 15 * minute, facts.TakenOver(staff="s_a")),
        (63 * hour + 20 * minute, facts.StaffSaid(staff="s_a", text="네")),
        (63 * hour + 21 * minute, facts.StaffSaid(staff="s_a", text="그리고 하나 더요")),
        (63 * hour + 30 * minute, facts.MessageHeard(message="4", text="감사해요")),
        (63 * hour + 32 * minute, facts.StaffSaid(staff="s_a", text="별말씀을요")),
    ]  # fmt: skip
    log = [(at_night + timedelta(seconds=at), fact) for at, fact in steps]
    hours = {"mon-fri": "09:00-18:00"}
    tally = tallied([Told("web", log)], "person", ZoneInfo("Asia/Seoul"), hours)["s_a"]
    assert tally.reply == [63 * hour + 15 * minute, 2 * minute]
    assert tally.reply_open == [15 * minute, 2 * minute], "five minutes on Friday, ten on Monday"
    assert tally.first_response_open == [20 * minute]


def test_handled_with_and_without_a_suggestion_stand_side_by_side() -> None:
    def told(minutes: int, suggestion: str, staff: str) -> Told:
        steps: list[tuple[int, Fact]] = [
            (0, facts.MessageHeard(message="1", text="안녕")), (1, facts.TakenOver(staff=staff)),
            (2, facts.StaffSaid(staff=staff, text="네", suggestion=suggestion)), (1 + minutes, facts.GivenBack(by=staff)),
        ]  # fmt: skip
        return Told("web", [(NOW + timedelta(minutes=at), fact) for at, fact in steps])

    unanswered = Told("web", [(NOW, facts.TakenOver(staff="s_a")), (NOW, facts.Closed(by="s_a"))])
    runs = [told(5, "sg_1", "s_a"), told(10, "", "s_a"), told(7, "sg_2", "s_b"), unanswered]
    found = tallied(runs, "person", ZoneInfo("Asia/Seoul"))
    assert (found["s_a"].assisted, found["s_a"].unassisted) == ([300], [600])
    whole = together(found.values())
    assert (whole.assisted, whole.unassisted, whole.ended, whole.conversations) == ([300, 420], [600], 4, 4)


def test_passwords_and_codes() -> None:
    stored = hash_password("소나기 뒤에 무지개 7")
    assert stored.startswith(f"$argon2id$v=19$m={passwords._MEMORY},t={passwords._PASSES},p=1$")
    assert WORK_OF_A_HASH >= (19 * 1024, 2), "OWASP's second recommendation"
    assert password_fits("소나기 뒤에 무지개 7", stored)
    assert not password_fits("소나기 뒤에 무지개 8", stored)
    # RFC 6238, appendix B, SHA-1: the last six digits of its eight
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [totp_code(secret, at // 30) for at in (59, 1111111109, 1234567890)] == [
        "287082",
        "081804",
        "005924",
    ]
    at = datetime.fromtimestamp(59, UTC)
    assert totp_step(secret, "287082", at, 0) == 1
    assert totp_step(secret, "287082", at, 1) is None, "a code is good once"

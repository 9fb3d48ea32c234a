"""One message in, one answer out.

The message is already in the log when a turn begins. The turn reads it, lets a mind decide, carries out what is
permitted, checks every figure of the answer against what the tools said, and writes the answer. Each change to the
world is a fact of its own, so a turn cut off anywhere is taken up again where it stopped: a call that finished is
not made again, a call that was only requested is made again under the same key.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import structlog
from psycopg import AsyncConnection

from dangol.assistant import records
from dangol.assistant.checking import check_reply
from dangol.assistant.escalation import called_by_rule, contact_in, model_switched, rule_that_calls
from dangol.assistant.listening import Reader, hear, yes_or_no
from dangol.assistant.minds import (
    Ask,
    Call,
    Decision,
    FailedCall,
    Finished,
    HandOff,
    Mind,
    Outcome,
    Part,
    RefusedCall,
    Situation,
    Thought,
    Unconfirmed,
)
from dangol.assistant.minds.embedded.calling import contact_form
from dangol.assistant.noting import (
    acts,
    details,
    finished_fact,
    mended,
    proved,
    read_fact,
    recorded,
    replace_memory,
)
from dangol.assistant.permission import Allow, Confirm, permit
from dangol.assistant.purse import Purse, Work, purse_for
from dangol.assistant.speak import speak
from dangol.assistant.speak.lines import line
from dangol.assistant.speak.onward import with_next_step
from dangol.assistant.state import Spent, State, apply, fold
from dangol.assistant.understanding.reading import Reading
from dangol.contracts.shopfloor.desk import DeskView, LookAtDesk
from dangol.kernel.blocks import Block, HandoffBlock
from dangol.kernel.clock import Clock
from dangol.kernel.errors import Refused
from dangol.kernel.facts import (
    Fact,
    QuestionAnswered,
    ReplyGiven,
    ToolRequested,
)
from dangol.kernel.ids import derived_id
from dangol.kernel.model import Value
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper, Tool, Toolbox, ToolContext

log = structlog.get_logger(__name__)

MOST_STEPS = 24  # a mind that wants more is going in circles
_TEXTS = 30.0  # seconds for what models are asked beside the answer


@dataclass(frozen=True)
class House:
    """What a turn needs of the house, chosen by the composition root."""

    toolbox: Toolbox
    reader: Reader
    minds: tuple[Mind, ...]
    shop: Callable[[], Shop]
    clock: Clock
    personal: Callable[[AsyncConnection[Any], str], Awaitable[bool]]
    spent: Callable[[AsyncConnection[Any], datetime], Awaitable[Spent]] | None = None  # by models, since
    person: Callable[[AsyncConnection[Any], int], Awaitable[Mapping[str, str]]] | None = None  # of a customer
    vip: Callable[[AsyncConnection[Any], int], Awaitable[bool]] | None = None  # is this customer one


async def take_turn(house: House, conn: AsyncConnection[Any], state: State) -> State:
    """Answer the message that `state` has heard and not answered; returns the state with the answer in it."""
    while True:
        turn = _Turn(house, conn, state)
        async with purse_for(turn.work(), lambda: nullcontext(conn)) as turn.purse:
            try:
                return await turn.run()
            except records.LogMovedOn:
                # staff may have taken over while we were thinking: look again who owns the conversation
                state = await turn.broken_off()


async def caught_up(conn: AsyncConnection[Any], state: State) -> State:
    """The state with what others wrote to the conversation meanwhile."""
    logged = await records.facts_after(conn, state.conversation_id, state.seq)
    return fold(state, (each.fact for each in logged))


class _Turn:
    """One turn at work: the state it has reached, the calls it has made, the evidence it has gathered."""

    def __init__(self, house: House, conn: AsyncConnection[Any], state: State) -> None:
        if state.hearing is None:
            raise ValueError("nothing was heard")
        self.house = house
        self.conn = conn
        self.state = state
        self.heard = state.hearing
        self.shop = house.shop()
        self.now = house.clock.now()
        self.calls = 0
        self.evidence: list[Value | dict[str, Any]] = []
        self.shopper = Shopper(conversation_id=state.conversation_id)
        self.language = state.language
        self.confirmed: Call | None = None
        self.noted: tuple[Fact, ...] = ()
        self.failed = False
        self.purse = Purse()

    def work(self) -> Work:
        """What language models may be asked for."""
        limits, here = self.shop.assistant.limits, self.now.astimezone(self.shop.zone)
        key = f"{self.state.conversation_id}:{self.heard.message}"
        return Work(key, self.state.conversation_id, limits, here, limits.turn_seconds + _TEXTS)

    async def broken_off(self) -> State:
        """The state with what others wrote meanwhile; models that were asked in vain cost what they cost."""
        while True:
            self.state = await caught_up(self.conn, self.state)
            with suppress(records.LogMovedOn):
                return await self._record(self.purse.asked) if self.purse.asked else self.state

    async def run(self) -> State:
        if self.state.served_by != "assistant":
            if switched := model_switched(self.heard, self.state.language, self.shop):
                return await self._record([self._reply(switched[0], self.state.language, {}), switched[1]])
            return await self._record([self._reply(await self._in_line(), self.state.language, {})])
        today = self.now.astimezone(self.shop.zone).date()
        reading = hear(self.house.reader, self.heard, self.state, self.shop, today)
        self.language = reading.language
        await self._recognise()
        answer = self._answer_to_question(reading)
        situation = Situation(
            state=self.state,
            heard=self.heard,
            reading=reading,
            shop=self.shop,
            now=self.now,
            language=self.language,
            answer="yes" if answer == "yes" else "no" if answer == "no" else None,
            spent_today=await self._spent_today(),
            purse=self.purse,
            person=await self._person(),
        )
        decision = await self._called_for(situation, await self._decide(situation))
        return await self._conclude(reading, answer, decision)

    async def _spent_today(self) -> Spent:
        return await self.house.spent(self.conn, self.work().today) if self.house.spent else Spent()

    async def _person(self) -> Mapping[str, str]:
        customer = self.state.customer_id
        return await self.house.person(self.conn, customer) if customer and self.house.person else {}

    async def _in_line(self) -> tuple[Block, ...]:
        """Nothing is said while people have the conversation, but that a contact left in line was kept."""
        contact = contact_in(self.heard, self.language)
        if contact is None:
            return ()
        await self._recognise()
        outcome = await self._carry_out(Call("leave_contact", contact))
        if self.state.served_by == "person":  # who came in meanwhile sees it beside the conversation
            return ()
        kept = isinstance(outcome, Finished)
        said = "contact_wrong" if not kept else "contact_kept_call" if contact.call else "contact_kept"
        part = Part(lines=(line(said),))
        form = () if kept else (contact_form(self.language),)
        return speak((replace(part, blocks=form),), self.language, self.shop)

    async def _called_for(self, situation: Situation, decision: Decision) -> Decision:
        """The decision, or the hand-over that a rule of the shop asks for in its place."""
        rule = rule_that_calls(situation, decision, tool_failed=self.failed, vip=await self._is_vip())
        if rule is None:
            return decision
        outcome = await self._carry_out(Call("look_at_desk", LookAtDesk()))
        if isinstance(outcome, Finished) and isinstance(outcome.result, DeskView):
            return called_by_rule(situation, decision, rule, outcome.result)
        return decision

    async def _is_vip(self) -> bool:
        customer, asked = self.state.customer_id, any(rule.vip for rule in self.shop.helpdesk.rules)
        return bool(asked and customer and self.house.vip and await self.house.vip(self.conn, customer))

    async def _recognise(self) -> None:
        key = Shopper(self.state.conversation_id, self.state.customer_id).key
        personal = await self.house.personal(self.conn, key)
        # who writes in the shop's own language is taken to be at home, whatever the browser was set to
        country = self.state.country if self.language != self.shop.language else ""
        self.shopper = self.state.shopper(self.now, personal=personal, country=country)

    def _answer_to_question(self, reading: Reading) -> Literal["yes", "no", "dropped"] | None:
        question = self.state.question
        if question is None:
            return None
        said = yes_or_no(self.heard, self.state, reading)
        if said == "yes":
            args = self.house.toolbox[question.tool].args.model_validate(question.args)
            self.confirmed = Call(question.tool, args)
        return said

    async def _decide(self, situation: Situation) -> Decision:
        thought = self._taken_up(situation)
        outcome: Outcome | None = None
        for _ in range(MOST_STEPS):
            decision = await thought.go_on(outcome)
            if not isinstance(decision, Call):
                self.noted = thought.noted()
                return decision
            outcome = await self._carry_out(decision)
        raise RuntimeError("a mind never came to an end")

    def _taken_up(self, situation: Situation) -> Thought:
        for mind in self.house.minds:
            thought = mind.take_up(situation)
            if thought is not None:
                return thought
        raise RuntimeError("no mind took up the message")

    async def _carry_out(self, call: Call) -> Outcome:
        verdict = permit(call, self.shopper.role, self.house.toolbox, confirmed=call == self.confirmed)
        if isinstance(verdict, Confirm):
            return Unconfirmed(verdict.question.code, verdict.question.details)
        if not isinstance(verdict, Allow):
            return RefusedCall(verdict.code, verdict.details)
        tool = self.house.toolbox[call.tool]
        outcome = await (self._look(tool, call) if tool.policy.effect == "read" else self._act(tool, call))
        if isinstance(outcome, Finished):
            self.evidence.append(outcome.result)
        elif isinstance(outcome, RefusedCall):
            self.evidence.append(outcome.details)
        else:
            self.failed = True
        return outcome

    async def _look(self, tool: Tool[Any, Any], call: Call) -> Outcome:
        try:
            return Finished(await tool.run(self._context(""), call.args))
        except Refused as refusal:
            return RefusedCall(refusal.code, refusal.details)
        except records.LogMovedOn:
            raise
        except Exception:
            log.exception("tool_failed", tool=tool.name)
            return FailedCall()

    async def _act(self, tool: Tool[Any, Any], call: Call) -> Outcome:
        self.calls += 1
        # the tool is part of the key: a turn taken up again in a shop that has changed may come to another call
        key = derived_id("call", self.state.conversation_id, self.heard.message, self.calls, tool.name)
        before = self.state.finished.get(key)
        if before is not None:
            return recorded(tool, before)
        requested = ToolRequested(call=key, tool=tool.name, args=call.args.model_dump(mode="json"))
        if tool.policy.effect == "money":
            return await self._act_outside(tool, call, requested)
        try:
            async with self.conn.transaction():
                result = await tool.run(self._context(key), call.args)
                finished = finished_fact(requested, "done", result.model_dump(mode="json"))
                done = [requested, finished, *proved(result)]
                await self._append(done)
        except records.LogMovedOn:
            raise
        except Refused as refusal:
            await self._record([requested, finished_fact(requested, "refused", details(refusal))])
            return RefusedCall(refusal.code, refusal.details)
        except Exception:
            log.exception("tool_failed", tool=tool.name)
            await self._record([requested, finished_fact(requested, "failed", {})])
            return FailedCall()
        self.state = fold(self.state, done)
        was = self.shopper
        self.shopper = self.state.shopper(self.now, personal=was.personal, country=was.country)
        return Finished(result)

    async def _act_outside(self, tool: Tool[Any, Any], call: Call, requested: ToolRequested) -> Outcome:
        if requested.call not in self.state.requested:
            await self._record([requested])
        outcome: Outcome
        try:
            result = await tool.run(self._context(requested.call), call.args)
            outcome, finished = (
                Finished(result),
                finished_fact(requested, "done", result.model_dump(mode="json")),
            )
        except Refused as refusal:
            outcome = RefusedCall(refusal.code, refusal.details)
            finished = finished_fact(requested, "refused", details(refusal))
        except Exception:
            log.exception("tool_failed", tool=tool.name)
            outcome, finished = FailedCall(), finished_fact(requested, "failed", {})
        await self._record([finished])
        return outcome

    def _context(self, key: str) -> ToolContext:
        return ToolContext(
            conn=self.conn,
            shop=self.shop,
            now=self.now,
            language=self.language,
            shopper=self.shopper,
            key=key,
        )

    async def _conclude(
        self, reading: Reading, answer: Literal["yes", "no", "dropped"] | None, decision: Decision
    ) -> State:
        if isinstance(decision, Call):
            raise TypeError("a call is carried out, not concluded")
        said = decision.say if isinstance(decision, Ask | HandOff) else decision
        language = said.language or self.language
        checked = check_reply(
            speak(said.parts, language, self.shop),
            said=self.heard.text,
            evidence=self.evidence,
            shop=self.shop,
            now=self.now,
            language=language,
            banned=self.shop.assistant.banned(self.state.channel, (each.name for each in reading.intents)),
        )
        facts: list[Fact] = [read_fact(reading)]
        if self.state.question is not None and answer is not None:
            facts.append(QuestionAnswered(question=self.state.question.question, answer=answer))
        facts += [*self.noted, *mended(checked, self.state.turn + 1)]
        handed, blocks = isinstance(decision, HandOff), checked.blocks
        if not handed:
            blocks = with_next_step(blocks, said.memory, language, self.shop)
        facts.append(self._reply(blocks, language, replace_memory(said, blocks), handed=handed))
        matter = apply(self.state, facts[0]).matter or self.heard.text
        facts += acts(decision, said, self.state, matter)
        return await self._record(facts)

    def _reply(
        self, blocks: Sequence[Block], language: str, memory: dict[str, Any], *, handed: bool = False
    ) -> ReplyGiven:
        turn = self.state.turn + 1
        served_by = "queue" if handed else self.state.served_by
        if served_by == "queue":
            blocks = (*blocks, HandoffBlock(state="queued"))
        named = tuple(
            block.model_copy(update={"id": f"t{turn}b{place}"}) for place, block in enumerate(blocks, 1)
        )
        return ReplyGiven(
            turn=turn,
            message=self.heard.message,
            joined=self.state.joined,
            language=language,
            served_by=served_by,
            blocks=named,
            memory=memory,
        )

    async def _append(self, facts: Sequence[Fact]) -> None:
        await records.append(
            self.conn, self.state.conversation_id, self.state.seq, facts, self.house.clock.now()
        )

    async def _record(self, facts: Sequence[Fact]) -> State:
        await self._append(facts)
        self.state = fold(self.state, facts)
        return self.state

"""One turn of a language model: retrieve, ask, look up what it proposes, release each sentence that passes the check."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog

from dangol.assistant.aloud import speak_aloud
from dangol.assistant.checking import evidence_of
from dangol.assistant.minds import (
    Call,
    Decision,
    FailedCall,
    Finished,
    Mind,
    Outcome,
    Part,
    RefusedCall,
    Say,
    Situation,
    Thought,
)
from dangol.assistant.minds.language_model import accounting, prompt, showing, tools
from dangol.assistant.minds.language_model.accounting import Heard
from dangol.assistant.minds.language_model.breaker import Breaker
from dangol.assistant.minds.language_model.gate import (
    disclosed,
    with_disclosure,
)
from dangol.assistant.minds.language_model.hearing import listen
from dangol.assistant.minds.language_model.judging import Unmendable, judged
from dangol.assistant.minds.language_model.looked_up import refused_by_shop, told_by_shop
from dangol.assistant.minds.language_model.masks import Masks
from dangol.assistant.minds.language_model.meanwhile import meanwhile
from dangol.assistant.minds.language_model.sentences import Sentences, ends
from dangol.assistant.purse import Overspent
from dangol.assistant.speak import korean
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.assistant.truth import Evidence
from dangol.assistant.truth.ahead import read_ahead
from dangol.contracts.language_model import (
    CallProposed,
    LanguageModel,
    MalformedAnswer,
    Message,
    ModelDown,
    ModelRequest,
    ModelTooSlow,
    ModelTrouble,
    Words,
)
from dangol.contracts.shopfloor.people import Preferences
from dangol.kernel.blocks import Block, TextBlock
from dangol.kernel.facts import Fact, ReplyMended
from dangol.kernel.model import Value
from dangol.kernel.tools import Tool

log = structlog.get_logger(__name__)

MOST_CALLS = 8  # in a turn, retrieval included
MOST_WRONG = 3  # proposals that fit no tool


@dataclass
class Around:
    """What a turn of a model works with, chosen by the mind."""

    model: LanguageModel
    offered: dict[str, Tool[Any, Any]]
    flows: bool
    retrieve: tuple[Call, ...]
    fallback: Mind
    breaker: Breaker


class ModelThought:
    """The work on one turn; from any trouble on, the embedded mind goes on where this one stopped."""

    def __init__(self, situation: Situation, around: Around) -> None:
        self._situation = situation
        self._around = around
        self._limits = situation.shop.assistant.limits
        self._masks = Masks.of(situation, on=around.model.outside)
        self._waiting: list[tuple[Call, CallProposed | None]] = [(call, None) for call in around.retrieve]
        self._retrieved: list[tuple[str, Any]] = []
        self._results: list[Value | dict[str, Any]] = []
        self._said: list[Message] = []
        self._asked: dict[str, str] = {}  # a call made once is not made again
        self._released: list[str] = []
        self._calls, self._wrong = 0, 0
        self._evidence: tuple[int, Evidence] | None = None
        self._said_now = situation.heard.text
        self._mended = False
        self._person = False
        self._facts: list[Fact] = []
        self._inner: Thought | None = None
        self._begun = time.perf_counter()

    def noted(self) -> tuple[Fact, ...]:
        """What the model was asked and used, and what of its words was not sent."""
        return tuple(self._facts)

    async def go_on(self, outcome: Outcome | None) -> Decision:
        """The next look-up, or the end."""
        if self._inner is not None:
            return self._with_released(await self._inner.go_on(outcome))
        try:
            if outcome is not None:
                self._take(outcome)
            if self._waiting:
                return self._waiting[0][0]
            return await self._think()
        except ModelTrouble as trouble:
            return await self._fall_back(trouble)

    async def _think(self) -> Decision:
        while True:
            await self._may_go_on()
            calls, failed = await self._ask()
            if failed is not None:
                if self._mended:
                    raise Unmendable(why=failed[1])
                self._mended = True
                self._said += [
                    Message(role="model", text=self._masks.hide(" ".join(self._released)) or "…"),
                    prompt.mend(*failed, self._masks),
                ]
                continue
            handed = next((call for call in calls if call.tool == tools.HAND_OVER), None)
            if handed is not None and self._around.flows:
                return self._hand_over(handed)
            self._propose(calls)
            if self._waiting:
                return self._waiting[0][0]
            if not calls or self._person:
                if not self._released and not self._person:
                    raise MalformedAnswer(why="nothing said")
                return self._answer()

    async def _may_go_on(self) -> None:
        took = time.perf_counter() - self._begun
        if took >= self._limits.turn_seconds:
            raise ModelTooSlow(seconds=took)
        await self._situation.purse.take_out(self._around.model)

    async def _ask(self) -> tuple[list[CallProposed], tuple[str, str] | None]:
        """Ask once, releasing sentences; the calls proposed, or the sentence that cannot be sent and why."""
        if not self._said:
            self._said = prompt.opening(self._situation, self._masks, self._retrieved)
        last_step = self._situation.purse.last_step(self._limits.turn_steps)
        request = ModelRequest(
            messages=tuple(self._said),
            tools=()
            if last_step or self._mended
            else tools.described(self._around.offered, flows=self._around.flows),
            seconds=max(self._limits.turn_seconds - (time.perf_counter() - self._begun), 0.1),
        )
        heard, trouble = Heard(), None
        begun = time.perf_counter()
        try:
            return await self._listen(request, heard)
        except ModelTrouble as no:
            trouble = no
            raise
        finally:
            self._note(request, heard, trouble, time.perf_counter() - begun)

    async def _listen(
        self, request: ModelRequest, heard: Heard
    ) -> tuple[list[CallProposed], tuple[str, str] | None]:
        sentences, calls, cut = Sentences(), [], False
        async with contextlib.aclosing(self._deltas(request)) as answer:
            async for delta in answer:
                if isinstance(delta, Words):
                    heard.text += delta.text
                    for sentence in sentences.take(delta.text):
                        if why := self._release(sentence):
                            return [], (self._masks.show(sentence), why)
                    if sentences.too_much:
                        raise MalformedAnswer(why="too long")
                elif isinstance(delta, CallProposed):
                    calls.append(delta)
                else:
                    heard.usage, cut = delta.usage, delta.cut
        last = sentences.last()
        if cut and not ends(last):
            last = ""  # half a sentence may say the opposite of the whole
        why = self._release(last) if last else None
        if why:
            return [], (self._masks.show(last), why)
        self._said.append(Message(role="model", text=heard.text[:2000], calls=tuple(calls[:MOST_CALLS])))
        return calls[:MOST_CALLS], None

    async def _deltas(self, request: ModelRequest) -> Any:
        """The answer as it comes; asked once more when nobody answered at all and nothing was said yet."""
        for again in (True, False):
            silence = min(self._limits.first_word_seconds, request.seconds)
            async with contextlib.aclosing(listen(self._around.model, request, silence)) as answer:  # type: ignore[type-var]
                try:
                    with meanwhile(lambda: read_ahead(self._known())):
                        first = await anext(answer)
                except StopAsyncIteration as no:
                    raise MalformedAnswer(why="no end") from no
                except ModelDown:
                    if not again:
                        raise
                    continue
                yield first
                async for delta in answer:
                    yield delta
            return

    def _release(self, sentence: str) -> str | None:
        """Send a sentence that passes the check, or the articles' words in its place; else say what in it has no ground."""
        shown = self._masks.show(sentence).strip()
        if self._situation.language == "ko" and self._situation.shop.assistant.tone == "hapsyo":
            shown = korean.formal(shown)
        manner, intents = self._situation.shop.assistant, [i.name for i in self._situation.reading.intents]
        told, why = judged(
            shown,
            self._released,
            self._known(),
            said=self._said_now,
            rules=self._said[0].text + prompt.NOT_SENT,
            banned=manner.banned(self._situation.state.channel, intents),
            speak=partial(say, language=self._situation.language, shop=self._situation.shop),
        )
        if told != shown:
            self._facts.append(ReplyMended(turn=self._situation.state.turn + 1, why=why, text=shown))
        if told is None:
            return why
        if told in self._released:
            return None
        if self._speaks_unseen(told):
            raise MalformedAnswer(why="nothing looked up")
        self._released.append(told)
        speak_aloud(self._situation.state.turn + 1, " ".join(self._released))
        return None

    def _speaks_unseen(self, sentence: str) -> bool:
        """Whether a sentence answers a question about goods or rules with nothing looked up; asking back is free."""
        asked = any(intent.name in tools.LOOKED_UP for intent in self._situation.reading.intents)
        seen = any(isinstance(each, Value) for each in self._results)
        return asked and not seen and not sentence.endswith(("?", "？"))

    def _known(self) -> Evidence:
        """What may be said now; gathered anew only when something was looked up."""
        if self._evidence is None or self._evidence[0] != len(self._results):
            situation = self._situation
            gathered = evidence_of(self._results, said=self._said_now, shop=situation.shop, now=situation.now)
            self._evidence = (len(self._results), gathered)
        return self._evidence[1]

    def _propose(self, calls: Sequence[CallProposed]) -> None:
        """Put the calls that fit a tool in the queue; answer the others at once."""
        for proposed in calls:
            if proposed.tool == tools.PERSON:
                self._person = True
                continue
            try:
                call = tools.call(self._around.offered, proposed, self._masks.show_all(proposed.args))
            except tools.ArgumentsRefused as no:
                self._wrong += 1
                if self._wrong > MOST_WRONG:
                    raise MalformedAnswer(why=str(no)) from no
                self._tell(proposed, {"refused": str(no)})
                continue
            known = self._asked.get(_name(call))
            if known is not None:
                self._said.append(Message(role="tool", text=known, answers=proposed))
            elif self._calls + len(self._waiting) >= MOST_CALLS:
                self._tell(proposed, {"refused": "enough was looked up; answer now"})
            else:
                self._waiting.append((call, proposed))

    def _take(self, outcome: Outcome) -> None:
        call, proposed = self._waiting.pop(0)
        self._calls += 1
        if isinstance(outcome, Finished):
            told: Any = outcome.result
            if isinstance(told, Preferences):  # what somebody likes says nothing of the shop
                self._said_now += "".join(f" {each.words}" for each in told.items)
            else:
                self._results.append(told_by_shop(told))
        elif isinstance(outcome, RefusedCall):
            self._results.append(refused_by_shop(outcome.details, call))
            told = {"refused": outcome.code, **outcome.details}
        else:
            told = {"failed": True} if isinstance(outcome, FailedCall) else {"refused": "not confirmed"}
        if proposed is None:
            self._retrieved.append((call.tool, told))
        else:
            self._tell(proposed, told)
        self._asked[_name(call)] = prompt.data(call.tool, told, self._masks)

    def _tell(self, proposed: CallProposed, told: Any) -> None:
        self._said.append(
            Message(role="tool", text=prompt.data(proposed.tool[:80], told, self._masks), answers=proposed)
        )

    def _note(
        self, request: ModelRequest, heard: Heard, trouble: ModelTrouble | None, seconds: float
    ) -> None:
        asked = accounting.asked(self._around.model, "talk", request, heard, trouble, seconds)
        self._facts.append(asked)
        self._situation.purse.note(asked)

    def _hand_over(self, handed: CallProposed) -> Decision:
        """The shop's own flow does it, at the press of a button: the model's word is no shopper's wish."""
        what = (handed.args or {}).get("what")
        if what not in tools.FLOWS:
            raise MalformedAnswer(why="no such flow")
        self._around.breaker.went_well()
        return self._say(
            (line("model_flow"),),
            choices=((f"intent:{what}", line(f"flow_{what}")), ("human", line("button_human"))),
        )

    def _answer(self) -> Decision:
        self._around.breaker.went_well()
        if self._person:
            lines = () if self._released else (line("model_person"),)
            return self._say(lines, choices=(("human", line("button_human")),))
        return self._say(())

    def _say(self, lines: tuple[Line, ...], *, choices: tuple[tuple[str, Line], ...] = ()) -> Say:
        situation = self._situation
        text = " ".join([*self._released, *(say(each, situation.language, situation.shop) for each in lines)])
        results = [each for each in self._results if isinstance(each, Value)]
        named = showing.named_cards(results, text)
        words = TextBlock(text=text, sources=showing.sources(results, text))
        notice, refuse = disclosed(self._around.model, self._situation)
        blocks: tuple[Block, ...] = (words, *showing.blocks(results, named, situation), *notice)
        intents = tuple(intent.name for intent in situation.reading.intents)
        memory = showing.remembered(situation.state.memory, named, intents)
        return Say(parts=(Part(blocks=blocks, choices=(*choices, *refuse)),), memory=memory)

    async def _fall_back(self, trouble: ModelTrouble) -> Decision:
        log.warning(
            "model_fell_back", model=self._around.model.name, why=trouble.code, details=trouble.details
        )
        if not isinstance(trouble, Overspent | Unmendable | MalformedAnswer):
            self._around.breaker.went_wrong(trouble, self._situation.now)
        inner = self._around.fallback.take_up(self._situation)
        if inner is None:
            raise RuntimeError("the embedded mind takes up everything")
        self._inner = inner
        return self._with_released(await inner.go_on(None))

    def _with_released(self, decision: Decision) -> Decision:
        """What was said aloud stays said, before the embedded answer; and who was read along with is told so."""
        if isinstance(decision, Call):
            return decision
        if self._released:
            first = Part(blocks=(TextBlock(text=" ".join(self._released)),))
            if isinstance(decision, Say):
                decision = replace(decision, parts=(first, *decision.parts))
            else:
                say_first = replace(decision.say, parts=(first, *decision.say.parts))
                decision = replace(decision, say=say_first)
        return with_disclosure(decision, self._around.model, self._situation) if self._facts else decision


def _name(call: Call) -> str:
    return f"{call.tool}:{call.args.model_dump_json()}"

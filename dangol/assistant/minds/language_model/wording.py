"""The mind that lets a model word what the embedded mind has found: reviews and products summed up, advice between products,
and, where the shop wants it, any answer in the shop's tone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dangol.assistant.checking import claimed, evidence_of
from dangol.assistant.minds import Decision, Finished, Mind, Outcome, Part, Say, Situation, Thought
from dangol.assistant.minds.language_model import prompt
from dangol.assistant.minds.language_model.discretion import given_away
from dangol.assistant.minds.language_model.gate import Gate, disclosure
from dangol.assistant.minds.language_model.masks import Masks
from dangol.assistant.minds.language_model.overreach import overreaches
from dangol.assistant.speak import korean, speak
from dangol.assistant.truth.generated import check_generated
from dangol.assistant.writing.tasks import rewording
from dangol.assistant.writing.writer import Pen, Task, Written
from dangol.contracts.language_model import Job
from dangol.contracts.shopfloor.products import Comparison, ProductDetails, Reviews
from dangol.kernel.blocks import Block, ComparisonBlock, TextBlock
from dangol.kernel.facts import Fact
from dangol.kernel.model import Value

_SECONDS = 10.0  # a shopper waits for it, and has the embedded answer otherwise
_SUMMARIES: dict[type[Value], tuple[Job, str]] = {
    Reviews: ("summarise", "what buyers praise and what they complain of in these reviews"),
    ProductDetails: ("summarise", "what this product is and whom it suits"),
    Comparison: ("write", "which of these products suits which need, and the one for what the shopper said"),
}


@dataclass(frozen=True)
class _Plan:
    """A text to be written in the place of an embedded one, and how it is put there."""

    task: Task
    embedded: str
    put: Callable[[Say, str], Say]


class WordingMind:
    """Takes up every turn in which a model may word; what is done and found is the embedded mind's."""

    name = "wording"

    def __init__(self, gate: Gate, embedded: Mind) -> None:
        self._gate = gate
        self._embedded = embedded

    def take_up(self, situation: Situation) -> Thought | None:
        """Begin to think about a turn; None: no model is there to write."""
        model_of = self._gate.model_of
        if situation.heard.form is not None or (model_of("summarise") is None and model_of("write") is None):
            return None
        thought = self._embedded.take_up(situation)
        return _WordedThought(thought, situation, self._gate) if thought is not None else None


class _WordedThought:
    """The embedded thought, whose last words are worded anew."""

    def __init__(self, thought: Thought, situation: Situation, gate: Gate) -> None:
        self._thought = thought
        self._situation = situation
        self._gate = gate
        self._results: list[Value] = []
        self._facts: tuple[Fact, ...] = ()

    def noted(self) -> tuple[Fact, ...]:
        """What a model was asked and used."""
        return (*self._thought.noted(), *self._facts)

    async def go_on(self, outcome: Outcome | None) -> Decision:
        """The embedded mind's next call, or its answer in other words."""
        if isinstance(outcome, Finished):
            self._results.append(outcome.result)
        decision = await self._thought.go_on(outcome)
        if not isinstance(decision, Say) or decision.memory.task or decision.switch or decision.outside_model:
            return decision
        if decision.memory.awaits == "guide":
            return decision  # a step, and what it warns of, is told in the guide's own words
        return await self._worded(decision)

    async def _worded(self, said: Say) -> Say:
        situation = self._situation
        result = _to_sum_up(said, self._results)
        if result is None and not _may_be_reworded(said, situation):
            return said
        admitted = self._gate.admit(_SUMMARIES[type(result)][0] if result else "write", situation)
        if admitted is None:
            return said
        model, breaker = admitted
        masks = Masks.of(situation, on=model.outside)
        plan = self._reworded(said) if result is None else self._summed_up(result, masks)
        silence = situation.shop.assistant.limits.first_word_seconds
        pen = Pen(model, breaker, _SECONDS, silence, situation.purse)
        written = await pen.write(plan.task, masks, plan.embedded, situation.now)
        self._facts = written.facts
        done = plan.put(said, _toned(written, situation)) if written.by else said
        if not written.asked:
            return done
        return replace(done, parts=(*done.parts, *disclosure(model, situation)))

    def _reworded(self, said: Say) -> _Plan:
        """The same in other words: what no record backs is no more of it than of the embedded words."""
        situation = self._situation
        text = _spoken(said.parts[0], situation)
        turn, asked = situation.state.turn + 1, situation.heard.text
        task = rewording(text, situation.language, situation.shop, turn=turn, banned=_banned(situation))
        known = evidence_of(self._results, said=asked, shop=situation.shop, now=situation.now)
        unbacked = {each.kind for each in check_generated(text, known, said=asked, rules=task.rules)}

        def check(worded: str) -> list[str]:
            found = check_generated(worded, known, said=asked, rules=task.rules)
            return task.check(worded) + [f"{e.kind}: {e.text}" for e in found if e.kind not in unbacked]

        return _Plan(
            replace(task, check=check),
            text,
            lambda say, words: replace(say, parts=(_said(say.parts[0], words),)),
        )

    def _summed_up(self, result: Value, masks: Masks) -> _Plan:
        situation = self._situation
        job, what = _SUMMARIES[type(result)]
        told = prompt.rules(situation) + f"\nYour task in this turn: say {what}, in at most three sentences."
        said, banned = situation.heard.text, _banned(situation)
        known = evidence_of(self._results, said=said, shop=situation.shop, now=situation.now)

        def check(text: str) -> list[str]:
            wrong = [f"{e.kind}: {e.text}" for e in check_generated(text, known, said=said, rules=told)]
            if leak := given_away(text, told):
                wrong.append(f"leak: {leak}")
            if too_far := overreaches(text, known, said):
                wrong.append(too_far)
            claim = claimed(text, banned)
            return [*wrong, f"banned: {claim}"] if claim else wrong

        source = "\n".join((prompt.data(type(result).__name__.lower(), result, masks), said))
        task = Task(job, told, source, check, situation.state.turn + 1)
        return _Plan(task, "", _with_advice if isinstance(result, Comparison) else _with_words)


def _may_be_reworded(said: Say, situation: Situation) -> bool:
    """One answer in words, where the shop wants its tone; what asks for something stays as it is."""
    if not situation.shop.assistant.reword or len(said.parts) != 1 or not said.parts[0].lines:
        return False
    return not any(block.kind in ("form", "handoff") for block in said.parts[0].blocks)


def _to_sum_up(said: Say, results: Sequence[Value]) -> Value | None:
    """What this turn's answer is about, if it is something to be summed up."""
    result = next((each for each in reversed(results) if type(each) in _SUMMARIES), None)
    return result if result is not None and _fills(said, result) else None


def _fills(said: Say, result: Value) -> bool:
    """Whether the answer is about this result: its reviews, its points, its table are what is shown."""
    if not said.parts:
        return False
    kinds = {block.kind for part in said.parts for block in part.blocks}
    if isinstance(result, Reviews):
        return "reviews" in kinds
    if isinstance(result, Comparison):
        return "comparison" in kinds
    return any(line.name == "summary" for part in said.parts for line in part.lines)


def _with_words(said: Say, words: str) -> Say:
    first = next(at for at, part in enumerate(said.parts) if part.lines)
    parts = [_said(part, words) if at == first else part for at, part in enumerate(said.parts)]
    return replace(said, parts=tuple(parts))


def _with_advice(said: Say, words: str) -> Say:
    def advised(block: Block) -> Block:
        return block.model_copy(update={"advice": words}) if isinstance(block, ComparisonBlock) else block

    parts = [replace(part, blocks=tuple(advised(block) for block in part.blocks)) for part in said.parts]
    return replace(said, parts=tuple(parts))


def _said(part: Part, words: str) -> Part:
    """A part with other words; its sources stay with them."""
    block: Any = TextBlock(text=words, sources=part.sources)
    return replace(part, lines=(), sources=(), blocks=(block, *part.blocks))


def _spoken(part: Part, situation: Situation) -> str:
    blocks = speak((replace(part, blocks=(), choices=()),), situation.language, situation.shop)
    return " ".join(block.text for block in blocks if isinstance(block, TextBlock))


def _toned(written: Written, situation: Situation) -> str:
    text = " ".join(written.text.split())
    formal = situation.language == "ko" and situation.shop.assistant.tone == "hapsyo"
    return korean.formal(text) if formal else text


def _banned(situation: Situation) -> list[str]:
    intents = (intent.name for intent in situation.reading.intents)
    return situation.shop.assistant.banned(situation.state.channel, intents)

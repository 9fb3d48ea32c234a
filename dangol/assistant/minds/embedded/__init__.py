"""The embedded mind: understands without any language model and knows the shop's jobs by heart."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Any, Literal

from dangol.assistant.minds import (
    Ask,
    Call,
    Decision,
    HandOff,
    Outcome,
    Part,
    Say,
    Situation,
)
from dangol.assistant.minds.embedded import matters, requests, still_open, walking
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ToolBroke, ToolRefused
from dangol.assistant.minds.embedded.troubles import broke, refused
from dangol.assistant.speak.lines import line
from dangol.assistant.state import Memory
from dangol.kernel.facts import Fact

MOST_REQUESTS = 3
_OF_A_FILLED_CART = frozenset({"checkout", "view_cart"})
_OF_THE_OPEN_QUESTION = frozenset({"awaits", "pending", "focus_sku", "last_order", "proof"})
# nobody who complains is asked to go on buying
_UPSET = frozenset({"complain", "abuse", "report_item_problem", "talk_to_human"})


class EmbeddedMind:
    """Answers every message with the jobs of the house; never says that it is not its own."""

    name = "embedded"

    def take_up(self, situation: Situation) -> EmbeddedThought:
        """Begin to think about a turn."""
        return EmbeddedThought(_work(situation))


class EmbeddedThought:
    """The work on one turn, paused at each call."""

    def __init__(self, work: Generator[Call, Outcome, Decision]) -> None:
        self._work = work
        self._begun = False

    async def go_on(self, outcome: Outcome | None) -> Decision:
        """The next call, or the end."""
        try:
            if not self._begun:
                self._begun = True
                return next(self._work)
            if outcome is None:
                raise ValueError("the work waits for what came of its call")
            return self._work.send(outcome)
        except StopIteration as done:
            decision: Decision = done.value
            return decision

    def noted(self) -> tuple[Fact, ...]:
        """Nothing: the work is told by its calls and its answer."""
        return ()


def _work(situation: Situation) -> Steps[Decision]:
    """Do each request of the message in the order said and put the answers together."""
    before = matters.forgotten(situation, situation.state.memory)
    answers, memory = yield from _answered(situation, before)
    if aside := matters.set_aside(situation, answers):
        memory = memory.model_copy(update={"waiting": (*aside, *memory.waiting)})
        answers.insert(0, matters.told_next())
    again = yield from still_open.put_again(situation, memory, answers)
    if again is not None:
        answers.append(again)
        memory = _kept(memory, again)
    if matters.is_due(memory, answers):
        at, memory = matters.taken_up(situation, memory)
        also, memory = yield from _answered(at, memory)
        answers += also
    answers.sort(key=lambda each: bool(each.confirm or each.hand_off))
    memory = _after(situation, memory, answers)
    if answers[-1].hand_off and (walk := memory.guide) is not None and walk.under_way(situation.now):
        memory = yield from walking.interrupted(memory, walk)
    return _decision(situation, answers, memory)


def _answered(situation: Situation, memory: Memory) -> Steps[tuple[list[Answer], Memory]]:
    """The answers to what a message asks for; a wish that would ask something beside another's question waits."""
    answers, later = list[Answer](), list[Desk]()
    for request in requests.requests(situation)[:MOST_REQUESTS]:
        if request.desk.intent in _OF_A_FILLED_CART and any(_asks(each) for each in answers):
            continue  # "add it and check out": in which colour comes first
        desk = replace(request.desk, memory=memory)
        if not matters.can_be_done(desk, answers):
            later.append(desk)
            continue
        answer = _beside(answers, (yield from _done(request.job, desk)))
        if matters.asks_too(answer, answers):
            later.append(desk)
            continue
        answers.append(answer)
        memory = _kept(memory, answer)
        if answer.hand_off or answer.switch:
            break
    memory = matters.kept(memory, later, situation.state.turn)
    return [*matters.told(later), *answers], memory


def _done(job: Job, desk: Desk) -> Steps[Answer]:
    """A job's answer; a refusal or a broken tool is worded, never thrown at the shopper."""
    try:
        return (yield from job(desk))
    except ToolRefused as no:
        return refused(desk, no)
    except ToolBroke as no:
        return broke(desk, no)


def _beside(answers: list[Answer], answer: Answer) -> Answer:
    """An answer to one of several wishes: it leaves open what an answer before it has asked."""
    if answer.keep.get("awaits") or not any(_asks(each) for each in answers):
        return answer
    kept = {name: value for name, value in answer.keep.items() if name not in _OF_THE_OPEN_QUESTION}
    return replace(answer, keep=kept)


def _asks(answer: Answer) -> bool:
    return bool(answer.keep.get("awaits"))


def _kept(memory: Memory, answer: Answer) -> Memory:
    known = {name: value for name, value in answer.keep.items() if name in Memory.model_fields}
    if len(known.get("shown") or ()) > 1:
        known["listed"] = known["shown"]
    return Memory.model_validate({**dict(memory), **known})


def _after(situation: Situation, memory: Memory, answers: list[Answer]) -> Memory:
    """What every turn leaves behind: what was asked, and that it was understood."""
    asked = any("awaits" in answer.keep for answer in answers)
    missed = any("misses" in answer.keep for answer in answers)
    insulted = any("insults" in answer.keep for answer in answers)
    update: dict[str, Any] = {
        "last_intents": tuple(intent.name for intent in situation.reading.intents),
        "insults": memory.insults if insulted else 0,
        "misses": memory.misses if missed else 0,
    }
    if not asked and situation.state.memory.awaits and memory.task is None:
        update["awaits"] = None
    return memory.model_copy(update=update)


def _decision(situation: Situation, answers: list[Answer], memory: Memory) -> Decision:
    # what is asked back stands last, where it is answered
    settles = any(answer.confirm for answer in answers)
    said = [_told(answer, settles, len(answers) > 1) for answer in sorted(answers, key=_asks)]
    parts = _once(said)
    upset = any(intent.name in _UPSET for intent in situation.reading.intents)
    if memory.task == "checkout" and not upset and not any(answer.keep.get("task") for answer in answers):
        parts.append(
            Part(lines=(line("resume_checkout"),), choices=(("intent:checkout", line("button_resume")),))
        )
    last = answers[-1]
    if not last.hand_off and last.confirm is None:
        untouched = not any("guide" in answer.keep for answer in answers)
        memory, waiting = walking.brought_up(situation, memory, untouched=untouched)
        parts += [waiting] if waiting else []
    language = next((answer.language for answer in answers if answer.language), None)
    switch = next((answer.switch for answer in answers if answer.switch), None)
    outside = next((answer.outside_model for answer in answers if answer.outside_model), None)
    say = Say(
        parts=tuple(_short(parts)), memory=memory, switch=switch, outside_model=outside, language=language
    )
    if last.hand_off:
        urgency: Literal["", "urgent"] = "urgent" if last.urgent else ""
        return HandOff(reason=last.hand_off, say=say, summary=_summary(situation, memory), priority=urgency)
    if last.confirm:
        code, call = last.confirm
        return Ask(code=code, call=call, say=say)
    return say


def _told(answer: Answer, settles: bool, beside: bool) -> Part:
    """What one answer says; beside a yes or no that is asked for, its other buttons would only be mistaken for it."""
    if not settles:
        return answer.part
    if answer.confirm:  # the question with what comes of it
        return replace(answer.part, lines=answer.lines[-2:]) if beside else answer.part
    return replace(answer.part, choices=tuple(each for each in answer.choices if each[0].startswith("human")))


def _once(said: list[Part]) -> list[Part]:
    """One question is put once, and the same words are not said twice; of two such parts the one with buttons stays."""
    parts: list[Part] = []
    for part in said:
        same = [at for at, each in enumerate(parts) if (each.lines, each.blocks) == (part.lines, part.blocks)]
        if not same:
            parts.append(part)
        elif part.choices and not parts[same[0]].choices:
            parts[same[0]] = part
    return parts


def _short(parts: list[Part]) -> list[Part]:
    """At most three sentences before the blocks of one part, two where there are several parts."""
    most = 3 if len(parts) == 1 else 2
    return [replace(part, lines=part.lines[: max(most, 1)]) for part in parts]


def _summary(situation: Situation, memory: Memory) -> dict[str, Any]:
    """What a person needs to go on without asking again."""
    wishes = memory.wishes.model_dump(mode="json", exclude_defaults=True)
    summary = {
        "language": situation.language,
        "said": situation.heard.text,
        "about": memory.focus_title or memory.focus,
        "page": situation.state.page,
        "wishes": wishes,
        "order": memory.last_order,
        "at": "checkout" if memory.task == "checkout" else None,
        "intents": list(memory.last_intents),
    }
    return {name: value for name, value in summary.items() if value}

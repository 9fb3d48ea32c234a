"""After a person has given the conversation back: is it solved, how was it, and back to the same person on a no."""

from __future__ import annotations

import re

from dangol.assistant.minds import Decision, HandOff, Outcome, Part, Say, Situation
from dangol.assistant.speak.lines import line
from dangol.assistant.state import Memory, typed_button
from dangol.kernel.facts import Fact

_YES = frozenset({"affirm", "thank", "goodbye"})
_SCORE = re.compile(r"^([1-5])\s*(점|stars?|/\s*5)?[.!]?$", re.IGNORECASE)
_LOW = 2


class AftercareMind:
    """Takes up the answer to “is it solved?” and to “how was it?”; anything else is for the next mind."""

    name = "aftercare"

    def take_up(self, situation: Situation) -> AftercareThought | None:
        """The answer to what was asked after a hand-back; None when something else was said."""
        awaits = situation.state.memory.awaits
        if awaits == "solved" and situation.state.resolver is not None:
            decision = _solved(situation)
        elif awaits == "rating":
            decision = _rated(situation)
        else:
            return None
        return AftercareThought(decision) if decision is not None else None


class AftercareThought:
    """It is decided before it begins: no tool is needed."""

    def __init__(self, decision: Decision) -> None:
        self._decision = decision

    async def go_on(self, outcome: Outcome | None) -> Decision:
        """The one decision."""
        return self._decision

    def noted(self) -> tuple[Fact, ...]:
        """Nothing is thought here that is worth writing down."""
        return ()


def _pressed(situation: Situation) -> str | None:
    return situation.heard.choice or typed_button(situation.state.memory.offered, situation.heard.text)


def _kept(situation: Situation, awaits: str | None) -> Memory:
    return situation.state.memory.model_copy(update={"awaits": awaits, "pending": None, "misses": 0})


def _solved(situation: Situation) -> Decision | None:
    pressed = _pressed(situation)
    names = {intent.name for intent in situation.reading.intents}
    if pressed == "solved:no" or (pressed is None and names and names <= {"deny", "complain"}):
        said = Say((Part(lines=(line("back_to_same_person"),)),), _kept(situation, None), solved=False)
        return HandOff(reason="unsolved", say=said, wanted=situation.state.resolver, priority="high")
    if pressed == "solved:yes" or (pressed is None and names and names <= _YES):
        buttons = tuple((f"rate:{n}", line("button_score", score=n)) for n in range(5, 0, -1))
        parts = (Part(lines=(line("glad_it_is_solved"), line("ask_rating")), choices=buttons),)
        return Say(parts, _kept(situation, "rating"), solved=True)
    return None


def _rated(situation: Situation) -> Decision | None:
    pressed = _pressed(situation) or ""
    typed = _SCORE.match(situation.heard.text.strip())
    score = pressed.removeprefix("rate:") if pressed.startswith("rate:") else typed[1] if typed else ""
    if score not in ("1", "2", "3", "4", "5"):
        return None
    low = int(score) <= _LOW
    lines = (line("thanks_for_low_rating" if low else "thanks_for_rating"),)
    choices = (("human", line("button_human")),) if low else ()
    return Say((Part(lines=lines, choices=choices),), _kept(situation, None), rated=int(score))

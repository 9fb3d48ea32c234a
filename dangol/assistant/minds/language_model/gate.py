"""Whether a model may be asked for a shopper now: their stage and wish, what may still be spent, how the model fares."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from dangol.assistant.minds import Ask, Decision, HandOff, Part, Say, Situation
from dangol.assistant.minds.language_model.breaker import Breaker, Breakers
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.assistant.state import OUTSIDE_MODEL, Spent, State
from dangol.contracts.language_model import Job, LanguageModel, ModelOf
from dangol.kernel.blocks import Block, NoticeBlock
from dangol.kernel.manner import ModelLimits
from dangol.kernel.shop import Shop

log = structlog.get_logger(__name__)


@dataclass
class Gate:
    """One for a process: every mind that asks a model asks here first."""

    model_of: ModelOf
    breakers: Breakers = field(default_factory=Breakers)
    _alarmed: datetime | None = field(default=None, init=False)

    def admit(self, job: Job, situation: Situation) -> tuple[LanguageModel, Breaker] | None:
        """The model of a job and its breaker; None: there is none, or the stage, the shopper or a limit is against it."""
        state, manner = situation.state, situation.shop.assistant
        if manner.stage(state.channel, state.share_key) in ("faq", "understanding"):
            return None
        if self.refused(job, state):
            return None
        now = situation.now.astimezone(situation.shop.zone)
        return self.at_hand(job, state.spent, situation.spent_today, manner.limits, now)

    def refused(self, job: Job, state: State) -> bool:
        """Whether the shopper does not want this model, because it is outside the shop."""
        model = self.model_of(job)
        return model is not None and model.outside and state.outside_model is False

    def at_hand(
        self, job: Job, spent: Spent, today: Spent, limits: ModelLimits, now: datetime
    ) -> tuple[LanguageModel, Breaker] | None:
        """The model of a job, where there is one, something may be spent on it, and it is well; `now` in the shop's zone."""
        model = self.model_of(job)
        if model is None or not self.may_spend(spent, today, limits, now):
            return None
        breaker = self.breakers.of(model.name)
        return (model, breaker) if breaker.lets_through(now) else None

    def may_spend(self, spent: Spent, today: Spent, limits: ModelLimits, now: datetime) -> bool:
        """Whether the conversation and the day have something left; most of a day used raises the alarm."""
        self._tell_if_low(today, limits, now)
        return spent.share_of(limits.of_conversation()) < 1 and today.share_of(limits.of_day()) < 1

    def _tell_if_low(self, today: Spent, limits: ModelLimits, now: datetime) -> None:
        """One alarm a day of the shop when most of what the day allows is used."""
        used = today.share_of(limits.of_day())
        if used >= limits.alarm_at and (self._alarmed is None or now.date() > self._alarmed.date()):
            self._alarmed = now
            log.error("model_allowance_low", used=round(used, 2), **today.model_dump())


def disclosed(
    model: LanguageModel, situation: Situation
) -> tuple[tuple[Block, ...], tuple[tuple[str, Line], ...]]:
    """Once in a conversation: that a model outside the shop reads along, and the way to refuse it."""
    if not model.outside or situation.state.outside_model is not None:
        return (), ()
    return told(situation.language, situation.shop)


def told(language: str, shop: Shop) -> tuple[tuple[Block, ...], tuple[tuple[str, Line], ...]]:
    """The words that tell of a model outside the shop, and the button against it."""
    text = say(line("outside_model"), language, shop)
    return (NoticeBlock(topic=OUTSIDE_MODEL, text=text),), (("outside:off", line("button_outside_off")),)


def disclosure(model: LanguageModel, situation: Situation) -> tuple[Part, ...]:
    """The same as a part of its own, none where nothing is to be told."""
    blocks, choices = disclosed(model, situation)
    return (Part(blocks=blocks, choices=choices),) if blocks else ()


def with_disclosure(decision: Say | Ask | HandOff, model: LanguageModel, situation: Situation) -> Decision:
    """A decision that also tells of a model outside the shop; whoever is asked something is offered no other button."""
    parts = disclosure(model, situation)
    said = decision if isinstance(decision, Say) else decision.say
    if not parts or any(block.kind == "notice" for part in said.parts for block in part.blocks):
        return decision
    if isinstance(decision, Say):
        return replace(decision, parts=(*decision.parts, *parts))
    only = tuple(replace(part, choices=()) for part in parts)
    return replace(decision, say=replace(decision.say, parts=(*decision.say.parts, *only)))

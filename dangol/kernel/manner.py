"""How the assistant is called, how it speaks, what it may do, and how far a language model may go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from dangol.kernel.model import Value

Translated = str | dict[str, str]
Stage = Literal["faq", "understanding", "answers", "first", "full"]
STAGES: tuple[Stage, ...] = ("faq", "understanding", "answers", "first", "full")
SPEAK_FIRST: frozenset[Stage] = frozenset({"first", "full"})  # shoppers are told of things before they ask
Intents = tuple[str, ...]


class Where(Value):
    """Where a rule holds: for these intents and channels, everywhere when none is named."""

    intents: Intents = ()
    channels: tuple[str, ...] = ()

    def holds(self, channel: str, intents: Iterable[str]) -> bool:
        """Whether the rule holds in this channel for a message read as these intents."""
        return (not self.channels or channel in self.channels) and (
            not self.intents or not set(self.intents).isdisjoint(intents)
        )


class Instruction(Where):
    """A sentence of the merchant's about how to talk, for a language model."""

    text: Annotated[str, Field(min_length=1, max_length=600)]


class BannedClaim(Where):
    """Words that must not be said, whoever says them: a sentence that holds them is not sent."""

    words: Annotated[str, Field(min_length=2, max_length=80)]


class StageRule(Value):
    """How far the assistant goes, in these channels (all when none is named), for this per cent of shoppers."""

    stage: Stage
    channels: tuple[str, ...] = ()
    share: Annotated[int, Field(ge=0, le=100)] = 100


class Allowance(Value):
    """What a language model may use up in a while; cost in US dollars, `steps` are the times it is asked. None: no limit."""

    tokens: int | None = None
    cost: Decimal | None = None
    seconds: float | None = None
    steps: int | None = None


class ModelLimits(Value):
    """What a language model may use up. Costs in US dollars; None: no limit.

    `first_word_seconds` is the longest silence a shopper bears, before the first word and in the middle of an answer: after
    it the embedded mind answers. A model that thinks for longer before it speaks needs more.
    """

    turn_steps: Annotated[int, Field(ge=1, le=8)] = 4
    turn_seconds: Annotated[float, Field(gt=0, le=120)] = 20.0
    first_word_seconds: Annotated[float, Field(gt=0, le=60)] = 2.0
    turn_tokens: Annotated[int, Field(ge=1)] = 40_000
    turn_cost: Annotated[Decimal, Field(ge=0)] | None = Decimal("0.20")
    conversation_tokens: Annotated[int, Field(ge=1)] | None = 400_000
    conversation_cost: Annotated[Decimal, Field(ge=0)] | None = Decimal("0.50")
    conversation_seconds: Annotated[float, Field(gt=0)] | None = 600.0
    conversation_steps: Annotated[int, Field(ge=1)] | None = 200
    day_tokens: Annotated[int, Field(ge=1)] | None = None
    day_cost: Annotated[Decimal, Field(ge=0)] | None = Decimal("10")
    day_seconds: Annotated[float, Field(gt=0)] | None = None
    day_steps: Annotated[int, Field(ge=1)] | None = None
    alarm_at: Annotated[float, Field(gt=0, le=1)] = 0.8

    def of_turn(self) -> Allowance:
        """What one turn may use up."""
        return Allowance(
            tokens=self.turn_tokens, cost=self.turn_cost, seconds=self.turn_seconds, steps=self.turn_steps
        )

    def of_conversation(self) -> Allowance:
        """What one conversation may use up."""
        return Allowance(
            tokens=self.conversation_tokens,
            cost=self.conversation_cost,
            seconds=self.conversation_seconds,
            steps=self.conversation_steps,
        )

    def of_day(self) -> Allowance:
        """What all of them may use up in a day."""
        return Allowance(
            tokens=self.day_tokens, cost=self.day_cost, seconds=self.day_seconds, steps=self.day_steps
        )


class Manner(Value):
    """How the assistant is called, how it speaks and what it may do.

    `greeting`: the shop's own opening words, after who speaks; empty, what the assistant can help with is said.
    `stages`: the first rule that fits counts; who falls outside its share is one stage lower. `at_most` is the one switch
    back: no shopper gets more, whatever the rules say. Prompts and answers of a language model are kept `audit_days`.
    """

    name: Translated = "Dangol"
    greeting: Translated = ""
    tone: Literal["haeyo", "hapsyo"] = "haeyo"
    scope: tuple[Literal["find", "buy", "orders", "returns", "policies"], ...] = (
        "find",
        "buy",
        "orders",
        "returns",
        "policies",
    )
    instructions: tuple[Instruction, ...] = ()
    banned_claims: tuple[BannedClaim, ...] = ()
    stages: tuple[StageRule, ...] = ()
    at_most: Stage = "full"
    limits: ModelLimits = ModelLimits()
    audit_days: Annotated[int, Field(ge=0, le=3650)] = 30
    reword: bool = False  # let a model for writing put the embedded mind's answers in the shop's tone
    four_eyes: bool = False  # nobody approves a lesson or an answer they wrote themselves

    def stage(self, channel: str, shopper: str) -> Stage:
        """The stage a shopper is served at; the same shopper always falls on the same side of a share."""
        rule = next((each for each in self.stages if not each.channels or channel in each.channels), None)
        reached: Stage = "full"
        if rule is not None:
            inside = _hundredth(shopper) < rule.share
            reached = rule.stage if inside else STAGES[max(STAGES.index(rule.stage) - 1, 0)]
        return min(reached, self.at_most, key=STAGES.index)

    def banned(self, channel: str, intents: Iterable[str]) -> list[str]:
        """The words that must not be said here."""
        named = list(intents)
        return [claim.words for claim in self.banned_claims if claim.holds(channel, named)]


def _hundredth(shopper: str) -> int:
    """The hundredth of all shoppers this one belongs to, 0 to 99, evenly spread."""
    return int.from_bytes(hashlib.sha256(shopper.encode()).digest()[:4]) % 100

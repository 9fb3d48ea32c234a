"""Writing a text with a model: asked, checked, mended once; else the embedded version stands, and why is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from dangol.assistant.minds.language_model.breaker import Breaker
from dangol.assistant.minds.language_model.masks import Masks
from dangol.assistant.minds.language_model.prompt import mend
from dangol.assistant.purse import Overspent, Purse
from dangol.assistant.writing.asking import ask_once
from dangol.contracts.language_model import (
    Job,
    LanguageModel,
    MalformedAnswer,
    Message,
    ModelRequest,
)
from dangol.kernel.facts import Fact, ModelAsked, ReplyMended

_FEWEST_TOKENS = 400


@dataclass(frozen=True)
class Task:
    """One text to be written: what the model is told, what it works from, and what must hold of the text.

    `check` names what is wrong with a text, placeholders put back; `turn` is where blocks are noted; `length` is that of
    the text expected, in characters.
    """

    job: Job
    rules: str
    source: str
    check: Callable[[str], list[str]]
    turn: int = 0
    length: int = 600


@dataclass(frozen=True)
class Written:
    """A text; `by` is the model that wrote it, empty for the embedded version, and `why` says why that stands."""

    text: str
    by: str = ""
    why: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def asked(self) -> tuple[ModelAsked, ...]:
        """How often a model was asked for it."""
        return tuple(fact for fact in self.facts if isinstance(fact, ModelAsked))


@dataclass(frozen=True)
class Pen:
    """A model at hand for a job, its breaker, the seconds a text may take and a silence in it, and what may be used."""

    model: LanguageModel
    breaker: Breaker
    seconds: float
    silence: float | None = None
    purse: Purse = field(default_factory=Purse)

    async def write(self, task: Task, masks: Masks, embedded: str, now: datetime) -> Written:
        """The text, or the `embedded` version with the reason. Never raises for what a model does."""
        said = [
            Message(role="system", text=task.rules),
            Message(role="user", text=masks.hide(task.source)),
        ]
        noted: list[Fact] = []
        why = ""
        for _ in range(2):
            try:
                await self.purse.take_out(self.model)
            except Overspent as no:
                return Written(embedded, why=why or no.code, facts=tuple(noted))
            answered = await ask_once(self.model, task.job, self._request(said, task), self.silence)
            noted.append(answered.asked)
            self.purse.note(answered.asked)
            if answered.trouble is not None:
                if not isinstance(answered.trouble, MalformedAnswer):
                    self.breaker.went_wrong(answered.trouble, now)
                return Written(embedded, why=answered.trouble.code, facts=tuple(noted))
            text = masks.show(answered.text)
            wrong = task.check(text) if text else ["nothing said"]
            if not wrong:
                self.breaker.went_well()
                return Written(text, by=self.model.name, facts=tuple(noted))
            why = "; ".join(wrong)
            noted.append(ReplyMended(turn=task.turn, why=why, text=text))
            said += [Message(role="model", text=answered.text or "…"), mend(text, why, masks)]
        return Written(embedded, why=why, facts=tuple(noted))

    def _request(self, said: list[Message], task: Task) -> ModelRequest:
        # a Korean letter may be a token of its own, and a translation longer than its source
        return ModelRequest(
            messages=tuple(said), seconds=self.seconds, most_tokens=max(task.length * 2, _FEWEST_TOKENS)
        )

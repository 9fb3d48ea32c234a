"""What a language model must be able to do, whichever it is and wherever it runs.

A model is asked with messages and the tools it may propose, and answers as a stream: words as they come, proposed calls
when they are whole, and at the end what it used. It decides nothing: what it proposes is judged like any other mind's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from dangol.kernel.errors import Refused
from dangol.kernel.model import Value

Job = Literal["talk", "read", "summarise", "translate", "write"]
JOBS: tuple[Job, ...] = ("talk", "read", "summarise", "translate", "write")


class ModelTrouble(Refused):
    """A model did not answer; `ModelTrouble` itself: for a reason not known. Nothing was done in the shop."""

    code = "model_trouble"
    status = 503


class ModelDown(ModelTrouble):
    """The model cannot be reached, broke off in the middle of an answer, or has a fault of its own."""

    code = "model_down"


class ModelBusy(ModelTrouble):
    """The model takes no more requests now: too many, or the account's allowance is used up."""

    code = "model_busy"


class ModelTooSlow(ModelTrouble):
    """The model did not answer in the time it was given."""

    code = "model_too_slow"


class ModelKeyRefused(ModelTrouble):
    """The model's vendor does not accept the key."""

    code = "model_key_refused"


class ModelUnknown(ModelTrouble):
    """The vendor has no model of that name."""

    code = "model_unknown"


class ModelRequestRefused(ModelTrouble):
    """The model will not take this request: too long, not allowed, or with something it does not know."""

    code = "model_request_refused"


class MalformedAnswer(ModelTrouble):
    """What the model sent makes no sense."""

    code = "malformed_answer"


class ToolOffered(Value):
    """A tool the model may propose; `parameters` is the JSON Schema of its arguments."""

    name: str
    description: str
    parameters: dict[str, Any]


class CallProposed(Value):
    """A call the model proposes. `args` is None when what it wrote is no JSON object."""

    id: str
    tool: str
    args: dict[str, Any] | None = None


class Message(Value):
    """One message: of the house (`system`), the shopper (`user`), the model, or what came of a call (`tool`)."""

    role: Literal["system", "user", "model", "tool"]
    text: str = ""
    calls: tuple[CallProposed, ...] = ()  # of the model
    answers: CallProposed | None = None  # the call a `tool` message answers


class ModelRequest(Value):
    """What is asked of a model. `answer_schema`: the answer must be JSON of this schema; seconds are for the whole."""

    messages: tuple[Message, ...]
    tools: tuple[ToolOffered, ...] = ()
    most_tokens: int = 800
    seconds: float = 20.0
    temperature: float = 0.2
    answer_schema: dict[str, Any] | None = None


class Usage(Value):
    """What an answer used; `cost` in millionths of a US dollar, None where no price is known."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost: int | None = None


@dataclass(frozen=True)
class Words:
    """More words of the answer; none as a sign of life, while a call is being written."""

    text: str


@dataclass(frozen=True)
class Ended:
    """Nothing more comes. `cut` says that it was cut short, by the limit of tokens or by its vendor."""

    usage: Usage
    cut: bool = False


Delta = Words | CallProposed | Ended


class LanguageModel(Protocol):
    """A model. `outside` says whether what it is asked leaves the shop's own machines."""

    name: str
    outside: bool

    def ask(self, request: ModelRequest) -> AsyncIterator[Delta]:
        """The answer as it comes, `Ended` last. Closing the iterator breaks off the request.

        Raises ModelTrouble or one of its kinds; it never tries a second time by itself.
        """
        ...

    def price(self, usage: Usage) -> int | None:
        """What so many tokens cost, in millionths of a US dollar; None where no price is known."""
        ...

    async def close(self) -> None:
        """Let go of connections and weights."""
        ...


ModelOf = Callable[[Job], LanguageModel | None]
"""The model that does a job now, None where there is none."""

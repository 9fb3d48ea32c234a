"""What was understood of one message, and what the conversation knew when it came."""

from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, JsonValue

Expected = Literal[
    "yes_no", "choice", "size", "color", "quantity", "address", "contact", "order", "budget", "audience", "category",
    "date", "coupon", "points", "reason", "product", "payment", "option", "text",
]  # fmt: skip


class Intent(BaseModel):
    """One thing the shopper wants, with how sure the reading is (calibrated, 0 to 1)."""

    model_config = ConfigDict(frozen=True)
    name: str
    confidence: float


class Entity(BaseModel):
    """One thing the shopper named: its kind, the words used, what they mean, and where they stood."""

    model_config = ConfigDict(frozen=True)
    type: str
    text: str
    value: JsonValue
    start: int
    end: int


class Clause(BaseModel):
    """One request within a message, with its own intents, likeliest first."""

    model_config = ConfigDict(frozen=True)
    text: str
    start: int
    end: int
    intents: tuple[Intent, ...]


class Reading(BaseModel):
    """A message understood: intents in the order said, entities in the order said, the clauses they stood in.

    `vector` is the sentence vector of the whole message (512 numbers, unit length) for search to use again.
    `beside` holds what a search needs and the entities do not name: `excluded` (what is not wanted, with its kind) and
    the animal something is for.
    `alternatives` are the next likeliest intents when the first is unsure, for a good question back.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)
    text: str
    language: str
    intents: tuple[Intent, ...] = ()
    entities: tuple[Entity, ...] = ()
    clauses: tuple[Clause, ...] = ()
    alternatives: tuple[Intent, ...] = ()
    beside: tuple[Entity, ...] = Field(default=(), exclude=True)
    vector: NDArray[np.float32] | None = Field(default=None, exclude=True, repr=False)

    def has(self, *names: str) -> bool:
        """Whether any of these intents was read."""
        return any(intent.name in names for intent in self.intents)

    def values(self, kind: str) -> list[JsonValue]:
        """The values of all entities of one kind, in the order said."""
        return [entity.value for entity in self.entities if entity.type == kind]


class Context(BaseModel):
    """What the conversation knows when a message comes: its language, the open question, what is on screen.

    `expects` is what the last question awaits; `offered` are the labels of the choices on screen, in order.
    `today` is the day in the shopper's time zone, from which dates are counted.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    language: str | None = None
    languages: tuple[str, ...] = ("ko", "en")
    expects: Expected | None = None
    offered: tuple[str, ...] = ()
    product_on_page: bool = False
    today: date
    currency: str = "KRW"
    time_zone: str = "Asia/Seoul"
    last_intents: tuple[str, ...] = ()


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading as `dangol understand` prints it."""
    return {
        "text": reading.text,
        "language": reading.language,
        "intents": [intent.model_dump() for intent in reading.intents],
        "entities": [entity.model_dump(include={"type", "text", "value"}) for entity in reading.entities],
    }

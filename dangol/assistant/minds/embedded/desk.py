"""What lies on the desk while one request of a message is worked on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from dangol.assistant.minds import Situation
from dangol.assistant.state import Memory
from dangol.assistant.understanding.reading import Entity
from dangol.contracts.shopfloor.products import SizeWish
from dangol.kernel.shop import Shop

_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}
_OF_THEM = re.compile(r"\b(one|two|three|four|five|six|both|\d{1,2}) of (?:them|these|those|this|that)\b")


@dataclass(frozen=True)
class Desk:
    """One request: its intent, its own words and entities, and the conversation's memory so far."""

    situation: Situation
    memory: Memory
    intent: str
    text: str
    entities: tuple[Entity, ...] = ()
    argument: str = ""  # of a button: `add:SKU` → SKU

    @property
    def shop(self) -> Shop:
        """The shop."""
        return self.situation.shop

    @property
    def language(self) -> str:
        """The shopper's language."""
        return self.situation.language

    @property
    def known(self) -> bool:
        """Whether the shop knows who is speaking."""
        return self.situation.state.customer_id is not None

    def values(self, kind: str) -> list[Any]:
        """The values of one kind of entity, in the order said."""
        return [entity.value for entity in self.entities if entity.type == kind]

    def first(self, kind: str) -> Any:
        """The first value of a kind, None when there is none."""
        return next(iter(self.values(kind)), None)

    @property
    def colors(self) -> tuple[str, ...]:
        """The colours named."""
        return tuple(dict.fromkeys(str(value) for value in self.values("color")))

    @property
    def sizes(self) -> tuple[SizeWish, ...]:
        """The sizes named."""
        return tuple(
            SizeWish(system=str(value["system"]), value=str(value["value"]))
            for value in self.values("size")
            if isinstance(value, dict)
        )

    @property
    def audience(self) -> str | None:
        """For whom, as said now or before."""
        said = self.first("audience") or self.memory.wishes.audience or self.memory.audience
        return str(said) if said else None

    @property
    def quantity(self) -> int | None:
        """How many, when that was said."""
        value = self.first("quantity")
        if isinstance(value, int | float) and value >= 0:
            return int(value)
        said = _OF_THEM.search(self.text.lower())
        return _COUNTS.get(said.group(1)) or int(said.group(1)) if said else None

    def with_intent(self, intent: str) -> Desk:
        """The same request taken for another intent."""
        return replace(self, intent=intent)

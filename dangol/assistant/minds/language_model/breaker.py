"""When a model is in trouble nobody waits for it: the embedded mind answers until it has had time to come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dangol.contracts.language_model import ModelKeyRefused, ModelRequestRefused, ModelTrouble, ModelUnknown

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass
class Breaker:
    """One for each model and process: closed, or open until a moment; then one turn tries."""

    until: datetime | None = None
    pause: timedelta = FIRST_PAUSE

    def lets_through(self, now: datetime) -> bool:
        """Whether the model may be asked now. After a pause one turn is let through, the next only when it went well."""
        if self.until is None:
            return True
        if now < self.until:
            return False
        self.until = now + self.pause  # whoever comes while the one tries is not let through
        return True

    def went_well(self) -> None:
        """The model answered."""
        self.until, self.pause = None, FIRST_PAUSE

    def went_wrong(self, trouble: ModelTrouble, now: datetime) -> None:
        """The model did not answer; a refusal of one request says nothing of the next."""
        if isinstance(trouble, ModelRequestRefused):
            return
        if isinstance(trouble, ModelKeyRefused | ModelUnknown):
            self.pause = LONGEST_PAUSE  # somebody must change a setting first
        self.until = now + max(self.pause, min(_asked_for(trouble), LONGEST_PAUSE))
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


@dataclass
class Breakers:
    """One breaker for each model by name, whatever job it does."""

    _of: dict[str, Breaker] = field(default_factory=dict)

    def of(self, model: str) -> Breaker:
        """The breaker of a model."""
        return self._of.setdefault(model, Breaker())


def _asked_for(trouble: ModelTrouble) -> timedelta:
    """How long the vendor itself asks to be left alone (Retry-After)."""
    wait = trouble.details.get("wait")
    return timedelta(seconds=wait) if isinstance(wait, int) else timedelta()

"""What time it is, handed in so that tests turn it by hand."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time, always with its zone."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)


class SetClock:
    """The machine's clock, set to another moment: begins there and goes on at the usual pace."""

    def __init__(self, at: datetime) -> None:
        self._ahead = at - datetime.now(UTC)

    def now(self) -> datetime:
        """The present moment as this clock has it, in UTC."""
        return datetime.now(UTC) + self._ahead

    def advance(self, by: timedelta) -> None:
        """Be this much later from now on."""
        self._ahead += by

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)


class TurnedClock:
    """A clock turned by hand: stands still until told to go on."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment last set."""
        return self.at

    def advance(self, by: timedelta) -> None:
        """Go on by this much."""
        self.at += by

    async def wait(self, seconds: float) -> None:
        """Nobody waits for a clock that stands still: others get their turn, and it is over."""
        await asyncio.sleep(0)

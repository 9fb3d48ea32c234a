"""What the workers stand on: the parts of the house they use, and patience."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection

from dangol.contracts.postbox import Postbox
from dangol.contracts.tracker import Tracker
from dangol.kernel.clock import Clock
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.shop import Shop
from dangol.payments.api import Gateways
from dangol.returns.api import Carriers

Connection = AsyncConnection[Any]
Notice = Callable[[str, NoticeGiven], Awaitable[object]]
"""Writes a notice into a conversation, once per cause. Raises NotFound when the conversation is gone."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MOST_TRIES = 8
"""A letter that cannot be handed over so often is given up and shown to staff."""


@dataclass(frozen=True)
class Floor:
    """What the chores need of the house."""

    open_connection: Callable[[], AbstractAsyncContextManager[Connection]]
    shop: Callable[[], Shop]
    gateways: Gateways
    carriers: Carriers
    postboxes: Sequence[Postbox]
    notice: Notice
    clock: Clock
    public_url: Callable[[], str]
    code_for: Callable[[str], str]
    refusal_key: Callable[[str], str]
    data: Path
    trackers: Sequence[Tracker] = ()


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: twice as long each time, an hour at most."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts, 12)
    return min(LONGEST_WAIT, doubled)

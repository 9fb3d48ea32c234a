"""By when something is wanted, on whichever day it is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from assistant.talk import Talk, words


@pytest.mark.parametrize(
    ("day", "in_time"),
    [(18, True), (20, False), (21, True), (22, True)],  # a Wednesday, a Friday, a Saturday, a Sunday
)
async def test_this_week_is_the_coming_one_when_it_is_said_on_a_weekend(
    talk: Talk, day: int, in_time: bool
) -> None:
    clock = talk.floor.clock
    before, clock.at = clock.at, datetime(2026, 11, day, 9, 0, tzinfo=UTC)  # six in the evening in Seoul
    try:
        told = words(await talk.say("이번 주 안에 받을 수 있는 방수 운동화 찾아요"))
    finally:
        clock.at = before
    assert ("받으실 수 있어요" in told) is in_time, told

"""Clocks: one that is set to another moment goes on as the machine's does."""

from datetime import UTC, datetime, timedelta

from dangol.kernel.clock import SetClock, SystemClock


async def test_a_set_clock_begins_at_its_moment_and_goes_on_with_the_machines() -> None:
    at = datetime(2028, 2, 29, 14, 59, tzinfo=UTC)
    clock, machine = SetClock(at), SystemClock()
    begun = machine.now()
    await clock.wait(0.001)
    assert clock.now() > at
    # the two are as far apart as ever, but for what passes between two looks
    assert abs((clock.now() - at) - (machine.now() - begun)) < timedelta(minutes=1)

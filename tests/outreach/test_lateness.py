"""What is foretold of parcels: leaning on wider cells, on the time that passed, on pauses; never out of thin air."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from dangol.outreach.lateness import LEAST_EVIDENCE, LONGEST, Dispatches, History, Trips, Underway, auc

NEAR, FAR, QUICK, SLOW = "KR-06", "KR-63", "quick", "slow"


def trips(zone: str, carrier: str, days: dict[int, int], pause: int = 0) -> list[Trips]:
    return [Trips(zone, carrier, weekday, d, pause, n) for d, n in days.items() for weekday in range(5)]


def history() -> History:
    known = trips(NEAR, QUICK, {1: 40, 2: 10}) + trips(NEAR, SLOW, {3: 30, 5: 20}) + trips(FAR, QUICK, {4: 8})
    return History(known, [Dispatches(weekday, days, 20) for weekday in range(7) for days in (0, 1)])


def test_the_slower_carrier_and_the_farther_place_come_late_oftener() -> None:
    known = history()

    def share(zone: str, carrier: str) -> float:
        seen = known.outlook(Underway(zone, carrier, weekday=1, passed=-1, allowed=2))
        assert seen is not None
        return seen.share

    assert share(NEAR, QUICK) < 0.1 < 0.7 < share(NEAR, SLOW)
    assert share(FAR, QUICK) > 0.7


def test_a_place_never_sent_to_is_judged_by_all_places() -> None:
    known = history()
    somewhere = known.outlook(Underway("KR-99", "nobody", weekday=1, passed=-1, allowed=2))
    assert somewhere is not None
    assert 0.3 < somewhere.share < 0.6


def test_every_day_that_passes_without_it_makes_it_later() -> None:
    known = history()
    seen = [known.outlook(Underway(NEAR, SLOW, weekday=1, passed=day, allowed=4)) for day in range(-1, 5)]
    shares = [one.share for one in seen if one is not None]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(one is not None and one.earliest > day for day, one in enumerate(seen, -1))


def test_a_pause_makes_it_later_where_paused_parcels_came_late() -> None:
    known = History(trips(NEAR, QUICK, {2: 60, 3: 20}) + trips(NEAR, QUICK, {3: 5, 7: 20}, pause=2))
    steady = known.outlook(Underway(NEAR, QUICK, weekday=1, passed=1, allowed=3))
    paused = known.outlook(Underway(NEAR, QUICK, weekday=1, passed=1, allowed=3, silent=2))
    assert steady is not None
    assert paused is not None
    assert paused.share > steady.share + 0.3
    assert "silent" in paused.why
    assert paused.latest >= 7


def test_what_has_not_left_adds_the_days_until_it_leaves() -> None:
    known = history()
    today = known.outlook(Underway(NEAR, None, weekday=0, passed=-1, allowed=3))
    next_day = known.outlook(Underway(NEAR, None, weekday=0, passed=0, allowed=3))
    assert today is not None
    assert next_day is not None
    assert today.share < next_day.share
    assert "not_sent" in next_day.why


def test_of_what_never_happened_nothing_is_foretold() -> None:
    """A parcel that takes longer than any before it: the days of another country say nothing of it."""
    known = History([*trips(NEAR, QUICK, {1: 40}), *trips("US-90", "air", {7: 20})], [Dispatches(1, 1, 60)])
    assert known.outlook(Underway(NEAR, QUICK, weekday=1, passed=0, allowed=3)) is not None
    assert known.outlook(Underway(NEAR, QUICK, weekday=1, passed=1, allowed=3)) is None
    assert known.outlook(Underway(NEAR, None, weekday=1, passed=0, allowed=3)) is not None
    assert known.outlook(Underway(NEAR, None, weekday=1, passed=1, allowed=3)) is None
    abroad = known.outlook(Underway("US-90", "air", weekday=1, passed=3, allowed=8))
    assert abroad is not None
    assert (abroad.earliest, abroad.latest) == (7, 7)
    assert abroad.evidence == 100


def test_nothing_is_foretold_from_a_handful_of_parcels() -> None:
    few = History([Trips(NEAR, QUICK, 0, 9, 0, LEAST_EVIDENCE - 1)])
    assert few.outlook(Underway(NEAR, QUICK, weekday=0, passed=0, allowed=1)) is None


@given(
    st.lists(
        st.builds(
            Trips,
            zone=st.sampled_from([NEAR, FAR]),
            carrier=st.sampled_from([QUICK, SLOW]),
            weekday=st.integers(0, 6),
            days=st.integers(0, 60),
            pause=st.integers(0, 9),
            count=st.integers(1, 50),
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(-1, 60),
    st.integers(-3, 60),
    st.integers(0, 9),
    st.sampled_from([None, QUICK, "unknown"]),
)
def test_a_probability_is_one_and_the_days_are_ahead(
    known: list[Trips], passed: int, allowed: int, silent: int, carrier: str | None
) -> None:
    seen = History([*known, Trips(NEAR, QUICK, 0, 2, 0, LEAST_EVIDENCE)]).outlook(
        Underway(NEAR, carrier, 2, passed, allowed, silent)
    )
    if seen is None:  # nothing like it was ever seen
        return
    assert -1e-9 <= seen.share <= 1 + 1e-9
    assert 0 <= seen.earliest <= seen.latest <= LONGEST
    assert seen.earliest > passed or passed >= LONGEST
    if passed >= allowed:
        assert seen.share == 1.0


def test_auc_is_the_chance_that_a_late_one_scores_higher() -> None:
    assert auc([0.1, 0.2, 0.8, 0.9], [False, False, True, True]) == 1.0
    assert auc([0.5, 0.5], [True, False]) == 0.5
    dice = random.Random(3)
    scores = [round(dice.random(), 2) for _ in range(120)]
    late = [dice.random() < score for score in scores]
    pairs = [
        (a, b)
        for a, x in zip(scores, late, strict=True)
        if x
        for b, y in zip(scores, late, strict=True)
        if not y
    ]
    won = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs) / len(pairs)
    assert abs(auc(scores, late) - won) < 1e-12

"""Figures and rules by themselves, held against values that are known."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.simulated import orders_of
from dangol.insights import models
from dangol.insights.judging import Period, judge
from dangol.insights.measuring import auc, auc_interval, quality
from dangol.insights.model import TooLittleHistory
from dangol.insights.people import People, counted_for
from dangol.insights.rules import (
    Standing,
    at_stake,
    difference,
    enough,
    horizon_for,
    left_out,
    reasons_of,
    return_on,
    segment_of,
)
from dangol.insights.words import SEGMENT_WORDS, reason_words


def _pairs(score: np.ndarray, left: np.ndarray) -> float:
    won = [(a > b) + (a == b) / 2 for a in score[left] for b in score[~left]]
    return float(np.mean(won))


def test_the_area_is_the_chance_of_ranking_a_pair_rightly() -> None:
    draw = np.random.default_rng(1)
    score = draw.integers(0, 12, 200) / 12  # many ties
    left = draw.random(200) < 0.2 + score / 2
    assert auc(score, left) == pytest.approx(_pairs(score, left))
    found = auc_interval(score, left)
    assert found.low < found.value < found.high
    assert found.high - found.low > auc_interval(np.tile(score, 9), np.tile(left, 9)).high - found.value


def test_a_score_that_says_what_happens_is_calibrated() -> None:
    draw = np.random.default_rng(2)
    truth = draw.uniform(0.05, 0.95, 20_000)
    left = draw.random(20_000) < truth
    told, boasted = quality(truth, left), quality(truth**3, left)
    assert told.ece < 0.02 < boasted.ece
    assert told.brier < boasted.brier
    assert told.auc.value == pytest.approx(boasted.auc.value)  # the order is the same
    assert told.lift == pytest.approx(told.top_rate / told.base_rate, abs=0.01)


def _people(customers: int, days: int, until: int, horizon: int) -> Period:
    """The columns of a simulated shop, reckoned here a second time."""
    bought: dict[int, list] = {}
    for one in orders_of(customers, days):
        bought.setdefault(one.customer, []).append(one)
    rows, ids = [], []
    for who, made in bought.items():
        before = [one for one in made if one.day < until]
        if before:
            ids.append(who)
            arrived = [until - one.day - 8 for one in before if one.late and one.day + 8 < until]
            rows.append(
                (
                    until - before[0].day, until - before[-1].day, len({int(one.day) for one in before}),
                    sum(one.day >= until - 90 for one in before), len(before),
                    sum(one.discounted for one in before), sum(one.amount for one in before),
                    sum(one.amount for one in before if one.day >= until - 365), len(arrived), min(arrived, default=np.inf),
                )
            )  # fmt: skip
    tenure, recency, visits, recent, orders, discounted, value, year, late, ago = np.array(
        rows, dtype=float
    ).T
    none = np.zeros(len(ids))
    after = [who for who, made in bought.items() if any(until <= one.day < until + horizon for one in made)]
    people = People(
        np.array(ids),
        tenure,
        recency,
        visits,
        recent,
        orders,
        discounted,
        value,
        year,
        late,
        none,
        none,
        none,
        ago,
    )
    return Period(people, np.array(sorted(after)))


def test_what_is_known_of_a_customer_beats_the_baselines_where_trouble_drives_people_away() -> None:
    periods = [_people(4000, 800, until, 90) for until in (530, 620, 710)]
    report = judge(periods, 90)
    assert report.chosen == "logistic"
    ours = report.proof
    assert ours.auc.low > report.quality["rfm"].auc.high
    assert ours.auc.low > report.quality["recency"].auc.high
    assert ours.ece < 0.06
    assert ours.brier < report.quality["recency"].brier
    assert report.weights["late"] > 0.1  # the rule of the simulation, found again


def test_the_purchase_model_says_what_the_simulated_buyers_do() -> None:
    """Buyers who leave after a purchase with one chance for all, and buy at one rate: BG/NBD is their truth."""
    draw = np.random.default_rng(5)
    rows, away = [], []
    for _ in range(6000):
        days, day = [], float(draw.uniform(0, 100))
        rate = draw.gamma(1.5, 1 / 30)
        chance = draw.beta(2, 5)
        while day < 500:
            days.append(day)
            if len(days) > 1 and draw.random() < chance:
                break
            day += draw.exponential(1 / rate)
        before = [one for one in days if one < 400]
        if before:
            rows.append((400 - before[0], 400 - before[-1], len(before)))
            away.append(not any(400 <= one < 490 for one in days))
    tenure, recency, visits = np.array(rows).T
    none = np.zeros(len(rows))
    people = People(np.arange(len(rows)), tenure, recency, visits, *[none] * 9, none + np.inf)  # type: ignore[arg-type]
    told = models.bg_nbd(people, 90).probability(people)
    assert told.mean() == pytest.approx(np.mean(away), abs=0.03)
    assert quality(told, np.array(away)).ece < 0.05


def test_the_horizon_follows_the_rhythm_of_the_shop_and_what_history_allows() -> None:
    assert [horizon_for(gap, 2000) for gap in (10, 16, 40, 82.5, 400)] == [30, 60, 90, 180, 180]
    assert horizon_for(82.5, 546) == 90
    for gap, history in ((None, 2000), (10, 100)):
        with pytest.raises(TooLittleHistory) as no:
            horizon_for(gap, history)
        assert no.value.details["reason"] == "too_short"


@pytest.mark.parametrize(("left", "stayed"), [(40, 40), (19, 500), (500, 19)])
def test_figures_need_people_of_both_kinds(left: int, stayed: int) -> None:
    with pytest.raises(TooLittleHistory):
        enough(np.array([True] * left + [False] * stayed))
    enough(np.array([True] * 40 + [False] * 60))


def _one(**given: object) -> Standing:
    plain = {
        "customer": 1, "probability": 0.8, "recency": 120, "gap": 30, "visits": 5, "orders": 5, "discounted": 0,
        "value": 500_000, "year_value": 365_000, "late": 0, "returned": 0, "complained": 0, "unhappy": 0,
        "trouble_ago": None,
    }  # fmt: skip
    return Standing(**{**plain, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "segment"),
    [
        ({"probability": 0.49}, None),
        ({}, "gone_quiet"),
        ({"late": 1, "trouble_ago": 40}, "let_down"),
        ({"late": 1, "trouble_ago": 400}, "gone_quiet"),
        ({"recency": 40}, "drifting"),
        ({"recency": 40, "points": 3000}, "points_waiting"),
        ({"recency": 40, "discounted": 4}, "price_driven"),
        ({"visits": 1, "orders": 1, "gap": None, "discounted": 1}, "once"),
    ],
)
def test_everybody_is_in_one_segment_at_most(given: dict[str, object], segment: str | None) -> None:
    assert segment_of(_one(**given), 90) == segment


def test_only_what_raised_the_score_and_is_true_is_named_as_a_reason() -> None:
    one = _one(late=2, complained=1, trouble_ago=30, discounted=3)
    told = reasons_of(one, {"quiet": 0.2, "late": 0.9, "complained": -0.1, "unhappy": 0.5, "discount": 0.1})
    assert [each["why"] for each in told] == ["late", "quiet", "discount"]
    assert reason_words(told, "ko")[1] == "보통 30일마다 사셨는데 120일째 구매가 없어요"
    assert reasons_of(one, {"quiet": -1.0}) == [{"why": "since", "days": 120}]
    for language in ("ko", "en"):
        for why in (
            "quiet",
            "once",
            "rare",
            "discount",
            "late",
            "returned",
            "complained",
            "unhappy",
            "since",
        ):
            figures = {"days": 9, "gap": 3, "count": 1, "orders": 4, "discounted": 2}
            assert "{" not in reason_words([{"why": why, **figures}], language)[0]
    assert set(SEGMENT_WORDS["ko"]) == set(SEGMENT_WORDS["en"])


def test_what_is_at_stake_is_their_own_pace() -> None:
    assert at_stake(_one(probability=0.5, year_value=365_000), 90) == 45_000


def test_a_difference_of_shares_has_newcombes_interval() -> None:
    """56 of 70 against 48 of 80: 0.2, from 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    found = difference((56, 70), (48, 80))
    assert found is not None
    assert (found.gain, found.low, found.high) == (0.2, 0.0524, 0.3339)
    assert difference((0, 0), (3, 9)) is None
    nothing = difference((1, 10), (1, 10))
    assert nothing is not None
    assert nothing.low < 0 < nothing.high


def test_the_return_is_incremental() -> None:
    assert return_on(extra=10, value=50_000, margin=0.4, cost=1_000, people=100) == 1.0
    assert return_on(extra=-1, value=50_000, margin=0.4, cost=1_000, people=100) == pytest.approx(-1.2)
    assert return_on(extra=10, value=50_000, margin=0.4, cost=0, people=100) is None


def test_chance_leaves_out_its_share_and_always_the_same() -> None:
    people = list(range(1, 1001))
    out = left_out("tr_1", people, 0.2)
    assert len(out) == 200
    assert out == left_out("tr_1", people[::-1], 0.2)
    assert out != left_out("tr_2", people, 0.2)
    assert 30 < len(out & set(range(1, 251))) < 70  # from everywhere in the list
    assert len(left_out("tr_1", [1, 2], 0.05)) == len(left_out("tr_1", [1, 2], 0.9)) == 1


def test_counts_of_few_stand_beside_everybody() -> None:
    ids = np.array([3, 5, 9])
    assert counted_for(ids, {5: 2, 7: 4, 12: 1, 1: 1}).tolist() == [0, 2, 0]
    assert counted_for(np.zeros(0, dtype=np.int64), {5: 2}).tolist() == []

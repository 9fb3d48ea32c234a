"""Praise and blame by clause, on clauses labelled by hand: a word that is said not to hold counts the other way."""

from pathlib import Path

import pytest

from dangol.catalog import topics

LABELLED = [
    line.split("\t")
    for line in (Path(__file__).parent / "review_moods.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("topic", "rating", "mood", "clause"), LABELLED)
def test_the_mood_of_a_clause(topic: str, rating: str, mood: str, clause: str) -> None:
    said = [each.mood for each in topics.said_in(clause, int(rating)) if each.topic == topic]
    assert said == [int(mood)]

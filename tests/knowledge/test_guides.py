"""Guides as merchants write them: the form, its errors, and that every walk comes to an end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.contracts.shopfloor.guides import NoteWalk
from dangol.customers import api as customers
from dangol.kernel.imports import say_refusal
from dangol.kernel.person import Person
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper
from dangol.knowledge import walk_records
from dangol.knowledge.api import REASONS, add_article, erase_of, forget_walkers, held_of, import_articles
from dangol.knowledge.guides import BrokenGuide, Guide, is_guide, read_guide
from dangol.knowledge.walks import Walk, tallied

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
Conn = psycopg.AsyncConnection[Any]

GUIDE = """\
Try these in order.

## Symptoms

- the lamp flickers
- the *light* is dim

## For

- lamps

## Steps

1. Screw the bulb tight.

   Let it cool down first.
2. Try another bulb. Does it flicker as well?
   - Yes -> 4
   - No, it is steady → solved
3. Wait.
4. Use another socket.
   - Sparks → stop

## Stop

Pull the plug.

- it sparks

## About lamps

Anything else stays on the page only.
"""


def test_a_guide_is_read_from_headings_and_lists():
    guide = read_guide(GUIDE)
    assert guide.symptoms == ("the lamp flickers", "the light is dim")
    assert (guide.goods, guide.opening) == (("lamps",), "Try these in order.")
    assert (guide.stop, guide.signs) == ("Pull the plug.", ("it sparks",))
    assert next(step.text for step in guide.steps) == "Screw the bulb tight."
    assert guide.steps[0].more == "Let it cool down first."
    asked = guide.steps[1]
    assert asked.text == "Try another bulb. Does it flicker as well?"
    assert [(each.label, each.step, each.ends) for each in asked.answers] == [
        ("Yes", 4, ""),
        ("No, it is steady", 0, "solved"),
    ]
    assert guide.steps[3].answers[0].ends == "stop"


@pytest.mark.parametrize("tag", ["guide", "Guide", "해결 안내"])
def test_a_tag_makes_an_article_a_guide(tag: str):
    assert is_guide(["lamps", tag])
    assert not is_guide(["lamps", "guidelines"])


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("## 순서\n\n1. 켜 주세요.\n", "guide_without_symptoms"),
        ("## 증상\n\n- 안 켜져요\n", "guide_without_steps"),
        ("## 증상\n\n- 안 켜져요\n\n## 순서\n\n- 켜 주세요\n", "guide_without_steps"),
        ("## 증상\n\n- 안 켜져요\n\n## 순서\n\n1. 켜 주세요\n   - 네 → 1\n", "guide_answer_leads_nowhere"),
        ("## 증상\n\n- 안 켜져요\n\n## 순서\n\n1. 켜 주세요\n   - 네 → 9\n", "guide_answer_leads_nowhere"),
        ("## 증상\n\n- 안 켜져요\n\n## 순서\n\n1. 켜 주세요\n   - 네\n", "guide_answer_leads_nowhere"),
        ("## 증상\n\n- 안 켜져요\n\n## 순서\n\n1. 켜 주세요\n   - 뜨거워요 → 멈춤\n", "guide_stop_without_words"),
        ("## 증상\n\n- 안 켜져요\n\n## 순서\n\n1. 켜 주세요\n\n## 멈춤\n\n- 연기\n", "guide_stop_without_words"),
        ("## 증상\n\n- x y\n\n## 순서\n\n" + "".join(f"{n}. 켜 주세요\n" for n in range(1, 22)), "guide_too_long"),
        ("## 증상\n\n- 안 켜져요\n\n## 순서\n\n1. 켜 주세요\n2.\n", "guide_step_empty"),
    ],
)  # fmt: skip
async def test_what_cannot_be_walked_is_refused_with_its_line(
    body: str, why: str, conn: Conn, shop: Shop, tmp_path: Path
) -> None:
    with pytest.raises(BrokenGuide) as no:
        read_guide(body)
    assert no.value.why == why
    (tmp_path / "lamp.md").write_text(f"---\ntags: [guide]\n---\n\n{body}", encoding="utf-8")
    report = await import_articles(conn, shop, tmp_path, NOW, lambda _done, _total: None)
    assert [(each.code, report.created) for each in report.refused] == [(why, 0)]
    assert all(say_refusal(report.refused[0], language, REASONS) for language in ("ko", "en"))
    with pytest.raises(BrokenGuide):
        await add_article(conn, title="등", body=body, language="ko", slug=None, tags=("guide",), now=NOW)
    await add_article(
        conn, title="등", body=body, language="ko", slug=None, now=NOW
    )  # an article like any other


_ENDS = st.sampled_from(["solved", "person", "stop", "on"])


@st.composite
def guides(draw: st.DrawFn) -> str:
    """Guides with answers that lead anywhere they may."""
    count = draw(st.integers(1, 8))
    lines = ["## Symptoms", "", "- it hums", "", "## Stop", "", "Leave it alone.", "", "## Steps", ""]
    for number in range(1, count + 1):
        lines.append(f"{number}. Do thing {number}.")
        for place in range(draw(st.integers(0, 3))):
            end = draw(_ENDS)
            if end == "on" and number == count:
                end = "person"
            target = draw(st.integers(number + 1, count)) if end == "on" else end
            lines.append(f"   - answer {place} → {target}")
    return "\n".join(lines) + "\n"


@given(guides(), st.data())
def test_every_walk_comes_to_an_end(body: str, data: st.DataObject):
    guide: Guide = read_guide(body)
    number, told = 1, 0
    while number:
        told += 1
        assert told <= len(guide.steps)
        step = guide.steps[number - 1]
        if step.answers:
            answer = data.draw(st.sampled_from(step.answers))
            number = answer.step if not answer.ends else 0
        else:
            number = number + 1 if number < len(guide.steps) else 0


async def test_a_walk_is_written_down_once_and_goes_on(conn: Conn) -> None:
    begun = NoteWalk(guide="lamp", language="en", path=(1,))
    for noted in (begun, begun, NoteWalk(guide="lamp", language="en", path=(1, 2), outcome="solved")):
        await walk_records.note(conn, "w1", Shopper("c1"), noted, NOW)
    await walk_records.note(conn, "w1", Shopper("c2"), NoteWalk(guide="lamp", language="en", path=(1,)), NOW)
    assert await walk_records.between(conn, NOW, NOW.replace(hour=4)) == [
        Walk("lamp", "en", [1, 2], "solved")
    ]
    assert await walk_records.between(conn, NOW.replace(hour=4), NOW.replace(hour=5)) == []


async def _customer(conn: Conn, email: str) -> int:
    return await customers.identify(conn, external_id=None, email=email, name=None, now=NOW)


async def _walked(
    conn: Conn, walk: str, shopper: Shopper, *path: int, at: datetime = NOW, **told: Any
) -> None:
    noted = NoteWalk(**{"guide": "lamp", "language": "en", "mark": "m1", "path": path, **told})
    await walk_records.note(conn, walk, shopper, noted, at)


async def test_a_walk_is_found_by_the_customer_whose_it_was_proved_to_be(conn: Conn) -> None:
    one, other = await _customer(conn, "one@example.com"), await _customer(conn, "other@example.com")
    await _walked(conn, "w1", Shopper("c1", one, "customer"), 1, 2)
    await _walked(conn, "w2", Shopper("c2", other, "visitor"), 1)  # known, and not proved
    await _walked(conn, "w3", Shopper("c3"), 1)
    found = await walk_records.last(conn, one, NOW)
    assert found is not None
    assert (found.walk, found.guide, found.mark, found.path, found.tried) == ("w1", "lamp", "m1", (1, 2), 1)
    assert await walk_records.last(conn, other, NOW) is None

    await _walked(conn, "w1", Shopper("c9", other, "customer"), 1)  # another's
    await _walked(conn, "w1", Shopper("c9", one, "visitor"), 1)  # not proved
    assert await walk_records.last(conn, one, NOW) == found
    await _walked(conn, "w1", Shopper("c4", one, "customer"), 1, 2, 3)
    await _walked(
        conn, "w1", Shopper("c4", one, "visitor"), 1, 2, 3, 4, outcome="failed"
    )  # the proof ran out
    went_on = await walk_records.last(conn, one, NOW)
    assert went_on is not None
    assert (went_on.path, went_on.tried, went_on.outcome) == ((1, 2, 3, 4), 4, "failed")
    assert len(await walk_records.between(conn, NOW, NOW + timedelta(hours=1))) == 3


@pytest.mark.parametrize(
    ("outcome", "again"),
    [
        ("open", True),
        ("left", True),
        ("person", True),
        ("failed", True),
        ("solved", False),
        ("danger", False),
    ],
)
async def test_only_what_did_not_help_is_gone_on_with(conn: Conn, outcome: str, again: bool) -> None:
    walker = Shopper("c1", await _customer(conn, "one@example.com"), "customer")
    assert walker.customer_id
    await _walked(conn, "old", walker, 1, at=NOW - timedelta(days=2))
    await _walked(conn, "new", walker, 1, 2, at=NOW - timedelta(days=1), outcome=outcome)
    found = await walk_records.last(conn, walker.customer_id, NOW)
    assert (found.walk if found else None) == ("new" if again else None)
    await _walked(conn, "fan", walker, 1, at=NOW - timedelta(days=3), guide="fan")
    found = await walk_records.last(conn, walker.customer_id, NOW)
    assert found is not None
    assert found.walk == ("new" if again else "fan")


async def test_after_thirty_days_nobody_knows_whose_a_walk_was(conn: Conn) -> None:
    walker = Shopper("c1", await _customer(conn, "one@example.com"), "customer")
    assert walker.customer_id
    await _walked(conn, "w1", walker, 1, 2)
    assert await walk_records.last(conn, walker.customer_id, NOW + timedelta(days=30))
    assert await forget_walkers(conn, NOW + timedelta(days=30)) == 0
    assert await walk_records.last(conn, walker.customer_id, NOW + timedelta(days=31)) is None
    assert await forget_walkers(conn, NOW + timedelta(days=31)) == 1
    assert await held_of(conn, Person(walker.customer_id)) == {}
    assert len(await walk_records.between(conn, NOW, NOW + timedelta(hours=1))) == 1


async def test_a_walk_is_handed_over_and_forgotten_with_its_person(conn: Conn) -> None:
    one, other = await _customer(conn, "one@example.com"), await _customer(conn, "other@example.com")
    await _walked(conn, "w1", Shopper("c1", one, "customer"), 1, 2)
    await _walked(conn, "w2", Shopper("c2", other, "customer"), 1)
    held = await held_of(conn, Person(one))
    assert [(row["guide"], row["path"]) for row in held["guide_walks"]] == [("lamp", [1, 2])]
    assert await erase_of(conn, Person(one)) == 1
    assert await held_of(conn, Person(one)) == {}
    assert await walk_records.last(conn, one, NOW) is None
    assert await walk_records.last(conn, other, NOW) is not None


def test_the_figures_say_which_step_solved_it():
    walks = [
        Walk("lamp", "ko", [1], "solved"),
        Walk("lamp", "en", [1, 2], "solved"),
        Walk("lamp", "en", [1, 2], "failed"),
        Walk("lamp", "en", [1], "person"),
        Walk("fan", "en", [1], "danger"),
        Walk("lamp", "en", [1], "open"),
    ]
    lamp, fan = tallied(walks)
    assert (lamp.guide, lamp.begun, lamp.solved, lamp.handed_over, lamp.dangerous) == ("lamp", 5, 2, 2, 0)
    assert [(each.step, each.reached, each.solved) for each in lamp.steps] == [(1, 5, 1), (2, 2, 1)]
    assert (fan.begun, fan.solved, fan.dangerous) == (1, 0, 1)

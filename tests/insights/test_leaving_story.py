"""What an owner does about customers who are likely to leave, through the doors of the console."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from helpdesk.room import DeskHouse, Member
from insights.conftest import PEOPLE

from dangol.customers import api as customers
from dangol.insights import api as insights
from dangol.insights.gathering import people_at
from dangol.kernel.person import Person
from dangol.server import privacy

Desk = dict[str, Member]
KO = {"headers": {"Accept-Language": "ko"}}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


async def test_an_owner_sees_who_may_leave_expects_something_treats_and_sees_what_came_of_it(
    house: DeskHouse, staff: Desk, regulars: list[int]
) -> None:
    owner = staff["owner"]
    before = await owner.done("GET", "/insights")
    assert (before["at"], before["segments"]) == (None, [])
    assert "no scores" in before["trouble"]

    view = await owner.done("POST", "/insights/reckon", **KO)
    assert view["trouble"] is None
    assert 300 < view["scored"] <= PEOPLE
    best = next(one for one in view["models"] if one["chosen"])
    assert best["quality"]["people"] > 200
    assert best["quality"]["auc"]["low"] > 0.6
    assert {one["name"] for one in view["models"]} == {"recency", "rfm", "bg_nbd", "logistic"}
    shown = {one["segment"]: one for one in view["segments"]}
    assert {"let_down", "once"} <= set(shown)
    assert all(one["expected"] is None for one in view["segments"])  # nothing measured, nothing assumed
    assert all(one["action"] and one["how"] and one["people"] for one in view["segments"])

    page = await owner.done("GET", "/insights/segments/let_down/people", params={"limit": 10}, **KO)
    assert page["total"] == shown["let_down"]["people"]
    assert [one["at_stake"] for one in page["items"]] == sorted(
        (one["at_stake"] for one in page["items"]), reverse=True
    )
    assert any("늦게 도착한 주문" in why for one in page["items"] for why in one["reasons"])
    assert any(one["usual"] == ["현미 떡"] for one in page["items"])

    await owner.done("PUT", "/insights/segments/let_down/expected", {"low": 2, "high": 8})
    view = await owner.done("GET", "/insights")
    expected = next(one["expected"] for one in view["segments"] if one["segment"] == "let_down")
    assert (expected["source"], expected["gain"], expected["by"]["name"]) == ("assumed", [2, 8], owner.name)
    people = shown["let_down"]["people"]
    assert expected["buyers"] == [round(0.02 * people), round(0.08 * people)]
    assert expected["amount"][1] > expected["amount"][0] > 0

    body = {"segment": "let_down", "action": "전화 사과", "held_out": 30, "cost": 1000, "margin": 40}
    begun = await owner.done("POST", "/insights/treatments", body, **KO)
    assert begun["state"] == "running"
    assert begun["effect"] is None
    assert begun["treated"]["people"] + begun["held_out"]["people"] == people
    assert begun["held_out"]["people"] == round(0.3 * people)
    again = await owner.ask("POST", "/insights/treatments", body)
    assert again.status_code == 409  # nobody is in two treatments

    taken = await owner.ask("GET", f"/insights/treatments/{begun['id']}/people.csv")
    treated = [row["email"] for row in _rows(taken.text)]
    assert len(treated) == begun["treated"]["people"]
    page = await owner.done("GET", "/insights/segments/let_down/people", params={"limit": 200})
    assert not {one["email"] for one in page["items"] if one["held_out"]} & set(treated)

    house.clock.advance(timedelta(days=10))
    async with house.premises.open_connection() as conn:  # half of those who were called come back
        await conn.execute(
            "insert into orders (number, status, customer_id, language, currency, subtotal, total, placed_at)"
            " select 'B' || t.customer_id, 'paid', t.customer_id, 'ko', 'KRW', 50000, 50000, %s from treated t"
            " where not t.held_out and t.treatment_id = %s and t.customer_id %% 2 = 0",
            (house.clock.now(), begun["id"]),
        )
    house.clock.advance(timedelta(hours=1))
    await owner.sign_in()
    running = (await owner.done("GET", "/insights"))["treatments"][0]
    assert (running["state"], running["effect"]) == ("running", None)  # not told before its time
    assert running["treated"]["bought"] > 0

    house.clock.advance(timedelta(days=view["horizon"]))
    await owner.sign_in()
    view = await owner.done("POST", "/insights/reckon")
    over = view["treatments"][0]
    assert over["state"] == "over"
    share = over["treated"]["bought"] / over["treated"]["people"]
    assert over["effect"]["gain"] == pytest.approx(share, abs=1e-3)
    assert over["effect"]["low"] < share < over["effect"]["high"]
    assert over["return_on_spend"] == pytest.approx(share * 50_000 * 0.4 / 1000 - 1, abs=0.01)
    found = next((one for one in view["segments"] if one["segment"] == "let_down"), None)
    if found is not None:
        assert found["expected"]["source"] == "measured"  # in the place of what was assumed
        assert found["assumed"] == [2, 8]

    acts = [one["act"] for one in (await owner.done("GET", "/audit"))["items"]]
    assert {"insights_expected", "insights_treatment", "insights_people_taken"} <= set(acts)


async def test_a_treatment_can_be_stopped_and_an_assumption_taken_back(
    house: DeskHouse, staff: Desk, regulars: list[int]
) -> None:
    owner = staff["owner"]
    await owner.done("POST", "/insights/reckon")
    body = {"segment": "once", "action": "Write", "margin": 50}
    begun = await owner.done("POST", "/insights/treatments", body)
    stopped = await owner.done("POST", f"/insights/treatments/{begun['id']}/stop")
    assert stopped["state"] == "stopped"
    refused = await owner.ask("POST", f"/insights/treatments/{begun['id']}/stop", **KO)
    assert refused.json()["detail"] == "이미 끝난 조치예요."
    assert (await owner.ask("POST", "/insights/treatments/tr_none/stop")).status_code == 404
    await owner.done("PUT", "/insights/segments/once/expected", {"low": 1, "high": 3})
    await owner.done("DELETE", "/insights/segments/once/expected")
    view = await owner.done("GET", "/insights")
    assert next(one["expected"] for one in view["segments"] if one["segment"] == "once") is None
    for wrong in ({"low": 5, "high": 3}, {"low": -1, "high": 3}, {"low": 1, "high": 101}):
        assert (await owner.ask("PUT", "/insights/segments/once/expected", wrong)).status_code == 422
    table = _rows((await owner.ask("GET", "/insights/segments.csv", **KO)).text)
    assert {row["segment"] for row in table} == {one["segment"] for one in view["segments"]}


async def test_whoever_refuses_or_leaves_is_in_no_segment_at_once_and_after(
    house: DeskHouse, staff: Desk, regulars: list[int]
) -> None:
    owner = staff["owner"]
    await owner.done("POST", "/insights/reckon")
    page = await owner.done("GET", "/insights/segments/once/people", params={"limit": 5})
    refuses, leaves, erased = (one["customer"] for one in page["items"][:3])
    now, shop = house.clock.now(), house.premises.shop()
    async with house.premises.open_connection() as conn:
        await conn.execute(
            "insert into personal_settings values (%s, false, %s)", (f"customer:{refuses}", now)
        )
        await conn.execute(
            "insert into account_closings values (%s, %s, %s)", (leaves, now, now + timedelta(days=3))
        )
        told = await privacy.export(conn, Person(erased))
        assert told["churn_scores"][0]["reasons"]
        await privacy.erase(conn, house.settings.data, shop, Person(erased, f"c@{erased}"), now)
        assert "churn_scores" not in await privacy.export(conn, Person(erased))
        assert {refuses, leaves, erased} <= set(await customers.set_apart(conn))
    for _ in range(2):  # at once, and when it is reckoned anew
        page = await owner.done("GET", "/insights/segments/once/people", params={"limit": 200})
        assert not {refuses, leaves, erased} & {one["customer"] for one in page["items"]}
        await owner.done("POST", "/insights/reckon")
    begun = await owner.done("POST", "/insights/treatments", {"segment": "once", "action": "x", "margin": 40})
    async with house.premises.open_connection() as conn:
        rows = await conn.execute("select customer_id from treated where treatment_id = %s", (begun["id"],))
        assert not {refuses, leaves, erased} & {row[0] for row in await rows.fetchall()}


async def test_ten_customers_are_too_few_and_it_is_said(
    house: DeskHouse, staff: Desk, regulars: list[int]
) -> None:
    async with house.premises.open_connection() as conn:
        await conn.execute(
            "update orders set customer_id = null where customer_id <> all(%s)", (regulars[:10],)
        )
    view = await staff["owner"].done("POST", "/insights/reckon", **KO)
    assert view["segments"] == view["models"] == []
    assert "100명" in view["trouble"]
    assert view["scored"] == 0
    refused = await staff["owner"].ask(
        "POST", "/insights/treatments", {"segment": "once", "action": "x", "margin": 40}
    )
    assert refused.status_code == 409
    async with house.premises.open_connection() as conn:
        await conn.execute("update orders set customer_id = null")
    view = await staff["owner"].done("POST", "/insights/reckon")
    assert "0 days" in view["trouble"]


async def test_nothing_of_later_days_is_known_of_a_day(house: DeskHouse, regulars: list[int]) -> None:
    now, zone = house.clock.now(), house.premises.shop().time_zone
    then = now - timedelta(days=90)
    async with house.premises.open_connection() as conn:
        before = await people_at(conn, then, zone, [])
        await conn.execute("delete from shipment_events where at >= %s", (then,))
        await conn.execute("delete from order_lines")
        await conn.execute(
            "delete from shipments where order_id in (select id from orders where placed_at >= %s)", (then,)
        )
        await conn.execute("delete from orders where placed_at >= %s", (then,))
        after = await people_at(conn, then, zone, [])
    for name, column in before.__dict__.items():
        assert (column == getattr(after, name)).all(), name


async def test_it_is_reckoned_once_a_night(house: DeskHouse, regulars: list[int]) -> None:
    shop = house.premises.shop()
    morning = house.clock.now()  # eleven in Seoul, or the same hour of a later day
    async with house.premises.open_connection() as conn:
        assert await insights.reckon_nightly(conn, shop, morning)
        assert not await insights.reckon_nightly(conn, shop, morning + timedelta(hours=2))
        assert not await insights.reckon_nightly(conn, shop, morning + timedelta(hours=14))  # one at night
        assert await insights.reckon_nightly(conn, shop, morning + timedelta(hours=17))

"""Who of staff gets through which door: every route by every role; cookies, tokens, foreign pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from helpdesk.room import PASSWORD, DeskHouse, Member, Shopper

from dangol.helpdesk.passwords import totp_code

ALL, DESK, KEEP, LEAD = "omae", "oma", "ome", "om"
# method and path → the roles it is open to (owner, manager, agent, editor)
TABLE: dict[tuple[str, str], str] = {
    ("GET", "/session"): ALL,
    ("DELETE", "/session"): ALL,
    ("DELETE", "/sessions"): ALL,
    ("PUT", "/me/password"): ALL,
    ("POST", "/me/totp"): ALL,
    ("PUT", "/me/totp"): ALL,
    ("DELETE", "/me/totp"): ALL,
    ("PUT", "/me/presence"): ALL,
    ("GET", "/people"): ALL,
    ("POST", "/people"): LEAD,
    ("PATCH", "/people/{id}"): LEAD,
    ("POST", "/people/{id}/password"): LEAD,
    ("GET", "/audit"): LEAD,
    ("GET", "/inbox"): DESK,
    ("POST", "/inbox/next"): DESK,
    ("GET", "/events"): DESK,
    ("GET", "/conversations/{id}"): DESK,
    ("GET", "/conversations/{id}/entries"): DESK,
    ("GET", "/conversations/{id}/attachments/{file}"): DESK,
    ("GET", "/conversations/{id}/sidebar"): DESK,
    ("GET", "/conversations/{id}/suggestions"): DESK,
    ("GET", "/conversations/{id}/actions"): DESK,
    ("GET", "/conversations/{id}/replies/{reply}"): DESK,
    ("POST", "/conversations/{id}/actions"): DESK,
    ("POST", "/conversations/{id}/attachments"): DESK,
    ("POST", "/conversations/{id}/take"): DESK,
    ("POST", "/conversations/{id}/say"): DESK,
    ("POST", "/conversations/{id}/transfer"): DESK,
    ("POST", "/conversations/{id}/snooze"): DESK,
    ("POST", "/conversations/{id}/wake"): DESK,
    ("POST", "/conversations/{id}/resolve"): DESK,
    ("POST", "/conversations/{id}/give-back"): DESK,
    ("POST", "/conversations/{id}/close"): DESK,
    ("POST", "/conversations/{id}/reopen"): DESK,
    ("POST", "/conversations/{id}/notes"): DESK,
    ("POST", "/conversations/{id}/viewing"): DESK,
    ("POST", "/conversations/{id}/merge"): DESK,
    ("PUT", "/conversations/{id}/labels"): DESK,
    ("PUT", "/conversations/{id}/priority"): DESK,
    ("GET", "/approvals"): DESK,
    ("POST", "/approvals/{id}"): LEAD,
    ("GET", "/replies"): ALL,
    ("POST", "/replies"): KEEP,
    ("PUT", "/replies/{id}"): KEEP,
    ("DELETE", "/replies/{id}"): KEEP,
    ("GET", "/articles"): KEEP,
    ("POST", "/articles/preview"): KEEP,
    ("POST", "/articles/ask"): KEEP,
    ("GET", "/articles/{slug}/{language}"): KEEP,
    ("PUT", "/articles/{slug}/{language}"): KEEP,
    ("DELETE", "/articles/{slug}/{language}"): KEEP,
    ("POST", "/articles/{slug}/{language}/translation"): KEEP,
    ("POST", "/conversations/{id}/summary"): DESK,
    ("POST", "/conversations/{id}/translations"): DESK,
    ("POST", "/conversations/{id}/rewording"): DESK,
    ("GET", "/models"): LEAD,
    ("PUT", "/models"): LEAD,
    ("DELETE", "/models"): LEAD,
    ("POST", "/models/test"): LEAD,
    ("GET", "/models/blocks"): LEAD,
    ("GET", "/models/costs"): LEAD,
    ("GET", "/models/stages"): LEAD,
    ("PUT", "/models/stages"): LEAD,
    ("GET", "/models/limits"): LEAD,
    ("PUT", "/models/limits"): LEAD,
    ("GET", "/conversations/{id}/orders/{number}/refund"): DESK,
    ("GET", "/returns"): DESK,
    ("GET", "/returns/{number}"): DESK,
    ("POST", "/returns/{number}/approve"): LEAD,
    ("POST", "/returns/{number}/refuse"): LEAD,
    ("POST", "/returns/{number}/receive"): DESK,
    ("POST", "/returns/{number}/settle"): LEAD,
    ("GET", "/orders/{number}/delivery-note.pdf"): DESK,
    ("GET", "/settings"): ALL,
    ("PUT", "/settings"): LEAD,
    ("GET", "/settings/outreach"): LEAD,
    ("PUT", "/settings/outreach"): LEAD,
    ("GET", "/settings/file"): LEAD,
    ("POST", "/settings/rules/try"): LEAD,
    ("GET", "/settings/{part}/change"): LEAD,
    ("POST", "/settings/{part}/undo"): LEAD,
    ("GET", "/assistant"): LEAD,
    ("PUT", "/assistant"): LEAD,
    ("POST", "/assistant/preview"): LEAD,
    ("GET", "/metrics"): LEAD,
    ("GET", "/metrics/routine"): LEAD,
    ("GET", "/metrics/guides"): LEAD,
    ("GET", "/metrics.csv"): LEAD,
    ("GET", "/outreach/orders"): DESK,
    ("GET", "/outreach/figures"): LEAD,
    ("GET", "/insights"): LEAD,
    ("POST", "/insights/reckon"): LEAD,
    ("GET", "/insights/segments.csv"): LEAD,
    ("GET", "/insights/segments/{segment}/people"): LEAD,
    ("GET", "/insights/segments/{segment}/people.csv"): LEAD,
    ("PUT", "/insights/segments/{segment}/expected"): LEAD,
    ("DELETE", "/insights/segments/{segment}/expected"): LEAD,
    ("POST", "/insights/treatments"): LEAD,
    ("POST", "/insights/treatments/{id}/stop"): LEAD,
    ("GET", "/insights/treatments/{id}/people.csv"): LEAD,
}


def _published(house: DeskHouse) -> set[tuple[str, str]]:
    paths = house.premises.app.openapi()["paths"]
    return {
        (method.upper(), path.removeprefix("/api/staff"))
        for path, operations in paths.items()
        if path.startswith("/api/staff/") and not path.startswith("/api/staff/learning/")
        for method in operations
    }


# the doors of the learning room have a table of their own (tests/learning)
async def test_every_door_of_staff_stands_in_the_table(house: DeskHouse) -> None:
    assert _published(house) - {("POST", "/session")} == set(TABLE)


@pytest.mark.parametrize("role", ["owner", "manager", "agent", "editor"])
async def test_every_door_by_every_role(house: DeskHouse, staff: dict[str, Member], role: str) -> None:
    """A closed door answers 403 before it looks at anything; an open one answers anything else."""
    member = staff[role]
    wrong = {}
    for (method, path), roles in TABLE.items():
        if path in ("/events", "/session", "/sessions") and role[0] in roles:
            continue  # a stream never ends, and a session that was ended opens nothing more
        if (method, path) == ("POST", "/me/totp"):
            continue
        where = path.format(
            id="nobody",
            file="x",
            reply="x",
            slug="x",
            number="R0",
            language="ko",
            part="desk",
            segment="once",
        )
        answer = await member.ask(method, where, None if method == "GET" else {})
        denied = answer.status_code == 403
        if denied is (role[0] in roles):
            wrong[f"{method} {path}"] = answer.status_code
    assert not wrong


async def test_no_door_opens_without_a_session_or_with_a_foreign_one(house: DeskHouse) -> None:
    stranger = Member(house, "s_x", "x@example.com", "x", cookie="never-a-session", csrf="x")
    for method, path in TABLE:
        where = path.format(
            id="1", file="x", reply="x", slug="x", number="R0", language="ko", part="desk", segment="once"
        )
        assert (await stranger.ask(method, where, None if method == "GET" else {})).status_code == 401, where


async def test_the_cookie_is_out_of_reach_of_pages(house: DeskHouse, staff: dict[str, Member]) -> None:
    async with house.client() as client:
        answer = await client.post(
            "/api/staff/session", json={"email": staff["agent"].email, "password": PASSWORD}
        )
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/api/staff" in cookie
    assert PASSWORD not in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_foreign_page_changes_nothing(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    agent = staff["agent"]
    path = f"/conversations/{shopper.id}/take"
    for headers in (
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "guessed"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        answer = await agent.ask("POST", path, {}, headers=headers)
        assert answer.status_code == 403, headers
    assert (await agent.open(shopper))["thread"]["state"] == "assistant"
    ours = await agent.ask("POST", path, {}, headers={"Origin": house.settings.base_url})
    assert ours.status_code == 200


async def test_a_wrong_password_and_an_unknown_name_are_told_apart_by_nothing(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    async with house.client() as client:
        wrong = await client.post(
            "/api/staff/session", json={"email": staff["agent"].email, "password": "not the password"}
        )
        unknown = await client.post(
            "/api/staff/session", json={"email": "nobody@example.com", "password": "not the password"}
        )
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    assert wrong.status_code == 401


async def test_guessing_is_slowed_down(house: DeskHouse) -> None:
    async with house.client() as client:
        answers = [
            await client.post("/api/staff/session", json={"email": "guess@example.com", "password": "x" * n})
            for n in range(1, 9)
        ]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_who_knows_the_password_is_never_held_up(house: DeskHouse, staff: dict[str, Member]) -> None:
    body = {"email": staff["agent"].email, "password": PASSWORD}
    async with house.client() as client:
        answers = [await client.post("/api/staff/session", json=body) for _ in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 8


async def test_a_second_factor_opens_once(house: DeskHouse, staff: dict[str, Member]) -> None:
    member = staff["manager"]
    secret = (await member.done("POST", "/me/totp"))["secret"]
    now = int(house.clock.now().timestamp()) // 30
    assert (await member.ask("PUT", "/me/totp", {"code": "000000"})).status_code == 401
    await member.done("PUT", "/me/totp", {"code": totp_code(secret, now)})
    house.clock.advance(timedelta(seconds=60))
    body: dict[str, Any] = {"email": member.email, "password": PASSWORD}
    async with house.client() as client:
        missing = await client.post("/api/staff/session", json=body)
        code = totp_code(secret, now + 2)
        good = await client.post("/api/staff/session", json={**body, "code": code})
        again = await client.post("/api/staff/session", json={**body, "code": code})
    assert missing.json()["type"].endswith("code-needed")
    assert (good.status_code, again.status_code) == (200, 401)


async def test_signing_out_everywhere_and_a_new_password_end_sessions(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    member = staff["agent"]
    here = Member(house, member.id, member.email, member.name)
    await here.sign_in()
    changed = {"old": PASSWORD, "new": "또 다른 긴 비밀번호 9"}
    await here.done("PUT", "/me/password", changed)
    assert (await member.ask("GET", "/session")).status_code == 401
    assert (await here.ask("GET", "/session")).status_code == 200
    await here.done("DELETE", "/sessions")
    assert (await here.ask("GET", "/session")).status_code == 401
    acts = (await staff["owner"].done("GET", "/audit", params={"staff": member.id}))["items"]
    assert {"signed_in", "password_changed", "signed_out"} <= {each["act"] for each in acts}


async def test_managers_leave_owners_alone(house: DeskHouse, staff: dict[str, Member]) -> None:
    owner, manager = staff["owner"], staff["manager"]
    assert (await manager.ask("PATCH", f"/people/{owner.id}", {"disabled": True})).status_code == 403
    assert (await manager.ask("PATCH", f"/people/{manager.id}", {"role": "owner"})).status_code == 403
    await owner.done("PATCH", f"/people/{staff['other'].id}", {"disabled": True})
    assert (await staff["other"].ask("GET", "/session")).status_code == 401


XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    '"><svg/onload=alert(1)>',
    "{{7*7}}",
]


@pytest.mark.parametrize("words", XSS)
async def test_what_looks_like_a_script_travels_as_text(
    shopper: Shopper, staff: dict[str, Member], words: str
) -> None:
    await shopper.say(words)
    await staff["agent"].do(shopper, "take")
    await staff["agent"].say(shopper, words)
    await staff["agent"].do(shopper, "notes", {"text": words})
    answer = await staff["agent"].ask("GET", f"/conversations/{shopper.id}")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert words in [entry["text"] for entry in answer.json()["entries"]]
    assert words in [note["text"] for note in answer.json()["notes"]]

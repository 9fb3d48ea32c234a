"""Every door of the learning room by every role: closed unless it is opened here."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from school import MAY, ROOM, School, opened

from dangol.helpdesk import api as helpdesk
from dangol.kernel.shop import Shop
from dangol.server.postgres import EmbeddedPostgres

LOOK = {"manager", "editor", "agent"}
TEACH = LOOK
DECIDE = {"manager", "editor"}
ANSWER = {"question": "a?", "answer": "b", "language": "ko"}
DOORS = {
    ("GET", "/messages"): (LOOK, None),
    ("GET", "/report"): (LOOK, None),
    ("GET", "/messages/c_x/1"): (LOOK, None),
    ("POST", "/lessons"): (TEACH, {"text": "컵 주세요", "language": "ko", "intents": ["find_product"]}),
    ("GET", "/lessons"): (LOOK, None),
    ("POST", "/lessons/999999/decision"): (DECIDE, {"approve": True}),
    ("DELETE", "/lessons/999999"): (TEACH, None),
    ("GET", "/gaps"): (LOOK, None),
    ("PUT", "/gaps/999999"): (TEACH, {"wanted": False}),
    ("POST", "/answers"): (TEACH, ANSWER),
    ("GET", "/answers"): (LOOK, None),
    ("PUT", "/answers/999999"): (TEACH, {"question": "a", "answer": "b", "title": "c"}),
    ("POST", "/answers/999999/decision"): (DECIDE, {"approve": True}),
    ("DELETE", "/answers/999999"): (TEACH, None),
    ("GET", "/intents"): (LOOK, None),
    ("POST", "/intents"): (DECIDE, {"name": "ask_engraving_too", "description": "x"}),
    ("DELETE", "/intents/ask_nothing"): (DECIDE, None),
    ("GET", "/sample"): (LOOK, None),
    ("PUT", "/sample/c_x/1"): (TEACH, {"agreed": True}),
    ("DELETE", "/sample/c_x/1"): (TEACH, None),
    ("GET", "/agreement"): (LOOK, None),
    ("GET", "/notices"): (LOOK, None),
    ("GET", "/proposals"): (LOOK, None),
    ("PUT", "/proposals/999999"): (DECIDE, {"state": "taken"}),
    ("POST", "/notices/999999/seen"): (DECIDE, None),
}


@pytest.mark.parametrize("role", [*MAY, "nobody"])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: " ".join(door))
async def test_a_door_opens_to_its_roles_only(school: School, door: tuple[str, str], role: str):
    opens, body = DOORS[door]
    answer = await school.ask(*door, role, **({"json": body} if body else {}))
    if role == "nobody":
        assert answer.status_code == 401
    elif role in opens:
        assert answer.status_code in (200, 201, 204, 404, 409), answer.text
    else:
        assert answer.status_code == 403, answer.text


async def test_every_door_stands_in_the_table(school: School):
    async with school.client() as client:
        described = (await client.get("/openapi.json")).json()["paths"]
    doors = {
        (method.upper(), path.removeprefix(ROOM))
        for path, methods in described.items()
        if path.startswith(ROOM)
        for method in methods
    }
    told = {
        (
            method,
            path.replace("c_x/1", "{conversation_id}/{seq}")
            .replace("999999", "{number}")
            .replace("ask_nothing", "{name}"),
        )
        for method, path in DOORS
    }
    assert doors == told


async def test_an_agent_takes_back_only_what_is_their_own(school: School):
    lesson = await school.do(
        "POST", "/lessons", "agent", by="kim", text="컵 하나", language="ko", intents=["find_product"]
    )
    assert (await school.ask("DELETE", f"/lessons/{lesson['id']}", "agent", by="lee")).status_code == 403
    await school.do("DELETE", f"/lessons/{lesson['id']}", "agent", by="kim")
    suggested = await school.do("POST", "/answers", "agent", by="kim", **ANSWER)
    reworded = {"question": "a", "answer": "c", "title": "t"}
    assert (
        await school.ask("PUT", f"/answers/{suggested['id']}", "agent", by="lee", json=reworded)
    ).status_code == 403
    await school.do("PUT", f"/answers/{suggested['id']}", "agent", by="kim", **reworded)
    assert (await school.ask("DELETE", f"/answers/{suggested['id']}", "agent", by="lee")).status_code == 403
    await school.do("DELETE", f"/answers/{suggested['id']}", "agent", by="kim")


@pytest.fixture(scope="module")
async def desk(
    postgres: EmbeddedPostgres, shop: Shop, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[School]:
    """The same shop behind the staff's real sign-in."""
    async with opened(postgres, shop, "school_signed_in", tmp_path_factory.mktemp("desk"), None) as school:
        yield school


@pytest.mark.parametrize(
    ("role", "decides", "sees"),
    [("owner", True, True), ("manager", True, True), ("editor", True, False), ("agent", False, True)],
)
async def test_behind_the_real_sign_in_the_role_decides(
    desk: School, role: helpdesk.StaffRole, decides: bool, sees: bool
):
    new = helpdesk.NewStaff(
        email=f"{role}@example.com", name=role, role=role, password="a long enough secret"
    )
    async with desk.premises.open_connection() as conn:
        await helpdesk.add_staff(conn, new, None, desk.clock.now())
    talk = await desk.talk("전화 주세요 010-3333-4444")
    await talk.thumb(-1)
    async with desk.client() as client:
        assert (await client.get(f"{ROOM}/messages")).status_code == 401
        session = (
            await client.post("/api/staff/session", json={"email": new.email, "password": new.password})
        ).json()
        shown = await client.get(f"{ROOM}/messages")
        assert shown.status_code == 200
        assert ("010-3333-4444" in shown.text) == sees
        decision = f"{ROOM}/lessons/999999/decision"
        assert (
            await client.post(decision, json={"approve": True})
        ).status_code == 403  # no token of the console
        answer = await client.post(
            decision, json={"approve": True}, headers={"x-csrf-token": session["csrf"]}
        )
        assert answer.status_code == (404 if decides else 403)

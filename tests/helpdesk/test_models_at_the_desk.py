"""The models' doors: chosen, tried and switched back in the console; what staff have written for them, and what it may say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from assistant.models import ScriptedModel
from connect.loopback import address_of, free_socket
from connect.loopback import serving as peer_serving
from connect.model_servers import KEY, Peer, openai_server
from helpdesk.room import PASSWORD, DeskHouse, Member, opened

from dangol.helpdesk import api as helpdesk
from dangol.kernel.shop import Shop
from dangol.server.postgres import EmbeddedPostgres

SUMMARY = "고객이 장화를 찾고 있어요."


class Pens:
    """What the models of the house write now; `outside` tells where they are."""

    def __init__(self) -> None:
        self.writes = SUMMARY
        self.model = ScriptedModel(lambda _request: self.writes, outside=False, cost=500)


@pytest.fixture(scope="module")
def pens() -> Pens:
    return Pens()


@pytest.fixture(scope="module")
async def house(
    postgres: EmbeddedPostgres, shop: Shop, tmp_path_factory: pytest.TempPathFactory, pens: Pens
) -> AsyncIterator[DeskHouse]:
    """A desk with models for writing and none for talking."""
    models: Any = dict.fromkeys(("summarise", "translate", "write"), pens.model)
    async with opened(postgres, shop, tmp_path_factory.mktemp("data"), "desk_with_pens", models) as house:
        yield house


@pytest.fixture
async def plain_house(
    postgres: EmbeddedPostgres, shop: Shop, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[DeskHouse]:
    """A desk whose settings name no model."""
    async with opened(postgres, shop, tmp_path_factory.mktemp("data"), "desk_without_pens") as house:
        yield house


async def asked(member: Member, method: str, path: str, body: Any = None) -> Any:
    answer = await member.ask(method, path, body)
    assert answer.status_code in (200, 204), answer.text
    return answer.json() if answer.content else None


async def test_a_model_is_chosen_tried_and_given_up_in_the_console(
    plain_house: DeskHouse, postgres: EmbeddedPostgres
) -> None:
    house = plain_house
    owner = await member_of(house, "owner")
    assert (await asked(owner, "GET", "/models"))["source"] == "none"
    peer, listener = Peer(), free_socket()
    async with peer_serving(openai_server(peer), listener):
        choice = {"model": "openai_compatible:small", "url": address_of(listener) + "/v1", "price": "1/2"}
        await asked(owner, "PUT", "/models", {"choice": choice, "key": KEY})
        await eventually(owner, "console")
        view = await asked(owner, "GET", "/models")
        assert {each["job"]: each["model"] for each in view["jobs"]}["talk"] == "openai_compatible:small"
        assert view["has_key"]
        assert KEY not in str(view)
        assert view["tokens_today"] == 0
        assert {each["priced"] for each in view["jobs"]} == {True}
        tried = await asked(owner, "POST", "/models/test", {})
        used = sum(each["tokens"] or 0 for each in tried["items"])
        assert (await asked(owner, "GET", "/models"))["tokens_today"] == used > 0, "the day pays for it"
        assert {each["trial"]: each["works"] for each in tried["items"]}["chat"]
        assert all(each["dollars"] is not None for each in tried["items"] if not each["trouble"])
        before = len(peer.asked)
        await (await house.shopper()).say("러닝화 추천해 주세요.")
        assert len(peer.asked) > before
        # the key stays when none is sent, and it is not to be read in the database
        await asked(owner, "PUT", "/models", {"choice": choice})
        async with house.premises.open_connection() as conn:
            row = await (await conn.execute("select key, choice::text from model_choice")).fetchone()
        assert row is not None
        assert KEY.encode() not in bytes(row[0])
        await asked(owner, "PUT", "/models", {"choice": {**choice, "price": ""}})
        while any(each["priced"] for each in (await asked(owner, "GET", "/models"))["jobs"]):  # noqa: ASYNC110 - told by the database
            await asyncio.sleep(0.02)
        await asked(owner, "DELETE", "/models", {})
        await eventually(owner, "none")
        before = len(peer.asked)
        await (await house.shopper()).say("러닝화 추천해 주세요.")
        assert len(peer.asked) == before


async def test_a_choice_that_cannot_be_used_changes_nothing(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    owner = staff["owner"]
    for wrong in ({"model": "nobody:x"}, {"model": "gguf:nowhere.gguf"}, {"model": "openai_compatible:x"}):
        answer = await owner.ask("PUT", "/models", {"choice": wrong})
        assert answer.status_code == 422, answer.text
    assert (await asked(owner, "GET", "/models"))["choice"]["model"] == ""


async def test_one_switch_back(house: DeskHouse, staff: dict[str, Member]) -> None:
    manager = staff["manager"]
    rules = [{"stage": "answers", "channels": ["web"], "share": 20}]
    assert await asked(manager, "PUT", "/models/stages", {"stages": rules, "at_most": "understanding"})
    while house.premises.shop().assistant.at_most != "understanding":  # noqa: ASYNC110 - told by the database
        await asyncio.sleep(0.02)
    told = await asked(manager, "GET", "/models/stages")
    assert told == {"stages": rules, "at_most": "understanding"}
    await asked(manager, "PUT", "/models/stages", {"stages": [], "at_most": "full"})


async def test_a_conversation_is_summed_up(house: DeskHouse, staff: dict[str, Member], pens: Pens) -> None:
    shopper = await house.shopper()
    await shopper.say("장화 추천해 주세요.")
    agent, path = staff["agent"], f"/conversations/{shopper.id}/summary"
    pens.writes = SUMMARY
    told = await asked(agent, "POST", path, {"language": "ko"})
    assert told == {"text": SUMMARY, "by": "scripted:model", "why": ""}
    pens.writes = "고객에게 50% 할인을 약속했어요."
    told = await asked(agent, "POST", path, {"language": "ko"})
    assert told["by"] == ""
    assert "장화 추천해 주세요." in told["text"]
    assert "50%" in told["why"]
    blocks = await asked(staff["manager"], "GET", "/models/blocks")
    assert blocks["items"][0]["conversation"] == shopper.id
    assert "50%" in blocks["items"][0]["why"]


async def test_messages_are_translated_as_they_are_read(
    house: DeskHouse, staff: dict[str, Member], pens: Pens
) -> None:
    shopper, agent = await house.shopper(), staff["agent"]
    path = f"/conversations/{shopper.id}/translations"
    body = {"texts": ["3일 안에 47,000원을 환불받고 싶어요."], "language": "en"}
    pens.writes = "I would like 47,000 won back within three days."
    assert (await asked(agent, "POST", path, body))["items"][0]["text"] == pens.writes
    for wrong in ("I would like 74,000 won back within three days.", "I would like my money back.", ""):
        pens.writes = wrong
        (told,) = (await asked(agent, "POST", path, body))["items"]
        assert (told["text"], told["by"]) == (body["texts"][0], "")


async def test_a_draft_in_the_shops_tone_keeps_its_figures(
    house: DeskHouse, staff: dict[str, Member], pens: Pens
) -> None:
    shopper, agent = await house.shopper(), staff["agent"]
    path = f"/conversations/{shopper.id}/rewording"
    draft = {"text": "47,000원 환불 처리했어요. 3일 걸려요.", "language": "ko"}
    pens.writes = "고객님, 47,000원을 환불 처리했고 3일쯤 걸려요."
    assert (await asked(agent, "POST", path, draft))["text"] == pens.writes
    pens.writes = "고객님, 47,000원을 환불 처리했고 내일이면 들어와요."
    assert (await asked(agent, "POST", path, draft))["text"] == draft["text"]


async def test_an_article_is_translated_for_the_editor_and_the_day_pays_for_it(
    house: DeskHouse, staff: dict[str, Member], pens: Pens
) -> None:
    editor, manager = staff["editor"], staff["manager"]
    written = {"title": "교환", "tags": [], "body": "교환은 7일 안에 할 수 있어요.", "expected": None}
    await asked(editor, "PUT", "/articles/swap/ko", written)
    before = (await asked(manager, "GET", "/models"))["tokens_today"]
    pens.writes = "Exchanges are possible within seven days."
    told = await asked(editor, "POST", "/articles/swap/ko/translation", {"into": "en"})
    assert told["body"]["text"] == pens.writes
    assert told["title"]["by"] == ""  # “7 days” stand nowhere in the title
    assert (await asked(manager, "GET", "/models"))["tokens_today"] > before
    costs = await asked(manager, "GET", "/models/costs")
    assert costs["items"][0]["model"] == "scripted:model"
    assert costs["items"][0]["asked"] >= 2


async def test_an_outside_model_is_told_of_first_and_not_asked_when_refused(
    house: DeskHouse, staff: dict[str, Member], pens: Pens
) -> None:
    shopper, agent = await house.shopper(), staff["agent"]
    await shopper.say("제 이름은 김단골이고 메일은 dan@example.com 이에요. 상담원 연결해 주세요.")
    await asked(agent, "POST", f"/conversations/{shopper.id}/take", {})
    path = f"/conversations/{shopper.id}/translations"
    body = {"texts": ["메일은 dan@example.com 이에요."], "language": "en"}
    pens.model.outside, pens.writes = True, "My e-mail is [EMAIL_1]."
    try:
        (told,) = (await asked(agent, "POST", path, body))["items"]
        assert told["text"] == "My e-mail is dan@example.com."
        assert "dan@example.com" not in str(pens.model.asked[-1])
        topics = [b.get("topic") for each in await shopper.history() for b in each.get("blocks") or ()]
        assert topics.count("outside_model") == 1
        await shopper.say(choice="outside:off")
        count = len(pens.model.asked)
        (told,) = (await asked(agent, "POST", path, body))["items"]
        assert (told["text"], told["why"]) == (body["texts"][0], "shopper_refused")
        assert len(pens.model.asked) == count
    finally:
        pens.model.outside = False


async def eventually(member: Member, source: str) -> None:
    while (await asked(member, "GET", "/models"))["source"] != source:  # noqa: ASYNC110 - told by the database
        await asyncio.sleep(0.05)


async def member_of(house: DeskHouse, role: Any) -> Member:
    """A member of staff in a house of its own."""
    new = helpdesk.NewStaff(
        email=house.fresh_email(), name=role, role=role, password=PASSWORD, languages=("ko",)
    )
    async with house.premises.open_connection() as conn:
        made = await helpdesk.add_staff(conn, new, None, house.clock.now())
    member = Member(house, made.id, new.email, new.name)
    await member.sign_in()
    return member


async def test_costs_are_of_the_days_of_the_shop(
    house: DeskHouse, staff: dict[str, Member], pens: Pens
) -> None:
    """Late in the evening of London it is the next day in Seoul already."""
    now = house.clock.now()
    house.clock.advance(now.replace(hour=20, minute=0) - now + timedelta(days=1))
    manager = staff["manager"]
    await manager.sign_in()
    shopper = await house.shopper()
    await shopper.say("장화 추천해 주세요.")
    pens.writes = SUMMARY
    await asked(manager, "POST", f"/conversations/{shopper.id}/summary", {"language": "ko"})
    newest = (await asked(manager, "GET", "/models/costs?days=1"))["items"][0]
    local = house.clock.now().astimezone(house.premises.shop().zone)
    assert local.date() > house.clock.now().date()
    assert newest["day"] == local.date().isoformat()

"""What the console sets of the assistant: its jobs, its tone, its words, the rules that call a person, what the shop says first;
and one step back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from helpdesk.room import DeskHouse, Member

from dangol.catalog import api as catalog
from dangol.kernel.facts import ShopperIdentified
from dangol.kernel.outreach_policy import OutreachPolicy
from dangol.kernel.shop import Shop


@pytest.fixture
async def manager(house: DeskHouse, staff: dict[str, Member]) -> Any:
    """Somebody who may change settings; the shop stands as it stood afterwards."""
    async with house.premises.open_connection() as conn:
        before = await catalog.shop_file(conn)
    yield staff["manager"]
    await _stands(house, before)


async def _stands(house: DeskHouse, raw: dict[str, Any]) -> None:
    async with house.premises.open_connection() as conn:
        await catalog.store_shop(conn, raw)
    await _taken_over(house)


async def _taken_over(house: DeskHouse) -> Shop:
    """The shop as every process will have it in a moment: what a notification does, done now."""
    house.premises.keeper.mark("shop_changed")
    await house.premises.keeper.settled()
    return house.premises.shop()


async def _assistant(house: DeskHouse, manager: Member, **other: Any) -> dict[str, Any]:
    settings: dict[str, Any] = await manager.done("GET", "/assistant")
    changed: dict[str, Any] = await manager.done("PUT", "/assistant", {**settings, **other})
    await _taken_over(house)
    return changed


def _texts(blocks: list[dict[str, Any]]) -> str:
    return " ".join(block["text"] for block in blocks if block["kind"] == "text")


@pytest.mark.parametrize(
    ("scope", "words", "choice"),
    [
        ("find", "방수 운동화 찾아줘", "intent:recommend"),
        ("buy", "장바구니 결제할게요", "intent:checkout"),
        ("orders", "주문한 거 어디쯤 왔어요?", "intent:track_order"),
        ("returns", "반품하고 싶어요", "intent:return_item"),
        ("policies", "반품 규정이 어떻게 돼요?", "intent:ask_return_policy"),
    ],
)
async def test_a_job_that_is_not_ticked_is_declined_and_a_person_offered(
    house: DeskHouse, manager: Member, scope: str, words: str, choice: str
) -> None:
    all_five = (await manager.done("GET", "/assistant"))["scope"]
    await _assistant(house, manager, scope=[each for each in all_five if each != scope])
    shopper = await house.shopper()
    for said in (await shopper.say(words), await shopper.say(choice=choice)):
        assert "이 창에서는 그 일을 도와드리지 않아요" in _texts(said["blocks"])
        offered = [o["id"] for b in said["blocks"] if b["kind"] == "choices" for o in b["options"]]
        assert "human" in offered
    assert choice not in [o["id"] for b in shopper.blocks if b["kind"] == "choices" for o in b["options"]]
    await manager.done("POST", "/settings/assistant/undo", {})
    await _taken_over(house)
    again = await (await house.shopper()).say(words)
    assert "이 창에서는" not in _texts(again["blocks"])


async def test_name_tone_and_opening_words_count_for_the_next_conversation(
    house: DeskHouse, manager: Member
) -> None:
    talking = await house.shopper()
    await _assistant(
        house,
        manager,
        name={"ko": "보리", "en": "Bori"},
        greeting={"ko": "오늘은 장화가 인기예요.", "en": "Rain boots are in."},
        tone="hapsyo",
    )
    greeting = _texts((await house.shopper()).blocks)
    assert "보리" in greeting
    assert "오늘은 장화가 인기예요." in greeting, "the shop's own words stay as they were written"
    assert "입니다" in greeting
    assert "Bori" in _texts((await house.shopper(locale="en-US")).blocks)
    assert "AI" in str((await house.shopper()).blocks), "that it is an AI is said in any case"
    assert "요." not in _texts((await talking.say("고마워요"))["blocks"]), (
        "in a conversation that is open as well"
    )


async def test_one_step_back_and_forth_with_who_did_it(house: DeskHouse, manager: Member) -> None:
    await _assistant(house, manager, tone="hapsyo")
    await _assistant(house, manager, scope=["find"])
    last = (await manager.done("GET", "/settings/assistant/change"))["last"]
    assert (last["staff"]["id"], last["changed"]) == (manager.id, ["scope"])
    await manager.done("POST", "/settings/assistant/undo", {})
    shop = await _taken_over(house)
    assert (shop.assistant.tone, len(shop.assistant.scope)) == ("hapsyo", 5), "the last change and no other"
    await manager.done("POST", "/settings/assistant/undo", {})
    assert (await _taken_over(house)).assistant.scope == ("find",)
    entry = (await manager.done("GET", "/audit", params={"staff": manager.id}))["items"][0]
    assert entry["act"] == "assistant_changed"
    assert entry["details"]["after"] == {"scope": ["find"]}
    async with house.premises.open_connection() as conn:
        raw = await catalog.shop_file(conn)
    manner = {**raw["assistant"], "scope": ["find", "buy"]}
    await _stands(house, {**raw, "assistant": manner})  # a shop file taken over meanwhile counts more
    assert (await manager.done("GET", "/settings/assistant/change"))["last"] is None
    refused = await manager.ask("POST", "/settings/assistant/undo", {})
    assert refused.json()["type"].endswith("nothing-to-undo")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": {"ko": "  "}}, "name"),
        ({"languages": ["en"]}, "languages"),
        ({"scope": ["fly"]}, "scope.0"),
        ({"greeting": {"fr": "Salut"}}, "greeting.fr.[key]"),
        ({"banned_claims": [{"words": "x"}]}, "banned_claims.0.words"),
    ],
)
async def test_what_cannot_be_is_refused_field_by_field(
    house: DeskHouse, manager: Member, wrong: dict[str, Any], field: str
) -> None:
    settings = await manager.done("GET", "/assistant")
    answer = await manager.ask("PUT", "/assistant", {**settings, **wrong})
    assert answer.status_code == 422
    assert field in [each["field"] for each in answer.json()["errors"]]
    assert await manager.done("GET", "/assistant") == settings


async def test_the_shop_file_keeps_what_was_written_and_what_was_left_out(
    house: DeskHouse, manager: Member
) -> None:
    """A file whose rules after the sale are its own is not made over by a change of tone."""
    async with house.premises.open_connection() as conn:
        written = await catalog.shop_file(conn)
    await _assistant(house, manager, tone="hapsyo")
    settings = await manager.done("GET", "/settings")
    await manager.done("PUT", "/settings", {**settings, "answer_within": 7})
    await manager.done("PUT", "/models/stages", {"stages": [], "at_most": "answers"})
    async with house.premises.open_connection() as conn:
        now = await catalog.shop_file(conn)
    assert {name: now[name] for name in now if name not in ("assistant", "helpdesk")} == {
        name: written[name] for name in written if name not in ("assistant", "helpdesk")
    }
    assert (now["assistant"]["tone"], now["assistant"]["at_most"]) == ("hapsyo", "answers")
    assert now["helpdesk"]["answer_within"] == 7


async def test_a_preview_changes_nothing_and_the_file_holds_what_stands(
    house: DeskHouse, manager: Member
) -> None:
    settings = await manager.done("GET", "/assistant")
    tried = {**settings, "name": {"ko": "보리"}, "tone": "hapsyo", "scope": ["find", "policies"]}
    items = {
        each["language"]: each for each in (await manager.done("POST", "/assistant/preview", tried))["items"]
    }
    assert "보리입니다" in items["ko"]["greeting"]
    assert "상품 찾기" in items["ko"]["greeting"]
    assert "반품" not in items["ko"]["greeting"]
    assert items["ko"]["declined"].endswith("?")
    assert await manager.done("GET", "/assistant") == settings
    file = await manager.done("GET", "/settings/file")
    assert file["assistant"]["scope"] == settings["scope"]
    assert file["helpdesk"]["rules"]


RULES: list[dict[str, Any]] = [
    {"reason": "fraud", "words": ["도용", "stolen card"], "priority": "urgent"},
    {"reason": "amount", "intents": ["return_item"], "amount_over": 300000},
    {"reason": "angry", "mood": "angry"},
    {"reason": "english", "language": "en", "intents": ["complain"]},
    {"reason": "lost", "misses": 2},
    {"reason": "broken", "tool_failed": True},
    {"reason": "regular", "vip": True, "intents": ["cancel_order"]},
]


@pytest.mark.parametrize(
    ("asked", "reason", "at"),
    [
        ({"said": ["안녕하세요", "제 카드가 도 용됐어요"]}, "fraud", 1),
        ({"said": ["반품할게요"], "amount": 300001}, "amount", 0),
        ({"said": ["반품할게요"], "amount": 300000}, None, 0),
        ({"said": ["서비스가 정말 엉망이네요", "진짜 너무 실망이에요"]}, "angry", 1),
        ({"said": ["서비스가 정말 엉망이네요"]}, None, 0),
        ({"said": ["your service is terrible, I'm very disappointed"], "language": "en"}, "english", 0),
        ({"said": ["안녕하세요"], "misses": 2}, "lost", 0),
        ({"said": ["안녕하세요"], "tool_failed": True}, "broken", 0),
        ({"said": ["주문 취소해 주세요"], "vip": True}, "regular", 0),
        ({"said": ["주문 취소해 주세요"]}, None, 0),
    ],
)
async def test_rules_are_tried_before_they_count(
    house: DeskHouse, manager: Member, asked: dict[str, Any], reason: str | None, at: int
) -> None:
    found = await manager.done("POST", "/settings/rules/try", {**asked, "rules": RULES})
    assert [each["reason"] for each in found["items"]] == [None] * at + [reason]


async def test_a_rule_about_vips_calls_a_person_for_them_alone(house: DeskHouse, manager: Member) -> None:
    settings = await manager.done("GET", "/settings")
    rule = {"reason": "vip", "vip": True, "intents": ["find_product", "recommend"]}
    await manager.done("PUT", "/settings", {**settings, "rules": [rule]})
    await _taken_over(house)
    plain, special = await house.shopper(), await house.shopper()
    async with house.premises.open_connection() as conn:
        row = await (
            await conn.execute(
                "insert into customers (email, name, tags, created) values ('vip@example.com', '귀빈', '{VIP}', now())"
                " returning id"
            )
        ).fetchone()
        assert row is not None
        known = ShopperIdentified(customer_id=row[0], by="signed_token")
        await house.premises.counter.tell(conn, special.id, [known])
    assert (await plain.say("방수 운동화 추천해 주세요"))["served_by"] == "assistant"
    assert (await special.say("방수 운동화 추천해 주세요"))["served_by"] == "queue"
    await manager.done("POST", "/settings/desk/undo", {})
    assert (await _taken_over(house)).helpdesk.rules != (rule,)


REACHING_OUT = {
    "late_from": 0.35,
    "late_points": 500,
    "care_days": None,
    "letters_a_week": 1,
    "offers": False,
}


async def test_what_is_said_first_is_set_and_taken_back(house: DeskHouse, manager: Member) -> None:
    found = await manager.done("GET", "/settings/outreach")
    assert OutreachPolicy.model_validate(found["usual"]) == OutreachPolicy()
    before = found["settings"]
    saved = await manager.done("PUT", "/settings/outreach", REACHING_OUT)
    assert OutreachPolicy.model_validate(saved["settings"]) == OutreachPolicy.model_validate(REACHING_OUT)
    assert (await _taken_over(house)).outreach.late_from == Decimal("0.35"), "in force, not only shown"
    last = (await manager.done("GET", "/settings/outreach/change"))["last"]
    assert last["staff"]["id"] == manager.id
    assert "care_days" in last["changed"]
    entry = (await manager.done("GET", "/audit", params={"staff": manager.id}))["items"][0]
    assert entry["act"] == "outreach_changed"
    assert entry["details"]["before"]["care_days"] == before["care_days"]
    assert (await manager.done("GET", "/settings/file"))["outreach"]["letters_a_week"] == 1
    undone = await manager.done("POST", "/settings/outreach/undo", {})
    assert undone["settings"] == before
    assert (await _taken_over(house)).outreach == OutreachPolicy.model_validate(before)


async def test_the_rest_of_the_shop_file_stays_as_it_was_written(house: DeskHouse, manager: Member) -> None:
    async with house.premises.open_connection() as conn:
        written = await catalog.shop_file(conn)
    await manager.done("PUT", "/settings/outreach", REACHING_OUT)
    async with house.premises.open_connection() as conn:
        now = await catalog.shop_file(conn)
    assert {name: now[name] for name in now if name != "outreach"} == {
        name: written[name] for name in written if name != "outreach"
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"late_from": 0},
        {"late_from": 1.01},
        {"late_points": -1},
        {"care_days": 61},
        {"letters_a_week": 8},
        {"letters_a_week": 1.5},
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_what_cannot_be_is_said_at_its_field(
    house: DeskHouse, manager: Member, wrong: dict[str, Any], language: str
) -> None:
    before = await manager.done("GET", "/settings/outreach")
    answer = await manager.ask(
        "PUT", "/settings/outreach", {**REACHING_OUT, **wrong}, headers={"Accept-Language": language}
    )
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["field"] == next(iter(wrong))
    assert ("요" in error["detail"]) == (language == "ko")
    assert await manager.done("GET", "/settings/outreach") == before


async def test_who_may_not_change_settings_changes_none_of_these(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    assert (await staff["agent"].ask("GET", "/settings/outreach")).status_code == 403
    assert (await staff["agent"].ask("PUT", "/settings/outreach", REACHING_OUT)).status_code == 403


async def test_a_console_is_told_the_shops_own_days(house: DeskHouse, staff: dict[str, Member]) -> None:
    session = await staff["agent"].done("GET", "/session")
    assert session["time_zone"] == house.premises.shop().time_zone


async def test_what_models_may_use_up_is_set_and_taken_back(house: DeskHouse, manager: Member) -> None:
    before = await manager.done("GET", "/models/limits")
    await manager.done("PUT", "/models/limits", {**before, "day_cost": 3.5, "conversation_steps": None})
    limits = (await _taken_over(house)).assistant.limits
    assert (limits.day_cost, limits.conversation_steps) == (Decimal("3.5"), None)
    assert (await manager.done("GET", "/models"))["limits"]["day_cost"] == "3.5"
    assert (await manager.done("GET", "/settings/limits/change"))["last"]["changed"] == [
        "conversation_steps",
        "day_cost",
    ]
    refused = await manager.ask("PUT", "/models/limits", {**before, "turn_steps": 9, "day_cost": -1})
    assert {each["field"] for each in refused.json()["errors"]} == {"turn_steps", "day_cost"}
    await manager.done("POST", "/settings/limits/undo", {})
    assert await manager.done("GET", "/models/limits") == before
    tone = (await _taken_over(house)).assistant.tone
    async with house.premises.open_connection() as conn:
        raw = await catalog.shop_file(conn)
    assert raw["assistant"]["tone"] == tone, "what lies beside the limits stays"

"""A guide written in the console is walked at once; what was tried stands on the card, what came of it in the figures."""

from __future__ import annotations

from helpdesk.room import DeskHouse, Member, Shopper

GUIDE = """## 증상

- 등이 깜박여요

## 순서

1. 전구를 끝까지 돌려 끼워 주세요.
2. 다른 전구로 바꿔 끼워 주세요.
"""


async def _write(staff: dict[str, Member], body: str, tags: list[str]) -> dict[str, object]:
    draft = {"title": "등이 깜박일 때", "tags": tags, "body": body, "expected": None}
    response = await staff["editor"].ask("PUT", "/articles/lamp/ko", draft)
    found: dict[str, object] = response.json()
    return found


async def test_what_was_tried_is_on_the_card_and_in_the_figures(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    refused = await _write(staff, "## 증상\n\n- 등이 깜박여요\n", ["guide"])
    assert "Steps" in str(refused["detail"])
    await _write(staff, GUIDE, ["guide"])
    told = await shopper.say("등이 자꾸 깜박여요")
    assert "1단계: 전구를 끝까지" in told["blocks"][0]["text"]
    await shopper.say("그건 벌써 해봤어요")
    done = await shopper.say("여전히 안 돼요")
    assert done["served_by"] == "queue"
    card = (await staff["agent"].open(shopper))["card"]
    (line,) = [each for each in card["summary"] if "등이 깜박일 때" in each]
    assert "전구를 끝까지 돌려 끼워 주세요. → had done it before" in line
    assert "다른 전구로 바꿔 끼워 주세요. → did not help" in line
    assert "in vain" in card["reason"]
    assert "Do not ask for the steps again" in card["next"][0]

    another = await house.shopper()
    await another.say("등이 자꾸 깜박여요")
    await another.say("안 돼요")
    await another.say("이제 돼요!")
    found = await staff["manager"].done("GET", "/metrics/guides")
    (row,) = [each for each in found["items"] if each["guide"] == "lamp"]
    assert (row["title"], row["solved"]["numerator"], row["solved"]["denominator"]) == (
        "등이 깜박일 때",
        1,
        2,
    )
    assert row["handed_over"]["numerator"] == 1
    assert [
        (each["step"], each["solved"]["numerator"], each["solved"]["denominator"]) for each in row["steps"]
    ] == [
        (1, 0, 2),
        (2, 1, 2),
    ]


async def test_danger_comes_before_the_others_and_says_so(
    house: DeskHouse, shopper: Shopper, staff: dict[str, Member]
) -> None:
    told = await shopper.say("충전하던 보조배터리에서 연기가 나요")
    assert told["served_by"] == "queue"
    assert "멈추" in told["blocks"][0]["text"]
    opened = await staff["agent"].open(shopper)
    assert opened["thread"]["priority"] == "urgent"
    assert "dangerous" in opened["card"]["reason"]
    assert "hurt" in opened["card"]["next"][0]

"""A guide written in the console is walked at once; what was tried stands on the card, what came of it in the figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from helpdesk.room import SECRET, DeskHouse, Member, Shopper
from joserfc import jwt
from joserfc.jwk import OctKey

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


async def _comes(house: DeskHouse, email: str) -> Shopper:
    """A customer begins a new conversation."""
    expires = int((house.clock.now() + timedelta(hours=1)).timestamp())
    claims = {"sub": email, "email": email, "exp": expires}
    return await house.shopper(customer_token=jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET)))


def _words(told: dict[str, Any]) -> str:
    return " ".join(block["text"] for block in told["blocks"] if block["kind"] == "text")


async def _standing(staff: dict[str, Member], slug: str) -> str:
    found = await staff["editor"].done("GET", f"/articles/{slug}/ko")
    return str(found["updated_at"])


async def test_a_guide_that_was_rewritten_or_taken_down_is_not_gone_on_with(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    path, draft = "/articles/fan/ko", {"title": "날개가 덜컹거릴 때", "tags": ["guide"]}
    body = GUIDE.replace("등이 깜박여요", "날개가 덜컹거려요")
    await staff["editor"].done("PUT", path, {**draft, "body": body, "expected": None})
    email = house.fresh_email()
    first = await _comes(house, email)
    await first.say("날개가 덜컹거려요")
    assert "2단계 중 2단계" in _words(await first.say("아직 안 돼요"))

    asked = await (await _comes(house, email)).say("아직도 안 돼요")
    assert "2단계부터 이어서" in _words(asked)
    body = body.replace("전구를", "나사를")
    await staff["editor"].done(
        "PUT", path, {**draft, "body": body, "expected": await _standing(staff, "fan")}
    )
    second = await _comes(house, email)
    asked = await second.say("아직도 안 돼요")
    assert "11월 20일(금)에 “날개가 덜컹거릴 때” 안내를 함께 보셨는데, 그사이 안내가 새로 쓰였어요" in _words(
        asked
    )
    assert "1단계: 나사를" in _words(await second.say("네"))

    await staff["editor"].done("DELETE", path)
    told = await (await _comes(house, email)).say("아직도 안 돼요")
    assert "그사이 내려가서" in _words(told)
    assert "상담원을 연결해 드릴까요" in _words(told)
    assert "덜컹" not in _words(told)


async def test_after_a_month_a_walk_is_no_longer_spoken_of(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    await _write(staff, GUIDE, ["guide"])
    early, late = house.fresh_email(), house.fresh_email()
    for email in (early, late):
        await (await _comes(house, email)).say("등이 자꾸 깜박여요")
    house.clock.advance(timedelta(days=29))
    assert "이어서" in _words(await (await _comes(house, early)).say("아직도 안 돼요"))
    house.clock.advance(timedelta(days=2))
    assert "안내를 함께" not in _words(await (await _comes(house, late)).say("아직도 안 돼요"))


FLICKER = """## Symptoms

- the string of lights flickers

## Steps

1. Screw every bulb in all the way.
2. Put in another bulb.
"""


async def test_a_walk_goes_on_in_the_language_now_spoken_where_its_guide_is_written_in_it(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    title = "전구 줄이 깜박일 때"
    body = GUIDE.replace("등이", "전구 줄이")
    draft = {"title": title, "tags": ["guide"], "body": body, "expected": None}
    await staff["editor"].done("PUT", "/articles/string/ko", draft)
    email = house.fresh_email()
    first = await _comes(house, email)
    await first.say("전구 줄이 깜박여요")
    assert "2단계 중 2단계" in _words(await first.say("아직 안 돼요"))

    again = await _comes(house, email)
    asked = _words(await again.say("it still doesn't work"))
    assert f"we went through “{title}”: 1 of its 2 steps tried" in asked
    assert "It is not written in English, so you see it in its own language" in asked
    assert "다른 전구로" in _words(await again.say("yes"))

    path, draft = "/articles/string/en", {"title": "Lights that flicker", "tags": ["guide"]}
    longer = FLICKER + "3. Try another socket.\n"
    await staff["editor"].done("PUT", path, {**draft, "body": longer, "expected": None})
    asked = _words(await (await _comes(house, email)).say("it still doesn't work"))
    assert "“Lights that flicker”. Its steps are not the same in English" in asked
    assert "from the start" in asked

    standing = (await staff["editor"].done("GET", path))["updated_at"]
    await staff["editor"].done("PUT", path, {**draft, "body": FLICKER, "expected": standing})
    last = await _comes(house, email)
    asked = _words(await last.say("it still doesn't work"))
    assert "we went through “Lights that flicker”: 1 of its 2 steps tried" in asked
    assert "written" not in asked
    assert "Step 2 of 2: Put in another bulb" in _words(await last.say("yes"))

"""Who comes back is known, two shoppers are told different things, and nobody is told another's."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey
from server_talk import SECRET, OpenHouse, Talk

from dangol.orders import api as orders

ORDER = {
    "Name": "#7001", "Email": "minji@example.com", "Financial Status": "paid", "Fulfillment Status": "fulfilled",
    "Currency": "KRW", "Shipping": "0", "Total": "89000", "Created at": "2026-01-10 10:00:00 +0900",
    "Lineitem quantity": "1", "Lineitem name": "이슬 방수 러닝화 - 블랙 / 270", "Lineitem price": "89000",
    "Lineitem sku": "DEW-BLK-270", "Shipping Name": "민지", "Shipping Country": "KR",
}  # fmt: skip


def token(email: str, name: str = "") -> str:
    claims: dict[str, Any] = {"sub": email, "email": email, "name": name, "exp": 4_000_000_000}
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


async def opened(house: OpenHouse, **body: Any) -> Talk:
    async with house.client() as client:
        answer = await client.post("/api/chat/conversations", json=body)
    assert answer.status_code == 201, answer.text
    return Talk(house, answer.json())


def words(blocks: list[dict[str, Any]]) -> str:
    return " ".join(block["text"] for block in blocks if block["kind"] == "text")


async def test_the_greeting_tells_a_regular_of_the_last_order_and_a_stranger_of_none(
    open_house: OpenHouse, tmp_path: Path
) -> None:
    first = await opened(open_house, customer_token=token("minji@example.com", "민지"))
    assert "이슬 방수 러닝화" not in words(first.blocks)
    file = tmp_path / "orders.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ORDER)
        writer.writeheader()
        writer.writerow(ORDER)
    premises = open_house.premises
    async with premises.open_connection() as conn:
        report = await orders.import_orders(
            conn, premises.shop(), file, "shopify-csv", premises.counter.house.clock.now()
        )
    assert report.refused == ()
    again = await opened(open_house, customer_token=token("minji@example.com"))
    assert "민지" in words(again.blocks)
    assert "이슬 방수 러닝화" in words(again.blocks)
    stranger = await opened(open_house)
    assert "이슬 방수 러닝화" not in words(stranger.blocks)
    assert "지난번" not in words(stranger.blocks)


async def test_the_introduction_is_not_given_twice(open_house: OpenHouse) -> None:
    first = await opened(open_house, customer_token=token("twice@example.com", "두리"))
    second = await opened(open_house, customer_token=token("twice@example.com"))
    assert "도와드려요" in words(first.blocks)
    assert "도와드려요" not in words(second.blocks)
    assert "두리" in words(second.blocks)


async def test_two_shoppers_with_different_carts_are_told_different_things(open_house: OpenHouse) -> None:
    totals = []
    for many in (1, 3):
        talk = await opened(open_house)
        async with talk.client() as client:
            await client.put(f"{talk.path}/cart/lines/MUG-1", json={"quantity": many})
        totals.append(words((await talk.say("장바구니 보여줘"))["blocks"]))
    assert totals[0] != totals[1]
    assert (
        "36,000" in totals[1] or "39,000" in totals[1]
    )  # three mugs at 12,000, with delivery if there is any


async def test_a_person_can_be_chosen_before_anything_else(talk: Talk) -> None:
    offered = [
        option["id"] for block in talk.blocks if block["kind"] == "choices" for option in block["options"]
    ]
    assert "human" in offered
    assert len(offered) >= 2
    answer = await talk.say(choice="human")
    assert answer["served_by"] == "queue"
    assert [block["kind"] for block in answer["blocks"]][-1] == "handoff"


async def test_who_writes_english_from_nowhere_is_asked_where_it_should_go(open_house: OpenHouse) -> None:
    talk = await opened(open_house, locale="en")
    assert "Where should it go" in words((await talk.say("how much is shipping?"))["blocks"])


async def test_every_answer_ends_with_a_next_step(open_house: OpenHouse) -> None:
    talk = await opened(open_house, locale="en")
    for said in ("thanks!", "do you have a shop I can visit?", "how many points do I have?", "bye"):
        blocks = (await talk.say(said))["blocks"]
        ends = {block["kind"] for block in blocks} & {"choices", "form", "link", "handoff"}
        assert ends or words(blocks).rstrip().endswith("?"), said

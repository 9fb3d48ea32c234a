"""The chat API over HTTP, as a widget or anybody else's client meets it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from server_talk import SECRET, OpenHouse, Talk

from dangol.server import attachments

KINDS = {
    "text", "products", "choices", "comparison", "reviews", "cart", "checkout", "order", "return", "form",
    "handoff", "notice", "link",
}  # fmt: skip


async def test_a_conversation_opens_with_a_greeting_and_says_it_is_an_ai(talk: Talk) -> None:
    assert talk.blocks[0]["kind"] == "text"
    assert "AI" in next(block["text"] for block in talk.blocks if block["kind"] == "notice")
    assert {block["kind"] for block in talk.blocks} <= KINDS
    assert all(block["id"] for block in talk.blocks)


async def test_the_greeting_is_in_the_language_asked(open_house: OpenHouse) -> None:
    async with open_house.client() as client:
        english = (await client.post("/api/chat/conversations", json={"locale": "en-US"})).json()
        unknown = (await client.post("/api/chat/conversations", json={"locale": "fr-FR"})).json()
        silent = (await client.post("/api/chat/conversations", json={})).json()
    assert english["language"] == "en"
    assert unknown["language"] == silent["language"] == "ko"


async def test_a_message_is_answered_with_blocks(talk: Talk) -> None:
    answer = await talk.say("방수 운동화 있어요?")
    assert answer["turn"] == 1
    assert answer["language"] == "ko"
    assert answer["served_by"] == "assistant"
    items = [item for block in answer["blocks"] if block["kind"] == "products" for item in block["items"]]
    assert [item["product"] for item in items] == ["dew-runner"]
    assert items[0]["price"] == {"amount": 89000, "currency": "KRW", "display": "89,000원"}


async def test_the_same_message_id_acts_once(talk: Talk) -> None:
    first = await talk.say(None, id="same", choice="add:MUG-1")
    again = await asyncio.gather(*(talk.say(None, id="same", choice="add:MUG-1") for _ in range(5)))
    assert all(answer == first for answer in again)
    async with talk.client() as client:
        cart = (await client.get(f"{talk.path}/cart")).json()
        history = (await client.get(f"{talk.path}/messages")).json()
    assert [line["quantity"] for line in cart["lines"]] == [1]
    assert len([each for each in history["messages"] if each["from"] == "shopper"]) == 1


async def test_two_messages_at_once_are_two_turns(talk: Talk) -> None:
    answers = await asyncio.gather(*(talk.say("머그컵 있어요?", id=f"at-once-{n}") for n in range(6)))
    assert sorted(answer["turn"] for answer in answers) == [1, 2, 3, 4, 5, 6]


async def test_blocks_can_be_streamed(talk: Talk) -> None:
    async with talk.client(Accept="text/event-stream") as client:
        body = {"id": "streamed", "text": "머그컵 보여주세요"}
        async with client.stream("POST", f"{talk.path}/messages", json=body) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            events = _events((await stream.aread()).decode())
    again = await talk.say("머그컵 보여주세요", id="streamed")
    assert [data for name, data in events if name == "block"] == again["blocks"]
    assert events[-1] == ("done", {key: again[key] for key in ("turn", "language", "served_by")})


def _events(text: str) -> list[tuple[str, Any]]:
    events = []
    for frame in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in frame.splitlines() if not line.startswith(":"))
        if fields:
            events.append((fields["event"], json.loads(fields["data"])))
    return events


async def test_the_history_can_be_read_from_any_place(talk: Talk) -> None:
    await talk.say("머그컵 있어요?", id="h1")
    await talk.say("감사합니다", id="h2")
    async with talk.client() as client:
        whole = (await client.get(f"{talk.path}/messages")).json()
        middle = next(each["seq"] for each in whole["messages"] if each.get("id") == "h2")
        rest = (await client.get(f"{talk.path}/messages", params={"after": middle - 1})).json()
    assert [each["from"] for each in whole["messages"]] == [
        "assistant",
        "shopper",
        "assistant",
        "shopper",
        "assistant",
    ]
    assert [each["turn"] for each in whole["messages"]] == [0, 1, 1, 2, 2]
    assert rest["messages"] == whole["messages"][3:]
    assert whole["served_by"] == "assistant"


async def test_chat_and_page_share_one_cart(talk: Talk) -> None:
    await talk.say(None, choice="add:MUG-1")
    async with talk.client() as client:
        path = f"{talk.path}/cart/lines/MUG-1"
        changed = await client.put(path, json={"quantity": 3}, headers={"Idempotency-Key": "k"})
        assert changed.json()["lines"][0]["quantity"] == 3
        assert changed.json()["subtotal"]["amount"] == 36000
        assert changed.json()["total"]["amount"] == 39000, "the delivery is in the price from the start"
        assert (await client.put(f"{talk.path}/cart/lines/NO-SUCH", json={"quantity": 1})).status_code in (
            404,
            422,
        )
        removed = await client.put(path, json={"quantity": 0})
        assert removed.json()["lines"] == []
        assert (await client.get(f"{talk.path}/cart")).json()["lines"] == []


async def test_a_coupon_on_the_page_works_or_says_why_not(talk: Talk) -> None:
    async with talk.client(**{"Accept-Language": "ko"}) as client:
        await client.put(f"{talk.path}/cart/lines/DEW-BLK-270", json={"quantity": 1})
        good = await client.post(f"{talk.path}/cart/coupon", json={"code": "minus5000"})
        assert good.status_code == 200
        assert [each["amount"]["amount"] for each in good.json()["discounts"]] == [5000]
        for code, why in (("NEVER-MADE", "없는"), ("SUMMER26", "지난")):
            refused = await client.post(f"{talk.path}/cart/coupon", json={"code": code})
            assert refused.status_code == 422
            assert why in refused.json()["detail"]


async def test_live_events_tell_of_the_cart_and_of_other_windows(talk: Talk) -> None:
    open_ = asyncio.Event()

    async def listen() -> None:
        async with talk.client() as client, client.stream("GET", f"{talk.path}/events") as stream:
            assert stream.status_code == 200
            async for line in stream.aiter_lines():
                open_.set()
                if line == "event: cart":
                    return

    listening = asyncio.create_task(listen())
    await asyncio.wait_for(open_.wait(), 20)
    async with talk.client() as client:
        await client.put(f"{talk.path}/cart/lines/MUG-1", json={"quantity": 1})
    await asyncio.wait_for(listening, 20)


async def test_a_stream_says_first_from_where_on_it_is_told(talk: Talk) -> None:
    """Between what a page has read and its stream nothing can be lost: it reads again after `hello`, or goes on from there."""
    await talk.say("머그컵 있어요?", id="before")
    async with talk.client() as client:
        async with client.stream("GET", f"{talk.path}/events") as stream:
            said = [line async for line in _until_blank(stream.aiter_lines())]
        place = next(int(line[3:]) for line in said if line.startswith("id:"))
        assert "event: hello" in said
        told = (await client.get(f"{talk.path}/messages")).json()["messages"]
        assert place >= max(each["seq"] for each in told)
    await talk.say("감사합니다", id="after")
    async with (
        talk.client(**{"Last-Event-ID": str(place)}) as client,
        client.stream("GET", f"{talk.path}/events") as stream,
    ):
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                assert json.loads(line[5:])["id"] == "after"
                return


async def _until_blank(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    """The first event of a stream."""
    async for line in lines:
        if line.startswith(":") or (not line):
            continue
        yield line
        if line.startswith("data:"):
            return


async def test_what_was_missed_is_sent_when_listening_again(talk: Talk) -> None:
    await talk.say("머그컵 있어요?", id="missed")
    async with (
        talk.client(**{"Last-Event-ID": "0"}) as client,
        client.stream("GET", f"{talk.path}/events") as stream,
    ):
        async for line in stream.aiter_lines():
            if line.startswith("data:") and json.loads(line[5:]).get("id") == "missed":
                return


def _customer_token(**claims: Any) -> str:
    expires = datetime.now(UTC) + timedelta(hours=1)
    return jwt.encode(
        {"alg": "HS256"}, {"exp": int(expires.timestamp()), **claims}, OctKey.import_key(SECRET)
    )


async def test_a_signed_in_customer_is_known_and_greeted(open_house: OpenHouse) -> None:
    token = _customer_token(sub="c-1", email="jiwoo@example.com", name="한지우")
    async with open_house.client() as client:
        opened = await client.post("/api/chat/conversations", json={"customer_token": token})
        assert opened.status_code == 201
        assert "한지우" in opened.json()["blocks"][0]["text"]
        by_mail = _customer_token(email="JIWOO@example.com")
        again = await client.post("/api/chat/conversations", json={"customer_token": by_mail})
        assert "한지우" in again.json()["blocks"][0]["text"], "found by e-mail without regard to case"
        forged = await client.post("/api/chat/conversations", json={"customer_token": token[:-4] + "AAAA"})
        assert forged.status_code == 401


async def test_a_customer_has_one_cart_in_two_conversations(open_house: OpenHouse) -> None:
    token = _customer_token(sub="c-2", email="two@example.com")
    talks = []
    for _ in range(2):
        async with open_house.client() as client:
            opened = await client.post("/api/chat/conversations", json={"customer_token": token})
            talks.append(Talk(open_house, opened.json()))
    async with talks[0].client() as client:
        await client.put(f"{talks[0].path}/cart/lines/MUG-1", json={"quantity": 2})
    async with talks[1].client() as client:
        cart = (await client.get(f"{talks[1].path}/cart")).json()
    assert [line["quantity"] for line in cart["lines"]] == [2]


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


async def test_a_file_is_taken_in_and_belongs_to_its_conversation(talk: Talk, open_house: OpenHouse) -> None:
    async with talk.client() as client:
        taken = await client.post(f"{talk.path}/attachments", files={"file": ("p.png", PNG, "image/png")})
        assert taken.status_code == 201
        made = taken.json()
        assert made["media_type"] == "image/png"
        assert made["size"] == len(PNG)
        assert await attachments.content(open_house.settings.data, made["id"]) == PNG
        script = await client.post(
            f"{talk.path}/attachments", files={"file": ("p.png", b"<script>", "image/png")}
        )
        assert script.status_code == 415
        large = await client.post(
            f"{talk.path}/attachments", files={"file": ("p.png", PNG + bytes(10 * 1024 * 1024), "image/png")}
        )
        assert large.status_code == 413
    await talk.say("이거 보세요", attachments=[made["id"]])
    async with open_house.client() as client:
        other = Talk(open_house, (await client.post("/api/chat/conversations", json={})).json())
    async with other.client() as client:
        refused = await client.post(f"{other.path}/messages", json={"id": "x", "attachments": [made["id"]]})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "attachments.0"


async def test_thumbs_and_rating_are_noted(talk: Talk) -> None:
    await talk.say("안녕하세요")
    async with talk.client() as client:
        assert (await client.post(f"{talk.path}/feedback", json={"turn": 1, "score": 1})).status_code == 204
        assert (await client.post(f"{talk.path}/feedback", json={"turn": 9, "score": 1})).status_code == 404
        rated = await client.post(f"{talk.path}/rating", json={"score": 5, "comment": "친절해요"})
        assert rated.status_code == 204
        assert (await client.post(f"{talk.path}/rating", json={"score": 6})).status_code == 422


@pytest.mark.parametrize(
    "words", ["\x00NUL\x00", "😀" * 1000, "a" * 4000, "‮reversed", "{{7*7}} %s ${x} ';--", "   "]
)
async def test_odd_words_do_no_harm(talk: Talk, words: str) -> None:
    answer = await talk.say(words)
    assert answer["blocks"]
    async with talk.client() as client:
        assert (await client.get(f"{talk.path}/messages")).status_code == 200


async def test_odd_values_in_a_form_do_no_harm(talk: Talk) -> None:
    nested: Any = "deep"
    for _ in range(60):
        nested = {"x": [nested]}
    raw = json.dumps(
        {"id": "odd", "form": {"form": "contact", "values": {"a\x00": "\ud800\x00", "n": nested}}}
    )
    raw = raw[:-3] + ', "f": NaN}}}'
    async with talk.client(**{"Content-Type": "application/json"}) as client:
        answer = await client.post(f"{talk.path}/messages", content=raw)
    assert answer.status_code == 200, answer.text


async def test_signs_of_a_social_network_need_consent(talk: Talk) -> None:
    sign = {"kind": "like", "topic": "러닝화"}
    async with talk.client(**{"Accept-Language": "ko"}) as client:
        refused = await client.post(f"{talk.path}/social/instagram", json=sign)
        assert refused.status_code == 403
        assert "동의" in refused.json()["detail"]
        agreed = await client.put(
            f"{talk.path}/social/instagram/consent", json={"wording": "인스타그램 활동을 추천에 써도 좋아요"}
        )
        assert agreed.status_code == 204
        assert (await client.post(f"{talk.path}/social/instagram", json=sign)).json() == {"new": True}
        assert (await client.post(f"{talk.path}/social/instagram", json=sign)).json() == {"new": False}
        gone = await client.post(f"{talk.path}/social/instagram", json={"kind": "save", "product": "no-such"})
        assert gone.status_code == 404
        assert (await client.delete(f"{talk.path}/social")).json() == {"erased": 1}
        assert (await client.post(f"{talk.path}/social/instagram", json=sign)).status_code == 403

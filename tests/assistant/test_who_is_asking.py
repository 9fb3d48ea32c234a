"""What was proved of who is asking is a fact, and it runs out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from assistant.house import Floor
from assistant.talk import Talk, words

from dangol.assistant.welcome import Regular
from dangol.customers import api as customers
from dangol.kernel import facts


@contextmanager
def later(floor: Floor, by: timedelta) -> Iterator[None]:
    """The clock turned on for a while; it is everybody's."""
    floor.clock.advance(by)
    try:
        yield
    finally:
        floor.clock.advance(-by)


@pytest.fixture
async def regular(talk: Talk) -> Talk:
    """A customer with an order, signed in by the shop's token."""
    floor = talk.floor
    counter = floor.counter()
    async with floor.plain_connection() as conn:
        who = await customers.identify(
            conn, external_id="9", email="mina@example.com", name="미나", now=floor.clock.now()
        )
        await conn.execute(
            "insert into orders (number, status, customer_id, language, name, email, currency, subtotal, total,"
            " placed_at, paid_at) values ('20261101-0009', 'paid', %s, 'ko', '미나', 'mina@example.com', 'KRW', 1000,"
            " 1000, %s, %s)",
            (who, floor.clock.now(), floor.clock.now()),
        )
        known = Regular(customer_id=who, name="미나", last_order_titles=(), been_here=False)
        opened = await counter.open(conn, channel="web", language="ko", customer=known)
    return Talk(floor, counter, opened.conversation_id, opened.token)


async def test_a_sign_in_shows_orders_for_a_day_and_then_asks_again(regular: Talk) -> None:
    talk, floor = regular, regular.floor
    assert [fact.by for fact in await talk.log(facts.ShopperVerified)] == ["signed_token"]
    shown = await talk.say(choice="intent:list_orders")
    assert [block.order for block in shown.blocks if block.kind == "order"] == ["20261101-0009"]
    with later(floor, timedelta(hours=25)):
        await _asked_again(talk)


async def _asked_again(talk: Talk) -> None:
    asked = await talk.say(choice="intent:list_orders")
    assert not [block for block in asked.blocks if block.kind == "order"]
    assert "인증번호" in words(asked)
    offered = [option.id for block in asked.blocks if block.kind == "choices" for option in block.options]
    assert "code:own" in offered
    sent = await talk.say(choice="code:own")
    assert "여섯 자리" in words(sent)
    again = await talk.say("123456")  # what the house of these tests gives for every code
    assert [block.order for block in again.blocks if block.kind == "order"] == ["20261101-0009"]
    assert [fact.by for fact in await talk.log(facts.ShopperVerified)] == ["signed_token", "code"]


async def test_an_order_made_here_is_shown_here_while_it_is_fresh(talk: Talk) -> None:
    await talk.up_to_the_question()
    await talk.say(choice="yes")
    shown = await talk.say(choice="intent:track_order")
    assert [block.kind for block in shown.blocks].count("order") == 1
    with later(talk.floor, timedelta(days=3)):
        asked = await talk.say(choice="intent:track_order")
    assert not [block for block in asked.blocks if block.kind == "order"]
    assert [block.form for block in asked.blocks if block.kind == "form"] == ["proof"]


async def test_a_yes_after_a_no_cancels_nothing(regular: Talk) -> None:
    talk, floor = regular, regular.floor
    await talk.say(choice="cancel:20261101-0009")
    assert (await talk.log(facts.QuestionAsked))[-1].tool == "cancel_order"
    await talk.say(choice="no")
    await talk.say(choice="yes")
    assert "cancel_order" not in [fact.tool for fact in await talk.log(facts.ToolRequested)]
    async with floor.plain_connection() as conn:
        row = await (
            await conn.execute("select status from orders where number = '20261101-0009'")
        ).fetchone()
    assert row == ("paid",)


async def test_a_yes_cancels_once_however_often_it_is_sent(regular: Talk) -> None:
    talk, floor = regular, regular.floor
    await talk.say(choice="cancel:20261101-0009")
    first = await talk.say(id="yes", choice="yes")
    second = await talk.say(id="yes", choice="yes")
    assert first.blocks == second.blocks
    async with floor.plain_connection() as conn:
        row = await (await conn.execute("select count(*) from order_events where kind = 'cancel'")).fetchone()
    assert row == (1,)

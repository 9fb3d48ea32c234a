"""Care tips three days after a delivery: once an order, only where they are welcome, and refused with one press."""

from __future__ import annotations

import asyncio
import email
import email.policy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from orders.floor import SOCK, placed
from payments.till import Till
from workers.test_chores import do_all, pay, read
from workers.test_following import CARRIER, NUMBER

from dangol.connect.postboxes.folder.connection import FolderPostbox
from dangol.contracts.postbox import CarrierDown, Letter
from dangol.customers import api as customers
from dangol.kernel.facts import NoticeGiven
from dangol.kernel.shop import Contact
from dangol.orders import api as orders
from dangol.outreach import api as outreach
from dangol.server.workers.chores import Chores

THREE_DAYS = timedelta(days=3, hours=1)


@pytest.fixture
async def guide(till: Till) -> None:
    """The shop says of socks how they are washed."""
    await till.conn.execute(
        "insert into articles (slug, language, title, tags, body, folder, file, fingerprint, updated_at) values"
        " ('care', 'ko', '양말 관리법', '{세탁}', '양말은 뒤집어 세탁망에 넣어 찬물로 빨아 주세요.', '', '', '', %s)",
        (till.clock.now(),),
    )


async def delivered(till: Till, chores: Chores) -> str:
    number = await placed(till.ctx, {SOCK: 1})
    await pay(till, number)
    await do_all(chores)
    now = till.clock.now()
    for minutes, status in ((0, "in_transit"), (1, "delivered")):
        at = now + timedelta(minutes=minutes)
        await orders.record_shipment(
            till.conn, number, carrier=CARRIER, tracking_no=NUMBER, status=status, at=at, now=now
        )
    await do_all(chores)
    return number


async def later(till: Till, chores: Chores, wait: timedelta = THREE_DAYS) -> None:
    till.clock.advance(wait)
    for _ in range(2):
        await chores.follow_up()
        await do_all(chores)


def tips(desk: Any) -> list[NoticeGiven]:
    return [notice for _, notice in desk.notices if "찬물로" in notice.blocks[0].text]


def letters_of(folder: Path) -> list[Any]:
    found = [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        for file in sorted(folder.glob("*.eml"))
    ]
    return [each for each in found if "관리해 주세요" in str(each["Subject"])]


async def owned(till: Till, number: str, *channels: str) -> int:
    """The order is a customer's, who agreed to be written to."""
    known = await customers.identify(
        till.conn, external_id="c1", email="dangol@example.com", name="김단골", now=till.clock.now()
    )
    await till.conn.execute("update orders set customer_id = %s where number = %s", (known, number))
    for channel in channels:
        await customers.give_consent(
            till.conn, f"customer:{known}", purpose=customers.ADVERTISING, channel=channel, wording="네",
            now=till.clock.now(),
        )  # fmt: skip
    return known


@pytest.mark.usefixtures("guide")
async def test_tips_come_once_in_the_conversation_with_a_way_to_refuse(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    await delivered(till, chores)
    await later(till, chores, timedelta(days=2))
    assert not tips(desk)
    await later(till, chores, timedelta(days=1, hours=1))
    (notice,) = tips(desk)
    assert "양말은 뒤집어 세탁망에 넣어 찬물로 빨아 주세요. (양말 관리법)" in notice.blocks[0].text
    assert [each.id for each in notice.blocks[-1].options] == ["no_news"]
    assert not letters_of(letters)
    await later(till, chores, timedelta(days=1))
    assert len(tips(desk)) == 1


@pytest.mark.usefixtures("guide")
async def test_who_agreed_gets_one_marked_letter_instead(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    number = await delivered(till, chores)
    await owned(till, number, "email")
    await later(till, chores)
    (letter,) = letters_of(letters)
    assert not tips(desk)
    assert letter["Subject"].startswith("(광고) [가온상점]")
    text = letter.get_content()
    assert text.index("help@example.com") < text.index("찬물로") < text.index("무료 수신거부")
    link = letter["List-Unsubscribe"].strip("<>")
    assert text.rstrip().endswith(link)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.usefixtures("guide")
async def test_the_link_refuses_at_once_and_only_with_its_key(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    number = await delivered(till, chores)
    known = await owned(till, number, "email", "sms")
    await later(till, chores)
    link = letters_of(letters)[0]["List-Unsubscribe"].strip("<>")
    app = FastAPI()
    app.include_router(
        outreach.routes(
            chores._floor.open_connection, chores._floor.shop, till.clock, chores._floor.refusal_key
        )
    )
    async with AsyncClient(
        transport=ASGITransport(app, raise_app_exceptions=False), base_url="http://shop"
    ) as web:
        path = link.removeprefix("https://shop.example.com")
        seen = await web.get(path)
        assert "수신거부" in seen.text
        assert await customers.agreed_to_advertising(till.conn, f"customer:{known}") == (
            frozenset({"email", "sms"}),
            False,
        )
        assert (await web.post(path.replace("key=", "key=x"))).status_code >= 400
        for _ in range(2):
            done = await web.post(path)
            assert "da***@example.com" in done.text
            assert "2026년 11월" in done.text
    assert await customers.agreed_to_advertising(till.conn, f"customer:{known}") == (frozenset(), True)


@pytest.mark.usefixtures("guide")
async def test_who_refused_is_left_in_peace_until_they_agree_anew(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    await delivered(till, chores)
    await customers.refuse_advertising(till.conn, till.ctx.shopper.key, till.clock.now())
    await later(till, chores)
    assert not tips(desk)
    till.clock.advance(timedelta(hours=1))
    await customers.give_consent(
        till.conn, till.ctx.shopper.key, purpose=customers.ADVERTISING, channel="sms", wording="네", now=till.clock.now()
    )  # fmt: skip
    await later(till, chores, timedelta(hours=1))
    assert any("(광고)[가온상점]" in text for text in read(letters, "txt"))


@pytest.mark.usefixtures("guide")
async def test_nobody_is_written_to_at_night(till: Till, chores: Chores, desk: Any) -> None:
    await delivered(till, chores)
    till.clock.advance(timedelta(days=3, hours=10))  # ten in the evening in Seoul
    await chores.follow_up()
    await do_all(chores)
    assert not tips(desk)
    await later(till, chores, timedelta(hours=11))
    assert len(tips(desk)) == 1


@pytest.mark.usefixtures("guide")
async def test_a_letter_held_up_into_the_night_waits_for_the_morning(
    till: Till, chores: Chores, letters: Path
) -> None:
    class Down(FolderPostbox):
        async def send(self, letter: Letter, *, key: str) -> str:
            raise CarrierDown(postbox="down")

    number = await delivered(till, chores)
    await owned(till, number, "email")
    down = Chores(replace(chores._floor, postboxes=[Down(letters, "email", sender="shop@example.com")]))
    till.clock.advance(timedelta(days=3, hours=8, minutes=59))  # a minute before nine in the evening
    await down.follow_up()
    await do_all(down)
    till.clock.advance(timedelta(hours=1))
    await do_all(chores)
    assert not letters_of(letters)
    till.clock.advance(timedelta(hours=11))
    await do_all(chores)
    assert len(letters_of(letters)) == 1


@pytest.mark.usefixtures("guide")
async def test_a_letter_does_not_leave_once_it_is_refused(till: Till, chores: Chores, letters: Path) -> None:
    number = await delivered(till, chores)
    known = await owned(till, number, "email")
    till.clock.advance(THREE_DAYS)
    await chores.follow_up()
    await customers.refuse_advertising(till.conn, f"customer:{known}", till.clock.now())
    await do_all(chores)
    assert not letters_of(letters)


@pytest.mark.usefixtures("guide")
async def test_a_shop_without_a_contact_cannot_advertise(till: Till, chores: Chores, letters: Path) -> None:
    number = await delivered(till, chores)
    await owned(till, number, "email")
    nameless = till.ctx.shop.model_copy(update={"contact": Contact()})
    till.clock.advance(THREE_DAYS)
    mute = Chores(replace(chores._floor, shop=lambda: nameless))
    await mute.follow_up()
    await do_all(mute)
    assert not letters_of(letters)
    (held,) = await orders.given_up(till.conn)
    assert held.trouble == "letter_breaks_the_rules"


@pytest.mark.usefixtures("guide")
async def test_one_letter_a_day_however_much_was_bought(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    for _ in range(3):
        await owned(till, await delivered(till, chores), "email")
    for day in (1, 2, 2, 2):  # two a week are enough
        await later(till, chores, THREE_DAYS if day == 1 else timedelta(days=1, hours=1))
        assert len(letters_of(letters)) == day
    assert not tips(desk)


@pytest.mark.usefixtures("guide")
async def test_who_complained_or_sends_back_gets_no_tips(till: Till, chores: Chores, desk: Any) -> None:
    number = await delivered(till, chores)
    conversation = till.ctx.shopper.conversation_id
    await till.conn.execute(
        "insert into conversations (id, token_hash, channel, language, created_at, updated_at, served_by)"
        " values (%s, 'x', 'web', 'ko', %s, %s, 'queue')",
        (conversation, till.clock.now(), till.clock.now()),
    )
    await later(till, chores)
    assert not tips(desk)
    await till.conn.execute("update conversations set served_by = 'assistant' where id = %s", (conversation,))
    await till.conn.execute("update orders set status = 'partly_refunded' where number = %s", (number,))
    await later(till, chores, timedelta(hours=1))
    assert not tips(desk)
    await till.conn.execute("update orders set status = 'delivered' where number = %s", (number,))
    await later(till, chores, timedelta(hours=1))
    assert len(tips(desk)) == 1


async def test_without_a_word_of_the_shop_there_is_no_tip(till: Till, chores: Chores, desk: Any) -> None:
    await delivered(till, chores)
    desk.notices.clear()
    await later(till, chores)
    assert not desk.notices
    row = await (await till.conn.execute("select medium, why_not from follow_ups")).fetchone()
    assert row == (None, "no_tips")


@pytest.mark.usefixtures("guide")
async def test_two_processes_at_once_write_one_letter(till: Till, chores: Chores, letters: Path) -> None:
    await owned(till, await delivered(till, chores), "email")
    till.clock.advance(THREE_DAYS)
    await asyncio.gather(*(chores.follow_up() for _ in range(4)))
    await asyncio.gather(do_all(chores), do_all(chores))
    assert len(letters_of(letters)) == 1


@pytest.mark.usefixtures("guide")
async def test_a_shop_may_send_none(till: Till, chores: Chores, desk: Any) -> None:
    await delivered(till, chores)
    quiet = till.ctx.shop.model_copy(
        update={"outreach": till.ctx.shop.outreach.model_copy(update={"care_days": None})}
    )
    await later(till, Chores(replace(chores._floor, shop=lambda: quiet)))
    assert not tips(desk)

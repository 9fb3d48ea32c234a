"""What is done behind the shop's back, without the queue."""

from __future__ import annotations

import asyncio
import email
import email.policy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from orders.floor import SHOE, placed
from payments.till import Till

from dangol.carts import tools as cart_tools
from dangol.connect.payments.sample.connection import SampleConnection
from dangol.contracts.payment import GatewayDown
from dangol.contracts.postbox import CarrierDown, Letter
from dangol.contracts.shopfloor.people import RestockWish
from dangol.kernel.errors import NotFound
from dangol.orders import api as orders
from dangol.payments import api as payments
from dangol.server.workers.chores import Chores
from dangol.server.workers.floor import MOST_TRIES


async def do_all(chores: Chores) -> None:
    for _ in range(4):
        for job in await chores.unsaid():
            await chores.do(job.chore, job.args)


def read(letters: Path, ending: str) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(letters.glob(f"*.{ending}"))]


def mails(letters: Path) -> list[tuple[str, str, str]]:
    found = []
    for file in sorted(letters.glob("*.eml")):
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        found.append((message["To"], message["Subject"], message.get_content()))
    return found


async def pay(till: Till, number: str) -> None:
    await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "pay")
    await till.peer.gateway.deliver_due()


async def test_a_paid_order_is_confirmed_once_by_each_way(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(chores)
    await do_all(chores)
    assert await till.status(number) == "paid"
    ((to, subject, text),) = mails(letters)
    assert to == "dangol@example.com"
    assert number in subject
    for said in (
        "김단골 고객님",
        number,
        "트레일 러닝화 (블랙 / 270) × 1: 89,000원",
        "서울 강남구 테헤란로 123",
        "가온상점",
    ):
        assert said in text, said
    assert f"https://shop.example.com/orders/{number}?token=" in text
    (sms,) = read(letters, "txt")
    assert sms.startswith("010-1234-5678\n")
    assert number in sms
    ((conversation, notice),) = desk.notices
    assert conversation == "c_test"
    assert [block.kind for block in notice.blocks] == ["notice", "order"]
    assert number in desk.said()[0]
    assert "89,000원" in desk.said()[0]
    assert await chores.unsaid() == []


async def test_an_english_order_is_confirmed_in_english(
    till: Till, chores: Chores, letters: Path, desk: Any
) -> None:
    till.ctx = replace(till.ctx, language="en")
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(chores)
    ((_, subject, text),) = mails(letters)
    assert "confirmed" in subject
    assert "Trail runner (Black / 270) × 1: ₩89,000" in text
    assert "order" in desk.said()[0].lower()


async def test_a_declined_payment_is_told_in_the_conversation_only(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    await till.peer.play(await till.vendor_ref(number), "decline", reason="expired_card")
    await till.peer.gateway.deliver_due()
    await do_all(chores)
    assert "유효기간" in desk.said()[0]
    assert not mails(letters)


async def test_a_wrong_amount_is_told_to_staff_and_not_to_the_shopper(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await till.open(number)
    ref = await till.vendor_ref(number)
    await till.peer.turn(ref, charge=100)
    await till.peer.play(ref, "pay")
    await till.peer.gateway.deliver_due()
    await do_all(chores)
    ((to, _, text),) = mails(letters)
    assert to == "help@example.com"
    assert "89,000원" in text
    assert "100원" in text
    assert desk.notices == []


async def test_a_moving_parcel_is_told_of_where_it_matters(till: Till, chores: Chores, desk: Any) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(chores)
    desk.notices.clear()
    for hours, status in (
        (1, "information_received"),
        (5, "in_transit"),
        (20, "out_for_delivery"),
        (24, "delivered"),
    ):
        at = till.clock.now() + timedelta(hours=hours)
        for _ in range(2):
            await orders.record_shipment(
                till.conn,
                number,
                carrier="kr.cjlogistics",
                tracking_no="1234-5678-9012",
                status=status,  # type: ignore[arg-type]
                at=at,
                now=at,
            )
    await do_all(chores)
    assert await till.status(number) == "delivered"
    assert len(desk.said()) == 3
    assert "CJ대한통운 123456789012" in desk.said()[0]
    assert "배송이 완료됐어요" in desk.said()[2]


async def test_a_refund_the_gateway_does_not_answer_to_is_tried_again_at_its_time(
    till: Till, chores: Chores
) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(chores)
    alive = till.gateways["sample"]
    till.gateways["sample"] = SampleConnection(
        api_url="http://127.0.0.1:9", api_key="k", webhook_secret="s", clock=till.clock, timeout=0.5
    )
    with pytest.raises(GatewayDown):
        await payments.refund(
            till.conn, till.gateways, number, 89_000, key="r", cause="return", now=till.clock.now()
        )
    await do_all(chores)
    assert [job.chore for job in await chores.unsaid()] == []
    till.gateways["sample"] = alive
    till.clock.advance(timedelta(seconds=31))
    await do_all(chores)
    assert await till.status(number) == "refunded"


async def test_a_letter_that_cannot_go_is_tried_again_and_given_up_in_the_end(
    till: Till, chores: Chores, desk: Any
) -> None:
    class Burnt:
        name, medium = "burnt", "email"
        tries = 0

        async def send(self, letter: Letter, *, key: str) -> str:
            self.tries += 1
            raise CarrierDown(why="SMTPServerDisconnected 421")

    burnt = Burnt()
    chores._floor.postboxes[:] = [burnt]  # type: ignore[index]
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(chores)
    assert burnt.tries == 1
    for _ in range(MOST_TRIES + 2):
        till.clock.advance(timedelta(hours=2))
        await do_all(chores)
    assert burnt.tries == MOST_TRIES
    (lost,) = await orders.given_up(till.conn)
    assert (lost.medium, lost.recipient, lost.attempts) == ("email", "dangol@example.com", MOST_TRIES)
    assert lost.trouble == "SMTPServerDisconnected 421"
    assert len(desk.notices) == 1


async def test_a_conversation_that_is_gone_does_not_hold_up_the_rest(
    till: Till, chores: Chores, letters: Path
) -> None:
    async def gone(_conversation: str, _notice: Any) -> None:
        raise NotFound(conversation="c_test")

    lost = Chores(replace(chores._floor, notice=gone))
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(lost)
    assert len(mails(letters)) == 1
    assert [one.medium for one in await orders.given_up(till.conn)] == ["conversation"]


async def test_the_same_delivery_at_once_goes_out_once(till: Till, chores: Chores) -> None:
    sent: list[str] = []

    class Slow:
        name, medium = "slow", "email"

        async def send(self, letter: Letter, *, key: str) -> str:
            sent.append(key)
            await asyncio.sleep(0.2)
            return "1"

    chores._floor.postboxes[:] = [Slow()]  # type: ignore[index]
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    for job in await chores.unsaid():
        await chores.do(job.chore, job.args)
    (told,) = await orders.untold(till.conn)
    await asyncio.gather(*(chores.do("announce", (str(told),)) for _ in range(4)))
    assert len(sent) == 1


async def test_time_is_kept_for_unpaid_orders_and_for_those_who_wait(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    await cart_tools.note_restock(
        till.ctx, RestockWish(product="trail-shoe", sku="SHOE-WHT-270", to="wait@example.com")
    )
    number = await placed(till.ctx, {SHOE: 1})
    till.clock.advance(timedelta(hours=49))
    await till.conn.execute("update variants set stock = 3 where sku = 'SHOE-WHT-270'")
    for _ in range(2):
        await chores.keep_house()
        await do_all(chores)
    assert await till.status(number) == "cancelled"
    assert sorted(to for to, _, _ in mails(letters)) == ["dangol@example.com", "wait@example.com"]
    back = next(text for to, _, text in mails(letters) if to == "wait@example.com")
    assert "트레일 러닝화 화이트 270" in back
    assert "https://shop.example.com/products/trail-shoe" in back
    assert len(desk.notices) == 2


async def test_order_and_tracking_number_reach_the_shopper_once_by_each_way(
    till: Till, chores: Chores, desk: Any, letters: Path
) -> None:
    number = await placed(till.ctx, {SHOE: 1})
    await pay(till, number)
    await do_all(chores)
    before = len(mails(letters)), len(read(letters, "txt")), len(desk.said())
    for _ in range(2):
        await orders.record_shipment(
            till.conn, number, carrier="kr.cjlogistics", tracking_no="1234-5678-9012", status="information_received",
            at=till.clock.now(), now=till.clock.now(),
        )  # fmt: skip
        await do_all(chores)
    assert (len(mails(letters)), len(read(letters, "txt")), len(desk.said())) == tuple(n + 1 for n in before)
    for said in (mails(letters)[-1][2], read(letters, "txt")[-1], desk.said()[-1]):
        assert number in said, said
        assert "123456789012" in said, said

"""Whoever leaves is gone: every table and every file is searched for what was theirs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from orders.floor import SHOE, SOCK
from payments.till import Till

from dangol.carts import api as carts
from dangol.carts import tools as cart_tools
from dangol.catalog.records import shoppers
from dangol.connect.postboxes.folder.connection import FolderPostbox
from dangol.contracts.postbox import Letter
from dangol.contracts.shopfloor.account import CloseAccount
from dangol.contracts.shopfloor.guides import NoteWalk
from dangol.contracts.shopfloor.orders import GiveAddress, GiveContact, PlaceOrder, StartCheckout
from dangol.contracts.shopfloor.people import NotePreference, Nothing, RestockWish, SaveAddress, Wish
from dangol.customers import account
from dangol.customers import api as customers
from dangol.customers import tools as customer_tools
from dangol.customers.api import StoredMethod
from dangol.helpdesk import api as helpdesk
from dangol.kernel.tools import Shopper, ToolContext
from dangol.knowledge import walk_records
from dangol.orders import tools as order_tools
from dangol.orders.announcement_records import announce
from dangol.server import attachments, privacy
from dangol.server.commands.console import CommandRefused
from dangol.server.commands.privacy import erase_person, export_person
from dangol.server.settings import Settings
from dangol.server.workers.chores import Chores

NAME, MAIL, PHONE, STREET = "한별마루", "hanbyeol@marker.example", "01055667788", "은하수길 77"
WORDS, NOTE, TASTE, LOOKED = "아무도모를비밀", "상담원의귓속말", "별빛무늬", "유니콘인형"
MARKS = (NAME, MAIL, PHONE, STREET, WORDS, NOTE, TASTE, LOOKED)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


async def _said(till: Till, conversation: str, customer: int, intent: str) -> None:
    now = till.clock.now()
    await till.conn.execute(
        "insert into conversations (id, token_hash, channel, language, customer_id, last_seq, created_at, updated_at)"
        " values (%s, '', 'web', 'ko', %s, 2, %s, %s)",
        (conversation, customer, now, now),
    )
    read = json.dumps({"language": "ko", "intents": [[intent, 0.9]]})
    await till.conn.execute(
        "insert into facts values (%s, 1, 'message_heard', '{\"message\": \"m1\"}', %s), (%s, 2, 'message_read', %s, %s)",
        (conversation, now, conversation, read, now),
    )
    await till.conn.execute(
        "insert into personal_texts values (%s, 1, %s)", (conversation, json.dumps({"text": WORDS}))
    )


async def _live(till: Till, data: Path) -> ToolContext:
    """A customer who talked, looked, wished, saved, ordered, and was written to."""
    conn, now = till.conn, till.clock.now()
    customer = await customers.identify(conn, external_id="ext-77", email=MAIL, name=NAME, now=now)
    ctx = replace(till.ctx, shopper=Shopper("c_one", customer_id=customer, role="customer"))
    await customers.note_contact(conn, customer, phone=PHONE)
    await _said(till, "c_one", customer, "track_order")
    await attachments.take_in(conn, data, "c_one", PNG, now)
    await cart_tools.save_address(ctx, SaveAddress(text=f"06236 서울 강남구 {STREET}, 4층"))
    await customers.take_over_methods(conn, [StoredMethod("card_x", customer, "credit_card", "Visa", "4242")])
    await customer_tools.note_preference(ctx, NotePreference(kind="other", value=TASTE, words=TASTE))
    await customers.give_consent(
        conn, ctx.shopper.key, purpose="marketing", channel="email", wording="네", now=now
    )
    await customers.grant_points(conn, customer, 500, cause="g", expires=None, now=now)
    await shoppers.note(conn, ctx.shopper.key, "search", now, text=LOOKED)
    await carts.add(conn, ctx.shop, ctx.shopper, SOCK, 1, "ko", now)
    await order_tools.give_contact(ctx, GiveContact(name=NAME, email=MAIL, phone=PHONE))
    await order_tools.give_address(ctx, GiveAddress(text=f"06236 서울 강남구 {STREET}, 4층"))
    view = await order_tools.start_checkout(ctx, StartCheckout())
    done = await order_tools.place_order(ctx, PlaceOrder(total=view.cart.total))
    assert done.order, view
    await carts.add(conn, ctx.shop, ctx.shopper, SHOE, 1, "ko", now)
    await order_tools.give_contact(ctx, GiveContact(name=NAME, email=MAIL, phone=PHONE))
    await cart_tools.save_wish(ctx, Wish(product="trail-shoe"))
    await cart_tools.note_restock(ctx, RestockWish(product="trail-shoe", sku="SHOE-WHT-270", to=MAIL))
    await announce(conn, "restocked", "SHOE-WHT-270", {"contact": MAIL}, now)
    await helpdesk.waiting.put_contact(conn, "c_one", MAIL, PHONE, "answer", "네", now)
    await conn.execute(
        "insert into staff (id, email, name, role, password_hash, created_at)"
        " values ('s1', 's@example.com', '상담', 'agent', '', %s)",
        (now,),
    )
    await conn.execute(
        "insert into desk_notes (id, conversation_id, staff_id, text, at) values ('n1', 'c_one', 's1', %s, %s)",
        (NOTE, now),
    )
    box = FolderPostbox(data / "letters", "email", sender="shop@example.com")
    await box.send(Letter(medium="email", to=MAIL, subject="주문", text=NAME, language="ko"), key="k1")
    return ctx


async def _found(till: Till, data: Path) -> dict[str, set[str]]:
    """In which tables and files each mark still stands."""
    tables = await till.conn.execute(
        "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
    )
    there: dict[str, set[str]] = {}
    for (table,) in await tables.fetchall():
        rows = await till.conn.execute(f'select t::text from "{table}" t')
        text = "\n".join(row[0] for row in await rows.fetchall())
        _note(there, table, text)
    for folder, text in _files(data):
        _note(there, f"file {folder}", text)
    return there


def _files(data: Path) -> list[tuple[str, str]]:
    return [
        (one.parent.name, one.read_bytes().decode(errors="replace"))
        for one in data.rglob("*")
        if one.is_file()
    ]


def _note(there: dict[str, set[str]], place: str, text: str) -> None:
    plain = text + text.encode().decode("unicode_escape", errors="ignore")
    for mark in MARKS:
        if mark in plain or mark in plain.replace("-", ""):
            there.setdefault(mark, set()).add(place)


async def _customer(ctx: ToolContext) -> int:
    assert ctx.shopper.customer_id is not None
    return ctx.shopper.customer_id


async def test_nothing_is_left_but_what_the_law_has_kept_and_that_goes_in_its_time(
    till: Till, chores: Chores, letters: Path
) -> None:
    data = letters.parent / "data"
    ctx = await _live(till, data)
    assert set(await _found(till, data)) == set(MARKS)
    await till.conn.execute("update orders set status = 'delivered'")
    await till.conn.execute("update announcements set told_at = at")

    await account.close_account(ctx, CloseAccount(points=500))
    await chores.forget_old()
    assert WORDS in await _found(till, data)  # second thoughts
    till.clock.advance(account.SECOND_THOUGHTS)
    await chores.forget_old()

    kept = await _found(till, data)
    assert {place for places in kept.values() for place in places} == {"orders"}
    assert set(kept) == {NAME, MAIL, PHONE, STREET}
    assert await customers.standing(till.conn, await _customer(ctx), till.clock.now()) == customers.Standing(
        0, 0, False
    )
    facts = await till.conn.execute("select kind from facts where conversation_id = 'c_one' order by seq")
    assert [row[0] for row in await facts.fetchall()] == [
        "message_heard",
        "message_read",
    ]  # what happened stays countable

    till.clock.advance(timedelta(days=ctx.shop.retention.orders))
    await chores.forget_old()
    assert await _found(till, data) == {}
    row = await (await till.conn.execute("select total, status from orders")).fetchone()
    assert row is not None
    assert row[1] == "delivered"


async def test_whose_order_is_under_way_is_let_go_afterwards(
    till: Till, chores: Chores, letters: Path
) -> None:
    data = letters.parent / "data"
    ctx = await _live(till, data)
    await account.close_account(ctx, CloseAccount(points=500))
    await till.conn.execute("update orders set status = 'shipped'")
    till.clock.advance(timedelta(days=10))
    await chores.forget_old()
    assert (await account.view_account(ctx, Nothing())).email == MAIL
    await till.conn.execute("update orders set status = 'delivered'")
    await chores.forget_old()
    assert (await account.view_account(ctx, Nothing())).email == ""


async def test_a_complaint_is_a_record_of_a_dispute_and_kept_longer(
    till: Till, chores: Chores, letters: Path
) -> None:
    data = letters.parent / "data"
    ctx = await _live(till, data)
    await _said(till, "c_two", await _customer(ctx), "complain")
    person = await privacy.find(till.conn, MAIL.upper())
    assert person
    assert person.conversations == ("c_one", "c_two")
    done = await privacy.erase(till.conn, data, ctx.shop, person, till.clock.now())
    assert (done.complaints, done.orders_until is not None) == (1, True)
    left = await till.conn.execute("select conversation_id from personal_texts")
    assert await left.fetchall() == [("c_two",)]
    till.clock.advance(timedelta(days=ctx.shop.retention.complaints, minutes=1))
    await chores.forget_old()
    assert WORDS not in await _found(till, data)
    assert await privacy.find(till.conn, MAIL) is None


async def test_everything_that_is_stored_is_handed_over(till: Till, letters: Path) -> None:
    data = letters.parent / "data"
    await _live(till, data)
    other = await customers.identify(
        till.conn, external_id=None, email="other@example.com", name="남", now=till.clock.now()
    )
    await _said(till, "c_other", other, "greet")
    person = await privacy.find(till.conn, "ext-77")
    assert person
    told: dict[str, Any] = await privacy.export(till.conn, person)
    text = json.dumps(told, ensure_ascii=False, default=str)
    assert [mark for mark in MARKS if mark not in text] == []
    assert {"customers", "addresses", "orders", "order_lines", "wishes", "conversations"} <= set(told)
    assert "c_other" not in text
    assert "other@example.com" not in text


async def test_walks_with_guides_are_handed_over_and_nobodys_afterwards(till: Till, letters: Path) -> None:
    data = letters.parent / "data"
    ctx = await _live(till, data)
    noted = NoteWalk(guide="lamp", language="ko", path=(1, 2))
    await walk_records.note(till.conn, "w1", ctx.shopper, noted, till.clock.now())
    person = await privacy.find(till.conn, MAIL)
    assert person
    told = await privacy.export(till.conn, person)
    assert [row["path"] for row in told["guide_walks"]] == [[1, 2]]
    await privacy.erase(till.conn, data, ctx.shop, person, till.clock.now())
    left = await till.conn.execute("select walk, customer_id from guide_walks")
    assert await left.fetchall() == [("w1", None)]


@pytest.mark.parametrize("days", [1825, 3651 * 3])
def test_no_shop_keeps_orders_shorter_than_the_law(till: Till, days: int) -> None:
    kept = till.ctx.shop.retention.model_dump() | {"orders": days}
    with pytest.raises(ValueError, match="orders"):
        type(till.ctx.shop.retention).model_validate(kept)


async def test_the_operator_exports_and_erases_by_command(
    till: Till, letters: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = letters.parent / "data"
    await _live(till, data)
    settings = Settings(data=data, database_url=database_url)
    await export_person(settings, MAIL, letters.parent / "told.json")
    told = (letters.parent / "told.json").read_text()
    assert [mark for mark in MARKS if mark not in told] == []
    assert (letters.parent / "told.json").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandRefused):
        await erase_person(settings, MAIL, sure=False)  # nobody is there to be asked
    await erase_person(settings, MAIL, sure=True)
    assert WORDS not in await _found(till, data)
    said = capsys.readouterr().out
    assert MAIL not in said
    with pytest.raises(CommandRefused):
        await export_person(settings, MAIL, None)

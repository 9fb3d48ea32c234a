"""What the shop says it keeps so long, it keeps no longer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from orders.floor import SHOE
from payments.till import Till

from dangol.carts import api as carts
from dangol.catalog import api as catalog
from dangol.catalog.records import shoppers
from dangol.contracts.shopfloor.orders import GiveContact
from dangol.customers import api as customers
from dangol.orders import tools as order_tools
from dangol.server import attachments
from dangol.server.workers.chores import Chores

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


async def _count(till: Till, query: str) -> int:
    row = await (await till.conn.execute(query)).fetchone()
    assert row is not None
    return int(row[0])


async def _talk(till: Till, name: str) -> None:
    now = till.clock.now()
    await till.conn.execute(
        "insert into conversations (id, token_hash, channel, language, last_seq, created_at, updated_at)"
        " values (%s, '', 'web', 'ko', 1, %s, %s)",
        (name, now, now),
    )
    await till.conn.execute(
        "insert into facts values (%s, 1, 'message_heard', '{\"message\": \"m1\"}', %s)", (name, now)
    )
    await till.conn.execute('insert into personal_texts values (%s, 1, \'{"text": "안녕"}\')', (name,))


async def test_everything_goes_when_its_time_is_up_and_nothing_before(
    till: Till, chores: Chores, letters: Path
) -> None:
    kept, ctx, data = till.ctx.shop.retention, till.ctx, letters.parent / "data"
    await _talk(till, "c_test")
    photo = await attachments.take_in(till.conn, data, "c_test", PNG, till.clock.now())
    await carts.add(till.conn, ctx.shop, ctx.shopper, SHOE, 1, "ko", till.clock.now())
    await order_tools.give_contact(ctx, GiveContact(name="김단골", email="dangol@example.com"))
    await shoppers.note(till.conn, ctx.shopper.key, "search", till.clock.now(), text="러닝화")
    for purpose in ("standing", "withdrawn"):
        await customers.give_consent(
            till.conn, "customer:7", purpose=purpose, channel="email", wording="좋아요", now=till.clock.now()
        )
    await customers.withdraw_consent(
        till.conn, "customer:7", purpose="withdrawn", channel=None, now=till.clock.now()
    )

    async def there() -> dict[str, int]:
        await chores.forget_old()
        return {
            "carts": await _count(till, "select count(*) from cart_lines"),
            "contacts": await _count(till, "select count(*) from checkouts"),
            "signs": await catalog.count_noted(till.conn, ctx.shopper.key),
            "words": await _count(till, "select count(*) from personal_texts"),
            "files": int((data / "attachments" / photo.id).exists()),
            "consents": len(await customers.consents(till.conn, "customer:7")),
        }

    everything = {"carts": 1, "contacts": 1, "signs": 1, "words": 1, "files": 1, "consents": 2}
    gone: dict[str, Any] = {}
    passed = timedelta()
    for days, names in (
        (kept.carts, ("carts", "contacts")),
        (kept.signs, ("signs",)),
        (kept.words, ("words", "files")),
        (kept.consents, ("consents",)),
    ):
        till.clock.advance(timedelta(days=days) - passed - timedelta(minutes=1))
        assert await there() == {**everything, **gone}
        till.clock.advance(timedelta(minutes=2))
        passed = timedelta(days=days, minutes=1)
        gone |= dict.fromkeys(names, 0) if "consents" not in names else {"consents": 1}
        assert await there() == {**everything, **gone}
    assert await _count(till, "select count(*) from facts") == 1  # countable, without a word


async def test_a_conversation_that_goes_on_keeps_its_words(till: Till, chores: Chores) -> None:
    kept = till.ctx.shop.retention
    await _talk(till, "c_old")
    till.clock.advance(timedelta(days=kept.words - 1))
    await till.conn.execute("update conversations set updated_at = %s", (till.clock.now(),))
    till.clock.advance(timedelta(days=2))
    await chores.forget_old()
    assert await _count(till, "select count(*) from personal_texts") == 1


async def test_whose_a_walk_with_a_guide_was_is_known_for_a_month(till: Till, chores: Chores) -> None:
    now = till.clock.now()
    customer = await customers.identify(
        till.conn, external_id=None, email="walker@example.com", name=None, now=now
    )
    await till.conn.execute(
        "insert into guide_walks (walk, conversation_id, customer_id, guide, language, path, outcome, begun_at, at)"
        " values ('w1', 'c1', %s, 'lamp', 'ko', '{1}', 'open', %s, %s)",
        (customer, now, now),
    )
    for days, known in ((29, 1), (2, 0)):
        till.clock.advance(timedelta(days=days))
        await chores.forget_old()
        assert await _count(till, "select count(customer_id) from guide_walks") == known
    assert await _count(till, "select count(*) from guide_walks") == 1  # countable, nobody's


async def test_what_cannot_be_opened_is_left_as_it_is_and_stops_nothing_else(
    till: Till, chores: Chores
) -> None:
    lost = "sealed:1:lost:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    await till.conn.execute(
        "insert into staff (id, email, name, role, password_hash, totp_secret, created_at)"
        " values ('s9', 's9@example.com', '상담', 'agent', '', %s, %s)",
        (lost, till.clock.now()),
    )
    await chores.reseal()
    row = await (await till.conn.execute("select totp_secret from staff")).fetchone()
    assert row == (lost,)

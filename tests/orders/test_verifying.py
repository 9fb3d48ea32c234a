"""Who is asking: every way, every limit, and nothing told about what is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from orders.floor import SEOUL, SHOE, placed, put_on_shelf

from dangol.contracts.shopfloor.verification import CheckCode, SendCode, VerificationView, VerifyShopper
from dangol.customers import api as customers
from dangol.kernel.clock import TurnedClock
from dangol.kernel.ids import six_figures
from dangol.kernel.shop import Shop, Verification
from dangol.kernel.tools import ToolContext
from dangol.orders.verification import rules
from dangol.orders.verification.tools import tools

Connection = psycopg.AsyncConnection[Any]
Context = Callable[..., ToolContext]
BOX = {tool.name: tool for tool in tools(lambda code: six_figures("secret", code))}


@pytest.fixture
async def order(
    conn: Connection, shop: Shop, clock: TurnedClock, context: Context, tmp_path: Path
) -> tuple[str, str]:
    """An order of somebody else's conversation: its number and e-mail."""
    await put_on_shelf(conn, shop, tmp_path, clock.now())
    owner = context(conn, shop, clock, conversation_id="c_owner")
    number = await placed(owner, {SHOE: 1})
    row = await (await conn.execute("select email from orders where number = %s", (number,))).fetchone()
    assert row is not None
    if not row[0]:
        await conn.execute("update orders set email = 'kim@example.com' where number = %s", (number,))
    return number, row[0] or "kim@example.com"


@pytest.fixture
def ctx(conn: Connection, shop: Shop, clock: TurnedClock, context: Context) -> ToolContext:
    return context(conn, shop, clock, conversation_id="c_asking")


async def use(ctx: ToolContext, tool: str, args: Any, key: str = "k") -> VerificationView:
    async with ctx.conn.transaction():
        view = await BOX[tool].run(replace(ctx, key=key), args)
    assert isinstance(view, VerificationView)
    return view


async def test_e_mail_and_number_prove_that_order_for_a_day(ctx: ToolContext, order: tuple[str, str]) -> None:
    number, email = order
    view = await use(ctx, "verify_shopper", VerifyShopper(order=f"# {number}", email=email.upper()))
    assert view.state == "verified"
    assert view.proof is not None
    assert (view.proof.orders, view.proof.customer_id) == ((number,), None)
    assert view.proof.until == ctx.now + timedelta(hours=24)


@pytest.mark.parametrize("by", ["order", "phone"])
async def test_name_and_postcode_need_the_number_or_the_phone(
    ctx: ToolContext, order: tuple[str, str], by: str
) -> None:
    row = await (
        await ctx.conn.execute("select name, phone from orders where number = %s", (order[0],))
    ).fetchone()
    assert row is not None
    given = VerifyShopper(name=f" {row[0]} ", postcode=SEOUL.postcode)
    assert (await use(ctx, "verify_shopper", given)).state == "needs"
    more = {"order": order[0]} if by == "order" else {"phone": row[1] or SEOUL.phone}
    if by == "phone" and not row[1]:
        await ctx.conn.execute("update orders set phone = %s", (SEOUL.phone,))
    assert (await use(ctx, "verify_shopper", given.model_copy(update=more))).state == "verified"
    wrong = given.model_copy(update={**more, "postcode": "99999"})
    assert (await use(ctx, "verify_shopper", wrong)).state == "not_verified"


async def test_a_wrong_claim_reads_like_one_about_no_order(ctx: ToolContext, order: tuple[str, str]) -> None:
    wrong = await use(ctx, "verify_shopper", VerifyShopper(order=order[0], email="other@example.com"))
    nothing = await use(
        ctx, "verify_shopper", VerifyShopper(order="20991231-0001", email="other@example.com")
    )
    assert wrong == nothing
    assert wrong.proof is None


async def test_five_wrong_tries_an_hour_and_then_not_even_the_right_one(
    ctx: ToolContext, order: tuple[str, str]
) -> None:
    for place in range(rules.FAILS_PER_HOUR):
        claim = VerifyShopper(order=order[0], email=f"guess{place}@example.com")
        assert (await use(ctx, "verify_shopper", claim)).state == "not_verified"
    right = VerifyShopper(order=order[0], email=order[1])
    assert (await use(ctx, "verify_shopper", right)).state == "locked"
    later = replace(ctx, now=ctx.now + timedelta(minutes=61))
    assert (await use(later, "verify_shopper", right)).state == "verified"


async def test_an_order_is_not_guessed_from_many_conversations(
    ctx: ToolContext, order: tuple[str, str]
) -> None:
    for place in range(rules.FAILS_OF_SUBJECT):
        other = replace(ctx, shopper=replace(ctx.shopper, conversation_id=f"c_{place}"))
        claim = VerifyShopper(order=order[0], email=f"guess{place}@example.com")
        assert (await use(other, "verify_shopper", claim)).state == "not_verified"
    assert (await use(ctx, "verify_shopper", VerifyShopper(order=order[0], email="x@y.kr"))).state == "locked"


async def test_what_the_shop_does_not_offer_is_no_way(ctx: ToolContext, order: tuple[str, str]) -> None:
    shop = ctx.shop.model_copy(update={"verification": Verification(ways=("email_code",))})
    ctx = replace(ctx, shop=shop)
    assert (await use(ctx, "verify_shopper", VerifyShopper(order=order[0], email=order[1]))).state == "needs"
    assert (await use(ctx, "send_code", SendCode(phone="010-1234-5678"))).state == "not_offered"


async def _code(ctx: ToolContext) -> str:
    row = await (
        await ctx.conn.execute("select id from verification_codes order by made_at desc limit 1")
    ).fetchone()
    assert row is not None
    return six_figures("secret", row[0])


async def _customer(ctx: ToolContext) -> int:
    return await customers.identify(
        ctx.conn, external_id="7", email="lee@example.com", name="이", now=ctx.now
    )


async def test_a_code_proves_the_customer_once_and_is_stored_nowhere(ctx: ToolContext) -> None:
    who = await _customer(ctx)
    assert (await use(ctx, "send_code", SendCode(email="Lee@Example.com"))).state == "code_sent"
    code = await _code(ctx)
    stored = await (
        await ctx.conn.execute(
            "select (select json_agg(c)::text from verification_codes c)"
            " || (select json_agg(a.body)::text from announcements a)"
        )
    ).fetchone()
    assert stored is not None
    assert code not in stored[0]
    view = await use(ctx, "check_code", CheckCode(code=f"{code[:3]} {code[3:]}"))
    assert view.proof is not None
    assert view.proof.customer_id == who
    assert (await use(ctx, "check_code", CheckCode(code=code))).state == "code_over"


async def test_a_code_lasts_ten_minutes_and_five_tries(ctx: ToolContext) -> None:
    await _customer(ctx)
    await use(ctx, "send_code", SendCode(email="lee@example.com"))
    code = await _code(ctx)
    late = replace(ctx, now=ctx.now + timedelta(minutes=11))
    assert (await use(late, "check_code", CheckCode(code=code))).state == "code_over"
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    left = [(await use(ctx, "check_code", CheckCode(code=wrong))).tries for _ in range(rules.CODE_TRIES)]
    assert left == [4, 3, 2, 1, 0]
    assert (await use(ctx, "check_code", CheckCode(code=code))).state == "code_over"


async def test_an_address_nobody_has_is_answered_alike_and_written_to_nobody(ctx: ToolContext) -> None:
    await _customer(ctx)
    known = await use(ctx, "send_code", SendCode(email="lee@example.com"), "one")
    unknown = await use(ctx, "send_code", SendCode(email="nobody@example.com"), "two")
    assert known == unknown
    told = await (await ctx.conn.execute("select body->>'contact' from announcements order by id")).fetchall()
    assert [row[0] for row in told] == ["lee@example.com", ""]
    assert (await use(ctx, "check_code", CheckCode(code=await _code(ctx)))).proof is None


async def test_a_code_goes_to_that_very_number_and_not_to_one_that_ends_alike(
    ctx: ToolContext, order: tuple[str, str]
) -> None:
    who = await _customer(ctx)
    by_sms = ctx.shop.model_copy(update={"verification": Verification(ways=("sms_code",))})
    ctx = replace(ctx, shop=by_sms)
    await ctx.conn.execute("update customers set phone = '010-1234-5678' where id = %s", (who,))
    await ctx.conn.execute("update orders set phone = '+82 10-1234-5678'")
    for place, stranger in enumerate(("070-1234-5678", "+81 90 1234 5678")):
        assert (await use(ctx, "send_code", SendCode(phone=stranger), f"s{place}")).state == "code_sent"
    told = await (await ctx.conn.execute("select body->>'contact' from announcements order by id")).fetchall()
    assert {row[0] for row in told} == {""}
    assert (await use(ctx, "check_code", CheckCode(code=await _code(ctx)))).proof is None
    asked = replace(ctx, shopper=replace(ctx.shopper, conversation_id="c_owner2"))
    for place, own in enumerate(("01012345678", "+82 (0)10 1234 5678", "010.1234.5678")):
        asked = replace(asked, now=asked.now + timedelta(minutes=1))
        await use(asked, "send_code", SendCode(phone=own), f"o{place}")
        view = await use(asked, "check_code", CheckCode(code=await _code(asked)))
        assert view.proof is not None, own
        assert (view.proof.customer_id, view.proof.orders) == (who, (order[0],))


@pytest.mark.parametrize("typed", ["{}{}", " {} {} ", "{}-{}", "fullwidth", "arabic"])
async def test_a_code_is_read_however_its_figures_are_typed(ctx: ToolContext, typed: str) -> None:
    await _customer(ctx)
    await use(ctx, "send_code", SendCode(email="lee@example.com"))
    code = await _code(ctx)
    other = {"fullwidth": ord("０"), "arabic": ord("٠")}.get(typed)
    said = "".join(chr(other + int(each)) for each in code) if other else typed.format(code[:3], code[3:])
    assert (await use(ctx, "check_code", CheckCode(code=said))).state == "verified"


async def test_a_guest_with_many_orders_is_shown_them_all(ctx: ToolContext) -> None:
    await ctx.conn.execute(
        "insert into orders (number, status, language, email, phone, currency, subtotal, total, placed_at)"
        " select 'MANY-' || n, 'delivered', 'ko', 'Many@example.com', '', 'KRW', 1, 1, %s - n * interval '1 day'"
        " from generate_series(1, 60) n",
        (ctx.now,),
    )
    await use(ctx, "send_code", SendCode(email="many@example.com"))
    view = await use(ctx, "check_code", CheckCode(code=await _code(ctx)))
    assert view.proof is not None
    assert set(view.proof.orders) == {f"MANY-{place}" for place in range(1, 61)}


async def test_codes_are_sent_five_times_an_hour(ctx: ToolContext) -> None:
    states = [
        (await use(ctx, "send_code", SendCode(email="lee@example.com"), f"k{place}")).state
        for place in range(6)
    ]
    assert states == ["code_sent"] * 5 + ["locked"]


async def test_one_conversation_serves_one_person(ctx: ToolContext, order: tuple[str, str]) -> None:
    await ctx.conn.execute(
        "insert into orders (number, status, language, email, phone, currency, subtotal, total, placed_at)"
        " values ('OTHER-1', 'paid', 'ko', 'else@example.com', '010-9999-0000', 'KRW', 1, 1, %s)",
        (ctx.now,),
    )
    mine = replace(ctx, shopper=replace(ctx.shopper, role="guest", orders=frozenset({order[0]})))
    view = await use(mine, "verify_shopper", VerifyShopper(order="OTHER-1", email="else@example.com"))
    assert view.state == "not_verified"
    assert (
        await use(ctx, "verify_shopper", VerifyShopper(order="OTHER-1", email="else@example.com"))
    ).state == "verified"


async def test_where_the_rules_say_so_the_account_opens_to_who_names_it(
    ctx: ToolContext, order: tuple[str, str]
) -> None:
    now = ctx.now
    lee = await customers.identify(
        ctx.conn, external_id="lee", email="lee@example.com", name="Ann Lee", now=now
    )
    await customers.save_address(ctx.conn, lee, SEOUL.model_copy(update={"postcode": "80203"}), now)
    by_email = VerifyShopper(email=" LEE@example.com ")
    by_name = VerifyShopper(name="ann  lee", postcode="80203")
    assert (await use(ctx, "verify_shopper", by_email)).state == "needs"
    offered = Verification(ways=("account_email", "account_name_postcode"))
    ctx = replace(ctx, shop=ctx.shop.model_copy(update={"verification": offered}))
    for given in (by_email, by_name):
        view = await use(ctx, "verify_shopper", given)
        assert view.proof is not None
        assert (view.state, view.proof.customer_id, view.proof.orders) == ("verified", lee, ())
    assert (await use(ctx, "verify_shopper", VerifyShopper(name="Ann Lee"))).needs == ("postcode",)
    wrong = VerifyShopper(name="Ann Lee", postcode="80204")
    assert (await use(ctx, "verify_shopper", wrong)).state == "not_verified"
    other = replace(ctx, shopper=replace(ctx.shopper, customer_id=lee + 1))
    assert (await use(other, "verify_shopper", by_email)).state == "not_verified", (
        "one conversation, one person"
    )

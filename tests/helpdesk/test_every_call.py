"""Every tool of the house, by everybody, in any order, with any arguments: nobody reaches another person's things."""

from __future__ import annotations

import itertools
import json
import types
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from helpdesk.room import DeskHouse
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from orders.floor import SEOUL, placed
from pydantic import BaseModel, ValidationError

from dangol.assistant.minds import Call
from dangol.assistant.permission import Allow, Refuse, permit
from dangol.customers import api as customers
from dangol.kernel.errors import Refused
from dangol.kernel.money import Money
from dangol.kernel.tools import Role, Shopper, Tool, ToolContext
from dangol.orders import api as orders

SECRETS = ("비밀손님", "01099998888", "비밀로 7")  # never typed by any caller
WHO: tuple[str, ...] = ("visitor", "guest", "customer", "staff", "system")
# these ask a gateway, which has tests of its own (payments/test_money_conserved.py)
_OUTSIDE = frozenset({"open_payment", "check_payment", "pay_as_agreed"})


@dataclass
class Stage:
    """Two customers of one shop; what the second has must stay as it is."""

    house: DeskHouse
    conn: Any
    mine: int
    theirs: int
    my_order: str
    their_order: str
    place: int
    talks: dict[str, str]

    def ctx(self, who: str, key: str) -> ToolContext:
        guest = frozenset({self.my_order}) if who == "guest" else frozenset()
        customer = self.mine if who == "customer" else None
        role: Role = who  # type: ignore[assignment]
        return ToolContext(
            conn=self.conn,
            shop=self.house.premises.shop(),
            now=self.house.clock.now(),
            language="ko",
            shopper=Shopper(self.talks[who], customer, role, orders=guest),
            key=key,
        )

    def pool(self) -> dict[str, list[str]]:
        """Names a caller may have seen or guessed, the other person's among them."""
        numbers = [self.my_order, self.their_order, "20200101-0001"]
        return {
            "order": numbers,
            "orders": numbers,
            "number": [*numbers, "R20261120-0001"],
            "sku": ["MUG-1", "DEW-BLK-260", "DEW-BLK-270", "NOPE"],
            "reference": [f"way_mine{self.place}", f"way_secret{self.place}"],
            "method": [f"way_mine{self.place}", f"way_secret{self.place}"],
            "pay_with": [f"way_mine{self.place}", f"way_secret{self.place}"],
            "line": ["1", "2"],
            "email": [f"secret{self.place}@example.com", f"me{self.place}@example.com"],
            "phone": ["010-1234-5678"],
            "to": [f"secret{self.place}@example.com"],
            "lines": ["테헤란로 123"],
            "code": ["000000", "MINUS5000", "YOURS-2A2A2A2A2"],
            "postcode": ["06236"],
            "name": ["김단골"],
        }

    async def theirs_now(self) -> str:
        """All that is stored of the second customer, as text."""
        found: list[Any] = []
        for query in (
            "select id, email, name, phone from customers where id = %(id)s",
            "select * from addresses where customer_id = %(id)s order by 1",
            "select reference, balance from stored_methods where customer_id = %(id)s order by 1",
            "select status, total, refunded, address, email from orders where customer_id = %(id)s order by 1",
            "select * from returns where order_number = %(order)s",
            "select * from restock_wishes where shopper = 'customer:' || %(id)s::text",
            "select code, order_number, withdrawn_at from personal_coupons where shopper = 'customer:' || %(id)s::text",
            "select purpose, channel, withdrawn from consents where shopper = 'customer:' || %(id)s::text order by 1, 2",
        ):
            values = {"id": self.theirs, "order": self.their_order}
            found.append(await (await self.conn.execute(query, values)).fetchall())
        balance = await customers.points_balance(self.conn, self.theirs, self.house.clock.now())
        return json.dumps([*found, balance], default=str, ensure_ascii=False)


@pytest.fixture
async def stage(house: DeskHouse) -> AsyncIterator[Stage]:
    """Each with an order that is paid, points, an address and a card on file."""
    house.clock.at = DeskHouse.MORNING
    place = next(_stages)
    talks = {who: (await house.shopper()).id for who in (*WHO, "me", "secret")}
    async with house.premises.open_connection() as conn:
        made: list[tuple[int, str]] = []
        for talk, name, email, phone, street, way in (
            ("me", "김단골", f"me{place}@example.com", "01012345678", "테헤란로 123", f"way_mine{place}"),
            (
                "secret",
                "비밀손님",
                f"secret{place}@example.com",
                "01099998888",
                "비밀로 7",
                f"way_secret{place}",
            ),
        ):
            now = house.clock.now()
            who = await customers.identify(conn, external_id=None, email=email, name=name, now=now)
            await customers.grant_points(conn, who, 5_000, cause=f"stage:{email}", now=now, expires=None)
            home = SEOUL.model_copy(
                update={"recipient": name, "street": street, "lines": street, "phone": phone}
            )
            await customers.save_address(conn, who, home, now)
            card = customers.StoredMethod(way, who, "credit_card", "Visa", "4242")
            await customers.take_over_methods(conn, [card])
            await conn.execute("update customers set phone = %s where id = %s", (phone, who))
            shop = house.premises.shop()
            ctx = ToolContext(conn, shop, now, "ko", Shopper(talks[talk], who, "customer"), "k")
            number = await placed(ctx, {"MUG-1": 2})
            await conn.execute(
                "update orders set name = %s, email = %s, phone = %s where number = %s",
                (name, email, phone, number),
            )
            await orders.mark_paid(conn, shop, number, now=now, paid_with="card")
            made.append((who, number))
        yield Stage(house, conn, made[0][0], made[1][0], made[0][1], made[1][1], place, talks)


def _values(kind: Any, name: str, pool: dict[str, list[str]], depth: int = 0) -> st.SearchStrategy[Any]:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _values(parts[0], name, pool, depth)
    if origin in (Union, types.UnionType):
        return st.one_of(*(_values(part, name, pool, depth) for part in parts))
    if origin is Literal:
        return st.sampled_from(parts)
    if origin in (tuple, list):
        return st.lists(_values(parts[0], name, pool, depth + 1), max_size=2)
    if origin is dict:
        return st.just({})
    if isinstance(kind, type) and issubclass(kind, Money):
        return st.integers(-1, 60_000).map(lambda amount: {"amount": amount, "currency": "KRW"})
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return st.just({}) if depth > 3 else _arguments(kind, pool, depth + 1)
    return _plain(kind, name, pool)


def _plain(kind: Any, name: str, pool: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    known: dict[Any, st.SearchStrategy[Any]] = {
        type(None): st.none(),
        bool: st.booleans(),
        int: st.integers(-1, 30) | st.just(5_000),
        float: st.floats(0, 100),
        Decimal: st.integers(0, 90_000),
        date: st.just(date(2026, 11, 20)),
        datetime: st.just(DeskHouse.MORNING),
    }
    if kind in known:
        return known[kind]
    words = st.sampled_from(["", "운동화", "<b>x</b>", "%_'\"; drop table orders;--", "a" * 300])
    return st.sampled_from(pool[name]) | words if name in pool else words


def _arguments(model: type[BaseModel], pool: dict[str, list[str]], depth: int = 0) -> st.SearchStrategy[Any]:
    fields = model.model_fields
    required = {
        each.alias or name: _values(each.annotation, name, pool, depth)
        for name, each in fields.items()
        if each.is_required() or name in pool
    }
    optional = {
        each.alias or name: _values(each.annotation, name, pool, depth)
        for name, each in fields.items()
        if not (each.is_required() or name in pool)
    }
    return st.fixed_dictionaries(required, optional=optional)


_calls, _stages = itertools.count(1), itertools.count(1)
# a run is told whole where it fails, not made smaller: the shop it was played in is another by then
_RUNS: dict[str, Any] = {
    "deadline": None,
    "derandomize": True,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


async def _call(stage: Stage, tool: Tool[Any, Any], who: str, said: Any) -> str:
    """What the turn does with a call that was said yes to; what came of it, as text."""
    try:
        args = tool.args.model_validate(said)
    except ValidationError:
        return ""
    verdict = permit(Call(tool.name, args), who, stage.house.premises.toolbox, confirmed=True)  # type: ignore[arg-type]
    assert isinstance(verdict, Allow | Refuse)
    if isinstance(verdict, Refuse):
        assert who not in tool.policy.allowed
        return ""
    context = stage.ctx(who, f"call{next(_calls)}")
    try:
        async with stage.conn.transaction():
            return str((await tool.run(context, args)).model_dump_json())
    except Refused as no:
        return json.dumps(no.details, default=str, ensure_ascii=False)


async def _sound(stage: Stage) -> None:
    for query in (
        "select sku from variants where stock < 0",
        "select number from orders where refunded > total or refunded < 0",
        "select order_number from returns where refund < 0",
        "select code from personal_coupons where amount <= 0",
    ):
        assert not await (await stage.conn.execute(query)).fetchall(), query


@settings(max_examples=25, **_RUNS)
@given(data=st.data())
async def test_nobody_reaches_another_s_things_by_any_call(stage: Stage, data: st.DataObject) -> None:
    tools = sorted(
        (tool for tool in stage.house.premises.toolbox if tool.name not in _OUTSIDE),
        key=lambda tool: tool.name,
    )
    pool = stage.pool()
    before = await stage.theirs_now()
    for _ in range(12):
        tool = data.draw(st.sampled_from(tools))
        who = data.draw(st.sampled_from(WHO[:3]))
        told = await _call(stage, tool, who, data.draw(_arguments(tool.args, pool)))
        shown = [each for each in SECRETS if each in told]
        assert not shown, f"{who} was shown {shown} by {tool.name}"
        assert await stage.theirs_now() == before, f"{who} changed it by {tool.name}"
    await _sound(stage)


@settings(max_examples=15, **_RUNS)
@given(data=st.data())
async def test_whatever_staff_call_the_books_stay_sound(stage: Stage, data: st.DataObject) -> None:
    tools = sorted(
        (
            tool
            for tool in stage.house.premises.toolbox
            if tool.name not in _OUTSIDE and tool.policy.effect != "read"
        ),
        key=lambda tool: tool.name,
    )
    pool = stage.pool()
    for _ in range(14):
        tool = data.draw(st.sampled_from(tools))
        who = data.draw(st.sampled_from(WHO))
        await _call(stage, tool, who, data.draw(_arguments(tool.args, pool)))
        await _sound(stage)


async def test_each_tool_is_called_with_arguments_it_takes(stage: Stage) -> None:
    """The strategy above reaches every tool; else the runs would show nothing of it."""
    pool = stage.pool()
    for tool in stage.house.premises.toolbox:
        found = _valid(tool, _arguments(tool.args, pool))
        assert found, f"no arguments for {tool.name} were found"


def _valid(tool: Tool[Any, Any], strategy: st.SearchStrategy[Any]) -> bool:
    def fits(said: Any) -> bool:
        try:
            tool.args.model_validate(said)
        except ValidationError:
            return False
        return True

    try:
        find(strategy, fits)
    except NoSuchExample:
        return False
    return True

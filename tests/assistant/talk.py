"""A shopper at the counter, for tests: says things, and looks at what is true afterwards."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from assistant.house import MUG, Floor

from dangol.assistant import records
from dangol.assistant.counter import Counter, Message, Reply
from dangol.kernel import facts
from dangol.kernel.facts import FactBase

F = TypeVar("F", bound=FactBase)


def words(reply: Reply) -> str:
    """The words of an answer."""
    return " ".join(block.text for block in reply.blocks if block.kind == "text")


@dataclass
class Talk:
    """A conversation held with one process; `at` holds it with another."""

    floor: Floor
    counter: Counter
    id: str
    token: str
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def at(self, counter: Counter) -> Talk:
        return replace(self, counter=counter)

    async def say(self, text: str = "", *, id: str | None = None, **more: Any) -> Reply:
        message = Message(id=id or f"n{next(self.numbers)}", text=text, **more)
        return await self.counter.hear(self.floor.plain_connection, self.id, message)

    async def tell(self, *told: facts.Fact) -> None:
        async with self.floor.plain_connection() as conn:
            assert await self.counter.tell(conn, self.id, told)

    async def write(self, *written: facts.Fact) -> None:
        """Put facts in the log with nobody at the counter knowing."""
        async with self.floor.plain_connection() as conn:
            row = await records.conversation(conn, self.id)
            assert row is not None
            await records.append(conn, self.id, row.last_seq, written, self.floor.clock.now())

    async def log(self, kind: type[F] = FactBase) -> list[F]:  # type: ignore[assignment]
        async with self.floor.plain_connection() as conn:
            logged = await records.facts_after(conn, self.id, 0)
        return [each.fact for each in logged if isinstance(each.fact, kind)]

    async def in_cart(self) -> dict[str, int]:
        async with self.floor.plain_connection() as conn:
            rows = await (await conn.execute("select sku, quantity from cart_lines")).fetchall()
        return dict(rows)

    async def orders(self) -> int:
        async with self.floor.plain_connection() as conn:
            row = await (await conn.execute("select count(*) from orders")).fetchone()
        assert row is not None
        return int(row[0])

    async def up_to_the_question(self) -> None:
        """Everything before the one yes of a purchase."""
        await self.say(choice=f"add:{MUG}")
        await self.say(choice="intent:checkout")
        values = {
            "name": "김단골", "phone": "010-1234-5678", "address": "서울 강남구 테헤란로 123, 4층 06236",
        }  # fmt: skip
        await self.say(form={"form": "checkout", "values": values})
        assert (await self.log(facts.QuestionAsked))[-1].tool == "place_order"


async def begin(floor: Floor, language: str = "ko") -> Talk:
    """Open a conversation on the database in use."""
    counter = floor.counter()
    async with floor.plain_connection() as conn:
        opened = await counter.open(conn, channel="web", language=language)
    return Talk(floor, counter, opened.conversation_id, opened.token)

"""Play stories against a shop that is open, over its own HTTP API, as a widget would."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import TypeAdapter

from dangol.assistant.counter import Reply
from dangol.kernel.blocks import Block
from dangol.kernel.clock import SetClock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Shopper
from dangol.kernel.words.spoken import say_digits
from dangol.server.database import Connection
from dangol.server.rehearsal.checks import misheard, misses, product_items, words_of
from dangol.server.rehearsal.improvising import MOST_TURNS, ImprovisedShopper, Seen
from dangol.server.rehearsal.script import Expect, Story, Turn
from dangol.server.rehearsal.world import happen, look

_BLOCKS: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])
_NO_ONE = ssl.SSLContext(
    ssl.PROTOCOL_TLS_CLIENT
)  # the stage is on this machine: reading the roots would be waste
_PATIENCE = 120.0  # seconds for an answer; a model may take its time
_PLAYS = {"success": "pay", "decline": "decline", "abandon": "abandon", "step_up": "step_up"}


@dataclass(frozen=True)
class Stage:
    """An open shop as stories need it: where it listens, its database, its sample gateway's key."""

    base_url: str
    open_connection: Callable[[], AbstractAsyncContextManager[Connection]]
    shop: Callable[[], Shop]
    clock: SetClock
    sign: Callable[[str], str]  # a customer token for an e-mail
    gateway_url: str = ""
    gateway_key: str = ""
    code_for: Callable[[str], str] = str  # the one-time code of a code's id, as its letter says it


@dataclass(frozen=True)
class Line:
    """One turn as it went: what was said on either side and what fell short."""

    shopper: str
    answer: str
    misses: tuple[str, ...]
    wrong: tuple[str, ...] = ()  # of the misses, those in the shop's books
    milliseconds: float = 0.0


@dataclass
class Performance:
    """A story as it went."""

    story: str
    lines: list[Line] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Nothing fell short."""
        return not any(line.misses for line in self.lines)

    @property
    def right(self) -> bool:
        """The shop's books are as they should be after every turn, however it was said."""
        return not any(line.wrong for line in self.lines)

    def told(self) -> str:
        """The conversation in words, misses marked."""
        rows = [f"— {self.story}"]
        for line in self.lines:
            rows += [f"  > {line.shopper}", *(f"    {row}" for row in line.answer.split("\n"))]
            rows += [f"    ✗ {miss}" for miss in line.misses]
        return "\n".join(rows)


async def play(story: Story, stage: Stage, shopper: ImprovisedShopper | None = None) -> Performance:
    """Play one story from its greeting to its end; with a `shopper` they say what they like, for what the story wants."""
    async with httpx.AsyncClient(
        base_url=stage.base_url, timeout=_PATIENCE, verify=_NO_ONE, trust_env=False
    ) as client:
        player = _Player(story, stage, client)
        return await (player.run() if shopper is None else player.improvise(shopper))


class _Player:
    def __init__(self, story: Story, stage: Stage, client: httpx.AsyncClient) -> None:
        self.story = story
        self.stage = stage
        self.client = client
        self.performance = Performance(story.story)
        self.shopper = Shopper("")
        self.offered: dict[str, str] = {}
        self.payment_url = ""
        self.form = "checkout"  # the form shown last
        self.fields: tuple[str, ...] = ()
        self.words = ""
        self.sent = 0
        self.later = timedelta()  # how much time the story has let pass

    async def run(self) -> Performance:
        try:
            await self._open(self.story.customer)
            for turn in self.story.turns:
                reply, took = None, 0.0
                if turn.do is not None:
                    await self._happen(turn)
                else:
                    reply, took = await self._send(turn)
                await self._judge(turn, reply, took)
        finally:  # the next story finds the shop at the hour it was opened for
            self.stage.clock.advance(-self.later)
        return self.performance

    async def improvise(self, shopper: ImprovisedShopper) -> Performance:
        """Let a shopper say what they like; what counts is what stands in the books when they are done."""
        await self._open(self.story.customer)
        for _ in range(MOST_TURNS):
            turn = await shopper.next(Seen(self.words, self.offered, self.fields))
            if turn is None:
                break
            reply, took = await self._send(turn)
            said = turn.say or turn.choose or str(turn.form)
            self.performance.lines.append(Line(said, _summary(reply), (), (), took))
        await self._judge_the_books(self.story.turns[-1].expect)
        return self.performance

    async def _judge_the_books(self, expect: Expect) -> None:
        async with self.stage.open_connection() as conn:
            world = await look(conn, self.stage.shop(), self.shopper, self.stage.clock, expect)
        wrong = tuple(misses(expect, None, world))
        self.performance.lines.append(Line("(done)", "", wrong, wrong))

    async def _open(self, customer: str | None) -> None:
        body: dict[str, Any] = {
            "channel": "web",
            "locale": "ko-KR" if self.story.language == "ko" else "en-US",
        }
        if customer:
            body["customer_token"] = self.stage.sign(customer)
        if self.story.page:
            body["page"] = {"product": self.story.page}
        answer = await self.client.post("/api/chat/conversations", json=body)
        answer.raise_for_status()
        opened = answer.json()
        self.client.headers["Authorization"] = f"Bearer {opened['token']}"
        self.shopper = Shopper(opened["conversation_id"], await self._customer(opened["conversation_id"]))
        self._remember(_BLOCKS.validate_python(opened["blocks"]))

    async def _customer(self, conversation_id: str) -> int | None:
        async with self.stage.open_connection() as conn:
            cursor = await conn.execute(
                "select customer_id from conversations where id = %s", (conversation_id,)
            )
            row = await cursor.fetchone()
        return row[0] if row else None

    async def _send(self, turn: Turn) -> tuple[Reply, float]:
        self.sent += 1
        body: dict[str, Any] = {"id": f"m{self.sent}"}
        if turn.say is not None:
            body["text"] = await self._filled(turn.say)
        if turn.speak is not None:
            body |= {"text": await self._filled(turn.speak), "spoken": True}
        if turn.choose is not None:
            body["choice"] = self.offered.get(turn.choose, turn.choose)
        if turn.form is not None:
            body["form"] = {"form": self.form, "values": turn.form}
        if turn.page is not None:
            body["page"] = {"product": turn.page}
        if turn.photo:
            body["attachments"] = [await self._photo()]
        answer = await self.client.post(
            f"/api/chat/conversations/{self.shopper.conversation_id}/messages", json=body
        )
        answer.raise_for_status()
        given = answer.json()
        blocks = _BLOCKS.validate_python(given["blocks"])
        self._remember(blocks)
        took = answer.elapsed.total_seconds() * 1000
        return Reply(given["turn"], given["language"], given["served_by"], blocks), took

    async def _heard(self, reply: Reply) -> str:
        """The answer in words for the ear."""
        path = f"/api/chat/conversations/{self.shopper.conversation_id}/messages/{reply.turn}/spoken"
        answer = await self.client.get(path)
        answer.raise_for_status()
        return str(answer.json()["text"])

    async def _photo(self) -> str:
        """Upload a picture; returns its id."""
        picture = b"\x89PNG\r\n\x1a\n" + bytes(32)
        taken = await self.client.post(
            f"/api/chat/conversations/{self.shopper.conversation_id}/attachments",
            files={"file": ("photo.png", picture, "image/png")},
        )
        taken.raise_for_status()
        return str(taken.json()["id"])

    async def _filled(self, said: str) -> str:
        """`{code}` is the code in the letter sent last, `{spoken code}` the same as it is said, `{wrong}` another."""
        if not any(each in said for each in ("{code}", "{spoken code}", "{wrong}")):
            return said
        async with self.stage.open_connection() as conn:
            cursor = await conn.execute(
                "select id from verification_codes where conversation_id = %s order by made_at desc limit 1",
                (self.shopper.conversation_id,),
            )
            row = await cursor.fetchone()
        code = self.stage.code_for(row[0]) if row else "000000"
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        spoken = say_digits(code, self.story.language)
        return said.replace("{code}", code).replace("{spoken code}", spoken).replace("{wrong}", wrong)

    def _remember(self, blocks: tuple[Block, ...]) -> None:
        self.words = " ".join(block.text for block in blocks if block.kind in ("text", "notice"))
        self.fields = ()
        for block in blocks:
            if block.kind == "form":
                self.form, self.fields = block.form, tuple(each.name for each in block.fields)
            if block.kind == "choices":
                self.offered = {option.label: option.id for option in block.options}
            url = (
                block.url if block.kind == "link" else block.payment_url if block.kind == "checkout" else None
            )
            if url and "/pay/" in url:
                self.payment_url = url

    async def _happen(self, turn: Turn) -> None:
        deed = turn.do
        assert deed is not None
        self._wait(timedelta(minutes=deed.minutes))
        if deed.comes is not None:
            await self._open(deed.comes)
        async with self.stage.open_connection() as conn:
            await happen(conn, self.stage.shop(), deed, self.stage.clock.now())
        act = "expire_card" if deed.expire_card else _PLAYS[deed.pay] if deed.pay else None
        if act is not None and self.payment_url:
            payment = urlsplit(self.payment_url).path.rsplit("/", 1)[-1]
            answer = await self.client.post(
                f"{self.stage.gateway_url}/v1/payments/{payment}/test/play",
                json={"act": act},
                headers={"Authorization": f"Bearer {self.stage.gateway_key}"},
            )
            answer.raise_for_status()

    def _wait(self, by: timedelta) -> None:
        self.later += by
        self.stage.clock.advance(by)

    async def _judge(self, turn: Turn, reply: Reply | None, took: float) -> None:
        async with self.stage.open_connection() as conn:
            world = await look(conn, self.stage.shop(), self.shopper, self.stage.clock, turn.expect)
        said = turn.say or turn.speak or turn.choose or str(turn.form or turn.do)
        answer = "" if reply is None else _summary(reply)
        found = misses(turn.expect, reply, world)
        if reply is not None and (turn.speak is not None or turn.expect.heard):
            found += misheard(turn.expect, await self._heard(reply))
        wrong = tuple(misses(turn.expect, None, world))
        self.performance.lines.append(Line(said, answer, tuple(found), wrong, took))


def _summary(reply: Reply) -> str:
    kinds = " ".join(block.kind for block in reply.blocks)
    items = "\n".join(
        f"  · {item.title} {item.price.display} ({item.why or ''})" for item in product_items(reply)
    )
    return "\n".join(part for part in (words_of(reply), items, f"[{kinds}]") if part)

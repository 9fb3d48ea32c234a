"""What the tools do, and the list of questions nobody has answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from dangol.contracts.embedder import Embedder
from dangol.contracts.shopfloor.policies import AskPolicy, NoteGap
from dangol.kernel.clock import TurnedClock
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Toolbox, ToolContext
from dangol.knowledge.api import Articles, close_gap, gaps, tools

Conn = psycopg.AsyncConnection[Any]
Context = Callable[..., ToolContext]


async def box(conn: Conn, embedder: Embedder, shop: Shop) -> Toolbox:
    return Toolbox(tools(await Articles.open(conn, embedder, shop)))


async def test_the_same_question_is_counted_up(
    conn: Conn, embedder: Embedder, shop: Shop, clock: TurnedClock, context: Context
) -> None:
    note = (await box(conn, embedder, shop))["note_gap"].run
    first = await note(context(conn, shop, clock), NoteGap(question="주차 되나요?"))
    again = await note(
        context(conn, shop, clock, conversation_id="c_other"), NoteGap(question=" 주차되나요??")
    )
    other = await note(context(conn, shop, clock), NoteGap(question="주차 되나요?", kind="conflict"))
    english = await note(context(conn, shop, clock, language="en"), NoteGap(question="is there parking"))
    assert first == again
    assert len({first.gap, other.gap, english.gap}) == 3
    listed = await gaps(conn)
    assert (listed[0].id, listed[0].times, listed[0].conversation_id) == (first.gap, 2, "c_other")
    assert (listed[0].question, listed[0].language, listed[0].state) == ("주차 되나요?", "ko", "open")


async def test_gaps_of_two_products_are_two(
    conn: Conn, embedder: Embedder, shop: Shop, clock: TurnedClock, context: Context
) -> None:
    note = (await box(conn, embedder, shop))["note_gap"].run
    one = await note(
        context(conn, shop, clock), NoteGap(question="무게가 얼마예요", product="kettle", kind="attribute")
    )
    two = await note(
        context(conn, shop, clock), NoteGap(question="무게가 얼마예요", product="pan", kind="attribute")
    )
    assert one != two


async def test_a_question_asked_again_after_its_answer_waits_anew(
    conn: Conn, embedder: Embedder, shop: Shop, clock: TurnedClock, context: Context
) -> None:
    note = (await box(conn, embedder, shop))["note_gap"].run
    first = await note(context(conn, shop, clock), NoteGap(question="주차 되나요?"))
    assert await close_gap(conn, first.gap, clock.now())
    assert not await close_gap(conn, first.gap, clock.now())
    second = await note(context(conn, shop, clock), NoteGap(question="주차 되나요?"))
    assert second != first
    assert [gap.id for gap in await gaps(conn, "answered")] == [first.gap]


async def test_the_shop_files_own_figures_answer_without_any_article(
    conn: Conn, embedder: Embedder, shop: Shop, clock: TurnedClock, context: Context
) -> None:
    ask = (await box(conn, embedder, shop))["ask_policy"].run
    korean = await ask(context(conn, shop, clock), AskPolicy(question="선물 포장 얼마예요?"))
    assert korean.passages[0].text == "선물 포장은 2,500원이에요."
    assert (korean.passages[0].title, korean.passages[0].article) == ("매장 안내", "")
    english = await ask(
        context(conn, shop, clock, language="en"), AskPolicy(question="how much is gift wrapping?")
    )
    assert english.passages[0].text == "Gift wrapping costs ₩2,500."
    unwritten = await ask(context(conn, shop, clock), AskPolicy(question="주차 되나요?"))
    assert unwritten.passages == ()

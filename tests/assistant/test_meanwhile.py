"""What is done while a model thinks is done in that time, and not at all where it answers at once."""

from __future__ import annotations

import asyncio

from assistant.truth.test_plainness import NOW, TEAS

from dangol.assistant.minds.language_model.meanwhile import meanwhile
from dangol.assistant.truth import Evidence
from dangol.assistant.truth.ahead import read_ahead
from dangol.assistant.truth.articles_of_goods import told_of_goods


async def test_work_is_done_while_an_answer_is_waited_for() -> None:
    done = asyncio.Event()
    with meanwhile(done.set):
        await done.wait()


async def test_nothing_is_done_once_the_answer_is_there() -> None:
    done: list[str] = []
    for _ in range(3):
        with meanwhile(lambda: done.append("late")):
            await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    assert done == []


def test_the_articles_are_read_with_the_goods_they_tell_of() -> None:
    known = Evidence.gather([TEAS], "", NOW, "Asia/Seoul")
    read_ahead(known)
    known.articles.clear()  # what is told of goods was read before
    told = {(each.values[0][1], *each.goods) for each in told_of_goods(known) if each.values[0][0] == "month"}
    assert told == {(12, "senchamori"), (18, "hojichakiri")}

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg import AsyncConnection

from dangol.kernel.errors import NotFound
from dangol.knowledge import api as knowledge
from dangol.knowledge.api import Article, ArticleChanged, NothingWritten

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def _article(body: str, minutes: int = 0) -> Article:
    return Article("jeju", "ko", "제주 배송", ["shipping"], body, NOON + timedelta(minutes=minutes))


async def test_every_text_an_article_had_is_kept_and_can_be_had_again(conn: AsyncConnection[Any]) -> None:
    first = await knowledge.edit_article(conn, _article("3,500원이에요."), expected=None, staff_id="minji")
    assert await knowledge.versions(conn, first) == []
    second = await knowledge.edit_article(
        conn, _article("4,000원이에요.", 5), expected=first.updated_at, staff_id="haneul"
    )
    (before,) = await knowledge.versions(conn, second)
    assert (before.body, before.staff_id, before.at) == ("3,500원이에요.", "minji", NOON)
    third = await knowledge.edit_article(
        conn, _article(before.body, 10), expected=second.updated_at, staff_id="minji"
    )
    assert [each.body for each in await knowledge.versions(conn, third)] == [
        "4,000원이에요.",
        "3,500원이에요.",
    ]


async def test_who_was_slower_writes_nothing_over_a_colleague(conn: AsyncConnection[Any]) -> None:
    first = await knowledge.edit_article(conn, _article("3,500원이에요."), expected=None, staff_id="minji")
    await knowledge.edit_article(
        conn, _article("4,000원이에요.", 5), expected=first.updated_at, staff_id="haneul"
    )
    for expected in (first.updated_at, None):
        with pytest.raises(ArticleChanged):
            await knowledge.edit_article(
                conn, _article("5,000원이에요.", 6), expected=expected, staff_id="minji"
            )
    standing = await knowledge.article(conn, "jeju", "ko")
    assert standing is not None
    assert standing.body == "4,000원이에요."


async def test_what_is_taken_down_stays_among_the_versions(conn: AsyncConnection[Any]) -> None:
    added = await knowledge.add_article(
        conn, title="제주 배송", body="3,500원이에요.", language="ko", slug="jeju", now=NOON
    )
    await knowledge.remove_article(conn, "jeju", "ko")
    assert await knowledge.article(conn, "jeju", "ko") is None
    again = await knowledge.edit_article(conn, _article("4,000원이에요.", 9), expected=None, staff_id="minji")
    (before,) = await knowledge.versions(conn, again)
    assert (before.body, before.staff_id) == (added.body, None)
    with pytest.raises(NotFound):
        await knowledge.remove_article(conn, "jeju", "en")


async def test_an_article_says_something(conn: AsyncConnection[Any]) -> None:
    with pytest.raises(NothingWritten):
        await knowledge.edit_article(conn, _article("# 제주\n"), expected=None, staff_id="minji")
    assert await knowledge.article(conn, "jeju", "ko") is None


def test_the_preview_cuts_a_text_as_the_assistant_does() -> None:
    cut = knowledge.passages("# 배송\n\n3,000원이에요.\n\n## 제주\n\n- 3,500원 더해져요\n")
    assert [(each.headings, each.text) for each in cut] == [
        (("배송",), "3,000원이에요."),
        (("배송", "제주"), "3,500원 더해져요"),
    ]

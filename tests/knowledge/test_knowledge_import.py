"""Folders of articles as shops keep them, sound and broken."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.contracts.embedder import Embedder
from dangol.kernel.imports import ImportReport, Refusal, say_refusal
from dangol.kernel.shop import Shop
from dangol.knowledge import records
from dangol.knowledge.api import CHANNEL, REASONS, Articles, NoFolder, import_articles
from dangol.knowledge.markdown import html, sections
from dangol.knowledge.model import Draft
from dangol.knowledge.reading import read_text

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
Conn = psycopg.AsyncConnection[Any]


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


async def run(conn: Conn, shop: Shop, folder: Path) -> ImportReport:
    return await import_articles(conn, shop, folder, NOW, lambda _done, _total: None)


async def test_articles_are_taken_over_once(conn: Conn, shop: Shop, tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.md",
        "---\ntitle: 배송\nlanguage: ko\ntags: [배송, 배송비]\n---\n배송비는 3,000원이에요.\n",
    )
    write(tmp_path, "deep/b.en.md", "# Returns\n\nSeven days.\n")
    first = await run(conn, shop, tmp_path)
    assert (first.created, first.updated, first.unchanged, first.refused) == (2, 0, 0, ())
    stored = {a.slug: a for a in await records.all_articles(conn)}
    assert (stored["a"].title, stored["a"].language, stored["a"].tags) == ("배송", "ko", ["배송", "배송비"])
    assert (stored["b"].title, stored["b"].language) == ("Returns", "en")
    second = await run(conn, shop, tmp_path)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 2)
    write(tmp_path, "a.md", "---\ntitle: 배송\nlanguage: ko\n---\n배송비는 2,500원이에요.\n")
    third = await run(conn, shop, tmp_path)
    assert (third.created, third.updated, third.unchanged) == (0, 1, 1)


async def test_one_slug_in_two_languages_is_one_article(conn: Conn, shop: Shop, tmp_path: Path) -> None:
    write(tmp_path, "shipping.ko.md", "배송비는 3,000원이에요.")
    write(tmp_path, "shipping.en.md", "Delivery costs 3,000 won.")
    write(tmp_path, "again.md", "---\nslug: Shipping\nlanguage: en\n---\nTwice.")
    report = await run(conn, shop, tmp_path)
    assert report.created == 2
    assert [(r.column, r.code, r.value) for r in report.refused] == [
        ("shipping.en.md", "slug_taken", "again.md")
    ]


BROKEN: list[tuple[str | bytes, str]] = [
    ("", "empty"),
    ("---\ntitle: 제목\n---\n\n", "empty"),
    ("<!-- nothing -->\n", "empty"),
    ("배송비는 3,000원".encode("cp949"), "not_utf8"),
    (b"PK\x03\x04\x00\x00", "not_utf8"),
    ("---\ntitle: [a\n---\nx", "broken_front_matter"),
    ("---\n- just\n- a list\n---\nx", "broken_front_matter"),
    ("---\ntitle: 배송\n\n배송비는 3,000원이에요.", "front_matter_not_closed"),
    ("---\ntitle: {a: b}\n---\nx", "not_text"),
    ("---\ntags: 3\n---\nx", "not_a_list"),
    ("---\nlanguage: 한국어\n---\nx", "unknown_language"),
    ("# x\n" + "가" * 400_000, "too_large"),
]


@pytest.mark.parametrize(("text", "code"), BROKEN)
async def test_a_broken_file_is_refused_and_the_rest_stands(
    conn: Conn, shop: Shop, tmp_path: Path, text: str | bytes, code: str
) -> None:
    write(tmp_path, "good.md", "# 반품\n\n7일 안에 반품하세요.")
    write(tmp_path, "bad file.md", text)
    report = await run(conn, shop, tmp_path)
    assert report.created == 1
    assert [(refusal.column, refusal.code) for refusal in report.refused] == [("bad file.md", code)]
    for language in ("ko", "en"):
        said = say_refusal(report.refused[0], language, REASONS)
        assert said
        assert code not in said


async def test_a_refused_file_leaves_its_article_and_a_removed_one_takes_it_down(
    conn: Conn, shop: Shop, tmp_path: Path
) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path, f"{name}.md", f"# {name}\n\n{name} 안내예요.")
    await run(conn, shop, tmp_path)
    write(tmp_path, "a.md", b"\xff\xfe\xff")
    (tmp_path / "b.md").unlink()
    report = await run(conn, shop, tmp_path)
    assert (report.updated, report.unchanged) == (1, 1)
    assert [a.slug for a in await records.all_articles(conn)] == ["a", "c"]


async def test_a_wrong_folder_takes_nothing_down(conn: Conn, shop: Shop, tmp_path: Path) -> None:
    write(tmp_path, "one/a.md", "# 반품\n\n7일이에요.")
    write(tmp_path, "two/b.md", "# 배송\n\n3일이에요.")
    await run(conn, shop, tmp_path / "one")
    await run(conn, shop, tmp_path / "two")
    (tmp_path / "one" / "a.md").unlink()
    await run(conn, shop, tmp_path / "one")
    assert [a.slug for a in await records.all_articles(conn)] == ["a", "b"]
    with pytest.raises(NoFolder):
        await run(conn, shop, tmp_path / "three")


async def test_a_change_is_announced_and_taken_over(
    conn: Conn, database_url: str, shop: Shop, embedder: Embedder, tmp_path: Path
) -> None:
    articles = await Articles.open(conn, embedder, shop)
    assert articles.ask("시승 되나요?", "ko").passages == ()
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as listener:
        await listener.execute(f"LISTEN {CHANNEL}")
        write(tmp_path, "ride.md", "# 시승\n\n매장에서 30분 동안 시승하실 수 있어요.")
        await run(conn, shop, tmp_path)
        notices = [notice async for notice in listener.notifies(timeout=5, stop_after=1)]
    assert len(notices) == 1
    await articles.refresh(conn)
    assert "30분" in articles.ask("시승 되나요?", "ko").passages[0].text


def test_language_is_detected(shop: Shop) -> None:
    def language(text: str) -> str:
        read = read_text(shop, text, "x.md")
        assert isinstance(read, Draft)
        return read.language

    assert language("배송비는 3,000원이고 CJ대한통운으로 보내 드려요.") == "ko"
    assert language("Delivery costs ₩3,000 anywhere in Korea.") == "en"
    assert language("Dangori(단골이) answers your questions in the chat window at any hour.") == "en"


def test_passages_keep_headings_lists_and_tables() -> None:
    parts = sections(
        "# 배송\n\n## 배송비\n지역마다 달라요:\n\n- 서울 **3,000원**\n- 제주 [6,500원](https://x.example)\n\n|지역|값|\n|-|-|\n|부산|4,000원|\n"
    )
    assert [(p.headings, p.text) for p in parts] == [
        (("배송", "배송비"), "지역마다 달라요:"),
        (("배송", "배송비"), "서울 3,000원"),
        (("배송", "배송비"), "제주 6,500원"),
        (("배송", "배송비"), "지역: 부산 · 값: 4,000원"),
    ]
    assert [p.lead for p in parts[1:]] == ["지역마다 달라요:"] * 3


def test_html_is_harmless() -> None:
    page = html(
        '# A\n\n<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) <b style="x">y</b>'
    )
    assert "<h1>" in page
    for bad in ("<script", "onerror=", 'href="javascript', "style="):
        assert bad not in page or "&lt;" in page


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading(text: str) -> None:
    shop = Shop.model_validate({"name": "x", "locale": "ko-KR", "currency": "KRW", "time_zone": "Asia/Seoul"})
    for whole in (text, f"---\n{text}\n---\nbody", f"# {text}\n\n{text}"):
        assert isinstance(read_text(shop, whole, "x.md"), (Draft, Refusal))

"""What a shop has written elsewhere: web pages, PDF files, lists of questions; taken over, and answered from."""

import functools
import http.server
import io
import json
import threading

import pytest
from reportlab.pdfgen.canvas import Canvas

from dangol.knowledge import documents
from dangol.knowledge.markdown import sections
from dangol.server.commands.console import CommandRefused
from dangol.server.commands.pages import fetch

PAGE = """<html><head><title>Repairs – Hill Tea</title><style>p {color: red}</style></head><body>
<nav><a href=/>Home</a></nav><main><h1>Repairs</h1><p>We mend kettles for <b>two years</b>,
free of charge. 1 * 2 &lt; 3.</p><ul><li>Send it in</li><li>Wait a week</li></ul>
<table><tr><td>Lid</td><td>$4</td></tr></table></main><footer>© Hill Tea</footer><script>alert(1)</script></body></html>"""


def words(markdown: str) -> list[str]:
    return [section.text for section in sections(markdown)]


def pdf(*lines: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for at, line in enumerate(lines):
        canvas.drawString(72, 760 - 18 * at, line)
    canvas.save()
    return out.getvalue()


def test_a_page_is_its_main_part_in_words():
    read = documents.from_html(PAGE.encode())
    assert read.startswith("# Repairs")
    told = words(read)
    assert told[0] == "We mend kettles for two years, free of charge. 1 * 2 < 3."
    assert "Lid · $4" in told[-1]
    assert not any("alert" in one or "Home" in one or "©" in one for one in told)


def test_questions_and_answers_of_a_list():
    read = documents.from_questions("번호,질문,답변\n1,언제 와요?,이틀 안에 와요.\n2,,\n".encode("cp949"))
    assert read.startswith("## 언제 와요?")
    assert words(read) == ["이틀 안에 와요."]
    with pytest.raises(documents.NoDocument, match="no_questions"):
        documents.from_questions(b"a1,b1\n1,2\n")


def test_broken_lines_of_a_pdf_are_joined():
    read = documents.from_pdf(
        pdf("Returns", "Goods come back within thirty", "days of delivery.", "Kettles are mended.")
    )
    assert read.startswith("## Returns")
    assert words(read) == ["Goods come back within thirty days of delivery.", "Kettles are mended."]


@pytest.mark.parametrize(("raw", "why"), [(b"%PDF-1.4 torn", "damaged"), (pdf(), "only_pictures")])
def test_a_pdf_that_cannot_be_read_says_why(raw, why):
    with pytest.raises(documents.NoDocument, match=why):
        documents.from_pdf(raw)


@pytest.fixture
def site(tmp_path):
    """A shop's site on loopback."""
    (tmp_path / "repairs.html").write_text(PAGE)
    (tmp_path / "song.mp3").write_bytes(b"ID3")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_page_is_fetched_again_into_the_same_file(site, tmp_path):
    folder = fetch(f"{site}/repairs.html", tmp_path / "data")
    assert fetch(f"{site}/repairs.html", tmp_path / "data") == folder
    (kept,) = folder.iterdir()
    assert documents.READERS[kept.suffix](kept.read_bytes()).startswith("# Repairs")


@pytest.mark.parametrize("name", ["gone.html", "song.mp3"])
def test_what_is_no_page_is_refused_and_nothing_kept(site, tmp_path, name):
    with pytest.raises(CommandRefused, match=name):
        fetch(f"{site}/{name}", tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_the_next_answer_quotes_them_with_their_title(articles_of, tmp_path):
    shop = {"name": "Hill Tea", "locale": "en-US", "currency": "USD", "time_zone": "America/New_York"}
    (tmp_path / "shop.json").write_text(json.dumps(shop))
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "repairs.html").write_text(PAGE)
    (folder / "gift-cards.pdf").write_bytes(
        pdf("Gift cards are valid for three years.", "They are sent by e-mail.")
    )
    (folder / "faq.csv").write_text(
        "question,answer\nIs there parking?,Park behind the shop for two hours.\n"
    )
    articles = articles_of(tmp_path)
    for question, title, told in (
        ("do you repair kettles?", "Repairs", "two years"),
        ("how long are gift cards valid?", "gift cards", "three years"),
        ("can I park at the shop?", "faq", "two hours"),
    ):
        passages = articles.ask(question, "en").passages
        assert title in [one.title for one in passages]
        assert any(told in one.text for one in passages)

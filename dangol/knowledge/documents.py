"""Web pages, PDF files and lists of questions as Markdown, so that one reader takes over whatever a shop has written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_SPACES = re.compile(r"\s+")
_QUESTIONS = frozenset({"question", "questions", "q", "질문", "문의", "자주 묻는 질문"})
_ANSWERS = frozenset({"answer", "answers", "a", "답변", "답", "대답"})
_BESIDE = frozenset(
    {"script", "style", "nav", "header", "footer", "aside", "form", "noscript", "svg", "template", "button"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "main",
        "ul",
        "ol",
        "table",
        "tr",
        "li",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "br",
    }
)
_ENDS = re.compile(r"[.!?。:;…)\]”’\"]$|[다요죠음됨함]$")
_LONGEST_HEADING = 60


class NoDocument(ValueError):
    """A file cannot be read as what it claims to be; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def from_html(raw: bytes) -> str:
    """The words of a web page: headings, paragraphs, lists and rows of its main part; menus and scripts left out."""
    text = _decoded(raw)
    page = _Page(
        "main" if re.search(r"<main\b", text, re.IGNORECASE) else "article" if "<article" in text else ""
    )
    page.feed(text)
    page.close()
    page.end_block()
    title = (
        [f"# {_escaped(page.title)}"]
        if page.title and not any(b.startswith("# ") for b in page.blocks)
        else []
    )
    return "\n\n".join([*title, *page.blocks])


def from_questions(raw: bytes) -> str:
    """A CSV with a column of questions and one of answers. Raises NoDocument without them."""
    rows = list(csv.reader(io.StringIO(_decoded(raw))))
    names = [name.strip().lower() for name in rows[0]] if rows else []
    asked = next((at for at, name in enumerate(names) if name in _QUESTIONS), None)
    told = next((at for at, name in enumerate(names) if name in _ANSWERS), None)
    if asked is None or told is None:
        raise NoDocument("no_questions")
    parts = []
    for row in rows[1:]:
        question, answer = (row[at].strip() if at < len(row) else "" for at in (asked, told))
        if question and answer:
            parts.append(f"## {_escaped(question)}\n\n{_escaped(answer)}")
    return "\n\n".join(parts)


def from_pdf(raw: bytes) -> str:
    """The words of a PDF, its broken lines joined. Raises NoDocument where it is locked, damaged or only pictures."""
    from pypdf import PdfReader  # noqa: PLC0415  only who takes over a PDF waits for it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoDocument("locked")
        lines = [line for page in reader.pages for line in (*page.extract_text().splitlines(), "")]
    except (PyPdfError, ValueError, KeyError, RecursionError) as no:
        if isinstance(no, NoDocument):
            raise
        raise NoDocument("damaged") from no
    blocks = _joined([_SPACES.sub(" ", line).strip() for line in lines])
    if not blocks:
        raise NoDocument("only_pictures")
    return "\n\n".join(blocks)


READERS: dict[str, Callable[[bytes], str]] = {
    ".html": from_html,
    ".htm": from_html,
    ".csv": from_questions,
    ".pdf": from_pdf,
}


def _joined(lines: list[str]) -> list[str]:
    """Lines as paragraphs; a short line that ends no sentence, before a longer one, is a heading."""
    blocks: list[str] = []
    open_part = ""
    for at, line in enumerate(lines):
        following = next((later for later in lines[at + 1 : at + 3] if later), "")
        if not line:
            blocks += [_escaped(open_part)] if open_part else []
            open_part = ""
        elif not open_part and _heads(line, following):
            blocks.append(f"## {_escaped(line)}")
        else:
            open_part = f"{open_part} {line}".strip()
            if _ENDS.search(line):
                blocks.append(_escaped(open_part))
                open_part = ""
    return [*blocks, *([_escaped(open_part)] if open_part else [])]


def _heads(line: str, following: str) -> bool:
    return len(line) <= _LONGEST_HEADING and not _ENDS.search(line) and len(following) > len(line)


def _escaped(text: str) -> str:
    """Words that mean no markup."""
    return _MARKS.sub(r"\\\1", _SPACES.sub(" ", text).strip())


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoDocument("not_utf8")


class _Page(HTMLParser):
    """A web page on its way to blocks of Markdown; with `within`, only what stands in that element."""

    def __init__(self, within: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.title = ""
        self._within, self._depth = within, 0
        self._beside = 0
        self._in_title = False
        self._before = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if tag == self._within:
            self._depth += 1
        if tag in _BESIDE:
            self._beside += 1
        self._in_title = tag == "title"
        if tag in _HEADINGS or tag in _BLOCKS:
            self.end_block()
            self._before = "#" * _HEADINGS[tag] + " " if tag in _HEADINGS else "- " if tag == "li" else ""
        elif tag in ("td", "th") and self._words:
            self._words.append(" · ")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in _HEADINGS or tag in _BLOCKS:
            self.end_block()
        if tag in _BESIDE:
            self._beside = max(self._beside - 1, 0)
        if tag == self._within:
            self.end_block()
            self._depth = max(self._depth - 1, 0)
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._in_title:
            self.title = _SPACES.sub(" ", self.title + data).strip()
        elif not self._beside and (self._depth or not self._within):
            self._words.append(data)

    def end_block(self) -> None:
        """What was said so far is a block of its own."""
        said = _escaped("".join(self._words))
        if said:
            self.blocks.append(f"{self._before}{said}")
        self._words, self._before = [], ""

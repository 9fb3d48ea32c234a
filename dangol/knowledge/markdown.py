"""Articles as Markdown files: front matter, passages as a reader sees them, and clean HTML for the page."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Any

import nh3
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dangol.knowledge.model import Section

_FENCE = re.compile(r"\A---[ \t]*\r?\n")
_FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KNOWN = ("title", "language", "tags", "slug")
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a",
    "strong", "em", "code", "pre", "blockquote", "br", "hr", "img",
}  # fmt: skip


class BrokenFrontMatter(ValueError):
    """The lines between the dashes are no front matter; `field` is the one that is wrong, if one is."""

    def __init__(self, code: str, line: int, field: str = "", value: str = "") -> None:
        super().__init__(code)
        self.code, self.line, self.field, self.value = code, line, field, value


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter's fields and the body below it; no front matter is an empty one.

    `title`, `language` and `slug` are text, `tags` a list of text (or text parted by commas); fields the shop
    adds for itself are left out. Raises BrokenFrontMatter.
    """
    opening = _FENCE.match(text)
    if not opening:
        return {}, text
    closing = _FENCE_END.search(text, opening.end())
    if not closing:
        return {}, _unless_meant(text)
    try:
        fields = yaml.safe_load(text[opening.end() : closing.start()])
    except yaml.YAMLError as no:
        mark = getattr(no, "problem_mark", None)
        raise BrokenFrontMatter("broken_front_matter", (mark.line if mark else 0) + 2) from no
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        raise BrokenFrontMatter("broken_front_matter", 2, value=str(fields)[:80])
    return _checked(fields), text[closing.end() :].lstrip("\r\n")


def _unless_meant(text: str) -> str:
    # a lone line of dashes on top is a rule; with a field under it, somebody forgot to close the front matter
    if re.match(r"---[ \t]*\r?\n(?:[ \t]*\r?\n)*(?:title|language|tags|slug)[ \t]*:", text, re.IGNORECASE):
        raise BrokenFrontMatter("front_matter_not_closed", 1)
    return text


def _checked(fields: dict[Any, Any]) -> dict[str, Any]:
    known = {str(name).casefold(): value for name, value in fields.items() if value is not None}
    checked: dict[str, Any] = {}
    for name in _KNOWN:
        value = known.get(name)
        if value is None:
            continue
        if name == "tags":
            checked[name] = _tags(value)
        elif isinstance(value, (dict, list)):
            raise BrokenFrontMatter("not_text", 2, name, str(value)[:80])
        else:
            checked[name] = str(value).strip()
    return checked


def _tags(value: Any) -> tuple[str, ...]:
    tags = value.split(",") if isinstance(value, str) else value
    if not isinstance(tags, list) or any(isinstance(tag, (dict, list)) for tag in tags):
        raise BrokenFrontMatter("not_a_list", 2, "tags", str(value)[:80])
    return tuple(dict.fromkeys(str(tag).strip() for tag in tags if str(tag).strip()))


def first_heading(body: str) -> str:
    """The text of an article's first heading, "" when it has none."""
    tokens = _MARKDOWN.parse(body)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            return plain_text(tokens[at + 1])
    return ""


def sections(body: str) -> list[Section]:
    """Every paragraph, list item and table row of an article, with its headings, as a reader sees the words.

    Markup is gone and nothing else: the words stand in the order and spelling of the article. The cells of a
    table row are joined as `column: cell · column: cell`.
    """
    return list(_Walk(_MARKDOWN.parse(body)).sections())


def plain_text(token: Token) -> str:
    """The visible words of an inline token: marks and addresses gone, line breaks as spaces."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return re.sub(r"\s+", " ", "".join(parts)).strip()


class _Walk:
    """One pass over the tokens of an article."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._headings: list[tuple[int, str]] = []
        self._lead = ""
        self._depth = 0

    def sections(self) -> Iterator[Section]:
        at = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            if token.type == "heading_open":
                self._enter(int(token.tag[1]), plain_text(self._tokens[at + 1]))
                at += 1
            elif token.type == "table_open":
                at = yield from self._rows(at)
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self._depth += 1
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self._depth -= 1
            elif token.type == "inline":
                yield from self._paragraph(plain_text(token))
            at += 1

    def _enter(self, level: int, heading: str) -> None:
        self._headings = [
            *((depth, text) for depth, text in self._headings if depth < level),
            (level, heading),
        ]
        self._lead = ""

    def _section(self, text: str, lead: str) -> Section:
        return Section(tuple(heading for _, heading in self._headings), lead, text)

    def _paragraph(self, text: str) -> Iterator[Section]:
        if not text:
            return
        yield self._section(text, self._lead if self._depth else "")
        if not self._depth:
            self._lead = text

    def _rows(self, at: int) -> Generator[Section, None, int]:
        header: list[str] = []
        row: list[str] = []
        while self._tokens[at].type != "table_close":
            token = self._tokens[at]
            if token.type == "tr_open":
                row = []
            elif token.type == "inline":
                row.append(plain_text(token))
            elif token.type == "tr_close":
                if header and any(row):
                    cells = [
                        f"{name}: {cell}" if name else cell
                        for name, cell in zip(header, row, strict=False)
                        if cell
                    ]
                    yield self._section(" · ".join(cells), self._lead)
                header = header or row
            at += 1
        return at


def html(body: str) -> str:
    """An article as HTML that is safe on any page: no script, no style, links that give nothing away."""
    return nh3.clean(
        _MARKDOWN.render(body),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "img": {"src", "alt", "title"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )

"""What every import shares: a tolerant table reader, and refusals that name row, column and reason."""

from __future__ import annotations

import csv
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dangol.kernel.errors import Refused
from dangol.kernel.model import Value

_LONGEST_CELL = 1_000_000  # characters; a product body as HTML stays far below
_MOST_LINES = 2_000  # physical lines of one record; beyond it a quotation mark was never closed
_DELIMITERS = (",", ";", "\t")
_SAMPLE = 4_096
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")  # workbooks and the like
_UNDECODED = re.compile("[\udc80-\udcff\ufffd\x00]")

csv.field_size_limit(_LONGEST_CELL)


class Refusal(Value):
    """One thing in a file that was not taken over: where it stands, why (a code), and what was written there.

    `row` is counted as a spreadsheet counts: the header is 1. `column` is empty where the whole row is meant.
    """

    row: int
    column: str
    code: str
    value: str = ""


class ImportReport(Value):
    """What came of an import; a second run over the same file says everything is unchanged."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()


class ColumnsMissing(Refused):
    """The file lacks columns without which no row can be read; `columns` names them."""

    code = "columns_missing"
    status = 422


class NotATable(Refused):
    """The file is no text table: a workbook, a picture, or nothing that can be opened."""

    code = "not_a_table"
    status = 422


Row = tuple[int, dict[str, str]]


def read_table(path: Path, required: set[str], optional: Iterable[str] = ()) -> Iterator[Row | Refusal]:
    """Read a CSV file as people export it, row by row; what cannot be read is a Refusal and the rest goes on.

    Takes UTF-8 with or without mark, CP949 and UTF-16, commas, semicolons or tabs. Columns named in `required`
    and `optional` are matched without regard to case and spaces and come back under those names; others as
    they are written. Cells are stripped; cells left out at the end of a row are empty; blank rows are skipped.
    Raises ColumnsMissing or NotATable with the first row asked for. Streams: memory does not grow with the file.
    """
    encoding = _encoding(path)
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    with path.open(encoding=encoding, errors=errors, newline="") as lines:
        source = _Lines(lines)
        known = {_plain(name): name for name in (*optional, *required)}
        header, delimiter, row = _header(source, known)
        absent = sorted(required - set(header))
        if absent:
            raise ColumnsMissing(columns=absent, found=[name for name in header if name])
        while (record := source.record(delimiter, len(header))) is not None:
            row += 1
            if isinstance(record, str):
                yield Refusal(row=row, column="", code=record, value=source.excerpt)
            elif any(record):
                yield _checked(row, header, record)


def _checked(row: int, header: list[str], cells: list[str]) -> Row | Refusal:
    if any(cells[len(header) :]):
        return Refusal(row=row, column="", code="too_many_cells", value=cells[len(header)][:80])
    values: dict[str, str] = {}
    for name, cell in zip(header, cells, strict=False):
        if _UNDECODED.search(cell):
            return Refusal(row=row, column=name, code="undecodable", value=_UNDECODED.sub("?", cell)[:80])
        if name and name not in values:
            values[name] = cell
    for name in header[len(cells) :]:
        values.setdefault(name, "")
    return row, values


class _Lines:
    """Physical lines that can be given back, and records made of them."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self._pulled: list[str] = []
        self.excerpt = ""

    def next(self) -> str | None:
        if self._back:
            return self._back.popleft()
        return next(self._lines, None)

    def _pull(self) -> Iterator[str]:
        while len(self._pulled) < _MOST_LINES and (line := self.next()) is not None:
            self._pulled.append(line)
            yield line

    def record(self, delimiter: str, width: int) -> list[str] | str | None:
        """The next record's cells; a code when its quoting is broken (then only its first line is gone)."""
        self._pulled = []
        try:
            cells = next(csv.reader(self._pull(), delimiter=delimiter, strict=True), None)
        except csv.Error as no:
            return self._broken("too_long" if "larger" in str(no) else "broken_quotes")
        if cells is None:
            return None
        # a quotation mark closed by a stray one of a later row swallows rows: the count of cells tells
        if len(self._pulled) > 1 and len(cells) != width:
            return self._broken("broken_quotes")
        return [cell.strip() for cell in cells]

    def _broken(self, code: str) -> str:
        self.excerpt = _UNDECODED.sub("?", self._pulled[0].strip())[:80]
        self._back.extendleft(reversed(self._pulled[1:]))
        return code


def _header(source: _Lines, known: dict[str, str]) -> tuple[list[str], str, int]:
    row = 0
    while (line := source.next()) is not None:
        row += 1
        told = re.fullmatch(r"sep=(.)\s*", line)  # Excel's own hint
        if not line.strip() or told:
            continue
        candidates = [(_names(line, delimiter, known), delimiter) for delimiter in _DELIMITERS]
        header, delimiter = max(candidates, key=lambda c: (len(set(c[0]) & set(known.values())), len(c[0])))
        return header, delimiter, row
    return [], ",", row


def _names(line: str, delimiter: str, known: dict[str, str]) -> list[str]:
    names = next(csv.reader([line], delimiter=delimiter), [])
    return [known.get(_plain(name), _UNDECODED.sub("?", name).strip()) for name in names]


def _plain(name: str) -> str:
    return re.sub(r"[\s_\ufeff]+", "", name).casefold()


def _encoding(path: Path) -> str:
    """The encoding most of the file is written in; a mark at its start decides, else its lines do."""
    try:
        with path.open("rb") as file:
            start = file.read(_SAMPLE)
            file.seek(0)
            if start.startswith(b"\xef\xbb\xbf"):
                return "utf-8-sig"
            if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
                return "utf-16"
            if start.startswith(_MAGIC):
                raise NotATable(file=path.name)
            if guess := _without_mark(start):
                return guess
            if b"\x00\x00" in start:
                raise NotATable(file=path.name)
            return _by_lines(file)
    except OSError as no:
        raise NotATable(file=path.name) from no


def _without_mark(start: bytes) -> str | None:
    """UTF-16 of mostly Latin or mixed text shows zero bytes on one side only."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    many = len(start) // 8
    if odd > many and even == 0:
        return "utf-16-le"
    if even > many and odd == 0:
        return "utf-16-be"
    return None


def _by_lines(lines: Iterable[bytes]) -> str:
    good = bad = 0
    for line in lines:
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad += 1
    # Korean in CP949 is practically never valid UTF-8, while a UTF-8 file may hold a spoilt line
    return "utf-8" if good >= bad else "cp949"


_WORDS: dict[str, dict[str, str]] = {
    "broken_quotes": {
        "ko": "따옴표가 닫히지 않았거나 잘못 쓰였어요",
        "en": "a quotation mark is not closed or stands in the wrong place",
    },
    "undecodable": {
        "ko": "글자가 깨져 있어요 (UTF-8로 저장해 주세요)",
        "en": "holds characters that cannot be read (save the file as UTF-8)",
    },
    "too_many_cells": {"ko": "열보다 칸이 더 많아요", "en": "has more cells than the header has columns"},
    "too_long": {"ko": "내용이 너무 길어요", "en": "is too long"},
    "missing_value": {"ko": "값이 비어 있어요", "en": "is empty"},
    "not_a_number": {"ko": "숫자가 아니에요", "en": "is not a number"},
    "not_an_integer": {"ko": "정수가 아니에요", "en": "is not a whole number"},
    "not_an_amount": {"ko": "금액으로 읽을 수 없어요", "en": "cannot be read as an amount"},
    "negative": {"ko": "0보다 작아요", "en": "is below zero"},
    "not_a_date": {"ko": "날짜로 읽을 수 없어요", "en": "cannot be read as a date"},
    "not_an_email": {"ko": "이메일 주소가 아니에요", "en": "is not an e-mail address"},
    "not_a_phone": {"ko": "전화번호가 아니에요", "en": "is not a phone number"},
    "duplicate": {"ko": "파일 안에 같은 값이 또 있어요", "en": "stands in the file twice"},
    "unknown": {"ko": "알 수 없는 값이에요", "en": "is not known"},
    "columns_missing": {"ko": "필요한 열이 없어요: {columns}", "en": "these columns are missing: {columns}"},
    "unknown_format": {"ko": "“{format}” 형식은 읽을 수 없어요", "en": "the format “{format}” is not known"},
    "not_a_table": {
        "ko": "{file}은(는) CSV로 읽을 수 없어요. 엑셀 파일이면 CSV로 저장해 주세요",
        "en": "{file} cannot be read as CSV; if it is a workbook, save it as CSV",
    },
}


def say_refusal(refusal: Refusal, language: str, more: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Why something was not taken over, in Korean or English: `"-3": 0보다 작아요`.

    `more` brings a room's own reasons (code → language → words with `{value}`); they go before the common ones.
    """
    words = (more or {}).get(refusal.code) or _WORDS.get(refusal.code) or {}
    reason = words.get(language[:2]) or words.get("en") or refusal.code
    if "{value}" in reason:
        return reason.replace("{value}", refusal.value)
    return f"“{refusal.value}”: {reason}" if refusal.value else reason


def say_refused_file(refused: Refused, language: str) -> str:
    """Why a file was refused whole (ColumnsMissing, NotATable, an unknown format), in Korean or English."""
    return say_refused_code(refused.code, refused.details, language)


def say_refused_code(code: str, details: Mapping[str, object], language: str) -> str:
    """The same by the code and the details alone."""
    words = _WORDS.get(code, {})
    reason = words.get(language[:2]) or words.get("en") or code
    shown = {name: ", ".join(v) if isinstance(v, list) else str(v) for name, v in details.items()}
    return reason.format_map(defaultdict(str, shown))

"""Past enquiries taken over from a file: masked, grouped by what they ask, held against intents and articles."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dangol.kernel.imports import ImportReport, NotATable, Refusal, Row, read_table
from dangol.kernel.words.normalising import compact
from dangol.learning.likeness import Likeness
from dangol.learning.model import Connection, Reader
from dangol.learning.records import enquiries
from dangol.learning.records.enquiries import Enquiry, Stored
from dangol.learning.rules import masked

_NAMES = {
    "text": "text message question inquiry enquiry body content comment description"
    " 문의내용 질문 내용 메시지 본문 고객문의 고객메시지 문의",
    "answer": "answer reply response 답변 답변내용 응답 상담내용 회신",
    "tag": "tag category type topic label intent subject 문의유형 분류 유형 카테고리 제목",
    "language": "language lang locale 언어",
}
_SHOPPER = frozenset({"customer", "user", "shopper", "visitor", "client", "buyer", "고객", "손님"})
_LONGEST = 4_000
_SAMPLE = 200
_LEAST = 3  # enquiries that make a group
_MOST = 20_000
_EXAMPLES = 5
_LOOKED_AT = 20
_HANGUL = re.compile("[가-힣ㄱ-ㅣ]")

REASONS = {
    "no_text": {"ko": "문의 내용이 비어 있어요", "en": "holds no enquiry"},
    "too_long_text": {"ko": "4,000자보다 길어요", "en": "is longer than 4,000 characters"},
    "not_an_object": {"ko": "문의 하나의 모양이 아니에요", "en": "is not an enquiry"},
}


@dataclass(frozen=True)
class Columns:
    """Which column of the file was taken for what; empty where there is none."""

    text: str
    answer: str = ""
    tag: str = ""
    language: str = ""


async def import_enquiries(
    conn: Connection,
    reader: Reader,
    file: Path,
    now: datetime,
    progress: Callable[[int, int | None], None],
    told: Callable[[Columns], None],
) -> ImportReport:
    """Take over past enquiries from CSV or JSON; `told` hears which columns were taken for what.

    E-mail, phone, card, account and order numbers, names and addresses are masked before anything is stored. A second
    run changes nothing. Raises NotATable.
    """
    rows = list(_json_rows(file) if file.suffix.lower() in (".json", ".jsonl") else read_table(file, set()))
    columns = _columns([row for row in rows if not isinstance(row, Refusal)])
    told(columns)
    refused: list[Refusal] = []
    found: dict[str, Enquiry] = {}
    for done, row in enumerate(rows, 1):
        read = row if isinstance(row, Refusal) else _enquiry(row, columns, reader, file.name)
        if isinstance(read, Refusal):
            refused.append(read)
        else:
            found.setdefault(read.fingerprint, read)
        progress(done, len(rows))
    async with conn.transaction():
        created = await enquiries.add(conn, list(found.values()), now)
    return ImportReport(created=created, unchanged=len(rows) - len(refused) - created, refused=tuple(refused))


def _columns(rows: Sequence[Row]) -> Columns:
    names = list(dict.fromkeys(name for _, cells in rows[:_SAMPLE] for name in cells))
    plain = {re.sub(r"[\s_\-]+", "", name).casefold(): name for name in reversed(names)}
    known = {
        what: next((plain[one] for one in words.split() if one in plain), "")
        for what, words in _NAMES.items()
    }
    if not known["text"]:
        free = [name for name in names if name not in known.values()]
        lengths = {name: sum(len(cells.get(name, "")) for _, cells in rows[:_SAMPLE]) for name in free}
        known["text"] = max(free, key=lambda name: lengths[name], default="")
    if not known["text"]:
        raise NotATable(file="-")
    return Columns(**known)


def _enquiry(row: Row, columns: Columns, reader: Reader, source: str) -> Enquiry | Refusal:
    number, cells = row
    text = cells.get(columns.text, "").strip()
    if not re.search(r"\w", text):
        return Refusal(row=number, column=columns.text, code="no_text", value=text[:80])
    if len(text) > _LONGEST:
        return Refusal(row=number, column=columns.text, code="too_long_text", value=text[:40])
    said = cells.get(columns.language, "")[:2].lower()
    language = said if said in ("ko", "en") else "ko" if _HANGUL.search(text) else "en"
    kept = masked(text, reader.guess(text, language).personal)
    answer = masked(cells.get(columns.answer, "").strip()[:_LONGEST])
    fingerprint = hashlib.sha256(f"{compact(kept)}\x1f{compact(answer)}".encode()).hexdigest()[:32]
    return Enquiry(fingerprint, source, number, kept, answer, language, cells.get(columns.tag, "")[:80])


def _json_rows(file: Path) -> Iterator[Row | Refusal]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        told: Any = (
            [json.loads(line) for line in text.splitlines() if line.strip()]
            if file.suffix.lower() == ".jsonl"
            else json.loads(text)
        )
    except (OSError, ValueError) as no:
        raise NotATable(file=file.name) from no
    if isinstance(told, dict):
        told = next((value for value in told.values() if isinstance(value, list)), [told])
    for number, one in enumerate(told if isinstance(told, list) else [told], 1):
        if isinstance(one, dict):
            yield number, _cells(one)
        else:
            yield Refusal(row=number, column="", code="not_an_object", value=str(one)[:80])


def _cells(one: dict[str, Any]) -> dict[str, str]:
    cells = {str(name): str(value) for name, value in one.items() if isinstance(value, str | int | float)}
    said = next((value for value in one.values() if isinstance(value, list)), [])
    lines = [line for line in said if isinstance(line, dict)]
    if lines:
        mine = [_said(line) for line in lines if _is_shopper(line)]
        theirs = [_said(line) for line in lines if not _is_shopper(line)]
        cells |= {"text": next(filter(None, mine), ""), "answer": next(filter(None, theirs), "")}
    return cells


def _is_shopper(line: dict[str, Any]) -> bool:
    who = next((line[name] for name in ("role", "from", "sender", "author", "type") if name in line), "")
    return str(who).casefold() in _SHOPPER


def _said(line: dict[str, Any]) -> str:
    return next((str(line[name]) for name in ("text", "body", "content", "message") if line.get(name)), "")


async def propose(
    conn: Connection,
    reader: Reader,
    likeness: Likeness,
    is_answered: Callable[[str, str], bool],
    now: datetime,
) -> list[enquiries.Group]:
    """Group every enquiry anew by what it asks, and hold each group against the intents and the articles."""
    kept = await enquiries.stored(conn, _MOST)
    async with conn.transaction():
        await enquiries.drop_open_groups(conn)
        for language in sorted({one.language for one in kept}):
            spoken = [one for one in kept if one.language == language]
            for group in await likeness.groups([one.text for one in spoken]):
                if len(group) >= _LEAST:
                    await _put(conn, reader, is_answered, [spoken[at] for at in group], now)
    return await enquiries.groups(conn, "open", 100)


async def _put(
    conn: Connection,
    reader: Reader,
    is_answered: Callable[[str, str], bool],
    members: Sequence[Stored],
    now: datetime,
) -> None:
    first, language = members[0], members[0].language
    looked = list(itertools.islice(members, _LOOKED_AT))
    guesses = [reader.guess(one.text, language).intents for one in looked]
    names = Counter(guess[0][0] for guess in guesses if guess)
    reading, count = names.most_common(1)[0] if names else (None, 0)
    tags = Counter(one.tag for one in members if one.tag).most_common(1)
    examples = members[:_EXAMPLES]
    await enquiries.put_group(
        conn,
        key=hashlib.sha256(f"{language}\x1f{compact(first.text)}".encode()).hexdigest()[:32],
        title=first.text[:120],
        language=language,
        members=[one.id for one in members],
        examples=[one.id for one in examples],
        tag=tags[0][0] if tags else "",
        reading=reading,
        share=round(count / len(looked), 3),
        unanswered=sum(not is_answered(one.text, language) for one in examples),
        now=now,
    )

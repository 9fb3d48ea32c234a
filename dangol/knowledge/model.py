"""What the knowledge room keeps: articles, their passages, figures of the shop file, and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

GapState = Literal["open", "answered"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it was read from a file, not stored yet. `body` is Markdown without the front matter."""

    slug: str
    language: str
    title: str
    tags: tuple[str, ...]
    body: str
    file: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article; the same slug in two languages is the same article twice."""

    slug: str
    language: str
    title: str
    tags: list[str]
    body: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said at some time; `staff_id` is None where it came from a file or from an answer."""

    id: int
    slug: str
    language: str
    title: str
    tags: list[str]
    body: str
    staff_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph, list item or table row of an article: its words as a reader sees them, and where it stands.

    `lead` is the sentence that introduces the list or table it is part of, "" elsewhere.
    """

    headings: tuple[str, ...]
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its unit: won or cents (`KRW`, `USD` …), `percent`, `day`, `month`, `hour`, `time` (minutes).

    `bound` is `min` for "from, at least", `max` for "up to", else "".
    """

    unit: str
    values: tuple[int, ...]
    bound: str = ""


@dataclass(frozen=True, slots=True)
class PolicyFact:
    """A sentence the shop file itself says on a topic, with the figures in it; `case` is what it is limited to."""

    topic: str
    text: str
    figures: tuple[Figure, ...] = ()
    case: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that was asked and could not be answered from what is written."""

    id: int
    question: str
    language: str
    kind: str
    product: str | None
    conversation_id: str
    times: int
    state: GapState
    first_asked_at: datetime
    last_asked_at: datetime

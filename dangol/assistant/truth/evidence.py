"""What a turn may say: everything its tool results hold, and, as wishes only, what the shopper said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from dangol.assistant.truth.facts import Fact, StockFact
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.gathering import Gatherer, Place
from dangol.assistant.truth.text import sentence_spans, spaceless
from dangol.kernel.model import Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ToldOfGoods:
    """A figure of an article, with the names of the goods it is told of; no names where it is told of none."""

    kind: str
    values: tuple[tuple[object, ...], ...]
    goods: frozenset[str]
    unit: str = ""
    sentence: int = 0  # the place of its sentence among all of the articles


@dataclass
class Evidence:
    """Everything that backs a reply of this turn."""

    today: date
    zone: ZoneInfo  # the shop's
    results: tuple[Value | Mapping[str, Any], ...] = ()
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    stock: list[StockFact] = field(default_factory=list)
    ranges: list[tuple[date, date]] = field(default_factory=list)
    dates: set[date] = field(default_factory=set)
    single_dates: set[date] = field(
        default_factory=set
    )  # told as a day of its own, not as the end of a range
    strings: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    passages: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)  # the same passages as they are written
    quotes: list[str] = field(default_factory=list)
    sizes_advised: set[str] = field(default_factory=set)
    refused_codes: set[str] = field(default_factory=set)
    weekdays_open: set[int] = field(default_factory=set)
    values: dict[str, str] = field(
        default_factory=dict
    )  # options as they are written, by their spaceless form
    hours: list[tuple[str, int, frozenset[int]]] = field(
        default_factory=list
    )  # branch, weekday, minutes of opening and closing
    served: bool | None = None  # whether the shop delivers where the shopper asked
    arrivals: set[date] = field(default_factory=set)  # days on which something is to arrive
    parcels: set[date] = field(default_factory=set)  # of these, those of parcels
    ordered: set[date] = field(default_factory=set)
    happened: list[tuple[date, str]] = field(default_factory=list)  # scans of parcels, in the carrier's words
    starts: set[date] = field(default_factory=set)  # days on which offers begin
    ends: set[date] = field(default_factory=set)
    pickup: dict[str, bool] = field(default_factory=dict)  # whether a branch hands over what was ordered
    _kept: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def gather(
        cls, results: Iterable[Value | Mapping[str, Any]], said: str, now: datetime, time_zone: str | ZoneInfo
    ) -> Evidence:
        """The evidence of a turn: the results of its tools (values or plain dictionaries) and the shopper's words.

        `now` and the shop's `time_zone` say what day it is for "tomorrow". Whatever else may be spoken of (the
        shop's contact, the shop file) is handed in as one more result.
        """
        zone = ZoneInfo(time_zone) if isinstance(time_zone, str) else time_zone
        evidence = cls(today=now.astimezone(zone).date(), zone=zone, results=tuple(results))
        gatherer = Gatherer(evidence, zone)
        for result in evidence.results:
            gatherer.walk(result, Place())
        for figure in read(said):
            gatherer.add_figure(figure, "said", Place(), frozenset())
        return evidence

    def of(self, kind: str) -> list[Fact]:
        """Every fact of a kind."""
        return self.facts.get(kind, [])

    def once(self, name: str, read_it: Callable[[], T]) -> T:
        """What is read of this evidence again and again, read once; `name` says what."""
        if name not in self._kept:
            self._kept[name] = read_it()
        kept: T = self._kept[name]
        return kept

    def is_written(self, sentence: str) -> bool:
        """Whether a whole sentence stands just so in a passage of an article."""
        return spaceless(sentence) in self.once("sentences", lambda: frozenset(self._sentences()))

    def _sentences(self) -> Iterator[str]:
        return (spaceless(span.cut(passage)) for passage in self.passages for span in sentence_spans(passage))

    def backs_quote(self, words: str) -> bool:
        """Whether words stand just so in a review or passage."""
        wanted = spaceless(words)
        return len(wanted) > 3 and any(wanted in quote for quote in self.quotes)

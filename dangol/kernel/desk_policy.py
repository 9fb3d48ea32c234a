"""How a shop runs its desk: hours, when a person is called, how conversations are given out. Data in the shop file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from dangol.kernel.model import Value

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Mood = Literal["upset", "angry"]


class HandOffRule(Value):
    """When all that is named here is met, a person is called (or offered) and the reason is written down.

    `words` are met by any of them, `intents` likewise; `amount_over` is in major units of the shop's currency.
    """

    reason: Annotated[str, Field(min_length=1, max_length=40)]
    words: tuple[Annotated[str, Field(min_length=2)], ...] = ()
    intents: tuple[str, ...] = ()
    amount_over: Annotated[Decimal, Field(ge=0)] | None = None
    mood: Mood | None = None
    misses: Annotated[int, Field(ge=1)] | None = None
    language: str | None = None
    vip: bool = False
    tool_failed: bool = False
    priority: Literal["low", "normal", "high", "urgent"] = "normal"
    team: str = ""


class Mode(Value):
    """Who answers first on a channel (`*`: every one) in some hours: the assistant alone, people first, or both."""

    channel: str = "*"
    hours: dict[str, str] = {}
    who: Literal["assistant", "person", "mixed"]


# what no shop wants an assistant to settle alone
_ALWAYS = (
    HandOffRule(
        reason="fraud",
        words=(
            "사기당", "사기꾼", "사기 신고", "도용", "해킹", "결제한 적 없", "fraud", "got scammed", "stolen card",
            "unauthorized charge", "identity theft",
        ),
        priority="urgent",
    ),
    HandOffRule(
        reason="dispute",
        words=(
            "소비자원", "분쟁", "고소할", "고소하겠", "소송", "법적 조치", "chargeback", "lawyer", "lawsuit", "sue you",
            "small claims",
        ),
        priority="high",
    ),
    HandOffRule(reason="angry", mood="angry", intents=("complain",), priority="high"),
    HandOffRule(reason="not_understood", misses=3),
)  # fmt: skip


class HelpDesk(Value):
    """The desk of the shop. `hours` left out: those of the shop. `answer_within` and waits are in minutes.

    `limits` are how much somebody of a role may give away in one conversation without another's yes, in major units,
    for whoever has no limit of their own.
    """

    hours: dict[str, str] = {}
    answer_within: Annotated[int, Field(ge=1, le=1440)] = 10
    assign: Literal["automatic", "by_hand"] = "automatic"
    rules: tuple[HandOffRule, ...] = _ALWAYS
    modes: tuple[Mode, ...] = ()
    teams: tuple[str, ...] = ()
    limits: dict[Literal["owner", "manager", "agent"], Annotated[Decimal, Field(ge=0)]] = {}


@dataclass(frozen=True)
class Signals:
    """What is known of a turn when it is asked whether a person must come; `amount` in major units."""

    text: str = ""
    intents: frozenset[str] = frozenset()
    amount: Decimal | None = None
    moods: frozenset[str] = frozenset()
    misses: int = 0
    language: str = "ko"
    vip: bool = False
    tool_failed: bool = False


def called_for(desk: HelpDesk, signals: Signals) -> HandOffRule | None:
    """The first rule that calls a person; None when the assistant may go on."""
    return next((rule for rule in desk.rules if _met(rule, signals)), None)


def _met(rule: HandOffRule, signals: Signals) -> bool:
    checks: list[bool] = []
    if rule.words:
        plain = _plain(signals.text)
        checks.append(any(_plain(word) in plain for word in rule.words))
    if rule.intents:
        checks.append(bool(signals.intents & set(rule.intents)))
    if rule.amount_over is not None:
        checks.append(signals.amount is not None and signals.amount > rule.amount_over)
    if rule.mood is not None:
        checks.append(rule.mood in signals.moods)
    if rule.misses is not None:
        checks.append(signals.misses >= rule.misses)
    if rule.language is not None:
        checks.append(signals.language == rule.language)
    checks += [signals.vip] * rule.vip + [signals.tool_failed] * rule.tool_failed
    return bool(checks) and all(checks)


def _plain(text: str) -> str:
    return "".join(text.lower().split())


def mode_at(desk: HelpDesk, channel: str, at: datetime) -> Literal["assistant", "person", "mixed"]:
    """Who answers first on this channel at a moment of the shop's own time; the first mode that fits."""
    for mode in desk.modes:
        if mode.channel in ("*", channel) and (not mode.hours or staffed(mode.hours, at)):
            return mode.who
    return "mixed"


def staffed(hours: Mapping[str, str], at: datetime) -> bool:
    """Is the desk open at a moment of the shop's own time? No hours at all: always."""
    if not hours:
        return True
    span = _span(hours, at)
    return span is not None and span[0] <= at.time() < span[1]


def opens_next(hours: Mapping[str, str], at: datetime) -> datetime | None:
    """When the desk opens next after a moment of the shop's own time; None when it never does within a week."""
    for day in range(8):
        span = _span(hours, at + timedelta(days=day))
        if span is not None:
            opening = datetime.combine((at + timedelta(days=day)).date(), span[0], at.tzinfo)
            if opening > at:
                return opening
    return None


def staffed_seconds(hours: Mapping[str, str], begin: datetime, end: datetime) -> float:
    """Seconds between two moments of the shop's own time in which the desk was open. No hours at all: all of them."""
    if not hours:
        return max(0.0, (end - begin).total_seconds())
    open_for, midnight = 0.0, datetime.combine(begin.date(), time(), begin.tzinfo)
    while midnight < end:
        if span := _span(hours, midnight):
            opens, closes = (datetime.combine(midnight.date(), each, midnight.tzinfo) for each in span)
            open_for += max(0.0, (min(end, closes) - max(begin, opens)).total_seconds())
        midnight += timedelta(days=1)
    return open_for


def _span(hours: Mapping[str, str], at: datetime) -> tuple[time, time] | None:
    day = at.weekday()
    fitting = [key for key in hours if day in _days(key)]
    if not fitting:
        return None
    said = hours[min(fitting, key=lambda key: len(_days(key)))]
    if said == "closed":
        return None
    start, end = said.split("-")
    return _clock(start), _clock(end)


def _days(key: str) -> tuple[int, ...]:
    if key == "daily":
        return tuple(range(7))
    first, _, last = key.partition("-")
    if first not in _DAYS:
        return ()
    start, end = _DAYS.index(first), _DAYS.index(last or first)
    return tuple(range(start, end + 1)) if start <= end else (*range(start, 7), *range(end + 1))


def _clock(written: str) -> time:
    hour, minute = (int(part) for part in written.split(":"))
    return time.max if hour == 24 else time(hour, minute)

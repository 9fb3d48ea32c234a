"""Is this date, time or span of time in the evidence, and promised as it stands there?"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from dangol.assistant.truth.amounts import role_fits, stated
from dangol.assistant.truth.dates import LAST, period_days, resolve
from dangol.assistant.truth.events import counted_from
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.facts import Fact
from dangol.assistant.truth.figures import Figure, read
from dangol.assistant.truth.patterns import LIFE
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.situation import Situation
from dangol.assistant.truth.text import plain, spaceless

_EARLY = re.compile(
    r"빠르면|빨라도|이르면|최소|as early as|as soon as|earliest|at the earliest|부터|between|사이|from\b|at least"
)
_CONDITION = re.compile(
    r"^\s?(?:\S+\s){0,3}?(?:주문하시면|주문하면|결제하시면|결제하면|구매하시면|사시면"
    r"|주문 시|결제 시|주문 건|까지 주문|까지 결제)|^[^.!?]{0,25}\b(?:order|ordered|orders"
    r"|if you)\b"
)
_CONDITION_BEFORE = re.compile(
    r"(?:order(?:ed)?(?: it)?(?: by)?|buy(?: it)?|pay|if you order|place your order)\s*$"
)
_BEGINS = re.compile(r"\b(?:starts?|begins?|opens)\b|시작")
_ENDS = re.compile(r"\b(?:ends?|until|to|through|over)\b|까지|끝")
_BEFORE_IT = re.compile(
    r"^\s?전(?:까지|에|부터|이|$)|^\s?(?:days? |weeks? |hours? )?(?:before|ahead|in advance|beforehand)\b|^(?:'|s')? notice\b"
)
_LEAST = re.compile(r"이상|넘게|or more")
_LEAST_BEFORE = re.compile(r"at least|more than|over |minimum|최소|적어도")
_PAST = re.compile(r"[었았였했됐]|arrived|delivered|shipped|was |were |left ")
_DATED = ("delivery", "restock", "refund", "cutoff", "pickup", "sale", "unpaid", "deadline", "order", "hours")


def span_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether a span of time is the evidence's, told as what it is: how long at most, or at least."""
    unit = str(figure.values[0][0])
    facts = [alike for fact in stated(evidence, "span") if (alike := _in_unit(fact, unit)) is not None]
    right = [
        fact
        for fact in facts
        if _is_span(figure, fact, here) and role_fits(figure, facts, fact) and _same_side(figure, fact, here)
    ]
    if right and not _same_beginning(figure, evidence, here):
        return False
    if right:
        return here.likest(right, [fact for fact in facts + _for_ever(evidence) if fact not in right])
    if _are_days_of_a_month(figure, evidence, here):
        return True
    if (
        figure.values[0][0] == "day"
        and len(figure.values) == 1
        and figure.values[0][1]
        in {found.day for found in evidence.dates}  # 3일 may be the third of the month
        and not facts
        and roles_in(here.sentence, ("delivery",))
    ):
        return True
    return figure.values[0][1] == 0 and not roles_in(
        here.sentence, ("delivery", "shipping", "cutoff", "refund", "pickup", "repair")
    )


def _are_days_of_a_month(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether "26일에서 27일 사이" are days on record, and no span of time."""
    days = {value[1] for value in figure.values}
    return (
        len(figure.values) > 1
        and figure.values[0][0] == "day"
        and days <= {day.day for day in evidence.dates}
        and "사이" in here.after(figure, 4)
    )


def _for_ever(evidence: Evidence) -> list[Fact]:
    """What holds for life: longer than any span, in whatever unit that is told."""
    return [fact for fact in stated(evidence, "span") if fact.value[-1] == LIFE]


def _same_beginning(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """45 days of delivery are not 45 days of the order, where the articles count them from one of these."""
    mine = counted_from(here.text, figure.start, figure.end)
    if not mine:
        return True
    theirs = [
        counted_from(passage, each.start, each.end)
        for passage in evidence.passages
        for each in read(passage)
        if each.kind == "span" and each.values == figure.values
    ]
    told = [each for each in theirs if each]
    return not told or any(mine & each for each in told)


def _same_side(figure: Figure, fact: Fact, here: Situation) -> bool:
    """ "Seven days before" is not "for seven days", as far as an article tells which it means."""
    if not fact.words:
        return True
    low = plain(fact.words)
    held = [
        low[each.end :]
        for each in read(low)
        if each.kind == "span" and fact.value[1] in (v[1] for v in each.values)
    ]
    before = bool(_BEFORE_IT.match(here.after(figure, 16)))
    return not held or any(bool(_BEFORE_IT.match(behind)) == before for behind in held)


_DAYS = {"minute": Fraction(1, 1440), "hour": Fraction(1, 24), "day": Fraction(1), "month": Fraction(30)}


def _in_unit(fact: Fact, unit: str) -> Fact | None:
    """A span told in another unit of the same length: 24 hours are a day, 30 days a month; None when it is not whole."""
    held = str(fact.value[0])
    if held == unit:
        return fact
    if held not in _DAYS or unit not in _DAYS:
        return None
    parts = [Fraction(str(each)) * _DAYS[held] / _DAYS[unit] for each in fact.value[1:]]
    if any(part.denominator != 1 for part in parts):
        return None
    return replace(fact, value=(unit, *(Decimal(part.numerator) for part in parts)))


def _is_span(figure: Figure, fact: Fact, here: Situation) -> bool:
    first, last = fact.value[1], fact.value[-1]
    if len(figure.values) == 2:
        return (figure.values[0][1], figure.values[1][1]) == (first, last)
    said = figure.values[0][1]
    if (
        (_LEAST_BEFORE.search(here.before(figure, 14)) or _LEAST.search(here.after(figure, 8)))
        and fact.bound != "min"
        and first == last
        and fact.source != "record"
    ):
        return False  # "at least 7 days" is not "within 7 days"
    early = figure.bound == "min" or _EARLY.search(here.before(figure, 14))
    return said == (first if early else last)


def time_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether a time of day is in the evidence."""
    said = int(str(figure.values[0][0]))
    opening = _opening(evidence, here)
    told = stated(evidence, "time")
    if roles_in(here.clause, ("hours",)):  # when a parcel was scanned tells of no opening
        told = [fact for fact in told if fact.source == "passage" or "hours" in fact.roles] or told
    held: set[object] = set(opening) or {fact.value[0] for fact in told}
    if said in held or _is_about(said, here, held):
        return True
    vague = said <= 720 and not re.search(r"오전|오후|[ap]\.?m|\d:\d", here.text[figure.start : figure.end])
    return vague and any(int(str(value)) % 720 == said % 720 for value in held)


_SHORTLY = re.compile(
    r"(?P<before>조금 전|직전|되기 전|다 돼|(?:just|shortly|a little|a bit) before)|조금 (?:넘|지나)|직후|(?:just|shortly|a little|a bit) (?:after|past)|쯤|무렵|경에|\bor so\b|\babout\b|\baround\b"
)
_A_LITTLE = 20  # minutes


def _is_about(said: int, here: Situation, held: Collection[object]) -> bool:
    """Whether what was scanned at 23:50 is told as "just before midnight"."""
    near = _SHORTLY.search(here.clause)
    if near is None or roles_in(here.clause, ("hours", "cutoff")):
        return False
    times = [int(str(value)) - (said or (1440 if near["before"] else 0)) for value in held]
    return any(-_A_LITTLE <= each <= (0 if near["before"] else _A_LITTLE) for each in times)


def _opening(evidence: Evidence, here: Situation) -> set[int]:
    """When the branches named here open and close on the days named here; nothing when none is."""
    days = {
        int(str(other.values[0][0]))
        for other in here.reading.figures
        if other.kind == "weekday" and here.sentence_span.holds(other.start)
    }
    if not days or not roles_in(here.sentence, ("hours",)):
        return set()
    said = spaceless(here.text)
    named = {name for name, _, _ in evidence.hours if name in said}
    return {
        minute for name, day, minutes in evidence.hours if day in days and name in named for minute in minutes
    }


def _days(evidence: Evidence, here: Situation) -> set[date]:
    """The days that may be meant: what begins has its own."""
    if evidence.starts and evidence.ends and _BEGINS.search(here.clause) and not _ENDS.search(here.clause):
        return evidence.starts
    return evidence.dates


def date_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether dates are in the evidence, their weekdays right and a promise no better than it is."""
    days = [resolve(value, evidence.today) for value in figure.values]
    for value, day in zip(figure.values, days, strict=True):
        if day is None or day not in _days(evidence, here) or (value[3] != -1 and value[3] != day.weekday()):
            return False
    return _promised([day for day in days if day], figure, evidence, here)


def _promised(days: list[date], figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Of a delivery range, one day alone is only told as what it is: the last, or the earliest."""
    if not roles_in(here.clause, ("delivery",)):
        return True
    if len(days) == 2:
        return (days[0], days[1]) in evidence.ranges or not evidence.ranges
    day = days[0]
    opening = [found for found in evidence.ranges if found[0] == day and found[1] != day]
    closing = [found for found in evidence.ranges if found[1] == day]
    if not opening or closing or day in evidence.single_dates:
        return True
    around = here.before(figure, 16) + " " + here.after(figure, 12)
    return bool(_EARLY.search(around) or re.search(r"~|-\s?\d|\bto\b|and\b|이후|에서", here.after(figure, 8)))


def weekday_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether a weekday is one of the evidence's dates or opening days."""
    day, week = (int(str(part)) for part in figure.values[0])
    timed = any(
        other.kind == "time" and here.clause_span.holds(other.start) for other in here.reading.figures
    )
    of_hours = bool(evidence.weekdays_open) and (timed or bool(roles_in(here.sentence, ("hours",))))
    if of_hours:
        # a day on which it closes at six is one on which it opens
        closed = not timed and re.search(r"휴무|쉬|닫|안 열|closed|not open", here.clause)
        if (day not in evidence.weekdays_open) if closed else day in evidence.weekdays_open:
            return True
    if any(fact.value[0] == day for fact in stated(evidence, "weekday")):
        return True
    if of_hours and roles_in(here.sentence, ("hours",)):
        return False
    monday = evidence.today - timedelta(days=evidence.today.weekday())
    coming = roles_in(here.clause, ("delivery",)) and not _PAST.search(here.clause)
    for found in _days(evidence, here):
        if coming and found < evidence.today:
            continue
        near = abs((found - evidence.today).days) <= 21
        if (
            found.weekday() == day
            and near
            and (
                week <= 0
                or 0 <= (found - monday).days - 7 * week < 7
                or (found - evidence.today).days in range(1, 8)
            )
        ):
            return _promised([found], figure, evidence, here)
    return False


def relative_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether “tomorrow” and its like, where they promise something, is a day of the evidence."""
    after = here.after(figure, 40)
    if _CONDITION.match(after) or _CONDITION_BEFORE.search(here.before(figure, 25)):
        return True
    roles = roles_in(here.clause, _DATED)
    days = int(str(figure.values[0][0]))
    if not roles or (days == 0 and roles <= {"hours", "sale", "pickup"}):
        return True
    if any(fact.value[0] == days for fact in stated(evidence, "relative")):
        return True
    day = evidence.today + timedelta(days=days)
    return day in evidence.dates and _promised([day], figure, evidence, here)


def period_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether “next week” and its like holds a day of the evidence."""
    if not roles_in(here.clause, _DATED) or roles_in(here.clause, ("hours",)):
        return True
    first, last = period_days(str(figure.values[0][0]), evidence.today)
    ends = {end for _, end in evidence.ranges} or evidence.dates
    return any(first <= day <= last for day in ends) or any(
        fact.value == figure.values[0] for fact in stated(evidence, "period")
    )


def monthend_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether “the end of November” is: a day in its last third, or as an article has it."""
    month = int(str(figure.values[0][0]))
    return any(day.month == month and day.day > 20 for day in evidence.dates) or any(
        fact.value == figure.values[0] for fact in stated(evidence, "monthend")
    )


def monthday_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether a day of the month is one of the evidence's dates."""
    if any(fact.value == figure.values[0] for fact in stated(evidence, "monthday")):
        return True
    if figure.values[0][0] == LAST:
        return any((day + timedelta(days=1)).day == 1 for day in evidence.dates)
    return any(day.day == figure.values[0][0] for day in evidence.dates)

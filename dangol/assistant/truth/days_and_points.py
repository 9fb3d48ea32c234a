"""Whether a model's days and points are plainly those on record: what comes when, what came, what is held and what is lost."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.dates import resolve
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.figures import Figure
from dangol.assistant.truth.likeness import about
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.situation import Situation

_ALL = re.compile(r"전부|모두|모든|전체|다\s|\ball\b|\bevery\b|\bwhole\b")
_HELD = any_of(
    r"남은|남아|보유|가지고|있으[시세]|(?<!수 )있(?:어요|습니다)|잔액|잔여|현재|\byou(?:'ve| have)\b|\bleft\b|\bbalance\b|\bin all\b|\bto spend\b"
)
_EARNED = re.compile(r"적립[돼되해하]|쌓[여이]|드려|받으[시실]|\bearn\w*|\bget\b|\bcollect\w*|\bfor each\b")
EXPIRES = re.compile(
    r"소멸|사라|없어[지져]|만료|\bexpir\w+|\blapse\w*|\brun out\b|\bvanish\w*|\bdisappear\w*"
)
_OF_THOSE = re.compile(r"\b(?:of|out of) (?:those|these|them|which)\b|(?:그|이)\s?중")
_ARRIVES = any_of(
    r"예정|도착|받[으아]|\bexpected\b|\barriv\w+|\breach\w*|\bdelivered\b|\b(?:with|to) you\b|\b(?:be|get|come|comes|gets) (?:there|here|by|on)\b|\bget (?:it|them)\b|\bdue\b"
)
_HAPPENED = any_of(
    r"[았었였했됐졌났갔왔렸셨]|\b(?:has|have|was|were|collected|left|shipped|dispatched|sent|arrived|reached|delivered|scanned|departed|loaded|cleared|processed|handed|passed|picked up)\b"
)
_ORDERED = re.compile(r"주문하[신셨]|주문일|\bordered\b|\bplaced\b")
_ARRIVED = re.compile(
    r"배송\s?완료|배달|도착|받으[신셨]|수령|\barrived\b|\bdelivered\b|\breached\b|\breceived\b"
)
_TO_COME = re.compile(r"예정|\bwill\b|\bdue\b|\bexpected\b|\bshould\b")
_LEAST = re.compile(r"부터|최소|이상|\bfrom\b|\bat least\b|\bonce you\b|\bminimum\b")
_LATEST = re.compile(r"늦어도|\bat the latest\b|\bno later than\b")
_EARLIEST = re.compile(r"빠르면|빨라도|일러도|\bat the earliest\b|\bas (?:early|soon) as\b")


def lost_points_told(words: str) -> bool:
    """Whether a sentence tells that all points are lost: how many of them are is on record."""
    return bool(EXPIRES.search(words) and _ALL.search(words) and roles_in(words, ("points",)))


def are_lost(figure: Figure, here: Situation) -> bool:
    """Whether a figure tells how many points are lost, and not when."""
    if figure.kind not in ("points", "number", "count", "money") or not EXPIRES.search(here.clause):
        return False
    # "of those, 900 run out": of what stands before
    words = here.text[: here.clause_span.end] if _OF_THOSE.search(here.sentence) else here.clause
    return figure.kind == "points" or bool(roles_in(words, ("points",)))


_MOVES = re.compile(rf"{_EARNED.pattern}|{EXPIRES.pattern}")


def are_their_points(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """Whether a number of points is what the shopper has, or the least that can be used, where it is told as such."""
    least = [fact for fact in evidence.of("count") if "points" in fact.roles and fact.bound == "min"]
    at_least = figure.bound == "min" or _LEAST.search(here.clause)
    held = evidence.of("balance")
    if held and not at_least and _HELD.search(here.sentence) and not _MOVES.search(here.sentence):
        return any(fact.value == figure.values[0] for fact in held)
    return not (least and at_least) or any(fact.value == figure.values[0] for fact in least)


def is_that_day(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """A day on which something comes is one of those; one on which something happened is the day of that."""
    days, held = {resolve(value, evidence.today) for value in figure.values}, evidence.arrivals
    if evidence.ordered and _ORDERED.search(here.clause):
        return days <= evidence.ordered
    if _HAPPENED.search(here.clause) and not _TO_COME.search(here.clause):
        return days <= _days_of(here.clause, evidence)
    if not held or not _ARRIVES.search(here.sentence):
        return True
    if len(evidence.parcels) > 1 and here.named(figure):
        return False  # which goods are in which parcel no record tells
    end = max if _LATEST.search(here.clause) else min if _EARLIEST.search(here.clause) else None
    return end(held) in days if end else days <= held


def is_that_weekday(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """Whether "next Wednesday", said of what is to come, is one of those days."""
    if not evidence.arrivals or not _ARRIVES.search(here.sentence) or _HAPPENED.search(here.clause):
        return True
    monday = evidence.today - timedelta(days=evidence.today.weekday())
    day, week = (int(str(part)) for part in figure.values[0])
    if week < 0:
        return day in {each.weekday() for each in evidence.arrivals}
    return monday + timedelta(days=7 * week + day) in evidence.arrivals


def is_that_day_of_a_month(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """Whether "the 24th", said of what is to come, is one of those days."""
    if not evidence.arrivals or not _ARRIVES.search(here.sentence) or _HAPPENED.search(here.clause):
        return True
    if len(evidence.parcels) > 1 and here.named(figure):
        return False
    return figure.values[0][0] in {day.day for day in evidence.arrivals}


def _days_of(clause: str, evidence: Evidence) -> set[date]:
    """The days of what a clause says has happened, or all days on record where no scan is called so."""
    said = about(clause)
    alike = {
        day
        for day, words in evidence.happened
        if said & about(words) or (_ARRIVED.search(clause) and _ARRIVED.search(words))
    }
    return alike or evidence.dates

"""Whether a sentence of a model may be sent as it is, or what the shop's articles say in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dangol.assistant.checking import claimed
from dangol.assistant.minds.language_model.discretion import given_away
from dangol.assistant.minds.language_model.overreach import overreaches
from dangol.assistant.minds.language_model.recorded import is_of_a_parcel, recorded
from dangol.assistant.speak.lines import Line
from dangol.assistant.truth import Evidence
from dangol.assistant.truth.articles_of_goods import is_told_of_others
from dangol.assistant.truth.comparisons import compares, is_told_truly
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.generated import check_generated
from dangol.assistant.truth.nearest import follows_in_its_article, has_its_figures, is_mostly_of
from dangol.assistant.truth.plainness import told_plainly
from dangol.assistant.truth.proving import in_the_articles_words, instead_of, is_plainly_written
from dangol.assistant.truth.rule_words import PAST
from dangol.assistant.truth.situation import Reading
from dangol.assistant.truth.statements import RULES
from dangol.assistant.truth.stock import tells_how_many
from dangol.assistant.truth.text import plain
from dangol.contracts.language_model import ModelTrouble


class Unmendable(ModelTrouble):
    """What the model says cannot be sent, even after it was told why."""

    code = "unmendable"


# what an article may have said otherwise; a deed, a promise, a product that is not there it cannot
_OF_RULES = frozenset(
    {"policy", "price", "percent", "duration", "time", "count", "points", "number", "date", "size", "promise"}
)
# what a record may have said otherwise
_OF_RECORDS = frozenset(
    {"price", "percent", "stock", "size", "count", "rating", "points", "number", "date", "duration"}
)
# what records have and articles seldom: a measure or a rule is an article's, of whatever goods
_TOLD_BY_RECORDS = frozenset({"stock", "count", "percent", "points", "rating"})
_FREE = (("any", 0),)
_IN_WORDS = frozenset({"policy", "promise"})
# what an answer holds when it was asked for: an article that has none of it answers another question
_ASKED = (
    (
        re.compile(r"\bhow (?:many days|long)\b|며칠|얼마나 (?:걸|오래)|언제까지"),
        frozenset({"span", "date", "weekday", "time"}),
    ),
    (re.compile(r"\bhow much\b|얼마(?!나)"), frozenset({"money", "percent"})),
)
_SEVERAL = re.compile(r"\band\b|\bor\b|,|[?？]\s*\S|[가-힣](?:이랑|랑|하고)\s|그리고|[요까]\s+\S+.*[요까]")


def _answers(told: str, said: str) -> bool:
    """Whether an article's words hold a figure of the kind that was asked for, where it was and nothing else."""
    question = plain(said)
    wanted = [kinds for asks, kinds in _ASKED if asks.search(question) and not _SEVERAL.search(question)]
    held = {figure.kind for figure in read(told)}
    return not wanted or any(kinds & held for kinds in wanted)


def _instead(
    sentence: str,
    before: Sequence[str],
    known: Evidence,
    wrong: frozenset[str],
    said: str,
    speak: Callable[[Line], str],
) -> str | None:
    """What the articles or the records say of the same: of goods that are named the records come first."""
    article, records = None, None
    if wrong <= _OF_RULES:
        article = instead_of(sentence, known, of_a_rule=bool(wrong) and wrong <= _IN_WORDS)
        if article and not before and not _answers(article, said):
            article = None
    reading = _alone(sentence, known)
    priced = any(figure.kind == "money" and figure.values != _FREE for figure in reading.figures)
    of_goods = (bool(reading.mentions) or priced) and not RULES.search(reading.text)
    if wrong <= _OF_RECORDS or (
        wrong <= _OF_RECORDS | {"policy"} and (of_goods or PAST.search(reading.text))
    ):
        records = " ".join(map(speak, recorded(reading, before, known))) or None
    measured = any(figure.unit for figure in reading.figures)
    told_by_records = priced or bool(wrong & _TOLD_BY_RECORDS) or (wrong <= {"number"} and not measured)
    if records and told_by_records and _is_of_records(reading, known):
        return article if article and is_mostly_of(sentence, article) else records
    if article is None and wrong and wrong <= _OF_RULES and not (records and of_goods):
        article = instead_of(sentence, known, of_a_rule=False, loosely=True)
    return article or records


def _alone(sentence: str, known: Evidence) -> Reading:
    """A sentence read without those before it."""
    return Reading.of(sentence, known, read(sentence), loosely=True)


def _of_goods_told(sentence: str, before: Sequence[str], known: Evidence) -> tuple[Line, ...]:
    """What the records say of goods of which a sentence tells something that no article has, and no record either."""
    reading = _alone(sentence, known)
    if RULES.search(reading.text) or not (reading.mentions or tells_how_many(reading.text)):
        return ()
    return recorded(reading, before, known)


def _is_of_records(reading: Reading, known: Evidence) -> bool:
    """Whether a sentence speaks of goods or of a parcel, rather than of a rule."""
    low = reading.text
    written = {
        fact.value
        for kind in ("money", "percent", "span")
        for fact in known.of(kind)
        if fact.source == "passage"
    }
    if any(value in written for figure in reading.figures for value in figure.values):
        return False
    of_goods = bool(reading.mentions) and not RULES.search(low)
    return of_goods or (bool(known.arrivals) and is_of_a_parcel(low))


def _is_plain(sentence: str, reading: Reading, start: int, known: Evidence) -> bool:
    """Whether what a sentence tells of goods, from `start` of the text on, is plainly theirs."""
    plain_of_goods = told_plainly(reading, start, known) or is_plainly_written(sentence, known)
    return plain_of_goods and not is_told_of_others(reading, start, known)


def judged(
    sentence: str,
    before: Sequence[str],
    known: Evidence,
    *,
    said: str,
    rules: str,
    banned: Sequence[str],
    speak: Callable[[Line], str],
) -> tuple[str | None, str]:
    """What may be sent for a sentence that follows on others, None for nothing; and why not its own words.

    A rule in words that are not plainly those of an article is told in the article's; a price, stock or day without ground
    as the records have it, in words of ours (`speak`); whatever else has no ground is not sent.
    """
    sent = " ".join(before)
    text = f"{sent} {sentence}".strip()
    if told_of := given_away(text, rules):
        return None, f"leak: {told_of}"
    if too_far := overreaches(sentence, known, said):
        return None, too_far
    reading = Reading.of(text, known, read(text), loosely=True)
    wrong = check_generated(text, known, said=said, rules=rules, reading=reading, since=len(sent))
    why = "; ".join(f"{each.kind}: {each.text}" for each in wrong) or f"policy: {sentence}"
    told: str | None = None
    if not wrong:
        told = in_the_articles_words(sentence, known, before[-1] if before else "")
        if told != sentence and compares(sentence) and is_told_truly(_alone(sentence, known), known):
            told = sentence
    as_worded = not wrong and told == sentence
    if wrong or (as_worded and not _is_plain(sentence, reading, len(text) - len(sentence), known)):
        why = why if wrong else f"unclear: {sentence}"
        told = _instead(sentence, before, known, frozenset(each.kind for each in wrong), said, speak)
    elif told is None:
        told = " ".join(map(speak, _of_goods_told(sentence, before, known))) or None
    if told is None and before and has_its_figures(sentence, before[-1]):
        told = before[-1]  # the article's sentence told last has said it already
    if told is None and before:
        told = follows_in_its_article(sentence, before[-1], known)
    if claim := claimed(f"{sent} {told or sentence}", banned):
        return None, f"{why}; banned: {claim}" if wrong else f"banned: {claim}"
    return told, why

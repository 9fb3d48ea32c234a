"""Rules in a model's own words: what an article plainly says may be sent; all else is told in the article's words.

Whether two sentences mean the same cannot be told from their words; whether one says nothing but what another says, in
nearly its words, can. So a statement of a rule is sent as it was worded only where every thing and figure in it stands in one
clause of an article and each condition of that clause stands in it too. Otherwise the shopper reads the article's sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dangol.assistant.truth.clauses import Clause
from dangol.assistant.truth.courtesy import is_courtesy
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.likeness import CONCEPTS, about
from dangol.assistant.truth.nearest import SECOND, TELLING, are_near_enough, mostly, nearest, weight
from dangol.assistant.truth.parts import Part, Written, in_its_language, parts_of, says_something
from dangol.assistant.truth.rule_words import ADVISES, ASKS, BY_A_WAY, IF_LIKED, OF_AN_ORDER, OFFERS, PAST
from dangol.assistant.truth.statements import GOODS, RULES, SAID_BESIDE, fee_on_record, is_of_goods
from dangol.assistant.truth.text import QUESTION, plain, spaceless

_TOPIC = re.compile(r"[가-힣]{2,}(?=[은는](?:\s|$))")
_LIMITS = frozenset({"before", "after", "only", "except", "half", "without"})
_BOUNDS = frozenset({"least", "most"})  # words of a figure's, "at least 24 bottles"


def in_the_articles_words(sentence: str, evidence: Evidence, before: str = "") -> str | None:
    """What to send in place of one sentence: itself, what the articles say of the same, or None where none speaks of it.

    `before`: the sentence sent before it, of which "it costs nothing" is said.
    """
    written, bare = in_its_language(sentence, evidence), SAID_BESIDE.sub("", sentence)
    if not written or not bare.strip() or is_courtesy(sentence):
        return sentence
    if _is_an_offer(bare) or evidence.is_written(sentence):
        return sentence
    said = parts_of(bare)
    if refused := _refused_of_that(said, before, written):
        return refused.text
    if bare.rstrip().endswith(":") and not any(part.figures or says_something(part) for part in said):
        return sentence  # what a list is of
    if (
        not _may_be_a_rule(bare, said, evidence)
        or _is_of_records(said, written)
        or _is_only_a_fee(said, evidence)
        or _are_proven(said, written, before)
    ):
        return sentence
    told = " ".join(each.text for each in nearest(said, written))
    return told or (sentence if is_of_goods(plain(sentence), evidence) else None)


def _refused_of_that(said: tuple[Part, ...], before: str, written: list[Written]) -> Written | None:
    """The article's sentence that denies of what the sentence before speaks of what is said here without naming it.

    "Opened the bag already? You can still return them."
    """
    things = frozenset[str]().union(*(part.things for part in said))
    topic = (
        frozenset[str]().union(*(part.things for part in parts_of(before))) - things
        if before
        else things - things
    )
    if not things or not things <= CONCEPTS or any(part.says.denied for part in said):
        return None
    about_it = (each for each in written if topic & each.things - CONCEPTS)
    return next(
        (
            each
            for each in about_it
            if any(part.says.denied and things <= part.things for part in each.parts)
            and not any(
                part.says.allowed and things <= part.things and not part.says.denied for part in each.parts
            )
        ),
        None,
    )


def is_plainly_written(sentence: str, evidence: Evidence) -> bool:
    """Whether an article says just what a sentence says."""
    said, written = parts_of(sentence), in_its_language(sentence, evidence)
    tells = any(part.things or part.figures for part in said)
    return evidence.is_written(sentence) or (tells and _are_proven(said, written))


def instead_of(sentence: str, evidence: Evidence, *, of_a_rule: bool, loosely: bool = False) -> str | None:
    """What the articles say of that of which a sentence says something without ground; None where that is not clear.

    What is said `of_a_rule` is answered by whatever article comes nearest, a figure only by one that mostly speaks of the same;
    `loosely` by one that tells such a figure of something of it.
    """
    written, said = in_its_language(sentence, evidence), parts_of(sentence)
    if not written or not _may_be_a_rule(sentence, said, evidence) or _names_goods(sentence, evidence):
        return None
    if _is_an_offer(sentence) and not of_a_rule:
        return None
    found = tuple(nearest(said, written))
    near = are_near_enough(said, found, of_a_rule=of_a_rule, loosely=loosely)
    return " ".join(each.text for each in found) if near else None


def _may_be_a_rule(sentence: str, said: tuple[Part, ...], evidence: Evidence) -> bool:
    low = plain(sentence)
    if any(no_rule.search(low) for no_rule in (QUESTION, PAST, OF_AN_ORDER)):
        return False
    if (GOODS.search(low) or _advises(low)) and not RULES.search(low):
        return False
    things = frozenset[str]().union(*(part.things for part in said))
    return not _was_looked_up(things, evidence)


def _advises(low: str) -> bool:
    """Whether a sentence says what somebody would choose, and tells nothing of it but its name or measure."""
    return bool(ADVISES.search(low)) and all(each.kind in ("number", "size", "count") for each in read(low))


def _is_an_offer(sentence: str) -> bool:
    low = plain(sentence)
    return bool(OFFERS.search(low) or (IF_LIKED.search(low) and not RULES.search(low))) or (
        bool(ASKS.search(low))
        and not RULES.search(low)
        and not BY_A_WAY.search(low)
        and not any(each.kind in ("span", "time") for each in read(sentence))  # by when is a rule
    )


def _names_goods(sentence: str, evidence: Evidence) -> bool:
    said = spaceless(sentence)
    return any(title in said for title in evidence.titles)


def _was_looked_up(things: frozenset[str], evidence: Evidence) -> bool:
    return ("ship" in things and evidence.served is not None) or (
        "pickup" in things and bool(evidence.pickup)
    )


def _is_of_records(said: tuple[Part, ...], written: list[Written]) -> bool:
    """Whether its figures were looked up, or reckoned from what was: no article has them, or others for the same thing."""
    told = frozenset[tuple[object, ...]]().union(*(part.figures for each in written for part in each.parts))
    counted = [part for part in _without_weekdays(said) if part.figures]
    if any((not part.figures and says_something(part)) or _is_a_limit(part) for part in said):
        return False
    return bool(counted) and all(
        part.figures - told
        and not any(each in told and each[0] in TELLING for each in part.figures)
        and not any(_has_another(each, part) for each in written)
        for part in counted
    )


def _is_a_limit(part: Part) -> bool:
    """Whether it says up to or from how many: a rule, which no record has."""
    kinds = {each[0] for each in part.figures}
    of_points = part.things & {"points", "spend", "use", "using"}
    return (
        bool(part.marks & {"most", "least"})
        and bool(kinds)
        and kinds <= {"count", "number"}
        and not of_points
    )


def _without_weekdays(said: tuple[Part, ...]) -> Iterator[Part]:
    """ "수요일인 25일", "화요일이나 수요일, 그러니까 24일에서 25일 사이": the weekdays say no more than the dates do."""
    dated = any(each[0] in ("date", "monthday") for part in said for each in part.figures) or any(
        sum(each[:2] == ("span", "day") for each in part.figures) > 1 for part in said
    )
    for part in said:
        bare = frozenset(each for each in part.figures if each[0] != "weekday")
        yield replace(part, figures=bare) if dated else part


def _has_another(sentence: Written, part: Part) -> bool:
    """Whether an article has figures of these kinds for what this part speaks of."""
    kinds = {each[0] for each in part.figures}
    things = part.things - _BOUNDS
    same = things and things <= sentence.things
    near = weight(part.things & sentence.things) >= SECOND and mostly(
        frozenset(part.things), frozenset(sentence.things)
    )
    return bool(same or near) and any(kinds & {each[0] for each in other.figures} for other in sentence.parts)


def _are_proven(said: tuple[Part, ...], written: list[Written], sent: str = "") -> bool:
    """Whether each part is; one that only says who pays, or that it may be, says so of the part before ("we pay for it")."""
    if sent and len(said) == 1 and not said[0].things and not said[0].figures:
        return said[0].says.paid is None or _is_paid_so(said[0], sent, written)
    before = frozenset[str]()
    for part in said:
        if not part.things and not part.figures and (says_something(part) or part.marks & {"us", "you"}):
            part = replace(part, things=before)
        before = part.things or before
        if (part.things or part.figures) and not _is_proven(part, written):
            return False
    return True


def _is_only_a_fee(said: tuple[Part, ...], evidence: Evidence) -> bool:
    """Whether it says of nothing but delivery, under no condition, what a record has: "배송비는 없어요"."""
    return all(
        part.things == {"ship"}
        and part.says.paid is False
        and not (part.figures or part.marks)
        and fee_on_record(part.says, evidence)
        for part in said
    )


def _is_paid_so(part: Part, sent: str, written: list[Written]) -> bool:
    """Whether what the sentence sent before speaks of costs nothing, or something, as a sentence without a thing of its own says."""
    things = frozenset[str]().union(*(each.things for each in parts_of(sent)))
    topic = about(found.group()) if (found := _TOPIC.match(plain(sent))) else frozenset[str]()
    told = [each for each in written if things <= each.things or (topic and topic <= each.things)]
    paid = {other.says.paid for each in told for other in each.parts} - {None}
    return bool(things) and paid == {part.says.paid}


def _is_proven(part: Part, written: list[Written]) -> bool:
    return any(_says(sentence, part) for sentence in written)


def _says(sentence: Written, part: Part) -> bool:
    """Whether a clause of an article's sentence says what this one says, under the same conditions."""
    if not part.things <= sentence.things or _is_told_of_two(part, sentence):
        return False
    before = frozenset[str]()
    several = sum(bool(each.figures) for each in sentence.parts) > 1
    for each in sentence.parts:
        before |= each.things
        if not part.things <= before:
            continue  # what comes later is said of something else, or is its condition
        if part.figures and several and (not part.things or not part.things <= each.things):
            continue  # each figure of such a sentence is of its own clause
        if any(
            _is_opposed(each, other) and part.things & (other.things - each.things)
            for other in sentence.parts
        ):
            continue  # dipped pens may go back, filled ones may not: it speaks of the other
        if part.figures < each.figures and _has_two_of_a_kind(each.figures):
            continue  # which of them is said of what the words alone do not tell
        if not part.figures <= each.figures or len(part.things & each.things) < min(2, len(part.things)):
            continue
        conditions = frozenset[str]().union(*(other.marks for other in sentence.parts)) & _LIMITS
        if not (part.marks <= each.marks | conditions and each.marks & _LIMITS <= part.marks):
            continue
        if _agree(part.says, each.says) and part.begins <= each.begins:
            return True
    return False


def _is_told_of_two(part: Part, sentence: Written) -> bool:
    """Whether another clause, without the figure, speaks of the same: whose the figure is the words alone do not tell.

    "Two remotes come with the one, one with the other."
    """
    return bool(part.things and part.figures) and any(
        part.things <= other.things and not part.figures & other.figures for other in sentence.parts
    )


def _is_opposed(one: Part, other: Part) -> bool:
    return one.says.denied != other.says.denied or (
        one.says.paid is not None and one.says.paid != other.says.paid
    )


def _has_two_of_a_kind(figures: frozenset[tuple[object, ...]]) -> bool:
    return len({each[0] for each in figures}) < len(figures)


def _agree(said: Clause, written: Clause) -> bool:
    return (
        # "there is no fee" denies what is paid, and nothing else
        (said.denied == written.denied or said.paid is written.paid is False)
        and said.many <= written.many | written.least
        and said.paid == written.paid
        and (said.allowed is None or written.allowed is None or said.allowed == written.allowed)
        and said.earlier == written.earlier
        and said.later == written.later
    )

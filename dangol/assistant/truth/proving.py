"""Rules in a model's own words: what an article plainly says may be sent; all else is told in the article's words.

Whether two sentences mean the same cannot be told from their words; whether one says nothing but what another says, in
nearly its words, can. So a statement of a rule is sent as it was worded only where every thing and figure in it stands in one
clause of an article and each condition of that clause stands in it too. Otherwise the shopper reads the article's sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from dangol.assistant.truth.clauses import PAYING, Clause, said_in
from dangol.assistant.truth.courtesy import is_courtesy
from dangol.assistant.truth.events import counted_from
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.likeness import CONCEPTS, about
from dangol.assistant.truth.rule_words import ADVISES, ASKS, BY_A_WAY, MARKS, OF_AN_ORDER, OFFERS, PAST, SO_IS
from dangol.assistant.truth.statements import GOODS, RULES, SAID_BESIDE, fee_on_record, is_of_goods
from dangol.assistant.truth.text import QUESTION, plain, sentence_spans, spaceless

_MOST = 2  # sentences of articles told for one of the model's
_TELLING = frozenset(
    {"money", "percent", "span", "time", "number", "weekday", "date"}
)  # a figure that is seldom the same by chance
_FREE = ("any", 0)  # "free" is no figure here: the clause tells who pays
_LIST = re.compile(r"^[-*•·]\s+")
_TOPIC = re.compile(r"[가-힣]{2,}(?=[은는](?:\s|$))")
_HANGUL = re.compile(r"[가-힣]")
_SECOND = 2  # what a second one must tell beside the first
_LIMITS = frozenset({"before", "after", "only", "except", "half", "without"})
_FILLERS = about(
    plain(
        "네 예 물론 물론이죠 그럼요 안내 말씀 문의 감사 확인 참고 편하게 걱정 가능 필요 사실 그런데 하지만 고객님 상품 제품 물건 "
        "yes sure certainly course happy glad actually however good news note remember know simply like want well okay "
        "thing things item items product products goods make made take takes give given come comes keep apply applies usual usually"
    )
)


@dataclass(frozen=True)
class _Part:
    """A clause with all that must agree."""

    things: frozenset[str]
    figures: frozenset[tuple[object, ...]]
    marks: frozenset[str]
    says: Clause
    begins: frozenset[str]  # from what a span of time counts


@dataclass(frozen=True)
class _Written:
    """A sentence of an article."""

    text: str
    parts: tuple[_Part, ...]

    @cached_property
    def things(self) -> frozenset[str]:
        """What it speaks of."""
        return frozenset[str]().union(*(part.things for part in self.parts))

    @cached_property
    def all(self) -> frozenset[object]:
        """What it speaks of, and its figures."""
        return frozenset[object]().union(self.things, *(part.figures for part in self.parts))


def in_the_articles_words(sentence: str, evidence: Evidence, before: str = "") -> str | None:
    """What to send in place of one sentence: itself, what the articles say of the same, or None where none speaks of it.

    `before`: the sentence sent before it, of which "it costs nothing" is said.
    """
    written, bare = _in_its_language(sentence, evidence), SAID_BESIDE.sub("", sentence)
    if not written or not bare.strip() or is_courtesy(bare):
        return sentence
    if _is_an_offer(sentence) or evidence.is_written(sentence):
        return sentence
    said = _parts(bare)
    if (
        not _may_be_a_rule(bare, said, evidence)
        or _is_of_records(said, written)
        or _is_only_a_fee(said, evidence)
        or _are_proven(said, written, before)
    ):
        return sentence
    told = " ".join(each.text for each in _nearest(said, written))
    return told or (sentence if is_of_goods(plain(sentence), evidence) else None)


def is_plainly_written(sentence: str, evidence: Evidence) -> bool:
    """Whether an article says just what a sentence says."""
    said, written = _parts(sentence), _in_its_language(sentence, evidence)
    tells = any(part.things or part.figures for part in said)
    return evidence.is_written(sentence) or (tells and _are_proven(said, written))


def instead_of(sentence: str, evidence: Evidence, *, of_a_rule: bool) -> str | None:
    """What the articles say of that of which a sentence says something without ground; None where that is not clear.

    What is said `of_a_rule` is answered by whatever article comes nearest, a figure only by one that mostly speaks of the same.
    """
    written, said = _in_its_language(sentence, evidence), _parts(sentence)
    if not written or not _may_be_a_rule(sentence, said, evidence) or _names_goods(sentence, evidence):
        return None
    if _is_an_offer(sentence) and not of_a_rule:
        return None
    found = tuple(_nearest(said, written))
    mine = frozenset[object]().union(*(part.things | part.figures for part in said))
    theirs = frozenset[object]().union(*(each.all for each in found))
    near = (
        _mostly(mine, theirs, 3)
        or _mostly(_bare(mine), theirs, 3)
        or _has_its_figures(mine, theirs)
        or (of_a_rule and bool(mine & theirs))
    )
    return " ".join(each.text for each in found) if near else None


def _mostly(mine: frozenset[object], theirs: frozenset[object], part: int = 2) -> bool:
    return part * _weight(mine & theirs) >= _weight(mine) > 0


def _has_its_figures(mine: frozenset[object], theirs: frozenset[object]) -> bool:
    figures = mine - _bare(mine)
    return bool(figures) and figures <= theirs and bool(_bare(mine) & theirs)


def _bare(mine: frozenset[object]) -> frozenset[object]:
    return frozenset(each for each in mine if not isinstance(each, tuple))


def _in_its_language(sentence: str, evidence: Evidence) -> list[_Written]:
    korean = _korean(sentence)
    return [
        each
        for article in evidence.articles
        for each in read_article(article)
        if _korean(each.text) == korean
    ]


def _may_be_a_rule(sentence: str, said: tuple[_Part, ...], evidence: Evidence) -> bool:
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
    return bool(OFFERS.search(low)) or (
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


def _korean(text: str) -> bool:
    return bool(_HANGUL.search(text))


def _is_of_records(said: tuple[_Part, ...], written: list[_Written]) -> bool:
    """Whether its figures were looked up, or reckoned from what was: no article has them, or others for the same thing."""
    told = frozenset[tuple[object, ...]]().union(*(part.figures for each in written for part in each.parts))
    counted = [_without_the_weekday(part) for part in said if part.figures]
    if any(not part.figures and _says_something(part) for part in said):
        return False
    return bool(counted) and all(
        part.figures - told
        and not any(each in told and each[0] in _TELLING for each in part.figures)
        and not any(_has_another(each, part) for each in written)
        for part in counted
    )


def _without_the_weekday(part: _Part) -> _Part:
    """ "수요일인 25일": the weekday says no more than the date does."""
    if not any(each[0] in ("date", "monthday") for each in part.figures):
        return part
    return replace(part, figures=frozenset(each for each in part.figures if each[0] != "weekday"))


def _says_something(part: _Part) -> bool:
    says = part.says
    return (
        says.allowed is not None
        or says.paid is not None
        or says.must is not None
        or says.every
        or says.denied
    )


def _has_another(sentence: _Written, part: _Part) -> bool:
    """Whether an article has figures of these kinds for what this part speaks of."""
    kinds = {each[0] for each in part.figures}
    same = part.things and part.things <= sentence.things
    near = _weight(part.things & sentence.things) >= _SECOND and _mostly(
        frozenset(part.things), frozenset(sentence.things)
    )
    return bool(same or near) and any(kinds & {each[0] for each in other.figures} for other in sentence.parts)


def _are_proven(said: tuple[_Part, ...], written: list[_Written], sent: str = "") -> bool:
    """Whether each part is; one that only says who pays, or that it may be, says so of the part before ("we pay for it")."""
    if sent and len(said) == 1 and not said[0].things and not said[0].figures:
        return said[0].says.paid is None or _is_paid_so(said[0], sent, written)
    before = frozenset[str]()
    for part in said:
        if not part.things and not part.figures and (_says_something(part) or part.marks & {"us", "you"}):
            part = replace(part, things=before)
        before = part.things or before
        if (part.things or part.figures) and not _is_proven(part, written):
            return False
    return True


def _is_only_a_fee(said: tuple[_Part, ...], evidence: Evidence) -> bool:
    """Whether it says of nothing but delivery, under no condition, what a record has: "배송비는 없어요"."""
    return all(
        part.things == {"ship"}
        and part.says.paid is False
        and not (part.figures or part.marks)
        and fee_on_record(part.says, evidence)
        for part in said
    )


def _is_paid_so(part: _Part, sent: str, written: list[_Written]) -> bool:
    """Whether what the sentence sent before speaks of costs nothing, or something, as a sentence without a thing of its own says."""
    things = frozenset[str]().union(*(each.things for each in _parts(sent)))
    topic = about(found.group()) if (found := _TOPIC.match(plain(sent))) else frozenset[str]()
    told = [each for each in written if things <= each.things or (topic and topic <= each.things)]
    paid = {other.says.paid for each in told for other in each.parts} - {None}
    return bool(things) and paid == {part.says.paid}


def _is_proven(part: _Part, written: list[_Written]) -> bool:
    return any(_says(sentence, part) for sentence in written)


def _says(sentence: _Written, part: _Part) -> bool:
    """Whether a clause of an article's sentence says what this one says, under the same conditions."""
    if not part.things <= sentence.things:
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


def _is_opposed(one: _Part, other: _Part) -> bool:
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


def _nearest(said: tuple[_Part, ...], written: list[_Written]) -> Iterator[_Written]:
    """The sentences that speak most of what was said, in the order of the articles."""
    left = frozenset[object]().union(*(part.things | part.figures for part in said))
    chosen: list[int] = []
    while len(chosen) < _MOST:
        shared = [left & each.all for each in written]
        best = max(range(len(written)), key=lambda at: _weight(shared[at]) if _is_near(shared[at]) else 0)
        if not _is_near(shared[best]) or (chosen and _weight(shared[best]) < _SECOND):
            break
        chosen.append(best)
        left -= shared[best]
    return (written[at] for at in sorted(chosen))


def _is_near(shared: frozenset[object]) -> bool:
    figures = [each for each in shared if isinstance(each, tuple)]
    telling = len(figures) != len(shared) or len(figures) > 1 or any(each[0] in _TELLING for each in figures)
    return bool(shared) and telling


def _weight(shared: frozenset[str] | frozenset[object]) -> int:
    """A thing of the shops' own and a figure tell twice as much as a word by its beginning."""
    return sum(2 if isinstance(each, tuple) or each in CONCEPTS else 1 for each in shared)


@lru_cache(maxsize=512)
def read_article(article: str) -> tuple[_Written, ...]:
    """The sentences of an article as they can be held against a reply."""
    low = plain(article)
    return tuple(
        _Written(_LIST.sub("", span.cut(article).strip()), _parts(span.cut(article)))
        for span in sentence_spans(low)
    )


@lru_cache(maxsize=512)
def _parts(text: str) -> tuple[_Part, ...]:
    low, figures_of_it = plain(text), read(text)
    parts: list[_Part] = []
    for span, clause in said_in(low):
        here = [each for each in figures_of_it if span.holds(each.start) and each.kind != "code"]
        figures = frozenset((each.kind, *value) for each in here for value in each.values if value != _FREE)
        bare = span.cut(low)
        for each in here:
            if each.values == (_FREE,):
                continue  # 배송비는 없어요: what is free is named in it
            bare = (
                bare[: each.start - span.start]
                + " " * (each.end - each.start)
                + bare[each.end - span.start :]
            )
        things = about(bare) - _FILLERS
        if parts and SO_IS.search(span.cut(low)):  # "and so are the pumps": all that was said of the others
            things, figures = things | parts[-1].things, figures | parts[-1].figures
        if clause.paid is not None:
            things -= PAYING
        marks = frozenset(name for name, pattern in MARKS.items() if pattern.search(span.cut(low)))
        begins = (counted_from(low, each.start, each.end) for each in here if each.kind == "span")
        parts.append(_Part(things, figures, marks, clause, frozenset[str]().union(*begins)))
    return tuple(parts)

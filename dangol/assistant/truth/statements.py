"""What a generated reply says of the shop's rules, against the part of its articles that speaks of the same.

Each clause of an article is read for what it is about and what it says of it: allowed or refused, free or paid by the
shopper, with or without a limit, before or after what. A clause of a reply that says otherwise than the likest clause of
the articles is false; one that states a rule of which no article speaks has no ground.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from math import sqrt

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.amounts import POLICY_ROLES
from dangol.assistant.truth.clauses import PAYING, Clause, said_in, written_in
from dangol.assistant.truth.events import EVENTS
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.likeness import CONCEPTS, about, likeness
from dangol.assistant.truth.policies import ASKS_FOR, is_the_same_turned, turned
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.text import QUESTION, Span, plain, sentence_spans, spaceless

_NEEDS_AN_ARTICLE = frozenset(
    {"ship", "cancel", "combine", "cod", "install", "price match", "carry", "abroad", "insured"}
)
_TOLD = EVENTS | CONCEPTS
_ALIKE = 0.34  # below it two clauses speak of different things
_CLOSE = 0.05  # clauses nearly as alike as the likest have a say too
_CLEARLY = 0.5  # from here on "not" in one and not in the other is a contradiction
_MAY = any_of(
    r"수\s?있|가능|보내\s?(?:드려|드립)|거둬|포함|\bincluded\b|\bcan\b|\bmay\b|\bwe (?:also |even |always )?(?:ship|send|deliver|match|collect|install|cover)\b"
)
_AMOUNT = re.compile(r"\d[\d,.]* ?(?:만|천)? ?(?:원|달러|won|dollars?)|[$£€₩] ?\d")
RULES = any_of(
    r"반품|교환|환불|취소|배송|보내(?!세요|시)|보증|수리|포장|픽업|수거|거둬|찾아가|찾으실|결제|할인|적립|쿠폰|보상|예약|설치|조립|관세|바꿔|바꾸|바꿀|돌려|보험|수수료"
    r"|\breturn\w*|\brefund\w*|\bexchang\w*|\bcancel\w*|\bship\w*|\bsend\b|\bdeliver\w*|\bwarrant\w*|\bguarant\w*|\brepair\w*|\bwrap\w*|\bpay\w*"
    r"|\bcollect\w*|\bdiscount\w*|\bmatch\w*|\bcombin\w*|\bcover\w*|\brepla\w*|\bdut(?:y|ies)\b|\binsur\w*"
)
_HELPING = any_of(
    r"도와|접수|진행해|연결해|안내|알려|확인해|찾아\s?(?:드|볼|보)|물어|보여|추천|담아|말씀|(?<!주)문의|골라|살펴|비교해|전해|전달|설명|남겨|눌러|누르|해\s?볼"
    r"|드릴까|할까|볼까|어떠|알림|문자|메일|모르|적혀 있지|나와 있지|안내가 없|확인되지|약속드"
    r"|\bi can(?:'t|not)?\b|\bi (?:would|will|could)\b|\blet me\b|\bi'll\b|\bi'd\b|\bwould you\b|\bshall i\b|\bwant me\b|\bhappy to\b|\btell me\b"
    r"|\bif you (?:tell|let|like|want|would|prefer|need)\b|\bsee\b|\bfind the\b|\bwrite to\b|\bdoesn't say\b|\bdon't know\b|\bnot stated\b|\bno information\b"
)
# whether goods are there is told by their stock, not by an article
GOODS = any_of(
    r"품절|재고|남아|남은 (?:게|것|건|상품)|매진|다 팔|별점|평점|후기|^(?!.*\b(?:if|when|once)\b).*\b(?:is|are|all|now) gone\b(?! (?:up|down|through))|\breviewed\b|\bwe(?:'ve| have) run out of\b|\bin stock\b|\bsold out\b|\bout of stock\b"
    r"|\b(?:\d+|one|two|three|four|five|few|none|any|some) (?:\w+ )?left\b|\brated\b|\breviews?\b"
    r"|\bavailable (?:in|at the moment|right now|now)\b|\b(?:is|are|it's|both|still) available(?=[\s]*[.,!;]|$)"
)
_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|[월화수목금토일]요일|주말|\bweekend")
# what the shop does for somebody, no figure in it
_SERVICE = re.compile(
    r"^\D*(?:드려요|드립니다)[\s.!]*$|^\D*\bwe (?:also |even |always |will |can )?[a-z]{3,}\b\D*$"
)
# "so don't leave it too long", "걱정 마세요": said to please, and no rule
SAID_BESIDE = re.compile(
    r"(?i)(?:^|[,.!]\s+)(?:so |and |please |네,? |아니요,? )*(?:don't|do not) (?:worry|leave it (?:too long|late)|wait too long|miss (?:out|it|them))\b[^,.!?;:\d]*[\s.!]*$"
    r"|^(?:i'm|i am|we're) (?:afraid|sorry)(?:,? but|,? that|,)? (?=(?:there|we|you|it|this|that|no|the|our|your|they|i)\b)"
    r"|^(?:suppose|imagine|let's say)\b[^\d]*$|^(?:[가-힣]+\s){0,2}(?:내역|목록)(?:이에요|예요|입니다)[.:\s]*$|^(?:no worries|not to worry)[\s.!]*$|(?:^|[,.!]\s+)(?:네,? |아니요,? |그러니 )*(?:걱정\s?(?:은\s?|하지\s?)?(?:마세요|마시고요|안 하셔도 돼요)|서두르세요|놓치지 마세요)[\s.!]*$"
)
# how many points one has is a figure on record, whatever an article says of points
_BALANCE = re.compile(
    r"\W*(?:[a-z]+ ){0,2}you(?:'ve| have| hold| now have)(?: got)? [\d,]+ (?:[a-z]+ )?points?(?:,? (?:which (?:is|are) )?(?:so|worth) \S+(?: to spend)?)?[.!]*$"
    r"|\W*[\d,]+ (?:of (?:your|those|these|the) )?points (?:are (?:about|due|going) to |will )?(?:expire|lapse|run out|go|vanish|disappear)\b[^;:]*$"
    r"|\W*(?:지금 |현재 )?(?:적립금|포인트)?[은는이가]?\s?[\d,]+\s?(?:점|포인트)(?:이|을|가)? (?:있으|있어|있습|갖고|가지고|보유)[가-힣 ]*[.!]*$"
)
_HANGUL = re.compile(r"[가-힣]")


def false_rules(text: str, evidence: Evidence, said: str = "", since: int = 0) -> Iterator[Span]:
    """The clauses of a reply, from the sentence at `since` on, that say of a rule what no article says, or the opposite."""
    low = plain(text)
    written = tuple(clause for passage in evidence.passages for clause in written_in(passage))
    # whether a place is served was looked up; that it is, as the shopper asked, adds nothing
    wished = about(plain(said)) if evidence.served is not None else frozenset[str]()
    sent = ""
    for sentence in sentence_spans(low):
        before, sent = sent, sentence.cut(low)
        if sentence.end <= since:
            continue
        words = SAID_BESIDE.sub("", sentence.cut(low))
        told_elsewhere = _HELPING.search(words) or _BALANCE.match(words) or is_of_goods(words, evidence)
        if QUESTION.search(words) or told_elsewhere:
            continue
        for span, clause in said_in(words):
            clause = _of_what_was_said(clause, before)
            if wished & clause.even:
                clause = replace(clause, even=clause.even - wished)
            if _is_false(clause, written, evidence):
                yield Span(sentence.start + span.start, sentence.start + span.end)


def _of_what_was_said(clause: Clause, before: str) -> Clause:
    """ "It costs nothing" is said of what the sentence before speaks of."""
    if clause.paid is None or (clause.about | clause.around) - PAYING or not before:
        return clause
    return replace(clause, about=frozenset[str]().union(*(each.about for _, each in said_in(before))))


_SHORT = 3  # words
_IS_OR_NOT = re.compile(
    r"^(?!.*(?:[비료값금용]|제한|조건|기한|의무|필요)[은는이가도]).*[있없](?:어요|네요|습니다)"
)


def is_of_goods(words: str, evidence: Evidence) -> bool:
    """Whether a sentence tells of a product on record, and no rule."""
    said = spaceless(words)
    named = any(title in said for title in evidence.titles)
    short = len(words.split()) <= _SHORT and bool(_IS_OR_NOT.search(words))  # "L은 없네요"
    return bool(GOODS.search(words)) or ((named or short) and not RULES.search(words))


def _is_false(clause: Clause, written: tuple[Clause, ...], evidence: Evidence) -> bool:
    if clause.even and not _is_empty(clause):
        clause = replace(clause, about=clause.around)
    if not clause.about:
        return clause.every and not evidence.passages and bool(RULES.search(clause.text))
    near = _nearest(clause, written)
    near = [
        each
        for each in near
        if not is_the_same_turned(clause.text, each.text) and not ASKS_FOR.search(each.text)
    ]
    if _is_spared(clause, written):
        return True
    if _states_nothing(clause):
        return bool(near) and _contradicts(clause, near)
    told = _in_its_language(clause, written)
    if clause.even and told and _adds(clause, written, evidence):
        return True
    if not near:
        return _is_served_otherwise(clause, evidence) or (
            (told or not written) and _has_no_ground(clause, evidence)
        )
    return _differ(clause, near) or (
        clause.every and not any(each.every and each.around & clause.about for each in written)
    )


def _is_empty(clause: Clause) -> bool:
    return not clause.about and clause.allowed is None and clause.paid is None


def _states_nothing(clause: Clause) -> bool:
    return clause.allowed is None and clause.paid is None and not clause.every and not clause.even


def _is_spared(clause: Clause, written: tuple[Clause, ...]) -> bool:
    """Whether it says that nobody has to do what an article asks for: a receipt, somebody at home."""
    things = clause.about - CONCEPTS
    return (
        clause.must is False
        and any(each.must and each.about & things for each in written)
        and not any(each.must is False and each.about & things for each in written)
    )


def _adds(clause: Clause, written: tuple[Clause, ...], evidence: Evidence) -> bool:
    """Whether a rule is said to hold also for what no article speaks of."""
    known = frozenset[str]().union(*(each.about for each in written))
    new = clause.even - known
    return bool(new & CONCEPTS) or (
        bool(new) and not any(word in string for word in new for string in evidence.strings)
    )


def _is_served_otherwise(clause: Clause, evidence: Evidence) -> bool:
    """Whether it says of a place that was looked up the opposite of whether the shop delivers there."""
    looked_up = "ship" in clause.about and evidence.served is not None
    return looked_up and clause.allowed is not None and clause.allowed != evidence.served


def _has_no_ground(clause: Clause, evidence: Evidence) -> bool:
    """A rule stated where nothing was looked up that could speak of it."""
    if "ship" in clause.about and evidence.served is not None and clause.allowed is not None:
        return False
    if clause.every and RULES.search(clause.text):
        return True
    if (
        evidence.passages
        and clause.paid is not None
        and not _AMOUNT.search(clause.text)
        and not fee_on_record(clause, evidence)
    ):
        return True
    if not evidence.passages and not evidence.facts:
        return bool(RULES.search(clause.text))
    if (
        evidence.passages
        and (clause.must or _SERVICE.search(clause.text))
        and _is_new(clause.about, evidence)
    ):
        return True
    of_rules = clause.about & _NEEDS_AN_ARTICLE
    return (
        bool(of_rules)
        and bool(_MAY.search(clause.text))
        and clause.allowed is not False
        and not _spoken_of(of_rules, evidence)
    )


def _is_new(things: frozenset[str], evidence: Evidence) -> bool:
    """Whether nothing at hand speaks of any of these things."""
    written = {thing for passage in evidence.passages for each in written_in(passage) for thing in each.about}
    held = (*evidence.strings, *evidence.quotes)
    new = [thing for thing in things - written if not any(thing in each for each in held)]
    return len(new) == len(things)


def fee_on_record(clause: Clause, evidence: Evidence) -> bool:
    """Whether a fee of a record, not of an article, is what is said to be free or paid."""
    roles = roles_in(clause.text, tuple(POLICY_ROLES))
    return any(fact.roles & roles and fact.source == "record" for fact in evidence.of("money"))


def _spoken_of(things: frozenset[str], evidence: Evidence) -> bool:
    """Whether any article, delivery option or fee speaks of these things."""
    if "ship" in things and (
        evidence.ranges or any("shipping" in fact.roles for fact in evidence.of("money"))
    ):
        return True
    return any(things & clause.about for passage in evidence.passages for clause in written_in(passage))


def _nearest(clause: Clause, written: tuple[Clause, ...]) -> list[Clause]:
    """The clauses of the articles that speak of the same; none when none is alike enough."""
    among = _of_addition(clause.even, written) if clause.even else []
    mine = (clause.about - clause.earlier - clause.later) or clause.about
    rated = [
        (max(_rate(mine, each.about), _rate(mine, each.around) if mine & each.about else 0.0), each)
        for each in among or written
        if each.about
    ]
    best = max((likeness for likeness, _ in rated), default=0.0)
    close = (
        _CLOSE if _in_its_language(clause, written) else 1.0
    )  # of another language only the concepts are known
    near = [each for rate, each in rated if rate >= max(_ALIKE, best - close)]
    return [each for each in near if mine <= each.about] or near  # who speaks of all of it knows best


def _of_addition(things: frozenset[str], written: tuple[Clause, ...]) -> list[Clause]:
    """The clauses that say something of what a rule is said to hold for as well, or stand in a sentence with it."""
    saying = [each for each in written if each.allowed is not None or each.paid is not None]
    around = [replace(each, about=each.around) for each in written if each.around & things]
    return _speaking_of(things, saying) or _speaking_of(things, around)


def _in_its_language(clause: Clause, written: tuple[Clause, ...]) -> bool:
    korean = bool(_HANGUL.search(clause.text))
    return any(bool(_HANGUL.search(each.text)) == korean for each in written)


def _speaking_of(things: frozenset[str], among: list[Clause]) -> list[Clause]:
    """The clauses that speak of most of these things; none where no clause speaks of any."""
    most = max((len(each.about & things) for each in among), default=0)
    return [each for each in among if most and len(each.about & things) == most]


def _rate(mine: frozenset[str], theirs: frozenset[str]) -> float:
    shared = mine & theirs
    return _weight(shared) / sqrt(_weight(mine) * _weight(theirs)) if shared else 0.0


def _weight(things: frozenset[str]) -> int:
    """A thing of the shops' own, known in both languages, tells twice as much as a word by its beginning."""
    return len(things) + len(things & CONCEPTS)


def _differ(clause: Clause, near: list[Clause]) -> bool:
    allowed = [turned(each.allowed, clause.text, each.text) for each in near]
    if _against(clause.allowed, allowed) and not _of_another_day(clause, near):
        return True
    # an amount is checked as a figure, with what it is said of
    if (clause.even or not _AMOUNT.search(clause.text)) and _against(
        clause.paid, [each.paid for each in near]
    ):
        return True
    return _contradicts(clause, near)


def _contradicts(clause: Clause, near: list[Clause]) -> bool:
    """What may be said of any clause, whether it states a rule or not."""
    often = frozenset[str]().union(*(each.often for each in near))
    return (
        (_is_denied(clause, near) and not _of_another_day(clause, near))
        or _at_another_time(clause, near)
        or _against(clause.must, [each.must for each in near if each.must is not None])
        or bool(often and clause.often - often)
        or _too_few(clause, near)
    )


def _too_few(clause: Clause, near: list[Clause]) -> bool:
    """Whether it says of fewer what holds from a number on."""
    for each in near:
        fewest = {what: min(n for of, n in each.least if of == what) for what, _ in each.least}
        same = (each.paid, each.allowed) == (clause.paid, clause.allowed)
        if same and any(many < fewest.get(what, 0) for what, many in clause.many):
            return True
    return False


def _of_another_day(clause: Clause, near: list[Clause]) -> bool:
    """ "Not on Saturdays" is no contradiction where only other days are told."""
    days = set(_DAY.findall(clause.text))
    return clause.denied and bool(days) and not any(days & set(_DAY.findall(each.text)) for each in near)


def _is_denied(clause: Clause, near: list[Clause]) -> bool:
    """Whether it denies what the articles say, or says what they deny."""
    if clause.paid is not None:
        return False
    alike = [
        each for each in near
        if each.paid is None and not each.earlier and not each.later
        and len(each.about & clause.about) >= (1 if clause.about <= CONCEPTS else 2)
        and likeness(clause.about, each.about) >= _CLEARLY
    ]  # fmt: skip
    told = [turned(not each.denied, clause.text, each.text) for each in alike]
    # the one that speaks of this alone says the same
    agree = any(
        each.denied == clause.denied and each.about <= clause.about for each in near if each.paid is None
    )
    return bool(told) and (not clause.denied) not in told and not agree


def _at_another_time(clause: Clause, near: list[Clause]) -> bool:
    """Whether it says of a time after something what the articles say of the time before it, or the other way round."""
    mine = _in_time(clause)
    same = [each for each in map(_in_time, near) if each.denied == mine.denied]
    if any(_shared(mine.later, each.later) or _shared(mine.earlier, each.earlier) for each in same):
        return False
    return any(
        mine.later & each.earlier
        or mine.earlier & each.later
        or _apart(mine.later, each.later)
        or _apart(mine.earlier, each.earlier)
        for each in same
    )


def _shared(mine: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    told = mine & _TOLD and theirs & _TOLD
    return mine & theirs & _TOLD if told else mine & theirs


def _apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both count from an event that happens to every order, and not from the same."""
    return bool(mine & _TOLD) and bool(theirs & _TOLD)


def _in_time(clause: Clause) -> Clause:
    """ "Not until it is sent" is "after it is sent"."""
    if clause.paid is False:
        return replace(clause, denied=False)  # "no fee" denies no rule
    if clause.denied and clause.earlier and not clause.later:
        return replace(clause, denied=False, earlier=frozenset(), later=clause.earlier)
    return clause


def _against(said: bool | None, written: list[bool | None]) -> bool:
    """Whether every clause that says anything of it says the opposite."""
    told = [each for each in written if each is not None]
    return said is not None and bool(told) and said not in told

"""What a generated reply says of the shop's rules, against the part of its articles that speaks of the same.

Each clause of an article is read for what it is about and what it says of it: allowed or refused, free or paid by the
shopper, with or without a limit. A clause of a reply that says otherwise than the likest clause of the articles is false;
one that states a rule of which no article speaks has no ground.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.likeness import about, likeness
from dangol.assistant.truth.policies import turned
from dangol.assistant.truth.text import Span, plain, sentence_spans

_NEEDS_AN_ARTICLE = frozenset(
    {"ship", "cancel", "combine", "cod", "install", "price match", "carry", "abroad", "insured"}
)
_ALIKE = 0.34  # below it two clauses speak of different things
_CLOSE = 0.05  # clauses nearly as alike as the likest have a say too
_CLAUSE = re.compile(
    r"(?<=[^.!?\d])[,;]\s+(?!\d)|\s(?=(?:but|though|although|however|except|unless)\b)"
    r"|(?<=지만)\s+|(?<=는데)\s+|(?<=은데)\s+|(?<=[하되있없이보드쓰열내가받않못]고)\s+(?=[가-힣])"
)
_REFUSED = re.compile(
    r"수(?:는|가|도)?\s?없|지\s?(?:않|못)(?=아요|습니다|고|해요?|합니다|하며|으며)|안\s?(?:돼|됩|되|받|해|보내|들어)|못\s?(?:해|합|하)|불가|제외|빼고|어려워|어렵|없어요|없습니다|없고"
    r"|\bcannot\b|\bcan't\b|n't\b|\bnot\b|\bno\b|\bnever\b|\bexcept\b|\bexclud\w+|\bunable\b|\bwithout\b|\bonly outside\b|\bunless\b"
)
_ALLOWED = re.compile(
    r"수\s?있|가능|돼요|됩니다|되고|[아어여해려내줘와춰꿔쳐켜워]\s?(?:드려|드립|줘요|줍니다)|보내요|보냅니다|받아요|받습니다|고쳐요|포함|들어 있"
    r"|적용|해당|열어요|팝니다|팔아요|찧|내요"
    r"|\breturns? (?:within|accepted|are)\b|\bcan\b|\bmay\b|\bapplies\b|\bapply\b|\bcovered\b|\bincluded?\b|\ballowed\b|\baccepted\b|\bpossible\b|\beligible\b|\bavailable\b"
    r"|\b(?:we|you)(?:'ll| will)?\s(?:also\s|gladly\s|even\s|always\s)?(?:ship|send|take|accept|cover|offer|match|refund|replace|repair|collect"
    r"|deliver|pay|get|combine|exchange|return|mend|fix)\b|\b(?:is|are) (?:shipped|sent|delivered|refunded|replaced|repaired|collected)\b"
)
_MAY = re.compile(
    r"수\s?있|가능|보내\s?(?:드려|드립)|거둬|\bcan\b|\bmay\b|\bwe (?:also |even |always )?(?:ship|send|deliver|match|collect|install|cover)\b"
)
_FREE = re.compile(
    r"무료|무상|공짜|(?:저희|가게|판매자)(?:가|에서)? (?:모두 )?(?:부담|내)|(?:비용|요금|비|료)(?:은|는|이|가|도)? ?(?:없|안 (?:들|받)|받지 않|들지 않)|(?:받|들)지 않"
    r"|(?<![-\w])free(?: of charge)?\b(?! from)|\bat no (?:\w+ )?(?:cost|charge)|\bno (?:\w+ )?(?:fees?|charges?|costs?)\b|\bwe (?:will )?pay\b|\bon us\b"
    r"|\b(?:is|are) (?:already |all )?included\b|\bcomplimentary\b"
)
_PAID = re.compile(
    r"유상|부담하셔|(?<!보)내(?:셔야|세요)|고객님 부담|고객님이 (?:내|부담)|부담이에요|[1-9][\d,]* ?(?:만|천)? ?원|추가 (?:요금|비용)"
    r"|\bown (?:cost|expense)\b|\bpaid by (?:the )?(?:recipient|customer|buyer|you)|\byou (?:\w+ )?pay\b|\bcosts?\b|\badds? [$£€]|[$£€] ?[1-9]"
    r"|\bfee of\b|\bfee applies\b|\bcharged?\b"
)
_AMOUNT = re.compile(r"\d[\d,.]* ?(?:만|천)? ?(?:원|달러|won|dollars?)|[$£€₩] ?\d")
_EVERY = re.compile(
    r"언제(?:나|든지?)|어디(?:서)?(?:나|든지?)|누구(?:나|든지?)|무엇이든|뭐든|몇 번이든|얼마든지|전국 어디|(?:모든|전부|전액|전체)(?=에|\s|를)|무제한|무조건"
    r"|\banything\b|\banywhere\b|\beveryone\b|\beverything\b|\bany ?time\b|\balways\b|\bunlimited\b|\bany (?:other |price|weather|reason|\w+ )"
    r"|\bevery (?:day|item|order)\b|\bas often as\b|\bfor life\b|\blifetime\b|\bno matter\b"
)
_LIMITED = re.compile(
    r"만(?: |이에|입|,|$)|에서만|까지만|한 번|한 댁|제외|빼고|절반|최대|이상|이내|안에|전에는|부터는|아래로는|단,|다만|않|못|없"
    r"|\bonly\b|\bexcept\b|\bup to\b|\bonce\b|\bunless\b|\bwithin\b|\bif\b|\bcannot\b|\bnot\b|\buntil\b|\bat most\b|\bfor \w+ (?:years?|months?|weeks?|days?)\b|\d(?:년|개월|일|주) 동안"
)
_RULES = re.compile(
    r"반품|교환|환불|취소|배송|보내(?!세요|시)|보증|수리|포장|픽업|수거|거둬|찾아가|찾으실|결제|할인|적립|쿠폰|보상|예약|설치|조립|관세|바꿔|돌려|보험"
    r"|\breturn\w*|\brefund\w*|\bexchang\w*|\bcancel\w*|\bship\w*|\bsend\b|\bdeliver\w*|\bwarrant\w*|\bguarant\w*|\brepair\w*|\bwrap\w*|\bpay\w*"
    r"|\bcollect\w*|\bdiscount\w*|\bmatch\w*|\bcombin\w*|\bcover\w*|\brepla\w*|\bdut(?:y|ies)\b|\binsur\w*"
)
_HELPING = re.compile(
    r"도와|접수|진행해|연결해|안내|알려|확인해|찾아\s?(?:드|볼|보)|물어|보여|추천|담아|말씀|문의|골라|살펴|비교해|전해|전달|설명|남겨|눌러|누르|해\s?볼"
    r"|드릴까|할까|볼까|어떠|알림|문자|메일|모르|적혀 있지|나와 있지|안내가 없|확인되지|약속드"
    r"|\bi can(?:'t|not)?\b|\bi (?:would|will|could)\b|\blet me\b|\bi'll\b|\bi'd\b|\bwould you\b|\bshall i\b|\bwant me\b|\bhappy to\b|\btell me\b"
    r"|\bif you (?:tell|let|like|want|would|prefer|need)\b|\bsee\b|\bfind the\b|\bwrite to\b|\bdoesn't say\b|\bdon't know\b|\bnot stated\b|\bno information\b"
)
_QUESTION = re.compile(r"[?？]\s*[\"')]*\s*$|(?:나요|까요)[.\s]*$")


@dataclass(frozen=True)
class Clause:
    """A clause as it is compared. `paid`: True by the shopper, False free, None neither; so with `allowed`."""

    text: str
    about: frozenset[str]
    allowed: bool | None
    paid: bool | None
    every: bool
    limited: bool


def false_rules(text: str, evidence: Evidence) -> Iterator[Span]:
    """The clauses of a reply that say of a rule what no article says, or the opposite."""
    low = plain(text)
    written = tuple(clause for passage in evidence.passages for clause in _read(passage))
    for sentence in sentence_spans(low):
        said = sentence.cut(low)
        if _QUESTION.search(said) or _HELPING.search(said):
            continue
        for span in _clauses(said):
            part = Span(sentence.start + span.start, sentence.start + span.end)
            if _is_false(part.cut(low), written, evidence):
                yield part


def _is_false(said: str, written: tuple[Clause, ...], evidence: Evidence) -> bool:
    clause = _clause(said)
    if clause.allowed is None and clause.paid is None and not clause.every:
        return False
    if not clause.about:
        return clause.every and not evidence.passages and bool(_RULES.search(said))
    near = _nearest(clause, written)
    if not near:
        return _has_no_ground(said, clause, evidence)
    return _differ(clause, near)


def _has_no_ground(said: str, clause: Clause, evidence: Evidence) -> bool:
    """A rule stated where nothing was looked up that could speak of it."""
    if "ship" in clause.about and evidence.served is not None and clause.allowed is not None:
        return clause.allowed != evidence.served
    if clause.every and _RULES.search(said):
        return True
    if not evidence.passages and not evidence.facts:
        return bool(_RULES.search(said))
    of_rules = clause.about & _NEEDS_AN_ARTICLE
    return (
        bool(of_rules)
        and bool(_MAY.search(said))
        and clause.allowed is not False
        and not _spoken_of(of_rules, evidence)
    )


def _spoken_of(things: frozenset[str], evidence: Evidence) -> bool:
    """Whether any article, delivery option or fee speaks of these things."""
    if "ship" in things and (
        evidence.ranges or any("shipping" in fact.roles for fact in evidence.of("money"))
    ):
        return True
    return any(things & clause.about for passage in evidence.passages for clause in _read(passage))


def _nearest(clause: Clause, written: tuple[Clause, ...]) -> list[Clause]:
    """The clauses of the articles that speak of the same; none when none is alike enough."""
    rated = [(likeness(clause.about, each.about), each) for each in written if each.about]
    best = max((likeness for likeness, _ in rated), default=0.0)
    return [each for rate, each in rated if rate >= max(_ALIKE, best - _CLOSE)] if best >= _ALIKE else []


def _differ(clause: Clause, near: list[Clause]) -> bool:
    allowed = [turned(each.allowed, clause.text, each.text) for each in near]
    if _against(clause.allowed, allowed):
        return True
    # an amount is checked as a figure, with what it is said of
    if not _AMOUNT.search(clause.text) and _against(clause.paid, [each.paid for each in near]):
        return True
    return clause.every and not any(each.every for each in near) and any(each.limited for each in near)


def _against(said: bool | None, written: list[bool | None]) -> bool:
    """Whether every clause that says anything of it says the opposite."""
    told = [each for each in written if each is not None]
    return said is not None and bool(told) and said not in told


@lru_cache(maxsize=512)
def _read(passage: str) -> tuple[Clause, ...]:
    """Every clause of an article; a limit in a sentence holds for all of it."""
    clauses: list[Clause] = []
    for sentence in sentence_spans(passage):
        said = sentence.cut(passage)
        parts = [_clause(span.cut(said)) for span in _clauses(said)]
        limited = any(part.limited for part in parts)
        clauses += [replace(part, limited=limited) for part in parts]
    return tuple(clauses)


def _clauses(sentence: str) -> tuple[Span, ...]:
    cuts = [0, *(found.end() for found in _CLAUSE.finditer(sentence)), len(sentence)]
    return tuple(Span(start, end) for start, end in pairwise(cuts) if end > start)


@lru_cache(maxsize=2048)
def _clause(text: str) -> Clause:
    refused, free = bool(_REFUSED.search(text)), bool(_FREE.search(text))
    allowed = False if refused and not free else True if _ALLOWED.search(text) else None
    paid = False if free else True if _PAID.search(text) else None
    return Clause(text, about(text), allowed, paid, bool(_EVERY.search(text)), bool(_LIMITED.search(text)))

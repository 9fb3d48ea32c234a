"""A clause as it is compared with others: what it speaks of, whether it allows or refuses, who pays, and when it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.events import events_in
from dangol.assistant.truth.likeness import about
from dangol.assistant.truth.numbers import DIGITS, ENGLISH, NATIVE, number
from dangol.assistant.truth.text import Span, sentence_spans

_CLAUSE = re.compile(
    r"(?<=[^.!?\d])[,;:]\s+(?!\d)|(?<=\d),\s+(?=and\b|but\b)|\s(?=(?:but|though|although|however|except|unless)\b|(?:and|so) (?:you|we|it|they|there)\b)"
    r"|(?<=지만)\s+|(?<=는데)\s+|(?<=은데)\s+|(?<=[하되있없이보드쓰열내가받않못시]고)\s+(?=[가-힣])"
)
_REFUSED = any_of(
    r"수(?:는|가|도)?\s?없|지\s?(?:않|못)(?=아요|습니다|고|해요?|합니다|하며|으며)|안\s?(?:돼|됩|되|받|해|보내|들어)|못\s?(?:해|합|하)|불가|제외|(?<!를 )(?<!을 )빼고|어려워|어렵|없어요|없습니다|없고"
    r"|\bcannot\b|\bcan't\b|n't\b|\bnot\b|\bno\b|\bnever\b|\bexcept\b|\bexclud\w+|\bunable\b|\bonly outside\b|\bunless\b"
)
_ALLOWED = any_of(
    r"(?<=\s)드려요|(?<=\s)드립니다|수\s?있|가능|돼요|됩니다|되고|[아어여해려내줘와춰꿔쳐켜워]\s?(?:드려|드립|줘요|줍니다)|보내요|보냅니다|받아요|받습니다|고쳐요|포함|들어 있"
    r"|적용|해당|열어요|팝니다|팔아요|찧|내요"
    r"|\breturns? (?:within|accepted|are)\b|\bcan\b|\bmay\b|\bapplies\b|\bapply\b|\bcovered\b|\bincluded?\b|\ballowed\b|\baccepted\b|\bpossible\b|\beligible\b|\bavailable\b"
    r"|\b(?:we|you)(?:'ll| will)?\s(?:also\s|gladly\s|even\s|always\s)?(?:ship|send|take|accept|cover|offer|match|refund|replace|repair|collect"
    r"|deliver|pay|get|combine|exchange|return|mend|fix|wrap|print|reprint|hire|keep|hold(?! [\d,]+ ))\b|\bcovers\b"
    r"|\b(?:is|are) (?:shipped|sent|delivered|refunded|replaced|repaired|collected|reprinted|wrapped)\b"
)
_FREE = any_of(
    r"무료|무상|공짜|(?:저희|가게|판매자)(?:가|에서)? (?:모두 )?(?:부담|내)|(?:비용|요금|비|료|돈)(?:은|는|이|가|도)? ?(?:없|안 (?:들|받)|받지 않|들지 않)|(?:비|비용|요금|료|금|돈|값|추가)(?:[은는이가도를을])?\s(?:\S{1,6}\s)?(?:받|들)지 않|필요(?:가|는|도)? 없"
    r"|(?<![-\w])free(?: of charge)?\b(?! from)|\bat no (?:\w+ )?(?:cost|charge)|\bno (?:\w+ )?(?:fees?|charges?|costs?)\b|\bwe (?:will )?pay\b|\bon us\b"
    r"|\bwithout (?:a |any )?(?:\w+ )?(?:fee|charge|cost)s?\b|\bcosts? (?:you )?nothing\b|(?:n't|\bnot) cost (?:you )?(?:anything|a (?:thing|penny|cent))\b|\bnot (?:needed|necessary|required)\b|\bno \w+ (?:is |are )?(?:needed|necessary|required)\b|\bat our (?:own )?(?:cost|expense)\b"
    r"|\b(?:is|are) (?:already |all )?included\b|\bcomplimentary\b"
)
_PAID = any_of(
    r"유상|\b(?:is|are) sold\b(?! out)|부담하셔|(?<!보)내(?:셔야|세요)|고객님 부담|고객님이 (?:내|부담)|부담이에요|[1-9][\d,]* ?(?:만|천)? ?원|추가 (?:요금|비용)"
    r"|(?:비용|요금|수수료|[가-힣]비|[가-힣]료)(?:이|가|도)? (?:있어|있습|들어요|듭니다|붙어|붙습|나와요)"
    r"|\b(?:own|your) (?:cost|expense)\b|\bpaid by (?:the )?(?:recipient|customer|buyer|you)|\byou (?:\w+ )?pay\b(?! (?:by|with|via|using|in|when|on)\b)|\bcosts? (?!nothing|you nothing)|\bcosts?[.!]|\badds? [$£€]|[$£€] ?[1-9]"
    r"|\bfee of\b|\bfee applies\b|\b(?<!free of )(?<!no )(?<!extra )charged?\b"
)
_EVERY = any_of(
    r"언제(?:나|든지?|\s\S+도(?=\s))|얼마를\s\S+도(?=\s)|(?:하루|온)\s?종일|\ball day\b|\b(?:what|when|where|which|who)ever\b|어디(?:서)?(?:나|든지?)|누구(?:나|든지?)|무엇이든|뭐든|몇 번이든|얼마든지|얼마를 \S+든|전국 어디|어디든|(?:모든|전부|전액|전체)(?=에|\s|를)|무제한|무조건"
    r"|(?:상관|관계)\s?없이|때마다|평생|상관없[어습]"
    r"|(?<!if )(?:\banything\b|\banywhere\b|\bany ?time\b|\bany \w+)|\beveryone\b|\beverything\b|\balways\b|\bunlimited\b"
    r"|\bevery (?!second|other|third|two|three|\d|mon|tues|wednes|thurs|fri|satur|sun)\w+|\bas often as\b|\bas (?:many|much) \w* ?as you\b|\bfor life\b|\blifetime\b|\bno matter\b|\bfrom the (?:very )?first (?:day|night|moment|minute)\b|\b(?:do|does)(?:n't| not) matter\b|\bregardless\b|\bhowever \w+ (?:you|the|it|they|your)\b"
)
_LIMITED = any_of(
    r"만(?: |이에|입|,|$)|에서만|까지만|한 번|한 댁|제외|빼고|절반|최대|이상|이내|안에|전에는|부터는|아래로는|단,|다만|않|못|없|첫|처음"
    r"|\bonly\b|\bexcept\b|\bup to\b|\bonce\b|\bunless\b|\bwithin\b|\bif\b|\bcannot\b|\bnot\b|\buntil\b|\bat most\b|\bfirst\b|\bone\b|\bfrom\b"
    r"|\bfor \w+ (?:years?|months?|weeks?|days?)\b|\d(?:년|개월|일|주) 동안"
)
_NONE_THEN = re.compile(r"면 (?:없어요|없습니다|안 받아요|받지 않아요|받지 않습니다)")
_BUT_NOT = re.compile(r"\s*(?:but|though|although)\s(?:not|never)\b")
_NONE = re.compile(r"(?:n't|\bnot|\bnever)\b[^.,]*\bany")
# the predicate is denied: at the end of a Korean clause, before the verb of an English one
_DENIED = re.compile(
    r"(?:지(?:는|도)?\s?(?:않|못|마|말)|수(?:는|가|도)?\s?없|(?<![가-힣])(?:안|못)\s?[가-힣]{1,5}|없|불가|어려|어렵|제외|금지)(?!어[지져질])[가-힣]{0,5}[\s.!~]*$"
    r"|^(?!.*[가-힣]).*(?:\bnot\b|n't\b|\bcannot\b|\bnever\b|\bno\b|\bneither\b|\bnon-|\bexcept\b|\bexclud\w+)"
)
_AN_IF = re.compile(
    r"^\s*(?:if|when|once|unless|until|while|before|after|as soon as|should|even)\b.*"
    r"|\s(?:if|when|once|unless|until|while|before|after|as soon as|that|which|who)\b.*"
)
_EARLIER = re.compile(
    r"\b(?:until|before|prior to|up to the moment)\s(?:you |we |it |they )?(?P<en>[a-z' -]{2,48}?)(?= you\b| we\b|[^a-z' -]|$)"
    r"|(?P<ko>[가-힣]{2,10}(?:\s[가-힣]{2,8})?)(?:기|하기)?\s?전(?:까지|에|이|에는|이면)"
)
_LATER = re.compile(
    r"\b(?:after|(?<!at )once|while|as soon as|when)\s(?:you |we |it |they )?(?P<en>[a-z' -]{2,48}?)(?= you\b| we\b|[^a-z' -]|$)"
    r"|(?P<ko>[가-힣]{2,10}(?:\s[가-힣]{2,8})?)\s(?:뒤|후|다음|중|당일)(?:에|에도|에는|이라도|이어도|엔)?(?=\s|$)"
)
_EVEN = re.compile(
    r"(?P<ko>(?:[가-힣]+\s)?[가-힣]*[가-힣])(?:이어도|여도|라도|더라도|셔도|해도|아도|어도|나도|도)(?=\s)(?!\s(?:있|없|되|돼|좋|괜찮))"
    r"|\beven (?:if|when|after|once|though|while)?\s?(?P<even>[a-z' -]{3,60})"
    r"|\balso\s(?P<also>[a-z' -]{3,60})|(?P<too>[a-z' -]{3,60})\s(?:too|as well)\b|(?P<onlyko>[가-힣]{2,})(?:으로|로|에서|께)만(?=\s)(?![^.]*[면라]\s)"
    r"|\bonly (?:on|in|with|for|from|by|to|at) (?P<only>[a-z' -]{3,40})|\band so (?:is|are|do|does|can|will) (?:the |your |our )?(?P<so>[a-z' -]{3,40})"
)
_AN_AMOUNT = re.compile(r"\b(?:dollars?|pounds?|euros?|bucks)\b|[$£€₩]")  # "it's also a hundred dollars off"
_NO_ADDITION = frozenset(
    [
        "늦어도",
        "적어도",
        "빨라도",
        "많아도",
        "정도",
        "온도",
        "제주도",
        "각도",
        "그래도",
        "속도",
        "별도",
        "아직도",
        "지금도",
        "강도",
        "지도",
        "용도",
        "농도",
        "하나도",
    ]
)


_MUST = any_of(
    r"\bmust\b(?! not)|\bwe need (?:your|a|an|the)\b|\b(?:have|has|need|needs) to\b|\brequired\b"
    r"|^(?:please )?(?:keep|bring|show|write|send|tell|register|check|call|pay)\b|[셔해어아]야 (?:해|합|돼|됩)|주세요"
)
_NEED_NOT = any_of(
    r"\bneed not\b|\bneedn't\b|(?:n't|\bnot) (?:have|need)\b|\bno(?:body)? (?:need|has to)\b|\bnot (?:required|necessary|needed)\b"
    r"|(?:지 않으?[셔아]도|없이도|없어도|안 [가-힣]{1,3}도) (?:돼|됩|괜찮)|필요(?:가|는)? 없"
)
_OFTEN = any_of(
    r"\b(?:every|each) (?:(?P<nth>second|other|third|two|three|four|\d+) )?(?P<unit>days?|weeks?|months?|years?|hours?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
    r"|\b(?P<ly>daily|weekly|monthly|yearly)\b|\b(?P<times>once|twice|three times) (?:a|per|every) (?P<per>day|week|month|year)\b"
    r"|(?P<mae>매일|매주|매달|매월|매년|격주|격월)|(?P<kper>하루|일주일|한 달|일 년|1년|1주|주)에 (?P<ktimes>한|두|세|네|다섯|\d+) ?번|(?P<ma>[\d한두세네]+ ?(?:일|주|달|개월|년))마다"
)
_ONE_WORD = {
    "매일": "1day", "매주": "1week", "매달": "1month", "매월": "1month", "매년": "1year", "격주": "2week", "격월": "2month",
    "daily": "1day", "weekly": "1week", "monthly": "1month", "yearly": "1year",
}  # fmt: skip
_NUMBERED = {
    "second": "2", "other": "2", "two": "2", "third": "3", "three": "3", "four": "4", "once": "1", "twice": "2", "three times": "3",
    "한": "1", "두": "2", "세": "3", "네": "4", "다섯": "5", "하루": "day", "일주일": "week", "1주": "week", "주": "week", "한 달": "month",
    "일 년": "year", "1년": "year", None: "1",
}  # fmt: skip


_MANY = re.compile(
    rf"(?<![가-힣])(?P<n>{DIGITS}|{NATIVE})\s?(?P<unit>개|켤레|벌|장|권|병|박스|세트|팩|명|분|건|번|송이|점)(?P<from>\s?(?:부터|이상|넘))?"
    rf"|(?P<at>at least |from )?\b(?P<e>{DIGITS}|{ENGLISH}) (?!won|dollar|euro|pound|percent|day|week|month|year|hour|minute|more)(?P<things>[a-z]{{3,12}})(?P<more> or more| and up)?"
)


# that something is paid for or free is no thing of its own
PAYING = about(
    "cost costs charge charged fee free doesn't isn't thing penny cent 비용 요금 돈은 받아요 무료 공짜 들어요 없어요 없습니다"
)


@dataclass(frozen=True)
class Clause:
    """A clause as it is compared. `paid`: True by the shopper, False free, None neither; so with `allowed`.

    `must`: what somebody has to do, or need not; `often` how often something happens; `many` how many of
    what, `least` from how many on. `around` is what its whole sentence speaks of; `even` what it says the rule holds for as well; `earlier` and `later`
    the events before and after which it holds.
    """

    text: str
    about: frozenset[str]
    allowed: bool | None
    paid: bool | None
    denied: bool
    every: bool
    limited: bool
    must: bool | None = None
    often: frozenset[str] = frozenset()
    many: frozenset[tuple[str, int]] = frozenset()
    least: frozenset[tuple[str, int]] = frozenset()
    even: frozenset[str] = frozenset()
    earlier: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()


@lru_cache(maxsize=512)
def written_in(passage: str) -> tuple[Clause, ...]:
    """Every clause of an article; a limit in a sentence holds for all of it."""
    return tuple(
        clause for sentence in sentence_spans(passage) for _, clause in said_in(sentence.cut(passage))
    )


def alike(things: frozenset[str], passage: str) -> list[Clause]:
    """The clauses of an article that speak of most of these things."""
    return [
        each
        for each in written_in(passage)
        if len(each.about & things) >= min(2, len(things)) and 2 * len(each.about & things) > len(each.about)
    ]


@lru_cache(maxsize=1024)
def said_in(sentence: str) -> tuple[tuple[Span, Clause], ...]:
    """The clauses of a sentence, each with its place; what one adds or limits holds for the others."""
    spans = tuple(_spans(sentence))
    parts = [_clause(span.cut(sentence)) for span in spans]
    limited = any(part.limited for part in parts)
    even = frozenset[str]().union(*(part.even for part in parts))
    earlier = frozenset[str]().union(*(part.earlier for part in parts))
    later = frozenset[str]().union(*(part.later for part in parts))
    around = frozenset[str]().union(*(part.about for part in parts))
    if any(part.paid for part in parts):
        parts = [_waived(part) for part in parts]
    conditional = any(_AN_IF.match(part.text) for part in parts)
    return tuple(
        (
            span,
            replace(
                _filled(part, around) if conditional else _continued(part, around),
                limited=limited,
                around=around,
                even=even,
                earlier=earlier,
                later=later,
            ),
        )
        for span, part in zip(spans, parts, strict=True)
    )


def _waived(part: Clause) -> Clause:
    """ "택배비는 5,000원이고 찾으러 오시면 없어요": what there is none of is what the others pay."""
    return replace(part, allowed=None, paid=False) if _NONE_THEN.search(part.text) else part


def _filled(part: Clause, around: frozenset[str]) -> Clause:
    """What says whether or who pays, and not of what, says it of what stands in its condition."""
    says = part.paid is not None or part.allowed is not None
    return replace(part, about=around) if says and not part.about else part


def _continued(part: Clause, around: frozenset[str]) -> Clause:
    """ "…but not swapped" goes on about what stands before it."""
    return replace(part, about=around) if len(part.about) < 2 and _BUT_NOT.match(part.text) else part


def _spans(sentence: str) -> Iterator[Span]:
    cuts = [0, *(found.end() for found in _CLAUSE.finditer(sentence)), len(sentence)]
    return (Span(start, end) for start, end in pairwise(cuts) if end > start)


@lru_cache(maxsize=2048)
def _clause(text: str) -> Clause:
    refused, free = bool(_REFUSED.search(text)), bool(_FREE.search(text))
    return Clause(
        text,
        about(text),
        False if refused and not free else True if _ALLOWED.search(text) else None,
        False if free else True if _PAID.search(text) else None,
        bool(_DENIED.search(_AN_IF.sub("", text))),
        bool(_EVERY.search(text)) and not _NONE.search(text),
        bool(_LIMITED.search(text)),
        False if _NEED_NOT.search(text) else True if _MUST.search(text) else None,
        _how_often(text),
        *_how_many(text),
        _added(text),
        _events(_EARLIER, text),
        _events(_LATER, text),
    )


def _how_often(text: str) -> frozenset[str]:
    """Every how many days or weeks something happens, or how many times in one: 격주 and "every other week" are the same."""
    found = set()
    for match in _OFTEN.finditer(text):
        word = match["mae"] or match["ly"]
        if word:
            found.add(_ONE_WORD[word])
        elif match["unit"]:
            found.add(f"{_NUMBERED.get(match['nth'], match['nth'])}{match['unit'].rstrip('s')}")
        elif match["ma"]:
            found.add(match["ma"].replace(" ", ""))
        else:
            times, per = match["times"] or match["ktimes"], match["per"] or match["kper"]
            found.add(f"{_NUMBERED.get(times, times)} in a {_NUMBERED.get(per, per)}")
    return frozenset(found)


def _how_many(text: str) -> tuple[frozenset[tuple[str, int]], frozenset[tuple[str, int]]]:
    """How many of what a clause speaks of, and from how many on: 한 켤레만, 두 켤레부터, "30 rolls or more"."""
    many: set[tuple[str, int]] = set()
    least: set[tuple[str, int]] = set()
    for match in _MANY.finditer(text):
        value = number(match["n"] or match["e"])
        if value is not None and value == int(value):
            told = (match["unit"] or match["things"].rstrip("s"), int(value))
            (least if match["from"] or match["more"] or match["at"] else many).add(told)
    return frozenset(many), frozenset(least)


def _added(text: str) -> frozenset[str]:
    """What a rule is said to hold for as well: 불량이어도, "tents too", "even after it was sent"."""
    found: set[str] = set()
    for match in _EVEN.finditer(text):
        if match.group().split()[-1] not in _NO_ADDITION and not _AN_AMOUNT.search(match.group()):
            found |= about(next(group for group in match.groups() if group))
    return frozenset(found)


def _events(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    found: set[str] = set()
    for match in pattern.finditer(text):
        told = match["en"] or match["ko"]
        found |= about(told) | events_in(told)
    return frozenset(found)

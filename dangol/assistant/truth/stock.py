"""Statements that something is there or sold out, against the stock of this turn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.facts import StockFact
from dangol.assistant.truth.numbers import DIGITS, ENGLISH
from dangol.assistant.truth.situation import Reading, Situation
from dangol.assistant.truth.text import QUESTION, Span

_OUT = any_of(
    r"(?<![가-힣])남은 (?:게|것이|상품이|재고가) 없|품절(?!\s?(?:된|되면|되었을|됐을|시|이면|인 경우|일 때|상품|여부|되기|될|되지|이 아"
    r"|임박|알림))|매진(?!되면|될)|(?:다|모두|전부) (?:팔렸|나갔|빠졌)|재고가?\s?(?:전혀\s|아직\s"
    r"|지금\s)?없(?!는지|을까|으면|을 때|어지기)"
    r"|sold out(?! (?:items|products|sizes))|out of stock(?! (?:items|products))"
    r"|not (?:currently )?(?:in stock|available)|unavailable|isn't (?:in stock|available)"
    r"|none left|no stock|no longer (?:in stock|available)|aren't (?:in stock|available)"
)
_IN = any_of(
    r"재고(?:가|도|는|\s)*\s?(?:아직\s|지금\s|현재\s|모두\s|다\s|충분히\s|넉넉히\s"
    r"|넉넉하게\s)?(?:있(?!는지|을까|으면|을 때|나요|을 경우|는 경우|는 동안)|충분(?!하지)"
    r"|넉넉(?!하지)|남아\s?있(?!는지|으면))"
    r"|(?:바로|지금|당장|오늘|아직|여전히)\s(?:구매|주문|보내|출고|발송|배송)\s?(?:하실 수 있|할 수 있|해\s?드릴 수 있|드릴 수 있|가능|돼요|됩니다)"
    r"|남아\s?있(?!는지|으면|나요|을까|는 동안)(?=어요|습니다|네요|고)|(?:is|are) back in stock\b"
    r"|\bcan (?:leave|ship|go out|be (?:sent|shipped|with you)) (?:today|tomorrow|right away|now)\b|\bready to (?:leave|collect|pick up|take)\b"
    r"|구매 가능|주문 가능|\bcan be (?:ordered|bought) (?:now|right away|today)\b|\bready (?:to (?:ship|go|send|order|buy)|for dispatch)\b|\bships? (?:right away|at once|immediately)\b"
    r"|(?<!not )(?<!n't )(?<!out of )(?<!be )(?<!back )(?<!when )\bin stock\b(?! again)"
    r"|(?<!not )(?<!n't )(?<!un)\b(?:is|are|both|still|and)\s(?:all\s|still\s|currently\s"
    r"|both\s|also\s)?available\b(?! (?:for(?! [$£€₩]?\d)|in(?! (?:size )?\d)|from|at(?! [$£€₩]?\d)|on|through|to|until|only|via)\b)"
    r"|we(?:'ve| have) (?:it|them|that|this|the \w+(?: \w+)?) (?:in|here|right here|on the shelf)\b"
)
_OBTAINABLE = any_of(
    r"(?:바로|오늘|지금)\s(?:보내|출고해|발송해)\s?(?:드려요|드립니다|드릴게요)|(?:빌리|사|구매하|주문하|구하)실 수 있(?=어요|습니다|고)"
)
_HAVING = 12  # characters between a variant and that it is there
_NEAR = 8  # characters between a variant and what is said of it
_HAVE = re.compile(r"(?:있어요|있습니다|있네요|있답니다|있고요?)(?=[\s.,!~]|$)")
_HAVE_NOT = re.compile(r"(?:없어요|없습니다|없네요|없고요?)(?=[\s.,!~]|$)")
_CONDITIONAL = any_of(
    r"^\s*(?:if|when|once|should)\b|(?:이면|되면|라면|경우|때는?|으면|하면)\s*$|(?:이면|되면|라면|으면|다면)[,\s]"
)

# so many of what is spoken of: "we still have fifteen", "there are four of those"
SO_MANY = re.compile(
    rf"\b(?:have|we've|hold|got|there are|down to|still|only|just|with|and)\s(?:only |just |still |about )?(?:a )?(?P<n>{DIGITS}|(?!one\b){ENGLISH})(?=\s*[.,;!]|\s*$"
    r"|\s(?:left|remaining|more|available|to be had|in stock|on hand|of (?:the|our|them|these|it|those|that)|in(?![a-z])))"
)


def tells_how_many(low: str) -> bool:
    """Whether a plain sentence says how many of something there are ("there are four of those on hand")."""
    return bool(SO_MANY.search(low))


def false_statements(reading: Reading, evidence: Evidence) -> Iterator[Span]:
    """The places where a reply says of a product that it is there, or gone, and the stock does not say so."""
    for span, there in _statements(reading):
        here = reading.at(span.start, span.end)
        if QUESTION.search(here.sentence) or _conditional(here, span):
            continue
        if not _true(here, there, evidence):
            yield span


def _conditional(here: Situation, span: Span) -> bool:
    head = here.text[here.clause_span.start : span.start]
    tail = here.text[span.end : min(here.sentence_span.end, span.end + 8)]
    return bool(
        re.match(r"\s*(?:if|when|once|should)\b", head)
        or re.match(r"\s?(?:이면|되면|라면|일 때|인 경우|이라면|으면|다면|이 되면)", tail)
    )


def _statements(reading: Reading) -> Iterator[tuple[Span, bool]]:
    out = [Span(found.start(), found.end()) for found in _OUT.finditer(reading.text)]
    yield from ((span, False) for span in out)
    inside = [
        Span(found.start(), found.end())
        for found in _IN.finditer(reading.text)
        if not any(span.start <= found.start() < span.end for span in out)
    ]
    yield from ((span, True) for span in inside)
    told = [*out, *inside]
    for found in _OBTAINABLE.finditer(reading.text):
        span = Span(found.start(), found.end())
        if _named_before(reading, span) and not any(abs(span.start - other.start) < 12 for other in told):
            yield span, True
    for pattern, there in ((_HAVE, True), (_HAVE_NOT, False)):
        for found in pattern.finditer(reading.text):
            span = Span(found.start(), found.end())
            if _of_a_variant(reading, span) and not any(abs(span.start - other.start) < 12 for other in told):
                yield span, there


def _named_before(reading: Reading, span: Span) -> bool:
    """Whether a variant or product stands in the same sentence before it ("77도 빌리실 수 있어요")."""
    sentence = reading.at(span.start, span.end).sentence_span
    return any(
        sentence.holds(m.start) and m.end <= span.start and span.start - m.end <= _NEAR
        for m in (*reading.values, *reading.titles)
    )


def _of_a_variant(reading: Reading, span: Span) -> bool:
    """ "270 블랙 있어요" speaks of stock; "발볼이 넓다는 후기가 있어요" does not: the value stands right before it."""
    near = [m for m in reading.values if 0 <= span.start - m.end <= _HAVING]
    between = reading.text[near[-1].end : span.start] if near else ""
    return (
        bool(near)
        and re.fullmatch(
            r"(?:사이즈|색상|컬러|색|mm|도|은|는|이|가|만|아직|지금|(?:몇|여러)\s?[가-힣]{1,2}|\s)*", between
        )
        is not None
    )


def _true(here: Situation, there: bool, evidence: Evidence) -> bool:
    return all(is_true_of(here, options, there, evidence) for options in here.variants())


def is_true_of(here: Situation, options: frozenset[str], there: bool, evidence: Evidence) -> bool | None:
    """Whether the stock says so of a variant, or of the product spoken of; None: it says nothing of it."""
    meant = _meant(here, options, evidence)
    if not meant:
        return None
    told = [fact.there for fact in meant]
    return any(told) if there else not any(told)


def _meant(here: Situation, options: frozenset[str], evidence: Evidence) -> list[StockFact]:
    subject = here.subject()
    facts = evidence.stock
    if re.search(r"매장|지점|[가-힣]점(?:에|은|이|도|\s)|branch|store|선반|shelf", here.sentence):
        facts = [fact for fact in facts if fact.group == "shelf"] or facts
    elif any(fact.group != "shelf" for fact in facts):
        facts = [fact for fact in facts if fact.group != "shelf"]
    if options and not any(fact.options for fact in facts):
        facts = [fact for fact in evidence.stock if fact.options] or facts
    if subject:
        facts = [fact for fact in facts if fact.subject in ("", subject)]
    if options:
        facts = [fact for fact in facts if fact.group != "card"] or facts  # a card tells of no single variant
        exact = [fact for fact in facts if fact.options and _fits(options, fact.options, facts)]
        return exact or [fact for fact in facts if not fact.options]
    return [fact for fact in facts if fact.group == "matching"] or facts


def _fits(named: frozenset[str], options: frozenset[str], facts: list[StockFact]) -> bool:
    """Every value named that a variant could have is this variant's; of two sizes named, either is meant."""
    known = frozenset().union(*(fact.options for fact in facts))
    wanted = named & known
    return bool(wanted & options) and (wanted <= options or len(wanted) > len(options))

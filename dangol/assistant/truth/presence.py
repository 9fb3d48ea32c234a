"""What a model says of whether goods are there, in whatever words: a variant named with any word of having or lacking.

`stock.py` knows the sentences that are surely about stock. A model has a hundred others ("the green one is up for grabs"), so here
every clause of its reply that names a variant or product and any word that may mean that one can have it, or cannot, is
held against the stock. Conditions, questions, offers and what has happened say nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.claims import OF_A_PURCHASE
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.mentions import Mention
from dangol.assistant.truth.numbers import DIGITS, ENGLISH, number
from dangol.assistant.truth.situation import Reading
from dangol.assistant.truth.stock import is_true_of
from dangol.assistant.truth.text import Span, clause_spans, sentence_spans, span_at

_THERE = any_of(
    r"있(?!는지|을까|으면|나요|던|었)|남(?:아|았|은|습)|뿐|넉넉|충분|여유|준비|가능|구매|주문(?!하신|하셨|제작)|담으실|출고(?!되면)|발송|보내\s?(?:드|줄)|살 수|사실 수|구하실"
    r"|판매 중|팔고|들어왔|들어와 있|받아\s?보실|골라"
    r"|\bhave\b|\bwe've\b(?= (?:\d|only|just|one|two|three|four|five|six|seven|eight|nine|ten)\b)|\bgot\b|\bget\b|\border(?!ed)\b|\bbuy\b|\bships?\b|\bleft\b(?! out)|\bplenty\b|\bstock\b|\bavailable\b|\bready\b|\bthere(?:'s| is| are)\b|\bso (?:is|are)\b|\b(?:is|are) there\b"
    r"|\bback in\b|(?:is|are|'s) back(?=[.,!\s]*$)|\bhere\b|\bgrabs\b|\bwarehouse\b|\bshel(?:f|ves)\b|\bon hand\b|\bremain\w*|\bsend\b|\bcarry\b|\bdeliver\b|\bpick up\b|\bto be had\b|\blast\b|\bsee\b"
)
_GONE = any_of(
    r"품절|없|매진|동[났나]|떨어[졌지]|바닥|(?:다|모두|전부) (?:팔|나갔|빠)|소진|안 (?:계|팔)|못 (?:사|구)|받지 (?:않|못)"
    r"|\bsold[ -]out\b|\bout of\b|\bgone\b(?! (?:down|up))|\bunavailable\b|\bnone\b|\b(?:run|ran|running) out\b|\black\w*|\bis out\b|^no\b|\bno (?:more )?\w+ (?:ones? )?(?:at|left|now|right)"
)
# what is denied is that it can be had
_NOT = any_of(
    r"어렵|어려워|안 (?:돼|됩|되)|못 (?:받|해|합)|불가|힘들|\bnot\b|n't\b|\bcannot\b|\bno\b|\bnever\b"
)
_FEW = any_of(
    r"뿐이|\blast\b|\b(?:nearly|almost) gone\b|(?:몇|얼마|거의)\s?[가-힣]*\s?안 남|없어지기|떨어지기|\brunning (?:out|low)\b|\bnot (?:many|much)\b|\bbefore (?:it|they)\b"
)
_UNLESS = any_of(
    r"빼고|제외|말고|외에|아니면|대신|\bexcept\b|\bapart from\b|\bother than\b|\binstead\b|\bbut (?:the )?\w+\s*$|\brather than\b"
)
_SOMETHING_ELSE = any_of(
    r"(?:인기|후기|리뷰|평|차이|장점|단점|특징|기능|혜택|할인|도움|필요|관심|수\s?없이|재미|효과)[가-힣]*\s?(?:도\s)?(?:있|없)|반품|교환|환불|취소|사진|문의"
    r"|\b(?:discount|return|refund|exchang|cancel|swap|review|warrant|repair)\w*|\b(?:has|have|had) (?:been|a|an|the same|its|their|more|less)\b|\bno (?:(?:\w+ )?(?:charge|fee|cost|minimum)s?|problem|need)\b"
)
_NO_STATEMENT = any_of(
    r"[?？]|(?<![끝지만어])나요|까요|게요|모르|알려 ?(?:드|주)|찾아볼|(?:으면|되면|라면|다면|하면|시면)(?=[\s,])|\b(?:if|when|once|whether|would you|let me|i can|i'll|let you know)\b"
    r"|[았었했됐졌갔왔렸셨](?:어요|습니다)(?=[\s.!]*$)(?<!남았어요)(?<!남았습니다)(?<!났어요)(?<!났습니다)|\byou(?:'ve| have)? (?:ordered|bought|paid|put|chose)\b"
)
# "and on the shelf", "지금 바로 살 수 있어요": no thing of its own is named
_GOES_ON = re.compile(
    r"(?:and|but|while) (?:(?:is|are|still|now|also|it's|they're|it is|they are|ready|available|currently|in|on|out|sold|no longer|we have|we've|there's|there (?:is|are))\b|\w+ (?:left|in stock)\b)"
    r"|(?:지금|현재|아직|바로|곧바로|이미|재고|품절|매진|모두|다|전부|넉넉|충분|딱|단)"
)
_ALSO = re.compile(r"(?:and|or) (?:\w+ ){0,4}(?:of|in) the ")
_EVERY = any_of(
    r"(?<![가-힣])(?:모든|전|전체|온)\s?(?:색상|컬러|색|사이즈|크기|옵션|종류)|(?:색상|컬러|사이즈|옵션)[가-힣]?\s(?:모두|전부|다)(?=\s)"
    r"|\b(?:all|every|any|each)\s(?:of the\s|the\s|our\s)?(?:\w+\s)?(?:colou?rs?|sizes?|options?|variants?|versions?)\b"
)
_BOTH = re.compile(r"전부|\bboth\b")
_ALL_OF_THEM = re.compile(r"\ball (?:of (?:them|these|those)|two|three|four)\b|모두|셋 다|둘 다")
_SO_MANY = re.compile(
    rf"(?P<n>{DIGITS}|(?!one\b){ENGLISH})\s(?:(?:(?:pairs?|pieces?|of them|left) )?in (?:the |size )?|\w+ of (?:the )?|of (?:the|our) )?$"
)
_COMES = any_of(
    r"다시 들어|재?입고(?:돼|될|됩|예정)|들어올 (?:예정|거)|들어와요|들어옵니다|\b(?:will be|'ll be|is|are) back\b|\bback in stock\b|\brestock\w*"
    r"|\bmore (?:are|is|will be) (?:coming|on)\b"
)


def false_presence(reading: Reading, evidence: Evidence, since: int = 0) -> Iterator[Span]:
    """The clauses, from the sentence at `since` on, that say of goods that they are there, gone or coming, and are not."""
    for sentence in sentence_spans(reading.text):
        if sentence.end <= since or _NO_STATEMENT.search(sentence.cut(reading.text)):
            continue
        for clause in _clauses(sentence, reading.text):
            words = clause.cut(reading.text)
            if (
                not _UNLESS.search(words)
                and not _SOMETHING_ELSE.search(words)
                and _is_false(clause, reading, evidence)
            ):
                yield clause


def _clauses(sentence: Span, low: str) -> list[Span]:
    return [span for span in clause_spans(low) if sentence.start <= span.start < sentence.end]


def _is_false(clause: Span, reading: Reading, evidence: Evidence) -> bool:
    words = clause.cut(reading.text)
    named = _named(clause, reading)
    if _COMES.search(words) and (named or evidence.stock):
        return not any(_COMES.search(passage) for passage in evidence.passages)  # no record has such a day
    whole = span_at(sentence_spans(reading.text), clause.start).cut(reading.text)
    told = _THERE.search(whole) and not OF_A_PURCHASE.search(whole)
    if told and any(_another_number(each, reading, evidence) for each in named):
        return True
    there = _says_there(words)
    if there is None and named and _ALSO.match(words):  # "seven of the small and a few of the large"
        there = _says_there(
            reading.text[span_at(sentence_spans(reading.text), clause.start).start : clause.start]
        )
    if there and _EVERY.search(words):
        return any(not fact.there for fact in evidence.stock if fact.group == "matching")
    if there is None:
        return False
    return not all(
        _holds(each, reading, there, evidence) for each in _meant(clause, named, reading, there=there)
    )


def _named(clause: Span, reading: Reading) -> list[Mention]:
    """What a clause names, variants first; where it goes on about the clause before it, what that one named last."""
    known = (*reading.values, *reading.titles)
    named = [m for m in known if clause.holds(m.start)]
    if named or not _GOES_ON.match(clause.cut(reading.text)):
        return named
    sentence = span_at(sentence_spans(reading.text), clause.start)
    before = [m for m in known if sentence.start <= m.start < clause.start]
    last = span_at(clause_spans(reading.text), max((m.start for m in before), default=0))
    return [m for m in before if last.holds(m.start)]


def _says_there(words: str) -> bool | None:
    if _FEW.search(words):
        return True
    if _GONE.search(words):
        return False
    return not _NOT.search(words) if _THERE.search(words) else None


def _meant(clause: Span, named: list[Mention], reading: Reading, *, there: bool) -> list[Mention]:
    """Of which of those named it must be so: of each where all are said to be there, else of the first."""
    words = clause.cut(reading.text)
    if there and _ALL_OF_THEM.search(words):
        sentence = span_at(sentence_spans(reading.text), clause.start)
        return [m for m in (*reading.values, *reading.titles) if sentence.holds(m.start)]
    values = [m for m in named if m in reading.values]
    return values if there and len(values) > 1 and _BOTH.search(words) else named[:1]


def _another_number(mention: Mention, reading: Reading, evidence: Evidence) -> bool:
    """Whether "three in black" is told where the stock of black is another."""
    told = _SO_MANY.search(reading.text[max(0, mention.start - 32) : mention.start])
    if told is None:
        return False
    if any(other.start <= mention.start - len(told.group()) < other.end for other in reading.values):
        return False  # the number names a variant itself: "size 4 narrow"
    clause = span_at(clause_spans(reading.text), mention.start)
    names = frozenset(m.name for m in reading.values if clause.holds(m.start))
    of_it = [f for f in evidence.of("count") if "stock" in f.roles and mention.name in f.options]
    counts = {f.value[0] for f in of_it if names <= f.options} or {f.value[0] for f in of_it}
    return bool(counts) and number(told["n"]) not in counts


def _holds(mention: Mention, reading: Reading, there: bool, evidence: Evidence) -> bool:
    here = reading.at(mention.end, mention.end)
    return all(is_true_of(here, options, there, evidence) is not False for options in here.variants())

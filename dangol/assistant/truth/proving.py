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

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.clauses import Clause, said_in
from dangol.assistant.truth.events import counted_from
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.figures import read
from dangol.assistant.truth.likeness import CONCEPTS, about
from dangol.assistant.truth.statements import GOODS, RULES, SAID_BESIDE, is_of_goods
from dangol.assistant.truth.text import QUESTION, plain, sentence_spans, spaceless

_MOST = 2  # sentences of articles told for one of the model's
_TELLING = frozenset(
    {"money", "percent", "span", "time", "number", "weekday", "date"}
)  # a figure that is seldom the same by chance
_FREE = ("any", 0)  # "free" is no figure here: the clause tells who pays
_LIST = re.compile(r"^[-*•·]\s+")
_HANGUL = re.compile(r"[가-힣]")
_SECOND = 2  # what a second one must tell beside the first
# words that limit or widen what is said; both sides have them, or it is not the same
_MARKS = {
    "before": r"(?<=[가-힣 ])전(?:까지|에|이|이라|에는)?(?=[\s,.]|면|라면)|\bbefore\b|\bprior\b|\buntil\b|\bby\b",
    "after": r"(?<=[가-힣 ])(?:뒤|후|다음)(?:에|로|부터|에도|에는)?(?=[\s,.])|\bafter\b|\bonce\b|\bsince\b|\bas soon as\b",
    "only": r"[가-힣]만(?=[\s,.])|[가-힣]만 |(?:에서|까지|에게|으로|때|경우에?)만|뿐|\bonly\b|\bjust\b|\bsolely\b",
    "except": r"제외|빼고|말고|외에|아니면|않으?면|않는 한|\bunless\b|\bexcept\w*|\bother than\b|\bapart from\b|\bbut not\b|\bexclud\w+",
    "too": r"[가-힣](?:도|까지도|조차)(?=\s)|\balso\b|\btoo\b|\beven\b|\bas well\b|\bincluding\b|\bboth\b",
    "all": r"모든|모두|전부|전액|전체|언제(?:든|나)|누구나|어디(?:든|나)|(?:어디|누가|누구|언제|무엇|뭐|몇|얼마|어떤|어느|어떻게)[가-힣]*\s(?:[가-힣]+\s)?[가-힣]*(?:든|도)(?=[\s,.])|무조건|항상|상관\s?없|\ball\b|\bany\w*|\bevery\w*|\balways\b|\b(?:how|what|when|where|which|who)ever\b|\bno matter\b|\bon or off\b|\bor not\b|\bwith or without\b|\bwhole\b|\bfull\b|\bfully\b",
    "without": r"없이|없어도|없으[시셔]|안 [가-힣]+도(?=[\s,.])|\bwithout\b|\bno need\b|\bneedn't\b|(?:don't|not) (?:have|need) to\b",
    "half": r"절반|반(?=값|을|은|만)|일부|부분|\bhalf\b|\bpart\w*",
    "most": r"까지(?!도)|이내|안에|이하|최대|\bup to\b|\bat most\b|\bwithin\b|\bno more\b|\bmaximum\b|\bunder\b",
    "least": r"이상|부터|최소|넘|초과|\bat least\b|\bor more\b|\bover\b|\bfrom\b|\babove\b|\bminimum\b|\bmore than\b",
    "each": r"마다|[가-힣]당(?=\s)|매(?=일|주|월|달|년|번)|\bper\b|\beach\b|\bevery\b",
    "own": r"\byour own\b|\byourself\b|직접|가져오[신시]",
    "us": r"저희가|가게가|매장이|판매자|\bwe\b (?:pay|cover|bear)|\bour (?:cost|expense)|\bon us\b",
    "you": r"고객님이|고객님께서|손님이|고객 부담|\byou (?:pay|have to|need to|must)\b|\byour (?:own )?(?:cost|expense)",
}  # fmt: skip
_MARK = {name: any_of(words) for name, words in _MARKS.items()}
_LIMITS = frozenset({"before", "after", "only", "except", "half", "without"})
_FILLERS = about(
    plain(
        "네 예 물론 물론이죠 그럼요 안내 말씀 문의 감사 확인 참고 편하게 걱정 가능 필요 사실 그런데 하지만 고객님 상품 제품 물건 "
        "yes sure certainly course happy glad actually however good news note remember know simply like want well okay "
        "thing things item items product products goods make made take takes give given come comes keep apply applies usual usually"
    )
)


_OFFERS = any_of(
    r"(?:드릴|할|볼|줄)(?:까요|게요|께요)|도와드|^\s*(?:저는|제가|저희로서는)\s|모르|기록에 없|적혀 있지|나와 있지|안내가 없|확인되지|찾지 못"
    r"|\b(?:i|we(?='ll| will| can| could|'d| would))(?:'ll| will| can(?:not|'t)?| could|'d| would)? (?:help|look|check|find|show|connect|put you|tell|see|ask|pass)\b|\blet me\b|\bi(?:'m| am| can| can't| cannot| could| don't)\b|(?:n't|\bnot) (?:mention|on record|say|state)"
    r"|^(?:please |just |do )?let us know\b|\bfeel free\b|\bif you(?:'d| would) like\b|\bdoesn't say\b|\bnot stated\b"
)
_ASKS = re.compile(
    r"(?:말씀해|알려|문의해) ?주|(?:확인해|살펴) ?주세요[\s.!]*$"
)  # asks for something, unless it tells a rule besides
# by which way something is to be told is a rule: "앱으로 알려 주세요"
_BY_A_WAY = re.compile(
    r"(?:전화|앱|문자|카톡|카카오톡|이메일|메일|누리집|홈페이지|팩스|편지|매장|방문)[가-힣]{0,2}(?:로|에서|에|해서|하셔서)\s"
)
_OF_AN_ORDER = any_of(
    r"장바구니|담겨|담으신|\bin (?:the|your) (?:cart|basket|bag)\b|^you (?:paid|bought|ordered)\b|\byou(?:'ve| have) got\b(?! (?:\w+ ){1,2}(?:days?|weeks?|months?|years?|hours?|fortnight)\b)"
)
# what has happened is no rule, and checked as a state or a deed
_PAST = re.compile(
    r"[았었했됐졌났갔왔렸셨](?:어요|습니다)[\s.!]*$"
    r"|^(?!.*\b(?:must|can|may|only|if|unless|before|after|until|when|once)\b)(?:your|the|it|we|nothing)\b[^,]{0,40}"
    r"\b(?:has|have|was|were|received|arrived|left|shipped)\b(?! to\b)"
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


def in_the_articles_words(sentence: str, evidence: Evidence) -> str | None:
    """What to send in place of one sentence: itself, what the articles say of the same, or None where none speaks of it."""
    written, bare = _in_its_language(sentence, evidence), SAID_BESIDE.sub("", sentence)
    if not written or not bare.strip() or _is_an_offer(sentence) or evidence.is_written(sentence):
        return sentence
    said = _parts(bare)
    if not _may_be_a_rule(bare, said, evidence):
        return sentence
    if _is_of_records(said, written):
        return sentence
    if _are_proven(said, written):
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
    if any(no_rule.search(low) for no_rule in (QUESTION, _PAST, _OF_AN_ORDER)):
        return False
    if GOODS.search(low) and not RULES.search(low):
        return False
    things = frozenset[str]().union(*(part.things for part in said))
    return not _was_looked_up(things, evidence)


def _is_an_offer(sentence: str) -> bool:
    low = plain(sentence)
    return bool(_OFFERS.search(low)) or (
        bool(_ASKS.search(low)) and not RULES.search(low) and not _BY_A_WAY.search(low)
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
    counted = [part for part in said if part.figures]
    if any(not part.figures and _says_something(part) for part in said):
        return False
    return bool(counted) and all(
        part.figures - told
        and not any(each in told and each[0] in _TELLING for each in part.figures)
        and not any(_has_another(each, part) for each in written)
        for part in counted
    )


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


def _are_proven(said: tuple[_Part, ...], written: list[_Written]) -> bool:
    """Whether each part is; one that only says who pays, or that it may be, says so of the part before ("we pay for it")."""
    before = frozenset[str]()
    for part in said:
        if not part.things and not part.figures and (_says_something(part) or part.marks & {"us", "you"}):
            part = replace(part, things=before)
        before = part.things or before
        if (part.things or part.figures) and not _is_proven(part, written):
            return False
    return True


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
        said.denied == written.denied
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
    parts = []
    for span, clause in said_in(low):
        here = [each for each in figures_of_it if span.holds(each.start) and each.kind != "code"]
        figures = frozenset((each.kind, *value) for each in here for value in each.values if value != _FREE)
        bare = span.cut(low)
        for each in here:
            bare = (
                bare[: each.start - span.start]
                + " " * (each.end - each.start)
                + bare[each.end - span.start :]
            )
        marks = frozenset(name for name, pattern in _MARK.items() if pattern.search(span.cut(low)))
        begins = (counted_from(low, each.start, each.end) for each in here if each.kind == "span")
        parts.append(_Part(about(bare) - _FILLERS, figures, marks, clause, frozenset[str]().union(*begins)))
    return tuple(parts)

"""What a reply claims besides figures and rules: how far an order is, how one may pay, what a thing is free of, who hands over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.checking import Unbacked
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.numbers import DIGITS, ENGLISH, number
from dangol.assistant.truth.text import plain, sentence_spans, spaceless, span_at

_STATES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(r"(?<!not )(?<!n't )(?<!yet )\b(?:has|have|was|were|is|been) (?:already |just |now )?(?:been )?delivered\b|배송(?:이|은)?\s?(?:이미\s|모두\s)?(?:완료|끝났)|배달됐|배달되었|이미 (?:도착|받으)"),
        frozenset({"delivered"}),
    ),
    (
        re.compile(r"\b(?:has|have|was|is|been) (?:already |just |now )?(?:been )?(?:shipped|dispatched|posted|sent out)\b|(?:출고|발송)(?:이|은)?\s?(?:이미\s)?(?:됐|되었|했|완료|끝났)(?!다면|으면)"),
        frozenset({"shipped", "intransit", "outfordelivery", "delivered", "packed", "partlyshipped", "pickedup"}),
    ),
)  # fmt: skip
_METHODS = {
    name: re.compile(words)
    for name, words in {
        "paypal": r"\bpaypal\b|페이팔", "applepay": r"\bapple pay\b|애플\s?페이", "googlepay": r"\bgoogle pay\b|구글\s?페이",
        "kakaopay": r"\bkakao\s?pay\b|카카오\s?페이", "naverpay": r"\bnaver\s?pay\b|네이버\s?페이", "tosspay": r"\btoss\b|토스",
        "samsungpay": r"\bsamsung pay\b|삼성\s?페이", "klarna": r"\bklarna\b", "afterpay": r"\bafterpay\b", "crypto": r"\bbitcoin\b|\bcrypto\w*|비트코인",
        "cash": r"\bcash\b(?! ?back)|현금(?!\s?영수증)", "mobile": r"휴대폰 결제|소액\s?결제", "cheque": r"\bche(?:que|ck)s? (?:are|is) accepted|\bby che(?:que|ck)\b",
    }.items()
}  # fmt: skip
_CARRIERS = {
    name: re.compile(words)
    for name, words in {
        "dpd": r"\bdpd\b", "ups": r"(?<!-)\bups\b", "dhl": r"\bdhl\b", "fedex": r"\bfed ?ex\b", "usps": r"\busps\b",
        "royal mail": r"\broyal mail\b", "evri": r"\bevri\b", "gls": r"\bgls\b", "cj": r"cj\s?대한통운|대한통운",
        "hanjin": r"한진", "lotte": r"롯데\s?택배", "epost": r"우체국", "logen": r"로젠",
    }.items()
}  # fmt: skip
_ANY_NAMED = any_of("|".join(each.pattern for each in (*_METHODS.values(), *_CARRIERS.values())))
_NTH_DAY = re.compile(
    r"\b(?:first|second|third|fourth|last) (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:첫|둘|셋|넷)째\s?(?:주\s)?[월화수목금토일]요일|마지막\s(?:주\s)?[월화수목금토일]요일"
)
OF_A_PURCHASE = re.compile(r"\b(?:ordered|bought|purchased|in (?:your|the) (?:cart|basket|bag))\b")
_FREE_OF = re.compile(
    r"\b(?!toll|hands|hassle|care|worry|duty|tax|risk|fee|trouble|cost)([a-z]{3,14})-free\b|무(?:첨가|설탕|알코올|카페인|향료|글루텐)"
)
_NOT = any_of(
    r"않|없|못|안 (?:받|돼|됩)|불가|아직|\bnot\b|n't\b|\bcannot\b|\bnever\b|\bonce\b|\bwhen\b|\bif\b|\bas soon as\b|\bafter\b|\buntil\b|[?？]|으면|되면|면,|뒤에|후에"
)
_DENIED = any_of(r"않|없|못|안 (?:받|돼|됩)|불가|\bnot\b|n't\b|\bcannot\b|\bnever\b|[?？]|\bno\b|\bonly\b")
_HANDS_OVER = re.compile(
    r"찾으실 수 있|찾아가실 수 있|픽업\s?(?:이\s)?(?:가능|하실 수 있)|수령\s?(?:이\s)?(?:가능|하실 수 있)|\b(?:can|may) (?:pick|collect)|\bpickup is (?:possible|available)|\bpick (?:it|them) up\b"
)


def claims(text: str, evidence: Evidence) -> Iterator[Unbacked]:
    """Claims that nothing in the evidence makes, in no order."""
    low = plain(text)
    sentences = sentence_spans(low)
    for kind, match in _unfounded(low, evidence):
        sentence = span_at(sentences, match.start())
        spared = _DENIED if kind == "policy" else _NOT
        if not spared.search(sentence.cut(low)):
            yield Unbacked(kind, text[match.start() : match.end()], match.start(), match.end())


def _unfounded(low: str, evidence: Evidence) -> Iterator[tuple[str, re.Match[str]]]:
    for pattern, states in _STATES:
        if not states & evidence.strings:
            yield from (("deed", match) for match in pattern.finditer(low))
    yield from _named(low, "policy", _METHODS.values(), evidence)
    yield from _named(low, "product", _CARRIERS.values(), evidence)
    yield from _bought(low, evidence)
    for kind, pattern in (("policy", _FREE_OF), ("date", _NTH_DAY)):
        for match in pattern.finditer(low):
            if not any(spaceless(match.group()) in held for held in (*evidence.strings, *evidence.quotes)):
                yield kind, match
    if evidence.pickup:
        yield from _handing_over(low, evidence)


def _named(
    low: str, kind: str, patterns: Iterable[re.Pattern[str]], evidence: Evidence
) -> Iterator[tuple[str, re.Match[str]]]:
    """Ways of paying and carriers that the evidence does not name."""
    for pattern in patterns if _ANY_NAMED.search(low) else ():
        named = list(pattern.finditer(low))
        if named and not _is_taken(pattern, evidence):
            yield from ((kind, match) for match in named if spaceless(match.group()) not in evidence.strings)


_SO_MANY = re.compile(rf"\b(?P<n>{DIGITS}|{ENGLISH}) (?:\w+ )?$")  # before a title


def _bought(low: str, evidence: Evidence) -> Iterator[tuple[str, re.Match[str]]]:
    """How many of a product were ordered or lie in the cart, where it is told right before its name."""
    for key, title in evidence.titles.items():
        held = {f.value[0] for f in evidence.of("count") if "quantity" in f.roles and f.subject == key}
        if held and OF_A_PURCHASE.search(low):
            for named in re.finditer(re.escape(plain(title)), low):
                many = _SO_MANY.search(low, max(0, named.start() - _NEAR), named.start())
                if many and number(many["n"]) not in held:
                    yield "count", many


def _is_taken(pattern: re.Pattern[str], evidence: Evidence) -> bool:
    """Whether an article, or a code or name on record, speaks of this way of paying."""
    return any(pattern.search(passage) for passage in evidence.passages) or any(
        pattern.search(held) for held in evidence.strings if len(held) < _SHORT
    )


def _handing_over(low: str, evidence: Evidence) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _HANDS_OVER.finditer(low):
        said = spaceless(span_at(sentence_spans(low), match.start()).cut(low))
        named = [there for name, there in evidence.pickup.items() if name in said]
        if named and not any(named):
            yield "policy", match


_NEAR = 60  # letters before a name that hold a number and a word
_SHORT = 40  # letters of a code or a name; longer texts are articles and descriptions

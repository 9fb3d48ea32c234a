"""Rules in a model's words: sent where an article plainly says so, else told in the article's own sentences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import pytest
from assistant.truth.test_generated_replies import FORMER, GENERATED, LATEST
from assistant.truth.test_truth_replies import marked, scenarios

from dangol.assistant.minds.language_model.judging import judged
from dangol.assistant.speak.wording import say
from dangol.assistant.truth import Evidence
from dangol.assistant.truth.proving import in_the_articles_words
from dangol.assistant.truth.text import sentence_spans
from dangol.kernel.shop import Shop

RETAIL = (
    "retail_a",
    "retail_b",
    "retail_c",
    "retail_d",
    "retail_e",
    "retail_f",
    "retail_g",
    "retail_h",
    "retail_i",
    "retail_j",
    "retail_k",
    "retail_l",
    "retail_m",
    "retail_n",
    "retail_o",
    "retail_p",
    "retail_q",
    "retail_r",
    "retail_s",
)
LAST = ("retail_t", "retail_u", "retail_v")  # written when the check was done
SHOP = Shop(name="Shop", locale="ko-KR", currency="KRW", time_zone="Asia/Seoul")
HANGUL = re.compile(r"[가-힣]")
NOW = datetime.fromisoformat("2026-11-21T12:00:00+09:00")
RETURNS = "받으신 날부터 7일 안에 반품하실 수 있어요. 반품 배송비 3,000원은 고객님이 내세요. 양말은 뜯으시면 반품이 안 돼요."
LENDING = (
    "The deposit of $50 is refunded after you bring the tent back. Tents are hired out from two days on."
)


def evidence(*articles: str) -> Evidence:
    passages = [
        {"article": f"a{at}", "title": "", "heading": "", "text": text, "url": "/help", "score": 0.9}
        for at, text in enumerate(articles)
    ]
    return Evidence.gather([{"passages": passages}], "", NOW, "Asia/Seoul")


def sent(reply: str, known: Evidence, said: str) -> list[str | None]:
    """What leaves of a reply, sentence by sentence."""
    left: list[str | None] = []
    for span in sentence_spans(reply):
        told, _ = judged(
            span.cut(reply).strip(),
            [each for each in left if each],
            known,
            said=said,
            rules="",
            banned=(),
            speak=lambda line: say(line, "ko" if HANGUL.search(reply) else "en", SHOP),
        )
        left.append(told)
    return left


@pytest.mark.parametrize(
    "sentence",
    [
        "받으신 날부터 7일 안에 반품하실 수 있어요.",
        "반품 배송비 3천원은 고객님이 내세요.",
        "도와드릴까요?",
        "반품을 도와드릴게요.",
    ],
)
def test_what_is_plainly_written_or_no_rule_is_sent(sentence: str) -> None:
    assert in_the_articles_words(sentence, evidence(RETURNS)) == sentence


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("양말은 뜯으셨더라도 보내 주시면 돼요.", "양말은 뜯으시면 반품이 안 돼요."),
        ("반품하실 때 배송비는 저희 몫이에요.", "반품 배송비 3,000원은 고객님이 내세요."),
    ],
)
def test_the_article_speaks_for_itself(sentence: str, told: str) -> None:
    assert told in (in_the_articles_words(sentence, evidence(RETURNS)) or "")


@pytest.mark.parametrize(
    "sentence",
    [
        "The deposit is refunded before you bring the tent back.",
        "You get the deposit back at the moment you collect the tent.",
        "Tents are hired out for a single day as well.",
    ],
)
def test_the_order_of_things_and_their_conditions_are_the_articles(sentence: str) -> None:
    told = in_the_articles_words(sentence, evidence(LENDING))
    assert told is not None
    assert told != sentence
    assert all(evidence(LENDING).is_written(span.cut(told)) for span in sentence_spans(told))


def test_an_article_in_another_language_puts_no_words_in() -> None:
    sentence = "Socks that were opened cannot be returned."
    assert in_the_articles_words(sentence, evidence(RETURNS)) == sentence


def test_a_rule_of_which_no_article_speaks_is_not_sent() -> None:
    assert in_the_articles_words("수선은 언제든 무료예요.", evidence(LENDING, "포장은 종이로 해요.")) is None


@dataclass
class Told:
    """What became of replies: sent in their own words, told in the articles', or held back."""

    of: Counter[str] = field(default_factory=Counter)
    replies: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, what: str, reply: str) -> None:
        self.of[what] += 1
        self.replies[what].append(reply)

    def share(self, what: str) -> float:
        return self.of[what] / self.of.total()


def told(*names: str, kinds: frozenset[str] | None = None) -> tuple[Told, Told]:
    """What became of the true replies, and of the false parts of the false ones (of some kinds only)."""
    true, false = Told(), Told()
    for outcome in (outcome for name in names for outcome in outcomes(name)):
        if outcome.kind is None:
            true.note(outcome.what, outcome.reply)
        elif kinds is None or outcome.kind in kinds:
            false.note(outcome.what, outcome.reply)
    return true, false


@dataclass(frozen=True)
class Outcome:
    """What became of a true reply (`kind` None: sent, quoted or held) or of a false part of one (sent or caught)."""

    reply: str
    kind: str | None
    what: str


@lru_cache  # several tests count the same replies
def outcomes(name: str) -> tuple[Outcome, ...]:
    found: list[Outcome] = []
    for scenario in scenarios(name):
        known = Evidence.gather(scenario["results"], scenario["said"], NOW, "Asia/Seoul")
        for reply in scenario["honest"]:
            left = sent(reply, known, scenario["said"])
            what = "held" if None in left else "sent" if left == sentences(reply) else "quoted"
            found.append(Outcome(reply, None, what))
        for lie in scenario["lying"]:
            text, marks = marked(lie)
            left = sent(text, known, scenario["said"])
            for kind, start, end in marks:
                spans = [
                    at
                    for at, span in enumerate(sentence_spans(text))
                    if span.start < end and start < span.end
                ]
                as_said = all(left[at] == sentences(text)[at] for at in spans)
                found.append(Outcome(lie, kind, "sent" if as_said else "caught"))
    return tuple(found)


def sentences(text: str) -> list[str]:
    return [span.cut(text).strip() for span in sentence_spans(text)]


def test_what_leaves_of_replies_it_was_developed_with() -> None:
    """What was caught and held back at first sight stands in the README of the check."""
    true, false = told(*RETAIL)
    assert false.share("caught") >= 0.995, false.replies["sent"]
    assert true.share("held") <= 0.02, true.replies["held"]
    assert true.of.total() + false.of.total() >= 3_800


@pytest.mark.parametrize(
    ("kinds", "share"), [(frozenset({"price", "stock", "date"}), 0.99), (frozenset({"policy"}), 0.99)]
)
def test_what_leaves_of_all_labelled_replies(kinds: frozenset[str], share: float) -> None:
    true, false = told(*FORMER, *GENERATED, *LATEST, *RETAIL, *LAST, kinds=kinds)
    assert false.share("caught") >= share, false.replies["sent"]
    assert true.share("held") <= 0.03, true.replies["held"]


@pytest.mark.parametrize("name", [*GENERATED, *FORMER, *LATEST, *RETAIL, *LAST])
def test_whatever_is_put_in_stands_in_an_article(name: str) -> None:
    for scenario in scenarios(name):
        known = Evidence.gather(scenario["results"], scenario["said"], NOW, "Asia/Seoul")
        for reply in (*scenario["honest"], *(marked(lie)[0] for lie in scenario["lying"])):
            for span in sentence_spans(reply):
                words = span.cut(reply).strip()
                told = in_the_articles_words(words, known)
                if told not in (None, words):
                    assert all(known.is_written(each.cut(told)) for each in sentence_spans(told)), told

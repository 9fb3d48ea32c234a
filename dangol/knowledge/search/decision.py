"""Does a passage answer a question? A calibrated judgement on what it covers and how close it is in meaning."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from dangol.knowledge.model import Figure
from dangol.knowledge.search.index import Coverage
from dangol.knowledge.search.words import plain_form

_HOW_MUCH = re.compile(
    r"얼마(?!나\s*(?:걸|오래|자주))|비용|요금|가격|수수료|무료|공짜"
    r"|\bhow much\b|\bcosts?\b|\bfees?\b|\bfree\b|\bcharges?\b|\bprice of\b|\bpay for\b"
)
_HOW_LONG = re.compile(
    r"언제|며칠|몇\s?일|얼마나\s*(?:걸|오래|지나|자주)|기간|기한|몇\s?시|몇\s?주|몇\s?달|몇\s?개월|시간|까지\b"
    r"|\bwhen\b|\bhow (?:long|often|soon|fast|quick\w*|many (?:days|weeks|months|hours))\b"
    r"|\bwhat time\b|\bdeadline\b|\bhours\b"
)
_FREE = re.compile(r"무료|공짜|없어요|\bfree\b|\bno (?:extra )?(?:charge|cost|fee)")
_WHEN_WORDS = re.compile(
    r"하루|이틀|사흘|나흘|열흘|일주일|보름|한 달|반나절"
    r"|\b(?:an?|one|two|three|four|five|six|seven|ten) (?:business )?(?:hour|day|week|month|year)s?\b"
    r"|기간\s?(?:안|내|동안|이 지나)|within (?:the|its|your) (?:\w+ ){0,2}(?:warranty|period|term)"
    r"|(?:warranty|period) (?:stated|shown|given|printed)"
    r"|당일|즉시|바로|다음 날|다음날|매일|평일|immediately|same day|at once|right away|every day|next (?:business )?day"
)


@dataclass(frozen=True)
class Features:
    """What speaks for and against a passage answering a question."""

    coverage: Coverage
    cosine: float
    about: float  # share of the question's topics that the article's title, headings and tags name
    kind: int  # 1: the kind of figure asked for is in it, -1: it is not, 0: no kind of figure was asked for

    def row(self) -> tuple[float, ...]:
        """The features as numbers, in the order of the weights."""
        c = self.coverage
        return (
            c.share,
            self.about,
            c.missing,
            c.own,
            self.cosine,
            c.share * self.cosine,
            float(self.kind > 0),
            float(self.kind < 0),
        )


# fitted by logistic regression on the development questions (tests/knowledge/questions), see the room's README
_WEIGHTS = (2.0, 1.5, -1.9, 0.9, 3.9, 3.0, 1.3, -2.3)
_BIAS = -3.45
ANSWERED = 0.42  # from this probability on a passage is an answer


def probability(features: Features) -> float:
    """How likely a passage answers, 0 to 1."""
    score = _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, features.row(), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def asked_kinds(question: str) -> frozenset[str]:
    """Whether a question asks for an amount (`money`) or for a time (`time`)."""
    plain = plain_form(question)
    kinds = {name for name, pattern in (("money", _HOW_MUCH), ("time", _HOW_LONG)) if pattern.search(plain)}
    return frozenset(kinds)


def kind_agreement(kinds: frozenset[str], figures: tuple[Figure, ...], text: str) -> int:
    """Whether a passage holds the kind of figure a question asks for (see Features.kind)."""
    if not kinds:
        return 0
    units = {figure.unit for figure in figures}
    plain = plain_form(text)
    money = (
        any(len(unit) == 3 and unit.isupper() for unit in units)
        or "percent" in units
        or bool(_FREE.search(plain))
    )
    time = bool(units & {"day", "month", "hour", "time"}) or bool(_WHEN_WORDS.search(plain))
    return 1 if ("money" in kinds and money) or ("time" in kinds and time) else -1

"""Is this amount or percentage in the evidence, and said of the right thing?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from dangol.assistant.truth.clauses import alike
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.facts import Fact
from dangol.assistant.truth.figures import Figure, read
from dangol.assistant.truth.likeness import about, likeness
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.situation import Situation
from dangol.assistant.truth.text import plain

POLICY_ROLES = frozenset(
    {"shipping", "surcharge", "return", "exchange", "refund"}
    | {"points", "wrapping", "warranty", "repair", "unpaid"}
)
_GROUPS = (
    frozenset({"return", "refund", "exchange"}),
    frozenset({"shipping", "surcharge"}),
    frozenset({"discount", "coupon"}),
    frozenset({"price", "total", "subtotal"}),
)
_LENIENT = frozenset({"coupon", "points", "pickup", "unpaid"})  # words near figures of other things too
_ALIKE = 0.34
_HALF_A_PERCENT = Decimal(50)  # hundredths of a per cent
_FREE_ROLES = (
    "surcharge",
    "shipping",
    "return",
    "exchange",
    "wrapping",
    "repair",
    "warranty",
    "pickup",
    "points",
)


def role_fits(figure: Figure, facts: Sequence[Fact], chosen: Fact, subject: str = "") -> bool:
    """Whether a fact's figure may be said of what the text says it of.

    Where the evidence has a figure of its own for the role, only that one will do; where it has none, a figure without a
    role or of a kindred one is accepted.
    """
    role = figure.role
    if not role or role in chosen.roles or role in chosen.topic:
        return True
    if role == "total" and "line" in chosen.roles and subject == chosen.subject:
        return True
    if role in _LENIENT and not any(role in fact.roles for fact in facts):
        return True
    if any(role in fact.roles for fact in facts):
        return False
    if not chosen.roles:
        return chosen.source != "words" or role not in POLICY_ROLES | {"discount", "total"}
    return any(role in group and group & chosen.roles for group in _GROUPS)


def stated(evidence: Evidence, *kinds: str) -> list[Fact]:
    """The facts of these kinds that state something, which reviews, counts of a list and the shopper do not."""
    return [
        fact
        for kind in kinds
        for fact in evidence.of(kind)
        if fact.source not in ("said", "review", "length")
    ]


def money_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether an amount is in the evidence and said of the right thing."""
    if figure.values == (("any", 0),):
        return _for_free(figure, evidence, here)
    facts = [fact for fact in stated(evidence, "money") if fact.value[0] != "any"]
    facts += _points_as_money(figure, evidence)
    own = here.narrowed(facts) if figure.role in ("", "price", "original") else facts
    if is_limit_of_a_price(figure, here):
        return any(_within(figure, fact) for fact in here.narrowed(facts) if "price" in fact.roles)
    return all(
        _is_stated(value, figure, own, evidence, here)
        or _is_saved(value, figure, evidence)
        or _is_difference(value, figure, facts, here)
        or _is_several(value, own, here)
        for value in figure.values
    )


def _is_stated(
    value: tuple[object, ...], figure: Figure, own: Sequence[Fact], evidence: Evidence, here: Situation
) -> bool:
    right = [fact for fact in own if _is_amount(value, figure, fact, own, evidence, here)]
    if figure.bound:
        return bool(right)
    of_articles = [fact for fact in own if fact.source == "passage" and fact not in right]
    return here.likest(right, of_articles)


def _is_several(value: tuple[object, ...], own: Sequence[Fact], here: Situation) -> bool:
    """What several of a thing cost, where the sentence tells how many (두 분이면 9만원)."""
    told = {
        int(str(number))
        for other in here.reading.figures
        if other.kind in ("count", "number") and here.sentence_span.holds(other.start)
        for (number,) in other.values
        if number == int(str(number).split(".")[0])
    }
    return any(
        "price" in fact.roles and fact.source == "record" and _same_currency(value[0], fact.value[0])
        and any(many > 1 and int(str(fact.value[1])) * many == value[1] for many in told)
        for fact in own
    )  # fmt: skip


_COMPARED = re.compile(
    r"^\s?(?:만큼\s?|정도\s?|이나\s?|가\s|이\s)?(?:더\s)?(?:more\b(?! for)|less\b|cheaper|dearer|비싸|비쌉|저렴|싸|쌉|할인|차이|내린|내려|절약|아끼|off\b)"
)
_SAVED = re.compile(r"(?:\bsav\w+|할인 폭[은이]?|차이[는가]?|할인액[은이]?|difference\D{0,8}|you keep)\s*$")
_BEING = re.compile(
    r"\b(?:is|are|costs?|sells? for|priced|at)\s(?:only |just |still |well )?(?:under|below|less than|over|above)\s*$"
)


def _is_difference(value: tuple[object, ...], figure: Figure, facts: Sequence[Fact], here: Situation) -> bool:
    """What one thing costs more than another, or less than before: the difference of two prices on record."""
    if not (_COMPARED.match(here.after(figure, 16)) or _SAVED.search(here.before(figure, 20))):
        return False
    prices = {
        int(str(fact.value[1]))
        for fact in facts
        if fact.source == "record"
        and fact.roles & {"price", "original"}
        and _same_currency(value[0], fact.value[0])
    }
    return any(abs(one - other) == value[1] for one, other in combinations(prices, 2))


def is_limit_of_a_price(figure: Figure, here: Situation) -> bool:
    """ "The set is under $30" says what it costs; "under $30" alone is what is looked for."""
    return (
        figure.role in ("", "price")
        and figure.bound in ("min", "max")
        and bool(here.subject())
        and bool(_BEING.search(here.before(figure, 24)))
    )


def _within(figure: Figure, fact: Fact) -> bool:
    held, said = int(str(fact.value[1])), int(str(figure.values[0][1]))
    return held <= said if figure.bound == "max" else held >= said


def _is_amount(
    value: tuple[object, ...],
    figure: Figure,
    fact: Fact,
    facts: Sequence[Fact],
    evidence: Evidence,
    here: Situation,
) -> bool:
    if fact.value[1] != value[1] or not _same_currency(value[0], fact.value[0]):
        return False
    if fact.source in ("passage", "words") and not _may_speak_of_money(figure, fact, evidence, here):
        return False
    if (
        figure.bound == "min"
        and fact.bound == ""
        and any(other.bound == "min" for other in facts if other.roles & fact.roles)
    ):
        return False
    if (
        fact.bound == "min"
        and figure.bound == ""
        and figure.role in ("shipping", "discount", "price", "total")
    ):
        return False
    return role_fits(figure, facts, fact, here.subject())


def _may_speak_of_money(figure: Figure, fact: Fact, evidence: Evidence, here: Situation) -> bool:
    """An article backs its own fees, never the price of a product; other words of a record back no money at all."""
    if fact.source == "words":
        return bool(fact.roles - {"price", "original"}) and figure.role not in ("price", "original")
    if figure.role == "discount" and figure.role in fact.roles and "coupon" in fact.topic:
        return here.has_threshold or bool(roles_in(here.sentence, ("coupon",)))  # what a coupon takes off
    of_policy = (fact.roles | fact.topic) & POLICY_ROLES or fact.bound
    if _of_the_very_thing(figure, fact, here):
        return True
    return bool(of_policy) and (figure.role not in ("", "price", "original", "total") or not evidence.titles)


def _of_the_very_thing(figure: Figure, fact: Fact, here: Situation) -> bool:
    """Whether the article gives the amount for what is spoken of here."""
    if figure.bound == fact.bound == "min":
        return True  # from how much on something holds
    fee = _FEE.search(here.before(figure, 14))
    if fee and fee["name"] in plain(fact.words):
        return True  # 점검비 2만원
    if figure.role in ("", "surcharge") and likeness(here.about(), about(plain(fact.words))) >= _ALIKE:
        return True  # 조립은 2만원이에요
    return figure.role == "" and _beside_the_same(figure, fact, here)


_FEE = re.compile(r"(?P<name>[가-힣]{1,6}[비료값])[은는이가도]?\s*$")


def _beside_the_same(figure: Figure, fact: Fact, here: Situation) -> bool:
    """Whether another figure of the sentence stands beside the amount in the article too ("within 20 km for €15")."""
    written = {(each.kind, each.values) for each in read(plain(fact.words))}
    return any(
        other is not figure
        and here.sentence_span.holds(other.start)
        and (other.kind, other.values) in written
        for other in here.reading.figures
    )


def _same_currency(said: object, held: object) -> bool:
    return said == held or (said == "USD" and held in ("CAD", "AUD", "SGD", "NZD"))


def _points_as_money(figure: Figure, evidence: Evidence) -> list[Fact]:
    if figure.role != "points":
        return []
    counted = [
        fact
        for fact in stated(evidence, "count", "points")
        if "points" in fact.roles or fact.kind == "points"
    ]
    return [
        Fact(
            "money",
            (figure.values[0][0], int(value) if isinstance(value, Decimal) else value),
            fact.roles | {"points"},
            fact.bound,
        )
        for fact in counted
        for value in fact.value
    ]


def _for_free(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    said_of = roles_in(here.sentence, _FREE_ROLES)
    role = figure.role or next((role for role in _FREE_ROLES if role in said_of), "")
    facts = stated(evidence, "money")
    if role and any(fact.value[1] != 0 and role in fact.roles and fact.bound == "" for fact in facts):
        facts = [fact for fact in facts if role in fact.roles | fact.topic]  # it has a price of its own
    others = [fact for fact in facts if fact.source == "passage" and fact.value[1] != 0 and fact.bound == ""]
    for fact in facts:
        conditional = fact.bound == "min"
        waived = fact.value[1] == 0 and _is_waived(role, fact) and (not conditional or here.has_threshold)
        if waived and (conditional or here.likest([fact], others)):
            return True
        if conditional and role in ("", "shipping") and "shipping" in fact.roles and here.has_threshold:
            return True
    if any(each.paid is False for passage in evidence.passages for each in alike(here.about(), passage)):
        return True
    return role in ("", "shipping") and any("freeshipping" in string for string in evidence.strings)


def _is_waived(role: str, fact: Fact) -> bool:
    if fact.source == "record" and fact.roles & {"surcharge", "discount"}:
        return role in ("surcharge",) and "surcharge" in fact.roles  # no surcharge is no free delivery
    return not role or role in fact.roles | fact.topic or not fact.roles


def _reduced(evidence: Evidence) -> list[tuple[str, object, int, int]]:
    """What is sold for less than before: what, currency, the price before, the price now."""
    record = [fact for fact in evidence.of("money") if fact.source == "record" and fact.subject]
    now: dict[str, int] = {}  # the dearest variant: what is saved at least
    for fact in record:
        if "price" in fact.roles and "original" not in fact.roles:
            now[fact.subject] = max(now.get(fact.subject, 0), int(str(fact.value[1])))
    before = [
        (fact.subject, fact.value[0], int(str(fact.value[1]))) for fact in record if "original" in fact.roles
    ]
    return [(of, currency, was, now[of]) for of, currency, was in before if was > now.get(of, was)]


def _is_saved(value: tuple[object, ...], figure: Figure, evidence: Evidence) -> bool:
    """What somebody saves is the difference of two prices on record."""
    return figure.role == "discount" and any(
        _same_currency(value[0], currency) and value[1] == before - now
        for _, currency, before, now in _reduced(evidence)
    )


def _is_reduction(value: tuple[object, ...], figure: Figure, evidence: Evidence, subject: str) -> bool:
    """A reduction told as a share of the price before, to the whole per cent."""
    said = Decimal(str(value[0]))
    return figure.role in ("", "discount", "price", "original") and any(
        abs(said - Decimal(10_000 * (before - now)) / before) <= _HALF_A_PERCENT
        for of, _, before, now in _reduced(evidence)
        if subject in ("", of)
    )


def percent_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether a percentage is in the evidence and said of the right thing."""
    facts = stated(evidence, "percent")
    return all(
        any(_is_share(value, fact) and role_fits(figure, facts, fact) for fact in facts)
        or _is_reduction(value, figure, evidence, here.subject())
        for value in figure.values
    )


def _is_share(value: tuple[object, ...], fact: Fact) -> bool:
    said, held = int(str(value[0])), int(str(fact.value[0]))
    return said == held or (said in (3333, 6667) and abs(said - held) <= 67)

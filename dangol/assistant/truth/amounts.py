"""Is this amount or percentage in the evidence, and said of the right thing?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from dangol.assistant.truth.clauses import alike
from dangol.assistant.truth.days_and_points import EXPIRES
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.facts import Fact
from dangol.assistant.truth.figures import Figure, read
from dangol.assistant.truth.likeness import about, likeness
from dangol.assistant.truth.reckoned import (
    is_lowering,
    is_reckoned,
    is_reduction,
    is_share_of_an_order,
    same_currency,
    was_lowered,
)
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
    facts += points_as_money(figure, evidence, here)
    roles = {"", "price", "original", *(() if any("total" in fact.roles for fact in facts) else ("total",))}
    own = _of_the_price(here.narrowed(facts), here) if figure.role in roles else facts
    own = _of_the_variant(own, here) if figure.role == "total" and "total" in roles else own
    if is_limit_of_a_price(figure, here):
        return any(_within(figure, fact) for fact in here.narrowed(facts) if "price" in fact.roles)
    if is_lowering(figure, here):
        return was_lowered(figure, here.narrowed(facts))
    if figure.role in ("", "price") and not _each_costs(figure.values, facts, here):
        return False
    return all(
        _is_stated(value, figure, own, evidence, here)
        or is_reckoned(value, figure, facts, own, evidence, here)
        for value in figure.values
    )


def _of_the_variant(facts: list[Fact], here: Situation) -> list[Fact]:
    """Where nothing has a total, "comes to" tells a price: that of the variant named."""
    variants = [fact for fact in facts if fact.options & here.options() and "price" in fact.roles]
    return [*variants, *(fact for fact in facts if "price" not in fact.roles)] if variants else facts


def _each_costs(values: tuple[tuple[object, ...], ...], facts: Sequence[Fact], here: Situation) -> bool:
    """Whether each of several variants said to cost this does, as far as their prices are known ("grey and ivory are 59,000")."""
    options = here.joined()
    priced = [
        fact for fact in facts if fact.options and "price" in fact.roles and "original" not in fact.roles
    ]
    if len(options) < 2 or any(options <= fact.options for fact in priced):
        return True
    wanted = {value[1] for value in values}
    told = [{fact.value[1] for fact in priced if option in fact.options} for option in options]
    return all(not prices or bool(prices & wanted) for prices in told)


def _is_stated(
    value: tuple[object, ...], figure: Figure, own: Sequence[Fact], evidence: Evidence, here: Situation
) -> bool:
    right = [fact for fact in own if _is_amount(value, figure, fact, own, evidence, here)]
    if figure.bound:
        return bool(right)
    of_articles = [fact for fact in own if fact.source == "passage" and fact not in right]
    return here.likest(right, of_articles)


_BEING = re.compile(
    r"\b(?:is|are|costs?|sells? for|priced|at)\s(?:only |just |still |well )?(?:under|below|less than|over|above)\s*$"
)


_BEFORE = re.compile(
    r"정가|대신|하던|였던|였는데|이었|원래|할인 전|기존|전에는|이전|에서|보다|\bwas\b|\bwere\b|\binstead of\b|\bfrom\b|\bdown\b|\bearlier\b|\bused to\b|\bregular|\busual"
    r"|\blist price|\boriginal|\bbefore\b|\bthan\b|\breduced|\bprevious"
)


_EACH = re.compile(r"\beach\b|\bapiece\b|하나에|한 [개켤벌권병]에|개당|각각")


def _of_the_price(facts: list[Fact], here: Situation) -> list[Fact]:
    """Without the prices of before, and of several where one is told of, unless that is what is meant."""
    if _EACH.search(here.clause):
        facts = [fact for fact in facts if "line" not in fact.roles]
    if _BEFORE.search(here.sentence):
        return facts
    return [fact for fact in facts if "original" not in fact.roles]


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
    if fact.value[1] != value[1] or not same_currency(value[0], fact.value[0]):
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
        figure.bound == "min"
        and fact.bound == ""
        and here.promises_something_free
        and any(other.bound == "min" for other in facts)
    ):
        return False  # from how much on it is free is told as such
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
    if figure.role in ("", "price") and _is_sold(figure, here):
        return False
    return bool(of_policy) and (figure.role not in ("", "price", "original", "total") or not evidence.titles)


_SOLD = re.compile(
    r"^\s?에\s?(?:드[리릴려립]|내\s?드|모[시실셔]|팔|판매|파[는실]|가져|구[매입]|사[시실]|살\s?수)"
)
_SOLD_FOR = re.compile(r"\b(?:have|get|buy|take|give|sell|let|yours)\b[^.!?]*\bfor\s(?:only |just )?$")


def _is_sold(figure: Figure, here: Situation) -> bool:
    """Whether the amount is what something is given for ("장화를 1원에 드릴게요"), and nothing that has a fee is spoken of."""
    given = _SOLD.search(here.after(figure, 12)) or _SOLD_FOR.search(here.before(figure, 80))
    return given is not None and not roles_in(here.sentence, tuple(POLICY_ROLES))


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


_USED = re.compile(r"쓰[실시]|쓸 수|사용하실|\bspen[dt]\b|\buse(?:d)?\b")


def points_as_money(figure: Figure, evidence: Evidence, here: Situation) -> list[Fact]:
    """What is on record of points, as amounts, where an amount is told of points: all, those lost, the least to use."""
    counted = [
        fact
        for fact in stated(evidence, "count", "points")
        if "points" in fact.roles or fact.kind == "points"
    ]
    if figure.role != "points" and not (figure.bound == "min" and roles_in(here.sentence, ("points",))):
        if EXPIRES.search(here.clause):
            counted = evidence.of("expiring")  # "그중 1,100원은 없어져요"
        elif figure.bound == "min" and _USED.search(here.clause):
            counted = [fact for fact in counted if fact.bound == "min"]
        else:
            return []
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


def percent_backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether a percentage is in the evidence and said of the right thing."""
    facts = stated(evidence, "percent")
    return all(
        any(_is_share(value, fact) and role_fits(figure, facts, fact) for fact in facts)
        or is_reduction(value, figure, evidence, here.subject())
        or (_comes_off(figure, here) and is_share_of_an_order(value, evidence))
        for value in figure.values
    )


def _comes_off(figure: Figure, here: Situation) -> bool:
    """Whether a percentage, or the amount it is told with ("£14 off, that's ten per cent"), is a discount."""
    return figure.role == "discount" or (
        not figure.role
        and any(
            each.role == "discount" for each in here.reading.figures if here.sentence_span.holds(each.start)
        )
    )


def _is_share(value: tuple[object, ...], fact: Fact) -> bool:
    said, held = int(str(value[0])), int(str(fact.value[0]))
    return said == held or (said in (3333, 6667) and abs(said - held) <= 67)

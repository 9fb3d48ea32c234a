"""Amounts that stand nowhere and follow from those that do: sums, differences, multiples, what is saved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.facts import Fact
from dangol.assistant.truth.figures import Figure
from dangol.assistant.truth.situation import Situation

_MOST = 4  # amounts that are added up in a reply
_HALF_A_PERCENT = Decimal(50)  # hundredths of a per cent
_COMPARED = re.compile(
    r"^\s?(?:만큼\s?|정도\s?|이나\s?|가\s|이\s)?(?:더\s)?(?:more\b(?! for)|less\b|below\b|under\b|above\b|over\b|적[어은]|cheaper|lower|higher|dearer|비싸|비쌉|저렴|싸|쌉|할인|차이|내린|내려|내렸|between\b|절약|아끼|off\b)"
)
_LOWERED = re.compile(
    r"\b(?:down|reduced|cut|lowered|dropped|fell|fallen|marked) [^.]{0,24}\bfrom\b|에서 [^.]{0,16}(?:내려|내렸|인하|낮아|할인)"
)
_SAVED = re.compile(
    r"(?:\bsav\w+|할인 폭[은이]?|차이[는가]?|할인액[은이]?|difference\D{0,8}|you keep|\b(?:down|dropped|fallen|fell|lowered|reduced|cut)(?: by)?)\s*$"
)
_CAME_OFF = re.compile(
    r"들어갔|받으[셔셨]|빠졌|깎였|적용됐|적용되었|할인됐|할인되었|\b(?:was|were|got|had|came|went|taken|applied|saved)\b"
)
_THAN_BEFORE = re.compile(r"전보다|원래|정가|\bbefore\b|\bearlier\b|\bwas\b|\bused to\b|\bthan it\b")


def is_reckoned(
    value: tuple[object, ...],
    figure: Figure,
    facts: Sequence[Fact],
    own: Sequence[Fact],
    evidence: Evidence,
    here: Situation,
) -> bool:
    """Whether an amount follows from the evidence: `facts` are all amounts, `own` those of what is spoken of."""
    of_goods = not _is_off_an_order(here, evidence)
    return (
        (of_goods and _is_saved(value, figure, facts, evidence, here))
        or (of_goods and _is_difference(value, figure, facts, here))
        or _is_several(value, own, here)
        or _is_sum(value, facts, here)
        or follows_from_what_was_told(value, figure, here)
    )


def is_lowering(figure: Figure, here: Situation) -> bool:
    """Whether two amounts are told as the price before and the price now."""
    return len(figure.values) == 2 and bool(_LOWERED.search(here.sentence))


def same_currency(said: object, held: object) -> bool:
    """Dollars are of whichever country the record's are."""
    return said == held or (said == "USD" and held in ("CAD", "AUD", "SGD", "NZD"))


def _is_several(value: tuple[object, ...], own: Sequence[Fact], here: Situation) -> bool:
    """What several of a thing cost, where the sentence tells how many (두 분이면 9만원)."""
    told = here.counted()
    return any(
        "price" in fact.roles and fact.source == "record" and same_currency(value[0], fact.value[0])
        and any(many > 1 and int(str(fact.value[1])) * many == value[1] for many in told)
        for fact in own
    )  # fmt: skip


def _is_difference(value: tuple[object, ...], figure: Figure, facts: Sequence[Fact], here: Situation) -> bool:
    """What one thing costs more than another, or less than before: the difference of two prices on record."""
    if not (_COMPARED.match(here.after(figure, 16)) or _SAVED.search(here.before(figure, 20))):
        return False
    if here.options() and not _COMPARED.match(here.after(figure, 16)):
        return False  # what is saved on a variant
    prices = _prices(facts, value[0])
    lowered = _THAN_BEFORE.search(here.sentence) or not _COMPARED.match(here.after(figure, 16))
    named = [] if lowered else _named_prices(facts, value[0], here)
    return any(
        abs(one - other) == value[1] for one, other in combinations(named if len(named) > 1 else prices, 2)
    )


def _prices(facts: Sequence[Fact], currency: object) -> set[int]:
    return {
        int(str(fact.value[1]))
        for fact in facts
        if fact.source == "record"
        and fact.roles & {"price", "original"}
        and same_currency(currency, fact.value[0])
    }


def _named_prices(facts: Sequence[Fact], currency: object, here: Situation) -> list[int]:
    """The price of each product or variant that the sentence names, where each has one."""
    found: list[int] = []
    for mention in (*here.reading.titles, *here.reading.values):
        if here.sentence_span.holds(mention.start):
            own = [fact for fact in facts if mention.name == fact.subject or mention.name in fact.options]
            prices = _prices([fact for fact in own if "original" not in fact.roles], currency)
            if len(prices) == 1:
                found += prices
    return found


_TOGETHER = re.compile(
    r"\btogether\b|\bin total\b|\baltogether\b|\bin all\b|\bcomes? to\b|둘 다|합쳐|합하면|함께 사|같이 사|모두 해서|다 해서"
)


def _is_sum(value: tuple[object, ...], facts: Sequence[Fact], here: Situation) -> bool:
    """What two of the things named cost together, or one of them with a fee of an article."""
    if not _TOGETHER.search(here.sentence):
        return False
    named = _named_prices(facts, value[0], here)
    fees = [
        int(str(fact.value[1]))
        for fact in facts
        if fact.source == "passage" and same_currency(value[0], fact.value[0])
    ]
    return any(one + other == value[1] for one, other in combinations(named, 2)) or any(
        price + fee == value[1] for price in named for fee in fees
    )


_THEN = re.compile(
    r"\bthat(?:'s| is| makes| comes to| would be)\b|\btogether\b|\bin (?:total|all)\b|합해|합쳐|합하면|합치면|모두|그러면|그럼"
)


def follows_from_what_was_told(value: tuple[object, ...], figure: Figure, here: Situation) -> bool:
    """Whether an amount is the sum of those told right before it, or the last of them times a number told ("That's $140")."""
    told = [each for each in here.reading.figures if each.end <= figure.start]
    amounts = [
        int(str(each.values[0][1]))
        for each in told
        if each.kind == "money" and len(each.values) == 1 and each.values[0][0] == value[0]
    ]
    if not amounts or not _THEN.search(here.sentence):
        return False
    numbers = {each.values[0][-1] for each in told if each.kind in ("count", "number", "span")}
    return any(sum(amounts[-many:]) == value[1] for many in range(2, min(len(amounts), _MOST) + 1)) or any(
        isinstance(many, Decimal) and many > 1 and amounts[-1] * many == value[1] for many in numbers
    )


def was_lowered(figure: Figure, facts: Sequence[Fact]) -> bool:
    """Whether "from 559 to 499" are the price before and the price now of one thing."""
    was, now = (value[1] for value in figure.values)
    before = [fact for fact in facts if "original" in fact.roles and fact.value[1] == was]
    return any(
        fact.value[1] == now and fact.subject == old.subject
        for old in before
        for fact in facts
        if "price" in fact.roles and "original" not in fact.roles
    )


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


_THE_ORDER = re.compile(
    r"\b(?:that|this|the|your|of|each) (?:last |first )?(?:order|purchase)\b|(?:그|이|이번|지난)? ?주문(?:에서|에|은|서|건)"
)


def _is_off_an_order(here: Situation, evidence: Evidence) -> bool:
    """Whether what came off is told of an order on record and of no goods: what goods cost less than before is not meant."""
    return (
        bool(_THE_ORDER.search(here.sentence) and _CAME_OFF.search(here.clause))
        and not here.subject()
        and any(_orders_reduced(evidence))
    )


def _is_saved(
    value: tuple[object, ...], figure: Figure, facts: Sequence[Fact], evidence: Evidence, here: Situation
) -> bool:
    """What somebody saves is the difference of two prices on record, of the variant named if one is."""
    if figure.role != "discount":
        return False
    before = {int(str(fact.value[1])) for fact in here.narrowed(facts) if "original" in fact.roles}
    named = _named_prices([fact for fact in facts if fact.options], value[0], here) if here.options() else []
    if named and before:
        return any(was - now == value[1] for was in before for now in named)
    return any(
        same_currency(value[0], currency) and value[1] == before - now
        for _, currency, before, now in _reduced(evidence)
    )


def _orders_reduced(evidence: Evidence) -> Iterator[tuple[int, int]]:
    """What was taken off an order on record, and of how much."""
    told = [fact for fact in evidence.of("money") if fact.source == "record" and not fact.subject]
    off = [int(str(fact.value[1])) for fact in told if "discount" in fact.roles]
    before = [int(str(fact.value[1])) for fact in told if "subtotal" in fact.roles]
    return ((part, whole) for part in off for whole in before if 0 < part < whole)


def is_share_of_an_order(value: tuple[object, ...], evidence: Evidence) -> bool:
    """Whether a percentage is what was taken off an order on record, to the whole per cent."""
    said = Decimal(str(value[0]))
    return any(
        abs(said - Decimal(10_000 * part) / whole) <= _HALF_A_PERCENT
        for part, whole in _orders_reduced(evidence)
    )


def is_what_came_off(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """Whether a percentage that came off an order is the one that did."""
    if figure.role != "discount" or not _CAME_OFF.search(here.clause) or not any(_orders_reduced(evidence)):
        return True
    return all(is_share_of_an_order(value, evidence) for value in figure.values)


def is_reduction(value: tuple[object, ...], figure: Figure, evidence: Evidence, subject: str) -> bool:
    """A reduction told as a share of the price before, to the whole per cent."""
    said = Decimal(str(value[0]))
    return figure.role in ("", "discount", "price", "original") and any(
        abs(said - Decimal(10_000 * (before - now)) / before) <= _HALF_A_PERCENT
        for of, _, before, now in _reduced(evidence)
        if subject in ("", of)
    )

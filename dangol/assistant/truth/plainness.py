"""Whether what a model tells of goods is plainly theirs: price, stock, rating and measure of the goods it names, and no others.

The other checks let a figure pass that the evidence has and that may be said of what is spoken of. Of goods more is asked: which
they are must be clear from the words, or else the records' own words are told in place of the model's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations, product

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.amounts import points_as_money
from dangol.assistant.truth.backing import is_a_wish
from dangol.assistant.truth.comparisons import is_told_falsely
from dangol.assistant.truth.days_and_points import (
    are_lost,
    are_their_points,
    is_that_day,
    is_that_day_of_a_month,
    is_that_weekday,
    lost_points_told,
)
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.facts import Fact
from dangol.assistant.truth.figures import Figure, read
from dangol.assistant.truth.mentions import Mention
from dangol.assistant.truth.numbers import number
from dangol.assistant.truth.reckoned import follows_from_what_was_told, is_what_came_off, same_currency
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.situation import Reading, Situation
from dangol.assistant.truth.stock import SO_MANY
from dangol.assistant.truth.text import QUESTION, plain, sentence_spans

_EACH = any_of(
    r"\beach\b|\bapiece\b|^one\b|\ba single\b|\bper (?:piece|pair|box|set|bottle|bag|item)\b|하나에|각각|[가-힣]당(?=\s)|한\s?[가-힣]{1,2}에(?=\s)"
)
_A_PIECE = re.compile(r"\s(?:a|per|the) (?!month|week|day|year|night|time)[a-z]{3,}")
# "a net of kindling": one of them
_ONE_OF_IT = re.compile(
    r"(?:^|\s)(?:an?|one|each|per|every|(?:a )?single)\s(?:[\w-]+\s){0,2}$|(?:하나|한\s?[가-힣]{1,2})\s$"
)
_TOGETHER = any_of(
    r"합쳐|합하|합해|합계|모두 합|다 해서|\b(?:together|altogether|in all|in total|for (?:both|the two|the pair|all))\b"
)
_FROM = re.compile(r"부터|까지|\bfrom\b|\bup to\b|\bbetween\b|~")
_PAID = re.compile(
    r"결제(?:하신|된|하실)?\s?금액|결제하셨|내셨|내신\s|총액|합계|\bpaid\b|\bcharged\b|\btotal\b|\bto pay\b"
)
_BOUGHT = any_of(
    r"주문하[신셨]|담(?:긴|겨|으신|으셨)|장바구니|구매하[신셨]|\bordered\b|\bbought\b|\bin (?:your|the) (?:cart|basket|bag|order)\b"
)
_THERE = any_of(
    r"있(?!는지|을까|으면|나요)|남(?:아|았|은|습)|재고|뿐|\bleft\b|\bhave\b|\bwe've\b|\bremain\w*|\bin stock\b|\bthere (?:are|is)\b|\bdown to\b"
)
_NOW = re.compile(r"\bat the moment\b|\bright now\b|\bcurrently\b|지금|현재")  # "1,200 rolls at the moment"
_NO_STOCK = re.compile(
    r"후기|리뷰|쿠폰|매장|지점|색상|색이|사진|방법|가지|종류|사람|분이|점이|\b(?:reviews?|colou?rs?|sizes?|kinds?|people|ways|stores?|days?)\b"
)
_MEASURES = re.compile(
    r"(?:은|는|이|가)\s$|\b(?:holds?|has|have|comes? with|with|takes?|is|are|weighs?|fits?|offers?|makes?|gives?|contains?|covers?|counts?|measures?|yields?)\b[\w\s]{0,12}$"
)
_OF_GOODS = frozenset({"", "price", "original"})
_MOST_SUMMED = 4
_CALLED = frozenset({"discount", "subtotal", "coupon"})


def told_plainly(reading: Reading, start: int, evidence: Evidence) -> bool:
    """Whether the figures of a reply from `start` on are plainly those of the goods, the order or the points it speaks of."""
    named = (*reading.values, *reading.titles)
    if is_told_falsely(reading, start, evidence) or any(
        _is_of_another(mention, reading, evidence) for mention in named if mention.start >= start
    ):
        return False
    if any(_is_another_number(match, reading, evidence) for match in SO_MANY.finditer(reading.text, start)):
        return False
    for sentence in sentence_spans(reading.text):
        words = sentence.cut(reading.text) if sentence.start >= start else ""
        if lost_points_told(words):
            return False
    for figure in reading.figures:
        check = _CHECKS.get(figure.kind)
        if check is None or figure.start < start or reading.is_masked(figure):
            continue
        here = reading.at(figure.start, figure.end)
        if are_lost(figure, here) and not any(
            f.value[0] == figure.values[0][-1] for f in evidence.of("expiring")
        ):
            return False
        if not QUESTION.search(here.sentence) and not check(figure, here, evidence):
            return False
    return True


def _is_of_another(value: Mention, reading: Reading, evidence: Evidence) -> bool:
    """Whether a measure is told of a product or variant that has another ("the cabin size holds 65 litres").

    The measure is a variant's value, or stands in the title of another product ("Night Owls has 1000 pieces").
    """
    in_a_title = value not in reading.values
    if in_a_title and not reading.text[value.start].isdigit():
        return False
    here = reading.at(value.start, value.end)
    before = [m for m in reading.mentions if here.clause_span.start <= m.start and m.end <= value.start]
    exact = [m for m in before if m in reading.titles or m in reading.values]
    before = exact or before  # "the Pale Ale kit": not every kit
    if not before:
        before = [m for m in reading.titles if here.sentence_span.start <= m.start and m.end <= value.start]
    if not before or not _MEASURES.search(reading.text[before[-1].end : value.start]):
        return False
    meant = {m.name for m in before if m.start == before[-1].start}
    if in_a_title:
        return value.name not in meant
    known = [fact for kind in ("money", "count") for fact in evidence.of(kind) if fact.options]
    of_it = [fact.options for fact in known if meant & {fact.subject, *fact.options}]
    return bool(of_it) and not any(value.name in options for options in of_it)


def _is_another_number(match: re.Match[str], reading: Reading, evidence: Evidence) -> bool:
    """Whether "we still have fifteen" tells another number than the stock of what is spoken of."""
    here = reading.at(match.start("n"), match.end("n"))
    named = _named(Figure("count", (), match.start("n"), match.end("n")), here)
    stock = [fact for fact in evidence.of("count") if "stock" in fact.roles and fact.subject]
    told = {fact.value[0] for fact in _of(stock, named)}
    return bool(told) and number(match["n"]) not in told


def _amount(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """An amount is the price of what is named, or what the records call by the same words."""
    facts = [fact for fact in evidence.of("money") if fact.source == "record"]
    priced = [fact for fact in facts if fact.subject and fact.roles & {"price", "original", "line"}]
    named = _named(figure, here)
    if not priced or _is_no_price_of_goods(figure, here, named, evidence):
        return True
    if _PAID.search(here.clause):
        return _is_paid(figure, here, facts)
    if figure.role in _CALLED:
        return all(_is_called(value, figure, priced, named, facts) for value in figure.values)
    if named and _TOGETHER.search(here.clause):
        return all(_is_of_all(value, figure, here, priced) for value in figure.values)
    if figure.role not in _OF_GOODS:
        return True  # a rule's; others look to it
    return _is_their_price(figure, here, _of(priced, named))


def _is_no_price_of_goods(figure: Figure, here: Situation, named: frozenset[str], evidence: Evidence) -> bool:
    """Whether an amount is nothing, an article's, of points, the shopper's wish, or the least from which on something holds."""
    of_articles = {fact.value for fact in evidence.of("money") if fact.source == "passage"}
    least = [fact for fact in evidence.of("money") if fact.source == "record" and fact.bound == "min"]
    return (
        figure.values == (("any", 0),)
        or (not named and _are_points_worth(figure, evidence))
        or any(_is(fact, figure.values[0]) for fact in points_as_money(figure, evidence, here))
        or follows_from_what_was_told(figure.values[0], figure, here)
        or (not named and set(figure.values) <= of_articles)
        or (figure.bound == "min" and any(_is(fact, figure.values[0]) for fact in least))
        or is_a_wish(figure, evidence, here)
    )


def _are_points_worth(figure: Figure, evidence: Evidence) -> bool:
    worth = [fact for fact in evidence.of("money") if fact.source == "record" and "points" in fact.roles]
    return all(any(_is(fact, value) for fact in worth) for value in figure.values)


def _is_their_price(figure: Figure, here: Situation, own: Sequence[Fact]) -> bool:
    """Whether an amount is a price of the goods it is told of: of one of them, of so many, or of all in the order."""
    if _EACH.search(here.clause) or _A_PIECE.match(here.after(figure, 12)) or _is_of_one(figure, here):
        single = [fact for fact in own if "line" not in fact.roles]
        return not _varies(single) and all(
            any(_is(fact, value) for fact in single) for value in figure.values
        )
    if not here.speaks_of_several and not _FROM.search(here.clause) and _varies(own):
        return False
    return all(any(_is(fact, value) for fact in own) or _follows(value, own, here) for value in figure.values)


def _is_of_all(value: tuple[object, ...], figure: Figure, here: Situation, priced: Sequence[Fact]) -> bool:
    """Whether an amount is what the goods of the sentence cost together: a line of the order, so many, a sum of their prices."""
    named = frozenset(m.name for m in here.reading.mentions if here.sentence_span.holds(m.start))
    own = _of(priced, named | _named(figure, here))
    singles = {int(str(fact.value[1])) for fact in own if "price" in fact.roles and "line" not in fact.roles}
    if any(_is(fact, value) for fact in own if "line" in fact.roles) or any(
        price * many == value[1] for price in singles for many in here.counted() if many > 1
    ):
        return True
    subjects = sorted({fact.subject for fact in own})
    prices = [
        {int(str(f.value[1])) for f in own if f.subject == each and "original" not in f.roles}
        for each in subjects
    ]
    return 1 < len(prices) <= _MOST_SUMMED and any(sum(each) == value[1] for each in product(*prices))


def _is_of_one(figure: Figure, here: Situation) -> bool:
    """Whether the goods named last before an amount are one of their kind."""
    named = [m for m in here.reading.mentions if here.clause_span.start <= m.start and m.end <= figure.start]
    return bool(named) and bool(_ONE_OF_IT.search(here.text[here.clause_span.start : named[-1].start]))


def _is_called(
    value: tuple[object, ...],
    figure: Figure,
    priced: Sequence[Fact],
    named: frozenset[str],
    facts: Sequence[Fact],
) -> bool:
    """Whether a record calls an amount so, or it is what goods named cost less than before."""
    if any(_is(fact, value) for fact in facts if figure.role in fact.roles):
        return True
    return figure.role == "discount" and value[1] in _saved(_of(priced, named))


def _saved(own: Sequence[Fact]) -> set[int]:
    before = [int(str(fact.value[1])) for fact in own if "original" in fact.roles]
    now = [int(str(fact.value[1])) for fact in own if fact.roles & {"price"} and "original" not in fact.roles]
    return {was - price for was in before for price in now if was > price}


def _follows(value: tuple[object, ...], own: Sequence[Fact], here: Situation) -> bool:
    """Whether an amount is so many times a price named, a difference of two, or what is saved."""
    prices = {
        int(str(fact.value[1]))
        for fact in own
        if "price" in fact.roles and same_currency(value[0], fact.value[0])
    }
    many = {each for each in here.counted() if each > 1}
    wanted = int(str(value[1]))
    return (
        any(price * n == wanted for price in prices for n in many)
        or any(abs(one - other) == wanted for one, other in combinations(prices, 2))
        or wanted in _saved(own)
    )


def _is_paid(figure: Figure, here: Situation, facts: Sequence[Fact]) -> bool:
    """What was paid is a total; other amounts beside it are what they are called."""
    clause = [
        each for each in here.reading.figures if each.kind == "money" and here.clause_span.holds(each.start)
    ]
    called = [fact for fact in facts if "total" in fact.roles] if len(clause) == 1 else facts
    return not any("total" in fact.roles for fact in facts) or all(
        any(_is(fact, value) for fact in called) for value in figure.values
    )


def _is(fact: Fact, value: tuple[object, ...]) -> bool:
    return fact.value[1] == value[1] and same_currency(value[0], fact.value[0])


def _varies(own: Sequence[Fact]) -> bool:
    """Whether goods of several prices may be meant."""
    now = [fact for fact in own if fact.roles & {"price"} and not fact.roles & {"original", "line"}]
    with_variants = {fact.subject for fact in now if fact.options}
    now = [fact for fact in now if fact.options or fact.subject not in with_variants]
    return len({(fact.subject, fact.value) for fact in now}) > 1


def _count(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    if evidence.of("balance") and roles_in(here.clause, ("points",)):
        return _points(figure, here, evidence)
    return _is_their_number(figure, here, evidence)


def _is_their_number(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """Whether so many were ordered, reviewed or are there, of the goods a count is told of."""
    counts = [fact for fact in evidence.of("count") if fact.source == "record" and fact.subject]
    value = figure.values[0]
    if _BOUGHT.search(here.clause):
        own = _of([fact for fact in counts if "quantity" in fact.roles], _named(figure, here))
        return not own or (any(fact.value == value for fact in own) and len({f.value for f in own}) == 1)
    if _is_in_another_name(figure, here, evidence) or _is_of_other_reviews(figure, here, evidence):
        return False
    if not _tells_stock(here) or _is_in_a_name(figure, here) or _NO_STOCK.search(here.with_its_noun(figure)):
        return True
    named = _named(figure, here)
    own = _of([fact for fact in counts if "stock" in fact.roles], named)
    if not named and len({fact.value for fact in own}) > 1:
        return False
    return not own or any(fact.value == value for fact in own)


def _tells_stock(here: Situation) -> bool:
    return bool(_THERE.search(here.sentence) or _NOW.search(here.clause))


def _is_in_another_name(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """Whether a number stands in the name of goods (500ml 20병), and not in that of those it is told of."""
    named = here.named(figure)
    holding = {
        key
        for names in (evidence.titles, evidence.values)
        for key, name in names.items()
        if any(each.kind == "count" and each.values == figure.values for each in read(plain(name)))
    }
    return bool(named) and bool(holding) and not holding & named


def _is_of_other_reviews(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """Whether as many reviewed other goods, and not those a number of reviews is told of."""
    reviews = [fact for fact in evidence.of("count") if fact.roles == {"review"} and fact.subject]
    having = {fact.subject for fact in reviews if fact.value == figure.values[0]}
    named = _named(figure, here) & {fact.subject for fact in reviews}
    others = bool(named and having) and (not named & having or here.may_mean_others(named, having))
    return others and bool(roles_in(here.sentence, ("review",)))


def _is_in_a_name(figure: Figure, here: Situation) -> bool:
    """Whether a number belongs to the name of goods (두 개 세트, the Harbour 38), and counts nothing."""
    if any(m.start < figure.end and figure.start < m.end for m in here.reading.mentions):
        return True
    written = here.text[figure.start : figure.end].strip()
    return any(written in plain(name).split() for name in here.reading.names)


def _is_a_rating(figure: Figure, evidence: Evidence) -> bool:
    """Whether a number is one that goods are rated with, and nothing else on record."""
    value = figure.values[0]
    known = {float(str(fact.value[0])) for fact in evidence.of("rating") if fact.subject}
    counted = any(fact.value == value for fact in evidence.of("count"))
    return not figure.unit and not counted and float(str(value[0])) in known


def _rating(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    if not roles_in(here.sentence, ("review",)) and not _is_a_rating(figure, evidence):
        return True
    named = _named(figure, here)
    own = _of([fact for fact in evidence.of("rating") if fact.subject], named)
    having = {f.subject for f in own if float(str(f.value[0])) == float(str(figure.values[0][0]))}
    return not own or (bool(having) and not here.may_mean_others(named & {f.subject for f in own}, having))


def _measure(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """A measure that the names of goods hold is that of those named."""
    named = here.named(figure)
    names = [evidence.titles.get(each, "") or evidence.values.get(each, "") for each in named]
    own = {(each.values, each.unit) for name in names for each in _measures(name)}
    if not own or any(unit == figure.unit for values, unit in own if values == figure.values):
        return True
    return not any(unit == figure.unit for _, unit in own)


def _measures(name: str) -> list[Figure]:
    return [each for each in read(plain(name)) if each.unit]


def _points(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    if roles_in(here.sentence, ("review",)) or _is_a_rating(figure, evidence):  # 4.5점을 주셨어요
        return _rating(figure, here, evidence)
    return are_their_points(figure, here, evidence)


def _bare(figure: Figure, here: Situation, evidence: Evidence) -> bool:
    """A number is a measure or rating of goods, how many of them there are, or of points where these are spoken of."""
    if _is_a_rating(figure, evidence):
        return _rating(figure, here, evidence)
    if roles_in(here.clause, ("points",)) and not figure.unit:
        return _points(figure, here, evidence)
    if not figure.unit and here.named(figure) and (_tells_stock(here) or _BOUGHT.search(here.clause)):
        return _count(figure, here, evidence)
    return _measure(figure, here, evidence)


def _named(figure: Figure, here: Situation) -> frozenset[str]:
    """The goods a figure is told of; where only a variant is named beside it, that of the product spoken of."""
    named = here.named(figure)
    subject = here.subject()
    return (
        named
        if not named or not subject or named & {m.name for m in here.reading.titles}
        else named | {subject}
    )


def _of(facts: Sequence[Fact], named: frozenset[str]) -> list[Fact]:
    """The facts of the products and variants named; all of them where none is."""
    subjects = {fact.subject for fact in facts} & named
    own = [fact for fact in facts if fact.subject in subjects] if subjects else list(facts)
    values = frozenset[str]().union(*(fact.options for fact in own)) & named
    if values:
        exact = [fact for fact in own if values <= fact.options]
        return exact or [fact for fact in own if values & fact.options]
    return own if subjects or not named else []


_CHECKS: dict[str, Callable[[Figure, Situation, Evidence], bool]] = {
    "money": _amount,
    "count": _count,
    "stock": _count,
    "rating": _rating,
    "points": _points,
    "number": _bare,
    "size": _measure,
    "percent": is_what_came_off,
    "date": is_that_day,
    "monthday": is_that_day_of_a_month,
    "weekday": is_that_weekday,
}

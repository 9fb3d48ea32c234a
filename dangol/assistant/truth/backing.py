"""Is this figure in the evidence, and is it said of the right thing?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from dangol.assistant.truth.dates import period_days
from dangol.assistant.truth.evidence import Evidence, Fact, resolve
from dangol.assistant.truth.figures import Figure
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.situation import Situation

_GROUPS = (
    frozenset({"return", "refund", "exchange"}),
    frozenset({"shipping", "surcharge"}),
    frozenset({"discount", "coupon"}),
    frozenset({"price", "total", "subtotal"}),
)
_FREE_ROLES = ("surcharge", "shipping", "return", "exchange", "wrapping", "repair", "warranty", "pickup", "points")
_LENIENT = frozenset(
    {"coupon", "points", "pickup", "unpaid"}
)  # words that stand near figures of other things too
_POLICY = frozenset(
    {
        "shipping",
        "surcharge",
        "return",
        "exchange",
        "refund",
        "points",
        "wrapping",
        "warranty",
        "repair",
        "unpaid",
    }
)
_WISH = re.compile(
    r"예산|원하[시신]|찾으[시신셨]|찾고 계|말씀하[신셨]|말씀 주신|요청하신|물어보신|필요하[시신]|조건|budget|you (?:said|asked|mentioned|wanted|want|need|told|wrote|gave)|you're looking|you are looking|your limit|looking for|as requested|your request"
)
_DENIAL = re.compile(
    r"없어요|없습니다|없는|없네요|아니에요|아닙니다|아니라|않아요|않습니다|어려워요|어렵습니다|안 돼요|안 됩니다|못 해|못해|불가|드릴 수 없|can't|cannot|can not|unable|not able|isn't|is not|aren't|don't|doesn't|does not|do not|won't|no such|not valid|never|wasn't|couldn't|not the|didn't"
)
_EARLY = re.compile(
    r"빠르면|빨라도|이르면|최소|as early as|as soon as|earliest|at the earliest|부터|between|사이|from\b|at least"
)
_CONDITION = re.compile(
    r"^\s?(?:\S+\s){0,3}?(?:주문하시면|주문하면|결제하시면|결제하면|구매하시면|사시면|주문 시|결제 시|주문 건|까지 주문|까지 결제)|^[^.!?]{0,25}\b(?:order|ordered|orders|if you)\b"
)
_CONDITION_BEFORE = re.compile(
    r"(?:order(?:ed)?(?: it)?(?: by)?|buy(?: it)?|pay|if you order|place your order)\s*$"
)
_LEAST = re.compile(r"이상|넘게|at least|or more|more than|over |minimum|최소")
_PAST = re.compile(r"[었았였했됐]|arrived|delivered|shipped|was |were |left ")
_DATED = ("delivery", "restock", "refund", "cutoff", "pickup", "sale", "unpaid", "deadline", "order", "hours")


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
        return chosen.source != "words" or role not in _POLICY | {"discount", "total"}
    return any(role in group and group & chosen.roles for group in _GROUPS)


def backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether the evidence backs a figure where it stands."""
    check = _CHECKS.get(figure.kind)
    if check is None or check(figure, evidence, here):
        return True
    return _as_wish(figure, evidence, here)


def _as_wish(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """The shopper's own figure, repeated as a wish or turned down; never a statement of the shop's."""
    if figure.kind == "size" and evidence.sizes_advised and here.is_advised(figure):
        return False
    said = {fact.value for fact in evidence.of(figure.kind) if fact.source == "said"}
    if figure.kind == "number":
        said = {
            (value,) for fact in _all(evidence, "said") for value in fact.value if isinstance(value, Decimal)
        }
    if not said or not all(value in said for value in figure.values):
        return False
    if figure.kind in ("email", "reference", "size", "number"):
        return True
    if figure.role in _POLICY:
        return bool(_WISH.search(here.sentence) or _DENIAL.search(here.sentence)) and figure.bound == ""
    if figure.kind == "phone":
        return (
            "고객센터" not in here.sentence
            and "customer service" not in here.sentence
            and "call us" not in here.sentence
        )
    bounded = (
        figure.bound in ("min", "max", "band", "range")
        and figure.kind == "money"
        and figure.role != "discount"
    )
    return bounded or bool(_WISH.search(here.sentence) or _DENIAL.search(here.sentence))


def _all(evidence: Evidence, source: str) -> Iterable[Fact]:
    return (fact for facts in evidence.facts.values() for fact in facts if fact.source == source)


def _stated(evidence: Evidence, *kinds: str) -> list[Fact]:
    return [
        fact
        for kind in kinds
        for fact in evidence.of(kind)
        if fact.source not in ("said", "review", "length")
    ]


def _money(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    if figure.values == (("any", 0),):
        return _for_free(figure, evidence, here)
    facts = [fact for fact in _stated(evidence, "money") if fact.value[0] != "any"]
    facts += _points_as_money(figure, evidence)
    own = here.narrowed(facts) if figure.role in ("", "price", "original") else facts
    return all(any(_is_amount(value, figure, fact, own, evidence, here) for fact in own) for value in figure.values)


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
    if fact.source in ("passage", "words") and not _may_speak_of_money(figure, fact, evidence):
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


def _may_speak_of_money(figure: Figure, fact: Fact, evidence: Evidence) -> bool:
    """An article backs its own fees, never the price of a product; other words of a record back no money at all."""
    if fact.source == "words":
        return bool(fact.roles - {"price", "original"}) and figure.role not in ("price", "original")
    of_policy = (fact.roles | fact.topic) & _POLICY or fact.bound
    return bool(of_policy) and (figure.role not in ("", "price", "original", "total") or not evidence.titles)


def _same_currency(said: object, held: object) -> bool:
    return said == held or (said == "USD" and held in ("CAD", "AUD", "SGD", "NZD"))


def _points_as_money(figure: Figure, evidence: Evidence) -> list[Fact]:
    if figure.role != "points":
        return []
    counted = [
        fact
        for fact in _stated(evidence, "count", "points")
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
    for fact in _stated(evidence, "money"):
        conditional = fact.bound == "min"
        if fact.value[1] == 0 and _is_waived(role, fact) and (not conditional or here.has_threshold):
            return True
        if conditional and role in ("", "shipping") and "shipping" in fact.roles and here.has_threshold:
            return True
    return role in ("", "shipping") and any("freeshipping" in string for string in evidence.strings)


def _is_waived(role: str, fact: Fact) -> bool:
    if fact.source == "record" and fact.roles & {"surcharge", "discount"}:
        return role in ("surcharge",) and "surcharge" in fact.roles  # no surcharge is no free delivery
    return not role or role in fact.roles | fact.topic or not fact.roles


def _percent(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    facts = _stated(evidence, "percent")
    return all(
        any(_is_share(value, fact) and role_fits(figure, facts, fact) for fact in facts)
        for value in figure.values
    )


def _is_share(value: tuple[object, ...], fact: Fact) -> bool:
    said, held = int(str(value[0])), int(str(fact.value[0]))
    return said == held or (said in (3333, 6667) and abs(said - held) <= 67)


def _span(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    facts = [fact for fact in _stated(evidence, "span") if fact.value[0] == figure.values[0][0]]
    if any(_is_span(figure, fact, here) and role_fits(figure, facts, fact) for fact in facts):
        return True
    if figure.values[0][0] == "day" and len(figure.values) == 1:  # 3일 may be the third of the month
        day = int(str(figure.values[0][1]))
        if (
            day in {found.day for found in evidence.dates}
            and not facts
            and roles_in(here.sentence, ("delivery",))
        ):
            return True
    return figure.values[0][1] == 0 and not roles_in(
        here.sentence, ("delivery", "shipping", "cutoff", "refund", "pickup", "repair")
    )


def _is_span(figure: Figure, fact: Fact, here: Situation) -> bool:
    first, last = fact.value[1], fact.value[-1]
    if len(figure.values) == 2:
        return (figure.values[0][1], figure.values[1][1]) == (first, last)
    said = figure.values[0][1]
    if _LEAST.search(here.before(figure, 14) + here.after(figure, 8)) and fact.bound != "min" and first == last and fact.source != "record":
        return False  # "at least 7 days" is not "within 7 days"
    early = figure.bound == "min" or _EARLY.search(here.before(figure, 14))
    return said == (first if early else last)


def _time(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    held = {fact.value[0] for fact in _stated(evidence, "time")}
    said = int(str(figure.values[0][0]))
    if said in held:
        return True
    vague = said <= 720 and not re.search(r"오전|오후|[ap]\.?m|\d:\d", here.text[figure.start : figure.end])
    return vague and any(int(str(value)) % 720 == said % 720 for value in held)


def _date(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    days = [resolve(value, evidence.today) for value in figure.values]
    for value, day in zip(figure.values, days, strict=True):
        if day is None or day not in evidence.dates or (value[3] != -1 and value[3] != day.weekday()):
            return False
    return _promised([day for day in days if day], figure, evidence, here)


def _promised(days: list[date], figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Of a delivery range, one day alone is only told as what it is: the last, or the earliest."""
    if not roles_in(here.clause, ("delivery",)):
        return True
    if len(days) == 2:
        return (days[0], days[1]) in evidence.ranges or not evidence.ranges
    day = days[0]
    opening = [found for found in evidence.ranges if found[0] == day and found[1] != day]
    closing = [found for found in evidence.ranges if found[1] == day]
    if not opening or closing or day in evidence.single_dates:
        return True
    around = here.before(figure, 16) + " " + here.after(figure, 12)
    return bool(_EARLY.search(around) or re.search(r"~|-\s?\d|\bto\b|and\b|이후|에서", here.after(figure, 8)))


def _weekday(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    day, week = (int(str(part)) for part in figure.values[0])
    if roles_in(here.sentence, ("hours",)) and evidence.weekdays_open:
        closed = re.search(r"휴무|쉬|닫|안 열|closed|not open", here.clause)
        return (day not in evidence.weekdays_open) if closed else day in evidence.weekdays_open
    if any(fact.value[0] == day for fact in _stated(evidence, "weekday")):
        return True
    monday = evidence.today - timedelta(days=evidence.today.weekday())
    coming = roles_in(here.clause, ("delivery",)) and not _PAST.search(here.clause)
    for found in evidence.dates:
        if coming and found < evidence.today:
            continue
        near = abs((found - evidence.today).days) <= 21
        if (
            found.weekday() == day
            and near
            and (
                week <= 0
                or 0 <= (found - monday).days - 7 * week < 7
                or (found - evidence.today).days in range(1, 8)
            )
        ):
            return _promised([found], figure, evidence, here)
    return False


def _relative(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    after = here.after(figure, 40)
    if _CONDITION.match(after) or _CONDITION_BEFORE.search(here.before(figure, 25)):
        return True
    roles = roles_in(here.clause, _DATED)
    days = int(str(figure.values[0][0]))
    if not roles or (days == 0 and roles <= {"hours", "sale", "pickup"}):
        return True
    if any(fact.value[0] == days for fact in _stated(evidence, "relative")):
        return True
    day = evidence.today + timedelta(days=days)
    return day in evidence.dates and _promised([day], figure, evidence, here)


def _period(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    if not roles_in(here.clause, _DATED) or roles_in(here.clause, ("hours",)):
        return True
    first, last = period_days(str(figure.values[0][0]), evidence.today)
    ends = {end for _, end in evidence.ranges} or evidence.dates
    return any(first <= day <= last for day in ends) or any(
        fact.value == figure.values[0] for fact in _stated(evidence, "period")
    )


def _monthday(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    return any(day.day == figure.values[0][0] for day in evidence.dates)


def _stock(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    facts = [fact for fact in _stated(evidence, "count") if "stock" in fact.roles]
    if any(fact.value == figure.values[0] for fact in here.narrowed(facts)):
        return True
    counted = [
        fact for fact in evidence.of("count") if fact.source in ("length", "record") and not fact.roles
    ]
    return (
        not facts
        and not roles_in(here.clause, ("stock",))
        and any(fact.value == figure.values[0] for fact in counted)
    )


def _count(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    near = here.near(figure)
    roles = roles_in(near, ("positive", "negative")) or roles_in(near[-40:], ("review",))
    facts = [fact for fact in evidence.of("count") if fact.source not in ("said", "review")]
    if roles & {"positive", "negative"}:
        wanted = roles & {"positive", "negative"}
        return any(
            fact.value == figure.values[0] and (fact.roles & wanted or "fit" in fact.roles) for fact in facts
        )
    if roles:
        facts = here.narrowed(facts)
        facts = [
            fact
            for fact in facts
            if fact.roles & {"review", "fit"} or fact.source in ("length", "passage", "words")
        ]
    return any(fact.value == figure.values[0] for fact in [*facts, *_stated(evidence, "number", "stock")])


def _points(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    facts = [fact for fact in _stated(evidence, "count") if "points" in fact.roles] + _stated(
        evidence, "points"
    )
    facts += [
        Fact("points", (Decimal(str(f.value[1])),), f.roles, f.bound)
        for f in _stated(evidence, "money")
        if "points" in f.roles
    ]
    rated = [fact for fact in _stated(evidence, "rating")]
    if any(fact.value == figure.values[0] for fact in facts):
        return True
    return "점" in here.text[figure.start : figure.end] and any(
        _near(fact.value[0], figure.values[0][0]) for fact in rated
    )


def _rating(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    return any(_near(fact.value[0], figure.values[0][0]) for fact in here.narrowed(_stated(evidence, "rating")))


def _near(held: object, said: object) -> bool:
    return abs(Decimal(str(held)) - Decimal(str(said))) <= Decimal("0.05")


def _size(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    size = str(figure.values[0][0])
    if evidence.sizes_advised and here.is_advised(figure):
        return size in evidence.sizes_advised or re.sub(r"^(us|eu|uk|kr)", "", size) in evidence.sizes_advised
    plain = re.sub(r"^(us|eu|uk|kr)", "", size)
    words = {
        "small": "s",
        "medium": "m",
        "large": "l",
        "extralarge": "xl",
        "xlarge": "xl",
        "프리사이즈": "free",
        "onesize": "free",
    }
    forms = {size, plain, words.get(size, size), f"{plain}mm", f"eu{plain}", f"us{plain}"}
    if forms & evidence.strings or any(
        str(fact.value[0]) in forms for fact in _stated(evidence, "size", "number", "count")
    ):
        return True
    return size in ("freesize", "onesize", "프리사이즈", "free") and bool(
        {"free", "os", "onesize", "프리사이즈", "프리", "f"} & evidence.strings
    )


def _contact(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    value = str(figure.values[0][0])
    if any(fact.value == figure.values[0] for fact in _stated(evidence, figure.kind)):
        return True
    wanted = "".join(char for char in value if char.isalnum())
    if figure.kind == "link":
        return any(
            wanted == string or wanted == string.removeprefix("https").removeprefix("http")
            for string in evidence.strings
        )
    return wanted in evidence.strings or wanted.lstrip("0") in evidence.strings


def _code(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    code = str(figure.values[0][0])
    if code in evidence.refused_codes:
        return bool(
            _DENIAL.search(here.sentence)
            or re.search(
                r"만료|지났|지난|끝났|못|안 |미만|부족|전용|expired|over|only|ended|minimum|needs?|refus",
                here.sentence,
            )
        )
    return code in evidence.strings


def _reference(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    value = str(figure.values[0][0])
    return any(value == string or (len(value) > 5 and value in string) for string in evidence.strings)


def _number(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    value = figure.values[0][0]
    held = {
        part
        for facts in evidence.facts.values()
        for fact in facts
        for part in fact.value
        if fact.source not in ("said", "review")
    }
    return value in held or str(value) in evidence.strings


_CHECKS = {
    "money": _money, "percent": _percent, "times": _number, "span": _span, "time": _time, "date": _date, "weekday": _weekday,
    "relative": _relative, "period": _period, "monthday": _monthday, "stock": _stock, "count": _count,
    "points": _points, "rating": _rating, "size": _size, "phone": _contact, "email": _contact, "link": _contact,
    "code": _code, "reference": _reference, "number": _number,
}  # fmt: skip

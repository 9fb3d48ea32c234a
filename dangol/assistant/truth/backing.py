"""Is this figure in the evidence, and is it said of the right thing?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from dangol.assistant.truth import amounts, moments
from dangol.assistant.truth.amounts import POLICY_ROLES, stated
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.facts import Fact
from dangol.assistant.truth.figures import Figure
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.situation import Situation

_WISH = re.compile(
    r"예산|원하[시신]|찾으[시신셨]|찾고 계|말씀하[신셨]|말씀 주신|요청하신|물어보신"
    r"|필요하[시신]|조건|budget|you (?:said|asked|mentioned|wanted|want|need|told|wrote"
    r"|gave)|you're looking|you are looking|your limit|looking for|as requested"
    r"|your request|\byour (?=[$£€₩\d]|\w+ (?:dollars|bucks|pounds|euros|won)\b)"
)
_DENIAL = re.compile(
    r"없어요|없습니다|없는|없네요|아니에요|아닙니다|아니라|않아요|않습니다|어려워요"
    r"|어렵습니다|안 돼요|안 됩니다|못 해|못해|불가|드릴 수 없|can't|cannot|can not|unable"
    r"|not able|isn't|is not|aren't|don't|doesn't|does not|do not|won't|no such|not valid"
    r"|never|wasn't|couldn't|not the|didn't"
)


_AS_MANY = re.compile(r"^\s?(?:이?면|이?라면|을 |를 )|^(?: of them)?,? (?:would|you (?:get|pay))\b")


def backed(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """Whether the evidence backs a figure where it stands."""
    check = _CHECKS.get(figure.kind)
    if check is None or check(figure, evidence, here):
        return True
    return is_a_wish(figure, evidence, here)


def is_a_wish(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    """The shopper's own figure, repeated as a wish or turned down; never a statement of the shop's."""
    if not _was_said(figure, evidence) or here.promises_something_free:
        return False
    if figure.kind == "size":
        return not (evidence.sizes_advised and here.is_advised(figure))
    if figure.kind in ("email", "reference", "number"):
        return True
    if figure.kind == "phone":
        return not re.search(r"고객센터|customer service|call us", here.sentence)
    if _says_what_it_costs(figure, here):
        return False
    return _is_repeated(figure, here)


def _is_repeated(figure: Figure, here: Situation) -> bool:
    repeated = bool(_WISH.search(here.sentence) or _DENIAL.search(here.sentence))
    if figure.role in POLICY_ROLES:
        return repeated and figure.bound == ""
    if figure.kind == "count" and _AS_MANY.match(here.after(figure, 12)):
        return True  # 서른 개면: what is asked about
    limit = figure.kind == "money" and figure.bound in ("min", "max", "band", "range")
    return repeated or (limit and figure.role != "discount")


def _says_what_it_costs(figure: Figure, here: Situation) -> bool:
    return figure.kind == "money" and amounts.is_limit_of_a_price(figure, here)


def _was_said(figure: Figure, evidence: Evidence) -> bool:
    if figure.kind == "number":
        numbers = {
            value for fact in _all(evidence, "said") for value in fact.value if isinstance(value, Decimal)
        }
        return figure.values[0][0] in numbers
    said = {fact.value for fact in evidence.of(figure.kind) if fact.source == "said"}
    return all(value in said for value in figure.values)


def _all(evidence: Evidence, source: str) -> Iterable[Fact]:
    return (fact for facts in evidence.facts.values() for fact in facts if fact.source == source)


_IS_THERE = re.compile(r"있(?:어요|습니다)$")
_NO_GOODS = re.compile(
    r"후기|리뷰|쿠폰|매장|지점|색상|사진|방법|가지|포인트|적립금|\bpoints?\b"
)  # of which there may be three as well


def _stock(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    unnamed = not here.options() and not here.subject()
    if _NO_GOODS.search(here.clause) or (unnamed and _IS_THERE.search(here.text, figure.start, figure.end)):
        return _count(figure, evidence, here)
    facts = [fact for fact in stated(evidence, "count") if "stock" in fact.roles]
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
    roles = roles_in(near, ("positive", "negative")) or roles_in(here.around(figure), ("review",))
    facts = [fact for fact in evidence.of("count") if fact.source not in ("said", "review")]
    subject, options = here.subject(), here.options()
    bought = [
        fact
        for fact in facts
        if "quantity" in fact.roles and (fact.subject == subject != "" or options & fact.options)
    ]
    if bought and roles_in(here.sentence, ("quantity", "order")):
        return any(fact.value == figure.values[0] for fact in bought)
    if re.search(r"\bof\s+(?:the\s+)?$|중\s*$", here.text[max(0, figure.start - 8) : figure.start]):
        roles = roles & {"review"} or roles - {
            "positive",
            "negative",
        }  # "128 of 142 reviews are positive": the whole
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
    return any(fact.value == figure.values[0] for fact in [*facts, *stated(evidence, "number", "stock")])


def _points(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    facts = [fact for fact in stated(evidence, "count") if "points" in fact.roles] + stated(
        evidence, "points"
    )
    facts += [
        Fact("points", (Decimal(str(f.value[1])),), f.roles, f.bound)
        for f in stated(evidence, "money")
        if "points" in f.roles
    ]
    rated = [fact for fact in stated(evidence, "rating")]
    if any(fact.value == figure.values[0] for fact in facts):
        return True
    return "점" in here.text[figure.start : figure.end] and any(
        _near(fact.value[0], figure.values[0][0]) for fact in rated
    )


def _rating(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    return any(
        _near(fact.value[0], figure.values[0][0]) for fact in here.narrowed(stated(evidence, "rating"))
    )


def _near(held: object, said: object) -> bool:
    """Said as it is held, or rounded; never with more places than anybody counted."""
    told, known = Decimal(str(said)), Decimal(str(held))
    places = -int(told.as_tuple().exponent)
    return told == known or (places > 0 and told == round(known, places))


def _size(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    size = str(figure.values[0][0])
    if evidence.sizes_advised and here.is_advised(figure):
        return size in evidence.sizes_advised or re.sub(r"^(us|eu|uk|kr)", "", size) in evidence.sizes_advised
    plain = re.sub(r"^(us|eu|uk|kr)", "", size)
    if _of_another(size, evidence, here.subject()):
        return False
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
        str(fact.value[0]) in forms for fact in stated(evidence, "size", "number", "count")
    ):
        return True
    return size in ("freesize", "onesize", "프리사이즈", "free") and bool(
        {"free", "os", "onesize", "프리사이즈", "프리", "f"} & evidence.strings
    )


def _of_another(size: str, evidence: Evidence, subject: str) -> bool:
    """Whether a comparison gives this measure to another product than the one spoken of."""
    compared = [fact for fact in evidence.of("size") if fact.subject and fact.source == "record"]
    mine = [fact for fact in compared if fact.subject == subject]
    return (
        bool(mine)
        and all(str(fact.value[0]) != size for fact in mine)
        and any(str(f.value[0]) == size for f in compared)
    )


def _contact(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    value = str(figure.values[0][0])
    if any(fact.value == figure.values[0] for fact in stated(evidence, figure.kind)):
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
    return code in evidence.strings or any(code in passage for passage in evidence.passages)


def _reference(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    value = str(figure.values[0][0])
    return any(value == string or (len(value) > 5 and value in string) for string in evidence.strings)


def _number(figure: Figure, evidence: Evidence, here: Situation) -> bool:
    value = figure.values[0][0]
    measured = (
        [fact for fact in here.narrowed(stated(evidence, "number")) if fact.unit] if figure.unit else []
    )
    if any(fact.unit == figure.unit for fact in measured):
        return any(fact.unit == figure.unit and fact.value[0] == value for fact in measured)
    if figure.unit == "age" and any(
        fact.value == ("month", Decimal(str(value)) * 12) for fact in stated(evidence, "span")
    ):
        return True
    held = {
        part
        for facts in evidence.facts.values()
        for fact in facts
        for part in fact.value
        if fact.source not in ("said", "review")
    }
    return value in held or str(value) in evidence.strings


_CHECKS = {
    "money": amounts.money_backed,
    "percent": amounts.percent_backed,
    "span": moments.span_backed,
    "time": moments.time_backed,
    "date": moments.date_backed,
    "weekday": moments.weekday_backed,
    "relative": moments.relative_backed,
    "period": moments.period_backed,
    "monthday": moments.monthday_backed,
    "monthend": moments.monthend_backed,
    "times": _number,
    "number": _number,
    "stock": _stock,
    "count": _count,
    "points": _points,
    "rating": _rating,
    "size": _size,
    "phone": _contact,
    "email": _contact,
    "link": _contact,
    "code": _code,
    "reference": _reference,
}

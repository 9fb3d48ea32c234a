"""Numbers, quantities and money as people write them in Korean and English."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from dataclasses import dataclass
from decimal import Decimal

from dangol.kernel.money import Money, exponent

_SINO = {char: value for value, char in enumerate("영일이삼사오육칠팔구")} | {"공": 0, "륙": 6}
_SMALL_UNITS = {"십": 10, "백": 100, "천": 1000}
_LARGE_UNITS = {"만": 10_000, "억": 100_000_000}
_NATIVE = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12, "스무": 20, "스물": 20, "서른": 30,
}  # fmt: skip
_ENGLISH = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "couple": 2, "dozen": 12, "single": 1,
}  # fmt: skip
_MARKS = {
    "원": "KRW", "₩": "KRW", "won": "KRW", "krw": "KRW", "$": "USD", "달러": "USD", "불": "USD", "dollar": "USD",
    "dollars": "USD", "buck": "USD", "bucks": "USD", "usd": "USD", "€": "EUR", "유로": "EUR", "euro": "EUR",
    "euros": "EUR", "eur": "EUR", "£": "GBP", "파운드": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP",
    "gbp": "GBP", "¥": "JPY", "엔": "JPY", "yen": "JPY", "jpy": "JPY", "위안": "CNY", "yuan": "CNY",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MoneyFound:
    """A price wish in a text: at least `low`, at most `high` (either may be missing), or a plain amount."""

    start: int
    end: int
    low: Money | None
    high: Money | None
    amount: Money
    kind: str  # "range", "max", "min", "around" or "plain"


@dataclass(frozen=True, slots=True)
class QuantityFound:
    """How many, and where it was said."""

    value: int
    start: int
    end: int


def parse_number(text: str) -> Decimal | None:
    """The value of a number in digits or words (3만5천, 3.5만, 삼만오천, 스무, twenty five, 1,200), or None."""
    plain = text.strip().lower().replace(",", "").replace(" ", "" if _has_korean(text) else " ")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    if plain in _NATIVE:
        return Decimal(_NATIVE[plain])
    if _has_korean(plain):
        return _parse_korean(plain)
    return _parse_english(plain)


def _has_korean(text: str) -> bool:
    return any("가" <= char <= "힣" for char in text)


def _parse_korean(plain: str) -> Decimal | None:
    total, section = Decimal(0), Decimal(0)
    number: Decimal | None = None
    for token in re.findall(r"\d+(?:\.\d+)?|.", plain):
        if token[0].isdigit():
            number = Decimal(token)
        elif token in _SINO:
            number = Decimal(_SINO[token]) if number is None else number * 10 + _SINO[token]
        elif token in _SMALL_UNITS:
            section += (Decimal(1) if number is None else number) * _SMALL_UNITS[token]
            number = None
        elif token in _LARGE_UNITS:
            section += number or 0
            total += (section or Decimal(1)) * _LARGE_UNITS[token]
            section, number = Decimal(0), None
        else:
            return None
    return total + section + (number or 0)


def _parse_english(plain: str) -> Decimal | None:
    total = 0
    for word in re.split(r"[\s-]+", plain):
        if word not in _ENGLISH:
            return None
        total = max(total, 1) * 100 if word == "hundred" else total + _ENGLISH[word]
    return Decimal(total)


def _minor(value: Decimal, currency: str) -> Money:
    return Money(amount=int((value * 10 ** exponent(currency)).to_integral_value()), currency=currency)


_KO_AMOUNT = r"(?:[\d][\d,]*(?:\.\d+)?\s?(?:억|만|천|백)(?:\s?\d+천|\s?\d+백|[\d,]*)*|[\d][\d,]*(?:\.\d+)?|(?<![가-힣])[일이삼사오육칠팔구십백천만억]+)"
_KO_MARK = r"(?:원(?![가-힣])|원(?=[이을은에으까대짜정쯤미초밑아부도만권선내넘안보언어씩인로])|달러|(?<!이)불(?![가-힣])|유로|파운드|엔|위안)"
_KO_MONEY = rf"(?P<ko>{_KO_AMOUNT})\s?(?P<komark>{_KO_MARK})|(?P<koman>(?:\d[\d,.]*|[일이삼사오육칠팔구십백]+)\s?만(?:\s?[\d일이삼사오육칠팔구]천)?)(?![가-힣\s]*\s?(?:번|명|개))|(?P<barewon>만)\s?원"
_EN_WORDS = "|".join(sorted((word for word in _ENGLISH if len(word) > 2), key=len, reverse=True))
_EN_NUMBER = rf"\d[\d,]*(?:\.\d+)?k?|(?:{_EN_WORDS})(?:[\s-](?:{_EN_WORDS}))*"
_EN_MARK = r"dollars?|bucks?|usd|euros?|eur|pounds?|quid|gbp|won|krw|yen|jpy|yuan"
_EN_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a|one|two|three|four|five|six|seven|eight|nine)\\shundred"
_UNITS_EN = (
    rf"{_EN_MARK}|[$€£%]|stars?\b|inch|in\b|cm\b|mm\b|m\b|kg|kilos?|g\b|grams?|days?|hours?|hrs?|years?|yrs?|months?|pieces|pcs|people|persons?|minutes|mins?|"
    r"weeks?|lbs?|pounds|oz|ounces|ml|l\b|lit(?:er|re)s?|mah|watts?|w\b|v\b|volts?|hz|khz|gb|tb|mb|db|rpm|dpi|calories|kcal|reviews?|pages|players|seats?|"
    r"ft\b|feet|foot|meters?|metres?|miles?|km|degrees|rows?|items?|percent|points?|pts"
)
_EN_MONEY = rf"(?P<sign>[$€£¥₩])\s?(?P<ensign>\d[\d,]*(?:\.\d+)?k?)|(?P<en>{_EN_NUMBER})\s?(?P<enmark>(?:{_EN_MARK})\b|[$€£¥₩])"
_MONEY = re.compile(
    rf"(?<![\d#.])(?:{_EN_MONEY}|{_KO_MONEY})(?P<dae>\s?대(?![가-힣])|\s?대(?=[의로에가는은도요])|\s?대\s)?",
    re.IGNORECASE,
)

_AFTER_MAX = re.compile(
    r"\s?(?:짜리)?\s?(?:이하|미만|아래|밑|안쪽|안으로|안에서|안에|내로|내에서|이내|까지|언더|넘지|안\s?넘|을?\s?넘으면|"
    r"or less|or under|or below|max\b|maximum|at most|tops|or cheaper|budget|to spend)"
)
_AFTER_MIN = re.compile(
    r"\s?(?:이상|초과|넘는|넘게|부터|위로|or more|or over|or above|and up|minimum|and above|\+)"
)
_EXACTLY = re.compile(r"\s?짜리")
_AFTER_AROUND = re.compile(
    r"\s?(?:정도|쯤|내외|선에서|선으로|선(?![가-힣])|근처|언저리|안팎|전후|ish\b|or so|give or take)"
)
_BEFORE_MAX = re.compile(
    r"(?:under|below|less than|up to|max(?:imum)?(?: of)?|at most|no more than|not more than|within|cheaper than|not over|"
    r"budget(?: is| of|'s|:)?|only have|<|<=|예산은?|예산이|최대|많아야|limit(?: is| of)?|don't want to spend (?:more than|over)|"
    r"spend|keep it under|beneath|lower than)\s*(?:about|around|like|는|은)?\s*$"
)
_BEFORE_MIN = re.compile(
    r"(?:over|above|more than|at least|from|starting at|minimum(?: of)?|>|>=|최소|적어도)\s*$"
)
_BEFORE_AROUND = re.compile(r"(?:around|about|roughly|approximately|approx\.?|near|약|대략|한)\s*$")
_NOT_OVER = re.compile(
    r"(?:not|no|nothing|isn't|don't go|without going)\s+(?:\w+\s+)?(?:over|above|more than)\s*$"
)
_JOINER = re.compile(r"^\s?(?:에서|부터|~|-|to|and|하고|이랑)\s?$")
_BARE_RANGE = re.compile(
    r"(?P<a>\d[\d,.]*)\s?(?:만\s?원?)?\s?(?:~|-|에서|부터)\s?(?P<b>\d[\d,.]*)\s?(?P<unit>만|천)\s?(?:원)?(?P<dae>\s?대)?"
)
_EN_RANGE = re.compile(
    rf"(?:between|from)?\s*[$€£]?\s?(?P<a>{_EN_NUMBER})\s*(?:-|~|to|and)\s*(?P<sign>[$€£])?\s?(?P<b>{_EN_NUMBER})\s?(?P<mark>(?:{_EN_MARK})\b)?"
)
_BARE_LIMIT = re.compile(
    rf"(?P<word>under|below|less than|no more than|at most|cheaper than|up to|over|above|more than|at least|(?:my |the |our )?budget(?:'s| is| of|:)?(?: about| around)?|"
    rf"(?:spend|spending|pay)(?: up to| about| around)?|no higher than|within|maximum(?: of)?|max)\s+(?P<n>\d[\d,]*(?:\.\d+)?|(?:{_EN_TENS})(?:[\s-](?:{_EN_WORDS}))*)(?!\s?(?:{_UNITS_EN})|[\d%]|[.,]\d)"
)
_LIMIT_AFTER = re.compile(
    rf"(?<![\w.$€£-])(?P<n>\d[\d,]*(?:\.\d+)?|(?:{_EN_TENS})(?:[\s-](?:{_EN_WORDS}))*)\s(?P<word>or less|or under|or below|or cheaper|tops|max(?:imum)?|at most|or more|or over|or above|and up)\b(?=\s*(?:$|[,.!?]|please|pls|for\b|if\b|and\b|but\b))"
)
_BARE_LIMIT_KO = re.compile(r"(?P<n>\d[\d,]{3,})\s?(?P<word>이하|미만|이상|아래|이내)")


_BARE = (_BARE_LIMIT, _LIMIT_AFTER, _BARE_LIMIT_KO)
_LEAST = frozenset(
    {"over", "above", "more than", "at least", "이상", "or more", "or over", "or above", "and up"}
)


_CHARGE = re.compile(r"\s?m?ah(?![a-z])")  # "1만 mAh" is no money


def find_money(text: str, currency: str) -> list[MoneyFound]:
    """Every amount and price wish in a plain text; bare numbers count as the given currency."""
    found = [*_ranges(text, currency)]
    covered = [(item.start, item.end) for item in found]
    amounts = [
        match
        for match in _MONEY.finditer(text)
        if not _overlaps(match.span(), covered) and not _CHARGE.match(text, match.end())
    ]
    at = 0
    while at < len(amounts):
        match = amounts[at]
        follower = amounts[at + 1] if at + 1 < len(amounts) else None
        if follower and _JOINER.match(text[match.end() : follower.start()]):
            low, high = _amount(match, currency), _amount(follower, currency)
            if low.amount < high.amount:
                found.append(MoneyFound(match.start(), follower.end(), low, high, high, "range"))
                at += 2
                continue
        found.append(_wish(text, match, currency))
        at += 1
    found += _bare_limits(text, currency, [(item.start, item.end) for item in found])
    return sorted(found, key=lambda item: item.start)


def _overlaps(span: tuple[int, int], covered: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in covered)


def _amount(match: re.Match[str], currency: str) -> Money:
    parts = match.groupdict()
    mark = (
        parts["sign"]
        or parts["enmark"]
        or parts["komark"]
        or ("원" if parts["koman"] or parts["barewon"] else "")
    )
    unit = _MARKS.get(mark.lower(), currency)
    written = parts["ensign"] or parts["en"] or parts["ko"] or parts["koman"] or parts["barewon"] or "0"
    return _minor(_value(written), unit)


def _value(written: str) -> Decimal:
    if written.endswith("k"):
        return (parse_number(written[:-1]) or Decimal(0)) * 1000
    return parse_number(written) or Decimal(0)


def _wish(text: str, match: re.Match[str], currency: str) -> MoneyFound:
    amount = _amount(match, currency)
    start, end, before = match.start(), match.end(), text[: match.start()]
    if match["dae"]:
        top = amount.amount + _leading_step(amount.amount) - 1
        return MoneyFound(start, end, amount, Money(amount=top, currency=amount.currency), amount, "range")
    kind, low, high = "plain", None, None
    after = _AFTER_MAX.match(text, end) or _AFTER_MIN.match(text, end) or _AFTER_AROUND.match(text, end)
    if _AFTER_MAX.match(text, end) or _NOT_OVER.search(before) or _BEFORE_MAX.search(before):
        kind, high = "max", amount
    elif _AFTER_MIN.match(text, end) or _BEFORE_MIN.search(before):
        kind, low = "min", amount
    elif _AFTER_AROUND.match(text, end) or _BEFORE_AROUND.search(before):
        kind = "around"
        low = Money(amount=amount.amount * 8 // 10, currency=amount.currency)
        high = Money(amount=amount.amount * 12 // 10, currency=amount.currency)
    elif _EXACTLY.match(text, end):
        kind, low, high = "range", amount, amount
    return MoneyFound(_wish_start(text, start), after.end() if after else end, low, high, amount, kind)


def _wish_start(text: str, start: int) -> int:
    for pattern in (_NOT_OVER, _BEFORE_MAX, _BEFORE_MIN, _BEFORE_AROUND):
        if match := pattern.search(text[:start]):
            return match.start()
    return start


def _leading_step(amount: int) -> int:
    step = 1
    while amount and amount % (step * 10) == 0:
        step *= 10
    return step


def _ranges(text: str, currency: str) -> list[MoneyFound]:
    found = []
    for match in _BARE_RANGE.finditer(text):
        unit = _LARGE_UNITS.get(match["unit"]) or _SMALL_UNITS[match["unit"]]
        low, high = (Decimal(match[part].replace(",", "")) for part in "ab")
        low = low * unit if low < unit else low
        pair = _minor(low, "KRW"), _minor(high * unit, "KRW")
        top = pair[1].amount + (_leading_step(pair[1].amount) - 1 if match["dae"] else 0)
        found.append(MoneyFound(*match.span(), pair[0], Money(amount=top, currency="KRW"), pair[1], "range"))
    for match in _EN_RANGE.finditer(text):
        marked = (
            match["mark"]
            or match["sign"]
            or "$" in match.group()
            or match.group().lstrip().startswith("between")
        )
        low_value, high_value = _value(match["a"]), _value(match["b"])
        if not marked or low_value >= high_value:
            continue
        unit_mark = match["mark"] or match["sign"] or ("$" if "$" in match.group() else "")
        unit_currency = _MARKS.get(unit_mark, currency)
        low_money, high_money = _minor(low_value, unit_currency), _minor(high_value, unit_currency)
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        found.append(MoneyFound(start, match.end(), low_money, high_money, high_money, "range"))
    return found


def _bare_limits(text: str, currency: str, covered: list[tuple[int, int]]) -> list[MoneyFound]:
    found = []
    for match in (one for pattern in _BARE for one in pattern.finditer(text)):
        if _overlaps(match.span(), covered):
            continue
        amount = _minor(_value(match["n"]), currency)
        is_min = match["word"] in _LEAST
        low, high, kind = (amount, None, "min") if is_min else (None, amount, "max")
        found.append(MoneyFound(match.start(), match.end(), low, high, amount, kind))
    return found


_COUNTERS = "개월분|다발|포기|송이|조각|(?<!\\d)단(?=만|씩|주|을|이|에|\\s|$|[?.,!])|(?<!\\d\\s)(?<!\\d)모(?=만|씩|주|를|\\s|$|[?.,!])|켤레|묶음|세트|셋트|박스|상자|봉지|봉(?![가-힣]*투)|팩|자루|마리|피스|그루|캔|통|쌍|벌|장|권(?!\\s?(?:부터|까지|째))|병|대(?!로|도|구)|개(?!월)|포대|포|잔|족|매|줄|입|알(?![려아])|판|다스|짝|점(?=만|\\s|$)|롤|근(?!데|처|사)"
_KO_COUNT = r"\d{1,3}|열두|열한|스무|하나|다섯|여섯|일곱|여덟|여덜|아홉|한|두|세|네|열|석|넉|둘|셋|넷"
_KO_QUANTITY = re.compile(rf"(?<![\d.,])(?P<n>{_KO_COUNT})\s?(?:{_COUNTERS})(?![\d])")
_KO_ALONE = re.compile(
    r"(?<![가-힣])(?P<n>(?<!게\s)하나(?!요\s?\?)|(?<=게\s)하나(?!요)|둘|셋|넷|다섯)(?=만|로|씩|요|이요|더|\s|$|[,.!?~])(?!로\s?(?:된|되))(?!\s?(?:차이|다\s|중|작은|큰|크게|작게))"
)
_EN_COUNT = "|".join(word for word in _ENGLISH if word not in {"hundred", "dozen", "couple", "single"})
_EN_UNITS = (
    r"pairs?|pieces?|pcs|packs?|packets?|boxes|box|bottles?|cans?|units?|sets?|bags?(?=\sof)|items?|copies|copy|tubes?|jars?|rolls?|"
    r"cartons?|sheets?|bars?|cups?(?=\sof)|cases?|tins?|loaf|loaves|bunch(?:es)?|bouquets?|punnets?|crates?|trays?|tubs?|sacks?|(?=\s?of (?:these|those|them|this|that|each|the|it|number|no))|more of|more"
)
_EN_QUANTITY = re.compile(
    rf"(?<![\w.$#-])(?:(?P<n>\d{{1,3}}|{_EN_COUNT})\s?(?:{_EN_UNITS})\b|(?P<o>\d{{1,2}}|two|three|four|five|six)\s?orders?\b)"
)
_SPAN_OF_TIME = r"(?:days?|weeks?|months?|years?|hours?|minutes?|mins?|times?|nights?)"
_EN_MULTIPLE = re.compile(
    rf"(?<![\w.$])(?:a )?(?:(?P<m>two|three|four|five|six|\d{{1,2}})\s)?(?P<n>dozen|couple)(?!(?: of)? {_SPAN_OF_TIME})(?: of)?\b|(?<!\w)x\s?(?P<x>\d{{1,2}})\b|\b(?P<y>\d{{1,2}})x\b(?!\d)"
)
_EN_ACTS = (
    r"add|order|ordered|buy|bought|take|get|want|need|make (?:it|that|them)|quantity(?: to| of)?|qty|just|only|change (?:it |that )?to|have|give|to|put|pop|"
    r"throw|stick|chuck|toss|grab|send|remove|drop|reserve|price (?:for|of)|would"
)
# "need 2 return" is "need to return", "take 30 for it" an offer
_NOT_COUNTED = (
    r"days?|weeks?|months?|years?|hours?|minutes?|nights?|%|percent|dollars?|bucks?|pounds?|euros?|stars?|am|pm|o'clock|inch|mm|cm|kg|g\b|lbs?\b|oz\b|ounces?|ml\b|l\b|ft\b|feet|uk|us|eu|time|st|nd|rd|th|one\b|size|xl|x\b|"
    r"of my|for (?:it|this|them|these|both)|thing|person|people|place|(?<=[24]\s)(?:return|chn?a?nge|cancel|buy|get|pay|know|find|see|talk|speak|check|track|send|exchange|swap|order|use|make|go|be|ask|return)\b"
)
_EN_VERB = re.compile(
    rf"\b(?:{_EN_ACTS})\s(?:me |us |it to |in )?(?P<n>\d{{1,2}}|{_EN_COUNT.replace('a|an|', '', 1)})(?!\s?-?(?:{_NOT_COUNTED})|[\d.,:/%-]\d|\w|-)"
)
_EN_RATHER = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{_EN_COUNT})\s(?:not|instead of|rather than)\s(?:\d{{1,2}}|{_EN_COUNT})\b"
)
_AWAITED = re.compile(
    rf"^\s*(?:just\s|only\s|maybe\s)?(?P<n>\d{{1,3}}|{_EN_COUNT})(?:\s(?:please|pls|plz|thanks))?[.!~\s]*$|^\s*(?P<k>\d{{1,3}})\s?(?:이?요|입니다|만|로요)?[.!~\s]*$"
)


def find_quantities(text: str, *, awaited: bool = False) -> list[QuantityFound]:
    """How many of something, in a plain text: 두 켤레, 반팔 두장, 3개, a pair, two of these, x2.

    `awaited`: a number was just asked for, so that one alone is how many.
    """
    found: list[QuantityFound] = []
    if awaited and (alone := _AWAITED.match(text)):
        value = parse_number(alone["n"] or alone["k"])
        return [QuantityFound(int(value), *alone.span("n" if alone["n"] else "k"))] if value else []
    for pattern in (_KO_QUANTITY, _KO_ALONE, _EN_QUANTITY, _EN_MULTIPLE, _EN_RATHER, _EN_VERB):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            times = parse_number(parts.pop("m", None) or "1") or 1
            value = parse_number(next(part for part in parts.values() if part))
            span = match.span("n") if pattern in {_EN_VERB, _EN_RATHER} else match.span()
            if value is not None and value > 0 and not _overlaps(span, [(q.start, q.end) for q in found]):
                found.append(QuantityFound(int(value * times), *span))
    return sorted(found, key=lambda item: item.start)


_CURRENCY_NAMED = re.compile(
    r"(?i)\b(?:in|to|into)\s(?:us |american |korean )?(dollars?|bucks|usd|euros?|eur|pounds?|gbp|won|krw|yen|jpy|yuan)\b"
    r"|(달러|유로|파운드|위안|엔화|원화)(?:로|는|으로)"
)
_SPOKEN = {"엔화": "JPY", "원화": "KRW"}


def currency_named(text: str) -> str | None:
    """The currency (ISO 4217) an answer is wanted in ("how much is it in dollars", "달러로 얼마예요"); None when none is."""
    found = _CURRENCY_NAMED.search(text)
    if found is None:
        return None
    word = next(filter(None, found.groups())).lower()
    return _SPOKEN.get(word) or _MARKS.get(word) or _MARKS.get(word.rstrip("s"))

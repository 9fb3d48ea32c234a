"""Limits on what can be measured ("under 2 kg", "폭 60cm 이하", "2인용") and the measures on record they are held against."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# what is measured, and every unit of it as a factor of the first
_UNITS: dict[str, tuple[tuple[str, float], ...]] = {
    "mass": (("g 그램 grams? 그람", 1.0), ("kg 킬로그램 킬로 키로 kilos? kilograms?", 1000.0), ("mg 밀리그램", 0.001), ("oz 온스 ounces?", 28.3495), ("lbs? pounds?(?!\\s?sterling)", 453.592), ("톤 tons?", 1e6)),
    "length": (("mm 밀리미터 밀리 미리 millimet(?:er|re)s?", 1.0), ("cm 센티미터 센티 센치 centimet(?:er|re)s?", 10.0), ("m 미터 met(?:er|re)s?", 1000.0), ("인치 inch(?:es)? in \"", 25.4), ("ft feet foot 피트", 304.8)),
    "volume": (("ml cc 밀리리터 millilit(?:er|re)s?", 1.0), ("l 리터 lit(?:er|re)s?", 1000.0), ("fl\\.?\\s?oz", 29.5735), ("gallons? 갤런", 3785.41)),
    "charge": (("mah 밀리암페어", 1.0), ("ah", 1000.0)),
    "energy": (("wh", 1.0), ("kwh", 1000.0)),
    "power": (("w 와트 watts?", 1.0), ("kw 킬로와트", 1000.0)),
    "storage": (("gb 기가바이트 기가 gigs? gigabytes?", 1.0), ("tb 테라바이트 테라 terabytes?", 1024.0), ("mb 메가바이트", 1 / 1024)),
    "people": (("인용 인승 인석 인 명 people persons? 사람 seaters? seats? guests? players?", 1.0),),
    "hours": (("시간 hours? hrs? h", 1.0), ("분 min(?:ute)?s?", 1 / 60)),
    "noise": (("db 데시벨 decibels?", 1.0),),
    "refresh": (("hz 헤르츠 hertz", 1.0),),
    "light": (("lm 루멘 lumens?", 1.0),),
    "area": (("㎡ m2 m² 제곱미터 square met(?:er|re)s? sqm", 1.0), ("평형? 평", 3.3058), ("sq\\.?\\s?ft square f(?:ee|oo)t", 0.0929)),
    "pages": (("쪽 페이지 pages? pp", 1.0),),
    "pieces": (("피스 조각 pieces? pcs", 1.0),),
}  # fmt: skip
_FACTORS = [
    (dimension, unit, factor)
    for dimension, rows in _UNITS.items()
    for units, factor in rows
    for unit in units.replace(r"\s?", "\0").split()
]
_UNIT = "|".join(
    f"(?P<u{at}>{unit.replace(chr(0), r' ?')})"
    for at, (_, unit, _) in sorted(enumerate(_FACTORS), key=lambda one: -len(one[1][1]))
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_TEXT_NUMBERS = {
    "한": 1, "두": 2, "세": 3, "네": 4, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "one": 1, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12,
}  # fmt: skip
_SAID_NUMBER = rf"(?P<n>{_NUMBER})(?P<large>\s?(?:만|천|k(?=\s?mah)))?"
_END = r"(?![a-z²]|\d)"
_MEASURE = rf"{_SAID_NUMBER}\+?[\s-]?(?:{_UNIT}){_END}"

_SIDES = (
    ("width", r"폭|너비|가로|width|wide|narrow|across"),
    ("height", r"높이|height|tall|high|headroom"),
    ("depth", r"깊이|세로|depth|deep"),
    ("thickness", r"두께|도톰|thick|thin(?!g)"),
    ("length", r"(?<!폭)길이|총장|기장|length|long"),
    ("diameter", r"지름|직경|diameter"),
    ("screen", r"화면|모니터|디스플레이|screen|display|monitor|diagonal"),
    ("load", r"하중|체중|몸무게|버티|버텨|견디|견딜|load|supports?|weight limit|weight capacity|max(?:imum)? (?:user )?weight"),
)  # fmt: skip
_AT_MOST_KO = r"이하|이내|미만|안쪽|아래|밑|까지|안\s?넘|넘지\s?않|보다\s?(?:작|가벼|짧|얇|낮|좁)|안으로"
_AT_LEAST_KO = r"이상|넘는|넘게|넘어|초과|부터|보다\s?(?:크|큰|길|긴|두꺼|높|넓|무거)|쯤\s?넘"
_AT_MOST_EN = r"under|below|less than|lighter than|up to|max(?:imum)?(?: of)?|no more than|at most|not more than|(?:no|not) (?:bigger|larger|wider|taller|heavier|longer|deeper|thicker) than|smaller than|narrower than|shorter than|thinner than|within"
_AT_LEAST_EN = r"over|above|more than|at least|min(?:imum)?(?: of)?|no less than|not less than|(?:heavier|thicker|longer|bigger|larger|wider|taller|deeper) than|starting (?:at|from)"
_KO = re.compile(
    rf"{_MEASURE}\s?(?:정도|짜리)?(?:를|을|은|는|이|가|도)?\s?(?:(?P<most>{_AT_MOST_KO})|(?P<least>{_AT_LEAST_KO}))", re.IGNORECASE
)  # fmt: skip
_EN = re.compile(
    rf"\b(?:(?P<most>{_AT_MOST_EN})|(?P<least>{_AT_LEAST_EN}))\s(?:a |an |the |about )?{_MEASURE}",
    re.IGNORECASE,
)
_EN_AFTER = re.compile(
    rf"(?<![\w.,$]){_MEASURE}\s?(?:(?:wide|tall|high|deep|long|thick)\s)?(?:(?P<most>or (?:less|under|lighter|smaller|below)|max(?:imum)?\b|at most|tops)|(?P<least>\+|or (?:more|over|above|larger|bigger|longer)|plus\b|min(?:imum)?\b|and (?:up|over|above)))", re.IGNORECASE
)  # fmt: skip
_PLUS = re.compile(rf"(?<![\w.,$]){_SAID_NUMBER}\+[\s-]?(?:{_UNIT}){_END}", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?<![\d.,가-힣])(?P<n>\d{1,2}|[한두세네일이삼사오육])\s?(?:~|-)?\s?인용|\b(?P<m>\d{1,2}|two|three|four|five|six|eight|ten|twelve)[\s-](?:person|people|man|seater|seat)\b(?!\s?(?:per|a day))|"
    r"\b(?:for|seats|sleeps|serves)\s(?P<s>\d{1,2}|two|three|four|five|six|eight|ten|twelve)(?:\s(?:people|persons|guests|adults))?(?=$|[\s,.?!])(?!\s?(?:\$|dollars?|bucks|days?|weeks?|months?|years?|hours?|minutes?|of\b|each|bottles?|packs?))",
    re.IGNORECASE,
)
_DAYS = re.compile(r"\s?(?:안에|이내)?\s?(?:도착|배송|받)|\s?(?:전|뒤|후)(?![가-힣])")
_RANGE = re.compile(rf"(?P<a>{_NUMBER})\s?(?:~|–|-|to)\s?(?={_NUMBER})", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(
    rf"(?P<sides>{_NUMBER}(?:\s?(?:mm|cm|m|in|\"|인치)?\s?[x×*]\s?{_NUMBER}){{1,2}})\s?(?P<unit>mm|cm|m|in(?:ch(?:es)?)?|\"|인치)", re.IGNORECASE
)  # fmt: skip
_FIGURES = re.compile(_MEASURE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """At least `low` and at most `high` of a dimension, in its first unit (g, mm, ml, mAh …); `of` is the side or use it
    is about (width, height, load …), "" for any; where it was said."""

    dimension: str
    of: str
    low: float | None
    high: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure on record, in the first unit of its dimension; low and high differ where a range is stated."""

    dimension: str
    of: str
    low: float
    high: float


def find_limits(text: str) -> list[Limit]:
    """Every limit said in a plain text, in the order said: "2kg 이하", "at least 10,000 mAh", "3인용", "60cm wide or less"."""
    found: list[Limit] = []
    for pattern in (_KO, _EN, _EN_AFTER, _PLUS):
        for match in pattern.finditer(text):
            limit = _limit(text, match)
            if limit and not any(limit.start < one.end and one.start < limit.end for one in found):
                found.append(limit)
    for match in _PEOPLE.finditer(text):
        said = match["n"] or match["m"] or match["s"]
        people = float(_TEXT_NUMBERS.get(said.lower(), 0) or said)
        if not any(match.start() < one.end and one.start < match.end() for one in found):
            found.append(Limit("people", "", people, people, *match.span()))
    return sorted(found, key=lambda one: one.start)


def _limit(text: str, match: re.Match[str]) -> Limit | None:
    dimension, value = _value(match)
    if dimension == "hours" and _DAYS.match(text, match.end()):
        return None
    side, start = _side(text, match)
    groups = match.groupdict()
    if dimension == "people" and (side or "명" in match.group()):
        return None
    low, high = (None, value) if groups.get("most") else (value, None)
    return Limit(dimension, side, low, high, start, match.end())


def _value(match: re.Match[str]) -> tuple[str, float]:
    dimension, factor = next(
        (_FACTORS[int(name[1:])][0], _FACTORS[int(name[1:])][2])
        for name, unit in match.groupdict().items()
        if unit and name[1:].isdigit()
    )
    large = {"만": 10_000.0, "천": 1000.0, "k": 1000.0}.get((match["large"] or "").strip().lower(), 1.0)
    return dimension, float(match["n"].replace(",", "")) * factor * large


def _side(text: str, match: re.Match[str]) -> tuple[str, int]:
    """What a limit is about, from the words right before and after it, and where they begin."""
    before = text[max(0, match.start() - 14) : match.start()]
    inside = match.group() + text[match.end() : match.end() + 8]
    for side, words in _SIDES:
        near = re.search(rf"(?:{words})\S{{0,2}}\s*(?:is |of )?$", before, re.IGNORECASE)
        if near:
            return side, match.start() - len(before) + near.start()
    for side, words in _SIDES:
        if re.search(rf"(?<![a-z])(?:{words})", inside, re.IGNORECASE):
            return side, match.start()
    return "", match.start()


@lru_cache(maxsize=50_000)
def measured(name: str, value: str) -> tuple[Measured, ...]:
    """The measures an attribute on record states ("무게: 1.8kg", "Size: 60 x 80 x 30 cm"); () when it states none."""
    own = next((side for side, words in _SIDES if re.search(words, name, re.IGNORECASE)), "")
    out = list(_sides_of(value))
    rest = _SIDE_BY_SIDE.sub(" ", value)
    for match in _FIGURES.finditer(rest):
        dimension, high = _value(match)
        before = rest[: match.start()]
        begun = next((one for one in _RANGE.finditer(rest) if one.end() == match.start()), None)
        low = (
            high * float(begun["a"].replace(",", "")) / float(match["n"].replace(",", "") or 1)
            if begun
            else high
        )
        side = _word_before(before) or _word_after(rest[match.end() :]) or own
        out.append(Measured(dimension, side, min(low, high), max(low, high)))
    return tuple(out)


def _word_before(before: str) -> str:
    near = before[-10:]
    return next(
        (side for side, words in _SIDES if re.search(rf"(?:{words})\s?:?\s?$", near, re.IGNORECASE)), ""
    )


def _word_after(after: str) -> str:
    """ "58 inches wide": the side that stands after its figure."""
    return next((side for side, words in _SIDES if re.match(rf"\s?(?:{words})\b", after, re.IGNORECASE)), "")


def _sides_of(value: str) -> Iterator[Measured]:
    """Width, depth and height of "60 x 80 x 30 cm"; two figures are width and height."""
    for match in _SIDE_BY_SIDE.finditer(value):
        factor = {"mm": 1.0, "cm": 10.0, "m": 1000.0}.get(match["unit"].lower(), 25.4)
        figures = [float(one.replace(",", "")) * factor for one in re.findall(_NUMBER, match["sides"])]
        names = ("width", "depth", "height") if len(figures) == 3 else ("width", "height")
        for side, figure in zip(names, figures, strict=False):
            yield Measured("length", side, figure, figure)

"""Sizes in every system people write them in, and shoe sizes from one system to another."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from dataclasses import dataclass

from dangol.kernel.words import categories
from dangol.kernel.words.vocabulary import vocabulary

_DIGITS = dict(zip("영공일이삼사오육칠팔구", "00123456789", strict=True)) | {"륙": "6"}
_ALPHA_WORDS = {
    "엑스엑스라지": "XXL", "엑스라지": "XL", "투엑스라지": "XXL", "라지": "L", "미디엄": "M", "미디움": "M", "미듐": "M",
    "스몰": "S", "엑스스몰": "XS", "extra extra large": "XXL", "extra large": "XL", "x-large": "XL", "x large": "XL",
    "large": "L", "lrg": "L", "medium": "M", "med": "M", "extra small": "XS", "x-small": "XS", "small": "S", "double xl": "XXL",
}  # fmt: skip
# letters as they are said: "엘 사이즈", "엠으로도", "투엑스엘"; only where nothing else can be meant
_AFTER_SAID = (
    r"(?=\s?(?:사이즈|싸이즈|싸쥬|사쥬)|(?:이?랑|하고)\s|(?:으?로|은|는|도|이|가|를|만|이나|이면)*(?:도|요|여|욤|죠)?"
    r"(?:\s?(?:있|없|주세|주셈|줘|할게|할께|할래|살게|담|부탁|됩|되|돼|맞|바꿔|변경|교환|괜찮)[가-힣]*)?\s*(?:$|[?.!,~]|\s[가-힣a-z]))"
)
_TIMES = {"투": 2, "더블": 2, "쓰리": 3, "트리플": 3}
_LETTER = {"엘": "L", "라지": "L", "엠": "M", "에스": "S", "스몰": "S"}
_UNITS_AFTER = (
    r"(?!\s?(?:원|만|천|백|개|g\b|kg|ml|mg|cm|센치|센티|인용|인분|년|월|일(?![이])|시(?![가-힣])|번|명|층|호(?!수)|점|%|도(?!\s?있)|w\b|v\b|"
    r"mah|l\b|리터|평|프로|퍼센트|장|켤레|벌|박스|세트|병|매|봉|캔|팩|권|포인트|살|키로|송이|단(?!위)|포대|포기|마리|묶음|다발|조각|피스|통|근(?![가-힣])|줄|알|쪽|페이지|배(?![가-힣])|번째|미리|밀리|와트|볼트|메가|기가|테라|미터|dollars?|bucks?|usd|won|days?|hours?|"
    r"minutes?|am\b|pm\b|people|pieces|pairs?|packs?|oz|lbs?|inch|stars?|hz|gb|tb|watts?|percent|points?|th\b|st\b|nd\b|rd\b|of\b|more\b|x\b|\d|[.,:/-]\d|[-/][a-z]))"
)
_NOT_BEFORE = r"(?<![\d.,:/#$€£₩\w-])"
_KO_NOT_BEFORE = r"(?<![\d.,:/#$€£₩a-z_-])"
_NUMBER_EN = {
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
}

_INCHES = re.compile(
    rf"{_KO_NOT_BEFORE}(?P<v>[23]\d|4[0-4])\s?(?:인치|in\b(?!\s[a-z])|inch(?:es)?\b|\")(?!\s?(?:모니터|티비|tv|노트북|tablet|태블릿|캐리어|monitor|laptop|screen|suitcase|피자))"
)

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("mm", re.compile(rf"{_KO_NOT_BEFORE}(?P<v>\d{{3}})\s?(?:mm|미리|밀리|엠엠)(?:미터)?")),
    ("cm", re.compile(rf"{_KO_NOT_BEFORE}(?P<v>2\d\.5)(?![\d.]|\s?(?:원|만|천|점|인치|kg|g\b|l\b|%|도|dollars?|bucks?|inch|stars?|oz|lbs?))")),
    ("cm", re.compile(rf"{_KO_NOT_BEFORE}(?P<v>2\d(?:\.5)?)\s?(?:cm|센치|센티)(?:미터)?")),
    ("us", re.compile(r"(?:\bus|\bu\.s\.|미국\s?사이즈|미국|유에스)\s?(?:size\s?|사이즈\s?)?(?:men'?s\s?|women'?s\s?|mens\s?|womens\s?|[mw]\s?)?(?P<v>\d{1,2}(?:\.5)?)(?![\d.%]|\s?달러)")),
    ("us", re.compile(rf"{_NOT_BEFORE}(?P<v>\d{{1,2}}(?:\.5)?)\s?(?:us\b|in us sizes?|us sizes?)")),
    ("us", re.compile(r"(?:men'?s|women'?s|mens|womens)\s(?:size\s)?(?P<v>\d{1,2}(?:\.5)?)(?![\d.%]|\s?(?:pairs?|shoes|items|pieces|dollars|bucks))")),
    ("eu", re.compile(rf"{_NOT_BEFORE}(?P<v>[2-5]\d(?:\.5)?)\s?(?:eu\b|eur\b|in (?:eu|european|europe)\b|유럽)")),
    ("eu", re.compile(r"(?:\beu|\beur|유럽\s?사이즈|유럽|이유)\s?(?:size\s?|사이즈\s?)?(?P<v>\d{2}(?:\.5)?)(?![\d])")),
    ("unknown", re.compile(r"(?:\buk|영국)\s?(?:size\s?|사이즈\s?)?(?P<v>\d{1,2}(?:\.5)?)(?![\d])")),
    ("waist_in", _INCHES),
    ("waist_in", re.compile(r"(?:허리(?:가|는|사이즈)?|waist(?: is| size)?)\s?(?P<v>[23]\d|4[0-4])(?!\d|cm|\s?cm|센)")),
    ("waist_in", re.compile(rf"{_NOT_BEFORE}(?P<v>[23]\d|4[0-4])\s?(?:waist|x\s?[23]\d)")),
    ("free", re.compile(r"(?P<v>프리\s?사이즈|원\s?사이즈|free\s?size|one\s?size(?: fits all)?|프리(?=요|로|밖에|만|\s있|$))")),
    ("bed", re.compile(r"(?<![가-힣])(?P<v>슈퍼\s?싱글|라지\s?킹|싱글|더블|퀸|킹)\s?(?:사이즈|싸이즈)|(?<![가-힣])(?P<w>슈퍼\s?싱글|라지\s?킹|싱글|더블|퀸|킹)(?=(?:으?로|은|는|도|이|가|만|짜리|요|이요)?(?:\s|$|[?.,!]))")),
    ("bed", re.compile(r"\b(?P<v>california king|super king|king|queen|twin xl|twin|full|double|single)[\s-]sized?\b|\b(?P<w>california king|super king|king|queen|twin xl|twin)\b")),
    ("said", re.compile(rf"(?<![가-힣a-z0-9])(?P<v>(?:{'|'.join(_TIMES)})?\s?(?:엑스|엑){{0,3}}(?:{'|'.join(_LETTER)})){_AFTER_SAID}")),
    ("alpha", re.compile(r"(?<![a-z0-9'&+-])(?P<v>xxxl|xxl|xxs|xl|xs|[2-5]xl|[sml](?=\s?(?:사이즈|size|싸이즈|사쥬|or\b|and\b|로\b|랑|이랑|,|요|으로|하고|도|만|은|는|이|있|없|맞|주세|줘|담|괜찮|될|되|입|작|크|커|클|정도|면|가|를|을|\?|$)))(?![a-z0-9'])")),
    ("alpha", re.compile(r"(?:size|사이즈|싸이즈|a|an|in|got|have|get|need)\s(?P<v>[sml])(?![a-z0-9'])")),
    ("alpha", re.compile(r"(?<![a-z0-9'&+-])(?<!\d\s)(?P<v>[sml])(?=\s?[가-힣])")),
    ("alpha", re.compile(rf"(?<![a-z가-힣-])(?<!too )(?<!so )(?<!very )(?<!bit )(?<!runs )(?<!run )(?<!fit )(?<!fits )(?<!folds )(?<!packs )(?<!up )(?P<v>{'|'.join(sorted(_ALPHA_WORDS, key=len, reverse=True))})(?![a-z]|\s?(?:amount|talk|order|number|business|bag of|world|print|heat|kids|child|family|apartment|room))")),
    ("number", re.compile(r"(?:\bsize|\bsizes|\bsz|사이즈|싸이즈)\s?(?:is\s|in\s|a\s|of\s|us\s|:\s?|는\s?|은\s?|가\s?|도\s?)?(?P<v>\d{1,3}(?:\.5)?)(?![\d%]|[.,]\d)")),
    ("number", re.compile(r"\b(?:wear|wears|have|got|in|take|takes|am|i'm|im|usually|normally|for|need|want|get|than|an?)\s(?:an?\s)(?P<at>)(?P<v>\d{1,2}(?:\.5)?)(?P<half>\sand a half)?(?![\d%]|[.,:/-]\d|-|\s?(?:\"|inch|cm|mm|m\b|ft|foot|feet|kg|g\b|lbs?|oz|ml|l\b|litre|liter|w\b|watt|v\b|gb|tb|piece|pack|pair|person|people|player|year|yr|yo\b|y/o|month|week|day|hour|minute|mile|km|star|percent|dollar|buck|pound|euro|set|seat|tier|gallon|cup|page|th\b|st\b|nd\b|rd\b|in\s(?:one|1)))")),
    ("number", re.compile(r"\bin\s(?:an?\s)?(?P<v>\d{1,2}(?:\.5)?)(?:\s(?:and|or)\s\d{1,2}(?:\.5)?)?(?=\s*(?:$|[?!,]|\.(?!\d)|(?:please|pls|plz|too|as well|instead|or|and (?:how|what|is|do|can))\b))")),
    ("number", re.compile(r"\b(?:shoes?|boots?|sneakers?|trainers?|heels?|sandals?|cleats?|loafers?|flats|runners)\s(?P<at>)(?P<v>\d{1,2}(?:\.5)?)(?=\s?(?:$|[,.?!]|wide\b(?!\s(?:feet|foot|fit))|narrow\b(?!\s(?:feet|foot|fit))|please\b|pls\b|in\b|for\b|mens\b|womens\b|men's|women's|w\b|d\b|ee\b|or\b|and\b))")),
    ("number", re.compile(rf"{_KO_NOT_BEFORE}(?P<v>\d{{1,3}}(?:\.5)?)\s?(?:사이즈|싸이즈|사쥬|호수)")),
    ("english", re.compile(rf"\b(?:size|an?)\s(?P<v>{'|'.join(_NUMBER_EN)})(?P<half>\s(?:and a half|point five))?\b(?!\s?-?(?:pairs?|days?|weeks?|pack|of|stars?|more|piece|years?|yr|months?|hours?|minutes?|player|person|foot|inch|percent))")),
    ("spoken", re.compile(r"(?<![가-힣])(?P<v>[이삼][영공일이삼사오육륙칠팔구][영공오])(?![가-힣]*(?:원|만|천))")),
    ("spoken", re.compile(r"(?<![가-힣])(?P<v>이백[이삼사오육륙칠팔구]?십?오?)(?=[^가-힣]|$|이요|요|사이즈|있|으로|도|미리)")),
    ("cup", re.compile(r"(?<![\w.,$-])(?P<v>(?:6[05]|[789][05]|1[01][05]|3[02468]|4[0-4])(?:aa|dd|[a-f]))(?:컵|\scup)?(?![a-z0-9])")),
    ("bare", re.compile(rf"{_KO_NOT_BEFORE}(?P<v>\d{{2,3}}(?:\.5)?){_UNITS_AFTER}(?![a-z_-])")),
)  # fmt: skip

_KOREAN_CLOTHING = {
    "44",
    "55",
    "66",
    "77",
    "88",
    "99",
    "85",
    "90",
    "95",
    "100",
    "105",
    "110",
    "115",
    "120",
    "130",
    "140",
    "150",
    "160",
}


@dataclass(frozen=True, slots=True)
class Size:
    """A size and the system it is written in: mm, us, eu, kr, alpha, waist_in, free or unknown."""

    system: str
    value: str


@dataclass(frozen=True, slots=True)
class SizeFound:
    """A size and where it was said."""

    size: Size
    start: int
    end: int


def find_sizes(text: str, *, awaited: bool = False) -> list[SizeFound]:
    """Every size in a plain text: 270, 270mm, 이칠공, us 9, 9 사이즈, 프리사이즈, xl, 66, 95, 28인치, queen size.

    `awaited`: a size was just asked for, so that a number alone is one.
    """
    found: list[SizeFound] = []
    if awaited and (match := _AWAITED.search(text)):
        said = _by_range(_with_half(match)) or Size("unknown", _with_half(match))
        return [SizeFound(said, match.start("v"), match.end())]
    for system, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            described = system == "alpha" and match["v"] in _ALPHA_WORDS and _describes(text, match.end())
            size = None if described or _is_measure(text, system, match) else _read(system, match)
            if size and not any(match.start() < one.end and one.start < match.end() for one in found):
                at = "at" if "at" in match.groupdict() else 0
                found.append(SizeFound(size, match.start(at), match.end()))
    return sorted(found, key=lambda one: one.start)


_BED = re.compile(
    r"침대|매트|이불|토퍼|커버|시트|베개|프레임|패드|요\b|\bbed|mattress|duvet|sheet|blanket|topper|comforter|quilt|pillow|headboard"
)
_BEDS = {
    "슈퍼싱글": "super-single", "라지킹": "large-king", "싱글": "single", "더블": "double", "퀸": "queen", "킹": "king",
}  # fmt: skip
_AWAITED = re.compile(
    r"^\s*(?:an?\s|(?:i'?m|i am|it's|maybe|probably|usually|normally|about)\s(?:an?\s)?)*(?P<v>\d{1,2}(?:\.5)?)(?P<half>\sand a half|\s?반)?(?:\s?(?:이?요|이에요|예요|입니다|호|정도요?|please|pls))*[.!~\s]*$"
)
# "160에 52키로", "5'7 150lbs": who somebody is, and no size of goods
_BODY = re.compile(
    r"(?<![가-힣])(?:키|신장)\S{0,2}\s?\d{3}(?:\s?(?:cm|센치|센티))?|\d{3}\s?(?:cm|센치|센티)?\s?(?:에|/|,)\s?\d{2,3}\s?(?:kg|키로|킬로)|"
    r"\d\s?(?:'|ft|feet|foot)\s?\d{0,2}\"?,?\s?(?:and\s|at\s)?\d{2,3}(?:\s?lbs?|\s?pounds|\s?kg)?"
)
# "가로 120 이상", "70 wide": how large a thing is, and no size that is worn
_MEASURED = re.compile(
    r"(?:가로|세로|폭|너비|높이|(?<!발)(?<!발\s)길이|깊이|두께|지름|둘레|무게|몸무게|체중|width|height|length|depth|diameter|weigh(?:s|t)?)\S{0,2}\s*$"
)
_LIMITED = re.compile(r"\s?(?:이하|이상|미만|초과|안쪽|이내|까지|넘|안\s?넘|짜리|or (?:less|more))")
_MEASURE = re.compile(r"\s?(?:cm|mm)?\s?(?:wide|tall|deep|high|across)\b")


def _is_measure(text: str, system: str, match: re.Match[str]) -> bool:
    if system == "bed":
        return not (match["v"] or _BED.search(text))
    if match.re is _INCHES:
        return _wears_none(text, "clothing")
    if system not in ("bare", "mm", "cm"):
        return False
    if any(one.start() <= match.start() < one.end() for one in _BODY.finditer(text)):
        return True
    if _MEASURED.search(text[: match.start()]) or _MEASURE.match(text, match.end()):
        return True
    return system != "bare" and _LIMITED.match(text, match.end()) is not None and _wears_none(text, "shoes")


# what may follow a size in letters: "small please", "medium or large"; before another noun it only describes ("large dogs")
_FOLLOWERS = """
in please pls plz and or is for to of one ones size sized sizes but if then too thanks instead not isn't would will fits fit was
are has with on at the i im i'm it it's available left only today now again also be by from so still should works pair pairs regular
tall petite short long wide slim stock men's mens women's womens kids kid's boys girls unisex as than that this which do does can could
right best correct enough big ok okay good better fine safe left large medium small when because cause cuz my
me you u we they he she have got need want get was were may might a an any how what where who will
"""
_AFTER_LETTERS = frozenset(_FOLLOWERS.split())
_NEXT_WORD = re.compile(r"\s([a-z][a-z']*)")
_WORN = ("categories", "colours", "materials", "attributes")


def _describes(text: str, end: int) -> bool:
    """Whether "small", "medium" or "large" goes with a noun that is no goods: a large dog, a small kitchen."""
    following = _NEXT_WORD.match(text, end)
    if following is None or following[1] in _AFTER_LETTERS:
        return False
    return not any(
        start == following.start(1) for table in _WORN for _, start, _ in vocabulary(table).find_plain(text)
    )


def _wears_none(text: str, department: str) -> bool:
    """Whether goods are named and none of them is of a department: "27 inch monitor" names no waist."""
    goods = [slug for slug, *_ in categories.words().find_plain(text)]
    return bool(goods) and not any(categories.is_within(slug, department) for slug in goods)


def _read(system: str, match: re.Match[str]) -> Size | None:
    written = match["v"]
    if system in {"us", "eu", "unknown", "mm", "waist_in"}:
        return Size(system, written)
    if system in {"bed", "cup"}:
        return Size("unknown", written.upper() if system == "cup" else _bed(written or match["w"]))
    if system == "free":
        return Size("free", "free")
    if system == "said":
        return Size("alpha", _letters_said(written))
    if system == "alpha":
        return Size(
            "alpha", _ALPHA_WORDS.get(written, written.upper().replace("2XL", "XXL").replace("3XL", "XXXL"))
        )
    return Size("mm", str(round(float(written) * 10))) if system == "cm" else _read_number(system, match)


def _letters_said(written: str) -> str:
    """The letters that were said ("투엑스엘" → XXL)."""
    letter = next(value for said, value in _LETTER.items() if written.endswith(said))
    times = next((value for said, value in _TIMES.items() if written.startswith(said)), written.count("엑"))
    return "X" * times + letter


def _bed(written: str) -> str:
    return _BEDS.get("".join(written.split()), "-".join(written.split()))


def _read_number(system: str, match: re.Match[str]) -> Size | None:
    written = match["v"]
    if system == "english":
        return Size("unknown", f"{_NUMBER_EN[written]}{'.5' if match['half'] else ''}")
    if system == "spoken":
        digits = _spoken(written)
        return _by_range(digits) if digits else None
    written = _with_half(match)
    size = _by_range(written)
    if system == "bare" and (size is None or size.system == "unknown"):
        return None
    return size or Size("unknown", written)


def _with_half(match: re.Match[str]) -> str:
    return match["v"] + (".5" if match.groupdict().get("half") else "")


def _spoken(written: str) -> str | None:
    if "백" not in written:
        return "".join(_DIGITS[char] for char in written)
    value = 200
    rest = written.removeprefix("이백")
    if "십" in rest:
        tens, _, ones = rest.partition("십")
        value += int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))
    return str(value) if rest else None


def _by_range(written: str) -> Size | None:
    if written in _KOREAN_CLOTHING:
        return Size("kr", written)
    value = float(written)
    if 200 <= value <= 320 and value % 5 == 0:
        return Size("mm", written)
    if 125 <= value < 200 and value % 5 == 0:
        return Size("mm", written)
    return Size("unknown", written) if value < 60 else None


def mm_from_us(us: float, audience: str) -> int:
    """Foot length in mm of a US shoe size for "men" or "women" (men: 180 + 10 x size, so that 9 is 270; women: 170 + 10 x size)."""
    return round(us * 10) + (170 if audience == "women" else 180)


def us_from_mm(mm: int, audience: str) -> float:
    """US shoe size of a foot length in mm for "men" or "women", to the nearest half (270 is men's 9)."""
    return round((mm - (170 if audience == "women" else 180)) / 5) / 2


def possible_mm(size: Size, audience: str | None = None) -> list[int]:
    """The foot lengths a shoe size may stand for: one when the system and audience settle it, two when not."""
    if size.system == "mm":
        return [int(size.value)]
    if size.system not in {"us", "unknown"} or float(size.value) > 16:
        return []
    audiences = [audience] if audience in {"men", "women"} else ["men", "women"]
    return sorted({mm_from_us(float(size.value), one) for one in audiences})

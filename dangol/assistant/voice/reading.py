"""A written text as it is read aloud: figures in words, nothing letter by letter that only eyes can use."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal

from dangol.kernel.money import Money, exponent
from dangol.kernel.words.spoken import (
    count_in_korean,
    ordinal_in_english,
    say_digits,
    say_money,
    say_number,
)

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday",
    "Sun": "Sunday",
}  # fmt: skip
_SIGNS = {"₩": "KRW", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "CA$": "CAD", "A$": "AUD"}
_KOREAN_COINS = {"원": "KRW", "달러": "USD", "유로": "EUR", "엔": "JPY"}
# goods and people are counted in native numbers: 두 켤레, 세 시간; days and won are not
_COUNTERS = (
    "개(?!월)|켤레|장|벌|명|가지|마리|병|잔|상자|박스|봉지|묶음|세트|팩|줄|송이|자루|권|대(?![가-힣])|쌍|곳|군데|살|시간|"
    "달(?!러)|번(?![가-힣]*호)|건|분(?=[이께의]\\s|께)"
)
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNITS = {
    "%": ("퍼센트", "percent"), "cm": ("센티미터", "centimetres"), "mm": ("밀리미터", "millimetres"),
    "kg": ("킬로그램", "kilograms"), "g": ("그램", "grams"), "ml": ("밀리리터", "millilitres"), "l": ("리터", "litres"),
    "km": ("킬로미터", "kilometres"), "m": ("미터", "metres"), "w": ("와트", "watts"), "v": ("볼트", "volts"),
    "mah": ("밀리암페어시", "milliamp hours"), "gb": ("기가바이트", "gigabytes"), "°c": ("도", "degrees"),
}  # fmt: skip
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_CODE = r"(?:인증\s?번호|인증\s?코드|(?:one-time |verification |six-digit )?code)[^\d.!?\n]{0,12}\d{4,8}"

# what a text holds that is not read as it stands; the first that fits at a place is taken
_PIECES: tuple[tuple[str, str], ...] = (
    ("code", rf"(?i:{_CODE})"),
    ("link", r"https?://\S+|www\.\S+"),
    ("email", r"[\w.*%+-]+@[\w*-]+(?:\.[\w*-]+)+"),
    ("iso_date", r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])(?:T[\d:.+Z-]+)?"),
    ("korean_date", r"(?:\d{4}년\s?)?\d{1,2}월\s?\d{1,2}일(?:\s?\([월화수목금토일]\))?"),
    ("korean_month", r"(?<!\d)\d{1,2}월"),
    (
        "english_date",
        r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s)?\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
        r"\s\d{1,2}(?![\d:])(?:,\s\d{4})?",
    ),
    ("time", r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])"),
    ("phone", r"(?<![\d-])(?:\+\d{1,3}[-\s])?(?:0\d{1,2}-\d{3,4}-\d{4}|1[5-8]\d{2}-\d{4}|\d{3}-\d{3}-\d{4})(?![\d-])"),
    ("number_sign", r"#[A-Za-z]{0,4}-?\d[\dA-Za-z-]*|№\s?\d+"),
    ("hyphened", r"(?<![A-Za-z\d-])(?:[A-Z]{1,4}-?)?\d{2,}(?:-[\dA-Z]{2,})+(?![A-Za-z\d-])"),
    (
        "named_number",
        r"(?:(?<=주문번호 )|(?<=주문 번호 )|(?<=주문 )|(?<=[Oo]rder )|(?<=number ))[A-Z]{0,4}\d{3,9}"
        r"(?![\d,.]\d|\s?[가-힣%]?원|개|건)|(?<![\w,.])\d{3,9}(?=\s주문)",
    ),
    (
        "long_number",
        r"(?<![\d,.-])\d{10,}(?!\d)|(?<![A-Za-z\d-])(?=[A-Z]*\d[A-Z]*\d)[A-Z\d]{10,}(?![A-Za-z\d-])",
    ),
    (
        "money",
        rf"-?(?:CA\$|A\$|[₩$€£¥])\s?(?:{_FIGURE})|-?(?:{_FIGURE})\s?(?:원|달러|유로|엔)(?![가-힣]*\s?화)"
        rf"|-?(?:{_FIGURE})\s[A-Z]{{3}}\b",
    ),
    ("counted", rf"(?<![\d.,])(?:\d{{1,2}}\s?[~–-]\s?)?\d{{1,2}}\s?(?:{_COUNTERS})"),
    (
        "range",
        rf"(?<![\d.,-])(?:{_FIGURE})\s?[~–]\s?(?={_FIGURE})"
        r"|(?<![\d.,-])\d{1,3}-(?=\d{1,3}\s?(?:일|주|개월|days?|weeks?|business|months?|hours?|minutes?))",
    ),
    ("until", r"(?<=[일)\d])\s?[~–]\s?(?=\d|[A-Z][a-z]{2})"),
    ("ordinal", r"(?<![\d.,])\d{1,3}(?:st|nd|rd|th)\b"),
    ("times", r"[×x]\s?\d{1,4}(?![\dA-Za-z])"),
    ("measure", rf"(?<![\w.,])(?:{_FIGURE})\s?(?i:{_UNIT})(?![A-Za-z])"),
    ("number", rf"-?(?<![\w.,])(?:{_FIGURE})|(?<=[가-힣])(?:{_FIGURE})"),
    ("rest", r"\d+"),
)  # fmt: skip
_SCAN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PIECES))
_LABELLED_LINK = re.compile(r"\[([^\]]{1,200})\]\([^)\s]{1,500}\)")
_MARKUP = re.compile(
    r"[*_`#>]{2,}|^[#>*-]\s+|[«»“”\"✓✗★☆•→]|\(\s*\)|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]", re.M
)
_PAUSES = re.compile(r"\s*[·|/]\s+|\s+/\s*|\s*·\s*|\n+")
# the sentence was made for figures, not for a coin's name
_COIN_COPULA = re.compile(r"(?<=달러)이에요|(?<=센트)이에요|(?<=유로)이에요|(?<=파운드)이에요")
_UNSEEN = {
    "link": ("화면의 링크", "the link on your screen"),
    "email": ("화면에 적힌 이메일 주소", "the e-mail address on your screen"),
    "code": ("인증번호", "the code"),
    "private_phone": ("화면에 적힌 전화번호", "the phone number on your screen"),
    "long_number": ("화면에 적힌 번호", "the number on your screen"),
}


def read_aloud(text: str, language: str, *, phones: Collection[str] | None = None) -> str:
    """A text as it is spoken. Links, e-mail addresses and long numbers are pointed to on the screen, codes left out.

    `phones`: the phone numbers anybody may hear, the shop's own; None when who listens has shown who they are.
    """
    spoken = "ko" if language == "ko" else "en"
    public = None if phones is None else frozenset(re.sub(r"\D", "", each) for each in phones)
    text = _LABELLED_LINK.sub(r"\1", text)
    text = _SCAN.sub(lambda match: _said(match, spoken, public), text)
    text = _PAUSES.sub(", ", _MARKUP.sub(" ", text))
    text = re.sub(r"[(（]\s*([^()（）]*?)\s*[)）]", r", \1,", text)
    text = re.sub(r"\s*,(?:\s*,)+", ",", re.sub(r"\s+", " ", text))
    text = _COIN_COPULA.sub("예요", text)
    return re.sub(r"\s*,\s*(?=[.!?])|\s+(?=[,.!?])|,\s*$", "", text).strip()


def _said(match: re.Match[str], language: str, phones: Collection[str] | None) -> str:
    kind, written = match.lastgroup or "", match.group()
    if kind == "phone" and phones is not None and re.sub(r"\D", "", written) not in phones:
        kind = "private_phone"
    if kind in _UNSEEN:
        return _UNSEEN[kind][language != "ko"]
    return _SAY[kind](written, language)


def _value(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _figure(written: str) -> str:
    found = re.search(_FIGURE, written)
    return found.group() if found else "0"


def _number(written: str, language: str) -> str:
    return say_number(_value(written), language)


def _digits(written: str, language: str) -> str:
    return say_digits(written.replace("№", "").replace("+", ""), language)


def _money(written: str, language: str) -> str:
    sign, amount = next(((each, code) for each, code in _SIGNS.items() if each in written), ("", ""))
    for name in ("CA$", "A$"):
        sign, amount = (name, _SIGNS[name]) if name in written else (sign, amount)
    if not amount:
        mark = re.sub(r"[\d.,\s-]", "", written)
        amount = _KOREAN_COINS.get(mark, mark)
    value = _value(_figure(written)) * (-1 if written.startswith("-") else 1)
    minor = value.scaleb(exponent(amount))
    if minor != int(minor):
        return f"{say_number(value, language)} {amount}"
    return say_money(Money(amount=int(minor), currency=amount), language)


def _counted(written: str, language: str) -> str:
    numbers = [int(each) for each in re.findall(r"\d+", written)]
    counter = re.sub(r"[\d\s~–-]", "", written)
    return f"{'에서 '.join(count_in_korean(each) for each in numbers)} {counter}"


def _range(written: str, language: str) -> str:
    return f"{_number(_figure(written), language)}{'에서' if language == 'ko' else ' to'} "


def _until(written: str, language: str) -> str:
    return "에서 " if language == "ko" else " to "


def _times(written: str, language: str) -> str:
    many = int(_figure(written))
    return f"{count_in_korean(many)} 개" if language == "ko" else say_number(many, "en")


def _measure(written: str, language: str) -> str:
    unit = written[len(_figure(written)) :].strip().lower()
    return f"{_number(_figure(written), language)} {_UNITS[unit][language != 'ko']}"


def _ordinal(written: str, language: str) -> str:
    value = int(_figure(written))
    return ordinal_in_english(value) if language != "ko" else f"{count_in_korean(value)} 번째"


def _korean_month(written: str, language: str) -> str:
    month = int(written[:-1])
    return {6: "유월", 10: "시월"}.get(month, f"{say_number(month, 'ko')}월")


def _korean_date(written: str, language: str) -> str:
    numbers = [int(each) for each in re.findall(r"\d+", written)]
    weekday = re.search(r"\(([월화수목금토일])\)", written)
    said = f"{_korean_month(f'{numbers[-2]}월', 'ko')} {say_number(numbers[-1], 'ko')}일"
    if len(numbers) == 3:
        said = f"{say_number(numbers[0], 'ko')}년 {said}"
    return f"{said} {weekday[1]}요일" if weekday else said


def _iso_date(written: str, language: str) -> str:
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return say_digits(written[:10], language)
    if language == "ko":
        return _korean_date(f"{day.year}년 {day.month}월 {day.day}일", "ko")
    return f"{_MONTHS[day.month - 1]} {ordinal_in_english(day.day)}, {_year(day.year)}"


def _english_date(written: str, language: str) -> str:
    parts = re.findall(r"[A-Za-z]+|\d+", written)
    if parts[0][:3] in _WEEKDAYS:
        weekday, parts = f"{_WEEKDAYS[parts[0][:3]]}, ", parts[1:]
    else:
        weekday = ""
    month = next(each for each in _MONTHS if each.startswith(parts[0][:3]))
    year = f", {_year(int(parts[2]))}" if len(parts) == 3 else ""
    return f"{weekday}{month} {ordinal_in_english(int(parts[1]))}{year}"


def _year(year: int) -> str:
    """A year as it is said in English: two thousand eight, twenty twenty-six."""
    century, rest = divmod(year, 100)
    if not 1100 <= year <= 2099 or 2000 <= year < 2010 or rest == 0:
        return say_number(year, "en")
    return f"{say_number(century, 'en')} {'oh ' if rest < 10 else ''}{say_number(rest, 'en')}"


def _time(written: str, language: str) -> str:
    hour, minute = (int(part) for part in written.split(":"))
    if language == "ko":
        said = f"{'오전' if hour % 24 < 12 else '오후'} {count_in_korean((hour - 1) % 12 + 1)} 시"
        return f"{said} {say_number(minute, 'ko')} 분" if minute else said
    said = say_number((hour - 1) % 12 + 1, "en")
    if minute:
        said += f" {'oh ' if minute < 10 else ''}{say_number(minute, 'en')}"
    return f"{said} {'AM' if hour % 24 < 12 else 'PM'}"


_SAY: dict[str, Callable[[str, str], str]] = {
    "iso_date": _iso_date,
    "korean_date": _korean_date,
    "korean_month": _korean_month,
    "english_date": _english_date,
    "time": _time,
    "phone": _digits,
    "number_sign": _digits,
    "hyphened": _digits,
    "named_number": _digits,
    "money": _money,
    "counted": _counted,
    "range": _range,
    "until": _until,
    "ordinal": _ordinal,
    "times": _times,
    "measure": _measure,
    "number": _number,
    "rest": lambda written, language: f" {_number(written, language)} ",
}

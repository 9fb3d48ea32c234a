"""Numbers as they are spoken in Korean and English: 129,000 → 십이만 구천 · one hundred twenty-nine thousand."""

from __future__ import annotations

from decimal import Decimal

from dangol.kernel.money import Money, exponent

_SINO = "영일이삼사오육칠팔구"
_SMALL = ((1_000, "천"), (100, "백"), (10, "십"))
_LARGE = ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, ""))
_NATIVE_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (1, ""))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_COINS = {
    "KRW": ("원", "won|won", "", ""),
    "JPY": ("엔", "yen|yen", "", ""),
    "USD": ("달러", "dollar|dollars", "센트", "cent|cents"),
    "EUR": ("유로", "euro|euros", "센트", "cent|cents"),
    "GBP": ("파운드", "pound|pounds", "펜스", "penny|pence"),
    "CAD": ("캐나다 달러", "Canadian dollar|Canadian dollars", "센트", "cent|cents"),
    "AUD": ("호주 달러", "Australian dollar|Australian dollars", "센트", "cent|cents"),
    "CNY": ("위안", "yuan|yuan", "", ""),
}
MOST = 10**15  # beyond it nobody follows by ear


def say_number(value: Decimal | int, language: str) -> str:
    """A number in words, decimals digit by digit; one too long to follow by its digits."""
    value = Decimal(value)
    sign = "" if value >= 0 else ("마이너스 " if language == "ko" else "minus ")
    whole, _, decimals = f"{abs(value):f}".partition(".")
    if int(whole) >= MOST:
        return sign + say_digits(whole, language)
    words = _korean(int(whole)) if language == "ko" else _english(int(whole))
    if decimals.strip("0"):
        point = "점" if language == "ko" else "point"
        words = f"{words} {point} {say_digits(decimals, language)}"
    return sign + words


def say_digits(written: str, language: str) -> str:
    """Figures one by one, as a call centre reads an order or phone number: 일공공삼 · one zero zero three.

    Groups ("010-1234-5678") are kept apart by a pause; letters between the figures are spoken as they stand.
    """
    groups = [group for group in written.replace("#", "").replace(" ", "-").split("-") if group]
    return ", ".join(_group(group, language) for group in groups)


def _group(group: str, language: str) -> str:
    if language == "ko":
        return "".join(
            "공" if char == "0" else _SINO[int(char)] if char in "123456789" else char for char in group
        )
    return " ".join(_ONES[int(char)] if char in "0123456789" else char for char in group)


def count_in_korean(value: int) -> str:
    """How many, before a counter: 한 개, 스무 장, 서른두 명; from a hundred on as a plain number."""
    if not 0 < value < 100:
        return _korean(value)
    if value == 20:
        return "스무"
    return _NATIVE_TENS[value // 10] + _NATIVE_ONES[value % 10]


def ordinal_in_english(value: int) -> str:
    """First, twenty-third, one hundred and first."""
    words = _english(value)
    head, mark, last = words.rpartition("-") if "-" in words.split()[-1] else words.rpartition(" ")
    if last in _ORDINALS:
        turned = _ORDINALS[last]
    else:
        turned = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return f"{head}{mark}{turned}"


def say_money(money: Money, language: str) -> str:
    """An amount as it is said at a till: 십이만 구천 원 · fourteen dollars and ninety-five cents."""
    korean, english, minor_korean, minor_english = _COINS.get(
        money.currency, (money.currency, f"{money.currency}|{money.currency}", "", "")
    )
    places = exponent(money.currency)
    whole, rest = divmod(abs(money.amount), 10**places)
    if rest and not minor_korean:
        value = Decimal(money.amount).scaleb(-places)
        return f"{say_number(value, language)} {korean if language == 'ko' else english.split('|')[1]}"
    sign = "" if money.amount >= 0 else ("마이너스 " if language == "ko" else "minus ")
    parts = [] if rest and not whole else [_coins(whole, korean, english, language)]
    if rest:
        parts.append(_coins(rest, minor_korean, minor_english, language))
    return sign + (" " if language == "ko" else " and ").join(parts)


def _coins(value: int, korean: str, english: str, language: str) -> str:
    if language == "ko":
        return f"{say_number(value, 'ko')} {korean}"
    one, many = english.split("|")
    return f"{say_number(value, 'en')} {one if value == 1 else many}"


def _korean(value: int) -> str:
    if value == 0:
        return _SINO[0]
    parts: list[str] = []
    for scale, name in _LARGE:
        section, value = divmod(value, scale)
        if section:
            # 만, not 일만, at the head of a number
            words = "" if section == 1 and name == "만" and not parts else _section(section)
            parts.append(words + name)
    return " ".join(parts)


def _section(value: int) -> str:
    words = ""
    for scale, name in _SMALL:
        many, value = divmod(value, scale)
        if many:
            words += ("" if many == 1 else _SINO[many]) + name
    return words + (_SINO[value] if value else "")


def _english(value: int) -> str:
    if value == 0:
        return _ONES[0]
    parts: list[str] = []
    for scale, name in _SCALES:
        section, value = divmod(value, scale)
        if section:
            parts.append(f"{_below_thousand(section)} {name}".strip())
    return " ".join(parts)


def _below_thousand(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest and rest < 20:
        words.append(_ONES[rest])
    elif rest:
        words.append(_TENS[rest // 10] + (f"-{_ONES[rest % 10]}" if rest % 10 else ""))
    return " ".join(words)

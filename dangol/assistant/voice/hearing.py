"""What was spoken as it would have been typed: figures said one by one, an e-mail address spelled out, a button by number.

Only what was spoken goes through here. Words stay as they were heard; nothing is guessed that was not said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.assistant.state import OfferedChoice, State

_KO_FIGURES = {char: str(value) for value, char in enumerate("영일이삼사오육칠팔구")} | {"공": "0", "륙": "6"}
_EN_FIGURES = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_EN_PAIRS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3}
_KO_DIGIT = "[영공일이삼사오육륙칠팔구0-9]"
_KO_GAP = r"(?:\s?[,.-]\s?|에?\s?(?:다시|대시)\s|에\s|\s)"
_KO_RUN = re.compile(rf"(?<![가-힣\w]){_KO_DIGIT}+(?:{_KO_GAP}{_KO_DIGIT}+)*(?P<after>[가-힣]{{0,4}})")
# what may follow figures; 이 may be theirs or the ending's
_ENDING = re.compile(
    r"(?:(?:이)?(?:에요|예요|요|고요?|구요|야|며|라고\w*)|입니다|번\w*|은|는|을|를|로|으로|하고|랑|인데\w*|)$"
)
_KO_CARDINAL = re.compile(
    r"(?P<named>(?:주문|오더)\s?(?:번호)?\s?(?:는|은|가)?\s?)?(?<![가-힣])(?P<run>[일이삼사오육칠팔구]?만?\s?"
    r"[일이삼사오육칠팔구]?천[일이삼사오육칠팔구십백]*)(?P<mark>\s?번)?(?!\s?원|\s?점|[가-힣]*\s?원)"
)
_SPACED = re.compile(r"(?<![\d.,-])\d(?:[\s,.-]{1,2}\d(?!\d)){2,}(?![\d])")
_EN_WORD = "|".join([*_EN_FIGURES, *_EN_PAIRS, *_TIMES])
_EN_RUN = re.compile(
    rf"(?i)(?<![\w-])(?:\d|{_EN_WORD})(?:[\s,-]+(?:dash\s|hyphen\s)?(?:\d(?!\d)|{_EN_WORD}))+(?![\w-])"
)
_NAMED = re.compile(
    r"(?i)(?:번호|주문|코드|우편|전화|연락처|폰|number|order|code|zip|phone|postcode)[^\d]{0,14}$"
)
_WRITTEN = re.compile(r"\d\d")  # figures that are figures already
_AWAIT_FIGURES = frozenset({"proof", "code", "purchase_code", "contact", "recipient", "own_phone", "address"})
_LEAST, _LEAST_UNASKED = 4, 5

_MAIL_HOSTS = {
    "네이버": "naver", "지메일": "gmail", "구글": "gmail", "다음": "daum", "한메일": "hanmail", "카카오": "kakao",
    "네이트": "nate", "핫메일": "hotmail", "야후": "yahoo", "아이클라우드": "icloud", "아웃룩": "outlook",
}  # fmt: skip
_MAIL_ENDS = {"닷컴": ".com", "닷넷": ".net", "닷케이알": ".kr"}
_MAIL = re.compile(
    r"(?i)(?<![a-z0-9])(?P<name>[a-z0-9]+(?:(?:\s?(?:dot|점|닷|\.)\s?|\s?(?:underscore|언더바)\s?|\s?(?:dash|hyphen|하이픈)\s?)[a-z0-9]+)*)"
    rf"\s?(?:\bat\b|골뱅이|앳|@)\s?(?P<host>[a-z0-9-]+|{'|'.join(_MAIL_HOSTS)})"
    r"(?P<end>(?:\s?(?:dot|점|닷|\.)\s?(?:[a-z]{2,}|컴|넷|케이알)){1,3}|\s?닷컴|\s?닷넷)"
)
_MAIL_MARKS = (
    (r"\s?(?:\bdot\b|점|닷)\s?", "."),
    (r"\s?(?:\bunderscore\b|언더바)\s?", "_"),
    (r"\s?(?:\bdash\b|\bhyphen\b|하이픈)\s?", "-"),
    ("컴", "com"),
    ("넷", "net"),
    ("케이알", "kr"),
)
_BY_NUMBER = re.compile(
    r"(?i)^\W*(?:(?:number|option|choice)\s(?P<en>one|two|three|four|five|six|seven|eight|[1-8])(?:\splease)?"
    r"|(?P<ko>[일이삼사오육칠팔]|[1-8])\s?번\s?(?:이요|요|으로|으로요|이에요|할게요|해\s?주세요|으로\s?해\s?주세요|으로\s?할게요)?)\W*$"
)


def as_typed(text: str, state: State) -> str:
    """A spoken message as it would have been typed, in the light of what was asked last."""
    pressed = _by_number(text, state.memory.offered)
    if pressed is not None:
        return pressed
    awaited = state.memory.awaits in _AWAIT_FIGURES
    return figures(_mail(text), awaited=awaited)


def figures(text: str, *, awaited: bool = False) -> str:
    """Figures said one by one as figures; `awaited`: a number, a phone or a code was just asked for."""
    text = _SPACED.sub(lambda match: re.sub(r"\D", "", match.group()), text)
    text = _KO_RUN.sub(lambda match: _korean(match, awaited), text)
    text = _KO_CARDINAL.sub(lambda match: _cardinal(match, awaited), text)
    return _EN_RUN.sub(lambda match: _english(match, awaited), text)


def _enough(count: int, match: re.Match[str], awaited: bool) -> bool:
    asked = awaited or _NAMED.search(match.string[: match.start()]) is not None
    return count >= (_LEAST if asked else _LEAST_UNASKED)


def _korean(match: re.Match[str], awaited: bool) -> str:
    after = match["after"]
    run = match.group().removesuffix(after)
    if not _ENDING.match(after) or _WRITTEN.search(run):
        return match.group()
    if run.endswith("이") and _is_ending(run, after):
        run, after = run[:-1], f"이{after}"
    groups = [
        "".join(_KO_FIGURES.get(char, char) for char in group) for group in re.split(_KO_GAP, run) if group
    ]
    if not _enough(sum(map(len, groups)), match, awaited) or _is_words(run, groups, awaited):
        return match.group()
    gap = " " if run.endswith(" ") else ""
    return _together(groups, dashed="다시" in run or "대시" in run) + gap + after


def _is_ending(run: str, after: str) -> bool:
    """Whether a last 이 is no figure but the ending's: 일공공삼이에요 is 1003, 일공공이예요 and 일공공이요 are 1002."""
    if run[-2:-1] == " " and after:
        return True
    closed = len(run) > 1 and run[-2] in "영공일삼육륙칠팔"
    figures_left = sum(char in _KO_FIGURES or char.isdigit() for char in run[:-1])
    return (
        closed and after.startswith(("에요", "요", "고", "구", "야", "며", "라")) and figures_left >= _LEAST
    )


def _is_words(run: str, groups: Sequence[str], awaited: bool) -> bool:
    """Bare syllables in a row may as well be words: 이사, 사이, 오일."""
    return not awaited and not set(run) & set("공영0123456789") and max(map(len, groups)) < _LEAST


def _together(groups: Sequence[str], *, dashed: bool) -> str:
    """One number; the groups of a phone number, and what was said with a dash, keep their places."""
    whole = "".join(groups)
    phone = (
        len(groups) > 1 and whole.startswith(("01", "02", "03", "05", "06", "07")) and 9 <= len(whole) <= 11
    )
    return "-".join(groups) if dashed or (phone and min(map(len, groups)) > 1) else whole


def _cardinal(match: re.Match[str], awaited: bool) -> str:
    """ "주문번호 천삼번": an order number said as a number; money and goods stay in words."""
    if match["named"] is None and not (awaited and match["mark"]):
        return match.group()
    value = _value(match["run"].replace(" ", ""))
    return f"{match['named'] or ''}{value}{'번' if match['mark'] else ''}" if value else match.group()


def _value(run: str) -> int:
    total = section = figure = 0
    for char in run:
        if char == "만":
            total, section, figure = total + (section + figure or 1) * 10_000, 0, 0
        elif scale := {"천": 1_000, "백": 100, "십": 10}.get(char):
            section, figure = section + (figure or 1) * scale, 0
        else:
            figure = int(_KO_FIGURES[char])
    return total + section + figure


def _english(match: re.Match[str], awaited: bool) -> str:
    written = _in_figures([word.lower() for word in re.findall(r"\w+", match.group())])
    if written is None or not _enough(len(written), match, awaited):
        return match.group()
    return written


def _in_figures(words: Sequence[str]) -> str | None:
    """ "one double oh three" and "ten oh three" as 1003; None when the words are no row of figures."""
    said, times, tens = "", 1, 0
    for word in words:
        if word in ("dash", "hyphen"):
            said += "-"
        elif word in _TIMES:
            times = _TIMES[word]
        elif word in _EN_PAIRS:
            said, tens = said + str(_EN_PAIRS[word]), _EN_PAIRS[word]
            continue
        else:
            figure = word if word.isdigit() else _EN_FIGURES[word]
            # "twenty three" is 23, and "twenty oh three" 2003
            said = said[:-1] + figure if tens >= 20 and figure != "0" else said + figure * times
            times = 1
        tens = 0
    return said if times == 1 else None


def _mail(text: str) -> str:
    """ "mina dot kim at naver dot com" · "mina 골뱅이 네이버 닷컴" as an address."""
    return _MAIL.sub(_address, text)


def _address(match: re.Match[str]) -> str:
    name, end = match["name"], _MAIL_ENDS.get(match["end"].strip(), match["end"])
    for pattern, mark in _MAIL_MARKS:
        name, end = re.sub(pattern, mark, name), re.sub(pattern, mark, end)
    host = _MAIL_HOSTS.get(match["host"], match["host"])
    return f"{name}@{host}{re.sub(r'[ ]', '', end)}".lower()


def _by_number(text: str, offered: Sequence[OfferedChoice]) -> str | None:
    """The label of the button that was named by its number ("이 번이요", "number two")."""
    found = _BY_NUMBER.match(text)
    if found is None:
        return None
    word = (found["en"] or found["ko"]).lower()
    place = int(word) if word.isdigit() else int(_EN_FIGURES.get(word) or _KO_FIGURES.get(word) or 0)
    return offered[place - 1].label if 0 < place <= len(offered) else None

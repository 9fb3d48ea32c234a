"""Where a text names somebody, by its shape: e-mail, phone, numbers of persons, orders and accounts, addresses, names.

What is asked is only that nothing of it leaves the shop: a word too many behind a placeholder costs less than a name too few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Literal

from dangol.assistant.minds.language_model.introduced import introduced
from dangol.assistant.understanding.names import could_be_korean_name

Kind = Literal["EMAIL", "ID", "PHONE", "ORDER", "ADDRESS", "NAME"]

# other letters for the same, one for one: full-width ones, dashes, blanks
_SAME = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME |= dict.fromkeys(map(ord, "‐‑‒–—―−"), ord("-")) | dict.fromkeys(
    map(ord, "\u00a0\u3000\u2009"), ord(" ")
)

_DIGIT = r"[\d공영일이삼사오육칠팔구]"
_REGION = (
    r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충청|충북|충남|전라|전북|전남|경상|경북|경남|제주)"
    r"(?:북도|남도|특별자치시|특별자치도|특별시|광역시|시|도)?"
)
_INSIDE = r"(?:,?\s?(?:지하\s?)?(?:[가-힣A-Za-z]{1,20}\s?)?\d{1,5}(?:동|층|호)){0,4}"
_AREA = r"[가-힣\d]{1,9}(?:읍|면|동|리|가)"
_ROAD = r"[가-힣\d]{0,12}[가-힣](?:로|길)"
_ADVERB = r"(?:앞으|새|위|아래|서|바|별|따|이|그|저|정도|실제|의외|대|도|그대|이대|반대|제대|마음대)(?:로|길)"
_LOT = r"\d+(?:-\d+)?(?:번지)?"
# "앞으로 3일": what stands behind the figure of a house is no unit
_NO_UNIT = (
    r"(?![\d,.]*(?:[A-Za-z%]|[가-힣]))|(?=번지|번길|이요|이에요|예요|입니다|으로|로(?:\s|$)|에(?:\s|$))"
)
_STREET = r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Lane|Ln|Drive|Dr|Way|Court|Ct|Place|Pl|Square|Sq|Terrace|Crescent|Hwy)"
_POSTCODE = r"(?:,?\s[A-Z]{2}\s\d{5}(?:-\d{4})?|,?\s[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})?"
_WORD = r"[^\W\d_][\w'’.-]*"
_ENDS = r"(?=\s?(?:이에요|예요|입니다|이고|고요|이라고|라고|인데|이요|요|이야|야|님|씨|께|으로|로)?(?:[\s.,!()]|$))"

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("EMAIL", re.compile(r"[\w.%+-]{1,64}\s?(?:@|\(at\)|\[at\]|골뱅이)\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|점)\s?[A-Za-z가-힣0-9-]{1,63}?){0,3}(?:\.|\(dot\)|점)\s?[A-Za-z]{2,24}", re.I)),
    ("ID", re.compile(r"(?<!\d)\d{6}[-\s]?[1-8]\d{6}(?!\d)|\b[A-Z]\d{8}\b")),
    ("PHONE", re.compile(r"\+\s?\d[\d\s().-]{6,18}\d")),
    ("PHONE", re.compile(r"(?<![\w-])\(?0?\d{2,3}\)?[\s.-]\d{3,4}[\s.-]\d{4}(?!\d)|(?<!\d)01[016789]\d{7,8}(?!\d)|(?<![\d-])82[\s-]?10[\s-]?\d{3,4}[\s-]?\d{4}(?!\d)")),
    ("PHONE", re.compile(rf"(?<![가-힣\d])[0공영]\s?[1일]\s?[016789공영일육칠팔구](?:[\s.-]*{_DIGIT}){{7,8}}(?!\d)")),
    ("ORDER", re.compile(r"(?:주문\s?(?:번호|no\.?|#)|(?:운송장|송장)(?:\s?번호)?|\border\s?(?:number|no\.?|id|#)|\btracking\s?(?:number|no\.?|id|#))\s?(?:은|는|이|가|:|=|is)?\s*(#?(?=[A-Z-]*\d)[A-Z\d][A-Z\d-]{2,40})", re.I)),
    ("ORDER", re.compile(r"(?:주문|\border)\s+(#?(?=[A-Z-]*\d{4})[A-Z\d][A-Z\d-]{3,40})", re.I)),
    ("ORDER", re.compile(r"(?<![\w-])#?[A-Z]{0,4}-?\d{6,}(?:-[A-Z0-9]{3,})+(?![\w-])|(?<![\w-])[A-Z]{1,5}-\d{4,}(?:-[A-Z0-9]{3,})+(?![\w-])|(?<![\w,.])#\d{3,}|(?<![\w,.-])\d{9,}(?![\w,.])", re.I | re.A)),
    ("ID", re.compile(r"(?<![\d-])(?=(?:\d-?){9})\d{2,7}-\d{2,8}-\d{2,8}(?:-\d{2,8})?(?![\d-])")),  # an account
    ("ADDRESS", re.compile(rf"{_REGION}(?:\s?[가-힣]{{1,9}}(?:시|군|구)(?=\s)){{0,3}}(?:\s{_AREA}(?=\s)){{0,3}}\s?(?:{_ROAD}\s?)?(?:{_LOT}(?:번?길\s?{_LOT})?|[가-힣A-Za-z]{{1,20}}\s?\d+동){_INSIDE}(?:,?\s?\(?\d{{5}}\)?(?!\d))?")),
    ("ADDRESS", re.compile(rf"(?<![가-힣])(?:[가-힣]{{1,9}}(?:시|군|구)\s){{1,3}}(?:{_AREA}\s){{0,3}}(?:{_ROAD}\s?)?{_LOT}(?:번?길\s?{_LOT})?(?:{_NO_UNIT}){_INSIDE}")),
    ("ADDRESS", re.compile(rf"(?<![가-힣\d])(?!{_ADVERB}){_ROAD}\s?\d+(?:-\d+)?(?:번?길\s?\d+(?:-\d+)?)?(?:{_NO_UNIT}){_INSIDE}")),
    ("ADDRESS", re.compile(r"(?:(?<![가-힣A-Za-z])[가-힣A-Za-z]{1,20}\s)?\d{1,4}동\s?\d{1,4}호|우편\s?번호\s?\d{5}")),
    ("ADDRESS", re.compile(rf"(?:(?:Flat|Apt\.?|Unit|Suite)\s\w+(?:,\s|/))?\b\d{{1,5}}[A-Z]?\s(?:[A-Z][\w'’.-]*\s){{1,4}}{_STREET}\b\.?(?:\s[NS]?[EW]\b)?(?:,?\s(?:Apt\.?|Unit|Suite|Flat|#)\s?\w+)?(?:,\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?{_POSTCODE}|\bP\.?\s?O\.?\sBox\s\d+|\b[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}}\b")),
    ("ADDRESS", re.compile(r"\b\d{1,5}\s(?:[a-z]+\s){1,3}(?:street|avenue|boulevard|blvd)\b")),
    ("NAME", re.compile(rf"(?:이름|성함|성명|수령인|수취인|예금주|입금자|주문자|받는\s?(?:사람|분)|보내는\s?(?:사람|분))(?:은|는|\s?명?\s?:)\s?((?!뭐|무엇|어떻|누구|이름)[가-힣]{{2,4}}?){_ENDS}")),
    ("NAME", re.compile(rf"(?i:\bmy\sname(?:'s|\sis)|\bname(?:'s|\sis|:)|\brecipient(?:\sis|:)?)\s({_WORD}(?:\s(?!(?:and|but|i|i'm|so|can|could|please|from|my|the)\b){_WORD}){{0,2}})")),
    ("NAME", re.compile(r"\b[Ff]or my \w+\s([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,2})")),
    ("NAME", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)|\b(?:Sincerely|(?:Best |Kind )?[Rr]egards),?\s([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)")),
    ("NAME", re.compile(r"(?<![가-힣])((?!고객|손님|사장|점장|회원|어머|아버|부모|할머|할아버|선생|상담|매니저|기사|직원|담당|판매|구매|여러분|아드|아저|아가|스님|형님|누님|사모|교수|대표|관리)[가-힣]{2,4})(?=\s?(?:씨|님)(?![가-힣]))")),
)  # fmt: skip
# who says who they are; a surname must stand before it, and no everyday word be meant
_PRESENTED = re.compile(
    r"(?:^|(?<=[\s.,]))(?:저는|저|나는|난|제가)\s([가-힣]{2,4}?)(?=이에요|예요|입니다|인데|이라고|라고|이고)"
    r"|(?:^|(?<=[\s.,]))([가-힣]{2,4}?)(?=(?:이)?라고\s합니다)"
)


def plainly(text: str) -> str:
    """A text with ordinary letters, figures and blanks in the place of others that look the same; as long as it was."""
    return text.translate(_SAME)


def personal(text: str, goods: Collection[str] = ()) -> list[tuple[Kind, int, int]]:
    """Where somebody's data stands in a text, in its order, no two in one place; `goods` are words of the shop's goods."""
    plain = plainly(text)
    taken: list[tuple[Kind, int, int]] = []
    for kind, start, end in _found(plain, goods):
        if start < end and not any(start < other[2] and other[1] < end for other in taken):
            taken.append((kind, start, end))
    return sorted(taken, key=lambda each: each[1])


def _found(plain: str, goods: Collection[str]) -> Iterator[tuple[Kind, int, int]]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            yield kind, *_said(match)
    yield from _presented(plain, could_be_korean_name)
    for start, end in introduced(plain, goods):
        yield "NAME", start, end


def _presented(plain: str, is_name: Callable[[str], bool]) -> Iterator[tuple[Kind, int, int]]:
    for match in _PRESENTED.finditer(plain):
        start, end = _said(match)
        if is_name(plain[start:end]):
            yield "NAME", start, end


def _said(match: re.Match[str]) -> tuple[int, int]:
    """The part that is somebody's, rather than the words that lead to it."""
    at = match.lastindex or 0
    return match.span(at)

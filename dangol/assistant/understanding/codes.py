"""Things written in a fixed shape: order and tracking numbers, phones, e-mails, postcodes, addresses, coupons."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from collections.abc import Iterator

from pydantic import JsonValue

from dangol.assistant.understanding.names import could_be_korean_name
from dangol.kernel.words.vocabulary import vocabulary

Found = tuple[str, JsonValue, int, int]  # entity type, value, start, end in the plain text

_EMAIL = re.compile(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_PHONES = (
    re.compile(r"(?<![\d-])(?:\+82[-\s.]?|0)1[016789][-\s.]?\d{3,4}[-\s.]?\d{4}(?![\d-])"),
    re.compile(r"(?<![\d-])0(?:2|[3-6]\d|70|50\d)[-\s.)]\s?\d{3,4}[-\s.]\d{4}(?![\d-])"),
    re.compile(r"(?<![\d-])1[5-8]\d{2}-\d{4}(?![\d-])"),
    re.compile(r"(?<![\d-])(?:\+1[-\s.]?)?(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?![\d-])"),
    re.compile(r"(?<![\d-])\+\d{1,3}[-\s.]?\d{2,4}[-\s.]?\d{3,4}[-\s.]?\d{3,4}(?![\d-])"),
)
_ORDER_SHAPES = (
    re.compile(r"#\s?[a-z]{0,4}-?\d{3,}(?:-\d+)*(?:-[a-z]\d*)?(?![a-z0-9])"),
    re.compile(r"(?<![a-z0-9-])[a-z]{1,4}-?\d{5,}(?:-\d+)*(?![a-z0-9])"),
    re.compile(r"(?<![\d-])20\d{6}-\d{3,}(?![\d-])"),
)
_ORDER_NAMED = re.compile(
    r"(?:주문\s?번호|오더\s?번호|주문번|order(?:\s(?:number|no\.?|id))?)\s?(?:는|은|가|이|is|:)?\s?"
    r"(?P<v>#?[a-z]{0,4}-?\d[\d-]{2,}[a-z0-9-]*)"
)
_TRACKING_NAMED = re.compile(
    r"(?:운송장|송장|택배|tracking)\s?(?:번호|number|no\.?|id|#|code)?\s?(?:는|은|가|이|is|:)?\s?(?P<v>[a-z]{0,2}\d[\d-]{8,}[a-z]{0,2})"
)
_TRACKING_SHAPE = re.compile(
    r"(?<![\d-])(?:1z[a-z0-9]{16}|\d{10}|\d{12,14}|\d{20,22}|\d{4}-\d{4}-\d{4}|[a-z]{2}\d{9}[a-z]{2})(?![\d-])"
)
_POSTCODE = re.compile(
    r"(?:우편\s?번호|우편|zip(?:\s?code)?|post(?:al)?\s?code|postcode)\s?(?:는|은|is|:|가|이)?\s?(?P<v>\d{5}(?:-\d{4})?)"
)
_BARE_POSTCODE = re.compile(r"(?<![\d-])(?P<v>\d{5})(?![\d-]|\s?원)")
_ROAD = re.compile(
    r"(?:(?:\(?\d{5}\)?\s)?(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|충청북|충청남|전북|전남|전라북|전라남|경북|경남|경상북|"
    r"경상남|제주)(?:특별자치|특별|광역)?(?:시|도)?\s?)?(?:[가-힣]{1,6}[시군]\s?)?(?:[가-힣]{1,5}구\s?)?(?:[가-힣]{1,5}[읍면]\s?)?"
    r"[가-힣0-9]{1,12}(?:대로|로|길)\s?(?:\d{1,3}(?:번|번나|번가)?길\s?)?\d{1,4}(?:-\d{1,4})?(?![\d만원천개]|\s?(?:원|개|번\s|사이즈))"
)
_LOT = re.compile(
    r"(?:(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)(?:특별자치|특별|광역)?(?:시|도)?\s?)?"
    r"(?:[가-힣]{1,6}[시군]\s?)?(?:[가-힣]{1,5}구\s?)?(?:[가-힣]{1,5}[읍면]\s?)?[가-힣]{1,6}\d?(?:동|리|가)\s?(?:산\s?)?\d{1,4}(?:-\d{1,4})(?:번지)?"
)
_KO_DETAIL = re.compile(
    r"(?:\s?[,(]?\s?(?:[가-힣a-z0-9]{1,12}(?:아파트|빌라|빌딩|오피스텔|맨션|타워|주택|상가|캐슬|자이|힐스)|[가-힣a-z]?\d{1,4}\s?동|지하|\d{1,2}\s?층|b\d층|"
    r"\d{1,4}\s?호|[가-힣]{1,6}동\)?|\d{3,4}-\d{3,4}))+\)?"
)
_STREET = r"street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|way|place|pl|terrace|parkway|pkwy|highway|hwy|square|circle|cir"
_US = re.compile(
    rf"\b\d{{1,6}}\s(?:[nsew]\.?\s)?(?:[a-z0-9'.-]+\s){{1,4}}(?:{_STREET})\b\.?(?:,?\s(?:apt|apartment|suite|ste|unit|floor|#)\.?\s?#?[a-z0-9-]+)?"
    r"(?:,?\s[a-z .'-]{2,30}?,?\s[a-z]{2}\.?\s\d{5}(?:-\d{4})?|,\s[a-z .'-]{2,30}(?:,\s[a-z]{2,20})?(?:\s\d{5}(?:-\d{4})?)?)?"
)
_COUPON_NAMED = re.compile(
    r"(?:쿠폰|코드|프로모션\s?코드|할인코드|coupon|promo(?:\scode)?|code|voucher|discount code|apply|use)\s?(?:번호|코드|code|is|는|은|:)?\s?['\"]?"
    r"(?P<v>[a-z]{2,}[0-9]{1,4}[a-z0-9]*|[a-z]+-[a-z0-9-]{2,}\d)(?![가-힣]*\s?(?:사이즈|size))"
)
_COUPON_AFTER = re.compile(
    r"(?<![a-z0-9])(?P<v>[a-z]{3,}\d{1,4}[a-z0-9]*)['\"]?\s?(?:쿠폰|코드|할인코드|coupon|code)"
)
_COUPON_TYPED = re.compile(
    r"(?<![A-Za-z0-9#-])(?P<v>[A-Z]{3,}\d{1,4}|[A-Z]{4,}-[A-Z0-9]{2,})(?![A-Za-z0-9-])"
)
_NAME_KO = re.compile(
    r"(?:제\s?이름은|이름은|성함은|성함이?|이름|받는\s?(?:사람|분)은?|수령인은?|주문자는?|주문자명은?|예금주는?)\s?:?\s?(?P<v>[가-힣]{2,4}?)(?=이고|이에요|예요|입니다|이요|요|이며|고요|\s|,|$)"
)
_NAME_EN = re.compile(
    r"(?:my name is|name is|name's|name:|i'm|this is|i am)\s(?P<v>[A-Z][a-z'-]+(?:\s[A-Z][a-z'-]+){1,2})"
)
_NAME_EN_LOOSE = re.compile(
    r"(?:my name is|name:|my name's)\s(?P<v>[a-z'-]+(?:\s[a-z'-]+)?)(?=,|\.|$|\sand\b|\s\()"
)


def _free(taken: list[Found], start: int, end: int) -> bool:
    return all(end <= one[2] or one[3] <= start for one in taken)


def find_codes(text: str, typed: str, expects: str | None) -> list[Found]:
    """Everything of a fixed shape in a plain text; `typed` keeps the capitals, of the same length or empty."""
    taken: list[Found] = []
    for step in (_contacts, _addresses, _numbers, _coupons, _names):
        for found in step(text, typed, expects, taken):
            if _free(taken, found[2], found[3]):
                taken.append(found)
    return taken


def _contacts(text: str, typed: str, expects: str | None, taken: list[Found]) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield "email", match.group(), match.start(), match.end()
    for pattern in _PHONES:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 12) : match.start()]
            if not re.search(r"송장|택배|tracking|대한통운|주문|order", before):
                yield "phone", re.sub(r"[^\d+]", "", match.group()), match.start(), match.end()


def _addresses(text: str, typed: str, expects: str | None, taken: list[Found]) -> Iterator[Found]:
    for match in _POSTCODE.finditer(text):
        yield "postcode", match["v"], match.start("v"), match.end("v")
    for pattern in (_ROAD, _LOT):
        for match in pattern.finditer(text):
            detail = _KO_DETAIL.match(text, match.end())
            end = detail.end() if detail else match.end()
            written = text[match.start() : end].strip()
            start = match.start() + text[match.start() : end].index(written)
            if len(written) >= 6 and not re.match(r"[가-힣]+으?로\s\d", written):
                yield (
                    "address",
                    _as_typed(typed, text, start, start + len(written)),
                    start,
                    start + len(written),
                )
    for match in _US.finditer(text):
        yield "address", _as_typed(typed, text, match.start(), match.end()), match.start(), match.end()
    if expects == "address":
        for match in _BARE_POSTCODE.finditer(text):
            yield "postcode", match["v"], match.start(), match.end()


def _as_typed(typed: str, text: str, start: int, end: int) -> str:
    return (typed if len(typed) == len(text) else text)[start:end]


def _numbers(text: str, typed: str, expects: str | None, taken: list[Found]) -> Iterator[Found]:
    carriers = vocabulary("carriers").find_plain(text)
    for slug, start, end in carriers:
        yield "carrier", slug, start, end
    for match in _TRACKING_NAMED.finditer(text):
        yield "tracking_no", re.sub(r"[-\s]", "", match["v"]).upper(), match.start("v"), match.end("v")
    for match in _ORDER_NAMED.finditer(text):
        yield "order_id", _as_typed(typed, text, *match.span("v")).upper(), match.start("v"), match.end("v")
    if carriers:
        for match in _TRACKING_SHAPE.finditer(text):
            yield "tracking_no", match.group().replace("-", "").upper(), match.start(), match.end()
    for pattern in _ORDER_SHAPES:
        for match in pattern.finditer(text):
            yield "order_id", match.group().replace(" ", "").upper(), match.start(), match.end()
    for match in _TRACKING_SHAPE.finditer(text):
        yield "tracking_no", match.group().replace("-", "").upper(), match.start(), match.end()


def _coupons(text: str, typed: str, expects: str | None, taken: list[Found]) -> Iterator[Found]:
    for pattern in (_COUPON_NAMED, _COUPON_AFTER):
        for match in pattern.finditer(text):
            yield "coupon", match["v"].upper(), match.start("v"), match.end("v")
    if len(typed) == len(text):
        for match in _COUPON_TYPED.finditer(typed):
            yield "coupon", match["v"], match.start("v"), match.end("v")


def _names(text: str, typed: str, expects: str | None, taken: list[Found]) -> Iterator[Found]:
    for match in _NAME_KO.finditer(text):
        if match.group().startswith("이름 ") and not could_be_korean_name(match["v"]):
            continue  # "이름 바꿔주세요"
        yield "person", match["v"], match.start("v"), match.end("v")
    if len(typed) == len(text):
        for match in _NAME_EN.finditer(typed):
            yield "person", match["v"], match.start("v"), match.end("v")
    for match in _NAME_EN_LOOSE.finditer(text):
        yield "person", _as_typed(typed, text, *match.span("v")).title(), match.start("v"), match.end("v")
    if (
        expects == "contact"
        and (found := re.match(r"\s*(?P<v>[가-힣]{2,4})(?=이고|이에요|예요|입니다|이요|\s|,|$)", text))
        and could_be_korean_name(found["v"])
    ):
        yield "person", found["v"], found.start("v"), found.end("v")

"""Korean addresses as people type them: road names (도로명) and lots (지번), in any order, with all around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dangol.carts.addresses.people import is_korean_name, take_korean_name, take_phone
from dangol.carts.addresses.pieces import CUT, ParsedAddress, Pieces, problem
from dangol.carts.geography.korea import (
    DISTRICTS,
    MUNICIPALITIES,
    REGION_WORDS,
    REGIONS,
    city_with,
    region_of_postcode,
    regions_with,
)
from dangol.contracts.shopfloor.orders import CheckoutProblem, Need
from dangol.contracts.shopfloor.people import AddressView

_ALL = frozenset(name for names in (*MUNICIPALITIES.values(), *DISTRICTS.values()) for name in names)
_KOREAN_REGIONS = sorted((word for word in REGION_WORDS if not word.isascii()), key=len, reverse=True)
_REGION = re.compile(rf"(?<![가-힣])({'|'.join(_KOREAN_REGIONS)})(?=[\s,|]|$)")
_GLUED_REGION = re.compile(
    rf"(?<![가-힣])({'|'.join(_KOREAN_REGIONS)})(?=({'|'.join(sorted(_ALL, key=len)[::-1])}))"
)
_GLUED_SEJONG = re.compile(r"(?<![가-힣])(세종특별자치시|세종시)(?=[가-힣])(?!청)")
_GLUED_CITY = re.compile(
    rf"(?<![가-힣])({'|'.join(sorted(_ALL, key=len, reverse=True))})(?=[가-힣])(?![청장민립내외역의])"
)
_STEMS = {name[:-1]: name for name in sorted(_ALL) if len(name) >= 3 and name[:-1] not in REGION_WORDS}

_POSTCODE_LABEL = r"(?:우편\s?번호|우\)|우\.|\(우\)|〒|zip(?:\s?code)?|postal\s?code)"
_LABELLED_POSTCODE = re.compile(rf"{_POSTCODE_LABEL}\s*[:은는]?\s*[(\[]?(\d{{5}})(?!\d)[)\]]?", re.I)
_BRACKETED_POSTCODE = re.compile(r"[(\[]\s*우?\s*(\d{5})\s*[)\]]")
_BARE_POSTCODE = re.compile(r"(?<![\d-])(\d{5})(?![\d-]|\s*(?:호|동|층|번지|원))")
_OLD_POSTCODE = re.compile(rf"(?:{_POSTCODE_LABEL}\s*[:은는]?\s*|[(\[])\d{{3}}-?\d{{3}}[)\]]?", re.I)

_WAY = r"[가-힣0-9A-Za-z·.]*(?:로|길)"
_ROAD = re.compile(
    rf"(?<![가-힣A-Za-z])([가-힣0-9]*?[가-힣]{_WAY}|[가-힣]+길|[가-힣]로|\d[\d.·]*(?:대로|로))"
    r"(\s*\d+(?:번)?[가나다라마바사아]?길)?(\s*[가-힣]+안길)?"
    r"\s*(지하\s*|B\s*)?(\d+(?:\s?-\s?\d+)?)(?:\s?번지)?(?!\d|-?\d|\s?(?:층|호|동|가(?![가-힣])|로|번?[가나다라마바사아]?길|시|분|개|원))"
)
_NO_ROAD = re.compile(r".*으로|바로|서로|따로|새로|그대로|별로|주로|대로")
_LOT = re.compile(
    r"(?<![가-힣])((?:[가-힣0-9]+(?:읍|면)\s+)?[가-힣][가-힣0-9·.]*(?:동|리|가|읍|면))\s*(산\s*)?(\d+(?:\s?-\s?\d+)?)"
    r"(?:\s?번지)?(?!\d|-?\d|\s?(?:층|호|동(?![가-힣])|시|분|개|원))"
)
_TOWN = re.compile(r"(?<![가-힣])([가-힣]{1,5}[0-9]?(?:읍|면))(?=[\s,|]|$)")
_DONG = re.compile(r"(?<![가-힣0-9])([가-힣]{1,6}[0-9·]*(?:동|가|리))(?=[\s,|)]|$)")
_LEGAL = re.compile(r"\(\s*([가-힣0-9·]+(?:동|가|리|읍|면))\s*(?:,\s*([^)]+))?\)")
_UNIT = re.compile(r"\d+\s?호|\d+\s?층|지하|[A-Za-z]\d+호?|\d+-\d+")
_FLATS = re.compile(
    r"아파트|apt|빌라|오피스텔|맨션|연립|주공|자이|래미안|푸르지오|힐스테이트|더샵|편한세상|\d+동", re.I
)
_FILLER = re.compile(
    r"(?:(?:제|저희|우리)?\s?집?\s?)?(?:배송\s?지|배송\s?주소|배달\s?주소|받는\s?(?:곳|주소)|보내실\s?곳|도로명\s?주소|지번\s?주소|"
    r"상세\s?주소|주소)\s?(?:변경|수정)?(?:는|은|를|가)?\s*[:=]?\s*|"
    r"(?:으로|로)?\s*(?:좀\s?)?(?:(?:배송|배달|발송|변경|수정)\s?)?"
    r"(?:(?:보내|해|갖다|바꿔)\s?(?:주세요|주시면\s?돼요|줘요?|주이소|주십시오)|부탁\s?(?:드려요|드립니다|드릴게요|해요))[.!~]*(?=[\s,|]|$)|"
    r"(?:바꿀게요|바꿀래요|변경할게요|변경이요|이사\s?했어요|바뀌었어요|바뀜)[.!~]*(?=[\s,|]|$)|"
    r"(?<=[호층동0-9가-힣)])\s?(?:입니다|이에요|예요|이요|이고요?|으로요|로요|구요)[.!~]*(?=[\s,|]|$)"
)
_ASIDE = re.compile(
    r"우편\s?번호(?:는|은)?\s*(?:잘\s?)?(?:모르|몰라|기억)\S*(?:\s(?:안\s?나\S*|않\S*))?|"
    r"(?:(?:can|could|would|will)\s+you\s+)?(?:please\s+)?(?:ship|send|deliver)\s+(?:(?:it|this|them)\s+)?(?:to\b)?|\bplease\b",
    re.I,
)
_INSTEAD = re.compile(r"(?<=[\s,])(\d\S*)\s*말고\s+(?=\d)")
_CHAT_WORDS = """네 넵 넹 예 응 저는 제가 저희 음 아 그럼 그리고 여기 여기로 에 로 으로 요 이에요 예요 입니다 이요 이고
                이고요 살아요 삽니다 있어요 ? !"""
_CHAT = frozenset(_CHAT_WORDS.split())
_TAIL = re.compile(r"(?<=[호층동관\d])(?:으로|로|요|에요|임|이야|이고|이고요|인데요)$")


@dataclass
class _Found:
    region: str = ""  # code
    city: str = ""
    street: str = ""
    detail: str = ""
    postcode: str = ""


def read_korean(text: str) -> ParsedAddress:
    """Read a Korean address written in Korean.

    Region and municipality may be shortened or left out where the rest tells them; the postcode is never guessed,
    but checked against the region.
    """
    pieces = Pieces(re.sub(r"(?<=[가-힣])[.!]\s+", ", ", text))
    phone = take_phone(pieces, "KR")
    pieces.text = _INSTEAD.sub("", _ASIDE.sub(f" {CUT} ", pieces.text))
    found = _Found(postcode=_take_postcode(pieces))
    pieces.text = _FILLER.sub(f" {CUT} ", pieces.text)
    _unglue(pieces)
    legal = _take_legal(pieces)
    _take_region(pieces, found)
    problems = _take_city(pieces, found)
    _take_street(pieces, found)
    recipient = take_korean_name(pieces)
    recipient = recipient or _leading_name(pieces)
    found.detail = _detail(pieces, legal)
    if not (found.region or found.city or found.street):
        return ParsedAddress(
            address=None, missing=("address",), problems=(problem("not_an_address", text[:200]),)
        )
    return _judge(found, recipient, phone, problems)


def written(address: AddressView) -> str:
    """A Korean address as it is read back: postcode, then from the region down to the door."""
    parts = [
        f"({address.postcode})" if address.postcode else "",
        address.region,
        address.city,
        address.street,
    ]
    place = " ".join(part for part in parts if part)
    bracket = address.detail.rfind("(") if address.detail.endswith(")") else len(address.detail)
    detail, legal = address.detail[:bracket].strip(), address.detail[bracket:]
    place = f"{place}, {detail}" if detail else place
    return f"{place} {legal}" if legal else place


def _take_postcode(pieces: Pieces) -> str:
    for pattern in (_LABELLED_POSTCODE, _BRACKETED_POSTCODE):
        if found := pieces.take(pattern):
            return found[1]
    pieces.take(_OLD_POSTCODE)
    found = pieces.take(_BARE_POSTCODE)  # no house and no lot has five digits
    return found[1] if found else ""


def _unglue(pieces: Pieces) -> None:
    pieces.text = _GLUED_REGION.sub(r"\1 ", pieces.text)
    pieces.text = _GLUED_SEJONG.sub(r"\1 ", pieces.text)
    for _ in range(2):  # 성남시분당구판교역로
        pieces.text = _GLUED_CITY.sub(r"\1 ", pieces.text)


def _take_legal(pieces: Pieces) -> str:
    """The legal district in brackets after a road name: (역삼동) or (역삼동, 한빛빌딩)."""
    found = pieces.take(_LEGAL)
    if not found:
        return ""
    return f"({found[1]}, {found[2].strip()})" if found[2] else f"({found[1]})"


def _take_region(pieces: Pieces, found: _Found) -> None:
    for match in _REGION.finditer(pieces.text):
        # 광주 is a city of Gyeonggi too, and 서울 in "서울 서울숲길" is told by coming first
        found.region = REGION_WORDS[match[1]]
        pieces.cut(*match.span())
        break


def _take_city(pieces: Pieces, found: _Found) -> list[CheckoutProblem]:
    """Municipality and district; a problem when they do not lie in the region named."""
    names: list[str] = []
    for match in re.finditer(r"(?<![가-힣])([가-힣]{1,5}[시군구])(?=[\s,|]|$)", pieces.text):
        if match[1] in _ALL and len(names) < 2:
            names.append(match[1])
    for name in names:
        pieces.take(re.compile(rf"(?<![가-힣]){name}(?=[\s,|]|$)"))
    if not names:
        names = _by_stem(pieces, found)
    elif names[0] not in _own_districts() and (extra := _by_stem(pieces, found)):
        names = list(dict.fromkeys([*extra, *names])) if names[0] in DISTRICTS.get(extra[0], ()) else names
    if not names:
        return []
    return _settle(found, names)


def _settle(found: _Found, names: list[str]) -> list[CheckoutProblem]:
    names.sort(key=lambda name: not name.endswith(("시", "군")))
    if len(names) == 2 and names[1] not in DISTRICTS.get(names[0], ()):
        # 광주시 북구 is the metropolitan city; anything else keeps the part that stands alone
        if names[0] == "광주시" and names[1] in MUNICIPALITIES["29"]:
            found.region, names = "29", names[1:]
        else:
            names = names[:1]
    if len(names) == 1 and (city := city_with(names[0])):
        names = [city, *names]
    found.city = " ".join(names)
    possible = regions_with(names[0])
    if found.region and found.region not in possible:
        named = REGIONS[found.region].name
        if found.region == "29" and "41" in possible:
            found.region = "41"  # 광주 광주시…
            return []
        return [problem("not_an_address", f"{named} {found.city}")]
    by_postcode = region_of_postcode(found.postcode) if found.postcode else None
    if not found.region and len(possible) == 1:
        found.region = possible[0]
    elif not found.region and by_postcode in possible:
        found.region = by_postcode or ""
    return []


def _own_districts() -> frozenset[str]:
    return frozenset(
        name for code in ("11", "26", "27", "28", "29", "30", "31") for name in MUNICIPALITIES[code]
    )


def _by_stem(pieces: Pieces, found: _Found) -> list[str]:
    """Municipalities written without their ending: 성남 분당, 강남."""
    names: list[str] = []
    for match in re.finditer(r"(?<![가-힣])([가-힣]{2,4})(?=[\s,|])", pieces.text):
        name = _STEMS.get(match[1])
        if name and _fits(name, found, names) and len(names) < 2:
            names.append(name)
            pieces.text = (
                pieces.text[: match.start()]
                + " " * (match.end() - match.start())
                + pieces.text[match.end() :]
            )
    return names


def _fits(name: str, found: _Found, names: list[str]) -> bool:
    if names:
        return name in DISTRICTS.get(names[0], ())
    possible = regions_with(name)
    return found.region in possible if found.region else len(possible) == 1


def _take_street(pieces: Pieces, found: _Found) -> None:
    town = ""
    for match in _ROAD.finditer(pieces.text):
        road = "".join(re.sub(r"\s", "", part or "") for part in (match[1], match[2], match[3]))
        if _NO_ROAD.fullmatch(road):
            continue
        number = re.sub(r"\s", "", match[5])
        under = "지하 " if match[4] else ""
        pieces.cut(*match.span())
        if before := pieces.take(_TOWN):
            town = f"{before[1]} "
        found.street = f"{town}{road} {under}{number}"
        return
    for match in _LOT.finditer(pieces.text):
        if (
            re.fullmatch(r"[가나다라마바사]동", match[1])
            and "호" in pieces.text[match.start() : match.end() + 2]
        ):
            continue
        hill = "산 " if match[2] else ""
        lot = re.sub(r"\s", "", match[3])
        pieces.cut(*match.span())
        if not match[1].endswith(("읍", "면")) and " " not in match[1] and (before := pieces.take(_TOWN)):
            town = f"{before[1]} "
        found.street = f"{town}{match[1]} {hill}{lot}"
        return


def _leading_name(pieces: Pieces) -> str:
    """A name before the address itself: 김하늘 서울 강남구 …"""
    match = re.match(rf"[\s,]*([가-힣]{{2,4}})\s*\{CUT}", pieces.text)
    if match and is_korean_name(match[1]):
        pieces.cut(*match.span(1))
        return match[1]
    return ""


def _detail(pieces: Pieces, legal: str) -> str:
    pieces.text = pieces.text.replace("☎", "")
    parts = [part for segment in pieces.segments() if (part := _TAIL.sub("", _without_chat(segment)).strip())]
    kept = [part for part in parts if re.search(r"[가-힣A-Za-z0-9]", part)]
    detail = " ".join(re.sub(r"[()\[\]](?!주\))(?<!\(주\))", " ", part).strip() for part in kept)
    detail = re.sub(r"\s+", " ", detail)
    return f"{detail} {legal}".strip()


def _without_chat(segment: str) -> str:
    """What is said around an address without being part of it: 네, 저는 … 에 살아요."""
    words = segment.split()
    while words and words[0] in _CHAT:
        words.pop(0)
    while words and words[-1] in _CHAT:
        words.pop()
    return " ".join(words)


def _judge(found: _Found, recipient: str, phone: str, problems: list[CheckoutProblem]) -> ParsedAddress:
    by_postcode = region_of_postcode(found.postcode) if found.postcode else None
    if found.postcode and (by_postcode is None or (found.region and by_postcode != found.region)):
        problems = [*problems, problem("postcode_mismatch", found.postcode)]
    elif not found.region and by_postcode:
        found.region = by_postcode
    missing: list[Need] = []
    if not found.street or not (found.city or found.region == "50"):
        missing.append("address")
    if not found.postcode:
        missing.append("postcode")
    if found.street and _FLATS.search(found.detail) and not _UNIT.search(found.detail):
        missing.append("address_detail")
    address = AddressView(
        country="KR",
        postcode=found.postcode,
        region=REGIONS[found.region].name if found.region else "",
        city=found.city,
        street=found.street,
        detail=found.detail,
        recipient=recipient,
        phone=phone,
    )
    address = address.model_copy(update={"lines": written(address)})
    whole = None if "address" in missing else address
    return ParsedAddress(address=whole, missing=tuple(missing), problems=tuple(problems))

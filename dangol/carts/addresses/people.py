"""Recipient and phone number out of the text around an address."""

from __future__ import annotations

import re

from dangol.carts.addresses.pieces import CUT, Pieces

_LABEL = (
    r"(?:h\.?p|핸폰|휴대폰|휴대전화|핸드폰|전화번호|연락처|전화|폰|번호|(?:my\s+)?(?:phone|mobile|cell|tel))\.?"
    r"(?:\s?(?:번호|number|no\.?|#))?\s*(?:[:은는]|is\b)?\s*"
)
_KOREAN_AREA = r"(?:1[016789]|2|[3-6][1-5]|70|50\d?)"
_KOREAN_PHONE = re.compile(
    rf"(?:{_LABEL})?(?<![\d-])((?:\+?82[-. )]*\(?0?|\(?0){_KOREAN_AREA}\)?[-. ]?\d{{3,4}}[-. ]?\d{{4}})(?![\d-])",
    re.I,
)
_AMERICAN_PHONE = re.compile(
    rf"(?:{_LABEL})?(?<![\d-])((?:\+?1[-. ]?)?\(?[2-9]\d{{2}}\)?[-. ]?\d{{3}}[-. ]?\d{{4}})(?![\d-])", re.I
)
_EMAIL = re.compile(r"(?:e-?mail|이메일|메일)?\s*[:은는]?\s*[^@\s,;<>()]+@[^@\s,;<>()]+\.[a-z]{2,}", re.I)
_NAME_LABEL = re.compile(
    r"(?:(?:받는\s?(?:사람|분|이)|받으실\s?분|수령인|수취인|담당자)\s*[:은는]?|"
    r"(?:이름|성함|성명|recipient|(?:my\s+)?name|attn|to)\s*(?:[:은는]|(?<=name)\s+is\b))\s*"
    r"([가-힣]{2,5}|[A-Za-z][A-Za-z.'’-]*(?: [A-Za-z][A-Za-z.'’-]*){0,3})"
    r"(?:\s?(?:님|씨|이고|이에요|예요|입니다|이요|요))?(?=[\s,|]|$)",
    re.I,
)
_NAMED = re.compile(r"(?<![가-힣])([가-힣]{2,4}?)\s?(?:(?:님|씨)?\s?앞(?:으로)?|님|씨|귀하)(?=[\s,|]|$)")
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추"
    "도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부"
)
_DOUBLE = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문")
_NO_NAME = re.compile(
    r"(?:펜션|호텔|식당|카페|점|역|관|아파트|빌라|빌딩|타워|오피스텔|맨션|주택|상가|건물|센터|주공|자이|마을|단지|병원|학교|대학교?|회사|은행|본관|별관|"
    r"경비실|현관|문앞|정문|후문|앞|뒤|옆|집|층|호|동|리|읍|면|가|구|시|군|도|로|길)$"
)
_NO_NAMES = frozenset(  # a table reads better than a list of quotes
    """현대 한신 우성 한양 주공 삼성 신동아 경남 동아 진흥 우방 한진 배송 배송지 주소 주문 안녕 문앞 부재 부재시 경비실 현관
       지하 지상 반지하 옥탑 공동 원룸 여기 이쪽 우리 우리집 회사 사무실 한국 대한민국 서울 제주 인천 전북 경북 강원 전남
       이전 기존 변경 수정 부탁 이사""".split()  # noqa: SIM905
)


def take_phone(pieces: Pieces, country: str) -> str:
    """A phone number, as digits with `+` kept; empty when there is none."""
    pieces.take(_EMAIL)
    for pattern in (_KOREAN_PHONE, _AMERICAN_PHONE) if country == "KR" else (_AMERICAN_PHONE, _KOREAN_PHONE):
        found = pattern.search(pieces.text)
        digits = re.sub(r"[^\d+]", "", found[1]) if found else ""
        if found and len(digits) >= 9:
            # a mark stays so that a name beside the number can be told
            pieces.text = f"{pieces.text[: found.start()]} {CUT}☎{CUT} {pieces.text[found.end() :]}"
            return digits if digits.startswith("+") or not digits.startswith("82") else f"+{digits}"
    return ""


def take_korean_name(pieces: Pieces) -> str:
    """Who it is for: said so (받는 사람, 님, 앞), beside the phone number, or alone in its part; else empty."""
    if labelled := pieces.take(_NAME_LABEL):
        return labelled[1].strip()
    for named in _NAMED.finditer(pieces.text):
        if is_korean_name(named[1]):
            pieces.cut(*named.span())
            return named[1]
    beside = re.search(
        rf"([가-힣]{{2,4}})[\s,:]*\{CUT}☎|☎\{CUT}[\s,]*([가-힣]{{2,4}})(?=[\s,|]|$)", pieces.text
    )
    if beside and is_korean_name(name := beside[1] or beside[2]):
        place = 1 if beside[1] else 2
        pieces.cut(beside.start(place), beside.end(place))
        return name
    for alone in re.finditer(r"(?:^|[,|])\s*([가-힣]{2,4})\s*(?=[,|]|$)", pieces.text):
        if is_korean_name(alone[1]):
            pieces.cut(alone.start(1), alone.end(1))
            return alone[1]
    return ""


def is_korean_name(word: str) -> bool:
    """Whether a word can be a person's name: a surname and one to three syllables, and no word of places."""
    if word in _NO_NAMES or not re.fullmatch(r"[가-힣]{2,4}", word):
        return False
    surname = word[:2] in _DOUBLE or (word[0] in _SURNAMES and len(word) < 4)
    return surname and (len(word) == 3 or not _NO_NAME.search(word)) and not _PLACE.search(word)


_PLACE = re.compile(
    r"(?:아파트|빌라|빌딩|타워|주택|상가|건물|센터|주공|자이|단지|병원|학교|대학|회사|은행|층|호|점|역|펜션|호텔|식당|카페)$"
)


def take_english_name(pieces: Pieces) -> str:
    """Who it is for, where it is labelled (`to: Ann Lee`); else empty."""
    labelled = pieces.take(_NAME_LABEL)
    return labelled[1].strip() if labelled else ""

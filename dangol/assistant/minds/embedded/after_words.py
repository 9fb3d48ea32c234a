"""What is wanted of an order that was made, by words that say it whatever a reader makes of the rest."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

_WANTED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("track_refund", re.compile(r"(?i)(?:환불|취소).{0,6}(?:언제|됐|되었|들어|안\s?들)|\b(?:refund|money back)\b.{0,16}\b(?:when|yet|where|status|through)\b|\bwhere\b.{0,12}\brefund")),
    ("exchange_item", re.compile(r"(?i)교환|\b(?:exchange|swap)\b")),
    ("return_item", re.compile(r"(?i)반품|환불|\b(?:return|send (?:it|them|this) back|refund)\b")),
    ("cancel_order", re.compile(r"(?i)취소|\bcancel")),
    ("get_invoice", re.compile(r"(?i)영수증|명세서|\b(?:receipt|invoice)\b")),
    ("change_order", re.compile(r"(?i)(?:주소|배송지|옵션|색상|사이즈|결제\s?수단).{0,12}(?:바꾸|바꿔|변경|수정)|(?:주소|배송지).{0,6}(?:잘못|틀[렸리린]|오타)|\b(?:change|update|edit)\b|\b(?:wrong|incorrect) (?:\w+ )?address\b|\baddress\b.{0,12}\b(?:wrong|incorrect)\b")),
)  # fmt: skip
_TO_IT = re.compile(r"(?i)(?:으?로|걸로)\s?(?:좀\s?)?(?:바꿔|바꾸|변경|교환)")


def to_another(text: str) -> bool:
    """Is something of an order to become something else ("네이비로 바꿔줘")?"""
    return _TO_IT.search(text) is not None


_NOT_RECEIVED = re.compile(
    r"(?i)(?:못|안)\s?받(?:았|은|아)|(?:도착|배송)\s?(?:완료|됐다|되었다).{0,14}(?:없|안\s?왔|못)|분실|잃어버린\s?거|누가\s?(?:훔|가져)|도난"
    r"|(?:\b(?:never|not)|n'?t)\b.{0,12}\b(?:received?|arrived?|got it|here|show(?:ed)? up)\b|\bdelivered\b.{0,24}\b(?:nothing|not|never|isn'?t|no sign)\b|\b(?:stolen|porch pirate|went missing|(?:it'?s|is|was|been|got|gotten|think) (?:\w+ )?lost\b|lost in (?:the )?(?:mail|post))\b"
)
_PARCEL = re.compile(
    r"(?i)택배|송장|배송|물건|상품|주문|parcel|package|order|tracking|deliver|item|porch|mail"
)
_OTHER_DETAIL = re.compile(
    r"(?i)(?:전화|휴대폰|핸드폰|연락처|(?<!주문)(?<!주문\s)번호|받는\s?(?:분|사람)|수령인|수취인|배송\s?(?:메모|메[시세]지|요청)|공동\s?현관|요청\s?사항)"
    r"|\b(?:phone|recipient|receiver|delivery (?:note|instructions?)|gate code|buzzer|leave it (?:at|with))\b"
)
_STRONG_DETAIL = re.compile(
    r"(?i)배송\s?(?:메모|메[시세]지|요청)|문\s?앞에?\s?(?:놔|놓|두고|둬)|공동\s?현관|(?:받는\s?(?:분|사람)|수령인|수취인).{0,12}(?:바꾸|바꿔|변경|잘못|수정)"
    r"|\bleave (?:it|the (?:parcel|package|box)|my (?:parcel|package))\b(?!\W*$|\W+(?:then|alone|as|be|for now|there is|please|pls)\b)|\b(?:phone|recipient|name)\b.{0,8}\bon (?:my|the|that) (?:order|parcel|package)\b|\bdelivery (?:note|instructions?)\b|\bgate code\b"
)
_DISPUTED = re.compile(
    r"(?i)녹취|녹음\s?(?:있|해\s?뒀|했)|책임\s?(?:지세요|져|지실|지라)|고소|소송|변호사|소비자원|신고할|증거\s?(?:있|남)"
    r"|\b(?:sue|lawyer|attorney|small claims|chargeback|trading standards|recorded (?:the|that|our|it)|i have (?:proof|it recorded)|in writing|hold you (?:to|liable))\b"
)
_PICKED_UP = re.compile(
    r"(?i)수거|회수|가지러|픽업|\bpick(?:ed)?[- ]?(?:it|them|this|that)?[- ]?up\b|\bcollect(?:ed|ion)?\b"
)
_IN_ENGLISH = re.compile(r"(?i)영어|영문|\bin english\b|\benglish (?:version|copy|one|invoice|receipt)")
_IN_KOREAN = re.compile(r"(?i)한글|국문|한국어|\bin korean\b|\bkorean (?:version|copy|one|invoice|receipt)")
_PAPER = re.compile(r"(?i)영수증|명세서|인보이스|청구서|\b(?:receipt|invoice)s?\b")
_TAX = re.compile(
    r"(?i)현금\s?영수증|현영|세금\s?계산서|지출\s?증빙|소득\s?공제|사업자\s?(?:등록\s?)?(?:번호|명의)|\b(?:tax|vat|business|registration) (?:number|no|id)\b|\bcash receipt|\btax(?:able)? invoice|\bvat invoice"
)


def of_the_tax_office(text: str) -> bool:
    """Is it a paper that the shop has the tax office issue (cash receipt, tax invoice), and no receipt of its own?"""
    return _TAX.search(text) is not None


# "교환 말고 환불이요", "a refund, not an exchange": what is not wanted
_NOT_WANTED = re.compile(
    r"(?i)(?:교환|환불|반품|취소)\S{0,3}\s?(?:말고|아니고|대신|아니라|안\s?하고|싫)"
    r"|\b(?:not|no|instead of|rather than|don'?t want) (?:an? |the |to )?(?:exchange|swap|refund|return|cancel)\w*"
)


def wanted(text: str) -> str | None:
    """The intent that the words of a message about a named order carry; None when they carry none."""
    said = _NOT_WANTED.sub(" ", text)
    return next((intent for intent, pattern in _WANTED if pattern.search(said)), None)


def not_received(text: str) -> bool:
    """Is it said that a parcel did not come, or is gone?"""
    return _NOT_RECEIVED.search(text) is not None


_LOOKED = re.compile(
    r"(?i)이웃|옆집|경비|관리실|현관|문\s?앞|택배함|우편함|무인함|찾아\s?봤|확인해\s?봤|다\s?봤|어디에도|없어요?|없네|없던데|cctv"
    r"|\b(?:neighbou?rs?|porch|mail ?room|mail ?box|reception|front desk|concierge|lobby|looked|checked|nothing|nowhere|not there|no one|nobody|cctv|camera)\b"
)
_SEND_AGAIN = re.compile(
    r"(?i)다시\s?(?:보내|발송|배송)|재\s?(?:발송|배송)|새로\s?보내|\bre-?send\b|\bsend (?:me |us )?(?:it again|(?:a |an )?(?:new|replacement|another))\b"
)


def looked_for(text: str) -> bool:
    """Is it told where a parcel that did not come was looked for?"""
    return _LOOKED.search(text) is not None


def sent_again(text: str) -> bool:
    """Is it wished that something is sent once more?"""
    return _SEND_AGAIN.search(text) is not None


def of_a_parcel(text: str) -> bool:
    """Is it about something that was ordered?"""
    return _PARCEL.search(text) is not None


def other_detail(text: str) -> bool:
    """Is a detail of an order to be changed that only a person changes: recipient, phone, delivery note?"""
    return _OTHER_DETAIL.search(text) is not None


def detail_of_order(text: str) -> bool:
    """Is a detail of an order to be changed, by words that say so without naming the order?"""
    return _STRONG_DETAIL.search(text) is not None


_PROMISED = re.compile(
    r"(?i)(?:(?:전화|통화)\S{0,4}\s?(?:하신|한|받으신|받은)\s?분|직원|상담원|상담사|매니저|담당자|사장|점장|전화(?:로|했을))\S{0,4}.{0,25}(?:할인|반값|깎|싸게|빼|%|퍼센트|무료|공짜|환불|보상).{0,16}(?:준다|준댔|주기로|주신다|약속|했|하셨|그랬)"
    r"|\b(?:agent|rep|representative|manager|staff|someone|guy|lady|person|colleague|they)\b.{0,30}\b(?:promised|said|told me|agreed|offered)\b.{0,40}(?:discount|\d ?%|percent|half|refund|free|money back|cheaper)"
)


def promised(text: str) -> bool:
    """Is it said that somebody of the shop promised money off or back?"""
    return _PROMISED.search(text) is not None


def disputed(text: str) -> bool:
    """Is it threatened to take the matter elsewhere, or are promises held against the shop?"""
    return _DISPUTED.search(text) is not None


def picked_up(text: str) -> bool:
    """Is it about goods being fetched?"""
    return _PICKED_UP.search(text) is not None


def paper_language(text: str) -> str | None:
    """The language a paper is wanted in, where the message names one: ko or en."""
    if not _PAPER.search(text):
        return None
    return "en" if _IN_ENGLISH.search(text) else "ko" if _IN_KOREAN.search(text) else None

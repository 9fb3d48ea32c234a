"""What of an account a message is about, by its words."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

_ABOUT: dict[str, re.Pattern[str]] = {
    "keep": re.compile(
        r"(?i)탈퇴.{0,8}(?:취소|철회|안\s?할|하지\s?않|말(?:고|아|게|까)|무르|되돌)"
        r"|\b(?:don'?t|do not|changed my mind about) (?:close|clos|delet|remov)\w* (?:my|the) (?:account|profile|membership)\b"
        r"|\b(?:keep|reopen|restore) my (?:account|membership|profile)\b|\bstop (?:the )?(?:closing|deletion)\b|\bundo (?:the )?(?:closing|deletion)\b"
    ),
    "close": re.compile(
        r"(?i)탈퇴|(?:계정|아이디|account)\s?(?:를|을|도|좀|은)?\s?(?:삭제|없애|지우|지워|지울|닫|해지|파기)|회원\s?(?:을|를)?\s?(?:해지|그만)"
        r"|\b(?:close|delete|remove|cancel|terminate|deactivate|shut(?: down)?|get rid of)\b.{0,12}\b(?:account|acc|membership|profile)\b"
        r"|\b(?:account|membership) (?:closed|deleted|removed|gone)\b"
    ),
    "methods": re.compile(
        r"(?i)(?:저장|등록|보관|넣어|올려)\s?(?:된|한|해\s?(?:둔|놓은|논)|돼\s?있는|되어\s?있는|둔|놓은|중인)\s?(?:내\s|제\s)?(?:신용\s?|체크\s?)?(?:카드|결제|페이)"
        r"|(?:내|제)\s?(?:결제\s?수단|카드)\s?(?:목록|리스트|뭐|어떤|보여|확인|지워|지우|삭제|빼|추가|등록|바꿔|변경)|결제\s?수단\s?(?:관리|목록|지워|지우|삭제|추가|등록)|카드\s?(?:등록|추가|목록|관리)"
        r"|(?:카드|페이팔)\s?(?:를|을|정보|정보를)?\s?(?:지워|지우|삭제|빼)"
        r"|\b(?:saved|stored|registered)\b.{0,8}\b(?:cards?|payments?|ways? (?:of paying|to pay))\b|\b(?:cards?|payment methods?|paypal)\b.{0,16}\bon file\b|\bmy (?:cards?|payment methods?)\b.{0,10}(?:\?|list|saved|on file)"
        r"|\b(?:delete|remove|forget|take off|drop)\b.{0,16}\b(?:my|the|that|this|old) (?:\w+ )?(?:card|paypal|payment method)\b|\badd (?:a|my|another|new)(?: new)? (?:card|payment method)\b"
    ),
    "addresses": re.compile(
        r"(?i)(?:저장|등록)\s?(?:된|한|해\s?(?:둔|놓은)|돼\s?있는|되어\s?있는)\s?(?:내\s|제\s)?(?:배송지|주소)|(?:배송지|주소)\s?(?:목록|관리|리스트|록)|(?:배송지|주소)\s?(?:를|을|들|도)?\s?(?:지워|지우|삭제)"
        r"|\b(?:saved|stored) (?:delivery |shipping )?address|\baddress book\b|\b(?:delete|remove|forget)\b.{0,16}\b(?:my|the|that|this|old)\b.{0,10}\baddress"
    ),
    "consents": re.compile(
        r"(?i)(?:수신|마케팅|광고|알림|문자|메일|이메일|개인\s?정보)\s?(?:수신\s?)?동의\s?(?:를|을|는|은)?\s?(?:내역|상태|현황|여부|목록|했|확인|보여|뭐|철회|해지|취소)|동의\s?(?:내역|목록|현황)|(?:뭐|뭘|무엇)에?\s?동의"
        r"|\bmy consents?\b|\bwhat (?:did|have) i (?:agree|consent|opt)|\bconsents?\b.{0,12}\b(?:given|withdraw|list|on record)\b|\bwithdraw (?:my )?consent"
    ),
    "tier": re.compile(
        r"(?i)(?:내|제|나의|저의|회원|멤버십|멤버쉽|다음|윗|현재|무슨|고객)\s?등급|등급\s?(?:혜택|별|조건|기준|올리|업|이\s?뭐|뭐|어떻게|알려|확인|보여)|멤버(?:십|쉽)\s?(?:혜택|등급|이\s?뭐|뭐|알려|조건)?|VIP\s?(?:되|조건|혜택)"
        r"|\b(?:membership|loyalty|member|reward|vip|customer)s? (?:tiers?|levels?|status|perks?|benefits?)\b|\bmy (?:membership|tier|level|status)\b|\b(?:next|higher|which|what) (?:tier|level)\b"
    ),
    "overview": re.compile(
        r"(?i)회원\s?정보|마이\s?페이지|(?:내|제)\s?계정\s?(?:정보)?\s?(?:좀\s?)?(?:보여|확인|조회|볼)|(?:내|제)\s?정보\s?(?:좀\s?)?(?:수정|변경|바꾸|바꿔|고치)"
        r"|\b(?:show|see|view|check|what'?s (?:in|on)|open|edit|update|change)\b.{0,8}\bmy (?:account|profile|personal|contact)(?: details?| info(?:rmation)?| data)?\b|\bmy (?:account|profile|contact) (?:details?|info(?:rmation)?)\b"
    ),
}  # fmt: skip
_CHANGES = r"(?:바꾸|바꿔|바꿀|바뀌|바뀐|바꼈|바뀠|변경|수정|고치|고쳐|갱신|업데이트|새로)"
_CONTACT: dict[str, re.Pattern[str]] = {
    "phone": re.compile(
        rf"(?i)(?:전화|휴대폰|핸드폰|휴대전화|연락처|폰|번호|전번|폰번).{{0,24}}{_CHANGES}"
        r"|\b(?:change|update|edit|correct|new|replace)\b.{0,24}\b(?:phone|mobile|cell|number)\b|\b(?:phone|mobile|cell|number)\b.{0,12}\b(?:changed|is new|has changed)\b"
    ),
    "email": re.compile(
        rf"(?i)(?:이메일|메일|e-?mail)\s?(?:주소)?.{{0,24}}{_CHANGES}"
        r"|\b(?:change|update|edit|correct|new|replace)\b.{0,16}\be-?mail\b|\be-?mail\b.{0,12}\b(?:changed|is new|has changed)\b"
    ),
    "name": re.compile(
        rf"(?i)(?:이름|성함|실명)\s?(?:을|를|이|도)?.{{0,16}}{_CHANGES}|개명"
        r"|\b(?:change|update|edit|correct)\b.{0,12}\b(?:my|the|account) (?:last |first |full |family |sur)?name\b|\b(?:last|first|full)? ?name\b.{0,8}\b(?:changed|is wrong|is misspelled)\b"
    ),
}  # fmt: skip
_OF_ORDER = re.compile(
    r"(?i)주문|배송|송장|택배|받는\s?(?:분|사람)|수령|\border|\bdeliver|\bship|\brecipient|\bparcel|\bcourier"
)
_SIGN_IN = re.compile(
    r"(?i)비밀\s?번호|비번|패스워드|로그인|로그아웃|가입|password|passcode|\bpw\b|log(?:ged|ging)? ?in|sign(?:ed|ing)? ?(?:in|up)|locked out|register"
)
_REMOVES = re.compile(r"(?i)지워|지우|지울|삭제|빼|없애|\b(?:delete|remove|forget|drop|take off)\b")
_ADDS = re.compile(r"(?i)추가|등록\s?(?:하고|할|해|하려)|새로\s?(?:넣|등록)|\badd\b")
_ERASES = re.compile(
    r"(?i)(?:정보|데이터|기록|data|info\w*)\s?(?:를|을|도|좀|다|전부|모두|싹)*\s?(?:전부|다|모두|싹)?\s?(?:지워|지우|삭제|파기|없애)|\b(?:delete|erase|wipe|remove|purge)\b.{0,20}\b(?:data|information|info|records?|everything)\b|\b(?:erase|wipe|purge) (?:it all|all of it|it|them all|me)\b"
)
_PHONE = re.compile(r"\+?\d[\d\s().-]{6,}\d")
_NAME_TO = re.compile(
    r"이름(?:을|은|이)?\s*(?:[가-힣]{2,5}에서\s*)?([가-힣]{2,5}?)(?:으로|로)\b"
    r"|\b[Nn]ame\b.{0,12}?\b(?:to|is(?: now)?) ([A-Z][\w'-]+(?: [A-Z][\w'.-]+){0,3})"
)


def about(text: str) -> str | None:
    """Which part of the account: keep, close, methods, addresses, consents, tier, phone, email, name, overview."""
    if signs_in(text) and not _ABOUT["close"].search(text):
        return None
    found = next((part for part, pattern in _ABOUT.items() if pattern.search(text)), None)
    return found or contact_part(text)


def signs_in(text: str) -> bool:
    """Is it about a password, signing in or signing up?"""
    return _SIGN_IN.search(text) is not None


def contact_part(text: str) -> str | None:
    """Which of one's own contact data is to be changed; what belongs to an order is none."""
    if _OF_ORDER.search(text):
        return None
    return next((part for part in ("email", "phone", "name") if _CONTACT[part].search(text)), None)


def removes(text: str) -> bool:
    """Is something to be taken away?"""
    return _REMOVES.search(text) is not None


def adds(text: str) -> bool:
    """Is something to be put there?"""
    return _ADDS.search(text) is not None


def erases(text: str) -> bool:
    """Is everything stored to be erased?"""
    return _ERASES.search(text) is not None


def phone_in(text: str) -> str:
    """The phone number in a message, "" when there is none."""
    found = _PHONE.search(text)
    return found.group().strip() if found else ""


def name_in(text: str) -> str:
    """The name somebody is called from now on, "" when none is said."""
    found = _NAME_TO.search(text)
    return next((part for part in found.groups() if part), "") if found else ""

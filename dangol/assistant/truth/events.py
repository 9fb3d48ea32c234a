"""What happens to an order, by which rules count their time: from the order, until it is sent, after it has arrived."""

from __future__ import annotations

import re

_EVENTS = {
    "order": r"주문|구매|산 날|사신 날|결제|예약|확정|\border\w*|\bpurchas\w*|\bbuy\w*|\bbought\b|\bpa(?:y|id|yment)\b|\bcheckout\b|\bbook\w*|\bconfirm\w*",
    "prepare": r"준비|제작|\bprepar\w*|\bmak(?:e|ing) it\b",
    "ship": r"출고|발송|보낸|보내[기진]|\bdispatch\w*|\bship\w*|\bsent\b|\bsend\w*\b|\bleaves?\b",
    "receive": r"받으|받은|수령|도착|배송|배달|\bdeliver\w*|\breceipt\b|\breceiv\w*|\barriv\w*|\breach\w*|\bget(?:s|ting)? (?:it|them)\b",
    "request": r"신청|접수|요청|\brequest\w*|\breport\w*|\bappl(?:y|ied|ication)\b",
    "register": r"등록|가입|\bregist\w*|\bsign\w* up\b",
    "return": r"반납|반환|반품|\breturn\w*|\bbring \w+ back\b|\bis back\b",
    "use": r"사용|쓰신|뜯|개봉|\bopen(?:ed|ing)?\b|\bus(?:e|ed|ing)\b|\bworn\b|\bdownload\w*",
}  # fmt: skip
EVENTS = frozenset(_EVENTS)
_EVENT = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _EVENTS.items()))
_SINCE = re.compile(r"^\s?(?:full )?(?:of|from|after|since|following|once)\s(?P<behind>[^,.;]{3,40})")
_BEFORE_IT = re.compile(
    r"(?:[가-힣]+\s)?[가-힣]+(?:\s?날로?부터|고\s?나서|고|[은한된]\s?(?:뒤|후)(?:에|로)?|부터)\s+(?:영업일\s?(?:기준\s?)?(?:로\s)?)?$"
)


def events_in(text: str) -> frozenset[str]:
    """The events that a plain text names."""
    return frozenset(match.lastgroup or "" for match in _EVENT.finditer(text))


def counted_from(text: str, start: int, end: int) -> frozenset[str]:
    """From what a span of time at text[start:end] counts; nothing when that is not said."""
    behind = _SINCE.match(text[end : end + 48])
    before = _BEFORE_IT.search(text[max(0, start - 24) : start])
    told = behind["behind"] if behind else before.group() if before else ""
    return events_in(told)

"""The linter of letters: what breaks the rules of advertising, or sells something under the name of information, does not
leave the house."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MARK = "(광고)"
"""How advertising must begin in Korea, in these very signs."""
FREE_REFUSAL = "무료 수신거부"

Fault = Literal["no_mark", "wrong_mark", "no_sender", "no_contact", "no_refusal", "refusal_not_last", "sells"]

_NEARLY = re.compile(r"[\[(（<{【]\s*광\s*[.·\-_*]?\s*고\s*[\])）>}】]")
# what is given back, a coupon that was used, is no offer
_SELLS = re.compile(
    r"(?i)할인|쿠폰(?!\S*\s*(?:돌려|반환))|특가|세일|사은품|이벤트|프로모션|무료\s?증정|1\s?\+\s?1|혜택|구매하세요|지금\s?사|\d+\s?%"
    r"|\b(?:sale|discounts?|coupons?(?! you used)|promo(?:tion)?s?|deals?|special offer|free gift|buy now|shop now|% off)\b"
)


@dataclass(frozen=True)
class Draft:
    """A letter before it leaves: `head` is what is read first (the subject, or a short message's beginning)."""

    head: str
    text: str
    sender: str
    contacts: tuple[str, ...]
    refusal: str  # where it is refused free of charge


def advertising_faults(draft: Draft, *, korean: bool) -> tuple[Fault, ...]:
    """What is wrong with an advertising letter; nothing where it may leave."""
    faults: list[Fault] = []
    if korean and not draft.head.startswith(MARK):
        faults.append("wrong_mark" if _NEARLY.match(draft.head.lstrip()) else "no_mark")
    if draft.sender not in draft.head and draft.sender not in draft.text:
        faults.append("no_sender")
    if not any(contact and contact in draft.text for contact in draft.contacts):
        faults.append("no_contact")
    ending = draft.text.rstrip().rsplit("\n", 1)[-1]
    if not draft.refusal or draft.refusal not in draft.text or (korean and FREE_REFUSAL not in draft.text):
        faults.append("no_refusal")
    elif draft.refusal not in ending:
        faults.append("refusal_not_last")
    return tuple(faults)


def information_faults(text: str) -> tuple[Fault, ...]:
    """What is wrong with a text that is sent as information: it sells nothing, and pretends to be no advertising."""
    return ("sells",) if _SELLS.search(text) or _NEARLY.search(text) else ()

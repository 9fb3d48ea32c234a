"""What a model that only looks up can never have done, and letters in which nobody here reads: neither is sent.

Deeds told in whole sentences are found by the check of generated texts; here are those told by a noun and a full stop.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from dangol.assistant.truth import Evidence
from dangol.assistant.truth.text import plain, spaceless

_END = r"(?=[\s.!~…]*(?:[.!~…]|$))"
_MATTER = (
    r"(?:주문|결제|환불|취소|반품|교환|예약|쿠폰|할인|적립|포인트|구독|배송지\s?변경|주소\s?변경"
    r"|접수|등록|신청|발급|요청)"
)
_DONE = re.compile(
    rf"{_MATTER}(?:이|가|은|는|도|을|를)?\s?(?:[가-힣]{{1,6}}\s){{0,2}}(?:적용\s?|처리\s?|신청\s?|접수\s?)?(?:완료|성공|확정)(?:예요|이에요|입니다|됨|!)?{_END}"
    rf"|{_MATTER}(?:이|가|은|는|도|을|를)?\s?(?:[가-힣]{{1,8}}\s){{0,2}}"
    r"(?:처리|적용|승인|반영|완료|접수|발급|확정)\s?(?:됐|되었|했|하였|끝났|마쳤)(?:어요|습니다|네요|답니다)"
    rf"|(?:^|(?<=[.!?]\s))(?:네,?\s|자,?\s)?(?:모두\s|다\s)?(?:완료|성공|처리\s?완료|끝)(?:예요|이에요|입니다|됐어요|되었습니다)?{_END}"
    r"|\b(?:order|payment|refund|return|exchange|coupon|discount|code|cancell?ation|booking|reservation|purchase|checkout)s?"
    r" (?:now |all |successfully |already )?"
    rf"(?:placed|issued|processed|completed?|confirmed|approved|applied|cancell?ed|accepted|registered|done|successful|submitted|sent){_END}"
    rf"|(?:^|(?<=[.!?]\s))(?:all |it's |that's )?(?:done|completed?|success|sorted){_END}"
)
_IN_CART = re.compile(
    r"장바구니(?:에|엔|에는)\s?[^.!?]{0,40}(?:담겨|담겼|들어\s?있|넣어\s?뒀|있(?:어요|습니다))"
    r"|\b(?:is|are|'s|'re|sits?|put) (?:now |already |safely )?in (?:your|the) (?:cart|basket|bag)\b"
    r"|\byour (?:cart|basket|bag) (?:now |already )?(?:holds|has|contains|includes)\b"
)
_HALF_FIGURE = re.compile(
    r"(?<!\w)(?=[\dOolI,.]*\d)(?=[\d,.]*[OolI])[\dOolI,.]{2,}\s?(?:원|won\b|krw\b|달러|dollars?\b|%)"
)
_OF_HERE = ("LATIN", "HANGUL")


def overreaches(sentence: str, evidence: Evidence, said: str) -> str | None:
    """What in a sentence claims a deed nobody did, or is written in letters of no language of the shop; None: nothing."""
    low = plain(sentence)
    if not sentence.endswith(("?", "？")):
        if done := _DONE.search(low):
            return f"deed: {done.group().strip()}"
        if (there := _IN_CART.search(low)) and not evidence.once("carts", lambda: _has_cart(evidence)):
            return f"deed: {there.group()}"
    if half := _HALF_FIGURE.search(sentence):
        return f"price: {half.group()}"
    return next(
        (f"words: {word}" for word in _foreign(sentence) if not _is_known(word, evidence, said)), None
    )


def _has_cart(evidence: Evidence) -> bool:
    """Whether a cart was looked at in this turn: so many of something."""
    return any("quantity" in fact.roles for fact in evidence.of("count"))


def _foreign(sentence: str) -> Iterator[str]:
    for word in sentence.split():
        if not word.isascii() and any(_is_strange(char) for char in word):
            yield word


@lru_cache(maxsize=4096)
def _is_strange(char: str) -> bool:
    return char.isalpha() and not unicodedata.name(char, "").startswith(_OF_HERE)


def _is_known(word: str, evidence: Evidence, said: str) -> bool:
    """Whether a word stands in what was looked up, as a name from elsewhere does, or was said by the shopper."""
    core = spaceless(
        "".join(char for char in word if char.isalnum() and (_is_strange(char) or char.isascii()))
    )
    return core in spaceless(said) or any(core in each for each in (*evidence.strings, *evidence.quotes))

"""Ways of paying as people call them, whether or not the shop takes them."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

_WAYS = {
    "kakaopay": r"카카오\s?페이|카페이|kakao\s?pay",
    "naverpay": r"네이버\s?페이|네페|n\s?pay|naver\s?pay",
    "tosspay": r"토스(?:\s?페이)?|toss(?:\s?pay)?",
    "payco": r"페이코|payco",
    "samsungpay": r"삼성\s?페이|삼페|samsung\s?pay",
    "applepay": r"애플\s?페이|apple\s?pay",
    "googlepay": r"구글\s?페이|google\s?pay|g\s?pay",
    "paypal": r"페이팔|paypal|pay\s?pal",
    "transfer": r"계좌\s?이체|무통장(?:\s?입금)?|가상\s?계좌|실시간\s?이체|bank transfer|wire transfer|wire",
    "phone": r"휴대폰\s?결제|핸드폰\s?결제|소액\s?결제|휴대폰|carrier billing",
    "card": r"신용\s?카드|체크\s?카드|카드|credit(?:\s?card)?|debit(?:\s?card)?|visa|master\s?card|amex|american express|\bcard\b",
    "cash": r"현금|착불|후불|만나서\s?결제|(?:받고|받은\s?(?:다음|뒤|후)|도착하면|물건\s?(?:받|오)).{0,8}(?:결제|지불|돈|내)|현장\s?결제|\bcash\b|cash on delivery|pay.{0,12}(?:when|after|once|upon|on) (?:it |i |they )?(?:arriv|receiv|get|deliver|come)\w*|\bcod\b",
    "cheque": r"수표|\bche(?:que|ck)s?\b",
    "crypto": r"비트코인|코인|가상\s?화폐|bitcoin|crypto(?:currency)?|\bbtc\b",
    "gift_certificate": r"상품권|기프트\s?카드|gift\s?cards?|voucher",
    "klarna": r"클라르나|klarna|afterpay|affirm\b|buy now,? pay later",
    "venmo": r"벤모|venmo|zelle|cash\s?app",
}
_SAID = {code: re.compile(rf"(?i){pattern}") for code, pattern in _WAYS.items()}


_TO_ANOTHER = re.compile(
    r"(?i)(?:결제|카드).{0,14}(?:바꾸|바꿀|바꿔|변경|교체)|다른\s?(?:카드|결제\s?수단|방법)(?:로|으로)\s?(?:다시\s?)?결제"
    r"|\b(?:change|switch|update|move)\b.{0,30}\b(?:payment|card|method)\b|\bpay(?:ing)? (?:with|by|using) (?:a|an)?(?:other| different)\b"
)


def to_another(text: str) -> bool:
    """Whether a text asks to pay in another way than before."""
    return _TO_ANOTHER.search(text) is not None


def named(text: str) -> set[str]:
    """The ways of paying a text names; a gift card is no card one pays with by credit."""
    found = {code for code, said in _SAID.items() if said.search(text)}
    return found - {"card"} if "gift_certificate" in found else found


_ONLY_A_WAY = re.compile(
    r"(?i)^\W*(?:(?:결제는?|지불은?|i'?ll pay|pay(?:ing)?)\s?)?(?:with |by |in |using )?(?:a |my )?\S{1,12}(?:\s\S{1,8})?(?:으로|로|by|with)?(?:요|할게요|결제할게요|결제요)?\W*$"
)


def only(text: str) -> bool:
    """Whether a text says no more than how somebody wants to pay ("카드로요", "by card")."""
    return len(text) <= 24 and "?" not in text and bool(named(text)) and _ONLY_A_WAY.match(text) is not None


_WALLETS = frozenset({"kakaopay", "naverpay", "tosspay", "payco", "samsungpay", "applepay", "googlepay"})
_ANY_WALLET = re.compile(r"(?i)간편\s?결제|easy\s?pay|wallet|mobile pay")


def may_be_among(ways: set[str], offered: str) -> bool:
    """Whether a way offered under a common name ("간편결제", "wallets") may hold one that was named."""
    return bool(ways & _WALLETS) and _ANY_WALLET.search(offered) is not None

"""What a figure is said of: the price, the delivery fee, the total, a discount … by the words next to it."""

from __future__ import annotations

import re
from functools import lru_cache

# nearest word wins; the longest of those starting at one place
_ROLE_WORDS: dict[str, str] = {
    "shipping":
        r"배송비|운임|배송료|택배비|배달비|운송비|배송 요금|(?:shipping|delivery)(?: fees?| costs?"
        r"| charges?| rates?)?|postage|carriage|freight|배송|ships?\b|deliver(?:ed|s)?\b",
    "surcharge": r"추가 (?:요금|비용|배송비)|추가금|surcharges?|제주|도서\s?산간|islands?",
    "total":
        r"총액|총(?=\s|[0-9])|총 결제|합계|합쳐서|다 해서|전부|결제\s?(?:하실\s)?금액"
        r"|최종 금액|모두(?=\s?\d)|내셨|(?:grand )?total|altogether|in all|all together|amount due|comes? to|came to|with everything|everything included|(?:with|including|incl\.?) (?:postage|delivery|shipping)(?! (?:at|of|for|costs?)\b)|배송비까지|배송비 포함",
    "subtotal": r"상품\s?(?:금액|합계)|상품 총액|소계|subtotal|merchandise|items total",
    "discount":
        r"할인|세일|깎|빼\s?드|저렴|절약|에누리|(?:\d|percent|%|dollars?|won|third|half"
        r"|quarter) off|discounts?|savings?|\bsaves?\b|cheaper|\bless than\b|reduction"
        r"|coupons? (?:takes|gives)",
    "original":
        r"정가|원래|할인 전|기존가|기존 가격|원가|originally|regular(?:ly)?(?: price)?"
        r"|list price|instead of|(?<!discount )(?<!total )(?<!delivery )(?<!shipping )(?<!postage )\bwas\b|\bdown from\b|before the discount|full price"
        r"|usual price|\bearlier\b|\bpreviously\b|이전 가격|전에는",
    "price":
        r"할인가|할인(?:해서?|하여|돼서?|된)\s|내려서?\s|특가|판매가|세일가|가격|값|\bprices?\b|\bpriced\b|\bsells? for\b|sale price"
        r"|each\b(?=\s?(?:[.,;!]|$))|\beach (?:copy|one|piece|pair|of them)\b|한 켤레에|한 개에|개당",
    "return": r"반품|return(?:s|ed|ing|able)?\b|tak(?:e|en|ing) (?:\w+ ){0,3}back\b|send(?:ing)? (?:it |them )?back",
    "exchange": r"교환|(?:사이즈|색상?|상품|제품)\S{0,3} 바[꾸꿔꿀]|(?<!in )exchang\w*|swap\w*",
    "refund": r"환불|환급|돌려\s?(?:드|받|주)|통장|refund\w*|money back",
    "points": r"적립금|적립|포인트|마일리지|points?\b|rewards?\b",
    "wrapping": r"선물\s?포장|포장|gift[- ]?wrap\w*|wrapping",
    "warranty": r"보증(?!금)|무상|a/s|워런티|warranty|guarantee\w*",
    "repair": r"수리|repairs?\b|mend\w*",
    "unpaid": r"미입금|입금|무통장|미결제|unpaid|bank transfer|awaiting payment|not paid",
    "coupon": r"쿠폰|coupons?\b|promo code|할인 코드|\bcode\b",
    "pickup": r"픽업|매장 수령|찾아가|찾으러|pick(?:ed)?[ -]?up|collect(?!(?:s|ed|ing)? (?:$|\d|(?:\w+ )?points?\b))",
    "hours":
        r"영업|운영|상담\s?시간|쉬어|까지 (?:해|합|하고)|쉽니다|휴무|여는|문을|열어|닫|오픈|마감|hours|open\w*|clos\w+"
        r"|we(?:'| a)re (?:there|here|around|in)\b",
    "cutoff": r"당일 출고|당일 발송|그날 출고|출고|발송|dispatch\w*|leaves? the same day|cut-?off|same[- ]day",
    "review":
        r"후기|리뷰|평점|별점|구매평|평가하|review(?:s|ed|ers?)?\b|rat(?:ing|ings|ed)\b|stars?\b"
        r"|buyers?\b|customers? say",
    "positive": r"만족|긍정|좋다는|좋았|추천한다|칭찬|positive|liked?|loved?|happy|satisf\w+|praise\w*|recommend it",
    "negative": r"불만|부정|아쉬|아쉽|별로|나빴|negative|complain\w*|dislike\w*|unhappy|disappoint\w*",
    "stock":
        r"재고|남았|남아|남은|품절|수량 한정|매진|in stock|\bleft\b|remain\w*|available"
        r"|sold out|out of stock|last\b|마지막",
    "quantity":
        r"담았|담겨|담아|담을|장바구니|수량|in (?:your|the) (?:cart|basket|bag)|added"
        r"|put .{0,20} in|quantity|\bcart\b|\bbasket\b",
    "delivery":
        r"도착|배달|받아\s?보|받으실|받을|배송|출고|발송|arriv\w+|deliver\w*|get (?:it|them"
        r"|there)|receive\w*|ships?\b|shipped|dispatch\w*|reach(?:es)? you|be with you"
        r"|with you by",
    "sale": r"행사|기획전|할인|세일|이벤트|쿠폰|promotion|offer\b|sale\b|deal\b|coupon|ends?\b|expires?",
    "order": r"주문하신|주문하셨|주문은|주문일|결제하신|ordered|placed|paid on|purchased",
    "restock": r"재입고|입고|back in stock|\b(?:be|come|comes|coming) back\b|restock\w*",
    "recommend":
        r"추천|권해|권하|맞으실|맞을|잘 맞|recommend|suggest|should fit|go (?:for|with)"
        r"|take (?:a|the)?|best fit|would fit|your size",
    "fit": r"크게|작게|정사이즈|크다|작다|runs?\b|small|large|true to size",
    "threshold": r"이상|넘으면|넘게|over\b|above\b|or more|at least|minimum|최소|from\b",
    "deadline": r"결제 기한|까지 결제|까지 입금|pay (?:by|before|within)",
}  # fmt: skip
_COMPILED = {role: re.compile(pattern, re.ASCII) for role, pattern in _ROLE_WORDS.items()}

FIGURE_ROLES = (
    "shipping", "surcharge", "total", "subtotal", "discount", "original", "price", "return", "exchange", "refund",
    "points", "wrapping", "warranty", "repair", "coupon", "unpaid", "pickup",
)  # fmt: skip
# the longer words come first, so that 상품 금액 and "delivery fee" are not taken for their parts
_ANY_ROLE = re.compile(
    "|".join(
        f"(?P<{role}>{_ROLE_WORDS[role]})"
        for role in ("subtotal", "surcharge", "original", "wrapping", "unpaid", "pickup", "total", "price", "points",
                     "coupon", "warranty", "repair", "refund", "exchange", "return", "shipping", "discount")
    ),
    re.ASCII,
)  # fmt: skip
_FOLLOWING = re.compile(r"^\s?(?:을|를|이|가|은|는|짜리|어치|의|에서|만큼|까지|씩|도|만)?\s?")
_OVER = re.compile(
    r"^\s*(?:어치\s*)?(?:[이가을를]\s)?(?:이상|넘게|넘으|넘는|넘어|넘습|넘네|초과|부터|or more|or over|and (?:over|up"
    r"|above)|and more|\+|plus\b|minimum|at least)"
)
_OVER_BEFORE = re.compile(
    r"(?:over|above|at least|from|more than|minimum(?: of| order of)?|exceed\w*|reach\w*|spend|최소)\s*$"
)
_UNDER = re.compile(
    r"^\s*(?:이하|이내|미만|안쪽|아래|안에|안으로|까지|or less|or under|or below|and under|tops|max\b)"
)
_UNDER_BEFORE = re.compile(
    r"(?:최대|up to|within|under|below|at most|less than|maximum(?: of)?|no more than|cheaper than|by|max)\s*$"
)
_AFTER_ROLES = re.compile(
    r"^\s?(?P<discount>할인|세일|깎|빼|빠[져졌]|came off|taken off|저렴|절약|싸게|off\b|discount|less\b|cheaper"
    r"|in savings)|^\s?(?P<points>적립|포인트|점\b|points?\b)"
    r"|^\s?(?P<surcharge>추가|더 (?!담|사|구매|채우|넣)|extra|more for|on top|surcharge)|^\s?(?P<shipping>배송비"
    r"|for (?:shipping|delivery)|shipping|delivery|to ship)"
    r"|^\s?(?P<total>in total|total|altogether|in all|내셨|결제하셨)"
    r"|^\s?(?P<subtotal>before (?:any )?(?:discounts?|(?:the |your )?(?:coupons?|shipping|delivery|postage|tax)))"
    r"|^\s?(?P<original>정가|before)|^(?P<price>으?로\s(?:더\s|가장\s|제일\s|조금\s)?(?:저렴|싸|쌉|비싸|비쌉)|\s?each\b|\s?apiece)|^\s?(?P<return>for (?:a )?returns?|to return)"
    r"|^\s?(?P<wrapping>for (?:gift )?wrapping)|^\s?(?P<refund>환불|refund)"
)


@lru_cache(maxsize=8192)  # the same articles come up in every turn
def roles_in(text: str, among: tuple[str, ...] | None = None) -> frozenset[str]:
    """Every role whose words stand in a plain text."""
    return frozenset(role for role in among or tuple(_COMPILED) if _COMPILED[role].search(text))


def nearest_role(text: str, start: int, end: int, left: int, right: int, *, shared: bool) -> str:
    """The one role of a figure at text[start:end], by the nearest of the words around it between left and right.

    A word right behind the figure ("5,000원 할인") comes first, then the nearest before it, then the nearest
    after; `shared` says that another figure begins at right.
    """
    behind = text[end:right]
    particle = _FOLLOWING.match(behind)
    following = _AFTER_ROLES.match(behind[particle.end() :]) if particle else None
    following = following or _AFTER_ROLES.match(behind)
    if following and following.lastgroup:
        return following.lastgroup
    before = _nearest(text[left:start], last=True)
    # right before another figure stands what that one is said of (42,000원에 배송비 3,500원)
    return before or _nearest(behind[:-8] if shared else behind, last=False)


def end_of_role(text: str, end: int) -> int:
    """Where the words end that say right behind a figure what it is ("$250 for freight"); its own end where none do."""
    found = _AFTER_ROLES.match(text[end : end + 24])
    return end + found.end() if found else end


def _nearest(part: str, *, last: bool) -> str:
    role = ""
    for found in _ANY_ROLE.finditer(part):
        role = found.lastgroup or ""
        if not last:
            break
    return role


def bound_of(text: str, start: int, end: int) -> str:
    """`min` for "from, at least", `max` for "up to, within", else ""."""
    before, after = text[max(0, start - 20) : start], text[end : end + 14]
    if _OVER.match(after) or _OVER_BEFORE.search(before):
        return "min"
    return "max" if _UNDER.match(after) or _UNDER_BEFORE.search(before) else ""

"""What a sentence is about, and how much another is about the same; across Korean and English where words have one meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dangol.assistant.truth.alternatives import any_of

# words of shops that mean one thing in both languages; every other word counts by its beginning
_CONCEPTS: dict[str, str] = {
    "return": r"반품|반송|\breturn\w*|\bgo(?:es)? back\b|\bsen[dt]\w* (?:\w+ )?back\b|\bcome back\b|\btak(?:e|es|en|ing)\b(?= (?:[a-z]+ ){0,3}back\b)",
    "compensate": r"보상|배상|물어\s?드|\bcompensat\w*|\breimburs\w*",
    "refund": r"환불|돌려\s?(?:드|받|주)|\brefund\w*|money back",
    "cancel": r"취소|철회|\bcancel\w*",
    "ship": r"배송|배달|보내|택배|\bships?\b|\bshipp\w*|\bdeliver\w*|\bpostage\b|\bsent\b|\bsend\b",
    "abroad": r"해외|국외|\babroad\b|\boverseas\b|\binternational\w*",
    "duty": r"관세|세금|\bduties\b|\bduty\b|\btax(?:es)?\b|\bcustoms\b",
    "coupon": r"쿠폰|할인 코드|\bcoupons?\b|\bcodes?\b|\bvouchers?\b",
    "points": r"적립금?|포인트|마일리지|\bpoints?\b",
    "combine": r"함께 쓸|함께 쓰|같이 쓸|같이 쓰|중복|\bcombin\w*|\bstack\w*",
    "wrap": r"포장|\bwrap\w*",
    "repair": r"수리|고쳐|고치|\brepair\w*|\bmend\w*|\bfix(?:es|ing)?\b",
    "warranty": r"보증(?!금)|\bwarrant\w*|\bguarant\w*",
    "choose": r"고르|고를|골라|선택|\bcho(?:ose|ice|sen)\b|\bpick(?! ?up| it up)\b|\bselect\w*",
    "pickup": r"\bpick (?:it|them) up\b|픽업|찾아가|찾으[러실]|매장에서 받|매장 수령|\bpick(?:ed)?[ -]?up\b|\bcollect(?:ion|ed)?\b",
    "carry": r"거둬|수거|\btake away\b|\bcollect(?:ion|ed)?\b",
    "install": r"설치|조립|\binstall\w*|\bassembl\w*",
    "opened": r"뜯|개봉|열면|여[시셔]|열지|\bopened\b|\bunopened\b|\bopen\b",
    "worn": r"착용|신으|입으|사용하|\bworn\b|\bused\b|\bunused\b|\bwear\b",
    "cod": r"착불|만나서 결제|\bcash on delivery\b|\bpay\w* (?:\w+ )?(?:when|on) (?:it |they )?(?:arriv\w+|deliver\w*)",
    "deposit": r"예약금|보증금|선금|\bdeposits?\b",
    "sale": r"세일|할인 상품|행사 상품|\bsale\b|\bclearance\b",
    "weekend": r"주말|토요일|일요일|\bweekends?\b|\bsaturdays?\b|\bsundays?\b",
    "island": r"제주|도서|산간|\bjeju\b|\bislands?\b|\bremote\b",
    "custom": r"맞춤|주문 제작|각인|\bcustom\w*|\bpersonali[sz]ed\b|\bengrav\w*|\bown photo\b",
    "rent": r"대여|빌리|빌려|\brent\w*|\bhir(?:e|ed|ing)\b",
    "change": r"교환|바꾸|바꿀|바꿔|변경|(?<!in )\bexchang\w*|\bswap\w*|\bchang\w*|\bamend\w*|\bmodif(?:y|ied|ies)\b|\balter(?:ed|s|ing)?\b(?= (?:the|an|your|my|it|that) ?(?:order|delivery|address)?)",
    "late": r"늦|연체|\blate\b|\boverdue\b",
    "sample": r"샘플|견본|\bsamples?\b",
    "price match": r"최저가 보상|\b(?:price[ -]match\w*|match (?:any|their|the|every) \w*)",
    "insured": r"보험|\binsur\w*",
    "address": r"주소|\baddress\w*",
    "adult": r"어른|성인|대인|\badults?\b|\bgrown[- ]ups?\b",
    "child": r"어린이|어린아이|초등학생|자녀|(?<![가-힣])아이(?=[\s는가와도랑면들])|\bchild(?:ren)?\b|\bkids?\b",
}  # fmt: skip
_CONCEPT = re.compile("|".join(f"(?P<c{at}>{words})" for at, words in enumerate(_CONCEPTS.values())))
_ANY_CONCEPT = any_of("|".join(_CONCEPTS.values()))
_NAMED = tuple(_CONCEPTS)
CONCEPTS = frozenset(_CONCEPTS)
_WORD = re.compile(r"[가-힣]{2,}|[a-z]{3,}")
_COMMON = frozenset(
    [
        "있어",
        "있습",
        "없어",
        "없습",
        "해요",
        "합니",
        "드려",
        "드립",
        "드리",
        "돼요",
        "됩니",
        "가능",
        "불가",
        "이에",
        "예요",
        "입니",
        "하실",
        "하시",
        "고객",
        "저희",
        "지금",
        "현재",
        "그리",
        "하지",
        "때문",
        "그래",
        "받아",
        "받으",
        "받습",
        "주문",
        "주세",
        "받",
        "않",
        "들",
        "once",
        "need",
        "without",
        "내셔",
        "비",
        "주",
        "분",
        "내",
        "하신",
        "경우",
        "이상",
        "이내",
        "까지",
        "부터",
        "동안",
        "정도",
        "모두",
        "전부",
        "함께",
        "같이",
        "다시",
        "바로",
        "따로",
        "먼저",
        "그냥",
        "아직",
        "이미",
        "언제",
        "어디",
        "않아",
        "않습",
        "못해",
        "안에",
        "안으",
        "정말",
        "아주",
        "조금",
        "하나",
        "하루",
        "이틀",
        "사흘",
        "일주",
        "한번",
        "그날",
        "오늘",
        "내일",
        "날부",
        "만큼",
        "적어",
        "최소",
        "최대",
        "이후",
        "이전",
        "에서",
        "으로",
        "만원",
        "천원",
        "원이",
        "원은",
        "원을",
        "비는",
        "료는",
        "무료",
        "무상",
        "유상",
        "공짜",
        "비용",
        "요금",
        "추가",
        "포함",
        "the",
        "and",
        "for",
        "you",
        "are",
        "can",
        "may",
        "not",
        "but",
        "any",
        "all",
        "one",
        "two",
        "our",
        "its",
        "has",
        "had",
        "was",
        "get",
        "got",
        "let",
        "new",
        "now",
        "off",
        "out",
        "own",
        "per",
        "put",
        "see",
        "too",
        "use",
        "via",
        "way",
        "who",
        "why",
        "yes",
        "yet",
        "day",
        "how",
        "did",
        "his",
        "her",
        "him",
        "she",
        "ago",
        "ask",
        "due",
        "pay",
        "won",
        "usd",
        "six",
        "ten",
        "fee",
        "few",
        "far",
        "day",
        "buy",
        "add",
        "set",
        "say",
        "end",
        "back",
        "free",
        "nothing",
        "included",
        "include",
        "includes",
        "already",
        "price",
        "prices",
        "cost",
        "costs",
        "charge",
        "charges",
        "charged",
        "extra",
        "this",
        "that",
        "them",
        "they",
        "with",
        "from",
        "your",
        "have",
        "will",
        "would",
        "must",
        "also",
        "only",
        "into",
        "than",
        "then",
        "when",
        "what",
        "which",
        "while",
        "there",
        "here",
        "been",
        "being",
        "does",
        "were",
        "most",
        "more",
        "less",
        "each",
        "every",
        "some",
        "such",
        "very",
        "just",
        "still",
        "about",
        "after",
        "before",
        "until",
        "please",
        "order",
        "orders",
        "ordered",
        "shop",
        "store",
        "days",
        "weeks",
        "months",
        "years",
        "hours",
        "within",
    ]
)


_NOUNS = frozenset(
    [
        "다시", "즉시", "전시", "접시", "당시", "표시", "택시", "도시", "역시", "확실", "사실", "교실",
        "욕실", "거실", "현실", "손실", "부실", "확신", "자신", "통신", "수신", "발신", "최신", "갱신",
        "무신", "등신", "정신", "개시", "게시", "임시",
    ]
)  # fmt: skip


@lru_cache(maxsize=2048)
def about(text: str) -> frozenset[str]:
    """The things a plain text speaks of: concepts by name, other words by how they begin; figures are none."""
    found: set[str] = set()
    rest, end = "", 0
    while begun := _ANY_CONCEPT.search(text, end):
        if (concept := _CONCEPT.match(text, begun.start())) is None:
            break
        found.add(_NAMED[int((concept.lastgroup or "c0")[1:])])
        rest, end = f"{rest}{text[end : concept.start()]} ", concept.end()
    for match in _WORD.finditer(rest + text[end:]):
        word = match.group()
        stem = _stem(word)
        if stem not in _COMMON and word not in _COMMON:
            found.add(stem)
    return frozenset(found)


_PLURAL = re.compile(r"(x|ch|sh|ss)es$")


def _stem(word: str) -> str:
    if word[0] < "가":
        whole = _PLURAL.sub(r"\1", word)
        return whole[:5].removesuffix("s")
    # 쓰신, 쓰셨더라도 and 쓰실: the politeness is no part of what is done
    if word[1] == "으" or (word[1] in "시셨신실셔십" and word[:2] not in _NOUNS):
        return word[0]
    # 타도 and 타면, 찧어서 and 찧지: one syllable with what is added to it
    if word[1:] in ("어서", "아서", "어도", "아도", "지만", "으면", "는데"):
        return word[0]
    return word[0] if len(word) == 2 and word[1] in "도면고지서는은이가를을에어아여" else word[:2]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1: how much of the shorter of two is in the other."""
    return len(one & other) / max(1, min(len(one), len(other)))


def likest(wanted: frozenset[str], among: Iterable[frozenset[str]]) -> float:
    """The most that any of them is like what is wanted."""
    return max((likeness(wanted, each) for each in among), default=0.0)

"""Pointers to what is on screen or was just spoken of: 이거, 그거, 두 번째 거, 1번이랑 3번, this one, the black one."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from collections.abc import Iterator

from pydantic import JsonValue

from dangol.assistant.understanding.codes import Found
from dangol.kernel.words.vocabulary import vocabulary

_ORDINALS = {
    "첫": 1, "첫번": 1, "한": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8,
    "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4,
    "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "last": -1,
}  # fmt: skip
_THING = r"(?:\s?(?:거|것|꺼|제품|상품|아이템|모델|놈|애|옵션))"
_KO_ORDINAL = re.compile(
    rf"(?<![가-힣\d])(?P<n>첫|두|세|네|다섯|여섯|일곱|여덟|\d{{1,2}})\s?번\s?째{_THING}?|(?<![가-힣\d.,-])(?P<d>\d)\s?번(?!\s?(?:째|만에|넘|이나|정도|출구|국도|주문|샀|입|더|구매|신|써|사용|씩|길|홈|도\s?안|이상)){_THING}?"
    rf"|(?<![가-힣])(?P<w>일|이|삼|사)번{_THING}|(?P<last>마지막에?|맨\s?끝에?|맨\s?밑에?|맨\s?아래에?|젤\s?밑에?|끝에)(?:\s?(?:있는|보여준))?{_THING}|(?P<top>맨\s?위에?|맨\s?처음에?|제일\s?위에?|젤\s?위에?|처음)(?:\s?있는)?{_THING}"
)
_EN_ORDINAL = re.compile(
    r"\b(?:the\s)?(?P<n>first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th|last)\s(?:one|option|item|product|choice|pair|shoe|result|pick|and\b|or\b)"
    r"|\b(?:the\s)(?P<m>first|second|third|fourth|fifth|last)(?=$|[,.!?]|\s(?:please|pls|and|or|looks|is|for\snow|too|as\swell|instead|then|anyway))|^(?P<s>first|second|third|fourth|last)(?=\s(?:please|pls|plz)|[.!]?$)|\b(?:number|option|item|no\.?|#)\s?(?P<d>\d|one|two|three|four|five)\b(?!\d|-)"
    r"|\b(?P<t>top|bottom)\s(?:one|option|item)\b|\b(?:and|or)\s(?:the\s)?(?P<o>first|second|third|fourth|fifth|last)(?:\sone)?(?=$|[,.!?])"
)
_KO_THIS = re.compile(
    r"(?<![가-힣])(?:이거|이것|이게|이걸|이건|요거|요것|요고|이고(?=\s)|요게|요건|요걸|요(?=\s[가-힣]{2,}(?:에|는|은|이|가|를|을|랑|도|로)?\s)|이꺼|이놈|이\s?(?:제품|상품|아이템|모델)|이(?=\s(?!번|주|달|정도|쪽|가격|문제|중|사이트|쇼핑몰|집|가게|매장|쿠폰|주문|배송|사람|번호|주소|카드)(?:[가-힣]{2,}|[책옷컵펜빵쌀차떡술공칼캔솥백폰](?=\s|$))))"
)
_KO_THAT = re.compile(
    r"(?<![가-힣])(?:아까\s?(?:그거|그것|그|본\s?거|보여준\s?거|말한\s?거)|방금\s?(?:그거|그|본\s?거|말한\s?거)|(?:방금|아까|좀\s?전에)\s?(?:담은|고른|보신|봤던|추천한|추천해\s?준|보여\s?준|알려\s?준|말씀하신|말했던)\s?(?:거|것|꺼)|그거|그것|그게|그걸|그건|고거|저거|저것|저게|저건|저걸|걔|그\s?(?:제품|상품|모델)|"
    r"그(?=\s(?!럼|런|러|리고|래|냥|만|때|정도|가격|다음|주문|쿠폰|뒤|동안|거|작가|저자|사람|분|기사|직원|상담|날|주소|번호|회사|브랜드|매장|가게|이후|전|후)[가-힣]{2,}))"
)
_KO_THESE = re.compile(
    r"(?<![가-힣])(?:이것들|얘네|이\s?(?:둘|두\s?개|두개|셋|세\s?개)|둘\s?(?:다|중에?)|둘(?=(?:의|이|은|을)?\s?(?:차이|비교|뭐가|뭐|어떻게|어느|어떤|다른))|두\s?(?:제품|상품)|두\s?개(?=(?:의|가|를|는)?\s?(?:중|비교|차이|뭐가|어떻게|다른))|얘네들|이거랑\s?저거|둘이)"
)
_EN_THESE = re.compile(
    r"\b(?:these two|those two|the two|both of (?:them|these|those)|(?<=between )(?:them|these|those)|both|these(?! days)|those(?! days)|them)\b"
)
_EN_THIS = re.compile(
    r"\b(?:this one|this (?=\w)(?!week|month|year|morning|afternoon|evening|weekend|is (?:a|the|my|ridiculous|terrible|so|not|unacceptable)|site|shop|store|chat|conversation|code|coupon|order|address|number|time|friday|monday|tuesday|wednesday|thursday|saturday|sunday|christmas|summer|winter|spring|fall)(?=\w)|this(?= (?:in|is|come|for|machine|to|please|from|available|still|at|does|has|$))|this$|this(?=[?.,!]))"
)
_EN_THAT = re.compile(
    r"\b(?:that one|that (?:product|item|jacket|shoe|dress|bag)|the same one|the one (?:you|i|we) (?:just )?(?:showed|mentioned|saw)(?: me)?|it(?=\b(?!'s (?:not\b|an?\b|been|too late)|\s(?:seems|looks like|says))))\b"
)
_EN_THAT_GOODS = re.compile(r"\bthat (?P<goods>[a-z]{3,}(?: [a-z]{3,})?)")
_EN_ATTRIBUTE = re.compile(r"\b(?:the|that|those)\s(?P<w>[a-z -]{3,20}?)\s(?:ones?|pair)\b")
_KO_ATTRIBUTE = re.compile(r"(?P<w>[가-힣]{2,5})\s?(?:거|것|꺼)(?:로|요|으로)")
_KIND = re.compile(
    r"^(?:cheap(?:er|est)?|(?:more |most |less |least )?expensive|small(?:er|est)?|big(?:ger|gest)?|large(?:r|st)?|long(?:er|est)?|short(?:er|est)?|light(?:er|est)?|heav(?:y|ier|iest)|"
    r"round|square|tall(?:er|est)?|thin(?:ner|nest)?|thick(?:er|est)?)$"
)


_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?\s$")
_ALONE = re.compile(r"^\s*(?P<n>[1-9])\s?(?:번(?:이요|요|으로|째)?|이?요|please|pls)?[.!~\s]*$")


def find_references(text: str, *, page: bool, offered: bool, picking: bool = False) -> list[Found]:
    """Every pointer to a product, as entity `product` with value {"ref": "page" | "last" | "ordinal" | "all" | "attribute"}.

    `page`: a product page is open, so that 이거 means its product; `offered`: a list is on screen;
    `picking`: one of it was just asked for, so that a number alone is one.
    """
    if picking and (alone := _ALONE.match(text)):
        return [("product", {"ref": "ordinal", "index": int(alone["n"])}, *alone.span("n"))]
    taken: list[Found] = []
    for kind in (_ordinals, _all, _attributes, _this, _that):
        for value, start, end in kind(text, page, offered):
            if all(end <= one[2] or one[3] <= start for one in taken):
                taken.append(("product", value, start, end))
    return taken


Pointer = tuple[dict[str, JsonValue], int, int]


def _ordinals(text: str, page: bool, offered: bool) -> Iterator[Pointer]:
    for pattern in (_KO_ORDINAL, _EN_ORDINAL):
        for match in pattern.finditer(text):
            if _MONTH.search(text[: match.start()]):
                continue  # "on november 3rd and"
            parts = {name: word for name, word in match.groupdict().items() if word}
            word = next(iter(parts.values())).strip()
            if "last" in parts and not word.isascii():
                index = -1
            elif "top" in parts or word == "top":
                index = 1
            elif word == "bottom":
                index = -1
            else:
                index = int(word) if word.isdigit() else _ORDINALS[word]
            if index:
                yield {"ref": "ordinal", "index": index}, match.start(), match.end()


def _all(text: str, page: bool, offered: bool) -> Iterator[Pointer]:
    for pattern in (_KO_THESE, _EN_THESE):
        for match in pattern.finditer(text):
            between = text[: match.start()].endswith("between ")
            if between or match.group() not in {"them", "those", "these"} or offered:
                yield {"ref": "all"}, match.start(), match.end()
            else:
                yield {"ref": "page" if page else "last"}, match.start(), match.end()


def _attributes(text: str, page: bool, offered: bool) -> Iterator[Pointer]:
    for pattern in (_EN_ATTRIBUTE, *([_KO_ATTRIBUTE] if offered else [])):
        for match in pattern.finditer(text):
            said = match["w"].strip()
            colour = vocabulary("colours").slug_of(said)
            if colour:
                yield {"ref": "attribute", "color": colour}, match.start(), match.end()
            elif _KIND.match(said):
                yield {"ref": "attribute", "word": said}, match.start(), match.end()


def _this(text: str, page: bool, offered: bool) -> Iterator[Pointer]:
    for pattern in (_KO_THIS, _EN_THIS):
        for match in pattern.finditer(text):
            start, end = match.start(), match.start() + len(match.group().rstrip())
            yield {"ref": "page" if page else "last"}, start, end


def _that(text: str, page: bool, offered: bool) -> Iterator[Pointer]:
    for pattern in (_KO_THAT, _EN_THAT):
        for match in pattern.finditer(text):
            yield {"ref": "last"}, match.start(), match.end()
    for match in _EN_THAT_GOODS.finditer(text):
        if any(not start for _, start, _ in vocabulary("categories").find_plain(match["goods"])):
            yield {"ref": "last"}, match.start(), match.start() + len("that")

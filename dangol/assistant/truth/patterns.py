"""What figures look like in Korean and English text: one pattern for each kind, each linear in the text's length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangol.assistant.truth.numbers import DIGITS, ENGLISH, KOREAN, NATIVE, SINO


class Signed:
    """A pattern with its signs, of which every match holds one: a text that has none of them need not be searched."""

    def __init__(self, pattern: re.Pattern[str], *signs: str) -> None:
        self.pattern, self.signs = pattern, signs

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a plain text."""
        for sign in self.signs:
            if sign in text:
                return self.pattern.finditer(text)
        return iter(())


def _compiled(pattern: str) -> re.Pattern[str]:
    # ASCII: a Korean particle right behind a Latin word or a number ends it (SAVE10은, 270mm예요)
    return re.compile(pattern, re.ASCII)


def _signed(pattern: str, signs: str) -> Signed:
    return Signed(_compiled(pattern), *signs.split("|"))


SEP = r"\s?(?:~|-|에서|to|and)\s?"
NUM = rf"(?:{KOREAN}|{DIGITS})"
DOLLARS = {
    "$": "USD",
    "us$": "USD",
    "ca$": "CAD",
    "a$": "AUD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₩": "KRW",
}
CODES = {
    "usd": "USD", "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "달러": "USD", "불": "USD",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "유로": "EUR", "gbp": "GBP", "pound": "GBP", "pounds": "GBP",
    "파운드": "GBP", "krw": "KRW", "won": "KRW", "원": "KRW", "yen": "JPY", "jpy": "JPY", "엔": "JPY",
}  # fmt: skip
NOTES = {"fiver": "5", "tenner": "10"}  # pounds
WHOLE = ("KRW", "JPY")

LINK = _signed(
    r"(?:https?://|www\.)[^\s<>\"')\]]+"
    r"|(?<![a-z0-9.-])[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,3}\.(?:com|net|org|io|shop"
    r"|store|kr|co|me|ai|app|dev|info|biz|site|online|xyz|link|page|jp|cn|uk|us|eu|tv|to|gg|ly)\b(?:/[^\s<>\"')\]]*)?"
    r"|(?<![a-z0-9.-])[a-z0-9-]{2,40}(?:\.[a-z0-9-]{1,40}){0,3}\.[a-z]{2,12}/[^\s<>\"')\]]+"
    r"|(?<![\w/.가-힣])/[a-z][\w-]{1,40}(?:/[\w-]{1,60}){1,6}",
    "http|www|/|.com|.net|.org|.io|.shop|.store|.kr|.co|.me|.ai|.app|.dev|.info|.biz|.site|.online|.xyz|.link|.page|.jp|.cn|.uk|.us|.eu|.tv|.to|.gg|.ly",
)
EMAIL = _signed(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,4}", "@")
TAKEN_APART = _compiled(r"\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)|(?<=\s)(?:dot|닷)(?=\s))\s?")
LINK_TAKEN_APART = _compiled(
    r"[a-z0-9-]{2,}(?:\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)|(?<=\s)(?:dot|닷)(?=\s))\s?[a-z0-9-]{2,})*"
    r"\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)|(?<=\s)(?:dot|닷)(?=\s))\s?(?:com|net|org|kr|io|xyz|ly)\b"
)
PHONE = _compiled(
    r"(?<![\w-])(?:\+\d{1,3}[\s-]?)?(?:\(\d{2,4}\)\s?|0\d{1,2}[-.\s])\d{3,4}[-.\s]\d{4}(?![\w-])"
    r"|(?<![\w-])(?:\+\d{1,3}[\s-])?\d{3}[-.]\d{3,4}[-.]\d{4}(?![\w-])"
    r"|(?<![\w-])1[5-9]\d{2}-\d{4}(?![\w-])|(?<![\w-])\d{3}-\d{4}(?![\w-])"
)
REFERENCE = _compiled(
    r"(?:주문\s?번호|주문|운송장\s?(?:번호)?|송장\s?(?:번호)?|order(?:\s(?:number|no\.?"
    r"|id))?|tracking(?:\s(?:number|no\.?|id))?|#)"
    r"(?:은|는|이|가)?\s?(?:is|:)?\s?#?(?P<id>(?:[a-z]{0,4}-?)\d[\da-z-]{4,}\d)(?!\s?(?:원"
    r"|만|%|개|일|days))|(?<!\w)#(?P<id2>[a-z]{0,4}\d[\da-z-]{2,})"
)
CODE = _compiled(r"\b(?=[A-Z0-9]*[A-Z])[A-Z][A-Z0-9]{3,}\b")
CODE_NEAR = _compiled(r"쿠폰|코드|입력|coupon|code|promo|voucher|\b(?:use|enter|type|apply)\b|check-?out")

MONEY = _signed(
    rf"(?:(?P<sign>us\$|ca\$|a\$|\$|€|£|¥|₩)\s?(?P<s1>{DIGITS})(?:{SEP}(?:us\$|\$|€|£|¥"
    rf"|₩)?\s?(?P<s2>{DIGITS})(?!\s?%))?)"
    rf"|(?:\b(?P<code>usd|krw|eur|gbp|jpy)\s?(?P<c1>{DIGITS}))"
    rf"|(?P<w1>{KOREAN}\s{DIGITS}(?=\s?원)|{NUM})\s?(?:원?{SEP}(?P<w2>{NUM})\s?)?(?P<unit>원(?!래|피스|하|형|단|목"
    rf"|산|인(?!데|지|가)|톤)|won\b|krw\b|dollars?\b|usd\b|bucks?\b|달러|불(?![가-힣])|euros?\b|eur\b"
    rf"|유로|pounds?\b|gbp\b|엔(?![가-힣])|yen\b)"
    rf"|(?P<e1>{ENGLISH})\s?(?P<eunit>dollars?|bucks?|won|euros?|pounds?)\b|\ba (?P<note>fiver|tenner)\b"
    rf"|(?P<m1>(?:{DIGITS}|(?<![가-힣])[일이삼사오육칠팔구십백천]+)\s?만(?:\s?(?:{DIGITS}"
    rf"|[일이삼사오육칠팔구])\s?천)?)(?!\s?(?:[0-9가-힣]*\s?(?:명|개|건|점|포인트|번|가지"
    rf"|회|원)|[가-힣]*나|약|일))(?=\s|[.,!?)~]|이|에|대|짜|으|밖|정|을|은|도|부|$)"
    rf"|(?P<cents>{DIGITS})\s?(?:cents?\b|센트)|(?<![가-힣])(?P<each>[영공일이삼사오육칠팔구]{{4,7}})\s?원(?=이에|이고|이며|입니|[은을이도만에]\s|[^가-힣]|$)|(?P<pence>(?<!k at )(?<!\d)\d{{1,2}}(?=\s?p(?:ence)?(?![a-z0-9]))|{ENGLISH}(?=\spence\b))\s?p(?:ence)?",
    "$|€|£|¥|₩|usd|krw|eur|gbp|jpy|원|won|doll|buck|달러|불|유로|pound|엔|yen|만|cent|센트|fiver|tenner|pence|"
    + "|".join(f"{digit}{space}p" for digit in "0123456789" for space in ("", " ")),
)
BAND = _compiled(r"^\s?대(?![가-힣])|^\s?대(?=로|의|에|예|이|인|는|까|부|상)")
FREE = _signed(
    r"(?:저희|가게|판매자)(?:가|에서)?\s?(?:모두\s|다\s)?(?:부담(?!스)|내(?:요|드|\s드))|무료(?!로\s?상담|\s?상담)|공짜|무배|무상"
    r"|(?<![\w-])(?<!feel )(?<!sugar )(?<!toll )(?<!hands )(?<!interest )free(?!\s(?:size"
    r"|to\b|time|gift))(?![\w-])"
    r"|(?:no|without(?: any)?|zero) (?:extra |additional |shipping |delivery "
    r"|return )?(?:charges?|fees?|costs?)\b|at no (?:extra |additional )?(?:charge|cost)"
    r"|(?:비용|요금|수수료|배송비)(?:은|는|이|가|도)?\s?(?:없어|없습|안 받|안 들|0원)"
    r"|on us\b|complimentary|nothing (?:was |is |will be )?(?:charged|to pay)\b",
    "부담|내요|내드|내 드|무료|공짜|무배|무상|free|charge|fee|cost|없|안 |0원|on us|complimentary|nothing",
)

PERCENT = _signed(
    rf"(?P<p1>{DIGITS})(?:{SEP}(?P<p2>{DIGITS}))?\s?(?:%|퍼센트|프로(?!모|그|필|젝|세)|per\s?cent\b)"
    rf"|(?P<k1>{SINO})\s?(?:퍼센트|프로(?!모|그|필|젝|세))|(?P<e1>{ENGLISH})\s?(?:%|per\s?cent\b)"
    r"|(?P<hal>\d|[일이삼사오육칠팔구])할(?!인|머|아|\s?수)|(?P<half>(?<![가-힣])반값|절반|50:50"
    r"|half[- ]price|half off|half (?:of )?(?:the |your )?(?:price|money|amount|cost|refund|fee))"
    r"|(?P<third>(?<=\bby )(?:a|one)[ -]third|(?:a|one)[ -]third(?=\s(?:off|less|cheaper|lower|more|of|discount))|1/3|3분의\s?1)|(?P<quarter>(?:a|one)[ -]quarter"
    r"|1/4)(?=\s?(?:off|less|cheaper|of the price|할인|discount))"
    rf"|(?P<kwhole>\d{{1,2}}|[이삼사오육칠팔구십])\s?분의\s?(?P<kpart>\d{{1,2}}|[일이삼사오육칠팔구])(?!\s?(?:시|초))"
    r"|(?P<fifth>(?:a|one)[ -]fifth)(?=\s(?:off|less|cheaper|lower))|(?P<tenth>(?:a|one)[ -]tenth)(?=\s(?:off|less|cheaper|lower))|(?P<two3>two[ -]thirds)",
    "%|퍼센트|프로|per|할|반값|절반|50:50|half|third|1/3|분의|quarter|1/4|fifth|tenth",
)
TIMES = _signed(
    rf"(?P<n>{DIGITS}|두|세|네|다섯|열)\s?배(?!송|달|터|경|색|려|치|우|지|낭)"
    rf"|\b(?P<e>double|triple|twice)\b(?=\s(?:the\s)?(?:points|rewards|price|discount))"
    rf"|(?P<d>\d)x\b(?=\s(?:points|rewards))",
    "배|double|triple|twice|x",
)

UNITS = {
    "영업일": ("day", 1), "일": ("day", 1), "주일": ("day", 7), "주": ("day", 7), "개월": ("month", 1), "달": ("month", 1),
    "년": ("month", 12), "시간": ("hour", 1), "분": ("minute", 1), "day": ("day", 1), "week": ("day", 7),
    "month": ("month", 1), "year": ("month", 12), "yr": ("month", 12), "hour": ("hour", 1), "hr": ("hour", 1),
    "minute": ("minute", 1),
    "min": ("minute", 1), "night": ("day", 1), "fortnight": ("day", 14),
}  # fmt: skip
SPAN = _signed(
    r"(?P<half>\bhalf an? (?:hour|day|month|year)\b|(?<![가-힣])반년|(?<![가-힣])반 ?시간)|"
    rf"(?:\b(?P<a>an?)|(?P<n3>{DIGITS}|{ENGLISH}))\s(?:(?P<u3>hours?|days?|weeks?|months?|years?)\sand a (?P<more>half|quarter)\b"
    r"|and a half\s(?P<u4>hours?|days?|weeks?|months?|years?)\b)|"
    rf"(?<![가-힣])(?P<k3>{DIGITS}|{SINO}|{NATIVE})\s?(?P<u5>시간|개월|달|년|주일?)\s?반(?=이|에|을|쯤|정도|동안|간|짜리|만|[\s,.!]|$)|"
    rf"(?P<n1>{DIGITS}|{ENGLISH}|(?<!\d )(?<!won )(?<!dollars )\ban?(?=\s(?:day|week|month|year|hour|fortnight"
    rf"|full)))\+?(?:{SEP}(?P<n2>{DIGITS}|{ENGLISH}))?"
    r"[\s-]?(?:full\s|whole\s)?(?:business\s|working\s|calendar\s|week)?(?P<u>days?|weeks?"
    r"|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|nights?|fortnights?)\b(?!-old)"
    rf"|(?P<k1>{DIGITS})(?:\s?(?:일|주|개월|시간)?{SEP}(?P<k2>{DIGITS}))?\s?(?P<ku>영업일"
    rf"|일(?!요일|상|반|부|단|등|찍)|주일|주(?![가-힣])|주(?=간|\s|정|이|에|안|면|가|나|만|는|로|를|씩|마다|후|뒤)"
    rf"|개월|달(?!러|라)|년(?!\s?\d+월|에 \S{1, 3} ?번)|시간|분(?=\s?(?:이내|이면|안|정도|간|동안|까지|만"
    rf"|뒤|후|걸|씩|쯤)|\)|,|\.|$))"
    rf"|(?<![가-힣])(?P<s1>{SINO}|{NATIVE}|석(?=\s?달)|넉(?=\s?달))(?:{SEP}(?P<s2>{SINO}|{NATIVE}))?\s?(?P<su>영업일|주일|개월"
    rf"|시간|주(?=\s|간|정|이|에|안|면)|달(?!러|라)|년(?=\s|간|이|동|안|까|에|마)|일(?=\s?(?:이내"
    rf"|안|정도|이면|간|동안|까지|부터|걸|뒤|후|내|만|에\s)))"
    r"|(?P<word>하루(?=\s?(?:만|안|면|이면|이내|걸|뒤|전|후|더|정도|에\s?도착))|이틀|사흘"
    r"|나흘|닷새|엿새|열흘|보름|한나절|반나절|overnight|당일|같은 날|그날(?=\s?(?:바로\s)?(?:보내|출고|발송|도착|받|가져|찾|배송))|same[- ]day"
    r"|that (?:same )?day|익일|다음\s?날|next[- ](?:business[- ])?day|fortnight)"
    r"|(?P<ever>for life\b|lifetime|평생|영구|무기한|(?:유효\s?)?(?:기간|기한)(?:이|은|도|에)?\s?(?:제한이?\s?)?없|no (?:time limit|expiry(?: date)?)|never expires?|as long as you (?:like|want)|indefinitely)",
    "half|반년|반시간|반 시간|day|week|month|year|yr|hour|hr|min|night|일|주|개월|시간|달|년|분|하루|이틀|사흘|나흘|닷새|엿새|열흘|보름|나절|같은 날|그날|다음|for life|lifetime|평생|영구|무기한|없|no time limit|no expiry|expires|as long as|indefinitely",
)
LIFE = 36_500  # days that nobody counts
HALVES = {
    "hour": ("minute", 30), "시간": ("minute", 30), "day": ("hour", 12), "month": ("day", 15), "year": ("month", 6), "반년": ("month", 6),
}  # fmt: skip
SPAN_WORDS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "열흘": 10, "보름": 15, "fortnight": 14,
    "overnight": 1, "익일": 1, "다음날": 1, "당일": 0, "그날": 0, "같은날": 0, "한나절": 0, "반나절": 0,
}  # fmt: skip
HOUR = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
TIME = _signed(
    r"(?P<ap0>오전|오후)?\s?(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?!\d)(?:\s?(?P<ap>[ap])\.?m\b)?"
    rf"|(?:(?P<kap>오전|오후|낮|밤|저녁|아침|새벽)\s?)?(?<![\d가-힣])(?!두시[는면고던지겠려기])(?P<kh>\d{{1,2}}"
    rf"|{NATIVE})\s?시(?!간|즌|리|작|착)(?:\s?(?P<km>\d{{1,2}})\s?분|\s?(?P<khalf>반))?"
    r"|(?<![\d.,])(?P<eh>\d{1,2})\s?(?P<eap>[ap])\.?m\b"
    r"|(?<![\d.,])(?P<oh>\d{1,2})(?: o'clock)? (?:in the (?P<oap>morning|afternoon|evening)|at night)\b|(?P<noon>\bnoon\b|정오)|(?P<midnight>\bmidnight\b|자정)"
    rf"|\b(?P<past>half past|quarter past|quarter to) (?P<ph>\d{{1,2}}|{HOUR})\b"
    rf"|\b(?:until|till|(?:opens?|closes?|shuts?|starts?|begins?|unlocks?|finish(?:es)?|ends?)(?: up)? at) (?P<wh>{HOUR})(?=[.,;!]|$| (?:on|and|every|most|in the)\b)",
    ":|시|am|pm|a.m|p.m|morning|afternoon|evening|night|noon|정오|자정|past|quarter|until|till| at ",
)
RATING = _signed(
    r"(?:별점|평점)\s?(?:은|는|이|가|평균)?\s?(?:평균\s?)?(?P<a>\d(?:\.\d+)?)(?:\s?점)?"
    r"|(?P<b>\d(?:\.\d+)?)\s?점(?!\s?(?:이상|단위|을 쓰|씩|부터 쓰))(?=[^0-9]{0,14}(?:만점"
    r"|별점|평점|평가|평균)|\s?/)"
    r"|(?:평균|average[^0-9.]{0,12}?)\s?(?P<c>\d(?:\.\d+)?)(?=\s?점|\s?stars?|\s?/|\s?out"
    r"|\b)(?!\s?(?:일|%|days?|개|원))|(?P<d>\d(?:\.\d+)?)\s?(?:/\s?5|out of (?:5|five))"
    r"|(?P<e>\d(?:\.\d+)?)[\s-]?stars?\b|(?P<f>한|두|세|네|다섯|one|two|three|four"
    r"|five)[\s-](?:star)s?\b|별\s?(?P<g>한|두|세|네|다섯)\s?개|\brat(?:ed|ing)(?:\s(?:is"
    r"|of|at))?\s(?P<h>\d(?:\.\d+)?)",
    "별|평점|점|평균|average|/|out of|star|rat",
)
POINTS = Signed(
    _compiled(
        rf"(?P<a>{NUM})(?:\s?(?:포인트|마일리지)| ?p(?![a-z0-9]))|(?P<b>{NUM})\s?점(?=[^0-9.]*)"
        rf"|(?:적립금|포인트|마일리지)\s?(?:은|는|이|가)?\s?(?P<c>{DIGITS})(?!\s?(?:원|%|개월"
        rf"|일|배|년|[\d.,]))|(?P<d>{DIGITS}|{ENGLISH})\s(?:of\s(?:your|the|these|those)\s)?(?:reward\s|loyalty\s)?points?\b"
    ),
    *("포인트", "마일리지", "점", "적립금", "point"),
    *(f"{number}{space}p" for number in "0123456789일이삼사오육칠팔구십백천만억" for space in ("", " ")),
)
SIZE = _signed(
    r"(?:사이즈|치수|\bsizes?)\s?(?:는|은|가|로|is|:)?\s?(?P<a>(?:us|eu|uk"
    r"|kr)?\s?\d{1,3}(?:\.5)?|x{0,4}[sml]|[2-5]xl|free|os"
    r"|[smlx]{1,3}-[smlx]{1,3})(?![\w%])(?!\s?(?:원|개|일|명|%))"
    r"|(?P<b>(?:us|eu|uk|kr)?\s?\d{1,3}(?:\.5)?|x{1,4}[sl]|\b[sml]|[2-5]xl)\s?(?:사이즈"
    r"|치수)|(?<!\d)(?P<c>\d{2,3}(?:\.\d)?)\s?(?:mm|밀리)(?!\w)"
    r"|\b(?P<d>us|eu|uk)\s?(?P<d2>\d{1,2}(?:\.5)?)\b|(?<![\w-])(?P<e>xs|xl|xxl|xxxl"
    r"|[2-5]xl)(?![a-z0-9-])|(?<!\d)(?P<f>\d{2})\s?(?:인치|inch(?:es)?\b)"
    r"|\b(?:in|a|an|the)\s(?P<g>small|medium|large|extra[- ]large|x-large)\b(?!\s(?:order"
    r"|part|number|fee|amount|discount|difference|box|range|selection|choice|extra))"
    r"|(?P<h>프리\s?사이즈|free size|one size)|(?<![\w.,-])(?P<i>2[0-9][05])(?=(?:이|은|는"
    r"|으로|을|를|도|만|에|가|과|와|랑|이랑|보다)?(?:요|[\s,.!?]|입니다|이에요|예요|로 "
    r"|$))(?!\s?(?:원|개|명|건|일|days?|won|items?|products?|reviews?|people|g\b|ml|cm|km"
    r"|%|(?:and|to|-|~|에서)\s?\d[\d.,]*\s?(?:kg|g|cm|km|ml|m|l)\b))"
    r"|(?<![\w-])(?P<j>[ab][3-6])(?![a-z0-9-])",
    "사이즈|치수|size|mm|밀리|us|eu|uk|xs|xl|인치|inch|small|medium|large|2|a3|a4|a5|a6|b3|b4|b5|b6",
)
STOCK = _signed(
    rf"(?P<a>{DIGITS}|(?<![가-힣])(?:{NATIVE}|{SINO}))\s?(?:개|켤레|벌|장|점|세트|병|대|권|봉|박스|상자"
    rf"|마리|족|매|팩|통|자루)?\s?(?:만|밖에|씩|가|이|정도|쯤)?\s?(?:안\s)?(?:더\s)?(?:남"
    rf"|있(?:어요|습니다)(?=[\s.!~]*$))"
    rf"|(?<![가-힣])(?P<f>{DIGITS}|{NATIVE})\s?[가-힣]{{1,3}}?(?:만|밖에|씩|가|이|정도|쯤)?\s(?:더\s)?남(?:아|았|은)"
    rf"|재고(?:가|는|은|수량|수량은|수량이|\s)*\s?(?:현재\s|지금\s|이제\s|딱\s|단\s|총\s"
    rf"|약\s)?(?P<b>{DIGITS}|{NATIVE}|{SINO})\s?(?:개|켤레|벌|장|점|세트|병|대|권|봉|박스"
    rf"|족|매|팩)"
    rf"|(?:마지막|남은(?: 수량은?| 재고는?| (?:건|것은|거는|게))?|수량은?)\s?(?:딱\s|단\s)?(?P<c>{DIGITS}"
    rf"|{NATIVE})\s?(?:개|켤레|벌|장|점|세트|병|대|권|봉|박스|족|매|팩|통|자루|상자|송이|포대|그루|마리)"
    rf"|(?<![$£€₩¥.,])(?P<g>{DIGITS}|{ENGLISH})\s(?:\w+\s){{1,3}}?(?:(?:are |is )?(?:still )?left\b|(?:are |is )?still (?:left|there)\b)"
    rf"|(?P<d>{DIGITS}|{ENGLISH})\s?(?:pairs?\s|pieces?\s|units?\s|of them\s|more\s"
    rf"|items?\s|of these\s|sets?\s|bottles?\s|copies\s|of (?:the|our|those) (?:\w+ ){{1,4}}?)?(?:(?:are |is )?(?:still |now "
    rf"|currently )?(?:left\b|remain\w*)|in stock|available\b|on the shelf)"
    rf"|(?:have|got|has|are|is|there's|stock is|stock:)\s(?:only\s|just\s|exactly\s|about\s"
    rf"|still\s)?(?P<e>{DIGITS}|{ENGLISH})\s(?:of\s(?:them|these|it)\s)?(?:pairs?\s"
    rf"|pieces?\s|units?\s)?(?:left|in stock|remaining|available)"
    r"|(?P<last>(?:the|our|very) last (?:one|pair|piece)|마지막 한 (?:개|켤레|벌|장|점)|last one left|하나\s?남)",
    "남|있|재고|마지막|수량|left|still|remain|stock|available|shelf|last",
)
COUNT = _signed(
    rf"(?P<a>{DIGITS}|{NATIVE}|{SINO}(?=\s?(?:명|건|개(?!월))))\s?(?P<au>개|(?<!\d )(?<!\d)점(?=까지|을|만|씩|이나)|글자|자(?=까지|를|로|이|\s?이내)|자루|포대|송이|그루|접시|상자|가지|종류|종|건|켤레|벌|장"
    rf"|명|분이|곳|회|번(?!호|째|\s?더|거|만)|권|병|박스|세트|마리|팩|매장|지점|색상|컬러"
    rf"|상품|점포|사이즈가|매)(?!월)(?!\s?(?:방법|경우|질문|이유|선택|팁|단계|순서|더 여쭤"
    rf"|여쭤|확인|말씀))"
    rf"|(?P<b>{DIGITS}|{ENGLISH})\s(?:\w+\s)?(?P<bu>items?|products?|reviews?|ratings?"
    rf"|people|buyers?|customers?|shoppers?|reviewers?|stores?|branches|pairs?|pieces?"
    rf"|options?|colou?rs?|sizes|units?|orders?|times|results?|sneakers|shoes|boots|jackets"
    rf"|styles?|designs?|choices?|models?|parcels?|packages?|sets?|kinds?|of them"
    rf"|of these)\b"
    rf"|(?:리뷰|후기|평가|구매평|reviews?:?)\s?(?:수\s?)?(?:는|가|은|이)?\s?(?:총\s)?(?P<c>{DIGITS})\s?(?:개|건|명)?",
    "개|점|자|포대|송이|그루|접시|가지|종|건|켤레|벌|장|명|분이|곳|회|번|권|병|박스|세트|마리|팩|매|색상|컬러|상품|사이즈가|item|product|review|rating|people|buyer|customer|shopper|store|branch|pair|piece|option|color|colour|size|unit|order|time|result|sneaker|shoe|boot|jacket|style|design|choice|model|parcel|package|set|kind|of th|리뷰|후기|평가|구매평",
)
SPELT = _compiled(
    rf"\b(?P<m>{ENGLISH})(?=\s(?:met(?:re|er)s?|kilos?|lit(?:re|er)s?|yards?|feet|inches|grams?|pounds? of)\b)"
    rf"|\b(?P<n>{ENGLISH})(?=\s(?:[a-z]{{3,12}}\s){{0,2}}(?!this|was|has|does|less|its)[a-z]{{2,}}s\b)"
)
# what a bare number measures: "80 kg", "62 to 127 cm", "ages 6-10"
UNIT = _compiled(
    r"^\s?(?:(?:to|and|-|~|에서|x|×)\s?\d[\d.,]*\s?)?(?P<unit>kg|g|mg|km|cm|m|l|ml|w|v|lm|lumens?|mah|gb|tb|gsm|inch(?:es)?|litres?|pages?|pieces?"
    r"|characters?|players?|°[cf]|쪽|페이지|조각|인용|루멘|세|살|years? old|years? of age|(?:or|and) older|(?:or|and) over)(?![a-z0-9])"
)
AGES = _compiled(r"\bage[sd]?\s(?:\d{1,2}\s?(?:-|to|~|and)\s?)?$|(?:만|나이)\s$")
BARE = _compiled(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
# "1. Ages 6-10. 120 pages": only what begins a line numbers it
LISTED = _compiled(r"^\.\s")
ORDINAL = _compiled(
    r"^\s?(?:번째|번(?![가-힣])|번\s|번이|번은|번을|번으로|위\b|st\b|nd\b|rd\b|th\b|\)|층|호|단계)|^️?⃣"
)

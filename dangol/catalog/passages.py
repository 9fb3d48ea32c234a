"""The sentences of a description that answer a question: by the measure it asks for, else by the words both share."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dangol.kernel.words import hangul

_N = r"\d[\d,.]*"
_WEIGHT = rf"{_N}\s?(?:kg|g|lbs?|oz|pounds?|ounces?|kilos?|grams?|킬로그램|킬로|키로|그램)(?![a-z])"
_TIME = r"(?:hours?|hrs?|h|min(?:ute)?s?|days?|weeks?|months?|years?|시간|분|일|주일?|개월|달|년)(?![a-z])"


@dataclass(frozen=True)
class _Measure:
    """One thing asked in numbers: how it is asked, and how a sentence that tells it looks."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


def _measure(asked: str, told: str) -> _Measure:
    return _Measure(re.compile(f"(?i){asked}"), re.compile(f"(?i){told}"))


_SIDES = tuple(
    (side, re.compile(f"(?i){words}"))
    for side, words in (
        ("thick", r"두께|두꺼|두껍|\bthick(?:ness)?\b"), ("width", r"폭|너비|가로|넓이|\bwid(?:e|th)\b"),
        ("height", r"높이|\b(?:tall|height|high)\b"), ("length", r"길이|\b(?:long|length)\b"), ("depth", r"깊이|세로|\b(?:deep|depth)\b"),
        ("diameter", r"지름|\bdiameter\b"),
    )
)  # fmt: skip
# the first that is asked counts: what a chair carries is no answer to what it weighs, and the other way round
_MEASURES = (
    _measure(
        r"까지\s?(?:버[티텨]|견디|견뎌|실|올려|앉|타|담)|하중|\b(?:hold up|support|carry|weight limit|max(?:imum)?\s(?:load|weight))\b",
        rf"(?:하중|최대|견[디뎌]|버[티텨]|까지|up to|max|supports?|holds?|loads?|carr(?:y|ies)).*{_WEIGHT}|{_WEIGHT}\s?(?:까지|max|이하)",
    ),
    _measure(
        r"무게|중량|얼마나\s?(?:무거|가벼)|무겁|무거(?:워|운|울)|몇\s?(?:킬로|키로|그램|kg|g)\b|몇\s?(?:킬로|키로|그램)|\bhow heavy\b|\b(?:is|are) (?:it|this|that|they|these|the [a-z ]{3,20}) (?:really |very |too |that |quite )?(?:heavy|light)\b|\bweighs?\b|\bweight\b|\bhow light\b",
        _WEIGHT,
    ),
    _measure(
        r"얼마나\s?자주|며칠에\s?한|몇\s?일에\s?한|주기|하루에\s?몇\s?번|\bhow often\b|\bhow many times\b",
        r"(?:하루|일주일|한 ?달|\d+일|\d+주|\d+개월|매일|매주)에?\s?(?:한|두|세|네|\d+)\s?번|마다|매일|매주|\b(?:once|twice|every|daily|weekly|monthly|times (?:a|per))\b",
    ),
    _measure(
        r"몇\s?(?:살|세|개월)|연령|나이|미성년|청소년|\bunderage\b|\bminors?\b|\d+\s?(?:살|개월)|(?<!\d)\d{1,2}세|\bwhat ages?\b|\bhow old\b|\bage (?:range|limit|group)\b|\b\d+[\s-]?(?:years?|yrs?|months?|mos?)?[\s-]olds?\b|\b\d+\s?(?:y/?os?|yrs?)\b|\bfor (?:a |my )?(?:toddler|baby|newborn)s?\b",
        rf"\bages?:?\s?\d|\b\d+\s?\+|\bunder \d+|\b\d+\s?(?:years?|months?)\b|{_N}\s?(?:개월|세|살)|신생아|\b(?:newborns?|toddlers?|adults?)\b",
    ),
    _measure(
        r"얼마나\s?(?:오래|걸리|걸려|가요|지속)|몇\s?(?:시간|분|년)|며칠|오래\s?(?:가|써|쓰)|\bhow long (?:does|do|will|can|would|is the (?:battery|warranty|game))\b|\bhow many (?:hours|minutes|days|months|years)\b|\bbattery life\b|\bplay ?time\b",
        rf"{_N}\s?{_TIME}",
    ),
    _measure(
        r"크기|사이즈가|높이|길이|지름|폭이|너비|가로|세로|두께|얼마나\s?(?:크|커|큰|높|길|긴|넓|두꺼)|몇\s?(?:센치|센티|cm|인치|미터|미리)|두꺼(?:워|운|울)|두껍|\bhow (?:tall|wide|big|deep|high|large|thick|long is)\b|\b(?:is|are) (?:it|this|that|they|these|the [a-z ]{3,20}) (?:really |very |too |that |quite )?(?:thick|thin|tall|wide|deep)\b|\bsize of (?:it|the|this|that)\b|\bdimensions?\b|\bmeasurements?\b|\b(?:height|width|length|depth|thickness|diameter)\b",
        rf"{_N}\s?(?:mm|cm|m|inch(?:es)?|in|ft|feet|미터|센티|센치|인치)(?![a-z])|{_N}\s?[x×]\s?{_N}",
    ),
    _measure(
        r"용량|몇\s?(?:리터|미리|ml)|얼마나\s?(?:담|들어)|\bcapacity\b|\bhow (?:much|many (?:cups|liters|litres|ounces)) (?:does|do|can|will).*\b(?:hold|fit)\b|\bhow many (?:liters|litres|ounces|cups)\b",
        rf"{_N}\s?(?:ml|l|liters?|litres?|oz|ounces?|cups?|mah|gb|tb|리터|미리)(?![a-z])",
    ),
    _measure(
        r"도수|알코올|\babv\b|\balcohol content\b|\bhow strong is\b",
        rf"(?:알코올|도수|alcohol|abv)\D{{0,4}}{_N}|{_N}\s?%\s?(?:alcohol|abv|vol)",
    ),
    _measure(
        r"몇\s?도(?:까지|에|예|야|인|$)|영하|온도|\bhow (?:warm|cold|hot)\b|\btemperature\b|\bwhat degrees?\b",
        rf"(?:영하|영상)\s?{_N}|{_N}\s?(?:°|도(?!어))|{_N}\s?[°]?[fc]\b|\bdegrees?\b",
    ),
    _measure(r"밝기|얼마나\s?밝|\bhow bright\b|\bbrightness\b", rf"{_N}\s?(?:lumens?|lm|lux|루멘|럭스)"),
    _measure(
        r"소비\s?전력|전기(?:세|료|요금)|전기\s?(?:많이|얼마나|를?\s?많이|는?\s?얼마나)|몇\s?와트|\bhow many watts\b|\bwattage\b|\bpower consumption\b|\bhow powerful\b",
        rf"{_N}\s?(?:w|watts?|와트|kw)(?![a-z])",
    ),
    _measure(r"몇\s?인용|몇\s?명|\bhow many (?:people|persons|players|seats)\b|\bhow many (?:of us |of them |kids |can |does it |will it )*(?:can )?(?:play|sit|sleep|seat|fit in)\b", rf"{_N}\s?(?:인용|명|인(?![치])|[-–~]?\s?(?:people|persons?|players?|seats?))|\b(?:one|two|three|four|five|six)[- ]person\b"),
)  # fmt: skip
_HOW_MANY = re.compile(r"(?i)\bhow many (?!can\b|does\b|will\b|are\b)([a-z]{3,})|몇\s?([가-힣]{1,8})")
_WHO_MADE = re.compile(
    r"(?i)\bwho (?:wrote|made|makes|is it by|published|designed)\b|\bauthor\b|작가|저자|지은이|누가\s?(?:쓴|썼|만든|만들)|글쓴이"
)

_WEIGHS = re.compile(rf"(?i)(?:무게|중량|\bweigh(?:s|t)?\b)\s*(?:은|는|:|약|about|is|of)?\s*({_WEIGHT})")
_A_WEIGHT = re.compile(f"(?i){_WEIGHT}")
_LIMIT = re.compile(r"(?i)까지|최대|하중|이하|용량|\b(?:up to|max|holds?|supports?|loads?|capacity|per)\b")
# words that any question may hold and that say nothing of what is asked
_EMPTY_WORDS = """
the and for you your with this that these those what which when where how who does did can could would will is are was
were has have had any some there here from into about its it's it them they one ones get got use used using come comes
came made make work works need want like just also really much many long item items product products thing things
please tell know ok okay good if but not yes so too very than then only even still my me mine our his her he she we us
do be a an in on of to at by or as i safe allergic allergy allergies contain contains include includes included put
take go goes 이거 그거 저거 이건 그건 이게 그게 혹시 정말 진짜 있나요 있어요 되나요 돼요 되요 가능 가능한가요 어떻게 어떤 무슨 뭐 뭔가요 얼마 얼마나 알레르기 알러지 안전 상품 제품 사용 들어가
들어 포함 괜찮 제가 저는 우리 같이 함께 많이 필요 조금 좀 너무 여기 지금 이거는 안에 그냥 수도 경우
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# what is counted under several names
_ALIKE = {
    "장": ("장", "매"),
    "매": ("매", "장"),
    "개": ("개", "입", "조각", "피스", "팩"),
    "조각": ("조각", "피스", "개"),
}
# the ending of a Korean question, with which its last noun is written together ("세탁돼요", "루멘이에요")
_ENDING = re.compile(
    r"(?:되|돼|됩|하나|하는|하면|해요|해도|합니|인가|이에|이예|예요|에요|이야|이죠|인지|가능|있|없|까지|이나|정도|짜리|쓸\s?수|할\s?수|들었|들어).*$"
)
_ASKS_WHETHER = re.compile(r"[가-힣](?:나|까|[은는]가)요?$")
_ASKED_SHORT = re.compile(r"(?<=[가-힣]{2})(?:은|는|이|가|도|만)?요$")  # "무게는요"
_PREDICATE = re.compile(r"[가-힣]*[요까죠냐니다]$")
_WORD = re.compile(r"[a-z]{3,}|[가-힣]{2,}|\d+")
_HALF = 0.5


def weight_told(sentences: Sequence[str]) -> str:
    """What a thing weighs by its description, as it stands there; "" where nothing says so or several weights do."""
    named = [found[1] for sentence in sentences for found in _WEIGHS.finditer(sentence)]
    if named:
        return named[0] if len(set(named)) == 1 else ""
    told = [found for sentence in sentences for found in _A_WEIGHT.finditer(sentence)]
    return told[0][0] if len(told) == 1 and not _LIMIT.search(told[0].string) else ""


def asks_maker(question: str) -> bool:
    """Whether it is asked who made or wrote a thing."""
    return _WHO_MADE.search(question) is not None


def measured(question: str) -> bool:
    """Whether a number is asked for: a weight, an age, how many of something."""
    return _measure_asked(question) is not None or _HOW_MANY.search(question) is not None


def tells(question: str, sentence: str) -> bool:
    """Whether a text holds the number that is asked for."""
    measure, counted = _measure_asked(question), _counted(question)
    return bool(
        (measure is not None and measure.told.search(sentence)) or (counted and counted.search(sentence))
    )


def answering(question: str, sentences: Sequence[str], title: str = "") -> list[str]:
    """The sentences that tell the measure asked for, else those that hold most of what the question speaks of."""
    words = _content(question) - _content(title)
    if measured(question):
        told = [s for s in sentences if tells(question, s) and not _of_another_side(question, s)]
        return sorted(told, key=lambda sentence: -_shared(words, sentence))
    shared = [(_shared(words, sentence), sentence) for sentence in sentences]
    return [
        s for share, s in sorted(shared, key=lambda each: -each[0]) if share > _HALF * len(words) and share
    ]


def _of_another_side(question: str, sentence: str) -> bool:
    """Whether a sentence tells how wide something is when it is asked how thick."""
    asked = {side for side, words in _SIDES if words.search(question)}
    told = {side for side, words in _SIDES if words.search(sentence)}
    return bool(asked and told) and not asked & told


def _measure_asked(question: str) -> _Measure | None:
    return next((each for each in _MEASURES if each.asked.search(question)), None)


def _counted(question: str) -> re.Pattern[str] | None:
    """What a count is asked of, after its number: 384 pages, 600루멘."""
    found = _HOW_MANY.search(question)
    if found is None:
        return None
    if found[1]:
        stem = re.escape(_stem(found[1].lower()))
        return re.compile(rf"(?i){_N}\+?[\s-]?(?:[a-z]+ )?{stem}")
    unit = _noun(found[2])
    return re.compile(rf"{_N}\s?(?:{'|'.join(_ALIKE.get(unit, (re.escape(unit),)))})")


def _content(text: str) -> set[str]:
    """The words of a text that say what it is about, without their endings."""
    found = (_stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY)
    return {stem for stem in found if len(stem) > 1 and stem not in _EMPTY}


def _noun(word: str) -> str:
    """A Korean word without its particle and the ending of a question; "" for a verb."""
    if _ASKS_WHETHER.search(word) and _ENDING.search(word) is None:
        return ""  # "괜찮나요", "짠가요"
    bare = _ENDING.sub("", _ASKED_SHORT.sub("", word))
    if bare == word and len(word) > 2 and _PREDICATE.fullmatch(word):
        return ""
    return hangul.strip_particles(bare) or bare


def _stem(word: str) -> str:
    if not word.isascii():
        return _noun(word)
    for ending in ("ing", "ies", "es", "ed", "er", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _shared(words: set[str], sentence: str) -> int:
    """How many of these words a sentence holds."""
    plain = f"{sentence} {sentence.replace('-', '')}".lower()
    return sum(1 for word in words if (re.search(rf"\b{word}", plain) if word.isascii() else word in plain))

"""Who says who they are, or signs: a name with no sign of being one but its shape and its place in the text.

"홍길동입니다", "this is Jane", a name under an e-mail. Everyday language ("문의입니다", "this is urgent") is nobody's name,
nor is what a message was read to mean as goods.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from dangol.assistant.understanding.keyboard import is_english_word
from dangol.assistant.understanding.names import could_be_korean_name
from dangol.assistant.understanding.spelling import is_ordinary
from dangol.kernel.words.vocabulary import word_list

# the syllables given names are made of, by where in the name they stand
_FIRST = frozenset(
    "가강건경고광교국규근금기길나남누다단대덕도동두래리린만명무문미민백범병보복본봉비빈사상새서석선설성세소솔송수순슬승시신아안애양여연영예오온완요용우욱운원유"
    "윤율은의이인일자장재정제종주준중지진찬창채천철초춘충치태택평필하학한해향헌혁현형혜호홍화환회효후훈휘희"
)
_LAST = frozenset(
    "강건걸겸경곤관광교구국권규균근금기길나남념늘담덕돈동두라란람랑래련렬록룡률름리린림만명모무문미민배백범별병복봄봉빈빛삼상새샘서석선섭성세소솔송수숙순슬"
    "승식신실아안애양언연엽영예옥온완용우욱운웅원월유윤율은음의익인일임자재정제종주준중지진찬창채천철초춘치태택필하학한해향헌혁현협형혜호홍화환황회효후"
    "훈휘흠희"
)
_LONG = re.compile(r"남궁|황보|제갈|선우|독고|사공|서문|동방")
_EXAMPLES = frozenset(
    {"홍길동", "김철수", "김영희", "이영희", "김민수"}
)  # names of forms, and of our own corpus
_MAKES_WORDS = "용권건자형기식제인서수비전금세지만은이한해하일중상의안도장"  # 성인용, 주문자, 설명서

_PREFIXES = (
    "이오신전정원유한구고남여부제진주우소왕금명인연공하문"  # 오배송, 신상품: surnames that also begin words
)
_KOREAN = r"([가-힣]{3,5}?)"
_BEGINS = r"(?:^|(?<=[.,!?~…\n:;)]))[^\S\n]*"
# where somebody may come in: at the beginning, after a greeting, or behind what they did ("어제 주문한 …")
_BEFORE = (
    rf"(?:{_BEGINS}(?:(?:안녕하세요|안녕하십니까|여보세요|네|예|아|저기요|저기|저는|저|나는|전|제가|본인은|고객)[\s,.!~]+){{0,3}}"
    r"|(?<=[한던린긴산인은온])\s)"
)
_IS = r"(?=(?:이)?(?:입니다|라고\s?(?:합니다|해요|하는데|불러)|인데요?(?:[\s,.!?~]|$))|이?(?:에요|예요)(?:[\s,.!?~]|$))"
_ENDS = r"(?=\s?(?:이에요|예요|입니다|이고|고요|이라고|라고|인데|이요|요|이야|야|님|씨|께|으로|로)?요?(?:[\s.,!()]|$))"
_PHONE = r"\(?(?:0\d{1,2}|\+82)[)\s.-]*\d{3,4}[\s.-]?\d{4}"
# each with whether it is a signature
_KOREAN_WAYS = (
    (re.compile(rf"{_BEFORE}{_KOREAN}{_IS}", re.M), False),
    (re.compile(rf"(?<![가-힣]){_KOREAN}\s?(?=(?:드림|올림|배상)(?:[\s.,!~)]|$))"), True),
    (re.compile(rf"\n[^\S\n]*(?:[-–—]\s?)?{_KOREAN}\s*\Z"), True),
    (re.compile(rf"(?<![가-힣]){_KOREAN}(?=[,/\s]{{1,3}}{_PHONE})"), True),
)
# behind a word that tells whose name follows, also a name of two letters
_LABELLED = re.compile(
    rf"(?:받는\s?(?:사람|분)|보내는\s?(?:사람|분)|(?:주문|구매|결제|입금|예금|수취|수령|수신|신청|예약)(?:자|인|주)\s?명?)"
    rf"(?:이|가|은|는|\s?:)?\s*([가-힣]{{2,5}}?){_ENDS}"
)

_UP, _LOW = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
_NAME = rf"(?:[{_UP}](?:['’][{_UP}])?[{_LOW}][{_LOW}{_UP}'’-]*|[{_UP}]\.)"
_NAMES = rf"({_NAME}(?:[^\S\n]{_NAME}){{0,2}})"
_SAYS = r"\b(?:[Tt]his is|[Ii]t['’]?s|[Ii]['’]?m|[Ii] am|[Ii]t['’]?s me,)"
_CLOSING = (
    r"(?:^|(?<=[.!?\n]))[^\S\n]*"
    r"(?:(?:[Mm]any |[Ww]ith )?(?:[Tt]hanks|[Tt]hx|[Tt]y)(?: again| so much| in advance| a lot)?"
    r"|[Tt]hank you(?: so much| very much| in advance)?|[Cc]heers|[Bb]est(?: wishes| regards)?"
    r"|(?:[Kk]ind|[Ww]arm)(?:est)? regards|[Rr]egards|[Ss]incerely(?: yours)?|[Yy]ours(?: truly| sincerely| faithfully)?"
    r"|[Ww]armly|[Ll]ove|[Rr]espectfully)[,.!]?"
)
_ENGLISH_WAYS = (
    # whoever says so and stops, or says what for
    re.compile(
        rf"{_SAYS}\s{_NAMES}(?=\s?(?:[.,!;\n]|$|\s(?:here|again|speaking|calling|writing|from|and I|who)\b))"
    ),
    re.compile(rf"{_SAYS}\s({_NAME}(?:[^\S\n]{_NAME}){{1,2}})"),
    re.compile(rf"{_SAYS}\s([{_LOW}]{{3,12}}(?:\s[{_LOW}]{{3,12}})?)(?=\s(?:speaking|calling)\b)"),
    re.compile(
        rf"(?:^|(?<=[.!?,\n]))[^\S\n]*(?:(?:[Hh]i|[Hh]ello|[Hh]ey)[,!.]?\s)?{_NAMES}(?=\shere(?:[.,!\s]|$))",
        re.M,
    ),
    re.compile(
        rf"{_CLOSING}[ \t]*\n{{1,3}}[^\S\n]*(?:[-–—]\s?)?(?:Dr\.?\s|M[rs]{{1,2}}\.?\s)?{_NAMES}[^\S\n]*(?:\Z|(?=\n))",
        re.M,
    ),
    re.compile(rf"{_CLOSING}[ \t]+(?:[-–—]\s*)?{_NAMES}\.?\s*\Z", re.M),
    re.compile(rf"(?:\n[^\S\n]*|[.!?]\s)[-–—~]\s?{_NAMES}\s*\Z"),
)
# what somebody or something is rather than is called
_ADJECTIVE = re.compile(
    r"(?:\w\wing|(?<![mryeh])ed|able|ible|ful|less|ous|[ts]ive|ical|ific|ular|[tc]tly|tely|ness|tion)$"
)
_OF_NOBODY = frozenset(
    re.findall(
        r"\w+",
        """a an the my your our his her its and or but so if in on at of to for from with by as than then very really too
        urgent important different ridiculous sure sorry ready happy sad glad fine okay ok good bad great awesome amazing
        new old big small late early wrong right correct perfect fantastic insane crazy funny weird odd tired broken stolen
        korean american german italian mexican canadian australian european asian african indian russian brazilian french
        dutch greek swiss thai british english irish scottish spanish danish swedish turkish polish japanese chinese
        vegan vegetarian christian catholic muslim jewish buddhist pregnant left lefty student teacher allergic customer
        korea seoul london america amazon google apple kakao naver team all everyone everybody nobody anyone someone
        folks guys sir madam again soon already still also just not no yes here there home mum mom dad male female
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
        october november december christmas easter only size large medium plus extra one two three final done it this
        that bye fragile genuine free fake real spam support service help you please bought paid cash""",
    )
)


def introduced(text: str, goods: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """Where somebody is named in saying who they are or signing; `goods` are words read as something the shop has."""
    for way, signed in _KOREAN_WAYS:
        for found in way.finditer(text):
            if found[1] not in goods and _is_korean_name(found[1], signed=signed):
                yield found.span(1)
    for found in _LABELLED.finditer(text):
        if found[1] in _EXAMPLES or could_be_korean_name(found[1]):
            yield found.span(1)
    for way in _ENGLISH_WAYS:
        for found in way.finditer(text):
            if found[1].lower() not in goods and _is_english_name(found[1], text):
                yield found.span(1)


def _is_korean_name(word: str, *, signed: bool) -> bool:
    """Whether a word is a surname and a given name by its syllables, and no everyday word with something before or after.

    Where somebody signs, the given name may be an everyday word of its own.
    """
    if word in _EXAMPLES:
        return True
    length = 2 if _LONG.match(word) else 1
    surname, given = word[:length], word[length:]
    if not could_be_korean_name(word) or len(given) > 2:
        return False
    if len(given) == 1:
        return length == 2 and given in _LAST
    if given[0] not in _FIRST or given[1] not in _LAST:
        return False
    if given == "인용" or (word[-1] in _MAKES_WORDS and is_ordinary(word[:2])):  # 성인용
        return False
    return signed or surname not in _PREFIXES or not is_ordinary(given)


def _is_english_name(name: str, text: str) -> bool:
    words = name.split()
    if any(_of_nobody(word) for word in words):
        return False
    # in a text all in capitals, or a title, a capital says nothing
    others = [word for word in re.findall(r"[A-Za-z]{3,}", text) if word not in words]
    return len(others) < 3 or any(word[0].islower() for word in others)


def _of_nobody(word: str) -> bool:
    low = word.lower().strip("'’-")
    return (
        low in _OF_NOBODY
        or low in word_list("brand_words")
        or bool(_ADJECTIVE.search(low))
        or is_english_word(low)
    )

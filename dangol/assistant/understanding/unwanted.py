"""What a shopper does not want: "흰색 말고", "가죽은 빼고", "지퍼 없는 거", "not white", "anything but leather"."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from collections.abc import Iterator, Sequence

from pydantic import JsonValue

Found = tuple[str, JsonValue, int, int]

KINDS = frozenset({"color", "material", "category", "brand", "attribute"})
_THING = r"(?:거|것|걸로|걸|꺼|제품|상품|쪽|데)"
# "안 들어간", "안든", "안 넣은": of what is in food and in other goods
_NOT_IN = r"안\s?(?:들어\s?간|들어\s?가는|들어\s?있는|들은|든|넣은|섞인|섞은)"
_AFTER = re.compile(
    r"\s?(?:계열|색상|색|컬러|소재|재질|맛|향|종류|제품|상품|브랜드|거|것)?\s?(?:은|는|이|가|을|를|만)?\s?"
    rf"(?:말고(?!도)|말구(?!도)|빼고|빼구|제외(?:하고|한)?|아닌\s?{_THING}|들어간\s?거\s?말고|싫|별로|안\s?좋아|안\s?(?:원|입|신|먹)|만\s?아니면)[가-힣]*"
)
_WITHOUT = re.compile(
    rf"\s?(?:이|가|은|는|을|를|도)?\s?(?:(?:없는|{_NOT_IN})\s?{_THING}[가-힣]*|{_NOT_IN}(?=\s[가-힣]))"
)
_BEFORE = re.compile(
    r"(?:\bnot|\bno|\bwithout|\bw/o|\bexcept(?: for)?|\bexcluding|\bother than|\b(?:anything|everything) but|\brather than|\binstead of|\bdon'?t (?:want|like|need)|\bhate|\bdislike|\bavoid(?:ing)?|\bnothing (?:in|with|made of))\s(?:a |an |any |the |in |with |of |made of )*$"
)
# "is it not waterproof?" asks, "without a hood" excludes: a quality is unwanted only where nothing else can be meant
_BEFORE_QUALITY = re.compile(
    r"(?:\bwithout|\bw/o|\bexcept(?: for)?|\bexcluding|\b(?:anything|everything) but|\bdon'?t want|\bhate|\bavoid)\s(?:a |an |any |the )*$"
)
_WORD_KO = re.compile(
    r"(?<![가-힣a-z0-9])(?P<word>[가-힣a-z0-9]{1,8}?)(?:맛|향|색|소재|재질)?(?:은|는|이|가|을|를|도|만)?\s?"
    rf"(?:말고(?!도)|말구(?!도)|빼고|빼구|제외하고|없는\s?{_THING}|{_NOT_IN}(?:\s?{_THING}|(?=\s[가-힣])))"
)
_WORD_EN = re.compile(
    r"\b(?:without|w/o|no|except(?: for)?|excluding|other than|(?:anything|everything) but|nothing with|avoid)\s(?:a |an |any |the |added |artificial )?(?P<word>(?:(?:tiny|small|little|sharp|loose|hard)\s)?[a-z]{3,15})\b"
)
_NOTHING = frozenset({
    "그거", "이거", "그것", "이것", "저거", "그", "이", "저", "거", "것", "걸", "다른", "별", "문제", "상관", "관계", "수", "필요", "이런",
    "그런", "저런", "그게", "이게", "하나", "두개", "나머지", "지금", "오늘", "내일", "that", "this", "these", "those", "thanks", "thank",
    "problem", "problems", "idea", "one", "ones", "more", "need", "matter", "worries", "longer", "way", "doubt", "rush", "luck",
    "discount", "coupon", "code", "order", "account", "paying", "having", "being", "them", "what", "where", "how",
})  # fmt: skip


def words_left_out(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Words of no table that are unwanted ("연어맛은 빼고", "without nuts"), each with its marker."""
    for pattern in (_WORD_KO, _WORD_EN):
        for match in pattern.finditer(text):
            word, start, end = match["word"], match.start(), match.end()
            if word not in _NOTHING and not any(first < end and start < last for first, last in taken):
                yield "excluded", {"type": "word", "value": word}, start, end


def left_out_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of a word that goods are to be without ("참치 안 든 거"), with the words that say so; else None."""
    after = _WITHOUT.match(text, end)
    return (start, after.end()) if after is not None else None


def marked(text: str, kind: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of a named thing together with the words that say it is not wanted; None when it is wanted."""
    if kind not in KINDS:
        return None
    after = _AFTER.match(text, end) or (_WITHOUT.match(text, end) if kind != "color" else None)
    if after is not None:
        return start, after.end()
    before = (_BEFORE_QUALITY if kind == "attribute" else _BEFORE).search(text[:start])
    return (before.start(), end) if before is not None else None

"""Where one message may hold several requests: places to cut, strong ones and weak ones."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from dataclasses import dataclass
from itertools import pairwise

_STRONG = re.compile(
    r"(?:[?!]+|(?<!\d)\.+(?![\da-z])|(?<=\d)\.(?=\s)|~(?=\s))\s*|\s*\n\s*"
    r"|(?<!\s아)\s+(?=(?:아\s?)?(?:그리고|그리구|글고|또\s(?!한)|맞다\s|아?참\s|그리고요|그리고여)\s?)|(?<=[요죠나까다음임네여용])\s+(?=(?:근데|그런데|그럼|그러면)\s)"
    r"|,?\s+(?=(?:and also|also|oh and|plus|by the way|btw|another thing|one more thing|and (?:can|could|do|does|is|are|how|what|when|where|will|i(?:'d| want| need)|please|show|add|tell|cancel|also))\b)"
)
_WEAK = re.compile(
    r"(?<=[가-힣])(?<!그리)(?<![라다냐자하재])(?:고요?|구요?)\s+|(?<=하)고\s+|(?<=[가-힣][요죠까나음여용])\s+|(?<=니다)\s+|(?<=는데)\s+|(?<=[ㅠㅋㅎㅜ])\s+|,\s*|\s+(?=(?:and|but|then)\s)|;\s*"
    # "환불 규정이랑 배송비 알려줘": two things asked with one verb
    r"|(?<=[가-힣])(?:이랑|랑|하고|와|과)\s+(?=\S.{0,25}(?:알려|궁금|가르쳐|설명|안내해|문의|질문|물어))"
)

_OPENING = re.compile(
    r"\s*(?:안녕[가-힣]*|ㅎㅇ+|하이|헬로우?|네+|넵+|넹|예|응|ㅇㅇ+|ㅇㅋ+|오케이|좋아요?|그래요?|아니요?|아뇨|노노|ㄴㄴ|괜찮아요|됐어요|고마워요?|감사[가-힣]*|고맙습니다|ㄱㅅ+|"
    r"hi+|hello|hey|hiya|good (?:morning|afternoon|evening)|yes|yep|yeah|ok(?:ay)?|sure|perfect|great|no(?! thank)|nope(?! thank)|thanks(?: a lot| so much)?|thank you|thx|ty|cheers)(?: there)?(?:요|여)?[,!.~ㅎㅋㅠ]*\s+(?=\S)"
)

_JOINER = re.compile(
    r"[\s,.]*(?:아\s?)?(?:그리고|그리구|근데|그런데|그럼|그러면|또|참|맞다|아|음+|흠+|어+|저기|and|also|but|so|then|by the way|btw|oh|plus|hm+|um+|uh+|well)[\s,.]*"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a plain text."""

    start: int
    end: int


def cuts(text: str) -> tuple[list[int], list[int]]:
    """Places where a new request may begin: after sentence ends and joiners (strong), after connecting endings (weak)."""
    strong = sorted({match.end() for match in _STRONG.finditer(text) if 0 < match.end() < len(text)})
    opening = _OPENING.match(text)
    found = {match.end() for match in _WEAK.finditer(text)} | ({opening.end()} if opening else set())
    weak = sorted({place for place in found if 0 < place < len(text)} - set(strong))
    return strong, weak


def spans(text: str, places: list[int]) -> list[Span]:
    """The stretches between the places, trimmed; empty ones left out."""
    edges = [0, *places, len(text)]
    out: list[Span] = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip(" .,?!~;"))
        right = len(piece.rstrip())
        if any(char.isalnum() for char in piece) and not _JOINER.fullmatch(piece):
            out.append(Span(start + left, start + right))
    return out


def pieces(text: str, most: int, most_parts: int) -> tuple[list[Span], list[list[Span]]]:
    """The clauses of a text at its strong cuts, and for each the parts at its weak cuts (none if too many)."""
    strong, weak = cuts(text)
    whole = spans(text, strong)[:most] or [Span(0, len(text))]
    parts = []
    for one in whole:
        inner = spans(
            text[one.start : one.end], [cut - one.start for cut in weak if one.start < cut < one.end]
        )
        shifted = [Span(one.start + part.start, one.start + part.end) for part in inner]
        parts.append(shifted if 1 < len(shifted) <= most_parts else [])
    return whole, parts

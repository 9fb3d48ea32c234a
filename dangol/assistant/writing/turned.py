"""Whether a text says the opposite of another: can and cannot, there and gone, figures of one thing told of another.

Sentence by sentence where both have as many; else only as far as one of the two denies something and the other nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangol.assistant.truth.faithful import unfaithful

_DENIES = re.compile(
    r"없(?!애)|않|(?<![가-힣])못(?:\s|하|해|했|합|할|한|돼|되|드|받|쓰|입|신|보|가|와|오|찾|바)|(?:하|되|시|드리|받|쓰|오)지\s?못"
    r"|아니(?!요|\s?면)|아닌|아닙|아녜|(?<![가-힣])안\s?(?:되|돼|됩|된|될|맞|와|왔|오|쓰|하|해|했|합|할|팔|받|남|나오|들어)"
    r"|불가|품절|매진|제외|금지|(?:하|되|이)지\s?마|어렵|어려(?:워|울|운)|단종"
    r"|\b(?:no|not|never|none|nothing|nobody|neither|nor|cannot|without|unable|unavailable|impossible|excluded|excluding)\b"
    r"|n['’]t\b|\bsold[- ]out\b|\bout of stock\b|\bdiscontinued\b|\bexcept\b|\bdifficult\b|\bhard to\b|\bfails? to\b"
    r"|\bfailed to\b|\bno longer\b|\bfree of\b",
    re.IGNORECASE,
)
# what denies and yet says no opposite: courtesies, doubled denials, limits, questions back
_NO_MATTER = re.compile(
    r"밖에|에만|만\s|않으면\s?안|안\s?(?:하|되)면\s?안|없을\s?수\s?없|뿐(?:만)?\s?아니|(?:상관|문제|틀림|부담|다름)\s?없|끊임없|아낌없"
    r"|걱정|염려|지\s?않(?:을까|나|으세|으신|으실|아요\?)|[?？]\s*$|\bonly\b"
    r"|\bno (?:more|less|later|fewer) than\b|\bno problem\b|\bno worries\b"
    r"|\b(?:don['’]?t|do not) (?:hesitate|worry)\b|\bnot a problem\b|\bno doubt\b|\bnothing but\b|\bnot until\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n+")


def turned_round(source: str, text: str) -> list[str]:
    """The sentences of a text that deny what their source does not, or tell its figures of something else; empty: none."""
    there, here = list(_sentences(source)), list(_sentences(text))
    if len(there) == len(here):
        return [why for given, told in zip(there, here, strict=True) for why in _opposite(given, told)]
    denied = [each for each in there if _DENIES.search(each)]
    denies = [each for each in here if _DENIES.search(each)]
    if bool(denied) == bool(denies) or any(map(_NO_MATTER.search, (*denied, *denies))):
        return []
    return [f"turned round: {each}" for each in denies] or [f"left out: {each}" for each in denied]


def _opposite(given: str, told: str) -> Iterator[str]:
    said, says = _denies(given), _denies(told)
    if said is not None and says is not None and said != says:
        yield f"turned round: {told}"
    if unfaithful(given, told):
        yield f"not of this: {told}"


def _sentences(text: str) -> Iterator[str]:
    return (each for part in _SENTENCE.split(text) if (each := part.strip()))


def _denies(sentence: str) -> bool | None:
    """Whether a sentence denies something; None where that cannot be told."""
    return None if _NO_MATTER.search(sentence) else bool(_DENIES.search(sentence))

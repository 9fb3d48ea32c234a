"""Whether goods that were opened or used may come back: the rule that says so, before the days that hold for all goods."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Steps, ask
from dangol.contracts.shopfloor.policies import AskPolicy, Passage, PolicyAnswer

_OPENED = re.compile(
    r"(?i)뜯(?!지\s?않)|개봉|포장을?\s?(?:열|훼손)|\b(?:(?:un)?opened|unsealed|unboxed|unwrapped|broken seal|open(?:ing)? (?:it|them|the (?:box|pack\w*|seal)))\b"
)
_USED = re.compile(
    r"(?i)사용한|사용하|써\s?본|써\s?봤|쓰던|입었|입어|신었|신어|세탁|\b(?:used|worn|wore|tried|washed)\b"
)
_BACK = re.compile(r"(?i)반품|교환|환불|\b(?:return\w*|exchang\w*|refund\w*|send back)\b")
_STATES = (_OPENED, _USED)
_PLAINLY = {
    "ko": ("뜯은 뒤에는 반품할 수 없나요", "개봉하거나 사용한 상품은 반품할 수 없나요"),
    "en": ("can goods not be returned once opened", "can used or worn goods not be returned"),
}


def first(desk: Desk, found: PolicyAnswer) -> Steps[PolicyAnswer]:
    """The passage on goods in the state that is asked about, in whichever language the shop has written it."""
    state = next((each for each in _STATES if each.search(desk.text)), None)
    if state is None or found.conflict or any(_tells(each, state) for each in found.passages[:1]):
        return found
    for language in sorted(_PLAINLY, key=lambda each: each != desk.language):
        for question in _PLAINLY[language]:
            wanted = AskPolicy(question=question, topics=("returns",), language=language)
            plain = yield from ask("ask_policy", wanted, PolicyAnswer)
            telling = tuple(each for each in plain.passages if _tells(each, state))
            if telling and not plain.conflict:
                return plain.model_copy(update={"passages": telling[:1]})
    return found


def _tells(passage: Passage, state: re.Pattern[str]) -> bool:
    return any(state.search(row) and _BACK.search(row) for row in re.split(r"(?<=[.!?])\s+|\n", passage.text))

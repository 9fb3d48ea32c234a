"""Back to what was on the screen before: "back to the first two", "아까 처음 거 다시"."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import shown
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.products import CompareProducts, Comparison
from dangol.kernel.words.numbers import parse_number

_USUAL = 3  # as many are shown again where no number was named
_FIRST_ONES = r"(?:the |those |your )?(?:very )?(?:first|earlier|previous|original|other)(?: (?P<n>one|two|three|four|2|3|4))?(?: ones?| option| result| list| [a-z]{2,}s)?(?: (?:you |u )?(?:showed|had|gave)(?: me)?)?"
_BACK_EN = re.compile(
    rf"(?i)^\W*(?:ok(?:ay)?|no|nah|hmm?|actually|wait|and|so|can (?:we|you)|let'?s|please|pls|\W)*\s*(?:(?:go )?back to|return to|show (?:me )?(?=.*\bagain\b))\s+{_FIRST_ONES}(?: again| please| pls)*\W*$"
)
_BACK_KO = re.compile(
    r"(?:아까|처음에?|맨\s?처음|이전에?|먼저|앞에)\s?(?:처음\s?)?(?:보여\s?준|보여\s?주신|나온|본|봤던|추천\s?(?:해\s?준|한))?\s?(?:거|꺼|것|걸|상품|목록|리스트|제품)?(?:들)?\s?(?P<n>두|둘|세|셋|네|[234])?\s?(?:개|가지)?(?:를|은|로|만)?\s?(?:다시(?:\s?(?:한\s?번\s?)?(?:보여|볼|봐|보고|줘)\S*)?|(?:다시\s?)?(?:보여|돌아가)\S*)\W*$"
)


def asked(desk: Desk) -> Desk | None:
    """Whether goods that were shown are to be seen again; with none shown, it is the conversation that begins again."""
    said = _BACK_EN.search(desk.text.strip()) or _BACK_KO.search(desk.text.strip())
    if said is None or desk.memory.task or len(_before(desk)) < 2:
        return None
    named = any(desk.values(kind) for kind in ("category", "order_id"))
    return None if named else desk.with_intent("choose")


def show_again(desk: Desk) -> Steps[Answer]:
    """Those of the last list while one of them is looked at, else the first that were shown; as many as were named."""
    said = _BACK_EN.search(desk.text.strip()) or _BACK_KO.search(desk.text.strip())
    named = parse_number(said["n"]) if said is not None and said["n"] else None
    handles = tuple(_before(desk)[: max(int(named or _USUAL), 2)])
    found = yield from ask("compare_products", CompareProducts(products=handles), Comparison)
    return shown(desk, found.cards, lines=(line("shown_before"),))


def _before(desk: Desk) -> Sequence[str]:
    memory = desk.memory
    if len(memory.shown) < 2 <= len(memory.listed):
        return [item.product for item in memory.listed]
    return memory.seen

"""Of goods on the screen some are not wanted: "not the macarons", "마카롱 말고"; others under the same wishes."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

from dangol.assistant.minds.embedded import finding, unmet
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.products import FindProducts, FoundProducts
from dangol.kernel.words import goods
from dangol.kernel.words.normalising import compact

_KO = re.compile(
    r"^\W*(?:음+|아+|아니|흠|그럼|근데|그|이|저)?\s*(?P<what>[가-힣a-zA-Z0-9 ]{1,24}?)\s?(?:은|는|이|가|을|를|도)?\s?(?:말고|말구|빼고|빼구|제외하고|제외|아니고|아닌\s?(?:거|걸로?|것))(?:요|여|용)?"
    r"(?:[\s,]*(?:다른|딴)\s?(?:거|것|걸|건|꺼|제품|상품|종류)?\S{0,3})?(?:\s?(?:더\s?)?(?:보여|있|없|추천|골라|찾아|볼|뭐)\S*(?:\s?(?:주세요|줘요?|있\S*|주실\S*))?)?[\s.!?~ㅋㅎ]*$"
)
_EN = re.compile(
    r"(?i)^\W*(?:ok(?:ay)?|hm+|um+|no|nah|and|but|well|pls|please|actually|so)?\W*(?:show me |something |anything |any |others?,? |one |ones )*"
    r"(?:not|no|none of|except(?: for)?|without|anything but|everything but|other than|besides|don'?t (?:want|like)|i (?:don'?t|do not) (?:want|like|need))\s(?:a |an |any |the |that |those |these |this )?(?P<what>[\w' &-]{2,40}?)"
    r"(?:,? (?:either|please|pls|plz|thanks|thx|though|tho|again))*\W*$"
)


def asked(desk: Desk) -> Desk | None:
    """Whether some of those shown, and nothing else, are named to be left out."""
    if desk.memory.task or not desk.memory.shown or desk.values("order_id"):
        return None
    return desk.with_intent("find_product") if _left_out(desk) else None


def _left_out(desk: Desk) -> list[str]:
    """The products shown that are named; none where all of them are, alike: then it is their kind that is not wanted."""
    said = _KO.match(desk.text.strip()) or _EN.match(desk.text.strip())
    if said is None:
        return []
    literally = [each.product for each in desk.memory.shown if _is_called(each.title, said["what"])]
    if literally:
        return literally if len(literally) < len(desk.memory.shown) or len(literally) == 1 else []
    shown = {each.product: goods.marks(each.title, (), said["what"]) for each in desk.memory.shown}
    meant = goods.meant(shown)
    return [] if len(meant) == len(shown) > 1 else meant


def _is_called(title: str, said: str) -> bool:
    """Whether a title holds the very word that was said ("땅콩": 꿀땅콩)."""
    name = compact(said)
    name = name.removesuffix("s") if name.isascii() else name
    return len(name) > 1 and name in compact(title)


def show_others(desk: Desk) -> Steps[Answer]:
    """Others under the same wishes: those that were shown beside them first, where they fit best."""
    now = {each.product for each in desk.memory.shown}
    before = (each for each in desk.memory.seen if each not in now)  # nor what was left out before
    wishes = desk.memory.wishes
    wanted = FindProducts(wishes=wishes, avoid=(*before, *_left_out(desk)), facets=False, limit=3)
    found = yield from ask("find_products", wanted, FoundProducts)
    if not found.items or found.loosened:
        keep = {"awaits": None, "pending": None}
        return Answer(lines=(line("no_more_found"),), choices=unmet.ways_on(), keep=keep)
    return finding.shown(desk, found.items, lines=(line("found_without"),), keep={"wishes": wishes})

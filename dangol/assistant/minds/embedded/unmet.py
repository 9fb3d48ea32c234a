"""Wishes that could not be met: what is said of them, and what is kept of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.products import FoundProducts, Loosened, ProductCard, Wishes
from dangol.kernel.words import categories

_WORD = re.compile(r"[a-z]{3,}|[가-힣]{2,}")


def ways_on() -> tuple[tuple[str, Line], ...]:
    """What can be done where nothing was found."""
    return (
        ("intent:recommend", line("button_recommend")),
        ("intent:ask_promotion", line("button_offers")),
        ("human", line("button_human")),
    )


def without(wishes: Wishes, loosened: Sequence[Loosened]) -> Wishes:
    """The wishes without a quality that nothing here has: it is said once, and not again at every turn."""
    gone = {
        kind: {each.value for each in loosened if each.kind == kind} for kind in ("attribute", "material")
    }
    return wishes.model_copy(
        update={
            "attributes": tuple(each for each in wishes.attributes if each not in gone["attribute"]),
            "materials": tuple(each for each in wishes.materials if each not in gone["material"]),
        }
    )


def kind_not_sold(desk: Desk, wishes: Wishes, found: FoundProducts) -> Answer | None:
    """A kind of goods that the shop does not have is said to be missing; goods of other kinds are no answer to it."""
    gone = next((each for each in found.loosened if each.kind == "category"), None) or _thing(wishes, found)
    if gone is None:
        return None
    named = next((each.text for each in desk.entities if each.type == "category"), _called(gone))
    kept = wishes.model_copy(update={"categories": (), "text": "", "sizes": ()})
    return Answer(
        lines=(line("kind_not_sold", kind=named),),
        choices=ways_on(),
        keep={"wishes": kept, "awaits": None, "pending": None},
    )


def _thing(wishes: Wishes, found: FoundProducts) -> Loosened | None:
    """A part or a thing for goods asked for by itself, where the shop has only goods that come with one."""
    things = () if wishes.categories else categories.thing_alone(wishes.text.lower())
    if not things or any(categories.is_thing(card.title, things) for card in found.items):
        return None
    return Loosened(kind="category", value=_bare(wishes.text, things))


def _bare(text: str, things: Sequence[str]) -> str:
    """The thing as it was said."""
    said = text.lower()
    return next((name for name in sorted(things, key=len, reverse=True) if name in said), text)


def _called(gone: Loosened) -> str:
    """What was not met as the shopper would say it; goods of no table by their own words."""
    return gone.value if " " in gone.value else gone.label or gone.value


def near_ones(desk: Desk, wishes: Wishes, found: FoundProducts) -> list[ProductCard]:
    """Goods of another kind that go by a word of the kind that is not sold ("laptop bag": a laptop backpack)."""
    gone = next((each for each in found.loosened if each.kind == "category"), None)
    gone = gone or _thing(wishes, found)
    said = [each.text for each in desk.entities if each.type == "category"] or [_called(gone) if gone else ""]
    words = {word for text in said for word in _WORD.findall(text.lower())}
    return [card for card in found.items if any(word in card.title.lower() for word in words)]


def unknown_words(wishes: Wishes, found: FoundProducts) -> bool:
    """Were words the only wish, and did nothing in the shop have to do with them?"""
    said = wishes.model_copy(update={"text": ""})
    return said == Wishes(must=wishes.must) and any(each.kind == "text" for each in found.loosened)

"""From the intent that was read to the one that is worked on.

A reader that is unsure, or that can only say "something was given", is settled by what is on the desk: the product
under discussion, the question that was put, the search that has begun.
"""

from __future__ import annotations

import re

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.jobs import JOBS
from dangol.assistant.understanding.reading import Intent

# what a reader falls back on when it knows nothing better: believed only when it is sure
_VAGUE = frozenset(
    {
        "smalltalk",
        "out_of_scope",
        "find_product",
        "recommend",
        "manage_account",
        "write_review",
        "get_invoice",
    }
)
_SURE = 0.4
_POLITE = frozenset({"greet", "thank", "affirm", "smalltalk"})
_ASIDE = frozenset(
    {"ask_size_advice", "ask_discount", "out_of_scope", "smalltalk", "apply_coupon", "ask_price", "checkout"}
)
_ABOUT_COUPON = frozenset(
    {"inform", "ask_availability", "correct", "choose_option", "find_product", "ask_promotion"}
)
_WISH_ENTITIES = frozenset(
    {"category", "color", "size", "price_min", "price_max", "attribute", "material", "audience", "occasion", "brand",
     "rating_min", "sort"}
)  # fmt: skip
_WISHES = frozenset({"audience", "category", "budget", "attribute", "color", "size", "option"})
_ABOUT_ME = re.compile(
    r"(?i)^(?:저는|전|제가|나는|난|제)\s.{0,30}"
    r"(?:이에요|예요|입니다|이라서|라서|편이에요|편이라|넓어요|좋아해요|싫어해요|입어요|신어요)[.!~]*$"
    r"|^(?:i'?m|i am|i have|i wear|i like|i prefer|i usually wear)\b[^?]*$"
)
_ADD = re.compile(
    r"(?i)담아|담을게|담고|장바구니에\s*(?:넣|추가)|카트에\s*(?:넣|추가)|\badd\b.*\b(?:cart|basket|bag)\b|^\s*(?:please\s+)?add\b"
    r"|\bput\b.*\bin (?:my|the) (?:cart|basket|bag)\b"
)


def settled(desk: Desk, intent: Intent) -> str | None:
    """The intent to work on: a bare giving of something becomes the search or question it continues."""
    if desk.values("coupon") and intent.name in _ABOUT_COUPON:
        return "apply_coupon"
    if intent.name in ("ask_availability", "find_product", "inform", "choose_option") and _ADD.search(
        desk.text
    ):
        return "add_to_cart"
    if intent.name in _POLITE and (desk.colors or desk.sizes) and desk.memory.focus:
        return _about_variant(desk)
    if intent.name not in ("inform", "choose_option", "correct"):
        return _believed(desk, intent)
    return _continued(desk, intent)


def _believed(desk: Desk, intent: Intent) -> str | None:
    """The intent when the reader is sure of it or the message names goods; a doubtful one about the product at hand
    that names a quality is a question about that product."""
    wishes = any(entity.type in _WISH_ENTITIES for entity in desk.entities)
    if intent.name in _ASIDE and _only_a_price(desk) and desk.memory.wishes.text:
        return "find_product"
    if intent.name not in _VAGUE or intent.confidence >= _SURE:
        return intent.name if intent.name in JOBS else None
    if not wishes:
        return None
    at_hand = desk.memory.focus or desk.situation.state.page
    return (
        "ask_product_info" if at_hand and intent.name not in ("find_product", "recommend") else "find_product"
    )


def _only_a_price(desk: Desk) -> bool:
    return bool(desk.entities) and all(entity.type in ("price_min", "price_max") for entity in desk.entities)


def _continued(desk: Desk, intent: Intent) -> str | None:
    memory = desk.memory
    if _ABOUT_ME.match(desk.text.strip()) and memory.awaits is None:
        return "note_preference"
    if intent.name == "choose_option" and (desk.values("product") or desk.colors) and memory.shown:
        return "choose"
    if desk.colors or desk.sizes:
        return _about_variant(desk)
    return "find_product" if _searches_on(desk) else None


def _about_variant(desk: Desk) -> str:
    """A bare colour or size: of the product under discussion, else one more wish of the search."""
    memory = desk.memory
    if memory.pending is not None and memory.pending.intent in JOBS:
        return memory.pending.intent
    return "ask_availability" if memory.focus and memory.awaits not in _WISHES else "find_product"


def _searches_on(desk: Desk) -> bool:
    memory = desk.memory
    begun = memory.awaits in _WISHES or bool(memory.wishes.text or memory.wishes.categories)
    wishes = any(entity.type in _WISH_ENTITIES for entity in desk.entities)
    return bool(desk.values("category") or desk.values("product") or (wishes and begun))

"""Several options of one product into the cart with one message: "two bottles, one white one navy"."""

from __future__ import annotations

import re

from dangol.assistant.minds.embedded import options
from dangol.assistant.minds.embedded.buying import add_to_cart
from dangol.assistant.minds.embedded.deciding import as_worded
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.baskets import AddToCart, CartChanged
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, VariantView
from dangol.kernel.words import colours
from dangol.kernel.words.numbers import parse_number

_COUNT_EN = r"one|two|three|four|five|a|an|\d{1,2}"
_PIECES = r"(?:개|장|벌|켤레|병)"
_COUNT_KO = rf"하나|둘|셋|(?:[한두세네]|\d{{1,2}})\s?{_PIECES}"
_NO_OPTION = r"for\b|and\b|more\b|the\b|pair|each\b|that\b|this\b|with\b"
_EACH = (
    re.compile(
        rf"(?i)\b(?P<n>{_COUNT_EN})\s(?:in\s|the\s|of the\s)?(?P<option>(?!{_NO_OPTION})[a-z]{{3,}})\b"
    ),
    re.compile(rf"(?P<n>{_COUNT_KO})(?:은|는)\s?(?P<option>[가-힣a-z0-9]+?)(?:으?로)?(?=\s|$|[,.])"),
    re.compile(rf"(?P<option>[가-힣a-z0-9]{{1,8}}?)(?:으?로|은|는)?\s?(?P<n>{_COUNT_KO})"),
)
_TELLS = frozenset({"add_to_cart", "ask_availability", "find_product", "inform", "choose_option", "correct"})


def counted(text: str) -> list[tuple[int, str]]:
    """(how many, of which option) for each part of a message that says so, in the order said."""
    for pattern in _EACH:
        found = [(found, parse_number(_bare(found["n"]))) for found in pattern.finditer(text)]
        told = [(int(number), found["option"]) for found, number in found if number]
        if len(told) > 1:
            return told
    return []


def _bare(count: str) -> str:
    return re.sub(rf"\s?{_PIECES}$", "", count)


def takes_each_option(desk: Desk) -> Desk | None:
    """ "I want 2 bottles, one white one navy": so many of each, of the one product named or talked about."""
    names = {intent.name for intent in desk.situation.reading.intents}
    goods = desk.values("product") or desk.values("category") or desk.memory.focus
    if desk.memory.task == "checkout" or not goods or not names <= _TELLS or len(counted(desk.text)) < 2:
        return None
    return desk.with_intent("add_to_cart")


def add_each_option(desk: Desk) -> Steps[Answer]:
    """Each option named goes into the cart in its number; what is sold out is said so."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from add_to_cart(desk))
    found = yield from ask("check_availability", CheckAvailability(product=meant.product), Availability)
    chosen = _chosen(found, desk.text)
    if len(chosen) < 2:
        return (yield from add_to_cart(desk))
    added: list[CartChanged] = []
    lines: list[Line] = []
    for number, variant in chosen:
        values = cards.variant_words(variant.options)
        if variant.stock <= 0:
            lines.append(line("sold_out", title=found.card.title, options=values))
            continue
        wanted = AddToCart(sku=variant.sku, quantity=number)
        changed = yield from ask("add_to_cart", wanted, CartChanged)
        added.append(changed)
        name = "added_limited" if changed.limited else "added"
        lines.append(line(name, title=changed.title, options=values, count=number, total=changed.cart.total))
    if added:
        lines.append(line("cart_total", total=added[-1].cart.total))
    return Answer(
        lines=tuple(lines),
        blocks=(cards.cart(added[-1].cart, desk.language, desk.shop),) if added else (),
        choices=(("intent:checkout", line("button_checkout")),) if added else (),
        keep={
            "focus": meant.product,
            "focus_title": found.card.title,
            "focus_sku": None,
            "awaits": None,
            "pending": None,
        },
    )


def _chosen(found: Availability, text: str) -> list[tuple[int, VariantView]]:
    """The variants counted one by one, what else the message says of them taken along ("32 oz")."""
    parts = counted(text)
    rest = text
    for _, option in parts:
        rest = re.sub(re.escape(option), " ", rest, count=1, flags=re.IGNORECASE)
    every = found.model_copy(update={"matching": (*found.matching, *found.others), "others": ()})
    fitting = as_worded(every, rest).matching
    out = []
    for number, option in parts:
        of_it = [each for each in fitting if _is_of(each, option, fitting)]
        if len(of_it) == 1:
            out.append((number, of_it[0]))
    return out


def _is_of(variant: VariantView, option: str, among: tuple[VariantView, ...]) -> bool:
    slugs = {each.slug for each in colours.find(option)}
    if variant.color is not None and variant.color in slugs:
        return True
    return any(
        value in options.named(option, (each.options[name] for each in among if name in each.options))
        for name, value in variant.options.items()
    )

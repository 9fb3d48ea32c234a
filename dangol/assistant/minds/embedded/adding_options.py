"""Several options of one product into the cart with one message: "two bottles, one white one navy"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dangol.assistant.minds.embedded import options
from dangol.assistant.minds.embedded.buying import add_to_cart
from dangol.assistant.minds.embedded.deciding import ask_availability
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import find_products
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.baskets import AddToCart, CartChanged
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, VariantView
from dangol.kernel.words import colours
from dangol.kernel.words.numbers import parse_number

_COUNT_EN = re.compile(
    r"(?i)\b(?P<n>one|two|three|four|five|\d{1,2})\b(?!\s?(?:oz|lbs?|pounds?|kg|g|ml|l|liters?|cm|mm|inch|in|ft|x|%|people|persons?)\b)"
)
_PIECES = r"(?:개|장|벌|켤레|병|봉|팩|박스|상자)"
_COUNT_KO = re.compile(rf"(?P<n>하나|둘|셋|(?:[한두세네]|\d{{1,2}})\s?{_PIECES})(?P<topic>은|는)?")
_TELLS = frozenset({"add_to_cart", "ask_availability", "find_product", "inform", "choose_option", "correct"})
_OTHERWISE: dict[str, Job] = {"find_product": find_products, "ask_availability": ask_availability}


def counted(text: str) -> list[tuple[int, str]]:
    """(how many, the words it counts) for each count of a message, in the order said; fewer than two are none."""
    korean = list(_COUNT_KO.finditer(text))
    counts = korean if len(korean) > 1 else list(_COUNT_EN.finditer(text))
    if len(counts) < 2:
        return []
    before = bool(korean) and not counts[0]["topic"]  # "화이트 하나 네이비 하나", "하나는 화이트"
    starts = [0, *(each.end() for each in counts[:-1])] if before else [each.end() for each in counts]
    ends = [each.start() for each in (counts if before else counts[1:])] + ([] if before else [len(text)])
    numbers = [parse_number(re.sub(rf"\s?{_PIECES}$", "", each["n"])) for each in counts]
    return [
        (int(number), text[start:end].strip())
        for number, start, end in zip(numbers, starts, ends, strict=True)
        if number
    ]


def takes_each_option(desk: Desk) -> Desk | None:
    """ "I want 2 bottles, one white one navy": so many of each, of the one product named or talked about."""
    names = {intent.name for intent in desk.situation.reading.intents}
    goods = desk.values("product") or desk.values("category") or desk.memory.focus
    if desk.memory.task == "checkout" or not goods or not names or not names <= _TELLS:
        return None
    return desk.with_intent(min(names)) if len(counted(desk.text)) > 1 else None


def add_each_option(desk: Desk) -> Steps[Answer]:
    """Each option named goes into the cart in its number; what is sold out is said so."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from _OTHERWISE.get(desk.intent, add_to_cart)(desk))
    found = yield from ask("check_availability", CheckAvailability(product=meant.product), Availability)
    chosen = _chosen(found, desk.text)
    if len(chosen) < 2:
        return (yield from _OTHERWISE.get(desk.intent, add_to_cart)(desk))
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
    """The variants counted one by one: those of the option that two counts name differently, what else is said of all
    of them taken along ("32 oz")."""
    every = (*found.matching, *found.others)
    parts = counted(text)
    for name in options.differing(every):
        named = [(number, _values(words, name, every)) for number, words in parts]
        told = [(number, next(iter(values))) for number, values in named if len(values) == 1]
        if len({value for _, value in told}) < 2:
            continue
        rest = [each for each in every if _fits_the_rest(each, name, text, every)]
        chosen = [
            (number, [each for each in rest if each.options.get(name) == value]) for number, value in told
        ]
        return [(number, variants[0]) for number, variants in chosen if len(variants) == 1]
    return []


def _values(words: str, name: str, variants: Sequence[VariantView]) -> set[str]:
    """The values of an option that some words name, by its own word or by its colour."""
    slugs = {each.slug for each in colours.find(words)}
    coloured = {each.options[name] for each in variants if name in each.options and each.color in slugs}
    same = {each.options[name] for each in variants if name in each.options}
    return options.named(words, same) or (coloured if _tells_colour(name, variants) else set())


def _tells_colour(name: str, variants: Sequence[VariantView]) -> bool:
    """Whether it is this option in which the colours differ."""
    pairs = {(each.options.get(name), each.color) for each in variants}
    return len(pairs) == len({value for value, _ in pairs}) == len({color for _, color in pairs})


def _fits_the_rest(variant: VariantView, name: str, text: str, variants: Sequence[VariantView]) -> bool:
    for other, value in variant.options.items():
        said = options.named(text, {each.options[other] for each in variants if other in each.options})
        if other != name and len(said) == 1 and value not in said:
            return False
    return True


def pay_way_later(desk: Desk) -> Steps[Answer]:
    """ "카드로요" while a colour is asked for: ways of paying come with the order; the question stands."""
    answer = yield from add_to_cart(replace(desk, text=""))
    return replace(answer, lines=(line("pay_way_later"), *answer.lines))

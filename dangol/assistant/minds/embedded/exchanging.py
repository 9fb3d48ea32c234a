"""Which variant is wanted instead: said outright, a size up or down, or chosen from what is in stock."""

# ruff: noqa: E501  a pattern reads best on one line

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dangol.assistant.minds.embedded import options, other_goods, return_slots
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import is_question
from dangol.assistant.minds.embedded.return_slots import Slots
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.orders import LookUpOrders, OrderLineView, Orders, OrderView
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, VariantView
from dangol.kernel.after_sale.policy import OURS

_LARGER = re.compile(
    r"(?i)(?:더|한\s?(?:사이즈|치수|단계)|조금|좀)\s?(?:더\s?)?(?:큰|크게|업)|큰\s?(?:걸|거|것|사이즈)|\b(?:larger|bigger|size up|one up|next size)\b"
)
_SMALLER = re.compile(
    r"(?i)(?:더|한\s?(?:사이즈|치수|단계)|조금|좀)\s?(?:더\s?)?(?:작은|작게|다운)|작은\s?(?:걸|거|것|사이즈)|\b(?:smaller|size down|one down)\b"
)
_SIZE = re.compile(r"(?i)\d|^(?:x*[sl]|m)$")
# "82로 바꿔주세요": something other is wanted, whether the shop has it or not
_ANOTHER = re.compile(
    r"(?i)\d\s?(?:[a-z가-힣]{1,4}\s?)?(?:으?로|걸로|짜리로)\s?(?:바꿔|바꾸|교환|변경)|\b(?:swap|exchang\w*|chang\w*|switch|trade|replac\w*)\b.{0,30}\b(?:for|to|with|into|in)\s(?:an?\s|the\s|size\s|one in\s)*\d"
)
_NUMBERS_OF_PAPERS = re.compile(r"\b[A-Z]?\d{6,8}-\d{3,}\b|\S+@\S+")
# "too big actually, so small green": beside the reason a variant is wanted
_THEN = re.compile(
    r"(?i)으?로(?:요|\W|$)|그럼|그러면|대신|\b(?:so|then|instead|actually|rather|please|pls)\b"
)
_ALPHA = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "2XL", "3XL")
MOST_SHOWN = 6


def choose_variant(desk: Desk, slots: Slots, order: OrderView) -> Steps[str | Answer]:
    """The SKU that is wanted instead, or the question which."""
    line_no = slots.lines[0][0]
    mine = next((each for each in order.lines if each.line == line_no), order.lines[0])
    if len(slots.lines) > 1 or not mine.product:
        return Answer(
            lines=(line("exchange_one_by_one"),),
            choices=(*_each(slots, order), ("human", line("button_human_now"))),
            keep={**replace(slots, lines=()).pending("return_lines"), "offered_person": True},
        )
    if (others := (yield from other_goods.for_exchange(desk, slots, mine))) is not None:
        return others
    asked = CheckAvailability(product=mine.product, colors=desk.colors, sizes=desk.sizes)
    found = yield from ask("check_availability", asked, Availability)
    every = [*found.matching, *found.others]
    wanted = _wanted(desk, slots, found, every, mine)
    there = [each for each in wanted if each.stock > 0]
    if len(there) == 1:
        return there[0].sku
    if wanted and not there:
        return _sold_out(slots, mine, wanted[0], every)
    only = _buttons(there or every, mine)
    if len(only) == 1 and {each.name for each in desk.situation.reading.intents} == {"affirm"}:
        return only[0][0].removeprefix("back:variant:")  # yes to the only one there is
    return _which(slots, mine, there or every)


def _each(slots: Slots, order: OrderView) -> tuple[tuple[str, Line], ...]:
    wanted = {number for number, _ in slots.lines}
    return tuple(
        (f"back:lines:{each.line}", line("plain", text=each.title))
        for each in order.lines
        if each.line in wanted
    )


def _wanted(
    desk: Desk, slots: Slots, found: Availability, every: Sequence[VariantView], mine: OrderLineView
) -> list[VariantView]:
    own = next((each for each in every if each.sku == mine.sku), None)
    near = _chosen_before(desk, every) or own
    whole = desk.situation.heard.text  # the wish and its reason may stand in two clauses
    up, down = _LARGER.search(whole), _SMALLER.search(whole)
    steps = (up or down) and not any(_SIZE.search(each.value) for each in desk.sizes)  # "one size up" is none
    if (desk.sizes or desk.colors) and not steps:
        return _closest(_of_those_said(desk, slots, found.matching, every, own), near)
    if own is not None and (up or down):
        row = [each for each in every if _alike(each, own)]
        ranked = sorted(row, key=_rank)
        place = ranked.index(own) + (1 if up else -1)
        return [ranked[place]] if 0 <= place < len(ranked) else []
    named = named_otherwise(return_slots.words(desk), every, mine.options)
    named = named or [each for each in options.extreme(whole, every) if each.sku != mine.sku]
    if named:
        return _closest(named, near)
    if _ANOTHER.search(whole):
        return []
    if slots.reason in OURS and own is not None and own.stock > 0:
        return [own]  # what was faulty is replaced by the same
    others = [each for each in every if each.sku != mine.sku]
    return others if len(others) == 1 else []


def _chosen_before(desk: Desk, every: Sequence[VariantView]) -> VariantView | None:
    """The variant that was proposed before another one was named: the rest of it still holds."""
    pending = desk.memory.pending
    sku = pending.options.get("sku") if pending is not None else None
    return next((each for each in every if each.sku == sku), None)


def _of_those_said(
    desk: Desk,
    slots: Slots,
    matching: Sequence[VariantView],
    every: Sequence[VariantView],
    own: VariantView | None,
) -> list[VariantView]:
    """Of those of the colour and size said what agrees with the rest of the words; none where that only says what was
    bought ("the blue one"), which is replaced by the same where it was faulty."""
    text = return_slots.words(desk)
    meant = agreeing(text, matching, every)
    others = [each for each in meant if each != own]
    from_and_to = len(desk.colors) > 1 or len(desk.sizes) > 1
    if own is not None and own in meant and not from_and_to:
        return [own] if slots.reason in OURS and own.stock > 0 else []
    return others or named_otherwise(text, every, own.options if own else {})


def agreeing(text: str, found: Sequence[VariantView], every: Sequence[VariantView]) -> list[VariantView]:
    """Those of the variants found that differ in nothing a text names by the shop's own options ("blue 350 then")."""
    text = _NUMBERS_OF_PAPERS.sub(" ", text)
    said = {
        name: options.named(text, (each.options[name] for each in every if name in each.options))
        for name in options.differing(every)
    }
    return [
        each
        for each in found
        if all(not values or each.options.get(name) in values for name, values in said.items())
    ]


def names_other_variant(desk: Desk) -> bool:
    """ "아니 검정으로", "blue 350 then" to an exchange whose variant was chosen already: another one is wanted."""
    if return_slots.why(desk.text) and not _THEN.search(desk.text):
        return False
    return bool(desk.sizes or desk.colors or _ANOTHER.search(desk.text)) and not is_question(desk.text)


def named_otherwise(text: str, every: Sequence[VariantView], bought: Mapping[str, str]) -> list[VariantView]:
    """The variants a text names by values of the shop's own options ("78로 바꿔주세요", "swap it for a 78"), other than
    those bought; [] where it names none."""
    text = _NUMBERS_OF_PAPERS.sub(" ", text)
    wanted: dict[str, set[str]] = {}
    for name in options.differing(every):
        said = options.named(text, (each.options[name] for each in every if name in each.options))
        if others := said - {bought.get(name, "")}:
            wanted[name] = others
    return [
        each
        for each in every
        if wanted and all(each.options.get(name) in values for name, values in wanted.items())
    ]


def _closest(found: Sequence[VariantView], own: VariantView | None) -> list[VariantView]:
    """Of several that were meant, those that differ in nothing else from what was bought."""
    if own is None or len(found) < 2:
        return list(found)
    same = {
        each.sku: sum(own.options.get(name) == value for name, value in each.options.items())
        for each in found
    }
    best = max(same.values())
    return [each for each in found if same[each.sku] == best]


def _alike(each: VariantView, own: VariantView) -> bool:
    """The same but for its size."""
    differing = [name for name, value in each.options.items() if own.options.get(name) != value]
    return each.size is not None and own.size is not None and each.color == own.color and len(differing) <= 1


def _rank(each: VariantView) -> tuple[float, str]:
    value = each.size.value if each.size else ""
    number = re.search(r"\d+(?:\.\d+)?", value)
    if value.upper() in _ALPHA:
        return float(_ALPHA.index(value.upper())), value
    return (float(number.group()) if number else 0.0), value


def _buttons(every: Sequence[VariantView], mine: OrderLineView) -> tuple[tuple[str, Line], ...]:
    there = [each for each in every if each.sku != mine.sku and each.stock > 0]
    return tuple(
        (f"back:variant:{each.sku}", line("plain", text=cards.variant_words(each.options)))
        for each in there[:MOST_SHOWN]
    )


def others_in_stock(slots: Slots) -> Steps[tuple[tuple[str, Line], ...]]:
    """Buttons for what of the same goods is there, of the exchange as far as it has come."""
    found = yield from ask("look_up_orders", LookUpOrders(order=slots.order), Orders)
    mine = next(
        (each for order in found.items for each in order.lines if each.line == slots.lines[0][0]), None
    )
    if mine is None:
        return ()
    there = yield from ask("check_availability", CheckAvailability(product=mine.product), Availability)
    return _buttons([*there.matching, *there.others], mine)[:3]


def _which(slots: Slots, mine: OrderLineView, every: Sequence[VariantView]) -> Answer:
    buttons = _buttons(every, mine)
    instead, slots = replace(slots, kind="return", sku=""), replace(slots, gone="")
    if not buttons:
        return Answer(
            lines=(line("exchange_nothing_left", title=mine.title),),
            choices=(("back:kind:return", line("button_refund_instead")), ("human", line("button_human"))),
            keep=instead.pending("return_variant"),
        )
    return Answer(
        lines=(line("exchange_for_which", title=mine.title),),
        choices=buttons,
        keep=slots.pending("return_variant"),
    )


def _sold_out(slots: Slots, mine: OrderLineView, wanted: VariantView, every: Sequence[VariantView]) -> Answer:
    """The size that is wanted is gone: another one, the money, or word when it is back."""
    return Answer(
        lines=(line("exchange_sold_out", title=mine.title, options=cards.variant_words(wanted.options)),),
        choices=(
            *_buttons(every, mine)[:3],
            ("back:kind:return", line("button_refund_instead")),
            (f"restock:{wanted.sku}", line("button_restock")),
        ),
        keep={
            **replace(slots, gone=wanted.sku).pending("return_variant"),
            "focus": mine.product,
            "focus_title": mine.title,
            "focus_sku": wanted.sku,
        },
    )

"""Another option named while one is about to be put into an order: that one is proposed instead, and nothing is done."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds.embedded import changing
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.orders_after import the_order
from dangol.assistant.minds.embedded.pointing import is_question, seeks
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.contracts.shopfloor.products import Availability, CheckAvailability

_FEW_WORDS = 6


def asked(desk: Desk) -> Desk | None:
    """ "In white", "아니 라지로" to "shall I change it to …?"."""
    question = desk.situation.state.question
    if question is None or question.tool != "change_option" or desk.situation.answer == "yes":
        return None
    named = desk.colors or desk.sizes or changing.to_another(desk.text)
    other = is_question(desk.text) or seeks(desk.text) or len(desk.text.split()) > _FEW_WORDS
    if not named or other or desk.values("order_id") or desk.values("product"):
        return None
    return replace(desk, intent="change_order", argument=str(question.args.get("order", "")))


def propose(desk: Desk) -> Steps[Answer]:
    """The same line of the same order, with the option named now."""
    question = desk.situation.state.question
    meant = yield from the_order(desk, "change", "which_to_change")
    if isinstance(meant, Answer) or question is None:
        return meant if isinstance(meant, Answer) else (yield from changing.change_order(desk))
    bought = next((each for each in meant.lines if each.line == str(question.args.get("line"))), None)
    if bought is None:
        raise ToolRefused("look_at_change", "not_found", {"order": meant.order})
    there = yield from ask("check_availability", CheckAvailability(product=bought.product), Availability)
    proposed = next(
        (each for each in (*there.matching, *there.others) if each.sku == question.args.get("sku")), None
    )
    if proposed is not None:  # what was said of it before still holds
        bought = bought.model_copy(update={"sku": proposed.sku, "options": proposed.options})
    return (yield from changing.variant_of(desk, meant, bought))

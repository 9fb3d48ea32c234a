"""What is pressed or agreed to while an order is changed: the part of it that was picked, and the yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import changing
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.orders_after import the_order
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.contracts.shopfloor.changes import ChangeAddress, ChangeOption, ChangePayment, OrderChange
from dangol.contracts.shopfloor.orders import OrderView

_JOBS: dict[str, Callable[[Desk, OrderView], Steps[Answer]]] = {
    "address": changing.address_of,
    "payment": changing.payment_of,
}


def pressed(desk: Desk) -> Steps[Answer]:
    """A button of this file: `change_to:SKU:ORDER/LINE`, `change_to:address:ORDER` and so on."""
    what, _, rest = desk.argument.partition(":")
    order, _, line_no = rest.partition("/")
    desk = replace(desk, argument=order, intent="change_order")
    if line_no:
        return (yield from changing.to_variant(desk, order, line_no, what))
    meant = yield from the_order(desk, "change", "which_to_change")
    if isinstance(meant, Answer):
        return meant
    return (yield from _JOBS.get(what, changing.option_of)(desk, meant))


def pressed_line(desk: Desk) -> Steps[Answer]:
    """A line of the order was picked."""
    order, _, line_no = desk.argument.partition("/")
    desk = replace(desk, argument=order)
    meant = yield from the_order(desk, "change", "which_to_change")
    if isinstance(meant, Answer):
        return meant
    bought = next((each for each in meant.lines if each.line == line_no), None)
    if bought is None:
        raise ToolRefused("look_at_change", "not_found", {"line": line_no})
    return (yield from changing.variant_of(desk, meant, bought))


def yes_address(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
    """The yes was given: the very address that was read back."""
    done = yield from ask("change_address", ChangeAddress.model_validate(args), OrderChange)
    return (yield from changing.changed(desk, done))


def yes_option(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
    """The yes was given: the very variant that was named."""
    done = yield from ask("change_option", ChangeOption.model_validate(args), OrderChange)
    return (yield from changing.changed(desk, done))


def yes_payment(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
    """The yes was given: the page to pay anew is opened."""
    agreed = ChangePayment.model_validate(args)
    done = yield from ask("change_payment", agreed, OrderChange)
    return (yield from changing.changed(desk, done, agreed.method))

"""Which tools a language model is offered: what looks and touches nothing, filtered by role, scope and subject."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from dangol.assistant.minds import Call
from dangol.contracts.language_model import CallProposed, ToolOffered
from dangol.kernel.model import Value
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role, Tool, Toolbox

FIND = frozenset({"find_products", "similar_products", "matching_products"})
_SCOPED = {"find": FIND | {"compare_products"}, "policies": frozenset({"ask_policy"})}
# what only looks, at nothing but the shop's goods and words and the shopper's own cart and wishes; whose orders, points and
# data may be seen is a question of the shop's own flows
_LOOKS = FIND | {
    "look_at_product", "ask_attribute", "check_availability", "compare_products", "read_reviews", "advise_size",
    "list_branches", "check_shelf", "ask_policy", "view_cart", "quote_delivery", "list_offers", "list_wishes",
    "list_payment_methods",
}  # fmt: skip
# what is asked with these is answered from something seen in this turn
LOOKED_UP = frozenset(
    {
        "find_product", "recommend", "style_advice", "find_similar", "compare_products", "ask_availability",
        "ask_product_info", "ask_price", "ask_size_advice", "read_reviews", "ask_promotion", "ask_discount", "ask_delivery",
        "ask_policy", "ask_return_policy", "ask_cancel_policy",
    }
)  # fmt: skip
HAND_OVER, PERSON = "let_the_shop_do_it", "ask_for_a_person"
FLOWS = (
    "add_to_cart", "change_cart", "view_cart", "checkout", "apply_coupon", "track_order", "cancel_order", "change_order",
    "return_item", "exchange_item", "track_refund", "save_wish", "view_wishes", "notify_restock", "view_points",
)  # fmt: skip
_OWN = (
    ToolOffered(
        name=HAND_OVER,
        description="The shopper wants something done (cart, order, return …): name it; the shop asks and does it.",
        parameters={
            "type": "object",
            "properties": {"what": {"type": "string", "enum": list(FLOWS)}},
            "required": ["what"],
            "additionalProperties": False,
        },
    ),
    ToolOffered(
        name=PERSON,
        description="Offer the shopper a person, when the data does not answer or they are upset.",
        parameters={"type": "object", "properties": {}, "additionalProperties": False},
    ),
)


class ArgumentsRefused(Exception):
    """What the model wrote does not fit the tool; the message says why, for the model."""


def offered(toolbox: Toolbox, role: Role, shop: Shop) -> dict[str, Tool[Any, Any]]:
    """The tools a model may propose for this shopper; anything else it names is refused."""
    closed = {name for scope, names in _SCOPED.items() if scope not in shop.assistant.scope for name in names}
    return {
        tool.name: tool
        for tool in toolbox
        if tool.policy.effect == "read" and role in tool.policy.allowed and tool.name in _LOOKS - closed
    }


def described(tools: dict[str, Tool[Any, Any]], *, flows: bool) -> tuple[ToolOffered, ...]:
    """The tools as a model is told of them; what stands for the shop's own flows only where those are open."""
    told = tuple(
        ToolOffered(name=name, description=tool.description, parameters=_schema(tool.args))
        for name, tool in sorted(tools.items())
    )
    return (*told, *(_OWN if flows else _OWN[1:]))


def call(tools: dict[str, Tool[Any, Any]], proposed: CallProposed, args: Any) -> Call:
    """A proposed call as one the house can judge. Raises ArgumentsRefused."""
    tool = tools.get(proposed.tool)
    if tool is None:
        raise ArgumentsRefused("there is no such tool")
    try:
        return Call(tool.name, tool.args.model_validate(args if args is not None else "not JSON"))
    except ValidationError as wrong:
        what = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()[:4])
        raise ArgumentsRefused(re.sub(r"\s+", " ", what)[:400]) from wrong


_SCHEMAS: dict[type[Value], dict[str, Any]] = {}  # of argument shapes, which never change


def _schema(args: type[Value]) -> dict[str, Any]:
    if args not in _SCHEMAS:
        _SCHEMAS[args] = args.model_json_schema()
        _SCHEMAS[args].pop("title", None)
    return _SCHEMAS[args]

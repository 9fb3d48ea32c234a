"""The benchmark's sixteen tools as an agent's model is told of them: what each is for, and its arguments."""

from __future__ import annotations

from typing import Any

from benchmarks.tau2.shape import REASONS
from dangol.contracts.language_model import ToolOffered

_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT, "minItems": 1}
_ORDER = {"order_id": {**_TEXT, "description": "With its #, such as #W0000000."}}
_ITEMS = {"item_ids": {**_TEXTS, "description": "Every item meant; an id twice for two of it."}}
_NEW = {
    "new_item_ids": {**_TEXTS, "description": "The new item of each, in the same order, of the same product."}
}
_METHOD = {
    "payment_method_id": {**_TEXT, "description": "From the customer's profile, such as gift_card_0000000."}
}
_USER = {"user_id": {**_TEXT, "description": "As a find_user tool gave it."}}
_ADDRESS = {name: _TEXT for name in ("address1", "address2", "city", "state", "country", "zip")}
_TOOLS: dict[str, tuple[str, dict[str, Any]]] = {
    "find_user_id_by_email": ("Find who is asking by e-mail.", {"email": _TEXT}),
    "find_user_id_by_name_zip": (
        "Find who is asking by name and postcode, when they do not know their e-mail.",
        {"first_name": _TEXT, "last_name": _TEXT, "zip": _TEXT},
    ),
    "get_user_details": ("Profile of the customer: address, payment methods, orders.", _USER),
    "get_order_details": ("An order of the customer: items, state, address, payments.", _ORDER),
    "get_product_details": (
        "A product with all its items: options, price, availability.",
        {"product_id": {**_TEXT, "description": "Of the product, not of an item."}},
    ),
    "get_item_details": ("One item: options, price, availability.", {"item_id": _TEXT}),
    "list_all_product_types": ("Name and id of every product.", {}),
    "calculate": ("Reckon with + - * / and brackets.", {"expression": _TEXT}),
    "cancel_pending_order": (
        "Cancel a pending order whole.",
        {**_ORDER, "reason": {"type": "string", "enum": list(REASONS)}},
    ),
    "modify_pending_order_address": ("Send a pending order elsewhere.", {**_ORDER, **_ADDRESS}),
    "modify_pending_order_payment": ("Let a pending order be paid by another method.", {**_ORDER, **_METHOD}),
    "modify_pending_order_items": (
        "Change items of a pending order to other options of the same product; once for an order, so all at once.",
        {**_ORDER, **_ITEMS, **_NEW, **_METHOD},
    ),
    "modify_user_address": ("Change the customer's own default address.", {**_USER, **_ADDRESS}),
    "return_delivered_order_items": (
        "Take items of a delivered order back.",
        {**_ORDER, **_ITEMS, **_METHOD},
    ),
    "exchange_delivered_order_items": (
        "Exchange items of a delivered order for other options of the same product; once for an order.",
        {**_ORDER, **_ITEMS, **_NEW, **_METHOD},
    ),
    "transfer_to_human_agents": ("Hand the customer to a person, with what it is about.", {"summary": _TEXT}),
}  # fmt: skip


def offered() -> tuple[ToolOffered, ...]:
    """All of them with the JSON Schema of their arguments."""
    return tuple(
        ToolOffered(
            name=name,
            description=description,
            parameters={
                "type": "object",
                "properties": arguments,
                "required": list(arguments),
                "additionalProperties": False,
            },
        )
        for name, (description, arguments) in _TOOLS.items()
    )

"""What the benchmark's own rules make of its database: written from its policy and its data, over plain JSON.

Kept apart from the shop on purpose: the two are compared. A call that the policy does not allow raises NotAllowed and
changes nothing. `person` is the user who is served; their own profile and orders are all that can be seen or changed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import Any

Json = dict[str, Any]
MODIFIED = "pending (item modified)"


class NotAllowed(Exception):
    """The policy does not allow it, or there is no such thing."""


class Reference:
    """The database, one conversation with it, and a method for each tool that the policy says something about."""

    def __init__(self, db: Json) -> None:
        self.db: Json = {kind: dict(each) for kind, each in db.items()}
        self.person: str | None = None

    def call(self, name: str, arguments: Json) -> Any:
        """Make a call. Raises NotAllowed; then nothing has changed."""
        verb: Callable[..., Any] | None = getattr(self, f"do_{name}", None)
        if verb is None or not all(_is_text(value) for value in arguments.values()):
            raise NotAllowed(name)
        before = self._copied() if name in CHANGING else {}
        try:
            return verb(**arguments)
        except (NotAllowed, TypeError, KeyError, AttributeError) as no:
            for kind, each in before.items():
                self.db[kind].update(each)
            raise NotAllowed(str(no)) from no

    def _copied(self) -> Json:
        """Put copies where the person's profile and orders stood, the only things that can change; those that stood."""
        user = self.db["users"].get(self.person)
        if user is None:
            return {}
        before = {
            "users": {self.person: user},
            "orders": {number: self.db["orders"][number] for number in user["orders"]},
        }
        for kind, each in before.items():
            self.db[kind].update(deepcopy(each))
        return before

    # -- who is asking, and what is theirs

    def do_find_user_id_by_email(self, email: str) -> str:
        return self._serve(
            one for one, user in self.db["users"].items() if user["email"].lower() == email.strip().lower()
        )

    def do_find_user_id_by_name_zip(self, first_name: str, last_name: str, zip: str) -> str:
        named = (first_name.lower(), last_name.lower(), zip)
        return self._serve(one for one, user in self.db["users"].items() if _named(user) == named)

    def _serve(self, found: Any) -> str:
        user_id: str | None = next(iter(found), None)
        if user_id is None or self.person not in (None, user_id):
            raise NotAllowed("nobody, or somebody else than is served")
        self.person = user_id
        return user_id

    def _user(self, user_id: str | None) -> Json:
        if user_id is None or user_id != self.person:
            raise NotAllowed("not who is served")
        user: Json = self.db["users"][user_id]
        return user

    def _order(self, order_id: str) -> Json:
        order: Json = self.db["orders"][order_id]
        self._user(order["user_id"])
        return order

    def _method(self, method_id: str) -> Json:
        method: Json = self._user(self.person)["payment_methods"][method_id]
        return method

    # -- looking

    def do_get_user_details(self, user_id: str) -> Json:
        return deepcopy(self._user(user_id))

    def do_get_order_details(self, order_id: str) -> Json:
        return deepcopy(self._order(order_id))

    def do_get_product_details(self, product_id: str) -> Json:
        return deepcopy(self.db["products"][product_id])

    def do_get_item_details(self, item_id: str) -> Json:
        return deepcopy(self._variant(item_id)[1])

    def do_list_all_product_types(self) -> str:
        return json.dumps(
            {one["name"]: one["product_id"] for one in self.db["products"].values()}, sort_keys=True
        )

    def do_calculate(self, expression: str) -> str:
        if set(expression) - set("0123456789+-*/(). ") or "**" in expression or "//" in expression:
            raise NotAllowed("not a sum")
        try:
            return str(round(float(eval(expression, {"__builtins__": {}})), 2))
        except (SyntaxError, ArithmeticError) as no:
            raise NotAllowed("not a sum") from no

    def do_transfer_to_human_agents(self, summary: str) -> str:
        return "Transfer successful"

    def _variant(self, item_id: str) -> tuple[str, Json]:
        for product in self.db["products"].values():
            if item_id in product["variants"]:
                return product["product_id"], product["variants"][item_id]
        raise NotAllowed("no such item")

    # -- pending orders

    def do_cancel_pending_order(self, order_id: str, reason: str) -> Json:
        order = self._pending(order_id)
        if reason not in ("no longer needed", "ordered by mistake"):
            raise NotAllowed("reason")
        for method, amount in _held(order).items():
            if amount > 0:
                self._move(order, "refund", amount, method)
        order |= {"status": "cancelled", "cancel_reason": reason}
        return deepcopy(order)

    def do_modify_pending_order_address(self, order_id: str, **address: str) -> Json:
        order = self._pending(order_id)
        order["address"] = _address(**address)
        return deepcopy(order)

    def do_modify_pending_order_payment(self, order_id: str, payment_method_id: str) -> Json:
        order = self._pending(order_id)
        if len(order["payment_history"]) != 1:
            raise NotAllowed("the payment was changed before")
        (paid,) = order["payment_history"]
        if paid["payment_method_id"] == payment_method_id:
            raise NotAllowed("the same method")
        self._move(order, "payment", _cents(paid["amount"]), payment_method_id)
        self._move(order, "refund", _cents(paid["amount"]), paid["payment_method_id"])
        return deepcopy(order)

    def do_modify_pending_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> Json:
        order = self._pending(order_id)
        pairs, difference = self._swaps(order, item_ids, new_item_ids)
        self._move(order, "payment" if difference > 0 else "refund", abs(difference), payment_method_id)
        for item, variant in pairs:
            item |= {
                "item_id": variant["item_id"],
                "price": variant["price"],
                "options": deepcopy(variant["options"]),
            }
        order["status"] = MODIFIED
        return deepcopy(order)

    def _pending(self, order_id: str) -> Json:
        order = self._order(order_id)
        if order["status"] != "pending":
            raise NotAllowed(order["status"])
        return order

    # -- delivered orders

    def do_return_delivered_order_items(
        self, order_id: str, item_ids: list[str], payment_method_id: str
    ) -> Json:
        order = self._delivered(order_id)
        method = self._method(payment_method_id)
        if method["source"] != "gift_card" and _held(order).get(payment_method_id, 0) <= 0:
            raise NotAllowed("neither the original method nor a gift card")
        _meant(order, item_ids)
        order |= {
            "status": "return requested",
            "return_items": sorted(item_ids),
            "return_payment_method_id": payment_method_id,
        }
        return deepcopy(order)

    def do_exchange_delivered_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> Json:
        order = self._delivered(order_id)
        _, difference = self._swaps(order, item_ids, new_item_ids)
        self._covers(self._method(payment_method_id), difference)
        order |= {
            "status": "exchange requested",
            "exchange_items": sorted(item_ids),
            "exchange_new_items": sorted(new_item_ids),
            "exchange_payment_method_id": payment_method_id,
            "exchange_price_difference": _dollars(difference),
        }
        return deepcopy(order)

    def _delivered(self, order_id: str) -> Json:
        order = self._order(order_id)
        if order["status"] != "delivered":
            raise NotAllowed(order["status"])
        return order

    # -- the profile

    def do_modify_user_address(self, user_id: str, **address: str) -> Json:
        user = self._user(user_id)
        user["address"] = _address(**address)
        return deepcopy(user)

    # -- items and money

    def _swaps(
        self, order: Json, item_ids: list[str], new_item_ids: list[str]
    ) -> tuple[list[tuple[Json, Json]], int]:
        """Each item with the available variant of the same product, of other options, that it becomes."""
        if len(item_ids) != len(new_item_ids):
            raise NotAllowed("as many new items as old ones")
        pairs = []
        for item, new_id in zip(_meant(order, item_ids), new_item_ids, strict=True):
            product_id, variant = self._variant(new_id)
            if product_id != item["product_id"] or not variant["available"] or new_id == item["item_id"]:
                raise NotAllowed("not another available variant of the product")
            pairs.append((item, variant))
        return pairs, sum(_cents(variant["price"]) - _cents(item["price"]) for item, variant in pairs)

    def _covers(self, method: Json, amount: int) -> None:
        if method["source"] == "gift_card" and _cents(method["balance"]) < amount:
            raise NotAllowed("the balance does not cover it")

    def _move(self, order: Json, kind: str, amount: int, method_id: str) -> None:
        """Money of an order by a method; a gift card's balance moves at once."""
        method = self._method(method_id)
        if kind == "payment":
            self._covers(method, amount)
        if method["source"] == "gift_card":
            balance = _cents(method["balance"])
            method["balance"] = _dollars(balance - amount if kind == "payment" else balance + amount)
        entry = {"transaction_type": kind, "amount": _dollars(amount), "payment_method_id": method_id}
        order["payment_history"].append(entry)


CHANGING = frozenset(
    {
        "cancel_pending_order", "modify_pending_order_address", "modify_pending_order_payment",
        "modify_pending_order_items", "return_delivered_order_items", "exchange_delivered_order_items",
        "modify_user_address",
    }
)  # fmt: skip
"""The tools that change the database."""


def _is_text(value: Any) -> bool:
    """What a tool can be given: texts and lists of texts; a text holds no NUL."""
    listed = value if isinstance(value, list) else [value]
    return all(isinstance(each, str) and "\0" not in each for each in listed)


def _named(user: Json) -> tuple[str, str, str]:
    name = user["name"]
    return name["first_name"].lower(), name["last_name"].lower(), user["address"]["zip"]


def _meant(order: Json, item_ids: list[str]) -> list[Json]:
    """The items that are meant, each once; the same id twice means two items of it."""
    there = Counter(item["item_id"] for item in order["items"])
    if not item_ids or Counter(item_ids) - there:
        raise NotAllowed("no such items")
    left = list(order["items"])
    meant = []
    for item_id in item_ids:
        item = next(one for one in left if one["item_id"] == item_id)
        left = [one for one in left if one is not item]
        meant.append(item)
    return meant


def _held(order: Json) -> dict[str, int]:
    """The money of an order by the method it is held from."""
    held: dict[str, int] = {}
    for entry in order["payment_history"]:
        sign = 1 if entry["transaction_type"] == "payment" else -1
        method = entry["payment_method_id"]
        held[method] = held.get(method, 0) + sign * _cents(entry["amount"])
    return held


def _address(address1: str, address2: str, city: str, state: str, country: str, zip: str) -> Json:
    """An address of texts that fit on a label; the policy is silent about others."""
    address = {
        "address1": address1, "address2": address2, "city": city, "country": country, "state": state, "zip": zip,
    }  # fmt: skip
    if not all(isinstance(each, str) and len(each) <= 200 for each in address.values()):
        raise NotAllowed("not an address")
    return address


def _cents(amount: float) -> int:
    return int((Decimal(str(amount)) * 100).quantize(Decimal(1)))


def _dollars(cents: int) -> float:
    return cents / 100

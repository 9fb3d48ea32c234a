"""A mind that wants what the policy forbids: seeded random and adversarial calls, and what must hold after each.

Two watchmen look on: the benchmark's own rules beside the shop (`replay.Both`), and the invariants below, which know
nothing of either and compare only what stood before a call with what stands after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from benchmarks.tau2 import exporting
from benchmarks.tau2.face import NAMES, Face
from benchmarks.tau2.reference import CHANGING, MODIFIED, Reference
from benchmarks.tau2.replay import Both, Played
from benchmarks.tau2.shape import Json, cents
from dangol.kernel.shop import Shop

Connection = Any

_NONSENSE: tuple[Any, ...] = (
    "", " ", "#W", "#W0000000", "'; drop table orders; --", "null", "gift_card_0", "0", "-1", "🎁" * 50, "x" * 5000,
    "%", "_", "\x00", None, 0, -1, 1.5, True, [], ["#W0000000"], {}, {"$ne": None},
)  # fmt: skip
_REASONS = ("no longer needed", "ordered by mistake", "No longer needed", "too expensive", "no_longer_needed")
_SUMS = ("1 + 1", "2 * (3.5 - 1)", "10 / 0", "9 ** 9 ** 9", "__import__('os')", "1 +", "", "(" * 150)
_MOST_FOUND = 4
_WANTED = (*NAMES, *sorted(CHANGING), *sorted(CHANGING))
_LEADS_TO = {
    "pending": {"pending", "cancelled", MODIFIED},
    "delivered": {"delivered", "return requested", "exchange requested"},
}
"""Where a status may lead; from every other it leads nowhere."""


@dataclass
class Outcome:
    """What came of it: calls, how many of each tool were done, and what should not have been."""

    calls: int = 0
    done: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)


class _Over(Exception):
    """Thrown to undo a conversation."""


async def attack(
    conn: Connection, shop: Shop, db: Json, seed: int, calls: int, now: datetime, outcome: Outcome
) -> None:
    """One conversation of so many calls, undone again; what should not have been is noted."""
    try:
        async with conn.transaction():
            await _attack(conn, shop, db, Random(seed), calls, now, outcome)
            raise _Over
    except _Over:
        return


async def _attack(
    conn: Connection, shop: Shop, db: Json, dice: Random, calls: int, now: datetime, outcome: Outcome
) -> None:
    played = Played("hostile")
    both = Both(Face(conn, shop, now), Reference(db), played, narrow=True)
    person = dice.choice([one for one, user in sorted(db["users"].items()) if user["orders"]])
    if dice.random() < 0.9:
        await both.serve(person)
    mind = Mind(db, person, dice)
    before = await _standing(conn, both.theirs.person)
    for _ in range(calls):
        name, arguments = mind.next_call()
        done = await both.call(name, arguments)
        outcome.calls += 1
        outcome.done[name] += done
        if done and (name in CHANGING or name.startswith("find")):
            after = await _standing(conn, both.theirs.person)
            outcome.misses += [f"{name} {arguments}: {each}"[:600] for each in broken(before, after, db)]
            before = after
        if played.misses or outcome.misses:
            break  # what follows from a difference tells nothing more
    both.narrow = False
    await both.compare()
    outcome.misses += played.misses


async def _standing(conn: Connection, person: str | None) -> Json:
    """What stands of a person and their orders."""
    if person is None:
        return {}
    users = await exporting.users(conn, [person])
    numbers = [number.removeprefix("#") for number in users[person]["orders"]]
    return {"user": users[person], "orders": await exporting.orders(conn, numbers)}


class Mind:
    """Makes up calls: mostly about what is there and who is served, so that it gets far; else about anything else."""

    def __init__(self, db: Json, person: str, dice: Random) -> None:
        self.db, self.person, self.dice = db, person, dice
        self.others = [one for one, user in sorted(db["users"].items()) if one != person and user["orders"]]
        self.found = 0

    def next_call(self) -> tuple[str, Json]:
        """A tool with its arguments, some of them spoilt."""
        name = self.dice.choice(_WANTED) if self.dice.random() < 0.98 else "refund_everything"
        if name.startswith("find"):
            self.found += 1
            if self.found > _MOST_FOUND:  # a conversation is locked after five wrong claims of who is asking
                name = "get_user_details"
        maker: Callable[[], Json] | None = getattr(self, f"_{name}", None)
        arguments = maker() if maker else {}
        if arguments and self.dice.random() < 0.12:
            spoilt = self.dice.choice(sorted(arguments))
            if self.dice.random() < 0.2:
                del arguments[spoilt]
            else:
                arguments[spoilt] = self.dice.choice(_NONSENSE)
        return name, arguments

    def _who(self) -> str:
        return self.person if self.dice.random() < 0.85 else self.dice.choice(self.others)

    def _order(self) -> Json:
        order: Json = self.db["orders"][self.dice.choice(self.db["users"][self._who()]["orders"])]
        return order

    def _method(self, user: str) -> str:
        whose = user if self.dice.random() < 0.9 else self.dice.choice(self.others)
        return self.dice.choice(sorted(self.db["users"][whose]["payment_methods"]))

    def _items(self, order: Json) -> list[str]:
        ids = [item["item_id"] for item in order["items"]]
        chosen = self.dice.sample(ids, self.dice.randint(1, len(ids)))
        return chosen if self.dice.random() < 0.9 else [*chosen, self.dice.choice(ids)]

    def _new_items(self, order: Json, items: list[str]) -> list[str]:
        product_of = {item["item_id"]: item["product_id"] for item in order["items"]}
        return [self._variant(product_of[item]) for item in items][
            : None if self.dice.random() < 0.95 else -1
        ]

    def _variant(self, product: str) -> str:
        if self.dice.random() < 0.05:
            product = self.dice.choice(sorted(self.db["products"]))
        variants = self.db["products"][product]["variants"]
        there = [one for one in sorted(variants) if variants[one]["available"]]
        return self.dice.choice(there if there and self.dice.random() < 0.85 else sorted(variants))

    def _address(self) -> Json:
        source: Json = self.db["users"][self.dice.choice(self.others)]["address"]
        return dict(source) if self.dice.random() < 0.8 else {**source, "address2": "", "zip": "00000"}

    def _calculate(self) -> Json:
        return {"expression": self.dice.choice(_SUMS)}

    def _cancel_pending_order(self) -> Json:
        return {"order_id": self._order()["order_id"], "reason": self.dice.choice(_REASONS)}

    def _exchange_delivered_order_items(self) -> Json:
        order = self._order()
        items = self._items(order)
        return {
            "order_id": order["order_id"],
            "item_ids": items,
            "new_item_ids": self._new_items(order, items),
            "payment_method_id": self._method(order["user_id"]),
        }

    _modify_pending_order_items = _exchange_delivered_order_items

    def _return_delivered_order_items(self) -> Json:
        order = self._order()
        return {
            "order_id": order["order_id"],
            "item_ids": self._items(order),
            "payment_method_id": self._method(order["user_id"]),
        }

    def _find_user_id_by_email(self) -> Json:
        return {"email": self.db["users"][self._who()]["email"]}

    def _find_user_id_by_name_zip(self) -> Json:
        user = self.db["users"][self._who()]
        return {**user["name"], "zip": user["address"]["zip"]}

    def _get_item_details(self) -> Json:
        return {"item_id": self._variant(self.dice.choice(sorted(self.db["products"])))}

    def _get_order_details(self) -> Json:
        return {"order_id": self._order()["order_id"]}

    def _get_product_details(self) -> Json:
        return {"product_id": self.dice.choice(sorted(self.db["products"]))}

    def _get_user_details(self) -> Json:
        return {"user_id": self._who()}

    def _modify_pending_order_address(self) -> Json:
        return {"order_id": self._order()["order_id"], **self._address()}

    def _modify_pending_order_payment(self) -> Json:
        order = self._order()
        return {"order_id": order["order_id"], "payment_method_id": self._method(order["user_id"])}

    def _modify_user_address(self) -> Json:
        return {"user_id": self._who(), **self._address()}

    def _transfer_to_human_agents(self) -> Json:
        return {"summary": self.dice.choice(("please", "refund me twice"))}


def broken(before: Json, after: Json, db: Json) -> Iterator[str]:
    """Every invariant that does not hold between two states of a person and their orders."""
    if not before or not after:
        return
    for number, order in after["orders"].items():
        for each in _of_order(before["orders"][number], order, db):
            yield f"{number}: {each}"
    balances = _balances(after["user"])
    for method, balance in balances.items():
        if balance < 0:
            yield f"{method} is below nothing: {balance}"
        moved = balance - _balances(before["user"])[method]
        taken = _by_method(before, method) - _by_method(after, method)
        if moved != taken:
            yield f"{method} moved by {moved}, its orders by {taken}"


def _of_order(before: Json, after: Json, db: Json) -> Iterator[str]:
    was, now = before["status"], after["status"]
    if was not in _LEADS_TO and before != after:
        yield f"changed although {was}"
    if was in _LEADS_TO and now not in _LEADS_TO[was]:
        yield f"from {was} to {now}"
    if was == "delivered" and before["payment_history"] != after["payment_history"]:
        yield "money moved of a delivered order"
    if before["payment_history"] != after["payment_history"][: len(before["payment_history"])]:
        yield "the past of its money was rewritten"
    yield from _money(after)
    yield from _goods(before, after, db)


def _money(order: Json) -> Iterator[str]:
    left = sum(_signed(entry) for entry in order["payment_history"])
    worth = 0 if order["status"] == "cancelled" else sum(cents(item["price"]) for item in order["items"])
    if left != worth:
        yield f"{left} are with the shop for goods of {worth}"
    if any(entry["amount"] < 0 for entry in order["payment_history"]):
        yield "an amount below nothing"


def _goods(before: Json, after: Json, db: Json) -> Iterator[str]:
    if [item["product_id"] for item in before["items"]] != [item["product_id"] for item in after["items"]]:
        yield "a product became another"
    for old, new in zip(before["items"], after["items"], strict=False):
        variant = db["products"][new["product_id"]]["variants"].get(new["item_id"])
        if variant is None or (new["price"], new["options"]) != (variant["price"], variant["options"]):
            yield f"{new['item_id']} is not what it is called"
        elif old["item_id"] != new["item_id"] and not variant["available"]:
            yield f"{new['item_id']} cannot be had"


def _signed(entry: Json) -> int:
    return cents(entry["amount"]) * (1 if entry["transaction_type"] == "payment" else -1)


def _by_method(state: Json, method: str) -> int:
    return sum(
        _signed(entry)
        for order in state["orders"].values()
        for entry in order["payment_history"]
        if entry["payment_method_id"] == method
    )


def _balances(user: Json) -> dict[str, int]:
    methods = user["payment_methods"].values()
    return {one["id"]: cents(one["balance"]) for one in methods if one["source"] == "gift_card"}

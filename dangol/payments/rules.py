"""What a gateway's report means for a payment as one table; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from dangol.contracts.payment import PaymentReport, PaymentState
from dangol.payments.model import Entry, PaymentRow, State

Act = Literal["wait", "complete", "decline", "abandon", "take", "give_back", "nothing"]

_WAITING: tuple[State, ...] = ("requested", "open", "needs_step_up")
_UNPAID: tuple[State, ...] = (*_WAITING, "declined", "abandoned")
_TAKEN: tuple[State, ...] = ("paid", "partly_refunded", "surplus", "mismatched")

# what the gateway says → the states of our payment in which it matters → what follows; all else changes nothing
_ACTS: dict[PaymentState, tuple[tuple[tuple[State, ...], Act], ...]] = {
    "open": (),
    "needs_step_up": ((("requested", "open"), "wait"),),
    "approved": ((_WAITING, "complete"),),
    "declined": ((_WAITING, "decline"),),
    "abandoned": ((_WAITING, "abandon"),),
    "paid": ((_UNPAID, "take"),),
    "partly_refunded": ((_UNPAID, "take"), (_TAKEN, "give_back")),
    "refunded": ((_UNPAID, "take"), (_TAKEN, "give_back")),
}

_SHOWN: dict[State, Literal["open", "paid", "declined", "abandoned", "refunded", "partly_refunded"]] = {
    "requested": "open",
    "open": "open",
    "needs_step_up": "open",
    "declined": "declined",
    "abandoned": "abandoned",
    "paid": "paid",
    "partly_refunded": "partly_refunded",
    "refunded": "refunded",
    "mismatched": "open",
    "surplus": "refunded",
}


def act_on(state: State, told: PaymentState) -> Act:
    """What a report calls for, given how the payment stands."""
    return next((act for states, act in _ACTS[told] if state in states), "nothing")


def mismatch(payment: PaymentRow, report: PaymentReport) -> str | None:
    """What differs between the money asked for and the money reported; None when nothing does."""
    if report.amount.currency != payment.currency:
        return "currency"
    return "amount" if report.amount.amount != payment.amount else None


def state_after_refunds(payment: PaymentRow, refunded: int) -> State:
    """How a payment stands once so much of it is given back in all."""
    if refunded >= payment.received:
        return "refunded"
    return "partly_refunded" if payment.state in ("paid", "partly_refunded") else payment.state


def shares(left: Sequence[int], amount: int) -> list[int]:
    """How much of an amount goes back by each payment, the first as far as it reaches; minor units."""
    given = []
    for each in left:
        given.append(min(each, amount))
        amount -= given[-1]
    return given


def shown_state(
    payment: PaymentRow,
) -> Literal["open", "paid", "declined", "abandoned", "refunded", "partly_refunded"]:
    """A payment's state in the words of the shop floor."""
    return _SHOWN[payment.state]


def shown_reason(payment: PaymentRow) -> str | None:
    """Why a payment stands as it does, as a code for words."""
    if payment.state == "mismatched":
        return "under_review"
    return payment.reason


def held_by_method(entries: Iterable[Entry]) -> dict[str, int]:
    """How much of an order's money came by each way of paying on file and was not given back to it, oldest first."""
    held: dict[str, int] = {}
    for entry in entries:
        sign = 1 if entry.kind == "payment" else -1
        held[entry.method] = held.get(entry.method, 0) + sign * entry.amount
    return held


def given_back_to(held: dict[str, int], amount: int, chosen: str | None = None) -> dict[str, int]:
    """To which ways of paying an amount goes back: to those it came by and never more than that, the last one first.

    A chosen way that money came by gets its part first and the others the rest; one that none came by gets it all.
    """
    if chosen is not None and held.get(chosen, 0) <= 0:
        return {chosen: amount}
    parts: dict[str, int] = {}
    for method in sorted(reversed(held), key=lambda each: each != chosen):
        part = max(0, min(held[method], amount - sum(parts.values())))
        if part:
            parts[method] = part
    return parts


def source_of(held: dict[str, int]) -> str | None:
    """The way of paying on file that an order's money came by last and is with the shop; None: it was not paid so."""
    return next((method for method, there in reversed(held.items()) if there > 0), None)

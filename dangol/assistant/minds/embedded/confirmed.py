"""What follows the answer to the shop's own question, by the tool it was put for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dangol.assistant.minds.embedded import (
    account_changes,
    cancelling,
    change_answers,
    news,
    ordering,
    refunds,
    returning,
    talking,
    till,
)
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps
from dangol.contracts.shopfloor.account import (
    ChangeContact,
    CloseAccount,
    ForgetAddress,
    ForgetMethod,
    StopNews,
)
from dangol.contracts.shopfloor.on_file import AgreePayment
from dangol.contracts.shopfloor.orders import PlaceOrder

OnYes = Callable[[Desk, dict[str, Any]], Steps[Answer]]


@dataclass(frozen=True)
class Confirmed:
    """`yes` acts with exactly the arguments that were asked about; `no` leaves everything as it is."""

    yes: OnYes
    no: Job = talking.deny_nothing


def _place(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
    return (yield from ordering.place(desk, PlaceOrder.model_validate(args)))


def _agree(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
    return (yield from till.on_agreed(desk, AgreePayment.model_validate(args)))


CONFIRMED: dict[str, Confirmed] = {
    "place_order": Confirmed(_place, ordering.keep_looking),
    "agree_payment": Confirmed(_agree),
    "cancel_order": Confirmed(cancelling.on_yes, cancelling.on_no),
    "change_address": Confirmed(change_answers.yes_address, cancelling.on_no),
    "change_option": Confirmed(change_answers.yes_option, cancelling.on_no),
    "change_payment": Confirmed(change_answers.yes_payment, cancelling.on_no),
    "change_contact": Confirmed(account_changes.on_yes(ChangeContact), account_changes.on_no),
    "forget_address": Confirmed(account_changes.on_yes(ForgetAddress), account_changes.on_no),
    "forget_method": Confirmed(account_changes.on_yes(ForgetMethod), account_changes.on_no),
    "stop_news": Confirmed(account_changes.on_yes(StopNews), account_changes.on_no),
    "agree_to_news": Confirmed(news.on_yes, news.on_no),
    "close_account": Confirmed(account_changes.on_yes(CloseAccount), account_changes.on_no),
    "start_return": Confirmed(returning.yes_start, returning.no_start),
    "cancel_return": Confirmed(refunds.yes_call_off, returning.no_start),
    "change_refund_way": Confirmed(refunds.yes_other_way, returning.no_start),
}

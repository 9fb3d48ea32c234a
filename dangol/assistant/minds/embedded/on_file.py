"""Ways of paying on file: which there are, taking one off; a new one is entered on the pay page alone."""

from __future__ import annotations

from collections.abc import Sequence

from dangol.assistant.minds.embedded import account_words
from dangol.assistant.minds.embedded.account_changes import DONE, place_of, put, said_of
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.account import AccountView, ForgetMethod
from dangol.contracts.shopfloor.on_file import StoredMethodView
from dangol.contracts.shopfloor.people import Nothing


def methods(desk: Desk) -> Steps[Answer]:
    """Ways of paying on file, and taking one off."""
    account = yield from ask("view_account", Nothing(), AccountView)
    said = said_of(desk)
    if not account.methods:
        return Answer(lines=(line("account_no_methods"),), keep=DONE)
    named = [each for each in account.methods if each.last_four and each.last_four in said]
    meant = named or list(account.methods)
    if account_words.removes(said) and len(meant) == 1:
        return (yield from _forget_method(meant[0]))
    return Answer(
        lines=(line("account_methods", methods=[_method(each) for each in account.methods]),),
        choices=tuple(
            (f"account:method:{place}", line("button_forget_method", method=_method(each)))
            for place, each in enumerate(account.methods, 1)
            if each.balance is None
        )[:6],
        keep=DONE,
    )


def add_method(desk: Desk) -> Steps[Answer]:
    """A new way of paying is entered on the pay page alone."""
    yield from ()
    return Answer(lines=(line("account_add_method"),), keep=DONE)


def one_method(desk: Desk) -> Steps[Answer]:
    """The way of paying of this number is to be taken off file."""
    account = yield from ask("view_account", Nothing(), AccountView)
    place = place_of(desk)
    if not 0 < place <= len(account.methods):
        return Answer(lines=(line("account_no_methods"),), keep=DONE)
    return (yield from _forget_method(account.methods[place - 1]))


def _forget_method(meant: StoredMethodView) -> Steps[Answer]:
    if meant.balance is not None and meant.balance.amount:
        return money_left((meant,))
    return (yield from put(ForgetMethod(reference=meant.reference), (_confirm_method(meant),)))


def _confirm_method(meant: StoredMethodView) -> Line:
    return line("confirm_forget_method", method=_method(meant))


def _method(each: StoredMethodView) -> Line:
    if each.balance is not None:
        return line("method_gift_card", balance=each.balance)
    if each.kind == "paypal":
        return line("method_paypal")
    return line("method_card", brand=each.brand, last_four=each.last_four)


def money_left(held: Sequence[StoredMethodView]) -> Answer:
    """There is money on a gift card, which nobody loses by tidying up: a person looks at it."""
    balance = next(each.balance for each in held if each.balance is not None and each.balance.amount)
    return Answer(
        lines=(line("account_money_left", balance=balance),),
        choices=(("human", line("button_human_now")),),
        keep={**DONE, "offered_person": True},
    )

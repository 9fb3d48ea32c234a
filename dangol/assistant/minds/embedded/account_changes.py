"""A change of one's own account: its one question, and what is said once it is done or left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, NeedsYes, Steps, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.account import (
    AccountView,
    ChangeContact,
    CloseAccount,
    ForgetAddress,
    ForgetMethod,
    StopNews,
)
from dangol.kernel.model import Value

DONE: dict[str, Any] = {"awaits": None, "pending": None}


def resumed(desk: Desk) -> bool:
    """Is the request taken up again after it was shown who is asking?"""
    pending = desk.memory.pending
    return pending is not None and pending.awaits in ("proof", "code")


def said_of(desk: Desk) -> str:
    """The words of the request itself, also when it is taken up again."""
    return desk.memory.pending.value if resumed(desk) and desk.memory.pending else desk.text


def place_of(desk: Desk) -> int:
    """The number at the end of a button."""
    said = desk.argument.rpartition(":")[2]
    return int(said) if said.isdigit() else 0


_TOOLS: dict[type[Value], str] = {
    ChangeContact: "change_contact",
    ForgetAddress: "forget_address",
    ForgetMethod: "forget_method",
    StopNews: "stop_news",
    CloseAccount: "close_account",
}


def put(wish: Value, question: tuple[Line, ...]) -> Steps[Answer]:
    """Put the question of a change; without a yes nothing is done."""
    try:
        done = yield from ask(_TOOLS[type(wish)], wish, AccountView)
    except NeedsYes as needs:
        return Answer(
            lines=question,
            choices=(("yes", line("button_yes_do")), ("no", line("button_leave_it"))),
            keep={"awaits": "yes_no", "pending": None},
            confirm=(needs.code, needs.call),
        )
    return _said_done(type(wish), done)


def _said_done(wish: type[Value], account: AccountView) -> Answer:
    if wish is CloseAccount:
        return Answer(
            lines=(line("closing_noted", when=account.closing),),
            choices=(("account:keep", line("button_keep_account")),),
            keep=DONE,
        )
    return Answer(lines=(line("news_stopped" if wish is StopNews else "account_changed"),), keep=DONE)


def on_yes(wish: type[Value]) -> Callable[[Desk, dict[str, Any]], Steps[Answer]]:
    """What is done after the yes, with exactly what was asked about."""

    def done(desk: Desk, args: dict[str, Any]) -> Steps[Answer]:
        account = yield from ask(_TOOLS[wish], wish.model_validate(args), AccountView)
        return _said_done(wish, account)

    return done


def on_no(desk: Desk) -> Steps[Answer]:
    """A no leaves the account as it is."""
    yield from ()
    return Answer(lines=(line("account_stays"),), keep=DONE)

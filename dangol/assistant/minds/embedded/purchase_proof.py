"""A large order of a guest: a code sent to its own e-mail or phone, typed in before the last question is put."""

from __future__ import annotations

from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.minds.embedded.verifying import CODE, WANTS_CODE
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.contracts.shopfloor.verification import VerificationView, VerifyPurchase
from dangol.kernel.blocks import FormBlock, FormField

AWAITS = "purchase_code"
_PERSON = ("human", line("button_human"))
_AGAIN = ("purchase_code:again", line("button_code_again"))


def code_given(desk: Desk) -> bool:
    """Does this message, or its form, hold the code the checkout waits for?"""
    return desk.memory.awaits == AWAITS and CODE.search(_said(desk)) is not None


def wants_another(desk: Desk) -> bool:
    """Is the code asked for once more?"""
    return desk.memory.awaits == AWAITS and WANTS_CODE.search(desk.text) is not None


def ask_code(desk: Desk, wrong: list[Line], checkout: Any = None, *, again: bool = False) -> Steps[Answer]:
    """Send the code, unless one still holds, and ask for it."""
    told = yield from ask("verify_purchase", VerifyPurchase(again=again), VerificationView)
    if told.state != "code_sent":
        return _over("purchase_locked", ("human", line("button_human_now")))
    return Answer(
        lines=(*wrong, line("purchase_code", to=told.to, minutes=told.minutes)),
        blocks=(*((checkout,) if checkout else ()), _form(desk)),
        choices=(_AGAIN, _PERSON),
        keep={"task": "checkout", "awaits": AWAITS, "pending": None},
    )


def send_again(desk: Desk) -> Steps[Answer]:
    """Send another code; the one before counts no more."""
    return (yield from ask_code(desk, [], again=True))


def take(desk: Desk) -> Steps[Answer | None]:
    """Try the code that was typed; None when it is right."""
    found = CODE.search(_said(desk))
    code = "".join(found.groups()) if found else ""
    told = yield from ask("verify_purchase", VerifyPurchase(code=code), VerificationView)
    if told.state == "verified":
        return None
    if told.state == "code_wrong":
        return Answer(
            lines=(line("purchase_code_wrong", tries=told.tries),),
            blocks=(_form(desk),),
            choices=(_AGAIN, _PERSON),
            keep={"task": "checkout", "awaits": AWAITS},
        )
    return _over("purchase_code_over", _AGAIN, _PERSON)


def _over(name: str, *buttons: tuple[str, Line]) -> Answer:
    return Answer(lines=(line(name),), choices=buttons, keep={"task": "checkout", "awaits": AWAITS})


def _said(desk: Desk) -> str:
    form = desk.situation.heard.form
    return str((form.get("values") or {}).get("code", "")) if form else desk.text


def _form(desk: Desk) -> FormBlock:
    label = say(line("need_code"), desk.language, desk.shop)
    return FormBlock(
        form="checkout", fields=(FormField(name="code", label=label, type="text", required=True),)
    )

"""Calling a person: what is said about it depends on whether anybody is there, and is always true."""

from __future__ import annotations

from datetime import datetime

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.opening import hours_lines
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.desk import DeskView, LookAtDesk
from dangol.kernel.blocks import Block, FormBlock, FormField
from dangol.kernel.shop import Shop

CONTACT_FORM = "answer_contact"
_LABELS = {
    "ko": (
        "이메일",
        "휴대폰 번호",
        "전화로 받고 싶어요",
        "답변을 보내 드리기 위해 연락처를 쓰는 것에 동의해요. 답변을 보낸 뒤에는 쓰지 않아요.",
    ),
    "en": (
        "E-mail",
        "Mobile phone",
        "Please call me back",
        "You may use my contact to send this answer. It is not used for anything else.",
    ),
}


def talk_to_human(desk: Desk) -> Steps[Answer]:
    """A person is asked for: the conversation is queued with what is known so far; nobody is left in silence."""
    found = yield from ask("look_at_desk", LookAtDesk(), DeskView)
    lines, blocks = handing_words(desk.shop, desk.language, found)
    if desk.argument == "discount":
        lines = (line("discount_asked"), *lines)
    return Answer(
        lines=lines,
        blocks=blocks,
        hand_off="discount" if desk.argument == "discount" else "asked",
        keep={"awaits": None, "pending": None, "task": None, "misses": 0},
    )


def handing_words(shop: Shop, language: str, found: DeskView) -> tuple[tuple[Line, ...], tuple[Block, ...]]:
    """What is said when a person is called: people there or nobody, in hours or out of them."""
    hours = found.open and found.who != "assistant"
    ahead = (line("queue_ahead", count=found.ahead),) if found.online and found.ahead else ()
    if hours and found.online:
        wait = found.wait_minutes
        return (line("handed_over"), *ahead, *((line("wait_estimate", minutes=wait),) if wait else ())), ()
    if hours:
        head: tuple[Line, ...] = (line("handed_over_nobody"),)
    elif found.online:  # not bound to answer now: no wait is promised
        late = (line("or_when_open", at=_when(found.opens)),) if found.opens else ()
        head = (line("handed_over_after_hours"), *ahead, *late)
    else:
        head = (line("handed_over_closed"), *_opens(shop, found))
    if found.reachable:
        return (*head, line("answer_comes_here")), ()
    return (*head, line("leave_contact")), (contact_form(language),)


def _opens(shop: Shop, found: DeskView) -> tuple[Line, ...]:
    if found.opens:
        return (line("desk_opens", at=_when(found.opens)),)
    hours = shop.helpdesk.hours or shop.hours
    return (line("desk_hours", hours=hours_lines(hours)),) if hours else ()


def _when(opens: str) -> datetime:
    return datetime.fromisoformat(opens)


def contact_form(language: str) -> FormBlock:
    """Where the answer may be sent, with the purpose and the consent in so many words."""
    email, phone, call, consent = _LABELS["ko" if language == "ko" else "en"]
    return FormBlock(
        form=CONTACT_FORM,
        fields=(
            FormField(name="email", label=email, type="email", required=False),
            FormField(name="phone", label=phone, type="tel", required=False),
            FormField(name="call", label=call, type="checkbox", required=False),
            FormField(name="consent", label=consent, type="checkbox", required=True),
        ),
    )


def consent_words(language: str) -> str:
    """The words the shopper agreed to."""
    return _LABELS["ko" if language == "ko" else "en"][3]

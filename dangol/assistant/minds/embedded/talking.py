"""Talking: hello and goodbye, yes and no to nothing, starting over, insults, what is not understood, a person."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from dangol.assistant.listening import MEANT
from dangol.assistant.minds.embedded import open_matters
from dangol.assistant.minds.embedded.calling import talk_to_human as talk_to_human
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.orders_after import track_order
from dangol.assistant.minds.embedded.policies import policy_part, quoted
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ask
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Memory
from dangol.contracts.shopfloor.people import (
    Done,
    ForgetPreference,
    NotePreference,
    Nothing,
    Preferences,
    PreferenceView,
    SwitchPersonalisation,
)
from dangol.contracts.shopfloor.policies import AskPolicy, GapNoted, NoteGap, PolicyAnswer

_START = (
    ("intent:recommend", line("button_recommend")),
    ("intent:ask_promotion", line("button_offers")),
    ("intent:track_order", line("button_orders")),
    ("human", line("button_human")),
)
# what a button says for an intent that might have been meant
# what a shopper may have meant, each with a line of its own (`meant_…`)
MEANINGS = frozenset({
    "find_product", "recommend", "style_advice", "find_similar", "compare_products", "ask_availability", "ask_product_info",
    "ask_price", "ask_size_advice", "read_reviews", "ask_store", "add_to_cart", "change_cart", "view_cart", "checkout",
    "apply_coupon", "ask_promotion", "ask_discount", "ask_payment_methods", "report_payment_problem", "ask_delivery",
    "set_address", "save_wish", "view_wishes", "notify_restock", "track_order", "list_orders", "cancel_order",
    "change_order", "ask_cancel_policy", "return_item", "exchange_item", "ask_return_policy", "track_refund",
    "report_item_problem", "get_invoice", "view_points", "ask_my_data", "talk_to_human", "ask_contact", "ask_policy",
})  # fmt: skip


def say_line(name: str, *, start: bool = False) -> Job:
    """A job that only says something."""

    def job(desk: Desk) -> Steps[Answer]:
        yield from ()
        return Answer(lines=(line(name),), choices=_START if start else ())

    return job


def greet(desk: Desk) -> Steps[Answer]:
    """Hello back, and what can be done."""
    yield from ()
    return Answer(lines=(line("hello_again"),), choices=_START)


def thank(desk: Desk) -> Steps[Answer]:
    """You are welcome, and one way on."""
    yield from ()
    return Answer(lines=(line("welcome"),))


def back_to_shop(name: str) -> Job:
    """A job that answers something that is none of the shop's business briefly, and brings the talk back."""

    def job(desk: Desk) -> Steps[Answer]:
        yield from ()
        if desk.memory.task == "checkout":
            return Answer(lines=(line(name),), choices=(("intent:checkout", line("button_resume")),))
        return Answer(lines=(line(name), line("back_to_shop")), choices=(*_START[:2], _START[3]))

    return job


def abuse(desk: Desk) -> Steps[Answer]:
    """An insult is met politely once; after that the talk is ended with a person offered."""
    yield from ()
    open_still = open_matters.any_of(desk.situation.state)
    if desk.memory.insults:
        return Answer(
            lines=(line("insult_again"),),
            choices=(("human", line("button_human")),),
            keep={"insults": desk.memory.insults + 1, "awaits": None, "pending": None, "task": None},
        )
    return Answer(
        lines=(line("insult_once"),),
        choices=(("human", line("button_human")),),
        keep={"insults": 1} | ({"beside": True} if open_still else {}),
    )


def complain(desk: Desk) -> Steps[Answer]:
    """A complaint is heard, not argued with; a person is offered at once, and of an order named where it is.

    What was open about an order stays open: it is asked once more after the sympathy.
    """
    person = ("human", line("button_human_now"))
    if desk.known and desk.values("order_id"):
        told = yield from track_order(desk)
        return replace(
            told,
            lines=(line("sorry"), *told.lines[:2]),
            choices=(person, *told.choices[:2]),
            keep={**told.keep, "offered_person": True},
        )
    if open_matters.any_of(desk.situation.state):
        return Answer(
            lines=(line("sorry"),), choices=(person,), keep={"beside": True, "offered_person": True}
        )
    return Answer(
        lines=(line("sorry"), line("person_can_help")),
        choices=(person,),
        keep={"awaits": None, "pending": None, "offered_person": True},
    )


def start_over(desk: Desk) -> Steps[Answer]:
    """Begin again; the cart stays."""
    yield from ()
    fresh = Memory(audience=None, size_system=desk.memory.size_system)
    return Answer(lines=(line("started_over"),), choices=_START, keep=fresh.model_dump())


def repeat(desk: Desk) -> Steps[Answer]:
    """The last answer once more, as it stood."""
    yield from ()
    last = desk.situation.state.last_reply
    if last is None or not last.blocks:
        return Answer(lines=(line("nothing_to_repeat"),), choices=_START)
    blocks = tuple(block for block in last.blocks if block.kind != "choices")
    choices = tuple(
        (option.id, line("plain", text=option.label))
        for block in last.blocks
        if block.kind == "choices"
        for option in block.options
    )
    return Answer(
        blocks=blocks, choices=choices, keep={"awaits": desk.memory.awaits, "pending": desk.memory.pending}
    )


def cancel_dialogue(desk: Desk) -> Steps[Answer]:
    """Stop what is being done; nothing was done, the cart stays."""
    yield from ()
    return Answer(
        lines=(line("stopped"),), choices=_START[:2], keep={"awaits": None, "pending": None, "task": None}
    )


def to_be_sure(desk: Desk) -> Steps[Answer]:
    """What was asked is asked once more, as nothing was surely agreed to."""
    yield from ()
    return Answer(lines=(line("to_be_sure"),), keep={"beside": True})


def affirm_nothing(desk: Desk) -> Steps[Answer]:
    """A yes to no question, or to one that asked which."""
    yield from ()
    if desk.memory.awaits in ("option", "size", "color", "product") and desk.memory.offered:
        choices = tuple((each.id, line("plain", text=each.label)) for each in desk.memory.offered)
        return Answer(
            lines=(line("ask_which_variant"),),
            choices=choices,
            keep={"awaits": desk.memory.awaits, "pending": desk.memory.pending},
        )
    return Answer(lines=(line("yes_to_what"),), choices=_START)


def deny_nothing(desk: Desk) -> Steps[Answer]:
    """A no to an offer."""
    yield from ()
    return Answer(lines=(line("fine_then"),), keep={"awaits": None, "pending": None})


def switch_language(desk: Desk) -> Steps[Answer]:
    """Go on in another language of ours."""
    yield from ()
    wanted = desk.first("language") or desk.argument
    spoken = str(wanted)[:2] if wanted else ("en" if desk.language == "ko" else "ko")
    if spoken not in ("ko", "en"):
        return Answer(lines=(line("language_unknown"),))
    return Answer(lines=(line("language_switched"),), language=spoken)


def switch_assistant(desk: Desk) -> Steps[Answer]:
    """Switch the assistant off (menus and a person remain) or on again."""
    yield from ()
    if desk.argument == "on":
        return Answer(lines=(line("ai_on"),), choices=_START, switch="on")
    return Answer(
        lines=(line("ai_off"),),
        choices=MENU,
        switch="off",
        keep={"awaits": None, "pending": None, "task": None},
    )


def switch_outside_model(desk: Desk) -> Steps[Answer]:
    """Stop asking a language model outside the shop, or ask it again."""
    yield from ()
    on = desk.argument == "on"
    other = ("outside:off", line("button_outside_off")) if on else ("outside:on", line("button_outside_on"))
    return Answer(
        lines=(line("outside_on" if on else "outside_off"),),
        choices=(other,),
        outside_model="on" if on else "off",
    )


MENU = (
    ("intent:view_cart", line("button_cart")),
    ("intent:ask_delivery", line("button_delivery")),
    ("intent:ask_return_policy", line("button_returns")),
    ("intent:track_order", line("button_orders")),
    ("intent:ask_store", line("button_stores")),
    ("human", line("button_human")),
    ("ai:on", line("button_ai_on")),
)


def menu_only(desk: Desk) -> Steps[Answer]:
    """The assistant is off: only the menu, and a person."""
    yield from ()
    return Answer(lines=(line("ai_is_off"),), choices=MENU)


def switch_personal(desk: Desk) -> Steps[Answer]:
    """Stop using, or use again, what this person looked at and bought."""
    on = desk.argument == "on"
    yield from ask("switch_personalisation", SwitchPersonalisation(on=on), Done)
    return Answer(lines=(line("personal_on" if on else "personal_off"),))


def note_preference(desk: Desk) -> Steps[Answer]:
    """Keep what shoppers say of themselves, tell them it is kept, let them delete it."""
    kind, value = _preference(desk)
    yield from ask("note_preference", NotePreference(kind=kind, value=value, words=desk.text[:200]), Done)
    return Answer(
        lines=(line("preference_noted", words=desk.text[:80]),),
        choices=(("preferences", line("button_preferences")),),
    )


def _preference(desk: Desk) -> tuple[Any, str]:
    if desk.sizes:
        return "size", f"{desk.sizes[0].system}:{desk.sizes[0].value}"
    for kind, entity in (
        ("color", "color"),
        ("brand", "brand"),
        ("audience", "audience"),
        ("fit", "attribute"),
    ):
        if desk.values(entity):
            return kind, str(desk.first(entity))
    return "other", desk.text[:80]


def list_preferences(desk: Desk) -> Steps[Answer]:
    """What is kept of the shopper's preferences, each to be deleted."""
    kept = yield from ask("list_preferences", Nothing(), Preferences)
    if not kept.items:
        return Answer(lines=(line("no_preferences"),))
    return Answer(
        lines=(line("preferences", words=[each.words for each in kept.items]),),
        choices=tuple(
            (f"forget:{each.kind}", line("button_forget", words=_short(each))) for each in kept.items[:5]
        ),
    )


def _short(preference: PreferenceView) -> str:
    return preference.words if len(preference.words) <= 24 else f"{preference.words[:23]}…"


def forget_preference(desk: Desk) -> Steps[Answer]:
    """Delete a preference."""
    yield from ask("forget_preference", ForgetPreference(kind=desk.argument or None), Preferences)
    return Answer(lines=(line("preference_forgotten"),))


def not_understood(desk: Desk) -> Steps[Answer]:
    """Not understood: look in the articles, then ask between the likeliest readings, then offer a person.

    The same words never come twice in a row; the second miss in a row offers a person.
    """
    if _wordy(desk.text):
        found = yield from ask("ask_policy", AskPolicy(question=desk.text), PolicyAnswer)
        if found.passages:
            return quoted(desk, found)
    if desk.memory.misses:
        yield from ask(
            "note_gap",
            NoteGap(question=desk.text or desk.situation.heard.text, kind="not_understood"),
            GapNoted,
        )
        return Answer(
            lines=(line("still_not_understood"),),
            choices=(("human", line("button_human_now")), *_START[:2]),
            keep={"misses": desk.memory.misses + 1, "awaits": None, "pending": None, "offered_person": True},
        )
    guesses = _guesses(desk)
    name = "which_did_you_mean" if guesses else "not_understood"
    return Answer(
        lines=(line(name),), choices=(*guesses, _START[3]) if guesses else _START, keep={"misses": 1}
    )


def _wordy(text: str) -> bool:
    return len(re.findall(r"[가-힣a-zA-Z]", text)) >= 4


def _guesses(desk: Desk) -> tuple[tuple[str, Line], ...]:
    """The two likeliest readings as buttons that take the message up again with the meaning chosen."""
    readings = (*desk.situation.reading.intents, *desk.situation.reading.alternatives)
    names = dict.fromkeys(each.name for each in readings if each.name in MEANINGS)
    return tuple((f"{MEANT}{name}", line(f"meant_{name}")) for name in list(names)[:2])


def out_of_scope(desk: Desk) -> Steps[Answer]:
    """Something no shop does; but what the articles do answer is answered."""
    answer = yield from policy_part(desk)
    if answer is not None:
        return answer
    return (yield from back_to_shop("out_of_scope")(desk))


def unused(desk: Desk) -> Steps[Answer]:
    """A job the operator has not switched on."""
    yield from ()
    return Answer(lines=(line("not_my_job"),), choices=(("human", line("button_human")),))


_SWITCH_AI = re.compile(
    r"(?i)(?:ai|인공지능|챗봇|봇|assistant|bot)\W*(?:를|을|은|는|좀)?\s*(끄|꺼|끌|그만|중지|켜|off\b|on\b|stop\b|disable|enable)"
    r"|(?:turn|switch)\s+(off|on)\s+(?:the\s+)?(?:ai|bot|assistant)"
    r"|(?:turn|switch)\s+(?:the\s+)?(?:ai|bot|assistant)\s+(off|on)"
)


def switch_said(text: str) -> str | None:
    """Whether the assistant is to be switched "on" or "off"; None where neither is said."""
    match = _SWITCH_AI.search(text)
    if match is None:
        return None
    word = next(group for group in match.groups() if group).lower()
    return "on" if word in ("켜", "on", "enable") else "off"

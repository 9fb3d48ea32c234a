"""Who is asking: one question for what is missing, and on with the request once it is shown."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import account_words, return_slots
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.giving import bare_name
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ToolRefused, ask
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.verification import CheckCode, SendCode, VerificationView, VerifyShopper
from dangol.kernel.blocks import FormBlock, FormField

CODE = re.compile(r"(?<!\d)(\d{3})[\s-]?(\d{3})(?!\d)")
WANTS_CODE = re.compile(
    r"(?i)인증\s?(?:번호|코드|문자|메일).{0,14}(?:보내|받|다시|주세요|줘|요청)|(?:보내|받).{0,6}인증\s?(?:번호|코드)"
    r"|\b(?:send|get|text|e-?mail|resend|need|want)\b.{0,20}\bcode\b"
)
# "주문번호 몰라요", "I don't have the number": no reason to give up
_LACKS = re.compile(
    r"(?i)(?:번호|메일|우편번호|그거|그건|그런\s?거|뭔지|어디).{0,8}(?:몰라|모르|없|기억\s?(?:이\s?)?(?:안|못)|까먹|잊|잃|못\s?찾)|^\W*(?:몰라|모르|기억\s?(?:이\s?)?안|까먹)"
    r"|\b(?:don'?t|do not|didn'?t|can'?t|cannot|haven'?t|no longer)\b.{0,12}\b(?:have|know|remember|recall|find|got|get|keep)\b"
    r"|\b(?:no|lost|forgot|deleted|without)\b.{0,14}\b(?:number|e-?mail|idea|clue|confirmation)\b"
)
# in whatever form the shop numbers its orders, and as one says it: "it's 1003", "1003번이요"
_BARE_NUMBER = re.compile(
    r"(?i)(?:(?:oh|ah|no|sorry|oops|ok|wait|아|어|앗|죄송|아니)[\s,.]+)*(?:(?:it'?s|it is|that'?s|that would be|the number is|i meant?|number)\s)?"
    r"(?P<number>#?[A-Z]{0,6}[-\s]?\d[\d-]{2,19})"
    r"(?:\s?(?:번)?\s?(?:이?에요|예요|이?요|입니다|이고요)|,?\s(?:please|thanks|thank you))?[.!~]*"
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_PARTS = ("order", "email", "name", "postcode", "phone")
_ENTITIES = {
    "order_id": "order",
    "email": "email",
    "person": "name",
    "postcode": "postcode",
    "phone": "phone",
}
_TYPES: dict[str, Any] = {"email": "email", "phone": "tel", "postcode": "postcode"}
_PERSON = ("human", line("button_human"))


def as_owner(job: Job) -> Job:
    """The job, done once it is shown who is asking; what was asked is kept meanwhile."""

    def at_the_counter(desk: Desk) -> Steps[Answer]:
        try:
            return (yield from job(desk))
        except ToolRefused as no:
            unseen = no.code == "not_found" and not _is_customer(desk)
            if no.code != "not_identified" and not unseen:
                raise
            if no.tool in _OF_ACCOUNT and _gives_code(desk):
                return _no_account()
            return (yield from show(desk, job, account=no.tool in _OF_ACCOUNT, refused=unseen))

    return at_the_counter


_OF_ACCOUNT = frozenset({"view_points", "save_address", "view_account", "keep_account"})
"""What an order's number does not open: for these a code must be sent."""


def _gives_code(desk: Desk) -> bool:
    """Is the request taken up again because a code was typed?"""
    form = desk.situation.heard.form
    coded = bool(form and (form.get("values") or {}).get("code")) or bool(CODE.search(desk.text))
    return coded and desk.memory.awaits == "code"


def _no_account() -> Answer:
    """The code was right, and nobody's account is under that address."""
    return Answer(
        lines=(line("account_unknown"),),
        choices=(_PERSON,),
        keep={"awaits": None, "pending": None, "proof": {}},
    )


def _is_customer(desk: Desk) -> bool:
    return desk.situation.state.shopper(desk.situation.now).role == "customer"


def given_now(desk: Desk) -> dict[str, str]:
    """What this message gives of a proof, in words or in the form."""
    form = desk.situation.heard.form
    if form is not None:
        values = form.get("values") or {}
        return {part: str(values[part]).strip() for part in _PARTS if str(values.get(part) or "").strip()}
    found = {part: str(desk.first(kind)) for kind, part in _ENTITIES.items() if desk.first(kind)}
    lacks = _LACKS.search(desk.text)
    if lacks and found.get("name", "") in desk.text[: lacks.end()].split():
        found.pop("name", None)  # "주문번호 몰라요": what one does not have is nobody's name
    elif (
        not found and desk.memory.awaits == "proof" and (number := _BARE_NUMBER.fullmatch(desk.text.strip()))
    ):
        found = {"order": put_right(_tried(desk).get("order", ""), number["number"].lstrip("#").upper())}
    elif "name" not in found and desk.memory.awaits == "proof":
        name = bare_name(desk.text)
        found |= {"name": name} if name else {}
    return found | _beside_number(desk, found)


_POSTCODE = re.compile(r"(?<![\d-])\d{5}(?![\d-])")


def _beside_number(desk: Desk, found: dict[str, str]) -> dict[str, str]:
    """ "20261112-0102 박하나 06236": beside an order's number a name and a postcode need no words of their own."""
    if "order" not in found or "email" in found or "name" in found:
        return {}
    rest = desk.text
    for each in desk.entities:
        rest = rest.replace(each.text, " ", 1) if each.text else rest
    postcode = found.get("postcode") or next(iter(_POSTCODE.findall(rest)), None)
    name = bare_name(_POSTCODE.sub(" ", rest).strip(" ,./·"), beside=True)
    return {"name": name, "postcode": postcode} if name and postcode else {}


def put_right(tried: str, said: str) -> str:
    """The last figures of a number put right alone ("oh its 0207"), where one that was tried has as many at its end."""
    whole = re.fullmatch(r"(.*-)(\d{3,6})", tried)
    return f"{whole[1]}{said}" if whole and said.isdigit() and len(said) == len(whole[2]) else said


def show(desk: Desk, job: Job, *, account: bool = False, refused: bool = False) -> Steps[Answer]:
    """Try what is known of who is asking; else ask for the rest in one question."""
    now = given_now(desk)
    given = {**(_tried(desk) if now else {}), **desk.memory.proof, **now}
    memory = desk.memory.model_copy(update={"proof": given})
    desk = replace(desk, memory=memory)
    if _is_customer_expired(desk):
        return (yield from code_offer(desk, "verify_again"))
    if account:
        return (yield from code_offer(desk, "verify_for_account"))
    view = yield from ask("verify_shopper", VerifyShopper(**given), VerificationView)
    if view.state == "verified":
        return (yield from _go_on(desk, job))
    if view.state == "locked":
        return _locked(desk)
    if view.state == "needs":
        name = "verify_rest" if given and now else "verify_who"
        return _ask(desk, view, line(name, needs=[line(f"proof_{need}") for need in view.needs]), given)
    failed = _ask(desk, view, line("verify_failed"), {})
    kept = {f"{_TRIED}{part}": value for part, value in given.items()}
    waiting = failed.keep["pending"]
    waiting = waiting.model_copy(update={"options": {**waiting.options, **kept}})
    return replace(failed, keep={**failed.keep, "pending": waiting})


_TRIED = "tried_"


def _tried(desk: Desk) -> dict[str, str]:
    """What was given and did not fit together: one part of it may be put right alone ("oops, it's 1003")."""
    pending = desk.memory.pending
    if pending is None or pending.awaits != "proof":
        return {}
    return {
        name.removeprefix(_TRIED): value for name, value in pending.options.items() if name.startswith(_TRIED)
    }


def _is_customer_expired(desk: Desk) -> bool:
    state = desk.situation.state
    return state.customer_id is not None and not _is_customer(desk)


def _go_on(desk: Desk, job: Job) -> Steps[Answer]:
    """The request as it was made, now that it is shown who is asking."""
    answer = yield from job(desk)
    told = " ".join(say(each, desk.language, desk.shop) for each in answer.lines)
    return replace(
        answer,
        # three sentences are the most: a question with its consequence goes before a courtesy
        lines=answer.lines if len(_SENTENCE_END.findall(told)) > 2 else (line("verified"), *answer.lines),
        keep={"pending": None, "awaits": None, **answer.keep, "proof": desk.memory.proof},
    )


def _waits(desk: Desk, awaits: str) -> Pending:
    """The request that waits, with what was said of it."""
    before = desk.memory.pending
    if before is not None and before.awaits in ("proof", "code") and not _wishes_anew(desk, before):
        told = before.intent in return_slots.INTENTS and return_slots.why(desk.text)
        value = f"{before.value} {desk.text}".strip() if told else before.value
        return before.model_copy(update={"awaits": awaits, "value": value})
    return Pending(
        intent=desk.intent,
        awaits=awaits,
        colors=desk.colors,
        sizes=desk.sizes,
        quantity=desk.quantity or 1,
        value=desk.text,
    )


def _wishes_anew(desk: Desk, before: Pending) -> bool:
    """Whether something else is wanted of the order by now ("can I exchange it instead")."""
    return desk.intent in _OF_ORDERS and desk.intent != before.intent and before.intent != "view_points"


_OF_ORDERS = return_slots.INTENTS | {"cancel_order", "change_order", "get_invoice"}


def _ask(desk: Desk, view: VerificationView, question: Line, given: dict[str, str]) -> Answer:
    needs = view.needs or (
        ("order", "email") if "email_order" in view.ways else ("order", "name", "postcode")
    )
    return Answer(
        lines=(question,),
        blocks=(_form(desk, needs),),
        choices=(*_code_buttons(view.ways), _PERSON),
        keep={"awaits": "proof", "pending": _waits(desk, "proof"), "proof": given},
    )


def _code_buttons(ways: tuple[str, ...]) -> tuple[tuple[str, Line], ...]:
    named = (("email_code", "code:email", "button_code_email"), ("sms_code", "code:phone", "button_code_sms"))
    return tuple((button, line(label)) for way, button, label in named if way in ways)


def _form(desk: Desk, needs: tuple[str, ...]) -> FormBlock:
    fields = tuple(
        FormField(
            name=need,
            label=say(line(f"proof_{need}"), desk.language, desk.shop),
            type=_TYPES.get(need, "text"),
            required=True,
        )
        for need in needs
    )
    return FormBlock(form="proof", fields=fields)


def _locked(desk: Desk) -> Answer:
    return Answer(
        lines=(line("verify_locked"),),
        choices=(("human", line("button_human_now")),),
        keep={"awaits": None, "pending": None, "proof": {}},
    )


def code_offer(desk: Desk, name: str) -> Steps[Answer]:
    """A code is the way: to the address the shop knows, or to one that is said now."""
    if WANTS_CODE.search(desk.text) or desk.memory.proof.get("email"):
        return (yield from send_code(desk))
    ways = desk.shop.verification.ways
    buttons = _code_buttons(tuple(ways))
    if not buttons:
        return Answer(
            lines=(line("need_sign_in"),), choices=(_PERSON,), keep={"awaits": None, "pending": None}
        )
    needs = () if desk.situation.state.customer_id else ("email" if "email_code" in ways else "phone",)
    return Answer(
        lines=(line(name),),
        blocks=(_form(desk, needs),) if needs else (),
        choices=((("code:own", line("button_code_email")),) if not needs else ()) + (_PERSON,),
        keep={
            "awaits": "proof",
            "pending": _waits(desk, "proof").model_copy(update={"options": {"by": "code"}}),
        },
    )


def send_code(desk: Desk) -> Steps[Answer]:
    """Send a code to the address given, or ask for it."""
    given = {**desk.memory.proof, **given_now(desk)}
    pending = _waits(desk, "code")
    if pending.intent in ("code", ""):
        pending = pending.model_copy(update={"intent": "track_order"})
    by_phone = desk.argument == "phone" and "email" not in given
    own = desk.situation.state.customer_id is not None
    address = given.get("phone") if by_phone else given.get("email")
    if not address and not own:
        need = "phone" if by_phone else "email"
        waiting = pending.model_copy(update={"awaits": "proof", "options": {"by": "code"}})
        return Answer(
            lines=(line("code_to_where", need=line(f"proof_{need}")),),
            blocks=(_form(desk, (need,)),),
            choices=(_PERSON,),
            keep={"awaits": "proof", "pending": waiting, "proof": given},
        )
    asked = SendCode(phone=address) if by_phone else SendCode(email=address)
    view = yield from ask("send_code", asked, VerificationView)
    if view.state == "locked":
        return _locked(desk)
    if view.state != "code_sent":
        return _ask(desk, view, line("code_not_there"), {})
    return Answer(
        lines=(line("code_sent", minutes=view.minutes),),
        blocks=(_form(desk, ("code",)),),
        choices=(("code:again", line("button_code_again")), _PERSON),
        keep={"awaits": "code", "pending": pending, "proof": given},
    )


def check_code(desk: Desk, job: Job) -> Steps[Answer]:
    """Take the code that was typed."""
    form = desk.situation.heard.form
    said = str((form.get("values") or {}).get("code", "")) if form else desk.text
    found = CODE.search(said)
    view = yield from ask(
        "check_code", CheckCode(code="".join(found.groups()) if found else said), VerificationView
    )
    if view.state == "verified":
        return (yield from _go_on(desk, job))
    over = view.state == "code_over"
    return Answer(
        lines=(line("code_over") if over else line("code_wrong", tries=view.tries),),
        choices=(("code:again", line("button_code_again")), _PERSON),
        keep={
            "awaits": "proof" if over else "code",
            "pending": _waits(desk, "proof" if over else "code"),
        },
    )


def go_on(desk: Desk, job: Job) -> Steps[Answer]:
    """What was asked for to show who it is was given: a code, or more of the proof."""
    pending = desk.memory.pending
    assert pending is not None
    if pending.awaits == "code" and desk.first("order_id") and desk.memory.proof.get("email"):
        return (yield from show(desk, job))  # "아 찾았다 20250302-8906"
    now = given_now(desk)
    if {"order", "email"} & set(now) and {"order", "email"} <= {*desk.memory.proof, *now}:
        return (yield from show(desk, job))  # both are known now: no code is needed
    if pending.awaits == "code" and _gives_code(desk):
        return (yield from check_code(desk, job))
    if WANTS_CODE.search(desk.text) or pending.options.get("by") == "code":
        return (yield from send_code(desk))
    if _LACKS.search(desk.text) and "order" not in desk.memory.proof:
        return (yield from code_offer(desk, "verify_without"))
    return (yield from show(desk, job))


def gives(desk: Desk) -> bool:
    """Does this message answer the question who is asking?"""
    pending = desk.memory.pending
    if pending is None or pending.awaits not in ("proof", "code"):
        return False
    form = desk.situation.heard.form
    if form is not None:
        return form.get("form") == "proof"
    if pending.awaits == "code" and CODE.search(desk.text):
        return True
    names = {intent.name for intent in desk.situation.reading.intents}
    told = given_now(desk)
    account = account_words.signs_in(desk.text) or account_words.about(desk.text)
    # "비밀번호 까먹었어요" is another matter; "I don't have it, can I talk to someone" wants the person, and no question
    if "talk_to_human" in names or (account and not told):
        return False
    only_a_name = set(told) == {"name"} and bool(names & _OTHER)
    told_else = WANTS_CODE.search(desk.text) or _LACKS.search(desk.text) or _tells_why(desk, pending, names)
    return bool(told_else) or (bool(told) and not only_a_name)


def _tells_why(desk: Desk, pending: Pending, names: set[str]) -> bool:
    """What is wrong with the goods, told before who is asking: it belongs to the return that waits."""
    waits = pending.intent in return_slots.INTENTS and not names & _CALLS_OFF
    return waits and bool(return_slots.why(desk.text))


_CALLS_OFF = frozenset({"cancel_dialogue", "cancel_order", "complain", "track_order"})
_OTHER = frozenset({"deny", "cancel_dialogue", "greet", "thank", "affirm", "start_over"})

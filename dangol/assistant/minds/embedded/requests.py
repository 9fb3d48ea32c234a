"""What a message asks for: its requests in the order said, each with the job that answers it.

A pressed button and a filled form say it outright. Otherwise the question put last has the first claim on what fits it;
what does not is a request of its own, and the question can be come back to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dangol.assistant.listening import meant
from dangol.assistant.masking import MASK
from dangol.assistant.minds import Situation
from dangol.assistant.minds.embedded import (
    adding_options,
    after_words,
    bare_options,
    barriers,
    changing,
    gifting,
    goods_named,
    guide_words,
    misread,
    of_the_order,
    open_matters,
    ordering,
    own_words,
    parted,
    paying,
    pressing,
    purchase_proof,
    resuming,
    return_given,
    return_hearing,
    return_slots,
    saved_ways,
    solving,
    switched_on,
    talking,
    till,
    told_before,
    verifying,
    walked_before,
    walking,
)
from dangol.assistant.minds.embedded.asides import without_asides, without_courtesy
from dangol.assistant.minds.embedded.buttons import BUTTONS, about
from dangol.assistant.minds.embedded.confirmed import CONFIRMED
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.gifting import gives_to_somebody
from dangol.assistant.minds.embedded.jobs import JOBS, is_open, job_for, ticked
from dangol.assistant.minds.embedded.known import may_be_a_name
from dangol.assistant.minds.embedded.known_after import PAID
from dangol.assistant.minds.embedded.pointing import seeks
from dangol.assistant.minds.embedded.pressing import COURTESY
from dangol.assistant.minds.embedded.settling import settled
from dangol.assistant.minds.embedded.steps import Job
from dangol.assistant.minds.embedded.verifying import as_owner

_NO_REQUEST = COURTESY | {"inform", "correct", "choose_option", "checkout", "view_cart", "out_of_scope"}
_OF_AN_ORDER = frozenset(
    {"return_item", "exchange_item", "report_item_problem", "cancel_order", "change_order"}
)
_SEARCHES = frozenset({"find_product", "ask_product_info", "ask_availability", "compare_products"})
_NO_MORE = COURTESY | {"deny", "cancel_dialogue", "complain", "inform", "correct"}


@dataclass(frozen=True)
class Request:
    """One thing asked, with what belongs to it and the job that answers it."""

    desk: Desk
    job: Job


def requests(situation: Situation) -> list[Request]:
    """The requests of a message; never empty."""
    whole = Desk(
        situation=situation,
        memory=situation.state.memory,
        intent=situation.reading.intents[0].name if situation.reading.intents else "",
        text=situation.heard.text,
        entities=tuple(
            each
            for each in sorted(
                (*situation.reading.entities, *situation.reading.beside), key=lambda one: one.start
            )
            if not gives_to_somebody(each, situation.heard.text)
        ),
    )
    pressed = situation.heard.choice or pressing.typed(situation)
    if MASK in whole.text:
        return [Request(whole, till.safe_payment)]
    for found in (
        _button(whole, pressed),
        _form(whole),
        _switched(whole),
        _guide(whole),
        _answer(whole),
        _resumes(whole),
        _gift(whole),
        _stopped(whole),
        _given(whole),
    ):
        if found is not None:
            return [found, *_besides_no(whole), *_besides_yes(whole)]
    asked = _asked(whole) or [Request(whole, talking.not_understood)]
    if walked_before.meant(whole):
        before = replace(asked[0], job=walked_before.offered(asked[0].job))
        return [before, *(each for each in asked[1:] if each.desk.intent not in _NO_MORE)]
    return asked


def _button(desk: Desk, pressed: str | None) -> Request | None:
    if pressed is None:
        return None
    waits = desk.memory.pending is not None and desk.memory.pending.awaits
    if pressed in ("yes", "no") and (desk.situation.answer or waits):
        return None  # an answer to a question, taken below
    verb, _, argument = pressed.partition(":")
    if verb == "intent" and argument in JOBS:
        return Request(replace(desk, intent=argument), ticked(desk, argument, JOBS[argument]))
    if verb == "meant" and argument in JOBS:
        return _meant(desk, argument)
    intent, _, product = argument.partition(":")
    if verb == "about" and intent in JOBS:
        return Request(resuming.resumed(about(replace(desk, intent=intent), product)), JOBS[intent])
    named = replace(desk, argument=argument, intent=verb)
    job = ticked(desk, verb, BUTTONS[verb]) if verb in BUTTONS else None
    return Request(named, job) if job is not None else Request(desk, talking.not_understood)


def _meant(desk: Desk, intent: str) -> Request:
    """A message that was not understood, taken up again in the meaning chosen."""
    told = meant(desk.situation.state, desk.situation.heard)
    return Request(replace(desk, intent=intent, text=told[1] if told else desk.text), job_for(desk, intent))


def _form(desk: Desk) -> Request | None:
    if (form := desk.situation.heard.form) is None:
        return None
    if form.get("form") == "proof" and verifying.gives(desk):
        return _proving(desk)
    if form.get("form") != "checkout":
        return Request(desk, talking.not_understood)
    return Request(desk, gifting.give if gifting.said(desk) else ordering.give)


def _switched(desk: Desk) -> Request | None:
    """Switching the assistant off or on, and what is left while it is off."""
    if (switch := talking.switch_said(desk.text)) is not None:
        return Request(replace(desk, argument=switch), talking.switch_assistant)
    if desk.situation.state.assistant_on:
        return None
    if any(intent.name == "talk_to_human" for intent in desk.situation.reading.intents):
        return Request(desk, talking.talk_to_human)
    return Request(desk, talking.menu_only)


def _answer(desk: Desk) -> Request | None:
    """The answer to the confirmation that was put: yes acts, no leaves everything as it is."""
    answer, question = desk.situation.answer, desk.situation.state.question
    if open_matters.agrees_to_nothing(desk.situation) and not return_hearing.gives(desk):
        return Request(desk, talking.to_be_sure)
    if answer is None or question is None:
        return None
    agreed = CONFIRMED[question.tool]
    goes_on = return_hearing.no_is_none(desk)
    if answer == "no" and question.tool == "start_return" and goes_on:
        return Request(desk, as_owner(return_given.given))
    if answer == "no":
        return Request(desk, agreed.no)
    return Request(desk, lambda at: agreed.yes(at, question.args))


def _besides_no(desk: Desk) -> list[Request]:
    """What is wished for in the same breath as a no to our question ("아니다 교환되나")."""
    if desk.situation.answer != "no" or desk.situation.heard.choice or return_hearing.other_kind(desk):
        return []
    return [each for each in _read(desk) if each.desk.intent not in _NO_MORE]


def _besides_yes(desk: Desk) -> list[Request]:
    """What is wanted too in the same breath as a yes to putting something in the cart."""
    also = goods_named.also_wanted(desk)
    return [] if also is None else [Request(also.with_intent("add_to_cart"), goods_named.add_too)]


def _resumes(desk: Desk) -> Request | None:
    """An answer that a job of its own waits for: who is asking, something of a return."""
    if verifying.gives(desk):
        return _proving(desk)
    return Request(desk, as_owner(return_given.given)) if return_hearing.gives(desk) else None


def _guide(desk: Desk) -> Request | None:
    """Goods that are dangerous, before anything else; an answer to a step, or the goods or trouble a guide is for."""
    if guide_words.dangerous(desk.text):
        return Request(desk, solving.danger)
    if (said := walked_before.said(desk)) is not None:
        return Request(said, walked_before.answered)
    if solving.gives(desk):
        return Request(desk, solving.again)
    said = walking.heard(desk)
    return Request(said, walking.answered) if said is not None else None


def _gift(desk: Desk) -> Request | None:
    """The order is a gift: who gets it, what is written to them; of one that was made a person sees to it."""
    if not gifting.said(desk):
        return None
    if desk.values("order_id"):
        return Request(desk.with_intent("change_order"), as_owner(changing.gift_of_order))
    return Request(desk, gifting.give)


def _stopped(desk: Desk) -> Request | None:
    """In the middle of a checkout, what stands in its way was said."""
    if desk.memory.task != "checkout" or barriers.named(desk.text) is None:
        return None
    gives = any(desk.values(kind) for kind in ("email", "phone", "postcode"))
    return None if gives or PAID.search(desk.text) else Request(desk, barriers.remove)


def _given(desk: Desk) -> Request | None:
    """What the last question asked for, given now."""
    memory, names = desk.memory, [intent.name for intent in desk.situation.reading.intents]
    pending, chosen = memory.pending, desk.situation.heard.choice
    said_yes = chosen == "yes" or (names == ["affirm"] and not goods_named.instead_of_yes(desk))
    said_no = chosen == "no" or names[:1] == ["deny"]
    if memory.awaits == "yes_no" and pending is not None and (said_yes or said_no) and len(names) <= 1:
        if said_no:
            return Request(desk, talking.deny_nothing)
        return Request(resuming.resumed(replace(desk, intent=pending.intent)), JOBS[pending.intent])
    if (
        memory.task == "checkout"
        and not PAID.search(desk.text)
        and (given := _for_checkout(desk, names)) is not None
    ):
        return given
    if pending is not None and memory.awaits in ("color", "size", "option") and paying.only(desk.text):
        return Request(resuming.resumed(replace(desk, intent=pending.intent)), adding_options.pay_way_later)
    if (
        pending is not None
        and pending.awaits not in ("", "yes_no", return_slots.LEFT)
        and pending.intent in JOBS
        and resuming.fits(desk, names)
    ):
        return Request(resuming.resumed(replace(desk, intent=pending.intent)), JOBS[pending.intent])
    return None


def _proving(desk: Desk) -> Request:
    """What shows who is asking was given: back to the request that waits for it."""
    assert desk.memory.pending is not None
    job = JOBS.get(desk.memory.pending.intent, JOBS["track_order"])
    return Request(
        resuming.resumed(replace(desk, intent=desk.memory.pending.intent)),
        lambda at: verifying.go_on(at, job),
    )


def _for_checkout(desk: Desk, names: list[str]) -> Request | None:
    """Contact or address in the middle of a checkout, wherever in the message it stands."""
    proves = _proof_or_way(desk)
    if proves is not None:
        return proves
    gives = any(desk.values(kind) for kind in ("email", "phone", "postcode")) or any(
        each.type == "address" and re.search(r"\d", each.text) for each in desk.entities
    )
    if (
        gives
        and set(names)
        & (resuming.GIVES | {"checkout", "ask_delivery", "find_product", "out_of_scope", "ask_store"})
    ) or (gives and not names):
        return Request(desk, ordering.give)
    if (
        desk.memory.awaits in ("contact", "address")
        and set(names) <= resuming.GIVES
        and "affirm" not in names
    ):
        return Request(desk, ordering.give)
    if "set_address" in names or "change_order" in names:
        return Request(desk, ordering.change_address)
    if names == ["affirm"]:
        return Request(desk, ordering.checkout)
    return None


def _proof_or_way(desk: Desk) -> Request | None:
    """The code a large order waits for, or a way of paying on file."""
    if purchase_proof.code_given(desk) or purchase_proof.wants_another(desk):
        given = purchase_proof.code_given(desk)
        return Request(desk, ordering.prove if given else purchase_proof.send_again)
    if desk.memory.awaits == "yes_no" and saved_ways.meant(desk.text):
        return Request(desk, ordering.choose_way)
    return None


def _asked(desk: Desk) -> list[Request]:
    """What a message asks for; goods that do not work are first looked up in the shop's guides."""
    if several := parted.wishes(desk):
        return [Request(each, job_for(each, each.intent)) for each in several]
    found = _read(desk)
    names = frozenset(intent.name for intent in desk.situation.reading.intents)
    if not solving.trouble(desk, names):
        return found
    told = found or [Request(desk, solving.other)]
    at = next((at for at, each in enumerate(told) if each.desk.intent == "report_item_problem"), 0)
    troubled = replace(told[at], job=solving.guided(told[at].job))
    return [*told[:at], troubled, *told[at + 1 :]]


def _only_a_number(desk: Desk) -> frozenset[str]:
    """What a message that names an order, and asks nothing of it, is read as; who tells what is wrong looks for no goods."""
    searches = _SEARCHES if return_slots.intent_for(desk.text) else frozenset()
    return _NO_REQUEST | {"track_order", "deny"} | searches


def _read(desk: Desk) -> list[Request]:
    """The requests of a message; one that is no more than a name is first looked for in what is sold."""
    known = switched_on.known(desk)
    named = goods_named.asked(desk) if is_open(desk, "find_product") else None
    loose = known is None or may_be_a_name(known[1])
    told = None if known is None else bare_options.or_option(desk, *known, loose=loose)
    found = _read_as_told(desk) if told is None else [Request(*told)]
    by_name = named is not None and len(found) <= 1 and loose
    of_order = loose and of_the_order.asked(desk)
    if not by_name and not of_order:
        return found
    read = next(iter(found), Request(desk, talking.not_understood))
    if named is not None and by_name:
        read = Request(read.desk, goods_named.or_else(named, read.desk, read.job))
    return [Request(read.desk, of_the_order.or_else(read.desk, read.job))] if of_order else [read]


def _read_as_told(desk: Desk) -> list[Request]:
    """The intents of the message as requests; courtesies beside a request are left unanswered."""
    intents = desk.situation.reading.intents
    if desk.values("order_id") and {intent.name for intent in intents} <= _only_a_number(desk):
        # an order's number: what its words want done with it, else where it is
        wanted = after_words.wanted(desk.text) or return_slots.intent_for(desk.text)
        if not wanted and (desk.colors or desk.sizes) and after_words.to_another(desk.text):
            wanted = "exchange_item"  # or a change, where it has not left
        named = desk.with_intent(wanted) if wanted else told_before.meant_by(desk)
        return [Request(named, job_for(desk, named.intent))]
    said = without_asides(desk, without_courtesy(desk, intents))
    found: dict[str, Request] = {}
    for intent in said:
        name = settled(desk, intent)
        if name is not None:
            found.setdefault(
                name,
                Request(own_words.of_request(desk, intent, name, alone=len(said) == 1), job_for(desk, name)),
            )
    if "exchange_item" in found and desk.memory.last_order:
        found.pop("change_cart", None)  # "라지로 바꿔주세요" of what was ordered
    bought = desk.values("order_id") or (after_words.wanted(desk.text) and not seeks(desk.text))
    if bought and _OF_AN_ORDER & set(found):
        found.pop("find_product", None)  # goods that were bought are not looked for
    if len(found) > 1 and "find_product" in found and misread.only_leaves_out(found["find_product"].desk):
        found.pop("find_product")
    option = bare_options.perhaps_an_option(desk) if is_open(desk, "ask_availability") else None
    if len(found) <= 1 and option is not None:
        read = next(iter(found.values()), Request(desk, talking.not_understood))
        return [Request(desk, option(read.desk, read.job))]
    return list(found.values())

"""A guide walked step by step: what is said of a step, where it leads, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dangol.assistant.guide_walk import GuideWalk, TriedStep
from dangol.assistant.minds import Part, Situation
from dangol.assistant.minds.embedded import calling, guide_words
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import is_question
from dangol.assistant.minds.embedded.return_slots import Slots
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.assistant.speak import speak
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Memory
from dangol.contracts.shopfloor.desk import DeskView, LookAtDesk
from dangol.contracts.shopfloor.guides import (
    GuideStep,
    GuideView,
    NoteWalk,
    OpenGuide,
    WalkNoted,
    WalkOutcome,
)
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders
from dangol.contracts.shopfloor.returns import LineAsked, RequestReturn, ReturnOffer
from dangol.kernel.blocks import Source

MOST_IN_VAIN = 6  # steps that did not help; more of them would only try somebody's patience
MOST_ASIDES = 3  # turns about something else after which the step is no longer brought up
PERSON = ("guide:person", line("button_person_short"))
# with these a message in the middle of a guide is about something else
_ELSEWHERE = frozenset({
    "find_product", "recommend", "ask_delivery", "track_order", "list_orders", "cancel_order", "change_order", "return_item",
    "exchange_item", "ask_return_policy", "ask_cancel_policy", "track_refund", "view_cart", "checkout", "apply_coupon",
    "ask_promotion", "ask_payment_methods", "ask_contact", "ask_store", "get_invoice", "view_points", "ask_my_data",
    "switch_language", "start_over", "ask_if_bot", "greet", "ask_price", "add_to_cart", "talk_to_human", "goodbye",
    "ask_policy",
})  # fmt: skip
_CLEARLY = 0.6
# what the answer to a question in between may ask back, which nobody minds to see dropped
_IN_PASSING = frozenset({"", "yes_no", "place", "option", "size", "color", "product"})
_SHORT = 24  # characters in which nobody says "back" or "again" of anything but the step


def active(desk: Desk) -> GuideWalk | None:
    """The walk that an answer may still go on with."""
    walk = desk.memory.guide
    return walk if walk is not None and walk.under_way(desk.situation.now) else None


def heard(desk: Desk) -> Desk | None:
    """The message as an answer to the step that was told (`argument` says which); None when it is none."""
    memory = desk.memory
    if active(desk) is None or memory.task or not desk.text.strip() or _asked_otherwise(desk):
        return None
    read = {intent.name: intent.confidence for intent in desk.situation.reading.intents}
    if read.keys() & {"abuse", "complain"} and memory.awaits == "guide":
        return replace(desk, argument="angry")
    said = guide_words.of_step(desk.text)
    if said is None and read.keys() == {"cancel_dialogue"} and memory.awaits == "guide":
        said = "give_up"
    steers = said in ("back", "again", "give_up") and len(desk.text) <= _SHORT
    # "오 이제 들려요!" of the step that was told, however it was read
    steers = steers or (said == "solved" and memory.awaits == "guide" and not is_question(desk.text))
    if not steers and any(sure >= _CLEARLY and name in _ELSEWHERE for name, sure in read.items()):
        return None
    if said is None or (memory.awaits != "guide" and said not in ("solved", "not_yet", "tried", "again")):
        return None
    if said in ("how", "again") and desk.values("category"):
        return None
    return replace(desk, argument=said)


def _asked_otherwise(desk: Desk) -> bool:
    """Whether another question came after the step: its answer is no answer to the step, but for words that only a
    step is spoken of in ("still not", "아직 안 돼요") and no bare yes or no."""
    pending = desk.memory.pending
    if pending is None or desk.memory.awaits == "guide":
        return False
    return pending.awaits not in _IN_PASSING or not guide_words.of_step_alone(desk.text)


def answered(desk: Desk) -> Steps[Answer]:
    """What was said of the step, or pressed under it, taken further."""
    walk = desk.memory.guide
    what, _, rest = desk.argument.partition(":")
    if walk is None or not walk.under_way(desk.situation.now):
        return Answer(lines=(line("guide_what"),), keep={"awaits": None})
    try:
        guide = yield from ask("open_guide", OpenGuide(guide=walk.guide, language=walk.language), GuideView)
    except ToolRefused:
        yield from end(desk, "failed")
        return (yield from handed(desk, line("guide_gone"), "guide_failed", "failed"))
    if guide.mark != walk.mark:
        fresh = walk.model_copy(update={"mark": guide.mark, "steps": len(guide.steps), "path": (1,)})
        return told(desk, guide, fresh, line("guide_changed"))
    step = guide.steps[walk.path[-1] - 1]
    if what in ("solved", "not_yet", "answer") and rest and _of_earlier(rest, what, step):
        return told(desk, guide, walk)  # a button from further up
    if what in ("solved", "not_yet", "tried", "answer") or (what == "doing" and step.answers):
        return (yield from _brought(desk, guide, walk, step, what, rest))
    return (yield from _aside(desk, guide, walk, step, what))


def _of_earlier(rest: str, what: str, step: GuideStep) -> bool:
    return rest.partition(".")[0] != str(step.number) or (what == "answer" and not step.answers)


def _brought(
    desk: Desk, guide: GuideView, walk: GuideWalk, step: GuideStep, what: str, rest: str
) -> Steps[Answer]:
    """The step was tried: solved, on to the next, where an answer leads, or at the end of what is written."""
    if what == "solved":
        return (yield from _solved(desk, walk, step))
    if step.answers and what != "tried":
        place = int(rest.partition(".")[2]) if what == "answer" else _answer_said(desk, step)
        if place is None:
            return _asked_which(desk, guide, walk, step)
        answer = step.answers[place]
        walk = _with(walk, step, "answered", answer.label)
        if answer.ends == "solved":
            return (yield from _solved(desk, walk, step))
        if answer.ends == "stop":
            yield from noted(walk, "danger")
            ended = replace(desk, memory=desk.memory.model_copy(update={"guide": walk}))
            return (yield from handed(ended, line("plain", text=guide.stop), "danger", "danger", urgent=True))
        following = answer.step if not answer.ends else 0
    else:
        walk = _with(walk, step, "done_before" if what == "tried" else "not_solved", "")
        following = step.number + 1
    in_vain = sum(each.brought != "answered" for each in walk.tried)
    if not 0 < following <= len(guide.steps) or in_vain >= MOST_IN_VAIN:
        return (yield from _failed(desk, walk))
    walk = walk.model_copy(update={"path": (*walk.path, following)})
    yield from noted(walk, "open")
    return told(desk, guide, walk)


def _answer_said(desk: Desk, step: GuideStep) -> int | None:
    """Which of the answers is said: by its words, else by a bare yes or no."""
    said = guide_words.bare(desk.text)
    for place, answer in enumerate(step.answers):
        label = guide_words.bare(answer.label)
        if said and (said in label or label in said):
            return place
    agreed = guide_words.yes_or_no(desk.text)
    kinds = [guide_words.yes_or_no(answer.label) for answer in step.answers]
    return kinds.index(agreed) if agreed is not None and kinds.count(agreed) == 1 else None


def _asked_which(desk: Desk, guide: GuideView, walk: GuideWalk, step: GuideStep) -> Answer:
    return replace(told(desk, guide, walk), lines=(line("guide_pick"), _step_line(guide, step)))


def _solved(desk: Desk, walk: GuideWalk, step: GuideStep) -> Steps[Answer]:
    if not walk.tried or walk.tried[-1].number != step.number:
        walk = _with(walk, step, "solved", "")
    yield from noted(walk, "solved")
    done = walk.model_copy(update={"outcome": "solved"})
    return Answer(lines=(line("guide_solved"),), keep={"guide": done, "awaits": None, "pending": None})


def _failed(desk: Desk, walk: GuideWalk) -> Steps[Answer]:
    """Nothing written helped: who has shown that they bought it may send it back as faulty; else a person goes on."""
    yield from noted(walk, "failed")
    done = walk.model_copy(update={"outcome": "failed"})
    bought = yield from _bought(desk, walk)
    if bought is not None:
        order, of_line = bought
        slots = Slots(
            kind="return", intent="report_item_problem", order=order, lines=((of_line, 0),), reason="defect"
        )
        return Answer(
            lines=(line("guide_defect", order=order), line("guide_or_person")),
            choices=((f"problem:{order}", line("button_defect")), ("human", line("button_human_now"))),
            keep={**slots.pending("return_lines"), "guide": done, "last_order": order},
        )
    ended = replace(desk, memory=desk.memory.model_copy(update={"guide": walk}))
    return (yield from handed(ended, line("guide_failed"), "guide_failed", "failed"))


def _bought(desk: Desk, walk: GuideWalk) -> Steps[tuple[str, str] | None]:
    """The order and line of these goods that may go back as faulty, of who has shown who they are."""
    if not walk.product or desk.situation.state.shopper(desk.situation.now).role == "visitor":
        return None
    try:
        orders = yield from ask("look_up_orders", LookUpOrders(product=walk.product, limit=10), Orders)
        for order in orders.items:
            for each in order.lines:
                if each.product != walk.product or order.status not in ("delivered", "partly_refunded"):
                    continue
                wanted = RequestReturn(
                    kind="return", order=order.order, lines=(LineAsked(line=each.line),), reason="defect"
                )
                offer = yield from ask("check_return", wanted, ReturnOffer)
                if offer.allowed:
                    return order.order, each.line
    except ToolRefused:
        return None
    return None


def _aside(desk: Desk, guide: GuideView, walk: GuideWalk, step: GuideStep, what: str) -> Steps[Answer]:
    """Said of the step without having tried it: how it is done, the step before, a moment, no more of it."""
    if what == "back" and len(walk.path) > 1:
        walk = walk.model_copy(update={"path": walk.path[:-1], "tried": _before(walk, walk.path[-2])})
        yield from noted(walk, "open")
    elif what == "back":
        return told(desk, guide, walk, line("guide_first"))
    elif what == "angry":
        yield from noted(walk, "person")
        return (yield from handed(desk, line("guide_angry"), "angry", "person"))
    shown = told(desk, guide, walk)
    if what == "how":
        return replace(shown, lines=_how(guide, step))
    if what == "doing":
        return replace(shown, lines=(line("guide_time"),))
    return _left(walk) if what == "give_up" else shown


def _how(guide: GuideView, step: GuideStep) -> tuple[Line, ...]:
    """What more the guide says of a step; else the step again, and that there is no more."""
    return (line("plain", text=step.more),) if step.more else (_step_line(guide, step), line("guide_no_more"))


def _left(walk: GuideWalk) -> Answer:
    return Answer(
        lines=(line("guide_left"),),
        choices=(("guide:again", line("button_step_again")), ("human", line("button_human"))),
        keep={"awaits": None, "pending": None, "guide": walk.model_copy(update={"asides": MOST_ASIDES})},
    )


def _before(walk: GuideWalk, number: int) -> tuple[TriedStep, ...]:
    """What was tried before a step, its own try taken back."""
    places = [place for place, each in enumerate(walk.tried) if each.number == number]
    return walk.tried[: places[-1]] if places else walk.tried


def told(desk: Desk, guide: GuideView, walk: GuideWalk, *before: Line) -> Answer:
    """The step a walk is at, word for word, with what can be said of it."""
    step = guide.steps[walk.path[-1] - 1]
    first = len(walk.path) == 1 and not step.answers
    own = _step_line(guide, step)
    last = line("two_lines", first=own, then=line("guide_tell_me")) if first else own
    if before:
        last = line("below", text=last)  # what is to be done is found at a glance
    buttons: list[tuple[str, Line]] = [
        (f"guide:answer:{step.number}.{place}", line("plain", text=answer.label))
        for place, answer in enumerate(step.answers)
    ] or [
        (f"guide:solved:{step.number}", line("button_step_solved")),
        (f"guide:not_yet:{step.number}", line("button_step_not_yet")),
    ]
    if len(walk.path) > 1:
        buttons.append(("guide:back", line("button_step_back")))
    walk = walk.model_copy(update={"told_at": desk.situation.now, "asides": 0})
    return Answer(
        lines=(*before, last),
        sources=(source(guide),),
        choices=(*buttons, PERSON),
        keep={"guide": walk, "awaits": "guide", "pending": None, "shown": (), **_focus(walk)},
    )


def source(guide: GuideView) -> Source:
    """Where what is told of a guide is written."""
    return Source(title=guide.title, article=guide.article, url=guide.url)


def _focus(walk: GuideWalk) -> dict[str, Any]:
    return {"focus": walk.product, "focus_title": walk.product_title} if walk.product else {}


def _step_line(guide: GuideView, step: GuideStep) -> Line:
    return line("guide_step", number=step.number, steps=len(guide.steps), text=step.text)


def _with(walk: GuideWalk, step: GuideStep, brought: Any, answer: str) -> GuideWalk:
    tried = TriedStep(number=step.number, text=step.text, brought=brought, answer=answer)
    return walk.model_copy(update={"tried": (*walk.tried, tried)})


def noted(walk: GuideWalk, outcome: WalkOutcome) -> Steps[None]:
    """Write down how far a walk has come."""
    told_so = NoteWalk(
        walk=walk.walk, guide=walk.guide, language=walk.language, mark=walk.mark, product=walk.product, path=walk.path,
        outcome=outcome,
    )  # fmt: skip
    yield from ask("note_walk", told_so, WalkNoted)


def end(desk: Desk, outcome: WalkOutcome) -> Steps[None]:
    """Write down that the walk under way, if there is one, ended in something else than its steps."""
    walk = active(desk)
    if walk is not None:
        yield from noted(walk, outcome)


def leave(desk: Desk) -> Steps[None]:
    """Another guide is begun: the one under way is left."""
    yield from end(desk, "left")


def handed(
    desk: Desk, words: Line, reason: str, outcome: WalkOutcome, *, urgent: bool = False
) -> Steps[Answer]:
    """A person goes on from here, with the steps tried on their card."""
    found = yield from ask("look_at_desk", LookAtDesk(), DeskView)
    lines, blocks = calling.handing_words(desk.shop, desk.language, found)
    keep: dict[str, Any] = {"awaits": None, "pending": None, "task": None, "misses": 0}
    if desk.memory.guide is not None and desk.memory.guide.outcome == "open":
        keep["guide"] = desk.memory.guide.model_copy(update={"outcome": outcome})
    calls = speak((Part(lines=lines),), desk.language, desk.shop)
    return Answer(
        lines=(words,),
        blocks=(*calls, *blocks),
        hand_off=reason,
        urgent=urgent,
        keep=keep,
    )


def interrupted(memory: Memory, walk: GuideWalk) -> Steps[Memory]:
    """A person takes over in the middle of a guide, for whatever reason: how far it came is written down."""
    yield from noted(walk, "person")
    return memory.model_copy(update={"guide": walk.model_copy(update={"outcome": "person"})})


def brought_up(situation: Situation, memory: Memory, *, untouched: bool) -> tuple[Memory, Part | None]:
    """After something else in between: the step that waits, brought up again a few times, and kept in mind."""
    walk = memory.guide
    if walk is None or not untouched or memory.awaits or not walk.under_way(situation.now):
        return memory, None
    greeted = situation.reading.has("greet")
    if walk.asides >= MOST_ASIDES and not greeted:
        return memory, None
    kept = walk.model_copy(update={"asides": 0 if greeted else walk.asides + 1})
    values = {"title": walk.title, "steps": walk.steps, "number": walk.path[-1]}
    part = Part(
        lines=(line("guide_resume", **values),),
        choices=(
            ("guide:again", line("button_step_again")),
            (f"guide:solved:{walk.path[-1]}", line("button_step_solved")),
            (f"guide:not_yet:{walk.path[-1]}", line("button_step_not_yet")),
            ("human", line("button_human")),
        ),
    )
    return memory.model_copy(update={"guide": kept, "awaits": "guide"}), part

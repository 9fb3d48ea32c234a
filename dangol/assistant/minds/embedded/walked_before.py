"""A walk that did not help the last time: a customer who says "still broken" is asked whether to go on with it."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.guide_walk import GuideWalk, TriedStep
from dangol.assistant.minds.embedded import guide_words, solving, walking
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ToolRefused, ask
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.guides import (
    EarlierWalk,
    FindGuide,
    GuideFound,
    GuidesFound,
    GuideStep,
    GuideView,
    LastWalk,
    LastWalkFound,
    OpenGuide,
)

_WAITS = "walked_before"
_GO_ON, _ANEW, _NO = "go_on", "anew", "none"
ANSWERS = frozenset({_GO_ON, _ANEW})
"""The buttons of the question whether to go on."""
_BUTTON_ON = ("guide:go_on", line("button_go_on"))
_BUTTON_ANEW = ("guide:anew", line("button_from_start"))
_BUTTON_OTHER = ("guide:none", line("button_other_trouble"))


def meant(desk: Desk) -> bool:
    """Whether somebody who has shown who they are says that it still does not work, and nothing is under way here."""
    memory, now = desk.memory, desk.situation.now
    if memory.pending or memory.task or desk.values("order_id"):
        return False
    walk = memory.guide
    if walk is not None and (walk.outcome != "open" or walk.under_way(now)):
        return False  # asked before in this conversation, or not over yet
    return desk.situation.state.shopper(now).role == "customer" and guide_words.still_wrong(desk.text)


def offered(job: Job) -> Job:
    """The last walk offered to go on with; the job a message would have had otherwise, where there is none."""

    def first_the_last_walk(desk: Desk) -> Steps[Answer]:
        found = yield from ask("last_walk", LastWalk(), LastWalkFound)
        if found.walk is not None and (yield from _of_it(desk, found.walk)):
            return (yield from _asked(desk, found.walk))
        return (yield from job(desk))

    return first_the_last_walk


def _of_it(desk: Desk, walk: EarlierWalk) -> Steps[bool]:
    """Whether the trouble told of may be the one of that walk: none is named, or one that its guide is for."""
    if (
        not desk.values("category")
        and not desk.values("product")
        and not guide_words.tells_symptom(desk.text)
    ):
        return True
    found = yield from ask("find_guide", FindGuide(symptom=desk.text), GuidesFound)
    return any(each.guide == walk.guide for each in found.items)


def _asked(desk: Desk, earlier: EarlierWalk) -> Steps[Answer]:
    """What was tried the last time, and whether to go on; a guide that is gone or was rewritten is said to be so."""
    date = earlier.at.astimezone(desk.shop.zone).date()
    before = yield from _in(earlier, earlier.language)
    spoken = before if earlier.language == desk.language else (yield from _in(earlier, desk.language))
    guide = spoken or before
    if guide is None:
        return Answer(
            lines=(line("guide_last_gone", date=date), line("guide_rather_person")),
            choices=(walking.PERSON, _BUTTON_OTHER),
            keep={"awaits": None, "pending": None},
        )
    told = {"date": date, "title": guide.title}
    own = () if guide is spoken else (line("guide_in_its_own"),)
    if before is None or not _leads_alike(before, guide):
        return _question(_taken_up(desk, guide, earlier, ()), line("guide_last_differs", **told), *own)
    if before.mark != earlier.mark:
        return _question(_taken_up(desk, guide, earlier, ()), line("guide_last_changed", **told), *own)
    walk = _taken_up(desk, guide, earlier, earlier.path)
    if earlier.outcome == "failed":
        return _question(walk, line("guide_last_failed", **told), *own)
    tried = line("guide_last", **told, tried=earlier.tried, steps=len(guide.steps))
    return _question(walk, tried, *own, on=True)


def _in(earlier: EarlierWalk, language: str) -> Steps[GuideView | None]:
    """The guide of a walk in a language; None where there is none, or no more."""
    try:
        return (yield from ask("open_guide", OpenGuide(guide=earlier.guide, language=language), GuideView))
    except ToolRefused:
        return None


def _leads_alike(one: GuideView, other: GuideView) -> bool:
    """Whether a step's number means the same in both languages of a guide, as far as where it leads tells."""
    ways = [
        [[(each.step, each.ends) for each in step.answers] for step in guide.steps] for guide in (one, other)
    ]
    return ways[0] == ways[1]


def _question(walk: GuideWalk, *told: Line, on: bool = False) -> Answer:
    """Whether to go `on` with the step told last, or else from the start."""
    pending = Pending(intent=_WAITS, awaits="choice", value=_GO_ON if on else _ANEW)
    asked = line("guide_go_on", number=walk.path[-1]) if on else line("guide_from_start")
    return Answer(
        lines=(*told, asked),
        choices=(*((_BUTTON_ON,) if on else ()), _BUTTON_ANEW, _BUTTON_OTHER, walking.PERSON),
        keep={"guide": walk, "awaits": "choice", "pending": pending, "shown": ()},
    )


def _taken_up(desk: Desk, guide: GuideView, earlier: EarlierWalk, path: tuple[int, ...]) -> GuideWalk:
    """The walk as this conversation keeps it in mind: left, until somebody wants to go on."""
    steps = [guide.steps[number - 1] for number in path]
    tried = [_tried(*each) for each in zip(steps, (*path[1:], 0), strict=False)]
    return GuideWalk(
        walk=earlier.walk,
        guide=earlier.guide,
        language=guide.language,
        title=guide.title,
        mark=guide.mark,
        symptom=desk.text[:200],
        steps=len(guide.steps),
        product=earlier.product,
        path=path,
        tried=tuple(tried[: earlier.tried]),
        outcome="left",
        told_at=desk.situation.now,
    )


def _tried(step: GuideStep, following: int) -> TriedStep:
    """What a step brought, as far as the step that came after it tells."""
    label = next((each.label for each in step.answers if each.step == following and not each.ends), "")
    return TriedStep(
        number=step.number, text=step.text, brought="answered" if label else "not_solved", answer=label
    )


def said(desk: Desk) -> Desk | None:
    """The message as an answer to the question whether to go on; None when it is none."""
    pending = desk.memory.pending
    if pending is None or pending.intent != _WAITS or desk.situation.heard.choice not in (None, "yes", "no"):
        return None
    names = [intent.name for intent in desk.situation.reading.intents]
    if guide_words.from_start(desk.text):
        return replace(desk, argument=_ANEW)
    if guide_words.of_step(desk.text) == "again":
        return replace(desk, argument=pending.value)
    if desk.situation.heard.choice == "yes" or (names == ["affirm"] and not desk.entities):
        return replace(desk, argument=pending.value)
    no = desk.situation.heard.choice == "no" or (
        names in (["deny"], ["cancel_dialogue"]) and not desk.entities
    )
    return replace(desk, argument=_NO) if no else None


def answered(desk: Desk) -> Steps[Answer]:
    """Gone on with the step that was told last, begun anew, or left for another trouble."""
    walk = desk.memory.guide
    if walk is None or desk.argument == _NO:
        return (yield from solving.other(desk))
    if desk.argument == _ANEW or not walk.path:
        found = GuideFound(
            guide=walk.guide,
            language=walk.language,
            title=walk.title,
            product=walk.product,
            score=1.0,
            sure=True,
        )
        return (
            yield from solving.begin(
                replace(desk, entities=()), walk.guide, walk.language, walk.symptom, found
            )
        )
    walk = walk.model_copy(update={"outcome": "open", "told_at": desk.situation.now})
    yield from walking.noted(walk, "open")
    memory = desk.memory.model_copy(update={"guide": walk})
    return (yield from walking.answered(replace(desk, argument="again", memory=memory)))

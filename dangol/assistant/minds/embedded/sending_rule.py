"""By when goods must be on their way back once a return is registered, by the articles; a day nobody wrote is not made up."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import policies, return_slots
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.policies import AskPolicy, GapNoted, NoteGap, Passage, PolicyAnswer

_BY_WHEN = re.compile(
    r"(?i)언제까지|(?:며칠|몇\s?일|얼마)\s?(?:안|내|이내|까지)|기한|\bby when\b|\bhow (?:long|many days|much time|soon) (?:do|have|must|should|can|will)?\s?i\b|\buntil when\b|\bdeadline\b|\bwhen (?:do|must|should) i\b|\b(?:what|which) (?:date|day)\b|\blast day\b|\bby what\b"
)
_SENDS = re.compile(
    r"(?i)보내|보낼|부치|부쳐|부칠|발송|반송|\b(?:send|ship|mail|post|drop (?:it|them|this|that)? ?off|hand (?:it|them) over|get (?:it|them) back)\b"
)
_OF_A_RETURN = re.compile(
    r"(?i)(?:반품|교환|회수|환불)|\b(?:return\w*|exchang\w*|refund\w*|rma|label|send (?:it|them|this|that|the \w+) back|ship (?:it|them|this|that|the \w+) back)\b"
)
_LATELY = frozenset({"return_item", "exchange_item", "report_item_problem", "track_refund"})
_QUESTION = {
    "ko": "반품을 접수한 뒤 상품을 며칠 안에 보내야 하나요",
    "en": "within how many days must I send the goods after registering a return",
}
# a passage that tells it: goods go back, and within so many days
_TELLS = re.compile(
    r"(?i)(?=.*(?:반품|교환|회수))(?=.*(?:보내\s?주|보내셔|보내야|부쳐|부치|발송해|반송해))(?=.*\d+\s?(?:일|주)\s?(?:안|내|이내|까지))"
    r"|(?=.*\breturn)(?=.*\b(?:send|ship|post|mail|drop|hand)\b)(?=.*(?:\d+|\b(?:two|three|seven|ten|fourteen|thirty))\s(?:business |working )?(?:days?|weeks?)\b)"
)
_PERSON = ("human", line("button_human"))


def asked(desk: Desk) -> Desk | None:
    """ "반품 접수하고 언제까지 보내야 해요?", "by when must I send it back": of goods that go back, and no delivery to come."""
    pending = desk.memory.pending
    asked_for = (
        pending is not None
        and pending.intent in return_slots.INTENTS
        and pending.awaits in return_slots.AWAITS
    )
    if desk.situation.state.shopper(desk.situation.now).role != "visitor" and not asked_for:
        return None  # of one's own return it is told what that one waits for
    if desk.memory.task == "checkout" or not (_BY_WHEN.search(desk.text) and _SENDS.search(desk.text)):
        return None
    lately = bool(_LATELY & set(desk.memory.last_intents)) or (
        pending is not None and pending.intent in _LATELY
    )
    of_a_return = _OF_A_RETURN.search(desk.text) or lately or _just_registered(desk)
    return desk.with_intent("ask_return_policy") if of_a_return else None


def _just_registered(desk: Desk) -> bool:
    return any(each.id == "intent:track_refund" for each in desk.memory.offered)


def by_when(desk: Desk) -> Steps[Answer]:
    """What the articles say; else that they do not."""
    rule = yield from _rule(desk)
    answer = policies.quoted(desk, rule) if rule is not None else (yield from _unwritten(desk))
    return _kept_open(desk, answer)


def _rule(desk: Desk) -> Steps[PolicyAnswer | None]:
    """What an article says of it, in the shopper's language or in the shop's."""
    for language in sorted(_QUESTION, key=lambda each: each != desk.language):
        asked_plainly = AskPolicy(question=_QUESTION[language], topics=("returns",), language=language)
        found = yield from ask("ask_policy", asked_plainly, PolicyAnswer)
        telling = tuple(each for each in found.passages if _tells(each))
        if telling:
            return found.model_copy(update={"passages": telling})
    return None


def _tells(passage: Passage) -> bool:
    return _TELLS.search(" ".join(passage.text.split())) is not None


def _unwritten(desk: Desk) -> Steps[Answer]:
    """No day is written: said so, with the days there are to ask for a return, and a person."""
    yield from ask("note_gap", NoteGap(question=desk.text), GapNoted)
    question = policies.HOW_LONG["ko" if desk.language == "ko" else "en"]
    window = yield from ask("ask_policy", AskPolicy(question=question, topics=("returns",)), PolicyAnswer)
    quoted = policies.quoted(desk, window) if window.passages else None
    return Answer(
        lines=(line("send_by_unwritten"), *(quoted.lines[:1] if quoted else ())),
        sources=quoted.sources if quoted else (),
        choices=(_PERSON,),
        keep={"awaits": None, "pending": None, "offered_person": True},
    )


def _kept_open(desk: Desk, answer: Answer) -> Answer:
    """A return that is being asked for stays open beside the answer."""
    pending = desk.memory.pending
    if pending is None or pending.intent not in _LATELY:
        return answer
    return replace(
        answer,
        keep={**answer.keep, "beside": True, "awaits": desk.memory.awaits or "choice", "pending": pending},
    )

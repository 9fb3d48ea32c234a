"""Policies: what the shop's own articles say, word for word and with their source; what they do not say is said."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from typing import Any

from dangol.assistant.minds.embedded import opened_goods, return_costs
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.opening import hours_lines
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.people import MyData, Nothing
from dangol.contracts.shopfloor.policies import AskPolicy, GapNoted, NoteGap, Passage, PolicyAnswer
from dangol.kernel.blocks import Source

MOST_PASSAGES = 2

# the subject an intent asks about, for finding the article
TOPICS = {
    "ask_return_policy": ("returns",),
    "ask_cancel_policy": ("cancellation",),
    "ask_delivery": ("delivery",),
    "ask_payment_methods": ("payment-methods",),
    "ask_promotion": (),
    "return_item": ("returns",),
    "exchange_item": ("exchange",),
    "cancel_order": ("cancellation",),
    "track_refund": ("refund",),
    "change_order": ("order-changes",),
}

# the same question in the plainest words, for when the shopper's own lead to no article
_PLAINLY = {
    "ask_return_policy": {"ko": "반품은 어떻게 하나요", "en": "how do I return something"},
    "ask_cancel_policy": {"ko": "주문을 취소할 수 있나요", "en": "can I cancel my order"},
    "ask_payment_methods": {"ko": "결제 수단은 무엇이 있나요", "en": "which payment methods are there"},
}


_IN_GENERAL = re.compile(
    r"(?i)(?:반품|환불|교환)\s?(?:정책|규정|규칙|기준|조건|방침)|\b(?:returns?|refunds?|exchanges?) (?:polic|rules?|terms)|\bpolicy (?:on|for) (?:returns?|refunds?)"
)
HOW_LONG = {"ko": "받은 날부터 며칠 안에 반품하나요", "en": "within how many days can I return"}


def ask_policy(desk: Desk) -> Steps[Answer]:
    """Anything in the shop's policies; an unwritten answer is noted as a gap and a person is offered."""
    answer = yield from policy_part(desk)
    if answer is not None:
        return answer
    return (yield from unwritten(desk))


def policy_part(desk: Desk) -> Steps[Answer | None]:
    """What the articles say to this request; None when they do not."""
    topics = tuple(dict.fromkeys((*map(str, desk.values("topic")), *TOPICS.get(desk.intent, ()))))
    found = yield from ask("ask_policy", AskPolicy(question=desk.text, topics=topics), PolicyAnswer)
    if desk.intent == "ask_return_policy" and _IN_GENERAL.search(desk.text):
        found = yield from _days_first(desk, found)
    if desk.intent in ("ask_return_policy", "return_item", "exchange_item"):
        found = yield from return_costs.first(desk, found, topics)
        found = yield from opened_goods.first(desk, found)
    if not found.passages and desk.intent in _PLAINLY:
        plainly = _PLAINLY[desk.intent]["ko" if desk.language == "ko" else "en"]
        found = yield from ask("ask_policy", AskPolicy(question=plainly, topics=topics), PolicyAnswer)
    if not found.passages:
        return None
    return quoted(desk, found)


def of_opened(desk: Desk) -> Steps[Answer | None]:
    """What the articles say of goods in the state that is asked about; None when they say nothing of it."""
    found = yield from opened_goods.first(desk, PolicyAnswer(passages=()))
    return quoted(desk, found) if found.passages else None


def _days_first(desk: Desk, found: PolicyAnswer) -> Steps[PolicyAnswer]:
    """Asked of returns as a whole: within how many days, then what speaks most of what was asked."""
    question = HOW_LONG["ko" if desk.language == "ko" else "en"]
    days = yield from ask("ask_policy", AskPolicy(question=question, topics=("returns",)), PolicyAnswer)
    others = tuple(
        each for each in found.passages if each.text not in {one.text for one in days.passages[:1]}
    )
    return found.model_copy(update={"passages": (*days.passages[:1], *others)})


def quoted(desk: Desk, found: PolicyAnswer) -> Answer:
    """Passages as an answer: one paragraph each, with its article."""
    passages = _chosen(found, desk.language)
    lines: list[Line] = []
    if passages[0].language != desk.language:
        lines.append(line("in_other_language"))
    lines += [line("plain", text=passage.text) for passage in passages]
    sources = {
        passage.article: Source(title=passage.title, article=passage.article, url=passage.url)
        for passage in passages
    }
    choices = (("human", line("button_human")),) if found.conflict else ()
    if found.conflict:
        lines.append(line("articles_disagree"))
    return Answer(
        lines=tuple(lines),
        sources=tuple(sources.values()),
        choices=choices,
        keep={"awaits": None, "pending": None},
    )


def _chosen(found: PolicyAnswer, language: str) -> list[Passage]:
    best = found.passages[0]
    own = [each for each in found.passages if each.language == language and each.score >= best.score * 0.6]
    best = own[0] if own else best  # what is written in the shopper's language, where it answers as well
    close = [
        each
        for each in found.passages
        if each.language == best.language and each.score >= best.score * 0.9 and each.text != best.text
    ]
    return [best, *close][:MOST_PASSAGES]


def unwritten(desk: Desk) -> Steps[Answer]:
    """Nobody has written about it: say so, note the gap, offer a person."""
    yield from ask("note_gap", NoteGap(question=desk.text), GapNoted)
    return Answer(
        lines=(line("not_written"),),
        choices=(("human", line("button_human")), ("intent:ask_contact", line("button_contact"))),
        keep={"awaits": None, "pending": None, "offered_person": True},
    )


def about_order(desk: Desk) -> Steps[Answer]:
    """A wish about an order that only a person can carry out yet: the rule from the articles, then the person."""
    answer = yield from policy_part(desk)
    lines = (*(answer.lines if answer else ()), line("person_does_this"))
    keep: dict[str, Any] = {"awaits": None, "pending": None, "offered_person": True}
    return Answer(
        lines=lines,
        sources=answer.sources if answer else (),
        choices=(("human", line("button_human_now")),),
        keep=keep,
    )


def ask_contact(desk: Desk) -> Steps[Answer]:
    """How the shop itself is reached."""
    yield from ()
    contact, hours = desk.shop.contact, desk.shop.hours
    if not contact.email and not contact.phone:
        return (yield from ask_policy(desk))
    lines = [line("contact", ways=[each for each in (contact.phone, contact.email) if each])]
    if hours:
        lines.append(line("contact_hours", hours=hours_lines(hours)))
    return Answer(lines=tuple(lines), choices=(("human", line("button_human")),), keep={"awaits": None})


def ask_my_data(desk: Desk) -> Steps[Answer]:
    """What is stored, what for and how long; how to have it erased and how to switch the assistant off."""
    data = yield from ask("view_my_data", Nothing(), MyData)
    rows = [line("data_row", name=each.name, purpose=each.purpose, period=each.period) for each in data.items]
    lines = [line("my_data_conversation"), *([line("my_data", rows=rows)] if rows else [])]
    return Answer(
        lines=(*lines, line("my_data_ways")),
        choices=(
            (
                "personal:off" if data.personal else "personal:on",
                line("button_personal_off" if data.personal else "button_personal_on"),
            ),
            ("ai:off", line("button_ai_off")),
            ("account:close", line("button_account_close")),
            ("human", line("button_human")),
        ),
        keep={"awaits": None, "pending": None},
    )

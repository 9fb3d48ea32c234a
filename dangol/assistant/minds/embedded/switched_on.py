"""What of the requests known by their words a shop has switched on."""

from __future__ import annotations

from dangol.assistant.minds.embedded import (
    damage,
    delivering,
    looking_back,
    offering,
    return_rules,
    returning,
    sending_back,
    sending_rule,
    talking,
    till,
)
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.jobs import answers_its_faq_alone, ticked
from dangol.assistant.minds.embedded.known import known_request
from dangol.assistant.minds.embedded.steps import Job

_OF_FAQ: frozenset[Job] = frozenset(
    {
        sending_rule.by_when, return_rules.told_beside, looking_back.show_again, offering.never, talking.talk_to_human,
        talking.complain, returning.ask_return_policy, sending_back.by_when, damage.if_damaged, delivering.ask_delivery,
        till.safe_payment,
    }
)  # fmt: skip


def known(desk: Desk) -> tuple[Desk, Job] | None:
    """The request a message makes by its very words, where the operator has switched on what it belongs to."""
    found = known_request(desk)
    if found is None:
        return None
    said, job = found
    if answers_its_faq_alone(desk) and job not in _OF_FAQ:
        return None
    return found if ticked(said, said.intent, job) is job else None

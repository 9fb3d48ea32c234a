"""To whom a waiting conversation goes: pure, so that fairness can be shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dangol.helpdesk.model import Colleague, ThreadRow


def choose(
    row: ThreadRow, colleagues: Sequence[Colleague], skills: frozenset[str] = frozenset()
) -> Colleague | None:
    """Who gets it; None when nobody is free for it.

    Whom the shopper is to come back to comes first, above any capacity; then whoever had it last; then who has the
    skill, speaks the language, and has the least before them. A team's conversation goes to the team alone.
    """
    there = [each for each in colleagues if each.presence == "online"]
    wanted = next((each for each in there if each.id == row.wanted), None)
    if wanted is not None:
        return wanted
    fitting = [each for each in there if _fits(row, each)]
    return min(fitting, key=lambda each: _order(row, each, skills), default=None)


def suits(row: ThreadRow, languages: Sequence[str], teams: Sequence[str]) -> bool:
    """Whether somebody who speaks these languages and is in these teams may serve a conversation."""
    return (not languages or row.language in languages) and (not row.team or row.team in teams)


def _fits(row: ThreadRow, colleague: Colleague) -> bool:
    return colleague.open < colleague.capacity and suits(row, colleague.languages, colleague.teams)


def _order(row: ThreadRow, colleague: Colleague, skills: frozenset[str]) -> tuple[bool, int, float, str]:
    load = colleague.open / max(colleague.capacity, 1)
    return (colleague.id != row.last_owner, -len(skills & set(colleague.skills)), load, colleague.id)


# intent → the skill it asks for
_SKILLS = {
    "return_item": "returns",
    "exchange_item": "returns",
    "track_refund": "returns",
    "ask_return_policy": "returns",
    "report_item_problem": "returns",
    "cancel_order": "orders",
    "change_order": "orders",
    "track_order": "orders",
    "list_orders": "orders",
    "ask_delivery": "orders",
    "report_payment_problem": "payments",
    "ask_payment_methods": "payments",
    "find_product": "products",
    "recommend": "products",
    "ask_size_advice": "products",
    "ask_product_info": "products",
    "compare_products": "products",
}


def skills_for(intents: Sequence[str]) -> frozenset[str]:
    """The skills a conversation asks for."""
    return frozenset(_SKILLS[name] for name in intents if name in _SKILLS)


def ran_out(row: ThreadRow, now: datetime, answer_within: timedelta) -> bool:
    """Has the shopper waited too long for the one who has the conversation?"""
    if row.state != "person" or row.waiting_since is None:
        return False
    since = max(row.waiting_since, row.assigned_at or row.waiting_since)
    return now - since > answer_within

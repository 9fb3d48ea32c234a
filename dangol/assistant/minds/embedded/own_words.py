"""Of a message that asks several things the words and the things named that belong to each."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.understanding.reading import Clause, Intent

_WHOSE = frozenset({"order_id", "email"})  # told once for all that a message asks


def of_request(desk: Desk, intent: Intent, name: str, *, alone: bool) -> Desk:
    """The part of the message that belongs to one of several requests."""
    named = replace(desk, intent=name)
    if alone:
        return named
    clause = _clause_of(desk, intent)
    if clause is None:
        return named
    own = tuple(
        each for each in desk.entities if clause.start <= each.start < clause.end or each.type in _WHOSE
    )
    return replace(named, text=clause.text, entities=own)


def _clause_of(desk: Desk, intent: Intent) -> Clause | None:
    for clause in desk.situation.reading.clauses:
        if any(each.name == intent.name for each in clause.intents[:1]):
            return clause
    for clause in desk.situation.reading.clauses:
        if any(each.name == intent.name for each in clause.intents):
            return clause
    return None

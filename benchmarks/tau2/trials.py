"""The benchmark as it is meant: tasks played by two models several times, the state compared at the end of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from benchmarks.tau2 import exporting
from benchmarks.tau2.customer import Customer
from benchmarks.tau2.dialogue import Dialogue, Outcome
from benchmarks.tau2.face import Face
from benchmarks.tau2.reference import NotAllowed, Reference
from benchmarks.tau2.replay import differences, owner
from benchmarks.tau2.shape import Json
from dangol.contracts.language_model import LanguageModel
from dangol.kernel.shop import Shop

Connection = Any
ModelFor = Callable[[Json, int], LanguageModel]
"""Who plays a part in a trial of a task: a real model is the same every time, a script may know its task."""


@dataclass(frozen=True)
class Counter:
    """The shop the trials are played in: who serves, who comes, by which policy."""

    shop: Shop
    db: Json
    policy: str
    agent: ModelFor
    customer: ModelFor
    now: datetime
    turns: int = 30  # messages of a customer
    seconds: float = 180.0  # a small machine takes its time


@dataclass
class Trial:
    """One trial of a task."""

    task: str
    outcome: Outcome
    right: bool  # the state at the end is that of the task's own actions
    told: bool  # and everything the customer had to be told was said
    forbidden: list[str] = field(
        default_factory=list
    )  # what stands otherwise than the rules make of the calls done
    differs: list[str] = field(default_factory=list)


class _Over(Exception):
    """Thrown to leave a trial's transaction, so that the next one finds the shop as it was."""


async def try_task(conn: Connection, at: Counter, task: Json, number: int) -> Trial:
    """Play a task once, in a transaction of its own that is undone again.

    It stays open while the models are asked: the shop is the benchmark's own, nobody else waits for it.
    """
    played: list[Trial] = []
    try:
        async with conn.transaction():
            played.append(await _try(conn, at, task, number))
            raise _Over
    except _Over:
        return played[0]


async def _try(conn: Connection, at: Counter, task: Json, number: int) -> Trial:
    customer = Customer(task, at.customer(task, number), at.seconds)
    face, agent = Face(conn, at.shop, at.now), at.agent(task, number)
    dialogue = Dialogue(face, agent, customer, at.policy, at.seconds, at.turns)
    outcome = await dialogue.run()
    there = await exporting.export(conn)
    differs = differences(after(at.db, gold(task), owner(at.db, gold(task))).db, there)
    rules = after(at.db, [{"name": name, "arguments": args} for name, args in outcome.done], None)
    return Trial(
        str(task["id"]),
        outcome,
        right=not differs and not outcome.trouble,
        told=all(_was_said(each, outcome.said) for each in _to_tell(task)),
        forbidden=differences(rules.db, there),
        differs=differs,
    )


def gold(task: Json) -> list[Json]:
    """The actions that solve a task."""
    return (task.get("evaluation_criteria") or {}).get("actions") or []


def _to_tell(task: Json) -> list[str]:
    return (task.get("evaluation_criteria") or {}).get("communicate_info") or []


def after(db: Json, actions: list[Json], person: str | None) -> Reference:
    """What the benchmark's rules make of its database by these actions, those not allowed left out."""
    rules = Reference(db)
    if not any(each["name"].startswith("find_user") for each in actions):
        rules.person = person
    for action in actions:
        try:
            rules.call(action["name"], dict(action["arguments"]))
        except NotAllowed:
            continue
    return rules


def _was_said(info: str, said: list[str]) -> bool:
    return info.lower() in " ".join(said).lower().replace(",", "")


def as_rows(trials: list[Trial]) -> str:
    """Every trial with its words, as JSON lines: to read what happened."""
    return "".join(
        json.dumps(
            {
                "task": each.task, "right": each.right, "differs": each.differs, "said": each.outcome.said,
                "done": each.outcome.done, "held_back": each.outcome.held_back, "trouble": each.outcome.trouble,
            }, ensure_ascii=False,
        ) + "\n"
        for each in trials
    )  # fmt: skip

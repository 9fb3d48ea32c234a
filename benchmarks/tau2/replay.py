"""The gold actions of each task played through the shop and through the benchmark's own rules, end states compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from benchmarks.tau2 import exporting
from benchmarks.tau2.face import Face
from benchmarks.tau2.reference import CHANGING, NotAllowed, Reference
from benchmarks.tau2.shape import Json, number_of
from dangol.kernel.errors import Refused
from dangol.kernel.shop import Shop

Connection = Any
_LONGEST = 600


@dataclass
class Played:
    """A task that was played: how many calls, how many of them failed on both sides, and what differed."""

    task: str
    calls: int = 0
    failed: int = 0
    changed: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """Whether both sides did the same and stand the same."""
        return not self.misses


class _PlayedOut(Exception):
    """Thrown to leave a task's transaction, so that the next one finds the shop as it was."""


async def play(conn: Connection, shop: Shop, db: Json, task: Json, now: datetime) -> Played:
    """Play the gold actions of a task in a transaction of its own that is undone again."""
    played = Played(str(task["id"]))
    try:
        async with conn.transaction():
            await _play(conn, shop, db, task, now, played)
            raise _PlayedOut
    except _PlayedOut:
        return played


async def _play(conn: Connection, shop: Shop, db: Json, task: Json, now: datetime, played: Played) -> None:
    actions = (task.get("evaluation_criteria") or {}).get("actions") or []
    both = Both(Face(conn, shop, now), Reference(db), played)
    if not any(each["name"].startswith("find_user") for each in actions):
        await both.serve(owner(db, actions))
    for action in actions:
        await both.call(action["name"], action["arguments"])
    await both.compare()


def owner(db: Json, actions: list[Json]) -> str | None:
    """Whose order or profile the actions are about first."""
    for action in actions:
        order = db["orders"].get(action["arguments"].get("order_id"))
        user = order["user_id"] if order else action["arguments"].get("user_id")
        if user in db["users"]:
            return str(user)
    return None


@dataclass
class Both:
    """The shop and the benchmark's own rules, side by side; what differs is noted."""

    ours: Face
    theirs: Reference
    played: Played
    narrow: bool = False  # compare only who is served, for speed; the rest is compared once at the end

    async def serve(self, user: str | None) -> None:
        """Begin with a customer who has shown who they are; None: with nobody."""
        if user is not None:
            await self.ours.sign_in(user)
            self.theirs.person = user

    async def call(self, name: str, arguments: Json) -> bool:
        """One call on both sides: both do it with the same answer, or both refuse and nothing has changed.

        Returns whether it was done.
        """
        said, meant = await self._said(name, arguments), self._meant(name, arguments)
        refused, forbidden = isinstance(said, Refused), isinstance(meant, NotAllowed)
        self.played.calls += 1
        self.played.failed += refused
        self.played.changed += not refused and name in CHANGING
        if refused != forbidden or not (refused or said == meant):
            self.played.misses.append(f"{name} {arguments}: {said!r} instead of {meant!r}"[:_LONGEST])
        if refused and forbidden:
            await self.compare(f"{name} {arguments} was refused and changed something: ")
        return not refused

    async def _said(self, name: str, arguments: Json) -> Any:
        try:
            return await self.ours.call(name, dict(arguments))
        except Refused as no:
            return no

    def _meant(self, name: str, arguments: Json) -> Any:
        try:
            return self.theirs.call(name, dict(arguments))
        except NotAllowed as no:
            return no

    async def compare(self, why: str = "") -> None:
        """Note what stands otherwise with us than by the rules."""
        found = differences(*await self._states())
        self.played.misses += [f"{why}{each}"[:_LONGEST] for each in found]

    async def _states(self) -> tuple[Json, Json]:
        conn, person = self.ours.conn, self.theirs.person
        if not self.narrow:
            return self.theirs.db, await exporting.export(conn)
        if person is None:
            return {}, {}
        user = self.theirs.db["users"][person]
        numbers = [number_of(each) for each in user["orders"]]
        meant = {
            "users": {person: user},
            "orders": {each: self.theirs.db["orders"][each] for each in user["orders"]},
        }
        users = await exporting.users(conn, [person])
        return meant, {"users": users, "orders": await exporting.orders(conn, numbers)}


def differences(meant: Json, there: Json, limit: int = 5) -> list[str]:
    """What stands otherwise than it should, a line a thing."""
    found = []
    for kind in sorted(set(meant) | set(there)):
        wanted, had = meant.get(kind, {}), there.get(kind, {})
        for key in sorted(set(wanted) | set(had)):
            if wanted.get(key) != had.get(key):
                found.append(f"{kind} {key}: {had.get(key)!r} instead of {wanted.get(key)!r}")
    return found[:limit]

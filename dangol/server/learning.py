"""The learning room in this house: who is at its door, what it may read, whom it tells."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

import structlog
from fastapi import Request

from dangol.assistant.understanding.corpus import ENTITIES
from dangol.assistant.understanding.reading import Context
from dangol.contracts.embedder import Embedder
from dangol.helpdesk import api as helpdesk
from dangol.kernel.clock import Clock
from dangol.kernel.shop import Shop
from dangol.learning import api as learning
from dangol.server.archive import ConversationArchive
from dangol.server.database import Connection
from dangol.server.metrics import AGREEMENT, AGREEMENT_DROPS
from dangol.server.reader import ShopReader
from dangol.server.staff.door import Door, StaffParts

log = structlog.get_logger(__name__)

StaffAtTheDoor = Callable[[Request], Awaitable[learning.Colleague]]
_PERSONAL = frozenset({"person", "phone", "email", "address", "postcode", "order_id", "tracking_no"})


def signed_in(parts: StaffParts) -> StaffAtTheDoor:
    """Whoever has signed in: all may look and teach, who writes the articles decides, who talks to shoppers sees who
    they are."""
    admit = Door(parts).needs()

    async def colleague(request: Request) -> learning.Colleague:
        staff = (await admit(request)).staff
        permissions = helpdesk.MAY[staff.role]
        may: set[learning.Ability] = {"look", "teach"}
        if "edit_knowledge" in permissions:
            may.add("decide")
        if "converse" in permissions:
            may.add("see_personal")
        return learning.Colleague(staff.id, frozenset(may))

    return colleague


@dataclass(frozen=True)
class TaughtReader:
    """The shop's own reader, as the learning room asks it: a text by itself, without a conversation."""

    reader: ShopReader
    shop: Callable[[], Shop]
    clock: Clock

    def guess(self, text: str, language: str | None = None) -> learning.Guess:
        """Read a text as the first message of a conversation."""
        shop = self.shop()
        today = self.clock.now().astimezone(shop.zone).date()
        reading = self.reader.read(text, Context(language=language, languages=shop.languages, today=today))
        return learning.Guess(
            language=reading.language,
            intents=tuple((intent.name, intent.confidence) for intent in reading.intents),
            personal=tuple(one.text for one in reading.entities if one.type in _PERSONAL),
        )

    def intents(self) -> frozenset[str]:
        """The intents it knows."""
        return frozenset(self.reader.intents)

    def entities(self) -> frozenset[str]:
        """The types of entities it knows."""
        return ENTITIES


def learning_parts(
    open_connection: Callable[[], AbstractAsyncContextManager[Connection]],
    embedder: Embedder,
    reader: ShopReader,
    shop: Callable[[], Shop],
    clock: Clock,
    staff: StaffAtTheDoor,
) -> learning.Parts:
    """What the doors of the learning room stand on."""
    return learning.Parts(
        open_connection=open_connection,
        staff=staff,
        archive=ConversationArchive(),
        reader=TaughtReader(reader, shop, clock),
        likeness=learning.Likeness(embedder),
        shop=shop,
        clock=clock,
        told=tell_of_agreement,
    )


def tell_of_agreement(standings: list[learning.Standing]) -> None:
    """Agreement as a figure for monitoring, and a drop in the log."""
    for one in standings:
        if one.now.share is not None:
            AGREEMENT.labels(one.language).set(one.now.share)
        if one.dropped:
            AGREEMENT_DROPS.labels(one.language).inc()
            log.warning(
                "readings are agreed with less often than before",
                language=one.language,
                agreed=one.now.agreed,
                judged=one.now.judged,
                agreed_before=one.before.agreed,
                judged_before=one.before.judged,
            )


async def keep_learning(conn: Connection, shop: Shop, now: datetime) -> None:
    """Keep up with the conversations, draw the day's sample, look whether agreement has dropped."""
    await learning.catch_up(conn, ConversationArchive())
    await learning.draw_sample(conn, now, shop.zone)
    tell_of_agreement(await learning.look_for_drop(conn, now, shop.zone))

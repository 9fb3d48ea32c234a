"""What a shopper liked, followed or saved elsewhere: taken in with their recorded consent alone, for ranking alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, get_args

from psycopg import AsyncConnection

from dangol.catalog import service, words
from dangol.catalog.records import shoppers
from dangol.customers import api as customers
from dangol.kernel.errors import Refused
from dangol.kernel.tools import Shopper

SocialKind = Literal["like", "follow", "save"]
PURPOSE = "social_signals"


class NoConsent(Refused):
    """The shopper has not agreed that what they do elsewhere is used here, or has switched personalisation off."""

    code = "no_consent"
    status = 403


class NothingNamed(Refused):
    """The sign names neither a product nor a kind of goods this shop knows."""

    code = "nothing_named"
    status = 422


async def note_social(
    conn: AsyncConnection[Any],
    shopper: Shopper,
    kind: SocialKind,
    *,
    network: str,
    product: str | None,
    topic: str,
    now: datetime,
) -> bool:
    """Keep one sign from a social network: a product by its handle, or a topic in words ("등산", "hiking boots").

    The same sign is kept once; False when it stands already. Raises NoConsent, NothingNamed, NotFound.
    """
    async with conn.transaction():
        if not await _agreed(conn, shopper, network):
            raise NoConsent(network=network)
        product_id, handle, categories = None, "", words.find_slugs("category", topic) if topic else ()
        if product:
            found = await service.product(conn, product)
            product_id, handle = found.id, found.handle
        if product_id is None and not categories:
            raise NothingNamed(topic=topic)
        text = f"{network}:{handle or topic}"[:200]
        if await shoppers.noted(conn, shopper.key, kind, text):
            return False
        await shoppers.note(
            conn, shopper.key, kind, now, product_id=product_id, text=text, categories=categories
        )
        return True


async def forget_social(conn: AsyncConnection[Any], shopper_key: str) -> int:
    """Delete every sign of a shopper from social networks; how many it were."""
    return await shoppers.forget_kinds(conn, shopper_key, get_args(SocialKind))


async def _agreed(conn: AsyncConnection[Any], shopper: Shopper, network: str) -> bool:
    if not await customers.personal(conn, shopper.key):
        return False
    given = await customers.consents(conn, shopper.key)
    return any(
        each.purpose == PURPOSE and each.channel == network and each.withdrawn is None for each in given
    )

"""The understanding with the names of this shop, kept current."""

from __future__ import annotations

import asyncio

from dangol.assistant.understanding.lexicon import Named, ShopLexicon
from dangol.assistant.understanding.reading import Context, Reading
from dangol.assistant.understanding.understanding import Understanding
from dangol.kernel.shop import Shop
from dangol.server.database import Connection


class ShopReader:
    """Reads messages; knows the shop's products, brands, categories, branches and coupons by name."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding

    @classmethod
    async def open(cls, conn: Connection, understanding: Understanding, shop: Shop) -> ShopReader:
        """A reader that knows the names as they are now."""
        reader = cls(understanding)
        await reader.refresh(conn, shop)
        return reader

    def read(self, text: str, context: Context) -> Reading:
        """Intents and entities of a message."""
        return self._understanding.read(text, context)

    async def refresh(self, conn: Connection, shop: Shop) -> None:
        """Learn the names anew; messages are read with the old ones until the new ones are ready."""
        lexicon = await asyncio.to_thread(_lexicon, shop)
        self._understanding = self._understanding.with_lexicon(lexicon)


def _lexicon(shop: Shop) -> ShopLexicon:
    return ShopLexicon.build(
        branches=[Named(branch.code, _names(branch.name)) for branch in shop.branches],
        coupons=[coupon.code for coupon in shop.coupons if coupon.public],
        languages=shop.languages,
    )


def _names(translated: str | dict[str, str]) -> tuple[str, ...]:
    return (translated,) if isinstance(translated, str) else tuple(translated.values())

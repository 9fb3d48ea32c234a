"""The understanding with the names of this shop, kept current."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import replace

from dangol.assistant.understanding.lexicon import Named, ProductName, ShopLexicon
from dangol.assistant.understanding.model import IntentModel
from dangol.assistant.understanding.reading import Context, Reading
from dangol.assistant.understanding.understanding import Understanding
from dangol.catalog import api as catalog
from dangol.kernel.shop import Shop
from dangol.server.database import Connection

_KEPT = 256


class ShopReader:
    """Reads messages; knows the shop's products, brands, categories, branches and coupons by name."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding
        self._kept: OrderedDict[tuple[str, Context], Reading] = OrderedDict()

    @classmethod
    async def open(cls, conn: Connection, understanding: Understanding, shop: Shop) -> ShopReader:
        """A reader that knows the names as they are now."""
        reader = cls(understanding)
        await reader.refresh(conn, shop)
        return reader

    @property
    def intents(self) -> tuple[str, ...]:
        """The intents it tells apart."""
        return self._understanding.model.names

    def learn(self, model: IntentModel) -> None:
        """Read with this model from now on; messages being read go on with the old one."""
        self._understanding = replace(self._understanding, model=model)
        self._kept.clear()

    def read(self, text: str, context: Context) -> Reading:
        """Intents and entities of a message; looked at twice in a turn, it is read once."""
        key = (text, context)
        reading = self._kept.get(key)
        if reading is None:
            reading = self._kept[key] = self._understanding.read(text, context)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return reading

    async def refresh(self, conn: Connection, shop: Shop) -> None:
        """Learn the names anew; messages are read with the old ones until the new ones are ready."""
        products = [_product(each) async for each in catalog.product_names(conn, shop)]
        words = await catalog.shop_words(conn)
        lexicon = await asyncio.to_thread(_lexicon, shop, products, words)
        self._understanding = self._understanding.with_lexicon(lexicon)
        self._kept.clear()


def _lexicon(shop: Shop, products: list[ProductName], words: catalog.ShopWords) -> ShopLexicon:
    return ShopLexicon.build(
        products,
        brands=[Named(_own(shop, texts), _names(texts)) for texts in words.brands],
        categories=[Named(_own(shop, texts), _names(texts)) for texts in words.categories],
        branches=[Named(branch.code, _names(branch.name)) for branch in shop.branches],
        coupons=[coupon.code for coupon in shop.coupons],
        languages=shop.languages,
    )


def _product(name: catalog.ProductName) -> ProductName:
    return ProductName(
        handle=name.handle,
        titles=_names(name.titles),
        brand=next(iter(name.brand.values()), None),
        categories=_names(name.category),
        skus=name.skus,
    )


def _own(shop: Shop, texts: dict[str, str]) -> str:
    """The word in the shop's own language, by which it filters."""
    return shop.say(texts, shop.language)


def _names(translated: str | dict[str, str]) -> tuple[str, ...]:
    return (translated,) if isinstance(translated, str) else tuple(translated.values())

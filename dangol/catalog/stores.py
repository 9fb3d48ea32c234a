"""Branches: where they are, whether they are open, what stands on their shelves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from dangol.catalog import cards
from dangol.catalog.matching import Wanted
from dangol.catalog.model import Product
from dangol.catalog.words import squeezed
from dangol.contracts.shopfloor.products import BranchView, ShelfLine, Shelves
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import DAYS, Branch, Shop, days_named, opening


def branches(shop: Shop, named: str | None, language: str, now: datetime) -> Iterator[BranchView]:
    """The shop's branches, or the one that is meant; raises NotFound for one there is not."""
    if named is not None:
        yield view(branch(shop, named), shop, language, now)
        return
    for one in shop.branches:
        yield view(one, shop, language, now)


def branch(shop: Shop, named: str) -> Branch:
    """The branch of this code or name, in any language, with or without 점/store behind it."""
    plain = squeezed(named)
    for one in shop.branches:
        names = [one.code, *([one.name] if isinstance(one.name, str) else one.name.values())]
        if plain and any(plain in (squeezed(name), squeezed(name).removesuffix("점")) for name in names):
            return one
    for one in shop.branches:
        names = [one.name] if isinstance(one.name, str) else list(one.name.values())
        bare = [squeezed(name).removesuffix("점") for name in names]
        if any(part and part in plain for part in bare):
            return one
    raise NotFound(branch=named)


def view(one: Branch, shop: Shop, language: str, now: datetime) -> BranchView:
    """A branch as it is told."""
    return BranchView(
        code=one.code,
        name=shop.say(one.name, language),
        address=shop.say(one.address, language),
        phone=one.phone,
        hours=one.hours,
        open_now=is_open(one.hours, now.astimezone(shop.zone)),
        pickup=one.pickup,
    )


def is_open(hours: dict[str, str], at: datetime) -> bool:
    """Whether a door is open at a moment of the shop's own time; spans past midnight belong to the day they began."""
    today, yesterday = _span(hours, at), _span(hours, at - timedelta(days=1))
    moment = at.time()
    if today is not None:
        start, end = today
        if (
            start <= moment < end
            or (end <= start <= moment)
            or (start <= moment and end.hour == 23 and end.minute == 59)
        ):
            return True
    return yesterday is not None and yesterday[1] <= yesterday[0] and moment < yesterday[1]


def _span(hours: dict[str, str], at: datetime) -> tuple[time, time] | None:
    day = DAYS[at.weekday()]
    # a day named by itself goes before a range it lies in
    fitting = [key for key in hours if day in days_named(key)]
    if not fitting:
        return None
    return opening(hours[min(fitting, key=lambda key: len(days_named(key)))])


def shelves(
    product: Product, named: str | None, wanted: Wanted, shop: Shop, language: str, now: datetime
) -> Shelves:
    """Where a product stands now, in one branch or in all."""
    asked = branch(shop, named) if named else None
    known = {one.code: one for one in shop.branches}
    chosen = [variant for variant in product.variants if wanted.meets(product, variant)]
    lines = [
        ShelfLine(
            branch=view(known[stand.branch], shop, language, now),
            sku=variant.sku,
            options=product.options_of(variant, language, shop.language),
            quantity=stand.quantity,
            place=stand.place,
        )
        for variant in chosen
        for stand in variant.shelf
        if stand.quantity > 0 and stand.branch in known and (asked is None or stand.branch == asked.code)
    ]
    return Shelves(
        card=cards.card(product, shop, language, chosen=chosen),
        lines=tuple(lines),
        asked=view(asked, shop, language, now) if asked else None,
    )

"""Which bundles a basket holds: the combination that saves most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, product

from dangol.carts.model import PricedLine
from dangol.kernel.shop import Bundle, Shop

_EXACT = 20_000  # combinations up to which all are tried


@dataclass(frozen=True)
class BundleOffer:
    """A bundle for counting: one unit of each product for `price` (minor units), at most `left` times."""

    code: str
    products: tuple[str, ...]
    price: int
    left: int | None


@dataclass(frozen=True)
class BundleUse:
    """A bundle found in a basket: how many times, and what it saves (minor units)."""

    code: str
    times: int
    saving: int


def bundles_on(shop: Shop, today: date, left: Mapping[str, int]) -> list[Bundle]:
    """Bundles that are on offer on this day and not used up."""
    return [
        bundle
        for bundle in shop.bundles
        if (not bundle.starts or bundle.starts <= today)
        and (not bundle.ends or today <= bundle.ends)
        and left.get(bundle.code, bundle.limit if bundle.limit is not None else 1) > 0
    ]


def best_bundles(offers: Iterable[BundleOffer], lines: Iterable[PricedLine]) -> list[BundleUse]:
    """The bundles that together save most, in the order of their codes; each unit counts in one bundle only.

    A bundle takes the dearest units first, so the order of lines does not matter. All combinations are tried
    where they are few; with very many, the bundle that saves most at each step is taken.
    """
    units: dict[str, list[int]] = {}
    for line in lines:
        units.setdefault(line.product, []).extend([line.unit_price] * line.quantity)
    prefix = {
        handle: list(accumulate(sorted(prices, reverse=True), initial=0)) for handle, prices in units.items()
    }
    possible = sorted((offer for offer in offers if _most(offer, prefix) > 0), key=lambda offer: offer.code)
    used: list[BundleUse] = []
    for group in _touching(possible):
        times = _best_times(group, prefix)
        used += _savings(group, times, prefix)
    return sorted(used, key=lambda use: use.code)


def _most(offer: BundleOffer, prefix: Mapping[str, Sequence[int]]) -> int:
    most = min(len(prefix.get(handle, (0,))) - 1 for handle in offer.products)
    return most if offer.left is None else min(most, offer.left)


def _touching(offers: Sequence[BundleOffer]) -> list[list[BundleOffer]]:
    """Groups of bundles that compete for the same products."""
    groups: list[list[BundleOffer]] = []
    for offer in offers:
        mine = [
            group for group in groups if any(set(offer.products) & set(other.products) for other in group)
        ]
        joined = sorted([offer, *(other for group in mine for other in group)], key=lambda one: one.code)
        groups = [group for group in groups if group not in mine] + [joined]
    return groups


def _best_times(group: Sequence[BundleOffer], prefix: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    most = [_most(offer, prefix) for offer in group]
    combinations = 1
    for times in most:
        combinations *= times + 1
    if combinations <= _EXACT:
        return max(
            product(*(range(times + 1) for times in most)),
            key=lambda times: (_saving(group, times, prefix), -sum(times)),
        )
    best = (0,) * len(group)
    while True:
        steps = [tuple(n + (i == j) for j, n in enumerate(best)) for i in range(len(group))]
        step = max(steps, key=lambda times: _saving(group, times, prefix))
        if _saving(group, step, prefix) <= _saving(group, best, prefix):
            return best
        best = step


def _saving(group: Sequence[BundleOffer], times: Sequence[int], prefix: Mapping[str, Sequence[int]]) -> int:
    taken: dict[str, int] = {}
    saving = 0
    for offer, count in zip(group, times, strict=True):
        if offer.left is not None and count > offer.left:
            return -1
        saving -= count * offer.price
        for handle in offer.products:
            taken[handle] = taken.get(handle, 0) + count
    for handle, count in taken.items():
        if count >= len(prefix[handle]):
            return -1  # more units than lie in the basket
        saving += prefix[handle][count]
    return saving


def _savings(
    group: Sequence[BundleOffer], times: Sequence[int], prefix: Mapping[str, Sequence[int]]
) -> list[BundleUse]:
    """What each bundle of the best combination saves; no part is below zero, as the combination is the best."""
    taken: dict[str, int] = {}
    uses = []
    for offer, count in zip(group, times, strict=True):
        whole = 0
        for handle in offer.products:
            start = taken.get(handle, 0)
            whole += prefix[handle][start + count] - prefix[handle][start]
            taken[handle] = start + count
        if count:
            uses.append(BundleUse(code=offer.code, times=count, saving=whole - count * offer.price))
    return uses

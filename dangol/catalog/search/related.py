"""What is like a product and what goes with it, from its concepts and from what was bought together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from dangol.catalog.model import Product
from dangol.catalog.search.affinities import GOES_WITH, PLAIN_COLORS, SEASONS
from dangol.catalog.search.columns import Columns
from dangol.contracts.shopfloor.products import Reason, SimilarProducts, Wishes
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.kernel.words import categories

_TOGETHER, _SUITS, _HARMONY, _OUT_OF_SEASON = 1.0, 0.7, 0.15, 0.5
_OCCASION = 0.25
_ANYTIME = {"occasion:everyday", "occasion:gift"}
_SEASONS = ("spring", "summer", "autumn", "winter")


@dataclass(frozen=True)
class GoingWith:
    """How well every product row goes with a product (0: not at all), and the reason for one of them."""

    score: NDArray[np.float32]
    reason: Callable[[Product], Reason]


def kinds_of(product: Product) -> list[str]:
    """The kinds of goods a product is, the narrowest first."""
    kinds = [c.partition(":")[2] for c in product.concepts if c.startswith("category:")]
    return sorted(kinds, key=lambda kind: (-len(categories.wider(kind)), kind))


def traits(product: Product) -> tuple[str, ...]:
    """What likeness goes by besides meaning."""
    kinds = ("attribute:", "material:", "occasion:", "audience:")
    return tuple(sorted(concept for concept in product.concepts if concept.startswith(kinds)))[:8]


def wishes_for_like(product: Product, asked: SimilarProducts, shop: Shop) -> Wishes:
    """The wishes of a search for what is like a product: its kind and audience, and cheaper when that is asked."""
    wishes = asked.wishes
    update: dict[str, object] = {}
    if not wishes.categories:
        kinds = kinds_of(product)
        own = product.category.get(shop.language, "")
        update["categories"] = tuple(kinds[:1]) or ((own,) if own else ())
    if not wishes.audience:
        update["audience"] = audience_of(product)
    if asked.cheaper:
        most = min(variant.price for variant in product.variants) - 1
        if not wishes.price_max or wishes.price_max.amount > most:
            update["price_max"] = Money(amount=max(most, 0), currency=shop.currency)
    return wishes.model_copy(update=update)


def audience_of(product: Product) -> str | None:
    """For whom a product is, when it is for one kind of people alone."""
    audiences = [c.partition(":")[2] for c in product.concepts if c.startswith("audience:")]
    return audiences[0] if len(audiences) == 1 and audiences[0] != "unisex" else None


def going_with(
    columns: Columns, product: Product, bought: Sequence[tuple[int, int, int]], *, chosen_kind: bool
) -> GoingWith:
    """Score every row; with a chosen kind ("trousers for this jacket") everything of it goes at least a little."""
    together = _bought_together(columns, bought)
    suits = _suiting(columns, product, chosen_kind)
    score = np.where((together > 0) | (suits > 0), _TOGETHER * together + _SUITS * suits, 0.0)
    score = np.where(score > 0, score + _harmony(columns, product) - _out_of_season(columns, product), 0.0)
    score = np.where(score > 0, score + _occasions(columns, product), 0.0)
    score[_same_kind(columns, product)] = 0.0
    young = {"audience:kids", "audience:baby"}
    if not young & product.concepts:
        score[columns.mask(*young) & ~columns.mask("audience:men", "audience:women", "audience:unisex")] = 0.0
    orders = {id_: many for id_, many, _ in bought}

    def reason(other: Product) -> Reason:
        many = orders.get(other.id, 0)
        return Reason(kind="bought_together", value=str(many)) if many > 1 else Reason(kind="goes_with")

    return GoingWith(np.maximum(score, 0).astype(np.float32), reason)


def _bought_together(columns: Columns, bought: Sequence[tuple[int, int, int]]) -> NDArray[np.float32]:
    """Orders with both over the root of how often the other sold, the best one 1."""
    out = np.zeros(len(columns), np.float32)
    for id_, orders, sold in bought:
        row = columns.row_of.get(id_)
        if row is not None:
            out[row] = orders / sqrt(max(sold, orders) + 2)
    return out / max(float(out.max(initial=0)), 1e-6)


def _suiting(columns: Columns, product: Product, chosen_kind: bool) -> NDArray[np.float32]:
    out = np.full(len(columns), 0.05 if chosen_kind else 0.0, np.float32)
    seen: set[str] = set()
    for kind in kinds_of(product):
        for nth, other in enumerate(GOES_WITH.get(kind, ())):
            if other not in seen:
                seen.add(other)
                rows = columns.having(f"category:{other}")
                out[rows] = np.maximum(out[rows], 1.0 - 0.12 * nth)
        if seen:
            break  # the narrowest kind that is known of says it best
    return out


def _same_kind(columns: Columns, product: Product) -> NDArray[np.bool_]:
    kinds = kinds_of(product)
    same = columns.mask(*(f"category:{kind}" for kind in _narrowest(kinds)))
    row = columns.row_of.get(product.id)
    if row is not None and any(product.category.values()):
        same |= columns.category == columns.category[row]
    return same


def _narrowest(kinds: Sequence[str]) -> list[str]:
    wider = {parent for kind in kinds for parent in categories.wider(kind)}
    return [kind for kind in kinds if kind not in wider]


def _harmony(columns: Columns, product: Product) -> NDArray[np.float32]:
    """Plain colours go with everything, a strong one wants a plain one."""
    colors = {variant.color for variant in product.variants if variant.color}
    strong = bool(colors) and not colors & PLAIN_COLORS
    chosen = columns.colors.chosen(lambda label: label[0] in PLAIN_COLORS or (not strong and bool(label[0])))
    out = np.zeros(len(columns), np.float32)
    out[columns.owner[chosen[columns.color]]] = _HARMONY
    return out


def _occasions(columns: Columns, product: Product) -> NDArray[np.float32]:
    """What serves the same occasions goes better; what is made for others alone goes worse."""
    own = {c for c in product.concepts if c.startswith(("occasion:", "attribute:formal", "attribute:casual"))}
    out = np.zeros(len(columns), np.float32)
    if not own:
        return out
    for concept in columns.concepts("occasion"):
        if concept not in _ANYTIME:
            out[columns.having(concept)] = -_OCCASION
    for concept in own - _ANYTIME:
        out[columns.having(concept)] = _OCCASION
    return out


def one_of_each(columns: Columns, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places in an order of rows, the first of each kind of goods before the second of any."""
    seen: dict[int, int] = {}
    turn = np.empty(len(rows), np.int64)
    for at, kind in enumerate(columns.category[rows].tolist()):
        turn[at] = seen[kind] = seen.get(kind, -1) + 1
    return np.argsort(turn, kind="stable")


def _out_of_season(columns: Columns, product: Product) -> NDArray[np.float32]:
    own = {season for season in _SEASONS if f"season:{season}" in product.concepts}
    own |= {season for concept, some in SEASONS.items() if concept in product.concepts for season in some}
    out = np.zeros(len(columns), np.float32)
    if not own:
        return out
    fits = np.zeros(len(columns), bool)
    for season in _SEASONS:
        rows = columns.having(f"season:{season}")
        if season in own:
            fits[rows] = True
        else:
            out[rows] = _OUT_OF_SEASON
    out[fits] = 0.0
    return out

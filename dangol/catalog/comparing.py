"""Comparing products: what differs, and which meets the stated need better."""

from __future__ import annotations

from dangol.catalog import cards, passages, words
from dangol.catalog.matching import Wanted
from dangol.catalog.model import Product, say
from dangol.catalog.search.affinities import NEAR, OCCASIONS
from dangol.catalog.words import squeezed
from dangol.contracts.shopfloor.products import ComparedRow, Comparison, Reason, Wishes
from dangol.kernel.shop import Shop

_NAMES = {
    "price": ("가격", "Price"),
    "rating": ("평점", "Rating"),
    "stock": ("재고", "Stock"),
    "weight": ("무게", "Weight"),
    "color": ("색상", "Colors"),
    "in": ("있음", "in stock"),
    "out": ("품절", "sold out"),
}
_RATED_BETTER = 0.3


def compare(products: list[Product], needs: Wishes, shop: Shop, language: str) -> Comparison:
    """A table of what differs, and the one that meets the need better with the reasons; None when none does."""
    rows = [row for row in _rows(products, shop, language) if len(set(row.values)) > 1]
    best, because = _best(products, needs, shop, language)
    return Comparison(
        cards=tuple(cards.card(product, shop, language) for product in products),
        rows=tuple(rows),
        best=best,
        because=tuple(because),
    )


def _called(key: str, language: str) -> str:
    return _NAMES[key][language != "ko"]


def _rows(products: list[Product], shop: Shop, language: str) -> list[ComparedRow]:
    shown = [cards.card(product, shop, language) for product in products]
    rows = [
        ComparedRow(
            attribute=_called("price", language), values=tuple(card.price.display(language) for card in shown)
        ),
        ComparedRow(
            attribute=_called("rating", language),
            values=tuple(f"{card.rating} ({card.reviews})" if card.rating else "" for card in shown),
        ),
        ComparedRow(
            attribute=_called("stock", language),
            values=tuple(_called("in" if card.in_stock else "out", language) for card in shown),
        ),
    ]
    named: dict[str, str] = {}
    values: dict[str, dict[int, str]] = {}
    for product in products:
        for view in cards.attribute_views(product, shop, language):
            key = squeezed(view.name)
            named.setdefault(key, view.name)
            values.setdefault(key, {})[product.id] = view.value
    rows += [
        ComparedRow(attribute=named[key], values=tuple(by_id.get(product.id, "") for product in products))
        for key, by_id in values.items()
    ]
    weight = _called("weight", language)
    if squeezed(weight) not in named:
        rows.append(
            ComparedRow(
                attribute=weight, values=tuple(_weight(product, shop, language) for product in products)
            )
        )
    return [*rows, *_options(products, shop, language)]


def _weight(product: Product, shop: Shop, language: str) -> str:
    """By its record, else by its description."""
    weights = [variant.weight_g for variant in product.variants if variant.weight_g]
    if weights:
        return f"{min(weights):,} g"
    body = words.plain_text(say(product.description, language, shop.language))
    return passages.weight_told(words.sentences(body))


def _options(products: list[Product], shop: Shop, language: str) -> list[ComparedRow]:
    """What each comes in, sold-out values left out."""
    named: dict[str, list[dict[str, None]]] = {}
    for at, product in enumerate(products):
        for variant in product.variants:
            for name, value in product.options_of(variant, language, shop.language).items():
                per_product = named.setdefault(name, [{} for _ in products])
                if variant.stock > 0:
                    per_product[at][value] = None
    return [
        ComparedRow(
            attribute=name, values=tuple(", ".join(sorted(v, key=_numbers_first)[:12]) for v in per_product)
        )
        for name, per_product in named.items()
    ]


def _numbers_first(value: str) -> tuple[bool, float]:
    return (False, float(value)) if value.isdigit() else (True, 0.0)


def _best(
    products: list[Product], needs: Wishes, shop: Shop, language: str
) -> tuple[str | None, list[Reason]]:
    """Each need counts; only what sets the best apart from another is a reason."""
    points = [_met(product, needs, shop, language) for product in products]
    scores = [sum(weight for weight, _ in met.values()) for met in points]
    top = max(scores, default=0)
    if scores.count(top) != 1:
        return None, []
    at = scores.index(top)
    others = [points[other] for other in range(len(products)) if other != at]
    because = [
        reason
        for key, (weight, reason) in points[at].items()
        if any(key not in met or met[key][0] < weight for met in others)
    ]
    # stars alone do not meet a need
    if all(reason.kind == "rating" for reason in because):
        return None, []
    return products[at].handle, because


def _met(product: Product, needs: Wishes, shop: Shop, language: str) -> dict[str, tuple[float, Reason]]:
    met: dict[str, tuple[float, Reason]] = {}
    for kind, slugs in (
        ("attribute", needs.attributes), ("material", needs.materials), ("occasion", needs.occasions),
    ):  # fmt: skip
        for slug in slugs:
            weight = _degree(product, kind, slug)
            if weight:
                reason = Reason(kind=kind, value=_own_word(product, f"{kind}:{slug}", slug, shop, language))
                met[f"{kind}:{slug}"] = (weight, reason)
    in_stock = [variant for variant in product.variants if variant.stock > 0]
    wanted = Wanted(needs.colors, needs.sizes)
    fitting = [variant for variant in in_stock if wanted.meets(product, variant)]
    if needs.colors or needs.sizes:
        if fitting:
            value = ", ".join([*needs.colors, *(size.value for size in needs.sizes)])
            met["variant"] = (1.0, Reason(kind="size" if needs.sizes else "color", value=value))
    elif in_stock:
        met["stock"] = (0.2, Reason(kind="words", value=_called("in", language)))
    price = min((variant.price for variant in fitting or in_stock), default=None)
    if needs.price_max and price is not None and price <= needs.price_max.amount:
        met["price"] = (1.0, Reason(kind="price", value=shop.minor(price).display(language)))
    if product.rating and product.rating_count >= 3:
        steps = round(product.rating / _RATED_BETTER) * _RATED_BETTER
        met["rating"] = (steps * 0.1, Reason(kind="rating", value=str(product.rating)))
    return met


def _degree(product: Product, kind: str, slug: str) -> float:
    concept = f"{kind}:{slug}"
    if concept in product.concepts:
        return 1.0
    if f"{kind}~:{slug}" in product.concepts:
        return 0.6
    near = OCCASIONS.get(slug, ()) if kind == "occasion" else NEAR.get(concept, ())
    return 0.4 if any(other in product.concepts for other in near) else 0.0


def _own_word(product: Product, concept: str, slug: str, shop: Shop, language: str) -> str:
    for raw in product.attributes:
        name, value = (say(raw[part], language, shop.language) for part in ("name", "value"))
        if concept in words.attribute_slugs(name, value):
            return value
    return slug

"""Hard wishes as masks over the columns, and which of them to give up first when nothing is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from dangol.catalog.matching import shades, size_meets
from dangol.catalog.search.affinities import NEAR
from dangol.catalog.search.columns import Columns, Mask, Texts
from dangol.catalog.words import squeezed
from dangol.contracts.shopfloor.products import FindProducts, Loosened, MeasureWish, Wishes, WishKind
from dangol.kernel.words import categories
from dangol.kernel.words.animals import ANIMALS

# what is given up first stands first; stock and what was excluded are never given up
_LOOSENING: tuple[WishKind, ...] = (
    "rating", "material", "occasion", "color", "attribute", "brand", "measure", "price", "size", "audience", "category",
)  # fmt: skip


@dataclass(frozen=True)
class Constraint:
    """One hard wish: its kind, its words, and what meets it; `softer` is tried before it is given up."""

    kind: WishKind
    value: str
    products: Callable[[Columns], Mask] | None = None
    variants: Callable[[Columns], Mask] | None = None
    softer: Constraint | None = None


@dataclass
class Candidates:
    """The products left, the variants of them that meet every wish, and what had to be given up."""

    products: Mask
    variants: Mask
    loosened: list[Loosened] = field(default_factory=list)
    kept: list[Constraint] = field(default_factory=list)

    def keep(self, columns: Columns, products: Mask) -> None:
        """Leave only these of the products."""
        self.products = self.products & products
        self.variants = self.variants & columns.of_owners(self.products)

    def count(self) -> int:
        """How many products are left."""
        return int(np.count_nonzero(self.products))


def foreign_price(wishes: Wishes, currency: str) -> Loosened | None:
    """A price wish in a currency the shop does not sell in: it cannot be kept, as nobody states a rate."""
    said = wishes.price_max or wishes.price_min
    return Loosened(kind="price", value=str(said.amount)) if said and said.currency != currency else None


def constraints(asked: FindProducts, now: datetime, currency: str) -> list[Constraint]:
    """The hard wishes of a search."""
    wishes = asked.wishes
    if foreign_price(wishes, currency):
        wishes = wishes.model_copy(update={"price_min": None, "price_max": None})
    out = [*_of_variants(wishes), *_of_products(wishes)]
    out += [Constraint("measure", one.said, products=_within(one)) for one in wishes.measures]
    if wishes.rating_min is not None:
        least = wishes.rating_min
        out.append(Constraint("rating", str(least), products=lambda c: c.rating >= least))
    if wishes.within_days is not None and asked.sort == "newest":
        since = now.timestamp() - wishes.within_days * 86_400
        out.append(Constraint("delivery", str(wishes.within_days), products=lambda c: c.created >= since))
    return out


def _of_variants(wishes: Wishes) -> Iterator[Constraint]:
    if wishes.colors:
        near = [shade for color in wishes.colors for shade in shades(color)]
        softer = Constraint("color", ", ".join(wishes.colors), variants=_colored(near)) if near else None
        yield Constraint("color", ", ".join(wishes.colors), variants=_colored(wishes.colors), softer=softer)
    if wishes.sizes:
        said = ", ".join(size.value for size in wishes.sizes)
        yield Constraint("size", said, variants=_sized(wishes))
    low, high = wishes.price_min, wishes.price_max
    if low or high:
        least, most = (low.amount if low else 0), (high.amount if high else 2**62)
        shown = str(high.amount if high else least)
        yield Constraint("price", shown, variants=lambda c: (c.price >= least) & (c.price <= most))


def _colored(colors: Sequence[str]) -> Callable[[Columns], Mask]:
    plain = {squeezed(color) for color in colors} - {""}

    def mask(columns: Columns) -> Mask:
        chosen = columns.colors.chosen(lambda label: label[0] in colors or label[1] in plain)
        bare = columns.colors.chosen(lambda label: label == ("", ""))
        by_product = columns.mask(*(f"color:{color}" for color in colors))
        return chosen[columns.color] | (bare[columns.color] & by_product[columns.owner])

    return mask


def _sized(wishes: Wishes) -> Callable[[Columns], Mask]:
    def fits(columns: Columns, who: str | None) -> Mask:
        chosen = columns.sizes.chosen(
            lambda has: any(size_meets(size.system, size.value, has[0], has[1], who) for size in wishes.sizes)
        )
        return chosen[columns.size]

    def mask(columns: Columns) -> Mask:
        grown = columns.mask("audience:men", "audience:women", "audience:unisex")
        growing = columns.mask("audience:kids", "audience:baby") & ~grown
        return np.where(growing[columns.owner], fits(columns, "kids"), fits(columns, wishes.audience))

    return mask


def _of_products(wishes: Wishes) -> Iterator[Constraint]:
    if wishes.categories:
        yield _category(wishes.categories)
    if wishes.audience:
        yield Constraint("audience", wishes.audience, products=_meant_for(wishes.audience))
    if wishes.brands:
        yield Constraint("brand", ", ".join(wishes.brands), products=_branded(wishes.brands))
    if wishes.excluded_brands:
        by = _branded(wishes.excluded_brands)
        yield Constraint("stock", "", products=lambda c: ~by(c))
    if wishes.excluded_colors:
        bad = _colored(wishes.excluded_colors)
        yield Constraint("stock", "", variants=lambda c: ~bad(c))
    if wishes.excluded:
        unwanted = wishes.excluded
        yield Constraint("stock", "", products=lambda c: ~c.mask(*unwanted))
    must: tuple[tuple[WishKind, Sequence[str]], ...] = (
        ("attribute", wishes.attributes),
        ("material", wishes.materials),
        ("occasion", wishes.occasions),
    )
    for kind, slugs in must:
        if kind in wishes.must:
            yield from (_said(kind, slug) for slug in slugs)
    yield from _never_for_others(wishes)
    if wishes.discounted:
        yield Constraint("price", "discount", variants=lambda c: c.compare_at > c.price)


def _never_for_others(wishes: Wishes) -> Iterator[Constraint]:
    for own, others in (("girls", "boys"), ("boys", "girls")):
        if own in wishes.attributes:
            yield Constraint("stock", "", products=_not_for_others(own, others))


def _not_for_others(own: str, others: str) -> Callable[[Columns], Mask]:
    """What is made for the others alone does not come nearest either."""
    return lambda c: ~c.mask(f"attribute:{others}") | c.mask(f"attribute:{own}", f"attribute~:{own}")


def _within(wish: MeasureWish) -> Callable[[Columns], Mask]:
    return lambda columns: columns.measures.within(wish, len(columns))


def _said(kind: WishKind, slug: str) -> Constraint:
    concepts = (f"{kind}:{slug}", f"{kind}~:{slug}")
    near = NEAR.get(concepts[0], ())
    softer = Constraint(kind, slug, products=lambda c: c.mask(*near)) if near else None
    return Constraint(kind, slug, products=lambda c: c.mask(*concepts), softer=softer)


def _category(wanted: Sequence[str]) -> Constraint:
    wider = [parents[0] for slug in wanted if (parents := categories.wider(slug))]
    softer = Constraint("category", ", ".join(wanted), products=_kinds(wider)) if wider else None
    return Constraint("category", ", ".join(wanted), products=_kinds(wanted), softer=softer)


def _kinds(wanted: Sequence[str]) -> Callable[[Columns], Mask]:
    def mask(columns: Columns) -> Mask:
        own = columns.categories.chosen(lambda label: any(_is_called(label, kind) for kind in wanted))
        filed = columns.mask(*(f"category:{kind}" for kind in wanted)) | own[columns.category]
        if (filed & columns.alive).any():
            return filed
        return columns.mask(
            *(f"category~:{kind}" for kind in wanted)
        )  # what goes by that name, wherever it is

    return mask


def _is_called(label: Texts, word: str) -> bool:
    plain = squeezed(word)
    return bool(plain) and any(
        plain in (squeezed(text), *map(squeezed, text.split(">"))) for _, text in label
    )


def _branded(brands: Sequence[str]) -> Callable[[Columns], Mask]:
    plain = {squeezed(brand) for brand in brands}

    def mask(columns: Columns) -> Mask:
        chosen = columns.brands.chosen(lambda label: any(squeezed(text) in plain for _, text in label))
        return chosen[columns.brand]

    return mask


def _meant_for(audience: str) -> Callable[[Columns], Mask]:
    """For them, for everybody, or saying nothing of whom; never for somebody else alone."""
    others = [f"audience:{who}" for who in ("men", "women", "kids", "baby", *ANIMALS) if who != audience]
    wanted = (f"audience:{audience}", *(("audience:unisex",) if audience in ("men", "women") else ()))

    def mask(columns: Columns) -> Mask:
        if audience in ANIMALS:
            rest = [f"audience:{who}" for who in ("dogs", "cats") if who != audience and audience != "pets"]
            return columns.mask(f"audience:{audience}", "audience:pets") | (
                columns.mask("category:pets") & ~columns.mask(*rest)
            )
        if audience == "unisex":
            return columns.mask("audience:unisex") | ~columns.mask(*others)
        return columns.mask(*wanted) | ~columns.mask(*others)

    return mask


class Chooser:
    """Applies constraints to the columns, each computed once, and loosens them in order when nothing is left."""

    def __init__(
        self, columns: Columns, wanted: list[Constraint], *, in_stock_only: bool, hidden: Mask
    ) -> None:
        self._columns = columns
        self._wanted = wanted
        self._base = columns.alive & ~hidden
        self._stock = columns.stock > 0 if in_stock_only else np.ones(len(columns.stock), bool)
        self._masks: dict[int, Mask] = {}

    def choose(self) -> Candidates:
        """What meets every wish; else what meets all but the one that matters least, and so on."""
        found = self._meeting(self._wanted)
        if found.count():
            return found
        for loosened in self._ways():
            found = self._meeting(loosened)
            if found.count():
                kept = {id(constraint) for constraint in loosened}
                found.loosened = [
                    Loosened(kind=constraint.kind, value=constraint.value)
                    for constraint in self._wanted
                    if id(constraint) not in kept
                ]
                return found
        return self._meeting([])

    def without(self, kind: WishKind) -> Candidates:
        """What meets every wish but those of one kind: what else that kind could be."""
        return self._meeting([constraint for constraint in self._wanted if constraint.kind != kind])

    def _ways(self) -> Iterator[list[Constraint]]:
        ordered = [c for kind in _LOOSENING for c in self._wanted if c.kind == kind]
        for constraint in ordered:
            if constraint.softer:
                yield [constraint.softer if other is constraint else other for other in self._wanted]
            yield [other for other in self._wanted if other is not constraint]
        given_up: list[Constraint] = []
        for constraint in ordered:
            given_up.append(constraint)
            yield [other for other in self._wanted if other not in given_up]

    def _meeting(self, wanted: list[Constraint]) -> Candidates:
        products, variants = self._base, self._stock
        for constraint in wanted:
            mask = self._mask(constraint)
            if constraint.products:
                products = products & mask
            else:
                variants = variants & mask
        variants = variants & self._columns.of_owners(products)
        return Candidates(self._columns.owners(variants), variants, kept=wanted)

    def _mask(self, constraint: Constraint) -> Mask:
        mask = self._masks.get(id(constraint))
        if mask is None:
            compute = constraint.products or constraint.variants
            mask = self._masks[id(constraint)] = compute(self._columns) if compute else self._base
        return mask

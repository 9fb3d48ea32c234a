"""Ranking: words, meaning, soft wishes, what sells, taste and season as one score for each candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dangol.catalog.search.affinities import NEAR, OCCASIONS, PURPOSES, SEASONS
from dangol.catalog.search.columns import Columns, Mask, Rows
from dangol.catalog.search.taste import Taste
from dangol.catalog.search.vectors import Meanings
from dangol.catalog.words import squeezed
from dangol.contracts.shopfloor.products import Wishes
from dangol.kernel.shop import Placement, Shop

Scores = NDArray[np.float32]

# how much each sign can add; words and meaning are each scaled to at most 1
WORDS, MEANING, SAID, IN_PASSING, SUITS, FOR_THEM = 1.0, 0.9, 0.8, 0.4, 0.35, 0.25
SELLS, RATED, TASTE, IN_SEASON = 0.18, 0.12, 0.5, 0.3
SOLD_OUT, PLACED = 2.0, 100.0
_SOUTHERN = {"AU", "NZ", "ZA", "AR", "CL", "UY"}
_A_CHOICE = 3  # so many presents are enough to choose among
_SEASONS = ("winter", "spring", "summer", "autumn")


@dataclass
class Ranked:
    """Scores of candidate rows, and the signs behind them for saying why."""

    rows: Rows
    scores: Scores
    words: Scores
    meaning: Scores
    taste: Scores
    season: str = ""
    in_season: Mask = field(default_factory=lambda: np.empty(0, bool))

    def only(self, kept: Rows) -> Ranked:
        """The same for some of the places alone."""
        return Ranked(
            self.rows[kept], self.scores[kept], self.words[kept], self.meaning[kept], self.taste[kept],
            self.season, self.in_season[kept],
        )  # fmt: skip


@dataclass(frozen=True)
class Signals:
    """What a ranking goes by."""

    wishes: Wishes
    concepts: Sequence[str]
    found: tuple[Rows, Scores]
    query: NDArray[np.float32] | None
    taste: Taste
    now: datetime
    with_sold_out: bool = False
    like: bool = False  # the query is a product, whose kin are all alike


def rank(columns: Columns, meanings: Meanings, rows: Rows, signals: Signals, shop: Shop) -> Ranked:
    """Score candidate rows."""
    place = np.full(len(columns), -1, np.int64)
    place[rows] = np.arange(len(rows))
    words = np.zeros(len(rows), np.float32)
    hit_rows, hit_scores = signals.found
    inside = place[hit_rows] >= 0 if len(hit_rows) else np.empty(0, bool)
    if inside.any():
        words[place[hit_rows[inside]]] = hit_scores[inside] / max(float(hit_scores.max()), 1e-6)
    # where every word has been understood, meaning only tells near ties apart
    weight = MEANING if signals.like or len(hit_rows) or not signals.concepts else MEANING / 2
    meaning = np.zeros(len(rows), np.float32)
    if signals.query is not None and len(rows):
        floor = 0.4 if signals.like else 0.15
        meaning = np.clip((meanings.likeness(signals.query, rows) - floor) / 0.5, 0, 1)
    taste = _taste(columns, meanings, rows, signals.taste)
    season, in_season, seasonal = _season(columns, rows, signals, shop)
    scores = (
        WORDS * words + weight * meaning + _soft(columns, rows, signals) + _standing(columns, rows)
        + TASTE * taste + IN_SEASON * seasonal
    )  # fmt: skip
    if signals.with_sold_out:
        scores -= SOLD_OUT * ~columns.owners(columns.stock > 0)[rows]
    scores += _placed(columns, rows, shop.ranking, signals.wishes.text)
    return Ranked(rows, scores.astype(np.float32), words, meaning, taste, season, in_season)


def _soft(columns: Columns, rows: Rows, signals: Signals) -> Scores:
    """Ranked wishes: those said outright of a product count most, what suits the occasion some."""
    wishes = signals.wishes
    wanted = dict.fromkeys(
        [f"attribute:{slug}" for slug in wishes.attributes]
        + [f"material:{slug}" for slug in wishes.materials]
        + [f"occasion:{slug}" for slug in wishes.occasions]
        + list(signals.concepts)
    )
    total = np.zeros(len(columns), np.float32)
    for concept in wanted:
        kind, _, slug = concept.partition(":")
        total[columns.having(concept)] += SAID
        total[columns.having(f"{kind}~:{slug}")] += IN_PASSING
        suits = OCCASIONS.get(slug, ()) if kind == "occasion" else NEAR.get(concept, ())
        if suits:
            fit = np.zeros(len(columns), np.float32)
            for near in suits:
                fit[columns.having(near)] += SUITS
            total += np.minimum(fit, 2 * SUITS)
        for nth, serves in enumerate(PURPOSES.get(slug, ()) if kind == "purpose" else ()):
            total[columns.having(serves)] += SAID / (nth + 1)
    if wishes.audience:
        total[columns.having(f"audience:{wishes.audience}")] += FOR_THEM
    return total[rows]


def made_of(columns: Columns, wishes: Wishes, concepts: Sequence[str]) -> Mask | None:
    """Which products are of a material that was named; None when none was."""
    wanted = [f"material:{slug}" for slug in wishes.materials]
    wanted += [concept for concept in concepts if concept.startswith("material:")]
    return columns.mask(*wanted) if wanted else None


def fit_for(columns: Columns, wishes: Wishes, concepts: Sequence[str], among: Mask) -> Mask | None:
    """Which products are fit for what was named, said or not; None when nothing was.

    Several at once ("a present for who loves cooking") are all to be met where that is possible `among` these; where
    it is not, being a present is what gives way.
    """
    wanted = [f"occasion:{slug}" for slug in wishes.occasions]
    wanted += [concept for concept in concepts if concept.startswith(("occasion:", "purpose:", "season:"))]
    fits = {concept: _fit(columns, concept) for concept in dict.fromkeys(wanted)}
    if not fits:
        return None
    special = {concept: fit for concept, fit in fits.items() if not _is_any_present(concept)}
    serving = {concept: fit for concept, fit in fits.items() if concept.startswith("purpose:")}
    if not special and int(np.count_nonzero(np.logical_and.reduce(list(fits.values())) & among)) < _A_CHOICE:
        return None  # anything can be given; what few are marked as presents only come first
    for several in (fits, special, serving):  # what it is to do says more than where it is used
        if several:
            every = np.logical_and.reduce(list(several.values()))
            if (every & among).any():
                return np.asarray(every, bool)
    return np.asarray(np.logical_or.reduce(list((special or fits).values())), bool)


def _fit(columns: Columns, concept: str) -> Mask:
    kind, _, slug = concept.partition(":")
    suits = (PURPOSES if kind == "purpose" else OCCASIONS).get(slug, ())
    if kind == "season":
        suits = tuple(one for one, belongs in SEASONS.items() if slug in belongs)
    return columns.mask(concept, f"{kind}~:{slug}", *suits)


def _is_any_present(concept: str) -> bool:
    """A present for whatever day: it says nothing of the goods themselves."""
    slug = concept.partition(":")[2]
    return slug == "gift" or set(OCCASIONS.get(slug, ())) == {"occasion:gift"}


def _standing(columns: Columns, rows: Rows) -> Scores:
    sold = np.log1p(columns.sold[rows].astype(np.float32))
    top = float(sold.max(initial=0)) or 1.0
    reviews = columns.reviews[rows]
    # a mean of few reviews is drawn towards an ordinary 3.8
    rated = (columns.rating[rows] * reviews + 3.8 * 5) / (reviews + 5)
    return np.asarray(SELLS * sold / top + RATED * (rated - 3.8), np.float32)


def standing_rating(columns: Columns, rows: Rows) -> Scores:
    """A rating that few reviews do not carry far."""
    reviews = columns.reviews[rows]
    return np.asarray((columns.rating[rows] * reviews + 3.8 * 5) / (reviews + 5), np.float32)


def _taste(columns: Columns, meanings: Meanings, rows: Rows, taste: Taste) -> Scores:
    out = np.zeros(len(columns), np.float32)
    whole = sum(taste.kinds.values()) or 1.0
    for kind, weight in taste.kinds.items():
        out[columns.having(f"category:{kind}")] += weight / whole
    out = out[rows]
    vectors = [
        vector[0]
        for id_ in taste.seen[:5]
        if (row := columns.row_of.get(id_)) is not None and (vector := meanings.of(row)) is not None
    ]
    if vectors:
        mean = np.mean(vectors, axis=0)
        mean /= max(float(np.linalg.norm(mean)), 1e-6)
        out = out * 0.6 + 0.4 * np.clip((meanings.likeness(mean, rows) - 0.3) / 0.5, 0, 1)
    for id_ in taste.bought:
        row = columns.row_of.get(id_)
        if row is not None:
            out[rows == row] -= 0.5  # what is owned need not be bought again
    return np.asarray(np.clip(out, -1, 1), np.float32)


def season_of(now: datetime, shop: Shop) -> str:
    """The season at the shop."""
    at = now.astimezone(shop.zone)
    quarter = at.month % 12 // 3
    southern = shop.locale.partition("-")[2] in _SOUTHERN
    return _SEASONS[(quarter + 2) % 4 if southern else quarter]


def _season(columns: Columns, rows: Rows, signals: Signals, shop: Shop) -> tuple[str, Mask, Scores]:
    """Things of this season before things of another; a wish that names a season or occasion settles it itself."""
    season = season_of(signals.now, shop)
    named = any(concept.startswith("season:") for concept in signals.concepts)
    if named or signals.wishes.occasions:
        return "", np.zeros(len(rows), bool), np.zeros(len(rows), np.float32)
    fits, others = np.zeros(len(columns), bool), np.zeros(len(columns), bool)
    for one in _SEASONS:
        mask = fits if one == season else others
        mask[columns.having(f"season:{one}")] = True
    stated = fits | others
    for concept, belongs in SEASONS.items():
        for one in belongs:
            having = columns.having(concept)
            having = having[~stated[having]]
            (fits if one == season else others)[having] = True
    score = np.where(fits, 1.0, np.where(others, -1.0, 0.0))
    return season, fits[rows], score[rows].astype(np.float32)


def _placed(columns: Columns, rows: Rows, placements: Sequence[Placement], text: str) -> Scores:
    out = np.zeros(len(rows), np.float32)
    plain = squeezed(text)
    for nth, placement in enumerate(placements):
        row = columns.row_of_handle.get(placement.product)
        if row is None or (placement.words and not any(squeezed(word) in plain for word in placement.words)):
            continue
        out[rows == row] += (PLACED - nth / 100) if placement.rank == "pin" else -PLACED
    return out


def varied(ranked: Ranked, columns: Columns, meanings: Meanings, best: Rows, wanted: int) -> Rows:
    """The first places so that they differ: not three colours of one thing (maximal marginal relevance)."""
    if len(best) <= 1:
        return best
    same = _sameness(columns, meanings, ranked.rows[best])
    scores = ranked.scores[best].astype(np.float64)
    left = np.ones(len(best), bool)
    penalty = np.zeros(len(best))
    chosen: list[int] = []
    while left.any() and len(chosen) < wanted:
        worth = np.where(left, scores - np.where(scores > PLACED / 2, 0.0, penalty), -np.inf)
        top = int(np.argmax(worth))
        chosen.append(top)
        left[top] = False
        penalty = np.maximum(penalty, same[top])
    return best[np.array([*chosen, *np.flatnonzero(left)], np.int64)]


def _sameness(columns: Columns, meanings: Meanings, rows: Rows) -> NDArray[np.float64]:
    """How much each of a few rows repeats each other, by meaning, and a little by brand and kind."""
    vectors = np.stack([_first_vector(meanings, int(row)) for row in rows])
    alike = (columns.brand[rows][:, None] == columns.brand[rows]) & (
        columns.category[rows][:, None] == columns.category[rows]
    )
    cosines = vectors @ vectors.T + 0.1 * alike
    return np.asarray(np.clip(cosines - 0.55, 0, None) * 0.8, np.float64)


def _first_vector(meanings: Meanings, row: int) -> NDArray[np.float32]:
    found = meanings.of(row)
    return found[0] if found is not None else np.zeros(meanings.width, np.float32)

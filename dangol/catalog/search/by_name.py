"""Goods asked for by a bare name: what carries it, or comes close to it; never everything there is."""

from __future__ import annotations

import numpy as np

from dangol.catalog.search import ranking
from dangol.catalog.search.columns import Mask
from dangol.catalog.search.constraints import Candidates
from dangol.catalog.search.index import Index
from dangol.contracts.shopfloor.products import Loosened

POOL = 30
_LIKE = 0.38  # likeness of meaning from which on a name nobody carries may still be meant
_WELL = 0.34  # share of the best match in words that still counts as a match


def goods_named(
    index: Index, candidates: Candidates, ranked: ranking.Ranked, said: str
) -> tuple[ranking.Ranked, list[Loosened]]:
    """What carries a bare name or comes close in meaning, and the words where nothing does; the others are dropped."""
    meant = (ranked.words >= _WELL) | (ranked.meaning >= _LIKE)
    loosened: list[Loosened] = []
    if not meant.any():
        loosened = [Loosened(kind="text", value=said)]
        meant = np.zeros(len(ranked.rows), bool)
        meant[np.argsort(-ranked.scores)[:POOL]] = True
    elif not any(map(index.lexical.knows, said.split())):
        loosened = [Loosened(kind="text", value=said)]
    return _only(index, candidates, ranked, meant), loosened


def things_for(
    index: Index,
    candidates: Candidates,
    ranked: ranking.Ranked,
    said: str,
    thing: tuple[str, tuple[str, ...]],
) -> tuple[ranking.Ranked, list[Loosened]]:
    """ "Laptop stand": stands for a laptop, else other stands, said to be no such thing; a laptop's bag is none.

    `thing` are the goods it is for and the words for it (see `categories.part_for`).
    """
    goods, words = thing
    such = np.isin(ranked.rows, index.lexical.named(words))
    of_those = such & np.isin(ranked.rows, index.lexical.search(goods)[0])
    if of_those.any():
        return _only(index, candidates, ranked, of_those), []
    loosened = [Loosened(kind="category", value=said)]
    return (_only(index, candidates, ranked, such) if such.any() else ranked), loosened


def _only(index: Index, candidates: Candidates, ranked: ranking.Ranked, meant: Mask) -> ranking.Ranked:
    """These of the ranked alone, among the candidates as well."""
    kept = np.flatnonzero(meant)
    named = np.zeros_like(candidates.products)
    named[ranked.rows[kept]] = True
    candidates.keep(index.columns, named)
    return ranked.only(kept)

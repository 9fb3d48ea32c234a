"""The shop's own names, found in messages: products, brands, categories, branches and coupon codes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from dangol.assistant.understanding.spelling import Speller, is_ordinary, sound
from dangol.kernel.words.hangul import strip_particles
from dangol.kernel.words.normalising import compact, normalise
from dangol.kernel.words.vocabulary import vocabulary

Found = tuple[str, JsonValue, int, int]
_TOKEN = re.compile(r"[a-z0-9]+(?:['&+.-][a-z0-9]+)*|[가-힣ㄱ-ㅣ]+|\d+")
_MOST_TOKENS = 8
_COMMON = 400  # a word in more product names than this says nothing about which product is meant


@dataclass(frozen=True, slots=True)
class ProductName:
    """How one product may be called: its handle, its titles in each language, brand, category words and SKUs."""

    handle: str
    titles: tuple[str, ...]
    brand: str | None = None
    categories: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A brand, category or branch of the shop: the shop's own slug and every name it goes by."""

    slug: str
    names: tuple[str, ...]


@dataclass
class ShopLexicon:
    """Every name of one shop, indexed so that linking a message takes the same time at 100 and 100,000 products."""

    exact: dict[str, tuple[str, JsonValue]] = field(default_factory=dict)
    longest: int = 0
    handles: list[str] = field(default_factory=list)
    weights: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    postings: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    own: dict[tuple[str, str], str] = field(default_factory=dict)
    speller: Speller = field(default_factory=lambda: Speller({}))
    words: frozenset[str] = frozenset()

    @classmethod
    def build(
        cls,
        products: Iterable[ProductName] = (),
        brands: Iterable[Named] = (),
        categories: Iterable[Named] = (),
        branches: Iterable[Named] = (),
        coupons: Iterable[str] = (),
        languages: Iterable[str] = ("ko", "en"),
    ) -> "ShopLexicon":
        """An index of the shop's names; the values of the entities found are the slugs, handles and codes given."""
        lexicon = cls()
        listed = list(products)
        named = [("brand", one) for one in brands]
        given = {compact(name) for _, one in named for name in (one.slug, *one.names)}
        named += [
            ("brand", Named(one, (one,)))
            for one in sorted({p.brand for p in listed if p.brand})
            if compact(one) not in given
        ]
        categories = list(categories)
        for kind, one in [
            *named,
            *(("store", one) for one in branches),
            *(("category", one) for one in categories),
        ]:
            lexicon._add_named(kind, one)
        lexicon._leave_shared(categories)
        for code in coupons:
            lexicon._add(code, ("coupon", code))
        lexicon._add_products(listed)
        fuzzy = {key: entry for key, entry in lexicon.exact.items() if entry[0] in {"brand", "store"}}
        lexicon.speller = Speller(fuzzy, lexicon.postings)
        lexicon.words = frozenset(
            key for key, entry in lexicon.exact.items() if entry[0] in {"brand", "store"}
        )
        return lexicon

    def _add(self, name: str, entry: tuple[str, JsonValue]) -> None:
        key = compact(name)
        if len(key) >= 2:
            self.exact.setdefault(key, entry)
            self.longest = max(self.longest, len(key))

    def _add_named(self, kind: str, one: Named) -> None:
        for name in (*one.names, one.slug):
            self._add(name, (kind, one.slug))
            if kind == "store":
                self._add(
                    re.sub(r"(?:점|\s(?:store|branch|shop))$", "", name.strip(), flags=re.IGNORECASE) + "점",
                    (kind, one.slug),
                )
            if kind == "category" and (concept := vocabulary("categories").slug_of(name)):
                self.own.setdefault((kind, concept), one.slug)
            if kind == "category" and (single := _singular(name)):
                self._add(single, (kind, one.slug))

    def _leave_shared(self, kinds: Iterable[Named]) -> None:
        """None of several kinds stands for what a table calls them all: Cakes and Pastry are bread."""
        called: dict[str, set[str]] = {}
        for one in kinds:
            for name in one.names:
                for slug, _, _ in vocabulary("categories").find_plain(normalise(name)):
                    called.setdefault(slug, set()).add(one.slug)
        for concept in (slug for slug, ones in called.items() if len(ones) > 1):
            self.own.pop(("category", concept), None)

    def _add_products(self, products: list[ProductName]) -> None:
        rows: dict[str, list[int]] = {}
        for at, product in enumerate(products):
            self.handles.append(product.handle)
            for title in product.titles:
                self._add_title(title, product.handle)
            for code in (product.handle, *product.skus):
                self._add(code, ("product", {"product": product.handle}))
            for token in {token for title in product.titles for token in _title_tokens(title)}:
                rows.setdefault(token, []).append(at)
        for begun, handle in _beginnings(products):
            self._add(begun, ("product", {"product": handle}))
        self.postings = {token: np.array(places, np.int32) for token, places in rows.items()}

    def _add_title(self, title: str, handle: str) -> None:
        key = compact(title)
        if vocabulary("categories").slug_of(title) is None and len(key) >= 3:
            self._add(title, ("product", {"product": handle}))

    def own_slug(self, kind: str, slug: str) -> str:
        """The shop's own slug for a word of the common tables, where it has one."""
        return self.own.get((kind, slug), slug)

    def has_word(self, word: str) -> bool:
        """Whether a word is a name of the shop's, or stands in the name of a product."""
        return word in self.postings or word in self.exact

    def link(self, text: str) -> list[Found]:
        """Every name of the shop in a plain text, longest first: (entity type, value, start, end)."""
        tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
        found = list(self._whole_names(tokens))
        free = [one for one in tokens if all(one[2] <= start or end <= one[1] for _, _, start, end in found)]
        found += self._misspelt(free)
        found += self._part_names(free, found)
        return found

    def _whole_names(self, tokens: list[tuple[str, int, int]]) -> Iterator[Found]:
        at = 0
        while at < len(tokens):
            for size in range(min(_MOST_TOKENS, len(tokens) - at), 0, -1):
                entry, end = self._look_up(tokens[at : at + size])
                if entry is not None:
                    yield entry[0], entry[1], tokens[at][1], end
                    at += size - 1
                    break
            at += 1

    def _look_up(self, run: list[tuple[str, int, int]]) -> tuple[tuple[str, JsonValue] | None, int]:
        key = "".join(char for token, _, _ in run for char in token if char.isalnum())
        if len(key) > self.longest + 4:
            return None, 0
        if key in self.exact:
            return self.exact[key], run[-1][2]
        stem = strip_particles(key)
        if stem != key and stem in self.exact:
            return self.exact[stem], run[-1][2] - (len(key) - len(stem))
        return None, 0

    def _misspelt(self, tokens: list[tuple[str, int, int]]) -> Iterator[Found]:
        for token, start, end in tokens:
            stem = strip_particles(token)
            key = self.speller.name_for(stem)
            if key is not None:
                kind, value = self.exact[key]
                yield kind, value, start, start + len(stem) if stem != token else end

    def _part_names(self, tokens: list[tuple[str, int, int]], found: list[Found]) -> Iterator[Found]:
        known: list[tuple[NDArray[np.int32], int, int]] = []
        for token, start, end in tokens:
            stem = strip_particles(token)
            posting = self.postings.get(token, self.postings.get(stem))
            if posting is None and not is_ordinary(stem) and (mended := self.speller.word_for(stem)):
                posting = self.postings.get(mended)
            if posting is not None and len(posting) <= _COMMON and not is_ordinary(stem):
                known.append((posting, start, end))
        if not known or any(kind == "product" for kind, *_ in found):
            return
        places, counts = np.unique(np.concatenate([posting for posting, _, _ in known]), return_counts=True)
        best = int(counts.max())
        winners = places[counts == best]
        if len(winners) == 1 and (best >= 2 or (len(known[0][0]) == 1 and _names_alone(known[0], tokens))):
            yield "product", {"product": self.handles[int(winners[0])]}, known[0][1], known[-1][2]


def _beginnings(products: Iterable[ProductName]) -> Iterator[tuple[str, str]]:
    """(the first two or three words of a title, its handle), where no other title begins with them: "달길 러너 2"."""
    whose: dict[str, str | None] = {}
    for product in products:
        for begun in {begun for title in product.titles for begun in _begun(title)}:
            whose[begun] = product.handle if begun not in whose else None
    yield from ((begun, handle) for begun, handle in whose.items() if handle is not None)


def _begun(title: str) -> Iterator[str]:
    words = normalise(title).split()
    if len(words) > 2 and not is_ordinary(words[1]):  # a brand and a common word are its socks, whichever
        yield f"{words[0]} {words[1]}"
    if len(words) > 3:
        yield " ".join(words[:3])


def _singular(name: str) -> str | None:
    """ "Cakes" as one of them is called, where the tables know that word for goods."""
    plain = normalise(name)
    if not plain.isascii() or not plain.endswith("s") or plain.endswith("ss"):
        return None
    found = (word for word in (plain[:-1], plain[:-2], f"{plain[:-3]}y") if word != plain)
    return next((word for word in found if vocabulary("categories").slug_of(word)), None)


def _names_alone(known: tuple[NDArray[np.int32], int, int], tokens: list[tuple[str, int, int]]) -> bool:
    """Can this one word name a product by itself? A unit or two Latin letters ("mm", "xl") cannot."""
    word = next(token for token, start, _ in tokens if start == known[1])
    return not word.isascii() or len(word) >= 4


def _title_tokens(title: str) -> set[str]:
    tokens = {match.group() for match in _TOKEN.finditer(normalise(title))}
    return {token for token in tokens if len(token) > 1 and not is_ordinary(token)}


__all__ = ["Named", "ProductName", "ShopLexicon", "sound"]

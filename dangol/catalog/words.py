"""What the words on a product mean: the one place where the catalog reads the word tables."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import unescape
from operator import add
from types import ModuleType

from dangol.catalog.model import ProductDraft, Texts
from dangol.kernel.words import (
    animals,
    attributes,
    audiences,
    categories,
    colours,
    materials,
    occasions,
    seasons,
)
from dangol.kernel.words import sizes as size_words
from dangol.kernel.words.normalising import compact, normalise
from dangol.kernel.words.vocabulary import Row, Vocabulary

VERSION = "10"  # raise when the same words would come to mean something else

_SIZE_OPTION = re.compile(r"사이즈|싸이즈|치수|크기|size|호수|신장|허리|waist", re.IGNORECASE)
_COLOR_OPTION = re.compile(r"색|컬러|칼라|colou?r|shade", re.IGNORECASE)
_NO = re.compile(
    r"\b(?:no|not|none|without|isn't|aren't|doesn't|don't|cannot|can't|never|avoid|non)\b|않|없|아니|아님|아닌|안\s?[되돼됨됩]|불가|못|마세요|제외|삼가|피해|금지",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"^\s*(?:no|none|x|not?\s.*|아니요|아니오|없음|아님|불가|불가능|안\s?[되됨].*|미지원|해당\s?없음)\s*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+|(?<=[요다음됨])\.(?=\S)")
_PARTS = re.compile(r"[,;()·]|\s/\s")
_PLURAL = re.compile(r"^e?s(?![a-z])")
_TAGS = re.compile(r"<[^>]+>")
# what a title says after the kind of goods: asides, counts and contents ("치약 3개", "Sunscreen SPF50+", "Hand Cream Trio")
_ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\s[-–—|/]\s.*$|,.*$|\bfor\b.*$|(?<![a-z가-힣])(?:x\s?|spf\s?)?\d[\d.,x×*]*\s?(?:[a-z]{1,4}|[가-힣]{1,3})?\+*(?![a-z가-힣])|"
    r"\b(?:trio|duo|set|sets|pack|packs|bundle|refill)\b|(?<!\S)(?:세트|묶음|모음|기획|리필)(?!\S)",
    re.IGNORECASE,
)


_TABLES: dict[str, ModuleType] = {
    "attribute": attributes, "audience": audiences, "category": categories, "color": colours,
    "material": materials, "occasion": occasions, "season": seasons,
}  # fmt: skip


def find_slugs(kind: str, text: str) -> tuple[str, ...]:
    """The slugs of one word table found in a short text, in the order said."""
    return _find(kind, text)


@lru_cache(maxsize=50_000)
def _find(kind: str, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug for slug, _, _ in _TABLES[kind].words().find_plain(plain(text))))


def plain(text: str) -> str:
    """The plain form of a shop's own, well written text: far quicker than `normalise`, which mends what people type."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


@lru_cache(maxsize=100_000)
def squeezed(text: str) -> str:
    """A short text without spaces, marks and case, to compare names by."""
    return compact(text)


class _QuickVocabulary(Vocabulary):
    """Several tables in one, for reading whole catalogues: looks closer only where two letters could begin a word."""

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__(rows)
        self._begins = {word[:2] for word in self._slugs if len(word) > 1}
        self._single = {word for word in self._slugs if len(word) == 1}

    def _scan(self, text: str, squeezed: str, places: tuple[int, ...]) -> Iterator[tuple[str, int, int]]:
        begins, single = self._begins, self._single
        free = 0
        last_end = -1
        pairs = map(add, squeezed, f"{squeezed[1:]} ")
        for at, pair in enumerate(pairs):
            if at < free or not (pair in begins or pair[0] in single):
                continue
            before = text[places[at] - 1] if places[at] else " "
            if pair[0].isascii() and pair[0].isalpha() and before.isascii() and before.isalpha():
                continue
            for slug, start, end in self._at(text, squeezed, places, at, last_end):
                yield slug, start, end
                last_end = end
                free = bisect_left(places, end)

    def _at(
        self, text: str, squeezed: str, places: tuple[int, ...], at: int, last_end: int
    ) -> Iterator[tuple[str, int, int]]:
        """The longest word that stands at a place."""
        for length in self._lengths.get(squeezed[at], ()):
            word = squeezed[at : at + length]
            slug = self._slugs.get(word)
            if slug is None or len(word) < length:
                continue
            start, end = places[at], places[at + length - 1] + 1
            if self._stands(text, word, start, end, last_end):
                yield slug, start, end
                return


@cache
def _together(kinds: tuple[str, ...]) -> _QuickVocabulary:
    """Several word tables as one, so that a text is read once for all of them; slugs are `kind:slug`."""
    rows = []
    for kind in kinds:
        for row in _TABLES[kind].words().rows.values():
            rows.append(Row(f"{kind}:{row.slug}", None, row.ko, (row.slug.replace("-", " "), *row.en)))
    return _QuickVocabulary(rows)


_OUTRIGHT = ("attribute", "material", "audience", "season", "occasion", "color")
_IN_PASSING = ("attribute", "season", "occasion")


@lru_cache(maxsize=20_000)
def color_of(value: str) -> str:
    """The colour slug an option value stands for ("블랙/화이트" → black), "" when it names none."""
    found = find_slugs("color", normalise(value))
    return found[0] if found else ""


@lru_cache(maxsize=20_000)
def size_of(option: str, value: str) -> tuple[str, str]:
    """The size (system, value) an option value stands for, ("", "") when the option is no size."""
    if not _SIZE_OPTION.search(option):
        return "", ""
    plain = normalise(value)
    if re.search(r"허리|waist", option, re.IGNORECASE) and (
        number := re.fullmatch(r"(\d{2})(?:\s*인치|in|\")?", plain)
    ):
        return "waist_in", number[1]
    found = size_words.find_sizes(plain) or size_words.find_sizes(f"size {plain}")
    if found:
        return found[0].size.system, found[0].size.value
    return "unknown", plain


def is_color_option(name: str) -> bool:
    """Whether an option is the colour of a thing by its name."""
    return bool(_COLOR_OPTION.search(name))


def is_size_option(name: str) -> bool:
    """Whether an option is the size of a thing by its name."""
    return bool(_SIZE_OPTION.search(name))


def variant_words(option_names: Iterable[str], values: Iterable[str]) -> tuple[str, str, str]:
    """(colour slug, size system, size value) of a variant from its options' names and values."""
    color, size = "", ("", "")
    for name, value in zip(option_names, values, strict=False):
        if not size[0] and is_size_option(name):
            size = size_of(name, value)
        elif not color:
            color = color_of(value)
    return color, *size


def attribute_slugs(name: str, value: str) -> tuple[str, ...]:
    """What an attribute on record stands for ("방수: 완전 방수" → waterproof), without what its value denies."""
    return _attribute_words(name, value)[0]


def denied_slugs(name: str, value: str) -> tuple[str, ...]:
    """What an attribute on record says a product is not ("세탁: 세탁기 불가")."""
    return _attribute_words(name, value)[1]


@lru_cache(maxsize=50_000)
def _attribute_words(name: str, value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what holds, what is denied), read part by part: "물세탁 가능, 건조기 불가"."""
    of_name = [slug for slug in _said_outright(name) if slug.startswith(("attribute:", "material:"))]
    holds: dict[str, None] = {}
    denied: dict[str, None] = {}
    for part in filter(None, _PARTS.split(value)):
        said = _said_outright(part)
        if denies(part) and not _turned_itself(part, said):
            denied.update(dict.fromkeys(said or of_name))
        else:
            holds.update(dict.fromkeys(said))
    if not denied:
        holds.update(dict.fromkeys(of_name))
    return tuple(holds), tuple(slug for slug in denied if slug not in holds)


def _turned_itself(text: str, said: tuple[str, ...]) -> bool:
    """Whether the no belongs to the word itself ("미끄러지지 않는", "no sugar added")."""
    if not said:
        return False
    left = plain(text)
    for _, start, end in reversed(_together(_OUTRIGHT).find_plain(left)):
        left = left[:start] + " " + left[end:]
    return not denies(left)


def denies(text: str) -> bool:
    """Whether a value or a sentence says no ("불가", "not waterproof")."""
    return bool(_DENIED.match(text) or _NO.search(text))


def holds_in(sentence: str) -> bool:
    """Whether a sentence affirms what it speaks of ("밑창이 미끄럽지 않아요" affirms that it is non-slip)."""
    said = _said_outright(sentence)
    return not denies(sentence) or _turned_itself(sentence, said)


@cache
def stems_of(kind: str, slug: str) -> tuple[str, ...]:
    """The unchanging part of the Korean adjectives of a word of the tables (가벼운, 가볍고 → 가벼, 가볍)."""
    row = _TABLES[kind].words().rows.get(slug)
    said = row.ko if row else ()
    return tuple(
        dict.fromkeys(
            word[:-1] for word in said if len(word) >= 3 and word[-1] in "운은는한고" and " " not in word
        )
    )


def plain_text(html: str) -> str:
    """The words of a description without its markup, a line for each block."""
    spaced = re.sub(r"</(?:p|li|div|h\d|tr)>|<br\s*/?>", "\n", html)
    return unescape(_TAGS.sub(" ", spaced)).strip()


def sentences(text: str) -> list[str]:
    """The sentences of a text, as they are written."""
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def head_category(title: str) -> str | None:
    """The kind of goods a title ends in ("방수 등산화 (와이드)" → hiking-shoes); None when its head is no known word."""
    bare = plain(_ASIDE.sub(" ", title))
    found = _together(("category",)).find_plain(bare)
    if not found:
        return None
    slug, _, end = found[-1]
    slug = slug.partition(":")[2]
    rest = _PLURAL.sub("", bare[end:])  # "Patio String Lights"
    return None if any(char.isalnum() for char in rest) else slug


def category_concepts(category: Texts, titles: Texts, tags: Iterable[str]) -> list[str]:
    """The kinds of goods a product is, with all wider ones: the shop's own type first, then title, then tags."""
    paths = [[part.strip() for part in re.split(r"[>/|]", text)] for text in category.values()]
    own = [slug for path in paths for part in path for slug in find_slugs("category", part)]
    heads = [slug for text in titles.values() if (slug := head_category(text))]
    if any(categories.is_within(slug, "pets") for slug in own):
        own, heads = [*map(animals.for_animals, own)], [*map(animals.for_animals, heads)]
    if own and not _only_departments(own):
        heads = [head for head in heads if any(_akin(head, slug) for slug in own)]
    # plain "toys" with the tag "cat", or under "pets", is what the table calls cat toys
    told = [
        slug
        for path in paths
        for beside in (*tags, *path[:-1])
        for slug in find_slugs("category", f"{beside} {path[-1]}")
    ]
    narrower = [slug for slug in told if slug not in own and any(_beside(slug, kind) for kind in own)]
    found = own + heads + narrower or [slug for tag in tags for slug in find_slugs("category", tag)]
    out: dict[str, None] = {}
    for slug in found:
        out.update(dict.fromkeys([slug, *categories.wider(slug)]))
    return list(out)


def _also_called(product: ProductDraft) -> list[str]:
    """Kinds by whose name a thing goes though the shop files it elsewhere: a camping chair is a chair, too."""
    out = []
    for text in (*product.title.values(), *product.category.values()):
        last = plain(_ASIDE.sub(" ", re.split(r"[>/|]", text)[-1])).split()[-1:]
        out += [slug for word in last for slug in find_slugs("category", word)]
        head = head_category(text)
        out += [head] if head else []
    return list(dict.fromkeys(out))


def _only_departments(own: Iterable[str]) -> bool:
    """Does the shop's own type name departments only, so that the title may say what the thing is?

    Not with pets: a dog's raincoat is no raincoat.
    """
    return all(not categories.wider(slug) and slug != "pets" for slug in own)


def _akin(head: str, slug: str) -> bool:
    """Whether what a title ends in may be what the shop's own type names: of one department ("반찬", "포기김치").

    A book called "The Perfect Dress" is no dress.
    """
    return categories.is_within(head, slug) or (
        _department(head) == _department(slug) and _department(slug) not in ("pets", "books", slug)
    )


def _department(slug: str) -> str:
    return (categories.wider(slug) or [slug])[-1]


def _beside(slug: str, kind: str) -> bool:
    """Whether a kind of goods is called after another one (pet-toys, toys)."""
    return slug.endswith(f"-{kind}") or categories.is_within(slug, kind)


_IMPLIED = {
    "material:gore-tex": "attribute:waterproof",
    "category:rain-boots": "attribute:waterproof",
    "category:padded-jackets": "attribute:warm",
    "material:down": "attribute:warm",
    "material:fleece": "attribute:warm",
    "material:wool": "attribute:warm",
    "material:cashmere": "attribute:warm",
}


def describe(product: ProductDraft) -> list[str]:
    """What a product is in the words of the tables: `kind:slug`, and `kind~:slug` where only its description says so."""
    sure: dict[str, None] = {}
    sure.update(
        (f"category:{slug}", None)
        for slug in category_concepts(product.category, product.title, product.tags)
    )
    for text in [*product.tags, *product.title.values(), *product.category.values()]:
        sure.update((concept, None) for concept in _affirmed(text))
    for attribute in product.attributes:
        for language, value in attribute["value"].items():
            name = attribute["name"].get(language) or next(iter(attribute["name"].values()), "")
            sure.update((concept, None) for concept in attribute_slugs(name, value))
    if "category:pets" not in sure:  # a cat on a mug is not whom the mug is for
        for animal in animals.ANIMALS:
            sure.pop(f"audience:{animal}", None)
    for concept, follows in _IMPLIED.items():
        if concept in sure:
            sure[follows] = None
    return [*sure, *(weak for weak in _in_passing(product, sure) if weak.replace("~:", ":") not in sure)]


def _in_passing(product: ProductDraft, sure: Iterable[str]) -> dict[str, None]:
    """What is said of a product beside what it is filed as: by its name, and by its description."""
    said: dict[str, None] = dict.fromkeys(_of_options(product))
    if not {"category:pets", "category:books"} & set(sure):
        said.update((f"category~:{slug}", None) for slug in _also_called(product))
    for html in product.description.values():
        for sentence in sentences(plain_text(html)):
            said.update(dict.fromkeys(_said_in_passing(sentence)))
    return said


def _of_options(product: ProductDraft) -> Iterator[str]:
    """What some variants of a product are by their options: "발볼: 넓은", "Width: Wide", "대상: 여아"."""
    for option in product.options:
        for value in option.get("values", ()):
            for language, text in value.items():
                name = option["name"].get(language) or next(iter(option["name"].values()), "")
                for slug in dict.fromkeys((*_affirmed(text), *_affirmed(f"{text} {name}"))):
                    if slug.startswith("attribute:"):
                        yield slug.replace(":", "~:", 1)


def _affirmed(text: str) -> tuple[str, ...]:
    """What a tag or a title says of a product, unless it says that it is not so ("디카페인 아님")."""
    said = _said_outright(text)
    return () if said and denies(text) and not _turned_itself(text, said) else said


@lru_cache(maxsize=50_000)
def _said_outright(text: str) -> tuple[str, ...]:
    return tuple(slug for slug, _, _ in _together(_OUTRIGHT).find_plain(plain(text)))


def _said_in_passing(sentence: str) -> list[str]:
    found = _together(_IN_PASSING).find_plain(plain(sentence))
    said = tuple(slug for slug, _, _ in found)
    if not said or (denies(sentence) and not _turned_itself(sentence, said)):
        return []
    return [slug.replace(":", "~:", 1) for slug in said]

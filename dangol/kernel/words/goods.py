"""Which goods a message means: by words of their names, by their kind, by their colour, in either language."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from dangol.kernel.words import categories, colours
from dangol.kernel.words.normalising import compact, normalise

Goods = TypeVar("Goods", bound=Hashable)

# words of requests and reasons that stand in names of goods, too, and mean none there
_NO_NAMES = frozenset({
    "주문", "취소", "반품", "환불", "교환", "배송", "상품", "제품", "택배", "사이즈", "색상", "컬러", "결제",
    "세트", "할인", "무료", "오늘", "어제", "이번", "지난", "구매", "문의", "신청", "확인", "다른", "새로",
    "최근", "정품", "국내", "작은", "큰", "개입", "사용", "선물", "the", "and", "for", "with", "from", "this",
    "that", "one", "ones", "two", "new", "old", "size", "color", "colour", "order", "orders", "ordered",
    "cancel", "return", "refund", "exchange", "item", "items", "product", "products", "set", "pack", "free",
    "shipping", "want", "wants", "like", "need", "too", "small", "large", "big", "long", "short", "tight",
    "loose", "all", "any", "please", "back", "not", "off", "our", "your", "you", "can", "out", "day", "days",
    "week", "month", "last", "first", "my", "per", "more", "gift", "use", "made", "make", "good",
})  # fmt: skip
_LATIN = re.compile(r"[a-z0-9]+")


def marks(title: str, options: Iterable[str], said: str) -> frozenset[str]:
    """By what a text means these goods: words of their name, their kind (or a wider one), their colour."""
    kinds, tints, run, latin = _asked(said)
    found: set[str] = set()
    for own_kind in _kinds(title):
        for slug in kinds:
            if categories.is_within(own_kind, slug):
                found |= {f"about:{slug}", f"kind:{slug}"}
            elif categories.is_within(slug, own_kind):
                found.add(f"about:{slug}")
    own = frozenset[str]().union(*map(_tints, (title, *options)))
    return frozenset(found | {f"colour:{slug}" for slug in tints & own} | _words(title, run, latin))


@lru_cache(maxsize=8192)  # the titles of a shop come up in every order
def _kinds(text: str) -> frozenset[str]:
    return frozenset(match.slug for match in categories.find(text))


@lru_cache(maxsize=8192)
def _tints(text: str) -> frozenset[str]:
    return frozenset(match.slug for match in colours.find(text))


@lru_cache(maxsize=64)  # the same words are held against every line of somebody's orders
def _asked(said: str) -> tuple[frozenset[str], frozenset[str], str, frozenset[str]]:
    """Kinds and colours that are named, the text without spaces, and its Latin words."""
    return (
        _kinds(said),
        _tints(said),
        compact(said),
        frozenset(_stem(word) for word in _LATIN.findall(normalise(said))),
    )


def _words(title: str, run: str, latin: frozenset[str]) -> set[str]:
    found = set()
    for word in re.split(r"[\s/]+", title):
        plain = compact(word)
        if plain in _NO_NAMES or _kinds(word) or _tints(word):
            continue
        if plain.isascii():
            named = len(plain) > 2 and not plain.isdigit() and _stem(plain) in latin
        else:
            named = len(plain) > 1 and plain in run
        found |= {f"word:{plain}"} if named else set()
    return found


def _stem(word: str) -> str:
    return word if word.endswith("ss") or len(word) < 4 else word.removesuffix("s")


def meant(found: Mapping[Goods, frozenset[str]]) -> list[Goods]:
    """Those that are meant, in their order: named at all, and no others named by the same marks and by more."""
    told = frozenset(found.values())
    most = {own for own in told if own and not any(own < other for other in told)}
    return [goods for goods, own in found.items() if own in most]

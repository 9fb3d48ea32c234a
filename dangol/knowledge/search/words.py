"""The content words of a question or a passage: what is left when grammar and chat are taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from dangol.kernel.words import hangul
from dangol.kernel.words.normalising import normalise

_TOKEN = re.compile(r"[가-힣]+|[a-z][a-z']*|\d[\d,.]*\d|\d")


def _read_grammar() -> dict[str, tuple[str, ...]]:
    text = files("dangol.knowledge.search").joinpath("grammar.txt").read_text(encoding="utf-8")
    parts = re.split(r"^\[(.+)\]$", text, flags=re.MULTILINE)[1:]
    return {name: tuple(words.split()) for name, words in zip(parts[::2], parts[1::2], strict=True)}


_GRAMMAR = _read_grammar()
# endings of verbs and questions that follow a noun or a stem (반품하려면, 포장되나요); the longest is tried first
_ENDINGS = sorted(_GRAMMAR["korean endings"], key=len, reverse=True)
_KOREAN_STOP = frozenset(_GRAMMAR["korean words"])
_ENGLISH_STOP = frozenset(_GRAMMAR["english words"])


_ABLE = re.compile(r"([가-힣])\s?수\s?(?=있|없)")  # 쓸 수 있어요, 쓸수있어요
_VERBAL = re.compile(
    r"(?:나요|나여|까요|까여|어요|아요|여요|워요|와요|져요|세요|셔요|줘요|돼요|되요|해요|네요|지요|죠|습니까|[가-힣]니까|[어아여워와져춰려켜려]서|[었았였겠했됐]\S*"
    r"|는데요?|은데요?|던데요?|지만|려고요?|려면|으면|[되하오가보나라주사키시지치리]면|도록|다가|거나|[하되르고오가보주사타두팔]고|[해돼어아여]야|[해돼어아여]도|는지|은지|을지"
    r"|[할될줄볼갈올쓸살탈]까?|[되하오가보나주사타]는|[어아해]줘)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word in the form it is compared in; `surface` is how it was written.

    `verbal`: a Korean verb or adjective by its ending, which tells less of the subject than a noun does.
    """

    text: str
    surface: str
    korean: bool
    verbal: bool = False


def plain_form(text: str) -> str:
    """A text in the one form in which everything here is compared."""
    return normalise(re.sub(r"^[^\w#$₩€£¥]+", "", text))


@lru_cache(maxsize=8192)
def content_words(text: str) -> tuple[Word, ...]:
    """The content words of a text in order, each once: stems of Korean words, English words without inflection."""
    found: dict[str, Word] = {}
    for token in _TOKEN.findall(_ABLE.sub(r"\1 ", plain_form(text))):
        if token[0] == "몇":
            continue  # asks for a number, names nothing
        if hangul.is_korean(token[0]):
            stem = korean_stem(token)
            if stem and stem not in _KOREAN_STOP:
                found.setdefault(
                    stem, Word(stem, token, True, bool(_VERBAL.search(token)) and not _is_done(token))
                )
        elif token[0].isdigit():
            found.setdefault(token, Word(token.replace(",", ""), token, False))
        elif len(token) > 1 and (
            token.strip("'") not in _ENGLISH_STOP or _is_service(token.strip("'"), text)
        ):
            stem = english_stem(token)
            found.setdefault(stem, Word(stem, token, False))
    return tuple(found.values())


def _is_service(word: str, text: str) -> bool:
    # among Korean words "as" is after-sales service
    return word == "as" and any(map(hangul.is_korean, text))


def _is_done(token: str) -> bool:
    # a noun of at least two syllables with 하다 or 되다 behind it (교환하려면, 포장되나요) is about the noun
    return re.match(r"[가-힣]{2,}(?:하|되|돼|해|할|될|했|됐|한|된)", token) is not None


@lru_cache(maxsize=65536)
def korean_stem(token: str) -> str:
    """A Korean word without particles and endings (반품하려면 → 반품, 제주도는요 → 제주도)."""
    if token in _KOREAN_STOP:
        return ""
    stem = token
    for ending in _ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= (1 if len(ending) > 1 else 2):
            stem = stem[: -len(ending)]
            break
    if stem in _KOREAN_STOP:
        return ""
    stripped = hangul.strip_particles(stem)
    if stripped in _KOREAN_STOP:
        return ""
    return stripped if len(stripped) > 1 or len(stem) == 1 else stem


@lru_cache(maxsize=65536)
def english_stem(word: str) -> str:
    """An English word without its inflection (returned, returns, returning → return)."""
    word = word.removesuffix("'s").strip("'")
    for suffix, least in (("ies", 3), ("ing", 4), ("ied", 3), ("ed", 4), ("es", 4), ("s", 3)):
        if not word.endswith(suffix) or len(word) - len(suffix) < min(least, 3):
            continue
        if suffix == "s" and word.endswith(("ss", "us", "is")):
            return word
        if suffix == "es" and not word.endswith(("shes", "ches", "xes", "sses", "zes")):
            continue
        return _settled(word[: -len(suffix)], suffix)
    return word.removesuffix("e") if len(word) > 3 else word


def _settled(stem: str, suffix: str) -> str:
    if suffix in ("ies", "ied"):
        return stem + "y"
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl"
    stem = stem[:-1] if doubled and suffix in ("ing", "ed") else stem
    return stem.removesuffix("e") if len(stem) > 3 else stem


def pieces(word: Word) -> tuple[str, ...]:
    """What a word is looked up by: pairs of neighbouring syllables for Korean, itself otherwise."""
    if not word.korean or len(word.text) < 2:
        return (word.text,)
    return tuple(word.text[at : at + 2] for at in range(len(word.text) - 1))

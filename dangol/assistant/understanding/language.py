"""Which language a message is in: script first, then py3langid among the shop's languages."""

import re
from collections.abc import Sequence
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from dangol.assistant.understanding.keyboard import is_english_word
from dangol.kernel.words.vocabulary import word_list

_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]")
_HANGUL_WORD = re.compile(r"[가-힣ㄱ-ㅣ]+")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+")  # what a mailbox is called is no language
_LATIN_WORD = re.compile(r"[a-z']+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)


def identify(plain: str, languages: Sequence[str], so_far: str | None) -> str:
    """The language of a message in plain form; short or mixed text keeps the language of the conversation."""
    fallback = so_far or (languages[0] if languages else "ko")
    plain = _ADDRESS.sub(" ", plain)
    latin = _LATIN_WORD.findall(plain)
    korean = len(_HANGUL.findall(plain))
    if korean and "ko" in languages:
        return _mixed(plain, latin, languages, so_far)
    for language, script in _SCRIPTS:
        if script.search(plain):
            return language if language in languages else fallback
    if not latin:
        return fallback
    return _latin(plain, latin, languages, so_far)


def _mixed(plain: str, latin: Sequence[str], languages: Sequence[str], so_far: str | None) -> str:
    """English with a Korean word in it stays English in an English talk; else English must be the most of it."""
    english = [word for word in latin if is_english_word(word) and word not in word_list("either_language")]
    korean = len(_HANGUL_WORD.findall(plain)) if so_far == "en" else len(_HANGUL.findall(plain))
    return "en" if "en" in languages and len(english) > korean else "ko"


def _latin(plain: str, latin: Sequence[str], languages: Sequence[str], so_far: str | None) -> str:
    words = [word for word in latin if word not in word_list("either_language") and len(word) > 1]
    english = sum(word in word_list("english_words") for word in words)
    if so_far and (not words or (english == 0 and len(words) <= 3)):
        return so_far
    candidates = [language for language in languages if language not in {"ko", "ja", "zh", "ru", "ar", "th"}]
    if len(candidates) == 1 or (candidates and english * 2 >= len(latin) and "en" in candidates):
        return "en" if "en" in candidates else candidates[0]
    if not candidates:
        return so_far or languages[0]
    return str(_identifier(tuple(candidates)).classify(plain)[0])


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(languages))
    return identifier

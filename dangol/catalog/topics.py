"""What a review speaks of, sentence by sentence, and whether it praises or blames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from dangol.kernel.words.hangul import is_syllable
from dangol.kernel.words.numbers import find_money

_SENTENCE = re.compile(r"[^.!?。\n~]+(?:[.!?。~]+|\n|$)")
_CLAUSE = re.compile(
    r"(?<=지만)\s|(?<=는데)\s|(?<=은데)\s|(?<=한데)\s|(?<=만요)\s|,\s|\bbut\b|\bhowever\b|\balthough\b|\bthough\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z][a-z'-]*")

_SMALL = re.compile(
    r"작게\s?나|작아|작네|작습|작은\s?(?:편|듯)|작았|꽉\s?[끼조]|타이트|조여|조이|끼어|끼네|껴요|볼이\s?좁|발볼이?\s?좁"
    r"|[한반]\s?(?:치수|사이즈)\s?(?:크게|업|위)"
    r"|runs?\s(?:a\s(?:bit|little|half size)\s)?small|too\s(?:small|tight|narrow)|(?:bit|little)\s(?:small|tight|snug)"
    r"|sized?\sup|tight\s(?:on|around|across|at)|smaller\sthan",
    re.IGNORECASE,
)
_LARGE = re.compile(
    r"크게\s?나|커요|커서|크네|큽니다|큰\s?(?:편|듯)|컸|헐렁|헐거|넉넉하게\s?나|[한반]\s?(?:치수|사이즈)\s?(?:작게|다운|아래)"
    r"|runs?\s(?:a\s(?:bit|little|half size)\s)?(?:large|big)|too\s(?:large|big|loose|wide)"
    r"|(?:bit|little)\s(?:large|big|loose|roomy)|sized?\sdown|bigger\sthan|larger\sthan",
    re.IGNORECASE,
)
_TRUE = re.compile(
    r"정사이즈|딱\s?맞|잘\s?맞|사이즈\s?(?:딱|굿|좋)|꼭\s?맞|평소\s?(?:신는|입는)?\s?사이즈|(?:사이즈|치수)(?:표|\s?안내)?\s?대로|true\sto\ssize|fits?\s(?:perfectly|well|great|as\sexpected|just\sright|true)|perfect\sfit|usual\s(?:size|\d)",
    re.IGNORECASE,
)


_TURNED = re.compile(
    r"(?:안|못)\s(?:좋|편|예|이쁘|따뜻|만족)|(?:좋|편하|예쁘|만족스럽|따뜻하)지\s?(?:는\s?)?않"
    r"|\bnot\s(?:very\s|so\s|that\s|really\s|as\s)?(?:good|great|comfortable|soft|happy|worth|warm|nice)|n't\s(?:like|love|recommend|fit)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a review says: of which topic, in which words of its own, praising (1), blaming (-1) or neither (0)."""

    topic: str
    words: str
    mood: int
    money: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, what it is called, and the words it is known by."""

    name: str
    ko: str
    en: str
    words: _Words


@dataclass(frozen=True, slots=True)
class _Words:
    korean: tuple[str, ...]
    latin: frozenset[str]
    stems: tuple[str, ...]

    def count(self, text: str) -> int:
        """How many of these words stand in a plain text."""
        latin: list[str] = _WORD.findall(text)
        return sum(word in text for word in self.korean) + sum(
            word in self.latin or word.startswith(self.stems) for word in latin
        )


def _words(written: str) -> _Words:
    parts = written.split()
    korean = tuple(part.replace("_", " ") for part in parts if is_syllable(part[0]))
    latin = [part for part in parts if not is_syllable(part[0])]
    stems = tuple(part.rstrip("*") for part in latin if part.endswith("*"))
    return _Words(korean, frozenset(part for part in latin if not part.endswith("*")), stems)


def _lines(name: str) -> list[str]:
    text = files("dangol.catalog").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def topics() -> dict[str, Topic]:
    """Every topic by name."""
    out = {}
    for line in _lines("review_topics.txt"):
        name, labels, words = (part.strip() for part in line.split(":", 2))
        ko, _, en = labels.partition("|")
        out[name] = Topic(name, ko.strip(), en.strip(), _words(words))
    return out


@cache
def _moods() -> dict[str, _Words]:
    return {
        name.strip(): _words(words)
        for name, _, words in (line.partition(":") for line in _lines("review_moods.txt"))
    }


def label(topic: str, language: str) -> str:
    """What a topic is called."""
    known = topics().get(topic)
    return (known.ko if language == "ko" else known.en) if known else topic


def topic_named(word: str) -> str | None:
    """The topic a word stands for (배송, delivery, "is it true to size"), None when none does."""
    plain = word.lower().strip()
    for topic in topics().values():
        if plain in (topic.name, topic.ko, topic.en.lower()):
            return topic.name
    counts = {topic.name: topic.words.count(plain) for topic in topics().values()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


@lru_cache(maxsize=20_000)
def said_in(body: str, rating: int) -> tuple[Said, ...]:
    """What a review says, clause by clause; a clause without a word of praise or blame goes with the stars."""
    out = []
    for sentence in _SENTENCE.findall(body):
        for clause in _clauses(sentence):
            plain = clause.lower()
            money = bool(find_money(plain, "KRW"))
            for topic in topics().values():
                if topic.words.count(plain):
                    out.append(Said(topic.name, sentence.strip(), _mood(topic.name, plain, rating), money))
    return tuple(out)


def _clauses(sentence: str) -> list[str]:
    return [part for part in _CLAUSE.split(sentence) if part and part.strip()]


def _mood(topic: str, plain: str, rating: int) -> int:
    by_stars = 1 if rating >= 4 else -1 if rating <= 2 else 0
    if topic == "size" and (fit := fit_in(plain)):
        return 1 if fit == "true" else -1
    moods = _moods()
    # "안 좋아요" is no praise; the lists hold the usual turned words ("안 미끄러워요") themselves
    praise = moods["praise"].count(plain) - 2 * len(_TURNED.findall(plain))
    balance = praise - moods["blame"].count(plain)
    return by_stars if balance == 0 else 1 if balance > 0 else -1


def fit_in(text: str) -> str | None:
    """Whether a text says something runs small, large or true to size; None when it says nothing of it."""
    small, large, true = (bool(pattern.search(text)) for pattern in (_SMALL, _LARGE, _TRUE))
    if true and not (small or large):
        return "true"
    if small != large:
        return "small" if small else "large"
    return None

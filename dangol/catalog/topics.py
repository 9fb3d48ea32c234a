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


# a word that is said not to hold: "안 미끄러워요", "무겁지 않아요", "not heavy"
_NOT_BEFORE = re.compile(
    r"(?:안|못)\s?$"
    r"|\b(?:not|no|never|without|hardly|barely|neither|zero|nothing|none)\s(?:(?!only|just)[a-z'-]+\s){0,2}$"
    r"|n't\s(?:[a-z'-]+\s){0,2}$"
)
_NOT_AFTER = re.compile(
    r"[가-힣]{0,2}?(?:하|되|스럽|롭|럽|갑|겁|춥|덥|쁘|프)?지\s?(?:는|도|가|를)?\s?(?:않|안|못)"
    r"|(?:은|는|이|가)?\s?아니|\s?못\s?해|-?free\b"
)
# only a fault can be absent: "아쉬운 점 없어요", "보풀이 안 생겨요"; that nothing is as good ("편한 게 없어요") is praise
_ABSENT = re.compile(
    r"[가-힣]{0,2}\s?(?:점|데|곳|부분|적|일|감|느낌|현상)?(?:은|는|이|가|도|을)?"
    r"\s?(?:거의|전혀|별로|하나도|딱히|아예)?\s?(?:없|못\s?느|안\s?(?!좋|편|예|이쁘|맞)[가-힣])"
)
_UNSURPASSED = re.compile(
    r"\b(?:can't|cannot|couldn't|can not)\s(?:be|recommend|praise|fault|say enough|go wrong)\b"
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
        return len(self.places(text))

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where these words stand in a plain text, each Korean one once."""
        found = [(at, at + len(word)) for word in self.korean if (at := text.find(word)) >= 0]
        return found + [
            match.span()
            for match in _WORD.finditer(text)
            if match.group() in self.latin or match.group().startswith(self.stems)
        ]


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
    balance = _balance(plain)
    return by_stars if balance == 0 else 1 if balance > 0 else -1


def _balance(plain: str) -> int:
    """Words of praise less words of blame in a clause, each turned round where it is said not to hold."""
    if _UNSURPASSED.search(plain):
        return 1
    places = sorted(
        (start, end, sign)
        for name, sign in (("praise", 1), ("blame", -1))
        for start, end in _moods()[name].places(plain)
    )
    balance, taken = 0, 0
    for start, end, sign in places:
        if start < taken:
            continue  # 쉬워 in 아쉬워 is no praise
        taken = end
        turned = _NOT_BEFORE.search(plain[:start]) or _NOT_AFTER.match(plain, end)
        if sign < 0:
            turned = turned or _ABSENT.match(plain, end)
        balance += -sign if turned else sign
    return balance


def fit_in(text: str) -> str | None:
    """Whether a text says something runs small, large or true to size; None when it says nothing of it."""
    small, large, true = (bool(pattern.search(text)) for pattern in (_SMALL, _LARGE, _TRUE))
    if true and not (small or large):
        return "true"
    if small != large:
        return "small" if small else "large"
    return None

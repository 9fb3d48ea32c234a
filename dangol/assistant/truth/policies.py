"""Statements of what the shop allows or refuses, against what its articles say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dangol.assistant.truth.alternatives import any_of
from dangol.assistant.truth.evidence import Evidence
from dangol.assistant.truth.roles import roles_in
from dangol.assistant.truth.situation import Reading
from dangol.assistant.truth.text import QUESTION, Span, sentence_spans

_TOPICS = ("return", "exchange", "refund", "wrapping", "warranty", "repair", "pickup")
_ALLOWS = any_of(
    r"가능(?!하지|한지|할까|여부|하신지)|(?:할|하실|받으실|받을|바꿀|바꾸실|보내실|쓸|쓰실) 수 있(?!을까"
    r"|는지|나)|돼요|됩니다|되고요?|해\s?드려요|해\s?드립니다"
    r"|받아\s?드려요|보장|\bcan (?:be|return|exchange|get|have|send|ask)\b|\bmay\b"
    r"|is (?:possible|allowed|available|included|covered)|are (?:possible|allowed|covered"
    r"|accepted)|we (?:accept|allow|offer|cover|gift[- ]wrap|repair|refund)"
)
_REFUSES = any_of(
    r"불가|안 돼요|안 됩니다|안 되고|(?:할|하실|바꿀|바꾸실|보내실|쓸|쓰실) 수 없|받지 않|받을 수 없|해\s?드리지 않"
    r"|어려워요|어렵습니다|하지 않아요|되지 않아요|되지 않습니다|않습니다|못해요|못합니다"
    r"|제외|\bcannot\b|\bcan't\b|\bcan not\b|\bnot (?:possible|allowed|available|accepted"
    r"|included|covered|returnable|offer)|\bdon't (?:accept|offer|allow|take|cover)"
    r"|do not (?:accept|offer|allow|take|cover)|non-?returnable|\bno (?:returns|refunds"
    r"|exchanges)\b|final sale"
)
_HELPING = any_of(
    r"도와\s?드릴|도와드|접수|신청해\s?드|진행해\s?드|연결해|안내해|알려|확인해|찾아|물어"
    r"|드릴까요|할까요|i can (?:help|start|look|check|find|ask|show|pass|connect|tell|add)"
    r"|let me|i'll|would you like|shall i|want me to|i couldn't find|happy to help"
)
_SKIPPED = any_of(
    r"모르|적혀 있지|나와 있지|안내가 없|확인되지|not (?:stated|say|mention)|doesn't say"
    r"|don't know|haven't written|no information"
)
# 세탁하지 않은, 뜯지 않았을 때, unopened, not been worn: the condition under which a rule holds
_NOT_DONE = re.compile(
    r"([가-힣]{2,3})하지\s?않(?!아요|습니다|고)|(?<![가-힣])([가-힣])지\s?않(?!아요|습니다|고)|\bun(\w{2,}(?:ed|n))\b"
    r"|\bnot (?:been )?(?!cover|guarant|wrapp|return|swapp|replac|charg|print|reprint|collect|includ|allow|accept|offer|ship|refund|exchang|repair|sold|deliver|sent)(\w{4,}(?:ed|n))\b"
)
_ONLY = re.compile(r"만(?=\s)|\bonly\b")
_UNLESS = re.compile(
    r"아닌 한|아니면|아니라면|말고는|외에는|\bunless\b|\bas long as\b|\bexcept\b|\bother than\b"
)
# "no exchange without the box" allows it with the box
ASKS_FOR = re.compile(
    r"(?:없으면|않으면|않으시면|없이는)[^.]{0,20}(?:안 |못|없|어려|어렵|불가)"
    r"|\bwithout\b[^.]{0,40}\b(?:cannot|can't|no|not)\b|\b(?:cannot|can't|no)\b[^.]{0,40}\bwithout\b"
)
_BACK = frozenset({"return", "refund"})  # what cannot come back is not paid back
_BARE = re.compile(r"[가-힣]{2,}|[a-z]{4,}")


def unwritten_policies(reading: Reading, evidence: Evidence) -> Iterator[Span]:
    """The sentences that state a rule which no passage states, or the opposite of what the nearest passage says."""
    for span in sentence_spans(reading.text):
        sentence = span.cut(reading.text)
        allows = _polarity(sentence)
        if (
            allows is None
            or QUESTION.search(sentence)
            or _HELPING.search(sentence)
            or _SKIPPED.search(sentence)
        ):
            continue
        topics = roles_in(sentence, _TOPICS)
        if topics and not _written(sentence, topics, allows, evidence):
            yield span


def _polarity(sentence: str) -> bool | None:
    if ASKS_FOR.search(sentence):
        return None
    if _REFUSES.search(sentence):
        return False
    return True if _ALLOWS.search(sentence) else None


def _written(sentence: str, topics: frozenset[str], allows: bool, evidence: Evidence) -> bool:
    if topics & _BACK:
        topics |= _BACK
    rivals: list[tuple[float, bool | None]] = []
    for passage in evidence.passages:
        for span in sentence_spans(passage):
            stated = span.cut(passage)
            if roles_in(stated, _TOPICS) & topics:
                if is_the_same_turned(sentence, stated):
                    return True
                rivals.append((_likeness(sentence, stated), turned(_polarity(stated), sentence, stated)))
    if not rivals:
        return not evidence.passages and _from_records(topics, evidence)
    best = max(likeness for likeness, _ in rivals)
    nearest = [polarity for likeness, polarity in rivals if likeness >= best - 0.1]
    return any(polarity is None or polarity == allows for polarity in nearest)


def is_the_same_turned(sentence: str, stated: str) -> bool:
    """ "Not unless it is faulty" says what "only if it is faulty" does."""
    return bool(_UNLESS.search(sentence) and _ONLY.search(stated))


def turned(allows: bool | None, sentence: str, stated: str) -> bool | None:
    """What an article says of the opposite: allowed where unopened says refused where opened."""
    if allows is None:
        return None
    opposite = _is_opposite(sentence, stated) or _is_opposite(stated, sentence)
    return not allows if opposite else allows


def _is_opposite(sentence: str, stated: str) -> bool:
    """Whether one is said of what is done, and the other of what is not."""
    stems = [next(filter(None, found.groups())) for found in _NOT_DONE.finditer(stated)]
    return any(_done(stem).search(sentence) for stem in stems)


@lru_cache(maxsize=256)
def _done(stem: str) -> re.Pattern[str]:
    if stem.isascii():
        return re.compile(rf"\b(?<!not )(?<!n't )(?<!never )(?<!not been ){stem}\b")
    return re.compile(rf"{stem}(?:한|했|하신|하셨)" if len(stem) > 1 else rf"{stem}(?:은|어|었|으)")


def _from_records(topics: frozenset[str], evidence: Evidence) -> bool:
    """The shop file or an order's own figures on the topic stand in for an article."""
    return any(
        fact.roles & topics for facts in evidence.facts.values() for fact in facts if fact.source == "record"
    )


def _likeness(one: str, other: str) -> float:
    mine, theirs = _shingles(one), _shingles(other)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _shingles(text: str) -> set[str]:
    found: set[str] = set()
    for word in _BARE.findall(text):
        found.update(
            {word[at : at + 2] for at in range(len(word) - 1)} if "가" <= word[0] <= "힣" else {word[:5]}
        )
    return found

"""Several messages, one thought: how long to wait for the rest of what somebody is typing.

A finished sentence, a button, a form, a file and the answer to our own question are answered at once. What breaks off
in the middle waits for its other half; what could be either waits for less than a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dangol.assistant.state import State, may_join
from dangol.assistant.understanding.reading import Reading

FRAGMENT = 2.5  # seconds, since the message came in
UNSURE = 0.8

_SURE = 0.6  # confidence from which on a request is believed to be whole
_SHORT = 4  # words
_FINISHED = re.compile(r"(?:(?<![.…])\.(?!\.)|[?!。？！])[^\w.…,]*$")
# an ending that closes a Korean sentence ("추천해 주세요", "되나요", "찾습니다"), stop or no stop
_CLOSED = re.compile(r"[가-힣](?:요|니다|니까|나요|까|죠|줘|쥬)[\s~ㅎㅋㅠㅜ^!]*$")
# "저기요", "있잖아요", "근데 혹시": somebody calls before they speak
_OPENER = re.compile(
    r"(?i)^\W*(?:(?:아|어|음|그|저|저기|저기요|저기여|저기용|있잖아|있잖아요|여기요|혹시|근데|그런데|그리고|그럼|그러면|그래서|"
    r"아니|잠깐만요|잠시만요|질문|질문이요|질문있어요|하나만|하나 더|또|그니까|그러니까|일단|사장님|언니|제가|내가|"
    r"um+|uh+|hm+|so|well|ok so|okay so|and|also|but|btw|by the way|one more thing|question|quick question|"
    r"excuse me|i|i was|i want to|i'd like to|can you|could you|do you|is there|what about|how about)[\s,~.…]*)+$"
)
_OPEN_END = re.compile(
    r"(?i)(?:,|…|\.\.+|~|[가-힣](?:는데|은데|인데|한데|던데|다가|니까|라서|해서|와서|어서|아서|려고|거든|지만|으면|하고|이랑|에서|한테)|"
    r"[가-힣](?:고|면|랑|은|는|이|가|을|를|에|의|로)|\s?(?:산|한|온|받은|시킨|주문한|본)\s?(?:거|게|건|걸)|"
    r"\b(?:and|but|because|so|if|when|that|which|with|for|to|of|in|on|from|about|the|a|an|my|your|is|was|i|or))\s*$"
)
# endings that also close a sentence ("270은 있어", "이거 언제 오는데", "사고 싶은데 얼마" have their verb)
_ASKS = re.compile(r"(?i)얼마|언제|어디|몇|뭐|무슨|어떤|누구|\b(?:how|what|when|where|which|who|why)\b")
# intents that are said in passing and never a request by themselves
_NO_REQUEST = frozenset({"inform", "choose_option", "correct", "out_of_scope", "smalltalk"})


def is_finished(text: str) -> bool:
    """Whether a text says by its own marks that it is over."""
    return _FINISHED.search(text) is not None or _CLOSED.search(text) is not None


def patience(state: State, read: Callable[[], Reading]) -> float:
    """Seconds to wait for more before the message heard last is answered; 0 is at once. It is `read` only in doubt."""
    heard = state.hearing
    if heard is None or not may_join(state) or heard.attachments or not _is_ours(state):
        return 0.0
    if heard.spoken:  # who speaks is heard to the end
        return 0.0
    last = heard.text.rstrip().rsplit("\n", 1)[-1].strip()
    if not last or _FINISHED.search(last):
        return 0.0
    if _OPENER.match(last):
        return FRAGMENT
    if is_finished(last):
        return 0.0
    # whatever else is said to our question is its answer
    return 0.0 if state.memory.awaits else _doubt(last, read())


def _is_ours(state: State) -> bool:
    return state.served_by == "assistant" and state.assistant_on and state.question is None


def _doubt(last: str, reading: Reading) -> float:
    open_end = _OPEN_END.search(last) is not None
    if _is_request(reading):
        return UNSURE if open_end and not _ASKS.search(last) else 0.0
    if open_end:
        return FRAGMENT
    return UNSURE if len(last.split()) <= _SHORT or not reading.intents else 0.0


def _is_request(reading: Reading) -> bool:
    return any(intent.confidence >= _SURE and intent.name not in _NO_REQUEST for intent in reading.intents)

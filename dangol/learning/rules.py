"""The rules of learning, pure: which messages deserve a look, what is personal in a text, when agreement has dropped."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dangol.kernel import facts
from dangol.learning.model import Logged, ReadMessage

UNSURE = 0.5  # a reading less sure than this deserves a look
_WISHES_FOR_A_PERSON = "talk_to_human"
_CORRECTS = "correct"
_DECLINED = "out_of_scope"


def read_messages(log: Iterable[Logged]) -> tuple[ReadMessage, ...]:
    """Every message of a conversation that was read, in order, with why somebody should look at it.

    A message whose words are erased is left out: nobody could say what it means.
    """
    fold = _Fold()
    for logged in log:
        fold.take(logged)
    return tuple(fold.read)


class _Fold:
    def __init__(self) -> None:
        self.read: list[ReadMessage] = []
        self._heard: list[Logged] = []
        self._gap: int | None = None
        self._asked = ""
        self._fresh = False  # the last of `read` is of the turn at hand

    def take(self, logged: Logged) -> None:
        fact = logged.fact
        if isinstance(fact, facts.MessageHeard):
            self._hear(logged, fact)
        elif isinstance(fact, facts.ToolFinished):
            self._note(fact)
        elif isinstance(fact, facts.MessageRead):
            self._reads(fact)
        elif isinstance(fact, facts.ReplyGiven):
            self._replies(fact)
        elif isinstance(fact, facts.QuestionAsked):
            self._asked = fact.code
        elif isinstance(fact, facts.HandedOff):
            self._hands_off()
        elif isinstance(fact, facts.FeedbackGiven):
            self._rates(fact)

    def _hear(self, logged: Logged, fact: facts.MessageHeard) -> None:
        self._fresh = False
        if fact.text.strip():
            self._heard.append(logged)

    def _note(self, fact: facts.ToolFinished) -> None:
        gap = fact.result.get("gap")
        if fact.tool == "note_gap" and fact.outcome == "done" and isinstance(gap, int):
            self._gap = gap

    def _reads(self, fact: facts.MessageRead) -> None:
        if not self._heard:
            return
        names = [name for name, _ in fact.intents]
        if self.read and names[:1] == [_CORRECTS]:
            self._signal(-1, "corrected")
        sure = fact.intents[0][1] if fact.intents else 0.0
        last = self._heard[-1]
        message = ReadMessage(
            seq=last.seq,
            turn=0,
            at=last.at,
            language=fact.language,
            intents=fact.intents,
            confidence=sure,
            asked=self._asked,
            gap=self._gap,
            joined=tuple(each.seq for each in self._heard[:-1]),
        )
        signals = {"unsure"} if sure < UNSURE else set()
        if self._gap is not None or names[:1] == [_DECLINED]:
            signals.add("unanswered")
        self.read.append(replace(message, signals=frozenset(signals)))  # type: ignore[arg-type]
        self._fresh = True

    def _replies(self, fact: facts.ReplyGiven) -> None:
        misses = int(fact.memory.get("misses", 0))
        if self._fresh:
            self.read[-1] = replace(self.read[-1], turn=fact.turn)
            if misses:
                self._signal(-1, "not_understood")
        self._heard, self._gap = [], None
        self._asked = str(fact.memory.get("awaits") or "")

    def _hands_off(self) -> None:
        if not self._fresh:
            return
        wished = self.read[-1].intents[:1] and self.read[-1].intents[0][0] == _WISHES_FOR_A_PERSON
        # who asks for a person was not served by what came before
        at = -2 if wished else -1
        if len(self.read) >= -at:
            self._signal(at, "handed_off")

    def _rates(self, fact: facts.FeedbackGiven) -> None:
        for at, message in enumerate(self.read):
            if message.turn == fact.turn and fact.turn:
                kept = message.signals - {"thumbs_down"}
                self.read[at] = replace(message, signals=kept | {"thumbs_down"} if fact.score < 0 else kept)

    def _signal(self, at: int, signal: str) -> None:
        message = self.read[at]
        self.read[at] = replace(message, signals=message.signals | {signal})  # type: ignore[arg-type]


# stand-ins are read like what they stand for, and belong to nobody
_STAND_INS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "name@example.com"),
    (re.compile(r"(?<!\d)\d{6}\s?-\s?[1-8]\d{6}(?!\d)"), "000000-0000000"),
    (re.compile(r"(?<![\d-])(?:\+82[\s-]?|0)1[016789][\s.-]?\d{3,4}[\s.-]?\d{4}(?!\d)"), "010-0000-0000"),
    (re.compile(r"(?<![\d-])0(?:2|[3-7]\d)[\s.)-]{1,2}\d{3,4}[\s.-]?\d{4}(?!\d)"), "02-000-0000"),
    (re.compile(r"(?<![\d-])(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)"), "555-010-0000"),
    (re.compile(r"(?<!\d)(?:\d[\s-]?){12,18}\d(?!\d)"), "0000-0000-0000-0000"),
)
_SPOKEN_NAME = re.compile(
    r"(?:(?<=이름은 )|(?<=성함은 )|(?<=받는 분 )|(?<=받는분 )|(?<=예금주 ))[가-힣]{3}"
    r"|(?<=[Mm]y name is )[A-Z][a-z]+(?: [A-Z][a-z]+)?"
)
_LONG_NUMBER = re.compile(r"(?<![\d,.])\d{7,}(?![\d,.]*\s?(?:원|만|won))")
_NOBODY = "○○○"


def masked(text: str, personal: Iterable[str] = ()) -> str:
    """A text without what tells who wrote it: e-mail, phone, card, account and order numbers, and these words."""
    for words in sorted({one for one in personal if len(one.strip()) > 1}, key=len, reverse=True):
        if not any(pattern.search(words) for pattern, _ in _STAND_INS):
            text = text.replace(words, _NOBODY)
    for pattern, stand_in in _STAND_INS:
        text = pattern.sub(stand_in, text)
    text = _SPOKEN_NAME.sub(_NOBODY, text)
    return _LONG_NUMBER.sub(lambda found: "0" * len(found.group()), text)


@dataclass(frozen=True)
class Tally:
    """How many readings were judged, and how many of them were found right."""

    agreed: int = 0
    judged: int = 0

    @property
    def share(self) -> float | None:
        """Agreed ÷ judged; None where nothing was judged."""
        return self.agreed / self.judged if self.judged else None


FEWEST_JUDGED = 20
_LEAST_DROP = 0.05
_ONE_SIDED_95 = 1.645


def has_dropped(before: Tally, now: Tally) -> bool:
    """Whether agreement is lower than before by more than chance: five points at least, and beyond the 95 % bound of
    the difference of two proportions (pooled, one-sided)."""
    if min(before.judged, now.judged) < FEWEST_JUDGED:
        return False
    was, is_ = before.agreed / before.judged, now.agreed / now.judged
    if was - is_ < _LEAST_DROP:
        return False
    pooled = (before.agreed + now.agreed) / (before.judged + now.judged)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / before.judged + 1 / now.judged))
    return spread > 0 and (was - is_) / spread > _ONE_SIDED_95


def example_line(text: str, entities: Sequence[tuple[str, str]]) -> str:
    """An example as a line of the corpus, its entities marked: `[나이키](brand) 있나요`."""
    line = " ".join(re.sub(r"[\[\]]", " ", text).split())
    marks = {}
    for place, (kind, words) in enumerate(entities):
        mark = f"\x00{place}\x00"
        if words and words in line:
            line = line.replace(words, mark, 1)
            marks[mark] = f"[{words}]({kind})"
    for mark, written in marks.items():
        line = line.replace(mark, written)
    return line

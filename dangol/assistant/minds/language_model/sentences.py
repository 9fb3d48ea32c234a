"""Sentences out of a stream of words, as soon as each is whole."""

from __future__ import annotations

import re

MOST_CHARACTERS = 1_500  # of one answer; whoever says more than that is not answering
# "1." of a list and "3.5" end no sentence; a line does
_END = re.compile(
    r"(?<=[^\d\s][.!?…。])[\"'”’)\]]*(?=\s)|(?<=\d[!?])(?=\s)|(?<=[가-힣][.!?])(?=[^\s.!?\"'”’)\]])|\n+"
)
_WHOLE = re.compile(r"[.!?…。？！][\"'”’)\]]*$")


class Sentences:
    """Takes words as they come, gives sentences back; `rest` is what has not ended yet."""

    def __init__(self) -> None:
        self.rest = ""
        self.taken = 0

    def take(self, words: str) -> list[str]:
        """The sentences that are whole with these words."""
        self.taken += len(words)
        self.rest += words
        whole: list[str] = []
        while found := _END.search(self.rest):
            sentence, self.rest = self.rest[: found.end()], self.rest[found.end() :]
            if sentence.strip():
                whole.append(sentence.strip())
        return whole

    @property
    def too_much(self) -> bool:
        """More was said than anybody wants to read."""
        return self.taken > MOST_CHARACTERS

    def last(self) -> str:
        """What stands after the last end."""
        rest, self.rest = self.rest.strip(), ""
        return rest


def ends(sentence: str) -> bool:
    """Whether a sentence has its end, rather than being cut off in the middle."""
    return bool(_WHOLE.search(sentence))

"""Asking a model once for a whole text, with what it used written down."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass

from dangol.assistant.minds.language_model import accounting
from dangol.assistant.minds.language_model.accounting import Heard
from dangol.assistant.minds.language_model.hearing import listen
from dangol.contracts.language_model import (
    Ended,
    Job,
    LanguageModel,
    MalformedAnswer,
    ModelRequest,
    ModelTrouble,
    Words,
)
from dangol.kernel.facts import ModelAsked

MOST_CHARACTERS = 60_000  # of an answer; nobody asks for a book


@dataclass(frozen=True)
class Answered:
    """What came of asking: the words, or the trouble; and the fact that tells of it."""

    text: str
    trouble: ModelTrouble | None
    asked: ModelAsked


async def ask_once(
    model: LanguageModel, job: Job, request: ModelRequest, silence: float | None = None
) -> Answered:
    """Ask and listen to the end; a model silent for longer than `silence` seconds is given up, where somebody waits for it.

    Troubles are handed back, not raised.
    """
    begun, heard, trouble = time.perf_counter(), Heard(), None
    try:
        async with contextlib.aclosing(listen(model, request, silence)) as answer:  # type: ignore[type-var]
            async for delta in answer:
                if isinstance(delta, Words):
                    heard.text += delta.text
                elif isinstance(delta, Ended):
                    heard.usage = delta.usage
                    _refuse_if_cut(delta)
                if len(heard.text) > MOST_CHARACTERS:
                    raise MalformedAnswer(why="too long")
    except ModelTrouble as no:
        trouble = no
    asked = accounting.asked(model, job, request, heard, trouble, time.perf_counter() - begun)
    return Answered("" if trouble else heard.text.strip(), trouble, asked)


def _refuse_if_cut(end: Ended) -> None:
    """Half a translation is none."""
    if end.cut:
        raise MalformedAnswer(why="cut off")

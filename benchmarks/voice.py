"""How well a question is understood when it was spoken: espeak-ng says it, a local Whisper hears it, the reader reads it.

The voice is that of a machine, which Whisper has hardly heard: people are heard better, and a shop measures with its own.
Needs espeak-ng, faster-whisper and the folder of a model in `DANGOL_WHISPER`.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import time
from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from dangol.assistant.understanding.reading import Context
from dangol.assistant.understanding.understanding import Understanding
from dangol.assistant.voice.hearing import figures
from dangol.connect.speech.espeak import connection as espeak
from dangol.connect.speech.faster_whisper import connection as faster_whisper
from dangol.contracts.speech import Heard, NothingHeard, Recording
from dangol.kernel.words.spoken import say_digits

QUESTIONS = {
    "en": (
        "How many points do I have?", "Where is my last order?", "What is your return policy?",
        "Show me running shoes under one hundred dollars.", "I want to cancel my order.", "Do you have this in black?",
        "How much is shipping?", "I would like to talk to a person.", "Add two of them to my cart.", "Show me my cart.",
        "When will my package arrive?", "I want to return the shoes I bought.", "Do you have any coupons?",
        "Which one is better for hiking?", "Please change my delivery address.", "What payment methods do you take?",
    ),
    "ko": (
        "포인트 얼마나 있어요?", "마지막 주문 어떻게 됐어요?", "반품은 며칠 안에 해야 해요?", "운동화 보여 주세요.",
        "주문 취소하고 싶어요.", "이거 검은색도 있어요?", "배송비 얼마예요?", "상담원 연결해 주세요.",
        "장바구니에 두 개 담아 주세요.",
        "장바구니 보여 주세요.", "택배 언제 도착해요?", "신발 반품하고 싶어요.", "쓸 수 있는 쿠폰 있어요?",
        "등산할 때 뭐가 더 좋아요?",
        "배송지 바꿔 주세요.", "결제는 어떻게 해요?",
    ),
}  # fmt: skip
NUMBERS = ("1003", "20250301", "442190", "98109")
_PATIENCE = 120.0
_TODAY = date(2026, 11, 22)


class NotInstalled(Exception):
    """There is nothing to hear or to speak with."""


def measure() -> dict[str, Any]:
    """Every figure, by language. Raises NotInstalled."""
    folder = os.environ.get("DANGOL_WHISPER", "")
    if not folder or shutil.which(espeak.PROGRAM) is None or find_spec("faster_whisper") is None:
        raise NotInstalled("needs espeak-ng, faster-whisper and the folder of a model in DANGOL_WHISPER")
    return {"model": Path(folder).name, **asyncio.run(_measured(folder))}


async def _measured(folder: str) -> dict[str, Any]:
    reader, speaker, listener = Understanding.load(), espeak.connect(), faster_whisper.connect(folder)
    try:
        return {language: await _of(language, reader, speaker, listener) for language in QUESTIONS}
    finally:
        await listener.close()


async def _of(language: str, reader: Understanding, speaker: Any, listener: Any) -> dict[str, Any]:
    other = "en" if language == "ko" else "ko"
    errors = words = right = sure = 0
    told, spoke, heard_in = [], [], []
    for question in QUESTIONS[language]:
        heard, seconds_spoken, seconds_heard = await _round(question, (language, other), speaker, listener)
        spoke.append(seconds_spoken)
        heard_in.append(seconds_heard)
        said, understood = _units(question, language), _units(heard.text, language)
        errors, words = errors + distance(said, understood), words + len(said)
        same = _intent(reader, question, language) == _intent(reader, heard.text, language)
        right, sure = right + same, sure + heard.sure
        told.append({"said": question, "heard": heard.text, "sure": heard.sure, "same_intent": same})
    numbers = [await _number(number, language, other, speaker, listener) for number in NUMBERS]
    return {
        "questions": len(told),
        "word_error_rate" if language == "en" else "character_error_rate": round(errors / words, 3),
        "same_intent": right,
        "sure": sure,
        "numbers_said_figure_by_figure": len(numbers),
        "numbers_right": sum(numbers),
        "seconds_to_speak_p50": round(median(spoke), 2),
        "seconds_to_hear_p50": round(median(heard_in[1:]), 2),  # the first one waits for the weights
        "seconds_to_hear_max": round(max(heard_in[1:]), 2),
        "heard": told,
    }


async def _round(
    text: str, languages: tuple[str, ...], speaker: Any, listener: Any
) -> tuple[Heard, float, float]:
    started = time.perf_counter()
    speech = await speaker.speak(text, languages[0], seconds=_PATIENCE)
    spoken = time.perf_counter()
    recording = Recording(content=speech.content, media_type=speech.media_type, languages=languages)
    try:
        heard = await listener.hear(recording, seconds=_PATIENCE)
    except NothingHeard:
        heard = Heard(text="", language=languages[0], confidence=0.0)
    return heard, spoken - started, time.perf_counter() - spoken


async def _number(number: str, language: str, other: str, speaker: Any, listener: Any) -> bool:
    said = say_digits(number, language)
    frame = f"주문번호는 {said}입니다." if language == "ko" else f"My order number is {said}."
    heard, _, _ = await _round(frame, (language, other), speaker, listener)
    return number in re.sub(r"(?<=\d)[\s,-]+(?=\d)", "", figures(heard.text, awaited=True))


def _intent(reader: Understanding, text: str, language: str) -> str:
    read = reader.read(text, Context(language=language, today=_TODAY))
    return read.intents[0].name if read.intents else ""


def _units(text: str, language: str) -> list[str]:
    """Words of English, syllables of Korean, whose spaces are a matter of taste."""
    plain = re.sub(r"[^\w\s]", "", text.lower())
    return plain.split() if language == "en" else list(re.sub(r"\s", "", plain))


def distance(said: Sequence[str], heard: Sequence[str]) -> int:
    """How many insertions, deletions and replacements lie between the two (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for place, unit in enumerate(said, 1):
        before, row[0] = row[0], place
        for at, other in enumerate(heard, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (unit != other))
    return row[-1]


def show(report: dict[str, Any]) -> None:
    """Print the figures and what was heard otherwise than it was said."""
    for language in QUESTIONS:
        figures_of = report[language]
        print(language, {name: value for name, value in figures_of.items() if name != "heard"})
        for each in figures_of["heard"]:
            mark = "=" if each["same_intent"] else "≠"
            print(f"  {mark} {each['said']} → {each['heard']}")

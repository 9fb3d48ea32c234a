"""Hearing and speaking through any server with OpenAI's `/audio/transcriptions` and `/audio/speech`."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from typing import Any

import httpx

from dangol.connect.addresses import is_outside
from dangol.connect.speech.asking import asked
from dangol.contracts.speech import (
    Heard,
    NothingHeard,
    Recording,
    Speech,
    SpeechDown,
    SpeechTooSlow,
    SpeechUnknown,
)

_ENDINGS = {
    "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "mp4", "audio/mpeg": "mp3", "audio/wav": "wav",
}  # fmt: skip
_NAMES = {"korean": "ko", "english": "en", "japanese": "ja", "chinese": "zh"}
_SILENT, _DOUBTFUL = 0.6, -1.0  # as Whisper itself tells silence from speech
_VOICE = "alloy"


@dataclass
class OpenAICompatible:
    """Implements `Recogniser` and `Synthesiser`: one model of one server."""

    client: httpx.AsyncClient
    model: str
    outside: bool
    voice: str = _VOICE

    @property
    def name(self) -> str:
        """The model, as the log has it."""
        return f"openai_compatible:{self.model}"

    async def hear(self, recording: Recording, *, seconds: float) -> Heard:
        """What was said; asked once more in the likeliest language when it was taken for one the shop does not speak."""
        try:
            async with asyncio.timeout(seconds):
                likeliest = recording.languages[0]
                detailed = self.model.startswith("whisper") and len(recording.languages) > 1
                told = await self._transcribed(recording, None if detailed else likeliest)
                language = _language(told) or likeliest
                if language not in recording.languages:
                    told, language = await self._transcribed(recording, likeliest), likeliest
        except TimeoutError as no:
            raise SpeechTooSlow(listener=self.name) from no
        return _heard(told, language)

    async def _transcribed(self, recording: Recording, language: str | None) -> dict[str, Any]:
        ending = _ENDINGS.get(recording.media_type, "bin")
        form = {"model": self.model, "temperature": "0"}
        form["response_format"] = "verbose_json" if self.model.startswith("whisper") else "json"
        if language is not None:
            form["language"] = language
        files = {"file": (f"speech.{ending}", recording.content, recording.media_type)}
        answer = await asked(self.client, "audio/transcriptions", name=self.name, data=form, files=files)
        try:
            told = answer.json()
        except ValueError:
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("text"), str):
            raise SpeechDown(listener=self.name, why="not an answer")
        return told

    async def speak(self, text: str, language: str, *, seconds: float) -> Speech:
        """The text as sound, in whatever format the server sends."""
        wanted = {"model": self.model, "voice": self.voice, "input": text, "response_format": "mp3"}
        try:
            async with asyncio.timeout(seconds):
                answer = await asked(self.client, "audio/speech", name=self.name, json=wanted)
        except TimeoutError as no:
            raise SpeechTooSlow(speaker=self.name) from no
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip()
        if not answer.content or not media_type.startswith("audio/"):
            raise SpeechDown(speaker=self.name, why="not a sound")
        return Speech(content=answer.content, media_type=media_type)

    async def close(self) -> None:
        """Close the connections."""
        await self.client.aclose()


def connect(model: str, *, key: str = "", url: str = "") -> OpenAICompatible:
    """A model of the server at `url`, for speaking as `model/voice`. Raises SpeechUnknown without an address or model."""
    name, _, voice = model.partition("/")
    if not url or not name:
        raise SpeechUnknown(missing="DANGOL_SPEECH_URL" if not url else "model")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    client = httpx.AsyncClient(base_url=url.rstrip("/") + "/", headers=headers, timeout=None)  # noqa: S113
    return OpenAICompatible(client, name, is_outside(url), voice or _VOICE)


def _language(told: dict[str, Any]) -> str:
    """The language it was heard in (ISO 639-1), "" when the server does not say."""
    said = str(told.get("language") or "").lower()
    return _NAMES.get(said, said if len(said) == 2 else "??" if said else "")


def _heard(told: dict[str, Any], language: str) -> Heard:
    segments = [each for each in told.get("segments") or () if isinstance(each, dict)]
    sounds = [each for each in segments if not _is_silence(each)]
    text = told["text"].strip()
    if not text or (segments and not sounds):
        raise NothingHeard()
    likely = [float(each["avg_logprob"]) for each in sounds if "avg_logprob" in each]
    confidence = min(1.0, math.exp(sum(likely) / len(likely))) if likely else None
    return Heard(text=text, language=language, confidence=confidence)


def _is_silence(segment: dict[str, Any]) -> bool:
    return (
        float(segment.get("no_speech_prob", 0)) > _SILENT and float(segment.get("avg_logprob", 0)) < _DOUBTFUL
    )

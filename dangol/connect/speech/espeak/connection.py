"""espeak-ng as a program of its own: text in, a WAV file out."""

from __future__ import annotations

import asyncio
import contextlib
import io
import shutil
import wave
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import dataclass, field

from dangol.contracts.speech import Speech, SpeechDown, SpeechTooSlow, SpeechUnknown

PROGRAM = "espeak-ng"
_VOICES = {"ko": "ko", "en": "en-us"}
_WORDS_PER_MINUTE = "150"
_AT_ONCE = 2
_HEAD = 44  # bytes of the header; written before the program knows how long it will speak
_RATE = 22_050  # of its voices, 16 bits, one channel


def connect(voice: str = "", *, key: str = "", url: str = "") -> EspeakSynthesiser:
    """The program. Raises SpeechUnknown when it is not installed."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise SpeechUnknown(missing=PROGRAM, install=f"apt-get install {PROGRAM}")
    return EspeakSynthesiser(found)


@dataclass
class EspeakSynthesiser:
    """Implements `Synthesiser`; two texts at once, the others wait for their turn."""

    program: str
    name: str = "espeak"
    outside: bool = False
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def speak(self, text: str, language: str, *, seconds: float) -> Speech:
        """The text as WAV. Raises SpeechTooSlow, SpeechDown."""
        try:
            async with asyncio.timeout(seconds), self._turns:
                return Speech(content=_whole(await self._spoken(text, language)), media_type="audio/wav")
        except TimeoutError as no:
            raise SpeechTooSlow(speaker=self.name) from no

    async def _spoken(self, text: str, language: str) -> bytes:
        voice = _VOICES.get(language, "en-us")
        # the text goes in through a pipe: no argument of it is ever read as an option
        process = await asyncio.create_subprocess_exec(
            self.program, "--stdin", "--stdout", "-v", voice, "-s", _WORDS_PER_MINUTE,
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL,
        )  # fmt: skip
        try:
            spoken, _ = await process.communicate(text.encode())
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode != 0 or len(spoken) <= _HEAD:
            raise SpeechDown(speaker=self.name, ended=process.returncode)
        return spoken

    async def close(self) -> None:
        """Nothing is held."""


def _whole(streamed: bytes) -> bytes:
    """The WAV with its true length in the header."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(streamed[_HEAD:])
    return out.getvalue()

"""Whisper in a process beside the shop: whatever a recording does to it, the shop stays open."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dangol.contracts.speech import (
    Heard,
    NothingHeard,
    Recording,
    RecordingRefused,
    SpeechBusy,
    SpeechDown,
    SpeechTooSlow,
    SpeechUnknown,
)

_FILES = ("model.bin", "config.json", "tokenizer.json")
_WAITING = 4  # recordings that may wait for their turn
_READY = b"ready"


def connect(model: str, *, key: str = "", url: str = "") -> WhisperRecogniser:
    """The model of a folder. Raises SpeechUnknown when it is not there or faster-whisper is not installed."""
    folder = Path(model).expanduser()
    if absent := [name for name in _FILES if not (folder / name).is_file()]:
        raise SpeechUnknown(missing=str(folder / absent[0]))
    if find_spec("faster_whisper") is None:
        raise SpeechUnknown(missing="faster-whisper", install="pip install 'dangol[speech]'")
    return WhisperRecogniser(folder)


@dataclass
class WhisperRecogniser:
    """Implements `Recogniser`: starts its process with the first recording, and anew when it has died."""

    folder: Path
    outside: bool = False
    _process: Process | None = field(default=None, init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _waiting: int = field(default=0, init=False)

    @property
    def name(self) -> str:
        """The folder's name, as the log has it."""
        return f"faster_whisper:{self.folder.name}"

    async def hear(self, recording: Recording, *, seconds: float) -> Heard:
        """What was said; the first recording also waits for the weights."""
        if self._waiting >= _WAITING:
            raise SpeechBusy(listener=self.name, retry_after=5)
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds), self._turn:
                return _heard(await self._asked(recording))
        except TimeoutError as no:
            raise SpeechTooSlow(listener=self.name) from no
        finally:
            self._waiting -= 1

    async def _asked(self, recording: Recording) -> dict[str, Any]:
        process = await self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        head = {"size": len(recording.content), "languages": recording.languages}
        try:
            process.stdin.write(json.dumps(head).encode() + b"\n" + recording.content)
            await process.stdin.drain()
            answer = await process.stdout.readline()
            told = json.loads(answer)
        except (OSError, ValueError) as no:
            await self.close()
            raise SpeechDown(listener=self.name) from no
        except BaseException:
            # an answer nobody waits for would be taken for the next one's
            await self.close()
            raise
        return dict(told)

    async def _running(self) -> Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "dangol.connect.speech.faster_whisper.listening", str(self.folder),
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL,
        )  # fmt: skip
        assert self._process.stdout is not None
        try:
            ready = await self._process.stdout.readline()
        except BaseException:
            await self.close()
            raise
        if ready.strip() != _READY:
            await self.close()
            raise SpeechDown(listener=self.name, why="the model could not be loaded")
        return self._process

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _heard(told: dict[str, Any]) -> Heard:
    if refused := told.get("refused"):
        raise RecordingRefused(why=refused)
    if not told.get("text"):
        raise NothingHeard()
    return Heard(text=told["text"], language=told["language"], confidence=told["confidence"])

"""Voice at the chat's door: a recording becomes words, a reply becomes words for the ear, and those become sound."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import structlog
from pydantic import BaseModel

from dangol.assistant.counter import Counter, Reply
from dangol.assistant.voice.ear import for_the_ear
from dangol.contracts.speech import (
    LARGEST_RECORDING,
    LONGEST_SECONDS,
    Heard,
    Recogniser,
    Recording,
    RecordingRefused,
    Speech,
    SpeechTrouble,
    Synthesiser,
)
from dangol.kernel.clock import Clock
from dangol.kernel.errors import Refused
from dangol.kernel.shop import Shop
from dangol.server import attachments
from dangol.server.database import Connection
from dangol.server.limits import Buckets
from dangol.server.speech import Speaking, Where

log = structlog.get_logger(__name__)
Vendor = TypeVar("Vendor", Recogniser, Synthesiser)

_RECORDINGS_PER_MINUTE = 30
_REPLIES_PER_MINUTE = 60
_SECONDS = 25.0  # a shopper waits for words or for sound


class VoiceNotSet(Refused):
    """Nothing here hears recordings or makes sound: the shopper's browser does, or nobody."""

    code = "voice_not_set"
    status = 422


class VoiceNotWanted(Refused):
    """The shopper asked that no model outside the shop gets their words; a recording would go to one."""

    code = "voice_not_wanted"
    status = 422


class VoiceOffered(BaseModel):
    """Who turns speech into words and answers into sound: `browser`, `server` (named by `…_by`) or nobody (`off`).

    `…_outside`: it leaves the shop's own machines. A client tells the shopper so before the first recording.
    """

    hearing: Where
    hearing_by: dict[str, str] = {}
    hearing_outside: bool = False
    speaking: Where
    speaking_by: dict[str, str] = {}
    speaking_outside: bool = False
    longest_seconds: float = LONGEST_SECONDS
    largest_bytes: int = LARGEST_RECORDING


class WordsHeard(BaseModel):
    """What was understood of a recording, which is not kept. Where it is not `sure` the shopper looks before it is sent."""

    text: str
    language: str
    confidence: float | None
    sure: bool


class WordsForTheEar(BaseModel):
    """A reply as it is read aloud; empty when there is nothing in it to hear."""

    turn: int
    language: str
    text: str


@dataclass(frozen=True)
class VoiceParts:
    """What voice stands on."""

    open_connection: Callable[[], AbstractAsyncContextManager[Connection]]
    counter: Counter
    shop: Callable[[], Shop]
    clock: Clock
    speaking: Speaking
    data: Path


class Voice:
    """What the routes of voice do. A recording is held in memory until its words are there, and nowhere else."""

    def __init__(self, parts: VoiceParts) -> None:
        self._parts = parts
        self._recordings = Buckets(_RECORDINGS_PER_MINUTE)
        self._replies = Buckets(_REPLIES_PER_MINUTE)

    def offered(self) -> VoiceOffered:
        """What of voice this shop offers."""
        has = self._parts.speaking
        return VoiceOffered(
            hearing=has.hearing,
            hearing_by=has.hearing_by,
            hearing_outside=has.recogniser is not None and has.recogniser.outside,
            speaking=has.speaking,
            speaking_by=has.speaking_by,
            speaking_outside=has.synthesiser is not None and has.synthesiser.outside,
        )

    @property
    def hears(self) -> bool:
        """Whether recordings are heard here."""
        return self._parts.speaking.recogniser is not None

    async def hear(self, conversation_id: str, content: bytes) -> WordsHeard:
        """What was said in a recording. Raises VoiceNotSet, VoiceNotWanted, SpeechTrouble, FileTooLarge."""
        self._recordings.take(conversation_id)
        heard = await self._heard(conversation_id, content)
        return WordsHeard(
            text=heard.text, language=heard.language, confidence=heard.confidence, sure=heard.sure
        )

    async def hear_attached(self, conversation_id: str, files: tuple[str, ...]) -> str | None:
        """The words of a message that is nothing but recordings; None when it is not, or nobody here hears."""
        if not files or not self.hears:
            return None
        async with self._parts.open_connection() as conn:
            kinds = [await attachments.kind(conn, conversation_id, file) for file in files]
        if not all(kind is not None and kind.startswith("audio/") for kind in kinds):
            return None
        self._recordings.take(conversation_id)
        words = [
            await self._heard(conversation_id, await attachments.content(self._parts.data, file))
            for file in files
        ]
        return " ".join(each.text for each in words)

    async def forget(self, files: tuple[str, ...]) -> None:
        """Delete recordings whose words are in the conversation."""
        async with self._parts.open_connection() as conn:
            await attachments.remove(conn, self._parts.data, files)

    async def words(self, conversation_id: str, turn: int) -> WordsForTheEar:
        """A reply as it is read aloud. Raises NotFound."""
        reply, known = await self._reply(conversation_id, turn)
        text = for_the_ear(reply.blocks, reply.language, self._parts.shop(), known=known)
        return WordsForTheEar(turn=turn, language=reply.language, text=text)

    async def sound(self, conversation_id: str, turn: int) -> Speech | None:
        """A reply as sound; None when there is nothing to hear.

        Raises NotFound, VoiceNotSet, VoiceNotWanted, SpeechTrouble.
        """
        synthesiser = await self._allowed(conversation_id, self._parts.speaking.synthesiser)
        self._replies.take(conversation_id)
        words = await self.words(conversation_id, turn)
        if not words.text:
            return None
        try:
            return await synthesiser.speak(words.text, words.language, seconds=_SECONDS)
        except SpeechTrouble as trouble:
            log.warning("not_spoken", speaker=synthesiser.name, why=trouble.code)
            raise

    async def _reply(self, conversation_id: str, turn: int) -> tuple[Reply, bool]:
        counter = self._parts.counter
        async with self._parts.open_connection() as conn:
            reply = await counter.reply(conn, conversation_id, turn)
            state = await counter.state(conn, conversation_id)
        return reply, state.shopper(self._parts.clock.now()).role != "visitor"

    async def _heard(self, conversation_id: str, content: bytes) -> Heard:
        if len(content) > LARGEST_RECORDING:
            raise attachments.FileTooLarge(most=LARGEST_RECORDING)
        media_type = attachments.sniff(content)
        if media_type is None or not media_type.startswith("audio/"):
            raise RecordingRefused(why="no recording")
        recogniser = await self._allowed(conversation_id, self._parts.speaking.recogniser)
        async with self._parts.open_connection() as conn:
            spoken = (await self._parts.counter.state(conn, conversation_id)).language
        others = tuple(each for each in self._parts.shop().languages if each != spoken)
        recording = Recording(content=content, media_type=media_type, languages=(spoken, *others))
        try:
            return await recogniser.hear(recording, seconds=_SECONDS)
        except SpeechTrouble as trouble:  # what was said stays out of the log
            log.warning("not_heard", listener=recogniser.name, why=trouble.code)
            raise

    async def _allowed(self, conversation_id: str, vendor: Vendor | None) -> Vendor:
        """The vendor, where there is one and the shopper has not refused models outside the shop."""
        if vendor is None:
            raise VoiceNotSet()
        if vendor.outside:
            async with self._parts.open_connection() as conn:
                state = await self._parts.counter.state(conn, conversation_id)
            if state.outside_model is False:
                raise VoiceNotWanted()
        return vendor

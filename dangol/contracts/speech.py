"""What hears shoppers and speaks to them, whichever program or vendor does it.

A recogniser says what it heard and how sure it is, and changes no figure. A synthesiser reads out the text it is given,
which is made for the ear before (`assistant/voice/`). Neither keeps a recording, and neither decides anything.
"""

from __future__ import annotations

from typing import Protocol

from dangol.kernel.errors import Refused
from dangol.kernel.model import Value

LONGEST_SECONDS = 60.0  # of one recording
LARGEST_RECORDING = 4 * 1024 * 1024  # bytes; a minute of uncompressed speech is half of it
SURE = 0.6  # from this confidence on what was heard is taken as said; below it the shopper looks first


class SpeechTrouble(Refused):
    """Speech did not work; `SpeechTrouble` itself: for a reason not known. Nothing was said in the conversation."""

    code = "speech_trouble"
    status = 503


class SpeechDown(SpeechTrouble):
    """Whoever hears or speaks cannot be reached, or broke off."""

    code = "speech_down"


class SpeechBusy(SpeechTrouble):
    """It takes no more now: too many at once, or the account's allowance is used up."""

    code = "speech_busy"


class SpeechTooSlow(SpeechTrouble):
    """It did not end in the time it was given."""

    code = "speech_too_slow"


class SpeechKeyRefused(SpeechTrouble):
    """The vendor does not accept the key."""

    code = "speech_key_refused"


class SpeechUnknown(SpeechTrouble):
    """There is no such program, model or voice (`missing`, `install`)."""

    code = "speech_unknown"


class RecordingRefused(SpeechTrouble):
    """The recording is broken, too long or of a kind that is not taken."""

    code = "recording_refused"
    status = 422


class NothingHeard(SpeechTrouble):
    """There are no words in the recording."""

    code = "nothing_heard"
    status = 422


class Recording(Value):
    """What a shopper said, as it was recorded; `languages` (ISO 639-1) are those it may be in, the likeliest first."""

    content: bytes
    media_type: str
    languages: tuple[str, ...]


class Heard(Value):
    """What was understood; `confidence` from 0 to 1, None where the recogniser does not say."""

    text: str
    language: str
    confidence: float | None = None

    @property
    def sure(self) -> bool:
        """Whether it may be taken as said."""
        return self.confidence is None or self.confidence >= SURE


class Speech(Value):
    """A text as it sounds."""

    content: bytes
    media_type: str


class Recogniser(Protocol):
    """Turns speech into text. `outside` says whether a recording leaves the shop's own machines."""

    name: str
    outside: bool

    async def hear(self, recording: Recording, *, seconds: float) -> Heard:
        """What was said. Raises SpeechTrouble or one of its kinds, after `seconds` at the latest."""
        ...

    async def close(self) -> None:
        """Let go of connections and weights."""
        ...


class Synthesiser(Protocol):
    """Turns text into speech. `outside` says whether a text leaves the shop's own machines."""

    name: str
    outside: bool

    async def speak(self, text: str, language: str, *, seconds: float) -> Speech:
        """The text as sound. Raises SpeechTrouble or one of its kinds, after `seconds` at the latest."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...

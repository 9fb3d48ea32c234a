"""Who hears shoppers and who reads answers to them, as the settings say; nothing of it is imported before it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal, cast

from dangol.connect.cards import Card
from dangol.connect.index import SPEECH
from dangol.contracts.speech import Recogniser, SpeechUnknown, Synthesiser
from dangol.kernel.errors import Refused
from dangol.server.settings import Settings

Where = Literal["browser", "server", "off"]
_CARDS: dict[str, Card] = {card.name: card for card in SPEECH}


class SpeechSettingWrong(Refused):
    """A setting of speech cannot be used; `setting`, `written` and what it should look like."""

    code = "speech_setting_wrong"
    status = 422


@dataclass(frozen=True)
class Speaking:
    """Speech as this shop has it: `hearing` and `speaking` say where, and by whom where it is `server`."""

    hearing: Where
    speaking: Where
    recogniser: Recogniser | None
    synthesiser: Synthesiser | None
    hearing_by: dict[str, str]
    speaking_by: dict[str, str]

    async def close(self) -> None:
        """Let go of connections and weights."""
        for vendor in (self.recogniser, self.synthesiser):
            if vendor is not None:
                await vendor.close()


def connect_speech(settings: Settings) -> Speaking:
    """Speech as it is set. Raises SpeechSettingWrong."""
    return Speaking(
        hearing=_where(settings.hearing),
        speaking=_where(settings.speaking),
        recogniser=cast(Recogniser | None, _vendor(settings, "hearing")),
        synthesiser=cast(Synthesiser | None, _vendor(settings, "speaking")),
        hearing_by=_title(settings.hearing),
        speaking_by=_title(settings.speaking),
    )


def _title(written: str) -> dict[str, str]:
    """What the vendor of a setting is called, by language."""
    card = _CARDS.get(written.partition(":")[0])
    return card.title if card else {}


def _where(written: str) -> Where:
    return cast(Where, written) if written in ("browser", "off") else "server"


def _vendor(settings: Settings, job: Literal["hearing", "speaking"]) -> Recogniser | Synthesiser | None:
    written: str = getattr(settings, job)
    if _where(written) != "server":
        return None
    setting = f"DANGOL_{job.upper()}"
    name, _, model = written.partition(":")
    card = _CARDS.get(name)
    if card is None or job not in card.capabilities:
        able = sorted(each.name for each in SPEECH if job in each.capabilities)
        raise SpeechSettingWrong(setting=setting, written=written, like=f"browser, off, or one of {able}")
    connection: Any = import_module(f"dangol.connect.speech.{name}.connection")
    connect: Callable[..., Any] = connection.connect
    key = settings.speech_key.get_secret_value() if settings.speech_key else ""
    try:
        return cast(Recogniser | Synthesiser, connect(model, key=key, url=settings.speech_url))
    except SpeechUnknown as no:
        like = no.details.get("install") or no.details["missing"]
        raise SpeechSettingWrong(setting=setting, written=written, like=str(like)) from no

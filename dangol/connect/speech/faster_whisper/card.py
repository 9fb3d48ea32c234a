"""What faster-whisper says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="faster_whisper",
    title={"ko": "이 컴퓨터의 Whisper", "en": "Whisper on this machine"},
    capabilities=frozenset({"hearing", "confidence", "languages"}),
    settings=(Setting(name="model", title={"ko": "모델 폴더", "en": "Folder of the model"}),),
)

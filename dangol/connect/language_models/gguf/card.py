"""What a local GGUF file says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="gguf",
    title={"ko": "이 컴퓨터의 GGUF 파일", "en": "A GGUF file on this machine"},
    capabilities=frozenset({"chat", "tools", "streaming", "json"}),
    settings=(Setting(name="model", title={"ko": "파일 경로", "en": "Path of the file"}),),
)

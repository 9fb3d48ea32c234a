"""What espeak-ng says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card

CARD = Card(
    name="espeak",
    title={"ko": "이 컴퓨터의 espeak-ng", "en": "espeak-ng on this machine"},
    capabilities=frozenset({"speaking"}),
)

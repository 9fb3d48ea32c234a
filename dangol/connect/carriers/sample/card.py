"""What the sample carrier says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card

CARD = Card(
    name="sample",
    title={"ko": "샘플 택배 (테스트 전용)", "en": "Sample carrier (for tests only)"},
    capabilities=frozenset({"label", "pickup", "cancel"}),
)

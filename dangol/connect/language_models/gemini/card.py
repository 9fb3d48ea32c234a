"""What Google Gemini says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="gemini",
    title={"ko": "Google Gemini", "en": "Google Gemini"},
    capabilities=frozenset({"chat", "tools", "streaming", "json"}),
    settings=(
        Setting(name="key", title={"ko": "API 키", "en": "API key"}, secret=True),
        Setting(name="model", title={"ko": "모델", "en": "Model"}),
    ),
)

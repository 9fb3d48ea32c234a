"""What Ollama says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="ollama",
    title={"ko": "Ollama", "en": "Ollama"},
    capabilities=frozenset({"chat", "tools", "streaming", "json"}),
    settings=(
        Setting(name="url", title={"ko": "주소", "en": "Address"}),
        Setting(name="model", title={"ko": "모델", "en": "Model"}),
    ),
)

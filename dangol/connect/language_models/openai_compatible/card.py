"""What Any OpenAI-compatible server says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="openai_compatible",
    title={"ko": "OpenAI-호환 서버", "en": "Any OpenAI-compatible server"},
    capabilities=frozenset({"chat", "tools", "streaming", "json"}),
    settings=(
        Setting(name="url", title={"ko": "주소", "en": "Address"}),
        Setting(name="key", title={"ko": "API 키", "en": "API key"}, secret=True),
        Setting(name="model", title={"ko": "모델", "en": "Model"}),
    ),
)

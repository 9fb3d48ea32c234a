"""What any OpenAI-compatible server says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="openai_compatible",
    title={"ko": "OpenAI-호환 음성 서버", "en": "Any OpenAI-compatible speech server"},
    capabilities=frozenset({"hearing", "speaking", "languages"}),
    settings=(
        Setting(name="url", title={"ko": "주소", "en": "Address"}),
        Setting(name="key", title={"ko": "API 키", "en": "API key"}, secret=True),
        Setting(
            name="model",
            title={"ko": "모델 (말하기는 모델/목소리)", "en": "Model (model/voice for speaking)"},
        ),
    ),
)

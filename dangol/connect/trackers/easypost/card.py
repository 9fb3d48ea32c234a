"""What EasyPost says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="easypost",
    title={"ko": "EasyPost (해외 택배)", "en": "EasyPost (carriers outside Korea)"},
    capabilities=frozenset({"scans", "expected_day"}),
    settings=(Setting(name="key", title={"ko": "API 키", "en": "API key"}, secret=True),),
)

"""What Sweet Tracker says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="sweettracker",
    title={"ko": "스마트택배 (스위트트래커)", "en": "Sweet Tracker (Korean carriers)"},
    capabilities=frozenset({"scans"}),
    settings=(Setting(name="key", title={"ko": "API 키", "en": "API key"}, secret=True),),
)

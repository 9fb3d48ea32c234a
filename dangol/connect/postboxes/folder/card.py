"""What the folder postbox says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="folder",
    title={"ko": "폴더에 저장 (실제로 보내지 않음)", "en": "Kept in a folder (nothing is sent)"},
    capabilities=frozenset({"email", "sms"}),
    settings=(Setting(name="folder", title={"ko": "폴더", "en": "Folder"}),),
)

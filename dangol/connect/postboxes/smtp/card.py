"""What the SMTP postbox says of itself."""

from __future__ import annotations

from dangol.connect.cards import Card, Setting

CARD = Card(
    name="smtp",
    title={"ko": "메일 서버 (SMTP)", "en": "Mail server (SMTP)"},
    capabilities=frozenset({"email"}),
    settings=(
        Setting(name="host", title={"ko": "서버", "en": "Server"}),
        Setting(name="port", title={"ko": "포트", "en": "Port"}),
        Setting(
            name="security",
            title={"ko": "보안 (tls, starttls, none)", "en": "Security (tls, starttls, none)"},
        ),
        Setting(name="user", title={"ko": "사용자", "en": "User"}),
        Setting(name="password", title={"ko": "비밀번호", "en": "Password"}, secret=True),
        Setting(name="sender", title={"ko": "보내는 주소", "en": "Sender"}),
    ),
)

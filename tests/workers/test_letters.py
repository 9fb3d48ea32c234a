"""Every kind of announcement has words in both languages, and they are whole."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from dangol.kernel.shop import Shop
from dangol.orders.announcement_records import FOR_STAFF, Kind
from dangol.orders.api import Announcement
from dangol.server.workers.letters import WAYS, word
from dangol.server.workers.outreach_words import ADVERTISING

MONEY = {"amount": 89_000, "currency": "KRW"}
BODY = {
    "total": MONEY, "amount": MONEY, "asked": MONEY, "received": MONEY | {"amount": 100}, "reason": "expired_card",
    "why": "sold_out", "gateway": "sample", "state": "paid", "title": "울 양말 그레이", "product": "wool-socks",
    "carrier": "kr.cjlogistics", "tracking_no": "123456789012", "status": "delivered", "contact": "a@b.cd",
    "return": "R20261121-0007", "kind": "exchange", "refund": MONEY, "way": "original", "days": 3, "pickup_on": "",
    "before": "1 Main St", "after": "2 Main St", "code": "123456", "minutes": 10, "eta": "2026-11-24", "since": "2026-11-20T09:00:00+09:00",
}  # fmt: skip
OF_ITS_KIND = {
    "consent_reminder": {"agreed_on": "2024-11-20", "agreed_ways": ["email", "sms"]},
    "order_at_risk": {
        "promised": "2026-11-24", "likely_from": "2026-11-26", "likely_to": "2026-11-28", "state": "here", "evidence": 60,
    },
}  # fmt: skip


def test_every_kind_knows_its_ways_and_staff_are_written_to_only() -> None:
    assert set(WAYS) == set(get_args(Kind))
    assert all(WAYS[kind] == ("email",) for kind in FOR_STAFF)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", sorted(WAYS.keys() - ADVERTISING))  # those are tested in test_care_tips
def test_every_announcement_is_whole_in_both_languages(shop: Shop, kind: str, language: str) -> None:
    body = BODY | OF_ITS_KIND.get(kind, {})
    told = Announcement(1, kind, "20261121-0042", body, datetime(2026, 11, 21, tzinfo=UTC))
    words = word(told, shop, language, link="https://shop.example.com/x")
    for text in (words.subject, words.said, words.letter):
        assert text.strip()
        assert not {"{", "}"} & set(text)
        assert "None" not in text
        assert "  " not in text.replace("\n", "")
        korean = any("가" <= sign <= "힣" for sign in text.replace("울 양말 그레이", ""))
        assert korean == (language == "ko"), text
    assert words.letter.endswith("02-000-0000\n")


def test_reasons_a_gateway_makes_up_are_left_unsaid(shop: Shop) -> None:
    body = BODY | {"reason": "E_4711", "why": "not_in_this_state"}
    for kind in ("payment_declined", "payment_returned"):
        told = Announcement(1, kind, "1", body, datetime(2026, 11, 21, tzinfo=UTC))
        for language in ("ko", "en"):
            said = word(told, shop, language).said
            assert "E_4711" not in said
            assert "not_in_this_state" not in said

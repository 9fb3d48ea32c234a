"""Prices, stock, ratings and days in a model's words: sent where it is plain whose they are, else told as they are on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dangol.assistant.minds.language_model.judging import judged
from dangol.assistant.speak.wording import say
from dangol.assistant.truth import Evidence
from dangol.kernel.shop import Shop

NOW = datetime.fromisoformat("2026-11-21T12:00:00+09:00")
SHOP = Shop(name="Shop", locale="en-US", currency="USD", time_zone="Asia/Seoul")


def usd(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "USD"}


LAMPS: dict[str, Any] = {
    "items": [
        {"product": "orbit", "title": "Orbit Lamp", "price": usd(4900), "in_stock": True, "rating": 4.1, "options": {}},
        {"product": "bulb", "title": "Orbit Bulb 40 W", "price": usd(900), "in_stock": True, "options": {}},
        {"product": "moon", "title": "Moon Lamp", "price": usd(6500), "compare_at": usd(8000), "in_stock": False,
         "rating": 4.6, "options": {}},
    ],
    "total": 3,
}  # fmt: skip
KETTLE: dict[str, Any] = {
    "card": {
        "product": "kettle",
        "title": "차오름 주전자",
        "price": usd(3900),
        "in_stock": True,
        "options": {},
    },
    "matching": [
        {"sku": "K1", "options": {"용량": "1L"}, "price": usd(3900), "stock": 2},
        {"sku": "K2", "options": {"용량": "2L"}, "price": usd(4900), "stock": 0},
    ],
}
GLOBES: dict[str, Any] = {
    "card": {"product": "globe", "title": "Polar Globe", "price": usd(9000), "in_stock": True, "options": {}},
    "matching": [
        {"sku": "G3", "options": {"Diameter": "30 cm"}, "price": usd(9000), "stock": 2},
        {"sku": "G4", "options": {"Diameter": "40 cm"}, "price": usd(14000), "stock": 0},
    ],
    "others": [
        {"product": "alps", "title": "Map of the Alps, 90 cm", "price": usd(3800), "in_stock": True, "options": {}},
        {"product": "andes", "title": "Map of Peru, 70 cm", "price": usd(3500), "in_stock": True, "options": {}},
    ],
}  # fmt: skip
TEAS: dict[str, Any] = {
    "items": [
        {"product": "sencha", "title": "Sencha Mori", "price": usd(1200), "in_stock": True, "rating": 4.2, "reviews": 31, "options": {}},
        {"product": "hojicha", "title": "Hojicha Kiri", "price": usd(900), "in_stock": True, "rating": 4.9, "reviews": 18, "options": {}},
    ],
    "passages": [
        {"article": "teas", "title": "Teas", "heading": "", "url": "/help", "score": 0.9, "language": "en",
         "text": "Sencha Mori is steeped for 60 seconds and keeps 12 months; Hojicha Kiri is steeped for 90 seconds and keeps 18 months."},
    ],
}  # fmt: skip
TEAS_KO: dict[str, Any] = {
    "items": [
        {"product": "sencha", "title": "센차 모리", "price": usd(1200), "in_stock": True, "rating": 4.2, "reviews": 31, "options": {}},
        {"product": "hojicha", "title": "호지차 키리", "price": usd(900), "in_stock": True, "rating": 4.9, "reviews": 18, "options": {}},
    ],
}  # fmt: skip
FELT: dict[str, Any] = {
    "matching": [
        {"title": "Felt Hat", "sku": "F1", "options": {"Colour": "Black"}, "price": usd(5000), "stock": 4},
        {"title": "Felt Hat", "sku": "F2", "options": {"Colour": "Green"}, "price": usd(5000), "stock": 0},
        {"title": "Wool Cap", "sku": "W1", "options": {"Colour": "Black"}, "price": usd(3000), "stock": 9},
    ]
}  # fmt: skip
PARCELS: dict[str, Any] = {
    "order": "N-2", "total": usd(3000),
    "lines": [{"title": "Tea Tin", "product": "tin", "quantity": 2, "unit_price": usd(1200), "total": usd(2400)},
              {"title": "Strainer", "product": "s", "quantity": 1, "unit_price": usd(600), "total": usd(600)}],
    "shipments": [{"carrier": "Post", "tracking_no": "P1", "eta": "2026-11-24", "events": []},
                  {"carrier": "Post", "tracking_no": "P2", "eta": "2026-11-27", "events": []}],
}  # fmt: skip
SHADES: dict[str, Any] = {
    **LAMPS,
    "passages": [
        {"article": "shades", "title": "Shades", "heading": "", "url": "/help", "score": 0.9, "language": "en",
         "text": "The Orbit Lamp comes with one shade, the Moon Lamp with three. The first bulb of an Orbit Lamp is free."},
    ],
}  # fmt: skip
SHADES_KO: dict[str, Any] = {
    "items": [
        {"product": "orbit", "title": "오빗 램프", "price": usd(4900), "in_stock": True, "options": {}},
        {"product": "moon", "title": "문 램프", "price": usd(6500), "in_stock": False, "options": {}},
    ],
    "passages": [
        {"article": "bulbs", "title": "전구", "heading": "", "url": "/help", "score": 0.9, "language": "ko",
         "text": "오빗 램프에는 전구가 두 개 들어 있어요. 문 램프에는 전구가 세 개 들어 있어요."},
    ],
}  # fmt: skip
ORDER: dict[str, Any] = {
    "orders": [
        {
            "order": "N-1",
            "status": "shipped",
            "lines": [
                {
                    "title": "Tea Tin",
                    "product": "tin",
                    "quantity": 2,
                    "unit_price": usd(1200),
                    "total": usd(2400),
                },
                {
                    "title": "Strainer",
                    "product": "strainer",
                    "quantity": 1,
                    "unit_price": usd(700),
                    "total": usd(700),
                },
            ],
            "subtotal": usd(3100),
            "discount": usd(500),
            "shipping": usd(0),
            "total": usd(2600),
            "shipments": [
                {"eta": "2026-11-24", "events": [{"at": "2026-11-20", "text": "Collected by the carrier"}]}
            ],
        }
    ]
}
POINTS: dict[str, Any] = {
    "balance": 1800, "worth": usd(1800), "min_use": 500, "expires_next": "2026-12-31", "expiring": 300,
}  # fmt: skip


def sent(sentence: str, results: dict[str, Any], *before: str) -> str | None:
    """What leaves of a sentence, after others, with these results of this turn, to who has $50 to spend."""
    known = Evidence.gather([results], "my budget is $50", NOW, "Asia/Seoul")
    language = "ko" if any("가" <= char <= "힣" for char in sentence) else "en"
    told, _ = judged(
        sentence, before, known, said="", rules="", banned=(), speak=lambda line: say(line, language, SHOP)
    )
    return told


@pytest.mark.parametrize(
    ("sentence", "results"),
    [
        ("The Moon Lamp is $65, down from $80.", LAMPS),
        ("The Moon is $15 cheaper than it was.", LAMPS),
        ("Two Moon Lamps would be $130.", LAMPS),
        ("1L는 두 개 남았어요.", KETTLE),
        ("2L는 $49예요.", KETTLE),
        ("You paid $26.", ORDER),
        ("One Tea Tin is $12.", ORDER),
        ("It was collected on 20 November.", ORDER),
        ("It should be with you by 24 November.", ORDER),
        ("300 of your points expire on 31 December.", POINTS),
        ("The 30 cm globe is $90 and in stock.", GLOBES),
        ("Hojicha Kiri keeps 18 months.", TEAS),
        ("Hojicha Kiri has 4.9, going by 18 reviews.", TEAS),
        ("In green the Felt Hat is sold out, but in black we have four of it.", FELT),
        ("There are 4 of the black Felt Hat left and 9 of the Wool Cap.", FELT),
        ("Your two Tea Tins were $24 together.", PARCELS),
        ("A Tea Tin is $12 and a Strainer $6.", PARCELS),
        ("Both are within your $50 budget.", TEAS),
        ("You have 1,800 points left.", POINTS),
        ("The map of Peru measures 70 cm.", GLOBES),
        ("You have 1,800 points, which are worth $18.", POINTS),
        ("300 of your points lapse on 31 December, so don't leave it too long.", POINTS),
        ("You got 16% off the tins.", ORDER),
        ("It should be with you next Tuesday.", ORDER),
        ("Nothing was charged for shipping.", ORDER),
    ],
)
def test_what_is_plainly_so_is_sent_as_it_was_worded(sentence: str, results: dict[str, Any]) -> None:
    assert sent(sentence, results) == sentence


@pytest.mark.parametrize(
    ("sentence", "results", "told"),
    [
        ("It is $49.", LAMPS, "Orbit Lamp"),  # which one?
        ("The Orbit has 4.6 stars from its reviewers.", LAMPS, "Orbit Lamp, price and stock: $49.00"),
        ("The Moon is down by $31.", LAMPS, "$65.00 (was $80.00"),
        ("Hojicha Kiri keeps 12 months.", TEAS, "Hojicha Kiri is steeped for 90 seconds"),
        ("Hojicha Kiri has 4.2, going by 18 reviews.", TEAS, "Hojicha Kiri: rated 4.9 of 5, reviews: 18."),
        (
            "In green the Felt Hat is sold out, but in black we have nine of it.",
            FELT,
            "Black at $50.00 (4 left)",
        ),
        (
            "There are 4 of the black Felt Hat left and 4 of the Wool Cap.",
            FELT,
            "Wool Cap, price and stock: Black at $30.00 (9 left)",
        ),
        ("Your two Tea Tins were $12 together.", PARCELS, "2 × Tea Tin"),
        ("A Tea Tin is $24 and a Strainer $6.", PARCELS, "2 × Tea Tin"),
        (
            "The Strainer will arrive on 24 November.",
            PARCELS,
            "Post P1 is expected Tue, Nov 24 and Post P2 is expected Fri, Nov 27.",
        ),
        ("You have 300 points left.", POINTS, "1,800"),
        ("적립금 $18이 12월 31일에 사라져요.", POINTS, "300"),
        ("The 40 cm globe is $140 and on the shelf.", GLOBES, "40 cm at $140.00 (sold out)"),
        ("The map of Peru measures 90 cm.", GLOBES, "Map of Peru, 70 cm, price and stock: $35.00"),
        ("2L도 두 개 남았어요.", KETTLE, "2L $49.00(품절)"),
        ("주전자는 $49예요.", KETTLE, "1L $39.00(2개 남음)"),  # only one of its sizes is
        ("You paid $31.", ORDER, "$26.00 in all"),
        ("One Tea Tin is $24.", ORDER, "2 × Tea Tin"),
        ("It was collected on 24 November.", ORDER, "Nov 24"),
        ("It should be with you by 20 November.", ORDER, "Tue, Nov 24"),
        ("1,800 of your points expire on 31 December.", POINTS, "300"),
        ("All of your points expire on 31 December.", POINTS, "300"),
        ("31 December is when 1,800 points lapse.", POINTS, "300"),
        ("You can use your points from 100 on.", POINTS, "1,800"),
        ("The tins were $24 a piece.", ORDER, "2 × Tea Tin"),
        ("1L 대신 2L로 하시면 $39예요.", KETTLE, "2L $49.00(품절)"),
        ("We still have fifteen of the 1 litre.", KETTLE, "1L at $39.00 (2 left)"),
        ("It should be with you next Wednesday.", ORDER, "Tue, Nov 24"),
        ("호지차 키리에는 4.2점을 주셨어요.", TEAS_KO, "호지차 키리의 가격과 재고예요."),
        (
            "Of the 30 cm and the 40 cm globe, we have two of the latter.",
            GLOBES,
            "40 cm at $140.00 (sold out)",
        ),
        ("1L와 2L가 있는데 후자는 두 개 남았어요.", KETTLE, "2L $49.00(품절)"),
        (
            "The Moon Lamp is $65, and we've plenty in.",
            LAMPS,
            "Moon Lamp, price and stock: $65.00 (was $80.00 and sold out).",
        ),
        (
            "The Moon Lamp comes with one shade.",
            SHADES,
            "The Orbit Lamp comes with one shade, the Moon Lamp with three.",
        ),
        (
            "Whichever lamp you choose, the first bulb is free.",
            SHADES,
            "The first bulb of an Orbit Lamp is free.",
        ),
        ("문 램프에는 전구가 두 개 들어 있어요.", SHADES_KO, "문 램프의 가격과 재고예요. $65.00(품절)."),
    ],
)
def test_what_is_not_plain_is_told_as_it_is_on_record(
    sentence: str, results: dict[str, Any], told: str
) -> None:
    left = sent(sentence, results)
    assert left is not None
    assert left != sentence
    assert told in left


def test_goods_named_in_the_sentence_before_are_the_ones_spoken_of() -> None:
    before = "The Moon Lamp is the brightest."
    assert sent("It costs $65.", LAMPS, before) == "It costs $65."
    assert "Moon Lamp, price and stock" in (sent("It costs $49.", LAMPS, before) or "")


def test_points_named_in_the_sentence_before_are_the_ones_spoken_of() -> None:
    before = "You have 1,800 points."
    assert sent("That's $18.", POINTS, before) == "That's $18."
    assert sent("Of those, 900 run out on 31 December.", POINTS, before) is None


def test_a_price_without_any_goods_on_record_to_tell_instead_is_not_sent() -> None:
    assert sent("Delivery to Jeju is $31.", {"items": [], "total": 0}) is None


def test_a_moment_on_record_is_told_as_the_day_of_the_shop() -> None:
    parcel = {"orders": [{"order": "N-2", "shipments": [{"eta": "2026-11-24T23:30:00+00:00"}]}]}
    told = sent("It should be with you by 20 November.", parcel)
    assert told is not None
    assert "Nov 25" in told
    assert ":" not in told

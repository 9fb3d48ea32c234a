"""Limits on what can be measured are kept, by what products of any shop state of themselves; giving one up is told."""

import json

import pytest

from dangol.catalog.api import import_products

CASE, SHELF, TENT, BANK = (
    ("캐리어", "Suitcases"),
    ("책장", "Bookcases"),
    ("텐트", "Tents"),
    ("보조배터리", "Power banks"),
)


def product(handle, ko, en, kind, attributes):
    return {
        "handle": handle, "title": {"ko": ko, "en": en}, "category": {"ko": kind[0], "en": kind[1]},
        "attributes": [{"name": {"ko": a, "en": b}, "value": {"ko": c, "en": d}} for a, b, c, d in attributes],
        "variants": [{"sku": handle.upper(), "options": [], "price": 50_000, "stock": 5}],
    }  # fmt: skip


GOODS = [
    product("light-case", "가벼운 캐리어", "Feather Suitcase", CASE, [("무게", "Weight", "1.8kg", "4 lb")]),
    product("heavy-case", "단단한 캐리어", "Rock Suitcase", CASE, [("무게", "Weight", "3.2kg", "7 lb")]),
    product("silent-case", "그냥 캐리어", "Plain Suitcase", CASE, []),
    product("slim-shelf", "좁은 책장", "Slim Bookcase", SHELF, [("크기", "Size", "40 x 30 x 180 cm", "40 x 30 x 180 cm")]),
    product("wide-shelf", "넓은 책장", "Wide Bookcase", SHELF, [("폭", "Width", "120cm", "120 cm"), ("높이", "Height", "50cm", "50 cm")]),
    product("small-tent", "둘이 자는 텐트", "Little Tent", TENT, [("인원", "Sleeps", "1~2인용", "1-2 people")]),
    product("big-tent", "가족 텐트", "Family Tent", TENT, [("인원", "Sleeps", "4인용", "4 people")]),
    product("bank-5", "작은 보조배터리", "Little Power Bank", BANK, [("용량", "Capacity", "5,000mAh", "5,000 mAh")]),
    product("bank-20", "보조배터리 20000mAh", "Power Bank 20000mAh", BANK, []),
]  # fmt: skip


@pytest.fixture
async def ask(call, search, conn, shop, clock, tmp_path):
    """What is found for a text: (handles, what had to be given up)."""
    file = tmp_path / "measured.json"
    file.write_text(json.dumps({"products": GOODS}, ensure_ascii=False), encoding="utf-8")
    report = await import_products(conn, shop, file, "json", clock.now(), media=tmp_path / "media")
    assert report.refused == ()
    await search.refresh(conn)

    async def run(text, language="en"):
        found = await call("find_products", language, wishes=search.wishes_in(text, shop.currency), limit=9)
        return {item.product for item in found.items}, [(one.kind, one.label) for one in found.loosened]

    return run


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("suitcase under 2 kg", {"light-case"}),
        ("무게 2키로 이하 캐리어", {"light-case"}),
        ("suitcase under 5 lbs", {"light-case"}),
        ("폭 60cm 이하 책장", {"slim-shelf"}),
        ("bookcase less than 60 cm high", {"wide-shelf"}),
        ("bookcase not bigger than 130 cm", {"wide-shelf"}),
        ("2인용 텐트", {"small-tent"}),
        ("a tent for four people", {"big-tent"}),
        ("power bank at least 10,000 mAh", {"bank-20"}),
        ("보조배터리 1만mAh 이상", {"bank-20"}),
    ],
)
async def test_a_limit_is_kept_in_any_unit(ask, text, kept):
    assert await ask(text) == (kept, [])


async def test_a_limit_nothing_keeps_is_given_up_and_told(ask):
    found, loosened = await ask("suitcase under 1 kg")
    assert found == {"light-case", "heavy-case", "silent-case"}
    assert loosened == [("measure", "under 1 kg")]

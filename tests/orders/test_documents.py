"""Receipts and invoices: figures of the order, text in both languages, the font in the file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from dangol.kernel.shop import Shop, Tax
from dangol.orders.documents.amounts import amounts_of, tax_within
from dangol.orders.documents.pages import Document, cut, document_pdf, font_for, plain, register_fonts
from dangol.orders.model import LineRow, OrderRow

NOON = datetime(2026, 11, 21, 3, tzinfo=UTC)
ORDER = OrderRow(
    id=1, number="20261121-0042", status="paid", source="shop", customer_id=None, shopper_key=None,
    conversation_id=None, language="ko", name="김하늘", email="", phone="",
    address={"lines": "(06133) 서울 강남구 테헤란로 123"}, method=None, currency="KRW", subtotal=152_000,
    discount=5_000, shipping=3_000, total=150_000, refunded=0, points_spent=0, points_earned=0, coupons=[],
    agreed=None, expected_from=None, expected_to=None, paid_with=None, why_cancelled=None, placed_at=NOON,
    pay_until=None, held_until=None, paid_at=NOON, fingerprint=None,
)  # fmt: skip
LINE = LineRow(1, 1, "tee", "TEE-L", "누리 반팔", {"색상": "네이비"}, "", 2, 76_000, 152_000)


@pytest.mark.parametrize(("amount", "tax"), [(110_000, 10_000), (150_000, 13_636), (0, 0), (5, 0), (6, 1)])
def test_tax_is_what_the_price_contains(amount: int, tax: int) -> None:
    assert tax_within(amount, Decimal("0.1")) == tax


def test_what_was_given_back_lowers_the_tax(shop: Shop) -> None:
    taxed = shop.model_copy(update={"tax": Tax(rate=Decimal("0.1"))})
    sums = amounts_of(replace(ORDER, refunded=40_000), taxed)
    assert sums.net is not None
    assert sums.tax is not None
    assert sums.net.amount + sums.tax.amount == 110_000
    assert amounts_of(ORDER, shop.model_copy(update={"tax": None})).tax is None


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", ["receipt", "invoice"])
def test_a_document_embeds_its_font_and_is_always_the_same(shop: Shop, kind: str, language: str) -> None:
    document = Document(kind, ORDER, [LINE] * 60, shop, language)  # type: ignore[arg-type]
    pdf = document_pdf(document)
    assert pdf.startswith(b"%PDF")
    assert b"FontFile2" in pdf
    assert pdf.count(b"/Type /Page\n") >= 2 or pdf.count(b"/Page ") >= 2
    assert document_pdf(document) == pdf


def test_a_delivery_note_tells_no_price(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    draw = Canvas.drawString, Canvas.drawRightString
    for name, drawn in zip(("drawString", "drawRightString"), draw, strict=True):

        def noting(page: Canvas, x: float, y: float, text: str, drawn: Any = drawn) -> None:
            written.append(text)
            drawn(page, x, y, text)

        monkeypatch.setattr(Canvas, name, noting)

    gift = replace(ORDER, gift={"recipient": "김영희", "phone": "", "note": "생일 축하해"})
    document_pdf(Document("receipt", gift, [LINE], shop, "ko"))
    receipt = " ".join(written)
    written.clear()
    document_pdf(Document("delivery_note", gift, [LINE], shop, "ko"))
    note = " ".join(written)
    assert "150,000" in receipt
    assert not any(figure in note for figure in ("150,000", "152,000", "76,000", "원"))
    assert all(said in note for said in ("누리 반팔", "생일 축하해", "보내는 분", "테헤란로 123"))


def test_every_common_syllable_has_a_sign_and_long_words_are_cut() -> None:
    document_pdf(Document("receipt", ORDER, [], Shop.model_validate(_SHOP), "ko"))
    assert font_for("뷁 펲 ₩12,000 김하늘 Ann’s") == "DangolSansKR"
    assert font_for("꾎") != "DangolSansKR"
    assert all(len(line) < 60 for line in cut("가" * 300, 10, 300))
    assert "".join(cut("가" * 300, 10, 300)) == "가" * 300


_SHOP = {"name": "누리", "locale": "ko-KR", "currency": "KRW", "time_zone": "Asia/Seoul"}


def test_emoji_leave_no_gap_and_no_other_font_behind() -> None:
    register_fonts()
    assert plain("생일 축하해요 🎂🎉 사랑해요 ❤️!") == "생일 축하해요  사랑해요 !"
    assert cut("축하해요 👩‍👩‍👧\n둘째 줄 ✨", 10, 400) == ["축하해요", "둘째 줄"]
    assert plain("鈴木さん") == "鈴木さん"


def test_a_row_stays_on_its_page_and_every_page_names_its_columns(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[int, float, str]] = []
    draw = Canvas.drawString

    def noting(page: Canvas, x: float, y: float, text: str) -> None:
        written.append((page.getPageNumber(), y, text))
        draw(page, x, y, text)

    monkeypatch.setattr(Canvas, "drawString", noting)
    long = replace(
        LINE, title="이름이 길어서 두 줄을 넘기는 초경량 방수 방풍 등산 바람막이 자켓 남녀공용 사계절용 끝말"
    )
    document_pdf(Document("invoice", ORDER, [long] * 40, shop, "ko"))
    starts = [page for page, _, text in written if text.startswith("이름이")]
    ends = [page for page, _, text in written if "끝말" in text]
    assert (len(starts), starts) == (40, ends)
    assert len(set(starts)) >= 3
    assert [text for _, _, text in written].count("상품") == len(set(starts))
    assert min(y for _, y, _ in written) > 30


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("currency", "sign", "total"),
    [
        ("KRW", "₩|원", "1,234,567,890"),
        ("JPY", "¥", "1,234,567,890"),
        ("USD", r"\$", "12,345,678.90"),
        ("EUR", "€", "12,345,678.90"),
        ("KWD", "KWD", "1,234,567.890"),
    ],
)
def test_figures_have_the_decimals_of_their_currency_and_none_is_written_over_another(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, currency: str, sign: str, total: str, language: str
) -> None:
    written: dict[float, list[tuple[float, float, str]]] = {}
    left, right = Canvas.drawString, Canvas.drawRightString

    def noting(page: Canvas, x: float, y: float, text: str) -> None:
        written.setdefault(y, []).append(
            (x, x + page.stringWidth(text, page._fontname, page._fontsize), text)
        )
        left(page, x, y, text)

    def noting_right(page: Canvas, x: float, y: float, text: str) -> None:
        written.setdefault(y, []).append(
            (x - page.stringWidth(text, page._fontname, page._fontsize), x, text)
        )
        right(page, x, y, text)

    monkeypatch.setattr(Canvas, "drawString", noting)
    monkeypatch.setattr(Canvas, "drawRightString", noting_right)
    line = replace(
        LINE, title="산빛 스트레치 등산 바지 " * 4, quantity=1_234, unit_price=1_000_462, total=1_234_570_108
    )
    order = replace(
        ORDER, currency=currency, subtotal=1_234_570_108, discount=5_218, total=1_234_567_890, refunded=7
    )
    taxed = shop.model_copy(update={"tax": Tax(rate=Decimal("0.1"))})
    document_pdf(Document("invoice", order, [line], taxed, language))
    for texts in written.values():
        ordered = sorted(texts)
        assert all(one[1] + 5 < other[0] for one, other in pairwise(ordered)), ordered
    figures = [text for texts in written.values() for _, _, text in texts if re.search(sign, text)]
    assert len(figures) == 9
    places = len(total.partition(".")[2])
    assert {len(re.sub(r"[^\d.]", "", figure).partition(".")[2]) for figure in figures} == {places}
    assert any(total in figure for figure in figures)


@pytest.mark.parametrize("kind", ["receipt", "invoice", "delivery_note"])
@pytest.mark.parametrize(
    ("name", "recipient", "lines"),
    [
        ("🎂🎉", "🎁", "🏠"),
        ("김" * 400, "받는사람" * 90, "서울 강남구 테헤란로 " * 60),
        ("", "", ""),
        ("‮rac\u0007\x00", "สมชาย ใจดี", "مرحبا"),
    ],
)
def test_no_line_is_written_over_another_whatever_names_are_like(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, name: str, recipient: str, lines: str, kind: str
) -> None:
    written: list[tuple[int, float, float, float]] = []
    left, right = Canvas.drawString, Canvas.drawRightString

    def noting(page: Canvas, x: float, y: float, text: str) -> None:
        wide = page.stringWidth(text, page._fontname, page._fontsize)
        written.append((page.getPageNumber(), y, x, x + wide))
        left(page, x, y, text)

    def noting_right(page: Canvas, x: float, y: float, text: str) -> None:
        wide = page.stringWidth(text, page._fontname, page._fontsize)
        written.append((page.getPageNumber(), y, x - wide, x))
        right(page, x, y, text)

    monkeypatch.setattr(Canvas, "drawString", noting)
    monkeypatch.setattr(Canvas, "drawRightString", noting_right)
    for address in ({"recipient": recipient, "lines": lines}, {}, None):
        order = replace(ORDER, name=name, address=address)
        called = shop.model_copy(update={"name": "아주 긴 이름의 가게 그리고 그 둘째 줄 " * 3 + "🏪"})
        document_pdf(Document(kind, order, [replace(LINE, title="👟", options={})], called, "ko"))  # type: ignore[arg-type]
        assert all(x0 >= -1 and x1 <= 596 for _, _, x0, x1 in written), "nothing runs off the paper"
        for at, one in enumerate(written):
            for other in written[at + 1 :]:
                beside = one[3] <= other[2] or other[3] <= one[2]
                assert beside or one[0] != other[0] or abs(one[1] - other[1]) > 5, (one, other)
        written.clear()

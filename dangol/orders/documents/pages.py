"""A receipt or invoice, or a delivery note without prices: A4, Korean or English, its font in the file (SIL OFL)."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.orders.documents.amounts import Amounts, amounts_of
from dangol.orders.model import LineRow, OrderRow

DocumentKind = Literal["receipt", "invoice", "delivery_note"]
_FONT = "DangolSansKR"
_RARE = "HYGothic-Medium"  # for signs the font has not: the reader's own font shows them
_PICTURES = frozenset({"So", "Sk", "Cs", "Cf", "Mn"})
_LEFT, _RIGHT, _TOP, _BOTTOM = 20 * mm, 190 * mm, 277 * mm, 30 * mm
_QUANTITY, _UNIT, _SUM = 125 * mm, 155 * mm, _RIGHT
_TITLE, _GAP = 85 * mm, 5 * mm
_NAME = 100 * mm  # of the shop, beside what the paper is
_ROW = 7 * mm

_WORDS: dict[str, dict[str, str]] = {
    "ko": {
        "receipt": "영수증", "invoice": "거래명세서", "delivery_note": "배송 내역서",
        "order": "주문번호", "date": "주문일", "paid": "결제일",
        "buyer": "주문자", "to": "받는 곳", "seller": "판매자", "number": "사업자등록번호", "item": "상품",
        "quantity": "수량", "unit": "단가", "sum": "금액", "subtotal": "상품 금액", "discount": "할인",
        "shipping": "배송비", "total": "합계", "refunded": "환불", "net": "공급가액", "tax": "부가세",
        "unpaid": "아직 결제되지 않은 주문입니다.", "from": "보내는 분", "recipient": "받는 분", "note": "메시지",
    },
    "en": {
        "receipt": "Receipt", "invoice": "Invoice", "delivery_note": "Delivery note",
        "order": "Order", "date": "Ordered on", "paid": "Paid on",
        "buyer": "Customer", "to": "Delivered to", "seller": "Seller", "number": "Tax number", "item": "Item",
        "quantity": "Qty", "unit": "Unit price", "sum": "Amount", "subtotal": "Subtotal", "discount": "Discount",
        "shipping": "Delivery", "total": "Total", "refunded": "Refunded", "net": "Net amount", "tax": "Tax",
        "unpaid": "This order has not been paid yet.", "from": "From", "recipient": "Recipient", "note": "Message",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Document:
    """All that a page is written from."""

    kind: DocumentKind
    order: OrderRow
    lines: Sequence[LineRow]
    shop: Shop
    language: str

    @property
    def words(self) -> dict[str, str]:
        """The words of the page in its language."""
        return _WORDS["ko" if self.language.startswith("ko") else "en"]

    @property
    def priced(self) -> bool:
        """Whether it tells prices: what lies in the parcel does not, least of all in a gift."""
        return self.kind != "delivery_note"

    def money(self, amount: int) -> str:
        """A sum of the order as its page writes it."""
        return Money(amount=amount, currency=self.order.currency).display(self.language)


def document_pdf(document: Document) -> bytes:
    """The pages as PDF; the same order gives the same bytes."""
    register_fonts()
    out = io.BytesIO()
    page = Canvas(out, pagesize=A4, invariant=1)
    page.setTitle(f"{document.words[document.kind]} {document.order.number}")
    pen = _Pen(page, document)
    pen.head()
    pen.table()
    if document.priced:
        pen.sums(amounts_of(document.order, document.shop))
    pen.foot()
    page.showPage()
    page.save()
    return out.getvalue()


def delivery_note(order: OrderRow, lines: Sequence[LineRow], shop: Shop) -> bytes:
    """What lies in the parcel, in the language of the order: no price on it."""
    return document_pdf(Document("delivery_note", order, lines, shop, order.language))


def register_fonts() -> None:
    """Make the fonts of papers known to the writer; again it does nothing."""
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, Path(__file__).parent / "font" / "DangolSansKR.ttf"))
        pdfmetrics.registerFont(UnicodeCIDFont(_RARE))


def font_for(text: str) -> str:
    """The font that can write this text."""
    known = pdfmetrics.getFont(_FONT).face.charToGlyph
    return _FONT if all(ord(sign) in known for sign in text) else _RARE


def plain(text: str) -> str:
    """Text without the pictures that no font of a paper has: emoji, and what joins and colours them."""
    register_fonts()
    known = pdfmetrics.getFont(_FONT).face.charToGlyph
    return "".join(
        sign
        for sign in text
        if ord(sign) in known or (ord(sign) <= 0xFFFF and unicodedata.category(sign) not in _PICTURES)
    )


def widest(texts: Iterable[str], size: float = 10) -> float:
    """How wide the widest of some texts is written, in points."""
    return max((pdfmetrics.stringWidth(text, font_for(text), size) for text in texts), default=0)


@dataclass(frozen=True)
class Columns:
    """Where the columns of the table end, and how wide a title may be (points): long figures get the room they need."""

    quantity: float
    unit: float
    title: float


def columns_of(document: Document) -> Columns:
    """The columns of a document, at their usual places where its figures fit there."""
    words, lines = document.words, document.lines
    unit, quantity = _UNIT, _QUANTITY
    if document.priced:
        unit = min(
            unit, _SUM - widest([words["sum"], *(document.money(each.total) for each in lines)]) - _GAP
        )
        prices = [words["unit"], *(document.money(each.unit_price) for each in lines)]
        quantity = min(quantity, unit - widest(prices) - _GAP)
    counts = widest([words["quantity"], *(f"{each.quantity:,}" for each in lines)])
    return Columns(quantity, unit, min(_TITLE, quantity - counts - _GAP - _LEFT))


def cut(text: str, size: float, width: float) -> list[str]:
    """Text in lines that are no wider than this (points), new where it has them; words are broken only where one is too
    wide by itself."""
    return [line for written in plain(text).splitlines() for line in _cut(written, size, width)]


def _cut(text: str, size: float, width: float) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        tried = f"{line} {word}".strip()
        while pdfmetrics.stringWidth(tried, font_for(tried), size) > width:
            if line:
                lines.append(line)
                tried, line = word, ""
                continue
            fitting = next(
                at
                for at in range(len(tried), 0, -1)
                if at == 1 or pdfmetrics.stringWidth(tried[:at], font_for(tried), size) <= width
            )
            lines.append(tried[:fitting])
            tried = tried[fitting:]
        line = tried
    return [*lines, line] if line else lines


class _Pen:
    """Writes downwards from where it stands, onto a new page when there is no room."""

    def __init__(self, page: Canvas, document: Document) -> None:
        self.page = page
        self.doc = document
        self.words = document.words
        self.at = columns_of(document)
        self.y = _TOP
        self.number = 1
        self.in_table = False

    def text(self, x: float, text: str, size: float = 10, *, right: bool = False) -> None:
        self.page.setFont(font_for(text), size)
        (self.page.drawRightString if right else self.page.drawString)(x, self.y, text)

    def down(self, by: float = _ROW) -> None:
        self.y -= by
        if self.y < _BOTTOM:
            self.turn()

    def turn(self) -> None:
        """On to the next page; within the table its columns are named again."""
        self.foot()
        self.page.showPage()
        self.y, self.number = _TOP, self.number + 1
        if self.in_table:
            self.columns()

    def foot(self) -> None:
        """Which order it is of and which page, should the pages come apart."""
        self.y = _BOTTOM - 12 * mm
        self.text(_LEFT, f"{self.words[self.doc.kind]} {self.doc.order.number}", 8)
        self.text(_RIGHT, str(self.number), 8, right=True)

    def rule(self) -> None:
        self.page.setLineWidth(0.5)
        self.page.line(_LEFT, self.y + 4.5 * mm, _RIGHT, self.y + 4.5 * mm)

    def head(self) -> None:
        order, shop, words = self.doc.order, self.doc.shop, self.words
        self.text(_LEFT, words[self.doc.kind], 22)
        for line in cut(shop.say(shop.name, self.doc.language), 12, _NAME)[:2]:
            self.text(_RIGHT, line, 12, right=True)
            self.down(6 * mm)
        self.down(8 * mm)
        address = order.address or {}
        pairs = [
            (words["order"], order.number),
            (words["date"], self._day(order.placed_at)),
            *([(words["paid"], self._day(order.paid_at))] if order.paid_at and self.doc.priced else []),
            (words["from" if order.gift is not None else "buyer"], order.name),
            (words["recipient"], "" if self.doc.priced else str(address.get("recipient") or order.name)),
            (words["to"], str(address.get("lines") or "").rstrip(" ,")),
            (words["note"], str((order.gift or {}).get("note") or "")),
            (words["seller"], " · ".join(self._seller())),
            *([(words["number"], shop.tax.number)] if shop.tax and shop.tax.number else []),
        ]
        for label, value in pairs:
            written = cut(value, 10, _RIGHT - _LEFT - 40 * mm)
            if not written:  # nothing was said, or nothing that can be written
                continue
            self.text(_LEFT, label)
            for line in written:
                self.text(_LEFT + 40 * mm, line)
                self.down(6 * mm)
        self.down(6 * mm)

    def _seller(self) -> list[str]:
        shop = self.doc.shop
        return [
            part
            for part in (shop.say(shop.name, self.doc.language), shop.contact.phone, shop.contact.email)
            if part
        ]

    def _day(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.doc.shop.zone):%Y-%m-%d}"

    def columns(self) -> None:
        """What stands in the table."""
        words = self.words
        self.text(_LEFT, words["item"])
        self.text(self.at.quantity, words["quantity"], right=True)
        if self.doc.priced:
            self.text(self.at.unit, words["unit"], right=True)
            self.text(_SUM, words["sum"], right=True)
        self.y -= _ROW
        self.rule()

    def table(self) -> None:
        """What was bought; a row stays on one page."""
        self.columns()
        self.in_table = True
        for line in self.doc.lines:
            options = " / ".join(line.options.values())
            title = cut(f"{line.title} ({options})" if options else line.title, 10, self.at.title) or [
                line.sku
            ]
            if self.y - (len(title) - 1) * 6 * mm < _BOTTOM:
                self.turn()
            self.text(self.at.quantity, f"{line.quantity:,}", right=True)
            if self.doc.priced:
                self.text(self.at.unit, self.doc.money(line.unit_price), right=True)
                self.text(_SUM, self.doc.money(line.total), right=True)
            for part in title:
                self.text(_LEFT, part)
                self.y -= 6 * mm
        self.in_table = False
        self.down(4 * mm)
        self.rule()

    def sums(self, sums: Amounts) -> None:
        words = self.words
        rows: list[tuple[str, Money | None, str, float]] = [
            (words["subtotal"], sums.subtotal, "", 10),
            (words["discount"], sums.discount if sums.discount else None, "-", 10),
            (words["shipping"], sums.shipping, "", 10),
            (words["total"], sums.total, "", 13),
            (words["refunded"], sums.refunded if sums.refunded else None, "-", 10),
            (words["net"], sums.net, "", 10),
            (words["tax"], sums.tax, "", 10),
        ]
        told = [
            (label, f"{sign}{self.doc.money(money.amount)}", size)
            for label, money, sign, size in rows
            if money is not None
        ]
        labels = min(_UNIT, _SUM - max(widest([figure], size) for _, figure, size in told) - _GAP)
        for label, figure, size in told:
            self.text(labels, label, size, right=True)
            self.text(_SUM, figure, size, right=True)
            self.down()
        if self.doc.order.paid_at is None:
            self.text(_LEFT, words["unpaid"])
            self.down()

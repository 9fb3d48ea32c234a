"""The label of a parcel that comes back, as PDF to print at home and as ZPL for label printers: 100 by 150 mm.

The barcode is Code 128 of the tracking number on both; the PDF carries its font with it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from reportlab.graphics.barcode import code128
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from dangol.contracts.carrier import Party
from dangol.orders import api as orders

_WIDTH, _HEIGHT = 100 * mm, 150 * mm
_DOTS = 8  # a millimetre on a printer of 203 dpi
_LATIN = "Helvetica"
# points, how many columns of them are as wide as the label, and how many lines of an address there is room for
_SIZES = ((12, 36, 3), (10, 44, 3), (8, 58, 4))
_WORDS = {
    "ko": {"title": "반품", "from": "보내는 분", "to": "받는 곳", "return": "반품번호", "order": "주문번호"},
    "en": {"title": "RETURN", "from": "From", "to": "To", "return": "Return", "order": "Order"},
}


@dataclass(frozen=True)
class Label:
    """What stands on a label."""

    tracking_no: str
    carrier: str
    number: str
    order: str
    sender: Party
    receiver: Party
    language: str

    @property
    def words(self) -> dict[str, str]:
        """The words of the label in its language."""
        return _WORDS["ko" if self.language.startswith("ko") else "en"]

    def blocks(self) -> list[Block]:
        """The addresses: whom it goes to, and from whom."""
        return [_block(self.words["to"], self.receiver), _block(self.words["from"], self.sender)]


@dataclass(frozen=True)
class Block:
    """An address: a heading and its lines, in letters of this size (points)."""

    heading: str
    lines: list[str]
    size: int


def _block(heading: str, party: Party) -> Block:
    """An address as large as it can be written with room for the barcode below; the rest of an endless one is left out."""
    address = f"({party.postcode}) {party.lines}" if party.postcode else party.lines
    for size, columns, most in _SIZES:
        name, written = _wrapped(party.name, columns), _wrapped(address.rstrip(" ,"), columns)
        if (len(name) == 1 and len(written) <= most) or size == _SIZES[-1][0]:
            lines = [*name[:1], *written[:most], party.phone]
            return Block(heading, [line for line in lines if line.strip()], size)
    raise AssertionError("the smallest size takes all")


def _wrapped(text: str, width: int) -> list[str]:
    """Words in lines of at most so many columns; Korean counts double. A word that is longer is broken."""
    lines, line, used = [], "", 0
    for word in orders.plain_text(text).split():
        columns = sum(map(_columns, word))
        if used and used + 1 + columns > width:
            lines.append(line)
            line, used = "", 0
        line, used = (f"{line} ", used + 1) if used else (line, used)
        for sign in word:
            if used + _columns(sign) > width:
                lines.append(line)
                line, used = "", 0
            line, used = line + sign, used + _columns(sign)
    return [*lines, line] if line.strip() else lines


def _columns(sign: str) -> int:
    return 2 if ord(sign) > 0x1100 else 1


def label_pdf(label: Label) -> bytes:
    """The label on a page of its own."""
    orders.register_fonts()
    out = io.BytesIO()
    page = Canvas(out, pagesize=(_WIDTH, _HEIGHT), pageCompression=0, invariant=1)
    page.setTitle(f"{label.words['title']} {label.number}")
    _write(page, 8 * mm, 138 * mm, 20, label.words["title"])
    _write(page, 45 * mm, 139 * mm, 11, label.carrier)
    page.line(6 * mm, 134 * mm, 94 * mm, 134 * mm)
    height = 126 * mm
    for block in label.blocks():
        _write(page, 8 * mm, height, 8, block.heading)
        for line in block.lines:
            height -= block.size * 0.46 * mm
            _write(page, 8 * mm, height, block.size, line)
        height -= 9 * mm
    bars = code128.Code128(label.tracking_no, barHeight=26 * mm, barWidth=_bar(label.tracking_no), quiet=1)
    bars.drawOn(page, (_WIDTH - bars.width) / 2, 26 * mm)
    page.setFont(_LATIN, 13)
    page.drawCentredString(_WIDTH / 2, 19 * mm, label.tracking_no)
    _write(page, 8 * mm, 10 * mm, 9, f"{label.words['return']} {label.number}")
    _write(page, 55 * mm, 10 * mm, 9, f"{label.words['order']} {label.order}")
    page.showPage()
    page.save()
    return out.getvalue()


def _bar(text: str) -> float:
    """As wide a bar as the label has room for: scanners like them wide."""
    modules = 11 * (len(text) + 3) + 2 + 20
    return float(min(0.5 * mm, 88 * mm / modules))


def _write(page: Canvas, x: float, y: float, size: float, text: str) -> None:
    page.setFont(orders.font_for(text), size)
    page.drawString(x, y, text)


def label_zpl(label: Label) -> str:
    """The label in the language of label printers, at 203 dpi; text is UTF-8 (`^CI28`)."""
    rows = ["^XA", "^CI28", f"^PW{100 * _DOTS}", f"^LL{150 * _DOTS}"]
    rows.append(f"^FO48,40^A0N,60,60^FD{_plain(label.words['title'])}^FS")
    rows.append(f"^FO320,56^A0N,34,34^FD{_plain(label.carrier)}^FS")
    rows.append("^FO48,120^GB704,3,3^FS")
    top = 150
    for block in label.blocks():
        rows.append(f"^FO48,{top}^A0N,24,24^FD{_plain(block.heading)}^FS")
        dots = block.size * 34 // 12
        for line in block.lines:
            top += dots + 8
            rows.append(f"^FO48,{top}^A0N,{dots},{dots}^FD{_plain(line)}^FS")
        top += 62
    width = 3 if len(label.tracking_no) <= 14 else 2
    rows.append(f"^BY{width},3,200^FO60,780^BCN,200,Y,N,N^FD{_plain(label.tracking_no)}^FS")
    foot = f"{label.words['return']} {label.number}  {label.words['order']} {label.order}"
    rows.append(f"^FO48,1120^A0N,26,26^FD{_plain(foot)}^FS")
    return "\n".join([*rows, "^XZ", ""])


def _plain(text: str) -> str:
    """Text that cannot be taken for a command of the printer."""
    return re.sub(r"[\^~\\\x00-\x1f]", " ", text)

"""Brush and palette: the colours of one item and the few strokes every drawing is made of."""

from dataclasses import dataclass
from html import escape

WHITE = "ffffff"
BLACK = "000000"
INK = "2b2d33"
STEEL = "c9ced6"
GUM = "e9e4da"


def mix(colour: str, other: str, share: float) -> str:
    """Blend two colours, as six hexadecimal digits; `share` is how much of `other` there is, 0 to 1."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lightness(colour: str) -> float:
    """How light a colour looks, 0 black to 1 white (Rec. 601 luma)."""
    red, green, blue = _channels(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[0:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


@dataclass(frozen=True)
class Paint:
    """One item's colours and the words on its label."""

    base: str
    brand: str
    title: str

    @property
    def light(self) -> str:
        """The item's colour where light falls on it."""
        return mix(self.base, WHITE, 0.28)

    @property
    def dark(self) -> str:
        """The item's colour in its own shade."""
        return mix(self.base, BLACK, 0.22)

    @property
    def line(self) -> str:
        """Seams and outlines: darker than the item, or lighter when the item is nearly black."""
        return mix(self.base, WHITE, 0.34) if lightness(self.base) < 0.24 else mix(self.base, BLACK, 0.38)

    @property
    def ink(self) -> str:
        """Writing that can be read on the item."""
        return "fbfaf6" if lightness(self.base) < 0.58 else "33353b"

    def shape(self, d: str, fill: str | None = None, *, edge: bool = True) -> str:
        """Fill an outline; without a colour, with the item's own shaded colour."""
        paint = "url(#b)" if fill is None else f"#{fill}"
        stroke = f' stroke="#{self.line}" stroke-width="3" stroke-linejoin="round"' if edge else ""
        return f'<path d="{d}" fill="{paint}"{stroke}/>'

    def seam(self, d: str, colour: str | None = None, width: float = 3, *, dashed: bool = False) -> str:
        """Draw an open line: a seam, a lace, a crease."""
        dash = ' stroke-dasharray="7 6"' if dashed else ""
        return (
            f'<path d="{d}" fill="none" stroke="#{colour or self.line}" stroke-width="{width:g}" '
            f'stroke-linecap="round" stroke-linejoin="round"{dash}/>'
        )

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        r: float = 0,
        fill: str | None = None,
        *,
        edge: bool = True,
    ) -> str:
        """Draw a rectangle with corners of radius `r`."""
        paint = "url(#b)" if fill is None else f"#{fill}"
        stroke = f' stroke="#{self.line}" stroke-width="3"' if edge else ""
        return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{paint}"{stroke}/>'

    def oval(
        self, x: float, y: float, rx: float, ry: float, fill: str | None = None, *, edge: bool = True
    ) -> str:
        """Draw an ellipse around (x, y)."""
        paint = "url(#b)" if fill is None else f"#{fill}"
        stroke = f' stroke="#{self.line}" stroke-width="3"' if edge else ""
        return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{paint}"{stroke}/>'

    def shine(self, d: str, strength: float = 0.35) -> str:
        """Lay a soft highlight over the item."""
        return f'<path d="{d}" fill="#fff" opacity="{strength:g}"/>'

    def shade(self, d: str, strength: float = 0.14) -> str:
        """Lay a soft shadow over the item."""
        return f'<path d="{d}" fill="#000" opacity="{strength:g}"/>'

    def tag(self, x: float, y: float, size: float = 18, *, colour: str | None = None, turn: float = 0) -> str:
        """Write the brand alone, centred on (x, y): the small woven label."""
        turned = f' transform="rotate({turn:g} {x:g} {y:g})"' if turn else ""
        return (
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="700" letter-spacing="1" '
            f'text-anchor="middle" fill="#{colour or self.ink}"{turned}>{escape(self.brand)}</text>'
        )

    def label(self, x: float, y: float, wide: float, *, paper: str | None = "fbf8f1") -> str:
        """Stick a printed label with brand and title, centred on (x, y), `wide` units across."""
        lines = _wrap(self.title, max(6, int(wide / 15)))[:3]
        high = 44 + 22 * len(lines)
        ink = INK if paper else self.ink
        parts = []
        if paper:
            parts.append(
                f'<rect x="{x - wide / 2:g}" y="{y - high / 2:g}" width="{wide:g}" height="{high}" '
                f'rx="6" fill="#{paper}"/>'
            )
        top = y - high / 2 + 30
        parts.append(
            f'<text x="{x:g}" y="{top:g}" font-size="20" font-weight="700" letter-spacing="1" '
            f'text-anchor="middle" fill="#{ink}">{escape(self.brand)}</text>'
        )
        parts += [
            f'<text x="{x:g}" y="{top + 24 + 22 * row:g}" font-size="16" text-anchor="middle" '
            f'fill="#{ink}">{escape(text)}</text>'
            for row, text in enumerate(lines)
        ]
        return "".join(parts)


def _wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines

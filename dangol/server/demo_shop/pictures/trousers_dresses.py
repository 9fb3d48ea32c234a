"""Trousers, skirts, dresses, underwear and babies' clothes, laid flat."""

from collections.abc import Callable
from functools import partial

from dangol.server.demo_shop.pictures.garments import draw_inside, shirt
from dangol.server.demo_shop.pictures.paint import INK, WHITE, Paint, mix


def trousers(p: Paint, spread: int = 0, end: int = 544) -> str:
    """Trousers; `spread` widens the leg, `end` is where the hem is."""
    left, right = 176 - spread, 424 + spread
    inner = 26 - min(spread, 20) // 4
    return (
        p.shape(f"M198 84 H402 L{right} {end} H{300 + inner} L300 250 L{300 - inner} {end} H{left} Z")
        + p.box(196, 70, 208, 34, 5, p.dark)
        + p.seam(
            (
                "M300 104 V220 M214 112 L196 172 M386 112 L404 172 M244 150 "
                f"L{(left + 300 - inner) // 2} {end} M356 150 L{(right + 300 + inner) // 2} {end}"
            ),
            p.line,
            2.5,
        )
        + p.oval(300, 88, 7, 7, p.light)
        + p.shade(f"M300 250 L{300 + inner} {end} H{340 + spread // 2} L318 250 Z", 0.1)
        + p.box(340, 74, 50, 24, 2, "fbf8f1")
        + p.tag(365, 91, 12, colour=INK)
    )


def shorts(p: Paint) -> str:
    """Shorts, laid in the middle of the table."""
    return f'<g transform="translate(0 165)">{trousers(p, 22, 340)}</g>'


def jogger(p: Paint) -> str:
    """Joggers with ribbed ankles and a drawstring."""
    return (
        trousers(p, 0, 520)
        + p.box(172, 510, 106, 34, 6, p.dark)
        + p.box(322, 510, 106, 34, 6, p.dark)
        + p.seam("M288 96 C276 130 284 150 280 168 M312 96 C324 130 316 150 322 168", WHITE, 5)
    )


def skirt(p: Paint, hem: int = 420, flare: int = 150) -> str:
    """A skirt; `hem` sets its length, `flare` its half width there."""
    pleats = "".join(
        f"M{300 + d * 24} 150 L{300 + d * flare / 3.6:.0f} {hem} " for d in (-3, -2, -1, 0, 1, 2, 3)
    )
    return (
        p.shape(
            f"M206 130 H394 L{300 + flare} {hem} C{300 + flare / 2:g} "
            f"{hem + 18} {300 - flare / 2:g} {hem + 18} {300 - flare} {hem} Z"
        )
        + p.seam(pleats, p.line, 2.5)
        + p.box(204, 112, 192, 32, 5, p.dark)
        + p.tag(300, 134, 16)
    )


def dress(p: Paint) -> str:
    """A dress with short sleeves."""
    return (
        draw_inside(p)
        + p.shape(
            "M236 96 C206 104 180 114 162 132 L116 226 L168 250 L196 214 L206 "
            "290 L132 546 C240 566 360 566 468 546 L394 290 L404 214 L432 250 "
            "L484 226 L438 132 C420 114 394 104 364 96 C350 138 250 138 236 96 Z"
        )
        + p.box(204, 282, 192, 22, 3, p.dark)
        + p.seam("M250 308 L214 550 M300 308 V556 M350 308 L386 550", p.line, 2.5)
        + p.seam("M230 102 C246 152 354 152 370 102", p.line, 3)
        + p.tag(300, 214, 20)
        + p.shine("M214 320 C196 400 180 470 164 536 L190 540 C204 470 222 400 232 320 Z", 0.16)
    )


def pajama(p: Paint) -> str:
    """A pyjama top over folded trousers."""
    return (
        p.box(150, 430, 300, 96, 14, p.dark)
        + p.seam("M150 478 H450", p.line, 3)
        + '<g transform="translate(60 20) scale(.8)">'
        + shirt(p)
        + p.seam("M236 112 L270 178 M364 112 L330 178 M168 508 H432", WHITE, 4)
        + "</g>"
    )


def boxer(p: Paint) -> str:
    """Boxer briefs."""
    return (
        p.shape("M150 190 H450 L474 420 L330 440 L300 350 L270 440 L126 420 Z")
        + p.box(146, 170, 308, 46, 6, mix(p.base, INK, 0.5))
        + p.tag(300, 202, 26, colour=WHITE)
        + p.seam("M262 220 C258 290 270 330 300 350 C330 330 342 290 338 220", p.line, 3)
    )


def bra(p: Paint) -> str:
    """A soft bra."""
    return (
        p.seam("M176 250 C180 190 196 150 210 120 M424 250 C420 190 404 150 390 120", p.line, 14)
        + p.shape(
            "M110 300 C120 250 150 236 178 240 C240 250 276 280 300 306 C324 280 360 "
            "250 422 240 C450 236 480 250 490 300 L488 392 C400 420 200 420 112 392 Z"
        )
        + p.seam("M150 380 C190 402 270 396 300 330 C330 396 410 402 450 380", p.line, 3)
        + p.tag(300, 392, 17)
    )


def babysuit(p: Paint) -> str:
    """A baby's one-piece."""
    return (
        draw_inside(p)
        + p.shape(
            "M236 112 C204 118 176 128 156 146 L96 250 L160 286 L182 258 L178 "
            "420 L252 480 C270 440 330 440 348 480 L422 420 L418 258 L440 286 "
            "L504 250 L444 146 C424 128 396 118 364 112 C350 150 250 150 236 112 Z"
        )
        + p.seam("M228 116 C246 166 354 166 372 116", p.line, 4)
        + p.oval(272, 470, 6, 6, p.light)
        + p.oval(300, 462, 6, 6, p.light)
        + p.oval(328, 470, 6, 6, p.light)
        + p.oval(300, 300, 44, 40, p.light)
        + p.oval(266, 268, 16, 16, p.light)
        + p.oval(334, 268, 16, 16, p.light)
        + p.oval(286, 294, 5, 6, INK, edge=False)
        + p.oval(314, 294, 5, 6, INK, edge=False)
        + p.seam("M290 316 q10 10 20 0", INK, 4)
        + p.tag(300, 380, 18)
    )


KINDS: dict[str, Callable[[Paint], str]] = {
    "trousers": trousers,
    "widetrousers": partial(trousers, spread=46),
    "jogger": jogger,
    "shorts": shorts,
    "skirt": skirt,
    "longskirt": partial(skirt, hem=530, flare=168),
    "dress": dress,
    "pajama": pajama,
    "boxer": boxer,
    "bra": bra,
    "babysuit": babysuit,
}

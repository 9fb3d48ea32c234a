"""Home: textiles, light, furniture, scent."""

from dangol.server.demo_shop.pictures.paint import INK, WHITE, Paint, mix

_WOOD = "b98a55"


def blanket(p: Paint) -> str:
    """A folded blanket."""
    layers = "".join(
        p.shape(
            (
                f"M110 {y} C160 {y - 16} 440 {y - 16} 490 {y} C508 {y + 20} 508 {y + 56} 490 "
                f"{y + 72} C440 {y + 60} 160 {y + 60} 110 {y + 72} C92 {y + 56} 92 {y + 20} 110 {y} Z"
            ),
            c,
        )
        for y, c in ((410, p.dark), (320, None), (230, p.light))
    )
    return (
        layers
        + p.shape("M360 214 L470 226 L480 480 L380 470 Z", p.light)
        + p.seam("M380 470 v30 M400 472 v30 M420 474 v30 M440 476 v30 M460 478 v30", p.dark, 5)
        + p.label(232, 362, 180)
    )


def pillow(p: Paint) -> str:
    """A pillow or cushion."""
    return (
        p.shape(
            "M90 170 C140 196 460 196 510 170 C530 220 530 420 510 470 C460 444 140 444 90 470 C70 420 70 220 90 170 Z"
        )
        + p.seam("M124 206 C180 220 420 220 476 206 M124 434 C180 420 420 420 476 434", p.line, 2.5)
        + p.shine("M110 210 C180 230 300 230 350 224 C260 260 160 270 112 300 Z", 0.25)
        + p.box(212, 284, 176, 72, 6, "fbf8f1")
        + p.tag(300, 328, 24, colour=INK)
    )


def duvet(p: Paint) -> str:
    """A made bed."""
    quilt = (
        "".join(f"M{x} 300 C{x + 10} 370 {x - 10} 440 {x} 500 " for x in (190, 260, 340, 410))
        + "M100 370 C240 384 360 384 500 370 M96 440 C240 454 360 454 504 440"
    )
    return (
        p.box(110, 90, 380, 200, 22, _WOOD)
        + p.box(136, 190, 150, 100, 30, p.light)
        + p.box(314, 190, 150, 100, 30, p.light)
        + p.shape("M96 300 C110 268 490 268 504 300 L516 500 C440 520 160 520 84 500 Z")
        + p.seam(quilt, p.line, 3)
        + p.shape("M96 300 C110 268 490 268 504 300 L506 334 C440 318 160 318 94 334 Z", p.light)
        + p.tag(440, 480, 18)
    )


def towel(p: Paint) -> str:
    """Rolled and folded towels."""
    return (
        p.box(110, 390, 380, 60, 24, p.dark)
        + p.box(110, 450, 380, 60, 24)
        + p.box(110, 330, 380, 60, 24)
        + "".join(
            p.oval(x, 262, 66, 66, c)
            + p.seam(f"M{x} 262 m-40 0 a40 40 0 1 1 40 40 m-18 -40 a18 18 0 1 1 18 18", p.line, 5)
            for x, c in ((190, p.light), (320, None), (440, p.dark))
        )
        + p.label(300, 424, 180)
    )


def lamp(p: Paint) -> str:
    """A table lamp, lit."""
    return (
        '<ellipse cx="300" cy="310" rx="250" ry="200" fill="#ffe7a8" opacity=".5"/>'
        + p.box(288, 270, 24, 210, 6, _WOOD)
        + p.oval(300, 492, 110, 26, p.dark)
        + p.shape("M220 120 H380 L450 300 H150 Z", mix(p.base, "fff1c4", 0.35))
        + p.shine("M236 140 h30 L220 284 h-40 Z", 0.5)
        + p.tag(300, 500, 18)
        + p.seam("M340 300 v70", "8b9099", 3)
        + p.oval(340, 376, 7, 7, "d0ad62")
    )


def floorlamp(p: Paint) -> str:
    """A floor or desk lamp with an arm."""
    return (
        '<path d="M120 220 L60 480 H320 L260 220 Z" fill="#ffeebd" opacity=".55"/>'
        + p.seam("M410 496 L440 250 L230 150", p.dark, 16)
        + p.oval(440, 250, 18, 18, "d0ad62")
        + p.shape("M130 220 C130 130 270 110 284 190 L272 226 H126 Z")
        + p.oval(412, 500, 100, 24)
        + p.tag(412, 507, 18)
    )


def chair(p: Paint) -> str:
    """A chair."""
    return (
        p.seam("M190 390 L166 524 M410 390 L434 524 M230 400 L226 510 M370 400 L374 510", _WOOD, 18)
        + p.shape("M176 110 C220 92 380 92 424 110 C440 180 430 260 412 320 H188 C170 260 160 180 176 110 Z")
        + p.shape(
            "M150 330 C200 312 400 312 450 330 C464 360 456 400 440 406 C380 420 220 420 160 406 C144 400 136 360 150 330 Z",
            p.light,
        )
        + p.tag(300, 216, 24)
    )


def stool(p: Paint) -> str:
    """A stool or small side table."""
    return (
        p.seam("M200 250 L150 520 M400 250 L450 520 M300 256 V500 M176 400 H424", mix(p.base, INK, 0.25), 18)
        + p.oval(300, 236, 180, 44, p.dark)
        + p.oval(300, 222, 180, 44)
        + p.seam("M160 218 C240 202 360 240 440 218", p.line, 2.5)
        + p.label(300, 340, 180)
    )


def shelf(p: Paint) -> str:
    """A shelf unit with a few things on it."""
    return (
        p.box(130, 90, 340, 430, 8)
        + "".join(p.box(152, y, 296, 110, 3, mix(p.base, INK, 0.45)) for y in (112, 246, 380))
        + "".join(
            p.box(166 + i * 28, 140 + (i % 2) * 10, 22, 82 - (i % 2) * 10, 2, c)
            for i, c in enumerate(("c0392f", "3f6fb5", "eec74e", "4d8a5c"))
        )
        + p.oval(390, 196, 26, 26, "e9a9b6")
        + p.box(180, 286, 90, 70, 6, "d4bf9f")
        + p.shape("M360 356 h60 l-8 -50 h-44 Z", WHITE)
        + p.oval(390, 290, 32, 24, "4d8a5c")
        + p.label(300, 440, 190)
    )


def candle(p: Paint) -> str:
    """A candle in a glass."""
    return (
        (
            '<ellipse cx="300" cy="140" rx="70" ry="90" fill="#ffdf8a" opacity=".5"/><path '
            'd="M300 90 C326 130 322 160 300 166 C278 160 274 130 300 90 Z" fill="#f5a623"/>'
        )
        + p.seam("M300 160 V220", INK, 4)
        + p.shape(
            "M176 210 H424 V480 C424 510 404 520 380 520 H220 C196 520 176 510 176 480 Z",
            mix(p.base, WHITE, 0.3),
        )
        + p.oval(300, 212, 124, 24, mix(p.base, WHITE, 0.7))
        + p.shine("M192 240 h22 v240 h-22 Z", 0.5)
        + p.label(306, 376, 180)
    )


def diffuser(p: Paint) -> str:
    """A reed diffuser."""
    return (
        p.seam("M296 250 L220 60 M300 250 L270 50 M304 250 L330 50 M308 250 L386 66", _WOOD, 8)
        + p.box(254, 216, 92, 64, 8, "d0ad62")
        + p.shape(
            "M250 278 H350 C356 310 410 320 410 366 V480 C410 508 392 518 370 "
            "518 H230 C208 518 190 508 190 480 V366 C190 320 244 310 250 278 Z"
        )
        + p.shine("M208 372 c0 -18 16 -28 28 -32 v150 h-10 c-12 0 -18 -6 -18 -16 Z", 0.4)
        + p.label(306, 420, 160)
    )


def mat(p: Paint) -> str:
    """A rug or mat, one corner turned."""
    return (
        p.shape("M90 230 H440 L510 300 V480 H90 Z")
        + p.shape("M440 230 V300 H510 Z", p.dark)
        + p.seam("M116 256 H420 M116 454 H484 V310", p.light, 5)
        + p.label(290, 366, 210, paper=None)
    )


def clock(p: Paint) -> str:
    """A wall clock."""
    ticks = "".join(
        f'<path d="M300 132 v22" stroke="#{INK}" stroke-width="6" transform="rotate({a} 300 300)"/>'
        for a in range(0, 360, 30)
    )
    return (
        p.oval(300, 300, 210, 210)
        + p.oval(300, 300, 178, 178, "fbf8f1")
        + ticks
        + p.seam("M300 300 L300 190", INK, 10)
        + p.seam("M300 300 L372 346", INK, 10)
        + p.oval(300, 300, 12, 12, p.base)
        + p.tag(300, 400, 22, colour=INK)
    )


def hanger(p: Paint) -> str:
    """Slim hangers, three deep."""
    return "".join(
        f'<g transform="translate({20 * i} {46 * i})">'
        + p.seam("M300 150 C300 110 340 110 340 80 C340 50 290 46 284 84", "8b9099", 9)
        + p.seam("M300 152 L110 290 C96 304 104 318 124 318 H476 C496 318 504 304 490 290 Z", p.base, 20)
        + "</g>"
        for i in (-1, 0, 1)
    ) + p.label(300, 450, 210)


KINDS = {
    "hanger": hanger,
    "blanket": blanket,
    "pillow": pillow,
    "duvet": duvet,
    "towel": towel,
    "lamp": lamp,
    "floorlamp": floorlamp,
    "chair": chair,
    "stool": stool,
    "shelf": shelf,
    "candle": candle,
    "diffuser": diffuser,
    "mat": mat,
    "clock": clock,
}

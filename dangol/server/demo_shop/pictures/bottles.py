"""Beauty: bottles, jars, tubes and make-up."""

from dangol.server.demo_shop.pictures.paint import INK, STEEL, WHITE, Paint, mix

_CAP = "f2efe8"


def _cap(p: Paint) -> str:
    return p.dark if p.ink == "fbfaf6" else _CAP


def bottle(p: Paint) -> str:
    """A toner bottle."""
    return (
        p.box(258, 84, 84, 84, 10, _cap(p))
        + p.shape(
            "M250 166 H350 C352 196 396 206 396 246 V486 C396 512 384 520 364 "
            "520 H236 C216 520 204 512 204 486 V246 C204 206 248 196 250 166 Z"
        )
        + p.shine("M222 252 C222 230 236 222 246 214 V500 H236 C226 500 222 494 222 484 Z")
        + p.label(306, 364, 160)
    )


def pump(p: Paint) -> str:
    """A pump bottle."""
    return (
        p.seam("M300 150 V92", STEEL, 16)
        + p.shape("M214 76 H316 C330 76 334 84 334 98 H262 L214 98 Z", _cap(p))
        + p.box(262, 130, 76, 52, 8, _cap(p))
        + p.box(196, 180, 208, 340, 34)
        + p.shine("M216 220 h22 v270 h-22 Z")
        + p.label(308, 360, 162)
    )


def tube(p: Paint) -> str:
    """A squeeze tube standing on its cap."""
    return (
        p.shape("M186 84 H414 L386 440 H214 Z")
        + p.box(184, 72, 232, 26, 4, p.dark)
        + p.seam("".join(f"M{x} 76 v18 " for x in range(196, 412, 12)), p.line, 2)
        + p.box(222, 436, 156, 84, 10, _cap(p))
        + p.shine("M214 110 h30 L256 430 h-26 Z")
        + p.label(306, 266, 150)
    )


def jar(p: Paint) -> str:
    """A cream jar."""
    return (
        p.box(150, 220, 300, 100, 18, _cap(p))
        + p.seam("".join(f"M{x} 232 v76 " for x in range(168, 440, 18)), mix(_cap(p), INK, 0.18), 2)
        + p.shape("M140 312 H460 V456 C460 500 430 516 390 516 H210 C170 516 140 500 140 456 Z")
        + p.shine("M158 330 h24 v130 c0 20 -24 10 -24 -8 Z")
        + p.label(306, 414, 220)
    )


def dropper(p: Paint) -> str:
    """A serum bottle with a dropper."""
    return (
        p.shape("M276 70 C276 50 324 50 324 70 V132 H276 Z", INK)
        + p.box(256, 128, 88, 62, 8, "d0ad62")
        + p.shape(
            "M250 188 H350 C352 214 394 220 394 262 V488 C394 510 384 520 364 "
            "520 H236 C216 520 206 510 206 488 V262 C206 220 248 214 250 188 Z"
        )
        + p.shine("M224 270 C224 252 236 244 246 238 V500 H236 C228 500 224 494 224 486 Z", 0.45)
        + p.label(306, 376, 158)
    )


def stick(p: Paint) -> str:
    """A balm or sun stick."""
    return (
        p.shape("M236 160 C236 92 364 92 364 160 V220 H236 Z", mix(p.base, WHITE, 0.62))
        + p.box(216, 214, 168, 306, 22)
        + p.box(216, 470, 168, 50, 10, p.dark)
        + p.seam("M240 480 v30 M264 480 v30 M288 480 v30 M312 480 v30 M336 480 v30 M360 480 v30", p.line, 2)
        + p.shine("M232 240 h20 v220 h-20 Z")
        + p.label(304, 346, 140)
    )


def lipstick(p: Paint) -> str:
    """A lipstick in its own shade."""
    return (
        p.shape("M262 230 V130 C280 84 338 70 338 112 V230 Z")
        + p.box(252, 226, 96, 96, 4, "d0ad62")
        + p.box(232, 318, 136, 202, 8, INK)
        + p.shine("M276 138 C286 112 300 104 308 104 V226 H276 Z", 0.3)
        + p.shine("M246 330 h14 v176 h-14 Z", 0.25)
        + p.tag(300, 414, 18, colour=WHITE)
        + p.label(484, 470, 160)
    )


def liptint(p: Paint) -> str:
    """A tint in a clear tube."""
    return (
        p.box(252, 70, 96, 200, 14, INK)
        + p.box(246, 262, 108, 250, 20)
        + p.shine("M258 282 h18 v210 h-18 Z", 0.45)
        + p.shine("M262 84 h14 v170 h-14 Z", 0.25)
        + p.tag(306, 400, 19, turn=-90)
        + p.shape(
            "M440 470 C400 450 410 410 450 416 C480 400 530 410 540 440 C530 490 470 500 440 470 Z",
            p.base,
            edge=False,
        )
        + p.label(134, 470, 176)
    )


def compact(p: Paint) -> str:
    """A cushion compact."""
    return (
        p.oval(300, 212, 168, 140, p.dark)
        + p.oval(300, 212, 146, 120, "dfe6ec")
        + p.shine("M210 180 L300 104 L350 104 L220 250 Z", 0.6)
        + p.oval(300, 420, 190, 92, p.dark)
        + p.oval(300, 404, 190, 92)
        + p.oval(300, 398, 140, 62, "ecd0b2")
        + p.oval(300, 394, 92, 38, "f6e7d4")
        + p.tag(300, 402, 20, colour="6b4a32")
        + p.label(478, 236, 150)
    )


def palette(p: Paint) -> str:
    """An eyeshadow palette."""
    shades = [
        mix(p.base, WHITE, 0.7),
        mix(p.base, WHITE, 0.4),
        p.base,
        mix(p.base, INK, 0.35),
        "e2c48f",
        mix(p.base, "7a3b34", 0.5),
        mix(p.base, INK, 0.6),
        "f3e4da",
    ]
    pans = "".join(p.box(116 + 96 * (i % 4), 346 + 78 * (i // 4), 80, 62, 8, c) for i, c in enumerate(shades))
    return (
        p.box(92, 120, 416, 206, 18, p.dark)
        + p.box(110, 138, 380, 170, 10, "dfe6ec")
        + p.shine("M130 300 L260 146 h60 L180 300 Z", 0.6)
        + p.box(92, 326, 416, 184, 18, "f3efe8")
        + pans
        + p.label(410, 224, 150)
    )


def mascara(p: Paint) -> str:
    """A mascara, wand out."""
    bristles = "".join(f"M{436 - 8 * (i % 2)} {116 + i * 9} h{42 + 16 * (i % 2)} " for i in range(15))
    return (
        p.box(180, 180, 96, 340, 24)
        + p.shine("M194 210 h16 v280 h-16 Z", 0.35)
        + p.tag(238, 350, 22, turn=-90)
        + p.seam("M460 100 V330", INK, 7)
        + p.seam(bristles, INK, 5)
        + p.box(420, 320, 80, 200, 22)
        + p.label(346, 470, 130)
    )


def pencil(p: Paint) -> str:
    """A brow or eye pencil."""
    return (
        '<g transform="rotate(34 300 300)">'
        + p.box(264, 160, 72, 340, 8, "f3efe8")
        + p.box(264, 420, 72, 90, 10)
        + p.shape("M264 160 L300 60 L336 160 Z", "e3c39c")
        + p.shape("M286 98 L300 60 L314 98 Z", p.base)
        + p.tag(304, 300, 24, turn=-90, colour=INK)
        + "</g>"
        + p.label(430, 480, 200)
    )


def sheetmask(p: Paint) -> str:
    """A mask sachet."""
    return (
        p.box(150, 90, 300, 430, 10)
        + p.box(150, 90, 300, 26, 4, p.dark)
        + p.oval(300, 250, 84, 108, "fbf8f1")
        + p.oval(270, 226, 18, 10, p.base)
        + p.oval(330, 226, 18, 10, p.base)
        + p.oval(300, 300, 24, 10, p.base)
        + p.seam("M300 240 v30", p.base, 4)
        + p.label(300, 444, 230)
        + p.shine("M164 120 h20 v380 h-20 Z", 0.3)
    )


def perfume(p: Paint) -> str:
    """A perfume bottle."""
    return (
        p.box(256, 90, 88, 90, 10, "d0ad62")
        + p.box(272, 172, 56, 36, 4, STEEL)
        + p.box(160, 204, 280, 310, 40)
        + p.box(186, 232, 228, 254, 24, p.light, edge=False)
        + p.label(300, 364, 190)
        + p.shine("M172 240 h18 v240 h-18 Z", 0.5)
    )


def spray(p: Paint) -> str:
    """An aerosol can."""
    return (
        p.box(262, 80, 76, 50, 10, WHITE)
        + p.oval(300, 104, 6, 6, INK)
        + p.shape("M220 168 C220 132 260 124 300 124 C340 124 380 132 380 168 Z", STEEL)
        + p.box(206, 166, 188, 354, 18)
        + p.shine("M222 186 h22 v316 h-22 Z")
        + p.label(308, 344, 156)
    )


def toothbrush(p: Paint) -> str:
    """A toothbrush."""
    return (
        '<g transform="rotate(30 300 300)">'
        + p.box(276, 190, 48, 350, 24)
        + p.box(282, 60, 36, 150, 16, p.light)
        + "".join(p.box(316, 66 + i * 16, 40, 12, 3, WHITE) for i in range(7))
        + p.tag(306, 400, 20, turn=-90)
        + "</g>"
        + p.label(140, 470, 190)
    )


def toothpaste(p: Paint) -> str:
    """Toothpaste, lying down."""
    return (
        p.shape("M60 230 V420 L440 382 V268 Z")
        + p.box(48, 222, 24, 206, 4, p.dark)
        + p.box(436, 276, 84, 98, 12, WHITE)
        + p.shine("M76 250 L430 280 v16 L76 276 Z")
        + p.label(240, 326, 210)
    )


def razor(p: Paint) -> str:
    """A razor."""
    return (
        '<g transform="rotate(-32 300 300)">'
        + p.box(272, 190, 56, 340, 26)
        + p.shape("M286 140 h28 v60 h-28 Z", STEEL)
        + p.box(196, 96, 208, 64, 12, STEEL)
        + p.seam("M210 116 H390 M210 130 H390 M210 144 H390", "8b9099", 4)
        + p.seam("M290 250 h20 M290 270 h20 M290 290 h20 M290 310 h20", p.line, 5)
        + p.tag(306, 430, 18, turn=-90)
        + "</g>"
        + p.label(150, 470, 180)
    )


def hairbrush(p: Paint) -> str:
    """A paddle brush, also a grooming brush."""
    pins = "".join(f"M{x} {y} v1 " for y in range(130, 300, 26) for x in range(232, 380, 26))
    return (
        '<g transform="rotate(18 300 300)">'
        + p.box(190, 90, 220, 250, 90)
        + p.box(212, 110, 176, 210, 74, "f0e4d2")
        + p.seam(pins, INK, 8)
        + p.box(268, 334, 64, 200, 30)
        + p.tag(306, 430, 20, turn=-90)
        + "</g>"
        + p.label(130, 470, 170)
    )


def makeupbrush(p: Paint) -> str:
    """A set of make-up brushes."""
    return "".join(
        p.shape(f"M{x - w} 210 C{x - w - 10} 120 {x + w + 10} 120 {x + w} 210 Z", "7a5a44")
        + p.box(x - w, 206, 2 * w, 70, 3, "d0ad62")
        + p.shape(f"M{x - w} 274 H{x + w} L{x + 10} 520 H{x - 10} Z")
        for x, w in ((180, 44), (300, 30), (400, 20))
    ) + p.label(300, 430, 220)


def soap(p: Paint) -> str:
    """A bar of soap with its band."""
    return (
        p.shape(
            "M96 300 C96 240 130 226 180 226 H420 C470 226 504 240 504 "
            "300 V400 C504 450 470 466 420 466 H180 C130 466 96 450 96 400 Z"
        )
        + p.oval(300, 250, 160, 14, p.light, edge=False)
        + p.shape("M196 226 H404 V466 H196 Z", "fbf8f1")
        + p.label(300, 346, 200)
        + p.oval(470, 190, 22, 22, "ffffff")
        + p.oval(430, 166, 13, 13, "ffffff")
    )


def cotton(p: Paint) -> str:
    """A soft pack: cotton pads, wipes, tissues."""
    return (
        p.shape("M120 230 C160 206 440 206 480 230 L494 480 C440 506 160 506 106 480 Z")
        + p.shape("M120 230 C160 206 440 206 480 230 L482 270 C430 250 170 250 118 270 Z", p.dark)
        + p.oval(300, 222, 84, 22, WHITE)
        + p.shape("M250 220 C260 150 300 180 320 140 C344 170 340 200 350 222 Z", WHITE)
        + p.label(300, 376, 230)
    )


KINDS = {
    "bottle": bottle,
    "pump": pump,
    "tube": tube,
    "jar": jar,
    "dropper": dropper,
    "stick": stick,
    "lipstick": lipstick,
    "liptint": liptint,
    "compact": compact,
    "palette": palette,
    "mascara": mascara,
    "pencil": pencil,
    "sheetmask": sheetmask,
    "perfume": perfume,
    "spray": spray,
    "toothbrush": toothbrush,
    "toothpaste": toothpaste,
    "razor": razor,
    "hairbrush": hairbrush,
    "makeupbrush": makeupbrush,
    "soap": soap,
    "cotton": cotton,
}

"""Pets: food, walks, beds, toys."""

from dangol.server.demo_shop.pictures.paint import INK, STEEL, Paint, mix

_PAW = (
    "M0 0 m-26 14 a26 22 0 1 0 52 0 a26 22 0 1 0 -52 0 M-34 -20 a10 "
    "13 0 1 0 20 0 a10 13 0 1 0 -20 0 M-12 -34 a10 13 0 1 0 20 0 "
    "a10 13 0 1 0 -20 0 M12 -22 a10 13 0 1 0 20 0 a10 13 0 1 0 -20 0"
)


def _paw(x: float, y: float, colour: str, size: float = 1) -> str:
    return f'<path d="{_PAW}" transform="translate({x:g} {y:g}) scale({size:g})" fill="#{colour}"/>'


def foodbag(p: Paint) -> str:
    """A bag of dry food."""
    return (
        p.shape("M160 100 H440 L456 500 C420 520 180 520 144 500 Z")
        + p.box(152, 80, 296, 40, 6, p.dark)
        + p.seam("M160 100 H440", p.line, 3, dashed=True)
        + p.shape(
            "M150 380 C240 350 360 410 452 380 L456 500 C420 520 180 520 144 500 Z", p.light, edge=False
        )
        + _paw(300, 186, p.ink, 1.3)
        + p.label(300, 300, 230)
        + "".join(p.oval(210 + i * 36, 450 + (i % 2) * 18, 15, 12, "9a6a3c") for i in range(6))
        + p.shine("M176 130 h18 L180 480 h-20 Z", 0.25)
    )


def pouch(p: Paint) -> str:
    """A pouch of wet food or treats."""
    return (
        p.shape("M170 110 H430 L440 470 C440 510 160 510 160 470 Z")
        + p.box(166, 96, 268, 34, 4, p.dark)
        + p.seam("M182 142 H418", p.line, 3, dashed=True)
        + _paw(300, 214, p.ink, 1.2)
        + p.label(300, 344, 220)
        + p.shine("M182 160 h18 v300 h-18 Z", 0.25)
    )


def can(p: Paint) -> str:
    """A can of wet food."""
    return (
        p.box(150, 220, 300, 260, 20)
        + p.oval(300, 478, 150, 38, p.dark)
        + p.box(151, 440, 298, 40, 0, None, edge=False)
        + p.oval(300, 222, 150, 40, STEEL)
        + p.oval(300, 222, 124, 30, "e6e9ed")
        + p.oval(330, 218, 34, 12, STEEL)
        + p.label(300, 360, 220)
    )


def leash(p: Paint) -> str:
    """A lead, coiled."""
    return (
        (
            '<g fill="none" stroke-linecap="round"><path d="M180 460 C60 380 120 160 290 170 C460 180 '
            f'500 360 380 400 C280 430 210 340 280 290 C330 256 390 290 380 330" stroke="#{p.line}" '
            'stroke-width="30"/><path d="M180 460 C60 380 120 160 290 170 C460 180 500 360 380 400 C280 '
            f'430 210 340 280 290 C330 256 390 290 380 330" stroke="#{p.base}" stroke-width="24"/></g>'
        )
        + p.box(366, 326, 30, 64, 12, STEEL)
        + p.oval(381, 404, 16, 20, STEEL)
        + p.label(300, 486, 230)
    )


def harness(p: Paint) -> str:
    """A dog harness."""
    return (
        p.shape(
            "M300 90 C400 90 460 150 450 220 L400 250 C396 180 350 150 300 "
            "150 C250 150 204 180 200 250 L150 220 C140 150 200 90 300 90 Z"
        )
        + p.shape("M200 250 C240 230 360 230 400 250 L420 400 C360 440 240 440 180 400 Z", p.light)
        + p.box(130, 380, 340, 50, 14, p.dark)
        + p.box(276, 372, 48, 66, 8, INK)
        + p.oval(300, 216, 22, 22, STEEL)
        + p.tag(300, 330, 28)
        + p.label(300, 490, 220)
    )


def petbed(p: Paint) -> str:
    """A round bed."""
    return (
        p.oval(300, 390, 230, 120, p.dark)
        + p.oval(300, 360, 230, 120)
        + p.oval(300, 356, 160, 72, mix(p.base, "f6efe2", 0.65))
        + _paw(300, 356, p.dark, 0.9)
        + p.box(230, 446, 140, 40, 5, "fbf8f1")
        + p.tag(300, 473, 20, colour=INK)
    )


def ball(p: Paint) -> str:
    """A ball with holes."""
    return (
        p.oval(300, 330, 180, 180)
        + p.seam("M140 280 C220 330 380 330 460 280 M150 420 C230 370 370 370 450 420", p.line, 8)
        + p.oval(240, 270, 22, 20, p.dark)
        + p.oval(350, 250, 18, 16, p.dark)
        + p.shine("M180 260 C200 200 260 170 310 170 C260 200 220 230 206 290 Z")
        + p.label(300, 356, 180)
    )


def rope(p: Paint) -> str:
    """A knotted rope toy."""
    twist = "".join(f"M{170 + i * 34} 250 l24 60 " for i in range(8))
    return (
        '<g transform="rotate(-16 300 300)">'
        + p.seam(
            "M70 240 L120 280 L60 300 L120 296 L80 340 M530 240 L480 280 L540 300 L480 296 L520 340",
            p.light,
            10,
        )
        + p.box(110, 248, 380, 64, 30)
        + p.seam(twist, p.light, 8)
        + p.oval(140, 280, 44, 48, p.dark)
        + p.oval(460, 280, 44, 48, p.dark)
        + "</g>"
        + p.label(300, 440, 220)
    )


def feather(p: Paint) -> str:
    """A cat wand."""
    return (
        p.seam("M90 500 L350 150", "b98a55", 12)
        + p.seam("M350 150 C420 150 450 200 440 250", INK, 3)
        + p.shape("M440 250 C500 270 520 350 490 420 C460 380 430 320 440 250 Z")
        + p.shape("M440 250 C400 280 380 360 410 430 C440 380 452 320 440 250 Z", p.light)
        + p.shape("M440 250 C452 300 460 400 448 460 C430 400 426 310 440 250 Z", p.dark)
        + p.oval(440, 250, 16, 16, "d0ad62")
        + p.label(206, 210, 200)
    )


def plush(p: Paint) -> str:
    """A plush toy."""
    return (
        p.seam("M452 408 C540 420 560 340 510 320", p.dark, 10)
        + p.shape("M100 410 C110 290 230 240 330 260 C430 276 480 350 460 440 C400 480 200 480 130 450 Z")
        + p.oval(230, 262, 46, 50, p.light)
        + p.oval(160, 374, 10, 12, INK)
        + p.oval(104, 418, 14, 11, "e9a9b6")
        + p.seam("M120 400 L70 380 M120 424 L66 430", INK, 3)
        + p.label(326, 384, 170)
    )


def litterbox(p: Paint) -> str:
    """A litter box or carrier."""
    return (
        p.shape(
            "M110 250 C110 150 200 110 300 110 C400 110 490 150 490 250 "
            "V470 C490 500 470 512 440 512 H160 C130 512 110 500 110 470 Z"
        )
        + p.oval(300, 300, 116, 110, mix(p.base, INK, 0.6))
        + p.seam("M110 400 H490", p.line, 5)
        + p.box(240, 90, 120, 34, 14, p.dark)
        + p.label(300, 462, 200)
        + p.shine("M130 240 C136 180 180 150 220 140 C180 170 160 210 160 280 L132 290 Z")
    )


def pads(p: Paint) -> str:
    """A pack of pads or wipes."""
    return (
        p.box(110, 150, 380, 350, 26)
        + p.box(110, 150, 380, 70, 22, p.dark)
        + _paw(190, 290, p.ink, 1.2)
        + p.label(326, 356, 230)
        + p.shine("M126 236 h20 v240 h-20 Z", 0.3)
    )


def petbowl(p: Paint) -> str:
    """A raised bowl with food."""
    return (
        p.shape("M130 320 H470 L500 490 H100 Z")
        + p.oval(300, 320, 170, 52, STEEL)
        + p.oval(300, 322, 146, 40, "8b9099")
        + "".join(p.oval(210 + (i % 6) * 36, 312 + (i // 6) * 18, 18, 13, "9a6a3c") for i in range(12))
        + _paw(200, 420, p.ink, 0.8)
        + p.tag(330, 430, 26)
    )


def fountain(p: Paint) -> str:
    """A drinking fountain."""
    return (
        p.seam("M300 200 C240 110 200 170 210 260 M300 200 C360 110 400 170 390 260", "8cc4e6", 10)
        + p.box(270, 180, 60, 110, 12, STEEL)
        + p.oval(300, 290, 180, 54, p.light)
        + p.oval(300, 288, 156, 40, "a9d4ee")
        + p.shape(
            "M120 290 C130 400 150 490 190 506 H410 C450 490 470 400 480 290 C430 354 170 354 120 290 Z"
        )
        + p.label(300, 440, 180)
    )


def cattower(p: Paint) -> str:
    """A cat tree."""
    rope_rows = "".join(f"M206 {y} h44 " for y in range(210, 490, 16)) + "".join(
        f"M356 {y} h44 " for y in range(280, 490, 16)
    )
    return (
        p.box(206, 180, 44, 320, 4, "d9bd94")
        + p.box(356, 250, 44, 250, 4, "d9bd94")
        + p.seam(rope_rows, "b3905f", 3)
        + p.box(110, 490, 380, 30, 8, p.dark)
        + p.box(140, 150, 170, 34, 14)
        + p.box(290, 330, 200, 120, 20)
        + p.oval(390, 392, 42, 42, mix(p.base, INK, 0.65))
        + p.box(320, 240, 130, 30, 12)
        + p.shape(
            "M180 150 C176 110 196 84 220 88 L226 70 L240 88 L256 70 L262 92 C280 100 280 130 276 150 Z", INK
        )
        + p.seam("M400 270 v40", INK, 3)
        + p.oval(400, 318, 12, 12, "ec8168")
        + p.tag(226, 174, 18)
    )


def scratcher(p: Paint) -> str:
    """A cardboard scratcher."""
    waves = "".join(
        f"M110 {y} q22 -14 44 0 t44 0 t44 0 t44 0 t44 0 t44 0 t44 0 t44 0 t28 0 " for y in range(250, 430, 24)
    )
    return (
        p.shape("M80 250 C180 190 420 190 520 250 L500 470 H100 Z")
        + p.seam(waves, p.line, 4)
        + p.shape("M96 430 H504 L500 484 H100 Z", p.dark)
        + p.tag(300, 468, 26)
        + _paw(420, 250, p.dark, 0.8)
    )


def collar(p: Paint) -> str:
    """A collar with a name tag."""
    return (
        (
            '<ellipse cx="300" cy="270" rx="190" ry="120" fill="none" '
            f'stroke="#{p.line}" stroke-width="52"/><ellipse cx="300" cy="270" '
            f'rx="190" ry="120" fill="none" stroke="#{p.base}" stroke-width="46"/>'
        )
        + p.box(440, 220, 62, 80, 10, INK)
        + p.oval(300, 416, 18, 18, STEEL)
        + p.oval(300, 462, 46, 46, "d0ad62")
        + p.tag(300, 470, 17, colour=INK)
        + p.label(300, 270, 190)
    )


def dogcoat(p: Paint) -> str:
    """A dog's raincoat, spread flat."""
    return (
        p.shape("M210 120 C220 60 380 60 390 120 L400 180 H200 Z", p.light)
        + p.shape(
            "M180 170 C240 200 360 200 420 170 C470 260 480 400 440 500 C360 530 240 530 160 500 C120 400 130 260 180 170 Z"
        )
        + p.box(96, 300, 408, 46, 12, p.dark)
        + p.seam("M300 196 V516", p.line, 4)
        + p.seam("M166 470 C240 500 360 500 434 470", "f4f3ef", 8)
        + p.oval(300, 226, 16, 10, STEEL)
        + p.tag(300, 420, 30)
    )


KINDS = {
    "dogcoat": dogcoat,
    "foodbag": foodbag,
    "pouch": pouch,
    "can": can,
    "leash": leash,
    "harness": harness,
    "petbed": petbed,
    "ball": ball,
    "rope": rope,
    "feather": feather,
    "plush": plush,
    "litterbox": litterbox,
    "pads": pads,
    "petbowl": petbowl,
    "fountain": fountain,
    "cattower": cattower,
    "scratcher": scratcher,
    "collar": collar,
}

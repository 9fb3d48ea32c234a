"""Bags and small accessories."""

from dangol.server.demo_shop.pictures.paint import INK, WHITE, Paint, mix


def sock(p: Paint) -> str:
    """A pair of socks."""
    one = (
        "M0 0 H84 V190 C84 220 70 236 40 262 L-30 318 C-62 340 -104 "
        "326 -108 290 C-110 264 -84 254 -60 236 C-20 208 0 200 0 170 Z"
    )
    pair = "".join(
        f'<g transform="translate({x} {y})">'
        + p.shape(one)
        + p.box(-4, -12, 92, 46, 8, p.dark)
        + p.shape(
            (
                "M84 160 C60 176 56 204 70 226 C80 214 84 204 84 190 Z M-60 236 C-84 254 "
                "-110 264 -108 290 C-104 320 -74 334 -46 326 C-66 300 -74 266 -60 236 Z"
            ),
            p.light,
        )
        + "</g>"
        for x, y in ((380, 150), (230, 130))
    )
    return pair + p.box(196, 210, 150, 70, 6, "fbf8f1") + p.tag(271, 252, 24, colour=INK)


def cap(p: Paint) -> str:
    """A ball cap."""
    return (
        p.shape("M150 352 C140 236 210 160 306 160 C404 160 462 238 456 352 C360 330 240 330 150 352 Z")
        + p.shape(
            "M152 350 C100 360 60 392 62 418 C140 396 240 384 330 398 C300 350 220 334 152 350 Z", p.dark
        )
        + p.seam("M306 160 C260 210 246 280 250 338 M306 160 C360 210 376 280 372 338")
        + p.oval(306, 160, 14, 8, p.dark)
        + p.box(252, 246, 116, 44, 5, p.light)
        + p.tag(310, 276, 22)
        + p.shine("M184 320 C182 250 214 204 260 184 C228 222 214 270 216 318 Z", 0.2)
    )


def beanie(p: Paint) -> str:
    """A knitted hat."""
    ribs = "".join(f"M{x} 350 v86 " for x in range(172, 440, 22))
    return (
        p.shape("M160 352 C150 200 224 130 300 130 C376 130 450 200 440 352 Z")
        + p.box(146, 340, 308, 104, 18, p.dark)
        + p.seam(ribs)
        + p.oval(300, 122, 40, 36, p.light)
        + p.box(248, 372, 104, 40, 4, "fbf8f1")
        + p.tag(300, 399, 19, colour=INK)
    )


def sunhat(p: Paint) -> str:
    """A wide-brimmed hat."""
    return (
        p.oval(300, 386, 240, 70)
        + p.shape("M186 372 C180 240 230 190 300 190 C370 190 420 240 414 372 C350 400 250 400 186 372 Z")
        + p.shape(
            "M186 340 C250 368 350 368 414 340 L414 374 C350 402 250 402 186 374 Z", mix(p.base, INK, 0.6)
        )
        + p.tag(300, 384, 16, colour=WHITE)
    )


def scarf(p: Paint) -> str:
    """A folded scarf with fringes."""
    fringe = "".join(f"M{x} 500 v34 " for x in list(range(188, 276, 14)) + list(range(330, 420, 14)))
    return (
        p.seam(fringe, p.dark, 5)
        + p.shape("M180 240 H280 V500 H180 Z", p.dark)
        + p.shape("M322 240 H424 V500 H322 Z")
        + p.shape("M140 170 C200 110 400 110 460 170 C470 230 430 284 300 290 C170 284 130 230 140 170 Z")
        + p.seam("M160 200 C240 240 360 240 440 200 M322 300 H424 M322 430 H424 M180 430 H280", p.line, 4)
        + p.box(340, 340, 68, 40, 3, "fbf8f1")
        + p.tag(374, 366, 15, colour=INK)
    )


def glove(p: Paint) -> str:
    """A pair of gloves."""
    one = (
        "M0 330 L-8 200 C-50 170 -70 120 -58 104 C-40 92 -26 130 0 150 L-2 40 C0 "
        "18 28 18 32 40 L38 110 L44 14 C48 -8 76 -6 78 16 L78 112 L92 30 C98 12 "
        "122 16 122 38 L112 130 L130 74 C138 58 158 66 154 86 L136 210 L128 330 Z"
    )
    return (
        "".join(
            f'<g transform="translate({x} 120) scale({flip} 1)">'
            + p.shape(one)
            + p.box(-8, 290, 144, 60, 8, p.dark)
            + "</g>"
            for x, flip in ((345, 1), (255, -1))
        )
        + p.tag(410, 446, 18)
        + p.tag(190, 446, 18)
    )


def belt(p: Paint) -> str:
    """A coiled belt."""
    return (
        p.oval(300, 320, 200, 130, p.dark)
        + p.oval(300, 300, 200, 130)
        + p.oval(300, 300, 150, 90, p.dark)
        + p.oval(300, 306, 140, 80, "e6e0d6", edge=False)
        + p.box(240, 396, 130, 76, 12, "c9ced6")
        + p.box(262, 412, 86, 44, 6, p.base)
        + p.seam("M262 434 H336", "8b9099", 8)
        + p.tag(430, 402, 17, turn=-28)
    )


def wallet(p: Paint) -> str:
    """A wallet."""
    return (
        p.box(110, 200, 380, 250, 18, p.dark)
        + p.box(110, 186, 380, 250, 18)
        + p.seam("M126 202 H474 V420 H126 Z", p.light, 2.5, dashed=True)
        + p.box(392, 274, 98, 70, 14, p.light)
        + p.oval(424, 309, 11, 11, "d0ad62")
        + p.tag(236, 320, 30)
    )


def tote(p: Paint) -> str:
    """A tote bag."""
    return (
        p.seam("M210 250 C210 90 390 90 390 250", p.dark, 18)
        + p.shape("M120 220 H480 L500 520 H100 Z")
        + p.shine("M140 240 H230 L210 500 H122 Z", 0.12)
        + p.seam("M122 244 H478", p.line, 3)
        + p.label(300, 372, 220, paper=None)
    )


def crossbody(p: Paint) -> str:
    """A small shoulder bag."""
    return (
        p.seam("M132 290 C120 70 480 70 468 290", p.dark, 12)
        + p.box(110, 260, 380, 230, 34)
        + p.shape(
            "M110 290 C110 264 126 256 150 256 H450 C474 256 490 264 490 290 V360 C420 420 180 420 110 360 Z",
            p.light,
        )
        + p.box(274, 376, 52, 56, 8, "d0ad62")
        + p.tag(300, 340, 24)
        + p.oval(132, 286, 11, 11, "d0ad62")
        + p.oval(468, 286, 11, 11, "d0ad62")
    )


def backpack(p: Paint) -> str:
    """A backpack."""
    return (
        p.seam("M262 96 C262 60 338 60 338 96", p.dark, 16)
        + p.shape(
            "M150 190 C150 100 220 84 300 84 C380 84 450 100 450 190 L462 "
            "500 C462 524 440 530 420 530 H180 C160 530 138 524 138 500 Z"
        )
        + p.seam("M166 220 C200 170 400 170 434 220", p.line, 5)
        + p.box(186, 330, 228, 164, 22, p.light)
        + p.seam("M196 366 H404", p.line, 5)
        + p.box(286, 358, 28, 40, 5, "c9ced6")
        + p.box(112, 350, 40, 140, 16, p.dark)
        + p.box(448, 350, 40, 140, 16, p.dark)
        + p.tag(300, 280, 28)
        + p.shine("M172 200 C180 150 220 120 262 112 C220 150 206 200 202 280 L176 300 Z", 0.2)
    )


def duffel(p: Paint) -> str:
    """A gym bag."""
    return (
        p.seam("M200 300 C200 120 400 120 400 300", p.dark, 16)
        + p.shape(
            "M80 300 C80 250 120 236 160 236 H440 C480 236 520 250 520 "
            "300 V450 C520 486 490 496 460 496 H140 C110 496 80 486 80 450 Z"
        )
        + p.seam("M120 262 H480", p.line, 6)
        + p.shape("M176 236 h40 v260 h-40 Z M384 236 h40 v260 h-40 Z", p.dark)
        + p.tag(300, 390, 32)
    )


def suitcase(p: Paint) -> str:
    """A cabin suitcase."""
    ribs = "".join(f"M{x} 190 V470 " for x in (206, 252, 348, 394))
    return (
        p.seam("M250 160 V60 H350 V160", "8b9099", 12)
        + p.oval(200, 524, 22, 22, INK)
        + p.oval(400, 524, 22, 22, INK)
        + p.box(160, 150, 280, 366, 36)
        + p.seam(ribs, p.dark, 8)
        + p.box(266, 290, 68, 40, 5, "fbf8f1")
        + p.tag(300, 316, 16, colour=INK)
        + p.shine("M178 190 h14 v270 h-14 Z", 0.35)
    )


def umbrella(p: Paint) -> str:
    """An open umbrella."""
    return (
        p.seam("M300 120 V470 C300 520 236 520 236 474", "6b4a32", 12)
        + p.shape(
            "M70 320 C80 170 190 100 300 100 C410 100 520 170 530 320 C500 288 450 288 416 "
            "320 C384 288 336 288 300 320 C264 288 216 288 184 320 C150 288 100 288 70 320 Z"
        )
        + p.seam(
            "M300 100 C230 150 190 240 184 318 M300 100 C370 150 410 240 416 318 M300 100 V318", p.line, 3
        )
        + p.shade(
            "M300 100 C370 150 410 240 416 320 C450 288 500 288 530 320 C520 170 410 100 300 100 Z", 0.1
        )
        + p.tag(246, 250, 20, turn=-12)
    )


def sunglasses(p: Paint) -> str:
    """Sunglasses."""
    return (
        p.seam("M110 270 L60 230 M490 270 L540 230", p.dark, 14)
        + p.seam("M272 286 C290 266 310 266 328 286", p.base, 16)
        + p.shape(
            "M96 256 H280 C286 340 260 390 196 390 C128 390 96 330 96 256 Z "
            "M320 256 H504 C504 330 472 390 404 390 C340 390 314 340 320 256 Z"
        )
        + p.shape(
            (
                "M114 274 H264 C266 336 244 372 196 372 C146 372 118 330 114 274 "
                "Z M336 274 H486 C482 330 454 372 404 372 C356 372 334 336 336 274 Z"
            ),
            mix(p.base, INK, 0.75),
            edge=False,
        )
        + p.shine(
            "M130 284 h60 l-40 70 C134 334 130 306 130 284 Z M352 284 h60 l-40 70 C356 334 352 306 352 284 Z",
            0.25,
        )
        + p.label(300, 464, 190)
    )


KINDS = {
    "sock": sock,
    "cap": cap,
    "beanie": beanie,
    "sunhat": sunhat,
    "scarf": scarf,
    "glove": glove,
    "belt": belt,
    "wallet": wallet,
    "tote": tote,
    "crossbody": crossbody,
    "backpack": backpack,
    "duffel": duffel,
    "suitcase": suitcase,
    "umbrella": umbrella,
    "sunglasses": sunglasses,
}

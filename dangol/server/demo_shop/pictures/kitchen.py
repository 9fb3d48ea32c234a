"""Kitchen: pans, knives, tableware."""

from dangol.server.demo_shop.pictures.paint import INK, STEEL, WHITE, Paint, mix

_WOOD = "c39a66"


def pan(p: Paint) -> str:
    """A frying pan from above."""
    return (
        p.shape("M380 360 L410 330 L546 468 C560 484 534 508 518 494 Z", mix(INK, p.base, 0.2))
        + p.oval(262, 258, 196, 190)
        + p.oval(262, 258, 166, 160, mix(p.base, INK, 0.55))
        + p.oval(262, 258, 132, 126, mix(p.base, INK, 0.62), edge=False)
        + p.shine("M150 220 C170 160 230 130 280 134 C230 150 180 180 168 250 Z", 0.2)
        + p.tag(262, 268, 28, colour="e8e4da")
        + p.tag(468, 424, 16, colour="e8e4da", turn=45)
    )


def pot(p: Paint) -> str:
    """A lidded pot."""
    return (
        p.box(64, 286, 80, 40, 16, p.dark)
        + p.box(456, 286, 80, 40, 16, p.dark)
        + p.shape("M120 250 H480 V446 C480 492 450 510 410 510 H190 C150 510 120 492 120 446 Z")
        + p.shape("M108 250 C120 180 220 160 300 160 C380 160 480 180 492 250 Z", p.light)
        + p.box(100, 240, 400, 24, 10, p.dark)
        + p.box(268, 124, 64, 40, 12, "d0ad62")
        + p.shine("M140 276 h24 v170 c0 24 -24 12 -24 -6 Z")
        + p.tag(300, 396, 34)
    )


def knife(p: Paint) -> str:
    """A kitchen knife."""
    return (
        '<g transform="rotate(-34 300 300)">'
        + p.shape("M60 262 C120 240 240 246 372 250 V336 H180 C120 330 80 300 60 262 Z", "dfe3e8")
        + p.seam("M90 286 C150 316 220 322 372 322", "b4bac3", 3)
        + p.box(366, 244, 26, 66, 3, STEEL)
        + p.shape("M390 246 H530 C552 250 556 296 536 306 C500 300 440 310 390 308 Z")
        + p.oval(430, 277, 6, 6, STEEL)
        + p.oval(496, 277, 6, 6, STEEL)
        + p.tag(300, 294, 20, colour="5c626c")
        + "</g>"
        + p.label(430, 470, 200)
    )


def scissors(p: Paint) -> str:
    """Kitchen scissors."""
    return (
        p.shape(
            "M286 320 L330 80 C350 90 352 140 344 190 L318 330 Z M314 320 L270 80 C250 90 248 140 256 190 L282 330 Z",
            "dfe3e8",
        )
        + p.oval(300, 306, 11, 11, STEEL)
        + (
            f'<g fill="none" stroke="#{p.base}" stroke-width="30"><ellipse cx="236" '
            'cy="430" rx="54" ry="80" transform="rotate(14 236 430)"/><ellipse '
            'cx="364" cy="430" rx="54" ry="80" transform="rotate(-14 364 430)"/></g>'
        )
        + p.label(300, 206, 130)
    )


def board(p: Paint) -> str:
    """A chopping board."""
    return (
        p.box(120, 110, 360, 410, 34)
        + p.seam(
            "M150 160 C240 150 350 170 450 158 M150 250 C260 236 340 262 450 248 M150 430 C240 420 360 440 450 428",
            p.line,
            2.5,
        )
        + p.box(262, 136, 76, 26, 13, mix(p.base, INK, 0.5))
        + p.seam("M144 190 H456 V496 H144 Z", p.dark, 4)
        + p.tag(300, 350, 34)
    )


def bowl(p: Paint) -> str:
    """A set of bowls."""
    return (
        p.shape("M110 300 H490 C486 420 420 500 360 506 H240 C180 500 114 420 110 300 Z")
        + p.oval(300, 300, 190, 56, p.light)
        + p.oval(300, 302, 164, 42, mix(p.base, WHITE, 0.5))
        + p.box(230, 500, 140, 20, 6, p.dark)
        + p.shine("M140 340 C152 410 190 460 226 480 C180 430 166 390 164 350 Z")
        + p.tag(300, 430, 26)
    )


def plate(p: Paint) -> str:
    """Plates, fanned."""
    return (
        p.oval(340, 330, 200, 196, p.dark)
        + p.oval(300, 306, 216, 210)
        + p.oval(300, 306, 150, 146, p.light)
        + p.oval(300, 306, 138, 134, mix(p.base, WHITE, 0.45), edge=False)
        + p.shine("M140 250 C160 190 210 150 260 140 C210 170 180 210 166 270 Z", 0.4)
        + p.tag(300, 316, 26, colour="6d6a64")
    )


def mug(p: Paint) -> str:
    """A mug."""
    return (
        f'<path d="M398 250 C500 236 506 420 392 414" fill="none" stroke="#{p.dark}" stroke-width="32"/>'
        + p.shape("M150 190 H406 V450 C406 496 380 512 340 512 H216 C176 512 150 496 150 450 Z")
        + p.oval(278, 192, 128, 30, p.light)
        + p.oval(278, 194, 112, 22, "6b4a32")
        + p.shine("M168 230 h26 v220 c0 30 -26 14 -26 -8 Z")
        + p.label(286, 372, 170, paper=None)
    )


def glass(p: Paint) -> str:
    """Drinking glasses."""
    return "".join(
        f'<g transform="translate({x} {y})">'
        + p.shape("M0 0 H170 L150 300 H20 Z", mix(p.base, "eef4f7", 0.75))
        + p.shape("M10 130 H160 L150 292 H20 Z", mix(p.base, WHITE, 0.35), edge=False)
        + p.oval(85, 0, 85, 18, "eef4f7")
        + p.shine("M16 20 h18 l14 250 h-14 Z", 0.7)
        + "</g>"
        for x, y in ((110, 190), (310, 210))
    ) + p.label(300, 430, 190)


def tumbler(p: Paint) -> str:
    """A steel tumbler with a lid."""
    return (
        p.shape("M196 150 H404 L376 500 C374 514 366 520 352 520 H248 C234 520 226 514 224 500 Z")
        + p.box(184, 104, 232, 52, 14, mix(p.base, INK, 0.5))
        + p.box(210, 480, 180, 38, 8, STEEL)
        + p.box(270, 84, 60, 26, 8, INK)
        + p.shine("M222 170 h24 L262 470 h-18 Z")
        + p.label(306, 320, 144, paper=None)
    )


def flask(p: Paint) -> str:
    """A water bottle."""
    return (
        p.box(252, 70, 96, 90, 14, INK)
        + p.shape(
            "M256 156 H344 C346 200 390 204 390 250 V490 C390 512 378 520 360 "
            "520 H240 C222 520 210 512 210 490 V250 C210 204 254 200 256 156 Z"
        )
        + p.seam("M276 70 C276 40 324 40 324 70", INK, 12)
        + p.shine("M228 256 C228 236 240 228 250 222 V500 H240 C232 500 228 494 228 486 Z")
        + p.tag(308, 380, 34, turn=-90)
    )


def kettle(p: Paint) -> str:
    """A gooseneck kettle."""
    return (
        p.seam("M200 430 C110 420 130 300 84 250", p.dark, 26)
        + f'<path d="M390 236 C520 220 520 430 404 440" fill="none" stroke="#{INK}" stroke-width="26"/>'
        + p.shape("M190 220 H410 L440 500 H160 Z")
        + p.shape("M196 222 C210 184 390 184 404 222 Z", p.dark)
        + p.oval(300, 176, 20, 18, _WOOD)
        + p.shine("M206 240 h28 L206 480 h-24 Z")
        + p.tag(300, 390, 26)
        + p.box(140, 496, 320, 24, 8, INK)
    )


def dripper(p: Paint) -> str:
    """A coffee dripper on its server."""
    return (
        p.shape("M150 110 H450 L346 290 H254 Z")
        + p.seam("M190 120 L270 280 M250 120 L288 280 M350 120 L312 280 M410 120 L330 280", p.line, 4)
        + p.oval(300, 112, 150, 26, p.light)
        + p.box(208, 288, 184, 24, 8, p.dark)
        + p.shape("M230 312 H370 L420 490 C420 514 400 518 380 518 H220 C200 518 180 514 180 490 Z", "e4edf1")
        + p.shape(
            "M206 400 H394 L418 490 C418 512 400 516 380 516 H220 C200 516 182 512 182 490 Z",
            "6b4028",
            edge=False,
        )
        + p.tag(300, 236, 22)
        + p.label(300, 452, 170)
    )


def teapot(p: Paint) -> str:
    """A teapot."""
    return (
        p.shape("M150 330 C90 320 80 250 40 240 L80 216 C130 240 150 270 190 280 Z", p.dark)
        + f'<path d="M430 270 C540 240 540 430 424 430" fill="none" stroke="#{p.dark}" stroke-width="26"/>'
        + p.oval(300, 370, 170, 140)
        + p.shape("M210 256 C220 210 380 210 390 256 Z", p.light)
        + p.oval(300, 208, 20, 18, p.dark)
        + p.shine("M160 350 C170 290 210 260 250 254 C210 290 190 330 190 390 Z")
        + p.tag(304, 390, 30)
    )


def container(p: Paint) -> str:
    """Stacked storage boxes."""
    return "".join(
        p.box(130 + i * 14, 370 - i * 130, 340 - i * 28, 120, 16, mix(p.base, "eef4f7", 0.55))
        + p.box(120 + i * 14, 352 - i * 130, 360 - i * 28, 34, 12)
        for i in range(3)
    ) + p.label(300, 440, 200)


def basket(p: Paint) -> str:
    """A basket or organiser."""
    weave = "".join(
        f"M130 {y} q20 -16 40 0 t40 0 t40 0 t40 0 t40 0 t40 0 t40 0 t40 0 " for y in range(290, 500, 30)
    )
    return (
        p.seam("M190 250 C190 150 410 150 410 250", p.dark, 16)
        + p.shape("M110 246 H490 L460 510 H140 Z")
        + p.seam(weave, p.line, 4)
        + p.box(100, 232, 400, 34, 14, p.dark)
        + p.label(300, 400, 190)
    )


def utensil(p: Paint) -> str:
    """Spatula, ladle and spoon."""
    return (
        p.box(176, 240, 22, 270, 10, _WOOD)
        + p.box(140, 84, 94, 170, 18)
        + p.seam("M164 110 v110 M187 110 v110 M210 110 v110", p.line, 6)
        + p.box(290, 230, 22, 280, 10, _WOOD)
        + p.oval(301, 170, 60, 74)
        + p.oval(301, 174, 42, 54, p.dark, edge=False)
        + p.box(406, 250, 22, 260, 10, _WOOD)
        + p.shape("M364 100 H470 C474 200 450 254 417 256 C384 254 360 200 364 100 Z")
        + p.label(302, 440, 250)
    )


def apron(p: Paint) -> str:
    """An apron."""
    return (
        p.seam("M236 120 C220 30 380 30 364 120", p.dark, 14)
        + p.seam("M150 290 C100 320 90 380 110 430 M450 290 C500 320 510 380 490 430", p.dark, 12)
        + p.shape("M230 110 H370 C376 190 400 240 458 262 L470 520 H130 L142 262 C200 240 224 190 230 110 Z")
        + p.box(206, 350, 188, 110, 10, p.light)
        + p.tag(300, 412, 26)
        + p.seam("M300 352 V458", p.line, 2)
    )


def scale(p: Paint) -> str:
    """A flat scale or slim device with a display."""
    return (
        p.shape("M110 220 H490 L520 470 C520 492 506 500 490 500 H110 C94 500 80 492 80 470 Z")
        + p.oval(300, 312, 130, 70, STEEL)
        + p.oval(300, 308, 112, 56, WHITE, edge=False)
        + p.box(220, 414, 160, 56, 8, INK)
        + '<text x="300" y="454" font-size="34" font-family="monospace" text-anchor="middle" fill="#9fe3c2">0.0 g</text>'
        + p.tag(138, 470, 18)
        + p.oval(430, 444, 15, 15, p.light)
    )


def cutlery(p: Paint) -> str:
    """A spoon and chopsticks."""
    return (
        p.oval(210, 150, 52, 70)
        + p.oval(210, 154, 34, 50, p.dark, edge=False)
        + p.box(199, 214, 22, 300, 10)
        + p.shape("M330 80 H346 L352 514 H324 Z M400 80 H416 L422 514 H394 Z")
        + p.seam("M328 470 H350 M398 470 H420 M202 470 H218", p.line, 5)
        + p.label(300, 400, 210)
    )


def grinder(p: Paint) -> str:
    """A hand coffee grinder."""
    return (
        p.seam("M300 120 H440", p.dark, 14)
        + p.oval(448, 110, 26, 30, "6b4a32")
        + p.box(286, 104, 28, 40, 8, STEEL)
        + p.box(216, 140, 168, 40, 10, STEEL)
        + p.shape(
            "M220 178 H380 C366 260 366 320 384 380 L388 500 C388 516 376 520 364 "
            "520 H236 C224 520 212 516 212 500 L216 380 C234 320 234 260 220 178 Z"
        )
        + p.seam("M218 384 H384", p.line, 5)
        + p.shine("M240 196 h22 C250 280 252 330 244 486 h-14 C232 330 250 280 240 196 Z")
        + p.label(306, 440, 140)
    )


KINDS = {
    "cutlery": cutlery,
    "grinder": grinder,
    "pan": pan,
    "pot": pot,
    "knife": knife,
    "scissors": scissors,
    "board": board,
    "bowl": bowl,
    "plate": plate,
    "mug": mug,
    "glass": glass,
    "tumbler": tumbler,
    "flask": flask,
    "kettle": kettle,
    "dripper": dripper,
    "teapot": teapot,
    "container": container,
    "basket": basket,
    "utensil": utensil,
    "apron": apron,
    "scale": scale,
}

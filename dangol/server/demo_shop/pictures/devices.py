"""Electronics."""

from dangol.server.demo_shop.pictures.paint import INK, STEEL, WHITE, Paint, mix


def earphones(p: Paint) -> str:
    """True wireless earphones in their case."""
    buds = "".join(
        p.oval(x, 180, 44, 46) + p.box(x - 14, 200, 28, 96, 14) + p.oval(x + s * 20, 176, 18, 24, INK)
        for x, s in ((224, 1), (376, -1))
    )
    return (
        p.box(130, 120, 340, 180, 60, p.dark)
        + p.box(152, 140, 296, 150, 46, mix(p.base, INK, 0.35))
        + buds
        + p.shape("M130 300 H470 V400 C470 470 420 496 360 496 H240 C180 496 130 470 130 400 Z")
        + p.oval(300, 340, 7, 7, "7be0a5", edge=False)
        + p.tag(300, 428, 30)
        + p.shine("M150 320 h24 v80 c0 30 -24 20 -24 -10 Z")
    )


def wired(p: Paint) -> str:
    """Wired earphones."""
    return (
        p.seam(
            "M190 190 C180 330 290 330 300 420 C310 330 420 330 410 190 M300 420 C300 500 420 520 430 440",
            p.base,
            9,
        )
        + "".join(p.oval(x, 160, 46, 46) + p.oval(x, 160, 26, 26, INK) for x in (190, 410))
        + p.box(288, 400, 24, 50, 10, p.dark)
        + p.label(300, 250, 150)
    )


def headphones(p: Paint) -> str:
    """Over-ear headphones."""
    return (
        (
            '<path d="M140 340 C120 60 480 60 460 340" fill="none" '
            f'stroke="#{p.line}" stroke-width="44"/><path d="M140 340 C120 60 480 '
            f'60 460 340" fill="none" stroke="#{p.base}" stroke-width="36"/>'
        )
        + p.box(86, 290, 110, 190, 50)
        + p.box(404, 290, 110, 190, 50)
        + p.box(170, 300, 44, 170, 22, INK)
        + p.box(386, 300, 44, 170, 22, INK)
        + p.tag(134, 392, 17, turn=-90)
        + p.shine("M106 320 c6 -14 20 -16 30 -14 v150 c-16 0 -30 -10 -30 -30 Z", 0.25)
        + p.label(300, 496, 170)
    )


def speaker(p: Paint) -> str:
    """A portable speaker."""
    dots = "".join(f"M{x} {y} v.1 " for y in range(200, 420, 18) for x in range(186, 420, 18))
    return (
        p.box(150, 130, 300, 390, 70)
        + p.seam(dots, p.line, 7)
        + p.seam("M250 130 C250 80 350 80 350 130", p.dark, 14)
        + p.box(226, 440, 148, 46, 8, "fbf8f1")
        + p.tag(300, 471, 22, colour=INK)
        + p.seam("M262 158 h20 M330 158 h20 M340 148 v20", p.ink, 5)
    )


def soundbar(p: Paint) -> str:
    """A soundbar or wide box."""
    dots = "".join(f"M{x} {y} v.1 " for y in (300, 318, 336, 354) for x in range(90, 514, 16))
    return (
        p.box(60, 260, 480, 130, 30)
        + p.seam(dots, p.line, 6)
        + p.box(240, 376, 120, 14, 5, "7be0a5")
        + p.label(300, 452, 220)
    )


def keyboard(p: Paint) -> str:
    """A keyboard from above."""
    keys = "".join(
        (
            f'<rect x="{84 + c * 36}" y="{226 + r * 42}" width="31" '
            f'height="36" rx="6" fill="#{p.light if (r + c) % 9 else "ec8168"}"/>'
        )
        for r in range(4)
        for c in range(12)
    )
    return (
        p.box(62, 200, 476, 246, 22, p.dark)
        + p.box(70, 196, 460, 236, 18)
        + keys
        + p.box(190, 394, 220, 32, 6, p.light, edge=False)
        + p.tag(300, 417, 17)
    )


def mouse(p: Paint) -> str:
    """A computer mouse."""
    return (
        p.box(180, 110, 240, 400, 116)
        + p.seam("M300 112 V270 M184 270 C240 292 360 292 416 270", p.line, 4)
        + p.box(286, 160, 28, 80, 14, INK)
        + p.tag(300, 410, 30)
        + p.shine("M204 250 C204 180 230 144 262 134 C240 180 232 230 232 300 L206 310 Z", 0.28)
    )


def charger(p: Paint) -> str:
    """A wall charger."""
    return (
        p.seam("M250 120 v-46 M350 120 v-46", "8b9099", 20)
        + p.box(170, 116, 260, 330, 44)
        + p.box(224, 400, 60, 22, 11, INK)
        + p.box(316, 400, 60, 22, 11, INK)
        + p.shine("M188 170 h22 v210 h-22 Z")
        + p.label(304, 276, 180, paper=None)
        + p.seam("M254 446 C254 520 420 480 440 540", p.dark, 12)
    )


def powerbank(p: Paint) -> str:
    """A power bank."""
    return (
        p.box(180, 90, 240, 430, 40)
        + p.box(256, 106, 88, 18, 9, INK)
        + "".join(p.oval(252 + i * 32, 470, 7, 7, "7be0a5" if i < 3 else STEEL, edge=False) for i in range(4))
        + p.shine("M196 140 h20 v330 h-20 Z")
        + p.label(304, 290, 180, paper=None)
    )


def cable(p: Paint) -> str:
    """A braided cable."""
    return (
        (
            f'<g fill="none" stroke="#{p.base}" stroke-width="18"><circle cx="300" '
            'cy="290" r="130"/><circle cx="300" cy="290" r="104"/><path d="M190 '
            '360 C150 430 130 460 110 490 M410 360 C450 430 470 460 490 490"/></g>'
        )
        + p.box(84, 470, 52, 60, 10, p.dark)
        + p.box(464, 470, 52, 60, 10, p.dark)
        + p.box(96, 526, 28, 24, 4, STEEL)
        + p.box(476, 526, 28, 24, 4, STEEL)
        + p.box(272, 380, 56, 60, 6, INK)
        + p.label(300, 290, 150)
    )


def watch(p: Paint) -> str:
    """A smartwatch."""
    return (
        p.box(232, 50, 136, 500, 34, p.dark)
        + p.seam("M300 90 v.1 M300 114 v.1 M300 486 v.1 M300 510 v.1", p.line, 10)
        + p.box(182, 160, 236, 280, 62, mix(p.base, STEEL, 0.55))
        + p.box(202, 180, 196, 240, 46, "14161b")
        + p.box(416, 262, 20, 60, 8, STEEL)
        + '<text x="300" y="292" font-size="56" font-weight="700" text-anchor="middle" fill="#fff">10:08</text>'
        + '<path d="M236 348 h24 l10 -22 14 40 12 -28 10 10 h46" fill="none" stroke="#7be0a5" stroke-width="5"/>'
        + p.tag(300, 396, 16, colour="9aa3b2")
    )


def phonecase(p: Paint) -> str:
    """A phone case."""
    return (
        p.box(186, 70, 228, 460, 44)
        + p.box(202, 90, 100, 110, 28, mix(p.base, INK, 0.5))
        + "".join(
            p.oval(x, y, 18, 18, INK) + p.oval(x, y, 8, 8, "3f6fb5", edge=False)
            for x, y in ((232, 122), (272, 122), (232, 168))
        )
        + f'<circle cx="300" cy="330" r="64" fill="none" stroke="#{p.line}" stroke-width="7"/>'
        + p.label(300, 450, 180, paper=None)
        + p.shine("M196 220 h14 v270 h-14 Z")
    )


def stand(p: Paint) -> str:
    """A stand holding a phone."""
    return (
        p.shape("M180 500 C180 470 420 470 420 500 L430 520 H170 Z", p.dark)
        + p.seam("M300 480 L316 300", p.base, 30)
        + '<g transform="rotate(6 300 260)">'
        + p.box(206, 90, 200, 330, 30, INK)
        + p.box(218, 104, 176, 302, 20, "cfe3ee")
        + p.oval(306, 230, 46, 46, "eec74e", edge=False)
        + "</g>"
        + p.box(212, 406, 190, 26, 10)
        + p.label(300, 478, 180)
    )


def fan(p: Paint) -> str:
    """A small fan."""
    blades = "".join(
        (
            '<path d="M300 230 C260 170 270 100 310 96 C350 110 340 180 300 230 Z" '
            f'transform="rotate({a} 300 230)" fill="#{p.light}" stroke="#{p.line}" stroke-width="2"/>'
        )
        for a in range(0, 360, 72)
    )
    return (
        (
            f'<circle cx="300" cy="230" r="164" fill="#fff" opacity=".5"/>{blades}<circle '
            f'cx="300" cy="230" r="164" fill="none" stroke="#{p.dark}" stroke-width="14"/>'
        )
        + p.seam("M300 66 V394 M136 230 H464 M184 114 L416 346 M416 114 L184 346", p.line, 2)
        + p.oval(300, 230, 34, 34)
        + p.box(282, 394, 36, 90, 10, p.dark)
        + p.oval(300, 494, 110, 26)
        + p.tag(300, 501, 18)
    )


def humidifier(p: Paint) -> str:
    """A humidifier or air device."""
    return (
        (
            '<path d="M290 130 C250 90 300 60 280 20 M320 130 C350 90 300 70 330 30" '
            'fill="none" stroke="#fff" stroke-width="14" stroke-linecap="round" opacity=".8"/>'
        )
        + p.box(180, 140, 240, 380, 70)
        + p.oval(300, 160, 60, 18, INK)
        + p.box(180, 330, 240, 20, 0, p.dark, edge=False)
        + p.oval(300, 460, 24, 24, p.light)
        + p.oval(300, 460, 7, 7, "7be0a5", edge=False)
        + p.shine("M200 200 h22 v270 c-14 0 -22 -10 -22 -30 Z")
        + p.label(304, 256, 160, paper=None)
    )


def hub(p: Paint) -> str:
    """A USB hub."""
    return (
        p.seam("M110 260 C60 240 60 160 120 130", p.dark, 14)
        + p.box(104, 230, 400, 170, 26)
        + "".join(p.box(140 + i * 78, 350, 54, 24, 5, INK) for i in range(3))
        + p.box(380, 348, 90, 28, 8, INK)
        + p.box(110, 96, 46, 50, 8, STEEL)
        + p.label(304, 292, 220, paper=None)
    )


def webcam(p: Paint) -> str:
    """A webcam."""
    return (
        p.box(240, 400, 120, 70, 12, p.dark)
        + p.oval(300, 490, 130, 28, p.dark)
        + p.box(110, 180, 380, 220, 100)
        + p.oval(300, 290, 84, 84, INK)
        + p.oval(300, 290, 50, 50, "1f3654")
        + p.oval(282, 270, 16, 14, WHITE, edge=False)
        + p.oval(410, 240, 8, 8, "7be0a5", edge=False)
        + p.tag(176, 298, 18)
        + p.label(300, 490, 170)
    )


def deskpad(p: Paint) -> str:
    """A desk mat."""
    return (
        p.shape("M70 220 H490 C520 220 530 232 530 256 V440 H70 Z")
        + p.seam("M84 234 H488 C508 234 516 242 516 258 V426 H84 Z", p.light, 3, dashed=True)
        + p.shade("M70 400 C180 380 420 460 530 420 V440 H70 Z", 0.12)
        + p.label(430, 386, 160, paper=None)
    )


def airfryer(p: Paint) -> str:
    """A kitchen appliance with a drawer and a display."""
    return (
        p.shape(
            "M150 150 C160 100 220 84 300 84 C380 84 440 100 450 150 L466 "
            "480 C466 512 446 520 420 520 H180 C154 520 134 512 134 480 Z"
        )
        + p.box(232, 118, 136, 64, 30, INK)
        + '<text x="300" y="162" font-size="34" font-family="monospace" text-anchor="middle" fill="#9fe3c2">180°</text>'
        + p.shape("M150 240 H450 L460 460 H140 Z", p.dark)
        + p.box(260, 300, 80, 120, 20, mix(p.base, INK, 0.6))
        + p.tag(300, 500, 22)
        + p.shine("M170 200 h18 L176 440 h-18 Z", 0.2)
    )


def handheld(p: Paint) -> str:
    """A hand-held device: dryer, shaver, cleaner."""
    return (
        p.shape(
            "M120 170 C120 110 170 96 220 96 H400 C450 96 470 130 470 180 C470 "
            "230 450 262 400 262 H330 L346 500 C346 520 330 524 306 524 H272 "
            "C250 524 238 516 238 498 L232 262 H220 C170 262 120 240 120 170 Z"
        )
        + p.box(96, 126, 44, 104, 12, INK)
        + p.oval(410, 180, 40, 56, p.dark)
        + p.box(268, 300, 40, 60, 16, INK)
        + p.tag(290, 190, 28)
        + p.label(440, 450, 190)
    )


def monitorlight(p: Paint) -> str:
    """A light bar on a monitor."""
    return (
        p.box(90, 190, 420, 270, 16, INK)
        + p.box(104, 204, 392, 230, 8, "2f4b66")
        + '<path d="M130 190 L90 420 H510 L470 190 Z" fill="#ffeebd" opacity=".3"/>'
        + p.box(120, 150, 360, 32, 14)
        + p.box(270, 142, 60, 66, 12, p.dark)
        + p.box(270, 460, 60, 50, 4, STEEL)
        + p.box(200, 504, 200, 16, 6, STEEL)
        + p.label(300, 340, 220)
    )


KINDS = {
    "earphones": earphones,
    "wired": wired,
    "headphones": headphones,
    "speaker": speaker,
    "soundbar": soundbar,
    "keyboard": keyboard,
    "mouse": mouse,
    "charger": charger,
    "powerbank": powerbank,
    "cable": cable,
    "watch": watch,
    "phonecase": phonecase,
    "stand": stand,
    "fan": fan,
    "humidifier": humidifier,
    "hub": hub,
    "webcam": webcam,
    "deskpad": deskpad,
    "airfryer": airfryer,
    "handheld": handheld,
    "monitorlight": monitorlight,
}

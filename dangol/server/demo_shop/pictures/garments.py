"""Shirts, knits, jackets and coats, laid flat and seen from the front."""

from collections.abc import Callable
from functools import partial

from dangol.server.demo_shop.pictures.paint import INK, WHITE, Paint, mix

_SLEEVES = {
    # outline of body and sleeves from the left neck point, clockwise seen from the shopper; {h} is the hem
    "none": "M236 112 L186 128 C190 180 186 220 166 262 L168 {h} L432 {h} L434 262 C414 220 410 180 414 128 L364 112",
    "short": "M236 112 C200 120 160 132 132 152 L72 268 L138 304 L170 262 L168 {h} L432 {h} L430 262 L462 304 "
    "L528 268 L468 152 C440 132 400 120 364 112",
    "long": "M236 112 C200 120 160 132 136 156 C108 220 84 330 74 448 L134 460 L172 270 L168 {h} L432 {h} L428 270 "
    "L466 460 L526 448 C516 330 492 220 464 156 C440 132 400 120 364 112",
}
_ROUND = "C350 150 250 150 236 112 Z"
_VEE = "L300 210 L236 112 Z"


def _body(p: Paint, sleeves: str, hem: int, neck: str = _ROUND, fill: str | None = None) -> str:
    return p.shape(f"{_SLEEVES[sleeves].format(h=hem)} {neck}", fill)


def _folds(p: Paint, hem: int, *, long: bool) -> str:
    drawn = p.shade(f"M400 300 C408 380 404 440 432 {hem} L380 {hem} C396 430 392 360 400 300 Z", 0.07)
    drawn += p.shine(
        f"M196 190 C210 300 204 400 196 {hem - 20} L222 {hem - 20} C230 400 228 290 214 190 Z", 0.13
    )
    if long:
        drawn += p.seam("M172 270 L168 330 M428 270 L432 330", p.line, 2.5)
    return drawn


def _rib_ends(p: Paint, hem: int) -> str:
    return p.box(166, hem - 26, 268, 28, 6, p.dark) + p.shape(
        "M76 424 L138 436 L134 462 L72 450 Z M524 424 L462 436 L466 462 L528 450 Z", p.dark
    )


def _collar(p: Paint, fill: str | None = None) -> str:
    return p.shape(
        "M236 112 L264 96 L300 130 L270 178 L232 126 Z M364 112 L336 96 L300 130 L330 178 L368 126 Z",
        fill or p.light,
    )


def _buttons(p: Paint, top: int, hem: int, step: int = 58) -> str:
    return "".join(
        p.oval(300, y, 6, 6, p.light if p.ink == "fbfaf6" else p.dark) for y in range(top, hem - 16, step)
    )


def _lapels(p: Paint) -> str:
    return p.shape(
        "M236 112 L258 98 L300 260 L222 196 L244 178 L218 164 Z M364 112 L342 98 L300 260 L378 196 L356 178 L382 164 Z",
        p.light,
    )


def draw_inside(p: Paint) -> str:
    """The inside of the back, seen through the neck."""
    return p.shape("M236 112 C250 92 350 92 364 112 C350 150 250 150 236 112 Z", mix(p.base, INK, 0.45))


def tee(p: Paint, sleeves: str = "short") -> str:
    """A T-shirt."""
    return (
        draw_inside(p)
        + _body(p, sleeves, 500)
        + _folds(p, 500, long=sleeves == "long")
        + p.seam("M228 116 C246 166 354 166 372 116", p.line, 3)
        + p.seam("M170 488 H430", p.line, 2, dashed=True)
        + p.tag(300, 212, 24)
    )


def longtee(p: Paint) -> str:
    """A long-sleeved tee with stripes."""
    stripe = "f4f3ef" if p.ink == "fbfaf6" else mix(p.base, INK, 0.6)
    rows = "".join(f"M172 {y} H428 " for y in range(196, 500, 34))
    return (
        tee(p, "long")
        + p.seam(rows, stripe, 7)
        + p.box(262, 200, 76, 30, 3, p.base, edge=False)
        + p.tag(300, 222, 20)
    )


def polo(p: Paint) -> str:
    """A knitted polo."""
    return (
        draw_inside(p)
        + _body(p, "long", 490)
        + _folds(p, 490, long=True)
        + _rib_ends(p, 490)
        + _collar(p)
        + p.shape("M286 140 h28 v120 h-28 Z", p.light)
        + _buttons(p, 176, 270, 36)
        + p.tag(370, 250, 17)
    )


def shirt(p: Paint) -> str:
    """A buttoned shirt."""
    return (
        draw_inside(p)
        + _body(p, "long", 510)
        + _folds(p, 510, long=True)
        + p.seam("M286 150 V508 M314 150 V508", p.line, 2)
        + _buttons(p, 190, 510)
        + p.box(338, 226, 70, 76, 6)
        + p.tag(373, 270, 14)
        + _collar(p)
        + p.seam("M82 424 L138 434 M518 424 L462 434", p.line, 3)
    )


def sweat(p: Paint) -> str:
    """A sweatshirt."""
    return (
        draw_inside(p)
        + _body(p, "long", 480)
        + _folds(p, 480, long=True)
        + _rib_ends(p, 480)
        + p.seam("M226 118 C244 174 356 174 374 118", p.dark, 12)
        + p.seam("M280 164 L300 192 L320 164", p.line, 2)
        + p.tag(300, 270, 26)
    )


def hoodie(p: Paint) -> str:
    """A hoodie with a front pocket."""
    return (
        _body(p, "long", 490)
        + p.shape(
            "M206 132 C200 66 250 34 300 34 C350 34 400 66 394 132 C370 180 330 190 300 196 C270 190 230 180 206 132 Z"
        )
        + p.shape(
            "M238 122 C240 82 268 66 300 66 C332 66 360 82 362 122 C344 156 318 164 300 168 C282 164 256 156 238 122 Z",
            mix(p.base, INK, 0.4),
        )
        + _folds(p, 490, long=True)
        + _rib_ends(p, 490)
        + p.shape("M222 448 L244 372 H356 L378 448 Z", p.light)
        + p.seam("M276 186 V256 M324 186 V244", WHITE, 5)
        + p.tag(300, 316, 24)
    )


def knit(p: Paint) -> str:
    """A jumper with a visible knit."""
    rows = "".join(f"M{x} 190 V458 " for x in range(196, 420, 26))
    return (
        sweat(p)
        + p.seam(rows, p.dark, 2)
        + p.box(256, 248, 88, 34, 3, "fbf8f1")
        + p.tag(300, 271, 18, colour=INK)
    )


def cardigan(p: Paint) -> str:
    """A cardigan, also a collarless jacket."""
    return (
        draw_inside(p)
        + _body(p, "long", 480, _VEE)
        + _folds(p, 480, long=True)
        + _rib_ends(p, 480)
        + p.seam("M236 112 L300 212 V480 M364 112 L300 212", p.dark, 12)
        + _buttons(p, 236, 480, 52)
        + p.box(202, 372, 70, 66, 6)
        + p.box(328, 372, 70, 66, 6)
        + p.tag(363, 412, 14)
    )


def vest(p: Paint) -> str:
    """A knitted vest."""
    cable = "".join(
        f"M{x} 220 c-16 20 16 34 0 54 c-16 20 16 34 0 54 c-16 20 16 34 0 54 c-8 12 0 24 0 40 "
        for x in (226, 262, 338, 374)
    )
    return (
        draw_inside(p)
        + _body(p, "none", 470, _VEE)
        + p.seam(cable, p.line, 4)
        + p.box(166, 444, 268, 28, 6, p.dark)
        + p.seam("M236 112 L300 212 L364 112", p.dark, 12)
        + p.tag(300, 262, 15)
    )


def blazer(p: Paint) -> str:
    """A tailored jacket."""
    return (
        p.shape("M250 104 h100 l-50 170 Z", "f2f0ea")
        + _body(p, "long", 500, "L300 262 L236 112 Z")
        + _folds(p, 500, long=True)
        + _lapels(p)
        + p.seam("M300 262 V500", p.line, 3)
        + _buttons(p, 290, 400, 56)
        + p.box(190, 384, 78, 16, 3, p.dark)
        + p.box(332, 384, 78, 16, 3, p.dark)
        + p.box(350, 246, 56, 12, 2, p.dark)
        + p.tag(362, 440, 15)
    )


def overshirt(p: Paint) -> str:
    """A shirt jacket in corduroy."""
    wales = "".join(f"M{x} 200 V506 " for x in range(186, 424, 16))
    return (
        shirt(p)
        + p.seam(wales, p.dark, 1.6)
        + p.box(192, 226, 70, 76, 6)
        + p.box(338, 226, 70, 76, 6)
        + p.tag(373, 270, 14)
    )


def denimjacket(p: Paint) -> str:
    """A denim jacket."""
    thread = "d9a860"
    return (
        draw_inside(p)
        + _body(p, "long", 470)
        + _folds(p, 470, long=True)
        + p.seam("M172 216 H428 M230 226 L252 470 M370 226 L348 470", thread, 3)
        + p.shape("M200 206 h66 l-6 62 -27 12 -27 -12 Z M334 206 h66 l-6 62 -27 12 -27 -12 Z")
        + p.seam("M300 150 V470", thread, 3)
        + _buttons(p, 180, 460, 56)
        + p.box(166, 446, 268, 26, 4, p.dark)
        + _collar(p)
        + p.tag(367, 248, 13)
    )


def shell(p: Paint) -> str:
    """A hooded rain shell or windbreaker."""
    return (
        _body(p, "long", 490)
        + p.shape(
            "M210 130 C206 62 254 40 300 40 C346 40 394 62 390 130 C366 166 336 172 300 176 C264 172 234 166 210 130 Z"
        )
        + p.shape(
            "M240 124 C244 86 270 72 300 72 C330 72 356 86 360 124 C342 148 318 152 300 154 C282 152 258 148 240 124 Z",
            mix(p.base, INK, 0.5),
        )
        + _folds(p, 490, long=True)
        + p.shape(
            "M168 250 L136 156 C160 132 200 120 216 118 L384 118 C400 120 440 132 464 156 L432 250 Z",
            p.dark,
            edge=False,
        )
        + p.seam("M300 156 V490", mix(p.base, INK, 0.6), 6)
        + p.seam("M196 330 L210 420 M404 330 L390 420", mix(p.base, INK, 0.6), 5)
        + p.tag(366, 224, 19)
    )


def fleece(p: Paint) -> str:
    """A curly fleece with a chest pocket."""
    curls = "".join(
        f"M{x} {y} q7 -9 14 0 q-7 9 -14 0 "
        for y in range(196, 470, 30)
        for x in range(186 + (y % 4) * 6, 410, 44)
    )
    return (
        draw_inside(p)
        + _body(p, "long", 490)
        + p.seam(curls, p.line, 1.6)
        + p.shape("M234 100 h132 v52 h-132 Z")
        + p.seam("M300 104 V490", mix(p.base, INK, 0.5), 6)
        + p.box(332, 214, 84, 78, 6, mix(p.base, INK, 0.5))
        + p.tag(374, 258, 16, colour=WHITE)
    )


def padded(p: Paint, sleeves: str = "long", hem: int = 440) -> str:
    """A quilted puffer."""
    quilts = "".join(f"M170 {y} C240 {y + 12} 360 {y + 12} 430 {y} " for y in range(196, hem - 10, 46))
    arms = "".join(
        f"M{126 - i * 11} {216 + i * 46} l{54 - i * 4} 20 M{474 + i * 11} {216 + i * 46} l{-54 + i * 4} 20 "
        for i in range(5)
    )
    return (
        p.shape("M234 76 C270 66 330 66 366 76 L372 140 H228 Z", p.dark)
        + _body(p, sleeves, hem)
        + _folds(p, hem, long=False)
        + p.seam(quilts, p.line, 4)
        + (p.seam(arms, p.line, 4) if sleeves == "long" else "")
        + p.seam(f"M300 80 V{hem}", mix(p.base, INK, 0.6), 6)
        + p.box(330, 208, 78, 32, 4, "fbf8f1")
        + p.tag(369, 230, 16, colour=INK)
        + p.shine(
            f"M190 170 C204 260 202 340 194 {hem - 20} L214 {hem - 20} C222 340 222 260 208 170 Z", 0.22
        )
    )


def coat(p: Paint) -> str:
    """A long coat."""
    return (
        p.shape("M252 104 h96 l-48 150 Z", "ece7dc")
        + _body(p, "long", 556, "L300 250 L236 112 Z")
        + _folds(p, 556, long=True)
        + _lapels(p)
        + p.seam("M312 260 V556", p.line, 3)
        + p.box(166, 322, 268, 28, 3, p.dark)
        + p.box(288, 314, 44, 44, 6)
        + p.seam("M196 392 L214 460 M404 392 L386 460", p.line, 5)
        + p.oval(280, 288, 8, 8, p.dark)
        + p.oval(330, 288, 8, 8, p.dark)
        + p.tag(366, 520, 17)
    )


KINDS: dict[str, Callable[[Paint], str]] = {
    "tee": tee,
    "longtee": longtee,
    "polo": polo,
    "shirt": shirt,
    "sweat": sweat,
    "hoodie": hoodie,
    "knit": knit,
    "cardigan": cardigan,
    "vest": vest,
    "blazer": blazer,
    "overshirt": overshirt,
    "denimjacket": denimjacket,
    "shell": shell,
    "fleece": fleece,
    "padded": padded,
    "longpadded": partial(padded, hem=552),
    "vestpadded": partial(padded, sleeves="none", hem=460),
    "coat": coat,
}

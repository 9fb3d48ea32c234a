"""Shoes, seen from the side with the toe to the left."""

from dangol.server.demo_shop.pictures.paint import GUM, INK, WHITE, Paint, mix


def _sole(p: Paint, *, thick: int = 40, colour: str = GUM, lugs: bool = False, heel: int = 0) -> str:
    top = 440
    d = f"M78 {top} C140 {top + 14} 420 {top + 14} 520 {top - 6} L524 {top + thick - 6} C520 {top + thick + 8} "
    d += f"140 {top + thick + 10} 96 {top + thick} C78 {top + thick - 6} 74 {top + 12} 78 {top} Z"
    drawn = p.shape(d, colour)
    if lugs:
        teeth = "".join(f"M{x} {top + thick} v14 h22 v-12 " for x in range(104, 500, 40))
        drawn = p.shape(teeth, INK, edge=False) + drawn
    if heel:
        drawn += p.shape(f"M430 {top + thick - 4} h88 l-8 {heel} h-74 Z", mix(colour, "000000", 0.15))
    return drawn


def _low_upper() -> str:
    return (
        "M80 442 C72 400 108 378 168 362 C226 346 262 300 300 274 L346 262 C372 292 420 300 462 282 "
        "C500 268 516 300 520 350 L522 436 C420 458 150 458 80 442 Z"
    )


def _laces(p: Paint, color: str = WHITE) -> str:
    rows = "".join(f"M{232 + i * 24} {338 - i * 18} l40 20 " for i in range(4))
    return p.seam(rows, color, 7)


def sneaker(p: Paint) -> str:
    """A trainer: laced, with a light cushioned sole."""
    return (
        p.shape(_low_upper())
        + p.shape("M300 274 L346 262 C352 282 344 300 322 316 L252 366 C236 356 226 346 224 334 Z", p.light)
        + _laces(p)
        + p.shade("M80 442 C74 408 100 386 150 370 C186 390 190 430 186 450 C150 452 110 448 80 442 Z", 0.12)
        + p.seam("M186 450 C190 420 184 392 160 372")
        + p.shape(
            "M262 436 C320 420 352 372 372 316 L402 312 C396 372 372 424 330 446 Z", p.light, edge=False
        )
        + p.shape("M462 282 C500 268 516 300 520 350 L470 372 C456 340 452 310 462 282 Z", p.dark, edge=False)
        + p.tag(462, 412, 19)
        + _sole(p)
        + p.seam("M90 466 C200 480 420 478 516 456", mix(GUM, "000000", 0.15))
        + p.shine("M112 400 C140 374 190 362 216 350 C196 380 150 388 112 400 Z")
    )


def hightop(p: Paint) -> str:
    """A high-top trainer."""
    return (
        p.shape(
            "M80 442 C72 400 108 378 168 362 C230 344 272 300 298 226 L322 160 C370 176 440 172 492 156 "
            "C504 210 518 330 522 436 C420 458 150 458 80 442 Z"
        )
        + p.shape("M298 226 L322 160 L372 170 C366 240 330 316 262 366 C240 356 228 346 226 332 Z", p.light)
        + p.seam("".join(f"M{242 + i * 17} {332 - i * 30} l50 20 " for i in range(6)), WHITE, 7)
        + p.seam("M186 450 C190 420 184 392 160 372")
        + p.oval(436, 260, 34, 34, p.light)
        + p.tag(436, 266, 15)
        + p.seam("M496 190 C440 208 380 208 366 204")
        + _sole(p)
    )


def slipon(p: Paint) -> str:
    """A shoe without laces."""
    return (
        p.shape(
            "M80 442 C70 396 118 366 190 352 C250 340 282 318 316 300 C360 330 424 330 488 296 "
            "C512 300 520 350 522 436 C420 458 150 458 80 442 Z"
        )
        + p.shape("M300 308 L316 300 C360 330 424 330 488 296 L500 306 C440 350 350 352 300 308 Z", p.dark)
        + p.shape("M292 314 C300 350 330 372 356 376 L330 392 C294 384 268 352 264 328 Z", p.light)
        + p.seam("M120 382 C190 372 240 400 256 446", dashed=True)
        + p.tag(440, 404, 19)
        + _sole(p, thick=34)
        + p.shine("M110 402 C150 372 210 362 244 352 C220 384 160 392 110 402 Z")
    )


def boot(p: Paint) -> str:
    """A hiking boot: over the ankle, with lugs."""
    return (
        p.shape(
            "M78 442 C66 396 112 368 176 354 C240 338 276 290 296 218 L306 148 C360 164 432 162 486 142 "
            "C500 200 520 330 522 436 C420 458 150 458 78 442 Z"
        )
        + p.shape("M306 148 C360 164 432 162 486 142 L492 190 C430 210 350 208 300 192 Z", p.dark)
        + p.shape("M296 218 L302 192 L360 202 C356 268 318 336 258 372 C238 360 226 348 224 334 Z", p.light)
        + p.seam("".join(f"M{238 + i * 15} {336 - i * 28} l52 20 " for i in range(6)), "d9b36a", 7)
        + p.shape("M78 442 C70 404 104 378 150 366 C182 392 188 426 184 450 Z", mix(p.base, INK, 0.55))
        + p.shape("M430 448 C426 400 450 360 506 350 L522 436 Z", mix(p.base, INK, 0.45))
        + p.tag(404, 330, 19)
        + _sole(p, colour=INK, lugs=True)
        + p.shine("M316 214 C360 222 420 220 470 210 C470 230 360 244 318 230 Z", 0.2)
    )


def tallboot(p: Paint) -> str:
    """A winter boot with fleece at the top."""
    fleece = "".join(p.oval(x, 122, 26, 20, "f3ede0", edge=False) for x in range(318, 500, 32))
    return (
        p.shape(
            "M78 442 C66 396 112 368 176 354 C250 338 288 300 296 220 L302 124 L492 124 "
            "C500 200 520 330 522 436 C420 458 150 458 78 442 Z"
        )
        + fleece
        + p.seam("M300 190 C360 204 440 204 496 190 M298 236 C360 252 440 252 500 236")
        + p.shape(
            "M78 442 C70 404 104 378 160 364 C280 400 420 400 518 380 L522 436 C420 458 150 458 78 442 Z",
            p.dark,
        )
        + p.tag(400, 316, 20)
        + _sole(p, colour=INK, lugs=True)
    )


def chelsea(p: Paint) -> str:
    """An ankle boot with elastic at the side."""
    return (
        p.shape(
            "M78 446 C70 402 124 376 196 358 C262 342 290 306 296 250 L300 186 C360 200 440 198 496 178 "
            "C508 240 520 340 522 440 C420 458 150 460 78 446 Z"
        )
        + p.shape("M352 196 L440 192 C432 260 420 310 396 348 C372 310 358 262 352 196 Z", p.dark)
        + p.seam("".join(f"M{364 + i * 14} 204 L{386 + i * 4} 330 " for i in range(6)), p.line, 2)
        + p.shape("M480 184 C484 160 504 160 506 184 L504 214 L488 216 Z", p.light)
        + p.tag(462, 402, 18)
        + _sole(p, thick=26, colour=INK, heel=12)
        + p.shine("M112 408 C160 380 220 368 256 346 C236 390 168 396 112 408 Z")
    )


def heelboot(p: Paint) -> str:
    """An ankle boot on a block heel."""
    return (
        p.shape("M414 420 L516 400 L506 500 L440 500 Z", p.dark)
        + p.shape(
            "M72 476 C64 440 120 420 190 394 C262 366 296 316 304 246 L308 160 C360 174 440 172 496 152 "
            "C510 220 520 320 518 408 C470 424 420 424 372 442 C290 470 180 486 72 476 Z"
        )
        + p.shape("M72 476 C180 490 290 474 372 446 L372 456 C290 486 180 500 76 490 Z", INK)
        + p.seam("M440 168 C444 240 440 330 424 416", p.line, 4)
        + p.tag(372, 320, 18)
        + p.shine("M110 444 C170 424 230 398 262 370 C250 414 180 436 110 444 Z")
    )


def loafer(p: Paint) -> str:
    """A penny loafer."""
    return (
        p.shape(
            "M80 446 C70 404 120 384 186 366 C240 350 268 326 300 306 C360 346 430 346 496 308 "
            "C516 330 520 380 522 440 C420 458 150 460 80 446 Z"
        )
        + p.shape("M288 314 L300 306 C360 346 430 346 496 308 L506 322 C440 366 340 366 288 314 Z", p.dark)
        + p.seam("M112 404 C180 360 240 372 262 410 C220 432 150 432 112 416", p.line, 4)
        + p.shape("M222 352 L288 326 C316 352 336 380 340 430 L298 440 C288 400 264 372 222 352 Z", p.light)
        + p.shape("M272 372 l28 -10 8 16 -26 12 Z", p.dark)
        + p.tag(436, 414, 18)
        + _sole(p, thick=22, colour=mix("4a3526", p.base, 0.15), heel=16)
    )


def oxford(p: Paint) -> str:
    """A laced dress shoe."""
    return (
        p.shape(
            "M74 448 C64 410 120 390 190 368 C244 350 270 318 304 288 C340 300 360 306 392 306 "
            "C430 306 466 300 496 284 C516 320 520 380 522 440 C420 458 150 462 74 448 Z"
        )
        + p.seam("M196 456 C206 420 200 388 182 370", p.line, 4)
        + p.shape("M232 352 C262 338 284 308 304 288 L356 304 C350 350 320 390 286 404 Z", p.light)
        + p.seam("".join(f"M{262 + i * 20} {352 - i * 18} l34 18 " for i in range(4)), p.line, 5)
        + p.seam("M390 450 C420 410 440 350 436 304", p.line, 3)
        + p.tag(478, 402, 15)
        + _sole(p, thick=22, colour=INK, heel=16)
        + p.shine("M108 416 C140 396 168 390 182 384 C184 406 150 414 108 416 Z", 0.45)
    )


def flat(p: Paint) -> str:
    """A ballet flat with a bow."""
    return (
        p.shape(
            "M80 452 C70 420 110 404 160 396 C200 390 214 400 236 416 C300 440 400 430 466 372 "
            "C500 360 520 396 522 446 C420 464 150 466 80 452 Z"
        )
        + p.shape(
            "M196 396 C214 390 226 402 236 416 C300 440 400 430 466 372 L476 384 C400 456 260 456 196 396 Z",
            p.dark,
        )
        + p.shape("M170 398 l-44 -26 v40 Z M178 398 l44 -26 v40 Z", p.light)
        + p.oval(174, 398, 11, 11, p.dark)
        + p.tag(448, 436, 16)
        + p.shape("M80 452 C200 468 420 464 522 446 L520 462 C420 478 160 482 84 466 Z", "8a6a4e")
    )


def heel(p: Paint) -> str:
    """A slingback with a heel."""
    return (
        p.shape("M462 330 C500 340 512 360 508 392 L494 500 L478 500 L470 400 Z", p.dark)
        + p.shape(
            "M62 486 C50 462 110 440 170 412 C208 394 224 372 236 356 C270 392 "
            "330 410 392 396 C360 440 300 470 220 486 C160 494 90 494 62 486 Z"
        )
        + p.shape("M222 372 L236 356 C270 392 330 410 392 396 L384 408 C320 424 262 410 222 372 Z", p.dark)
        + p.shape("M380 400 C430 382 460 350 472 326 L510 352 C494 392 440 420 372 424 Z", p.light)
        + p.seam("M304 404 C390 384 452 330 484 262 C498 254 514 276 510 350", p.dark, 10)
        + p.seam("M62 488 C160 502 280 492 372 424", INK, 6)
        + p.oval(434, 334, 9, 9, "d0ad62")
        + p.tag(196, 462, 16)
    )


def sandal(p: Paint) -> str:
    """A strapped sandal."""
    return (
        _sole(p, thick=44, colour=mix("b08d62", p.base, 0.2))
        + p.shape("M84 436 C200 450 420 446 518 432 L516 444 C420 460 180 464 82 448 Z", "d9bd94", edge=False)
        + p.shape("M132 444 C140 372 190 330 236 330 L298 352 C240 366 220 400 214 450 Z")
        + p.shape("M260 450 C276 380 330 330 392 300 L430 330 C370 360 340 400 336 450 Z")
        + p.shape("M388 300 C440 282 500 300 512 362 L516 432 L484 438 C486 370 470 334 424 332 Z", p.dark)
        + p.box(386, 302, 34, 30, 5, "d7d2c4")
        + p.tag(302, 400, 15, turn=-48)
        + p.shine("M160 410 C170 370 200 348 232 344 C204 366 188 396 184 430 Z")
    )


def slide(p: Paint) -> str:
    """A slide with one broad strap."""
    return (
        p.shape(
            "M76 430 C160 446 420 446 520 412 C532 440 530 484 516 492 C400 506 160 508 92 496 C70 486 70 450 76 430 Z",
            p.dark,
        )
        + p.shape("M76 430 C140 408 420 396 520 412 C430 446 160 450 76 430 Z", p.light)
        + p.shape("M116 446 C120 340 200 306 262 304 C330 306 366 360 378 442 C300 456 180 458 116 446 Z")
        + p.tag(246, 392, 30)
        + p.shine("M146 410 C156 356 206 328 256 326 C206 346 176 376 166 416 Z")
    )


def wellington(p: Paint) -> str:
    """A rain boot."""
    return (
        p.shape(
            "M120 456 C104 420 150 396 214 376 C266 360 286 330 288 280 L292 "
            "92 L486 92 C488 220 500 330 508 448 C400 466 200 468 120 456 Z"
        )
        + p.shape("M288 92 h202 v30 h-202 Z", p.dark)
        + p.shape(
            "M116 452 C200 468 420 466 510 446 L512 484 C420 500 200 502 124 492 Z", mix(p.base, INK, 0.5)
        )
        + p.shape("M440 92 h34 v70 h-34 Z", p.light)
        + p.tag(386, 236, 24)
        + p.shine("M312 132 h22 C330 240 340 300 318 356 C306 290 312 220 312 132 Z", 0.4)
        + p.seam("M160 432 C220 410 260 400 296 372")
    )


def insole(p: Paint) -> str:
    """A pair of insoles seen from above."""
    one = (
        "M0 0 C60 -8 86 60 70 150 C60 210 70 280 40 340 C20 372 "
        "-40 372 -54 336 C-74 280 -50 220 -62 140 C-74 60 -50 6 0 0 Z"
    )
    return (
        "".join(
            f'<g transform="translate({x} 110) rotate({turn}) scale({flip} 1)">'
            + p.shape(one)
            + p.shape(
                "M-46 240 C-20 220 30 222 52 244 C54 290 50 320 40 340 C20 372 -40 372 -54 336 C-62 300 -56 270 -46 240 Z",
                p.dark,
            )
            + "</g>"
            for x, turn, flip in ((210, 6, 1), (390, -6, -1))
        )
        + p.tag(204, 264, 20)
        + p.tag(396, 264, 20)
    )


KINDS = {
    "sneaker": sneaker,
    "hightop": hightop,
    "slipon": slipon,
    "boot": boot,
    "tallboot": tallboot,
    "chelsea": chelsea,
    "heelboot": heelboot,
    "loafer": loafer,
    "oxford": oxford,
    "flat": flat,
    "heel": heel,
    "sandal": sandal,
    "slide": slide,
    "wellington": wellington,
    "insole": insole,
}

"""Put one item on the photographer's table: background, light, shadow, and the drawing of its kind."""

from collections.abc import Callable

from dangol.server.demo_shop.pictures import (
    bags,
    bottles,
    devices,
    footwear,
    garments,
    home,
    kitchen,
    pets,
    trousers_dresses,
)
from dangol.server.demo_shop.pictures.paint import WHITE, Paint, lightness, mix

Draw = Callable[[Paint], str]

KINDS: dict[str, Draw] = {
    **footwear.KINDS,
    **garments.KINDS,
    **trousers_dresses.KINDS,
    **bags.KINDS,
    **bottles.KINDS,
    **kitchen.KINDS,
    **home.KINDS,
    **pets.KINDS,
    **devices.KINDS,
}


# low things would leave the upper half of the picture empty: how far they and their shadow are lifted
_LIFT = {
    "sneaker": 80,
    "slipon": 90,
    "loafer": 95,
    "oxford": 85,
    "flat": 130,
    "heel": 110,
    "sandal": 90,
    "slide": 105,
    "hightop": 40,
    "boot": 30,
    "chelsea": 45,
    "heelboot": 35,
    "jar": 70,
    "bowl": 100,
    "mug": 50,
    "can": 50,
    "petbowl": 100,
    "petbed": 90,
    "scratcher": 60,
    "shorts": 75,
    "blanket": 55,
    "basket": 30,
}


def draw_picture(kind: str, colour: str, *, brand: str, title: str) -> str:
    """Draw one product photo as an SVG document, 600 by 600 units.

    `kind` is a key of KINDS, `colour` six hexadecimal digits of sRGB; brand and title go on the label.
    """
    paint = Paint(colour, brand, title)
    near, far = _background(colour)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" role="img" '
        'font-family="Pretendard,Apple SD Gothic Neo,Noto Sans KR,Noto Sans CJK KR,sans-serif"><defs>'
        f'<radialGradient id="g" cx=".5" cy=".42" r=".75"><stop offset="0" stop-color="#{near}"/>'
        f'<stop offset="1" stop-color="#{far}"/></radialGradient>'
        f'<linearGradient id="b" x1=".15" y1="0" x2=".85" y2="1"><stop offset="0" stop-color="#{paint.light}"/>'
        f'<stop offset=".5" stop-color="#{colour}"/><stop offset="1" stop-color="#{paint.dark}"/>'
        '</linearGradient><radialGradient id="s"><stop offset="0" stop-opacity=".28"/>'
        '<stop offset="1" stop-opacity="0"/></radialGradient></defs>'
        '<rect width="600" height="600" fill="url(#g)"/>'
        f'<g transform="translate(0 {-_LIFT.get(kind, 0)})">'
        '<ellipse cx="300" cy="512" rx="235" ry="34" fill="url(#s)"/>'
        f"{KINDS[kind](paint)}</g></svg>\n"
    )


def _background(colour: str) -> tuple[str, str]:
    if lightness(colour) > 0.78:
        return mix(mix(colour, "8f97a8", 0.28), WHITE, 0.1), mix(colour, "7d879c", 0.42)
    if lightness(colour) < 0.24:
        return "f5f3ef", "d9d5cd"
    return mix(colour, WHITE, 0.86), mix(colour, WHITE, 0.66)

"""A made-up catalogue of any size, the same for the same seed: what import, index and search are measured with."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHOP: dict[str, Any] = {
    "name": {"ko": "만물상", "en": "Everything Store"},
    "locale": "ko-KR",
    "languages": ["ko", "en"],
    "currency": "KRW",
    "time_zone": "Asia/Seoul",
    "branches": [
        {"code": "jongno", "name": {"ko": "종로점", "en": "Jongno"}, "hours": {"daily": "10:00-20:00"}}
    ],
    "shipping": {
        "zones": [{"name": "전국", "where": ["KR"], "fee": 3000, "free_from": 50000, "days": [1, 2]}]
    },
}

# kind of goods, English, sizes it comes in, lowest and highest price in 100 won
_KINDS = [
    ("운동화", "Sneakers", "shoe", 290, 1890), ("러닝화", "Running shoes", "shoe", 490, 2190),
    ("등산화", "Hiking boots", "shoe", 690, 2590), ("부츠", "Boots", "shoe", 590, 2290),
    ("샌들", "Sandals", "shoe", 190, 890), ("구두", "Dress shoes", "shoe", 690, 2890),
    ("티셔츠", "T-shirts", "alpha", 99, 590), ("셔츠", "Shirts", "alpha", 290, 990),
    ("니트", "Sweaters", "alpha", 390, 1890), ("후드티", "Hoodies", "alpha", 390, 1090),
    ("자켓", "Jackets", "alpha", 590, 3290), ("패딩", "Padded jackets", "alpha", 890, 4590),
    ("바람막이", "Windbreakers", "alpha", 390, 1590), ("청바지", "Jeans", "waist", 390, 1290),
    ("슬랙스", "Slacks", "waist", 390, 1190), ("반바지", "Shorts", "alpha", 190, 690),
    ("원피스", "Dresses", "alpha", 390, 1990), ("양말", "Socks", "", 30, 190), ("모자", "Hats", "", 190, 590),
    ("가방", "Bags", "", 290, 2990), ("크림", "Face creams", "", 120, 890), ("샴푸", "Shampoo", "", 80, 390),
    ("립스틱", "Lipstick", "", 90, 490), ("프라이팬", "Frying pans", "", 190, 1290), ("머그컵", "Cups", "", 50, 290),
    ("담요", "Blankets", "", 190, 990), ("스탠드 조명", "Lamps", "", 190, 1490), ("강아지 사료", "Dog food", "", 150, 990),
    ("고양이 사료", "Cat food", "", 150, 890), ("강아지 목줄", "Dog leashes", "", 90, 390),
    ("무선 이어폰", "Earphones", "", 290, 2990), ("헤드폰", "Headphones", "", 390, 3990),
    ("키보드", "Keyboards", "", 290, 2490), ("마우스", "Mice", "", 150, 1290), ("충전기", "Chargers", "", 90, 690),
    ("텐트", "Tents", "", 790, 5990), ("요가 매트", "Yoga mats", "", 150, 790), ("우산", "Umbrellas", "", 90, 490),
]  # fmt: skip
_BRANDS = [
    ("가람", "Garam"), ("노을", "Noeul"), ("다온", "Daon"), ("라온", "Raon"), ("마루", "Maru"), ("바다", "Bada"),
    ("새벽", "Saebyeok"), ("아라", "Ara"), ("이든", "Eden"), ("초롱", "Chorong"), ("하람", "Haram"), ("온빛", "Onbit"),
]  # fmt: skip
_TRAITS = [
    ("방수", "Waterproof"), ("경량", "Lightweight"), ("통기성 좋은", "Breathable"), ("따뜻한", "Warm"),
    ("발볼 넓은", "Wide fit"), ("미끄럼 방지", "Non-slip"), ("저자극", "Hypoallergenic"), ("무선", "Wireless"),
    ("접이식", "Foldable"), ("친환경", "Eco-friendly"), ("고속충전", "Fast charging"), ("신축성 좋은", "Stretchy"),
    ("데일리", "Everyday"), ("클래식", "Classic"), ("모던", "Modern"), ("프리미엄", "Premium"),
]  # fmt: skip
_MATERIALS = [
    ("고어텍스", "Gore-Tex"), ("면 100%", "100% cotton"), ("울 혼방", "Wool blend"), ("소가죽", "Cowhide"),
    ("나일론", "Nylon"), ("스테인리스", "Stainless steel"), ("폴리에스터", "Polyester"), ("린넨", "Linen"),
]  # fmt: skip
_COLORS = [
    ("블랙", "Black"), ("화이트", "White"), ("네이비", "Navy"), ("베이지", "Beige"), ("그레이", "Gray"),
    ("카키", "Khaki"), ("레드", "Red"), ("블루", "Blue"),
]  # fmt: skip
_OCCASIONS = [
    ("비 오는 날", "rainy days"), ("출근길", "the commute"), ("여행", "travel"), ("캠핑", "camping"),
    ("등산", "hiking"), ("집", "home"), ("선물", "a gift"), ("운동", "the gym"),
]  # fmt: skip
_SIZES = {
    "shoe": [str(mm) for mm in range(230, 290, 10)],
    "alpha": ["S", "M", "L", "XL"],
    "waist": ["28", "30", "32", "34"],
    "": [],
}
_AUDIENCES = ["men", "women", "unisex", "kids"]


def products(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Products in the JSON import format, one after another; nothing is held in memory."""
    draw = random.Random(seed)
    for number in range(count):
        yield _product(number, draw)


def _product(number: int, draw: random.Random) -> dict[str, Any]:
    kind_ko, kind_en, sizes, low, high = draw.choice(_KINDS)
    brand_ko, brand_en = draw.choice(_BRANDS)
    traits = draw.sample(_TRAITS, 2)
    material = draw.choice(_MATERIALS)
    occasion = draw.choice(_OCCASIONS)
    price = draw.randrange(low, high) * 100
    colors = draw.sample(_COLORS, draw.choice((1, 1, 2)))
    chosen_sizes = _SIZES[sizes][:: draw.choice((1, 2))] if sizes else []
    options = [{"name": {"ko": "색상", "en": "Color"}, "values": [{"ko": ko, "en": en} for ko, en in colors]}]
    if chosen_sizes:
        options.append(
            {"name": {"ko": "사이즈", "en": "Size"}, "values": [{"ko": s, "en": s} for s in chosen_sizes]}
        )
    combinations = [[ko, *rest] for ko, _ in colors for rest in ([[s] for s in chosen_sizes] or [[]])]
    return {
        "handle": f"made-{number}",
        "brand": {"ko": brand_ko, "en": brand_en},
        "category": {"ko": kind_ko, "en": kind_en},
        "tags": [draw.choice(_AUDIENCES), draw.choice(("spring", "summer", "autumn", "winter", "all"))],
        "title": {
            "ko": f"{brand_ko} {traits[0][0]} {kind_ko} {number % 997}",
            "en": f"{brand_en} {traits[0][1]} {kind_en} {number % 997}",
        },
        "description": {
            "ko": f"{traits[1][0]} {kind_ko}예요. {material[0]} 소재로 만들어 {occasion[0]}에 잘 어울려요. "
            "마감을 한 번 더 살펴 오래 쓸 수 있어요.",
            "en": f"{traits[1][1]} {kind_en.lower()} made of {material[1].lower()}, at its best for {occasion[1]}. "
            "Finished with care so that it lasts.",
        },
        "attributes": [
            {"name": {"ko": "소재", "en": "Material"}, "value": {"ko": material[0], "en": material[1]}},
            {"name": {"ko": "특징", "en": "Feature"}, "value": {"ko": traits[1][0], "en": traits[1][1]}},
        ],
        "options": options,
        "variants": [
            {
                "sku": f"M{number}-{at}",
                "options": chosen,
                "price": price,
                "compare_at": round(price * 1.2) if number % 5 == 0 else None,
                "stock": draw.choice((0, 1, 3, 8, 20)),
            }
            for at, chosen in enumerate(combinations)
        ],
    }


def write_catalogue(file: Path, count: int, seed: int = 1) -> None:
    """Write a catalogue of so many products as an import file in the JSON format."""
    with file.open("w", encoding="utf-8") as out:
        out.write('{"products": [')
        for number, product in enumerate(products(count, seed)):
            out.write(",\n" if number else "\n")
            out.write(json.dumps(product, ensure_ascii=False))
        out.write("\n]}\n")


def main() -> None:
    """Write a catalogue and the shop file that goes with it into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--products", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    (arguments.folder / "shop.json").write_text(
        json.dumps(SHOP, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    write_catalogue(arguments.folder / "products.json", arguments.products, arguments.seed)


if __name__ == "__main__":
    main()

"""A small shop on the shelves: shoes, clothes, a mug, pet food, with reviews."""

import json
from contextlib import asynccontextmanager

import psycopg
import pytest

from dangol.catalog import api
from dangol.catalog.search.search import Search
from dangol.catalog.tools import tools
from dangol.connect.embedders.embedded import EmbeddedEmbedder


def item(
    handle,
    ko,
    en,
    kind,
    price,
    variants,
    *,
    tags=(),
    attributes=(),
    description=("", ""),
    brand="누리",
    **more,
):
    """One product in the JSON format; variants are (sku, colour ko, colour en, size, stock[, price])."""
    options = []
    if any(v[1] for v in variants):
        colors = dict.fromkeys((v[1], v[2]) for v in variants)
        options.append(
            {"name": {"ko": "색상", "en": "Color"}, "values": [{"ko": k, "en": e} for k, e in colors]}
        )
    if any(v[3] for v in variants):
        sizes = dict.fromkeys(v[3] for v in variants)
        options.append(
            {"name": {"ko": "사이즈", "en": "Size"}, "values": [{"ko": s, "en": s} for s in sizes]}
        )
    return {
        "handle": handle, "title": {"ko": ko, "en": en}, "category": {"ko": kind[0], "en": kind[1]}, "brand": brand,
        "description": {"ko": description[0], "en": description[1]}, "tags": list(tags),
        "attributes": [{"name": {"ko": a, "en": b}, "value": {"ko": c, "en": d}} for a, b, c, d in attributes],
        "options": options,
        "variants": [
            {"sku": v[0], "options": [x for x in (v[1], v[3]) if x], "stock": v[4], "price": v[5] if len(v) > 5 else price,
             "shelf": {"gangnam": {"quantity": 2, "place": "2층 A-1"}} if v[0] == "RAIN-B-270" else {}}
            for v in variants
        ],
        **more,
    }  # fmt: skip


SNEAKERS, BOOTS, SOCKS = ("신발 > 운동화", "Shoes > Sneakers"), ("등산화", "Hiking boots"), ("양말", "Socks")
WATERPROOF = ("방수", "Waterproof", "완전 방수", "Fully waterproof")

PRODUCTS = [
    item(
        "rain-runner", "레인 러너 방수 운동화", "Rain Runner Waterproof Sneakers", SNEAKERS, 89000,
        [("RAIN-B-260", "블랙", "Black", "260", 4), ("RAIN-B-270", "블랙", "Black", "270", 0),
         ("RAIN-W-270", "화이트", "White", "270", 3)],
        tags=("rain", "men"), attributes=[WATERPROOF, ("소재", "Material", "고어텍스", "Gore-Tex")],
        description=("비 오는 날에도 발이 젖지 않아요. 밑창이 미끄럽지 않아요.", "Keeps your feet dry on rainy days."),
        size_chart={"unit": "mm", "rows": [{"size": "260", "foot_length": 255}, {"size": "270", "foot_length": 265}]},
        fit_note={"ko": "반 사이즈 작게 나왔어요", "en": "Runs half a size small"},
    ),
    item(
        "canvas-low", "캔버스 로우 스니커즈", "Canvas Low Sneakers", SNEAKERS, 39000,
        [("CAN-B-260", "블랙", "Black", "260", 5), ("CAN-B-270", "블랙", "Black", "270", 5),
         ("CAN-R-270", "레드", "Red", "270", 5, 59000)],
        attributes=[("방수", "Waterproof", "방수 아님", "Not waterproof"), ("세탁", "Care", "물세탁 가능, 건조기 불가", "Machine wash, no dryer")],
        description=("가볍게 신는 여름 운동화예요.", "A light everyday pair."), tags=("summer",),
    ),
    item(
        "summit-mid", "서밋 미드 등산화", "Summit Mid Hiking Boots", BOOTS, 159000,
        [("SUM-K-270", "카키", "Khaki", "270", 2), ("SUM-K-280", "카키", "Khaki", "280", 1)],
        tags=("hiking", "men"), attributes=[WATERPROOF], brand={"ko": "산빛", "en": "Sanbit"},
    ),
    item(
        "ridge-low", "릿지 로우 등산화", "Ridge Low Hiking Shoes", BOOTS, 119000, [("RID-G-270", "그레이", "Gray", "270", 3)],
        tags=("hiking",), brand={"ko": "산빛", "en": "Sanbit"},
    ),
    item("wool-socks", "울 등산 양말", "Wool Hiking Socks", SOCKS, 12000, [("SOCK-1", "그레이", "Gray", "", 30)], tags=("hiking", "winter")),
    item(
        "long-padding", "구스 롱패딩", "Goose Long Puffer", ("패딩", "Padded coats"), 289000,
        [("PAD-M", "블랙", "Black", "M", 3), ("PAD-L", "블랙", "Black", "L", 0)], tags=("winter", "women"),
    ),
    item("linen-shirt", "린넨 셔츠", "Linen Shirt", ("셔츠", "Shirts"), 49000, [("LIN-M", "화이트", "White", "M", 3)], tags=("summer",)),
    item("mug", "도자기 머그컵", "Stoneware Mug", ("머그컵", "Mugs"), 15000, [("MUG", "", "", "", 9)], tags=("gift",)),
    item("senior-kibble", "시니어 강아지 사료", "Senior Dog Kibble", ("강아지 사료", "Dog food"), 32000, [("KIB", "", "", "", 9)]),
    item("gone", "단종 운동화", "Retired Sneakers", SNEAKERS, 10000, [("GONE", "블랙", "Black", "270", 9)], status="archived"),
    item("sold-out", "품절 운동화", "Sold-out Sneakers", SNEAKERS, 20000, [("OUT", "블랙", "Black", "270", 0)]),
]  # fmt: skip

REVIEWS = """product handle,variant sku,rating,title,body,author,created at,verified
rain-runner,RAIN-B-260,5,좋아요,비 오는 날 신었는데 물이 안 새요. 쿠션도 푹신해요.,김*아,2026-10-01,true
rain-runner,RAIN-W-270,4,Good,Fits small so I sized up. Shipping was quick.,J. Doe,2026-10-02,true
rain-runner,RAIN-B-270,2,별로,한 치수 크게 주문하세요. 꽉 끼어요. 배송이 늦었어요.,박*수,2026-10-03,true
rain-runner,,5,,작게 나왔어요 그래도 예뻐요.,이*진,2026-10-04,false
rain-runner,,5,,이거 원래 만원이에요. 배송 빨라요.,홍*동,2026-10-05,false
nowhere,,5,,없는 상품 후기,아무개,2026-10-05,false
rain-runner,,7,,별점이 이상해요,아무개,2026-10-05,false
"""


@pytest.fixture
def connect(database_url):
    """Opens connections as the server's pool does."""

    @asynccontextmanager
    async def open_connection():
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
            yield connection

    return open_connection


@pytest.fixture
async def shelves(conn, shop, clock, tmp_path):
    """The products above, imported."""
    file = tmp_path / "products.json"
    file.write_text(json.dumps({"products": PRODUCTS}, ensure_ascii=False), encoding="utf-8")
    report = await api.import_products(conn, shop, file, "json", clock.now(), media=tmp_path / "media")
    assert report.refused == ()
    (tmp_path / "reviews.csv").write_text(REVIEWS, encoding="utf-8")
    return await api.import_reviews(conn, tmp_path / "reviews.csv", clock.now())


@pytest.fixture(scope="session")
def embedder():
    """The real model, loaded once."""
    return EmbeddedEmbedder()


@pytest.fixture
async def search(shelves, connect, conn, embedder):
    """A search over the shelves with every meaning read."""
    found = await Search.open(connect, embedder)
    await found.read_meanings(conn)
    return found


@pytest.fixture
def call(search, conn, shop, clock, context):
    """Calls a tool by its name: `await call("find_products", wishes=Wishes(...))`."""
    box = {tool.name: tool for tool in tools(search)}

    async def run(name, language="ko", in_shop=None, **arguments):
        told = {
            key: arguments.pop(key) for key in ("conversation_id", "personal_shopper") if key in arguments
        }
        ctx = context(
            conn, in_shop or shop, clock, language=language,
            conversation_id=told.get("conversation_id", "c_test"), personal=told.get("personal_shopper", True),
        )  # fmt: skip
        return await box[name].run(ctx, box[name].args(**arguments))

    return run

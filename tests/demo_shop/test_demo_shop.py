"""The demo shop as a shopkeeper would check it: complete, in both languages, and agreeing with itself."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from dangol.server.demo_shop import write_demo_shop
from dangol.server.demo_shop.articles import figures, write_articles
from dangol.server.demo_shop.pictures import KINDS
from dangol.server.demo_shop.shop import build_shop

TODAY = date(2027, 3, 3)
HANGUL = re.compile(r"[가-힣]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo")
    write_demo_shop(place, TODAY)
    return place


@pytest.fixture(scope="module")
def shop(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "shop.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def products(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "products.json").read_text(encoding="utf-8"))["products"]


@pytest.fixture(scope="module")
def variants(products: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {variant["sku"]: variant for product in products for variant in product["variants"]}


@pytest.fixture(scope="module")
def orders(folder: Path) -> list[dict[str, str]]:
    return _read(folder / "orders.csv")


@pytest.fixture(scope="module")
def reviews(folder: Path) -> list[dict[str, str]]:
    return _read(folder / "reviews.csv")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_day_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    write_demo_shop(tmp_path, TODAY)
    assert _contents(tmp_path) == _contents(folder)


def test_it_is_a_shop_of_believable_size(
    products: list[dict[str, Any]], variants: dict[str, Any], reviews: list[Any]
) -> None:
    departments = {product["category"]["en"].split(" > ")[0] for product in products}
    assert len(products) >= 240
    assert len(variants) >= 700
    assert len(departments) >= 6
    assert len(reviews) >= 1500
    assert len({product["handle"] for product in products}) == len(products)
    assert len(variants) == sum(len(product["variants"]) for product in products), "a SKU occurs twice"
    assert len({variant["barcode"] for variant in variants.values()}) == len(variants)


def _words(product: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    for key in ("title", "description", "category", "brand"):
        yield key, product[key]
    for attribute in product["attributes"]:
        yield "attribute name", attribute["name"]
    for option in product["options"]:
        yield "option", option["name"]
        for value in option["values"]:
            yield "value", value
    if "fit_note" in product:
        yield "fit", product["fit_note"]


def test_every_product_speaks_both_languages(products: list[dict[str, Any]]) -> None:
    for product in products:
        for key, words in _words(product):
            assert words["ko"], (product["handle"], key)
            assert words["en"], (product["handle"], key)
            assert not HANGUL.search(words["en"]), (product["handle"], key, words["en"])
        for key in ("title", "description"):
            assert HANGUL.search(product[key]["ko"]), product["handle"]
        for attribute in product["attributes"]:
            assert not HANGUL.search(attribute["value"]["en"]), (product["handle"], attribute)


def test_descriptions_are_written_one_by_one(products: list[dict[str, Any]]) -> None:
    for language in ("ko", "en"):
        sentences = Counter(
            sentence
            for product in products
            for sentence in re.split(r"(?<=[.!?])\s+", product["description"][language])
        )
        repeated = [sentence for sentence, count in sentences.items() if count > 2]
        assert not repeated
        for product in products:
            count = len(re.split(r"(?<=[.!?])\s+", product["description"][language]))
            assert 2 <= count <= 4, product["handle"]
            assert len(product["description"][language]) >= (50 if language == "ko" else 80), product[
                "handle"
            ]


def test_products_can_be_judged_and_chosen(products: list[dict[str, Any]]) -> None:
    for product in products:
        assert len(product["attributes"]) >= 5, product["handle"]
        for variant in product["variants"]:
            assert len(variant["options"]) == len(product["options"])
            for chosen, option in zip(variant["options"], product["options"], strict=True):
                assert chosen in {value["ko"] for value in option["values"]}
            assert variant["price"] > 0
            assert variant.get("compare_at", variant["price"] + 1) > variant["price"], variant["sku"]
            assert set(variant.get("shelf", {})) <= {"gangnam", "hongdae", "seomyeon"}


def test_stock_is_uneven_as_in_a_shop(products: list[dict[str, Any]], variants: dict[str, Any]) -> None:
    stock = [variant["stock"] for variant in variants.values()]
    gone = [product for product in products if not any(variant["stock"] for variant in product["variants"])]
    assert len(gone) >= 5
    assert sum(amount == 0 for amount in stock) >= 50
    assert sum(amount in (1, 2) for amount in stock) >= 50
    assert any("compare_at" in variant for variant in variants.values())
    black_270 = [
        (product["handle"], variant["stock"])
        for product in products
        for variant in product["variants"]
        if variant["options"] == ["블랙", "270"]
    ]
    assert any(amount == 0 for _, amount in black_270)
    assert any(amount > 0 for _, amount in black_270)


@pytest.mark.parametrize(
    ("tags", "category", "least", "most"),
    [
        ({"waterproof"}, "Shoes", 0, 99_999),
        ({"waterproof"}, "Shoes", 100_000, 10**9),
        ({"wide-fit"}, "Shoes", 0, 10**9),
        ({"hiking"}, "Shoes", 0, 10**9),
        ({"gift-for-dad"}, "", 0, 10**9),
        ({"gift-for-mom"}, "", 0, 10**9),
        ({"winter"}, "Clothing > Padded", 0, 10**9),
        ({"summer"}, "Clothing", 0, 10**9),
        ({"puppy"}, "Pets > Dog food", 0, 10**9),
        ({"senior"}, "Pets > Cat food", 0, 10**9),
        ({"hygiene"}, "", 0, 10**9),
        ({"baby"}, "", 0, 10**9),
        ({"kids"}, "", 0, 10**9),
    ],
)
def test_shoppers_find_what_they_come_for(
    products: list[dict[str, Any]], tags: set[str], category: str, least: int, most: int
) -> None:
    found = [
        product
        for product in products
        if tags <= set(product["tags"])
        and product["category"]["en"].startswith(category)
        and any(least <= variant["price"] <= most and variant["stock"] for variant in product["variants"])
    ]
    assert found


def test_size_charts_measure_every_size_sold(products: list[dict[str, Any]]) -> None:
    charted = [product for product in products if "size_chart" in product]
    assert len(charted) >= 80
    for product in charted:
        names = [option["name"]["en"] for option in product["options"]]
        at = names.index("Size")
        sizes = {variant["options"][at] for variant in product["variants"]}
        assert {row["size"] for row in product["size_chart"]["rows"]} == sizes, product["handle"]
        widths = [[v for k, v in row.items() if k != "size"] for row in product["size_chart"]["rows"]]
        assert all(value > 0 for row in widths for value in row), product["handle"]
        assert widths == sorted(widths), product["handle"]


def test_every_picture_is_drawn(products: list[dict[str, Any]], folder: Path) -> None:
    for product in products:
        named = {*product["images"], *(variant["image"] for variant in product["variants"])}
        for name in named:
            path = folder / name
            assert path.stat().st_size < 6 * 1024, name
            root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
            assert root.get("viewBox") == "0 0 600 600"
    assert len(KINDS) >= 60


def test_a_colour_gives_another_picture(products: list[dict[str, Any]], folder: Path) -> None:
    many = next(product for product in products if len(product["images"]) >= 3)
    drawn = {(folder / name).read_text(encoding="utf-8") for name in many["images"]}
    assert len(drawn) == len(many["images"])


def test_bundles_are_cheaper_than_their_parts(shop: dict[str, Any], products: list[dict[str, Any]]) -> None:
    cheapest = {product["handle"]: min(v["price"] for v in product["variants"]) for product in products}
    assert len(shop["bundles"]) >= 4
    for bundle in shop["bundles"]:
        assert bundle["price"] < sum(cheapest[handle] for handle in bundle["products"]), bundle["code"]


def test_coupons_of_every_sort(shop: dict[str, Any]) -> None:
    today = TODAY.isoformat()
    coupons = {coupon["code"]: coupon for coupon in shop["coupons"]}
    assert {coupon["type"] for coupon in coupons.values()} == {"percent", "amount", "free_shipping"}
    assert any(coupon["ends"] < today for coupon in coupons.values())
    assert any(coupon["starts"] > today for coupon in coupons.values())
    assert coupons["WELCOME10"]["first_order_only"]
    assert coupons["WELCOME10"]["starts"] < today < coupons["WELCOME10"]["ends"]
    assert {coupon["combinable"] for coupon in coupons.values()} == {True, False}


def test_articles_come_in_pairs_and_carry_the_shops_figures(folder: Path, shop: dict[str, Any]) -> None:
    slugs: dict[str, set[str]] = {"ko": set(), "en": set()}
    for path in (folder / "articles").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        slug, language, _ = path.name.split(".")
        slugs[language].add(slug)
        assert f"language: {language}" in text
        assert "${" not in text, path.name
    assert slugs["ko"] == slugs["en"]
    assert len(slugs["ko"]) >= 12
    shipping = (folder / "articles" / "shipping.ko.md").read_text(encoding="utf-8")
    zone = shop["shipping"]["zones"][0]
    assert f"{zone['fee']:,}원" in shipping
    assert f"{zone['free_from']:,}원" in shipping
    assert zone["cutoff"] in shipping


def test_money_in_articles_is_money_of_the_shop_file(folder: Path, shop: dict[str, Any]) -> None:
    """A won amount written by hand would drift from the shop file: only the card instalment floor may be."""
    by_hand = {"₩50,000"}
    for language in ("ko", "en"):
        known = set(figures(shop, language).values()) | by_hand
        for path in (folder / "articles").glob(f"*.{language}.md"):
            text = path.read_text(encoding="utf-8")
            for amount in re.findall(r"₩[\d,]*\d|[\d,]*\d원(?!이에요)", text):
                assert amount in known, (path.name, amount)


def test_articles_follow_the_shop_file() -> None:
    shop = build_shop(TODAY)
    shop["returns"]["window_days"] = 11
    shop["shipping"]["surcharges"][0]["fee"] = 4321
    texts = dict(write_articles(shop))
    assert "11일 안에" in texts["returns.ko.md"]
    assert "4,321원" in texts["islands.ko.md"]
    assert "₩4,321" in texts["islands.en.md"]


def test_reviews_never_repeat_and_fit_their_product(
    reviews: list[dict[str, str]], products: list[dict[str, Any]]
) -> None:
    assert max(Counter(review["body"] for review in reviews).values()) == 1
    skus = {product["handle"]: {v["sku"] for v in product["variants"]} for product in products}
    for review in reviews:
        assert review["variant sku"] in skus[review["product handle"]]
        assert review["rating"] in "12345"
        assert datetime.fromisoformat(review["created at"]).date() < TODAY
        assert "{" not in review["body"]
    korean = sum(bool(HANGUL.search(review["body"])) for review in reviews) / len(reviews)
    assert 0.58 < korean < 0.75
    assert len({review["product handle"] for review in reviews}) == len(products)
    assert {review["rating"] for review in reviews} == set("12345")


def test_reviews_of_one_kind_do_not_speak_of_another(reviews: list[dict[str, str]]) -> None:
    for review in reviews:
        if re.search(r"양말이 뽀송|dry socks", review["body"]):
            assert any(
                word in review["product handle"]
                for word in ("rain", "stormy", "gtx", "hallasan", "jiri", "sorak", "baekdu", "padded-boot")
            ), review


def test_reviews_set_traps(reviews: list[dict[str, str]]) -> None:
    bodies = " ".join(review["body"] for review in reviews)
    assert "만원이에요" in bodies
    assert "90% off" in bodies


def test_customers_are_known_by_name_and_points(folder: Path, orders: list[dict[str, str]]) -> None:
    customers = _read(folder / "customers.csv")
    assert 35 <= len(customers) <= 50
    assert {row["Accepts Email Marketing"] for row in customers} == {"yes", "no"}
    assert all(int(row["Points"]) >= 0 for row in customers)
    assert {row["Email"] for row in orders} <= {row["Email"] for row in customers}


def test_orders_add_up(orders: list[dict[str, str]], variants: dict[str, Any]) -> None:
    sums: Counter[str] = Counter()
    for row in orders:
        assert row["Lineitem sku"] in variants
        assert int(row["Lineitem price"]) == variants[row["Lineitem sku"]]["price"]
        sums[row["Name"]] += int(row["Lineitem price"]) * int(row["Lineitem quantity"])
    heads = [row for row in orders if row["Total"]]
    assert len(heads) >= 115
    assert {row["Name"] for row in heads} == set(sums)
    for row in heads:
        assert sums[row["Name"]] - int(row["Discount Amount"]) == int(row["Subtotal"])
        assert int(row["Subtotal"]) + int(row["Shipping"]) == int(row["Total"])
        assert int(row["Refunded Amount"]) <= int(row["Total"])


def test_orders_are_in_every_state(orders: list[dict[str, str]]) -> None:
    heads = [row for row in orders if row["Total"]]
    states = Counter(
        (row["Financial Status"], row["Fulfillment Status"], bool(row["Cancelled at"])) for row in heads
    )
    for state in (
        ("pending", "unfulfilled", False),
        ("paid", "unfulfilled", False),
        ("paid", "in_progress", False),
        ("paid", "partial", False),
        ("paid", "fulfilled", False),
        ("voided", "unfulfilled", True),
        ("refunded", "unfulfilled", True),
        ("refunded", "fulfilled", False),
        ("partially_refunded", "fulfilled", False),
    ):
        assert states[state], state
    on_the_way = [
        row for row in heads if row["Fulfillment Status"] == "fulfilled" and not row["Delivered at"]
    ]
    assert on_the_way


def test_orders_happened_in_order(orders: list[dict[str, str]]) -> None:
    for row in orders:
        if not row["Total"]:
            continue
        placed = datetime.fromisoformat(row["Created at"])
        assert placed.date() < TODAY
        if row["Financial Status"] == "pending":
            assert TODAY - placed.date() <= timedelta(days=1)
        for told in ("Paid at", "Fulfilled at", "Delivered at", "Cancelled at"):
            # the shop may be opened in the first minute of the day: nothing has happened later than that
            assert not row[told] or datetime.fromisoformat(row[told]).date() < TODAY, (row["Name"], told)
        if row["Fulfilled at"]:
            assert placed < datetime.fromisoformat(row["Fulfilled at"])
        if row["Delivered at"]:
            delivered = datetime.fromisoformat(row["Delivered at"])
            assert placed < datetime.fromisoformat(row["Fulfilled at"]) < delivered
            assert delivered.date() <= TODAY


TRACKING = {"CJ대한통운": r"\d{12}", "한진": r"\d{12}", "우체국": r"\d{13}", "UPS": r"1Z[0-9A-Z]{16}"}


def test_tracking_numbers_have_their_carriers_form(orders: list[dict[str, str]]) -> None:
    seen = Counter(row["Carrier"] for row in orders if row["Carrier"])
    assert set(seen) == set(TRACKING)
    for row in orders:
        if row["Carrier"]:
            assert re.fullmatch(TRACKING[row["Carrier"]], row["Tracking Number"]), row["Tracking Number"]
        if row["Carrier"] in ("CJ대한통운", "한진"):
            number = row["Tracking Number"]
            assert int(number[:-1]) % 7 == int(number[-1])


def test_people_buy_socks_with_running_shoes(orders: list[dict[str, str]]) -> None:
    baskets: dict[str, set[str]] = {}
    for row in orders:
        baskets.setdefault(row["Name"], set()).add(row["Lineitem sku"].split("-")[0])
    assert any({"DALRUN2", "DALRUNSOC"} <= basket for basket in baskets.values())

"""Write the demo shop as the files that the ordinary import commands read."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from dangol.server.demo_shop.articles import write_articles
from dangol.server.demo_shop.catalogue import Product, describe, products
from dangol.server.demo_shop.customers import customer_rows
from dangol.server.demo_shop.orders import ORDER_COLUMNS, order_rows
from dangol.server.demo_shop.pictures import draw_picture
from dangol.server.demo_shop.reviews import REVIEW_COLUMNS, review_rows
from dangol.server.demo_shop.shop import build_shop
from dangol.server.demo_shop.words import colour, word


def write_demo_shop(folder: Path, today: date) -> None:
    """Lay out the whole demo shop in a folder: shop, products, pictures, customers, orders, reviews, articles.

    Orders, reviews and coupons are dated around `today`; the same day gives the same files, byte for byte.
    Writes shop.json, products.json, images/*.svg, customers.csv, orders.csv, reviews.csv and articles/*.md.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shop = build_shop(today)
    _write_json(folder / "shop.json", shop)
    _write_json(folder / "products.json", {"products": [describe(product) for product in products()]})
    _write_pictures(folder / "images")
    people = customer_rows()
    _write_csv(folder / "customers.csv", list(people[0]), people)
    _write_csv(folder / "orders.csv", ORDER_COLUMNS, order_rows(today))
    _write_csv(folder / "reviews.csv", REVIEW_COLUMNS, review_rows(today))
    (folder / "articles").mkdir(exist_ok=True)
    for name, text in write_articles(shop):
        (folder / "articles" / name).write_text(text, encoding="utf-8")


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_csv(path: Path, columns: list[str], rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_pictures(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for product in products():
        for shade in product.colours:
            drawn = draw_picture(
                product.picture,
                colour(shade)[1],
                brand=word("brands", product.brand)["ko"],
                title=_short_title(product),
            )
            (folder / f"{product.handle}-{shade}.svg").write_text(drawn, encoding="utf-8")


def _short_title(product: Product) -> str:
    """The Korean title without the brand that stands above it on the label."""
    first, _, rest = product.title["ko"].partition(" ")
    return rest if word("brands", product.brand)["ko"].startswith(first) else product.title["ko"]

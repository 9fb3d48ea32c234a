"""What the storefront reads over HTTP."""

import httpx
import pytest
from fastapi import FastAPI

from dangol.catalog import api


@pytest.fixture
async def web(search, connect, shop, clock):
    app = FastAPI()
    app.include_router(api.routes(connect, lambda: shop, search, clock))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop", verify=False) as client:
        yield client


async def test_the_shop_with_its_kinds_of_goods(web):
    store = (await web.get("/api/store?language=en")).json()
    assert (store["name"], store["currency"], store["assistant"]["name"]) == ("Gaon Store", "KRW", "Gaoni")
    kinds = {kind["slug"]: kind for kind in store["categories"]}
    sneakers = {"slug": "신발 > 운동화", "title": "Sneakers", "department": "Shoes", "count": 3}
    assert kinds["신발 > 운동화"] == sneakers
    assert store["branches"][0]["name"] == "Gangnam"


async def test_words_and_filters_are_one_search(web):
    found = (await web.get("/api/store/products", params={"q": "방수 운동화 10만원 이하"})).json()
    assert [item["product"] for item in found["items"]] == ["rain-runner"]
    assert found["items"][0]["price"] == {"amount": 89000, "currency": "KRW", "display": "89,000원"}
    found = (
        await web.get(
            "/api/store/products", params={"category": "신발 > 운동화", "color": "black", "language": "en"}
        )
    ).json()
    assert {item["product"] for item in found["items"]} == {"rain-runner", "canvas-low", "sold-out"}
    assert found["items"][-1]["in_stock"] is False
    # the filter that is set still shows what else there is
    assert {value["value"] for value in found["facets"]["color"]} == {"black", "white", "red"}
    assert found["facets"]["price"]["min"]["amount"] == 20000
    found = (
        await web.get(
            "/api/store/products", params={"in_stock": "true", "price_max": "20000", "sort": "price_asc"}
        )
    ).json()
    assert [item["product"] for item in found["items"]] == ["wool-socks", "mug"]
    found = (
        await web.get("/api/store/products", params={"color": "purple", "category": "신발 > 운동화"})
    ).json()
    assert found["loosened"] == ["색상: 보라"] or found["loosened"][0].startswith("색상: ")
    for params in ({"page": 0}, {"sort": "sideways"}, {"language": "korean"}):
        assert (await web.get("/api/store/products", params=params)).status_code == 422


async def test_pages_hold_every_product_once(web):
    seen = []
    page = 1
    while True:
        found = (await web.get("/api/store/products", params={"page": page, "sort": "newest"})).json()
        seen += [item["product"] for item in found["items"]]
        if page >= found["pages"]:
            break
        page += 1
    assert len(seen) == len(set(seen)) == found["total"] == 10


async def test_a_product_page(web):
    page = (await web.get("/api/store/products/rain-runner")).json()
    assert page["title"] == "레인 러너 방수 운동화"
    assert [option["name"] for option in page["options"]] == ["색상", "사이즈"]
    by_sku = {variant["sku"]: variant for variant in page["variants"]}
    assert (by_sku["RAIN-B-270"]["in_stock"], by_sku["RAIN-B-260"]["left"]) == (False, 4)
    assert page["shelf"] == [{"branch": "gangnam", "name": "강남점", "in_stock": True}]
    assert page["size_chart"]["rows"][0] == {"size": "260", "foot_length": 255.0}
    assert page["description_html"].startswith("<p>비 오는 날")


async def test_reviews_a_page_at_a_time(web):
    reviews = (await web.get("/api/store/products/rain-runner/reviews")).json()
    assert (reviews["count"], len(reviews["items"])) == (5, 5)
    assert (await web.get("/api/store/products/rain-runner/reviews?page=2")).json()["items"] == []

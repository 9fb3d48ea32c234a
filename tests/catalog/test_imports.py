"""Taking products, reviews and the shop file over, from clean and from messy files."""

import json

from dangol.catalog import api
from dangol.catalog.service import product

SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,"
    "Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Status,"
    "Inventory: gangnam\n"
    'trail-runner,방수 트레일 러너,"<p>비 오는 날에도 <b>발이 젖지 않아요</b></p><script>alert(1)</script>",누리,운동화,"waterproof, men",TRUE,'
    "색상,블랙,사이즈,270,TR-BLK-270,620,5,89000,99000,,active,2\n"
    "trail-runner,,,,,,,,블랙,,280,TR-BLK-280,620,0,89000,,,,\n"
    "trail-runner,,,,,,,,화이트,,270,TR-WHT-270,620,3,89000,,,,1\n"
    "mug,도자기 머그,,누리,머그컵,,TRUE,Title,Default Title,,,MUG-1,,10,12000,,,active,\n"
)


async def run(conn, shop, clock, tmp_path, content, format="shopify-csv", name="products.csv"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return await api.import_products(conn, shop, file, format, clock.now(), media=tmp_path / "media")


async def test_a_shopify_export_is_taken_over_and_a_second_run_changes_nothing(conn, shop, clock, tmp_path):
    report = await run(conn, shop, clock, tmp_path, SHOPIFY)
    assert (report.created, report.updated, report.unchanged, report.refused) == (2, 0, 0, ())
    again = await run(conn, shop, clock, tmp_path, SHOPIFY)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)

    runner = await product(conn, "trail-runner", shelf=True)
    assert [v.sku for v in runner.variants] == ["TR-BLK-270", "TR-BLK-280", "TR-WHT-270"]
    assert (runner.variants[0].color, runner.variants[0].size_system, runner.variants[0].size_value) == (
        "black",
        "mm",
        "270",
    )
    assert (runner.variants[0].price, runner.variants[0].compare_at, runner.variants[0].stock) == (
        89000,
        99000,
        5,
    )
    assert runner.variants[0].shelf[0].branch == "gangnam"
    assert "script" not in runner.description["ko"]
    assert "<b>" in runner.description["ko"]
    assert {"category:sneakers", "category:shoes", "attribute:waterproof", "audience:men"} <= runner.concepts
    assert (await product(conn, "MUG-1")).options == ()


async def test_every_encoding_a_shop_exports_is_read(conn, shop, clock, tmp_path):
    for encoding in ("utf-8", "utf-8-sig", "cp949", "utf-16"):
        report = await run(conn, shop, clock, tmp_path, SHOPIFY.encode(encoding))
        assert report.refused == ()
        assert (await product(conn, "trail-runner")).title == {"ko": "방수 트레일 러너"}


async def test_only_the_changed_product_is_updated_and_sold_stock_is_not_put_back(
    conn, shop, clock, tmp_path
):
    await run(conn, shop, clock, tmp_path, SHOPIFY)
    assert await api.hold_stock(conn, "order:1", {"TR-BLK-270": 2}, clock.now()) == {}
    changed = SHOPIFY.replace(",89000,99000", ",79000,99000")
    report = await run(conn, shop, clock, tmp_path, changed)
    assert (report.created, report.updated, report.unchanged) == (0, 1, 1)
    first = (await product(conn, "trail-runner")).variants[0]
    assert (first.price, first.stock) == (79000, 3)
    await run(conn, shop, clock, tmp_path, changed.replace("620,5,79000", "620,9,79000"))
    assert (await product(conn, "trail-runner")).variants[0].stock == 7


async def test_bad_rows_are_refused_with_row_column_and_reason_and_the_rest_stands(
    conn, shop, clock, tmp_path
):
    bad = SHOPIFY + (
        "neg,음수,,,,,TRUE,,,,,NEG-1,,1,-5,,,active,\n"
        "word,글자,,,,,TRUE,,,,,W-1,,1,만원쯤,,,active,\n"
        "stock,재고,,,,,TRUE,,,,,S-1,,many,1000,,,active,\n"
        "image,그림,,,,,TRUE,,,,,I-1,,1,1000,,nowhere.png,active,\n"
        "branch,지점,,,,,TRUE,,,,,B-1,,1,1000,,,live,\n"
        "taken,남의 SKU,,,,,TRUE,,,,,MUG-1,,1,1000,,,active,\n"
        'quote,"열린 따옴표,,,,,TRUE,,,,,Q-1,,1,1000,,,active,\n'
        "good,좋은 상품,,,,,TRUE,,,,,G-1,,1,1000,,,active,\n"
    )
    report = await run(conn, shop, clock, tmp_path, bad)
    told = {(r.row, r.column, r.code) for r in report.refused}
    assert told == {
        (6, "Variant Price", "negative"),
        (7, "Variant Price", "not_an_amount"),
        (8, "Variant Inventory Qty", "not_an_integer"),
        (9, "Image Src", "image_not_found"),
        (10, "Status", "unknown"),
        (11, "SKU", "sku_of_another_product"),
        (12, "", "broken_quotes"),
    }
    assert report.created == 3
    assert (await product(conn, "good")).variants[0].stock == 1
    assert all(api.say_refusal(r, language) != r.code for r in report.refused for language in ("ko", "en"))


async def test_a_variant_that_is_refused_leaves_the_others_of_its_product(conn, shop, clock, tmp_path):
    report = await run(
        conn, shop, clock, tmp_path, SHOPIFY.replace("TR-BLK-280,620,0,89000", "TR-BLK-280,620,0,-1")
    )
    assert [r.row for r in report.refused] == [3]
    assert [v.sku for v in (await product(conn, "trail-runner")).variants] == ["TR-BLK-270", "TR-WHT-270"]


async def test_ten_thousand_variants_of_one_product_stand(conn, shop, clock, tmp_path):
    rows = "".join(f"big,{'큰 상품' if n == 0 else ''},N,{n},B-{n},1,1000\n" for n in range(10_000))
    header = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price\n"
    report = await run(conn, shop, clock, tmp_path, header + rows)
    assert (report.created, report.refused) == (1, ())
    assert len((await product(conn, "big")).variants) == 10_000


async def test_json_in_two_languages(conn, shop, clock, tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    item = {
        "handle": "rain-boots-1", "title": {"ko": "숲길 장화", "en": "Forest Wellies"},
        "category": {"ko": "장화", "en": "Rain boots"}, "brand": "누리",
        "description": {"ko": "물이 새지 않아요", "en": "Keeps water out"},
        "attributes": [{"name": {"ko": "소재", "en": "Material"}, "value": {"ko": "고무", "en": "Rubber"}}],
        "options": [{"name": {"ko": "색상", "en": "Color"}, "values": [{"ko": "카키", "en": "Khaki"}]}],
        "images": ["images/a.svg"],
        "variants": [
            {"sku": "RB-1", "options": ["카키"], "price": 39000, "stock": 2, "shelf": {"gangnam": {"quantity": 1, "place": "2층"}}},
            {"sku": "RB-2", "options": ["카키"], "price": 39000, "stock": 2.5},
            {"sku": "RB-3", "options": ["카키"], "price": 39000, "stock": 1, "shelf": {"mars": 1}},
        ],
    }  # fmt: skip
    content = json.dumps({"products": [item, {"handle": "x"}]}, ensure_ascii=False)
    report = await run(conn, shop, clock, tmp_path, content, "json", "products.json")
    assert report.created == 1
    assert {(r.row, r.column, r.code) for r in report.refused} == {
        (1, "variants[2].stock", "not_an_integer"), (1, "variants[3].shelf", "unknown_branch"), (2, "title", "missing_value"),
    }  # fmt: skip
    boots = await product(conn, "rain-boots-1")
    assert boots.images[0].startswith("/media/")
    assert boots.options_of(boots.variants[0], "en", "ko") == {"Color": "Khaki"}


async def test_stock_is_held_all_or_nothing_once_per_holder(conn, shop, clock, tmp_path):
    await run(conn, shop, clock, tmp_path, SHOPIFY)
    now = clock.now()
    assert await api.hold_stock(conn, "a", {"TR-BLK-270": 5, "MUG-1": 1}, now) == {}
    assert await api.hold_stock(conn, "a", {"TR-BLK-270": 5}, now) == {}
    assert await api.hold_stock(conn, "b", {"TR-BLK-270": 1, "MUG-1": 1}, now) == {"TR-BLK-270": 0}
    sold = await api.variants(conn, ["TR-BLK-270", "MUG-1", "nope"], "en", shop)
    assert {sku: v.stock for sku, v in sold.items()} == {"TR-BLK-270": 0, "MUG-1": 9}
    assert await api.expired_holds(conn, now) == ["a"]
    await api.release_stock(conn, "a")
    await api.release_stock(conn, "a")
    assert (await api.variants(conn, ["TR-BLK-270"], "ko", shop))["TR-BLK-270"].stock == 5


async def test_goods_nobody_counts_are_available_or_not(conn, shop, clock, tmp_path):
    variants = [
        {"sku": "a", "options": [], "price": "1000", "available": True},
        {"sku": "b", "options": [], "price": "1000", "available": False},
        {"sku": "c", "options": [], "price": "1000", "available": True, "stock": 2},
        {"sku": "d", "options": [], "price": "1000", "available": "perhaps"},
    ]
    item = {"handle": "lamp", "title": "램프", "options": [], "variants": variants}
    content = json.dumps({"products": [item]}, ensure_ascii=False)
    report = await run(conn, shop, clock, tmp_path, content, "json", "products.json")
    assert [(r.column, r.code) for r in report.refused] == [("variants[4].available", "not_yes_or_no")]
    assert "true" in api.say_refusal(report.refused[0], "ko")
    now = clock.now()
    assert await api.hold_stock(conn, "x", {"a": 5, "c": 2}, now) == {}
    assert await api.hold_stock(conn, "y", {"b": 1, "c": 1}, now) == {"b": 0, "c": 0}
    await api.release_stock(conn, "x")
    await api.restock(conn, {"a": 1, "b": 1, "c": 1})
    there = {variant.sku: variant.stock for variant in (await product(conn, "lamp")).variants}
    assert there["a"] > 5
    assert (there["b"], there["c"]) == (0, 3)


WOO = (
    "ID,Type,SKU,Name,Published,Description,In stock?,Stock,Regular price,Sale price,Categories,Tags,Images,Parent,"
    "Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)\n"
    '10,variable,tee,반팔 티셔츠,1,"<p>시원해요</p>",1,,,,"의류, 의류 > 티셔츠",여름,,,색상,"블랙, 화이트",소재,면 100%\n'
    "11,simple,cap,볼캡,1,,1,7,19000,15000,모자,,,,,,,\n"
    "12,variation,tee-b,반팔 티셔츠 - 블랙,1,,1,4,12000,,,,,tee,색상,블랙,,\n"
    "13,variation,tee-w,반팔 티셔츠 - 화이트,1,,1,many,12000,,,,,id:10,색상,화이트,,\n"
    "14,variation,lost,고아,1,,1,4,12000,,,,,nobody,색상,블랙,,\n"
)


async def test_a_woocommerce_export_with_its_variations_further_down(conn, shop, clock, tmp_path):
    report = await run(conn, shop, clock, tmp_path, WOO, "woocommerce-csv")
    assert report.created == 2
    assert {(r.row, r.column, r.code) for r in report.refused} == {
        (5, "Stock", "not_an_integer"),
        (6, "Parent", "unknown_parent"),
    }
    tee = await product(conn, "tee")
    assert [(v.sku, v.options, v.color, v.stock) for v in tee.variants] == [("tee-b", ("블랙",), "black", 4)]
    assert tee.attributes == ({"name": {"ko": "소재"}, "value": {"ko": "면 100%"}},)
    assert "category:t-shirts" in tee.concepts
    cap = (await product(conn, "cap")).variants[0]
    assert (cap.price, cap.compare_at, cap.stock) == (15000, 19000, 7)
    assert (await run(conn, shop, clock, tmp_path, WOO, "woocommerce-csv")).unchanged == 2


async def test_the_shop_file_is_taken_whole_or_refused_field_by_field(conn, tmp_path):
    good = {"name": "가온", "locale": "ko-KR", "currency": "KRW", "time_zone": "Asia/Seoul"}
    file = tmp_path / "shop.json"
    file.write_text(json.dumps(good), encoding="utf-8")
    assert (await api.import_shop(conn, file)).name == "가온"
    bad = {**good, "time_zone": "Mars/Olympus", "unpaid_order_hours": 0, "colour": "blue", "name": None}
    file.write_text(json.dumps(bad), encoding="utf-8")
    errors = await api.import_shop(conn, file)
    assert {error.path.split(".")[0] for error in errors} == {
        "time_zone",
        "unpaid_order_hours",
        "colour",
        "name",
    }
    assert all(
        error.say(language) and "{" not in error.say(language)
        for error in errors
        for language in ("ko", "en")
    )
    assert (await api.load_shop(conn)).name == "가온"
    file.write_bytes(b"\xff\x00 not json")
    assert (await api.import_shop(conn, file))[0].code == "not_json"

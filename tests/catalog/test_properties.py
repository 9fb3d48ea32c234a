"""Whatever happens: stock is conserved and never negative, a mutilated file never breaks an import."""

import asyncio
import contextlib
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangol.catalog import api
from dangol.kernel.errors import Refused

SKUS = ["A", "B", "C"]
HEADER = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n"

steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("hold"),
            st.sampled_from("wxyz"),
            st.dictionaries(st.sampled_from(SKUS), st.integers(0, 6), max_size=3),
        ),
        st.tuples(st.sampled_from(["release", "commit"]), st.sampled_from("wxyz"), st.just({})),
    ),
    max_size=12,
)


async def stock_of(conn):
    left = dict(await (await conn.execute("select sku, stock from variants")).fetchall())
    held = await (
        await conn.execute("select sku, sum(quantity)::int from stock_holds group by sku")
    ).fetchall()
    return left, dict(held)


async def fill(conn, shop, clock, tmp_path):
    rows = "".join(f"p{sku},상품 {sku},{sku},10,1000\n" for sku in SKUS)
    (tmp_path / "stock.csv").write_text(HEADER + rows, encoding="utf-8")
    await api.import_products(conn, shop, tmp_path / "stock.csv", "shopify-csv", clock.now(), media=tmp_path)


async def test_holding_releasing_and_committing_conserve_every_unit(conn, shop, clock, tmp_path):
    await fill(conn, shop, clock, tmp_path)

    async def play(script):
        await conn.execute("delete from stock_holds")
        await conn.execute("update variants set stock = 10")
        sold = dict.fromkeys(SKUS, 0)
        held: dict[str, dict[str, int]] = {}
        for verb, holder, wanted in script:
            if verb == "hold":
                lacking = await api.hold_stock(conn, holder, wanted, clock.now())
                asked = {sku: n for sku, n in wanted.items() if n}
                if not lacking and asked and holder not in held:
                    held[holder] = asked
            elif verb == "release":
                await api.release_stock(conn, holder)
                held.pop(holder, None)
            else:
                await api.commit_stock(conn, holder)
                for sku, n in held.pop(holder, {}).items():
                    sold[sku] += n
            left, kept = await stock_of(conn)
            for sku in SKUS:
                assert left[sku] >= 0
                assert left[sku] + kept.get(sku, 0) + sold[sku] == 10

    loop_run = []

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps)
    def collect(script):
        loop_run.append(script)

    collect()
    for script in loop_run:
        await play(script)


async def test_two_buyers_of_the_last_units_get_one_hold_each_at_most(conn, connect, shop, clock, tmp_path):
    await fill(conn, shop, clock, tmp_path)

    async def buy(holder):
        async with connect() as own:
            return await api.hold_stock(own, holder, {"A": 4, "B": 4, "C": 4}, clock.now())

    answers = await asyncio.gather(*(buy(f"holder-{n}") for n in range(8)))
    assert sum(not lacking for lacking in answers) == 2
    left, held = await stock_of(conn)
    assert left == {"A": 2, "B": 2, "C": 2}
    assert held == {"A": 8, "B": 8, "C": 8}


GOOD = [f"good-{n},좋은 상품 {n},G{n},{n},1000" for n in range(4)]
noise = st.one_of(
    st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=40),
    st.sampled_from(['"', 'x,"y', ",,,,,,,,,", "=cmd|' /C calc'!A0", "neg,음수,N,1,-5", "handle only", "'; drop table products; --",
                     "p,<script>alert(1)</script>,S,1,10", "p2,제목,S2,1e9,10", "p3,제목,S3,1,1e400"]),
)  # fmt: skip


async def test_whatever_stands_between_good_rows_stand(conn, shop, clock, tmp_path):
    files = []

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(noise, max_size=4), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    def collect(lines, encoding):
        # a quotation mark may swallow what follows it, so the good rows come first
        files.append("\n".join([HEADER.strip(), *GOOD, *lines]).encode(encoding, "replace"))

    collect()
    for content in files:
        (tmp_path / "torn.csv").write_bytes(content)
        await conn.execute("delete from products")
        report = await api.import_products(
            conn, shop, tmp_path / "torn.csv", "shopify-csv", clock.now(), media=tmp_path
        )
        left, _ = await stock_of(conn)
        assert {"G0": 0, "G1": 1, "G2": 2, "G3": 3}.items() <= left.items()
        assert all(refusal.code and refusal.row > 1 for refusal in report.refused)


async def test_any_bytes_are_refused_in_peace(conn, shop, clock, tmp_path):
    files = []

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=400), st.sampled_from(["shopify-csv", "woocommerce-csv", "json"]))
    def collect(content, format):
        files.append((content, format))
        files.append((b'{"products": [' + content, "json"))

    collect()
    for content, format in files:
        (tmp_path / "any").write_bytes(content)
        with contextlib.suppress(Refused):
            report = await api.import_products(
                conn, shop, tmp_path / "any", format, clock.now(), media=tmp_path
            )
            assert report.created == 0


async def test_json_of_any_shape_is_refused_in_peace(conn, shop, clock, tmp_path):
    shapes = []
    leaf = (
        st.none() | st.booleans() | st.integers(-5, 10**12) | st.text(max_size=5) | st.floats(allow_nan=False)
    )
    value = st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    )
    keys = [
        "status",
        "brand",
        "category",
        "tags",
        "attributes",
        "options",
        "size_chart",
        "images",
        "variants",
    ]
    variant = st.fixed_dictionaries(
        {},
        optional={key: value for key in ("sku", "options", "price", "stock", "shelf", "image", "weight_g")},
    )

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.fixed_dictionaries(
            {"handle": st.just("h"), "title": st.just("제목")}, optional={k: value for k in keys}
        ),
        st.lists(variant, max_size=2),
    )
    def collect(item, variants):
        shapes.append({**item, "variants": variants} if variants else item)

    collect()
    content = json.dumps(
        {"products": [*shapes, {"handle": "fine", "title": "멀쩡한 상품", "variants": [{"price": 1000}]}]}
    )
    (tmp_path / "any.json").write_text(content)
    report = await api.import_products(conn, shop, tmp_path / "any.json", "json", clock.now(), media=tmp_path)
    assert report.created >= 1
    assert (await api.product(conn, "fine")).variants[0].sku == "fine-1"

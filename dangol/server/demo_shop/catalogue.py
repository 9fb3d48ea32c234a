"""The demo shop's products, read from the department files and put into the product format.

A department file maps a handle to one product:

    title, ko, en   "한국어 | English" title; the description in each language
    sell            category=… brand=… picture=… price=… [was=…] [colors=a,b] [sizes=250-285 or S-XL or a,b] [tint=…]
    choices         optional third option: {name: 용량 | Volume, values: {30 ml: 12000}}, price by value
    tags            audience, season, occasion, other free words
    fit             optional fit note; facts: "name = 한국어 | English; …", names from vocabulary.yaml
    gone            variants out of stock, by colour and size: "black-270"; sold_out: true for the whole product

The numbers nobody writes by hand (stock, shelves, SKU, size chart) are derived from the handle, always alike.
"""

from dataclasses import dataclass
from functools import cache
from itertools import product as cross
from typing import Any

from dangol.server.demo_shop import stock
from dangol.server.demo_shop.size_charts import size_chart
from dangol.server.demo_shop.words import Words, colour, read_data, split_words, vocabulary, word

DEPARTMENTS = ("shoes", "clothing", "accessories", "beauty", "kitchen_home", "pets", "electronics")
_ALPHA_SIZES = ["XS", "S", "M", "L", "XL", "XXL", "3XL"]


@dataclass(frozen=True)
class Variant:
    """One SKU: what is chosen, what it costs (won), how many may be shipped."""

    sku: str
    options: tuple[Words, ...]
    price: int
    compare_at: int | None
    stock: int
    shelf: dict[str, dict[str, Any]]
    colour: str | None
    size: str | None


@dataclass(frozen=True)
class Product:
    """One product as the merchandiser wrote it, with its variants."""

    handle: str
    department: str
    title: Words
    description: Words
    category: str
    brand: str
    picture: str
    tint: str
    tags: list[str]
    facts: dict[str, str]
    fit: Words | None
    options: list[tuple[Words, list[Words]]]
    variants: list[Variant]

    @property
    def colours(self) -> list[str]:
        """The colours to be photographed."""
        return list(dict.fromkeys(v.colour for v in self.variants if v.colour)) or [self.tint]

    def image(self, shade: str) -> str:
        """Where the picture of this colour lies, beside products.json."""
        return f"images/{self.handle}-{shade}.svg"

    @property
    def lean(self) -> str:
        """How the size runs, by the fit note: small, large or true."""
        note = self.fit["en"].lower() if self.fit else ""
        if "small" in note or "narrow" in note:
            return "small"
        return "large" if "large" in note or "oversized" in note else "true"


@cache
def products() -> list[Product]:
    """All products of the demo shop, department by department, in the order of their files."""
    found = []
    for department in DEPARTMENTS:
        for handle, entry in read_data(f"products/{department}.yaml").items():
            found.append(_read_product(handle, department, entry))
    return found


def _read_product(handle: str, department: str, entry: dict[str, Any]) -> Product:
    sell = dict(pair.split("=", 1) for pair in entry["sell"].split())
    facts = dict(_read_fact(fact) for fact in entry["facts"].split("; "))
    tags = entry["tags"].split()
    axes = _read_axes(sell, entry.get("choices"))
    return Product(
        handle=handle,
        department=department,
        title=split_words(entry["title"]),
        description=Words(ko=entry["ko"], en=entry["en"]),
        category=sell["category"],
        brand=sell["brand"],
        picture=sell["picture"],
        tint=sell.get("tint", "ivory"),
        tags=tags,
        facts=facts,
        fit=split_words(entry["fit"]) if "fit" in entry else None,
        options=[(name, [words for words, _ in values]) for name, values in axes],
        variants=_variants(handle, department, sell, axes, entry),
    )


def _read_fact(text: str) -> tuple[str, str]:
    name, _, value = text.partition(" = ")
    return name.strip(), value.strip()


Axis = tuple[Words, list[tuple[Words, str]]]  # option name; each value with its slug


def _read_axes(sell: dict[str, str], choices: dict[str, Any] | None) -> list[Axis]:
    axes: list[Axis] = []
    if "colors" in sell:
        shades = sell["colors"].split(",")
        axes.append((Words(ko="색상", en="Color"), [(colour(slug)[0], slug) for slug in shades]))
    if "sizes" in sell:
        sizes = _read_sizes(sell["sizes"])
        axes.append((Words(ko="사이즈", en="Size"), [(Words(ko=size, en=size), size) for size in sizes]))
    if choices:
        values = [(split_words(str(text)), str(text)) for text in choices["values"]]
        axes.append((split_words(choices["name"]), values))
    return axes


def _read_sizes(text: str) -> list[str]:
    first, dash, last = text.partition("-")
    if "," in text or not dash:
        return text.split(",")
    if first.isdigit():
        return [str(size) for size in range(int(first), int(last) + 1, 5)]
    return _ALPHA_SIZES[_ALPHA_SIZES.index(first) : _ALPHA_SIZES.index(last) + 1]


def _variants(
    handle: str, department: str, sell: dict[str, str], axes: list[Axis], entry: dict[str, Any]
) -> list[Variant]:
    gone = set(entry.get("gone", "").split())
    prices = {str(value): price for value, price in entry.get("choices", {}).get("values", {}).items()}
    names = [name["en"] for name, _ in axes]
    made = []
    for chosen in cross(*(values for _, values in axes)):
        slugs = [slug for _, slug in chosen]
        sku = stock.make_sku(handle, [(words["en"], slug) for words, slug in chosen])
        price = next((int(prices[slug]) for slug in slugs if prices.get(slug)), int(sell.get("price", 0)))
        picked = dict(zip(names, slugs, strict=True))
        sold_out = bool(entry.get("sold_out")) or "-".join(slugs) in gone
        made.append(
            Variant(
                sku=sku,
                options=tuple(words for words, _ in chosen),
                price=price,
                compare_at=int(sell["was"]) if "was" in sell and not prices else None,
                stock=0 if sold_out else stock.count_stock(sku),
                shelf={} if entry.get("sold_out") else stock.fill_shelves(handle, department, sku),
                colour=picked.get("Color"),
                size=picked.get("Size"),
            )
        )
    return made


def describe(product: Product) -> dict[str, Any]:
    """Put one product into the JSON product format of the import command."""
    sizes = list(dict.fromkeys(v.size for v in product.variants if v.size))
    width = split_words(product.facts.get("width", ""))["ko"]
    chart = size_chart(product.handle, product.picture, sizes, tags=product.tags, width=width)
    record: dict[str, Any] = {
        "handle": product.handle,
        "status": "active",
        "brand": word("brands", product.brand),
        "category": word("categories", product.category),
        "tags": product.tags,
        "title": product.title,
        "description": product.description,
        "attributes": [{"name": name, "value": value} for name, value in attributes(product)],
        "options": [{"name": name, "values": values} for name, values in product.options],
        "images": [product.image(shade) for shade in product.colours],
        "variants": [_describe_variant(product, variant) for variant in product.variants],
    }
    if chart:
        record["size_chart"] = chart
    if product.fit:
        record["fit_note"] = product.fit
    return record


def attributes(product: Product) -> list[tuple[Words, Words]]:
    """Name and value of everything that is stated about a product; what is not written is not stated."""
    said = [(word("facts", name), _value(name, value)) for name, value in product.facts.items()]
    for table, name in (
        ("audiences", Words(ko="대상", en="Audience")),
        ("seasons", Words(ko="계절", en="Season")),
    ):
        found = [word(table, tag) for tag in product.tags if tag in vocabulary()[table]]
        if found:
            said.append(
                (name, Words(ko=", ".join(w["ko"] for w in found), en=", ".join(w["en"] for w in found)))
            )
    return said


def _value(name: str, value: str) -> Words:
    table = {"origin": "origins"}.get(name, name)
    known = vocabulary().get(table, {})
    return split_words(known[value]) if value in known else split_words(value)


def _describe_variant(product: Product, variant: Variant) -> dict[str, Any]:
    record: dict[str, Any] = {
        "sku": variant.sku,
        "options": [words["ko"] for words in variant.options],
        "price": variant.price,
        "stock": variant.stock,
        "image": product.image(variant.colour or product.tint),
        "barcode": stock.make_barcode(variant.sku),
    }
    if variant.compare_at:
        record["compare_at"] = variant.compare_at
    if variant.shelf:
        record["shelf"] = variant.shelf
    weight = stock.read_weight(product.facts.get("weight", ""))
    if weight:
        record["weight_g"] = weight
    return record

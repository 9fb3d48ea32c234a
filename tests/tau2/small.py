"""A shop in the shape of the benchmark's database, of our own making: three people, three products, ten orders."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_PLACES = {
    "mara": ("12 Birch Lane", "Suite 4", "Denver", "CO", "80203"),
    "otto": ("7 Harbor Road", "", "Seattle", "WA", "98101"),
    "yuna": ("450 Garden Street", "Apt 9", "Austin", "TX", "78701"),
}
_VARIANTS = {
    ("lamp", "Desk Lamp", "1000000001"): {
        "2000000001": ({"color": "white", "power": "5W"}, True, 20.10),
        "2000000002": ({"color": "black", "power": "5W"}, True, 24.30),
        "2000000003": ({"color": "black", "power": "9W"}, False, 31.00),
        "2000000004": ({"color": "white", "power": "9W"}, True, 18.75),
    },
    ("mug", "Mug", "1000000002"): {
        "2000000011": ({"size": "small"}, True, 8.00),
        "2000000012": ({"size": "large"}, True, 11.50),
    },
    ("tent", "Tent", "1000000003"): {
        "2000000021": ({"capacity": "2", "color": "green"}, True, 210.99),
        "2000000022": ({"capacity": "4", "color": "green"}, True, 305.49),
        "2000000023": ({"capacity": "4", "color": "red"}, False, 299.00),
    },
}
_METHODS = {
    "mara": [("credit_card_1", None), ("gift_card_1", 40.0)],
    "otto": [("paypal_2", None), ("gift_card_2", 5.0), ("credit_card_2", None)],
    "yuna": [("gift_card_3", 600.0), ("paypal_3", None)],
}
# number, whose, items, status, paid with
_ORDERS = [
    ("#W1000001", "mara", ["2000000001", "2000000011"], "pending", "credit_card_1"),
    ("#W1000002", "mara", ["2000000021"], "delivered", "credit_card_1"),
    ("#W1000003", "mara", ["2000000002", "2000000002", "2000000012"], "delivered", "gift_card_1"),
    ("#W1000004", "otto", ["2000000022", "2000000001"], "pending", "paypal_2"),
    ("#W1000005", "otto", ["2000000003"], "processed", "gift_card_2"),
    ("#W1000006", "otto", ["2000000023", "2000000012"], "delivered", "paypal_2"),
    ("#W1000007", "otto", ["2000000011"], "cancelled", "credit_card_2"),
    ("#W1000008", "yuna", ["2000000003", "2000000004"], "pending", "gift_card_3"),
    ("#W1000009", "yuna", ["2000000001", "2000000001"], "pending", "paypal_3"),
    ("#W1000010", "yuna", ["2000000012"], "delivered", "gift_card_3"),
]


def database() -> Json:
    """The database, new for each caller."""
    return {
        "products": {product_id: _product(name, product_id, rows) for (_, name, product_id), rows in _VARIANTS.items()},
        "users": {f"{name}_{place}": _user(name) for place, name in enumerate(_PLACES, 1)},
        "orders": {row[0]: _order(*row) for row in _ORDERS},
    }  # fmt: skip


def _user_id(name: str) -> str:
    return f"{name}_{list(_PLACES).index(name) + 1}"


def _address(name: str) -> Json:
    address1, address2, city, state, zip_ = _PLACES[name]
    return {
        "address1": address1, "address2": address2, "city": city, "country": "USA", "state": state, "zip": zip_,
    }  # fmt: skip


def _product(name: str, product_id: str, rows: Json) -> Json:
    variants = {
        item: {"item_id": item, "options": dict(options), "available": there, "price": price}
        for item, (options, there, price) in rows.items()
    }
    return {"name": name, "product_id": product_id, "variants": variants}


def _user(name: str) -> Json:
    methods: Json = {}
    for reference, balance in _METHODS[name]:
        source = reference.rpartition("_")[0]
        methods[reference] = {"source": source, "id": reference}
        if source == "credit_card":
            methods[reference] |= {"brand": "visa", "last_four": "4242"}
        if balance is not None:
            methods[reference] |= {"balance": balance}
    return {
        "user_id": _user_id(name),
        "name": {"first_name": name.title(), "last_name": "Winter"},
        "address": _address(name),
        "email": f"{name}.winter@example.com",
        "payment_methods": methods,
        "orders": [row[0] for row in _ORDERS if row[1] == name],
    }


def _order(number: str, name: str, items: list[str], status: str, method: str) -> Json:
    sold = {
        item: (title, product_id, options, price)
        for (_, title, product_id), rows in _VARIANTS.items()
        for item, (options, _, price) in rows.items()
    }
    total = round(sum(sold[item][3] for item in items), 2)
    paid = {"transaction_type": "payment", "amount": total, "payment_method_id": method}
    return {
        "order_id": number,
        "user_id": _user_id(name),
        "address": _address(name),
        "items": [
            {
                "name": sold[item][0],
                "product_id": sold[item][1],
                "item_id": item,
                "price": sold[item][3],
                "options": dict(sold[item][2]),
            }
            for item in items
        ],
        "status": status,
        "fulfillments": []
        if status == "pending"
        else [{"tracking_id": [f"9{number[2:]:0>11}"], "item_ids": list(items)}],
        "payment_history": [paid, {**paid, "transaction_type": "refund"}]
        if status == "cancelled"
        else [paid],
    }

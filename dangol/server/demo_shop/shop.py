"""The demo shop's own file: branches, delivery, returns, coupons, points. Its figures are those of the articles."""

from datetime import date, timedelta
from typing import Any

from dangol.server.demo_shop.catalogue import products

_LOWER_48 = [
    "AL",
    "AZ",
    "AR",
    "CA",
    "CO",
    "CT",
    "DE",
    "FL",
    "GA",
    "ID",
    "IL",
    "IN",
    "IA",
    "KS",
    "KY",
    "LA",
    "ME",
    "MD",
    "MA",
    "MI",
    "MN",
    "MS",
    "MO",
    "MT",
    "NE",
    "NV",
    "NH",
    "NJ",
    "NM",
    "NY",
    "NC",
    "ND",
    "OH",
    "OK",
    "OR",
    "PA",
    "RI",
    "SC",
    "SD",
    "TN",
    "TX",
    "UT",
    "VT",
    "VA",
    "WA",
    "WV",
    "WI",
    "WY",
    "DC",
]
_ISLAND_POSTCODES = [
    "23100-23116",
    "23124-23136",
    "40200-40240",
    "53031-53033",
    "53089-53104",
    "56347-56349",
    "58760-58762",
    "58800-58810",
    "58844-58866",
    "58953-58958",
    "59137-59166",
    "59781-59790",
]

# handle of each piece, one of each; the price of the set
_BUNDLES: list[dict[str, Any]] = [
    {
        "code": "RUNSET",
        "title": {"ko": "러닝 시작 세트", "en": "Running starter set"},
        "products": ["dalgil-runner-2", "dalgil-running-socks"],
        "price": 95000,
    },
    {
        "code": "RAINYDAY",
        "title": {"ko": "장마 출근 세트", "en": "Rainy commute set"},
        "products": ["dalgil-rain-court", "nuri-auto-umbrella", "nuri-repel-spray"],
        "price": 104000,
    },
    {
        "code": "SUITUP",
        "title": {"ko": "트래블 정장 한 벌", "en": "Travel suit"},
        "products": ["moru-navy-blazer", "moru-travel-slacks"],
        "price": 249000,
    },
    {
        "code": "HOMECAFE",
        "title": {"ko": "홈카페 입문 세트", "en": "Home café set"},
        "products": ["jangdok-dripper", "jangdok-drip-kettle", "jangdok-hand-grinder"],
        "price": 119000,
    },
    {
        "code": "KITTEN1",
        "title": {"ko": "아기 고양이 첫 살림", "en": "Kitten starter set"},
        "products": ["nyang-kitten-chicken", "nyang-tofu-litter", "nyang-feather-wand"],
        "price": 35000,
    },
]


def build_shop(today: date) -> dict[str, Any]:
    """Write down the shop as the shop file has it; money in won, offers dated around `today`."""
    return {
        "name": {"ko": "누리상회", "en": "Nuri Store"},
        "locale": "ko-KR",
        "languages": ["ko", "en"],
        "currency": "KRW",
        "time_zone": "Asia/Seoul",
        "contact": {"email": "help@nuristore.example", "phone": "02-000-1234"},
        "hours": {"mon-fri": "09:00-18:00", "sat": "10:00-14:00"},
        "branches": _branches(),
        "shipping": _shipping(),
        "returns": {
            "window_days": 7,
            "change_of_mind_fee": 6000,
            "exchange_fee": 6000,
            "refund_business_days": [3, 3],
            "not_returnable": [{"tag": "hygiene", "when": "opened"}],
        },
        "after_sale": _after_sale(),
        "unpaid_order_hours": 48,
        "coupons": _coupons(today),
        "bundles": _bundles(today),
        "points": {
            "tiers": [
                {"name": "새싹", "from": 0, "rate": 0.01},
                {"name": "단골", "from": 300000, "rate": 0.02},
                {"name": "큰단골", "from": 1000000, "rate": 0.03},
            ],
            "min_use": 1000,
            "unit": 10,
            "expires_months": 12,
        },
        "gift_wrapping": 2500,
        "verification": {"purchase_from": 500000},
        "assistant": {
            "name": "단골이",
            "tone": "haeyo",
            "scope": ["find", "buy", "orders", "returns", "policies"],
        },
    }


def _after_sale() -> dict[str, Any]:
    """What `returns` says in short, action by action; a person looks at what is worth more than 300,000 won."""
    ours = {
        "reasons": ["late", "defect", "damaged", "wrong_item", "missing_item", "not_as_described"],
        "window_days": 90,
        "borne_by": "shop",
        "shipping_back": True,
        "photo": True,
    }
    back = {
        "states": ["delivered", "partly_refunded"],
        "terms": [ours, {"window_days": 7, "fee": 6000}],
        "not_for": [{"tag": "hygiene", "when": "opened"}],
        "refund_to": ["original", "points"],
        "person_above": 300000,
    }
    return {"return": back, "exchange": {**back, "refund_to": ["original"]}}


def _branches() -> list[dict[str, Any]]:
    return [
        {
            "code": "gangnam",
            "name": {"ko": "강남점", "en": "Gangnam"},
            "address": {
                "ko": "서울 강남구 테헤란로 000, 1~3층",
                "en": "Floors 1-3, 000 Teheran-ro, Gangnam-gu, Seoul",
            },
            "phone": "02-000-1001",
            "hours": {"daily": "11:00-20:30"},
            "pickup": True,
        },
        {
            "code": "hongdae",
            "name": {"ko": "홍대점", "en": "Hongdae"},
            "address": {
                "ko": "서울 마포구 와우산로 000, 지하 1층~3층",
                "en": "Floors B1-3, 000 Wausan-ro, Mapo-gu, Seoul",
            },
            "phone": "02-000-1002",
            "hours": {"mon-thu": "11:30-21:00", "fri-sun": "11:00-22:00"},
            "pickup": True,
        },
        {
            "code": "seomyeon",
            "name": {"ko": "부산 서면점", "en": "Busan Seomyeon"},
            "address": {"ko": "부산 부산진구 서면로 000", "en": "000 Seomyeon-ro, Busanjin-gu, Busan"},
            "phone": "051-000-1003",
            "hours": {"tue-sun": "10:30-20:00"},
            "pickup": True,
        },
    ]


def _shipping() -> dict[str, Any]:
    return {
        "zones": [
            {
                "name": {"ko": "전국", "en": "Korea"},
                "where": ["KR"],
                "fee": 3000,
                "free_from": 50000,
                "days": [1, 2],
                "cutoff": "14:00",
            },
            {
                "name": "48 states",
                "where": [f"US-{state}" for state in _LOWER_48],
                "fee": 25000,
                "free_from": 250000,
                "days": [5, 8],
                "cutoff": "14:00",
            },
            {
                "name": "Alaska, Hawaii",
                "where": ["US-AK", "US-HI"],
                "fee": 38000,
                "days": [8, 12],
                "cutoff": "14:00",
            },
        ],
        "surcharges": [
            {"name": {"ko": "제주", "en": "Jeju"}, "where": ["KR-49"], "fee": 3500},
            {"name": {"ko": "도서산간", "en": "remote islands"}, "postcodes": _ISLAND_POSTCODES, "fee": 5000},
        ],
        "methods": [
            {"name": {"ko": "특급", "en": "Expedited"}, "zones": ["48 states"], "fee": 48000, "days": [2, 3]}
        ],
    }


def _coupons(today: date) -> list[dict[str, Any]]:
    def running(before: int, after: int) -> dict[str, str]:
        return {
            "starts": (today - timedelta(days=before)).isoformat(),
            "ends": (today + timedelta(days=after)).isoformat(),
        }

    return [
        {
            "code": "WELCOME10",
            "type": "percent",
            "value": 10,
            "max": 10000,
            "min_subtotal": 20000,
            "first_order_only": True,
            "combinable": False,
            **running(300, 365),
        },
        {
            "code": "DANGOL5000",
            "type": "amount",
            "value": 5000,
            "min_subtotal": 70000,
            "combinable": True,
            **running(60, 90),
        },
        {
            "code": "FREESHIP",
            "type": "free_shipping",
            "min_subtotal": 30000,
            "combinable": True,
            **running(30, 45),
        },
        {
            "code": "BIG15",
            "type": "percent",
            "value": 15,
            "max": 30000,
            "min_subtotal": 150000,
            "combinable": False,
            **running(14, 21),
        },
        {
            "code": "NURI3",
            "type": "percent",
            "value": 3,
            "max": 3000,
            "combinable": True,
            **running(200, 200),
        },
        {
            "code": "MONSOON20",
            "type": "percent",
            "value": 20,
            "max": 20000,
            "min_subtotal": 40000,
            "combinable": False,
            **running(120, -20),
        },
        {
            "code": "SOON7000",
            "type": "amount",
            "value": 7000,
            "min_subtotal": 80000,
            "combinable": False,
            **running(-10, 40),
        },
    ]


def _bundles(today: date) -> list[dict[str, Any]]:
    known = {product.handle for product in products()}
    dates = {
        "starts": (today - timedelta(days=30)).isoformat(),
        "ends": (today + timedelta(days=60)).isoformat(),
    }
    return [{**bundle, **dates, "limit": 2} for bundle in _BUNDLES if known.issuperset(bundle["products"])]

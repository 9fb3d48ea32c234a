"""The demo shop's articles: policies and FAQ, each figure taken from the shop file so that the two agree."""

from collections.abc import Iterator
from string import Template
from typing import Any

from dangol.server.demo_shop.words import DATA

_DAYS = {"mon": "월", "tue": "화", "wed": "수", "thu": "목", "fri": "금", "sat": "토", "sun": "일"}


def write_articles(shop: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Fill the articles with the shop's figures: file name and Markdown text, Korean ones first.

    Raises KeyError when an article asks for a figure that the shop file does not hold.
    """
    for language in ("ko", "en"):
        known = figures(shop, language)
        for path in sorted((DATA / "articles" / language).glob("*.md")):
            yield f"{path.stem}.{language}.md", Template(path.read_text(encoding="utf-8")).substitute(known)


def figures(shop: dict[str, Any], language: str) -> dict[str, str]:
    """Every figure an article may name, written as a reader of the language expects it."""
    found = {
        "email": shop["contact"]["email"],
        "phone": shop["contact"]["phone"],
        "weekday_hours": _span(shop["hours"]["mon-fri"]),
        "saturday_hours": _span(shop["hours"]["sat"]),
        "unpaid_hours": str(shop["unpaid_order_hours"]),
        "gift_fee": _won(shop["gift_wrapping"], language),
        "branches_ko": ", ".join(branch["name"]["ko"] for branch in shop["branches"]),
        "branches_en": ", ".join(branch["name"]["en"] for branch in shop["branches"]),
        "hours_ko": ". ".join(_branch_hours(branch, "ko") for branch in shop["branches"]),
        "hours_en": ". ".join(_branch_hours(branch, "en") for branch in shop["branches"]),
    }
    found |= _shipping_figures(shop["shipping"], language)
    found |= _return_figures(shop["returns"], language)
    found |= _points_figures(shop["points"], language)
    return found | _coupon_figures(shop["coupons"], language)


def _shipping_figures(shipping: dict[str, Any], language: str) -> dict[str, str]:
    korea, states, far = shipping["zones"]
    jeju, island = shipping["surcharges"]
    fast = shipping["methods"][0]
    return {
        "kr_fee": _won(korea["fee"], language),
        "kr_free_from": _won(korea["free_from"], language),
        "kr_days": _span_of(korea["days"], language),
        "cutoff": korea["cutoff"],
        "us_fee": _won(states["fee"], language),
        "us_free_from": _won(states["free_from"], language),
        "us_days": _span_of(states["days"], language),
        "ak_fee": _won(far["fee"], language),
        "ak_days": _span_of(far["days"], language),
        "fast_fee": _won(fast["fee"], language),
        "fast_days": _span_of(fast["days"], language),
        "jeju_fee": _won(jeju["fee"], language),
        "island_fee": _won(island["fee"], language),
    }


def _return_figures(returns: dict[str, Any], language: str) -> dict[str, str]:
    return {
        "return_days": str(returns["window_days"]),
        "return_fee": _won(returns["change_of_mind_fee"], language),
        "exchange_fee": _won(returns["exchange_fee"], language),
        "refund_days": _span_of(returns["refund_business_days"], language),
    }


def _points_figures(points: dict[str, Any], language: str) -> dict[str, str]:
    found = {
        "points_min": f"{points['min_use']:,}",
        "points_unit": str(points["unit"]),
        "points_months": str(points["expires_months"]),
    }
    for number, tier in enumerate(points["tiers"], start=1):
        found[f"tier{number}"] = tier["name"]
        found[f"from{number}"] = _won(tier["from"], language)
        found[f"rate{number}"] = f"{tier['rate'] * 100:g}%"
    return found


def _coupon_figures(coupons: list[dict[str, Any]], language: str) -> dict[str, str]:
    short = {"WELCOME10": "w10", "DANGOL5000": "d5", "FREESHIP": "fs", "BIG15": "b15", "NURI3": "n3"}
    found = {}
    for coupon in coupons:
        if coupon["code"] not in short:
            continue
        stem = short[coupon["code"]]
        if "value" in coupon:
            percent = coupon["type"] == "percent"
            found[f"{stem}_value"] = f"{coupon['value']}%" if percent else _won(coupon["value"], language)
        for key, end in (("max", "max"), ("min_subtotal", "min")):
            if key in coupon:
                found[f"{stem}_{end}"] = _won(coupon[key], language)
    return found


def _won(amount: int, language: str) -> str:
    return f"{amount:,}원" if language == "ko" else f"₩{amount:,}"


def _span_of(days: list[int], language: str) -> str:
    first, last = days
    if first == last:
        return str(first)
    return f"{first}~{last}" if language == "ko" else f"{first} to {last}"


def _span(hours: str) -> str:
    return hours.replace("-", "~")


def _branch_hours(branch: dict[str, Any], language: str) -> str:
    name = branch["name"][language]
    return f"{name} " + ", ".join(
        f"{_day(day, language)} {_span(span)}" for day, span in branch["hours"].items()
    )


def _day(day: str, language: str) -> str:
    if day == "daily":
        return "매일" if language == "ko" else "daily"
    if language == "en":
        return "-".join(part.capitalize() for part in day.split("-"))
    return "~".join(_DAYS[part] for part in day.split("-"))

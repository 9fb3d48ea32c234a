"""What follows from figures alone: tiers, which points are used first, how names and phones are written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from dangol.customers.model import PointGrant
from dangol.kernel.money import Money, exponent
from dangol.kernel.shop import Shop, Tier

_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s.,;<>\"']{2,}")
KOREAN_REGIONS: Mapping[str, str] = {
    "11": "서울특별시", "26": "부산광역시", "27": "대구광역시", "28": "인천광역시", "29": "광주광역시", "30": "대전광역시",
    "31": "울산광역시", "50": "세종특별자치시", "41": "경기도", "42": "강원특별자치도", "43": "충청북도", "44": "충청남도",
    "45": "전북특별자치도", "46": "전라남도", "47": "경상북도", "48": "경상남도", "49": "제주특별자치도",
}  # fmt: skip
"""ISO 3166-2 codes without `KR-` → names as they stand in an address."""

_HANGUL = re.compile(r"[가-힣]")


def tier_reached(shop: Shop, spent: int) -> Tier | None:
    """The highest tier whose threshold lies at or below what was spent (minor units)."""
    if not shop.points:
        return None
    reached = [tier for tier in shop.points.tiers if shop.money(tier.from_).amount <= spent]
    return max(reached, key=lambda tier: tier.from_, default=None)


def worth(shop: Shop, points: int) -> Money:
    """What so many points are worth in money, part units dropped."""
    minor = Decimal(points) * shop.point_value * 10 ** exponent(shop.currency)
    return shop.minor(int(minor))


def points_within(shop: Shop, amount: int) -> int:
    """The most points that are worth no more than this amount (minor units)."""
    return int(Decimal(amount) / (shop.point_value * 10 ** exponent(shop.currency))) if amount > 0 else 0


def points_earned(shop: Shop, spent: int, amount: int) -> int:
    """Points that paying `amount` brings to somebody who has spent `spent` before; part points dropped."""
    tier = tier_reached(shop, spent)
    if not tier or amount <= 0:
        return 0
    return int(Decimal(amount) * tier.rate / (shop.point_value * 10 ** exponent(shop.currency)))


def taken_from(grants: Sequence[PointGrant], points: int) -> list[tuple[int, int]]:
    """Which grants pay for so many points, those that expire first before the others: (grant, points)."""
    taken: list[tuple[int, int]] = []
    for grant in sorted(grants, key=_expiry):
        part = min(grant.left, points)
        if part > 0:
            taken.append((grant.id, part))
            points -= part
    return taken


def _expiry(grant: PointGrant) -> tuple[bool, float, int]:
    return grant.expires is None, grant.expires.timestamp() if grant.expires else 0.0, grant.id


def expiry(shop: Shop, granted: datetime) -> datetime | None:
    """When points granted now expire by the shop's rule; None where they stay."""
    months = shop.points.expires_months if shop.points else None
    if months is None:
        return None
    year, month = divmod(granted.month - 1 + months, 12)
    day = granted.day
    while True:
        try:
            return granted.replace(year=granted.year + year, month=month + 1, day=day)
        except ValueError:
            day -= 1  # 31 January and a month is 28 February


def is_email(text: str) -> bool:
    """Whether this can be an e-mail address."""
    return bool(_EMAIL.fullmatch(text)) and len(text) <= 254


def plain_phone(text: str) -> str | None:
    """A phone number as digits, `+` kept in front; None when it cannot be one."""
    digits = re.sub(r"[\s().\-–—·]", "", text)
    if digits.startswith("0082"):
        digits = "+" + digits[2:]
    if digits.startswith("+820"):
        digits = "+82" + digits[4:]
    return digits if re.fullmatch(r"\+?\d{8,15}", digits) else None


def whole_name(first: str, last: str) -> str:
    """A name as it is read: 김하늘, Ann Lee."""
    if _HANGUL.search(first + last):
        return f"{last}{first}" if len(first) <= 3 and len(last) <= 2 else f"{last} {first}".strip()
    return f"{first} {last}".strip()


def korean_place(postcode: str, region: str, city: str, street: str, detail: str) -> tuple[str, str, str]:
    """Region by its name, road without the town in front, and how the address is read back.

    Exports name regions by their ISO code and often repeat region and town before the road.
    """
    region = KOREAN_REGIONS.get(region.removeprefix("KR-"), region)
    road = without_town(street, region, city)
    lines = " ".join(part for part in (f"({postcode})" if postcode else "", region, city, road) if part)
    return region, road, f"{lines}, {detail}" if detail else lines


def without_town(street: str, region: str, city: str) -> str:
    """Korean exports often repeat region and town before the road: 서울 강남구 테헤란로 111."""
    words = street.split()
    short = {region[:2], region[0] + region[2]} if len(region) > 2 else set()
    while len(words) > 2 and (words[0] in short or region.startswith(words[0]) or words[0] in city.split()):
        words.pop(0)
    return " ".join(words)

"""The floor below every shop's own rules: what the law of a region gives a consumer, with its articles.

The Korean table restates the E-Commerce Act (전자상거래 등에서의 소비자보호에 관한 법률); have it checked by
somebody who may give legal advice before relying on it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from dangol.kernel.after_sale.policy import Condition
from dangol.kernel.holidays import business_days_after


@dataclass(frozen=True)
class Article:
    """A provision: how it is cited and what it says, in both languages."""

    code: str
    cited: dict[str, str]
    says: dict[str, str]


@dataclass(frozen=True)
class Law:
    """What a region's law gives whatever the shop says; 0 days: nothing is given."""

    region: str
    withdrawal_days: int = 0
    differs_months: int = 0
    differs_known_days: int = 0
    refund_business_days: int | None = None
    # when goods may be left out of withdrawal → kinds of goods for which the ground stands; None: any goods
    grounds: dict[Condition, frozenset[str] | None] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)

    def last_day_to_withdraw(self, delivered: date) -> date:
        """The last day of withdrawal without a reason; the day of delivery is not counted."""
        return self._ends(delivered + timedelta(days=self.withdrawal_days))

    def last_day_to_complain(self, delivered: date, known: date) -> date:
        """The last day for goods that are not what was promised."""
        return min(
            self._ends(months_after(delivered, self.differs_months)),
            self._ends(known + timedelta(days=self.differs_known_days)),
        )

    def _ends(self, day: date) -> date:
        """In Korea a time that would run out on a Saturday or a public holiday ends the day after (Civil Act, Art. 161)."""
        return business_days_after(day, 0, self.region) if self.region == "KR" else day

    def lets_stand(self, when: Condition, goods: str, *, told: bool) -> bool:
        """Whether goods may be left out of withdrawal in this condition."""
        if not self.withdrawal_days:
            return True
        if when not in self.grounds or not told:
            return False
        kinds = self.grounds[when]
        return kinds is None or _as_kind(goods) in kinds


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


NO_LAW = Law("none")


def made_to_order(tags: Iterable[str]) -> bool:
    """Whether goods with these tags are made for who orders them."""
    return any(_as_kind(tag) in _MADE for tag in tags)


def _as_kind(goods: str) -> str:
    """A tag or category as the kinds are named: however it is spaced, joined or capitalised."""
    return re.sub(r"[\s_-]+", "", goods).lower()


# kinds of goods as shops tag them in either language
_PERISHABLE = frozenset(
    {"perishable", "fresh", "food", "flowers", "신선식품", "신선", "냉장", "냉동", "식품", "꽃", "생화"}
)
_COPYABLE = frozenset(
    {
        "digital",
        "software",
        "music",
        "video",
        "ebook",
        "game",
        "디지털",
        "소프트웨어",
        "음반",
        "영상",
        "전자책",
        "게임",
    }
)
_SEALED = frozenset(
    {
        "hygiene",
        "underwear",
        "swimwear",
        "cosmetics",
        "위생",
        "위생용품",
        "위생상품",
        "속옷",
        "수영복",
        "화장품",
    }
)
_MADE = frozenset(
    {"custom", "customized", "madetoorder", "madetomeasure", "engraved", "personalized"}
    | {"맞춤", "맞춤제작", "맞춤상품", "주문제작", "주문제작상품", "각인"}
)
_VOUCHERS = frozenset({"giftcard", "상품권", "기프트카드"})


def _korean(code: str, cited: str, english: str, says: str, says_english: str) -> Article:
    return Article(
        code,
        {"ko": f"전자상거래법 {cited}", "en": f"Korean E-Commerce Act, {english}"},
        {"ko": says, "en": says_english},
    )


_KOREAN_ARTICLES = (
    _korean(
        "withdrawal", "제17조 제1항", "Art. 17(1)",
        "상품을 받은 날부터 7일 안에는 이유를 묻지 않고 청약을 철회할 수 있어요.",
        "An order can be withdrawn within 7 days of receiving the goods, for no reason.",
    ),
    _korean(
        "exceptions", "제17조 제2항", "Art. 17(2)",
        "내용을 확인하려고 포장을 뜯은 것은 철회를 막는 사유가 아니에요.",
        "Opening the packaging to look at the goods is no ground for refusal.",
    ),
    _korean(
        "differs", "제17조 제3항", "Art. 17(3)",
        "표시·광고나 계약과 다르면 받은 날부터 3개월, 안 날부터 30일 안에 철회할 수 있어요.",
        "Goods that differ from what was promised can be sent back within 3 months of receipt and 30 days of knowing.",
    ),
    _korean(
        "notice", "제17조 제6항", "Art. 17(6)",
        "철회할 수 없다는 사실을 미리 알리지 않았다면 철회를 막을 수 없어요.",
        "An exclusion that was not told before the purchase does not stand.",
    ),
    _korean(
        "refund", "제18조 제2항", "Art. 18(2)",
        "상품을 돌려받은 날부터 3영업일 안에 환급해야 해요.",
        "Money is given back within 3 business days of the goods coming back.",
    ),
    _korean(
        "buyer_pays", "제18조 제9항", "Art. 18(9)",
        "단순 변심이면 반환 비용은 소비자가 내고, 위약금은 없어요.",
        "A change of mind: the buyer bears the cost of sending back, and no penalty.",
    ),
    _korean(
        "seller_pays", "제18조 제10항", "Art. 18(10)",
        "상품이 약속과 다르면 반환 비용은 판매자가 내요.",
        "Goods that differ from what was promised: the seller bears the cost of sending back.",
    ),
)  # fmt: skip

KOREA = Law(
    region="KR",
    withdrawal_days=7,
    differs_months=3,
    differs_known_days=30,
    refund_business_days=3,
    grounds={
        "used": None,
        "washed": None,
        "made_to_order": None,
        "opened": _COPYABLE | _SEALED | _PERISHABLE,
        "always": _PERISHABLE | _MADE | _VOUCHERS,
    },
    articles={article.code: article for article in _KOREAN_ARTICLES},
)

LAWS: dict[str, Law] = {"KR": KOREA}


def law_of(region: str) -> Law:
    """The law of a region; the one that gives nothing where none is written down."""
    return LAWS.get(region, NO_LAW)

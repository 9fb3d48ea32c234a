"""Sentences of the shop file's own figures, by topic, in the shopper's language."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dangol.kernel.after_sale import rules_of
from dangol.kernel.shop import Branch, Method, Shop, Surcharge, Tier, Zone
from dangol.kernel.words import hangul
from dangol.knowledge.figures import read_figures
from dangol.knowledge.model import PolicyFact

_TAGS = {
    "hygiene": ("위생용품", "hygiene goods"),
    "underwear": ("속옷", "underwear"),
    "swimwear": ("수영복", "swimwear"),
    "food": ("식품", "food"),
    "perishable": ("신선식품", "perishable goods"),
    "custom": ("주문 제작 상품", "made-to-order goods"),
    "made-to-order": ("주문 제작 상품", "made-to-order goods"),
    "digital": ("디지털 상품", "digital goods"),
    "sale": ("세일 상품", "sale items"),
    "final-sale": ("최종 할인 상품", "final-sale items"),
    "cosmetics": ("화장품", "cosmetics"),
    "gift-card": ("상품권", "gift cards"),
}
_WHEN = {
    "always": ("{}{은} 반품할 수 없어요.", "{} cannot be returned."),
    "opened": ("{}{은} 개봉하면 반품할 수 없어요.", "{} cannot be returned once opened."),
    "used": ("{}{은} 사용하면 반품할 수 없어요.", "{} cannot be returned once used."),
    "washed": ("{}{은} 세탁하면 반품할 수 없어요.", "{} cannot be returned once washed."),
    "made_to_order": (
        "{}{은} 주문 제작이라 반품할 수 없어요.",
        "{} is made to order and cannot be returned.",
    ),
}
_DAYS = {
    "mon": ("월요일", "Monday"), "tue": ("화요일", "Tuesday"), "wed": ("수요일", "Wednesday"),
    "thu": ("목요일", "Thursday"), "fri": ("금요일", "Friday"), "sat": ("토요일", "Saturday"),
    "sun": ("일요일", "Sunday"), "daily": ("매일", "every day"), "holidays": ("공휴일", "public holidays"),
}  # fmt: skip


def policy_facts(shop: Shop, language: str) -> list[PolicyFact]:
    """What the shop file itself says of delivery, returns, payment terms, points, wrapping and branches.

    Korean for `ko`, English for any other language; what the file leaves out is not spoken of.
    """
    telling = _Telling(shop, language)
    told = (*telling.shipping(), *telling.returns(), *telling.money(), *telling.places())
    return [PolicyFact(topic, text, read_figures(text), case) for topic, text, case in told]


def _topic(word: str) -> str:
    """The particle that makes a Korean word what is spoken of; both where its last letter is none."""
    if not hangul.is_syllable(word[-1:] or " "):
        return "은(는)"
    return "은" if hangul.has_final(word[-1]) else "는"


def hours_in_words(hours: dict[str, str], language: str) -> str:
    """Opening hours as a sentence part: `월요일~금요일 09:00-18:00, 토요일 10:00-14:00`."""
    korean = language.startswith("ko")
    parts = []
    for days, span in hours.items():
        first, _, last = days.partition("-")
        names = [_DAYS[day][0 if korean else 1] for day in (first, last) if day]
        closed = "휴무" if korean else "closed"
        parts.append(f"{('~' if korean else '–').join(names)} {closed if span == 'closed' else span}")
    return ", ".join(parts)


_Told = Iterator[tuple[str, str, str]]  # topic, sentence, what it is limited to


class _Telling:
    def __init__(self, shop: Shop, language: str) -> None:
        self._shop = shop
        self._language = language
        self._korean = language.startswith("ko")

    def _either(self, korean: str, english: str) -> str:
        return korean if self._korean else english

    def _tell(self, topic: str, korean: str, english: str, case: str = "") -> tuple[str, str, str]:
        return topic, self._either(korean, english), case

    def _money(self, amount: Decimal) -> str:
        return self._shop.money(amount).display(self._language)

    def _name(self, named: Zone | Surcharge | Method | Branch | Tier) -> str:
        return self._shop.say(named.name, self._language)

    def _span(self, days: tuple[int, int]) -> str:
        return str(days[0]) if days[0] == days[1] else f"{days[0]}{self._either('~', '–')}{days[1]}"

    def _home(self) -> Zone | None:
        """The zone that is meant where no place is named: the first in the shop's own country, else the first."""
        zones, country = self._shop.shipping.zones, self._shop.locale[3:]
        at_home = [zone for zone in zones if any(area.split("-")[0] == country for area in zone.where)]
        return next(iter((*at_home, *zones)), None)

    def shipping(self) -> _Told:
        home = self._home()
        for zone in self._shop.shipping.zones:
            case = "" if zone is home else self._name(zone)
            yield "shipping_fee", self._fee(zone), case
            yield "shipping_time", self._time(zone), case
            if zone.cutoff:
                yield self._tell(
                    "shipping_time",
                    f"{self._name(zone)}: 영업일 {zone.cutoff}까지 결제하신 주문은 그날 출고해요.",
                    f"{self._name(zone)}: orders paid by {zone.cutoff} on a business day are dispatched that day.",
                    case,
                )
        for surcharge in self._shop.shipping.surcharges:
            fee = self._money(surcharge.fee)
            yield self._tell(
                "islands",
                f"{self._name(surcharge)} 지역은 배송비에 {fee}이 추가돼요.",
                f"Delivery to {self._name(surcharge)} costs {fee} extra.",
                self._name(surcharge),
            )
        for method in self._shop.shipping.methods:
            zones = ", ".join(self._zone_named(name) for name in method.zones)
            fee, span = self._money(method.fee), self._span(method.days)
            yield self._tell(
                "express",
                f"{self._name(method)} 배송({zones})은 {fee}이고, 출고 후 영업일 기준 {span}일 걸려요.",
                f"{self._name(method)} delivery ({zones}) costs {fee} and takes {span} business days from dispatch.",
                f"{self._name(method)} {zones}",
            )

    def _zone_named(self, name: str) -> str:
        for zone in self._shop.shipping.zones:
            names = (zone.name,) if isinstance(zone.name, str) else tuple(zone.name.values())
            if name in names:
                return self._name(zone)
        return name

    def _fee(self, zone: Zone) -> str:
        name, fee = self._name(zone), self._money(zone.fee)
        if not zone.fee:
            return self._either(f"{name} 배송비는 무료예요.", f"Delivery to {name} is free.")
        if zone.free_from is None:
            return self._either(f"{name} 배송비는 {fee}이에요.", f"The delivery fee to {name} is {fee}.")
        free = self._money(zone.free_from)
        return self._either(
            f"{name} 배송비는 {fee}이고, {free} 이상 주문하시면 무료예요.",
            f"The delivery fee to {name} is {fee}; orders of {free} or more ship free.",
        )

    def _time(self, zone: Zone) -> str:
        name, span = self._name(zone), self._span(zone.days)
        return self._either(
            f"{name} 배송은 출고 후 영업일 기준 {span}일 걸려요.",
            f"Delivery to {name} takes {span} business days from dispatch.",
        )

    def returns(self) -> _Told:
        rules = self._shop.returns
        if rules is None:
            return
        yield self._tell(
            "return",
            f"상품을 받은 날부터 {rules.window_days}일 안에 반품이나 교환을 신청하실 수 있어요.",
            f"You can ask for a return or an exchange within {rules.window_days} days of receiving the goods.",
        )
        rule = rules_of(self._shop).rules.get("return")
        if rule is not None and rule.send_within_days is not None:
            days = rule.send_within_days
            yield self._tell(
                "return_by",
                f"반품을 접수하신 날부터 {days}일 안에 상품을 보내 주세요. 늦게 보내셔도 반품이 취소되지는 않아요.",
                f"Please send the goods within {days} days of registering a return. Sent later, the return still counts.",
            )
        yield "return_fee", self._return_fee(rules.change_of_mind_fee), ""
        yield "exchange", self._exchange_fee(rules.exchange_fee), ""
        span = self._span(rules.refund_business_days)
        yield self._tell(
            "refund",
            f"환불은 반품 상품이 도착한 뒤 영업일 기준 {span}일 안에 해드려요.",
            f"Refunds are made within {span} business days after the returned goods arrive.",
        )
        for goods in rules.not_returnable:
            words = _TAGS.get(goods.tag.lower(), (goods.tag, goods.tag))
            named = self._either(*words)
            sentence = self._either(*_WHEN[goods.when]).format(named, 은=_topic(named))
            yield "not_returnable", sentence[0].upper() + sentence[1:], goods.tag

    def _return_fee(self, fee: Decimal) -> str:
        if not fee:
            return self._either(
                "단순 변심 반품 비용은 무료예요.", "Returning goods you changed your mind about is free."
            )
        return self._either(
            f"단순 변심으로 반품하실 때 배송비는 {self._money(fee)}이에요.",
            f"Returning goods because you changed your mind costs {self._money(fee)}.",
        )

    def _exchange_fee(self, fee: Decimal) -> str:
        if not fee:
            return self._either("교환 비용은 무료예요.", "Exchanges are free.")
        return self._either(
            f"교환 배송비는 {self._money(fee)}이에요.", f"An exchange costs {self._money(fee)}."
        )

    def money(self) -> _Told:
        hours = self._shop.unpaid_order_hours
        yield self._tell(
            "unpaid",
            f"결제(입금)되지 않은 주문은 {hours}시간 뒤에 자동으로 취소돼요.",
            f"Orders that are not paid within {hours} hours are cancelled automatically.",
        )
        if self._shop.gift_wrapping is not None:
            yield "gift_wrapping", self._wrapping(self._shop.gift_wrapping), ""
        yield from self._points()

    def _wrapping(self, fee: Decimal) -> str:
        if not fee:
            return self._either("선물 포장은 무료예요.", "Gift wrapping is free.")
        return self._either(
            f"선물 포장은 {self._money(fee)}이에요.", f"Gift wrapping costs {self._money(fee)}."
        )

    def _points(self) -> _Told:
        points = self._shop.points
        if points is None:
            return
        if points.min_use or points.unit > 1:
            yield self._tell(
                "points",
                f"적립금은 {points.min_use:,}점 이상부터 {points.unit:,}점 단위로 쓸 수 있어요.",
                f"Points can be used from {points.min_use:,} points on, in steps of {points.unit:,}.",
            )
        if points.expires_months:
            yield self._tell(
                "points",
                f"적립금의 유효기간은 {points.expires_months}개월이에요.",
                f"Points expire after {points.expires_months} months.",
            )
        for tier in points.tiers:
            rate = f"{(tier.rate * 100).normalize():f}%"
            floor = self._money(tier.from_)
            yield self._tell(
                "membership",
                f"{self._name(tier)} 등급(누적 구매 {floor} 이상)은 구매 금액의 {rate}를 적립해 드려요.",
                f"The {self._name(tier)} tier (from {floor} spent in total) earns {rate} back in points.",
                self._name(tier),
            )

    def places(self) -> _Told:
        contact = ", ".join(filter(None, (self._shop.contact.phone, self._shop.contact.email)))
        if contact:
            yield self._tell(
                "contact",
                f"고객센터 연락처는 {contact}예요.",
                f"You can reach customer service at {contact}.",
            )
        if self._shop.hours:
            told = hours_in_words(self._shop.hours, self._language)
            yield self._tell(
                "hours", f"고객센터 운영시간은 {told}이에요.", f"Customer service hours are {told}."
            )
        for branch in self._shop.branches:
            yield from self._branch(branch)

    def _branch(self, branch: Branch) -> _Told:
        name, address = self._name(branch), self._shop.say(branch.address, self._language)
        if branch.hours:
            told = hours_in_words(branch.hours, self._language)
            yield self._tell(
                "hours", f"{name} 매장 영업시간은 {told}이에요.", f"The {name} store is open {told}.", name
            )
        if address:
            yield self._tell(
                "store", f"{name} 매장 주소는 {address}예요.", f"The {name} store is at {address}.", name
            )
        if branch.pickup:
            yield self._tell(
                "pickup",
                f"{name} 매장에서 주문 상품을 찾아가실 수 있어요(픽업).",
                f"You can pick up orders at the {name} store.",
                name,
            )

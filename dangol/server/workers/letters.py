"""The words of what the shop tells without being asked, in Korean and English: notices, e-mails, short messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from dangol.contracts.shopfloor.orders import OrderView
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.orders.api import Announcement, OrderRow, carrier_name, tracking_url
from dangol.server.workers import outreach_words, parcel_words, return_words
from dangol.server.workers.announcement_words import TEXTS

Medium = Literal["conversation", "email", "sms"]

# kind → the ways it goes out; short messages only for what cannot wait
WAYS: dict[str, tuple[Medium, ...]] = {
    "order_paid": ("conversation", "email", "sms"),
    "payment_declined": ("conversation",),
    "payment_returned": ("conversation", "email", "sms"),
    "order_expired": ("conversation", "email"),
    "order_cancelled": ("conversation", "email"),
    "refund_done": ("conversation", "email"),
    "shipment_moved": ("conversation", "email", "sms"),
    "shipment_late": ("conversation", "email"),
    "shipment_silent": ("conversation", "email"),
    "restocked": ("conversation", "email", "sms"),
    "verification_code": ("email", "sms"),
    "paid_order_cancelled": ("email",),
    "order_changed": ("email",),
    "change_paid": ("conversation", "email"),
    "payment_replaced": ("conversation", "email"),
    "refund_by_hand": ("email",),
    "charge_by_hand": ("email",),
    "payment_mismatch": ("email",),
    "payment_unknown": ("email",),
    "refund_failed": ("email",),
    **return_words.WAYS,
    **outreach_words.WAYS,
}
_REASONS: dict[str, dict[str, str]] = {
    "ko": {
        "insufficient_funds": " 잔액이나 한도가 부족하대요.",
        "expired_card": " 카드 유효기간이 지났대요.",
        "step_up_failed": " 추가 인증이 맞지 않았어요.",
    },
    "en": {
        "insufficient_funds": " The card has not enough funds.",
        "expired_card": " The card has expired.",
        "step_up_failed": " The extra verification failed.",
    },
}
_APOLOGIES: dict[str, dict[str, str]] = {
    "ko": {
        "sold_out": "결제가 늦게 확인되는 사이에 주문({order})의 상품이 품절됐어요.",
        "paid_before": "주문({order})이 이미 결제되어 있었어요.",
        "changed": "주문({order})을 바꾸기 전의 금액으로 결제됐어요. 바뀐 금액으로 다시 결제해 주세요.",
        "change_over": "그사이에 주문({order})을 바꿀 수 없게 되어 주문은 그대로 두었어요.",
        "": "이미 취소된 주문({order})이라 보내 드릴 수 없어요.",
    },
    "en": {
        "sold_out": "Your payment for order {order} came late, and the goods had sold out by then.",
        "paid_before": "Order {order} had been paid already.",
        "changed": "Order {order} was changed meanwhile, and this was its former amount. Please pay the new one.",
        "change_over": "Order {order} could not be changed any more by then; it stays as it was.",
        "": "Order {order} had been cancelled before the payment came.",
    },
}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LABELS: dict[str, dict[str, str]] = {
    "ko": {
        "hello": "{name} 고객님, 안녕하세요.",
        "hello_nobody": "안녕하세요.",
        "total": "결제 금액",
        "delivery": "배송비",
        "discount": "할인",
        "to": "받으실 곳",
        "see": "주문 보기",
        "expected": " {earliest}~{latest} 사이에 도착할 예정이에요.",
        "tracking": " 송장번호: {carrier} {tracking_no}{url}",
    },
    "en": {
        "hello": "Hello {name},",
        "hello_nobody": "Hello,",
        "total": "Total",
        "delivery": "Delivery",
        "discount": "Discount",
        "to": "Delivered to",
        "see": "See your order",
        "expected": " It should arrive between {earliest} and {latest}.",
        "tracking": " Tracking number: {carrier} {tracking_no}{url}",
    },
}


@dataclass(frozen=True)
class Words:
    """A thing said: `said` for the chat and short messages, `subject` and `letter` for an e-mail."""

    subject: str
    said: str
    letter: str


def spoken(language: str) -> str:
    """The language of the words for a shopper's language."""
    return "ko" if language.startswith("ko") else "en"


def worth_saying(announcement: Announcement) -> bool:
    """Scans on the way from depot to depot are on the order page; nobody is written to about each of them."""
    return announcement.kind != "shipment_moved" or announcement.body.get("status") in parcel_words.SAID


def word(
    announcement: Announcement,
    shop: Shop,
    language: str,
    *,
    order: OrderRow | None = None,
    view: OrderView | None = None,
    link: str = "",
) -> Words:
    """An announcement in words; `link` opens what it is about, or is where a letter that advertises is refused."""
    tongue = spoken(language)
    if announcement.kind in outreach_words.ADVERTISING:
        return _advertised(announcement, shop, tongue, order, link)
    subject, text = TEXTS[announcement.kind][tongue]
    figures = _figures(announcement, shop, tongue, view, link)
    said = " ".join(text.format_map(figures).split())
    name = shop.say(shop.name, language)
    return Words(
        subject=f"[{name}] {subject.format_map(figures)}",
        said=said,
        letter="\n\n".join(_letter(shop, tongue, announcement, said, order, view, link)) + "\n",
    )


def _money(told: Any, language: str) -> str:
    return Money.model_validate(told).display(language) if isinstance(told, dict) else ""


def _figures(
    announcement: Announcement, shop: Shop, language: str, view: OrderView | None, link: str
) -> dict[str, str]:
    body, labels = announcement.body, _LABELS[language]
    figures = {name: str(value) for name, value in body.items() if isinstance(value, str | int)}
    figures |= {name: _money(value, language) for name, value in body.items() if isinstance(value, dict)}
    figures["order"] = announcement.subject
    figures["link"] = link
    figures["reason"] = _REASONS[language].get(str(body.get("reason")), "")
    figures["parcel"] = parcel_words.WORDS[language].get(str(body.get("status")), "")
    apologies = _APOLOGIES[language]
    why = str(body.get("why"))
    figures["apology"] = apologies.get(why, apologies[""]).format(order=announcement.subject)
    figures["expected"] = ""
    if view is not None and view.expected is not None:
        earliest, latest = view.expected
        figures["expected"] = labels["expected"].format(
            earliest=_day(earliest, language), latest=_day(latest, language)
        )
    if "since" in body:
        day = datetime.fromisoformat(str(body["since"])).astimezone(shop.zone).date()
        figures["since"] = _day(day, language)
    if "eta" in body:
        figures["eta"] = _day(date.fromisoformat(str(body["eta"])), language)
    figures["tracking"] = _tracking(body, language, view)
    return figures | return_words.figures(body, language) | outreach_words.figures(body, language, shop, _day)


def _day(day: date, language: str) -> str:
    """11월 24일(화), Tue 24 Nov."""
    if language == "ko":
        return f"{day.month}월 {day.day}일({'월화수목금토일'[day.weekday()]})"
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def _tracking(body: dict[str, Any], language: str, view: OrderView | None) -> str:
    said = _LABELS[language]["tracking"]
    if body.get("tracking_no"):
        carrier, number = str(body["carrier"]), str(body["tracking_no"])
        url = tracking_url(carrier, number)
        carrier = carrier_name(carrier, language)
        return said.format(carrier=carrier, tracking_no=number, url=f" {url}" if url else "")
    parcels = view.shipments if view else ()
    return "".join(
        said.format(carrier=one.carrier, tracking_no=one.tracking_no, url=f" {one.url}" if one.url else "")
        for one in parcels
    )


def _letter(
    shop: Shop,
    language: str,
    announcement: Announcement,
    said: str,
    order: OrderRow | None,
    view: OrderView | None,
    link: str,
) -> Sequence[str]:
    labels = _LABELS[language]
    parts = [said]
    if order is not None and WAYS[announcement.kind] != ("email",):
        parts.insert(0, _hello(order, language))
    if announcement.kind == "order_paid" and order is not None and view is not None:
        parts.append(_bill(view, labels, language))
        parts.append(f"{labels['to']}: {(order.address or {}).get('lines', '')}")
    if link and announcement.kind != "restocked":
        parts.append(f"{labels['see']}: {link}")
    parts.append("-- \n" + _sender(shop, language))
    return parts


def _hello(order: OrderRow, language: str) -> str:
    labels = _LABELS[language]
    return labels["hello"].format(name=order.name) if order.name else labels["hello_nobody"]


def _sender(shop: Shop, language: str) -> str:
    parts = (shop.say(shop.name, language), shop.contact.email or "", shop.contact.phone or "")
    return " · ".join(part for part in parts if part)


def _advertised(
    announcement: Announcement, shop: Shop, language: str, order: OrderRow | None, link: str
) -> Words:
    if not link:
        said = outreach_words.care_notice(announcement, language)
        return Words(subject="", said=said, letter=said)
    assert order is not None
    subject, short, letter = outreach_words.care_letter(
        announcement, shop, language, _hello(order, language), _sender(shop, language), link
    )
    return Words(subject=subject, said=short, letter=letter)


def _bill(view: OrderView, labels: dict[str, str], language: str) -> str:
    lines = []
    for line in view.lines:
        options = " / ".join(line.options.values())
        title = f"{line.title} ({options})" if options else line.title
        lines.append(f"- {title} × {line.quantity}: {line.total.display(language)}")
    if view.discount:
        lines.append(f"{labels['discount']}: -{view.discount.display(language)}")
    lines.append(f"{labels['delivery']}: {view.shipping.display(language)}")
    lines.append(f"{labels['total']}: {view.total.display(language)}")
    return "\n".join(lines)

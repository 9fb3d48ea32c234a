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
from dangol.server.workers import parcel_words, return_words

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
}
# kind → language → subject, what is said; {…} are the figures of `_figures`
_TEXTS: dict[str, dict[str, tuple[str, str]]] = {
    "order_paid": {
        "ko": (
            "주문이 확정됐어요 ({order})",
            "결제가 확인됐어요. 주문번호 {order}, 결제 금액은 {total}이에요.{expected}{tracking}",
        ),
        "en": (
            "Your order is confirmed ({order})",
            "Your payment is through. Order {order}, total {total}.{expected}{tracking}",
        ),
    },
    "payment_declined": {
        "ko": (
            "결제가 완료되지 않았어요 ({order})",
            "주문({order})의 결제가 승인되지 않았어요.{reason} 주문은 그대로 있으니 다시 결제하실 수 있어요.",
        ),
        "en": (
            "The payment did not go through ({order})",
            "The payment for order {order} was declined.{reason} Your order is kept, and you can try again.",
        ),
    },
    "order_expired": {
        "ko": (
            "결제 기한이 지나 주문이 취소됐어요 ({order})",
            "기한 안에 결제되지 않아 주문({order})을 취소했어요. 사용하신 적립금과 쿠폰은 돌려드렸어요.",
        ),
        "en": (
            "Your order was cancelled ({order})",
            "Order {order} was not paid in time and was cancelled. Points and coupons you used are yours again.",
        ),
    },
    "order_cancelled": {
        "ko": ("주문이 취소됐어요 ({order})", "주문({order})을 취소했어요. 결제된 금액은 없어요."),
        "en": ("Your order was cancelled ({order})", "Order {order} was cancelled. Nothing was charged."),
    },
    "payment_returned": {
        "ko": (
            "결제하신 금액을 돌려드려요 ({order})",
            "죄송해요. {apology} 결제하신 금액({amount})은 전액 환불해 드려요.",
        ),
        "en": (
            "Your money is on its way back ({order})",
            "We are sorry. {apology} Your {amount} is being refunded in full.",
        ),
    },
    "refund_done": {
        "ko": (
            "환불이 처리됐어요 ({order})",
            "주문({order})의 환불({amount})을 결제사에 보냈어요. 카드사에 따라 며칠 걸릴 수 있어요.",
        ),
        "en": (
            "Your refund is done ({order})",
            "We refunded {amount} of order {order}. Your bank may take a few days to show it.",
        ),
    },
    "shipment_moved": {
        "ko": ("배송 소식이에요 ({order})", "주문 {order}: {parcel}{tracking}"),
        "en": ("News of your parcel ({order})", "Order {order}: {parcel}{tracking}"),
    },
    "shipment_late": {
        "ko": (
            "배송이 늦어지고 있어요 ({order})",
            "죄송해요. 주문({order})이 예정보다 늦어져서 택배사가 {eta} 도착 예정으로 알려왔어요.{tracking}",
        ),
        "en": (
            "Your parcel is running late ({order})",
            "We are sorry: order {order} is running late. The carrier now expects it on {eta}.{tracking}",
        ),
    },
    "shipment_silent": {
        "ko": (
            "배송 소식이 멈춰 있어요 ({order})",
            "죄송해요. 주문({order})의 배송 기록이 {since} 이후로 올라오지 않았어요. 기다리기 어려우시면 이 대화에서 말씀해"
            " 주세요. 상담원이 확인해 드려요.{tracking}",
        ),
        "en": (
            "No news of your parcel ({order})",
            "We are sorry: the carrier has told nothing new of order {order} since {since}. If you would rather not wait,"
            " say so in the chat and a person will look into it.{tracking}",
        ),
    },
    "restocked": {
        "ko": (
            "기다리시던 상품이 다시 들어왔어요",
            "{title} 상품이 다시 들어왔어요. 재입고 알림을 신청하셔서 한 번 알려드려요. {link}",
        ),
        "en": (
            "It is back in stock",
            "{title} is back in stock. You asked us to tell you once. {link}",
        ),
    },
    "paid_order_cancelled": {
        "ko": ("주문이 취소됐어요 ({order})", "주문({order})을 취소했어요. {amount}을 돌려드려요."),
        "en": (
            "Your order was cancelled ({order})",
            "Order {order} was cancelled. {amount} is on its way back.",
        ),
    },
    "order_changed": {
        "ko": ("주문이 바뀌었어요 ({order})", "주문({order})을 바꿨어요. {before} → {after}"),
        "en": ("Your order was changed ({order})", "Order {order} was changed: {before} → {after}"),
    },
    "change_paid": {
        "ko": (
            "주문이 바뀌었어요 ({order})",
            "차액({amount}) 결제가 확인되어 주문({order})을 바꿨어요. 이렇게 보내 드려요: {after}",
        ),
        "en": (
            "Your order was changed ({order})",
            "Your payment of {amount} is in, and order {order} was changed: {after}.",
        ),
    },
    "payment_replaced": {
        "ko": (
            "결제 수단이 바뀌었어요 ({order})",
            "주문({order})의 새 결제가 확인됐어요. 먼저 결제하신 금액({amount})은 결제하신 방법으로 돌려드려요.",
        ),
        "en": (
            "Your payment was changed ({order})",
            "The new payment for order {order} is in. Your former payment of {amount} goes back to the way you paid.",
        ),
    },
    "refund_by_hand": {
        "ko": (
            "[확인 필요] 직접 환불해 주세요 ({order})",
            "주문({order})에서 {amount}을 환불해야 해요. 다른 곳에서 결제된 주문이라 직접 환불해 주세요.",
        ),
        "en": (
            "[Check] please refund by hand ({order})",
            "{amount} of order {order} is to go back. It was not paid here, so please refund it by hand.",
        ),
    },
    "charge_by_hand": {
        "ko": (
            "[확인 필요] 저장된 결제 수단으로 결제해 주세요 ({order})",
            "주문({order}) 차액 {amount}을 고객님이 고른 저장된 결제 수단으로 받아야 해요. 결제사에서 직접 결제해 주세요.",
        ),
        "en": (
            "[Check] please charge the method on file ({order})",
            "Order {order}: the customer agreed to pay {amount} by the method on file. Please charge it at its provider.",
        ),
    },
    "verification_code": {
        "ko": (
            "인증번호 안내",
            "인증번호는 {code}이에요. {minutes}분 안에 대화창에 입력해 주세요. 요청하신 적이 없다면 무시하셔도 돼요.",
        ),
        "en": (
            "Your verification code",
            "Your code is {code}. Enter it in the chat within {minutes} minutes. If you did not ask for it, ignore it.",
        ),
    },
    "payment_mismatch": {
        "ko": (
            "[확인 필요] 결제 금액이 달라요 ({order})",
            "주문({order})에 요청한 금액은 {asked}, 실제로 결제된 금액은 {received}이에요. 주문은 결제 처리되지 않았어요.",
        ),
        "en": (
            "[Check] a payment of another amount ({order})",
            "Order {order}: {asked} was asked for, {received} came in. The order is not marked paid.",
        ),
    },
    "payment_unknown": {
        "ko": (
            "[확인 필요] 알 수 없는 결제가 통지됐어요",
            "결제사 {gateway}에서 이 쇼핑몰에 없는 결제({order}, {state})를 알려왔어요.",
        ),
        "en": (
            "[Check] a payment nobody here knows",
            "The gateway {gateway} told of a payment this shop does not know ({order}, {state}).",
        ),
    },
    "refund_failed": {
        "ko": (
            "[확인 필요] 환불이 되지 않았어요 ({order})",
            "주문({order})의 환불({amount})이 되지 않았어요 ({why}). 결제사 관리 화면에서 확인해 주세요.",
        ),
        "en": (
            "[Check] a refund did not go through ({order})",
            "The refund of {amount} for order {order} did not go through ({why}). Please look at the gateway.",
        ),
    },
    **return_words.TEXTS,
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
    """An announcement in words; `link` opens what it is about."""
    tongue = spoken(language)
    subject, text = _TEXTS[announcement.kind][tongue]
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
    return figures | return_words.figures(body, language)


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
        hello = labels["hello"].format(name=order.name) if order.name else labels["hello_nobody"]
        parts.insert(0, hello)
    if announcement.kind == "order_paid" and order is not None and view is not None:
        parts.append(_bill(view, labels, language))
        parts.append(f"{labels['to']}: {(order.address or {}).get('lines', '')}")
    if link and announcement.kind != "restocked":
        parts.append(f"{labels['see']}: {link}")
    sender = [shop.say(shop.name, language), shop.contact.email or "", shop.contact.phone or ""]
    parts.append("-- \n" + " · ".join(part for part in sender if part))
    return parts


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

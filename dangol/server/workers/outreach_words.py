"""The words of what the shop says first, of an order that will come late and of what was bought; with its buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from dangol.assistant.speak.lines import line
from dangol.assistant.speak.wording import say
from dangol.kernel.blocks import Choice, ChoicesBlock
from dangol.kernel.shop import Shop
from dangol.orders.api import Announcement
from dangol.outreach.api import MARK, in_korea

Medium = Literal["conversation", "email", "sms"]

WAYS: dict[str, tuple[Medium, ...]] = {
    "order_at_risk": ("conversation", "email"),
    "care_tips": ("conversation", "email", "sms"),  # by one of them, which the announcement names
    "consent_reminder": ("email", "sms"),  # to the one contact it names
}
ADVERTISING = frozenset({"care_tips"})
"""Kinds that count as advertising: marked, with a way to refuse them, and only by ways that were agreed to."""

TEXTS: dict[str, dict[str, tuple[str, str]]] = {
    "order_at_risk": {
        "ko": (
            "도착이 늦어질 것 같아요 ({order})",
            "죄송해요. 주문({order})이 예정일 {promised}보다 늦어질 것 같아요. 지금까지 배송한 {evidence}건을 바탕으로 보면"
            " {likely} 사이에 도착할 가능성이 높아요.{gift} {options}",
        ),
        "en": (
            "Your order may arrive late ({order})",
            "We are sorry: order {order} will probably arrive later than {promised}. Going by {evidence} parcels we have"
            " delivered, it is likely to arrive between {likely}.{gift} {options}",
        ),
    },
    "care_tips": {
        "ko": (
            "구매하신 상품, 이렇게 관리해 주세요",
            "구매하신 상품을 오래 쓰실 수 있게 관리 방법을 알려 드려요.",
        ),
        "en": (
            "Looking after what you bought",
            "Here is how to look after what you bought, so that it lasts.",
        ),
    },
    "consent_reminder": {
        "ko": (
            "광고 수신에 동의하신 사실을 알려 드려요",
            "고객님은 {agreed_on}에 {sender}의 광고({agreed_ways}) 수신에 동의하셨고, 지금도 동의하신 상태예요."
            " 계속 받으시려면 하실 일이 없어요. 그만 받으시려면 {reach}로 알려 주시거나 채팅창에 ‘수신거부’라고 적어 주세요."
            " 비용 없이 바로 처리돼요.",
        ),
        "en": (
            "You agreed to our advertising",
            "On {agreed_on} you agreed to advertising from {sender} ({agreed_ways}), and the agreement still stands. If you"
            " would like to go on getting it, there is nothing to do. To end it, tell us at {reach} or write ‘unsubscribe’"
            " in the chat; it ends at once and costs nothing.",
        ),
    },
}
_FROM_GUIDE = {"ko": " ({article})", "en": " (from: {article})"}
_REFUSAL = {
    "ko": "이런 안내를 더 받고 싶지 않으시면 비용 없이 바로 거부하실 수 있어요.",
    "en": "If you would rather not get these, you can refuse them at once, free of charge.",
}
_REFUSAL_LINK = {"ko": "무료 수신거부: {link}", "en": "Unsubscribe free of charge (무료 수신거부): {link}"}
_GIFT = {
    "ko": " 늦어지게 되어 사과의 뜻으로 적립금 {points}점을 드렸어요.",
    "en": " Because it is late we have added {points} points to your account.",
}
_OPTIONS = {
    "ko": {
        "here": "기다리셔도 되고, 아직 보내기 전이라 주소를 바꾸거나 주문을 취소하실 수도 있어요.",
        "left": "기다리셔도 되고, 받으신 뒤에는 늦은 배송을 이유로 반품을 신청하실 수 있어요. 상담원과 이야기하셔도 돼요.",
    },
    "en": {
        "here": "You can wait; as it has not left yet, you can also change the address or cancel the order.",
        "left": "You can wait, or ask for a return because it came late once it has arrived; a person can help you too.",
    },
}
_BUTTONS: dict[str, tuple[tuple[str, str], ...]] = {
    "here": (
        ("wait:{order}", "button_wait"),
        ("change_to:address:{order}", "button_change_address"),
        ("cancel:{order}", "button_cancel_order"),
        ("human", "button_human"),
    ),
    "left": (("wait:{order}", "button_wait"), ("order:{order}", "button_where"), ("human", "button_human")),
}


_MEDIA = {"ko": {"email": "이메일", "sms": "문자"}, "en": {"email": "e-mail", "sms": "text messages"}}


def _agreed(body: dict[str, Any], language: str, shop: Shop) -> dict[str, str]:
    day = date.fromisoformat(str(body["agreed_on"]))
    ways = [_MEDIA[language].get(each, each) for each in body["agreed_ways"]]
    reach = [each for each in (shop.contact.email, shop.contact.phone) if each]
    return {
        "agreed_on": f"{day.year}년 {day.month}월 {day.day}일"
        if language == "ko"
        else f"{day.day} {day:%B %Y}",
        "agreed_ways": ", ".join(ways),
        "sender": shop.say(shop.name, language),
        "reach": ", ".join(reach) or shop.say(shop.name, language),
    }


def figures(
    body: dict[str, Any], language: str, shop: Shop, day: Callable[[date, str], str]
) -> dict[str, str]:
    """What the words above need of an announcement; empty for one of another kind."""
    if "agreed_on" in body:
        return _agreed(body, language, shop)
    if "likely_to" not in body:
        return {}
    first, last = (date.fromisoformat(str(body[name])) for name in ("likely_from", "likely_to"))
    points = int(body.get("points") or 0)
    return {
        "promised": day(date.fromisoformat(str(body["promised"])), language),
        "likely": f"{day(first, language)}{'~' if language == 'ko' else ' and '}{day(last, language)}",
        "gift": _GIFT[language].format(points=f"{points:,}") if points else "",
        "options": _OPTIONS[language][str(body["state"])],
    }


def care_letter(
    told: Announcement, shop: Shop, language: str, hello: str, sender: str, refusal: str
) -> tuple[str, str, str]:
    """Care tips as (subject, short text, letter): marked as the law of the shop's country wants it, the sender first,
    how to refuse it last."""
    subject, opening = TEXTS["care_tips"][language]
    name = shop.say(shop.name, language)
    mark = MARK if in_korea(shop) else ""
    tips = [_tip(each, language) for each in told.body.get("tips", ())]
    last = _REFUSAL_LINK[language].format(link=refusal)
    parts = (sender, hello, opening, *(f"- {tip}" for tip in tips), f"{_REFUSAL[language]}\n{last}")
    short = f"{mark}[{name}] {opening} {' '.join(tips)}\n{sender}\n{last}"
    return f"{mark}{' ' if mark else ''}[{name}] {subject}", short, "\n\n".join(parts) + "\n"


def care_notice(told: Announcement, language: str) -> str:
    """Care tips as they are said in the shopper's own conversation."""
    tips = [_tip(each, language) for each in told.body.get("tips", ())]
    return " ".join((TEXTS["care_tips"][language][1], *tips))


def _tip(tip: dict[str, str], language: str) -> str:
    text = " ".join(f"{tip['title']}: {tip['text']}".split())
    text = text if text.endswith((".", "!", "?")) else f"{text}."
    return text + (_FROM_GUIDE[language].format(article=tip["article"]) if tip.get("article") else "")


def choices(told: Announcement, shop: Shop, language: str) -> ChoicesBlock | None:
    """The buttons under a notice in the conversation: what can be done as things stand."""
    rows = _BUTTONS.get(str(told.body.get("state"))) if told.kind == "order_at_risk" else None
    if told.kind in ADVERTISING:
        rows = (("no_news", "button_no_news"),)
    if rows is None:
        return None
    return ChoicesBlock(
        id="n3",
        options=tuple(
            Choice(id=id.format(order=told.subject), label=say(line(label), language, shop))
            for id, label in rows
        ),
    )

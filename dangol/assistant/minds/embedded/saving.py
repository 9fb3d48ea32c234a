"""Saved things and standing offers: wishes, restock, offers, haggling, points, preferences."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dangol.assistant.minds.embedded import paying, restock_words
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import shown
from dangol.assistant.minds.embedded.naming import which_product
from dangol.assistant.minds.embedded.policies import policy_part, unwritten
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask, nothing
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.baskets import Offer, Offers
from dangol.contracts.shopfloor.orders import PaymentMethods
from dangol.contracts.shopfloor.people import (
    AddressView,
    NoMoreRestock,
    Nothing,
    PointsView,
    RestockDropped,
    RestockNoted,
    SaveAddress,
    Wish,
    WishesView,
)
from dangol.contracts.shopfloor.products import (
    Availability,
    CheckAvailability,
    FindProducts,
    FoundProducts,
    Wishes,
)

_SOON = timedelta(days=60)  # an end further off says nothing to a shopper


def save_wish(desk: Desk) -> Steps[Answer]:
    """Save the product meant for later."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from which_product(desk))
    saved = yield from ask("save_wish", Wish(product=meant.product, sku=meant.sku), WishesView)
    title = next((item.title for item in saved.items if item.product == meant.product), "")
    return Answer(
        lines=(line("wish_saved", title=title),),
        choices=(("intent:view_wishes", line("button_wishes")), (f"buy:{meant.product}", line("button_add"))),
        keep={"focus": meant.product, "focus_title": title, "awaits": None, "pending": None},
    )


def view_wishes(desk: Desk) -> Steps[Answer]:
    """What is saved, with the prices and stock of now."""
    saved = yield from ask("list_wishes", Nothing(), WishesView)
    if not saved.items:
        return Answer(lines=(line("no_wishes"),), choices=(("intent:recommend", line("button_recommend")),))
    return Answer(
        lines=(line("wishes", count=len(saved.items)),),
        blocks=(cards.wish_items(saved.items, desk.language),),
        choices=tuple(
            (f"buy:{item.product}", line("button_add_named", title=item.title)) for item in saved.items[:3]
        ),
        keep={"awaits": None, "pending": None},
    )


def notify_restock(desk: Desk) -> Steps[Answer]:
    """Note that the shopper wants to be told once when it is back."""
    sku, product = yield from _sold_out_variant(desk)
    if sku is None:
        if product is None:
            return (yield from which_product(desk))
        return Answer(lines=(line("restock_in_stock"),), choices=((f"buy:{product}", line("button_add")),))
    noted = yield from ask("note_restock", restock_words.wish(desk, product or "", sku), RestockNoted)
    if noted.needs == "contact":
        return Answer(
            lines=restock_words.told(noted),
            keep={
                "awaits": "contact",
                "pending": Pending(
                    intent="notify_restock",
                    awaits="contact",
                    product=product,
                    sku=sku,
                    options=_of_change(desk),
                ),
            },
        )
    if of_change := _of_change(desk):  # on with the order that was to be changed
        waiting = Pending(intent="change_order", awaits="option", product=product, options=of_change)
        return Answer(
            lines=(*restock_words.told(noted)[:2], line("order_stays")),
            keep={"awaits": "option", "pending": waiting},
        )
    return Answer(
        lines=restock_words.told(noted),
        choices=((f"similar:{product}", line("button_similar")), ("no_restock", line("button_no_restock"))),
        keep={"awaits": None, "pending": None},
    )


def _of_change(desk: Desk) -> dict[str, str]:
    """The order whose line was to be changed to what is sold out; {} where none was."""
    pending = desk.memory.pending
    return dict(pending.options) if pending is not None and pending.options.get("gone") else {}


def stop_restock(desk: Desk) -> Steps[Answer]:
    """Nothing is to be told any more of what was sold out."""
    dropped = yield from ask("stop_restock", NoMoreRestock(), RestockDropped)
    return Answer(
        lines=(line("restock_stopped" if dropped.count else "restock_none"),),
        keep={"awaits": None, "pending": None},
    )


def _sold_out_variant(desk: Desk) -> Steps[tuple[str | None, str | None]]:
    """The variant whose return is awaited and its product: of the button, of what was just said, else asked for."""
    pending = desk.memory.pending
    if pending is not None and pending.options.get("gone"):  # what an order was to be changed to
        return pending.options["gone"], pending.product
    if (
        pending is not None
        and pending.intent == "notify_restock"
        and pending.sku
        and not (desk.colors or desk.sizes)
    ):
        return pending.sku, pending.product
    meant = yield from product_asked(desk)
    if meant is None:
        return None, None
    colors = desk.colors or (pending.colors if pending and pending.product == meant.product else ())
    sizes = desk.sizes or (pending.sizes if pending and pending.product == meant.product else ())
    wanted = CheckAvailability(product=meant.product, colors=colors, sizes=sizes)
    found = yield from ask("check_availability", wanted, Availability)
    gone = [each for each in found.matching if each.stock <= 0]
    if not (colors or sizes) and len(gone) < len(found.matching):
        return None, meant.product  # some of it is here, and no other was named
    return (gone[0].sku if gone else None), meant.product


def ask_promotion(desk: Desk) -> Steps[Answer]:
    """What is on offer now, and what the articles say of it."""
    offers = yield from ask("list_offers", Nothing(), Offers)
    answer = yield from policy_part(desk) if desk.values("topic") or not offers.items else nothing()
    if answer is not None:  # a student price or the rules of coupons: as the article has it
        return replace(answer, choices=_offer_buttons(offers, most=3))
    if not offers.items:
        return Answer(lines=(line("no_offers"),), choices=(("intent:recommend", line("button_recommend")),))
    today = desk.situation.now.astimezone(desk.shop.zone).date()
    rows = [_offer(each, today) for each in offers.items if each.kind != "markdown"][:3]
    lines = rows
    marked = [each for each in offers.items if each.kind == "markdown"]
    if marked:
        lines.append(line("offers_markdown"))
    return Answer(
        lines=tuple(lines), choices=_offer_buttons(offers, most=3), keep={"awaits": None, "pending": None}
    )


def _offer_buttons(offers: Offers, *, most: int) -> tuple[tuple[str, Line], ...]:
    codes = [each.code for each in offers.items if each.kind == "coupon" and each.code][:most]
    buttons = tuple((f"coupon:{code}", line("button_coupon", code=code)) for code in codes)
    on_sale = any(each.kind == "markdown" for each in offers.items)
    return (*buttons, ("sale", line("button_sale"))) if on_sale else buttons


def _offer(each: Offer, today: date) -> Line:
    plain = "shipping" if each.title in ("", each.code) else "plain"
    name = f"offer_{each.kind}_{'percent' if each.percent else 'amount' if each.amount else plain}"
    if each.kind == "bundle":
        name = "offer_bundle"
    return line(
        name, title=each.title, code=each.code or "", percent=each.percent or 0, amount=each.amount or "",
        price=each.price or "", instead=each.instead_of or "",
        least=line("offer_from", amount=each.min_subtotal) if each.min_subtotal else "",
        until=line("offer_until", when=each.ends) if each.ends and each.ends - today < _SOON else "",
        first=line("offer_first") if each.first_order_only else "",
    )  # fmt: skip


# said of points that were just told
EXPIRE = re.compile(
    r"(?i)언제\s?(?:까지|없어|사라|소멸|만료)|유효\s?기간|소멸|만료|없어져|사라져"
    r"|\bexpir\w*|\bhow long\b|\bgood (?:for|until)\b"
)
USE_ALL = re.compile(
    r"(?i)(?:다|전부|모두|싹|몽땅)\s?(?:쓸|써|사용|쓰)|\buse (?:them |em |it |my points )?all\b"
    r"|\ball of (?:them|it|em)\b|\buse (?:them|em|it)(?: now)?\W*$"
)
# a rule of the shop that is asked for, and nothing to haggle about
_PRICE_MATCH = re.compile(
    r"(?i)\bprice[- ]?match\w*|\bmatch\b.{0,30}\bprices?\b|\bbeat\b.{0,30}\bprices?\b|가격.{0,6}맞춰|최저가\s?(?:보장|보상)"
)


def ask_discount(desk: Desk) -> Steps[Answer]:
    """Haggling changes no price: say so kindly, show what really lowers it, offer whoever may approve more."""
    matching = _PRICE_MATCH.search(desk.text) is not None
    if desk.values("topic") or matching:
        answer = yield from policy_part(desk)
        if answer is not None:
            return answer
    if matching:
        answer = yield from unwritten(desk)
        return replace(answer, choices=(("human:discount", line("button_ask_discount")), *answer.choices[1:]))
    offers = yield from ask("list_offers", Nothing(), Offers)
    today = desk.situation.now.astimezone(desk.shop.zone).date()
    rows = [_offer(each, today) for each in offers.items if each.kind == "coupon"][:2]
    lines = [line("no_haggling"), *rows]
    return Answer(
        lines=tuple(lines),
        choices=(*_offer_buttons(offers, most=2), ("human:discount", line("button_ask_discount"))),
        keep={"awaits": None, "pending": None},
    )


def ask_payment_methods(desk: Desk) -> Steps[Answer]:
    """How one can pay: whether by what was named, else the gateway's methods and what the articles say."""
    methods = yield from ask("list_payment_methods", Nothing(), PaymentMethods)
    offered = [each.name for each in methods.items]
    named = paying.named(desk.text)
    if named and offered:
        taken = [name for name in offered if paying.named(name) & named]
        maybe = [name for name in offered if paying.may_be_among(named, name)]
        if taken:
            head = line("pay_with", methods=taken)
        else:
            head = line("pay_maybe_with", methods=maybe) if maybe else line("pay_not_with", methods=offered)
        return Answer(
            lines=(head, line("pay_safely")),
            choices=(("intent:checkout", line("button_checkout")),) if taken or maybe else (),
            keep={"awaits": None},
        )
    answer = yield from policy_part(desk)
    if answer is not None:
        return answer
    return Answer(
        lines=(line("payment_methods", methods=offered), line("pay_safely")),
        keep={"awaits": None},
    )


def view_points(desk: Desk) -> Steps[Answer]:
    """How many points the known customer has, and what they are worth."""
    points = yield from ask("view_points", Nothing(), PointsView)
    lines = [line("points_are", balance=points.balance, worth=points.worth)]
    if points.expires_next and points.expiring:
        goes = date.fromisoformat(points.expires_next)
        if goes - desk.situation.now.astimezone(desk.shop.zone).date() <= _SOON:
            lines.append(line("points_expiring", points=points.expiring, when=goes))
    if points.tier:
        lines.append(line("points_tier", tier=points.tier, rate=points.rate))
    if points.min_use and len(lines) < 3:
        lines.append(line("points_min", min=points.min_use))
    return Answer(lines=tuple(lines), keep={"awaits": None})


def points_expiry(desk: Desk) -> Steps[Answer]:
    """When points expire, as the articles have it; else how many there are and which go next."""
    asked = {"ko": "적립금은 언제 소멸되나요? 유효기간", "en": "when do points expire?"}
    at = replace(desk, text=asked["ko" if desk.language == "ko" else "en"])
    told = yield from policy_part(at)
    return told if told is not None else (yield from view_points(desk))


def set_address(desk: Desk) -> Steps[Answer]:
    """Keep a delivery address for the account; without one, ask for it."""
    if not desk.known:
        return Answer(
            lines=(line("address_at_checkout"),),
            choices=(
                ("intent:checkout", line("button_checkout")),
                ("intent:change_order", line("button_order_made")),
            ),
        )
    if not (desk.values("address") or desk.values("postcode")):
        return Answer(
            lines=(line("ask_address"),),
            keep={"awaits": "address", "pending": Pending(intent="set_address", awaits="address")},
        )
    try:
        kept = yield from ask("save_address", SaveAddress(text=desk.situation.heard.text), AddressView)
    except ToolRefused:
        return Answer(
            lines=(line("problem_not_an_address"),),
            keep={"awaits": "address", "pending": Pending(intent="set_address", awaits="address")},
        )
    return Answer(lines=(line("address_kept", address=kept.lines),), keep={"awaits": None, "pending": None})


def sale(desk: Desk) -> Steps[Answer]:
    """Show what is marked down."""
    found = yield from ask(
        "find_products", FindProducts(wishes=Wishes(discounted=True), limit=3), FoundProducts
    )
    if not found.items:
        return Answer(lines=(line("no_offers"),))
    keep: dict[str, Any] = {"wishes": Wishes(discounted=True)}
    return shown(desk, found.items, lines=(line("found_best", total=found.total),), keep=keep)

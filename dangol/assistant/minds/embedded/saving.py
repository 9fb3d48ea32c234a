"""Saved things and standing offers: wishes, restock, offers, haggling, delivery costs, points, preferences."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dangol.assistant.minds.embedded import paying
from dangol.assistant.minds.embedded.deadlines import deadline, in_time
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import shown
from dangol.assistant.minds.embedded.naming import which_product
from dangol.assistant.minds.embedded.policies import policy_part
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import span
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.baskets import DeliveryOptions, DeliveryQuote, Offer, Offers, QuoteDelivery
from dangol.contracts.shopfloor.orders import PaymentMethods
from dangol.contracts.shopfloor.people import (
    AddressView,
    NoMoreRestock,
    Nothing,
    PointsView,
    RestockDropped,
    RestockNoted,
    RestockWish,
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
    to = desk.first("email") or desk.first("phone")
    noted = yield from ask("note_restock", RestockWish(product=product or "", sku=sku, to=to), RestockNoted)
    options = cards.variant_words(noted.options)
    if noted.needs == "contact":
        return Answer(
            lines=(line("restock_ask_contact", title=noted.title, options=options),),
            keep={
                "awaits": "contact",
                "pending": Pending(intent="notify_restock", awaits="contact", product=product, sku=sku),
            },
        )
    ahead = (line("restock_ahead", ahead=noted.ahead),) if noted.ahead else ()
    return Answer(
        lines=(line("restock_noted", title=noted.title, options=options), *ahead),
        choices=((f"similar:{product}", line("button_similar")), ("no_restock", line("button_no_restock"))),
        keep={"awaits": None, "pending": None},
    )


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
    answer = yield from policy_part(desk) if desk.values("topic") or not offers.items else _nothing()
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


def ask_discount(desk: Desk) -> Steps[Answer]:
    """Haggling changes no price: say so kindly, show what really lowers it, offer whoever may approve more."""
    if desk.values("topic"):
        answer = yield from policy_part(desk)
        if answer is not None:
            return answer
    offers = yield from ask("list_offers", Nothing(), Offers)
    today = desk.situation.now.astimezone(desk.shop.zone).date()
    rows = [_offer(each, today) for each in offers.items if each.kind == "coupon"][:2]
    lines = [line("no_haggling"), *rows]
    return Answer(
        lines=tuple(lines),
        choices=(*_offer_buttons(offers, most=2), ("human:discount", line("button_ask_discount"))),
        keep={"awaits": None, "pending": None},
    )


_HOW_FAST = re.compile(r"(?i)빠른가|빠르|빨리\s?(?:오|와|되)|\b(?:fast|quick)\b(?! fashion)")
_RETURNED = re.compile(r"(?i)반품|교환|\breturn|\bexchange")
_SENT_BACK = re.compile(
    r"(?i)변심|반품|교환|환불|돌려\s?보|\breturn|\bexchange|\brefund|\bsend(?:ing)? (?:it|them|this) back"
)


# what delivery costs, and the cases of which only the articles tell
_FEE = re.compile(
    r"(?i)(?:배송|택배|배달)\s?(?:비|료|요금)|(?:무료|공짜)\s?(?:로\s?)?(?:배송|배달)|무배"
    r"|\bhow much\b(?=.*\b(?:shipping|delivery|postage|ship|deliver)\b)"
    r"|\b(?:shipping|delivery|postage)\b(?=.*\b(?:cost|fee|price|free|charges?)\b)"
    r"|\b(?:cost|fee|price|free|charges?)\b(?=.*\b(?:shipping|delivery|postage)\b)"
)
_OF_A_CASE = re.compile(
    r"(?i)당일|새벽|빠른|특급|퀵|해외|국제|외국|묶음|합배송|합쳐|따로|나눠|착불|선불|추가|도서|산간|섬|제주|왜|언제까지|주말"
    r"|[토일]요일|공휴일|선물|설치|방문|픽업|할인|쿠폰|회원|등급|첫\s?주문|멤버"
    r"|\b(?:express|expedited|overnight|same.?day|next.?day|fast(?:er|est)?|abroad|overseas|international(?:ly)?|combined?"
    r"|countr(?:y|ies)|together|separate(?:ly)?|split|islands?|why|weekends?|(?:satur|sun|holi)days?|gift|pick.?up|extra"
    r"|discount|coupon|code|member(?:s|ship)?|first order|refund(?:ed|able)?)\b"
)
_FREE = re.compile(r"(?i)무료|공짜|무배|\bfree\b")


def ask_delivery(desk: Desk) -> Steps[Answer]:
    """What delivery costs and when it comes: to a place by its quote, in general also by the articles."""
    if _SENT_BACK.search(desk.text):  # who pays for a parcel that goes back is no delivery quote
        written = yield from policy_part(desk.with_intent("ask_return_policy"))
        return written or _unknown_delivery()
    meant = yield from product_asked(desk) if desk.values("product") else _nothing()
    wanted = QuoteDelivery(place=_place(desk), product=meant.product if meant else None)
    options = yield from ask("quote_delivery", wanted, DeliveryOptions)
    quoted = _not_served(options, wanted) or _by_the_day(desk, options) or _quoted(desk, options)
    if quoted is not None:
        return quoted
    written = yield from policy_part(desk)
    if written is None or (options.quotes and _speaks_of_returns(written)):
        return (
            Answer(lines=_quotes(desk, options), keep={"awaits": None})
            if options.quotes
            else _unknown_delivery()
        )
    if not options.quotes or not _asks_when(desk):
        return written
    if _HOW_FAST.search(desk.text):
        return Answer(lines=_quotes(desk, options), keep={"awaits": None})
    return replace(written, lines=(*written.lines[:1], _arrival(desk, options.quotes[0])))


def _speaks_of_returns(written: Answer) -> bool:
    """Whether an article tells what it costs to send something back, when it is asked what delivery costs."""
    return any(_RETURNED.search(str(each.values.get("text", ""))) for each in written.lines[:1])


def _not_served(options: DeliveryOptions, wanted: QuoteDelivery) -> Answer | None:
    if options.served:
        return None
    return Answer(lines=(line("not_served", place=options.understood or wanted.place),))


def _by_the_day(desk: Desk, options: DeliveryOptions) -> Answer | None:
    """Whether it comes by the day that was named."""
    day = deadline(desk, desk.situation.now.astimezone(desk.shop.zone).date())
    said = in_time(options.quotes, day, desk.language) if day is not None else None
    if said is None:
        return None
    return Answer(lines=(said,), keep={"awaits": None, "pending": None})


def _quoted(desk: Desk, options: DeliveryOptions) -> Answer | None:
    """Quotes that need no article beside them; None where the articles say it better."""
    sure = bool(options.quotes) and options.quotes[0].sure and options.known_place
    if sure or (options.known_place and options.quotes):
        return Answer(lines=_quotes(desk, options), keep={"awaits": None, "pending": None})
    if not options.quotes:
        return None
    if desk.known or desk.language == desk.shop.language:
        plain = _FEE.search(desk.text) and not _OF_A_CASE.search(desk.text)
        return Answer(lines=_quotes(desk, options), keep={"awaits": None}) if plain else None
    # who writes in another language may be anywhere: the home price is said to be one, and the place asked for
    told = _quotes(desk, options)[: 2 if _FREE.search(desk.text) else 1]
    return Answer(
        lines=(*told, line("ask_where_to")),
        keep={"awaits": None, "pending": Pending(intent="ask_delivery", awaits="place")},
    )


def _nothing() -> Steps[None]:
    yield from ()


def _asks_when(desk: Desk) -> bool:
    return bool(
        re.search(
            r"(?i)며칠|언제|얼마나|빨리|빠르|빠른|까지|도착|how (?:long|fast|soon)|when|arrive|days",
            desk.text,
        )
    )


def _arrival(desk: Desk, quote: DeliveryQuote) -> Line:
    return line("arrival", when=span(quote.earliest, quote.latest, desk.language))


def _place(desk: Desk) -> str:
    for kind in ("address", "postcode"):
        value = desk.first(kind)
        if value:
            return str(value.get("text", "") if isinstance(value, dict) else value) or desk.text
    return desk.text


def _quotes(desk: Desk, options: DeliveryOptions) -> tuple[Line, ...]:
    first, *others = options.quotes
    days = span(first.earliest, first.latest, desk.language)
    name = "delivery_to" if first.sure and options.known_place else "delivery_usual"
    name = name if first.whole else f"{name}_free"
    lines = [line(name, zone=first.zone, fee=first.whole, when=days)]
    if first.surcharge:
        lines.append(line("delivery_surcharge", name=first.surcharge_name, fee=first.surcharge))
    elif first.free_from and first.fee:
        lines.append(line("delivery_free_from", amount=first.free_from))
    if others:
        quick = min(others, key=lambda each: each.latest)
        lines.append(
            line(
                "delivery_method", method=quick.method or "", fee=quick.whole,
                when=span(quick.earliest, quick.latest, desk.language),
            )
        )  # fmt: skip
    return tuple(lines[:3])


def _unknown_delivery() -> Answer:
    return Answer(lines=(line("not_written"),), choices=(("human", line("button_human")),))


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

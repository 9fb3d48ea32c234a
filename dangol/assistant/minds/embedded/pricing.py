"""Telling what things cost: one product, several, with their delivery, the whole cart."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import options
from dangol.assistant.minds.embedded.buying import view_cart
from dangol.assistant.minds.embedded.deciding import as_worded
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import find_products
from dangol.assistant.minds.embedded.naming import which_product
from dangol.assistant.minds.embedded.references import meant_products, product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.baskets import CartView, DeliveryOptions, QuoteDelivery
from dangol.contracts.shopfloor.people import Nothing
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, ProductCard
from dangol.kernel.money import currency_name
from dangol.kernel.words.numbers import currency_named

_MOST_PRICED = 3
_WITH_DELIVERY = re.compile(
    r"(?i)배송비?\s?(?:까지|포함|합쳐|합해|하면|더하)|(?:총|다\s?해서|전부|합계).{0,12}배송|배송.{0,12}(?:총|합계|다\s?해서)"
    r"|\b(?:with|including|incl\.?|plus|and)\s(?:the )?(?:shipping|delivery|postage)\b|\b(?:shipped|delivered)\b|\btotal\b.{0,20}\b(?:shipping|delivery)"
)


def with_delivery(text: str) -> bool:
    """Whether a price is asked together with its delivery."""
    return _WITH_DELIVERY.search(text) is not None


def ask_price(desk: Desk) -> Steps[Answer]:
    """What the product meant costs now, with its delivery where that is asked; of a filled cart, the whole of it."""
    delivered = with_delivery(desk.text)
    if delivered and not desk.values("product"):
        cart = yield from ask("view_cart", Nothing(), CartView)
        if cart.lines:
            return (yield from _cart_delivered(desk))
    pointed = [meant.product for meant in meant_products(desk)]
    if len(pointed) > 1:
        return (yield from _of_each(desk, pointed[:_MOST_PRICED]))
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from find_products(desk) if desk.values("category") else which_product(desk))
    wanted = CheckAvailability(product=meant.product, colors=desk.colors, sizes=desk.sizes)
    found = yield from ask("check_availability", wanted, Availability)
    found = as_worded(found, desk.text)
    found = found.model_copy(
        update={"matching": options.extreme(desk.text, found.matching) or found.matching}
    )
    card = found.card
    lines, several = _priced(desk, found)
    if card.compare_at and not several and card.compare_at.amount > card.price.amount:
        lines.append(line("price_was", was=card.compare_at))
    if not card.in_stock:
        lines.append(line("all_sold_out"))
    if delivered:
        lines = [*lines[:1], *(yield from _delivered(desk, card, several=several))]
    named = currency_named(desk.text)
    if named is not None and named != desk.shop.currency:
        lines = [lines[0], line("only_currency", currency=currency_name(desk.shop.currency, desk.language))]
    return Answer(
        lines=tuple(lines),
        choices=(
            (f"buy:{card.product}", line("button_add")),
            (f"show:{card.product}", line("button_details")),
        ),
        keep={"focus": card.product, "focus_title": card.title, "awaits": None, "pending": None},
    )


def _priced(desk: Desk, found: Availability) -> tuple[list[Line], bool]:
    """What a product costs, and whether that depends on the option."""
    prices = sorted({variant.price.amount for variant in (found.matching or found.others)})
    title = found.card.title
    if len(prices) > 1:
        low, high = desk.shop.minor(prices[0]), desk.shop.minor(prices[-1])
        return [line("price_range", title=title, low=low, high=high)], True
    price = desk.shop.minor(prices[0]) if prices else found.card.price
    return [line("price_is", title=title, price=price)], False


def _of_each(desk: Desk, products: list[str]) -> Steps[Answer]:
    """The price of each of several that were named or pointed at; their sum is the cart's to reckon."""
    lines: list[Line] = []
    titles: list[tuple[str, str]] = []
    for product in products:
        wanted = CheckAvailability(product=product, colors=desk.colors, sizes=desk.sizes)
        found = yield from ask("check_availability", wanted, Availability)
        lines += _priced(desk, found)[0]
        titles.append((product, found.card.title))
    return Answer(
        lines=tuple(lines),
        choices=tuple((f"buy:{product}", line("button_add_named", title=title)) for product, title in titles),
        keep={"awaits": None, "pending": None},
    )


def _cart_delivered(desk: Desk) -> Steps[Answer]:
    """The cart, and its whole price delivered to the place named."""
    options = yield from ask("quote_delivery", QuoteDelivery(place=desk.text), DeliveryOptions)
    answer = yield from view_cart(desk)
    if not options.served:
        return replace(answer, lines=(line("not_served", place=options.understood or desk.text),))
    if not options.known_place or options.total is None:
        return answer
    fee = options.quotes[0].whole
    return replace(answer, lines=(line("cart_delivered", fee=fee, total=options.total),))


def _delivered(desk: Desk, card: ProductCard, *, several: bool) -> Steps[list[Line]]:
    """What delivery adds to the price of one."""
    wanted = QuoteDelivery(place=desk.text, product=card.product)
    options = yield from ask("quote_delivery", wanted, DeliveryOptions)
    if not options.served:
        return [line("not_served", place=options.understood or wanted.place)]
    if options.total is None:
        return []
    fee = options.quotes[0].whole
    if not fee.amount:
        return [line("price_delivered_free")]
    name = "price_delivered_from" if several else "price_delivered"
    return [line(name, fee=fee, total=options.total)]

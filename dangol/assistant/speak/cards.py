"""What tools found, as blocks: product cards, comparison, reviews, cart, checkout, orders.

Pure: every figure comes from the result it is given, written as the shopper's language writes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dangol.assistant.speak.lines import Line
from dangol.assistant.speak.wording import say, span
from dangol.contracts.shopfloor import shown
from dangol.contracts.shopfloor.baskets import CartLine, CartView, DeliveryQuote
from dangol.contracts.shopfloor.orders import CheckoutView, OrderView
from dangol.contracts.shopfloor.people import WishView
from dangol.contracts.shopfloor.products import (
    Comparison,
    ProductCard,
    Reason,
)
from dangol.kernel.blocks import (
    CartBlock,
    CartLineItem,
    CheckoutBlock,
    ComparisonBlock,
    ComparisonRow,
    DiscountItem,
    OrderBlock,
    Price,
    ProductItem,
    ProductsBlock,
    QuoteItem,
)
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop

MOST_REASONS = 3


def why(reasons: Sequence[Reason], language: str, shop: Shop) -> str | None:
    """The reasons for a proposal in a few words."""
    said = [
        say(Line(f"why_{reason.kind}", {"value": reason.value}), language, shop)
        for reason in reasons[:MOST_REASONS]
    ]
    return " · ".join(dict.fromkeys(word for word in said if word)) or None


def product_item(card: ProductCard, language: str, shop: Shop) -> ProductItem:
    """A product card with the reasons for it."""
    return shown.product_item(card, language, why(card.reasons, language, shop))


def products(cards: Sequence[ProductCard], language: str, shop: Shop) -> ProductsBlock:
    """Product cards, best first."""
    return ProductsBlock(items=tuple(product_item(card, language, shop) for card in cards))


def wish_items(items: Sequence[WishView], language: str) -> ProductsBlock:
    """The wish list as cards."""
    return ProductsBlock(
        items=tuple(
            ProductItem(
                product=item.product,
                variant=item.sku,
                title=item.title,
                price=Price.of(item.price, language),
                image=item.image,
                url=f"/products/{item.product}",
                in_stock=item.in_stock,
                options=item.options,
            )
            for item in items
        )
    )


def comparison(compared: Comparison, advice: str, language: str, shop: Shop) -> ComparisonBlock:
    """A table of what differs; an unstated value is said to be one."""
    unstated = say(Line("not_stated_short"), language, shop)
    rows = tuple(
        ComparisonRow(attribute=row.attribute, values=tuple(value or unstated for value in row.values))
        for row in compared.rows
    )
    items = tuple(product_item(card, language, shop) for card in compared.cards)
    return ComparisonBlock(products=items, rows=rows, advice=advice)


def cart(view: CartView, language: str, shop: Shop) -> CartBlock:
    """The cart with its whole price."""
    return CartBlock(
        lines=tuple(_cart_line(each, language, shop) for each in view.lines),
        subtotal=Price.of(view.subtotal, language),
        discounts=tuple(
            DiscountItem(label=each.label, code=each.code, amount=Price.of(each.amount, language))
            for each in view.discounts
        ),
        shipping=Price.of(view.quote.whole, language) if view.quote else None,
        total=Price.of(view.total, language),
        note=_delivery_note(view.quote, language, shop),
    )


def _cart_line(each: CartLine, language: str, shop: Shop) -> CartLineItem:
    note = None
    if each.problem is not None:
        note = say(
            Line(f"cart_{each.problem}", {"stock": each.stock, "was": each.was or each.unit_price}),
            language,
            shop,
        )
    return CartLineItem(
        line=each.sku,
        product=each.product,
        variant=each.sku,
        sku=each.sku,
        title=each.title,
        options=each.options,
        quantity=each.quantity,
        unit_price=Price.of(each.unit_price, language),
        total=Price.of(each.total, language),
        image=each.image,
        note=note,
    )


def _delivery_note(quote: DeliveryQuote | None, language: str, shop: Shop) -> str | None:
    if quote is None:
        return None
    name = "cart_delivery" if quote.sure else "cart_delivery_unsure"
    return say(
        Line(name, {"zone": quote.zone, "when": span(quote.earliest, quote.latest, language)}), language, shop
    )


def checkout(view: CheckoutView, language: str, shop: Shop) -> CheckoutBlock:
    """Where the checkout stands."""
    quote = view.quote or view.cart.quote
    summary: dict[str, str] = {}
    if view.name or view.email or view.phone:
        label = say(Line("label_buyer" if view.gift else "label_contact"), language, shop)
        summary[label] = " · ".join(each for each in (view.name, view.email, view.phone) if each)
    if view.address is not None:
        summary[say(Line("label_address"), language, shop)] = view.address.lines
    if view.gift is not None and view.gift.recipient:
        label = say(Line("label_contact"), language, shop)
        summary[label] = " · ".join(each for each in (view.gift.recipient, view.gift.phone) if each)
    if view.gift is not None and view.gift.note:
        summary[say(Line("label_gift_note"), language, shop)] = view.gift.note
    if quote is not None:
        summary[say(Line("label_arrival"), language, shop)] = span(quote.earliest, quote.latest, language)
    return CheckoutBlock(
        step=view.step,
        needs=view.needs,
        quote=quote_item(quote, view.cart.total, language) if quote else None,
        payment_url=view.payment_url,
        summary=summary,
    )


def quote_item(quote: DeliveryQuote, total: Money, language: str) -> QuoteItem:
    """A delivery quote with the whole price."""
    return QuoteItem(
        shipping=Price.of(quote.whole, language),
        eta=span(quote.earliest, quote.latest, language),
        total=Price.of(total, language),
    )


def order(view: OrderView, language: str, shop: Shop) -> OrderBlock:
    """An order and its parcels."""
    return shown.order_block(view, language, shop.zone)


def variant_words(options: dict[str, str]) -> str:
    """A variant as it is called: "블랙 / 270"."""
    return " / ".join(options.values())

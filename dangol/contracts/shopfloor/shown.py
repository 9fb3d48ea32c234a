"""Words of the shop floor as blocks, the same in the chat, on pages and in letters. Pure: no figure is made here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dangol.contracts.shopfloor.orders import OrderLineView, OrderView, ShipmentView
from dangol.contracts.shopfloor.products import ProductCard, Reviews, ReviewView, VariantView
from dangol.contracts.shopfloor.returns import ReturnLineView, ReturnView
from dangol.kernel.blocks import (
    DiscountItem,
    OrderBlock,
    OrderLineItem,
    Price,
    ProductItem,
    ReturnBlock,
    ReturnLineItem,
    ReviewItem,
    ReviewsBlock,
    ReviewTopic,
    ShipmentEventItem,
    ShipmentItem,
)
from dangol.kernel.money import Money


def product_item(card: ProductCard, language: str, why: str | None = None) -> ProductItem:
    """A product as a card; `why` says what speaks for it."""
    return ProductItem(
        product=card.product,
        variant=card.sku,
        title=card.title,
        price=Price.of(card.price, language),
        compare_at=Price.of(card.compare_at, language) if card.compare_at else None,
        image=card.image,
        url=card.url,
        in_stock=card.in_stock,
        options=card.options,
        rating=card.rating,
        why=why,
    )


def variant_item(card: ProductCard, variant: VariantView, language: str) -> ProductItem:
    """One variant of a product as a card."""
    return product_item(card, language).model_copy(
        update={
            "variant": variant.sku,
            "price": Price.of(variant.price, language),
            "compare_at": Price.of(variant.compare_at, language) if variant.compare_at else None,
            "image": variant.image or card.image,
            "in_stock": variant.stock > 0,
            "options": variant.options,
        }
    )


def reviews_block(found: Reviews, some: Sequence[ReviewView] | None = None) -> ReviewsBlock:
    """Reviews by topic and some of them whole; all that were read unless told which."""
    return ReviewsBlock(
        summary=tuple(
            ReviewTopic(
                topic=topic.label, positive=topic.positive, negative=topic.negative, quotes=topic.quotes
            )
            for topic in found.topics
        ),
        rating=found.rating,
        count=found.count,
        items=tuple(
            ReviewItem(
                rating=one.rating,
                title=one.title,
                body=one.body,
                author=one.author,
                created_at=one.created_at,
                verified=one.verified,
                options=one.options,
            )
            for one in (found.items if some is None else some)
        ),
    )


def order_block(view: OrderView, language: str, zone: ZoneInfo) -> OrderBlock:
    """An order and its parcels; times in the shop's own zone."""
    of_parts = view.subtotal.amount > 0  # an order brought from elsewhere may tell its total alone
    off = (DiscountItem(label="", amount=Price.of(view.discount, language)),) if view.discount.amount else ()
    return OrderBlock(
        order=view.order,
        status=view.status,
        placed_at=_moment(view.placed_at, zone),
        lines=tuple(_line(each, language) for each in view.lines),
        subtotal=Price.of(view.subtotal, language) if of_parts else None,
        discounts=off if of_parts else (),
        shipping=Price.of(view.shipping, language) if of_parts else None,
        total=Price.of(view.total, language),
        refunded=Price.of(view.refunded, language) if view.refunded is not None else None,
        shipments=tuple(_parcel(each, zone) for each in view.shipments),
    )


def _line(each: OrderLineView, language: str) -> OrderLineItem:
    return OrderLineItem(
        line=each.line,
        product=each.product,
        sku=each.sku,
        title=each.title,
        options=each.options,
        quantity=each.quantity,
        unit_price=Price.of(each.unit_price, language),
        total=Price.of(each.total, language),
        image=each.image or None,
    )


def _parcel(each: ShipmentView, zone: ZoneInfo) -> ShipmentItem:
    return ShipmentItem(
        carrier=each.carrier,
        tracking_no=each.tracking_no,
        status=each.status,
        # what is there, or on its way back, arrives on no day to come
        eta=each.eta.isoformat() if each.eta and each.status not in ("delivered", "returned") else None,
        url=each.url,
        events=tuple(
            ShipmentEventItem(at=_moment(scan.at, zone), status=scan.status, place=scan.place, text=scan.text)
            for scan in each.events
        ),
    )


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds")


def return_block(view: ReturnView, language: str) -> ReturnBlock:
    """A return or an exchange and where it stands."""
    return ReturnBlock(
        return_=view.number,
        order=view.order,
        lines=tuple(return_item(each, each.share, language) for each in view.lines),
        status=view.status,
        refund=Price.of(view.refund, language),
        fee=Price.of(view.return_fee, language) if view.return_fee else None,
        due=Price.of(view.due, language) if view.due else None,
        exchange_for=returned_instead(view.lines, language),
        label_url=view.label_url,
    )


def return_item(each: ReturnLineView, total: Money, language: str) -> ReturnLineItem:
    """A line that comes back."""
    return ReturnLineItem(
        line=each.line, product=each.product, sku=each.sku, title=each.title, options=each.options,
        quantity=each.quantity, total=Price.of(total, language),
    )  # fmt: skip


def returned_instead(lines: Sequence[ReturnLineView], language: str) -> tuple[ReturnLineItem, ...]:
    """What is sent instead of lines that come back."""
    return tuple(
        ReturnLineItem(
            line=each.line, product=each.product, sku=each.instead, title=each.title, options=each.instead_options,
            quantity=each.quantity, total=Price.of(each.instead_price * each.quantity, language),
        )
        for each in lines
        if each.instead and each.instead_price is not None
    )  # fmt: skip

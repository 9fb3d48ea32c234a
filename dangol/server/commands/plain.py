"""Blocks as plain lines for a terminal: no word is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dangol.kernel import blocks
from dangol.kernel.blocks import Block
from dangol.server.commands.console import say


def lines(block: Block) -> list[str]:
    """A block in plain lines; choices are not among them, they are numbered by whoever shows them."""
    writer = _WRITERS.get(type(block))
    return writer(block) if writer else []


def _text(block: blocks.TextBlock) -> list[str]:
    return [block.text, *(f"  ({source.title})" for source in block.sources)]


def _notice(block: blocks.NoticeBlock) -> list[str]:
    return [f"· {block.text}"]


def _item(item: blocks.ProductItem) -> str:
    words = [item.title, " / ".join(item.options.values()), item.price.display]
    words.append("" if item.in_stock else say("(품절)", "(sold out)"))
    words.append(f"- {item.why}" if item.why else "")
    return "  - " + " ".join(word for word in words if word)


def _products(block: blocks.ProductsBlock) -> list[str]:
    return [_item(item) for item in block.items]


def _comparison(block: blocks.ComparisonBlock) -> list[str]:
    rows = [f"  {row.attribute}: {' | '.join(row.values)}" for row in block.rows]
    return [" | ".join(item.title for item in block.products), *rows, block.advice]


def _reviews(block: blocks.ReviewsBlock) -> list[str]:
    counts = [f"  {topic.topic}: +{topic.positive} -{topic.negative}" for topic in block.summary]
    quotes = [f"  “{quote}”" for topic in block.summary for quote in topic.quotes]
    return [*counts, *quotes, *(f"  {item.rating}/5 {item.title} {item.body}" for item in block.items)]


def _cart(block: blocks.CartBlock) -> list[str]:
    rows = [
        f"  {line.quantity} x {line.title} {' / '.join(line.options.values())} {line.total.display}"
        for line in block.lines
    ]
    rows += [f"  {discount.label} -{discount.amount.display}" for discount in block.discounts]
    if block.shipping is not None:
        rows.append(f"  {say('배송비', 'shipping')} {block.shipping.display}")
    return [*rows, f"  = {block.total.display}", *([f"  {block.note}"] if block.note else [])]


def _checkout(block: blocks.CheckoutBlock) -> list[str]:
    rows = [f"  {name}: {value}" for name, value in block.summary.items()]
    if block.quote is not None:
        rows.append(f"  {block.quote.eta} · {block.quote.total.display}")
    return [*rows, *([f"  {block.payment_url}"] if block.payment_url else [])]


def _return(block: blocks.ReturnBlock) -> list[str]:
    goods = [f"    {one.title} × {one.quantity}  {one.total.display}" for one in block.lines]
    goods += [f"    → {one.title} {' / '.join(one.options.values())}" for one in block.exchange_for]
    steps = [f"    {place}. {step}" for place, step in enumerate(block.steps, 1)]
    label = [f"    {block.label_url}"] if block.label_url else []
    return [f"  {block.return_} {block.status} {block.refund.display}", *goods, *steps, *label]


def _order(block: blocks.OrderBlock) -> list[str]:
    parcels = [f"  {each.carrier} {each.tracking_no} {each.status}" for each in block.shipments]
    goods = [f"  {line.quantity} x {line.title}" for line in block.lines]
    return [f"  {block.order} {block.status} {block.total.display}", *goods, *parcels]


def _form(block: blocks.FormBlock) -> list[str]:
    return [f"  {field.label}{' *' if field.required else ''}" for field in block.fields]


def _handoff(block: blocks.HandoffBlock) -> list[str]:
    return [" ".join(word for word in ("·", block.state, block.wait, block.agent) if word)]


def _link(block: blocks.LinkBlock) -> list[str]:
    return [f"  {block.label}: {block.url}"]


_WRITERS: dict[type, Callable[[Any], list[str]]] = {
    blocks.TextBlock: _text,
    blocks.NoticeBlock: _notice,
    blocks.ProductsBlock: _products,
    blocks.ComparisonBlock: _comparison,
    blocks.ReviewsBlock: _reviews,
    blocks.CartBlock: _cart,
    blocks.CheckoutBlock: _checkout,
    blocks.OrderBlock: _order,
    blocks.ReturnBlock: _return,
    blocks.FormBlock: _form,
    blocks.HandoffBlock: _handoff,
    blocks.LinkBlock: _link,
}


def choices(shown: Sequence[Block]) -> dict[str, blocks.Choice]:
    """The choices of a reply by the number one types for them."""
    offered = [option for block in shown if block.kind == "choices" for option in block.options]
    return {str(number): option for number, option in enumerate(offered, 1)}

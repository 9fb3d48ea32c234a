"""Does what was said and done meet what the story expects? Every miss is a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dangol.assistant.counter import Reply
from dangol.assistant.speak.onward import has_next_step
from dangol.kernel.blocks import Block, ProductItem
from dangol.server.rehearsal.script import Expect, ExpectedProducts

MOST_SENTENCES = 3
_SENTENCE_END = re.compile(r"(?<=[가-힣a-z)”\"])[.!?](?=\s|$)")


@dataclass(frozen=True)
class World:
    """What is true in the shop after a turn, read from the database."""

    cart: dict[str, int] = field(default_factory=dict)
    discounts: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()  # statuses, newest first
    paid: int = 0
    stock: dict[str, int] = field(default_factory=dict)
    prices: dict[str, int] = field(default_factory=dict)
    order: dict[str, str] = field(default_factory=dict)
    refunds: dict[str, int] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)  # order → status of its newest return
    restock_wishes: int = 0
    wishes: tuple[str, ...] = ()
    gaps: int = 0


def misses(expect: Expect, reply: Reply | None, world: World) -> list[str]:
    """Everything in which the turn falls short."""
    found = list(_in_world(expect, world))
    if reply is not None:
        found += _in_reply(expect, reply)
        found += _always(reply, world)
    return found


def misheard(expect: Expect, words: str) -> list[str]:
    """Everything in which the words for the ear fall short; figures are always words there."""
    found = [f"not heard: /{each}/ in {words}" for each in expect.heard if not re.search(each, words, re.I)]
    found += [f"heard: /{each}/" for each in expect.not_heard if re.search(each, words, re.I)]
    return found + ([f"figures for eyes: {words}"] if re.search(r"\d|https?:|@", words) else [])


def words_of(reply: Reply) -> str:
    """Everything of a reply that a shopper reads as words."""
    return "\n".join(part for block in reply.blocks for part in _words(block))


def _words(block: Block) -> Iterator[str]:
    if block.kind == "text":
        yield block.text
        yield from (source.title for source in block.sources)
    elif block.kind == "notice":
        yield block.text
    elif block.kind == "choices":
        yield from (option.label for option in block.options)
    elif block.kind == "comparison":
        yield block.advice
    elif block.kind == "form":
        yield from (each.error for each in block.fields if each.error)


def product_items(reply: Reply) -> list[ProductItem]:
    """The product cards of a reply."""
    return [item for block in reply.blocks if block.kind == "products" for item in block.items]


def _in_reply(expect: Expect, reply: Reply) -> Iterator[str]:
    said, kinds = words_of(reply), [block.kind for block in reply.blocks]
    choices = [f"{o.id} {o.label}" for b in reply.blocks if b.kind == "choices" for o in b.options]
    sources = [s.article for b in reply.blocks if b.kind == "text" for s in b.sources]
    yield from (f"did not say /{each}/" for each in expect.said if not re.search(each, said, re.I))
    yield from (f"said /{each}/" for each in expect.not_said if re.search(each, said, re.I))
    yield from (f"no {each} block" for each in expect.blocks if each not in kinds)
    yield from (f"a {each} block" for each in expect.no_blocks if each in kinds)
    yield from (
        f"no button /{each}/" for each in expect.choices if not any(re.search(each, c, re.I) for c in choices)
    )
    yield from (
        f"no source /{each}/" for each in expect.sources if not any(re.search(each, s) for s in sources)
    )
    if expect.served_by and reply.served_by != expect.served_by:
        yield f"served by {reply.served_by}, not {expect.served_by}"
    if expect.language and reply.language != expect.language:
        yield f"answered in {reply.language}, not {expect.language}"
    if expect.products is not None:
        yield from _in_products(expect.products, product_items(reply))


def _in_products(expect: ExpectedProducts, items: list[ProductItem]) -> Iterator[str]:
    handles = [item.product for item in items]
    if len(items) < expect.at_least:
        yield f"{len(items)} products, not {expect.at_least} or more"
    if expect.at_most is not None and len(items) > expect.at_most:
        yield f"{len(items)} products, not {expect.at_most} or fewer"
    yield from (f"{each} is not shown" for each in expect.include if each not in handles)
    yield from (f"{each} is shown" for each in expect.exclude if each in handles)
    for item in items:
        if expect.price_max is not None and item.price.amount > expect.price_max:
            yield f"{item.product} costs {item.price.display}"
        if expect.price_min is not None and item.price.amount < expect.price_min:
            yield f"{item.product} costs only {item.price.display}"
        if expect.in_stock is not None and item.in_stock is not expect.in_stock:
            yield f"{item.product} in stock: {item.in_stock}"
        if expect.each_title and not re.search(expect.each_title, item.title, re.I):
            yield f"“{item.title}” is not /{expect.each_title}/"
        if expect.with_reason and not item.why:
            yield f"{item.product} has no reason"
    if expect.any_title and not any(re.search(expect.any_title, item.title, re.I) for item in items):
        yield f"no title is /{expect.any_title}/"


def _in_world(expect: Expect, world: World) -> Iterator[str]:
    for name in ("cart", "discounts", "restock_wishes", "wishes", "gaps"):
        wanted, is_now = getattr(expect, name), getattr(world, name)
        if wanted is not None and is_now != wanted:
            yield f"{name}: {is_now}, not {wanted}"
    if expect.orders is not None and len(world.orders) != expect.orders:
        yield f"{len(world.orders)} orders, not {expect.orders}"
    if expect.order_status is not None and world.orders[:1] != (expect.order_status,):
        yield f"order is {world.orders[:1]}, not {expect.order_status}"
    if expect.paid is not None and bool(world.paid) is not expect.paid:
        yield f"paid payments: {world.paid}"
    for name in ("order", "refunds", "returns", "stock"):
        is_now = getattr(world, name)
        for key, wanted in getattr(expect, name).items():
            if is_now.get(key, 0) != wanted:
                yield f"{name} of {key}: {is_now.get(key)}, not {wanted}"


def _always(reply: Reply, world: World) -> Iterator[str]:
    """What must hold of every answer: true prices, short words, a next step, never nothing."""
    if not reply.blocks:
        yield "said nothing"
    elif not has_next_step(reply.blocks):
        yield "ends without a next step"
    for item in product_items(reply):
        price = world.prices.get(item.variant or "")
        if price is not None and price != item.price.amount:
            yield f"{item.variant} is shown at {item.price.amount}, costs {price}"
    for block in reply.blocks:
        if (
            block.kind == "text"
            and not block.sources
            and len(_SENTENCE_END.findall(block.text)) > MOST_SENTENCES
        ):
            yield f"more than {MOST_SENTENCES} sentences: {block.text}"

"""A reply as it is heard: its words without what only eyes can use, lists shortened, buttons offered by number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from dangol.assistant.speak.lines import line
from dangol.assistant.speak.wording import say
from dangol.assistant.voice.reading import read_aloud
from dangol.kernel.blocks import (
    Block,
    CartBlock,
    CheckoutBlock,
    ChoicesBlock,
    ComparisonBlock,
    LinkBlock,
    NoticeBlock,
    OrderBlock,
    Price,
    ProductsBlock,
    ReturnBlock,
    ReviewsBlock,
    TextBlock,
)
from dangol.kernel.shop import Shop
from dangol.kernel.words.spoken import say_number

MOST_HEARD = 3  # things of a list, and
MOST_OFFERED = 5  # buttons somebody can keep in mind
LONGEST = 900  # characters, about a minute and a half

Sentences = Iterator[str]


def for_the_ear(blocks: Sequence[Block], language: str, shop: Shop, *, known: bool) -> str:
    """What is read aloud of a reply, at most `LONGEST` characters; "" when there is nothing to say.

    `known`: who listens has shown who they are; nobody else hears a phone number other than the shop's own.
    """
    ear = _Ear(language, shop, blocks)
    said = [sentence for block in blocks for sentence in ear.heard(block)]
    text = " ".join(_ended(sentence) for sentence in said if sentence.strip())
    return _cut(read_aloud(text, language, phones=None if known else _phones(shop)))


def _phones(shop: Shop) -> tuple[str, ...]:
    """The numbers under which the shop and its branches are reached."""
    phones = (shop.contact.phone, *(branch.phone for branch in shop.branches))
    return tuple(phone for phone in phones if phone)


def _ended(sentence: str) -> str:
    text = sentence.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _cut(text: str) -> str:
    """The text up to its last whole sentence within the limit."""
    if len(text) <= LONGEST:
        return text
    ends = [found.end() for found in re.finditer(r"[.!?](?=\s)", text[:LONGEST])]
    return text[: ends[-1]] if ends else text[:LONGEST].rsplit(" ", 1)[0]


class _Ear:
    def __init__(self, language: str, shop: Shop, blocks: Sequence[Block]) -> None:
        self.language = language
        self.shop = shop
        # what the words of the reply say already is not said again of its cards
        self.told = " ".join(block.text for block in blocks if block.kind in ("text", "notice"))
        self.orders = [block for block in blocks if block.kind == "order"]

    def heard(self, block: Block) -> Sentences:
        """The sentences of one block; a block for eyes only has none."""
        speak = _HEARD.get(block.kind)
        if speak is not None:
            yield from speak(self, block)

    def say(self, name: str, /, **values: Any) -> str:
        return say(line(name, **values), self.language, self.shop)

    def text(self, block: TextBlock | NoticeBlock) -> Sentences:
        yield block.text

    def products(self, block: ProductsBlock) -> Sentences:
        for place, item in enumerate(block.items[:MOST_HEARD], 1):
            name = "ear_product" if item.in_stock else "ear_product_gone"
            yield self.say(
                name, place=self.say(f"ear_place_{place}"), title=item.title, price=item.price.display
            )
        yield from self.rest(len(block.items))

    def rest(self, count: int) -> Sentences:
        if count > MOST_HEARD:
            yield self.say("ear_rest", count=count - MOST_HEARD)

    def total(self, price: Price) -> Sentences:
        if price.display not in self.told:
            yield self.say("ear_total", total=price.display)

    def choices(self, block: ChoicesBlock) -> Sentences:
        labels = [option.label for option in block.options[:MOST_OFFERED]]
        if len(labels) == 1:
            yield self.say("ear_choice_only", label=labels[0])
        elif labels:
            numbered = [
                self.say("ear_choice", place=say_number(place, self.language), label=label)
                for place, label in enumerate(labels, 1)
            ]
            yield self.say("ear_choices", choices="; ".join(numbered))

    def comparison(self, block: ComparisonBlock) -> Sentences:
        if block.advice:
            yield block.advice
        yield self.say("ear_table")

    def reviews(self, block: ReviewsBlock) -> Sentences:
        if block.rating is not None:
            yield self.say("ear_reviews", rating=block.rating, count=block.count)
        for topic in block.summary[:MOST_HEARD]:
            yield self.say("ear_topic", topic=topic.topic, positive=topic.positive, negative=topic.negative)

    def cart(self, block: CartBlock) -> Sentences:
        if not block.lines:
            return
        for each in block.lines[:MOST_HEARD]:
            yield self.say("ear_line", title=each.title, quantity=each.quantity)
        yield from self.rest(len(block.lines))
        yield from self.total(block.total)

    def checkout(self, block: CheckoutBlock) -> Sentences:
        if block.quote is not None:
            yield from self.total(block.quote.total)
        if block.payment_url:
            yield self.say("ear_pay")

    def order(self, block: OrderBlock) -> Sentences:
        if len(self.orders) > 1:
            yield from self.one_of_several(block)
            return
        if block.order not in self.told:
            yield self.say(f"status_{block.status}", order=block.order)
        for each in block.lines[:MOST_HEARD]:
            yield self.say("ear_line", title=each.title, quantity=each.quantity)
        yield from self.rest(len(block.lines))
        yield from self.total(block.total)
        days = sorted({each.eta for each in block.shipments if each.eta and each.status != "delivered"})
        if days and (told := self.say("ear_day", day=date.fromisoformat(days[0]))) not in self.told:
            yield self.say("ear_eta", day=told)

    def one_of_several(self, block: OrderBlock) -> Sentences:
        """An order in a list: how it stands and what it came to; the first goods stand for all."""
        place = self.orders.index(block)
        if place < MOST_HEARD:
            first, others = block.lines[0].title if block.lines else "", len(block.lines) - 1
            goods = self.say("ear_and_more" if others > 0 else "ear_alone", title=first, count=others)
            yield self.say(f"status_{block.status}", order=block.order)
            yield self.say("ear_order", goods=goods, total=block.total.display)
        elif place == MOST_HEARD:
            yield from self.rest(len(self.orders))

    def returned(self, block: ReturnBlock) -> Sentences:
        for each in block.lines[:MOST_HEARD]:
            yield self.say("ear_line", title=each.title, quantity=each.quantity)
        if block.refund.amount and block.refund.display not in self.told:
            yield self.say("ear_refund", refund=block.refund.display)

    def link(self, block: LinkBlock) -> Sentences:
        yield self.say("ear_link", label=block.label)


_HEARD: dict[str, Callable[[_Ear, Any], Sentences]] = {
    "text": _Ear.text,
    "notice": _Ear.text,
    "products": _Ear.products,
    "choices": _Ear.choices,
    "comparison": _Ear.comparison,
    "reviews": _Ear.reviews,
    "cart": _Ear.cart,
    "checkout": _Ear.checkout,
    "order": _Ear.order,
    "return": _Ear.returned,
    "link": _Ear.link,
}

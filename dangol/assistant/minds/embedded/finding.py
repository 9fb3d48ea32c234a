"""Finding: products by need, advice without a target, something like this, what goes with this, what is on offer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import sold_out, unmet
from dangol.assistant.minds.embedded.deadlines import days_until, in_time
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import is_question, seeks
from dangol.assistant.minds.embedded.policies import policy_part
from dangol.assistant.minds.embedded.references import product_asked, product_meant
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask, nothing
from dangol.assistant.minds.embedded.wanting import other_currency, wishes_now, wishes_said
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import ShownItem
from dangol.contracts.shopfloor.baskets import DeliveryOptions, QuoteDelivery
from dangol.contracts.shopfloor.products import (
    FindProducts,
    FoundProducts,
    Loosened,
    MatchingProducts,
    NarrowingQuestion,
    Noted,
    NoteSearch,
    ProductCard,
    SimilarProducts,
    Sort,
    Wishes,
)
from dangol.kernel.money import Money, currency_name
from dangol.kernel.words import colours

_CHEAPEST = re.compile(
    r"(?i)(?:제일|가장|젤)\s*(?:싼|저렴)|최저가|\bcheapest\b|\bleast expensive\b|\blowest price"
)
_SORTS = ("price_asc", "price_desc", "rating", "newest", "popularity")
_MOST_KINDS = 8
_AWAITS = {
    "category": "category",
    "color": "color",
    "audience": "audience",
    "price": "budget",
    "size": "size",
}


def find_products(desk: Desk) -> Steps[Answer]:
    """Find by need, category, attribute, price; three good ones with a reason each."""
    wishes = wishes_now(desk)
    more = desk.intent == "more"
    sort = _sort(desk)
    wanted = FindProducts(
        wishes=wishes, sort=sort, avoid=desk.memory.seen if more else (), facets=False, limit=3
    )
    found = yield from ask("find_products", wanted, FoundProducts)
    if wishes.text or wishes.categories:
        noted = NoteSearch(text=wishes.text, categories=wishes.categories)
        yield from ask("note_search", noted, Noted)
    gone = yield from _sold_out(desk, wishes, found) if not more else nothing()
    if gone is not None:
        return gone
    if desk.intent == "recommend" and unmet.unknown_words(wishes, found):
        return (yield from _popular(desk))
    if (
        unmet.kind_not_sold(desk, wishes, found) is not None
        and is_question(desk.text)
        and not seeks(desk.text)
    ):
        told = yield from policy_part(desk)  # "can I read the e-book on my phone": asked, and not looked for
        if told is not None:
            return told
    answer = yield from _with_delivery(desk, found, presented(desk, wishes, found, more=more))
    return _told_of_currency(desk, answer) if other_currency(desk) else answer


def _told_of_currency(desk: Desk, answer: Answer) -> Answer:
    """That the budget could not be kept to goes first; of the rest what was asked for, the day, before the praise."""
    arrival = [each for each in answer.lines if each.name.startswith("arrives")]
    note = line("other_currency", currency=currency_name(desk.shop.currency, desk.language))
    return replace(answer, lines=(note, *(arrival or answer.lines)[:1]))


def _popular(desk: Desk) -> Steps[Answer]:
    """Advice was asked for in words that name nothing: what is bought most."""
    wanted = FindProducts(wishes=Wishes(), sort="popularity", avoid=desk.memory.seen, facets=False, limit=3)
    found = yield from ask("find_products", wanted, FoundProducts)
    if not found.items:
        return presented(desk, Wishes(), found)
    return shown(desk, found.items, lines=(line("found_popular"),), keep={"sort": "popularity"})


def what_is_sold(desk: Desk) -> Steps[Answer]:
    """ "여기 뭐 팔아요?", "what do you sell": the kinds of goods, the largest first, and what is bought most of them."""
    wanted = FindProducts(wishes=Wishes(), sort="popularity", facets=True, limit=3)
    found = yield from ask("find_products", wanted, FoundProducts)
    kinds = [each.label for each in found.facets.get("category", ())[:_MOST_KINDS]]
    if not kinds:
        return presented(desk, Wishes(), found)
    answer = shown(desk, found.items, lines=(line("we_sell", kinds=kinds), line("what_kind_wanted")))
    return replace(answer, choices=answer.choices[1:])


def _sold_out(desk: Desk, wishes: Wishes, found: FoundProducts) -> Steps[Answer | None]:
    """What was asked for is sold here and out of stock: say that, rather than that there is no such thing."""
    gone = yield from sold_out.gone_among(desk, wishes, found)
    return (yield from gone_instead(desk, wishes, gone)) if gone else None


def gone_instead(desk: Desk, wishes: Wishes, gone: Sequence[ProductCard]) -> Steps[Answer]:
    """The goods that were meant and cannot be had now, with word of their return and the like of them."""
    buttons = tuple((f"restock:{card.sku}", line("button_restock")) for card in gone[:1] if card.sku)
    lines = yield from sold_out.gone_lines(desk, gone)
    answer = shown(desk, gone, lines=lines)
    return replace(
        answer,
        choices=(*buttons, (f"similar:{gone[0].product}", line("button_similar"))),
        keep={
            **answer.keep,
            "wishes": wishes,
            "focus": gone[0].product,
            "focus_title": gone[0].title,
            "pending": sold_out.told_gone(desk, gone[0]),
        },
    )


def recommend(desk: Desk) -> Steps[Answer]:
    """Advise without a clear target: propose, and ask the one thing that narrows most."""
    return (yield from find_products(desk))


def more_products(desk: Desk) -> Steps[Answer]:
    """Show others under the same wishes."""
    return (yield from find_products(desk.with_intent("more")))


def find_similar(desk: Desk) -> Steps[Answer]:
    """Something like the product meant, under the wishes said with it."""
    meant = yield from product_asked(desk)
    if meant is None:
        others = bool(desk.memory.shown) and not desk.entities  # "something less boring" than these
        return (yield from (more_products(desk) if others else find_products(desk)))
    said = wishes_said(desk).model_copy(update={"text": ""})
    wanted = SimilarProducts(product=meant.product, wishes=said, cheaper=_cheaper(desk))
    found = yield from ask("similar_products", wanted, FoundProducts)
    if not found.items:
        return Answer(
            lines=(line("no_similar"),),
            choices=unmet.ways_on(),
            keep={"focus": meant.product, "focus_sku": meant.sku},
        )
    name = "similar_cheaper" if _cheaper(desk) else "similar"
    return shown(desk, found.items, lines=(line(name), *_loosened(found.loosened)))


def find_cheaper(desk: Desk) -> Steps[Answer]:
    """Cheaper than what is on the screen: the same wishes below its cheapest price, else the cheapest there are."""
    meant = product_meant(desk)
    if meant is not None and len(desk.memory.shown) <= 1 and not _CHEAPEST.search(desk.text):
        return (yield from find_similar(replace(desk, argument="cheaper")))
    wishes = desk.memory.wishes
    if _CHEAPEST.search(desk.text):
        found = yield from ask("find_products", FindProducts(wishes=wishes, sort="price_asc"), FoundProducts)
        return shown(desk, found.items, lines=(line("cheapest"),), keep={"sort": "price_asc"})
    for bound in _below_what_is_shown(desk):
        wanted = FindProducts(wishes=bound, avoid=desk.memory.seen, limit=3)
        found = yield from ask("find_products", wanted, FoundProducts)
        if found.items and not found.loosened:
            return shown(desk, found.items, lines=(line("cheaper"),), keep={"wishes": bound})
    found = yield from ask(
        "find_products", FindProducts(wishes=wishes, sort="price_asc", limit=3), FoundProducts
    )
    seen = [item.price for item in desk.memory.shown if item.price]
    none = bool(seen) and all(card.price >= min(seen) for card in found.items)
    lines = (line("nothing_cheaper" if none else "cheapest"),)
    return shown(desk, found.items, lines=lines, keep={"sort": "price_asc"})


def _below_what_is_shown(desk: Desk) -> Iterator[Wishes]:
    """The same wishes below the cheapest price on the screen; who wants cheaper gives up the floor they set before."""
    prices = [item.price for item in desk.memory.shown if item.price]
    if not prices:
        return
    wishes, lowest = desk.memory.wishes, min(prices)
    below = {"price_max": lowest - Money(amount=1, currency=lowest.currency)}
    if wishes.price_min is not None and wishes.price_min < lowest:
        yield wishes.model_copy(update=below)
    yield wishes.model_copy(update={**below, "price_min": None})


def find_further(desk: Desk) -> Steps[Answer]:
    """ "더 긴 거 없어?", "anything bigger?": the same wishes with one more quality, and nothing seen before."""
    wishes = desk.memory.wishes
    if not wishes.categories and not wishes.text:
        return (yield from find_similar(desk))
    wishes = wishes.model_copy(update={"text": f"{wishes.text} {desk.text}".strip()})
    wanted = FindProducts(wishes=wishes, avoid=desk.memory.seen)
    found = yield from ask("find_products", wanted, FoundProducts)
    if not found.items or found.loosened:
        return Answer(lines=(line("no_more_found"),), choices=unmet.ways_on(), keep={"awaits": None})
    return shown(desk, found.items, lines=(line("found_more"),), keep={"wishes": wishes})


def find_with(desk: Desk) -> Steps[Answer]:
    """One more word for the search that has begun, in the shopper's own words ("무가당으로")."""
    if desk.entities:
        return (yield from find_products(desk))
    before = desk.memory.wishes
    wishes = before.model_copy(update={"text": f"{before.text} {desk.text}".strip()})
    found = yield from ask("find_products", FindProducts(wishes=wishes), FoundProducts)
    return presented(desk, wishes, found)


def style_advice(desk: Desk) -> Steps[Answer]:
    """What goes with the product meant: in stock, never the same kind of thing."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from find_products(desk))
    said = wishes_said(desk).model_copy(update={"text": ""})
    wanted = MatchingProducts(product=meant.product, wishes=said)
    found = yield from ask("matching_products", wanted, FoundProducts)
    if not found.items:
        return Answer(lines=(line("no_matching"),), choices=unmet.ways_on(), keep={"focus": meant.product})
    answer = shown(desk, found.items, lines=(line("matching"),))
    return answer


def shown(
    desk: Desk, items: Sequence[ProductCard], *, lines: tuple[Line, ...], keep: dict[str, Any] | None = None
) -> Answer:
    """Cards on the screen, remembered in their order, with what can be done next."""
    seen = tuple(dict.fromkeys((*desk.memory.seen, *(card.product for card in items))))[-60:]
    only = items[0] if len(items) == 1 else None
    return Answer(
        lines=lines,
        blocks=(cards.products(items, desk.language, desk.shop),),
        choices=_next_steps(items),
        keep={
            "shown": shown_items(items),
            "seen": seen,
            "focus": only.product if only else None,
            "focus_title": only.title if only else "",
            "focus_sku": only.sku if only else None,
            "pending": None,
            "awaits": None,
            **(keep or {}),
        },
    )


def shown_items(items: Sequence[ProductCard]) -> tuple[ShownItem, ...]:
    """Cards as they are remembered: place, title and colour, so that "the black one" can be pointed at."""
    return tuple(
        ShownItem(product=card.product, title=card.title, sku=card.sku, color=_color(card), price=card.price)
        for card in items
    )


def _color(card: ProductCard) -> str | None:
    for value in (*card.options.values(), card.title):
        found = colours.find(value)
        if found:
            return found[0].slug
    return None


def _next_steps(items: Sequence[ProductCard]) -> tuple[tuple[str, Line], ...]:
    if len(items) >= 2:
        together = ",".join(card.product for card in items[:3])
        return ((f"compare:{together}", line("button_compare")), ("more", line("button_more")))
    if not items:
        return ()
    only = items[0]
    return (
        (f"buy:{only.product}", line("button_add")),
        (f"reviews:{only.product}", line("button_reviews")),
        (f"similar:{only.product}", line("button_similar")),
    )


def presented(desk: Desk, wishes: Wishes, found: FoundProducts, *, more: bool = False) -> Answer:
    """What was found as an answer: what was loosened, the cards, and at most one narrowing question."""
    keep: dict[str, Any] = {"wishes": unmet.without(wishes, found.loosened), "sort": _sort(desk)}
    exhausted = more and any(each.kind == "category" for each in found.loosened)
    if not found.items or exhausted or unmet.unknown_words(wishes, found):
        return Answer(
            lines=(line("no_more_found") if more else line("nothing_found"),),
            choices=unmet.ways_on(),
            keep={**keep, "awaits": None, "pending": None},
        )
    if (missing := unmet.kind_not_sold(desk, wishes, found)) is not None:
        near = unmet.near_ones(desk, wishes, found)
        if not near:
            return missing
        closest = shown(desk, near, lines=(line("kind_not_sold_near", kind=missing.lines[0].values["kind"]),))
        return replace(closest, keep={**closest.keep, **missing.keep})
    head = _loosened(found.loosened) or (line(_heading(found, more=more), total=found.total),)
    answer = shown(desk, found.items, lines=head, keep=keep)
    question = found.question
    if question is None or found.loosened or question.facet in desk.memory.narrowed:
        return answer
    return _narrowing(desk, answer, question)


def _heading(found: FoundProducts, *, more: bool) -> str:
    if more:
        return "found_more"
    if len(found.items) == 1:
        return "found_one"
    return "found_best" if found.total > len(found.items) else "found_these"


def _narrowing(desk: Desk, answer: Answer, question: NarrowingQuestion) -> Answer:
    buttons = tuple(
        (f"narrow:{question.facet}:{each.value}", line("plain", text=each.label))
        for each in question.values[:5]
    )
    return Answer(
        lines=(*answer.lines, line(f"ask_{question.facet}")),
        blocks=answer.blocks,
        choices=(*buttons, *answer.choices),
        keep={
            **answer.keep,
            "awaits": _AWAITS.get(question.facet, "option"),
            "narrowed": (*desk.memory.narrowed, question.facet)[-6:],
        },
    )


def _loosened(loosened: Sequence[Loosened]) -> tuple[Line, ...]:
    """Which wish was given up, and that these are the nearest."""
    if not loosened:
        return ()
    wishes = [line(f"wish_{each.kind}", value=each.label or each.value) for each in loosened]
    return (line("loosened", wishes=wishes),)


def _sort(desk: Desk) -> Sort:
    said = desk.first("sort")
    if said in _SORTS:
        return said  # type: ignore[no-any-return]
    kept = desk.memory.sort
    return kept if kept in _SORTS and desk.intent == "more" else "relevance"  # type: ignore[return-value]


def _cheaper(desk: Desk) -> bool:
    return (
        desk.argument == "cheaper"
        or desk.first("sort") == "price_asc"
        or any(
            word in desk.text.lower()
            for word in ("cheaper", "less expensive", "더 싼", "저렴", "싼 거", "싼거")
        )
    )


def _with_delivery(desk: Desk, found: FoundProducts, answer: Answer) -> Steps[Answer]:
    """When a day was named, say whether delivery makes it; what cannot come in time is not said to fit."""
    today = desk.situation.now.astimezone(desk.shop.zone).date()
    wanted = days_until(desk, today)
    if wanted is None or not found.items or not desk.shop.shipping.zones:
        return answer
    options = yield from ask("quote_delivery", QuoteDelivery(), DeliveryOptions)
    said = in_time(options.quotes, wanted, desk.language)
    if said is None:
        return answer
    if said.name == "arrives_later" and not found.loosened:
        return replace(answer, lines=(said, line("nearest_otherwise")))
    return replace(answer, lines=(*answer.lines[:2], said))

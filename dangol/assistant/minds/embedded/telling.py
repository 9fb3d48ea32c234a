"""Telling what the record says of a product: its qualities, its price, what it is at a glance."""

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import find_products, shown, shown_items
from dangol.assistant.minds.embedded.naming import which_product
from dangol.assistant.minds.embedded.pointing import asks_of_contents, seeks
from dangol.assistant.minds.embedded.references import meant_products, one_of_that_kind, product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.minds.embedded.wanting import wishes_said
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import ShownItem
from dangol.contracts.shopfloor.policies import GapNoted, NoteGap
from dangol.contracts.shopfloor.products import (
    AskAttribute,
    AttributeAnswer,
    FindProducts,
    FoundProducts,
    LookAtProduct,
    Noted,
    NoteView,
    ProductDetails,
)
from dangol.kernel.words import occasions
from dangol.kernel.words.normalising import compact

_MOST_ASKED = 3
_FEWEST_POINTS, _MOST_POINTS, _LONGEST_POINT = 3, 5, 160
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_EACH = re.compile(
    r"(?i)\b(?:they|any of (?:them|these|those)|which (?:one|of (?:them|these|those))|all of them)\b"
    r"|이\s?중에|(?:둘|셋|그)\s?중|얘네|어떤\s?게|어느\s?게|뭐가|다들"
)


def ask_product_info(desk: Desk) -> Steps[Answer]:
    """An attribute of the product meant, from its record; what is not stated is said not to be."""
    desk = _of_the_topic(desk)
    if desk.memory.focus and not desk.values("product") and asks_of_contents(desk.text):
        desk = replace(desk, entities=tuple(each for each in desk.entities if each.type != "category"))
    several = _several(desk)
    if several:
        return (yield from _of_each(desk, several))
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from _of_that_kind(desk))
    slugs = tuple(str(value) for kind in ("attribute", "material") for value in desk.values(kind))
    found = yield from ask(
        "ask_attribute", AskAttribute(product=meant.product, asked=desk.text, slugs=slugs), AttributeAnswer
    )
    keep = {"focus": meant.product, "focus_title": found.title, "awaits": None, "pending": None}
    if not found.stated and not found.sentences:
        noted = NoteGap(question=desk.text, product=meant.product, kind="product")
        yield from ask("note_gap", noted, GapNoted)
        return Answer(
            lines=(line("not_stated", title=found.title),),
            choices=(
                (f"reviews:{meant.product}", line("button_reviews")),
                (f"show:{meant.product}", line("button_details")),
                ("human", line("button_human")),
            ),
            keep=keep,
        )
    return Answer(
        lines=_stated(found),
        choices=(
            (f"buy:{meant.product}", line("button_add")),
            (f"reviews:{meant.product}", line("button_reviews")),
        ),
        keep=keep,
    )


def _of_the_topic(desk: Desk) -> Desk:
    """ "선물용 텀블러 각인되나요": asked is the engraving, and not whether it makes a present."""
    if not desk.values("topic"):
        return desk
    text = desk.text.lower()
    for each in reversed(occasions.find(text)):
        text = f"{text[: each.start]} {text[each.end :]}"
    return replace(desk, text=" ".join(text.split()))


def on_record(desk: Desk) -> Steps[Answer | None]:
    """What the record of a product named in the message says to a question that the articles answer for all goods
    ("헤드폰 보증 기간은요?"); None where none is named or its record does not say."""
    meant = meant_products(desk)
    if len(meant) != 1 or not desk.values("topic"):
        return None
    asked = AskAttribute(product=meant[0].product, asked=" ".join(map(str, _topics_said(desk))))
    found = yield from ask("ask_attribute", asked, AttributeAnswer)
    if not found.stated:
        return None
    keep = {"focus": meant[0].product, "focus_title": found.title, "awaits": None, "pending": None}
    return Answer(lines=_stated(found.model_copy(update={"sentences": ()})), keep=keep)


def _topics_said(desk: Desk) -> list[str]:
    return [each.text for each in desk.entities if each.type == "topic"]


def _of_that_kind(desk: Desk) -> Steps[Answer]:
    """Goods of the kind named are asked each; without a kind, which product is meant."""
    if not desk.values("category"):
        return (yield from find_products(desk) if desk.entities else which_product(desk))
    wanted = FindProducts(wishes=wishes_said(desk), limit=_MOST_ASKED)
    found = yield from ask("find_products", wanted, FoundProducts)
    shown = [item.product for item in desk.memory.shown[:_MOST_ASKED]]
    if (found.loosened or not found.items) and desk.memory.focus and not seeks(desk.text):
        return (yield from ask_product_info(replace(desk, entities=())))  # the top of a bunk bed is no blouse
    if (found.loosened or not found.items) and shown:
        return (yield from _of_each(desk, shown))  # "battery" is no kind of goods here, but a part of those
    if found.loosened or not found.items:
        return (yield from find_products(desk))
    items = shown_items(found.items)
    at = replace(desk, memory=desk.memory.model_copy(update={"shown": items}))
    if len(items) == 1:
        at = replace(at, memory=at.memory.model_copy(update={"focus": items[0].product}), entities=())
        return (yield from ask_product_info(at))
    answer = yield from _of_each(at, [item.product for item in items])
    return replace(answer, keep={**answer.keep, "shown": items, "focus": None, "wishes": wanted.wishes})


def _several(desk: Desk) -> list[str]:
    """The products on screen when a question is about them all ("do they have a hood?") or about none of them alone."""
    if one_of_that_kind(desk) is not None:
        return []
    pointed = [meant.product for meant in meant_products(desk)]
    if len(pointed) > 1:
        return pointed[:_MOST_ASKED]
    if pointed or desk.memory.focus or (desk.situation.state.page and not _EACH.search(desk.text)):
        return []
    kinds = [compact(each.text) for each in desk.entities if each.type == "category"]
    if kinds and not any(kind in compact(item.title) for kind in kinds for item in desk.memory.shown):
        return []  # of goods that are not on screen
    shown = [item.product for item in desk.memory.shown[:_MOST_ASKED]]
    return shown if len(shown) > 1 else []


def _of_each(desk: Desk, products: list[str]) -> Steps[Answer]:
    """The same question of several products: which have it on record, which do not, which do not say."""
    slugs = tuple(str(value) for kind in ("attribute", "material") for value in desk.values(kind))
    rows: dict[str, list[str]] = {"each_yes": [], "each_no": [], "each_unstated": []}
    says: list[Line] = []
    for product in products:
        asked = AskAttribute(product=product, asked=desk.text, slugs=slugs)
        found = yield from ask("ask_attribute", asked, AttributeAnswer)
        if found.holds is None and (found.stated or found.sentences):
            says.append(_says(found))
            continue
        name = {True: "each_yes", False: "each_no", None: "each_unstated"}[found.holds]
        rows[name].append(found.title)
    lines = [*says, *(line(name, titles=titles) for name, titles in rows.items() if titles)]
    if says and len(lines) > 1 and rows["each_unstated"]:
        lines = [*says, line("each_unstated", titles=rows["each_unstated"])]
    together = ",".join(products)
    return Answer(
        lines=tuple(lines[:3]),
        choices=(
            *((f"show:{item.product}", line("plain", text=item.title)) for item in _named(desk, products)),
            (f"compare:{together}", line("button_compare")),
        ),
        keep={"awaits": None, "pending": None},
    )


def _says(found: AttributeAnswer) -> Line:
    """What one product's record says, in its own words."""
    if not found.stated:
        return line("each_quoted", title=found.title, text=found.sentences[0])
    facts = [line("attribute_pair", name=each.name, value=each.value) for each in found.stated[:1]]
    return line("each_says", title=found.title, facts=facts)


def _named(desk: Desk, products: list[str]) -> list[ShownItem]:
    return [item for item in desk.memory.shown if item.product in products]


def _stated(found: AttributeAnswer) -> tuple[Line, ...]:
    head = {True: "attribute_yes", False: "attribute_no", None: "attribute_says"}[found.holds]
    facts = [line("attribute_pair", name=each.name, value=each.value) for each in found.stated[:3]]
    lines = [line(head, title=found.title)]
    if facts:
        lines.append(line("attribute_facts", facts=facts))
    elif found.sentences:
        lines.append(line("quoted", text=found.sentences[0]))
    return tuple(lines)


def show_product(desk: Desk) -> Steps[Answer]:
    """Look at one product closely: its card and a short summary from the record."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from which_product(desk))
    details = yield from ask("look_at_product", LookAtProduct(product=meant.product), ProductDetails)
    yield from ask("note_view", NoteView(product=meant.product), Noted)
    points = _points(details)
    lines = (
        (line("summary", title=details.card.title, points="\n".join(f"• {point}" for point in points)),)
        if points
        else (line("found_one", total=1),)
    )
    answer = shown(desk, (details.card,), lines=lines)
    return answer


def _points(details: ProductDetails) -> list[str]:
    """At most five points of the record: its attributes, then sentences of its description as they stand there."""
    points = [f"{each.name}: {each.value}" for each in details.attributes[:_MOST_POINTS]]
    for sentence in _SENTENCE.split(details.description):
        plain = sentence.strip().rstrip(".")
        if len(points) >= _FEWEST_POINTS:
            break
        if 0 < len(plain) <= _LONGEST_POINT:
            points.append(plain)
    return points

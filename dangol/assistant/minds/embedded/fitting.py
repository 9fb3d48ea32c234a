"""Fitting: which size, what buyers say, on which shelf."""

from __future__ import annotations

import re
from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.naming import which_product
from dangol.assistant.minds.embedded.opening import hours_lines
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.minds.embedded.telling import ask_product_info
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.people import Done, NotePreference
from dangol.contracts.shopfloor.products import (
    AdviseSize,
    Branches,
    BranchView,
    CheckShelf,
    ListBranches,
    ReadReviews,
    Reviews,
    Shelves,
    SizeAdvice,
    SizeWish,
)
from dangol.contracts.shopfloor.shown import reviews_block

_BAD_ONES = re.compile(
    r"(?i)안\s?좋은|나쁜|단점|불만|별로|악평|낮은|\bbad\b|\bnegative\b|\bcomplain|\bcons\b|\bworst\b|\blow"
)
_GOOD_ONES = re.compile(
    r"(?i)좋은\s?(?:후기|점|평)|장점|\bgood (?:ones|reviews)\b|\bpositive\b|\bpros\b|\bbest\b"
)
_WIDE = frozenset({"wide-fit"})


def ask_size_advice(desk: Desk) -> Steps[Answer]:
    """Which size to take: from the usual size, the chart, the fit note and what buyers say."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from which_product(desk))
    wide = bool(_WIDE & set(map(str, desk.values("attribute"))))
    if wide:
        noted = NotePreference(kind="fit", value="wide", words=desk.text[:200])
        yield from ask("note_preference", noted, Done)
    usual = desk.sizes[0] if desk.sizes else desk.memory.sized
    advice = yield from ask(
        "advise_size",
        AdviseSize(
            product=meant.product,
            usual=usual,
            wide=wide,
            audience=desk.first("audience") or desk.memory.audience,
        ),
        SizeAdvice,
    )
    keep: dict[str, Any] = {"focus": meant.product, "focus_title": advice.card.title, "sized": usual}
    if not advice.sizes and not advice.fit_note and advice.size is None:
        return (yield from ask_product_info(desk))  # it comes in no sizes: the record, if anything, tells
    if advice.needs != "nothing" or advice.size is None:
        return _needs_usual(desk, meant.product, advice, keep)
    lines = [line("advised_size", size=advice.size), *_grounds(advice)]
    if not advice.in_stock:
        lines = [*lines[:2], line("advised_sold_out", size=advice.size)]
        choices = ((f"restock:{advice.sku}", line("button_restock")),) if advice.sku else ()
        return Answer(lines=tuple(lines), choices=choices, keep={**keep, "awaits": None})
    buy = f"add:{advice.sku}" if advice.sku else f"buy:{meant.product}"
    wish = SizeWish(system="unknown", value=advice.size)
    pending = Pending(
        intent="add_to_cart", awaits="yes_no", product=meant.product, sku=advice.sku, sizes=(wish,)
    )
    return Answer(
        lines=tuple(lines),
        choices=((buy, line("button_add")), (f"reviews:{meant.product}", line("button_reviews"))),
        keep={**keep, "focus_sku": advice.sku, "awaits": None, "pending": pending if advice.sku else None},
    )


def _needs_usual(desk: Desk, product: str, advice: SizeAdvice, keep: dict[str, Any]) -> Answer:
    pending = Pending(intent="ask_size_advice", awaits="size", product=product)
    lines = [line("ask_usual_size" if advice.needs != "system" else "ask_size_system")]
    if advice.fit_note:
        lines.insert(0, line("fit_note", note=advice.fit_note))
    elif advice.small or advice.large:
        lines.insert(0, _fit_from_reviews(advice))
    return Answer(
        lines=tuple(lines),
        choices=tuple((f"usual:{size}", line("plain", text=size)) for size in advice.sizes[:8]),
        keep={**keep, "awaits": "size", "pending": pending},
    )


def _grounds(advice: SizeAdvice) -> list[Line]:
    lines: list[Line] = []
    if advice.fit_note:
        lines.append(line("fit_note", note=advice.fit_note))
    if advice.small or advice.large or advice.true_to_size:
        lines.append(_fit_from_reviews(advice))
    if "returns" in advice.grounds and advice.back_small + advice.back_large:
        name = "fit_returns_small" if advice.back_small >= advice.back_large else "fit_returns_large"
        lines.append(line(name, count=max(advice.back_small, advice.back_large)))
    if not lines and "chart" in advice.grounds:
        lines.append(line("from_chart"))
    return lines[:2]


def _fit_from_reviews(advice: SizeAdvice) -> Line:
    return line("fit_reviews", small=advice.small, large=advice.large, fitting=advice.true_to_size)


def read_reviews(desk: Desk) -> Steps[Answer]:
    """What buyers say: by topic with counts, and some reviews word for word."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from which_product(desk))
    wanted = ReadReviews(product=meant.product, **_filters(desk))
    found = yield from ask("read_reviews", wanted, Reviews)
    keep = {"focus": meant.product, "focus_title": found.card.title, "awaits": None, "pending": None}
    if not found.count:
        name = "no_reviews_so" if wanted != ReadReviews(product=meant.product) else "no_reviews"
        return Answer(lines=(line(name, title=found.card.title),), keep=keep)
    head = line(
        "reviews_sum", title=found.card.title, count=found.count, rating=found.rating,
        positive=found.positive, negative=found.negative,
    )  # fmt: skip
    lines = [head]
    best = next((topic for topic in found.topics if topic.positive > topic.negative), None)
    worst = max(found.topics, key=lambda topic: topic.negative, default=None)
    if best is not None:
        lines.append(line("reviews_liked", topic=best.label, count=best.positive))
    if worst is not None and worst.negative and worst != best:
        lines.append(line("reviews_disliked", topic=worst.label, count=worst.negative))
    return Answer(
        lines=tuple(lines),
        blocks=(reviews_block(found),),
        choices=(
            (f"buy:{meant.product}", line("button_add")),
            (f"sizing:{meant.product}", line("button_size")),
        ),
        keep=keep,
    )


def _filters(desk: Desk) -> dict[str, Any]:
    filters: dict[str, Any] = {}
    if _BAD_ONES.search(desk.text):
        filters["rating_max"] = 2
    elif _GOOD_ONES.search(desk.text):
        filters["rating_min"] = 4
    rating = desk.first("rating_min")
    if isinstance(rating, int | float):
        filters["rating_min"] = int(rating)
    if desk.sizes:
        filters["option"] = desk.sizes[0].value
    return filters


def ask_store(desk: Desk) -> Steps[Answer]:
    """A branch: where it is, when it is open, what stands on its shelf."""
    named = desk.first("store")
    branch = named if any(each.code == named for each in desk.shop.branches) else None
    meant = yield from product_asked(desk)
    about_stock = meant is not None and (desk.values("product") or _asks_stock(desk.text))
    if meant is not None and about_stock:
        return (yield from _shelf(desk, meant.product, branch))
    found = yield from ask("list_branches", ListBranches(branch=branch), Branches)
    if not found.items:
        return Answer(lines=(line("no_branches"),), choices=(("intent:ask_contact", line("button_contact")),))
    lines = [_branch_line(each) for each in found.items[:3]]
    if len(found.items) == 1 and found.items[0].phone:
        lines.append(line("branch_phone", phone=found.items[0].phone))
    if len(found.items) > 1:
        rows = [line("branch_row", name=each.name, hours=hours_lines(each.hours)) for each in found.items]
        lines = [line("branch_each", branches=rows)]
    if named and branch is None:
        lines = [line("no_such_branch", name=named), *lines]
    return Answer(lines=tuple(lines[:3]), keep={"awaits": None, "pending": None})


def shelves(desk: Desk) -> Steps[Answer]:
    """On which shelves the product of a button stands."""
    meant = yield from product_asked(desk)
    if meant is None:
        return (yield from which_product(desk))
    return (yield from _shelf(desk, meant.product, None))


def _asks_stock(text: str) -> bool:
    return bool(
        re.search(
            r"(?i)재고|있어|있나|있음|있는|파는|팔아|\bstock\b|\bhave\b|\bin your\b|\bcarry\b|\bshelf\b", text
        )
    )


def _branch_line(branch: BranchView) -> Line:
    name = "branch_open" if branch.open_now else "branch_closed"
    return line(name, name=branch.name, address=branch.address, hours=hours_lines(branch.hours))


def _shelf(desk: Desk, product: str, branch: str | None) -> Steps[Answer]:
    wanted = CheckShelf(product=product, branch=branch, colors=desk.colors, sizes=desk.sizes)
    found = yield from ask("check_shelf", wanted, Shelves)
    keep = {"focus": product, "focus_title": found.card.title, "awaits": None, "pending": None}
    if found.lines:
        rows = [
            line(
                "shelf_row_place" if each.place else "shelf_row",
                branch=each.branch.name, options=cards.variant_words(each.options), count=each.quantity, place=each.place,
            )
            for each in found.lines[:4]
        ]  # fmt: skip
        return Answer(lines=(line("on_shelf", title=found.card.title, rows=rows),), keep=keep)
    name = "not_on_shelf_there" if found.asked else "not_on_shelf"
    return Answer(
        lines=(line(name, title=found.card.title, branch=found.asked.name if found.asked else ""),),
        choices=(
            (f"buy:{product}", line("button_add")),
            (f"stores:{product}", line("button_other_branches")),
        ),
        keep=keep,
    )

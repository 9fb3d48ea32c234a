"""Goods that do not work: the shop's own guide for it, or the plain word that there is none; danger first of all."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.guide_walk import GuideWalk
from dangol.assistant.minds.embedded import guide_words, walking
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.references import Meant, meant_products, product_meant
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ToolRefused, ask
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.guides import (
    FindGuide,
    GoodsNamed,
    GuideFound,
    GuidesFound,
    GuideView,
    NoteWalk,
    OpenGuide,
    WalkNoted,
)
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders
from dangol.contracts.shopfloor.policies import GapNoted, NoteGap
from dangol.contracts.shopfloor.products import LookAtProduct, ProductDetails

WAITS = "solve"  # what a question of ours is pending for: which trouble, of which goods
_PERSON = ("human", line("button_human"))
# what is asked for surely is no trouble, whatever its words
_SURELY = 0.5
_BUSINESS = frozenset({
    "add_to_cart", "change_cart", "checkout", "save_wish", "ask_price", "recommend", "compare_products", "read_reviews",
    "abuse", "ask_size_advice", "ask_promotion", "ask_discount", "notify_restock", "ask_store", "ask_delivery",
    "track_refund", "apply_coupon", "find_similar", "style_advice", "stop_marketing", "cancel_dialogue", "deny", "affirm",
    "goodbye",
})  # fmt: skip


def trouble(desk: Desk, intents: frozenset[str]) -> bool:
    """Whether a message tells of goods that do not work in use, and of nothing that the desk of returns is asked for."""
    if desk.memory.task or desk.values("order_id") or not desk.text.strip():
        return False
    if intents & {"return_item", "exchange_item", "cancel_order", "talk_to_human", "track_order"}:
        return False
    if "report_item_problem" in intents:
        told = guide_words.may_be_in_use(desk.text) and desk.first("reason") != "wrong_item"
        return told and not only_asked(desk)
    read = desk.situation.reading.intents
    if any(each.name in _BUSINESS and each.confidence >= _SURELY for each in read):
        return False
    # "닭고기 안들어간거" is sought
    return not desk.values("excluded") and guide_words.in_use(_without_names(desk, desk.text))


def only_asked(desk: Desk) -> bool:
    """ "Got a lid?" of goods that are looked at: a question, and nothing told of what is wrong."""
    looked_at = desk.memory.focus and desk.memory.last_order is None and not desk.values("reason")
    return bool(looked_at) and desk.text.rstrip().endswith(("?", "？")) and not guide_words.in_use(desk.text)


def guided(job: Job) -> Job:
    """The guide for what a message tells of; the job it would have had otherwise, where that is no trouble after all."""

    def first_the_guide(desk: Desk) -> Steps[Answer]:
        answer = yield from _guide_for(desk, desk.text, strict=False)
        if answer is not None:
            return answer
        return (yield from job(desk))

    return first_the_guide


def _guide_for(desk: Desk, symptom: str, *, strict: bool) -> Steps[Answer | None]:
    """The guide begun, or asked about; that there is none, where a symptom was told; else None (never when `strict`)."""
    of = yield from _goods(desk)
    owned = yield from _owned(desk) if of is None or not of.product else _none_owned()
    told = _without_names(desk, symptom)
    found = yield from ask("find_guide", FindGuide(symptom=told, of=of, owned=owned), GuidesFound)
    if not found.items and of is not None and not _named(desk):
        # what is on the page need not be what does not work
        found = yield from ask("find_guide", FindGuide(symptom=told), GuidesFound)
    if found.items:
        return (yield from _begun_or_asked(desk, symptom, found))
    if not found.written or (not strict and not guide_words.tells_symptom(symptom)):
        return None
    return (yield from _none(desk, symptom, of))


def _begun_or_asked(desk: Desk, symptom: str, found: GuidesFound) -> Steps[Answer]:
    best = found.items[0]
    if best.danger:
        return (yield from danger(desk, best))
    if len(found.items) == 1 and best.sure:
        return (yield from begin(desk, best.guide, best.language, symptom, best))
    buttons = tuple(
        (f"guide:open:{each.guide}@{each.language}", line("plain", text=each.title)) for each in found.items
    )
    pending = Pending(intent=WAITS, awaits="product", product=best.product or None, value=symptom[:200])
    return Answer(
        lines=(line("guide_which" if len(buttons) > 1 else "guide_is_it"),),
        choices=(*buttons, ("guide:none", line("button_other_trouble"))),
        keep={"awaits": "choice", "pending": pending, "shown": ()},
    )


def begin(
    desk: Desk, slug: str, language: str, symptom: str, found: GuideFound | None = None
) -> Steps[Answer]:
    """The first step of a guide; one that was under way is left."""
    try:
        guide = yield from ask("open_guide", OpenGuide(guide=slug, language=language), GuideView)
    except ToolRefused:
        return (yield from _none(desk, symptom, None))
    under_way = walking.active(desk)
    if under_way is not None and (under_way.guide, under_way.mark) == (slug, guide.mark):
        return walking.told(desk, guide, under_way)
    yield from walking.leave(desk)
    product, title = (found.product, found.product_title) if found else ("", "")
    if not product and (of := (yield from _goods(desk))) is not None:
        product, title = of.product, of.title
    noted = yield from ask(
        "note_walk",
        NoteWalk(guide=slug, language=guide.language, mark=guide.mark, product=product, path=(1,)),
        WalkNoted,
    )
    walk = GuideWalk(
        walk=noted.walk,
        guide=slug,
        language=guide.language,
        title=guide.title,
        mark=guide.mark,
        symptom=symptom[:200],
        steps=len(guide.steps),
        product=product,
        product_title=title,
        path=(1,),
        told_at=desk.situation.now,
    )
    first: Line = line("guide_begin", title=guide.title)
    if guide.language != desk.language:
        first = line("in_other_language")
    return walking.told(desk, guide, walk, first, *_to_watch(guide))


def _to_watch(guide: GuideView) -> tuple[Line, ...]:
    """What is told before the first step: the guide's opening, and the signs on which to stop."""
    opening = (line("plain", text=guide.text),) if guide.text else ()
    if guide.signs:
        watch = line("guide_watch", signs=[f"“{sign}”" for sign in guide.signs])
    elif guide.stop:
        watch = line("guide_if_danger", text=guide.stop)
    else:
        return opening
    # three sentences are the most
    return (line("two_lines", first=opening[0], then=watch),) if opening else (watch,)


def again(desk: Desk) -> Steps[Answer]:
    """The trouble once more, for other goods or in other words than first thought."""
    walk, pending = desk.memory.guide, desk.memory.pending
    proposed = _proposed(desk)
    if proposed is not None and _bare_answer(desk) == "affirm":
        return (yield from opened(desk, proposed))
    if _bare_answer(desk) == "deny":
        return (yield from other(desk))
    before = pending.value if pending and pending.intent == WAITS else walk.symptom if walk else ""
    own = guide_words.tells_symptom(desk.text)
    symptom = desk.text if own or not before else _of_other_goods(desk, before)
    answer = yield from _guide_for(desk, symptom, strict=True)
    if answer is not None:
        return answer
    return (yield from _none(desk, symptom, None))


def gives(desk: Desk) -> bool:
    """Whether a message names the goods, or the trouble, that a guide is looked for."""
    memory = desk.memory
    named = bool(desk.values("category") or meant_products(desk))
    if memory.pending is not None and memory.pending.intent == WAITS:
        answers = _bare_answer(desk) == "deny" or (_bare_answer(desk) and _proposed(desk) is not None)
        return bool(answers) or named or guide_words.in_use(desk.text)
    walk = memory.guide
    if walk is None or not walk.under_way(desk.situation.now) or memory.awaits != "guide":
        return False
    return named and (
        guide_words.corrects(desk.text) or guide_words.in_use(desk.text) or guide_words.only_names(desk.text)
    )


def _proposed(desk: Desk) -> str | None:
    """The one guide proposed, by "is it this?"."""
    guides = [each.id for each in desk.memory.offered if each.id.startswith("guide:open:")]
    return guides[0].removeprefix("guide:open:") if len(guides) == 1 else None


def _bare_answer(desk: Desk) -> str:
    """A yes or no without anything else."""
    names = [intent.name for intent in desk.situation.reading.intents]
    return names[0] if names in (["affirm"], ["deny"]) and not desk.entities else ""


def other(desk: Desk) -> Steps[Answer]:
    """None of the troubles proposed: told in the shopper's own words, else for the team and a person."""
    yield from ()
    pending = Pending(intent=WAITS, awaits="text", value="")
    return Answer(
        lines=(line("guide_what"),),
        choices=(_PERSON,),
        keep={"awaits": "text", "pending": pending},
    )


def danger(desk: Desk, found: GuideFound | None = None) -> Steps[Answer]:
    """It smokes, swells or gives shocks: no step any more, the guide's own words for it, and a person at once."""
    walk = desk.memory.guide
    stop = ""
    if found is None and walk is not None and walk.under_way(desk.situation.now):
        stop = yield from _stop_words(walk.guide, walk.language)
    if not stop:
        stop = yield from _stop_found(desk, found)
    words = line("plain", text=stop) if stop else line("guide_danger")
    yield from walking.end(desk, "danger")
    return (yield from walking.handed(desk, words, "danger", "danger", urgent=True))


def _stop_found(desk: Desk, found: GuideFound | None) -> Steps[str]:
    if found is None:
        of = yield from _goods(desk)
        guides = yield from ask("find_guide", FindGuide(symptom=desk.text, of=of), GuidesFound)
        found = next((each for each in guides.items if each.danger), None)
    return (yield from _stop_words(found.guide, found.language)) if found else ""


def _stop_words(slug: str, language: str) -> Steps[str]:
    try:
        guide = yield from ask("open_guide", OpenGuide(guide=slug, language=language), GuideView)
    except ToolRefused:
        return ""
    return guide.stop


def _none(desk: Desk, symptom: str, of: GoodsNamed | None) -> Steps[Answer]:
    """Nobody has written a guide for it: said so, noted, and two ways on."""
    product = of.product if of else ""
    yield from ask("note_gap", NoteGap(question=symptom, kind="guide", product=product or None), GapNoted)
    return Answer(
        lines=(line("guide_none"), line("guide_none_ways")),
        choices=(("human", line("button_human")), ("intent:report_item_problem", line("button_defect"))),
        keep={"awaits": None, "pending": None, "offered_person": True},
    )


def _without_names(desk: Desk, symptom: str) -> str:
    """What is told of a product, without its name, whose words might be those of another trouble."""
    for each in desk.entities:
        if each.type == "product" and each.text:
            symptom = symptom.replace(each.text, " ")
    return " ".join(symptom.split()) or symptom


def _of_other_goods(desk: Desk, symptom: str) -> str:
    """What was told before, without the goods it was told of, said of those named now."""
    named = " ".join(
        each.text for each in desk.entities if each.type in ("category", "product") and each.text
    )
    return f"{named} {guide_words.without_goods(symptom)}".strip()


def _named(desk: Desk) -> bool:
    return bool(desk.values("category") or desk.values("product"))


def _goods(desk: Desk) -> Steps[GoodsNamed | None]:
    """The goods it is told of: a product meant, else the kind named; None when nothing says which."""
    kinds = tuple(str(value) for value in desk.values("category"))
    meant = _of_these(desk, kinds)
    if meant is not None:
        found = yield from ask("look_at_product", LookAtProduct(product=meant.product), ProductDetails)
        card = found.card
        return GoodsNamed(product=card.product, title=card.title, kinds=tuple(filter(None, (card.category,))))
    return GoodsNamed(kinds=kinds) if kinds and not guide_words.only_parts(kinds) else None


def _of_these(desk: Desk, kinds: tuple[str, ...]) -> Meant | None:
    """The product meant; what was merely looked at before is not it when a kind of goods is named now."""
    pending = desk.memory.pending
    if pending is not None and pending.intent == WAITS and pending.product and not _named(desk):
        return Meant(pending.product, "named")
    pointed = meant_products(desk)
    if pointed:
        return pointed[0]
    return None if kinds and not guide_words.only_parts(kinds) else product_meant(desk)


def _owned(desk: Desk) -> Steps[tuple[GoodsNamed, ...]]:
    """What somebody who has shown who they are bought lately: of a regular, that is more than the newest few orders."""
    if desk.situation.state.shopper(desk.situation.now).role == "visitor":
        return ()
    try:
        orders = yield from ask("look_up_orders", LookUpOrders(limit=20), Orders)
    except ToolRefused:
        return ()
    lines = {each.product: each.title for order in orders.items for each in order.lines}
    return tuple(GoodsNamed(product=product, title=title) for product, title in lines.items())


def _none_owned() -> Steps[tuple[GoodsNamed, ...]]:
    yield from ()
    return ()


def opened(desk: Desk, argument: str) -> Steps[Answer]:
    """A guide was chosen from those proposed."""
    slug, _, language = argument.rpartition("@")
    pending = desk.memory.pending
    symptom = pending.value if pending and pending.intent == WAITS else desk.text
    return (yield from begin(replace(desk, entities=()), slug, language, symptom))

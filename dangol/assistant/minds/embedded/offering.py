"""One thing that goes with an order, offered after it in a good moment; taken, refused, or never wanted."""

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import buying, talking
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.finding import shown_items
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.offers import AnswerOffer, OfferAnswered, OfferWithOrder, OrderOffer
from dangol.contracts.shopfloor.people import Done, NotePreference

TAKE, REFUSE = "take_offer:", "no_offer:"
NO_OFFERS = "no_offers"
_OUT_OF_PLACE = frozenset({
    "complain", "abuse", "report_item_problem", "return_item", "exchange_item", "cancel_order", "talk_to_human",
    "track_refund", "report_payment_problem", "stop_marketing", "change_order", "ask_return_policy", "ask_cancel_policy",
})  # fmt: skip
_TROUBLE = ("start_return", "cancel_order", "cancel_return", "change_refund_way", "refuse_news", "stop_news")
NEVER = re.compile(
    r"(?i)(?:추천|권유|권하|제안|끼워\s?팔기|다른\s?(?:상품|거|것))\S{0,3}\s?(?:좀\s?)?(?:하지\s?(?:마|말)|지\s?(?:마|말)|그만\s?(?:해|하)|필요\s?없|사양)"
    r"|그만\s?(?:좀\s?)?(?:추천|권유|권하|권해|제안)"
    r"|\b(?:stop|quit|no more|without)\b.{0,12}\b(?:suggest|recommend|offer|upsell|push)(?:ions?|ing|ations?|s)?\b"
    r"|\b(?:don'?t|do not|never) (?:suggest|recommend|offer|sell|push) (?:me )?(?:any|things|stuff|more|other|extra)"
)


def with_offer(desk: Desk, answer: Answer, order: str) -> Steps[Answer]:
    """The answer with one offer after it, where the moment is good; else as it is."""
    if not _good_moment(desk, answer):
        return answer
    try:
        offer = yield from ask("offer_with_order", OfferWithOrder(order=order), OrderOffer)
    except ToolRefused:
        return answer
    if offer.card is None or offer.price is None:
        return answer
    options = cards.variant_words(offer.options)
    name = "offer_bought_together" if offer.orders else "offer_goes_with"
    said = line(name if options else f"{name}_plain", bought=offer.bought, title=offer.card.title, options=options,
                price=offer.price)  # fmt: skip
    return replace(
        answer,
        lines=(*answer.lines[:1], said),
        blocks=(*answer.blocks, cards.products((offer.card,), desk.language, desk.shop)),
        choices=(
            (f"{TAKE}{offer.id}", line("button_add")),
            (f"{REFUSE}{offer.id}", line("button_no_offer")),
            *answer.choices,
        ),
        keep={
            **answer.keep,
            "focus": offer.card.product,
            "focus_title": offer.card.title,
            "focus_sku": offer.sku,
            "shown": shown_items((offer.card,)),
        },
    )


def _good_moment(desk: Desk, answer: Answer) -> bool:
    """Nobody is sold anything who complains, sends back, calls off, or is being asked for something."""
    state, memory = desk.situation.state, desk.memory
    said = {each.name for each in desk.situation.reading.intents} | set(memory.last_intents)
    return not (
        said & _OUT_OF_PLACE
        or memory.insults
        or memory.misses
        or memory.task
        or answer.keep.get("awaits")
        or answer.confirm
        or any(tried.startswith(_TROUBLE) for tried in state.tried)
    )


def take(desk: Desk) -> Steps[Answer]:
    """The offer goes in the cart, and counts as taken."""
    taken = yield from ask("answer_offer", AnswerOffer(offer=desk.argument, answer="taken"), OfferAnswered)
    return (yield from buying.put_in_cart(desk, taken.sku, 1))


def refuse(desk: Desk) -> Steps[Answer]:
    """No thanks: nothing is offered in this conversation any more, nor for a week."""
    yield from ask("answer_offer", AnswerOffer(offer=desk.argument, answer="refused"), OfferAnswered)
    forgotten = {"focus": None, "focus_title": "", "focus_sku": None, "shown": ()}
    return Answer(lines=(line("offer_refused"),), keep={"awaits": None, "pending": None, **forgotten})


def never(desk: Desk) -> Steps[Answer]:
    """Somebody wants nothing offered at all: kept as a preference they can see and delete."""
    wish = NotePreference(kind="other", value=NO_OFFERS, words=desk.text[:200])
    yield from ask("note_preference", wish, Done)
    return Answer(
        lines=(line("offers_never"),),
        choices=(("preferences", line("button_preferences")),),
        keep={"awaits": None, "pending": None},
    )


def affirm(desk: Desk) -> Steps[Answer]:
    """A yes right after an offer takes it."""
    offered = _offered(desk, TAKE)
    return (yield from take(replace(desk, argument=offered)) if offered else talking.affirm_nothing(desk))


def deny(desk: Desk) -> Steps[Answer]:
    """A no right after an offer refuses it."""
    offered = _offered(desk, REFUSE)
    return (yield from refuse(replace(desk, argument=offered)) if offered else talking.deny_nothing(desk))


def _offered(desk: Desk, verb: str) -> str:
    ids = (each.id for each in desk.situation.state.memory.offered)
    return next((id_.removeprefix(verb) for id_ in ids if id_.startswith(verb)), "")

"""The mind that asks a language model: open questions only, within limits, every word checked."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import structlog

from dangol.assistant.masking import MASK
from dangol.assistant.minds import Call, Mind, Situation
from dangol.assistant.minds.language_model import tools
from dangol.assistant.minds.language_model.breaker import Breaker
from dangol.assistant.minds.language_model.thought import Around, ModelThought
from dangol.assistant.state import Spent, typed_button
from dangol.contracts.language_model import LanguageModel
from dangol.contracts.shopfloor.policies import AskPolicy
from dangol.contracts.shopfloor.products import LookAtProduct
from dangol.kernel.manner import ModelLimits
from dangol.kernel.tools import Toolbox

log = structlog.get_logger(__name__)

# what a model may talk about; every other intent is a flow with questions of the shop's own
OPEN = frozenset(
    {
        "find_product", "recommend", "style_advice", "find_similar", "compare_products", "ask_availability",
        "ask_product_info", "ask_price", "ask_size_advice", "read_reviews", "ask_store", "ask_promotion", "ask_discount",
        "ask_payment_methods", "ask_delivery", "ask_policy", "ask_return_policy", "ask_cancel_policy", "ask_contact",
        "smalltalk", "out_of_scope", "inform", "choose_option", "correct",
    }
)  # fmt: skip
_ABOUT_POLICY = frozenset(
    {"ask_policy", "ask_return_policy", "ask_cancel_policy", "ask_delivery", "ask_payment_methods"}
)
_MOST_WORDS = 2_000  # characters of a message that a model is asked about


class LanguageModelMind:
    """Takes up what it may and can; everything else, and every trouble, is the embedded mind's."""

    name = "language_model"

    def __init__(self, model: LanguageModel, toolbox: Toolbox, fallback: Mind) -> None:
        self._model = model
        self._toolbox = toolbox
        self._fallback = fallback
        self._breaker = Breaker()
        self._alarmed: datetime | None = None

    def take_up(self, situation: Situation) -> ModelThought | None:
        """Begin to think about a turn; None: a flow, a shopper or a limit stands against it."""
        state, manner = situation.state, situation.shop.assistant
        stage = manner.stage(state.channel, shopper_key(situation))
        if stage in ("faq", "understanding") or not _is_open(situation):
            return None
        if self._model.outside and state.outside_model is False:
            return None
        if not self._may_spend(situation, manner.limits) or not self._breaker.lets_through(situation.now):
            return None
        around = Around(
            model=self._model,
            offered=tools.offered(self._toolbox, state.shopper(situation.now).role, situation.shop),
            flows=stage == "full",
            retrieve=tuple(call for call in _retrieval(situation) if call.tool in self._toolbox),
            fallback=self._fallback,
            breaker=self._breaker,
        )
        return ModelThought(situation, around)

    def _may_spend(self, situation: Situation, limits: ModelLimits) -> bool:
        today = situation.spent_today
        self._tell_if_low(today, limits, situation.now)
        return within(situation.state.spent, limits.conversation_tokens, limits.conversation_cost) and within(
            today, limits.day_tokens, limits.day_cost
        )

    def _tell_if_low(self, today: Spent, limits: ModelLimits, now: datetime) -> None:
        """One alarm a day when most of what the day allows is used."""
        used = max(
            today.tokens / limits.day_tokens if limits.day_tokens else 0.0,
            float(today.cost / (limits.day_cost * 1_000_000)) if limits.day_cost else 0.0,
        )
        if used >= limits.alarm_at and (self._alarmed is None or now.date() > self._alarmed.date()):
            self._alarmed = now
            log.error(
                "model_allowance_low",
                used=round(used, 2),
                tokens=today.tokens,
                dollars=today.cost / 1_000_000,
            )


def within(spent: Spent, tokens: int | None, cost: Decimal | None) -> bool:
    """Whether there is something left."""
    return (tokens is None or spent.tokens < tokens) and (cost is None or spent.cost < cost * 1_000_000)


def shopper_key(situation: Situation) -> str:
    """Who falls in a share of shoppers: the customer, else this conversation."""
    return str(situation.state.customer_id or situation.state.conversation_id)


def _is_open(situation: Situation) -> bool:
    """A question in words, with nothing pending, that no flow has a claim on."""
    state, heard = situation.state, situation.heard
    memory = state.memory
    if heard.choice is not None or heard.form is not None or not heard.text.strip() or heard.attachments:
        return False
    if not state.assistant_on or state.question is not None or situation.answer is not None or memory.task:
        return False
    if memory.pending is not None or memory.awaits in ("contact", "address", "yes_no"):
        return False
    if MASK in heard.text or len(heard.text) > _MOST_WORDS or typed_button(memory.offered, heard.text):
        return False
    return all(intent.name in OPEN for intent in situation.reading.intents)


def _retrieval(situation: Situation) -> list[Call]:
    """What is looked up before the model is asked, so that it need not ask for the obvious."""
    names = {intent.name for intent in situation.reading.intents}
    calls: list[Call] = []
    about = situation.state.memory.focus or situation.state.page
    if about:
        calls.append(Call("look_at_product", LookAtProduct(product=about)))
    if names & _ABOUT_POLICY or not names:
        calls.append(Call("ask_policy", AskPolicy(question=situation.heard.text)))
    return calls

"""The mind that asks a language model: open questions only, within limits, every word checked."""

from __future__ import annotations

from dangol.assistant.masking import MASK
from dangol.assistant.minds import Call, Mind, Situation
from dangol.assistant.minds.embedded import guide_words
from dangol.assistant.minds.language_model import tools
from dangol.assistant.minds.language_model.gate import Gate
from dangol.assistant.minds.language_model.thought import Around, ModelThought
from dangol.assistant.state import typed_button
from dangol.contracts.shopfloor.people import Nothing
from dangol.contracts.shopfloor.policies import AskPolicy
from dangol.contracts.shopfloor.products import LookAtProduct
from dangol.kernel.tools import Toolbox

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
_BY_TASTE = frozenset({"find_product", "recommend", "style_advice", "find_similar", "ask_size_advice"})
_MOST_WORDS = 2_000  # characters of a message that a model is asked about


class LanguageModelMind:
    """Takes up what it may and can; everything else, and every trouble, is the embedded mind's."""

    name = "language_model"

    def __init__(self, gate: Gate, toolbox: Toolbox, fallback: Mind) -> None:
        self._gate = gate
        self._toolbox = toolbox
        self._fallback = fallback

    def take_up(self, situation: Situation) -> ModelThought | None:
        """Begin to think about a turn; None: a flow, a shopper or a limit stands against it."""
        state = situation.state
        admitted = self._gate.admit("talk", situation) if _is_open(situation) else None
        if admitted is None:
            return None
        model, breaker = admitted
        stage = situation.shop.assistant.stage(state.channel, state.share_key)
        around = Around(
            model=model,
            offered=tools.offered(self._toolbox, state.shopper(situation.now).role, situation.shop),
            flows=stage == "full",
            retrieve=tuple(call for call in _retrieval(situation) if call.tool in self._toolbox),
            fallback=self._fallback,
            breaker=breaker,
        )
        return ModelThought(situation, around)


def _is_open(situation: Situation) -> bool:
    """A question in words, with nothing pending, that no flow has a claim on."""
    state, heard = situation.state, situation.heard
    memory = state.memory
    if heard.choice is not None or heard.form is not None or not heard.text.strip() or heard.attachments:
        return False
    if not state.assistant_on or state.question is not None or situation.answer is not None or memory.task:
        return False
    if memory.pending is not None or memory.awaits in ("contact", "address", "yes_no", "guide"):
        return False
    if _for_guides(situation):
        return False
    if MASK in heard.text or len(heard.text) > _MOST_WORDS or typed_button(memory.offered, heard.text):
        return False
    return all(intent.name in OPEN for intent in situation.reading.intents)


def _for_guides(situation: Situation) -> bool:
    """What helps, and what to keep one's hands off, stands in the shop's guides; a customer may have tried one before."""
    said, shopper = situation.heard.text, situation.state.shopper(situation.now)
    if shopper.role == "customer" and guide_words.still_wrong(said):
        return True
    return guide_words.in_use(said) or guide_words.dangerous(said)


def _retrieval(situation: Situation) -> list[Call]:
    """What is looked up before the model is asked, so that it need not ask for the obvious."""
    names = {intent.name for intent in situation.reading.intents}
    calls: list[Call] = []
    about = situation.state.memory.focus or situation.state.page
    if about:
        calls.append(Call("look_at_product", LookAtProduct(product=about)))
    if situation.state.customer_id is not None and names & _BY_TASTE:
        calls.append(Call("list_preferences", Nothing()))
    if names & _ABOUT_POLICY or not names:
        calls.append(Call("ask_policy", AskPolicy(question=situation.heard.text)))
    return calls

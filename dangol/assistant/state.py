"""Where a conversation stands: a fold of its facts, and nothing that is not in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal

from dangol.assistant.guide_walk import GuideWalk
from dangol.assistant.matter import Matter
from dangol.contracts.shopfloor.products import SizeWish, Wishes
from dangol.kernel import facts
from dangol.kernel.blocks import Block
from dangol.kernel.facts import Fact
from dangol.kernel.intents import NO_WISH
from dangol.kernel.manner import Allowance
from dangol.kernel.model import Value
from dangol.kernel.money import Money
from dangol.kernel.ownership import Custody, passed_on
from dangol.kernel.tools import Proof, Role, Shopper

MOST_PROOFS = 20  # of one conversation; the oldest have run out long before

OUTSIDE_MODEL = "outside_model"  # the topic of the notice that a model outside the shop reads along
ServedBy = Literal["assistant", "queue", "person"]


class ShownItem(Value):
    """A product on the shopper's screen, in the order shown."""

    product: str
    title: str
    sku: str | None = None
    color: str | None = None
    price: Money | None = None


class OfferedChoice(Value):
    """A button on the shopper's screen."""

    id: str
    label: str


class Pending(Value):
    """What the assistant was about to do and what it still needs for it (`awaits`)."""

    intent: str
    awaits: str
    product: str | None = None
    sku: str | None = None
    colors: tuple[str, ...] = ()
    sizes: tuple[SizeWish, ...] = ()
    options: dict[str, str] = {}
    quantity: int = 1
    value: str = ""


class Memory(Value):
    """What the assistant keeps in mind from one turn to the next.

    `focus` is the product being talked about, `awaits` what the last question asked for (`yes_no`, `size`,
    `color`, `choice`, `contact`, `address` …), `misses` how often in a row nothing was understood. `listed` is the last
    list of several: while one of them is looked at, "the first two" and "the cheaper one" are still said of it.
    """

    focus: str | None = None
    focus_title: str = ""
    focus_sku: str | None = None
    shown: tuple[ShownItem, ...] = ()
    listed: tuple[ShownItem, ...] = ()
    seen: tuple[str, ...] = ()
    offered: tuple[OfferedChoice, ...] = ()
    wishes: Wishes = Wishes()
    sort: str = "relevance"
    awaits: str | None = None
    pending: Pending | None = None
    waiting: tuple[Matter, ...] = ()
    task: Literal["checkout"] | None = None
    last_intents: tuple[str, ...] = ()
    misses: int = 0
    insults: int = 0
    sized: SizeWish | None = None
    size_system: str | None = None
    audience: str | None = None
    last_order: str | None = None
    last_fallback: str = ""
    narrowed: tuple[str, ...] = ()
    offered_person: bool = False
    guide: GuideWalk | None = None
    proof: dict[str, str] = {}  # what was given to show who is asking: e-mail, order, name, postcode, phone

    @property
    def several(self) -> tuple[ShownItem, ...]:
        """The products among which one can be chosen: those on screen, else the last list of several."""
        return self.shown if len(self.shown) > 1 or not self.listed else self.listed


class Question(Value):
    """A confirmation the shop itself asks before a call; it dies with the next message."""

    question: str
    code: str
    tool: str
    args: dict[str, Any]


class Exchange(Value):
    """One turn as it was said on both sides."""

    shopper: str
    answer: str


class Spent(Value):
    """What language models used; `cost` in millionths of a US dollar, `steps` the times they were asked."""

    tokens: int = 0
    cost: int = 0
    milliseconds: int = 0
    steps: int = 0

    def and_more(self, tokens: int, cost: int, milliseconds: int, steps: int = 1) -> Spent:
        """With what was used since."""
        return Spent(
            tokens=self.tokens + tokens,
            cost=self.cost + cost,
            milliseconds=self.milliseconds + milliseconds,
            steps=self.steps + steps,
        )

    def share_of(self, allowance: Allowance) -> float:
        """How much of an allowance is used, by what is used most; 1.0 is all of it."""
        pairs = (
            (self.tokens, allowance.tokens),
            (self.cost / 1_000_000, allowance.cost),
            (self.milliseconds / 1000, allowance.seconds),
            (self.steps, allowance.steps),
        )
        return max((_share(used, float(most)) for used, most in pairs if most is not None), default=0.0)


def _share(used: float, most: float) -> float:
    return used / most if most else 1.0


_LATELY = 5  # turns a language model is told of


class State(Value):
    """A conversation as far as its facts tell."""

    conversation_id: str
    seq: int = 0
    turn: int = 0
    channel: str = "web"
    language: str = "ko"
    customer_id: int | None = None
    proofs: tuple[Proof, ...] = ()
    page: str | None = None
    country: str = ""
    served_by: ServedBy = "assistant"
    custody: Custody = Custody()
    assistant_on: bool = True
    memory: Memory = Memory()
    question: Question | None = None
    waiting: tuple[facts.MessageHeard, ...] = ()  # heard and not yet answered: one, or several of a burst
    requested: dict[str, facts.ToolRequested] = {}  # calls of the turn being heard
    finished: dict[str, facts.ToolFinished] = {}
    last_reply: facts.ReplyGiven | None = None
    matter: str = ""  # the last message that asked for something, in the shopper's words
    resolver: str | None = None  # whose answer the shopper was asked about
    tried: tuple[str, ...] = ()  # tools that changed something, for the note to a person
    lately: tuple[Exchange, ...] = ()
    spent: Spent = Spent()
    counted_as: str = (
        ""  # who they were with their first word: which share of shoppers they fall in does not change later
    )
    outside_model: bool | None = None  # None: never spoken of; False: the shopper refused it

    @property
    def hearing(self) -> facts.MessageHeard | None:
        """What is to be answered: the last message, with the words of those before it in the burst."""
        if len(self.waiting) < 2:
            return self.waiting[0] if self.waiting else None
        return self.waiting[-1].model_copy(
            update={
                "text": "\n".join(each.text for each in self.waiting if each.text),
                "attachments": tuple(file for each in self.waiting for file in each.attachments),
            }
        )

    @property
    def share_key(self) -> str:
        """Who falls in a share of shoppers: the customer, else this conversation."""
        return self.counted_as or str(self.customer_id or self.conversation_id)

    @property
    def joined(self) -> tuple[str, ...]:
        """The messages of a burst before the last."""
        return tuple(each.message for each in self.waiting[:-1])

    def shopper(self, now: datetime, *, personal: bool = True, country: str = "") -> Shopper:
        """Who is speaking at this moment, as far as it is proved and has not run out."""
        valid = [proof for proof in self.proofs if proof.until > now]
        orders = frozenset(number for proof in valid for number in proof.orders)
        proved = (
            any(proof.customer_id == self.customer_id for proof in valid) and self.customer_id is not None
        )
        role: Role = "customer" if proved else "guest" if orders else "visitor"
        return Shopper(self.conversation_id, self.customer_id, role, personal, country, orders)


def _opened(state: State, fact: facts.ConversationOpened) -> dict[str, Any]:
    return {
        "channel": fact.channel,
        "language": fact.language,
        "customer_id": fact.customer_id,
        "page": fact.page,
        "country": fact.country,
    }


def is_words(heard: facts.MessageHeard) -> bool:
    """Whether a message is words, rather than a button or a form that mean one thing by themselves."""
    return heard.choice is None and heard.form is None


def may_join(state: State) -> bool:
    """Whether the next message may still be one thought with what was heard: nothing was done about that yet."""
    return bool(state.waiting) and is_words(state.waiting[-1]) and not state.requested


def _verified(state: State, fact: facts.ShopperVerified) -> dict[str, Any]:
    proof = Proof(by=fact.by, customer_id=fact.customer_id, orders=fact.orders, until=fact.until)
    return {
        "proofs": (*state.proofs, proof)[-MOST_PROOFS:],
        "customer_id": fact.customer_id or state.customer_id,
    }


def _heard(state: State, fact: facts.MessageHeard) -> dict[str, Any]:
    before = state.waiting if may_join(state) and is_words(fact) else ()
    changes: dict[str, Any] = {"waiting": (*before, fact), "requested": {}, "finished": {}}
    if fact.page is not None:
        changes["page"] = fact.page
    if not state.counted_as:
        changes["counted_as"] = str(state.customer_id or state.conversation_id)
    return changes


def _replied(state: State, fact: facts.ReplyGiven) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "turn": fact.turn,
        "language": fact.language,
        "waiting": (),
        "requested": {},
        "finished": {},
        "last_reply": fact,
        "lately": _with_exchange(state, fact),
    }
    if state.outside_model is None and any(_tells_of_model(block) for block in fact.blocks):
        changes["outside_model"] = True
    if fact.memory:
        changes["memory"] = Memory.model_validate(fact.memory)
    return changes


def _noticed(state: State, fact: facts.NoticeGiven) -> dict[str, Any]:
    told = state.outside_model is None and any(_tells_of_model(block) for block in fact.blocks)
    changes: dict[str, Any] = {"outside_model": True} if told else {}
    buttons = [each for block in fact.blocks if block.kind == "choices" for each in block.options]
    if buttons:  # typed instead of pressed they mean the same
        offered = (*state.memory.offered, *(OfferedChoice(id=each.id, label=each.label) for each in buttons))
        changes["memory"] = state.memory.model_copy(update={"offered": offered})
    return changes


def _tells_of_model(block: Block) -> bool:
    return block.kind == "notice" and block.topic == OUTSIDE_MODEL


def _with_exchange(state: State, fact: facts.ReplyGiven) -> tuple[Exchange, ...]:
    heard = state.hearing
    if heard is None or not heard.text:
        return state.lately
    said = " ".join(block.text for block in fact.blocks if block.kind == "text")
    return (*state.lately, Exchange(shopper=heard.text, answer=said))[-_LATELY:]


def _model_asked(state: State, fact: facts.ModelAsked) -> dict[str, Any]:
    tokens = fact.input_tokens + fact.output_tokens
    return {"spent": state.spent.and_more(tokens, fact.cost or 0, fact.milliseconds)}


def _asked(state: State, fact: facts.QuestionAsked) -> dict[str, Any]:
    if fact.tool is None:
        return {}
    return {
        "question": Question(question=fact.question, code=fact.code, tool=fact.tool, args=fact.args),
    }


def _finished(state: State, fact: facts.ToolFinished) -> dict[str, Any]:
    tried = (*state.tried, f"{fact.tool}:{fact.outcome}")[-12:]
    return {"finished": {**state.finished, fact.call: fact}, "tried": tried}


def _taken_over(state: State, fact: facts.TakenOver) -> dict[str, Any]:
    """What the assistant last asked is off the table: the next yes is said to a person."""
    memory = state.memory.model_copy(update={"awaits": None, "pending": None})
    return {"question": None, "memory": memory, "resolver": None}


def _read(state: State, fact: facts.MessageRead) -> dict[str, Any]:
    asks = any(name not in NO_WISH for name, _ in fact.intents)
    return {"matter": state.hearing.text} if asks and state.hearing and state.hearing.text else {}


def _resolution_asked(state: State, fact: facts.ResolutionAsked) -> dict[str, Any]:
    offered = tuple(OfferedChoice(id=id, label=label) for id, label in fact.offered)
    memory = state.memory.model_copy(
        update={"awaits": "solved", "pending": None, "task": None, "misses": 0, "offered": offered}
    )
    return {"resolver": fact.staff, "memory": memory}


def _given_back(state: State, fact: facts.GivenBack) -> dict[str, Any]:
    """What was said before the person came is behind us: a complaint now is no second one in a row."""
    return {"memory": state.memory.model_copy(update={"last_intents": ()})}


def _closed(state: State, fact: facts.Closed) -> dict[str, Any]:
    """Whoever comes back after the end is met afresh: nothing of the old matter is pending."""
    memory = state.memory.model_copy(
        update={
            "awaits": None,
            "pending": None,
            "task": None,
            "misses": 0,
            "insults": 0,
            "offered_person": False,
            "last_intents": (),
        }
    )
    return {"question": None, "memory": memory, "resolver": None, "tried": (), "matter": ""}


_CHANGES: dict[type[Any], Callable[[State, Any], dict[str, Any]]] = {
    facts.ConversationOpened: _opened,
    facts.ShopperIdentified: lambda _s, f: {"customer_id": f.customer_id},
    facts.ShopperVerified: _verified,
    facts.MessageHeard: _heard,
    facts.MessageRead: _read,
    facts.QuestionAsked: _asked,
    facts.QuestionAnswered: lambda _s, _f: {"question": None},
    facts.ToolRequested: lambda s, f: {"requested": {**s.requested, f.call: f}},
    facts.ToolFinished: _finished,
    facts.ReplyGiven: _replied,
    facts.NoticeGiven: _noticed,
    facts.TakenOver: _taken_over,
    facts.ResolutionAsked: _resolution_asked,
    facts.ResolutionAnswered: lambda _s, _f: {"resolver": None},
    facts.OutsideModelSwitched: lambda _s, f: {"outside_model": f.on},
    facts.ModelAsked: _model_asked,
    facts.AssistantSwitched: lambda _s, f: {"assistant_on": f.on},
    facts.GivenBack: _given_back,
    facts.Closed: _closed,
}


def typed_button(offered: Iterable[OfferedChoice], text: str) -> str | None:
    """The button whose label was typed instead of pressed."""
    said = plain(text)
    return next((each.id for each in offered if said and plain(each.label) == said), None)


def plain(text: str) -> str:
    """A label or message without blanks and marks, for comparing."""
    return re.sub(r"[\s.,!?~]+", "", text).lower()


def apply(state: State, fact: Fact) -> State:
    """The state after one more fact; facts that change nothing here still count in `seq`."""
    change = _CHANGES.get(type(fact))
    changes = change(state, fact) if change else {}
    custody = passed_on(state.custody, fact)
    if custody is not state.custody:
        changes = {**changes, "custody": custody, "served_by": custody.served_by}
    return state.model_copy(update={**changes, "seq": state.seq + 1})


def fold(state: State, log: Iterable[Fact]) -> State:
    """The state after several facts."""
    for fact in log:
        state = apply(state, fact)
    return state

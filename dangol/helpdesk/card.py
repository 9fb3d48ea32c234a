"""The hand-off card: what a person must know before the first word, taken from the conversation's own facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from dangol.helpdesk.card_words import next_steps, reason_words, tool_words, words
from dangol.kernel import facts
from dangol.kernel.facts import Fact
from dangol.kernel.intents import NO_WISH
from dangol.kernel.tools import Toolbox

F = TypeVar("F", bound=facts.FactBase)
Sentiment = Literal["calm", "upset", "angry"]
_UPSET = frozenset({"complain", "report_item_problem"})
_MOST = 5
_LONGEST = 140
_STEP = 60  # characters of a step in a line of the card
_BROUGHT = frozenset({"not_solved", "done_before", "solved"})


@dataclass(frozen=True)
class TriedTool:
    """An act for the shopper and what came of it."""

    tool: str
    title: str
    outcome: Literal["done", "refused", "failed"]
    why: str = ""


@dataclass(frozen=True)
class WalkedGuide:
    """What was tried by a guide: its title, the trouble as it was told, the goods, each step and what it brought."""

    title: str
    symptom: str
    product: str
    tried: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """What the card shows; every word of `summary` stands in the transcript."""

    wish: str
    reason: str
    language: str
    sentiment: Sentiment
    summary: tuple[str, ...]
    tried: tuple[TriedTool, ...] = ()
    orders: tuple[str, ...] = ()
    products: tuple[tuple[str, str], ...] = ()
    policies: tuple[tuple[str, str, str], ...] = ()
    next: tuple[str, ...] = ()
    known: dict[str, str] = field(default_factory=dict)


def wish_of(log: Sequence[Fact]) -> str:
    """What the shopper wants, in their own words: the last message that asked for something, else the last one."""
    wish = last = heard = ""
    for fact in log:
        if isinstance(fact, facts.MessageHeard):
            heard = fact.text.strip()
            last = heard or last
        elif isinstance(fact, facts.MessageRead) and heard:
            names = {name for name, _ in fact.intents}
            if names - NO_WISH:
                wish = heard
    return _short(wish or last)


def make_card(log: Sequence[Fact], toolbox: Toolbox, language: str) -> Card | None:
    """The card of a conversation, in the language of whoever reads it; None before anything was said.

    What came before the conversation last ended is another matter and is left out.
    """
    log = _since_the_end(log)
    if not any(isinstance(fact, facts.MessageHeard) for fact in log):
        return None
    wish = wish_of(log)
    handed = _last(log, facts.HandedOff)
    tried, orders = _tried(log, toolbox, language), _orders(log)
    products, policies = _products(log), _policies(log)
    spoken = _last(log, facts.ReplyGiven)
    intents = [name for fact in log if isinstance(fact, facts.MessageRead) for name, _ in fact.intents]
    return Card(
        wish=wish,
        reason=reason_words(handed.reason, language) if handed else "",
        language=spoken.language if spoken else language,
        sentiment=_sentiment(log),
        summary=_summary(log, wish, tried, orders, products, language),
        tried=tried,
        orders=orders,
        products=products,
        policies=policies,
        next=next_steps(intents, handed.reason if handed else "", language),
        known=_known(log),
    )


def _since_the_end(log: Sequence[Fact]) -> Sequence[Fact]:
    ends = [place for place, fact in enumerate(log) if isinstance(fact, facts.Closed)]
    rest = log[ends[-1] + 1 :] if ends else log
    return rest if any(isinstance(fact, facts.MessageHeard) for fact in rest) else log


def _last(log: Sequence[Fact], kind: type[F]) -> F | None:
    return next((fact for fact in reversed(log) if isinstance(fact, kind)), None)


def _sentiment(log: Sequence[Fact]) -> Sentiment:
    read = [{name for name, _ in fact.intents} for fact in log if isinstance(fact, facts.MessageRead)]
    if any("abuse" in names for names in read) or sum("complain" in names for names in read) > 1:
        return "angry"
    return "upset" if any(names & _UPSET for names in read) else "calm"


def _tried(log: Sequence[Fact], toolbox: Toolbox, language: str) -> tuple[TriedTool, ...]:
    return tuple(
        TriedTool(
            tool=fact.tool,
            title=tool_words(
                fact.tool, language, toolbox[fact.tool].description if fact.tool in toolbox else fact.tool
            ),
            outcome=fact.outcome,
            why=str(fact.result.get("code", "")) if fact.outcome == "refused" else "",
        )
        for fact in log
        if isinstance(fact, facts.ToolFinished) and not fact.tool.startswith("note_")
    )[-8:]


def _orders(log: Sequence[Fact]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for fact in log:
        if isinstance(fact, facts.ReplyGiven | facts.NoticeGiven):
            for block in fact.blocks:
                if block.kind == "order":
                    found[block.order] = None
        if isinstance(fact, facts.ReplyGiven) and fact.memory.get("last_order"):
            found[str(fact.memory["last_order"])] = None
    return tuple(found)[-_MOST:]


def _products(log: Sequence[Fact]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for fact in log:
        if isinstance(fact, facts.ReplyGiven) and fact.memory.get("focus"):
            product = str(fact.memory["focus"])
            found.pop(product, None)
            found[product] = str(fact.memory.get("focus_title") or product)
    return tuple(found.items())[-_MOST:]


def _policies(log: Sequence[Fact]) -> tuple[tuple[str, str, str], ...]:
    found: dict[str, tuple[str, str, str]] = {}
    for fact in log:
        if isinstance(fact, facts.ReplyGiven):
            for block in fact.blocks:
                for source in block.sources if block.kind == "text" else ():
                    found[source.article] = (source.title, source.article, source.url)
    return tuple(found.values())[-_MOST:]


def _guide(log: Sequence[Fact]) -> WalkedGuide | None:
    """The last guide walked: the assistant keeps it in mind, with all that was tried."""
    spoken = _last(log, facts.ReplyGiven)
    walked = spoken.memory.get("guide") if spoken else None
    if not isinstance(walked, dict):
        return None
    # what is kept in mind is written down without what is empty
    tried = (
        (str(each.get("text", "")), str(each.get("answer") or each.get("brought", "")))
        for each in walked.get("tried", ())
    )
    title, symptom, product = (str(walked.get(name, "")) for name in ("title", "symptom", "product_title"))
    return WalkedGuide(title, symptom, product, tuple(tried))


def _told_of(guide: WalkedGuide, language: str) -> str:
    """A guide in a line of the card: each step and what it brought, in the order tried."""
    brought = (words(came, language) if came in _BROUGHT else f"“{came}”" for _, came in guide.tried)
    rows = [f"{_short(text, _STEP)} → {came}" for (text, _), came in zip(guide.tried, brought, strict=True)]
    told = words("guide", language).format(guide.symptom, guide.product, guide.title, "; ".join(rows))
    return told.replace(" ()", "", 1)


def _summary(
    log: Sequence[Fact],
    wish: str,
    tried: Sequence[TriedTool],
    orders: Sequence[str],
    products: Sequence[tuple[str, str]],
    language: str,
) -> tuple[str, ...]:
    said = [fact.text.strip() for fact in log if isinstance(fact, facts.MessageHeard) and fact.text.strip()]
    lines = [words("wish", language).format(wish)] if wish else []
    if orders:
        lines.append(words("orders", language).format(", ".join(orders)))
    if products:
        lines.append(words("products", language).format(", ".join(title for _, title in products)))
    guide = _guide(log)
    if guide:
        lines.append(_told_of(guide, language))
    if tried:
        done = [f"{each.title} → {words(each.outcome, language)}" for each in tried[-3:]]
        lines.append(words("tried", language).format("; ".join(done)))
    if said and _short(said[-1]) != wish:
        lines.append(words("last", language).format(_short(said[-1])))
    return tuple(lines[: _MOST + 1])


def _known(log: Sequence[Fact]) -> dict[str, str]:
    known: dict[str, str] = {}
    for fact in log:
        if isinstance(fact, facts.MessageHeard) and fact.form:
            values = fact.form.get("values", {})
            known |= {name: str(values[name]) for name in ("name", "email", "phone") if values.get(name)}
        if isinstance(fact, facts.MessageHeard | facts.ConversationOpened) and fact.page:
            known["page"] = fact.page
    return known


def _short(text: str, longest: int = _LONGEST) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"

"""Calling a person by rule: the shop's own data decides, whichever mind was at work; and the queue's one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dangol.assistant.listening import Reader, listen
from dangol.assistant.minds import Ask, Call, Decision, HandOff, Part, Situation
from dangol.assistant.minds.embedded.calling import CONTACT_FORM, consent_words, handing_words
from dangol.assistant.speak import speak
from dangol.assistant.speak.lines import line
from dangol.assistant.state import State
from dangol.contracts.shopfloor.desk import DeskView, LeaveContact
from dangol.kernel.blocks import Block
from dangol.kernel.desk_policy import HandOffRule, Signals, called_for, mode_at
from dangol.kernel.facts import MessageHeard, OutsideModelSwitched
from dangol.kernel.money import Money, exponent
from dangol.kernel.shop import Shop

_SAID = frozenset({"fraud", "dispute", "angry"})


def rule_that_calls(
    situation: Situation, decision: Decision, *, tool_failed: bool, vip: bool = False
) -> HandOffRule | None:
    """The rule by which a person must come now; None when the assistant may go on, or hands over by itself."""
    if isinstance(decision, HandOff):
        return None
    desk, state = situation.shop.helpdesk, situation.state
    local = situation.now.astimezone(situation.shop.zone)
    if mode_at(desk, state.channel, local) == "person":
        return HandOffRule(reason="person_first")
    said = decision.say if isinstance(decision, Ask) else decision
    if isinstance(said, Call):
        return None
    intents = frozenset(intent.name for intent in situation.reading.intents)
    signals = Signals(
        text=situation.heard.text,
        intents=intents,
        amount=_amount(decision, situation.shop),
        moods=_moods(intents, state.memory.last_intents),
        misses=said.memory.misses,
        language=situation.language,
        vip=vip,
        tool_failed=tool_failed,
    )
    return called_for(desk, signals)


def _amount(decision: Decision, shop: Shop) -> Decimal | None:
    """What is at stake in an act that is asked about, in major units; buying is at nobody's risk."""
    if not isinstance(decision, Ask) or decision.call.tool == "place_order":
        return None
    worth = [value for _, value in decision.call.args if isinstance(value, Money)]
    return max((Decimal(each.amount).scaleb(-exponent(each.currency)) for each in worth), default=None)


def _moods(intents: frozenset[str], before: Sequence[str]) -> frozenset[str]:
    """A complaint is upset; a second one right after it is angry."""
    if "complain" not in intents:
        return frozenset()
    return frozenset({"upset", "angry"}) if "complain" in before else frozenset({"upset"})


@dataclass(frozen=True)
class Tried:
    """What the rules say to one message: how it was read, and the place of the rule that calls, if one does."""

    text: str
    intents: tuple[str, ...]
    moods: frozenset[str]
    rule: int | None


def try_rules(reader: Reader, shop: Shop, said: Sequence[str], given: Signals, today: date) -> list[Tried]:
    """What the rules of a shop would do with these messages, one after the other, until one calls a person.

    `given` holds what no message shows: amount, misses, VIP, a failed tool, the language the conversation began in.
    """
    tried: list[Tried] = []
    state = State(conversation_id="", language=given.language)
    for text in said:
        reading = listen(reader, text, state, shop, today)
        intents = tuple(intent.name for intent in reading.intents)
        signals = replace(
            given,
            text=text,
            intents=frozenset(intents),
            moods=_moods(frozenset(intents), state.memory.last_intents),
            language=reading.language,
        )
        rule = called_for(shop.helpdesk, signals)
        place = None if rule is None else shop.helpdesk.rules.index(rule)
        tried.append(Tried(text, intents, signals.moods, place))
        if rule is not None:
            break
        memory = state.memory.model_copy(update={"last_intents": intents})
        state = state.model_copy(update={"memory": memory, "language": reading.language})
    return tried


def called_by_rule(situation: Situation, decision: Decision, rule: HandOffRule, found: DeskView) -> HandOff:
    """The hand-over a rule asks for; what was about to be done is not done."""
    said = decision.say if isinstance(decision, Ask | HandOff) else decision
    assert not isinstance(said, Call)
    lines, blocks = handing_words(situation.shop, situation.language, found)
    because = line(f"rule_{rule.reason}" if rule.reason in _SAID else "rule_other")
    shown = lines if rule.reason in ("person_first", "not_understood") else (because, *lines)
    memory = said.memory.model_copy(update={"awaits": None, "pending": None, "task": None, "misses": 0})
    return HandOff(
        reason=rule.reason,
        say=type(said)((Part(lines=shown, blocks=blocks),), memory, language=said.language),
        summary={"said": situation.heard.text, "language": situation.language},
        priority=rule.priority,
        team=rule.team,
    )


def contact_in(heard: MessageHeard, language: str) -> LeaveContact | None:
    """The contact of the queue's form; None when something else was said."""
    form = heard.form or {}
    if form.get("form") != CONTACT_FORM:
        return None
    values = form.get("values", {})
    return LeaveContact(
        email=str(values.get("email") or "")[:254],
        phone=str(values.get("phone") or "")[:40],
        call=_ticked(values.get("call")),
        consent=_ticked(values.get("consent")),
        wording=consent_words(language),
    )


def _ticked(value: object) -> bool:
    return value is True or str(value).lower() in ("true", "on", "yes", "1")


def model_switched(
    heard: MessageHeard, language: str, shop: Shop
) -> tuple[tuple[Block, ...], OutsideModelSwitched] | None:
    """A model outside the shop refused, or taken again, while people have the conversation: the words, the fact."""
    if heard.choice not in ("outside:off", "outside:on"):
        return None
    name = heard.choice.replace(":", "_")
    words = speak((Part(lines=(line(name),)),), language, shop)
    return words, OutsideModelSwitched(on=heard.choice == "outside:on")

"""What a turn writes down: readings, calls and their results, and what is kept in mind, as facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from dangol.assistant.checking import Checked
from dangol.assistant.minds import Ask, FailedCall, Finished, HandOff, Outcome, RefusedCall, Say
from dangol.assistant.state import OfferedChoice, State
from dangol.assistant.understanding.reading import Reading
from dangol.kernel.blocks import Block
from dangol.kernel.errors import Refused
from dangol.kernel.facts import (
    AssistantSwitched,
    Fact,
    HandedOff,
    MessageRead,
    OutsideModelSwitched,
    QuestionAsked,
    RatingGiven,
    ReplyMended,
    ResolutionAnswered,
    ShopperVerified,
    ToolFinished,
    ToolRequested,
)
from dangol.kernel.ids import derived_id
from dangol.kernel.model import Value
from dangol.kernel.tools import Proof, Tool


def replace_memory(said: Say, blocks: Sequence[Block]) -> dict[str, Any]:
    """The memory to keep: what the mind wants, with the buttons that are really on the screen."""
    offered = tuple(
        OfferedChoice(id=option.id, label=option.label)
        for block in blocks
        if block.kind == "choices"
        for option in block.options
    )
    memory = said.memory.model_copy(update={"offered": offered})
    return memory.model_dump(mode="json", exclude_defaults=True)


def read_fact(reading: Reading) -> MessageRead:
    """How a message was understood, as a fact."""
    return MessageRead(
        language=reading.language,
        intents=tuple((intent.name, round(intent.confidence, 3)) for intent in reading.intents),
        entities=tuple(
            {"type": entity.type, "text": entity.text, "value": entity.value} for entity in reading.entities
        ),
    )


def finished_fact(
    requested: ToolRequested, outcome: Literal["done", "refused", "failed"], result: dict[str, Any]
) -> ToolFinished:
    """What came of a call, as a fact."""
    return ToolFinished(call=requested.call, tool=requested.tool, outcome=outcome, result=result)


def proved(result: Value) -> list[Fact]:
    """Who the shopper turned out to be by a call, written down together with its result."""
    proof = getattr(result, "proof", None)
    return [ShopperVerified(**dict(proof))] if isinstance(proof, Proof) else []


def details(refusal: Refused) -> dict[str, Any]:
    """Why a call was refused, as the fact keeps it."""
    return {"code": refusal.code, "details": refusal.details}


def recorded(tool: Tool[Any, Any], finished: ToolFinished) -> Outcome:
    """What came of a call that a former try of this turn made."""
    if finished.outcome == "done":
        return Finished(tool.result.model_validate(finished.result))
    if finished.outcome == "refused":
        return RefusedCall(finished.result.get("code", "refused"), finished.result.get("details", {}))
    return FailedCall()


def mended(checked: Checked, turn: int) -> list[Fact]:
    """What the check did not let out."""
    return [ReplyMended(turn=turn, why=mend.why, text=mend.text) for mend in checked.mended]


def acts(decision: Ask | Say | HandOff, said: Say, state: State, matter: str) -> list[Fact]:
    """What a decision does beside what it says: a question that waits for its answer, a hand-over, a switch, a mark."""
    facts: list[Fact] = []
    if isinstance(decision, Ask) and state.hearing is not None:
        facts.append(
            QuestionAsked(
                question=derived_id("q", state.conversation_id, state.hearing.message),
                code=decision.code,
                tool=decision.call.tool,
                args=decision.call.args.model_dump(mode="json"),
            )
        )
    if isinstance(decision, HandOff):
        facts.append(_handed_off(decision, state, matter))
    if said.solved is not None:
        facts.append(ResolutionAnswered(solved=said.solved))
    if said.rated is not None:
        facts.append(RatingGiven(score=said.rated))
    if said.switch is not None:
        facts.append(AssistantSwitched(on=said.switch == "on"))
    if said.outside_model is not None:
        facts.append(OutsideModelSwitched(on=said.outside_model == "on"))
    return facts


def _handed_off(decision: HandOff, state: State, matter: str) -> HandedOff:
    wish = " ".join(matter.split())[:140]
    return HandedOff(
        reason=decision.reason,
        summary={**decision.summary, "wish": wish, "tried": list(state.tried)},
        team=decision.team,
        wanted=decision.wanted,
        priority=decision.priority,
    )

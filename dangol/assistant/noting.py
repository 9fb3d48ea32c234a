"""What a turn writes down: readings, calls and their results, and what is kept in mind, as facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from dangol.assistant.minds import FailedCall, Finished, Outcome, RefusedCall, Say
from dangol.assistant.state import OfferedChoice
from dangol.assistant.understanding.reading import Reading
from dangol.kernel.blocks import Block
from dangol.kernel.errors import Refused
from dangol.kernel.facts import Fact, MessageRead, ShopperVerified, ToolFinished, ToolRequested
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

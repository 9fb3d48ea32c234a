"""A conversation read back: what was said on either side, as entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dangol.assistant.records import LoggedFact
from dangol.kernel import facts
from dangol.kernel.blocks import Block


@dataclass(frozen=True)
class Said:
    """One entry of a conversation as it is read back."""

    seq: int
    turn: int
    sender: Literal["shopper", "assistant", "staff"]
    at: str
    message: str | None = None
    text: str | None = None
    choice: str | None = None
    form: dict[str, Any] | None = None
    attachments: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    spoken: bool = False


def entries(logged: Sequence[LoggedFact], turn: int = 0) -> list[Said]:
    """The entries of a log that begins after this turn.

    A reply belongs to its turn, a message to the one that answers it, everything else to the turn before it.
    """
    said: list[Said] = []
    turns = {
        message: each.fact.turn
        for each in logged
        if isinstance(each.fact, facts.ReplyGiven)
        for message in (each.fact.message, *each.fact.joined)
    }
    for each in logged:
        fact, at = each.fact, each.at.isoformat()
        if isinstance(fact, facts.MessageHeard):
            said.append(
                Said(
                    seq=each.seq,
                    turn=turns.get(fact.message, turn + 1),
                    sender="shopper",
                    at=at,
                    message=fact.message,
                    text=fact.text,
                    choice=fact.choice,
                    form=fact.form,
                    attachments=fact.attachments,
                    spoken=fact.spoken,
                )
            )
        elif isinstance(fact, facts.ReplyGiven):
            turn = fact.turn
            said.append(
                Said(
                    seq=each.seq,
                    turn=fact.turn,
                    sender="assistant",
                    at=at,
                    message=fact.message or None,
                    blocks=fact.blocks,
                )
            )
        elif isinstance(fact, facts.NoticeGiven):
            said.append(Said(seq=each.seq, turn=turn, sender="assistant", at=at, blocks=fact.blocks))
        elif isinstance(fact, facts.StaffSaid):
            said.append(
                Said(
                    seq=each.seq,
                    turn=turn,
                    sender="staff",
                    at=at,
                    text=fact.text,
                    attachments=fact.attachments,
                )
            )
    return said

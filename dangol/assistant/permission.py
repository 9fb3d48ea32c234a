"""May this role make this call, and must it be asked first: pure, no exceptions, whatever was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dangol.assistant.minds import Call
from dangol.kernel.tools import Question, Role, Toolbox


@dataclass(frozen=True)
class Allow:
    """Go ahead."""


@dataclass(frozen=True)
class Confirm:
    """Ask this first."""

    question: Question


@dataclass(frozen=True)
class Refuse:
    """Not for this role, or not a call at all."""

    code: str
    details: dict[str, Any]


Verdict = Allow | Confirm | Refuse


def permit(call: Call, role: Role, toolbox: Toolbox, *, confirmed: bool) -> Verdict:
    """Judge a call by its tool's policy; an unknown tool or foreign arguments are refused."""
    if call.tool not in toolbox:
        return Refuse("unknown_tool", {"tool": call.tool})
    tool = toolbox[call.tool]
    if type(call.args) is not tool.args:
        return Refuse("wrong_arguments", {"tool": call.tool})
    if role not in tool.policy.allowed:
        return Refuse(
            "not_identified" if role in ("visitor", "guest") else "not_allowed", {"tool": call.tool}
        )
    question = tool.policy.confirm(call.args)
    if question is not None and not confirmed:
        return Confirm(question)
    return Allow()

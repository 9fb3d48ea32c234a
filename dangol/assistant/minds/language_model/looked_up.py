"""What of a look-up may be said again: what the shop told, never what the model itself handed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dangol.assistant.minds import Call
from dangol.contracts.shopfloor.products import Availability, FoundProducts
from dangol.kernel.model import Value

# where a result repeats what was asked for and is not there
_ASKED_FOR: dict[type[Value], dict[str, Any]] = {
    Availability: {"unknown": ()},
    FoundProducts: {"loosened": ()},
}


def told_by_shop(result: Value) -> Value:
    """A result without what was only asked for: words a model wrote itself would back whatever it says next."""
    return result.model_copy(update=_ASKED_FOR.get(type(result), {}))


def refused_by_shop(details: dict[str, Any], call: Call) -> dict[str, Any]:
    """What a refusal tells, without the words and figures of the call that it repeats."""
    written = set(_leaves(call.args.model_dump(mode="json")))
    kept: dict[str, Any] = _without(details, written)
    return kept


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for each in node.values():
            yield from _leaves(each)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _leaves(each)
    elif node is not None and not isinstance(node, bool):
        yield str(node).strip()


def _without(node: Any, written: set[str]) -> Any:
    if isinstance(node, dict):
        return {name: _without(each, written) for name, each in node.items()}
    if isinstance(node, list | tuple):
        return [_without(each, written) for each in node]
    if isinstance(node, bool):
        return node
    text = str(node).strip()
    return None if any(text in each or each in text for each in written if each) else node

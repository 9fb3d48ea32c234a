"""A button that is pressed by saying it: its label typed, or its place in the row."""

from __future__ import annotations

from dangol.assistant.minds import Situation
from dangol.assistant.state import plain, typed_button

# a courtesy beside a request is heard, not answered on its own
COURTESY = frozenset({"greet", "thank", "goodbye", "smalltalk", "affirm"})


def typed(situation: Situation) -> str | None:
    """The button whose label was typed, or whose place in the row was said."""
    memory = situation.state.memory
    label = typed_button(memory.offered, situation.heard.text)
    if label is not None or not situation.heard.text:
        return label
    asked = [intent.name for intent in situation.reading.intents if intent.name not in COURTESY]
    if (
        asked[:1] == ["choose_option"] and "ask_availability" not in asked
    ):  # "the second, is it there in 270?"
        said = plain(situation.heard.text)
        for choice in memory.offered:
            if len(plain(choice.label)) > 2 and plain(choice.label) in said:
                return choice.id
    if memory.awaits == "address" or (
        memory.awaits in ("option", "size", "color", "product", "choice") and not memory.shown
    ):
        return _button_at(situation)
    return None


def _button_at(situation: Situation) -> str | None:
    offered = situation.state.memory.offered
    for entity in situation.reading.entities:
        if (
            entity.type == "product"
            and isinstance(entity.value, dict)
            and entity.value.get("ref") == "ordinal"
        ):
            index = entity.value.get("index")
            if isinstance(index, int) and 0 < index <= len(offered):
                return offered[index - 1].id
    return None

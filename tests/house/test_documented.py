"""An undocumented setting, command or tool fails here; `make docs` mends it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from dangol.server import manual
from dangol.server.settings import Settings
from dangol.server.toolbox import all_tools

MANUAL = Path(__file__).parents[2] / "docs" / "manual"


@pytest.mark.parametrize("name", sorted(manual.pages()))
def test_the_generated_pages_are_up_to_date(name: str) -> None:
    assert (MANUAL / name).read_text(encoding="utf-8") == manual.pages()[name], "run `make docs`"


def test_every_setting_says_what_it_does() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_every_tool_says_what_it_is_for() -> None:
    nothing = cast(Any, None)
    for tool in all_tools(nothing, nothing, {}, str, {}, str, str):
        assert len(tool.description.split()) > 3, tool.name
        assert tool.args.__doc__, tool.name
        assert tool.result.__doc__, tool.name

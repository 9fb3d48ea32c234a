"""The generated pages of the manual: settings, commands, tools. `make docs` writes them, the house tests compare."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast, get_args

import typer
from pydantic import BaseModel

from dangol.kernel.tools import Tool
from dangol.server.cli import app
from dangol.server.settings import Settings
from dangol.server.toolbox import all_tools

_WRITTEN = "<!-- written by `make docs`; change the code, not this page -->"
_HIDDEN = {"help"}


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {"settings.md": _settings(), "commands.md": _commands(), "tools.md": _tools()}


def _settings() -> str:
    lines = [
        "# Settings",
        _WRITTEN,
        "",
        "From the environment, a `.env` file in the folder the server starts in, or flags of a command (`--data`, "
        "`--host`, `--port`); flags come first, then the environment.",
        "",
        "| Setting | Default | What it does |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "" if default in (None, "", ()) else f"`{default}`"
        lines.append(f"| `DANGOL_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"


def _commands() -> str:
    lines = [
        "# Commands",
        _WRITTEN,
        "",
        "Exit codes: 0 done, 1 refused with a reason on stderr, 2 wrong usage. "
        "Texts follow the locale of the terminal (`LANG=ko_KR.UTF-8`).",
    ]
    for name, command in _leaves(typer.main.get_command(app), "dangol"):
        words = [_argument(each) for each in command.params if each.param_type_name == "argument"]
        options = [
            each for each in command.params if each.param_type_name == "option" and each.name not in _HIDDEN
        ]
        lines += ["", f"## `{' '.join([name, *words])}`", "", str(command.help or "").strip()]
        if options:
            lines += ["", "| Option | What it does |", "|---|---|"]
            lines += [f"| `{_option(each)}` | {each.help or ''} |" for each in options]
    return "\n".join(lines) + "\n"


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    if hasattr(command, "commands"):
        for part, each in command.commands.items():
            yield from _leaves(each, f"{name} {part}")
    else:
        yield name, command


def _argument(argument: Any) -> str:
    shown = argument.metavar or argument.name.upper()
    return shown if argument.required else f"[{shown}]"


def _option(option: Any) -> str:
    if option.is_flag or option.is_bool_flag:
        return str(option.opts[0])
    choices = get_args(option.type_descriptor.annotation)
    kind = " · ".join(choices) if choices else (option.metavar or option.name.upper())
    return f"{option.opts[0]} {kind}"


def _tools() -> str:
    lines = [
        "# Tools",
        _WRITTEN,
        "",
        "The only ways in which an assistant can act on the shop. `write` tools act once per message, `money` tools "
        "once per key; a tool marked “asks first” is called only after the shopper has said yes to its question.",
        "",
        "| Tool | What it is for | Effect | Arguments | Result |",
        "|---|---|---|---|---|",
    ]
    nothing = cast(Any, None)
    for tool in sorted(all_tools(nothing, nothing, {}, str, {}, str, str), key=lambda each: each.name):
        lines.append(
            f"| `{tool.name}` | {tool.description} | {_effect(tool)} | {_fields(tool.args)} | `{tool.result.__name__}` |"
        )
    return "\n".join(lines) + "\n"


def _effect(tool: Tool[Any, Any]) -> str:
    everybody = {"visitor", "customer", "staff", "system"}
    some = sorted(tool.policy.allowed) if tool.policy.allowed != everybody else []
    return ", ".join([tool.policy.effect, *some])


def _fields(model: type[BaseModel]) -> str:
    return ", ".join(
        f"`{name}`" if field.is_required() else f"`{name}?`" for name, field in model.model_fields.items()
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for file_name, text in pages().items():
        (folder / file_name).write_text(text, encoding="utf-8")

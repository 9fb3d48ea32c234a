"""The attack texts of AgentDojo, read out of its wheel as a file: nothing of it is imported, installed or kept here."""

from __future__ import annotations

import ast
import zipfile
from collections.abc import Iterator
from pathlib import Path

_NAMES = {"user": "Emma Johnson", "model": "AI assistant", "task": "the task"}


def attack_texts(wheel: Path) -> list[str]:
    """Every template of an attack with every goal of an injection, in a steady order. Raises OSError, zipfile.BadZipFile."""
    templates: set[str] = set()
    goals: set[str] = set()
    with zipfile.ZipFile(wheel) as package:
        for name in package.namelist():
            if "/attacks/" in name and name.endswith(".py"):
                templates |= set(_templates(ast.parse(package.read(name))))
            elif name.endswith("injection_tasks.py"):
                goals |= set(_goals(ast.parse(package.read(name))))
    return [_filled(template, goal) for template in sorted(templates) for goal in sorted(goals)]


def _templates(tree: ast.Module) -> Iterator[str]:
    documented = {id(_docstring(node)) for node in ast.walk(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield from [node.value] if "{goal}" in node.value or "<INFORMATION>" in node.value else []


def _docstring(node: ast.AST) -> ast.AST | None:
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return first.value if isinstance(first, ast.Expr) else None


def _goals(tree: ast.Module) -> Iterator[str]:
    """GOAL of each task; what it is put together from are constants of its module or class."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            written = _text(node.value, known)
            if written is not None:
                known[node.targets[0].id] = written
                if node.targets[0].id == "GOAL":
                    yield written


def _text(node: ast.expr, known: dict[str, str]) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = [_text(each, known) for each in node.values]
        return "".join(part or "" for part in parts)
    if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Name):
        return known.get(node.value.id)
    return None


def _filled(template: str, goal: str) -> str:
    text = template.replace("{goal}", goal)
    for name, value in _NAMES.items():
        text = text.replace(f"{{{name}}}", value)
    return text

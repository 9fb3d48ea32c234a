"""The house rules, as tests: what is said once is true everywhere."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

from dangol.kernel.facts import FACT, Fact

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "dangol"
ROOMS = (
    "customers",
    "catalog",
    "knowledge",
    "carts",
    "orders",
    "payments",
    "returns",
    "helpdesk",
    "learning",
    "insights",
)
MOST_LINES = 400
CODE = (".py", ".ts", ".tsx", ".mjs", ".css")
DATA = (
    "dangol/server/demo_shop/data/",
    "dangol/assistant/understanding/corpus/",
    "dangol/kernel/words/tables/",
)
_GENERATED = {"web/package-lock.json", "requirements.lock", "requirements-peer.lock"}


def _committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def _modules(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.rglob("*.py")) if "__pycache__" not in file.parts]


def test_no_file_of_code_is_longer_than_can_be_read_at_a_sitting() -> None:
    """A longer one is defended in its head: its first lines say why it has more than 400 lines."""
    long = {}
    for file in _committed():
        name = str(file.relative_to(ROOT))
        if file.suffix in CODE and not name.startswith(DATA):
            lines = file.read_text(encoding="utf-8").splitlines()
            if len(lines) > MOST_LINES and f"{MOST_LINES} lines" not in "\n".join(lines[:12]):
                long[name] = len(lines)
    assert not long


def test_nothing_committed_names_a_registry_or_a_place_on_a_machine() -> None:
    hosts = [
        ".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"))
    ]
    places = re.compile(r"(?<![\w.])/(work|root|home|Users|opt)/[\w.-]+")
    found = []
    for file in _committed():
        if file.suffix in (".png", ".ico", ".woff2", ".npz"):
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        name = str(file.relative_to(ROOT))
        found += [f"{name}: {host}" for host in hosts if host in text]
        if name not in _GENERATED:
            found += [f"{name}: {match[0]}" for match in places.finditer(text)]
    assert not found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_a_door_and_says_what_it_is(room: str) -> None:
    folder = PACKAGE / room
    assert (folder / "README.md").is_file()
    assert len((folder / "README.md").read_text(encoding="utf-8").split()) > 40
    api = ast.parse((folder / "api.py").read_text(encoding="utf-8"))
    assert any(
        isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__" for node in api.body
    )


@pytest.mark.parametrize("room", ROOMS)
def test_every_query_of_a_room_stands_in_its_records(room: str) -> None:
    query = re.compile(
        r"\.(execute|executemany|copy)\(\s*(_[A-Z]|f?[\"'](?!listen|unlisten)|sql\.)", re.IGNORECASE
    )
    outside = []
    for file in _modules(PACKAGE / room):
        name = file.relative_to(PACKAGE / room)
        if not any("records" in part for part in name.parts) and query.search(
            file.read_text(encoding="utf-8")
        ):
            outside.append(str(name))
    assert not outside


@pytest.mark.parametrize("room", ROOMS)
def test_rules_are_pure(room: str) -> None:
    rules = PACKAGE / room / "rules.py"
    if rules.is_file():
        text = rules.read_text(encoding="utf-8")
        assert "psycopg" not in text
        assert "await " not in text


def test_nobody_looks_at_the_clock_of_the_machine() -> None:
    look = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")
    allowed = {"kernel/clock.py"}
    found = [
        str(file.relative_to(PACKAGE))
        for file in _modules(PACKAGE)
        if look.search(file.read_text(encoding="utf-8")) and str(file.relative_to(PACKAGE)) not in allowed
    ]
    assert not found


def test_every_fact_shape_has_a_frozen_example_that_is_still_read() -> None:
    kinds = {member.model_fields["kind"].default for member in _members(Fact)}
    frozen = {file.stem: file for file in (ROOT / "tests" / "frozen").glob("*.json")}
    assert kinds - set(frozen) == set(), (
        "write tests/frozen/<kind>.json for a new fact, and never change it again"
    )
    for file in frozen.values():
        written = json.loads(file.read_text(encoding="utf-8"))
        fact = FACT.validate_python(written)
        assert FACT.dump_python(fact, mode="json", exclude_defaults=True).keys() - {"kind"} <= written.keys()


def _members(union: object) -> list[type]:
    return list(union.__args__[0].__args__)  # type: ignore[attr-defined]

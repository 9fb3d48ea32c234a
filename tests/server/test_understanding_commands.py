"""`dangol evaluate understanding` and `dangol train`: figures out, bad lines by number, own examples taken in."""

import json
from pathlib import Path

import pytest

from dangol.server.cli import run

GOOD = '{"text": "이거 얼마예요", "intents": ["ask_price"], "entities": [], "tags": ["clean"]}\n'


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("DANGOL_DATA", str(tmp_path / "data"))


def test_bad_lines_are_named_and_the_rest_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "messages.jsonl"
    file.write_text(GOOD + '{"text": 3}\n\n{oops\n', encoding="utf-8")
    assert run(["evaluate", "understanding", str(file), "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["parts"]["all"]["exact"] == 1.0
    assert "messages.jsonl:2" in said.err
    assert "messages.jsonl:4" in said.err


@pytest.mark.parametrize("written", [None, "", "{}\n"])
def test_a_file_without_a_message_is_refused_in_a_sentence(
    written: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "messages.jsonl"
    if written is not None:
        file.write_text(written, encoding="utf-8")
    assert run(["evaluate", "understanding", str(file)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_training_refuses_examples_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "several.txt").write_text("no tab here\n", encoding="utf-8")
    assert run(["train", "--own", str(own)]) == 1
    assert "several.txt:1" in capsys.readouterr().err
    assert run(["train", "--own", str(tmp_path / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_a_moment_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "stories", "--at", "tomorrow"]) == 2
    assert "2026-12-31T23:50" in capsys.readouterr().err

"""The command line: what it takes over, what it refuses and with which exit code."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import psycopg
import pytest
from server_talk import PRODUCTS

from dangol.kernel.shop import Shop
from dangol.server.cli import run
from dangol.server.postgres import EmbeddedPostgres

HEADER = "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status\n"
GOOD = "cup,컵,<p>좋은 컵</p>,누리,머그컵,,,,CUP-1,9000,4,active\n"
BAD = "bowl,그릇,,누리,그릇,,,,BOWL-1,-5,4,active\n"


@pytest.fixture
def url(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A database of its own for commands, in English."""
    monkeypatch.setenv("DANGOL_DATABASE_URL", database_url)
    monkeypatch.setenv("DANGOL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)
    return database_url


def _write(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.fixture
def shop_file(tmp_path: Path, shop: Shop) -> str:
    """The shop of the tests as a file."""
    return _write(tmp_path / "shop.json", shop.model_dump_json(by_alias=True))


def _count(url: str, table: str) -> int:
    with psycopg.connect(url) as conn:
        row = conn.execute(f"select count(*) from {table}").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.usefixtures("url")
def test_a_shop_file_is_taken_whole_or_not_at_all(
    tmp_path: Path, url: str, shop_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = _write(tmp_path / "bad.json", json.dumps({"name": "x", "locale": "ko-KR", "currency": "won"}))
    assert run(["import", "shop", bad]) == 1
    said = capsys.readouterr().err
    assert "currency" in said
    assert "time_zone" in said
    assert _count(url, "shops") == 0
    assert run(["import", "shop", shop_file]) == 0
    assert _count(url, "shops") == 1


def test_bad_rows_are_refused_and_the_rest_stands(
    tmp_path: Path, url: str, shop_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _write(tmp_path / "products.csv", HEADER + GOOD + BAD)
    assert run(["import", "products", file]) == 1, "there is no shop yet"
    assert "import shop" in capsys.readouterr().err
    assert run(["import", "shop", shop_file]) == 0
    assert run(["import", "products", file, "--report", str(tmp_path / "report.json")]) == 0
    said = capsys.readouterr()
    assert "created 1" in said.out
    assert "refused 1" in said.out
    report = json.loads((tmp_path / "report.json").read_text())
    assert [(row["row"], row["column"]) for row in report["refused"]] == [(3, "Variant Price")]
    assert report["refused"][0]["why"]
    assert _count(url, "products") == 1
    assert run(["import", "products", file]) == 0
    assert "unchanged 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    "args",
    [["import", "products"], ["import", "products", "x.csv", "--format", "xml"], ["nonsense"],
     ["serve", "--port", "many"], ["import", "shop"]],
)  # fmt: skip
def test_wrong_usage_is_two(args: list[str], url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"PK\x03\x04zip", b"\xff\xfe\x00", b"", b"a,b\n1,2\n"])
def test_a_file_that_is_no_table_is_refused_in_a_sentence(
    content: bytes, tmp_path: Path, url: str, shop_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["import", "shop", shop_file])
    (tmp_path / "x.csv").write_bytes(content)
    assert run(["import", "products", str(tmp_path / "x.csv")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("dangol: ")
    assert "Traceback" not in said
    assert "fault of ours" not in said


def test_a_file_that_is_not_there_is_named(
    url: str, shop_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["import", "shop", shop_file])
    for kind in ("products", "orders", "customers", "reviews", "articles"):
        assert run(["import", kind, "nowhere.csv"]) == 1
        assert "nowhere.csv" in capsys.readouterr().err


def test_the_schema_of_the_shop_file_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "shop", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert {"name", "locale", "currency", "time_zone"} <= set(schema["required"])


def test_an_import_shares_the_embedded_database_with_who_runs_already(
    tmp_path: Path, shop_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data"
    file = _write(tmp_path / "products.json", json.dumps({"products": PRODUCTS}))
    server = EmbeddedPostgres(data / "postgres")
    server.start()
    try:
        assert run(["import", "shop", shop_file, "--data", str(data)]) == 0
        assert run(["import", "products", file, "--format", "json", "--data", str(data)]) == 0
        assert _count(server.url(), "products") == len(PRODUCTS)
    finally:
        server.stop()


def test_a_taken_port_is_said(url: str, shop_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["import", "shop", shop_file])
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert run(["serve", "--port", str(other.getsockname()[1])]) == 1
    assert "--port" in capsys.readouterr().err


def test_serving_without_a_shop_says_what_to_do(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--port", "0"]) == 1
    assert "dangol import shop" in capsys.readouterr().err


def test_the_doctor_finds_what_is_missing(
    url: str, shop_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor"]) == 0
    assert "dangol import shop" in capsys.readouterr().out
    run(["import", "shop", shop_file])
    capsys.readouterr()
    assert run(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "→ dangol import shop" not in said
    assert "→ dangol import products" in said


@pytest.mark.parametrize(
    ("model", "price", "held"),
    [
        ("openai_compatible:qwen", "", False),
        ("openai_compatible:qwen", "0.1/0.3", True),
        ("openai:gpt-5-mini", "", True),  # by its vendor's list
        ("openai:made-up-yesterday", "", False),
        ("ollama:qwen3:8b", "", True),  # one's own machine
    ],
)
def test_the_doctor_tells_when_no_price_is_known(
    url: str,
    shop_file: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    model: str,
    price: str,
    held: bool,
) -> None:
    monkeypatch.setenv("DANGOL_MODEL", model)
    monkeypatch.setenv("DANGOL_MODEL_KEY", "never-told")
    monkeypatch.setenv("DANGOL_MODEL_PRICE", price)
    if model.startswith("openai_compatible"):
        monkeypatch.setenv("DANGOL_MODEL_URL", "http://127.0.0.1:9/v1")
    run(["import", "shop", shop_file])
    capsys.readouterr()
    assert run(["doctor"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert ("DANGOL_MODEL_PRICE=0.25/2.00" in said) is not held
    assert "never-told" not in said


def test_the_doctor_names_a_model_that_cannot_be_used(
    url: str, shop_file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DANGOL_MODEL", "openai_compatible:qwen")
    run(["import", "shop", shop_file])
    capsys.readouterr()
    assert run(["doctor"]) == 1
    assert "DANGOL_MODEL_URL" in capsys.readouterr().out


def test_the_doctor_names_a_database_that_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DANGOL_DATABASE_URL", f"postgresql://nobody:secret-word@/none?host={tmp_path}")
    monkeypatch.setenv("DANGOL_DATA", str(tmp_path))
    assert run(["doctor"]) == 1
    said = capsys.readouterr()
    assert "DANGOL_DATABASE_URL" in said.out
    assert "secret-word" not in said.out + said.err


def test_wrong_settings_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DANGOL_PORT", "eighty")
    assert run(["serve"]) == 1
    assert "DANGOL_PORT" in capsys.readouterr().err

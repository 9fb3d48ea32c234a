"""`dangol policy explain`: the chain of rules for an order, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dangol.kernel.shop import Shop
from dangol.server.cli import run
from dangol.server.commands.console import CommandRefused
from dangol.server.commands.policy import read_question

_ORDERS = (
    "Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Total,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Street,Shipping City,Shipping Zip,"
    "Shipping Country,Carrier,Tracking Number,Delivered at\n"
    "#1003,a@example.com,paid,fulfilled,KRW,12000,3000,15000,2026-11-01 10:00:00 +0900,1,컵,9000,CUP-1,김단골,"
    "테헤란로 123,서울,06236,KR,CJ대한통운,123456789012,2026-11-03 10:00:00 +0900\n"
    "#1003,a@example.com,,,,,,,,1,칫솔,3000,BRUSH-1,,,,,,CJ대한통운,123456789012,2026-11-03 10:00:00 +0900\n"
)
_GOODS = (
    "Handle,Title,Tags,Variant SKU,Variant Price,Variant Inventory Qty,Status\n"
    "cup,컵,,CUP-1,9000,4,active\nbrush,칫솔,hygiene,BRUSH-1,3000,4,active\n"
)


@pytest.fixture
def shop_with_an_order(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    shop: Shop,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DANGOL_DATABASE_URL", database_url)
    monkeypatch.setenv("DANGOL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("shop.json", shop.model_dump_json(by_alias=True)),
        ("goods.csv", _GOODS),
        ("orders.csv", _ORDERS),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert run(["import", "shop", "shop.json"]) == 0
    assert run(["import", "products", "goods.csv"]) == 0
    assert run(["import", "orders", "orders.csv"]) == 0
    capsys.readouterr()


@pytest.mark.usefixtures("shop_with_an_order")
def test_the_rules_are_told_with_their_article(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["policy", "explain", "return #1003 line 1", "--on", "2026-11-10"]) == 0
    said = capsys.readouterr().out
    assert "return 1003: allowed, until 2026-11-10" in said
    assert "within 7 days (until 2026-11-10)" in said
    assert "Art. 18(2)" in said
    assert run(["policy", "explain", "return #1003 line 1", "--on", "2026-11-11"]) == 0
    said = capsys.readouterr().out
    assert "refused (window)" in said
    assert "1 days ago" in said
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert run(["policy", "explain", "반품 1003 1번 changed_mind", "--on", "2026-11-11"]) == 0
    assert "할 수 없어요 (window)" in capsys.readouterr().out
    assert run(["policy", "explain", "return 1003 defect", "--on", "2026-11-25"]) == 0
    assert "제18조 제10항" in capsys.readouterr().out


@pytest.mark.usefixtures("shop_with_an_order")
def test_the_rules_as_json_for_each_action_and_role(capsys: pytest.CaptureFixture[str]) -> None:
    def explained(question: str, *more: str) -> dict:
        assert run(["policy", "explain", question, "--json", "--on", "2026-11-05", *more]) == 0
        return json.loads(capsys.readouterr().out)

    assert explained("return #1003 line 2 opened changed_mind")["refusal"] == "excluded"
    assert explained("return #1003 line 1 opened changed_mind")["allowed"]
    assert explained("cancel #1003")["refusal"] == "state"
    assert explained("change address #1003")["refusal"] == "state"
    assert explained("exchange #1003 line 1 size")["fee"]["amount"] == 6000
    assert explained("return #1003", "--as", "staff")["rules"][0]["details"]["role"] == "staff"


@pytest.mark.usefixtures("shop_with_an_order")
@pytest.mark.parametrize("question", ["return #9999", "return #1003 line 7", "hello", "return"])
def test_what_cannot_be_explained_is_said(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "explain", question]) == 1
    assert capsys.readouterr().err.strip()


@pytest.mark.usefixtures("shop_with_an_order")
@pytest.mark.parametrize(
    ("question", "korean", "english"),
    [
        ("return #1003 line 99", "1, 2번이 있어요", "its lines are 1, 2"),
        ("return #1003 line 0", "1, 2번이 있어요", "its lines are 1, 2"),
        ("return #1003 line two", "숫자로 써 주세요", "by its number"),
        ("반품 #1003 둘째 상품", "숫자로 써 주세요", "by its number"),
        ("return #9999", "번호를 그대로", "as in the console"),
        ("취소 " + "9" * 300, "번호를 그대로", "as in the console"),
        ("", "처럼 써 주세요", "write it as"),
        ("#1003", "처럼 써 주세요", "write it as"),
        ("return #1003 line " + "9" * 5000, "1, 2번이 있어요", "its lines are 1, 2"),
        ("return #1003 line ٣", "1, 2번이 있어요", "its lines are 1, 2"),
        ("반품 #" + "9" * 5000, "번호를 그대로", "as in the console"),
        ("return %s; drop table orders;--", "처럼 써 주세요", "write it as"),
        ("취소 \x00\x1b[31m 1004", "번호를 그대로", "as in the console"),
    ],
)
def test_what_cannot_be_explained_says_what_to_write(
    question: str,
    korean: str,
    english: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for locale, words in (("ko_KR.UTF-8", korean), ("en_US.UTF-8", english)):
        monkeypatch.setenv("LC_ALL", locale)
        assert run(["policy", "explain", question]) == 1
        said = capsys.readouterr().err
        assert words in " ".join(said.split())
        assert len(said) < 300


@pytest.mark.parametrize(
    ("said", "order", "lines", "reason"),
    [
        ("return #1003 line 2 line 3", "1003", ["2", "3"], None),
        ("return #1003 lines 1 and 2", "1003", ["1", "2"], None),
        ("return #1003 line 1, 1", "1003", ["1"], None),
        ("return 3 pieces of line 1 of 20250606-7101", "20250606-7101", ["1"], None),
        ("return the 2nd line of #1003, lost interest", "1003", ["2"], "changed_mind"),
        ("반품 1003 1번, 2번 단순변심", "1003", ["1", "2"], "changed_mind"),
        ("1003 주문 2번 상품 불량 환불 되나요?", "1003", ["2"], "defect"),
        ("exchange ORD-77-A item 1 size", "ORD-77-A", ["1"], "size"),
        ("교환 1003 첫 번째 말고 2번째 오배송", "1003", ["2"], "wrong_item"),
    ],
)
def test_odd_questions_are_read_as_they_are_meant(
    said: str, order: str, lines: list[str], reason: str | None
) -> None:
    asked = read_question(said)
    assert (asked.order, [each.line for each in asked.lines], asked.reason) == (order, lines, reason)


def test_questions_are_read_in_both_languages() -> None:
    asked = read_question("exchange W2378156 lines 1, 3 wrong_item")
    assert (asked.action, asked.order, [each.line for each in asked.lines]) == (
        "exchange",
        "W2378156",
        ["1", "3"],
    )
    assert asked.reason == "wrong_item"
    asked = read_question("주소 변경 20261121-0001")
    assert (asked.action, asked.order, asked.lines) == ("change_address", "20261121-0001", ())
    with pytest.raises(CommandRefused):
        read_question("do something")


@pytest.mark.usefixtures("shop_with_an_order")
@pytest.mark.parametrize("day", ["0001-01-01", "1900-02-28", "9999-12-31"])
@pytest.mark.parametrize(
    "question", ["return #1003 line 1 defect", "exchange #1003", "cancel 1003", "반품 1003"]
)
def test_a_day_far_away_is_answered_or_refused_in_words(
    question: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["policy", "explain", question, "--on", day]) in (0, 1, 2)
    said = capsys.readouterr()
    assert "DANGOL_LOG_LEVEL" not in said.err, "no fault of ours"
    assert (said.out or said.err).strip()

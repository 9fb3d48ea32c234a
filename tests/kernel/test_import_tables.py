"""Tables as people export them, whole and spoilt."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.kernel.imports import (
    ColumnsMissing,
    NotATable,
    Refusal,
    read_table,
    say_refusal,
    say_refused_file,
)

KOREAN = "이메일,이름\nkim@example.com,김하늘\nlee@example.com,이바다\n"


def read(tmp_path: Path, content: bytes, required: set[str], optional: tuple[str, ...] = ()):
    file = tmp_path / "table.csv"
    file.write_bytes(content)
    return list(read_table(file, required, optional))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    rows = read(
        tmp_path, ("Email,Name,Note\n" + KOREAN.split("\n", 1)[1]).encode(encoding), {"Email", "Name"}
    )
    assert rows[0] == (2, {"Email": "kim@example.com", "Name": "김하늘", "Note": ""})
    assert rows[1][1]["Name"] == "이바다"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_header_spelling(tmp_path: Path, delimiter: str) -> None:
    text = f"first NAME {delimiter}E-mail{delimiter}LastName\n Ann {delimiter}a@b.c{delimiter}Lee\n"
    assert read(tmp_path, text.encode(), {"First Name"}, ("Last Name",)) == [
        (2, {"First Name": "Ann", "E-mail": "a@b.c", "Last Name": "Lee"})
    ]


def test_an_unclosed_quote_costs_its_own_row_only(tmp_path: Path) -> None:
    text = 'a,b,c\n1,"open,x\n2,"fine, really",y\n3,"two\nlines",z\n4,"never closed,q\n5,v,w\n'
    rows = read(tmp_path, text.encode(), {"a"})
    assert [row.code for row in rows if isinstance(row, Refusal)] == ["broken_quotes", "broken_quotes"]
    good = {row[1]["a"]: row[1]["b"] for row in rows if not isinstance(row, Refusal)}
    assert good == {"2": "fine, really", "3": "two\nlines", "5": "v"}


def test_a_stray_quote_closed_by_a_later_row_swallows_nothing(tmp_path: Path) -> None:
    text = 'a,b,c\n1,"open,x\n2,mid,y\n3,"end,z"\n4,v,w\n'
    rows = read(tmp_path, text.encode(), {"a"})
    assert {row[1]["a"] for row in rows if not isinstance(row, Refusal)} >= {"2", "4"}


def test_inch_marks_are_plain_text(tmp_path: Path) -> None:
    assert read(tmp_path, b'title,n\n27" monitor,1\n', {"title"})[0][1]["title"] == '27" monitor'


def test_a_spoilt_line_is_refused_and_named(tmp_path: Path) -> None:
    content = "이름,메모\n가,나\n".encode() + "다,".encode() + b"\xb0\xa1\xff\n" + "라,마\n바,\0\n".encode()
    rows = read(tmp_path, content, {"이름"})
    assert [r for r in rows if isinstance(r, Refusal)] == [
        Refusal(row=3, column="메모", code="undecodable", value="???"),
        Refusal(row=5, column="메모", code="undecodable", value="?"),
    ]
    assert len(rows) == 4


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(ColumnsMissing) as no:
        read(tmp_path, b"Name,City\nx,y\n", {"Email", "Name"})
    assert no.value.details["columns"] == ["Email"]
    assert say_refused_file(no.value, "ko") == "필요한 열이 없어요: Email"
    with pytest.raises(ColumnsMissing):
        read(tmp_path, b"", {"Email"})


def test_a_workbook_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(NotATable):
        read(tmp_path, b"PK\x03\x04\x14\x00", {"Email"})
    with pytest.raises(NotATable):
        list(read_table(tmp_path / "absent.csv", {"Email"}))


def test_short_rows_are_filled_and_long_ones_refused(tmp_path: Path) -> None:
    rows = read(tmp_path, b"a,b,c\n1\n\n1,2,3,,\n1,2,3,4\n", {"a"})
    assert rows[0] == (2, {"a": "1", "b": "", "c": ""})
    assert rows[1] == (4, {"a": "1", "b": "2", "c": "3"})
    assert rows[2] == Refusal(row=5, column="", code="too_many_cells", value="4")


def test_reasons_are_worded() -> None:
    refusal = Refusal(row=3, column="Price", code="negative", value="-3")
    assert say_refusal(refusal, "ko") == "“-3”: 0보다 작아요"
    assert say_refusal(refusal, "en-US") == "“-3”: is below zero"
    own = {"negative": {"ko": "{value}원은 안 돼요", "en": "{value} will not do"}}
    assert say_refusal(refusal, "ko", own) == "-3원은 안 돼요"
    assert say_refusal(Refusal(row=1, column="", code="odd"), "ko") == "odd"


@given(st.binary(max_size=400))
def test_no_bytes_bring_it_down(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(b"a,b\n" + content)
    try:
        rows = list(read_table(file, {"a"}))
    except (NotATable, ColumnsMissing):
        return
    assert all(isinstance(row, Refusal) or set(row[1]) == {"a", "b"} for row in rows)

"""Public sets are read from a local file in their authors' form, and measured with the reader's own head."""

import json

import pytest

from benchmarks.public import NotAPublicSet, measure, read_banking, read_clinc

TAUGHT = [
    *(
        [text, "card_lost"]
        for text in ("I lost my card", "my card is gone", "card was stolen", "I can't find my card")
    ),
    *(
        [text, "balance"]
        for text in ("what is my balance", "how much money do I have", "show my balance", "balance please")
    ),
]
ASKED = [["I have lost the card", "card_lost"], ["tell me my balance", "balance"]]


def test_clinc_is_read_and_measured_with_what_lies_outside(tmp_path):
    file = tmp_path / "data_full.json"
    outside = [["who wrote this song", "oos"]]
    file.write_text(json.dumps({"train": TAUGHT, "test": ASKED, "oos_test": outside}), encoding="utf-8")
    found = measure(read_clinc(file))
    assert (found.intents, found.accuracy, found.macro_f1) == (2, 1.0, 1.0)
    assert found.outside_found is not None


def test_banking_is_read_and_measured(tmp_path):
    for name, rows in (("train.csv", TAUGHT), ("test.csv", ASKED)):
        lines = ["text,category", *(f'"{text}",{intent}' for text, intent in rows)]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    found = measure(read_banking(tmp_path / "train.csv", tmp_path / "test.csv"))
    assert (found.intents, found.accuracy, found.outside_found) == (2, 1.0, None)


@pytest.mark.parametrize("content", ["[]", "{}", "no json", '{"train": [["a"]], "test": []}'])
def test_another_file_is_refused_with_what_it_should_hold(tmp_path, content):
    file = tmp_path / "other.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(NotAPublicSet, match="CLINC150"):
        read_clinc(file)

import pytest

from dangol.assistant.understanding.corpus import (
    UnreadableExample,
    from_json,
    own_examples,
    part_examples,
    training_examples,
    unmarked,
    words_of,
)
from dangol.assistant.understanding.model import sentence_vectors
from dangol.assistant.understanding.training import train


@pytest.fixture
def corpus(tmp_path):
    def written(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_jsonl", ".jsonl").replace("_txt", ".txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return written


def test_marks_leave_the_words_and_say_where_they_stood():
    text, entities = unmarked("[나이키](brand) [운동화](category) 10만원 이하 (급해요)")
    assert text == "나이키 운동화 10만원 이하 (급해요)"
    assert [(one.type, text[one.start : one.end]) for one in entities] == [
        ("brand", "나이키"),
        ("category", "운동화"),
    ]


def test_an_intents_file_lists_messages_with_tags(corpus):
    folder = corpus(ko__ask_price_txt="## how much\n이거 얼마예요\n얼마임\tparticles,slang\n")
    assert [(one.text, one.intents, one.tags) for one in training_examples(folder)] == [
        ("이거 얼마예요", ("ask_price",), ()),
        ("얼마임", ("ask_price",), ("particles", "slang")),
    ]


def test_several_intents_and_near_misses_name_theirs(corpus):
    folder = corpus(
        en__several_txt="greet+ask_price\thi how much is [this](product)\tslang\n",
        en__near_misses_txt="ask_price\thow much\n\nask_delivery\thow much is delivery\n",
    )
    assert [(one.text, one.intents) for one in training_examples(folder)] == [
        ("how much", ("ask_price",)),
        ("how much is delivery", ("ask_delivery",)),
        ("hi how much is this", ("greet", "ask_price")),
    ]


@pytest.mark.parametrize(
    "line", ["no tab here", "greet+\thello", "Greet\thello", "greet\t", "greet\t[x](nonsense)"]
)
def test_a_bad_line_is_reported_by_its_number(corpus, line):
    folder = corpus(ko__several_txt=f"greet\t안녕\n{line}\n")
    with pytest.raises(UnreadableExample, match=r"several\.txt:2"):
        training_examples(folder)


def test_the_parts_kept_apart_are_json_lines_or_lists(corpus):
    folder = corpus(
        dev__ko_jsonl='{"text": "270", "context": {"expects": "size"}, "intents": ["inform"], "tags": ["fragment"],'
        ' "entities": [{"type": "size", "value": {"system": "mm", "value": "270"}}]}\n',
        dev__en_txt="greet+ask_price\thi how much\n",
    )
    ko, en = part_examples("dev", folder)
    assert (ko.context, ko.intents, ko.tags) == ({"expects": "size"}, ("inform",), ("fragment",))
    assert ko.entities[0].value == {"system": "mm", "value": "270"}
    assert (en.intents, en.entities) == (("greet", "ask_price"), None)


@pytest.mark.parametrize(
    ("line", "why"),
    [("{", "not JSON"), ('{"text": 3, "intents": []}', "text"), ('{"text": "x"}', "intents"), ("[]", "line")],
)
def test_a_json_line_that_cannot_be_read_says_why(line, why):
    with pytest.raises(UnreadableExample, match=why):
        from_json(line, "en", "file:7")


def test_names_of_goods_and_people_are_no_everyday_words(corpus):
    folder = corpus(ko__ask_price_txt="[달길](brand) 러너 얼마예요\n")
    (example,) = training_examples(folder)
    assert "달길" not in words_of(example)
    assert "러너 얼마예요" in words_of(example)


def test_a_shops_own_intent_is_learnt_beside_the_others(tmp_path):
    (tmp_path / "book_fitting.txt").write_text(
        "피팅 예약하고 싶어요\n이번주 피팅룸 예약 되나요\n피팅 예약 잡아주세요\n피팅룸 예약할게요\nbook a fitting for me\n",
        encoding="utf-8",
    )
    own = own_examples(tmp_path)
    assert [one.language for one in own] == ["ko", "ko", "ko", "ko", "en"]
    few = [one for one in training_examples() if one.intents in {("greet",), ("ask_price",), ("view_cart",)}]
    model, card = train([*few, *own])
    likely = model.probabilities(["피팅 예약 가능한가요"], sentence_vectors(["피팅 예약 가능한가요"]))[0]
    assert model.names[likely.argmax()] == "book_fitting"
    assert card["examples"]["ko"] > 4

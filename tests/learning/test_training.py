"""What staff have taught is trained on; nothing is published that makes a story worse; a running server takes over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from school import School

from dangol.assistant.understanding import training as trainer
from dangol.assistant.understanding.corpus import Example, training_examples
from dangol.assistant.understanding.evaluation import evaluate, read_all
from dangol.assistant.understanding.lexicon import ShopLexicon
from dangol.assistant.understanding.understanding import Understanding
from dangol.learning import api as learning
from dangol.server.commands import training, versions
from dangol.server.commands.console import CommandRefused
from dangol.server.commands.evaluating import Trained, stories_in
from dangol.server.understandings import packed, published_model, unpacked

STORY = """
- story: 배송비를 묻는다
  language: ko
  turns:
    - say: 배송비 얼마예요?
      expect: {said: ["3,000원"]}
- story: 사람을 찾는다
  language: ko
  turns:
    - say: 상담원 연결해주세요
      expect: {served_by: queue}
"""


def _trained(examples: list[Example]) -> Trained:
    model, card = trainer.train(examples)
    return Trained(model, card)


@pytest.fixture(scope="module")
def few() -> list[Example]:
    """Every thirtieth example: enough to be a model, trained in seconds."""
    return training_examples()[::30]


@pytest.fixture(scope="module")
def astray(few: list[Example]) -> Trained:
    """A model that takes questions about delivery for thanks."""
    wrong = [
        Example(one.text, one.language, ("thank",)) if "ask_delivery" in one.intents else one
        for one in training_examples()
        if "ask_delivery" in one.intents or one in few
    ]
    return _trained([*wrong, *(Example("배송비 얼마예요?", "ko", ("thank",)) for _ in range(20))])


async def test_a_model_that_breaks_a_story_is_not_published(astray: Trained, tmp_path: Path, school: School):
    suite = tmp_path / "stories.yaml"
    suite.write_text(STORY, encoding="utf-8")
    present = Understanding.load()
    before = Trained(present.model, {"form": astray.card["form"]})
    figures = evaluate([], present, school.clock.now().date())
    change = await training.with_stories(training.Change(figures, figures), before, astray, stories_in(suite))
    assert change.stories == (2, 1, 2)
    assert change.broken == ("stories: 배송비를 묻는다",)
    async with school.premises.open_connection() as conn:
        with pytest.raises(CommandRefused, match="배송비를 묻는다"):
            await training.keep(conn, astray, change)
        assert await learning.published(conn) is None
        assert [one.reads for one in await learning.versions(conn)] == [False]  # kept, to be looked at


async def test_what_staff_taught_is_read_by_the_running_server_and_rolled_back(
    school: School, few: list[Example], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    intent = {"name": "ask_engraving", "description": "이름을 새겨 줄 수 있는지"}
    assert (await school.ask("POST", "/intents", json=intent)).status_code == 201
    taught = [
        "컵에 이름 새겨 주나요",
        "각인 서비스 되나요?",
        "이니셜 각인해 주세요",
        "이름 각인 가능한가요",
        "컵에 글씨 새길 수 있어요?",
    ]
    for text in taught:
        lesson = await school.do("POST", "/lessons", text=text, language="ko", intents=["ask_engraving"])
        await school.do("POST", f"/lessons/{lesson['id']}/decision", approve=True)
    async with school.premises.open_connection() as conn:
        training.write_lessons(tmp_path, await learning.learned(conn))
    assert (tmp_path / "ko" / "ask_engraving.txt").read_text(encoding="utf-8").splitlines() == taught
    mine = training_examples(tmp_path)
    trained = _trained([*few, *(one for one in mine for _ in range(4))])
    question = "각인 되나요?"

    async def read_by_the_server() -> str:
        talk = await school.talk(question)
        await school.get("/messages")
        [(intents,)] = await school.rows(
            "select intents from read_messages where conversation_id = %s", talk.id
        )
        return str(intents[0][0])

    assert await read_by_the_server() != "ask_engraving"
    empty = evaluate([], Understanding(trained.model, ShopLexicon()), school.clock.now().date())
    async with school.premises.open_connection() as conn:
        await training.keep(conn, trained, training.Change(empty, empty))
        stored = await learning.published(conn)
        assert stored is not None
        assert await published_model(conn) is not None
    for _ in range(100):
        if await read_by_the_server() == "ask_engraving":
            break
    else:
        pytest.fail("the running server goes on reading with the old one")

    await versions.roll_back(school.settings)
    for _ in range(100):
        if await read_by_the_server() != "ask_engraving":
            break
    else:
        pytest.fail("the running server was not told of the way back")
    await versions.publish_version(school.settings, str(stored.version))
    with pytest.raises(CommandRefused):
        await versions.publish_version(school.settings, "99")
    await versions.list_versions(school.settings)
    assert "ask_engraving" in stored.card["intents"]


def test_a_model_is_the_same_after_it_was_kept(few: list[Example]):
    trained = _trained(few[::4])
    again = unpacked(packed(trained.model, trained.card))
    reader, other = (Understanding(one, ShopLexicon()) for one in (trained.model, again))
    today = date(2026, 11, 21)
    for read, said in zip(read_all(few[:20], reader, today), read_all(few[:20], other, today), strict=True):
        assert read.intents == said.intents


def test_lessons_become_lines_of_the_corpus_with_their_entities(tmp_path: Path):
    marks = (learning.Marked(type="brand", text="나이키"), learning.Marked(type="category", text="운동화"))
    lessons = [
        learning.Learned("나이키 운동화 [특가] 얼마\t예요", "ko", ("ask_price",), marks),
        learning.Learned("when will it arrive and can i cancel", "en", ("track_order", "cancel_order")),
    ]
    training.write_lessons(tmp_path, lessons)
    training.write_lessons(tmp_path, lessons)
    examples = training_examples(tmp_path)
    assert [(one.text, one.intents) for one in examples] == [
        ("나이키 운동화 특가 얼마 예요", ("ask_price",)),
        ("when will it arrive and can i cancel", ("track_order", "cancel_order")),
    ]
    assert [(mark.type, mark.text) for mark in examples[0].entities or ()] == [
        ("brand", "나이키"),
        ("category", "운동화"),
    ]

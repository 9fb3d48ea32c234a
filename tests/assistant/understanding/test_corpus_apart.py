from datetime import date

import pytest

from dangol.assistant.understanding.corpus import (
    ENTITIES,
    FOLDER,
    LANGUAGES,
    Example,
    part_examples,
    training_examples,
)
from dangol.assistant.understanding.counts import NOISES, apart
from dangol.assistant.understanding.reading import Context
from dangol.kernel.words.normalising import compact

APART = {part: part_examples(part) for part in ("dev", "test")}
ALL = [one for examples in APART.values() for one in examples]
SOFT = {"clean", "several", "context", "oos"}
INTENTS = {name for one in ALL for name in one.intents}


def standing_alone(examples: list[Example]) -> list[Example]:
    return [one for one in examples if "context" not in one.tags]


def test_the_data_card_says_what_the_files_hold():
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert apart() in card, "python -m dangol.assistant.understanding.counts prints the table for the card"


@pytest.mark.parametrize("part", APART)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_is_there_and_messages_of_several(part, language):
    inside = [one for one in APART[part] if one.language == language]
    least = {"dev": (6, 60), "test": (9, 120)}[part]
    singles = [one.intents[0] for one in inside if len(one.intents) == 1]
    assert len(INTENTS) == 62
    assert [name for name in sorted(INTENTS) if singles.count(name) < least[0]] == []
    assert sum(len(one.intents) > 1 for one in inside) >= least[1]


def test_what_the_annotations_say_is_in_the_message():
    for one in ALL:
        assert one.entities is not None
        for entity in one.entities:
            assert entity.type in ENTITIES, one.text
            assert entity.text, one.text
            assert entity.text in one.text, (one.text, entity.text)


def test_tags_are_the_known_ones_and_say_what_is_so():
    for one in ALL:
        tags = set(one.tags)
        assert tags <= NOISES | SOFT, one.text
        assert ("clean" in tags) != bool(tags & NOISES), one.text
        assert ("several" in tags) == (len(one.intents) > 1), one.text
        assert ("oos" in tags) == ("out_of_scope" in one.intents), one.text


def test_contexts_are_fields_of_what_a_conversation_knows():
    for one in ALL:
        context = one.context if isinstance(one.context, dict) else {}
        assert set(context) <= set(Context.model_fields), one.text
        known = Context.model_validate({"today": date(2026, 11, 21), **context})
        told = known.expects or known.offered or known.product_on_page or known.last_intents
        assert ("context" in one.tags) == bool(told), one.text


def test_no_message_is_twice_or_in_the_training_part():
    trained = {compact(one.text) for one in training_examples()}
    seen: set[str] = set()
    for one in standing_alone(ALL):
        assert compact(one.text) not in trained, f"take {one.text!r} out of the training part"
        assert compact(one.text) not in seen, one.text
        seen.add(compact(one.text))

"""The corpus stays readable: every line in the agreed form, every intent and tag one that is known."""

from dangol.assistant.understanding.corpus import FOLDER, LANGUAGES, part_examples, training_examples

TAGS = {
    "spacing", "particles", "slang", "keyboard", "typo", "dialect", "mixed", "voice", "emoji", "fragment",
}  # fmt: skip


def test_every_line_of_the_training_part_is_readable():
    files = {path.stem for language in LANGUAGES for path in (FOLDER / language).glob("*.txt")}
    intents = files - {"several", "near_misses"}
    examples = training_examples()
    assert [one for one in examples if not set(one.intents) <= intents] == []
    assert [one for one in examples if not set(one.tags) <= TAGS] == []


def test_every_line_kept_apart_is_readable():
    intents = {path.stem for path in (FOLDER / "ko").glob("*.txt")}
    for part in ("dev", "test"):
        examples = part_examples(part)
        assert [one for one in examples if not set(one.intents) <= intents] == []

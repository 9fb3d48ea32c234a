"""Nothing fails and nothing is done for strings nobody means anything by; `python -m benchmarks strange` reads 10,000."""

from datetime import date

from benchmarks.strange import does_something, strings
from dangol.assistant.understanding.reading import Context

TODAY = date(2026, 11, 21)


def test_strings_of_every_script_are_read_and_never_acted_on(understanding):
    for text in strings(250, seed=11):
        reading = understanding.read(text, Context(today=TODAY))
        assert reading.text == text
        assert not does_something(reading), (text, reading.intents)


def test_entities_stand_where_they_were_typed(understanding):
    for text in strings(150, seed=12):
        for entity in understanding.read(text, Context(today=TODAY, expects="size")).entities:
            assert 0 <= entity.start <= entity.end <= len(text)
            assert text[entity.start : entity.end] == entity.text

"""Shopper stories, end to end: over HTTP, on the real database, checked on what was said and on what is true after."""

from pathlib import Path

import pytest

from dangol.assistant.records import HeldBack, mended
from dangol.server.rehearsal.playing import Stage, play
from dangol.server.rehearsal.script import Story, read_stories

HERE = Path(__file__).parent
STORIES = [
    pytest.param(story, id=f"{file.stem}:{story.story}")
    for file in sorted(HERE.glob("*.yaml"))
    for story in read_stories(file)
]


def test_there_are_enough_stories_and_half_of_them_are_korean():
    languages = [param.values[0].language for param in STORIES]
    assert len(languages) >= 40
    assert languages.count("ko") >= len(languages) / 2


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.usefixtures("fresh_shelves")
async def test_story(story: Story, stage: Stage):
    before = await held_back(stage)
    performance = await play(story, stage)
    assert performance.passed, "\n" + performance.told()
    # the shop's own words need no mending: a sentence that is held back is one the shopper never reads
    assert [each for each in await held_back(stage) if each not in before] == []


async def held_back(stage: Stage) -> list[HeldBack]:
    """What the truth check took out of replies, in every story so far."""
    async with stage.open_connection() as conn:
        return await mended(conn, 10_000)

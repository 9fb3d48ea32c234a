"""Stories in shops of other trades: what is said there is said by their own files, and nothing of it is held back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dangol.assistant.records import mended
from dangol.server.commands.evaluating import open_stage
from dangol.server.rehearsal.playing import Stage, play
from dangol.server.rehearsal.script import read_stories

pytestmark = [pytest.mark.xdist_group("stories"), pytest.mark.timeout(300)]

SHOPS = [file.parent for file in sorted((Path(__file__).parent / "shops").glob("*/stories.yaml"))]


@pytest.fixture(scope="module", params=SHOPS, ids=lambda folder: folder.name)
async def elsewhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Path, Stage]]:
    """A shop that was opened from its files."""
    async with open_stage(tmp_path_factory.mktemp("shop"), shop=request.param) as stage:
        yield request.param, stage


async def test_stories_of_a_shop(elsewhere: tuple[Path, Stage]) -> None:
    folder, stage = elsewhere
    performances = [await play(story, stage) for story in read_stories(folder / "stories.yaml")]
    fell_short = [each.told() for each in performances if not each.passed]
    assert not fell_short, "\n".join(fell_short)
    async with stage.open_connection() as conn:
        assert await mended(conn, 100) == []

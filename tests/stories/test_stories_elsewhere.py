"""Stories in shops of other trades: what is said there is said by their own files, and nothing of it is held back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from moments import ORDINARY, moment

from dangol.assistant.records import mended
from dangol.server.commands.evaluating import open_stage
from dangol.server.rehearsal.playing import Stage, play
from dangol.server.rehearsal.script import read_stories

pytestmark = pytest.mark.timeout(300)

# each on a day on which another shop would be shut, or that not every year has
MOMENTS = {
    "cedar": moment("2026-11-26T12:00-07:00"),  # Thanksgiving
    "forest": moment("2026-09-25T17:58+09:00"),  # Chuseok
    "nadeul": moment("2028-02-29T23:57+09:00"),
    "pine": moment("2026-11-22T00:02-06:00"),  # a Sunday
}
SHOPS = [file.parent for file in sorted((Path(__file__).parent / "shops").glob("*/stories.yaml"))]


@pytest.fixture(scope="module", params=SHOPS, ids=lambda folder: folder.name)
async def elsewhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Path, Stage]]:
    """A shop that was opened from its files."""
    folder: Path = request.param
    async with open_stage(
        tmp_path_factory.mktemp("shop"), shop=folder, at=MOMENTS.get(folder.name, ORDINARY)
    ) as stage:
        yield folder, stage


async def test_stories_of_a_shop(elsewhere: tuple[Path, Stage]) -> None:
    folder, stage = elsewhere
    performances = [await play(story, stage) for story in read_stories(folder / "stories.yaml")]
    fell_short = [each.told() for each in performances if not each.passed]
    assert not fell_short, "\n".join(fell_short)
    async with stage.open_connection() as conn:
        assert await mended(conn, 100) == []

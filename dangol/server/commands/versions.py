"""`dangol understanding`: the understandings a shop has trained, which one reads, and the way back."""

from __future__ import annotations

from rich.table import Table

from dangol.kernel.clock import SystemClock
from dangol.learning import api as learning
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.settings import Settings


async def list_versions(settings: Settings) -> None:
    """Print every version, the newest first, and which one reads."""
    async with connected(settings) as conn:
        found = await learning.versions(conn)
    table = Table(show_edge=False)
    titles = (
        say("번호", "version"), say("만든 때", "made"), say("예문", "examples"), say("가게 예문", "own"),
        say("이야기", "stories"), say("읽는 중", "reads"),
    )  # fmt: skip
    for title in titles:
        table.add_column(title)
    for one in found:
        stories = one.figures.get("stories")
        table.add_row(
            str(one.version),
            one.made_at.isoformat(timespec="minutes"),
            str(sum(one.card.get("examples", {}).values())),
            str(one.card.get("own_examples", 0)),
            f"{stories[0]} → {stories[1]} / {stories[2]}" if stories else "-",
            "●" if one.reads else "",
        )
    shipped = not any(one.reads for one in found)
    table.add_row(say("기본", "shipped"), "", "", "", "", "●" if shipped else "")
    out.print(table)


async def publish_version(settings: Settings, version: str) -> None:
    """Let a version read from now on. Raises CommandRefused where there is none of this number."""
    number = None if version == "shipped" else int(version) if version.isdecimal() else -1
    async with connected(settings) as conn:
        if not await learning.publish(conn, number, "dangol understanding", SystemClock().now()):
            raise CommandRefused(
                say(
                    f"{version}번은 없어요. dangol understanding list로 확인해 주세요.",
                    f"there is no version {version}; see `dangol understanding list`",
                )
            )
    _tell(number)


async def roll_back(settings: Settings) -> None:
    """Let the version read that read before. Raises CommandRefused where none did."""
    async with connected(settings) as conn:
        there, version = await learning.before_last(conn)
        if not there:
            raise CommandRefused(say("되돌릴 것이 없어요.", "there is nothing to go back to"))
        await learning.publish(conn, version, "dangol understanding rollback", SystemClock().now())
    _tell(version)


def _tell(version: int | None) -> None:
    name = say("기본", "the shipped one") if version is None else str(version)
    out.print(
        say(
            f"이제 {name}(으)로 읽어요. 켜져 있는 서버도 바로 바뀌어요.",
            f"Messages are read with {name} from now on, by running servers too.",
        ),
        highlight=False,
    )

"""`dangol keys`: show, change and forget data keys."""

from __future__ import annotations

from dangol.kernel.clock import SystemClock
from dangol.kernel.sealing import keyring
from dangol.server import keys
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, out, say
from dangol.server.resealing import CHANNEL, reseal
from dangol.server.settings import Settings


async def show_keys(settings: Settings) -> None:
    """Print a line for each key."""
    async with connected(settings):
        names = keyring().names()
    out.print(keys.place(settings), markup=False, highlight=False)
    for name in names:
        used = say("새로 쓰는 값을 잠가요", "seals what is written") if name == names[0] else ""
        out.print(f"{name}  {used}".rstrip(), markup=False, highlight=False)


async def rotate(settings: Settings) -> None:
    """Seal everything under a new key. Raises CommandRefused where the keys are a setting, which only people change."""
    async with connected(settings) as conn:
        if settings.data_key is not None:
            raise CommandRefused(
                say(
                    f"DANGOL_DATA_KEY 맨 앞에 새 키를 넣고 서버를 다시 시작해 주세요. 새 키: {keys.fresh_key()}",
                    f"put a new key first in DANGOL_DATA_KEY and restart the servers, for instance {keys.fresh_key()}",
                )
            )
        name = keys.add_key(settings)
        await keys.open_keyring(conn, settings)
        await conn.execute("select pg_notify(%s, '')", (CHANNEL,))
        many = await reseal(conn, settings.data, SystemClock().now())
    out.print(
        say(
            f"새 데이터 키 {name}로 {many}건을 다시 잠갔어요. 키 파일을 백업해 주세요: {keys.key_file(settings)}",
            f"{many} things are sealed under the new data key {name}; back the key file up: {keys.key_file(settings)}",
        ),
        markup=False,
        highlight=False,
    )


async def drop(settings: Settings) -> None:
    """Forget every key but the one that seals. Raises CommandRefused where the keys are a setting."""
    async with connected(settings) as conn:
        if settings.data_key is not None:
            raise CommandRefused(
                say(
                    "키는 DANGOL_DATA_KEY에서 직접 지워 주세요.", "take the older keys out of DANGOL_DATA_KEY"
                )
            )
        await reseal(conn, settings.data, SystemClock().now())
        kept = keyring().current
        await conn.execute("delete from data_keys where name <> %s", (kept,))
        keys.drop_keys(settings, kept)
    out.print(say(f"{kept} 키만 남겼어요.", f"Only the key {kept} is left."), markup=False, highlight=False)

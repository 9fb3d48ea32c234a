"""Somebody is wanted: the console is heard and seen, where staff asked for it and their eyes are elsewhere."""

from __future__ import annotations

from conftest import Window
from desk import MANAGER, Shopper, from_customer, own, see, sign_in
from playwright.async_api import expect

# what the browser is asked to show and to play, written down
LISTENING = """
  window.shown = []; window.tones = [];
  window.Notification = class {
    static permission = 'granted';
    static requestPermission = async () => 'granted';
    constructor(title, about) { window.shown.push(`${title}: ${about.body}`); }
    close() {}
  };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    window.tones.push(this.frequency.value);
    return start.apply(this, when);
  };
"""


async def test_a_message_is_heard_and_shown_only_where_it_was_asked_for_and_eyes_are_elsewhere(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("안녕하세요")
    async with window() as page:
        await page.add_init_script(LISTENING)
        await sign_in(page, staff_password, MANAGER, to="/console/me")
        await page.get_by_label("나를 찾을 때 소리로 알리기").check()
        await page.get_by_label("브라우저 알림 띄우기").check()
        assert await page.evaluate("window.tones.length") == 2  # how it sounds, when it is switched on
        await see(page, shopper.id)
        await own(page)
        await page.evaluate("() => { document.hasFocus = () => true; }")
        await shopper.say("여기 보고 계시죠?")
        await expect(from_customer(page, "여기 보고 계시죠?")).to_have_count(1)
        assert await page.evaluate("window.shown") == []
        await page.evaluate("() => { document.hasFocus = () => false; window.tones = []; }")
        await page.wait_for_timeout(1_100)  # it sounds once a second at most
        await shopper.say("아직 계세요?")
        await page.wait_for_function(
            '() => window.shown.some((each) => each.includes("아직 계세요?")) && window.tones.length >= 2'
        )

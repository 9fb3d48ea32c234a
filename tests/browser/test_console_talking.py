"""Both sides of a conversation: the shopper over the API, staff in Chromium."""

from __future__ import annotations

from conftest import Window
from desk import AGENT, MANAGER, TALK, Shopper, cable, from_customer, from_desk, own, reply, see, sign_in
from playwright.async_api import expect
from talking import ask_for_a_person, open_chat, say
from test_browser_attachments import png


async def test_who_asks_for_a_person_is_seen_at_once_and_answered(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    async with window() as page:
        await sign_in(page, staff_password, to="/console/inbox/waiting")
        await shopper.say("받은 운동화 밑창이 떨어졌어요")
        await shopper.say("상담원 연결해 주세요")
        await see(page, shopper.id)
        await expect(page.locator(".handoff-wish")).to_contain_text("밑창")
        await expect(page.locator(".happened").filter(has_text="상담원 연결을 요청")).to_be_visible()
        await own(page)
        await reply(page, "안녕하세요 고객님, 사진을 보내 주시겠어요?")
        assert await shopper.heard() == ["안녕하세요 고객님, 사진을 보내 주시겠어요?"]
        await shopper.say("네 보내드릴게요")
        await expect(from_customer(page, "네 보내드릴게요")).to_have_count(1)
        await expect(page.locator(f"{TALK} .mark")).to_be_visible()


async def test_staff_step_in_uninvited_and_the_assistant_is_silent(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("방수되는 운동화 있어요?")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await expect(page.locator(".standing.is-assistant")).to_be_visible()
        await own(page)
        answer = await shopper.say("발볼이 넓은 걸로요")
        assert answer["served_by"] == "person"
        assert not [block for block in answer["blocks"] if block["kind"] in ("products", "text")]
        await expect(from_customer(page, "발볼이 넓은 걸로요")).to_have_count(1)
        await reply(page, "와이드 모델을 찾아 볼게요.")


async def test_a_transfer_reaches_the_colleague_with_its_note(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("환불이 안 들어왔어요")
    async with window() as mine, window() as theirs:
        await sign_in(theirs, staff_password, MANAGER, to="/console/inbox/mine")
        await sign_in(mine, staff_password, AGENT)
        await see(mine, shopper.id)
        await own(mine)
        await mine.keyboard.press("t")
        await mine.locator(".pick").filter(has_text="박하늘").click()
        await mine.locator("dialog textarea").fill("환불 계좌 확인 부탁해요")
        await mine.locator("dialog button[type=submit]").click()
        await expect(mine.locator(".standing")).to_contain_text("박하늘")
        await expect(mine.locator(".composer-shut")).to_be_visible()
        await theirs.locator(f'[data-thread="{shopper.id}"] a').click()
        await expect(theirs.locator(".standing.is-mine")).to_be_visible()
        await expect(theirs.locator(TALK)).to_contain_text("환불 계좌 확인 부탁해요")
        await reply(theirs, "제가 이어서 도와드릴게요.")
        await expect(from_desk(mine, "제가 이어서 도와드릴게요.")).to_have_count(1)


async def test_two_who_look_at_one_conversation_see_each_other(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("배송 언제 와요?")
    async with window() as one, window() as other:
        await sign_in(one, staff_password, MANAGER)
        await sign_in(other, staff_password, AGENT)
        await see(one, shopper.id)
        await see(other, shopper.id)
        await expect(one.locator(".viewers")).to_contain_text("김민지")
        await expect(other.locator(".viewers")).to_contain_text("박하늘")
        await own(one)
        await expect(other.locator(".standing")).to_contain_text("박하늘")
        await one.locator(".composer textarea").press_sequentially("확인")
        await expect(other.locator(".viewers")).to_contain_text("입력")


async def test_what_is_said_while_the_line_is_down_is_there_once_when_it_is_back(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("상담원 연결해 주세요")
    async with cable(live_shop) as line, window() as page:
        await sign_in(page, staff_password, to=f"{line.address}/console/inbox/all/{shopper.id}")
        await own(page)
        await line.pull()
        await expect(page.locator(".line-lost")).to_be_visible()
        await page.locator(".composer textarea").fill("끊긴 동안 쓴 답이에요")
        await page.keyboard.press("Enter")
        for number in range(3):
            await shopper.say(f"끊긴 동안 {number}")
        await line.plug()
        await expect(page.locator(".line-lost")).to_have_count(
            0, timeout=30_000
        )  # after its own waits between tries
        for number in range(3):
            await expect(from_customer(page, f"끊긴 동안 {number}")).to_have_count(1)
        await expect(page.locator(".is-waiting")).to_have_count(0)
        assert await shopper.heard() == ["끊긴 동안 쓴 답이에요"]


async def test_what_was_closed_by_mistake_is_taken_back(
    window: Window, live_shop: str, staff_password: str
) -> None:
    shopper = await Shopper.open(live_shop)
    await shopper.say("상담원 연결해 주세요")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await own(page)
        await page.keyboard.press("x")
        await expect(page.locator(".standing.is-closed")).to_be_visible()
        await page.locator(".toast button").filter(has_text="되돌리기").click()
        await expect(page.locator(".standing.is-mine")).to_be_visible()


async def test_files_typing_and_what_was_read_go_both_ways(
    window: Window, live_shop: str, staff_password: str
) -> None:
    async with window() as shopper, window() as staff:
        await shopper.goto("/")
        await open_chat(shopper)
        await say(shopper, "설명서를 잃어버렸어요")
        await ask_for_a_person(shopper, "상담원 연결해 주세요")
        conversation = await shopper.evaluate("window.dangol.conversation()")
        await sign_in(staff, staff_password)
        await see(staff, conversation)
        await own(staff)
        await expect(shopper.locator(".panel .read")).to_have_text("읽음")
        picker = staff.locator(".composer input[type=file]")
        await picker.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"})
        await expect(staff.locator(".composer [role=alert]")).to_be_visible()
        await picker.set_input_files({"name": "manual.png", "mimeType": "image/png", "buffer": png()})
        await expect(staff.locator(".file-chips li:not(.is-waiting)")).to_contain_text("manual.png")
        await reply(staff, "설명서 사진이에요")
        await expect(staff.locator(f"{TALK} .from-desk .files img")).to_be_visible()
        picture = shopper.locator(".panel .from-staff .sent-files img")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("image => image.naturalWidth") == 1, "it is drawn, not only named"
        await expect(staff.locator(f"{TALK} .mark")).to_have_text("읽음")
        await shopper.locator(".panel .composer textarea").press_sequentially("감사")
        await expect(staff.locator(".types")).to_be_visible()


async def test_a_conversation_is_summed_up_and_a_draft_reworded_or_left_as_it_is(
    window: Window, live_shop: str, staff_password: str
) -> None:
    """No model is set here: both say so, and nothing of the draft is lost."""
    shopper = await Shopper.open(live_shop)
    await shopper.say("지난주에 산 장화가 새요")
    async with window() as page:
        await sign_in(page, staff_password)
        await see(page, shopper.id)
        await page.get_by_role("button", name="요약", exact=True).click()
        summary = page.get_by_role("region", name="대화 요약")
        await expect(summary).to_contain_text("장화가 새요")
        await expect(summary).to_contain_text("모델 없이")
        await summary.get_by_role("button", name="닫기").click()
        await own(page)
        field = page.locator(".composer textarea")
        await field.fill("환불 3일 걸림")
        await page.get_by_role("button", name="말투 다듬기").click()
        await expect(page.locator(".composer-told")).to_contain_text("모델 없이")
        await expect(field).to_have_value("환불 3일 걸림")

"""A reload, a lost connection, a second tab: nothing is lost and nothing is said twice."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from conftest import Window
from desk import own, reply, see, sign_in
from playwright.async_api import Page, Route, expect
from talking import open_chat, own_words, say


async def told_by_the_server(page: Page) -> list[dict[str, Any]]:
    """What the server has of this conversation, asked with the token this browser keeps."""
    found: list[dict[str, Any]] = await page.evaluate(
        """async () => {
          const key = Object.keys(localStorage).find((each) => each.endsWith(':conversation'));
          const {id, token} = JSON.parse(localStorage.getItem(key));
          const headers = {Authorization: `Bearer ${token}`};
          const answer = await fetch(`/api/chat/conversations/${id}/messages`, {headers});
          return (await answer.json()).messages;
        }"""
    )
    return found


async def heard_by_the_server(page: Page, text: str) -> int:
    """How often the server has these words of the shopper."""
    told = await told_by_the_server(page)
    return sum(each["from"] == "shopper" and each["text"] == text for each in told)


async def test_a_reload_keeps_the_conversation(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        await say(page, "방수 운동화 보여줘")
        cards = await page.locator(".panel .product").count()
        assert cards > 0
        await page.reload()
        await expect(own_words(page, "방수 운동화 보여줘")).to_have_count(1)
        await expect(page.locator(".panel .product")).to_have_count(cards)
        await say(page, "고마워요")
        await expect(own_words(page, "방수 운동화 보여줘")).to_have_count(1)


async def test_a_message_written_without_a_connection_arrives_once(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        await page.context.set_offline(True)
        await page.locator(".panel textarea").fill("배송비 얼마예요?")
        await page.locator(".panel .send").click()
        await expect(page.locator(".panel .offline")).to_be_visible()
        await expect(own_words(page, "배송비 얼마예요?")).to_have_count(1)
        await page.context.set_offline(False)
        await expect(page.locator(".panel .feedback")).to_be_visible()
        await expect(page.locator(".panel .offline")).to_have_count(0)
        await expect(own_words(page, "배송비 얼마예요?")).to_have_count(1)
        assert await heard_by_the_server(page, "배송비 얼마예요?") == 1


async def test_an_answer_that_breaks_off_is_fetched_again_and_said_once(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        cut: list[str] = []

        async def cut_off(route: Route) -> None:
            if route.request.method == "POST" and not cut:
                cut.append(route.request.post_data or "")
                await route.fetch()  # the server hears it and answers, the shopper's line is dead by then
                await route.abort("connectionreset")
            else:
                await route.continue_()

        await page.route("**/messages", cut_off)
        await page.locator(".panel textarea").fill("교환은 며칠까지 돼요?")
        await page.locator(".panel .send").click()
        await expect(page.locator(".panel .feedback")).to_be_visible()
        assert cut
        await expect(own_words(page, "교환은 며칠까지 돼요?")).to_have_count(1)
        assert await heard_by_the_server(page, "교환은 며칠까지 돼요?") == 1


async def test_a_reload_while_offline_loses_nothing(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)

        async def dead(route: Route) -> None:
            await route.abort("internetdisconnected")

        await page.route("**/api/chat/**", dead)
        await page.locator(".panel textarea").fill("선물 포장 되나요?")
        await page.locator(".panel .send").click()
        await expect(page.locator(".panel .offline")).to_be_visible()
        await page.reload()
        await expect(own_words(page, "선물 포장 되나요?")).to_have_count(1)
        await page.unroute("**/api/chat/**")
        await page.evaluate(
            "() => window.dispatchEvent(new Event('online'))"
        )  # it does not wait for its next try
        await expect(page.locator(".panel .feedback")).to_be_visible()
        await expect(own_words(page, "선물 포장 되나요?")).to_have_count(1)
        assert await heard_by_the_server(page, "선물 포장 되나요?") == 1


async def test_two_tabs_show_one_conversation(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        second = await page.context.new_page()
        await second.goto("/")
        await second.locator(".launcher").click()
        await say(page, "쿠폰 있어요?")
        await expect(own_words(second, "쿠폰 있어요?")).to_have_count(1)
        await say(second, "고마워요")
        await expect(own_words(page, "고마워요")).to_have_count(1)


async def test_a_conversation_the_server_does_not_know_begins_anew(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await page.evaluate(
            "() => localStorage.setItem(`dangol:${location.origin}:conversation`,"
            " JSON.stringify({id: 'c_' + '0'.repeat(30), token: 'gone'}))"
        )
        await page.reload()
        await open_chat(page)
        await say(page, "영업시간 알려주세요")
        assert await heard_by_the_server(page, "영업시간 알려주세요") == 1


async def test_a_message_the_server_breaks_on_can_be_sent_again(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)

        async def broken(route: Route) -> None:
            if route.request.method == "POST":
                await route.fulfill(status=500, content_type="application/problem+json", body="{}")
            else:
                await route.continue_()

        await page.route("**/messages", broken)
        await page.locator(".panel textarea").fill("적립금 얼마나 쌓여요?")
        await page.locator(".panel .send").click()
        failed = page.locator(".panel .is-failed")
        await expect(failed).to_have_count(1, timeout=60_000)  # after its own waits between the tries
        await page.unroute("**/messages")
        await failed.locator(".link").first.click()
        await expect(page.locator(".panel .feedback")).to_be_visible()
        await expect(own_words(page, "적립금 얼마나 쌓여요?")).to_have_count(1)
        assert await heard_by_the_server(page, "적립금 얼마나 쌓여요?") == 1


async def test_a_transcript_that_comes_late_takes_nothing_back(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        asked, let_go = asyncio.Event(), asyncio.Event()

        async def slow_once(route: Route) -> None:
            if route.request.method == "GET" and not asked.is_set():
                before = await route.fetch()
                asked.set()
                await let_go.wait()
                await route.fulfill(response=before)
            else:
                await route.continue_()

        await page.route("**/messages", slow_once)
        await page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")  # it looks anew
        await asked.wait()
        await say(page, "배송비 얼마예요?")
        async with page.expect_event("requestfinished", lambda request: request.method == "GET"):
            let_go.set()
        await page.wait_for_timeout(300)
        await expect(own_words(page, "배송비 얼마예요?")).to_have_count(1)
        await expect(page.locator(".panel .feedback")).to_be_visible()


async def test_what_staff_say_in_the_same_turn_is_shown_at_once(window: Window, staff_password: str) -> None:
    async with window() as staff, window() as page:
        await sign_in(staff, staff_password)
        told, second = asyncio.Event(), asyncio.Queue[dict[str, object]]()

        async def events(route: Route) -> None:
            if told.is_set():  # only the first stream says anything
                return
            told.set()
            said = json.dumps(await second.get(), ensure_ascii=False)
            await route.fulfill(
                content_type="text/event-stream", body=f": open\n\nevent: message\ndata: {said}\n\n"
            )

        await page.goto("/")
        await open_chat(page)
        await say(page, "안녕하세요")
        await see(staff, await page.evaluate("window.dangol.conversation()"))
        await own(staff)
        await reply(staff, "먼저 확인해 볼게요.")
        await expect(page.locator(".panel .from-staff")).to_have_count(1)
        await page.route("**/events", events)
        await page.reload()
        await expect(page.locator(".panel .from-staff")).to_have_count(1)
        await told.wait()
        await reply(staff, "내일 도착해요.")
        first, last = [each for each in await told_by_the_server(page) if each["from"] == "staff"]
        await second.put({**last, "turn": first["turn"]})
        # sooner than the page would look by itself after a stream that ended
        await expect(page.locator(".panel .from-staff")).to_have_count(2, timeout=3_000)

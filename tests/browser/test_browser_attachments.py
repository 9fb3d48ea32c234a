"""Pictures sent along in the chat, and a person before anything else."""

from __future__ import annotations

import struct
import zlib

from conftest import Window
from playwright.async_api import expect
from talking import open_chat, say

PICKER = ".panel input[type=file]"


def png() -> bytes:
    """One red dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00")) + chunk(b"IEND", b"")
    )


async def test_a_picture_is_uploaded_shown_and_sent(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        await page.locator(PICKER).set_input_files(
            {"name": "broken-cup.png", "mimeType": "image/png", "buffer": png()}
        )
        chip = page.locator(".panel .files li").filter(has_text="broken-cup.png")
        await expect(chip).to_be_visible()
        await expect(chip.locator(".spinner")).to_have_count(0)  # the server has taken it
        await say(page, "컵이 깨져서 왔어요")
        sent = page.locator(".panel .from-shopper .bubble").filter(has_text="컵이 깨져서 왔어요")
        await expect(sent).to_contain_text("broken-cup.png")
        await expect(page.locator(".panel .files li")).to_have_count(0)


async def test_a_file_that_is_not_taken_is_told_and_nothing_is_sent(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        alert = page.locator(".panel .composer [role=alert]")
        await page.locator(PICKER).set_input_files(
            {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"}
        )
        await expect(alert).to_have_text("사진이나 PDF만 보낼 수 있어요.")
        # the browser believes the name, the server looks inside
        await page.locator(PICKER).set_input_files(
            {"name": "cup.png", "mimeType": "image/png", "buffer": b"no picture at all"}
        )
        await expect(alert).to_be_visible()
        await expect(page.locator(".panel .files li")).to_have_count(0)
        await expect(page.locator(".panel .from-shopper")).to_have_count(0)


async def test_a_person_is_one_press_away_before_a_word_is_written(window: Window) -> None:
    async with window() as page:
        await page.goto("/")
        await open_chat(page)
        before = await page.locator(".panel .from-assistant").count()
        await page.locator(".panel .choices button", has_text="상담원").first.click()
        asked = page.locator(".panel .from-assistant").nth(before)
        await expect(asked.locator(".handoff, [class*=handoff]").first).to_be_visible()

"""Answers on their way for as long as a test wants them to be."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from playwright.async_api import Page, Route


class Held:
    """The first of the requests that a page makes to an address: read by the server at once or not yet, told later."""

    def __init__(self, method: str, *, read: bool) -> None:
        self.asked = asyncio.Event()
        self.let_go = asyncio.Event()
        self._method, self._read, self._first = method, read, True

    async def __call__(self, route: Route) -> None:
        if route.request.method != self._method or not self._first:
            await route.continue_()
            return
        self._first = False
        answer = await route.fetch() if self._read else None
        self.asked.set()
        await self.let_go.wait()
        with suppress(Exception):  # the page may have gone on without it
            await (route.fulfill(response=answer) if answer else route.continue_())

    async def told(self, page: Page) -> None:
        """Let it through, and wait until the page has it."""
        async with page.expect_event("requestfinished", lambda request: request.method == self._method):
            self.let_go.set()
        await page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


async def hold(page: Page, address: str, method: str, *, read: bool = True) -> Held:
    """Hold up the first request of this method to this address."""
    held = Held(method, read=read)
    await page.route(address, held)
    return held

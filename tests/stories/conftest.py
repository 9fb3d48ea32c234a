"""The demo shop open on a loopback port, as every story finds it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from dangol.kernel.clock import SystemClock
from dangol.kernel.ids import six_figures
from dangol.server.commands.demo import lay_out
from dangol.server.gateways import SAMPLE_GATEWAY
from dangol.server.rehearsal.playing import Stage
from dangol.server.serving import Server, bind
from dangol.server.settings import Settings, kept_secret, shop_secret
from dangol.server.wire import open_premises

_SHELF = "create table if not exists stock_before as select sku, stock, price from variants"
_BACK = (
    "update variants v set stock = b.stock, price = b.price from stock_before b"
    " where v.sku = b.sku and (v.stock, v.price) is distinct from (b.stock, b.price)"
)


# closed before other tests of this process begin: there is one set of durable workers to a process
@pytest.fixture(scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The demo shop, laid out by the ordinary importers and served over HTTP."""
    data: Path = tmp_path_factory.mktemp("demo")
    clock = SystemClock()
    with bind("127.0.0.1", 0) as door:
        settings = Settings(
            data=data, port=door.getsockname()[1], requests_per_minute=10**6, conversations_per_minute=10**6,
            messages_per_minute=10**6,
        )  # fmt: skip
        await lay_out(settings, clock.now())
        async with open_premises(settings) as premises:
            opened = asyncio.Event()
            server = Server(premises.app, settings, opened.set)
            serving = asyncio.create_task(server.serve(sockets=[door]))
            await opened.wait()
            secret = OctKey.import_key(shop_secret(settings))
            async with premises.open_connection() as conn:
                await conn.execute(_SHELF)
            yield Stage(
                base_url=settings.base_url,
                open_connection=premises.open_connection,
                shop=premises.shop,
                clock=clock,
                sign=lambda email: jwt.encode(
                    {"alg": "HS256"}, {"sub": email, "email": email, "exp": int(time.time()) + 3600}, secret
                ),
                gateway_url=settings.base_url + SAMPLE_GATEWAY,
                gateway_key=kept_secret(data, "sample-gateway-key"),
                code_for=partial(six_figures, shop_secret(settings)),
            )
            premises.live.let_go()
            server.should_exit = True
            await serving


@pytest.fixture
async def fresh_shelves(stage: Stage) -> None:
    """Stock and prices as they were, whatever the story before did to them."""
    async with stage.open_connection() as conn:
        await conn.execute(_BACK)

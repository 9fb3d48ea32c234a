"""A model in a GGUF file, run by llama.cpp in a process beside the shop: whatever befalls it, the shop stays open."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import httpx2
from openai import AsyncOpenAI
from pydantic_ai.providers.openai import OpenAIProvider

from dangol.connect.language_models.asking import LayeredModel, Tariff
from dangol.connect.language_models.counting import CountedModel
from dangol.contracts.language_model import (
    Delta,
    ModelDown,
    ModelRequest,
    ModelTooSlow,
    ModelUnknown,
    Usage,
)

_READY = "listening "
_DYING = 0.5  # seconds after which a server that broke off is taken to live
_PATIENCE = 5.0  # seconds a server has to end before it is killed


def connect(model: str, *, key: str, url: str | None = None, tariff: Tariff | None = None) -> GgufModel:
    """The model of a file. Raises ModelUnknown when there is no such file or llama.cpp is not installed."""
    path = Path(model).expanduser()
    if not path.is_file():
        raise ModelUnknown(missing=model)
    if find_spec("xllamacpp") is None:
        raise ModelUnknown(missing="xllamacpp", install="pip install 'dangol[gguf]'")
    return GgufModel(path=path, tariff=tariff or Tariff(0, 0))


@dataclass
class _Served:
    """A server that runs, and the way to it."""

    process: Process
    model: LayeredModel


@dataclass
class GgufModel:
    """Starts its server with the first question, and anew when it has died; loading goes on while nobody waits."""

    path: Path
    tariff: Tariff
    outside: bool = False
    _starting: asyncio.Task[_Served] | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        """The file, as costs and the log name it."""
        return f"gguf:{self.path.stem}"

    async def ask(self, request: ModelRequest) -> AsyncIterator[Delta]:
        """The answer as it comes; the first one also waits for the weights."""
        served = await self._served(request.seconds)
        try:
            async for delta in served.model.ask(request):
                yield delta
        except ModelDown:
            # the next question is to find the server dead or alive, not dying
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(served.process.wait(), _DYING)
            raise

    def price(self, usage: Usage) -> int | None:
        """Nothing, unless the shop says what its own machine costs."""
        return self.tariff.cost(usage)

    async def close(self) -> None:
        """End the server."""
        starting, self._starting = self._starting, None
        if starting is None:
            return
        served, *_ = await asyncio.gather(starting, return_exceptions=True)
        if isinstance(served, _Served):
            await served.model.close()
            await _end(served.process)

    async def _served(self, seconds: float) -> _Served:
        if self._starting is None or await self._died():
            self._starting = asyncio.create_task(self._start())
        try:
            return await asyncio.wait_for(asyncio.shield(self._starting), seconds)
        except TimeoutError as no:
            raise ModelTooSlow(loading=self.path.name) from no

    async def _died(self) -> bool:
        starting = self._starting
        if starting is None or not starting.done():
            return False
        if starting.exception() is not None:
            return True
        served = starting.result()
        if served.process.returncode is None:
            return False
        await served.model.close()
        return True

    async def _start(self) -> _Served:
        secret = secrets.token_urlsafe(24)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "dangol.connect.language_models.gguf.serving",
            str(self.path),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env={**os.environ, "DANGOL_GGUF_KEY": secret},
        )
        try:
            address = await _address(process)
        except BaseException:
            await _end(process)
            raise
        http = httpx2.AsyncClient()
        client = AsyncOpenAI(api_key=secret, base_url=f"{address}/v1", max_retries=0, http_client=http)
        layered = LayeredModel(
            name=self.name,
            outside=False,
            model=CountedModel(self.path.stem, provider=OpenAIProvider(openai_client=client)),
            tariff=self.tariff,
            clients=(http,),
        )
        return _Served(process, layered)


async def _address(process: Process) -> str:
    """Where the server listens, once the weights are read. Raises ModelDown when it ends before."""
    assert process.stdout is not None
    while written := await process.stdout.readline():
        line = written.decode(errors="replace").strip()
        if line.startswith(_READY):
            return line.removeprefix(_READY)
    raise ModelDown(ended=await process.wait())


async def _end(process: Process) -> None:
    if process.returncode is not None:
        return
    if process.stdin is not None:
        process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()

"""A process that asks a model until it is killed: `python reserving_process.py DATABASE_URL WORK CONVERSATION NOW`."""

from __future__ import annotations

import asyncio
import sys
from contextlib import nullcontext
from datetime import datetime
from typing import cast

import psycopg

from dangol.assistant.purse import Work, purse_for
from dangol.contracts.language_model import LanguageModel, Usage
from dangol.kernel.manner import ModelLimits


class Priced:
    """A model of which only the price is asked: a millionth of a dollar a token."""

    def price(self, usage: Usage) -> int:
        return usage.input_tokens + usage.output_tokens


async def main(database_url: str, work: str, conversation: str, now: str) -> None:
    limits = ModelLimits.model_validate_json(sys.stdin.readline())
    asked_for = Work(work, conversation, limits, datetime.fromisoformat(now), seconds=30.0)
    async with (
        await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn,
        purse_for(asked_for, lambda: nullcontext(conn)) as purse,
    ):
        await purse.take_out(cast(LanguageModel, Priced()))
        print("asking", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5]))

"""A spoken question, really: espeak-ng asks, Whisper hears, the shop answers, espeak-ng reads the answer out."""

from __future__ import annotations

import os
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr
from server_talk import SECRET, OpenHouse, Talk, stock
from test_voice import make_regular, signed

from dangol.connect.speech.espeak import connection as espeak
from dangol.kernel.shop import Shop
from dangol.server.doors import bind
from dangol.server.postgres import EmbeddedPostgres
from dangol.server.serving import serving
from dangol.server.settings import Settings
from dangol.server.wire import open_premises

WHISPER = os.environ.get("DANGOL_WHISPER", "")
really = pytest.mark.skipif(
    not WHISPER or shutil.which("espeak-ng") is None or find_spec("faster_whisper") is None,
    reason="needs espeak-ng, dangol[speech] and the folder of a model in DANGOL_WHISPER",
)


@really
@pytest.mark.timeout(300)
async def test_a_question_that_was_really_spoken_is_really_heard_and_answered_in_sound(
    postgres: EmbeddedPostgres, shop: Shop, tmp_path: Path
) -> None:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template_of_tests").format(sql.Identifier("aloud"))
        )
    await stock(postgres.url("aloud"), shop, tmp_path)
    with bind("127.0.0.1", 0) as door:
        settings = Settings(
            data=tmp_path, database_url=SecretStr(postgres.url("aloud")), port=door.getsockname()[1],
            shop_secret=SecretStr(SECRET), hearing=f"faster_whisper:{WHISPER}", speaking="espeak",
        )  # fmt: skip
        async with open_premises(settings) as premises, serving(premises.app, settings, door):
            await make_regular(premises, tmp_path)
            house = OpenHouse(premises, settings, settings.base_url)
            async with house.client() as client:
                body = {"locale": "en-US", "customer_token": signed("mina@example.com")}
                talk = Talk(house, (await client.post("/api/chat/conversations", json=body)).json())
            asked = await espeak.connect().speak("How many points do I have?", "en", seconds=20)
            async with talk.client() as client:
                client.timeout = httpx.Timeout(120)

                async def hear(recording: bytes) -> dict[str, Any]:
                    for _ in range(3):  # a busy machine may take longer than a shopper is kept waiting
                        heard = await client.post(f"{talk.path}/speech", files={"file": ("q.wav", recording)})
                        if heard.status_code != 503:
                            break
                    assert heard.status_code == 200, heard.text
                    told: dict[str, Any] = heard.json()
                    return told

                heard = await hear(asked.content)
                assert heard["sure"], heard
                answered = await talk.say(heard["text"], spoken=True)
                sound = await client.get(f"{talk.path}/messages/{answered['turn']}/speech")
                assert sound.headers["content-type"] == "audio/wav"
                again = await hear(sound.content)
    assert re.search(r"3,?200 points", again["text"]), again

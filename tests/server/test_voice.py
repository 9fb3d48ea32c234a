"""By voice at the chat's door: heard by a scripted recogniser, answered by the same engine, read out as words for the ear."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from connect.loopback import address_of, free_socket
from connect.loopback import serving as peer_serving
from connect.speech_peers import KEY, Peer, said, say, speech_server
from joserfc import jwt
from joserfc.jwk import OctKey
from psycopg import sql
from pydantic import SecretStr
from server_talk import SECRET, OpenHouse, Talk, stock

from dangol.customers import api as customers
from dangol.kernel.shop import Shop
from dangol.orders import api as orders
from dangol.server.doors import bind
from dangol.server.postgres import EmbeddedPostgres
from dangol.server.serving import serving
from dangol.server.settings import Settings
from dangol.server.speech import SpeechSettingWrong, connect_speech
from dangol.server.wire import open_premises


def test_without_speech_nothing_of_it_is_imported() -> None:
    code = (
        "import sys; import dangol.server.wire; "
        "print([m for m in sys.modules if m.startswith(('faster_whisper', 'ctranslate2', 'av')) and m.split('.')[0] in"
        " ('faster_whisper', 'ctranslate2', 'av') or m.startswith('dangol.connect.speech.') and m.endswith('connection')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "wrong",
    [
        {"hearing": "nobody:x"},
        {"hearing": "espeak"},
        {"speaking": "faster_whisper:/models/x"},
        {"hearing": "faster_whisper:/nowhere"},
        {"hearing": "openai_compatible:whisper-1"},
        {"speaking": "openai_compatible:", "speech_url": "http://127.0.0.1:9/v1"},
    ],
)
def test_a_wrong_setting_says_what_is_wrong(wrong: dict[str, str]) -> None:
    with pytest.raises(SpeechSettingWrong) as no:
        connect_speech(Settings(**wrong))
    assert str(no.value.details["setting"]).startswith("DANGOL_")
    assert no.value.details["like"]


async def test_nothing_set_is_the_shoppers_browser(open_house: OpenHouse, talk: Talk) -> None:
    async with talk.client(**{"Accept-Language": "ko"}) as client:
        offered = (await client.get("/api/chat/voice")).json()
        refused = await client.post(f"{talk.path}/speech", files={"file": ("a.wav", say("네"))})
        # a recording is a file as it always was, and text goes on
        taken = await client.post(f"{talk.path}/attachments", files={"file": ("a.wav", say("네"))})
    assert (offered["hearing"], offered["speaking"]) == ("browser", "browser")
    assert refused.status_code == 422
    assert "글로 써 주세요" in refused.json()["detail"]
    answered = await talk.say(attachments=[taken.json()["id"]])
    assert answered["heard"] is None
    assert (await talk.say("안녕하세요"))["blocks"]


async def test_what_the_browser_heard_is_a_message_and_its_answer_is_read_out(talk: Talk) -> None:
    answered = await talk.say("흰 머그컵 얼마예요", spoken=True)
    async with talk.client() as client:
        words = (await client.get(f"{talk.path}/messages/{answered['turn']}/spoken")).json()
        history = (await client.get(f"{talk.path}/messages")).json()["messages"]
        missing = await client.get(f"{talk.path}/messages/99/spoken")
    assert "만 이천 원" in words["text"]
    assert words["language"] == "ko"
    assert next(each for each in history if each["from"] == "shopper")["spoken"]
    assert missing.status_code == 404


@dataclass
class Voiced:
    """A shop that hears and speaks through a server on loopback."""

    house: OpenHouse
    peer: Peer

    async def opened(self, **body: Any) -> Talk:
        async with self.house.client() as client:
            answer = await client.post("/api/chat/conversations", json=body)
        return Talk(self.house, answer.json())


@pytest.fixture(scope="module")
async def voiced(
    postgres: EmbeddedPostgres, shop: Shop, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Voiced]:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template_of_tests").format(sql.Identifier("voiced"))
        )
    data: Path = tmp_path_factory.mktemp("voiced")
    await stock(postgres.url("voiced"), shop, data)
    peer, listener = Peer(), free_socket()
    async with peer_serving(speech_server(peer), listener):
        with bind("127.0.0.1", 0) as door:
            settings = Settings(
                data=data,
                database_url=SecretStr(postgres.url("voiced")),
                port=door.getsockname()[1],
                shop_secret=SecretStr(SECRET),
                hearing="openai_compatible:whisper-1",
                speaking="openai_compatible:speaker/nova",
                speech_url=f"{address_of(listener)}/v1",
                speech_key=SecretStr(KEY),
            )
            async with open_premises(settings) as premises, serving(premises.app, settings, door):
                await make_regular(premises, data)
                yield Voiced(OpenHouse(premises, settings, settings.base_url), peer)


ORDER = (
    "Name,Email,Financial Status,Fulfillment Status,Currency,Shipping,Total,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Shipping Name,Shipping Country,Shipping Zip\n"
    "#8003,mina@example.com,paid,unfulfilled,KRW,0,89000,2026-01-10 10:00:00 +0900,1,이슬 방수 러닝화 - 블랙 / 270,"
    "89000,DEW-BLK-270,김민아,KR,04036\n"
)


async def make_regular(premises: Any, data: Path) -> None:
    """Mina has 3,200 points and ordered once."""
    file = data / "orders.csv"
    file.write_text(ORDER, encoding="utf-8")
    people = data / "people.csv"
    people.write_text("Email,First Name,Last Name,Points\nmina@example.com,민아,김,3200\n", encoding="utf-8")
    now = premises.counter.house.clock.now()
    async with premises.open_connection() as conn:
        report = await customers.import_customers(conn, premises.shop(), people, "shopify-csv", now)
        assert report.refused == (), report.refused
        done = await orders.import_orders(conn, premises.shop(), file, "shopify-csv", now)
        assert done.refused == (), done.refused


def signed(email: str) -> str:
    claims: dict[str, Any] = {"sub": email, "email": email, "exp": 4_000_000_000}
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


class Speaker:
    """A shopper who speaks and listens."""

    def __init__(self, talk: Talk, client: httpx.AsyncClient) -> None:
        self.talk = talk
        self.client = client
        self.count = 0
        self.understood = ""

    async def ask(self, words: str) -> str:
        """Say something in a recording; returns what is heard of the answer."""
        taken = await self.client.post(
            f"{self.talk.path}/attachments", files={"file": ("speech.wav", say(words))}
        )
        self.count += 1
        answer = await self.client.post(
            f"{self.talk.path}/messages", json={"id": f"v{self.count}", "attachments": [taken.json()["id"]]}
        )
        assert answer.status_code == 200, answer.text
        self.understood = answer.json()["heard"]
        sound = await self.client.get(f"{self.talk.path}/messages/{answer.json()['turn']}/speech")
        assert sound.status_code == 200, sound.text
        assert sound.headers["content-type"] == "audio/wav"
        return said(sound.content)


@pytest.mark.parametrize(
    ("locale", "points_asked", "points", "order_asked", "order"),
    [
        (
            "ko-KR",
            "포인트 얼마나 있어요?",
            ("삼천이백점",),
            "마지막 주문 어떻게 됐어요?",
            ("팔공공삼", "팔만 구천 원"),
        ),
        (
            "en-US",
            "How many points do I have?",
            ("three thousand two hundred points",),
            "Where is my last order?",
            ("eight zero zero three", "eighty-nine thousand won"),
        ),
    ],
)
async def test_a_regular_asks_by_voice_for_points_and_the_last_order_and_hears_them(
    voiced: Voiced,
    locale: str,
    points_asked: str,
    points: tuple[str, ...],
    order_asked: str,
    order: tuple[str, ...],
) -> None:
    talk = await voiced.opened(locale=locale, customer_token=signed("mina@example.com"))
    async with talk.client() as client:
        speaker = Speaker(talk, client)
        told = await speaker.ask(points_asked)
        assert speaker.understood == points_asked
        assert all(each in told for each in points), told
        told = await speaker.ask(order_asked)
        assert all(each in told for each in order), told
        assert not any(char.isdigit() for char in told), told


@pytest.mark.parametrize(
    ("locale", "asked", "given", "number"),
    [
        ("ko-KR", "내 주문 어디쯤 왔어요?", ("주문번호는 팔공공삼이에요", "mina 골뱅이 example 점 컴이요"), "팔공공삼"),
        (
            "en-US",
            "where is my order",
            ("it's eight double oh three", "mina at example dot com"),
            "eight zero zero three",
        ),
    ],
)  # fmt: skip
async def test_a_guest_shows_by_speaking_that_an_order_is_theirs(
    voiced: Voiced, locale: str, asked: str, given: tuple[str, ...], number: str
) -> None:
    talk = await voiced.opened(locale=locale)
    async with talk.client() as client:
        speaker = Speaker(talk, client)
        told = await speaker.ask(asked)
        assert number not in told
        for each in given:
            told = await speaker.ask(each)
        assert number in told, told


async def test_a_stranger_hears_nothing_of_anybody(voiced: Voiced) -> None:
    talk = await voiced.opened(locale="ko-KR")
    async with talk.client() as client:
        speaker = Speaker(talk, client)
        told = await speaker.ask("포인트 얼마나 있어요?")
        assert "삼천이백" not in told
        other = await voiced.opened(locale="ko-KR", customer_token=signed("mina@example.com"))
        async with other.client() as mine:
            answer = (await Speaker(other, mine).ask("포인트 얼마나 있어요?"), 1)
        assert "삼천이백점" in answer[0]
        # her answer is for the bearer of her conversation alone
        stolen = await client.get(f"{other.path}/messages/1/speech")
        words = await client.get(f"{other.path}/messages/1/spoken")
    assert (stolen.status_code, words.status_code) == (401, 401)


async def test_misheard_words_are_looked_at_first_and_mended(voiced: Voiced) -> None:
    talk = await voiced.opened(locale="ko-KR", customer_token=signed("mina@example.com"))
    async with talk.client() as client:
        heard = (
            await client.post(f"{talk.path}/speech", files={"file": ("a.wav", say("?포도 얼마나 있어요"))})
        ).json()
        assert (heard["text"], heard["language"], heard["sure"]) == ("포도 얼마나 있어요", "ko", False)
        # nothing was said yet: only what she sends is
        assert [
            each for each in (await client.get(f"{talk.path}/messages")).json()["messages"] if each["from"] == "shopper"
        ] == []  # fmt: skip
        mended = await talk.say("포인트 얼마나 있어요", spoken=True)
        words = (await client.get(f"{talk.path}/messages/{mended['turn']}/spoken")).json()
    assert "삼천이백점" in words["text"]


async def test_a_recording_is_gone_once_it_was_heard_and_the_same_id_acts_once(voiced: Voiced) -> None:
    talk = await voiced.opened(locale="ko-KR")
    kept = voiced.house.settings.data / "attachments"
    before = {file.name for file in kept.iterdir()} if kept.exists() else set()
    async with talk.client() as client:
        taken = (
            await client.post(f"{talk.path}/attachments", files={"file": ("a.wav", say("안녕하세요"))})
        ).json()
        body = {"id": "once", "attachments": [taken["id"]]}
        first = (await client.post(f"{talk.path}/messages", json=body)).json()
        asked = len(voiced.peer.asked)
        again = (await client.post(f"{talk.path}/messages", json=body)).json()
        history = (await client.get(f"{talk.path}/messages")).json()["messages"]
        file = await client.get(f"{talk.path}/attachments/{taken['id']}")
    assert {file.name for file in kept.iterdir()} == before
    assert (again["turn"], again["heard"]) == (first["turn"], "안녕하세요")
    assert len(voiced.peer.asked) == asked
    own = [each for each in history if each["from"] == "shopper"]
    assert [(each["text"], each["spoken"], each["attachments"]) for each in own] == [("안녕하세요", True, [])]
    assert file.status_code == 404


async def test_a_card_number_that_was_spoken_is_masked(voiced: Voiced) -> None:
    talk = await voiced.opened(locale="ko-KR")
    await talk.say("카드번호는 사이사이 사이사이 사이사이 사이사이예요", spoken=True)
    async with talk.client() as client:
        history = (await client.get(f"{talk.path}/messages")).json()["messages"]
    said_by = next(each["text"] for each in history if each["from"] == "shopper")
    assert "4242424242424242" not in said_by
    assert "사이사이 사이사이" not in said_by


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_trouble_is_told_in_words_and_nothing_is_half_done(voiced: Voiced, language: str) -> None:
    talk = await voiced.opened(locale="ko-KR")
    async with talk.client(**{"Accept-Language": language}) as client:

        async def refused(content: bytes) -> tuple[int, str, str]:
            answer = await client.post(f"{talk.path}/speech", files={"file": ("a.wav", content)})
            return answer.status_code, answer.json()["type"].rsplit(":", 1)[1], answer.json()["detail"]

        silence = await refused(say(""))
        assert silence[:2] == (422, "nothing-heard")
        assert ("들리지 않았" if language == "ko" else "could not hear") in silence[2]
        assert (await refused(b"%PDF-1.7"))[:2] == (422, "recording-refused")
        assert (await refused(b""))[:2] == (422, "recording-refused")
        assert (await refused(say("x" * 5_000_000)))[:2] == (413, "too-large")
        voiced.peer.down = 2
        down = await refused(say("네"))
        assert down[:2] == (503, "speech-down")
        assert ("글로" if language == "ko" else "type") in down[2]
        # a message of a recording that could not be heard is not in the conversation, and may be sent again
        taken = (
            await client.post(f"{talk.path}/attachments", files={"file": ("a.wav", say("안녕하세요"))})
        ).json()
        body = {"id": "later", "attachments": [taken["id"]]}
        voiced.peer.down = 2
        assert (await client.post(f"{talk.path}/messages", json=body)).status_code == 503
        assert (await client.post(f"{talk.path}/messages", json=body)).json()["heard"] == "안녕하세요"


async def test_who_hears_is_told_before_anything_is_said(voiced: Voiced) -> None:
    async with voiced.house.client() as client:
        offered = (await client.get("/api/chat/voice")).json()
    assert (offered["hearing"], offered["speaking"]) == ("server", "server")
    assert offered["hearing_by"]["ko"]
    assert offered["hearing_by"]["en"]
    assert offered["hearing_outside"] is False
    assert offered["longest_seconds"] == 60


@pytest.mark.parametrize(
    ("locale", "words", "heard"),
    [
        ("ko-KR", "운동화 270 찾아줘", "팔만 구천 원"),
        ("en-US", "find me running shoes in two seventy", "eighty-nine thousand won"),
    ],
)
async def test_goods_are_found_by_voice(voiced: Voiced, locale: str, words: str, heard: str) -> None:
    talk = await voiced.opened(locale=locale)
    async with talk.client() as client:
        told = await Speaker(talk, client).ask(words)
    assert heard in told, told

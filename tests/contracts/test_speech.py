"""What whoever hears or speaks must keep to, whichever it is: a new one adds its bench and no test of its own."""

from __future__ import annotations

import io
import os
import shutil
import wave
from importlib.util import find_spec
from pathlib import Path

import pytest
from connect.loopback import address_of, free_socket, serving
from connect.speech_peers import KEY, Peer, said, say, speech_server

from dangol.connect.index import SPEECH
from dangol.connect.speech.espeak import connection as espeak
from dangol.connect.speech.faster_whisper import connection as faster_whisper
from dangol.connect.speech.openai_compatible import connection as openai_compatible
from dangol.contracts.speech import (
    NothingHeard,
    Recording,
    RecordingRefused,
    SpeechBusy,
    SpeechDown,
    SpeechKeyRefused,
    SpeechTooSlow,
    SpeechUnknown,
)

WHISPER = os.environ.get("DANGOL_WHISPER", "")  # a folder with a model, where there is one
heard_here = pytest.mark.skipif(
    not WHISPER or find_spec("faster_whisper") is None, reason="DANGOL_WHISPER names no model, or dangol[speech] is missing"
)  # fmt: skip
spoken_here = pytest.mark.skipif(shutil.which(espeak.PROGRAM) is None, reason="espeak-ng is not installed")


def test_every_vendor_of_speech_is_tried_here() -> None:
    assert {card.name for card in SPEECH} == {"faster_whisper", "espeak", "openai_compatible"}
    assert all(card.capabilities & {"hearing", "speaking"} for card in SPEECH)


def recording(text: str, *languages: str) -> Recording:
    return Recording(content=say(text), media_type="audio/wav", languages=languages or ("ko", "en"))


async def test_what_was_said_is_heard_with_its_language_and_how_sure_it_is() -> None:
    peer, listener = Peer(), free_socket()
    async with serving(speech_server(peer), listener):
        vendor = openai_compatible.connect("whisper-1", key=KEY, url=f"{address_of(listener)}/v1")
        heard = await vendor.hear(recording("주문번호 1003 어디예요?"), seconds=10)
        assert (heard.text, heard.language, heard.sure) == ("주문번호 1003 어디예요?", "ko", True)
        english = await vendor.hear(recording("?where is my order"), seconds=10)
        assert (english.text, english.language, english.sure) == ("where is my order", "en", False)
        with pytest.raises(NothingHeard):
            await vendor.hear(recording(""), seconds=10)
        await vendor.close()
    assert peer.asked[0] == {"model": "whisper-1", "format": "verbose_json", "language": ""}
    assert not vendor.outside


async def test_a_language_the_shop_does_not_speak_is_asked_for_again_in_its_own() -> None:
    peer, listener = Peer(), free_socket()
    async with serving(speech_server(peer), listener):
        vendor = openai_compatible.connect("whisper-1", key=KEY, url=f"{address_of(listener)}/v1")
        heard = await vendor.hear(recording("!네"), seconds=10)
        await vendor.close()
    assert (heard.text, heard.language) == ("네", "ko")
    assert [each["language"] for each in peer.asked] == ["", "ko"]


async def test_a_model_that_answers_with_words_alone_is_told_the_language() -> None:
    peer, listener = Peer(), free_socket()
    async with serving(speech_server(peer), listener):
        vendor = openai_compatible.connect("listener", key=KEY, url=f"{address_of(listener)}/v1")
        heard = await vendor.hear(recording("포인트요"), seconds=10)
        await vendor.close()
    assert (heard.text, heard.language, heard.confidence, heard.sure) == ("포인트요", "ko", None, True)
    assert peer.asked == [{"model": "listener", "format": "json", "language": "ko"}]


async def test_a_text_is_spoken_word_for_word() -> None:
    peer, listener = Peer(), free_socket()
    async with serving(speech_server(peer), listener):
        vendor = openai_compatible.connect("speaker/nova", key=KEY, url=f"{address_of(listener)}/v1")
        speech = await vendor.speak("합계는 십이만 구천 원이에요.", "ko", seconds=10)
        await vendor.close()
    assert speech.media_type == "audio/wav"
    assert said(speech.content) == "합계는 십이만 구천 원이에요."
    assert peer.spoken[0]["voice"] == "nova"


async def test_each_way_of_failing_has_its_meaning_and_one_more_try_is_made() -> None:
    peer, listener = Peer(), free_socket()
    async with serving(speech_server(peer), listener):
        url = f"{address_of(listener)}/v1"
        with pytest.raises(SpeechKeyRefused) as no:
            await openai_compatible.connect("whisper-1", key="another", url=url).hear(
                recording("네"), seconds=10
            )
        assert "another" not in str(no.value.details)
        with pytest.raises(SpeechUnknown):
            await openai_compatible.connect("nobody", key=KEY, url=url).hear(recording("네"), seconds=10)
        vendor = openai_compatible.connect("whisper-1", key=KEY, url=url)
        with pytest.raises(RecordingRefused):
            await vendor.hear(
                Recording(content=b"no sound", media_type="audio/wav", languages=("ko",)), seconds=10
            )
        peer.down = 1
        assert (await vendor.hear(recording("네"), seconds=10)).text == "네"
        peer.down = 2
        with pytest.raises(SpeechDown):
            await vendor.hear(recording("네"), seconds=10)
        await vendor.close()
    with pytest.raises(SpeechDown):
        await openai_compatible.connect("whisper-1", url="http://127.0.0.1:9/v1").hear(
            recording("네"), seconds=10
        )
    with pytest.raises(SpeechUnknown):
        openai_compatible.connect("whisper-1")


async def test_whoever_never_answers_is_not_waited_for() -> None:
    silent = free_socket()  # takes connections and says nothing
    vendor = openai_compatible.connect("whisper-1", key=KEY, url=f"{address_of(silent)}/v1")
    with pytest.raises(SpeechTooSlow):
        await vendor.hear(recording("네"), seconds=0.2)
    with pytest.raises(SpeechTooSlow):
        await vendor.speak("네", "ko", seconds=0.2)
    await vendor.close()
    silent.close()


def test_what_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SpeechUnknown) as no:
        faster_whisper.connect(str(tmp_path))
    assert str(tmp_path) in no.value.details["missing"]
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SpeechUnknown) as gone:
        espeak.connect()
    assert "espeak-ng" in gone.value.details["install"]


@spoken_here
@pytest.mark.parametrize(("text", "language"), [("--help", "en"), ("삼천이백 포인트가 있어요.", "ko")])
async def test_espeak_speaks_whatever_it_is_given(text: str, language: str) -> None:
    speech = await espeak.connect().speak(text, language, seconds=20)
    with wave.open(io.BytesIO(speech.content)) as file:
        assert 0.2 < file.getnframes() / file.getframerate() < 10
    assert speech.media_type == "audio/wav"


@heard_here
@spoken_here
async def test_whisper_hears_what_espeak_says_and_refuses_what_is_no_recording() -> None:
    spoken = await espeak.connect().speak("How many points do I have?", "en", seconds=20)
    vendor = faster_whisper.connect(WHISPER)
    try:
        heard = await vendor.hear(
            Recording(content=spoken.content, media_type="audio/wav", languages=("en", "ko")), seconds=120
        )
        assert "points do i have" in heard.text.lower()
        assert heard.language == "en"
        assert heard.confidence is not None
        with pytest.raises(RecordingRefused):
            await vendor.hear(
                Recording(content=b"OggSxx", media_type="audio/ogg", languages=("en",)), seconds=60
            )
        # it is still there for the next one
        assert (await vendor.hear(
            Recording(content=spoken.content, media_type="audio/wav", languages=("en",)), seconds=120
        )).text  # fmt: skip
    finally:
        await vendor.close()


async def test_a_queue_for_one_listener_has_an_end(tmp_path: Path) -> None:
    vendor = faster_whisper.WhisperRecogniser(tmp_path)
    vendor._waiting = 4
    with pytest.raises(SpeechBusy):
        await vendor.hear(recording("네"), seconds=1)

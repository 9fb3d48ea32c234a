"""Token buckets: a burst, then so many a minute, each name apart."""

from __future__ import annotations

import pytest

from dangol.server.attachments import sniff
from dangol.server.limits import Buckets, TooManyRequests, generosity


class _Tick:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _taken(buckets: Buckets, name: str) -> int:
    count = 0
    while True:
        try:
            buckets.take(name)
        except TooManyRequests:
            return count
        count += 1


def test_a_burst_then_the_rate_a_minute() -> None:
    tick = _Tick()
    buckets = Buckets(60, tick=tick)
    assert _taken(buckets, "one") == 20
    tick.now += 5
    assert _taken(buckets, "one") == 5
    tick.now += 3600
    assert _taken(buckets, "one") == 20, "what was saved up has an end"


def test_one_name_does_not_use_up_another() -> None:
    buckets = Buckets(60, tick=_Tick())
    _taken(buckets, "one")
    assert _taken(buckets, "two") == 20


def test_what_is_given_back_does_not_count() -> None:
    buckets = Buckets(60, tick=_Tick())
    for _ in range(100):
        buckets.take("one")
        buckets.give_back("one")
    assert _taken(buckets, "one") == 20
    buckets.give_back("nobody yet")
    assert _taken(buckets, "nobody yet") == 20


def test_when_to_come_back_is_said() -> None:
    tick = _Tick()
    buckets = Buckets(6, tick=tick)
    _taken(buckets, "one")
    with pytest.raises(TooManyRequests) as refused:
        buckets.take("one")
    wait = refused.value.details["retry_after"]
    assert isinstance(wait, int)
    tick.now += wait
    buckets.take("one")


def test_this_machine_may_ask_more_and_not_without_end() -> None:
    assert generosity("127.0.0.1") == generosity("::1") > 1
    assert generosity("203.0.113.9") == generosity("testclient") == 1


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n rest", "image/png"),
        (b"\xff\xd8\xff\xe0 rest", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"%PDF-1.7", "application/pdf"),
        (b"OggS\x00", "audio/ogg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None),
        (b"<!doctype html>", None),
        (b"MZ\x90", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_what_is_in_it(head: bytes, media_type: str | None) -> None:
    assert sniff(head) == media_type

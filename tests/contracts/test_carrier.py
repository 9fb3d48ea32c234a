"""What every parcel carrier must keep to; a new one adds its bench and no test of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import psycopg
import pytest

from dangol.connect.carriers.sample.connection import SampleCarrier
from dangol.connect.index import CARRIERS
from dangol.contracts.carrier import BookingRefused, Carrier, CarrierUnreachable, Party, ReturnParcel

SUNDAY = date(2026, 11, 22)
HOME = Party(name="김단골", phone="010-1234-5678", postcode="06236", lines="서울 강남구 테헤란로 123")


def _sample(url: str) -> Carrier:
    @asynccontextmanager
    async def open_connection() -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
            yield conn

    return SampleCarrier(open_connection)


BENCHES: dict[str, Callable[[str], Carrier]] = {"sample": _sample}


def test_every_carrier_has_a_bench() -> None:
    assert {card.name for card in CARRIERS} == set(BENCHES)


def parcel(way: Any = "label", **more: Any) -> ReturnParcel:
    told = {"sender": HOME, "receiver": HOME, "pieces": 1, "contents": "양말", "wanted_on": SUNDAY, **more}
    return ReturnParcel(reference="R1", way=way, **told)


@pytest.mark.parametrize("name", sorted(BENCHES))
async def test_a_key_books_once(name: str, database_url: str) -> None:
    carrier = BENCHES[name](database_url)
    first = await carrier.book_return(parcel(), key="R1")
    assert await carrier.book_return(parcel(), key="R1") == first
    assert (await carrier.book_return(parcel(), key="R2")).tracking_no != first.tracking_no
    assert first.pickup_no is None
    fetched = await carrier.book_return(parcel("pickup"), key="R3")
    assert fetched.pickup_no
    assert fetched.pickup_on is not None
    assert fetched.pickup_on > SUNDAY
    for _ in range(2):
        await carrier.cancel_return(first.tracking_no, key="R1:off")


@pytest.mark.parametrize("name", sorted(BENCHES))
async def test_what_it_cannot_do_is_said(name: str, database_url: str) -> None:
    with pytest.raises(BookingRefused):
        await BENCHES[name](database_url).book_return(parcel(sender=Party(name="?")), key="R1")
    with pytest.raises(CarrierUnreachable):
        await BENCHES[name]("postgresql://127.0.0.1:9/nobody").book_return(parcel(), key="R1")

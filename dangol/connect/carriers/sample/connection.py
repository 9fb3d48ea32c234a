"""The sample carrier: books parcels back to the shop in books of its own; nobody comes to fetch them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any, Literal

from psycopg import AsyncConnection, Error

from dangol.contracts.carrier import Booking, BookingRefused, CarrierUnreachable, ReturnParcel

OpenConnection = Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]]
_PATIENCE = 10.0  # seconds a call may take
_SUNDAY = 6
_BOOKS = """
select pg_advisory_xact_lock(hashtextextended('sample_carrier', 0));
create schema if not exists sample_carrier;
create sequence if not exists sample_carrier.numbers start 500000000001;
create table if not exists sample_carrier.parcels (
    key         text primary key,
    tracking_no text not null unique,
    pickup_no   text,
    pickup_on   date,
    parcel      jsonb not null,
    called_off  boolean not null default false
);
"""


class SampleCarrier:
    """Implements `Carrier` with books in the schema `sample_carrier`, made by itself."""

    name = "sample"
    ways: tuple[Literal["label", "pickup"], ...] = ("label", "pickup")

    def __init__(self, open_connection: OpenConnection) -> None:
        self._open = open_connection
        self._ready = False

    async def book_return(self, parcel: ReturnParcel, *, key: str) -> Booking:
        """Book a parcel, once per key. Raises BookingRefused without a sender's address, CarrierUnreachable."""
        if not parcel.sender.lines or parcel.pieces < 1:
            raise BookingRefused(why="no_address" if parcel.pieces else "nothing_to_send")
        day = parcel.wanted_on
        if day.weekday() == _SUNDAY:  # nobody drives on a Sunday
            day += timedelta(days=1)
        pickup = parcel.way == "pickup"
        row = await self._write(
            "with numbered as (select nextval('sample_carrier.numbers')::text as no),"
            " made as (insert into sample_carrier.parcels (key, tracking_no, pickup_no, pickup_on, parcel)"
            "  select %(key)s, no, case when %(pickup)s then 'P' || no end, %(day)s, %(parcel)s::jsonb from numbered"
            "  on conflict (key) do nothing returning tracking_no, pickup_no, pickup_on)"
            " select * from made union all select tracking_no, pickup_no, pickup_on from sample_carrier.parcels"
            " where key = %(key)s limit 1",
            {
                "key": key,
                "pickup": pickup,
                "day": day if pickup else None,
                "parcel": parcel.model_dump_json(),
            },
        )
        assert row is not None
        return Booking(tracking_no=row[0], pickup_no=row[1], pickup_on=row[2])

    async def cancel_return(self, tracking_no: str, *, key: str) -> None:
        """Call a booking off; one that is called off already stays so. Raises CarrierUnreachable."""
        await self._write(
            "update sample_carrier.parcels set called_off = true where tracking_no = %(no)s returning key",
            {"no": tracking_no},
        )

    async def _write(self, query: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
        try:
            async with asyncio.timeout(_PATIENCE), self._open() as conn:
                if not self._ready:
                    async with conn.transaction():
                        await conn.execute(_BOOKS)
                    self._ready = True
                return await (await conn.execute(query, values)).fetchone()
        except (TimeoutError, Error) as no:
            raise CarrierUnreachable(carrier=self.name, why=type(no).__name__) from no

"""What can be asked where a parcel is, whichever carrier drives it and whoever knows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from dangol.contracts.shopfloor.orders import ShipmentStatus
from dangol.kernel.errors import Refused
from dangol.kernel.model import Value


class TrackerUnreachable(Refused):
    """Nobody answered, or not sensibly; the same may be asked again later (`after`: seconds it asked to be left)."""

    code = "tracker_unreachable"
    status = 503


class ParcelUnknown(Refused):
    """The carrier does not know this number, or not yet."""

    code = "parcel_unknown"
    status = 404


class TrackerRefused(Refused):
    """The shop's key is not taken; asking again changes nothing until staff have looked."""

    code = "tracker_refused"


class ParcelScan(Value):
    """One scan of a parcel, in our one vocabulary."""

    at: datetime
    status: ShipmentStatus
    place: str = ""
    text: str = ""


class ParcelReport(Value):
    """Where a parcel is: how it stands, the day it is expected if the carrier says so, its scans in any order."""

    status: ShipmentStatus
    eta: date | None = None
    scans: tuple[ParcelScan, ...] = ()


class Tracker(Protocol):
    """Knows where parcels are. Reads only; every call has a timeout."""

    name: str

    def follows(self, carrier: str) -> bool:
        """Whether parcels of this carrier (our code of it) can be asked for."""
        ...

    async def where(self, carrier: str, tracking_no: str) -> ParcelReport:
        """Where a parcel is now. Raises TrackerUnreachable, ParcelUnknown, TrackerRefused."""
        ...

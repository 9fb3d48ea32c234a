"""EasyPost: where parcels of carriers outside Korea are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import httpx

from dangol.connect.trackers.asking import PATIENCE, asked
from dangol.contracts.shopfloor.orders import ShipmentStatus
from dangol.contracts.tracker import ParcelReport, ParcelScan, ParcelUnknown

ADDRESS = "https://api.easypost.com"
_CARRIERS = {"us.ups": "UPS", "us.usps": "USPS", "us.fedex": "FedEx", "de.dhl": "DHLExpress"}
_STATUS: dict[str, ShipmentStatus] = {
    "pre_transit": "information_received",
    "in_transit": "in_transit",
    "out_for_delivery": "out_for_delivery",
    "delivered": "delivered",
    "available_for_pickup": "attempt_failed",
    "return_to_sender": "returned",
    "failure": "exception",
    "cancelled": "exception",
    "error": "exception",
}


class EasyPost:
    """Implements `Tracker` over EasyPost's API."""

    name = "easypost"

    def __init__(self, key: str, *, address: str = ADDRESS) -> None:
        self._key = key
        self._address = address

    def follows(self, carrier: str) -> bool:
        """The carriers it is asked for."""
        return carrier in _CARRIERS

    async def where(self, carrier: str, tracking_no: str) -> ParcelReport:
        """Where a parcel is now. Raises TrackerUnreachable, ParcelUnknown, TrackerRefused."""
        wanted = {"tracker": {"tracking_code": tracking_no, "carrier": _CARRIERS[carrier]}}
        async with httpx.AsyncClient(
            base_url=self._address, timeout=PATIENCE, auth=(self._key, "")
        ) as client:
            told = await asked(client, "POST", "/v2/trackers", name=self.name, json=wanted)
        status = _STATUS.get(str(told.get("status")))
        if status is None:
            raise ParcelUnknown(tracker=self.name)
        found = [_scan(each) for each in told.get("tracking_details") or () if isinstance(each, dict)]
        scans = sorted((each for each in found if each is not None), key=lambda scan: scan.at)
        return ParcelReport(status=status, eta=_day(told.get("est_delivery_date")), scans=tuple(scans))


def _scan(told: dict[str, Any]) -> ParcelScan | None:
    """A scan; None when it says no time, without which it cannot be told from another."""
    at, status = _moment(told.get("datetime")), _STATUS.get(str(told.get("status")))
    if at is None or status is None:
        return None
    where = told.get("tracking_location")
    parts = [str(where.get(name) or "") for name in ("city", "state")] if isinstance(where, dict) else []
    place = ", ".join(part for part in parts if part)
    return ParcelScan(at=at, status=status, place=place[:200], text=str(told.get("message") or "")[:200])


def _moment(told: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _day(told: Any) -> date | None:
    """The day it is expected, as it is written where it arrives."""
    try:
        return date.fromisoformat(str(told)[:10])
    except ValueError:
        return None

"""Sweet Tracker: where parcels of Korean carriers are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from dangol.connect.trackers.asking import PATIENCE, asked
from dangol.contracts.shopfloor.orders import ShipmentStatus
from dangol.contracts.tracker import (
    ParcelReport,
    ParcelScan,
    ParcelUnknown,
    TrackerRefused,
    TrackerUnreachable,
)

ADDRESS = "https://info.sweettracker.co.kr"
_SEOUL = ZoneInfo("Asia/Seoul")
_CODES = {"kr.epost": "01", "kr.cjlogistics": "04", "kr.hanjin": "05", "kr.logen": "06", "kr.lotte": "08"}
_LEVELS: dict[int, ShipmentStatus] = {
    1: "information_received",
    2: "at_pickup",
    3: "in_transit",
    4: "in_transit",
    5: "out_for_delivery",
    6: "delivered",
}
_NOT_TAKEN = frozenset({"101", "102", "105"})
_NOT_KNOWN = frozenset({"103", "104"})


class SweetTracker:
    """Implements `Tracker` over Sweet Tracker's API."""

    name = "sweettracker"

    def __init__(self, key: str, *, address: str = ADDRESS) -> None:
        self._key = key
        self._address = address

    def follows(self, carrier: str) -> bool:
        """The Korean carriers it has a code for."""
        return carrier in _CODES

    async def where(self, carrier: str, tracking_no: str) -> ParcelReport:
        """Where a parcel is now. Raises TrackerUnreachable, ParcelUnknown, TrackerRefused."""
        params = {"t_key": self._key, "t_code": _CODES[carrier], "t_invoice": tracking_no}
        async with httpx.AsyncClient(base_url=self._address, timeout=PATIENCE) as client:
            told = await asked(client, "GET", "/api/v1/trackingInfo", name=self.name, params=params)
        if told.get("status") is False:
            raise _refusal(str(told.get("code", "")))
        return _report(told)


def _refusal(code: str) -> ParcelUnknown | TrackerRefused | TrackerUnreachable:
    if code in _NOT_KNOWN:
        return ParcelUnknown(tracker=SweetTracker.name)
    if code in _NOT_TAKEN:
        return TrackerRefused(tracker=SweetTracker.name, why=code)
    return TrackerUnreachable(tracker=SweetTracker.name, why=code)


def _report(told: dict[str, Any]) -> ParcelReport:
    found = [_scan(each) for each in told.get("trackingDetails") or () if isinstance(each, dict)]
    scans = sorted((each for each in found if each is not None), key=lambda scan: scan.at)
    if told.get("complete") is True or told.get("completeYN") == "Y":
        status: ShipmentStatus = "delivered"
    else:
        status = _LEVELS.get(_number(told.get("level")), "information_received")
    return ParcelReport(status=status, scans=tuple(scans))


def _scan(told: dict[str, Any]) -> ParcelScan | None:
    """A scan; None when it says no time, without which it cannot be told from another."""
    at = _moment(told)
    if at is None:
        return None
    status = _LEVELS.get(_number(told.get("level")), "in_transit")
    place, text = (str(told.get(name) or "").strip()[:200] for name in ("where", "kind"))
    return ParcelScan(at=at, status=status, place=place, text=text)


def _moment(told: dict[str, Any]) -> datetime | None:
    written = str(told.get("timeString") or "")
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"):
        try:
            return datetime.strptime(written, form).replace(tzinfo=_SEOUL)
        except ValueError:
            continue
    milliseconds = _number(told.get("time"))
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds > 0 else None


def _number(told: Any) -> int:
    return int(told) if str(told).isdigit() else 0

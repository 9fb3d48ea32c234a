"""Peers on loopback that answer as the services do where a parcel is."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

KEY = "the-right-key"
GOOD, UNKNOWN = "123456789012", "999999999999"


@dataclass
class Peer:
    """A service: `down` answers so many requests with 503 first."""

    app: FastAPI
    carrier: str
    down: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)

    def busy(self) -> JSONResponse | None:
        if not self.down:
            return None
        self.down -= 1
        return JSONResponse({"error": "busy"}, 503, {"Retry-After": "120"})


def sweettracker() -> Peer:
    """Sweet Tracker: errors come with status 200."""
    peer = Peer(FastAPI(), "kr.cjlogistics")

    @peer.app.get("/api/v1/trackingInfo")
    async def info(t_key: str, t_code: str, t_invoice: str) -> Any:
        peer.heard.append({"code": t_code, "invoice": t_invoice})
        if (answer := peer.busy()) is not None:
            return answer
        if t_key != KEY:
            return {"status": False, "code": "101", "msg": "사용할 수 없는 API Key 입니다."}
        if t_invoice == UNKNOWN:
            return {"status": False, "code": "104", "msg": "유효하지 않은 운송장번호입니다."}
        steps = [
            ("2026-11-20 18:10:00", "서울마포", "집화처리", 2),
            ("2026-11-21 02:40:00", "대전HUB", "간선하차", 3),
            ("2026-11-21 08:05:00", "부산해운대", "배송출발", 5),
        ]
        details = [
            {
                "timeString": at,
                "where": place,
                "kind": kind,
                "level": level,
                "manName": "홍기사",
                "telno": "010-0",
            }
            for at, place, kind, level in steps
        ]
        return {
            "result": "Y", "invoiceNo": t_invoice, "level": 5, "complete": False, "completeYN": "N",
            "receiverName": "김*골", "trackingDetails": [*details, {"timeString": "", "level": 1}],
        }  # fmt: skip

    return peer


def easypost() -> Peer:
    """EasyPost: HTTP's own status codes, the key as the name of basic authentication."""
    peer = Peer(FastAPI(), "us.ups")

    @peer.app.post("/v2/trackers")
    async def track(request: Request) -> Any:
        wanted = (await request.json())["tracker"]
        peer.heard.append(wanted)
        if (answer := peer.busy()) is not None:
            return answer
        if request.headers["Authorization"] != "Basic " + base64.b64encode(f"{KEY}:".encode()).decode():
            return JSONResponse({"error": {"code": "APIKEY.INACTIVE"}}, 401)
        if wanted["tracking_code"] == UNKNOWN:
            return {"object": "Tracker", "status": "unknown", "tracking_details": []}
        place = {"object": "TrackingLocation", "city": "OAKLAND", "state": "CA", "country": "US"}
        steps = [
            ("2026-11-19T20:00:00Z", "pre_transit", "Label created"),
            ("2026-11-20T09:30:00Z", "in_transit", "Departed facility"),
            ("2026-11-21T06:00:00Z", "out_for_delivery", "Out for delivery"),
        ]
        details = [
            {"datetime": at, "status": status, "message": said, "tracking_location": place}
            for at, status, said in steps
        ]
        return {
            "object": "Tracker", "tracking_code": wanted["tracking_code"], "status": "out_for_delivery",
            "est_delivery_date": "2026-11-21T00:00:00Z", "tracking_details": list(reversed(details)),
        }  # fmt: skip

    return peer

"""Figures for a monitoring system, in the format of Prometheus."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

REQUESTS = Counter("dangol_requests", "Requests answered", ("method", "route", "status"))
SECONDS = Histogram(
    "dangol_request_seconds",
    "Time to answer a request",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.015, 0.025, 0.06, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
CONVERSATIONS = Counter("dangol_conversations", "Conversations opened", ("channel",))
TURNS = Counter("dangol_turns", "Messages answered", ("served_by",))
AGREEMENT = Gauge(
    "dangol_reading_agreement", "Share of sampled readings staff agreed with, seven days", ("language",)
)
AGREEMENT_DROPS = Counter("dangol_reading_agreement_drops", "Drops of agreement noticed", ("language",))
LISTENERS = Gauge("dangol_listeners", "Shoppers listening for live events")

MEDIA_TYPE = CONTENT_TYPE_LATEST


def exposition() -> bytes:
    """All figures as text."""
    return generate_latest()

"""Stripe's signature of a webhook: `t=SECONDS,v1=HEX`, HMAC-SHA256 over `SECONDS.BODY`.

While a secret changes there are several v1.
"""

from __future__ import annotations

import hashlib
import hmac

HEADER = "stripe-signature"


def sign(body: bytes, secret: str, at: int) -> str:
    """The header for a body signed at a moment (seconds since 1970)."""
    return f"t={at},v1={_mac(body, secret, at)}"


def signed_at(header: str, body: bytes, secret: str) -> int | None:
    """When a body was signed with this secret; None when it was not."""
    parts = [part.strip().partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name == "t"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdigit()):
        return None
    right = _mac(body, secret, int(times[0])).encode()
    given = (value.encode() for name, _, value in parts if name == "v1")
    return int(times[0]) if any([hmac.compare_digest(right, each) for each in given]) else None


def _mac(body: bytes, secret: str, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()

"""How the sample gateway signs its webhooks: HMAC-SHA256 over the moment and the body."""

from __future__ import annotations

import hashlib
import hmac
import re

HEADER = "sample-signature"
_SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


def sign(body: bytes, secret: str, at: int) -> str:
    """The header of a webhook sent at this moment (seconds since 1970)."""
    return f"t={at},v1={_digest(body, secret, at)}"


def signed_at(header: str, body: bytes, secret: str) -> int | None:
    """When a webhook was signed; None when this secret did not sign it."""
    found = _SIGNATURE.fullmatch(header.strip())
    if found is None:
        return None
    at = int(found.group(1))
    return at if hmac.compare_digest(found.group(2), _digest(body, secret, at)) else None


def _digest(body: bytes, secret: str, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()

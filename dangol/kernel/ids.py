"""Names for things: random where nobody may guess them, derived where doing it twice must be the same."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_id(prefix: str) -> str:
    """A fresh unguessable id such as `c_k3v…` (120 bits)."""
    return f"{prefix}_{secrets.token_hex(15)}"


def derived_id(prefix: str, *causes: object) -> str:
    """The id that always follows from the same causes, so that a repeated cause finds its first effect."""
    digest = hashlib.sha256("\x1f".join(str(cause) for cause in causes).encode()).hexdigest()
    return f"{prefix}_{digest[:30]}"


def secret_token() -> str:
    """A bearer secret (256 bits, URL-safe)."""
    return secrets.token_urlsafe(32)


def six_figures(secret: str, code_id: str) -> str:
    """The one-time code that belongs to an id: derived with the shop's secret, so that none is stored (RFC 2104)."""
    digest = hmac.new(secret.encode(), f"one-time code {code_id}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


def fingerprint(secret: str) -> str:
    """What is stored of a bearer secret: its SHA-256, never the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signed_key(secret: str, *causes: str) -> str:
    """The key that only who knows the secret can make for these causes, and that is always the same for them."""
    return hmac.new(secret.encode(), "\x1f".join(causes).encode(), hashlib.sha256).hexdigest()[:40]

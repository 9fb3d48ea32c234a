"""Passwords and second factors: Argon2id (RFC 9106) as PHC strings, one-time codes after RFC 6238."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from dangol.helpdesk.model import WeakPassword

# the second recommendation of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane
_MEMORY, _PASSES, _LANES = 19 * 1024, 2, 1
_SHORTEST, _LONGEST = 10, 200
_STEP, _DIGITS = 30, 6
_TRIED_FIRST = ("password", "12345", "qwerty", "letmein", "iloveyou", "administrator")


def hash_password(password: str) -> str:
    """What is stored of a password. Raises WeakPassword."""
    if not _SHORTEST <= len(password) <= _LONGEST or len(set(password)) < 4:
        raise WeakPassword(shortest=_SHORTEST)
    if any(password.lower().startswith(word) for word in _TRIED_FIRST):
        raise WeakPassword(shortest=_SHORTEST)
    return _argon2(secrets.token_bytes(16)).derive_phc_encoded(password.encode())


def password_fits(password: str, stored: str) -> bool:
    """Is this the password?"""
    try:
        Argon2id.verify_phc_encoded(password.encode(), stored)
    except InvalidKey:
        return False
    return True


def no_ones_hash() -> str:
    """A hash to try a password on where there is no account, so that this takes as long as with one."""
    return _argon2(b"nobody's salt...").derive_phc_encoded(secrets.token_bytes(16))


def _argon2(salt: bytes) -> Argon2id:
    return Argon2id(salt=salt, length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY)


def new_totp_secret() -> str:
    """A fresh secret for an authenticator app (160 bits, base32)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def totp_uri(secret: str, account: str, issuer: str) -> str:
    """What an authenticator app reads from a QR code."""
    label = quote(f"{issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}&digits={_DIGITS}&period={_STEP}"


def totp_code(secret: str, step: int) -> str:
    """The code of one step of thirty seconds (RFC 6238 over HMAC-SHA-1, RFC 4226 truncation)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    number: int = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return str(number % 10**_DIGITS).zfill(_DIGITS)


def totp_step(secret: str, code: str, now: datetime, used: int) -> int | None:
    """The step this code belongs to, one before and after allowed for slow clocks; None when it fits none.

    A step up to `used` is spent: the same code never opens twice.
    """
    present = int(now.timestamp()) // _STEP
    said = "".join(code.split())
    for step in (present, present - 1, present + 1):
        if step > used and hmac.compare_digest(totp_code(secret, step).encode(), said.encode()):
            return step
    return None

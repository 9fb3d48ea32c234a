"""Who is at the door: the bearer of a conversation, and the shopper a shop has signed for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from dangol.kernel.errors import Refused

_LEEWAY = 30  # seconds that the clocks of the shop and of this server may differ
_LONGEST = 4096


class NotAllowedIn(Refused):
    """No token, or not the one that opens this conversation."""

    code = "unauthorized"
    status = 401


class BadCustomerToken(Refused):
    """The shop has not signed this, or its time is over."""

    code = "bad_customer_token"
    status = 401


@dataclass(frozen=True)
class SignedCustomer:
    """What the shop says of a shopper it knows; `external_id` is the shop's own id."""

    external_id: str | None
    email: str | None
    name: str | None


def read_customer_token(token: str, secret: str, now: datetime) -> SignedCustomer:
    """The customer a shop's JWT names (HS256 alone; `exp` is required). Raises BadCustomerToken."""
    if len(token) > _LONGEST:
        raise BadCustomerToken(reason="too_long")
    try:
        claims = jwt.decode(token, OctKey.import_key(secret), algorithms=["HS256"]).claims
        jwt.JWTClaimsRegistry(now=int(now.timestamp()), leeway=_LEEWAY, exp={"essential": True}).validate(
            claims
        )
    except (JoseError, ValueError, TypeError) as no:
        raise BadCustomerToken(reason=getattr(no, "error", "malformed")) from no
    customer = SignedCustomer(
        external_id=_words(claims.get("sub")),
        email=_words(claims.get("email")),
        name=_words(claims.get("name")),
    )
    if customer.external_id is None and customer.email is None:
        raise BadCustomerToken(reason="names_nobody")
    return customer


def _words(claim: Any) -> str | None:
    return (claim.replace("\x00", "").strip()[:320] or None) if isinstance(claim, str) else None

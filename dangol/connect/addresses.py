"""Where an address lies: inside the house or beyond it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_outside(url: str) -> bool:
    """Whether an address lies beyond the shop's own machines and network."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith((".local", ".internal", ".localhost")):
        return False
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." in host
    return address.is_global

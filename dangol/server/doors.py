"""The address a server listens on, taken before anything slow begins."""

from __future__ import annotations

import socket


class AddressTaken(OSError):
    """Somebody else listens there, or nobody may; the text says which."""


def bind(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Take an address before anything slow begins; port 0 takes a free one. Raises AddressTaken.

    `shared`: other processes of this server take it as well, and new connections are dealt out among them.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named as TCP, or asyncio leaves Nagle's delay of 40 ms on every answer
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        door.bind((host, port))
    except OSError as no:
        door.close()
        raise AddressTaken(f"{host}:{port}: {no.strerror or no}") from no
    return door

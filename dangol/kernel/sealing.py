"""Sealing of what is most personal and never searched: authenticated encryption under a key that is not in the database.

A sealed text is `sealed:1:<key>:<nonce and cipher, base64>`, a sealed file the same head with the bytes behind it. What was
written before there was a key has no head and is read as it is; the workers rewrite it.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dangol.kernel.errors import Refused

HEAD = "sealed:1:"
KEY_BYTES = 32
_NONCE_BYTES = 12

Keys = Mapping[str, bytes]
"""Key by its name, the one to seal with first."""


class KeyMissing(Refused):
    """Something is sealed under a key that is not here; it is left as it is."""

    code = "data_key_missing"
    status = 503


class SealBroken(Refused):
    """Something sealed was changed, or moved to where it does not belong."""

    code = "seal_broken"
    status = 503


class Keyring:
    """The data keys of a process. AES-256-GCM with a fresh nonce each time (NIST SP 800-38D); what a value is about is
    authenticated with it, so that it cannot be moved to another row."""

    def __init__(self, read: Callable[[], Keys]) -> None:
        self._read = read
        self._keys = read()

    @property
    def current(self) -> str:
        """The name of the key that seals."""
        return next(iter(self._keys))

    def names(self) -> tuple[str, ...]:
        """The keys that are here, the one that seals first."""
        return tuple(self._keys)

    def refresh(self) -> None:
        """Read the keys again: somebody may have changed them."""
        self._keys = self._read()

    def seal_bytes(self, plain: bytes, about: str) -> bytes:
        """Seal the content of a file."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        name, key = next(iter(self._keys.items()))
        return f"{HEAD}{name}:".encode() + nonce + AESGCM(key).encrypt(nonce, plain, about.encode())

    def open_bytes(self, stored: bytes, about: str) -> bytes:
        """What was sealed; as it is where nothing was. Raises KeyMissing, SealBroken."""
        if not stored.startswith(HEAD.encode()):
            return stored
        name, _, sealed = stored[len(HEAD) :].partition(b":")
        try:
            return AESGCM(self._key(name.decode())).decrypt(
                sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about.encode()
            )
        except (InvalidTag, ValueError) as no:
            raise SealBroken(about=about) from no

    def seal(self, plain: str, about: str) -> str:
        """Seal a text."""
        head = f"{HEAD}{self.current}:"
        sealed = self.seal_bytes(plain.encode(), about)[len(head) :]
        return head + base64.b64encode(sealed).decode()

    def open(self, stored: str, about: str) -> str:
        """The text that was sealed; as it is where nothing was. Raises KeyMissing, SealBroken."""
        if not stored.startswith(HEAD):
            return stored
        name, _, sealed = stored[len(HEAD) :].partition(":")
        try:
            content = base64.b64decode(sealed, validate=True)
        except binascii.Error as no:
            raise SealBroken(about=about) from no
        return self.open_bytes(f"{HEAD}{name}:".encode() + content, about).decode()

    def fresh(self, stored: str | bytes) -> bool:
        """Whether something is sealed under the current key."""
        head = f"{HEAD}{self.current}:"
        return stored.startswith(head if isinstance(stored, str) else head.encode())  # type: ignore[arg-type]

    def _key(self, name: str) -> bytes:
        if name not in self._keys:
            self.refresh()
        if name not in self._keys:
            raise KeyMissing(key=name)
        return self._keys[name]


_ring: list[Keyring] = []


def use(ring: Keyring) -> None:
    """The keys of this process from now on; the composition root alone calls this."""
    _ring[:] = [ring]


def keyring() -> Keyring:
    """The keys of this process. Raises KeyMissing before they were read."""
    if not _ring:
        raise KeyMissing(key="")
    return _ring[0]

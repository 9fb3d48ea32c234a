"""Somebody as every room knows them, for handing over or erasing what it holds of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Person:
    """A customer with the contacts on record and the conversations that were theirs."""

    customer_id: int
    email: str = ""
    phone: str = ""
    conversations: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under which carts, views and wishes of a customer are kept."""
        return f"customer:{self.customer_id}"

    @property
    def values(self) -> dict[str, Any]:
        """What queries about a person need: %(customer)s, %(key)s, %(contacts)s in small letters, %(talks)s."""
        contacts = [each.lower() for each in (self.email, self.phone) if each]
        return {
            "customer": self.customer_id,
            "key": self.key,
            "contacts": contacts,
            "talks": list(self.conversations),
        }


Counted = Mapping[int, tuple[int, datetime]]
"""Customer → how often something happened to them, and when last."""

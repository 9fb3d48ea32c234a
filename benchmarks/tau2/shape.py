"""The words of the benchmark's JSON and ours for the same things; pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.after_sale.policy import Reason

Json = dict[str, Any]

CURRENCY = "USD"
REASONS: dict[str, Reason] = {
    "no longer needed": "no_longer_needed",
    "ordered by mistake": "ordered_by_mistake",
}
_SAID = {reason: said for said, reason in REASONS.items()}
_COUNTRIES = {"USA": "US"}
_NAMES = {code: name for name, code in _COUNTRIES.items()}


def cents(amount: float | str) -> int:
    """An amount of the benchmark in minor units."""
    return int((Decimal(str(amount)) * 100).quantize(Decimal(1)))


def dollars(amount: int) -> float:
    """Minor units as the benchmark writes them."""
    return amount / 100


def number_of(order_id: str) -> str:
    """Our number of an order of the benchmark."""
    return order_id.removeprefix("#")


def order_id_of(number: str) -> str:
    """The benchmark's id of an order of ours."""
    return f"#{number}"


def said_reason(reason: str | None) -> str | None:
    """The reason of a cancellation in the benchmark's words; None for what it has no words for."""
    return _SAID.get(reason or "")


def address_of(given: Json, recipient: str) -> AddressView:
    """An address of the benchmark as ours."""
    door = f"{given['address1']} {given['address2']}".strip()
    end = f"{given['state']} {given['zip']}".strip()
    return AddressView(
        country=_COUNTRIES.get(given["country"], given["country"]),
        postcode=given["zip"],
        region=given["state"],
        city=given["city"],
        street=given["address1"],
        detail=given["address2"],
        recipient=recipient,
        lines=", ".join(part for part in (door, given["city"], end) if part),
    )


def told_address(address: Json) -> Json:
    """An address of ours as the benchmark writes it."""
    return {
        "address1": address["street"],
        "address2": address["detail"],
        "city": address["city"],
        "country": _NAMES.get(address["country"], address["country"]),
        "state": address["region"],
        "zip": address["postcode"],
    }

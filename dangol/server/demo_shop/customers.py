"""The demo shop's customers: who they are and where they live."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from dangol.server.demo_shop.words import read_data


@dataclass(frozen=True)
class Home:
    """A delivery address, made up."""

    street: str
    detail: str
    city: str
    province: str
    postcode: str
    country: str


@dataclass(frozen=True)
class Customer:
    """A shopper known to the shop; `liking` names the baskets that their orders are drawn from."""

    first_name: str
    last_name: str
    email: str
    phone: str
    marketing: bool
    points: int
    home: Home
    liking: str

    @property
    def full_name(self) -> str:
        """The name as it stands on a parcel: family name first in Korean."""
        if self.first_name.isascii():
            return f"{self.first_name} {self.last_name}"
        return f"{self.last_name}{self.first_name}"


@cache
def customers() -> list[Customer]:
    """All customers of the demo shop."""
    homes = {code: Home(*_cells(line)) for code, line in read_data("homes.yaml").items()}
    found = []
    for line in read_data("customers.yaml"):
        first, last, mail, phone, marketing, points, home, liking = _cells(line)
        found.append(
            Customer(
                first,
                last,
                f"{mail}@example.com",
                phone,
                marketing == "yes",
                int(points),
                homes[home],
                liking,
            )
        )
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def customer_rows() -> list[dict[str, Any]]:
    """The customers as rows of Shopify's customer export, with the column Points added."""
    return [
        {
            "First Name": customer.first_name,
            "Last Name": customer.last_name,
            "Email": customer.email,
            "Accepts Email Marketing": "yes" if customer.marketing else "no",
            "Default Address Address1": customer.home.street,
            "Default Address Address2": customer.home.detail,
            "Default Address City": customer.home.city,
            "Default Address Province Code": customer.home.province,
            "Default Address Country Code": customer.home.country,
            "Default Address Zip": customer.home.postcode,
            "Phone": customer.phone,
            "Accepts SMS Marketing": "no",
            "Tags": customer.liking,
            "Points": customer.points,
        }
        for customer in customers()
    ]

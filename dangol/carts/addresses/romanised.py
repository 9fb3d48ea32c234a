"""Korean addresses written in Latin letters: 4F, 123 Teheran-ro, Gangnam-gu, Seoul 06236."""

from __future__ import annotations

import re

from dangol.carts.addresses.people import take_english_name, take_phone
from dangol.carts.addresses.pieces import CUT, ParsedAddress, Pieces, problem
from dangol.carts.geography.korea import REGION_WORDS, REGIONS, region_of_postcode
from dangol.contracts.shopfloor.orders import CheckoutProblem, Need
from dangol.contracts.shopfloor.people import AddressView

_WORDS = sorted((word for word in REGION_WORDS if word.isascii()), key=len, reverse=True)
_REGION = re.compile(rf"(?<![\w-])({'|'.join(_WORDS)})(?:[- ](?:si|city|do|province))?(?![\w-])", re.I)
_COUNTRY = re.compile(r"(?<![\w-])(?:(?:republic of|south)\s+korea|korea|r\.?o\.?k\.?)(?![\w-])", re.I)
_POSTCODE = re.compile(r"(?:(?:zip|postal)\s?code|zip)?\s*[:(]?\s*(?<![\w-])(\d{5})(?![\w-])\)?", re.I)
_NUMBER = r"(?:(?:B|underground )?\d+(?:-\d+)?)"
_WAY = r"[A-Za-z][A-Za-z'.]*[A-Za-z0-9'-]*?-?(?:daero|ro|gil)(?:\s?\d+\w*-?gil)?"
_STREET = re.compile(rf"(?<![\w-])(?:({_NUMBER})[, ]+({_WAY})|({_WAY})[, ]+({_NUMBER}))(?![\w-])", re.I)
_DONG = r"[A-Za-z]+\d*-(?:dong|ri|ga)"
_LOT = re.compile(rf"(?<![\w-])(?:({_NUMBER})[, ]+({_DONG})|({_DONG})[, ]+({_NUMBER}))(?![\w-])", re.I)
_CITY = re.compile(r"(?<![\w-])([A-Za-z]{2,}(?:-si|-gu|-gun))(?![\w-])", re.I)
# "12 Teheran-ro Gangnam Seoul": the district by its name alone, between the street and the city
_BARE_CITY = re.compile(rf"(?<![\w-])([A-Za-z]{{4,}})(?=[, |]+(?:{'|'.join(_WORDS)})(?![\w-]))", re.I)
_TOWN = re.compile(r"(?<![\w-])([A-Za-z]{2,}-(?:eup|myeon))(?![\w-])", re.I)
_FILLER = re.compile(r"(?:^|(?<=[,|]))\s*(?:(?:my|the|shipping|delivery)\s+)*address\s*(?:is|:|=)\s*", re.I)

LOOKS_KOREAN = re.compile(
    r"[A-Za-z]{2,}\d*-?\s?\d*-(?:ro|gil|daero|gu|dong|si|gun|eup|myeon|do)\b|\b(?:south korea|republic of korea)\b",
    re.I,
)
"""Whether Latin text speaks of a place in Korea."""


def read_romanised(text: str) -> ParsedAddress:
    """Read a Korean address written in Latin letters; the region by name or postcode, nothing guessed."""
    pieces = Pieces(text)
    phone = take_phone(pieces, "KR")
    pieces.text = _FILLER.sub(" ", pieces.text.replace("☎", CUT))
    name = take_english_name(pieces)
    pieces.take(_COUNTRY)
    street = _street(pieces)
    code = pieces.take(_POSTCODE)
    postcode = code[1] if code else ""
    town = pieces.take(_TOWN)
    cities = _cities(pieces)
    if street and not cities and (bare := pieces.take(_BARE_CITY)):
        cities = [bare[1]]
    named = pieces.take(_REGION)
    region = REGION_WORDS[named[1].lower()] if named else region_of_postcode(postcode) or ""
    parts = pieces.segments()
    if not name and parts and re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){1,2}", parts[0]):
        name = parts.pop(0)
    if not (street or cities or named):
        return ParsedAddress(
            address=None, missing=("address",), problems=(problem("not_an_address", text[:200]),)
        )
    address = AddressView(
        country="KR",
        postcode=postcode,
        region=REGIONS[region].name if region else "",
        city=" ".join(cities),
        street=", ".join(part for part in (street, town[1] if town else "") if part),
        detail=", ".join(parts),
        recipient=name,
        phone=phone,
    )
    address = address.model_copy(update={"lines": _written(address, region)})
    problems: list[CheckoutProblem] = []
    if postcode and region_of_postcode(postcode) != region:
        problems.append(problem("postcode_mismatch", postcode))
    missing: list[Need] = []
    if not street or not (cities or region == "50"):
        missing.append("address")
    if not postcode:
        missing.append("postcode")
    whole = None if "address" in missing else address
    return ParsedAddress(address=whole, missing=tuple(missing), problems=tuple(problems))


def _street(pieces: Pieces) -> str:
    for pattern in (_STREET, _LOT):
        if found := pieces.take(pattern):
            way, number = (found[2], found[1]) if found[1] else (found[3], found[4])
            return f"{number} {way}"
    return ""


def _cities(pieces: Pieces) -> list[str]:
    """Districts before their city, as an address in Latin letters goes from the small to the large."""
    found: list[str] = []
    while (city := pieces.take(_CITY)) and len(found) < 2:
        if city[1].lower() not in ("seoul-si", "sejong-si"):
            found.append(city[1])
    return found


def _written(address: AddressView, region: str) -> str:
    english = REGIONS[region].english if region else ""
    end = " ".join(part for part in (english, address.postcode) if part)
    parts = (address.detail, address.street, address.city.replace(" ", ", "), end, "Korea")
    return ", ".join(part for part in parts if part)

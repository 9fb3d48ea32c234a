"""Which country an address is written for, and whether the shop delivers there."""

from __future__ import annotations

import re

from dangol.carts.addresses.america import read_american
from dangol.carts.addresses.america import written as written_american
from dangol.carts.addresses.korea import read_korean
from dangol.carts.addresses.korea import written as written_korean
from dangol.carts.addresses.pieces import ParsedAddress, Pieces, problem
from dangol.carts.addresses.romanised import LOOKS_KOREAN, read_romanised
from dangol.carts.delivery.quotes import delivers_to, place_of
from dangol.carts.geography.america import STATE_WORDS, STATES, state_of_zip
from dangol.carts.geography.countries import COUNTRIES, COUNTRY_WORDS, home_country
from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.shop import Shop

_LONGEST = 1_000  # characters; no address is longer
_HANGUL = re.compile(r"[가-힣]")
_COUNTRY = re.compile(
    rf"(?:^|[\s,.(])({'|'.join(sorted(map(re.escape, COUNTRY_WORDS), key=len, reverse=True))})[\s.)]*$", re.I
)
_FAR_POSTCODE = re.compile(r"(?<!\S)(?=\S*\d)[A-Z0-9]{2,5}(?:[ -][A-Z0-9]{2,4})?(?=\s*(?:,|$))")
_STATE_AND_ZIP = re.compile(
    rf"(?:\b(?:{'|'.join(STATES)})|(?i:\b(?:{'|'.join(name for name in STATE_WORDS if name.isascii())})))\b\.?,?\s+\d{{5}}\b"
)
_ENGLISH_STREET = re.compile(
    r"\b\d+\s+(?:\w+\.?\s+){1,4}(?:st|street|ave|avenue|rd|road|blvd|dr|drive|ln|lane|ct|way)\b|\bp\.?\s?o\.? box\b",
    re.I,
)


def read_address(text: str, shop: Shop, language: str) -> ParsedAddress:
    """Read an address from free text, in whichever country it lies, and check that the shop delivers there.

    Korean (road name, lot, also in Latin letters) and United States addresses are taken apart and checked; one of
    another country is kept as it is written. `missing` says what to ask for, `problems` what does not fit.
    """
    text = text[:_LONGEST]
    country = _country(text, home_country(shop))
    if country == "KR":
        parsed = read_korean(text) if _HANGUL.search(text) else read_romanised(text)
    elif country == "US":
        parsed = read_american(text)
    else:
        parsed = _read_far(text, country, language)
    if parsed.address and not delivers_to(shop, place_of(parsed.address)):
        told = problem("not_served", parsed.address.region or parsed.address.country)
        return ParsedAddress(parsed.address, parsed.missing, (*parsed.problems, told))
    return parsed


def read_back(address: AddressView) -> str:
    """An address in the order of its own country, for reading it back after a part of it was completed."""
    if address.country == "KR" and _HANGUL.search(address.street + address.city):
        return written_korean(address)
    if address.country == "US":
        return written_american(address)
    return address.lines


def _country(text: str, home: str) -> str:
    named = _COUNTRY.search(text.strip())
    if named:
        return COUNTRY_WORDS[named[1].lower()]
    if _HANGUL.search(text) and not _STATE_AND_ZIP.search(text):
        return "KR"
    if _STATE_AND_ZIP.search(text):
        return "US"
    if LOOKS_KOREAN.search(text):
        return "KR"
    zips = re.findall(r"(?<!\d)\d{5}(?!\d)", text)
    if home != "US" and zips and not any(state_of_zip(code) for code in zips):
        return home
    return "US" if _ENGLISH_STREET.search(text) else home


def _read_far(text: str, country: str, language: str) -> ParsedAddress:
    pieces = Pieces(text)
    named = _COUNTRY.search(pieces.text.strip())
    street = pieces.text.strip()[: named.start()].strip(" ,") if named else pieces.text.strip()
    if not re.search(r"\d", street):
        return ParsedAddress(
            address=None, missing=("address",), problems=(problem("not_an_address", text[:200]),)
        )
    code = _FAR_POSTCODE.findall(street)
    postcode = code[-1] if code else ""
    name = COUNTRIES[country][0 if language.startswith("ko") else 1]
    address = AddressView(country=country, postcode=postcode, street=street, lines=f"{street}, {name}")
    return ParsedAddress(address=address, missing=() if postcode else ("postcode",))

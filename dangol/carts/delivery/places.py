"""A place said in free text: 제주도, 울릉도, 부산, 90210, Alaska, 뉴욕, or a whole address. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dangol.carts.addresses.reading import read_address
from dangol.carts.delivery.quotes import Place, place_of
from dangol.carts.geography.america import CITIES, STATE_WORDS, STATES, state_of_zip
from dangol.carts.geography.countries import CITIES_ABROAD, COUNTRIES, COUNTRY_WORDS, home_country
from dangol.carts.geography.korea import (
    ISLANDS,
    MUNICIPALITIES,
    REGION_WORDS,
    REGIONS,
    region_of_postcode,
    regions_with,
)
from dangol.kernel.shop import Shop, Translated

_POSTCODE = re.compile(r"(?<![\w-])(\d{5})(?:-\d{4})?(?!\d)")
_ENDING = r"(?:으로|까지|에서|에|로|쪽|지역|섬)?(?:는|은|도|의|가|이)?(?:요|이요|예요|이에요|인데요?|이면|면)?(?=[^가-힣]|$)"
_TOWNS = {
    **{name[:-1]: name for names in MUNICIPALITIES.values() for name in names if len(name) > 2},
    **{name: name for names in MUNICIPALITIES.values() for name in names if len(name) > 2},
}


def _words(table: Iterable[str]) -> re.Pattern[str]:
    """Any name of a table as a word of its own, the longest first; Korean may carry a particle."""
    longest = sorted(table, key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in longest if word.isascii())
    korean = "|".join(re.escape(word) for word in longest if not word.isascii())
    return re.compile(rf"(?<!\w)({latin or '(?!)'})(?!\w)|(?<![가-힣])({korean or '(?!)'}){_ENDING}")


_ISLAND, _REGION, _TOWN = _words(ISLANDS), _words(REGION_WORDS), _words(_TOWNS)
_STATE, _CITY, _COUNTRY = _words(STATE_WORDS), _words(CITIES), _words(COUNTRY_WORDS)
_ABROAD = _words(CITIES_ABROAD)


def read_place(text: str, shop: Shop, language: str) -> Place | None:
    """Where somebody means; None when no place can be told from the text.

    `sure` is False where only the country is named and it has several zones or surcharges. A bare postcode is read
    as the home country's when that has such a postcode.
    """
    said = text[:300].strip()
    home = home_country(shop)
    if not said:
        return None
    parsed = read_address(said, shop, language)
    if parsed.address and parsed.address.street and (parsed.address.city or parsed.address.postcode):
        return place_of(parsed.address)
    lower = said.lower()
    return (
        _island(lower, language)
        or _postcode(lower, home, language)
        or _abbreviated_state(said, language)
        or _by_names(lower, home, language)
        or _by_the_shops_names(lower, shop, language)
    )


def read_country(code: str, language: str) -> Place | None:
    """A country by its ISO 3166-1 code, where which part of it is meant is not known; None for an unknown code."""
    names = COUNTRIES.get(code)
    if names is None:
        return None
    return Place(country=code, understood=names[0 if language.startswith("ko") else 1], sure=False)


def _found(words: re.Pattern[str], text: str) -> str | None:
    matches = [match[1] or match[2] for match in words.finditer(text)]
    return max(matches, key=len, default=None)


def _island(text: str, language: str) -> Place | None:
    island = _found(_ISLAND, text)
    if not island:
        return None
    code = ISLANDS[island]
    name = island if not island.isascii() else island.title()
    return Place(country="KR", region=region_of_postcode(code) or "", postcode=code, understood=name)


def _postcode(text: str, home: str, language: str) -> Place | None:
    found = _POSTCODE.search(text)
    if not found:
        return None
    korean, state = region_of_postcode(found[1]), state_of_zip(found[1])
    if korean and (home == "KR" or not state):
        name = REGIONS[korean].name if language.startswith("ko") else REGIONS[korean].english
        return Place(country="KR", region=korean, postcode=found[1], understood=f"{name} {found[1]}")
    if state and (home in ("US", "KR") or not korean):
        return Place(country="US", region=state, postcode=found[1], understood=f"{STATES[state]} {found[1]}")
    return None


def _abbreviated_state(said: str, language: str) -> Place | None:
    """`AK`, `Juneau, AK`: in capitals, as small words such as in and or are English."""
    found = re.search(rf"(?:^|[\s,])({'|'.join(STATES)})[.?!]?\s*$", said)
    return _american(found[1], language) if found else None


def _by_names(text: str, home: str, language: str) -> Place | None:
    korean, country = _found(_REGION, text), _found(_COUNTRY, text)
    american = _found(_STATE, text) or _found(_CITY, text)
    if american and (not korean or home == "US" or len(american) > len(korean)):
        return _american(STATE_WORDS.get(american) or CITIES[american], language)
    if town := _town(text, REGION_WORDS[korean] if korean else None):
        return _korean(town[0], language, town[1])
    if korean:
        return _korean(REGION_WORDS[korean], language)
    abroad = None if country else _found(_ABROAD, text)
    if country or abroad:
        code = COUNTRY_WORDS[country] if country else CITIES_ABROAD[abroad or ""]
        name = COUNTRIES[code][0 if language.startswith("ko") else 1]
        return Place(country=code, understood=name, sure=code not in ("US", "KR"))
    return None


def _by_the_shops_names(text: str, shop: Shop, language: str) -> Place | None:
    """A surcharge or zone as the shop itself calls it: 도서산간, Alaska & Hawaii."""
    for surcharge in shop.shipping.surcharges:
        if any(name.casefold() in text for name in _spellings(surcharge.name)):
            country, _, region = (surcharge.where or (home_country(shop),))[0].partition("-")
            code = surcharge.postcodes[0].partition("-")[0] if surcharge.postcodes else ""
            return Place(country, region, code, understood=shop.say(surcharge.name, language))
    for zone in shop.shipping.zones:
        area = next((area for area in zone.where if area != "*"), None)
        if area and any(len(name) > 1 and name.casefold() in text for name in _spellings(zone.name)):
            country, _, region = area.partition("-")
            return Place(country, region, understood=shop.say(zone.name, language), sure=False)
    return None


def _spellings(name: Translated) -> list[str]:
    return [name] if isinstance(name, str) else list(name.values())


def _town(text: str, region: str | None) -> tuple[str, str] | None:
    """A municipality that lies in the region named, or in only one region: (region, name)."""
    for match in _TOWN.finditer(text):
        town = _TOWNS[match[1] or match[2]]
        possible = regions_with(town)
        if region == "29" and "41" in possible:
            return ("41", town) if "경기" in text else None
        if region in possible or (region is None and len(possible) == 1):
            return region or possible[0], town
    return None


def _korean(region: str, language: str, town: str = "") -> Place:
    name = REGIONS[region].name if language.startswith("ko") else REGIONS[region].english
    shown = f"{name} {town}" if town and language.startswith("ko") and town[:-1] not in name else name
    return Place(country="KR", region=region, understood=shown)


def _american(state: str, language: str) -> Place:
    return Place(
        country="US", region=state, understood=f"{STATES[state]}, {COUNTRIES['US'][language[:2] != 'ko']}"
    )

"""Addresses in the United States as people type them, on one line or several, with all around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dangol.carts.addresses.people import take_english_name, take_phone
from dangol.carts.addresses.pieces import CUT, ParsedAddress, Pieces, problem
from dangol.carts.geography.america import CITIES, STATE_WORDS, STATES, state_of_zip
from dangol.contracts.shopfloor.orders import CheckoutProblem, Need
from dangol.contracts.shopfloor.people import AddressView

_SUFFIX_WORDS = """
alley aly avenue ave av boulevard blvd branch bridge bypass causeway center ctr circle cir close court ct cove cv
creek crescent cres crossing xing drive dr driveway expressway expy extension ext freeway fwy gardens gdns glen
green grove harbor heights hts highway hwy hill hills hollow island junction key knoll lake landing lane ln loop
mall manor meadow meadows mews mill motorway mount mountain oval park parkway pkwy pass path pike pines place pl
plaza plz point pt ramp ranch rest ridge rdg river road rd route row run shore shores spring springs square sq
station street st str summit terrace ter terr trace track trail trl tunnel turnpike tpke valley view village vista
walk wall way wharf broadway bowery esplanade
"""
_SUFFIXES = frozenset(_SUFFIX_WORDS.split())
_DIRECTION_WORDS = "n s e w ne nw se sw north south east west northeast northwest southeast southwest"
_DIRECTIONS = frozenset(_DIRECTION_WORDS.split())
_STREET_START = re.compile(r"^(?:[NSEW]\d+)*[NSEW]?\d+[A-Za-z]?(?:-\d+)?(?:\s+1/2)?\s+(?=\S*[A-Za-z])")
_BOX = re.compile(r"\b(?:p\.?\s?o\.?\s?box\s*#?\s*(\d+)|((?:hc|rr)\s*\d+)[,\s]+box\s*(\d+\w?))\b", re.I)
_UNIT = re.compile(
    r"(?:,\s*)?(?<![A-Za-z])((?:apt|apartment|unit|suite|ste|room|rm|bldg|building|floor|fl|lot|trlr|ph|penthouse)\b\.?\s*#?\s*"
    r"(?!\d{5}\b)(?:\d[0-9A-Za-z-]{0,5}|[A-Za-z]{1,2}\d{0,4}(?:-\d+)?)\b|#\s?[0-9A-Za-z-]{1,6}\b|"
    r"\d{1,3}(?:st|nd|rd|th)\s+(?:floor|fl)\b\.?|(?<!^)\b\d{1,2}F\b)",
    re.I,
)
_INSIDE = re.compile(r"^(\D+?)\s+(\d+[A-Za-z]?(?:-\d+)?\s+\S.*)$")
_NUMBER_LAST = re.compile(r"^[A-Za-z][A-Za-z .'-]* (\w+)\.? \d+[A-Za-z]?$")
_NOT_IN_NAMES = re.compile(
    r"\b(?:you|send|ship|to|it|me|my|please|the|is|at|live|i|want|can|could|would|address|deliver|use|here|phone)\b",
    re.I,
)
_COUNTRY = re.compile(
    r"[,\s]*\b(?:united states(?: of america)?|u\.s\.a\.?|usa|u\.s\.|us)\b\.?(?=\s*(?:[,|]|$))|미국", re.I
)
_FILLER = re.compile(
    r"^\s*(?:(?:please\s+)?(?:ship|send|deliver|mail)\s+(?:it|this|them|everything)?\s*to\s*:?|"
    r"(?:my|the|our|new|shipping|delivery|mailing|home)?\s*(?:shipping|delivery|mailing|home)?\s*address\s*(?:is|:|=)\s*|"
    r"(?:i live at|i'm at|it'?s)\s+)",
    re.I,
)
_LABELS = re.compile(r"(?:^|(?<=[,|]))\s*(?:address|street|city|state|unit)\s*[:=]\s*", re.I)
_FOR = re.compile(r"(?:^|(?<=[,|]))\s*(?:for|c/o|attention)\s+(?=[A-Za-z])", re.I)
_COURTESY = re.compile(r"[,.!\s]*\b(?:please|pls|thanks|thank you|thx|ty)\b[.!\s]*", re.I)
_ZIP_LABEL = r"(?:zip\s?code|zip|postal\s?code)\s*[:#]?\s*(?:is\s+)?"
_ZIP = re.compile(rf"(?:{_ZIP_LABEL})?(?<![\w#-])(\d{{5}}(?:-\d{{4}})?)(?![\w-])", re.I)
_STATE_NAMES = "|".join(
    re.escape(name) for name in sorted(STATE_WORDS, key=len, reverse=True) if name.isascii()
)
_ABBREVIATIONS = "|".join(rf"{code[0]}\.?{code[1]}" for code in STATES)
_STATE_BEFORE_END = re.compile(rf"(?:^|[\s,|])((?i:{_STATE_NAMES})|(?i:{_ABBREVIATIONS}))\.?[\s,|]*$")
_STATE_ANYWHERE = re.compile(rf"[,|]\s*((?i:{_STATE_NAMES})|(?i:{_ABBREVIATIONS}))\.?\s*(?=[,|]|$)")


@dataclass
class _Found:
    state: str = ""
    zip_code: str = ""
    street: str = ""
    city: str = ""
    name: str = ""
    also_city: str = ""  # New York is the name of a state and of its city
    detail: list[str] = field(default_factory=list)


def read_american(text: str) -> ParsedAddress:
    """Read an address of the United States; the state may be left out where the ZIP code tells it."""
    pieces = Pieces(_FILLER.sub("", _COURTESY.sub(" ", text)))
    phone = take_phone(pieces, "US")
    pieces.text = pieces.text.replace("☎", CUT)
    found = _Found(name=take_english_name(pieces))
    pieces.text = _FOR.sub(" ", pieces.text)
    pieces.text = _LABELS.sub(" ", _COUNTRY.sub(f" {CUT} ", pieces.text))
    _take_zip_and_state(pieces, found)
    _take_units(pieces, found)
    _share_out(pieces, found)
    if not (found.street or found.zip_code or (found.state and found.city)):
        return ParsedAddress(
            address=None, missing=("address",), problems=(problem("not_an_address", text[:200]),)
        )
    return _judge(found, phone)


def written(address: AddressView) -> str:
    """An address of the United States as it is read back: from the door to the ZIP code."""
    street = " ".join(part for part in (address.street, address.detail) if part)
    end = " ".join(part for part in (address.region, address.postcode) if part)
    return ", ".join(part for part in (street, address.city, end) if part)


def _take_zip_and_state(pieces: Pieces, found: _Found) -> None:
    candidates = [match for match in _ZIP.finditer(pieces.text) if not _is_house_number(pieces.text, match)]
    for match in reversed(candidates):
        found.zip_code = match[1]
        before = pieces.text[: match.start()]
        pieces.cut(*match.span())
        if state := _STATE_BEFORE_END.search(before):
            _note_state(pieces, found, state)
            return
        break
    end = pieces.text.rstrip(f" ,.{CUT}")
    state = _STATE_BEFORE_END.search(end) or _STATE_ANYWHERE.search(pieces.text)
    if state and _stands_as_state(state[1]):
        _note_state(pieces, found, state)


def _is_house_number(text: str, match: re.Match[str]) -> bool:
    """12345 Main St: five digits at the start of a street are no ZIP code."""
    if re.match(_ZIP_LABEL, match[0], re.I):
        return False
    rest = re.split(rf"[,{re.escape(CUT)}]", text[match.end() :], maxsplit=1)[0]
    words = [word.strip(".").lower() for word in rest.split()]
    return any(word in _SUFFIXES for word in words[1:5]) or words[:1] == ["broadway"]


def _stands_as_state(written_as: str) -> bool:
    """Short words such as `in`, `or`, `me` are states only in capitals."""
    return len(written_as) > 2 or written_as.isupper()


def _note_state(pieces: Pieces, found: _Found, state: re.Match[str]) -> None:
    found.state = _state(state[1])
    if found.state == "DC" and state[1].lower().startswith("washington"):
        found.city = "Washington"
    if state[1].lower() == "new york":
        found.also_city = "New York"
    pieces.cut(state.start(1), state.end(1))


def _state(written_as: str) -> str:
    upper = written_as.upper().replace(".", "")
    return upper if upper in STATES else STATE_WORDS[written_as.lower()]


def _take_units(pieces: Pieces, found: _Found) -> None:
    while unit := pieces.take(_UNIT):
        found.detail.append(re.sub(r"\s+", " ", unit[1]).strip())


def _share_out(pieces: Pieces, found: _Found) -> None:
    if box := pieces.take(_BOX):
        found.street = f"PO Box {box[1]}" if box[1] else f"{box[2].upper()} Box {box[3]}"
    parts = _with_streets_apart(pieces.segments())
    place = next((i for i, part in enumerate(parts) if _STREET_START.match(part)), None)
    before: list[str] = parts if place is None else parts[:place]
    after: list[str] = []
    if place is not None:
        street, rest = _split_street(parts[place], has_more=bool(parts[place + 1 :]))
        found.street = f"{street}, {found.street}" if found.street else street
        after = ([rest] if rest else []) + parts[place + 1 :]
    elif found.street:
        before, after = [part for part in parts[:-1] if _is_name(part)], parts
        after = [part for part in parts if part not in before]
    _take_name_and_city(found, before, after)


def _with_streets_apart(parts: list[str]) -> list[str]:
    """A name or a courtesy before the house number becomes a part of its own: `Ann Lee 55 Water Street`."""
    if any(_STREET_START.match(part) for part in parts):
        return parts
    apart: list[str] = []
    for part in parts:
        inside = _INSIDE.match(part)
        last = _NUMBER_LAST.match(part)
        if last and last[1].lower() in _SUFFIXES:
            words = part.split()
            apart.append(f"{words[-1]} {' '.join(words[:-1])}")
        elif inside and _street_end(inside[2].split()):
            apart += [inside[2]] if _NOT_IN_NAMES.search(inside[1]) else [inside[1], inside[2]]
        else:
            apart.append(part)
    return apart


def _take_name_and_city(found: _Found, before: list[str], after: list[str]) -> None:
    if before and not found.name and _is_name(before[0]) and (after or len(before) > 1):
        found.name = before.pop(0)
    if not found.city and after:
        found.city = after.pop(0)
    elif not found.city and before and (found.state or found.zip_code):
        found.city = before.pop()
    found.city = found.city or found.also_city
    if after and not found.name:
        found.name = next((part for part in after if " " in part and _is_name(part)), "")
    found.detail += [part for part in after if part != found.name and re.search(r"\w", part)]
    if before and not found.name and _is_name(before[0]):
        found.name = before.pop(0)
    found.detail += before


def _split_street(part: str, has_more: bool) -> tuple[str, str]:
    """A street and what follows it on the same line: `123 Main St Springfield`."""
    words = part.split()
    end = _street_end(words)
    if end is None:
        if has_more:
            return part, ""
        end = _before_known_city(words)
    return " ".join(words[:end]), " ".join(words[end:])


def _street_end(words: list[str]) -> int | None:
    plain = [word.strip(".").lower() for word in words]
    if len(plain) > 2 and plain[1] in ("avenue", "ave") and plain[2] in ("of", "a", "b", "c", "d"):
        return 5 if plain[2] == "of" and plain[3:4] == ["the"] else 3
    for place in range(1, len(words)):
        named = [word for word in plain[1:place] if word not in _DIRECTIONS]
        if plain[place] not in _SUFFIXES or not (named or plain[place] in ("broadway", "bowery")):
            continue
        while plain[place + 1 : place + 2] and plain[place + 1] in _SUFFIXES:
            place += 1
        if plain[place] in ("highway", "hwy", "route", "rte", "road", "rd") and plain[place + 1 : place + 2]:
            place += plain[place + 1][0].isdigit()
        following = words[place + 1 : place + 2]
        if (
            following
            and plain[place + 1] in _DIRECTIONS
            and (following[0].isupper() or len(words) == place + 2)
        ):
            place += 1
        return place + 1
    return None


def _before_known_city(words: list[str]) -> int:
    for length in (3, 2):
        if " ".join(words[-length:]).lower() in (*CITIES, *STATE_WORDS) and len(words) > length + 1:
            return len(words) - length
    return len(words) - 1 if len(words) > 3 else len(words)


def _is_name(part: str) -> bool:
    words = part.split()
    if _NOT_IN_NAMES.search(part):
        return False
    return 1 <= len(words) <= 4 and all(re.fullmatch(r"[^\W\d_][\w.'’-]*", word) for word in words)


def _tidy(part: str) -> str:
    """Capitals where all was typed small or large."""
    if part != part.lower() and (part != part.upper() or len(part) < 4):
        return part
    return " ".join(word[:1].upper() + word[1:].lower() for word in part.split())


def _judge(found: _Found, phone: str) -> ParsedAddress:
    problems: list[CheckoutProblem] = []
    missing: list[Need] = []
    by_zip = state_of_zip(found.zip_code) if found.zip_code else None
    if found.zip_code and (by_zip is None or (found.state and by_zip != found.state)):
        problems.append(problem("postcode_mismatch", found.zip_code))
    if not found.street or not found.city:
        missing.append("address")
    if not found.zip_code:
        missing.append("postcode")
    address = AddressView(
        country="US",
        postcode=found.zip_code,
        region=found.state or by_zip or "",
        city=_tidy(found.city),
        street=_tidy(found.street) if found.street == found.street.lower() else found.street,
        detail=", ".join(found.detail),
        recipient=_tidy(found.name),
        phone=phone,
    )
    address = address.model_copy(update={"lines": written(address)})
    whole = None if "address" in missing else address
    return ParsedAddress(address=whole, missing=tuple(missing), problems=tuple(problems))

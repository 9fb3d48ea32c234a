"""Which way what was given fits, whether it agrees with an order, and how often it may be tried; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta

from dangol.contracts.shopfloor.verification import ProofNeed, VerifyShopper
from dangol.kernel.ids import fingerprint
from dangol.kernel.shop import Verification, WayToVerify
from dangol.orders.model import OrderRow
from dangol.orders.rules import read_number, read_phone

CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODES_PER_HOUR = 5
"""Codes sent in an hour, to one recipient as well as from one conversation."""
FAILS_PER_HOUR = 5
"""Wrong tries in an hour in one conversation."""
FAILS_OF_SUBJECT = 10
"""Wrong tries in an hour about one order number, e-mail or phone, from wherever they come."""
WINDOW = timedelta(hours=1)


def way_of(given: VerifyShopper, offered: Verification) -> WayToVerify | None:
    """The way for which enough was given; None when none is complete, or the shop does not offer it."""
    if "email_order" in offered.ways and given.email and given.order:
        return "email_order"
    if "name_postcode" in offered.ways and given.name and given.postcode and (given.order or given.phone):
        return "name_postcode"
    return _way_to_account(given, offered)


def _way_to_account(given: VerifyShopper, offered: Verification) -> WayToVerify | None:
    if given.order or given.phone:
        return None
    if "account_email" in offered.ways and given.email:
        return "account_email"
    if "account_name_postcode" in offered.ways and given.name and given.postcode:
        return "account_name_postcode"
    return None


def needs_of(given: VerifyShopper, offered: Verification) -> tuple[ProofNeed, ...]:
    """The least that is missing: towards name and postcode when that was begun, else towards e-mail and number."""
    by_name = "name_postcode" in offered.ways
    if by_name and (given.postcode or (given.name and not given.email) or "email_order" not in offered.ways):
        needs: list[ProofNeed] = [] if given.order or given.phone else ["order"]
        needs += [] if given.name else ["name"]
        return (*needs, *(() if given.postcode else ("postcode",)))
    if "email_order" in offered.ways:
        needs = [] if given.order else ["order"]
        return (*needs, *(() if given.email else ("email",)))
    if "account_name_postcode" in offered.ways and (given.name or given.postcode):
        return ("postcode",) if given.name else ("name",)
    return ("email",)


def agrees(order: OrderRow, given: VerifyShopper, way: WayToVerify) -> bool:
    """Does everything that was given agree with this order?"""
    if given.order and plain_order(given.order) != plain_order(order.number):
        return False
    if way == "email_order":
        return bool(order.email) and plain_email(given.email) == plain_email(order.email)
    address = order.address or {}
    # who gets a gift is not shown what was paid for it
    recipient = "" if order.gift is not None else str(address.get("recipient") or "")
    names = {plain_name(order.name), plain_name(recipient)} - {""}
    return (
        plain_name(given.name) in names
        and bool(address.get("postcode"))
        and plain_postcode(given.postcode) == plain_postcode(str(address["postcode"]))
        and (bool(given.order) or same_phone(given.phone, order.phone))
    )


def subjects_of(given: VerifyShopper, conversation_id: str) -> list[str]:
    """What tries are counted by: the conversation, and fingerprints of what the claim is about."""
    parts = [("order", plain_order(given.order or "")), ("email", plain_email(given.email))]
    parts.append(("phone", last_digits(given.phone)))
    named = [f"{kind}:{fingerprint(value)}" for kind, value in parts if value]
    return [f"conversation:{conversation_id}", *named]


def too_many(fails: dict[str, int]) -> bool:
    """Were there too many wrong tries by one of the subjects?"""
    return any(
        count >= (FAILS_PER_HOUR if subject.startswith("conversation:") else FAILS_OF_SUBJECT)
        for subject, count in fails.items()
    )


def recipient_of(email: str | None, phone: str | None) -> str:
    """By what the receiver of codes is known: a fingerprint of the e-mail, else of the phone."""
    return fingerprint(plain_email(email) or last_digits(phone))


def one_person(known: Sequence[OrderRow], found: OrderRow, customer_id: int | None) -> bool:
    """One conversation serves one person: does this order belong to who it is known to serve already?"""
    if customer_id is not None and found.customer_id != customer_id:
        return False
    return all(
        (order.customer_id is not None and order.customer_id == found.customer_id)
        or (bool(order.email) and plain_email(order.email) == plain_email(found.email))
        or same_phone(order.phone, found.phone)
        for order in known
    )


def plain_order(said: str) -> str:
    """An order number without the marks people leave out."""
    return read_number(said).lstrip("#").upper()


def plain_email(said: str | None) -> str:
    """An e-mail address for comparing."""
    return (said or "").strip().casefold()


def plain_name(said: str | None) -> str:
    """A name for comparing: 김 하늘 is 김하늘, ann lee is Ann Lee."""
    return re.sub(r"[\s.\-]", "", said or "").casefold()


def plain_postcode(said: str | None) -> str:
    """A postcode for comparing; of an American one the first five figures count."""
    plain = re.sub(r"[^0-9A-Za-z-]", "", said or "").upper()
    return plain.split("-")[0] if re.fullmatch(r"\d{5}-\d{4}", plain) else plain.replace("-", "")


def last_digits(said: str | None) -> str:
    """The last eight figures of a phone number, in which all ways of writing it agree."""
    return re.sub(r"\D", "", said or "")[-8:]


def same_phone(one: str | None, other: str | None) -> bool:
    """Are these two ways of writing one number?"""
    return len(last_digits(one)) == 8 and last_digits(one) == last_digits(other)


def same_number(one: str | None, other: str | None) -> bool:
    """Does what is sent to one of these reach the other? 070-1234-5678 and 010-1234-5678 end alike and are two phones."""
    first, second = read_phone(one or ""), read_phone(other or "")
    if first and second:
        return first == second
    figures = [re.sub(r"\D", "", each or "").lstrip("0") for each in (one, other)]
    return bool(figures[0]) and figures[0] == figures[1]


def figures_of(said: str) -> str:
    """The figures of a code as it was typed: spaced, in full width or in other scripts' digits."""
    return "".join(str(unicodedata.decimal(sign)) for sign in said if sign.isdecimal())

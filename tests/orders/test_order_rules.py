"""The life of an order, carriers, and how numbers, phones and e-mails are read."""

from __future__ import annotations

from typing import get_args

import pytest

from dangol.contracts.shopfloor.orders import OrderStatus
from dangol.orders.carriers import CARRIERS, carriers_of, find_carrier, number_fits, tracking_url
from dangol.orders.model import NotInThisState
from dangol.orders.rules import LIFE, next_status, read_email, read_number, read_phone, status_of_parcels


def test_every_status_has_its_place_in_the_table_and_leads_only_to_others_there() -> None:
    assert set(LIFE) == set(get_args(OrderStatus))
    reached = {move.to for moves in LIFE.values() for move in moves.values()} | {"pending_payment"}
    assert reached == set(LIFE)


def test_only_those_named_may_move_an_order() -> None:
    assert next_status("1", "pending_payment", "pay", "system") == "paid"
    assert next_status("1", "pending_payment", "cancel", "visitor") == "cancelled"
    for role, event in (("visitor", "pay"), ("customer", "ship"), ("staff", "pay")):
        with pytest.raises(NotInThisState):
            next_status("1", "pending_payment", event, role)  # type: ignore[arg-type]
    with pytest.raises(NotInThisState):
        next_status("1", "refunded", "pay", "system")


def test_parcels_together_say_how_far_an_order_is() -> None:
    assert status_of_parcels([]) is None
    assert status_of_parcels(["information_received"]) is None
    assert status_of_parcels(["delivered", "in_transit"]) == "ship"
    assert status_of_parcels(["delivered", "delivered"]) == "deliver"


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        ("CJ대한통운", "1234567890", "kr.cjlogistics"),
        ("대한 통운", "123456789012", "kr.cjlogistics"),
        ("우체국", "6774676711831", "kr.epost"),
        ("한진택배", "123456789012", "kr.hanjin"),
        ("ups", "1Z999AA10123456784", "us.ups"),
        ("Korea Post", "EM123456789KR", "kr.epost"),
    ],
)
def test_carriers_are_known_by_their_names_and_numbers(name: str, number: str, code: str) -> None:
    carrier = find_carrier(name)
    assert carrier is not None
    assert carrier.code == code
    assert number_fits(carrier, number)
    assert carrier in carriers_of(number)
    url = tracking_url(code, number)
    assert url
    assert number in url


@pytest.mark.parametrize(("name", "number"), [("CJ", "12345"), ("우체국", "123456789012"), ("UPS", "1Z99")])
def test_a_number_of_another_shape_does_not_fit(name: str, number: str) -> None:
    carrier = find_carrier(name)
    assert carrier is not None
    assert not number_fits(carrier, number)


def test_spellings_of_carriers_do_not_overlap() -> None:
    spellings = [spelling for carrier in CARRIERS for spelling in carrier.spellings]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("01012345678", "010-1234-5678"),
        ("010 1234 5678", "010-1234-5678"),
        ("+82 10-1234-5678", "010-1234-5678"),
        ("02-123-4567", "02-123-4567"),
        ("031.123.4567", "031-123-4567"),
        ("(415) 555-0132", "+1 415-555-0132"),
        ("+1 415 555 0132", "+1 415-555-0132"),
        ("+44 20 7946 0958", "+442079460958"),
        ("010-123", None),
        ("전화", None),
        ("99999", None),
        ("", None),
    ],
)
def test_phones(said: str, read: str | None) -> None:
    assert read_phone(said) == read


def test_emails() -> None:
    assert read_email(" Kim@Example.COM ") == "Kim@example.com"
    for bad in ("kim", "kim@", "@x.y", "kim@host", "a b@c.de"):
        assert read_email(bad) is None


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("#1001", "1001"),
        ("주문번호 20261121-0042요", "20261121-0042"),
        ("20261121–0042", "20261121-0042"),
        ("", ""),
    ],
)
def test_order_numbers(said: str, read: str) -> None:
    assert read_number(said) == read

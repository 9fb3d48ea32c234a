"""Addresses as people type them: each line of `addresses/*.txt` and what must be read from it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangol.carts.addresses.america import read_american
from dangol.carts.addresses.korea import read_korean
from dangol.carts.api import read_address, read_back
from dangol.kernel.shop import Shop

HERE = Path(__file__).parent / "addresses"
PARTS = ("postcode", "region", "city", "street", "detail", "recipient", "phone")


def cases(name: str) -> Iterator[tuple[str, str]]:
    text = (HERE / name).read_text()
    for typed, expected in re.findall(r"^(?!#)(\S.*)\n    => (.*)$", text, re.M):
        yield typed.replace("\\n", "\n"), expected


def told(parsed) -> str:
    read = " | ".join(getattr(parsed.address, part) for part in PARTS).strip() if parsed.address else "none"
    marks = [f" !{need}" for need in parsed.missing] + [f" ?{problem.code}" for problem in parsed.problems]
    return read + "".join(marks)


@pytest.mark.parametrize(("typed", "expected"), cases("korea.txt"))
def test_korean_addresses(typed, expected):
    assert told(read_korean(typed)) == expected


@pytest.mark.parametrize(("typed", "expected"), cases("america.txt"))
def test_american_addresses(typed, expected):
    assert told(read_american(typed)) == expected


def test_there_are_enough_of_each():
    assert min(len(list(cases("korea.txt"))), len(list(cases("america.txt")))) >= 60


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("4F, 123 Teheran-ro, Gangnam-gu, Seoul 06236", "4F, 123 Teheran-ro, Gangnam-gu, Seoul 06236, Korea"),
        ("12 Teheran-ro Gangnam Seoul 06236 apt 301", "apt 301, 12 Teheran-ro, Gangnam, Seoul 06236, Korea"),
        ("123, Teheran-ro 4-gil, Gangnam-gu, Seoul, Republic of Korea (06236)",
         "123 Teheran-ro 4-gil, Gangnam-gu, Seoul 06236, Korea"),
        ("Ann Lee, 101-1203, 20 Pangyoyeok-ro 146beon-gil, Bundang-gu, Seongnam-si, Gyeonggi-do 13529 Korea",
         "101-1203, 20 Pangyoyeok-ro 146beon-gil, Bundang-gu, Seongnam-si, Gyeonggi-do 13529, Korea"),
        ("Aewol-ro 12, Aewol-eup, Jeju-si, Jeju-do, 63043, +82 10-1234-5678", "12 Aewol-ro, Aewol-eup, Jeju-si, Jeju 63043, Korea"),
        ("123 Main St, Springfield, IL 62704", "123 Main St, Springfield, IL 62704"),
        ("John Smith\n123 Main Street Apt 4B\nSpringfield, Illinois 62704\nUSA", "123 Main Street Apt 4B, Springfield, IL 62704"),
        ("서울 강남구 테헤란로 123 한빛빌딩 4층 (역삼동) 06236", "(06236) 서울특별시 강남구 테헤란로 123, 한빛빌딩 4층 (역삼동)"),
        ("세종시 한누리대로 2130 30151", "(30151) 세종특별자치시 한누리대로 2130"),
    ],
)  # fmt: skip
def test_each_country_is_read_and_read_back_in_its_own_order(shop, typed, read_as):
    parsed = read_address(typed, shop, "en")
    assert parsed.address
    assert (parsed.address.lines, parsed.missing, parsed.problems) == (read_as, (), ())
    assert read_back(parsed.address) == read_as


def test_the_postcode_is_never_guessed_but_checked(shop):
    assert read_address("서울 강남구 테헤란로 123", shop, "ko").missing == ("postcode",)
    wrong = read_address("서울 강남구 테헤란로 123 63122", shop, "ko")
    assert [(one.field, one.code, one.value) for one in wrong.problems] == [
        ("address", "postcode_mismatch", "63122")
    ]
    wrong = read_address("123 Main St, Springfield, IL 90210", shop, "en")
    assert [one.code for one in wrong.problems] == ["postcode_mismatch"]
    none = read_address("서울 강남구 테헤란로 123 99999", shop, "ko")
    assert [one.code for one in none.problems] == ["postcode_mismatch"]


def test_a_flat_without_its_door_is_asked_for(shop):
    read = read_address("경기 수원시 영통구 광교로 12 자연마을아파트 105동 16509", shop, "ko")
    assert read.missing == ("address_detail",)
    assert (
        read_address("경기 수원시 영통구 광교로 12 자연마을아파트 105동 301호 16509", shop, "ko").missing
        == ()
    )


def test_a_shop_says_where_it_does_not_deliver(shop, us_shop):
    for typed in ("10 Downing Street, London SW1A 2AA, UK", "1-1 Chiyoda, Tokyo 100-0001, Japan"):
        assert [one.code for one in read_address(typed, shop, "en").problems] == ["not_served"]
    assert [one.code for one in read_address("서울 강남구 테헤란로 123 06236", us_shop, "ko").problems] == [
        "not_served"
    ]
    anywhere = Shop(name="x", locale="ko-KR", currency="KRW", time_zone="Asia/Seoul")
    far = read_address("10 Downing Street, London SW1A 2AA, UK", anywhere, "ko")
    assert far.address
    assert (far.address.country, far.address.postcode, far.problems) == ("GB", "SW1A 2AA", ())


@pytest.mark.parametrize(
    "typed", ["", "   ", "안녕하세요", "hello", "010-1234-5678", "ㅋㅋㅋㅋ", "🏠", "12345", "서울", "Texas"]
)
def test_what_is_no_address_is_none(shop, us_shop, typed):
    for one in (shop, us_shop):
        assert read_address(typed, one, "ko").address is None


PIECES = ["서울", "강남구", "테헤란로", "123", "테헤란로4길 12", "역삼동 737", "101동", "1203호", "06236", "김하늘", "010-1234-5678",
          "Main St", "Apt 4", "IL", "62704", "Springfield", "USA", ",", "\n", "(", ")", "제주", "우편번호", "받는 사람:", "로 보내주세요", "#", "-"]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map(" ".join))
def test_nothing_typed_brings_it_down_and_what_is_whole_is_consistent(typed):
    shop = Shop(name="x", locale="ko-KR", currency="KRW", time_zone="Asia/Seoul")
    parsed = read_address(typed, shop, "ko")
    if parsed.address:
        assert parsed.address.street
        assert "address" not in parsed.missing
        assert ("postcode" in parsed.missing) == (not parsed.address.postcode)
    else:
        assert "address" in parsed.missing


@given(st.permutations(["서울", "강남구", "테헤란로 123", "06236", "010-1234-5678", "받는 사람 김하늘"]))
def test_the_order_of_a_korean_address_does_not_matter(parts):
    read = read_korean(", ".join(parts)).address
    assert read
    assert (read.postcode, read.region, read.city, read.street, read.recipient, read.phone) == (
        "06236", "서울특별시", "강남구", "테헤란로 123", "김하늘", "01012345678",
    )  # fmt: skip

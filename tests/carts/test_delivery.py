"""What delivery costs, where to, and between which days."""

from datetime import UTC, date, datetime

import pytest

from dangol.carts.api import delivers_to, place_of, quote, quotes
from dangol.carts.delivery.places import read_place
from dangol.carts.delivery.quotes import Place, dispatch_day
from dangol.carts.geography.america import STATES, state_of_zip
from dangol.carts.geography.korea import MUNICIPALITIES, REGIONS, region_of_postcode
from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.holidays import business_days_after, is_business_day
from dangol.kernel.shop import Shop


def seoul(day: str, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}:00+09:00").astimezone(UTC)


MONDAY = seoul("2026-11-23", "10:00")


def korean(postcode: str = "", region: str = "") -> AddressView:
    return AddressView(country="KR", postcode=postcode, region=region, city="x", street="y 1")


def american(postcode: str = "", region: str = "") -> AddressView:
    return AddressView(country="US", postcode=postcode, region=region, city="x", street="1 y")


@pytest.mark.parametrize(
    ("address", "fee", "surcharge", "name"),
    [
        (korean("06236"), 3000, 0, ""),
        (korean("63122"), 3000, 3500, "제주"),
        (korean(region="제주특별자치도"), 3000, 3500, "제주"),
        (korean(region="KR-49"), 3000, 3500, "제주"),
        (korean("23104"), 3000, 5000, "도서산간"),
        (korean("23116"), 3000, 5000, "도서산간"),
        (korean("23117"), 3000, 0, ""),
        (korean("40205"), 3000, 5000, "도서산간"),
        (american("23104", "VA"), 25000, 0, ""),  # the same five digits elsewhere are no island
    ],
)
def test_zones_and_surcharges(shop, address, fee, surcharge, name):
    found = quote(shop, address, None, MONDAY, "ko")
    assert found is not None
    assert (found.fee.amount, found.surcharge.amount, found.surcharge_name) == (fee, surcharge, name)


def test_the_closest_zone_counts(us_shop):
    assert quote(us_shop, american("99501"), None, MONDAY, "en").zone == "Alaska, Hawaii"
    assert quote(us_shop, american("", "Hawaii"), None, MONDAY, "en").zone == "Alaska, Hawaii"
    assert quote(us_shop, american("10001"), None, MONDAY, "en").zone == "48 states"
    assert quote(us_shop, korean("06236"), None, MONDAY, "en") is None
    assert not delivers_to(us_shop, Place("KR", "11"))
    everywhere = us_shop.model_copy(
        update={"shipping": us_shop.shipping.model_copy(update={"zones": (
            *us_shop.shipping.zones,
            us_shop.shipping.zones[0].model_copy(update={"name": "world", "where": ("*",)}),
        )})}
    )  # fmt: skip
    assert quote(everywhere, korean("06236"), None, MONDAY, "en").zone == "world"
    assert quote(everywhere, american("10001"), None, MONDAY, "en").zone == "48 states"


def test_free_from_is_reached_by_the_goods_and_leaves_surcharges(shop):
    below, at = shop.minor(49_999), shop.minor(50_000)
    assert quote(shop, korean("63122"), below, MONDAY, "ko").fee.amount == 3000
    free = quote(shop, korean("63122"), at, MONDAY, "ko")
    assert (free.fee.amount, free.surcharge.amount) == (0, 3500)


def test_methods_belong_to_their_zone(shop, us_shop):
    home = quotes(shop, korean("06236"), shop.minor(90_000), MONDAY, "en")
    assert [(one.method, one.fee.amount) for one in home] == [(None, 0), ("same day", 6000)]
    assert [one.method for one in quotes(shop, american("10001"), None, MONDAY, "ko")] == [None]
    assert quote(us_shop, american("99501"), None, MONDAY, "en", "expedited") is None
    fast = quote(us_shop, american("10001"), None, MONDAY, "en", "Expedited")
    assert (fast.fee.amount, fast.method) == (1995, "expedited")


def test_without_an_address_home_is_quoted_and_not_sure(shop, us_shop):
    standard = quotes(shop, None, None, MONDAY, "ko")[0]
    assert (standard.zone, standard.sure) == ("전국", False)
    assert quote(us_shop, None, None, MONDAY, "en").zone == "48 states"
    assert quote(shop, korean("06236"), None, MONDAY, "ko").sure
    assert not quote(shop, korean(region="인천광역시"), None, MONDAY, "ko").sure  # it has islands
    assert quote(shop, korean(region="서울특별시"), None, MONDAY, "ko").sure


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        (seoul("2026-11-23", "13:59"), date(2026, 11, 23)),
        (seoul("2026-11-23", "14:00"), date(2026, 11, 24)),  # the cut-off in the shop's own time zone
        (seoul("2026-11-20", "14:01"), date(2026, 11, 23)),  # Friday afternoon
        (seoul("2026-11-21", "09:00"), date(2026, 11, 23)),  # Saturday
        (seoul("2026-09-23", "15:00"), date(2026, 9, 28)),  # Chuseok and a weekend
        (seoul("2027-02-05", "15:00"), date(2027, 2, 10)),  # Seollal with its substitute day
        (seoul("2026-12-31", "20:00"), date(2027, 1, 4)),
    ],
)
def test_when_an_order_leaves(shop, now, sent):
    assert dispatch_day(now, shop, "14:00") == sent


def test_dates_are_business_days_of_the_destination(shop, us_shop):
    found = quote(shop, korean("06236"), None, seoul("2026-11-20", "10:00"), "ko")
    assert (found.earliest, found.latest) == (date(2026, 11, 23), date(2026, 11, 24))
    found = quote(us_shop, american("10001"), None, datetime(2026, 11, 24, 15, tzinfo=UTC), "en")
    assert (found.earliest, found.latest) == (date(2026, 11, 30), date(2026, 12, 2))  # over Thanksgiving
    same_day = quote(shop, korean("06236"), None, MONDAY, "ko", "당일배송")
    assert same_day.earliest == same_day.latest == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "country", "open_"),
    [
        ("2026-02-17", "KR", False), ("2026-03-02", "KR", False), ("2026-05-25", "KR", False), ("2026-08-17", "KR", False),
        ("2026-09-25", "KR", False), ("2026-10-05", "KR", False), ("2026-10-06", "KR", True), ("2027-02-09", "KR", False),
        ("2027-09-15", "KR", False), ("2028-01-27", "KR", False), ("2028-10-05", "KR", False), ("2031-03-01", "KR", False),
        ("2026-07-03", "US", False), ("2026-07-04", "US", False), ("2026-07-06", "US", True), ("2027-01-01", "US", False),
        ("2027-12-31", "US", False), ("2026-11-26", "US", False), ("2026-05-25", "US", False), ("2026-01-19", "US", False),
        ("2026-06-19", "US", False), ("2026-10-12", "US", False), ("2026-11-26", "JP", True), ("2026-11-28", "JP", False),
    ],
)  # fmt: skip
def test_holidays(day, country, open_):
    assert is_business_day(date.fromisoformat(day), country) is open_


def test_business_days_are_counted():
    assert business_days_after(date(2026, 11, 20), 0, "KR") == date(2026, 11, 20)
    assert business_days_after(date(2026, 11, 21), 0, "KR") == date(2026, 11, 23)
    assert business_days_after(date(2026, 11, 20), 3, "KR") == date(2026, 11, 25)


def test_postcodes_tell_the_region():
    known = {"04524": "11", "48058": "26", "41585": "27", "22386": "28", "61186": "29", "34126": "30", "44675": "31",
             "30151": "50", "13529": "41", "24341": "42", "28644": "43", "31144": "44", "54999": "45", "58766": "46",
             "40223": "47", "51439": "48", "63122": "49"}  # fmt: skip
    assert {code: region_of_postcode(code) for code in known} == known
    assert set(known.values()) == set(REGIONS) == set(MUNICIPALITIES)
    assert [region_of_postcode(code) for code in ("00100", "64000", "99999", "1234", "abcde")] == [None] * 5


def test_zip_codes_tell_the_state():
    known = {"36104": "AL", "99801": "AK", "85001": "AZ", "72201": "AR", "95814": "CA", "80202": "CO", "06103": "CT",
             "19901": "DE", "32301": "FL", "30303": "GA", "96813": "HI", "83702": "ID", "62701": "IL", "46225": "IN",
             "50309": "IA", "66603": "KS", "40601": "KY", "70802": "LA", "04330": "ME", "21401": "MD", "02201": "MA",
             "48933": "MI", "55102": "MN", "39205": "MS", "65101": "MO", "59623": "MT", "68502": "NE", "89701": "NV",
             "03301": "NH", "08608": "NJ", "87501": "NM", "12207": "NY", "27601": "NC", "58501": "ND", "43215": "OH",
             "73102": "OK", "97301": "OR", "17101": "PA", "02903": "RI", "29217": "SC", "57501": "SD", "37219": "TN",
             "78701": "TX", "84111": "UT", "05602": "VT", "23219": "VA", "98507": "WA", "25301": "WV", "53703": "WI",
             "82001": "WY", "20001": "DC", "00901": "PR", "96910": "GU", "00802": "VI", "88510": "TX"}  # fmt: skip
    assert {code: state_of_zip(code) for code in known} == known
    assert set(known.values()) == set(STATES)
    assert [state_of_zip(code) for code in ("00000", "09012", "34001", "123", "12345678")] == [None] * 5


@pytest.mark.parametrize(
    ("said", "country", "region"),
    [
        ("제주도", "KR", "49"), ("제주까지 배송돼요?", "KR", "49"), ("부산으로 보내면 얼마예요", "KR", "26"), ("서귀포", "KR", "49"),
        ("울릉도", "KR", "47"), ("백령도는요?", "KR", "28"), ("우도", "KR", "49"), ("강남", "KR", "11"), ("해운대구", "KR", "26"),
        ("경기 광주", "KR", "41"), ("광주", "KR", "29"), ("경남 고성", "KR", "48"), ("강원도 고성군", "KR", "42"),
        ("서울 강남구 테헤란로 123, 4층", "KR", "11"), ("busan", "KR", "26"), ("63122", "KR", "49"), ("23104", "KR", "28"),
        ("90210", "US", "CA"), ("Alaska", "US", "AK"), ("how much is shipping to hawaii?", "US", "HI"), ("뉴욕", "US", "NY"),
        ("로스앤젤레스", "US", "CA"), ("Juneau, AK", "US", "AK"), ("123 Main St, Springfield, IL 62704", "US", "IL"),
        ("to Portland please", "US", "OR"), ("미국", "US", ""), ("일본 배송", "JP", ""), ("shipping to Germany", "DE", ""),
        ("도서산간 배송비", "KR", "28"), ("도쿄로도 보내주나요", "JP", ""), ("to London", "GB", ""),
    ],
)  # fmt: skip
def test_places_as_people_say_them(shop, said, country, region):
    place = read_place(said, shop, "ko")
    assert place is not None
    code = place.region or (region_of_postcode(place.postcode) or "" if place.country == "KR" else "")
    assert (place.country, code) == (country, region)


@pytest.mark.parametrize(
    "said",
    ["", "배송비 얼마예요", "how long does it take", "or me in ok", "중구", "고성", "서울역 근처 말고", "12"],
)
def test_no_place_is_made_up(shop, said):
    assert read_place(said, shop, "ko") is None


def test_five_digits_are_the_home_countrys_where_it_has_them(shop, us_shop):
    assert read_place("10001", shop, "ko").country == "KR"
    assert read_place("10001", us_shop, "en").region == "NY"
    assert read_place("06236", us_shop, "ko").region == "CT"
    assert read_place("63122", us_shop, "en").region == "MO"


def test_regions_are_told_in_any_spelling():
    for spelling in ("제주", "제주도", "제주특별자치도", "KR-49", "49", "Jeju"):
        assert place_of(korean(region=spelling)).region == "49"
    for spelling in ("AK", "US-AK", "Alaska", "alaska"):
        assert place_of(american(region=spelling)).region == "AK"


def test_a_shop_without_a_country_in_its_locale(us_shop):
    plain = Shop.model_validate({**us_shop.model_dump(by_alias=True), "locale": "en"})
    assert quote(plain, None, None, MONDAY, "en").zone == "48 states"

"""Customers of another system's export."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangol.customers import api
from dangol.customers.imports import UnknownFormat
from dangol.customers.rules import plain_phone, whole_name
from dangol.kernel.imports import ColumnsMissing, say_refused_file

HEADER = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Address1,"
    "Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,"
    "Default Address Zip,Phone,Total Spent,Tags,Points"
)
GOOD = f"""{HEADER}
'7001,하늘,김,kim@example.com,yes,테헤란로 123,4층,강남구,KR-11,KR,06236,'010-1234-5678,"620,000","vip, 서울","3,200"
'7002,Ann,Lee,ann@example.com,no,,,,,,,,0.00,,
,바다,이,,no,,,,,,,010 9999 0000,,,500
"""


def file(tmp_path, text, name="customers.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


async def take(conn, shop, path, now):
    return await api.import_customers(conn, shop, path, "shopify-csv", now)


async def test_an_export_is_taken_over_and_a_second_run_changes_nothing(conn, shop, clock, tmp_path):
    path = file(tmp_path, GOOD)
    report = await take(conn, shop, path, clock.now())
    assert (report.created, report.refused) == (3, ())
    again = await take(conn, shop, path, clock.now() + timedelta(days=1))
    assert (again.created, again.updated, again.unchanged, again.refused) == (0, 0, 3, ())
    kim = await api.identify(conn, external_id="7001", email=None, name=None, now=clock.now())
    view = await api.customer_view(conn, shop, kim, "ko", clock.now())
    assert (view.name, view.phone, view.points, view.tier) == ("김하늘", "01012345678", 3200, "나무")
    assert view.saved_addresses[0].lines == "(06236) 서울특별시 강남구 테헤란로 123, 4층"
    assert [one.channel for one in await api.consents(conn, f"customer:{kim}")] == ["email"]
    assert await api.points_balance(conn, kim, clock.now() + timedelta(days=400)) == 0  # the shop's 12 months


async def test_a_later_balance_moves_by_the_difference_and_spends_stay_spent(conn, shop, clock, tmp_path):
    await take(conn, shop, file(tmp_path, GOOD), clock.now())
    kim = await api.identify(conn, external_id="7001", email=None, name=None, now=clock.now())
    await api.spend_points(conn, kim, 1000, cause="o1", now=clock.now())
    await take(conn, shop, file(tmp_path, GOOD), clock.now())
    assert await api.points_balance(conn, kim, clock.now()) == 2200
    later = await take(conn, shop, file(tmp_path, GOOD.replace("3,200", "4,000")), clock.now())
    assert (later.updated, later.unchanged) == (1, 2)
    assert await api.points_balance(conn, kim, clock.now()) == 3000


async def test_a_withdrawn_consent_is_not_given_again_by_an_old_file(conn, shop, clock, tmp_path):
    await take(conn, shop, file(tmp_path, GOOD), clock.now())
    kim = await api.identify(conn, external_id="7001", email=None, name=None, now=clock.now())
    await api.withdraw_consent(conn, f"customer:{kim}", purpose="marketing", channel=None, now=clock.now())
    await take(conn, shop, file(tmp_path, GOOD), clock.now())
    assert [one.withdrawn is None for one in await api.consents(conn, f"customer:{kim}")] == [False]


async def test_imported_orders_do_not_count_twice_towards_the_tier(conn, shop, clock, tmp_path):
    await take(conn, shop, file(tmp_path, GOOD), clock.now())
    kim = await api.identify(conn, external_id="7001", email=None, name=None, now=clock.now())
    before, after = clock.now() - timedelta(days=30), clock.now() + timedelta(days=1)
    await api.note_purchase(conn, kim, 400_000, cause="old", bought=before)
    assert (await api.standing(conn, kim, after)).spent == 620_000
    await api.note_purchase(conn, kim, 10_000, cause="new", bought=after)
    assert (await api.standing(conn, kim, after)).spent == 630_000


async def test_bad_rows_are_named_and_the_rest_stands(conn, shop, clock, tmp_path):
    text = (
        "email,first name,phone,points,total spent\n"
        "not-an-address,A,,,\n"
        "ok@example.com,B,,100,\n"
        "OK@example.com,B2,,100,\n"
        ",,,,\n"
        ",C,,,\n"
        "d@example.com,D,12,,\n"
        "e@example.com,E,,-5,\n"
        "f@example.com,F,,ten,\n"
        "g@example.com,G,,,much\n"
        '"h@example.com,H,,,\n'
        "last@example.com,Z,,1000,12.50\n"
        "i@example.com,I,,7.0,\n"
    )
    report = await take(conn, shop, file(tmp_path, text), clock.now())
    assert [(one.row, one.column, one.code) for one in report.refused] == [
        (2, "Email", "not_an_email"),
        (4, "Email", "duplicate"),
        (6, "Email", "missing_value"),
        (7, "Phone", "not_a_phone"),
        (8, "Points", "negative"),
        (9, "Points", "not_an_integer"),
        (10, "Total Spent", "not_an_amount"),
        (11, "", "broken_quotes"),
        (12, "Total Spent", "not_an_amount"),
    ]
    assert report.created == 2
    assert all(api.say_customer_refusal(one, lang) for one in report.refused for lang in ("ko", "en"))


async def test_an_address_of_another_is_not_taken_away(conn, shop, clock, tmp_path):
    await take(conn, shop, file(tmp_path, GOOD), clock.now())
    clash = "Customer ID,Email\n7001,ann@example.com\n"
    report = await take(conn, shop, file(tmp_path, clash), clock.now())
    assert [one.code for one in report.refused] == ["taken"]


async def test_a_swap_of_mails_within_one_file_does_not_bring_it_down(conn, shop, clock, tmp_path):
    await take(conn, shop, file(tmp_path, "Customer ID,Email\n1,a@x.kr\n"), clock.now())
    report = await take(conn, shop, file(tmp_path, "Customer ID,Email\n1,b@x.kr\n2,a@x.kr\n"), clock.now())
    assert report.created + report.updated + len(report.refused) == 2


async def test_an_unknown_format_is_refused_in_words(conn, shop, clock, tmp_path):
    with pytest.raises(UnknownFormat) as no:
        await api.import_customers(conn, shop, file(tmp_path, GOOD), "xml", clock.now())
    assert say_refused_file(no.value, "ko") == "“xml” 형식은 읽을 수 없어요"


async def test_windows_korean_and_missing_columns(conn, shop, clock, tmp_path):
    path = file(tmp_path, "Email,First Name,Last Name\nkim@example.com,하늘,김\n", encoding="cp949")
    assert (await take(conn, shop, path, clock.now())).created == 1
    with pytest.raises(ColumnsMissing):
        await take(conn, shop, file(tmp_path, "이름,나이\n김,3\n"), clock.now())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*(st.sampled_from(["", "1", "2", "a@b.kr", "c@d.kr", "010-1111-2222", "x", "-1", '"'])
                            for _ in range(4))), max_size=8))  # fmt: skip
async def test_no_file_brings_it_down_and_each_row_is_accounted_for(conn, shop, clock, tmp_path, rows):
    text = "Customer ID,Email,Phone,Points\n" + "".join(",".join(row) + "\n" for row in rows)
    first = await take(conn, shop, file(tmp_path, text), clock.now())
    second = await take(conn, shop, file(tmp_path, text), clock.now())
    assert second.created == 0
    if '"' not in text:
        accounted = first.created + first.updated + first.unchanged + len(first.refused)
        assert accounted == sum(any(row) for row in rows)


async def test_a_street_that_repeats_region_and_town_is_written_once(conn, shop, clock, tmp_path):
    header = "Email,Address1,City,Province Code,Country Code,Zip\n"
    rows = (
        "a@b.kr,서울 강남구 테헤란로 111,강남구,KR-11,KR,06133\n"
        "c@d.kr,충북 청주시 상당구 상당로 1,청주시 상당구,KR-43,KR,28542\n"
        "e@f.kr,서울숲길 17,성동구,KR-11,KR,04766\n"
        "g@h.com,12 Main St,Albany,NY,US,12207\n"
    )
    await take(conn, shop, file(tmp_path, header + rows), clock.now())
    lines = []
    for mail in ("a@b.kr", "c@d.kr", "e@f.kr", "g@h.com"):
        who = await api.identify(conn, external_id=None, email=mail, name=None, now=clock.now())
        lines.append((await api.addresses(conn, who))[0].lines)
    assert lines == [
        "(06133) 서울특별시 강남구 테헤란로 111",
        "(28542) 충청북도 청주시 상당구 상당로 1",
        "(04766) 서울특별시 성동구 서울숲길 17",
        "12 Main St, Albany, NY 12207",
    ]
    assert (await take(conn, shop, file(tmp_path, header + rows), clock.now())).unchanged == 4


@pytest.mark.parametrize(
    ("first", "last", "read"),
    [("하늘", "김", "김하늘"), ("Ann", "Lee", "Ann Lee"), ("", "김하늘", "김하늘"), ("", "", "")],
)
def test_names_as_they_are_read(first, last, read):
    assert whole_name(first, last) == read


@pytest.mark.parametrize(
    ("written", "plain"),
    [("010-1234-5678", "01012345678"), ("+82 10 1234 5678", "+821012345678"), ("(212) 555-0100", "2125550100"),
     ("call me", None), ("123", None), ("+82 010-1234-5678", "+821012345678")],
)  # fmt: skip
def test_phones(written, plain):
    assert plain_phone(written) == plain

"""Parcel carriers: their names, how their numbers look, where a parcel can be followed; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Carrier:
    """A carrier; `number` is the pattern of its tracking numbers, `url` where `{no}` can be followed."""

    code: str
    name: dict[str, str]
    spellings: tuple[str, ...]
    number: str
    url: str


CARRIERS: tuple[Carrier, ...] = (
    Carrier(
        "kr.cjlogistics",
        {"ko": "CJ대한통운", "en": "CJ Logistics"},
        ("cj대한통운", "대한통운", "씨제이대한통운", "cj택배", "cjlogistics", "cjgls", "cj"),
        r"\d{10}|\d{12}",
        "https://trace.cjlogistics.com/next/tracking.html?wblNo={no}",
    ),
    Carrier(
        "kr.epost",
        {"ko": "우체국택배", "en": "Korea Post"},
        ("우체국택배", "우체국", "우편", "koreapost", "epost"),
        r"\d{13}|[A-Z]{2}\d{9}KR",
        "https://service.epost.go.kr/trace.RetrieveDomRigiTraceList.comm?sid1={no}",
    ),
    Carrier(
        "kr.hanjin",
        {"ko": "한진택배", "en": "Hanjin"},
        ("한진택배", "한진", "hanjin"),
        r"\d{10}|\d{12}|\d{14}",
        "https://www.hanjin.com/kor/CMS/DeliveryMgr/WaybillResult.do?mCode=MN038&schLang=KR&wblnumText2={no}",
    ),
    Carrier(
        "kr.lotte",
        {"ko": "롯데택배", "en": "Lotte"},
        ("롯데택배", "롯데글로벌로지스", "롯데", "lotte", "lottelogistics"),
        r"\d{12}",
        "https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo={no}",
    ),
    Carrier(
        "kr.logen",
        {"ko": "로젠택배", "en": "Logen"},
        ("로젠택배", "로젠", "logen"),
        r"\d{11}",
        "https://www.ilogen.com/web/personal/trace/{no}",
    ),
    Carrier(
        "us.ups",
        {"ko": "UPS", "en": "UPS"},
        ("ups", "유피에스"),
        r"1Z[0-9A-Z]{16}",
        "https://www.ups.com/track?tracknum={no}",
    ),
    Carrier(
        "us.usps",
        {"ko": "USPS", "en": "USPS"},
        ("usps", "uspostalservice", "unitedstatespostalservice"),
        r"(9[1-5]\d{20})|(\d{20})|([A-Z]{2}\d{9}US)",
        "https://tools.usps.com/go/TrackConfirmAction?tLabels={no}",
    ),
    Carrier(
        "us.fedex",
        {"ko": "FedEx", "en": "FedEx"},
        ("fedex", "페덱스"),
        r"\d{12}|\d{15}|96\d{20}",
        "https://www.fedex.com/fedextrack/?trknbr={no}",
    ),
    Carrier(
        "de.dhl",
        {"ko": "DHL", "en": "DHL"},
        ("dhl", "디에이치엘", "dhlexpress"),
        r"\d{10}|JD\d{18}",
        "https://www.dhl.com/en/express/tracking.html?AWB={no}",
    ),
)
_BY_CODE = {carrier.code: carrier for carrier in CARRIERS}
_BY_SPELLING = {spelling: carrier for carrier in CARRIERS for spelling in (*carrier.spellings, carrier.code)}


def plain_number(number: str) -> str:
    """A tracking number without the spaces and hyphens people group it by, letters in capitals."""
    return re.sub(r"[\s\-]", "", number).upper()


def find_carrier(name: str) -> Carrier | None:
    """The carrier of a name as people write it; None when it is none of those known."""
    return _BY_SPELLING.get(re.sub(r"[\s_\-/()]", "", name).lower()) or _BY_CODE.get(name)


def carriers_of(number: str) -> tuple[Carrier, ...]:
    """Every carrier whose numbers look like this one."""
    plain = plain_number(number)
    return tuple(carrier for carrier in CARRIERS if re.fullmatch(carrier.number, plain))


def number_fits(carrier: Carrier, number: str) -> bool:
    """Does a tracking number look like one of this carrier's?"""
    return re.fullmatch(carrier.number, plain_number(number)) is not None


def carrier_name(code: str, language: str) -> str:
    """What a carrier is called; a carrier that is not known keeps the name it was given."""
    carrier = _BY_CODE.get(code)
    return carrier.name.get(language, carrier.name["en"]) if carrier else code


def tracking_url(code: str, number: str) -> str | None:
    """Where a parcel can be followed; None for a carrier that is not known."""
    carrier = _BY_CODE.get(code)
    return carrier.url.format(no=plain_number(number)) if carrier else None

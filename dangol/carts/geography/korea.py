"""Korea's regions, municipalities, islands and what a five-digit postcode says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dangol.customers.api import KOREAN_REGIONS


@dataclass(frozen=True)
class Region:
    """A first-level division: ISO 3166-2 code without `KR-`, English name, other ways to write it."""

    code: str
    english: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """The full name as it stands in an address."""
        return KOREAN_REGIONS[self.code]


_REGIONS = (
    Region("11", "Seoul", ("서울시", "서울", "seoul")),
    Region("26", "Busan", ("부산시", "부산직할시", "부산", "busan", "pusan")),
    Region("27", "Daegu", ("대구시", "대구", "daegu", "taegu")),
    Region("28", "Incheon", ("인천시", "인천", "incheon", "inchon")),
    Region("29", "Gwangju", ("광주", "gwangju", "kwangju")),
    Region("30", "Daejeon", ("대전시", "대전", "daejeon", "taejon")),
    Region("31", "Ulsan", ("울산시", "울산", "ulsan")),
    Region("50", "Sejong", ("세종시", "세종", "sejong")),
    Region("41", "Gyeonggi-do", ("경기", "gyeonggi-do", "gyeonggi", "kyonggi-do")),
    Region("42", "Gangwon-do", ("강원도", "강원", "gangwon-do", "gangwon", "kangwon-do")),
    Region("43", "Chungcheongbuk-do", ("충북", "chungcheongbuk-do", "chungbuk")),
    Region("44", "Chungcheongnam-do", ("충남", "chungcheongnam-do", "chungnam")),
    Region("45", "Jeonbuk", ("전라북도", "전북도", "전북", "jeollabuk-do", "jeonbuk")),
    Region("46", "Jeollanam-do", ("전남", "jeollanam-do", "jeonnam")),
    Region("47", "Gyeongsangbuk-do", ("경북", "gyeongsangbuk-do", "gyeongbuk")),
    Region("48", "Gyeongsangnam-do", ("경남", "gyeongsangnam-do", "gyeongnam")),
    Region("49", "Jeju", ("제주도", "제주", "jeju-do", "jeju island", "jeju", "cheju")),
)
REGIONS: Mapping[str, Region] = {region.code: region for region in _REGIONS}
REGION_WORDS: Mapping[str, str] = {word: r.code for r in _REGIONS for word in (r.name, *r.words)}

# first two digits of a postcode, up to and including
_POSTCODES = (
    ("09", "11"), ("20", "41"), ("23", "28"), ("26", "42"), ("29", "43"), ("30", "50"), ("33", "44"), ("35", "30"),
    ("40", "47"), ("43", "27"), ("45", "31"), ("49", "26"), ("53", "48"), ("56", "45"), ("60", "46"), ("62", "29"),
    ("63", "49"),
)  # fmt: skip

_MUNICIPALITIES = {
    "11": """종로구 중구 용산구 성동구 광진구 동대문구 중랑구 성북구 강북구 도봉구 노원구 은평구 서대문구 마포구 양천구
             강서구 구로구 금천구 영등포구 동작구 관악구 서초구 강남구 송파구 강동구""",
    "26": """중구 서구 동구 영도구 부산진구 동래구 남구 북구 해운대구 사하구 금정구 강서구 연제구 수영구 사상구 기장군""",
    "27": "중구 동구 서구 남구 북구 수성구 달서구 달성군 군위군",
    "28": "중구 동구 제물포구 영종구 미추홀구 연수구 남동구 부평구 계양구 서구 서해구 검단구 강화군 옹진군",
    "29": "동구 서구 남구 북구 광산구",
    "30": "동구 중구 서구 유성구 대덕구",
    "31": "중구 남구 동구 북구 울주군",
    "50": "",
    "41": """수원시 성남시 의정부시 안양시 부천시 광명시 평택시 동두천시 안산시 고양시 과천시 구리시 남양주시 오산시 시흥시
             군포시 의왕시 하남시 용인시 파주시 이천시 안성시 김포시 화성시 광주시 양주시 포천시 여주시
             연천군 가평군 양평군""",
    "42": """춘천시 원주시 강릉시 동해시 태백시 속초시 삼척시 홍천군 횡성군 영월군 평창군 정선군 철원군 화천군 양구군
             인제군 고성군 양양군""",
    "43": "청주시 충주시 제천시 보은군 옥천군 영동군 증평군 진천군 괴산군 음성군 단양군",
    "44": """천안시 공주시 보령시 아산시 서산시 논산시 계룡시 당진시 금산군 부여군 서천군 청양군 홍성군 예산군 태안군""",
    "45": """전주시 군산시 익산시 정읍시 남원시 김제시 완주군 진안군 무주군 장수군 임실군 순창군 고창군 부안군""",
    "46": """목포시 여수시 순천시 나주시 광양시 담양군 곡성군 구례군 고흥군 보성군 화순군 장흥군 강진군 해남군 영암군
             무안군 함평군 영광군 장성군 완도군 진도군 신안군""",
    "47": """포항시 경주시 김천시 안동시 구미시 영주시 영천시 상주시 문경시 경산시 의성군 청송군 영양군 영덕군 청도군
             고령군 성주군 칠곡군 예천군 봉화군 울진군 울릉군""",
    "48": """창원시 진주시 통영시 사천시 김해시 밀양시 거제시 양산시 의령군 함안군 창녕군 고성군 남해군 하동군 산청군
             함양군 거창군 합천군""",
    "49": "제주시 서귀포시",
}
MUNICIPALITIES: Mapping[str, frozenset[str]] = {
    code: frozenset(names.split()) for code, names in _MUNICIPALITIES.items()
}
"""Names of a region's cities, counties and districts."""

DISTRICTS: Mapping[str, frozenset[str]] = {
    "수원시": frozenset(("장안구", "권선구", "팔달구", "영통구")),
    "성남시": frozenset(("수정구", "중원구", "분당구")),
    "안양시": frozenset(("만안구", "동안구")),
    "부천시": frozenset(("원미구", "소사구", "오정구")),
    "안산시": frozenset(("상록구", "단원구")),
    "고양시": frozenset(("덕양구", "일산동구", "일산서구")),
    "용인시": frozenset(("처인구", "기흥구", "수지구")),
    "화성시": frozenset(("만세구", "효행구", "병점구", "동탄구")),
    "청주시": frozenset(("상당구", "서원구", "흥덕구", "청원구")),
    "천안시": frozenset(("동남구", "서북구")),
    "전주시": frozenset(("완산구", "덕진구")),
    "포항시": frozenset(("남구", "북구")),
    "창원시": frozenset(("의창구", "성산구", "마산합포구", "마산회원구", "진해구")),
}
"""Districts of cities that are no municipality of their own."""

# an island or far place → a postcode of it
ISLANDS: Mapping[str, str] = {
    "울릉도": "40205", "독도": "40240", "백령도": "23100", "대청도": "23104", "소청도": "23104", "연평도": "23108",
    "덕적도": "23111", "자월도": "23113", "교동도": "23008", "석모도": "23009", "볼음도": "23010", "추자도": "63000",
    "우도": "63365", "마라도": "63515", "가파도": "63515", "비양도": "63010", "흑산도": "58864", "홍도": "58866",
    "비금도": "58847", "도초도": "58850", "하의도": "58855", "가거도": "58866", "거문도": "59788", "초도": "59784",
    "조도": "58956", "관매도": "58957", "청산도": "59137", "노화도": "59146", "보길도": "59166", "소안도": "59150",
    "금일도": "59102", "욕지도": "53089", "사량도": "53031", "한산도": "53095", "매물도": "53104", "위도": "56347",
    "가덕도": "46769", "울릉군": "40205", "옹진군": "23100",
    "ulleungdo": "40205", "ulleung island": "40205", "baengnyeongdo": "23100", "udo": "63365",
}  # fmt: skip


def region_of_postcode(postcode: str) -> str | None:
    """The region's code of a five-digit postcode; None when Korea has no such postcode."""
    if len(postcode) != 5 or not postcode.isdecimal() or postcode < "01000":
        return None
    return next((code for last, code in _POSTCODES if postcode[:2] <= last), None)


def regions_with(name: str) -> tuple[str, ...]:
    """Codes of the regions in which a city, county or district of this name lies; several for 중구 or 고성군."""
    found = [code for code, names in MUNICIPALITIES.items() if name in names]
    found += [_region_of_city(city) for city in _cities_with(name)]
    return tuple(dict.fromkeys(found))


def city_with(district: str) -> str | None:
    """The city a district such as 분당구 belongs to, where only one has it and it is no district of its own."""
    cities = _cities_with(district)
    own = any(district in names for names in MUNICIPALITIES.values())
    return cities[0] if len(cities) == 1 and not own else None


def _cities_with(district: str) -> list[str]:
    return [city for city, names in DISTRICTS.items() if district in names]


def _region_of_city(city: str) -> str:
    return next(code for code, names in MUNICIPALITIES.items() if city in names)

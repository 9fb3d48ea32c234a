"""Countries as shoppers name them, in Korean and English."""

from __future__ import annotations

from collections.abc import Mapping

from dangol.kernel.shop import Shop

_NAMES = """
KR 한국/대한민국/국내/korea/south korea/republic of korea · US 미국/미합중국/usa/u.s.a./united states/america/the states
JP 일본/japan · CN 중국/china · TW 대만/타이완/taiwan · HK 홍콩/hong kong · SG 싱가포르/singapore · CA 캐나다/canada
AU 호주/오스트레일리아/australia · NZ 뉴질랜드/new zealand · GB 영국/uk/u.k./united kingdom/england/great britain/britain
DE 독일/germany · FR 프랑스/france · IT 이탈리아/italy · ES 스페인/spain · NL 네덜란드/netherlands · BE 벨기에/belgium
CH 스위스/switzerland · AT 오스트리아/austria · SE 스웨덴/sweden · NO 노르웨이/norway · DK 덴마크/denmark
FI 핀란드/finland · IE 아일랜드/ireland · PT 포르투갈/portugal · PL 폴란드/poland · CZ 체코/czechia/czech republic
VN 베트남/vietnam · TH 태국/thailand · PH 필리핀/philippines · MY 말레이시아/malaysia · ID 인도네시아/indonesia
IN 인도/india · MX 멕시코/mexico · BR 브라질/brazil · AR 아르헨티나/argentina · RU 러시아/russia · TR 튀르키예/터키/turkey
AE 아랍에미리트/두바이/uae/dubai/united arab emirates · SA 사우디/saudi arabia · IL 이스라엘/israel · ZA 남아공/south africa
MN 몽골/mongolia · KZ 카자흐스탄/kazakhstan · UA 우크라이나/ukraine · GR 그리스/greece · HU 헝가리/hungary · MO 마카오/macau
"""
_LINES = [one.strip() for line in _NAMES.strip().splitlines() for one in line.split("·")]
COUNTRY_WORDS: Mapping[str, str] = {word: line[:2] for line in _LINES for word in line[3:].split("/")}
"""Names in lower case → ISO 3166-1 code."""

COUNTRIES: Mapping[str, tuple[str, str]] = {
    line[:2]: (line[3:].split("/")[0], next(w for w in line[3:].split("/") if w.isascii()).title())
    for line in _LINES
} | {
    "US": ("미국", "United States"),
    "GB": ("영국", "United Kingdom"),
    "AE": ("아랍에미리트", "United Arab Emirates"),
}
"""ISO 3166-1 code → names in Korean and English."""


_CITIES = """
JP 도쿄/오사카/교토/후쿠오카/삿포로/나고야/오키나와/tokyo/osaka/kyoto/fukuoka/sapporo/okinawa
CN 베이징/북경/상하이/상해/칭다오/beijing/shanghai/shenzhen/guangzhou
TW 타이베이/taipei
GB 런던/london/manchester/edinburgh
FR 파리/paris/lyon
DE 베를린/뮌헨/프랑크푸르트/berlin/munich/frankfurt/hamburg
IT 밀라노/rome/milan
ES 마드리드/바르셀로나/madrid/barcelona
CA 토론토/밴쿠버/몬트리올/toronto/vancouver/montreal/calgary
AU 시드니/멜버른/브리즈번/sydney/melbourne/brisbane
NZ 오클랜드/auckland
VN 하노이/호치민/다낭/hanoi/ho chi minh/da nang
TH 방콕/bangkok
PH 마닐라/manila/cebu
MY 쿠알라룸푸르/kuala lumpur
ID 자카르타/jakarta/bali
IN 뭄바이/mumbai/delhi/bangalore
NL 암스테르담/amsterdam
CH 취리히/zurich/geneva
AT 비엔나/vienna
RU 모스크바/moscow
TR 이스탄불/istanbul
MX 멕시코시티/mexico city
BR 상파울루/sao paulo
"""
CITIES_ABROAD: Mapping[str, str] = {
    word: line[:2] for line in _CITIES.strip().splitlines() for word in line[3:].split("/")
}
"""Well-known cities elsewhere, in lower case → ISO 3166-1 code."""


def home_country(shop: Shop) -> str:
    """The country a shop sends from: that of its locale, else the only one it ships to, else by its language."""
    if "-" in shop.locale:
        return shop.locale[3:5]
    shipped = {area[:2] for zone in shop.shipping.zones for area in zone.where if area != "*"}
    if len(shipped) == 1:
        return shipped.pop()
    return "KR" if shop.language == "ko" else "US"

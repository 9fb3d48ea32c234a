"""The states of the United States and what a ZIP code says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

# abbreviation, name, name in Korean
_STATES = """
AL Alabama/앨라배마 AK Alaska/알래스카 AZ Arizona/애리조나 AR Arkansas/아칸소 CA California/캘리포니아 CO Colorado/콜로라도
CT Connecticut/코네티컷 DE Delaware/델라웨어 FL Florida/플로리다 GA Georgia/조지아 HI Hawaii/하와이 ID Idaho/아이다호
IL Illinois/일리노이 IN Indiana/인디애나 IA Iowa/아이오와 KS Kansas/캔자스 KY Kentucky/켄터키 LA Louisiana/루이지애나
ME Maine/메인 MD Maryland/메릴랜드 MA Massachusetts/매사추세츠 MI Michigan/미시간 MN Minnesota/미네소타
MS Mississippi/미시시피 MO Missouri/미주리 MT Montana/몬태나 NE Nebraska/네브래스카 NV Nevada/네바다
NH New_Hampshire/뉴햄프셔 NJ New_Jersey/뉴저지 NM New_Mexico/뉴멕시코 NY New_York/뉴욕 NC North_Carolina/노스캐롤라이나
ND North_Dakota/노스다코타 OH Ohio/오하이오 OK Oklahoma/오클라호마 OR Oregon/오리건 PA Pennsylvania/펜실베이니아
RI Rhode_Island/로드아일랜드 SC South_Carolina/사우스캐롤라이나 SD South_Dakota/사우스다코타 TN Tennessee/테네시
TX Texas/텍사스 UT Utah/유타 VT Vermont/버몬트 VA Virginia/버지니아 WA Washington/워싱턴 WV West_Virginia/웨스트버지니아
WI Wisconsin/위스콘신 WY Wyoming/와이오밍 DC District_of_Columbia/워싱턴디씨 PR Puerto_Rico/푸에르토리코 GU Guam/괌
VI U.S._Virgin_Islands/버진아일랜드
"""
_NAMED = [
    (code, *names.replace("_", " ").split("/")) for code, names in re.findall(r"\b([A-Z]{2}) (\S+)", _STATES)
]
STATES: Mapping[str, str] = {code: english for code, english, _ in _NAMED}
"""Abbreviation → name."""

STATE_WORDS: Mapping[str, str] = {
    **{english.lower(): code for code, english, _ in _NAMED},
    **{korean: code for code, _, korean in _NAMED},
    "washington dc": "DC", "washington d.c.": "DC", "d.c.": "DC", "calif": "CA", "calif.": "CA", "mass.": "MA",
    "penn.": "PA", "tex.": "TX", "fla.": "FL", "워싱턴 dc": "DC", "오레곤": "OR", "펜실바니아": "PA", "미네소타주": "MN",
}  # fmt: skip
"""Names as people write them, in lower case → abbreviation."""

CITIES: Mapping[str, str] = {
    "new york city": "NY", "nyc": "NY", "manhattan": "NY", "brooklyn": "NY", "맨해튼": "NY", "브루클린": "NY",
    "los angeles": "CA", "로스앤젤레스": "CA", "엘에이": "CA", "san francisco": "CA", "샌프란시스코": "CA",
    "san diego": "CA", "샌디에이고": "CA", "san jose": "CA", "산호세": "CA", "sacramento": "CA", "chicago": "IL",
    "시카고": "IL", "houston": "TX", "휴스턴": "TX", "dallas": "TX", "댈러스": "TX", "austin": "TX", "오스틴": "TX",
    "san antonio": "TX", "phoenix": "AZ", "피닉스": "AZ", "philadelphia": "PA", "필라델피아": "PA", "pittsburgh": "PA",
    "boston": "MA", "보스턴": "MA", "seattle": "WA", "시애틀": "WA", "portland": "OR", "포틀랜드": "OR", "denver": "CO",
    "덴버": "CO", "miami": "FL", "마이애미": "FL", "orlando": "FL", "올랜도": "FL", "tampa": "FL", "atlanta": "GA",
    "애틀랜타": "GA", "las vegas": "NV", "라스베이거스": "NV", "detroit": "MI", "디트로이트": "MI", "minneapolis": "MN",
    "nashville": "TN", "내슈빌": "TN", "new orleans": "LA", "뉴올리언스": "LA", "salt lake city": "UT",
    "baltimore": "MD", "charlotte": "NC", "anchorage": "AK", "앵커리지": "AK", "fairbanks": "AK", "juneau": "AK",
    "honolulu": "HI", "호놀룰루": "HI", "maui": "HI", "마우이": "HI", "hilo": "HI",
}  # fmt: skip
"""Well-known cities as one writes them alone → state."""

# first three digits of a ZIP code, up to and including → state; "-" where none is
_ZIPS = """
004 - 005 NY 007 PR 008 VI 009 PR 027 MA 029 RI 038 NH 049 ME 054 VT 055 MA 059 VT 069 CT 089 NJ 099 - 149 NY 196 PA
199 DE 200 DC 201 VA 205 DC 219 MD 246 VA 268 WV 269 - 289 NC 299 SC 319 GA 339 FL 340 - 349 FL 369 AL 385 TN 397 MS
399 GA 427 KY 429 - 459 OH 479 IN 499 MI 528 IA 529 - 549 WI 567 MN 568 - 569 DC 577 SD 579 - 588 ND 589 - 599 MT
629 IL 658 MO 659 - 679 KS 693 NE 699 - 714 LA 715 - 729 AR 732 OK 733 TX 749 OK 799 TX 816 CO 819 - 831 WY 838 ID
839 - 847 UT 849 - 865 AZ 869 - 884 NM 885 TX 888 - 898 NV 899 - 961 CA 966 - 968 HI 969 GU 979 OR 994 WA 999 AK
"""
_BY_ZIP = [(last, state) for last, state in re.findall(r"(\d{3}) (\S+)", _ZIPS)]


def state_of_zip(zip_code: str) -> str | None:
    """The state of a ZIP code (five digits, or nine with a hyphen); None when no place has it."""
    if not re.fullmatch(r"\d{5}(-?\d{4})?", zip_code):
        return None
    state = next((state for last, state in _BY_ZIP if zip_code[:3] <= last), "-")
    return None if state == "-" else state

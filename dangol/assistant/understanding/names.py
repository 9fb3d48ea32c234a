"""Could these few syllables be somebody's name? Asked for a name, people also answer "교환되나요" and "몰라요"."""

import re

from dangol.assistant.understanding.spelling import is_ordinary

_SURNAMES = (
    "남궁|황보|제갈|선우|독고|사공|서문|동방|[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민진류나지엄채원천방공현"
    "함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예봉경사부]"
)
_NAME = re.compile(rf"(?:{_SURNAMES})[가-힣]{{1,3}}")
_ENDING = re.compile(r"(?:요|죠|까|줘|데|돼|됨|냐|면|게|니다|일주일|번호|주소)$")


def could_be_korean_name(text: str) -> bool:
    """Whether a word of two to five Korean letters is a surname with a given name, and no everyday word or sentence."""
    return bool(_NAME.fullmatch(text)) and not _ENDING.search(text) and not is_ordinary(text)

"""한국어. 해요체로 쓰고, 가게가 합쇼체를 고르면 어미만 바뀐다. `{title:은}`은 앞말에 맞는 조사를 고른다."""

from dangol.assistant.speak.locales.ko import (
    account,
    aftersale,
    buttons,
    buying,
    deciding,
    finding,
    guiding,
    handing,
    meaning,
    meeting,
    modelling,
    ordering,
    outreach,
    policies,
    returning,
    voice,
)
from dangol.assistant.speak.locales.together import together

TEXTS = together(
    meeting.TEXTS,
    meaning.TEXTS,
    modelling.TEXTS,
    handing.TEXTS,
    finding.TEXTS,
    guiding.TEXTS,
    deciding.TEXTS,
    buying.TEXTS,
    ordering.TEXTS,
    policies.TEXTS,
    aftersale.TEXTS,
    account.TEXTS,
    returning.TEXTS,
    outreach.TEXTS,
    voice.TEXTS,
    buttons.TEXTS,
)

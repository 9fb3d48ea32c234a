"""한국어. 해요체로 쓰고, 가게가 합쇼체를 고르면 어미만 바뀐다. `{title:은}`은 앞말에 맞는 조사를 고른다."""

from dangol.assistant.speak.locales.ko import (
    account,
    aftersale,
    buttons,
    buying,
    deciding,
    finding,
    handing,
    meaning,
    meeting,
    modelling,
    ordering,
    policies,
    returning,
)
from dangol.assistant.speak.locales.together import together

TEXTS = together(
    meeting.TEXTS,
    meaning.TEXTS,
    modelling.TEXTS,
    handing.TEXTS,
    finding.TEXTS,
    deciding.TEXTS,
    buying.TEXTS,
    ordering.TEXTS,
    policies.TEXTS,
    aftersale.TEXTS,
    account.TEXTS,
    returning.TEXTS,
    buttons.TEXTS,
)

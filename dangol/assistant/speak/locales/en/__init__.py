"""English. Short sentences, the next step at the end; `{count:item|items}` takes the number's form."""

from dangol.assistant.speak.locales.en import (
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

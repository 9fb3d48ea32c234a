"""English. Short sentences, the next step at the end; `{count:item|items}` takes the number's form."""

from dangol.assistant.speak.locales.en import (
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

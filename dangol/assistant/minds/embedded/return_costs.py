"""What sending goods back costs and who bears it, where that is what is asked: of a return, an exchange, of goods at fault.

Read by words, so that an answer about fees is not one about days because both speak of returns.
"""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from typing import Literal

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Steps, ask
from dangol.contracts.shopfloor.policies import AskPolicy, Passage, PolicyAnswer

_COST = re.compile(
    r"(?i)택배비|배송비|배송료|운송비|반품비|교환비|반송비|수거비|회수비|비용|요금|수수료|무료|공짜|부담|추가금|돈\s?(?:을\s?)?(?:내|들|드)|(?:얼마|몇\s?천?\s?원).{0,6}(?:예|에|인|이|들|드|내|\?|$)"
    r"|\bpostage\b|\bfees?\b|\bfree\b|\bcharged?\b|\bcosts?\b|\bcover(?:s|ed)?\b|\bpays?\b|\bsurcharge\b|\b(?:shipping|delivery|postage) (?:cost|charge)"
)
_BACK = re.compile(
    r"(?i)반품|반송|회수|수거|가지러\s?오|돌려\s?보내|환불|\breturn(?:s|ing|ed)?\b|\bsend(?:ing)? (?:it|them|this|that|something|stuff|things?|an? \w+) back\b|\brestocking\b|\bship(?:ping)? (?:it|them) back\b"
)
_SWAP = re.compile(r"(?i)교환|바꾸(?:면|려|는)|바꿀\s?때|\b(?:exchang\w*|swap\w*)\b")
_FAULT = re.compile(
    r"(?i)불량|하자|파손|고장|깨져|깨진|망가|오배송|잘못\s?(?:온|보낸|왔|보내|배송)|다른\s?(?:게|거|상품|물건)\S?\s?(?:왔|온|오면)|\b(?:defect\w*|fault\w*|broken|damaged|wrong (?:item|thing|one|size|product|colou?r)|your (?:fault|mistake))\b"
)
_AMOUNT = re.compile(r"\d|무료|\bfree\b")
# what was paid for the way there, or for the goods: money that comes back is another question
_MONEY_BACK = re.compile(
    r"(?i)(?:배송비|택배비|비용)\S{0,2}\s?(?:도|는|까지)?\s?(?:다\s?)?(?:돌려|환불)|언제|며칠|몇\s?일|\bwhen\b|\bhow (?:long|many days)\b|\b(?:get|refund\w*|return)\b.{0,24}\b(?:shipping|delivery|postage)\b.{0,16}\b(?:back|too|also|as well)\b|\brefund (?:the |my )?(?:original )?(?:shipping|delivery|postage)"
)
# other costs that stand beside a return: delivery that was free, customs, points
_OTHER_COST = re.compile(
    r"(?i)무료\s?배송|관세|통관|적립금|포인트|쿠폰|\bfree (?:shipping|delivery)\b(?! (?:for|on) (?:returns?|exchanges?))|\bcustoms\b|\bdut(?:y|ies)\b|\bpoints?\b|\bcoupons?\b"
)
_ACTS = re.compile(
    r"(?i)해\s?(?:주세요|줘)|할게요|신청(?:할|해)|\bi(?:'d| would) like to\b|\bplease\b.{0,12}\b(?:return|exchange|refund)"
)

Asked = Literal["return", "exchange", "fault"]
_PLAINLY: dict[Asked, dict[str, str]] = {
    "return": {
        "ko": "마음이 바뀌어 반품하면 배송비는 얼마이고 불량이면 누가 내나요",
        "en": "what delivery is deducted for a change of mind, and who pays if it is faulty",
    },
    "exchange": {
        "ko": "다른 사이즈로 교환하면 왕복 배송비는 얼마이고 불량이면 누가 내나요",
        "en": "what does an exchange cost, and who pays for delivery if it was faulty",
    },
    "fault": {
        "ko": "불량이거나 다른 상품이 오면 배송비는 누가 내나요",
        "en": "who pays for delivery if it is faulty or the wrong item",
    },
}
"""Both sides at once: who bears it depends on whose doing it is, and what tells both is the whole answer."""


def asked(text: str) -> Asked | None:
    """Whose cost of sending back is asked for; None where it is not."""
    others = (_MONEY_BACK, _OTHER_COST, _ACTS)
    if not _COST.search(text) or any(pattern.search(text) for pattern in others):
        return None
    if _FAULT.search(text):
        return "fault"
    if _SWAP.search(text):
        return "exchange"
    return "return" if _BACK.search(text) else None


def wanted(desk: Desk) -> Desk | None:
    """ "신발 교환하려면 택배비 내야 돼?": the rule is asked for, in general; of an order talked about it is that one's."""
    memory = desk.memory
    if memory.task or memory.last_order is not None or memory.pending is not None or desk.values("order_id"):
        return None
    return desk.with_intent("ask_return_policy") if asked(desk.text) else None


def first(desk: Desk, found: PolicyAnswer, topics: tuple[str, ...]) -> Steps[PolicyAnswer]:
    """The article on what is asked, before what else speaks of the words that were used."""
    kind = asked(desk.text)
    if kind is None or found.conflict:
        return found
    question = _PLAINLY[kind]["ko" if desk.language == "ko" else "en"]
    plain = yield from ask("ask_policy", AskPolicy(question=question, topics=topics), PolicyAnswer)
    if not plain.passages or plain.conflict:
        return found
    best = plain.passages[0]
    close = [
        each for each in plain.passages if each.language == best.language and each.score >= best.score * 0.75
    ]
    named = next((each for each in close if _FAULT.search(each.text) and _AMOUNT.search(each.text)), best)
    if not (_AMOUNT.search(named.text) or _FAULT.search(named.text)):
        return found  # the shop has not written what it costs
    of_place = [each for each in found.passages if _of_place(each, desk.text)]
    return plain.model_copy(
        update={"passages": (named, *(each for each in of_place if each.text != named.text))}
    )


_PLACE = re.compile(r"(?i)제주|도서\s?산간|섬|울릉|\b(?:jeju|islands?|alaska|hawaii|remote)\b")


def _of_place(passage: Passage, text: str) -> bool:
    """Whether a passage speaks of the far place the question names."""
    return _PLACE.search(text) is not None and _PLACE.search(passage.text) is not None

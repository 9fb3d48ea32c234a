"""Does a message ask something of the goods on the desk, or look for goods?"""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

from dangol.assistant.minds.embedded.desk import Desk

_ASKS_OF_IT = re.compile(
    r"(?i)\b(?:is|are|does|do|can|will|would|has|have)\s(?:it|they|this|that|these|those|them|the (?:first|second|third|last|other)\b)"
    r"|(?:나요?|까요?|가요|는지요?|니|냐|어요?|아요?|여요?|[예에]요?|돼요?|되요?|죠|지요|어떻게|얼마나|언제)\s*\?*\s*$"
)
_SEEKS = re.compile(
    r"(?i)[있잇]어|[있잇]나|있을까|있는지|있니|있음|있어요|없어|없나|추천|찾|보여|다른|더\s|골라|말고|구해|파나|파는|(?<!반)(?<!긴)팔[아고]|파시|판매|취급|사고|살\s?만|뭐가\s?좋|괜찮은"
    r"|\b(?:show|find|looking for|recommend|suggest|any|other|another|else|do you (?:have|sell|carry)|have you got|got|sell|carry|stock)\b"
)


# what may stand around a product's name when nothing is asked but to see it
_TO_SEE = re.compile(
    r"(?i)(?:\s|[?!.~,]|보여\S*|볼\S*|보고\s?싶\S*|봐\S*|찾\S*|검색\S*|궁금\S*|알려\S*|주세요|줘요?|좀|혹시|상품|제품|을|를|이|가|은|는|도|요|어때\S*"
    r"|\b(?:show|me|let|see|looking|look|at|for|find|the|an?|please|pls|plz|thanks|thx|i|i'm|want|to|need|can|got|hi|hello|about|tell|more|search|open|view|your)\b)*"
)


_QUESTION = re.compile(
    r"(?i)^\W*(?:(?:ok(?:ay)?|hi|hey|so|and|but|well|hmm),? )*(?:is|are|does|do|can|could|will|would|has|have|how|what|when|where|which|who|why)\b|[?？]\s*$"
)


def is_question(text: str) -> bool:
    """Whether a message is put as a question, of whatever it may be."""
    return asks(text) or _QUESTION.search(text) is not None


_PLAINLY_ASKS = re.compile(
    r"(?i)[?？]|(?:나요|까요|가요|는지요?|을까|될까|ㄹ까|냐|하나|되나|돼나|인가)\W*$|얼마|언제|어떻게|어디|왜\s|누가|몇\s?[개일명시]"
)


def plainly_asks(text: str) -> bool:
    """Whether a message can be nothing but a question: "안 와요" may tell as well as ask."""
    return _PLAINLY_ASKS.search(text) is not None or _QUESTION.search(text) is not None


def asks(text: str) -> bool:
    """Whether a message asks something, of a thing that it may or may not name."""
    return _ASKS_OF_IT.search(text) is not None


def asks_beside_names(desk: Desk) -> bool:
    """Whether a message asks something beside the goods it names: "청바지요" asks nothing."""
    rest = desk.text
    for each in desk.entities:
        if each.type in ("category", "product") and each.text:
            rest = rest.replace(each.text, "그거", 1)
    return asks(rest)


def seeks(text: str) -> bool:
    """Whether a message looks for goods or for others than those on the desk."""
    return _SEEKS.search(text) is not None


def only_to_see(text: str) -> bool:
    """Whether the words beside a product's name ask for no more than to see it ("보여줘", "I'm looking for the")."""
    return _TO_SEE.fullmatch(text) is not None


# "버터 들어가요?", "받침대 포함?": what is in the product at hand or comes with it, and no goods of that kind
_CONTAINS = re.compile(
    r"(?i)들어\s?(?:가|갔|있|간)|들었|함유|포함|동봉|별도|딸려|따로\s?(?:사|구매|구입)|넣(?:었|나|어)|안\s?(?:들|넣)"
    r"|\b(?:contains?|any \w+ in (?:it|this|that)|made with|is there \w+ in|comes? (?:with|w)|included?|includes|sold separately)\b"
)


def asks_of_contents(text: str) -> bool:
    """Whether it is asked what is in a product or comes with it."""
    return _CONTAINS.search(text) is not None


def could_be_of_it(desk: Desk) -> bool:
    """Whether a question that names no goods of its own could be about the one product at hand."""
    at_hand = desk.values("product") or desk.memory.focus or desk.situation.state.page
    return bool(at_hand) and not desk.values("category") and asks(desk.text) and not seeks(desk.text)

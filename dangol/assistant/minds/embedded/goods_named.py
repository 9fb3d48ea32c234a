"""Goods by a name and nothing more: "줄은요?", "guitar strap?", "기타 케이스 있어요": looked for by that name in what is sold.

A name of several words means the goods of its last: a guitar strap is a strap, and where none is sold no guitar is one.
"""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dangol.assistant.minds.embedded import bare_options, buying, finding, telling, unmet
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import seeks
from dangol.assistant.minds.embedded.policies import policy_part
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ask
from dangol.assistant.minds.embedded.superlatives import takes
from dangol.assistant.speak.lines import line
from dangol.assistant.understanding.reading import Entity
from dangol.contracts.shopfloor.products import (
    AskAttribute,
    AttributeAnswer,
    Availability,
    CheckAvailability,
    FindProducts,
    FoundProducts,
    ProductCard,
    Wishes,
)
from dangol.kernel.words import categories
from dangol.kernel.words.normalising import compact, normalise

_KO = re.compile(
    r"^\W*(?:(?:그럼|그러면|혹시|아|음|오|네|그리고|근데|저기요?|여기|안녕하세요)[\s,.~]+)*(?P<what>[가-힣a-z][가-힣a-z0-9 ]{0,18}?)\s?(?P<particle>은|는|이|가|도|을|를)?"
    r"(?P<ends>요|이요|은요|는요|도요|[?？]|있나[요여]?|있어[요여]?|있을까요|있습니까|있음|있는지|잇나[요여]?|잇어[요여]?|없나[요여]?|없어[요여]?|파나[요여]?|팔아[요여]?|파시나요|파세요|파는지|주세요|줘요?|찾아요|찾는데요?|보여\s?(?:주세요|줘요?)|추천\S{0,4}(?:\s?주세요)?|사고\s?싶\S*|살게요|살래요)?[\s?!.~ㅎㅋ]*$"
)
_EN = re.compile(
    r"(?i)^\W*(?:(?:hi|hey|hello|ok(?:ay)?|so|and|then|also|well|oh)\b[\s,]*)*(?P<asks>(?:what|how) about|(?:do|does|did) (?:you|u|ya|y'all|yall)(?: guys)? (?:also )?(?:have|got|sell|carry|stock)(?: got)?|(?:have )?(?:you|u) (?:got|have|sell)|got|any|which|i need|i want|need|looking for|i'?m looking for|show me|is there|are there)?\s*(?:(?:any|some|a|an|the|your)\s)*"
    r"(?P<what>[a-z][a-z' -]{2,30}?)(?P<ends>(?:,?\s(?:then|too|as well|instead|please|pls|plz|for sale|in stock))*)[\s?!.~]*$"
)
_NO_GOODS = re.compile(
    r"(?i)^(?:얼마|몇|언제|어디|누구|누가|왜|뭐|뭘|뭔|무슨|무엇|어떤|어느|어떻)|(?:^|\s)\d|^(?:적립금|포인트|마일리지|이거|그거|저거|이것|그것|저것|요거|이|그|저|더|또|다른|딴|재고|여유|하나|둘|셋|둘\s?다|전부|모두|남은|아직|지금|그런|이런|저런|문제|시간|방법|이벤트|혜택|매장|주차|화장실|네|예|응|아니|아뇨|맞|좋|싫|됐|괜찮|고마|감사|안녕|it|them|this|that|these|those|they|he|she|you|me|one|ones|more|other|others|else|stock|any ?thing|some ?thing|nothing|everything|thing|stuff|time|a question|questions|who|what|which|where|when|why|how|yes|yeah|yep|no|nope|not|ok|sure|thanks|thank|really|sorry|hello|cheaper|bigger|smaller|both|all)\b"
    r"|[을를]\s|빼|말고|대신|바꾸|바꿔|^(?:이|그|저|요|더|또|다른|딴)\s|(?:으?로|거|것|건|걸|꺼|수|적|분|데|때|점|편|쪽|중|만)$|가능|사이즈|색상?$|컬러|할인|세일|쿠폰|포인트|행사|회원|카드|배송|반품|교환|환불|취소|보증|서비스|결제|주문|가격|번호|이메일|주소|상담|사람|직원|문의|후기|리뷰|포장|설명|사진|포함|별도|따로|추가"
    r"|\b(?:sizes?|colou?rs?|discount|sale|coupon|code|polic|warrant|deliver|shipp|return|refund|exchange|cancel|points?|account|app|store|shop|branch|parking|wifi|phone|e-?mail|number|address|hours|program|financing|insurance|reviews?|instructions?|manual|photos?|pictures?|order|pay|payment|price|total|cart|basket|checkout|person|human|agent|somebody|someone|is|are|was|does|do|can|could|will|would|has|have|with|without|in|for|under|over|than|from|by|on|to|my|your|it|or|and|between|i|we|how|much)\b"
)
_OF_GOODS = frozenset(
    {"find_product", "ask_availability", "ask_product_info", "recommend", "choose_option", "smalltalk", "out_of_scope",
     "inform", "add_to_cart", "ask_price", "compare_products", "find_similar", "style_advice", "save_wish"}
)  # fmt: skip
_SURE = 0.6
_WAITS = frozenset({"yes_no", "option", "color", "size"})
_SELLS = re.compile(
    r"(?i)있|잇|없|파|팔|주세요|줘|찾|사고|살|\b(?:have|got|sell|carry|stock|any|need|want|looking|there)\b"
)
_TOPIC = frozenset({"은", "는", "은요", "는요", "요", "이요"})
_ALSO = re.compile(r"도\s?(?:요|주세요|줘요?|담아\S*)?[\s?!.~]*$|\b(?:too|as well)\b")
_MOST_WORDS, _MOST_UNKNOWN, _MOST, _LIKE, _SHORTEST = 3, 2, 3, 12, 2


@dataclass(frozen=True)
class Name:
    """What was named, in its words; whether it is asked for as goods, all `alone`, and whether it is wanted `also`."""

    words: tuple[str, ...]
    said: str
    alone: bool
    also: bool


def asked(desk: Desk) -> Desk | None:
    """Whether a message is no more than the name of goods."""
    memory = desk.memory
    busy = memory.task or (memory.awaits and memory.awaits not in _WAITS) or desk.values("order_id")
    if busy or any(each.type not in ("category", "product") or not each.text for each in desk.entities):
        return None
    if any(isinstance(value, dict) and "ref" in value for value in desk.values("product")):
        return None
    if any(
        each.confidence >= _SURE and each.name not in _OF_GOODS for each in desk.situation.reading.intents
    ):
        return None
    name = _named(desk)
    whole = name is not None and any(
        each.type == "product" and compact(each.text) == compact(name.said) for each in desk.entities
    )
    sure = any(each.confidence >= _SURE for each in desk.situation.reading.intents)
    return desk if name is not None and not (whole and sure) else None


def also_wanted(desk: Desk) -> Desk | None:
    """ "받침대도", "the stand too" to the question whether something goes into the cart: that, and this too."""
    pending = desk.memory.pending
    offered = pending is not None and pending.intent == "add_to_cart" and desk.memory.awaits == "yes_no"
    name = _named(desk) if offered and asked(desk) is not None else None
    return desk if name is not None and name.also else None


_YES = re.compile(
    r"(?i)네|넵|예|응|ㅇㅇ|ㅇㅋ|좋|그래|콜|담아|주세|할게|\b(?:yes|yeah|yep|ok|okay|sure|please|pls|add)\b"
)


def instead_of_yes(desk: Desk) -> bool:
    """ "어항" to the question whether something goes into the cart: other goods, however much a reader hears a yes in it."""
    return bool(desk.values("category")) and not _YES.search(desk.text) and also_wanted(desk) is None


def add_too(desk: Desk) -> Steps[Answer]:
    """The one product of that name into the cart, too; of several or none what is found under it."""
    name = _named(desk)
    found = yield from _of_words(name.said if name else desk.text)
    called = [card for card in found.items if name is not None and _is_called(card, name)]
    if called:
        return (yield from _present(desk, called, also=True))
    return (yield from finding.find_products(desk.with_intent("find_product")))


def or_else(named: Desk, otherwise: Desk, job: Job) -> Job:
    """The goods of the name said; what the message was read as, where the name tells nothing."""

    def of_that_name(desk: Desk) -> Steps[Answer]:
        answer = yield from look_for(replace(named, memory=desk.memory))
        return answer or (yield from job(replace(otherwise, memory=desk.memory)))

    return of_that_name


def _named(desk: Desk) -> Name | None:
    text = normalise(desk.text).strip()
    found = (_EN if text.isascii() else _KO).match(text)
    if found is None or _NO_GOODS.search(found["what"]):
        return None
    words = tuple(found["what"].split())
    particle = "" if text.isascii() else found["particle"] or ""
    ends = f"{particle}{found['ends'] or ''}"
    framed = ends or (text.isascii() and found["asks"]) or text.endswith("?") or desk.entities
    if text.isascii() and found["asks"] == "which" and not desk.entities:
        return None  # "which material" asks for no goods
    if not framed or len(words) > _MOST_WORDS or len(found["what"]) + len(ends) < _SHORTEST:
        return None
    how = f"{found['asks'] or ''} {ends}" if text.isascii() else ends
    asked = not desk.memory.focus and (text.endswith("?") or ends in _TOPIC)
    several = (
        text.isascii() and text.endswith("s?") and not text.endswith("ss?")
    )  # "drumsticks?" is no part of anything
    sought = _SELLS.search(how) is not None or asked or several
    alone = sought and len(words) <= (_MOST_UNKNOWN if text.isascii() else 1)
    return Name(words, found["what"], alone, _ALSO.search(text) is not None)


def look_for(desk: Desk) -> Steps[Answer | None]:
    """The goods of that name; that there are none, where that is sure; None where the name tells nothing."""
    name = _named(desk)
    if name is None:
        return None
    if (yield from _is_an_option(desk)):
        return (yield from bare_options.of_that_option(desk))
    found = yield from _of_words(name.said)
    for attempt in (_of_its_kind, _called_so, _of_its_head, _for_other_goods, _told_of_shown, _unknown):
        answer = yield from attempt(desk, name, found)
        if answer is not None:
            return answer
    return None


def _called_so(desk: Desk, name: Name, found: FoundProducts) -> Steps[Answer | None]:
    called = [card for card in found.items if _is_called(card, name)]
    return (yield from _present(desk, called)) if called else None


def _for_other_goods(desk: Desk, name: Name, found: FoundProducts) -> Steps[Answer | None]:
    other = len(name.words) > 1 and (yield from _is_of_other_goods(desk, name))
    return _not_sold(desk, name, found.items) if other else None


def _unknown(desk: Desk, name: Name, found: FoundProducts) -> Steps[Answer | None]:
    """A name of which nothing here knows; what the articles say of it goes before ("need an electrician?")."""
    unknown = unmet.unknown_words(Wishes(text=name.said), found) or not found.items
    if not unknown or not name.alone or _knows(desk, name):
        return None
    written = None if seeks(desk.text) else (yield from policy_part(desk))
    return written or _not_sold(desk, name, ())


def _of_its_head(desk: Desk, name: Name, found: FoundProducts) -> Steps[Answer | None]:
    """ "수조조명": of two kinds of goods written as one word the last is wanted."""
    kinds = sorted((each for each in desk.entities if each.type == "category"), key=lambda each: each.start)
    joined = len(kinds) == 2 and kinds[0].end == kinds[1].start
    if not joined or "".join(compact(each.text) for each in kinds) != compact(name.said):
        return None
    at = replace(desk, intent="find_product", entities=tuple(kinds[1:]), text=kinds[1].text)
    return (yield from finding.find_products(at))


def _told_of_shown(desk: Desk, name: Name, found: FoundProducts) -> Steps[Answer | None]:
    """ "뚜껑은?" with two tanks on screen: what their records say of it."""
    shown = desk.memory.shown[:_MOST]
    if desk.memory.focus or len(shown) < 2 or len(name.words) > 1 or desk.entities:
        return None
    for item in shown:
        record = AskAttribute(product=item.product, asked=name.said)
        told = yield from ask("ask_attribute", record, AttributeAnswer)
        if told.stated or told.sentences:
            return (yield from telling.ask_product_info(desk.with_intent("ask_product_info")))
    return None


def _knows(desk: Desk, name: Name) -> bool:
    """Whether a word of the name is one for goods: then the search tells more of it."""
    return any(compact(each.text) in map(compact, name.words) for each in desk.entities)


def _of_words(said: str) -> Steps[FoundProducts]:
    wanted = FindProducts(
        wishes=Wishes(text=said), limit=_LIKE, facets=False, in_stock_only=False, personal=False
    )
    return (yield from ask("find_products", wanted, FoundProducts))


def _is_an_option(desk: Desk) -> Steps[bool]:
    """ "꽃무늬는요": what one of the options of the product at hand is called."""
    if not desk.memory.focus:
        return False
    found = yield from ask("check_availability", CheckAvailability(product=desk.memory.focus), Availability)
    return bare_options.only_names(desk.text, (*found.matching, *found.others))


def _is_called(card: ProductCard, name: Name) -> bool:
    """Whether a title says every word of the name, and ends its goods with the last."""
    title = normalise(card.title)
    squeezed = compact(name.said)
    if len(squeezed) > 1 and not squeezed.isascii() and squeezed in compact(title):
        words: Sequence[str] = (name.words[-1],)
    else:
        words = name.words
    return all(_stands(word, title) for word in words) and _is_head(card, name.words[-1])


def _stands(word: str, title: str) -> bool:
    """Whether a word stands in a title: a syllable by itself, an English word in either number, any other as a part."""
    if word.isascii():
        return re.search(rf"(?<![a-z]){re.escape(_singular(word))}(?:e?s)?(?![a-z])", title) is not None
    if len(word) == 1:
        return word in title.split()
    return word in compact(title)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _is_head(card: ProductCard, last: str) -> bool:
    """A straw flask is no straw: after the last word of the name its title names no other goods in that language."""
    if card.category and _stands(last, normalise(card.category)):
        return True
    title = normalise(card.title)
    if last.isascii():
        found = re.search(rf"(?<![a-z]){re.escape(_singular(last))}(?:e?s)?(?![a-z])", title)
    else:
        found = re.search(r"\s?".join(map(re.escape, last)), title)
    rest = "" if found is None else (_KOREAN if last.isascii() else _LATIN).split(title[found.end() :])[0]
    return found is not None and not categories.find(rest)


_KOREAN, _LATIN = re.compile(r"[가-힣]"), re.compile(r"[a-z]")


def _present(desk: Desk, called: list[ProductCard], *, also: bool = False) -> Steps[Answer]:
    if len(called) == 1 and (takes(desk.text) or also):
        one = Entity(type="product", text="", value={"product": called[0].product}, start=0, end=0)
        return (yield from buying.add_to_cart(replace(desk, intent="add_to_cart", entities=(one,))))
    here = [card for card in called if card.in_stock] or called
    if not here[0].in_stock:
        return (yield from finding.gone_instead(desk, Wishes(text=desk.text), here[:1]))
    heading = "found_one" if len(here) == 1 else "found_these"
    return finding.shown(desk, here[:_MOST], lines=(line(heading),), keep={"wishes": Wishes(text=desk.text)})


def _of_its_kind(desk: Desk, name: Name, found: FoundProducts) -> Steps[Answer | None]:
    """A kind of goods by its name; where none is sold, what the product at hand says of it ("뚜껑은요")."""
    kind = next((each for each in desk.entities if compact(each.text) == compact(name.said)), None)
    if kind is None or kind.type != "category" or takes(desk.text):
        return None
    if desk.memory.focus:
        wanted = FindProducts(
            wishes=Wishes(text=kind.text, categories=(str(kind.value),)), facets=False, limit=1
        )
        sold = yield from ask("find_products", wanted, FoundProducts)
        if sold.loosened or not sold.items:
            record = AskAttribute(product=desk.memory.focus, asked=desk.text)
            told = yield from ask("ask_attribute", record, AttributeAnswer)
            if told.stated or told.sentences:
                return (
                    yield from telling.ask_product_info(replace(desk, intent="ask_product_info", entities=()))
                )
    return (yield from finding.find_products(desk.with_intent("find_product")))


def _is_of_other_goods(desk: Desk, name: Name) -> Steps[bool]:
    """ "violin strings", "기타 케이스": the words before the last only say for which goods, and of the last there are none
    that would be for those."""
    before = " ".join(name.words[:-1])
    sold = yield from _of_words(before)
    goods = any(_stands(word, normalise(card.title)) for card in sold.items for word in name.words[:-1])
    if not (goods and (categories.find(before) or any(_heads(card, name.words[-2]) for card in sold.items))):
        return False
    last = name.words[-1]
    kinds = [
        each for each in desk.entities if each.type == "category" and compact(each.text) == compact(last)
    ]
    if not kinds:
        return any(_stands(last, normalise(card.title)) for card in (yield from _of_words(last)).items)
    wanted = FindProducts(wishes=Wishes(text=last, categories=(str(kinds[0].value),)), facets=False, limit=1)
    found = yield from ask("find_products", wanted, FoundProducts)
    return bool(found.loosened) or not found.items


def _heads(card: ProductCard, word: str) -> bool:
    """Whether goods are filed under a word or end with it: it is the name of goods."""
    return _stands(word, normalise(card.category)) or normalise(card.title).endswith(word)


def _not_sold(desk: Desk, name: Name, found: Sequence[ProductCard]) -> Answer:
    """Said so, with what goes by the last word, which is the goods that are wanted."""
    last = Name(name.words[-1:], name.words[-1], name.alone, name.also)
    near = [card for card in found if card.in_stock and _is_called(card, last)][:_MOST]
    keep = {"wishes": Wishes(), "awaits": None, "pending": None}
    if not near:
        said = (line("kind_not_sold", kind=name.said),)
        return Answer(lines=said, choices=unmet.ways_on(), keep=keep)
    return finding.shown(desk, near, lines=(line("kind_not_sold_near", kind=name.said),), keep=keep)

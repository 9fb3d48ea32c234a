"""What the conversation adds to a reading: answers to the open question, choices on screen, insults, steering."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from dangol.assistant.understanding import rules
from dangol.assistant.understanding.entities import Mention
from dangol.assistant.understanding.reading import Context, Entity, Expected, Intent
from dangol.kernel.words.hangul import is_particle
from dangol.kernel.words.normalising import compact, normalise

_ANSWERS: dict[str, frozenset[str]] = {
    "size": frozenset({"size"}),
    "color": frozenset({"color"}),
    "quantity": frozenset({"quantity"}),
    "address": frozenset({"address", "postcode"}),
    "contact": frozenset({"person", "phone", "email"}),
    "order": frozenset({"order_id", "phone", "email", "date", "date_range", "product", "tracking_no"}),
    "budget": frozenset({"price_min", "price_max", "_amount"}),
    "audience": frozenset({"audience"}),
    "category": frozenset({"category"}),
    "date": frozenset({"date", "date_range"}),
    "coupon": frozenset({"coupon"}),
    "points": frozenset({"points", "_amount"}),
    "reason": frozenset({"reason"}),
    "product": frozenset({"product", "category", "brand"}),
    "option": frozenset({"size", "color", "quantity", "material"}),
}
_INFORMING = frozenset({
    "size", "color", "quantity", "audience", "occasion", "price_min", "price_max", "_amount", "address", "postcode", "person",
    "phone", "email", "order_id", "tracking_no", "date", "date_range", "coupon", "reason", "material", "attribute", "category", "brand", "carrier", "points", "excluded",
})  # fmt: skip
_QUALITIES = frozenset({"color", "material", "attribute"})
_FILLER = re.compile(
    r"이요|요|여|용|이여|입니다|이에요|예요|에요|임|으로|로|걸로|거|것|꺼|사이즈|색상|색깔|색|컬러|정도|쯤|그냥|음+|아+|어+|네|넵|근데|일단|한|원해요|원함|할게요|할께요|해주세요|주세요|부탁|드려요|해요|생각|하고|있어요|예산은?|개|만|"
    r"신어요|입어요|신는|입는|보통|주로|저는|제가|나는|전|발|then|the|a|an|in|for|it's|its|it is|i'm|im|i am|is|my|size|color|colour|please|plz|one|ones|around|about|just|maybe|probably|usually|wear|i|uh|um|hmm|so|and|ok|okay|instead|would|be|to|number|is:|,|\.|!|~|\?|:|\s|ㅎ|ㅋ|ㅠ|ㅜ"
)
_REASON_INTENTS = frozenset({
    "return_item", "exchange_item", "cancel_order", "complain", "report_item_problem", "inform", "ask_return_policy",
    "track_refund", "ask_cancel_policy",
})  # fmt: skip
_COUNTED = frozenset({
    "add_to_cart", "change_cart", "checkout", "ask_price", "ask_discount", "ask_availability", "inform", "correct", "affirm", "deny",
    "choose_option", "change_order", "exchange_item", "return_item", "cancel_order", "find_product", "save_wish", "notify_restock",
    "ask_promotion", "ask_delivery",
})  # fmt: skip
_MEANT_FOR = frozenset({
    "find_product", "recommend", "style_advice", "find_similar", "inform", "correct", "choose_option", "compare_products",
    "ask_product_info", "ask_availability", "ask_size_advice", "ask_price",
})  # fmt: skip
_SHOWN = frozenset({
    "ask_availability", "ask_product_info", "ask_price", "ask_size_advice", "read_reviews", "ask_store", "add_to_cart",
    "save_wish", "notify_restock", "find_similar", "style_advice", "compare_products", "ask_discount", "checkout",
    "choose_option", "ask_promotion",
})  # fmt: skip
_NEEDED_BY = {
    "quantity": _COUNTED, "occasion": _MEANT_FOR, "audience": _MEANT_FOR, "rating_min": _MEANT_FOR,
    "sort": _MEANT_FOR | {"ask_promotion"},
}  # fmt: skip
# what is said with these is about nothing in the shop, whatever words it has
_IDLE = frozenset({
    "goodbye", "smalltalk", "out_of_scope", "greet", "thank", "abuse", "ask_if_bot", "start_over", "repeat",
})  # fmt: skip
# with these a pointer means no goods: "cancel this whole thing", "pay with a gift card"
_POINTING_AT_NONE = _IDLE | {
    "affirm", "deny", "cancel_dialogue", "talk_to_human", "ask_contact", "manage_account", "ask_payment_methods",
    "report_payment_problem", "subscribe_news", "stop_marketing", "ask_my_data", "switch_language", "view_points", "complain",
}  # fmt: skip
_ABOUT_NO_GOODS = _POINTING_AT_NONE - {"subscribe_news", "complain", "switch_language", "affirm", "deny"}
_NO_DAYS = _IDLE | {"cancel_dialogue", "affirm", "deny", "talk_to_human"}
_SURELY = 0.6
_UNSURE = 0.5
_TOPIC_INTENTS = frozenset({"ask_policy", "ask_return_policy", "ask_delivery", "ask_store", "ask_promotion"})
_SEARCHING = frozenset({"category", "brand", "attribute", "material", "audience", "occasion", "color", "price_max", "price_min", "sort", "rating_min", "size", "excluded"})  # fmt: skip
_DO_YOU_HAVE = re.compile(
    r"(?:좀\s?)?(?:있어|있나|있음|있습|있을|있는|있능|파나|파는|팔아|팝니|보여|볼게|볼래|보고\s?싶|찾아|찾고|찾는|구해|살래|사고\s?싶|사려|필요)[가-힣]*|뭐\s?있[가-힣]*|"
    r"^(?:do you (?:have|sell|carry)|have you got|got|any|show me|i need|i want|looking for|i'm looking for|im looking for|find me|find|search(?: for)?)\b"
)
_STAND_INS: dict[str, dict[str, str]] = {
    "ko": {
        "product": "이 제품",
        "brand": "나이키",
        "store": "강남점",
        "coupon": "save10",
        "person": "홍길동",
    },
    "en": {
        "product": "this product",
        "brand": "nike",
        "store": "downtown store",
        "coupon": "save10",
        "person": "jane",
    },
}
_QUESTIONS: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    ("size", re.compile(r"사이즈|치수|몇\s?(?:신|입|호)|\bsize")),
    ("color", re.compile(r"색상|색깔|컬러|무슨 색|어떤 색|colou?r")),
    ("quantity", re.compile(r"수량|몇\s?(?:개|장|켤레|벌)|how many|quantity")),
    ("address", re.compile(r"주소|배송지|address|where (?:should|shall) we (?:send|ship)")),
    ("order", re.compile(r"주문번호|어떤 주문|which order|order number")),
    ("contact", re.compile(r"연락처|전화번호|이메일|성함|이름|phone|e-?mail|your name")),
    ("budget", re.compile(r"예산|가격대|얼마까지|budget|price range|how much would you like to spend")),
    ("audience", re.compile(r"누가 (?:쓰|신|입)|어느 분|누구|who is it for|for whom")),
    ("reason", re.compile(r"이유|사유|왜|reason|why")),
    ("choice", re.compile(r"어느 것|어떤 (?:것|걸|상품|제품)|골라|선택|which (?:one|of)|choose|pick")),
    ("yes_no", re.compile(r"(?:할까요|드릴까요|될까요|맞나요|맞으세요|맞을까요|괜찮으세요|괜찮으신가요|인가요|하시겠어요|있으신가요)|\b(?:shall|should|would you|do you|is (?:this|that|it)|are you|may i)\b")),
)  # fmt: skip


def expected_by(said: JsonValue) -> Expected | None:
    """What the shop's last words await, guessed from the words (a question, or a list of messages whose last counts)."""
    last = said[-1] if isinstance(said, list) and said else said
    if isinstance(last, dict):
        last = last.get("text")
    if not isinstance(last, str):
        return None
    plain = normalise(last)
    return next((kind for kind, pattern in _QUESTIONS if pattern.search(plain)), None)


def with_stand_ins(text: str, start: int, end: int, mentions: Sequence[Mention], language: str) -> str:
    """A stretch of a text with the shop's own names replaced by common ones, so that the intent model knows them."""
    out, at = [], start
    words = _STAND_INS.get(language, _STAND_INS["en"])
    for one in mentions:
        named = one.type in words and not (isinstance(one.value, dict) and "ref" in one.value)
        if named and at <= one.start and one.end <= end:
            out += [text[at : one.start], words[one.type]]
            at = one.end
    return "".join([*out, text[at:end]])


def wordless(plain: str) -> list[Intent]:
    """The reading of a message without a word (only marks or emoji): a repeat request for “?”, else nothing."""
    if plain.strip() and set(plain.strip()) == {"?"}:
        return [Intent(name="repeat", confidence=0.6)]
    return []


def settle(
    said: str, ranked: Sequence[Intent], inside: Sequence[Mention], offset: int, context: Context
) -> tuple[list[Intent], bool]:
    """The intents of a clause, likeliest first, after the open question and the screen have been considered; and
    whether that named the first.

    `inside` are the mentions in the clause, which begins at `offset` of the message.
    """
    rest = _rest(said, inside, offset)
    name = (
        _spoken_plainly(said)
        or only_answer(said, inside, offset, context)
        or _yes_or_no(said, context)
        or _of_that_branch(said, ranked, context)
        or _search(rest, ranked, inside, context)
    )
    if name is None:
        return list(ranked), False
    sure = max([0.95, *(one.confidence for one in ranked if one.name == name)])
    return [Intent(name=name, confidence=sure), *(one for one in ranked if one.name != name)], True


def _rest(said: str, inside: Sequence[Mention], offset: int) -> str:
    """What a clause says beside its mentions."""
    chars = list(said)
    for one in inside:
        first, last = max(0, one.start - offset), min(len(chars), one.end - offset)
        chars[first:last] = " " * max(0, last - first)
    return "".join(chars)


def _spoken_plainly(said: str) -> str | None:
    if rules.is_insult(said):
        return "abuse"
    if rules.only_steers(said):
        return "out_of_scope"
    return "talk_to_human" if rules.wants_person(said) else None


def only_answer(said: str, inside: Sequence[Mention], offset: int, context: Context) -> str | None:
    """The intent of a clause that does no more than answer what is open: a choice on screen, or what was asked for."""
    rest = _rest(said, inside, offset)
    if _picks(said, rest, inside, context):
        return "choose_option"
    if _only_answers(said, rest, inside, context):
        replaces = rules.corrects(said) or {one.type for one in inside} == {"excluded"}
        return "correct" if replaces else "inform"
    return None


def _picks(said: str, rest: str, inside: Sequence[Mention], context: Context) -> bool:
    if any(compact(said) == compact(label) for label in context.offered):
        return True
    pointing = [one for one in inside if one.type == "product"]
    chosen = [
        one
        for one in pointing
        if isinstance(one.value, dict) and one.value.get("ref") in {"ordinal", "attribute"}
    ]
    if len(pointing) == 1 and chosen and _is_bare(rest):
        return True
    if context.expects in {"choice", "product"} and pointing and _is_bare(rest):
        return True
    return bool(context.offered) and re.fullmatch(r"\s*\d\s*(?:번|번이?요|이?요|\.)?\s*", said) is not None and context.expects in {"choice", "product", None}  # fmt: skip


def _only_answers(said: str, rest: str, inside: Sequence[Mention], context: Context) -> bool:
    wanted = _ANSWERS.get(context.expects or "", frozenset())
    kinds = {one.type for one in inside}
    if context.expects in {"address", "contact"} and kinds & wanted:
        return True
    if not kinds or not _is_bare(rest):
        return _plain_number(said, context)
    if kinds == {"excluded"} and context.expects is None:
        return bool(
            context.offered
        )  # "나이키 말고" opens a wish, or changes the one whose goods are on screen
    if kinds & wanted:
        return True
    if context.expects is None and "occasion" in kinds:
        return False  # "5만원 정도 선물" opens a search, "5만원 정도요" answers one
    return (
        kinds <= _INFORMING
        and not kinds & {"category", "brand"}
        and not kinds <= {"attribute", "material", "occasion", "coupon"}
    )


def _plain_number(said: str, context: Context) -> bool:
    wanted = context.expects in {"quantity", "size", "budget", "points"}
    return wanted and re.fullmatch(r"\s*\d[\d,.]*\s*(?:이?요|개|로)?[.!~]*\s*", said) is not None


def _is_bare(rest: str) -> bool:
    """Whether nothing but small words is left."""
    return "?" not in rest and all(is_particle(word) for word in _FILLER.sub(" ", rest).split())


def _yes_or_no(said: str, context: Context) -> str | None:
    if context.expects != "yes_no" or len(said) > 25:
        return None
    if re.match(
        r"\s*(?:네|넵|넹|예|응|어|ㅇㅇ|좋아|그래|yes|yeah|yep|sure|ok|okay|please)(?![a-z가-힣])", said
    ):
        return "affirm"
    if re.match(r"\s*(?:아니|아뇨|노노|ㄴㄴ|싫|됐|no|nope|nah)(?![a-z])", said) and not rules.corrects(said):
        return "deny"
    return None


def _of_that_branch(said: str, ranked: Sequence[Intent], context: Context) -> str | None:
    """Hours and the like "there", where a branch was just spoken of, are that branch's."""
    spoken_of = "ask_store" in context.last_intents and ranked[0].name in {"ask_contact", "ask_policy"}
    return "ask_store" if spoken_of and re.search(r"\bthere\b|거기|그\s?(?:매장|지점)", said) else None


def _search(rest: str, ranked: Sequence[Intent], inside: Sequence[Mention], context: Context) -> str | None:
    """A kind of goods, alone or asked for without pointing at one product, is looked for: find_product."""
    kinds = {one.type for one in inside}
    if ranked[0].name == "find_product" and "product" in kinds:
        return _about_one(kinds)
    if ranked[0].name == "ask_policy" and kinds & {"attribute", "material"} and "topic" not in kinds:
        return "ask_product_info"  # what goods are made of is told of goods, not in a policy
    among_shown = bool(context.offered) and _WHICH_OF_THEM.search(rest) is not None
    if kinds and kinds <= {"attribute", "material"} and (ranked[0].confidence < _UNSURE or among_shown):
        return "ask_product_info"
    if context.expects is not None or not kinds & {"category", "brand"} or not kinds <= _SEARCHING:
        return None
    if ranked[0].name in _ELSEWHERE and any(char.isalnum() for char in rest):
        return None
    return "find_product" if _is_bare(_DO_YOU_HAVE.sub(" ", rest.replace("?", " ").strip())) else None


_WHICH_OF_THEM = re.compile(
    r"^\s*(?:그럼|그러면|그중에?|이\s?중에?)?\s*(?:건|거는|것은|게|애는)\s?(?:요)?\s?\?"
)
_ELSEWHERE = frozenset({"add_to_cart", "view_wishes", "list_orders", "view_cart", "recommend", "change_cart"})


def _about_one(kinds: set[str]) -> str | None:
    """What is asked of one product, named or pointed at, when the words alone look like a search."""
    if kinds & {"size", "color"}:
        return "ask_availability"
    return "ask_product_info" if kinds & {"attribute", "material"} else None


def gather(meant: Iterable[Intent], plain: str, context: Context) -> list[Intent]:
    """The intents meant, in the order said; a steering attempt leaves the shop request in it."""
    found = {one.name: one for one in meant}
    if context.expects is None and len(found) > 1:
        found.pop("inform", None)  # what is told beside a request belongs to the request
        if "find_product" in found:
            found.pop("correct", None)  # "나이키 말고 등산화" is one wish
    if rules.is_steering(plain):
        asked = [one for one in found.values() if one.name not in _EMPTY and one.confidence >= 0.5]
        return asked or [Intent(name="out_of_scope", confidence=0.9)]
    return list(found.values())


_EMPTY = frozenset(
    {
        "out_of_scope",
        "smalltalk",
        "ask_if_bot",
        "abuse",
        "inform",
        "correct",
        "greet",
        "affirm",
        "start_over",
        "cancel_dialogue",
        "ask_my_data",
        "switch_language",
        "repeat",
    }
)


def _means_nothing(entity: Entity, names: set[str]) -> bool:
    if entity.type == "product":
        return names <= _POINTING_AT_NONE
    if entity.type == "category":
        return names <= _ABOUT_NO_GOODS
    if entity.type in {"date", "date_range"}:
        return names <= _NO_DAYS
    return names <= _IDLE and entity.type in {"color", "material", "attribute", "size", "brand"}


def relevant(entities: Iterable[Entity], intents: Sequence[Intent], context: Context) -> list[Entity]:
    """The entities that mean something for these intents; plain amounts count only where an amount is awaited."""
    names = {intent.name for intent in intents}
    sure = all(intent.confidence >= _SURELY for intent in intents)
    kept = []
    for entity in entities:
        if sure and names and _means_nothing(entity, names):
            continue
        if entity.type == "reason" and not (names & _REASON_INTENTS or context.expects == "reason"):
            continue
        if entity.type == "topic" and not names & _TOPIC_INTENTS:
            continue
        wanted = _SHOWN if entity.text.lower() in {"it", "them"} else _NEEDED_BY.get(entity.type, names)
        if names and not names & wanted:
            continue  # "it" in "where is it" is an order, not goods on screen
        if entity.type == "language" and "switch_language" not in names:
            continue
        if entity.type == "_amount":
            if context.expects == "budget":
                kept.append(entity.model_copy(update={"type": "price_max"}))
            elif context.expects == "points" and isinstance(entity.value, dict):
                kept.append(entity.model_copy(update={"type": "points", "value": entity.value["amount"]}))
            continue
        kept.append(entity)
    return kept

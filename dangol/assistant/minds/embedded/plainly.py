"""Requests known by their very words and what lies on the desk, whatever a reader makes of so few of them."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import asks, is_question, only_to_see, seeks
from dangol.assistant.minds.embedded.references import meant_products
from dangol.assistant.minds.embedded.superlatives import Measure, measure_named, takes
from dangol.assistant.understanding.reading import Entity
from dangol.kernel.words import categories
from dangol.kernel.words.normalising import compact

_IT = r"(?:그럼\s*|네\s*|응\s*|좋아요?\s*|아\s*)*(?:그거|그걸|그것|이거|이걸|이것|요거|요걸|저거|저걸|그게|이게|그|이|저|첫\s?번째|두\s?번째|세\s?번째|마지막|1번|2번|3번|4번|\d번째)\s*(?:거|것|걸|상품|제품|색|옷|신발|모델)?\s*(?:로|으로|을|를|도)?\s*"
_TAKES = re.compile(
    rf"(?i)^\W*{_IT}(?:하나\s*|한\s?(?:개|벌|켤레)\s*)?(?:주세요|주셔요|줘요?|주실래요|할게요?|할께요?|할래요?|하겠습니다|살게요?|살께요?|살래요?|사고\s?싶어요?|사야겠(?:다|어요)|주문할게요?|구매할게요?|결정(?:했어요?|할게요?)|갈게요?)[\s.!~ㅎㅋ^]*$"
    r"|^\W*(?:ok(?:ay)?[, ]+|yes[, ]+|great[, ]+|cool[, ]+)*(?:i(?:'ll| will| shall) (?:take|have|buy|get|go (?:with|for))|i(?:'d| would) like(?: to (?:buy|order|get|have))?|i want(?: to (?:buy|order|get))?|let me (?:have|get)|give me|can i (?:have|get|buy)|let's (?:go with|get|take))"
    r" (?:it|this|that|this one|that one|the (?:first|second|third|last|other|black|white|red|blue|green|grey|gray|navy|beige|pink|brown) (?:one)?|one|one of (?:them|those|these))(?: one)?(?:,? please)?\W*$"
)
# "그거 3개 주문", "이걸로 두 개요", "two of those please": so many of what is pointed at
_SO_MANY_OF_IT = re.compile(
    rf"(?i)^\W*{_IT}(?:(?:하나|둘|셋|넷|다섯|\d{{1,2}})\s?(?:개|켤레|벌|장|병|대|권|박스|세트|봉|팩|통|마리|자루|잔|캔|포)?|(?:한|두|세|네)\s?(?:개|켤레|벌|장|병|대|권|박스|세트|봉|팩|통|마리|자루|잔|캔|포))\s*(?:만\s*|로\s*|씩\s*)?(?:요|이요|주문|구매|살게|살래|할게|담|주세|줘|부탁|결제)?\S*[\s.!~]*$"
    r"|^\W*(?:ok(?:ay)?[, ]+|yes[, ]+)*(?:i'll take |give me |get me |i want |i'd like )?(?:one|two|three|four|five|six|\d{1,2}) of (?:it|them|those|these|that|this|the (?:first|second|third|last|other)(?: ones?)?)(?:,? please)?\W*$"
)
_ONLY_SO_MANY = re.compile(
    r"(?i)^\W*(?:아\s*|아니\s*|음\s*|그냥\s*|걍\s*|딱\s*|그럼\s*)*(?:하나|둘|셋|넷|다섯|한|두|세|네|\d{1,2})\s?(?:개|켤레|벌|장|병|대|권|박스|세트|봉|팩|통|마리|자루|잔|캔)?\s?(?:만요?|로요?|만\s*(?:주세요|할게요|담아\S*)|로\s*(?:해\S*|바꿔\S*|할게요|주세요|변경\S*))[\s.!~]*$"
    r"|^\W*(?:oh |no |wait |actually |sorry,? )*(?:just|only|make (?:it|that)|change (?:it|that) to|i only (?:need|want))\s(?:one|two|three|four|five|six|\d{1,2})(?: of (?:them|those|it))?(?: please| instead| actually)*\W*$"
    r"|^\W*(?:oh |no |wait |actually |sorry,? )*(?:one|two|three|four|five|six|\d{1,2}) (?:pairs?|pieces|pcs|sets|boxes|bottles|packs)(?: please| instead| actually)*\W*$"
)
# "그걸로": whatever is pointed at is taken, where nothing else waits for an answer
_THAT_ONE = re.compile(r"^\W*(?:그|이|저)걸로(?:요|여|용)?[\s.!~ㅎㅋ^]*$")
_CHOICE_OF = re.compile(
    r"(?i)뭐가|뭐야|뭐[예에]요|뭔가요|뭔데|뭐죠|뭐지|무엇이|어느|어떤|누가|어떤게|뭔가|중에|둘\s?중|\b(?:er|est)? of (?:them|these|those|the (?:two|three))\b|\bwhich\b|\bwhat(?:'s| is) the\b|\bwho\b"
)
_BARELY_ASKS = re.compile(r"(?:[?？]|[은는건]요?)\s*$")
# "너무 비싸지 않은 걸로", "nothing too pricey": a wish about the price and neither a no nor a complaint
_NOT_DEAR = re.compile(
    r"(?i)(?:너무|많이|그렇게|좀)?\s*(?:안\s*비싼|비싸지\s*않[은게]|부담\s*(?:없는|되지\s*않는|안\s*되는)|저렴한\s*(?:편|쪽|걸?로)|가격(?:대)?(?:이|가|은|는)?\s*(?:적당|착한|합리적|낮은))"
    r"|\b(?:not|nothing|isn't|without being)\s(?:too|so|very|that|overly|super|crazy)\s?(?:expensive|pricey|dear|costly)|\b(?:affordable|reasonably priced|budget[- ]friendly|on a (?:tight )?budget|less pricey|less expensive)\b"
)
# "what about pans", "그럼 냄비는요": the same in other goods
_WHAT_ABOUT = re.compile(
    r"(?i)^\W*(?:ok(?:ay)?,? |and |so |then )*(?:what|how) about\b|(?:그럼|그러면)\s|(?:은|는)\s?(?:요|어때요?|어떤가요|있나요?|있어요?)\W*$"
)


_SOMETHING = re.compile(
    r"(?i)^\W*(?:ok(?:ay)?,? |and |or |hmm,? |maybe )*(?:do you have |have you got |is there |are there |got |show me |i want |i need |i'd like )?"
    r"(?:something|anything|sth|one|ones|some) (?:with|that|which|in|for|made|like|under|below|less|more|a bit|a little)\b"
)
_MORE_OF_IT = re.compile(r"(?i)\b(?:less|more|a bit|a little|[a-z]{2,}ier)\b")
_GOES_WITH = re.compile(
    r"(?i)(?:같이|함께|곁들여|곁들이)\s?(?:살|사면|사기|쓸|쓰면|쓰기|먹|입|신|두|놓)|(?:랑|와|과|하고)\s?(?:잘\s?)?(?:어울리|맞는|매치)"
    r"|\b(?:goes?|pairs?|works?|matches|match) (?:well |best )?(?:together )?with\b|\bto go with\b"
)
_SEVERAL = re.compile(
    r"(?i)(?:둘|두\s?개|셋|세\s?개|넷|네\s?개)\s?다|모두|전부|싹\s?다|(?:^|\s)다\s?(?=담아|넣어|주세|줘|살게|살께|주문|구매|결제|할게)|\bboth\b|\ball (?:three|four|of (?:them|these|those))\b|\bthem all\b|\beverything\b"
)
_HOW_MANY = {"둘": 2, "두개": 2, "both": 2, "셋": 3, "세개": 3, "넷": 4, "네개": 4}
_MOST = 4
_LONGEST_ENDING = 4  # letters of "는 어때요", "은 있나요" after the goods
_SURE = 0.6
# a number of the goods themselves, and neither of the hour, the day, the stock nor the price
_NUMBER_ASKED = re.compile(
    r"(?i)몇\s?(?!시(?!간)|일|번|층|프로|퍼센트|개\s?(?:남|있)|포인트|원|월|호선|박)[가-힣a-z]+|얼마나\s?(?:무거|가벼|크|커|큰|높|길|긴|넓|두꺼|오래|자주|밝|뜨거|따뜻)"
    r"|\bhow (?:heavy|tall|wide|thick|bright|loud|warm|deep|big|large|powerful|old|often|many (?!days|do you|are (?:left|there)|left|in stock|points|orders|can i))\b|\bwhat ages?\b"
)
_KOREAN_QUESTION = re.compile(
    r"(?:나요|까요|가요|어요|아요|여요|해요|돼요|되요|죠|니|냐)\s*\?+\s*$|(?:나요|까요|가요)\s*$"
)
_WISHED = re.compile(r"싶|필요|원해|원하|주세요|부탁|할게|생각|사려|살래|살까|괜찮|어때|좋|선물|뭐|무슨|어떤")
_FEW_WORDS = 2
# what a reader makes of goods named with nothing else said of them
_UNTOLD = frozenset(
    {"find_product", "change_cart", "view_cart", "ask_availability", "inform", "choose_option", "smalltalk"}
)
_UNSURE_OF = frozenset({"ask_policy", "ask_product_info", "smalltalk", "out_of_scope"})
_SEARCHES = frozenset(
    {
        "find_product",
        "recommend",
        "inform",
        "ask_availability",
        "find_similar",
        "smalltalk",
        "out_of_scope",
        "affirm",
    }
)


_PEOPLES = re.compile(
    r"(?i)(?<![가-힣])사람\s?(?:꺼|거(?!\s?기)|것|용|이\s?(?:먹|쓰|입)|도\s?(?:먹|써|쓸|입))|\bfor (?:humans|people)(?= |$|[?.!])|\bhuman (?:ones?|version|size)\b"
)


def of_people(desk: Desk) -> Desk | None:
    """ "사람꺼요", "the ones for people" in a shop of other goods, too: whom they are for, and nobody is called."""
    if _PEOPLES.search(desk.text) is None or desk.memory.task:
        return None
    for_people = Entity(type="audience", text="", value="unisex", start=0, end=0)
    others = tuple(each for each in desk.entities if each.type != "audience")
    return replace(desk, intent="find_product", entities=(*others, for_people))


def asks_of_goods(desk: Desk) -> Desk | None:
    """ "의자는 몇 키로까지 버텨요?", "is the marble run safe for my toddler": asked of goods by name, however unsure
    the reader is of what."""
    if desk.memory.task == "checkout":
        return None
    if _asked_and_not_sought(desk) or _a_word_asked(desk):
        return desk.with_intent("ask_product_info")
    if max(_confidences(desk), default=0.0) >= _SURE or _reads(desk, "track_order"):
        return None  # "where tf is my cajon"
    named = any(isinstance(value, dict) and "product" in value for value in desk.values("product"))
    number = _NUMBER_ASKED.search(desk.text) is not None
    if _barely_asked(desk):
        return desk.with_intent("ask_product_info")
    if (named and is_question(desk.text) and not seeks(desk.text)) or (
        number and (named or desk.values("category") or desk.memory.focus)
    ):
        return desk.with_intent("ask_product_info")
    return None


def _asked_and_not_sought(desk: Desk) -> bool:
    """ "물티슈 향 나요?", taken for a search: a question that names goods and neither looks nor wishes for any."""
    names = {intent.name for intent in desk.situation.reading.intents}
    if names != {"find_product"} or not desk.values("category") or not _KOREAN_QUESTION.search(desk.text):
        return False
    rest = desk.situation.heard.text
    for each in sorted(desk.entities, key=lambda entity: -entity.start):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    wished = seeks(desk.text) or _WISHED.search(desk.text) is not None
    told = bool(re.findall(r"[가-힣]+", rest)) or bool(desk.values("attribute"))
    return not wished and told


def _a_word_asked(desk: Desk) -> bool:
    """ "lumbar?" with one product at hand."""
    names = {intent.name for intent in desk.situation.reading.intents}
    bare = len(desk.text.split()) <= _FEW_WORDS and desk.text.rstrip().endswith(("?", "？"))
    return bare and bool(desk.memory.focus) and bool(names) and names <= {"out_of_scope", "smalltalk"}


def _barely_asked(desk: Desk) -> bool:
    """ "dresser, comes assembled?": goods named, and something of them, in no words that are surely anything else."""
    names = {intent.name for intent in desk.situation.reading.intents}
    asked = bool(desk.values("category")) and is_question(desk.text) and not seeks(desk.text)
    return asked and names <= _UNSURE_OF and len(desk.text.split()) > 1


def _reads(desk: Desk, intent: str) -> bool:
    return desk.situation.reading.has(intent)


def _confidences(desk: Desk) -> list[float]:
    return [intent.confidence for intent in desk.situation.reading.intents]


def takes_it(desk: Desk) -> Desk | None:
    """ "그거 주세요", "I'll take it": the product at hand goes into the cart."""
    said = desk.text.strip()
    free = desk.memory.awaits is None and desk.situation.state.question is None
    taken = _TAKES.match(said) or _SO_MANY_OF_IT.match(said) or (free and _THAT_ONE.match(said))
    if desk.memory.task == "checkout" or not taken:
        return None
    return desk.with_intent("add_to_cart") if _at_hand(desk) or meant_products(desk) else None


def takes_one_of_several(desk: Desk) -> Desk | None:
    """ "그걸로 할게요" with several on screen and none of them talked about: which?"""
    found = takes_it(desk)
    refs = {value.get("ref") for value in desk.values("product") if isinstance(value, dict)}
    return (
        found if found is not None and not _at_hand(desk) and refs <= {"this", "that", "it", "last"} else None
    )


def takes_some_of_several(desk: Desk) -> Desk | None:
    """ "둘 다 주문할게요" with three on screen: which?"""
    if _SEVERAL.search(desk.text) is None or not takes(desk.text) or len(desk.memory.shown) < 2:
        return None
    return desk.with_intent("add_to_cart") if desk.memory.task != "checkout" else None


def goes_with(desk: Desk) -> Desk | None:
    """ "그거랑 같이 살 만한 거", "what goes with it": other goods, and none like it."""
    if _GOES_WITH.search(desk.text) is None or desk.memory.task == "checkout":
        return None
    if takes(desk.text) and len(desk.values("category")) + len(desk.values("product")) > 1:
        return None  # "꽃병이랑 튤립 같이 살게요": both are bought
    return desk.with_intent("style_advice") if _at_hand(desk) or desk.values("product") else None


def _at_hand(desk: Desk) -> bool:
    return bool(desk.memory.focus or desk.situation.state.page or len(desk.memory.shown) == 1)


def only_so_many(desk: Desk) -> Desk | None:
    """ "아 하나만", "make it two" right after something went into the cart: so many of it."""
    if _ONLY_SO_MANY.match(desk.text.strip()) is None or desk.quantity is None:
        return None
    after_cart = any(each.id == "intent:checkout" for each in desk.memory.offered)
    return desk.with_intent("change_cart") if after_cart else None


def so_many_instead(desk: Desk) -> Desk | None:
    """ "아니 하나만", "actually make it 1" while its colour or size is being asked for: so many of it are to go in."""
    pending = desk.memory.pending
    if (
        pending is None
        or (pending.intent, pending.awaits) != ("add_to_cart", "option")
        or desk.quantity is None
    ):
        return None
    return desk.with_intent("add_to_cart") if _ONLY_SO_MANY.match(desk.text.strip()) else None


def takes_several(desk: Desk) -> Desk | None:
    """ "둘 다 담아주세요", "add both": each of those on screen, when there are as many as were named."""
    said = _SEVERAL.search(desk.text)
    if said is None or not takes(desk.text) or len(desk.memory.shown) < 2:
        return None
    many = _HOW_MANY.get(said.group().replace(" ", "").lower()[:4].rstrip("다"), len(desk.memory.shown))
    return desk.with_intent("add_to_cart") if many == len(desk.memory.shown) <= _MOST else None


def takes_the_most(desk: Desk) -> Desk | None:
    """ "더 싼 걸로 담아줘", "add the cheaper one"."""
    if measure_named(desk) is None or not (takes(desk.text) or _so_many(desk)):
        return None
    return desk.with_intent("add_to_cart")


def _so_many(desk: Desk) -> bool:
    """ "제일 싼 걸로 두 켤레": a number of it, and no question."""
    return desk.quantity is not None and not (asks(desk.text) or _CHOICE_OF.search(desk.text))


def asks_for_the_most(desk: Desk) -> Desk | None:
    """ "뭐가 더 가벼워요?", "which has the longest battery": one of those on screen, by its record."""
    measure = measure_named(desk)
    if measure is None or takes(desk.text) or _names_other_goods(desk, measure):
        return None
    if desk.memory.focus and not _CHOICE_OF.search(desk.text) and len(desk.memory.shown) < 2:
        return None  # one of them is looked at: it is asked of that one
    if not (_CHOICE_OF.search(desk.text) or asks(desk.text) or _BARELY_ASKS.search(desk.text)):
        return None
    return replace(desk, intent="compare_products")


def _names_other_goods(desk: Desk, measure: Measure) -> bool:
    """A kind of goods beside the quality itself: "battery" in "longest battery" is no wish for batteries."""
    kinds = [each.text for each in desk.entities if each.type == "category"]
    return any(not measure.speaks_of(text) for text in kinds)


def not_too_dear(desk: Desk) -> Desk | None:
    """ "Not too expensive" of what is on screen: the same for less."""
    if not desk.memory.shown or desk.values("category") or _NOT_DEAR.search(desk.text) is None:
        return None
    return desk.with_intent("find_product")


def the_same_in_other_goods(desk: Desk) -> Desk | None:
    """ "What about pans", after something else was looked at: those."""
    kinds = set(map(str, desk.values("category")))
    if _WHAT_ABOUT.search(desk.text) is None or not _has_searched(desk) or desk.values("product"):
        return None
    if kinds and not kinds & set(desk.memory.wishes.categories) and _ends_in_goods(desk):
        return desk.with_intent("find_product")
    asked = {intent.name for intent in desk.situation.reading.intents if intent.confidence >= _SURE}
    if asked - _SEARCHES or desk.colors or desk.sizes or kinds & set(desk.memory.wishes.categories):
        return None
    return desk.with_intent("find_product") if kinds or not asked else None


def _ends_in_goods(desk: Desk) -> bool:
    """ "How about a tent": nothing is asked of the goods named."""
    last = max(each.end for each in desk.entities if each.type == "category")
    rest = desk.situation.heard.text[last:]
    return not re.search(r"[a-z]{3}", rest.lower()) and len(re.sub(r"[^가-힣]", "", rest)) <= _LONGEST_ENDING


_SHOWS = re.compile(
    r"(?i)(?:보여|볼게|볼래|볼까|궁금|자세히|알려)\S*(?:\s(?:주세요|줘요?))?|\b(?:show me|let me see|tell me (?:more )?about|more about|what about|the|please|pls)\b|[?.!~]"
)


def names_one_shown(desk: Desk) -> Desk | None:
    """ "와이드 워커 보여줘": words that stand together in the name of one of those on screen, and are no kind of goods."""
    name = _SHOWS.sub(" ", desk.text).strip()
    called = compact(name)
    if desk.memory.task or len(desk.memory.shown) < 2 or len(called) < 4 or categories.words().slug_of(name):
        return None
    found = [each for each in desk.memory.shown if called in compact(each.title)]
    if len(found) != 1:
        return None
    one = Entity(type="product", text=name, value={"product": found[0].product}, start=0, end=len(desk.text))
    return replace(desk, intent="choose", entities=(one,))


def names_one(desk: Desk) -> Desk | None:
    """ "하늘아이 빨대 보온병 보여줘", "the Dalgil Runner 2": one product by its name, and nothing asked but to see it."""
    named = {
        value["product"]: each
        for each in desk.entities
        if each.type == "product" and isinstance(value := each.value, dict) and "product" in value
    }
    if len(named) != 1 or desk.memory.task == "checkout" or desk.values("order_id"):
        return None
    name = next(iter(named.values()))
    rest = desk.situation.heard.text
    options = [each for each in desk.entities if each.type in ("color", "size")]
    for each in sorted((name, *options), key=lambda entity: -entity.start):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    if only_to_see(rest):
        return desk.with_intent("ask_availability" if options else "choose")
    return desk.with_intent("ask_availability") if _could_name_an_option(desk, rest) else None


def _could_name_an_option(desk: Desk, rest: str) -> bool:
    """ "sage yoga mat pls": a word or two beside the name, in a message that asks for nothing else that is known."""
    said = [word for word in re.findall(r"[a-z0-9가-힣]+", rest.lower()) if not only_to_see(word)]
    names = {intent.name for intent in desk.situation.reading.intents}
    return 0 < len(said) <= _FEW_WORDS and names <= _UNTOLD and not is_question(desk.text)


def something_like(desk: Desk) -> Desk | None:
    """ "Something with a wooden handle?": a search, also where the words name something on screen."""
    if _SOMETHING.match(desk.text.strip()) is None or not _has_searched(desk):
        return None
    entities = tuple(each for each in desk.entities if each.type != "product")
    if not entities and desk.memory.shown:
        return None  # words alone, below
    return replace(desk, intent="find_product", entities=entities)


def something_more(desk: Desk) -> Desk | None:
    """ "Something a bit fancier", "something less boring": others than those on screen, with one more word."""
    if (
        _SOMETHING.match(desk.text.strip()) is None
        or not desk.memory.shown
        or not _MORE_OF_IT.search(desk.text)
    ):
        return None
    return desk


def something_with(desk: Desk) -> Desk | None:
    """ "Something with a wooden handle?": one more word for the search on the screen."""
    return desk if _SOMETHING.match(desk.text.strip()) and desk.memory.shown else None


def _has_searched(desk: Desk) -> bool:
    return bool(desk.memory.shown or desk.memory.wishes.text)

"""From the intent that was read to the one that is worked on.

A reader that is unsure, or that can only say "something was given", is settled by what is on the desk: the product
under discussion, the question that was put, the search that has begun.
"""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

from dangol.assistant.minds.embedded import guide_words, misread, of_the_order, paying, solving
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.jobs import JOBS
from dangol.assistant.minds.embedded.order_words import has_ordered
from dangol.assistant.minds.embedded.pointing import (
    asks,
    asks_beside_names,
    could_be_of_it,
    only_to_see,
    seeks,
)
from dangol.assistant.minds.embedded.pricing import with_delivery
from dangol.assistant.minds.embedded.return_hearing import sending_back_now
from dangol.assistant.understanding.reading import Intent
from dangol.contracts.shopfloor.products import Wishes

# what a reader falls back on when it knows nothing better: believed only when it is sure
_VAGUE = frozenset(
    {
        "smalltalk",
        "out_of_scope",
        "find_product",
        "recommend",
        "compare_products",
        "manage_account",
        "write_review",
        "get_invoice",
    }
)
_SURE = 0.4
_DOUBTFUL = 0.35  # below this two readings in three are wrong
_POLITE = frozenset({"greet", "thank", "affirm", "smalltalk"})
_ASIDE = frozenset(
    {"ask_size_advice", "ask_discount", "out_of_scope", "smalltalk", "apply_coupon", "ask_price", "checkout"}
)
_ABOUT_COUPON = frozenset(
    {"inform", "ask_availability", "correct", "choose_option", "find_product", "ask_promotion"}
)
_WISH_ENTITIES = frozenset(
    {"category", "color", "size", "price_min", "price_max", "attribute", "material", "audience", "occasion", "brand",
     "rating_min", "sort", "excluded"}
)  # fmt: skip
_WISHES = frozenset({"audience", "category", "budget", "attribute", "color", "size", "option"})
_ABOUT_ME = re.compile(
    r"(?i)^(?:저는|전|제가|나는|난|제)\s.{0,30}"
    r"(?:이에요|예요|입니다|이라서|라서|편이에요|편이라|넓어요|좋아해요|싫어해요|입어요|신어요)[.!~]*$"
    r"|^(?:i'?m|i am|i have|i wear|i like|i prefer|i usually wear)\b[^?]*$"
)
_ADD = re.compile(
    r"(?i)담아|담을게|담고|장바구니에\s*(?:넣|추가)|카트에\s*(?:넣|추가)|\badd\b.*\b(?:cart|basket|bag)\b|^\s*(?:please\s+)?add\b"
    r"|\bput\b.*\bin (?:my|the) (?:cart|basket|bag)\b"
)


_ONLY_THOSE = re.compile(
    r"(?i)(?:있는|되는|인|한|은|는)\s?(?:것|거|걸|상품|제품)(?:들)?만|만\s?(?:보여|골라|추려|남겨)|\bonly (?:show|the ones|those|ones)\b|\bshow (?:me )?only\b"
)
_SAVES = re.compile(
    r"(?i)찜|위시|저장|나중|담아\s?(?:두|놔|둘)|관심\s?(?:상품|목록)|하트|킵|보관|기억|\b(?:save|wish|later|keep|bookmark|favou?rites?|heart|list|remember|hold|aside|park)\b"
)
_SUCH = re.compile(r"(?:걸로|거로|것으로|거로요|걸로요)[\s.!~ㅎㅋ]*$")
_MISREAD = frozenset({"find_product", "recommend", "ask_policy", "out_of_scope", "smalltalk"})
_LOOKS_FOR = re.compile(
    r"(?i)\b(?:want|need|looking for|find me|searching for|any)\b|찾|추천|[있잇]어|[있잇]나|있을까|보여|사고\s?싶|살\s?만|구해|골라"
)
# "do they have noise cancelling?" has the words of a cancellation; a quality of the goods says otherwise
_ABOUT_PAPERS = frozenset({"ask_cancel_policy", "cancel_order", "ask_return_policy", "manage_account"})
# what concerns an order or an account is doubted while a product is talked about
_PAPERS = frozenset(
    {"get_invoice", "manage_account", "write_review", "exchange_item", "change_order", "subscribe_news"}
)
_PAPERS_SURE = 0.6
_ARRIVES = re.compile(
    r"(?i)도착|배송|\b(?:arrives?|get(?:s|ting)? (?:to|here|there)|deliver(?:ed|s)?|shipp?(?:s|ed)?)\b"
)
_FEE = re.compile(r"(?i)배송비|택배비|요금|무료|얼마(?!나)|\b(?:cost|fee|how much|free|price)\b")
_ITS_WAY = re.compile(
    r"(?i)언제|까지|왔|도착|어디|\b(?:when|by|arrived?|here|yet|get (?:it|here|there)|come)\b"
)
_OF_IT = re.compile(
    r"(?i)^\W*(?:\w+\W+){0,2}(?:is|are|does|do|can|will|has|have)\s(?:it|they|this|that|these|those)\b"
)
_HOW_OFTEN = re.compile(r"(?i)얼마나\s?(?:자주|오래|많이|걸)|\bhow (?:often|long|many times)\b")
_TAKE_OUT = re.compile(
    r"(?i)^\W*(?:please |pls |can you |and |oh |no,? )*(?:remove|delete|take (?:out|off)|get rid of)\b|(?:장바구니|카트)에서\s?(?:빼|삭제|지워)"
)
_LISTS = frozenset({"view_wishes", "view_cart", "list_orders", "view_points", "save_wish"})
_DISLIKES = re.compile(r"(?i)싫|별로|안\s?좋아|아닌|\b(?:hate|dislike|don'?t like|not a fan)\b")
_INSULT_SURE = 0.75
_WEIGHS = re.compile(
    r"(?i)비교|차이|다른\s?점|뭐가\s?(?:더|나)|어느|둘|아니면|랑\s|\b(?:compar\w+|differ\w*|vs|versus|or|better|cheaper|best|which|between|both|than)\b"
)


def settled(desk: Desk, intent: Intent) -> str | None:
    """The intent to work on: a bare giving of something becomes the search or question it continues."""
    if not _has_no_word(desk, intent):
        of_order = of_the_order.instead(desk, intent.name) or sending_back_now(desk, intent)
        return of_order or _settled(desk, intent)
    return _instead(desk, guessed=intent.confidence < _GUESSED)


def _has_no_word(desk: Desk, intent: Intent) -> bool:
    """Whether an intent was read, none too surely, of which no word speaks ("금욜까지 와?" as points)."""
    words = _OWN_WORDS.get(intent.name)
    half = intent.name == "ask_discount" and len(desk.situation.reading.intents) > 1
    unsure = intent.confidence < _WORDLESS_SURE or half or _by_a_day(desk)
    return words is not None and unsure and words.search(desk.text) is None


def _instead(desk: Desk, *, guessed: bool) -> str | None:
    """A day by which something comes, else a question of the rules; a statement or a mere guess is asked back."""
    if _by_a_day(desk):
        return "ask_delivery"
    if guessed:
        return None
    return "ask_policy" if asks(desk.text) or _ASKS_BRIEFLY.search(desk.text) else None


def _by_a_day(desk: Desk) -> bool:
    day = desk.first("date") or desk.first("date_range")
    return bool(day and not desk.memory.awaits and not desk.memory.task and _COMES.search(desk.text))


def _settled(desk: Desk, intent: Intent) -> str | None:
    if intent.name == "notify_restock" and _ARRIVES.search(desk.text):
        return "ask_delivery"
    if intent.name in ("view_cart", "ask_delivery") and (other := _of_delivery(desk, intent)) is not None:
        return other
    if intent.name == "save_wish" and not _SAVES.search(desk.text):
        return "find_product"  # "he likes dinosaurs" puts nothing aside
    if intent.name in _POLITE and _ADD.search(desk.text) and desk.memory.shown:
        return "add_to_cart"
    if paying.to_another(desk.text) and (desk.memory.last_order or desk.values("order_id")):
        return "change_order"
    looked_at = _of_what_is_looked_at(desk, intent)
    return looked_at or _of_the_goods(desk, intent) or _as_read(desk, intent)


# an intent that these words alone would not make is doubted without one of its own
_OWN_WORDS = {
    "view_points": re.compile(
        r"(?i)적립|포인트|마일리지|잔액|점수|\b(?:points?|balance|rewards?|credits?)\b"
    ),
    "ask_discount": re.compile(
        r"(?i)깎|할인|디씨|네고|싸|에누리|쿠폰|가격|비싸|얼마|덤|서비스|\b(?:discounts?|deals?|lower|price|cheap\w*|off|less|best you can)\b"
    ),
}
_COMES = re.compile(r"(?i)와요?\W*$|오나|올까|오죠|받|도착|\b(?:comes?|arrives?|get|need|here)\b")
_ASKS_BRIEFLY = re.compile(r"(?:되나|돼나|되냐|될까|있나|인가|하나|됨|가능)\W*$|[?？]")
_WORDLESS_SURE, _GUESSED = 0.6, 0.25
# "can you write happy birthday on it"
_DONE_TO_IT = re.compile(
    r"(?i)\b(?:can|could|do|will|would) (?:you|u|ya|i)\b.{3,60}\b(?:on|to|in|with|for|of) (?:it|them|this|that|these)\b|(?:여기|거기|이거|위)에\s.{1,30}(?:돼|되|나요|수\s?있|줄\s?수|주실)"
)
_SWAPS = re.compile(r"(?i)바꿔|변경|\b(?:change|swap|switch|make) (?:it|that|this)\b")
_SENT_BACK = re.compile(r"(?i)교환|반품|받은|받았|왔|\b(?:exchange|return|received|arrived|came)\b")


def _of_what_is_looked_at(desk: Desk, intent: Intent) -> str | None:
    """ "소로 바꿔줘" of goods that nobody has ordered yet; "금욜까지 와?", however it was read."""
    if intent.name == "inform" and _by_a_day(desk):
        return "ask_delivery"
    if intent.name == "out_of_scope" and desk.memory.focus and _DONE_TO_IT.search(desk.text):
        return "ask_policy"
    browsing = desk.memory.focus and not desk.memory.last_order and not has_ordered(desk)
    if intent.name in ("exchange_item", "change_order") and browsing and _SWAPS.search(desk.text):
        after_cart = any(each.id == "intent:checkout" for each in desk.memory.offered)
        swaps = not desk.values("reason") and not _SENT_BACK.search(desk.text)
        return ("change_cart" if after_cart else "ask_availability") if swaps else None
    return None


def _of_delivery(desk: Desk, intent: Intent) -> str | None:
    if intent.name == "ask_delivery" and _of_that_order(desk):
        return "track_order"
    # "the total with shipping to Jeju"
    return "ask_price" if with_delivery(desk.text) and _in_hand(desk) else None


def _of_that_order(desk: Desk) -> bool:
    """ "Has 1003 been delivered?", "will it arrive by Friday" of the order just talked about: where it is, not a fee."""
    if _FEE.search(desk.text):
        return False
    browsing = desk.memory.shown or desk.memory.focus or desk.values("category") or desk.values("product")
    return bool(desk.values("order_id")) or bool(
        desk.memory.last_order and not browsing and _ARRIVES.search(desk.text) and _ITS_WAY.search(desk.text)
    )


def _in_hand(desk: Desk) -> bool:
    return bool(desk.memory.focus or desk.values("product") or desk.situation.state.page)


def _of_the_goods(desk: Desk, intent: Intent) -> str | None:
    """What the goods on the desk make of a request whose words alone look like another one."""
    memory = desk.memory
    begun = bool(memory.shown or memory.wishes.text or memory.wishes.categories)
    if _goes_on_looking(desk, intent, begun=begun):
        return "find_product"
    buys = begun or desk.situation.reading.has("add_to_cart")
    if intent.name == "track_order" and not desk.known and memory.last_order is None and buys:
        return "track_order" if has_ordered(desk) else "ask_delivery"
    if intent.name == "compare_products" and _of_one(desk):
        return "choose"
    if intent.name == "ask_product_info" and _of_a_kind(desk):
        return "find_product"
    if desk.values("sort") and len(memory.shown) > 1 and not desk.values("product") and begun:
        return (
            "find_product"
            if intent.name in ("read_reviews", "ask_price", "choose_option", *_MISREAD)
            else None
        )
    return "ask_product_info" if _asks_of_it(desk, intent) else None


def _of_one(desk: Desk) -> bool:
    """ "tell me about the second": one is pointed at, and nothing is weighed against it."""
    pointed = [value for value in desk.values("product") if isinstance(value, dict)]
    one = len(pointed) == 1 and pointed[0].get("ref") in ("ordinal", "last")
    return one and not _WEIGHS.search(desk.text)


def _of_a_kind(desk: Desk) -> bool:
    """ "이불 세탁기에 돌려도 돼요?" with no product at hand: which of them can, rather than whether some one does."""
    at_hand = desk.memory.focus or desk.memory.shown or desk.situation.state.page or desk.values("product")
    quality = desk.values("attribute") or desk.values("material")
    return bool(desk.values("category") and (quality or guide_words.sought(desk.text)) and not at_hand)


def _goes_on_looking(desk: Desk, intent: Intent, *, begun: bool) -> bool:
    """A wish laid onto the search that has begun, or a search in words that look like something else."""
    if intent.name == "ask_delivery":
        return bool(desk.values("category")) and _LOOKS_FOR.search(desk.text) is not None
    if not begun:
        return False
    if intent.name == "abuse":
        return intent.confidence < _INSULT_SURE and _DISLIKES.search(desk.text) is not None
    wishes = any(each.type in _WISH_ENTITIES for each in desk.entities)
    if wishes and (_ONLY_THOSE.search(desk.text) or _such_a_one(desk)):
        return True
    left_out = bool(desk.values("excluded")) and not (desk.colors or desk.sizes)
    return left_out and intent.name not in ("change_cart", "deny", "add_to_cart")


def _such_a_one(desk: Desk) -> bool:
    """ "향 없는 걸로", of several: a quality of the one wanted."""
    quality = any(desk.values(kind) for kind in ("attribute", "material", "excluded", "audience"))
    return quality and len(desk.memory.shown) > 1 and _SUCH.search(desk.text) is not None


def _asks_of_it(desk: Desk, intent: Intent) -> bool:
    """A question that names no goods of its own while one product is on the table is about that product."""
    quality = any(desk.values(kind) for kind in ("attribute", "material"))
    if intent.name in _ABOUT_PAPERS:
        return bool(desk.memory.shown) and quality and asks(desk.text)
    if intent.confidence < _PAPERS_SURE and intent.name in _PAPERS:
        return could_be_of_it(desk)
    if intent.name == "inform":
        return quality and bool(desk.values("product")) and asks(desk.text)
    if intent.name not in _MISREAD or seeks(desk.text) or not asks_beside_names(desk):
        return False
    one = (
        desk.values("product")
        or desk.memory.focus
        or desk.situation.state.page
        or len(desk.memory.shown) == 1
    )
    if intent.name == "ask_policy" or not one:
        return bool(desk.memory.shown) and (quality or bool(desk.values("category")))
    return True


def _as_read(desk: Desk, intent: Intent) -> str | None:
    if intent.name == "repeat":
        return misread.repeated(desk)
    return misread.instead(desk, intent) or _asked_of_goods(desk, intent) or _as_said(desk, intent)


def _asked_of_goods(desk: Desk, intent: Intent) -> str | None:
    if intent.name == "report_item_problem" and solving.only_asked(desk):
        return "ask_product_info"
    if intent.name == "ask_promotion" and desk.values("product"):
        return "ask_price"  # "이거 세일해?"
    if intent.name == "ask_price" and _HOW_OFTEN.search(desk.text):
        return "ask_policy"  # "물갈이 얼마나 자주 해요"
    if intent.name in ("ask_product_info", "ask_availability", "find_product") and _TAKE_OUT.search(
        desk.text
    ):
        return "change_cart"
    return None


def _as_said(desk: Desk, intent: Intent) -> str | None:
    if desk.values("coupon") and intent.name in _ABOUT_COUPON:
        return "apply_coupon"
    if (
        intent.name == "apply_coupon"
        and not desk.values("coupon")
        and not desk.values("points")
        and asks(desk.text)
    ):
        return "ask_promotion"  # "쿠폰 쓸 수 있나": which there are
    if intent.name in ("ask_availability", "find_product", "inform", "choose_option") and _ADD.search(
        desk.text
    ):
        return "add_to_cart"
    if intent.name in _POLITE and (desk.colors or desk.sizes) and desk.memory.focus:
        return _about_variant(desk)
    if intent.name not in ("inform", "choose_option", "correct"):
        return _believed(desk, intent)
    return _continued(desk, intent)


def _believed(desk: Desk, intent: Intent) -> str | None:
    """The intent when the reader is sure of it or the message names goods; a doubtful one about the product at hand
    that names a quality is a question about that product."""
    wishes = any(entity.type in _WISH_ENTITIES for entity in desk.entities)
    if intent.name == "abuse" and intent.confidence < _INSULT_SURE:
        return "find_product" if wishes else None
    if _still_looks(desk, intent, wishes=wishes):
        return "find_product"
    if intent.confidence < _DOUBTFUL and not wishes and desk.memory.awaits is None:
        # "do they have a hard sole"; the rest is asked rather than guessed
        return "ask_product_info" if _OF_IT.search(desk.text) and could_be_of_it(desk) else None
    if intent.name not in _VAGUE or intent.confidence >= _SURE:
        return intent.name if intent.name in JOBS else None
    at_hand = desk.memory.focus or desk.situation.state.page or desk.values("product")
    if not wishes:
        return "ask_product_info" if at_hand and asks(desk.text) else None
    return (
        "ask_product_info" if at_hand and intent.name not in ("find_product", "recommend") else "find_product"
    )


def _still_looks(desk: Desk, intent: Intent, *, wishes: bool) -> bool:
    """A price alone, or a wish in words that look like a list ("show me the grey"), goes on with the search."""
    if intent.name in _ASIDE and _only_a_price(desk):
        return bool(desk.memory.wishes.text)
    doubtful = intent.confidence < _DOUBTFUL and intent.name in _LISTS
    return doubtful and wishes and bool(desk.memory.shown)


def _only_a_price(desk: Desk) -> bool:
    return bool(desk.entities) and all(entity.type in ("price_min", "price_max") for entity in desk.entities)


def _continued(desk: Desk, intent: Intent) -> str | None:
    memory = desk.memory
    if _ABOUT_ME.match(desk.text.strip()) and memory.awaits is None:
        return "note_preference"
    if intent.name == "choose_option" and desk.colors and len(memory.shown) <= 1 and memory.focus:
        return _about_variant(desk)  # one product is on the table: "the yellow one" is its colour
    if intent.name == "choose_option" and desk.values("product") and _asks_beside(desk):
        return "ask_policy"  # "첫 번째 거 포장 되나요": the articles, else the record
    if intent.name == "choose_option" and (desk.values("product") or desk.colors) and memory.shown:
        return "choose"
    if desk.colors or desk.sizes:
        return _about_variant(desk)
    return "find_product" if _searches_on(desk) else None


def _asks_beside(desk: Desk) -> bool:
    """Whether something is asked beside the pointing."""
    rest = desk.text
    for each in desk.entities:
        rest = rest.replace(each.text, " ", 1) if each.type == "product" else rest
    return asks(rest) and not only_to_see(rest)


def _about_variant(desk: Desk) -> str:
    """A bare colour or size: of the product under discussion, else one more wish of the search."""
    memory = desk.memory
    if memory.pending is not None and memory.pending.intent in JOBS:
        return memory.pending.intent
    return "ask_availability" if memory.focus and memory.awaits not in _WISHES else "find_product"


def _searches_on(desk: Desk) -> bool:
    memory = desk.memory
    begun = memory.awaits in _WISHES or memory.wishes != Wishes()
    wishes = any(entity.type in _WISH_ENTITIES for entity in desk.entities)
    return bool(desk.values("category") or desk.values("product") or (wishes and begun))

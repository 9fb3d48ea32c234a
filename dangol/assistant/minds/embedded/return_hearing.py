"""Whether a message answers the open question of a return."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re

from dangol.assistant.minds.embedded import (
    after_words,
    exchanging,
    left_out,
    other_goods,
    restock_words,
    return_slots,
)
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import is_question, plainly_asks, seeks
from dangol.assistant.minds.embedded.return_slots import AWAITS, Slots, heard
from dangol.assistant.understanding.reading import Intent
from dangol.contracts.shopfloor.returns import ReturnKind

_QUESTIONS = frozenset(
    {"find_product", "ask_policy", "track_order", "ask_store", "checkout", "smalltalk", "recommend"}
)
_OTHER_WISHES = frozenset(
    {"cancel_order", "track_order", "list_orders", "track_refund", "change_order", "complain"}
)
_FEW_WORDS = 6
_NO_ANSWER = frozenset({"talk_to_human", "cancel_dialogue", "abuse", "deny", "goodbye", "switch_language"})
_FOR_REASON = frozenset({"return_reason", "return_lines", "return_photo", "return_variant", "return_state"})
_OF_GOODS_NAMED = frozenset({"return_reason", "return_state", "return_photo", "return_yes"})
_FOR_VARIANT = frozenset({"return_variant", "return_contact"})
# "아니 할게요", "no wait, do it": what a no had left alone is wanted after all
_WILL = re.compile(
    r"(?i)^\W*(?:아니|아냐|아뇨|잠깐|잠시|그냥|다시|역시)[\s,.!~]*(?:그냥|다시|역시)?\s*(?:할게|할께|할래|하겠|해\s?줘|해\s?주|진행|신청할)\S*\W*$|^\W*(?:no|wait|hm+|hold on|ok|actually)[\s,.]+(?:wait[\s,.]+)?(?:just )?(?:do it|go ahead|i will|i'?ll do it)\W*$"
)
_MONEY_BACK = re.compile(
    r"(?i)얼마.{0,8}(?:돌려|환불|받|나와|들어)|(?:돌려|환불|받).{0,8}얼마|\bhow much\b.{0,20}(?:\bback\b|\brefund|\bget\b|\W*$)"
)
_PHOTO_COMES = re.compile(
    r"(?i)사진.{0,6}(?:보낼|보내\s?드|찍을|찍어|올릴|첨부|있어)|\b(?:can|will|i'?ll|let me|going to|have)\b.{0,16}\b(?:photos?|pictures?|pics?)\b"
)
# "i got a keyboard", "화이트가 왔어요": more of what is wrong, where a picture was asked for
_TELLS_MORE = re.compile(
    r"(?i)^(?!.*[?？])(?:.*(?:왔어|왔는데|왔네|받았|보냈|들어\s?있)|\W*(?:i|it|they|you|we|there) (?:\w+ )?(?:got|received|sent|came|gave|was|is|were|keeps?|won'?t|can'?t|doesn'?t|does not|don'?t|isn'?t|stopped|still)\b)"
)
# "아 그냥 환불할래", "a new one, not a refund": the other of the two is wanted after all
_SAME = re.compile(
    r"(?i)^\W*(?:yes |ok |just |the |in the |exactly )*(?:exact )?same(?: (?:one|again|thing|colou?r|size|item|product|please|pls))*\W*$|^\W*(?:네\s?)?(?:똑)?같은\s?(?:거|것|걸|상품|색|사이즈)\S{0,6}\W*$"
)
_MONEY = re.compile(r"(?i)환불|돈으로|\brefund(?:ed)?\b|\bmoney back\b")
_WANTS_MONEY = re.compile(
    r"(?i)^\W*(?:그냥|걍|그럼|아니|아|네|빨리|전액|전부|다)?\s?(?:그냥\s)?환불\s?(?:이?요|할래요?|할게요?|할께요?|원해요?|로요?|해\s?줘요?|해\s?주세요|부탁\S*|받을게요?|받을래요?|받고\s?싶\S+)\W*$"
    r"|^\W*(?:just |ok |then )*(?:i want |give me |i'?d like )?(?:a |my |the )?(?:refund|money back)(?: please| pls| then)*\W*$"
)
_NO_MONEY = re.compile(
    r"(?i)환불\s?(?:말고|아니고|대신)|\b(?:not|no|instead of|rather than) (?:a |the |my )?(?:refund|money)\b"
)
_NEW_ONE = re.compile(
    r"(?i)새\s?(?:걸|거|것|제품|상품)(?:로|으로)|\b(?:a new one|another one|a replacement|replace (?:it|them))\b|^\W*replacement\W*$"
)
_OF_RULES = re.compile(
    r"(?i)규정|정책|기간|기한|비용|택배비|배송비|조건|방법|가능|불가|안내|되나|돼나|될까|\b(?:polic\w+|rules?|terms|window|period|fees?|costs?|how|can|possible|allowed|refundable|returnable)\b"
)
_SWAPS = re.compile(r"(?i)바꿔|바꿀|바꾸|\b(?:change|switch|trade) (?:it|that|this|them) (?:for|to)\b")
_WHO_PAYS = re.compile(
    r"(?i)(?:배송|택배|반송|왕복|수거)\s?(?:비|료|요금)|누가\s?내|\bwho pays\b|\bship\w*\b|\bpostage\b|\blabel\b|\bfees?\b"
)
_WHICH = re.compile(
    r"(?i)(?:것|거|까지|도|다)\s?(?:같이\s?|다\s?|함께\s?)?(?:보내야|돌려보내야|반납해야|부쳐야)|\b(?:do|must|should) i (?:have to |need to )?(?:send|return|ship)\b.{0,24}\b(?:too|as well|both|everything|that|the other|all)\b"
)
_COURIER = re.compile(
    r"(?i)기사|수거|픽업|가지러|회수|\b(?:courier|carrier|driver|pick[- ]?(?:ed )?(?:it )?up|collect\w*)\b"
)
_HOW_SOON = re.compile(r"(?i)언제|얼마나\s?걸|며칠|\bhow (?:long|soon|fast|many days)\b|\bwhen\b")
_BESIDES = re.compile(r"(?i)[가-힣]도\s|하나도|같이|함께|\b(?:also|too|as well|and the|besides)\b")
_OF_PHOTO = re.compile(r"(?i)사진|\b(?:photos?|pics?|pictures?)\b")
_BACK_IN = re.compile(r"(?i)들어와|들어오|입고|재고|\b(?:restock|back in|in stock|available)\b")
_SURE = 0.5  # from here on a reading is believed against the open question
_NO_PHOTO = re.compile(
    r"(?i)없이|없어|못\s?찍|사진은?\s?(?:없|안)|그냥|\b(?:no|without|don't have|haven'?t)\b.{0,12}\b(?:photo|pic)|\bskip\b"
)


def gives(desk: Desk) -> bool:
    """Does this message answer the open question of a return?"""
    pending = desk.memory.pending
    if pending is not None and pending.awaits == return_slots.LEFT:
        return _after_all(desk)
    if pending is None or pending.intent not in return_slots.INTENTS or pending.awaits not in AWAITS:
        return _of_the_parcel(desk)
    names = {intent.name for intent in desk.situation.reading.intents}
    other_way = kind_wanted(desk) not in (None, pending.options.get("kind"))
    if desk.situation.heard.attachments or wants_word(desk) or other_way:
        return True
    if _plainly_given(desk, pending.awaits, names):
        return True
    if names & _NO_ANSWER or names == {"thank"}:
        return False
    slots = heard(desk, Slots(kind="return", intent=pending.intent))
    return bool(
        names_goods(desk)
        or (pending.awaits == return_slots.INSTEAD and names == {"affirm"})
        or (
            pending.awaits in _FOR_VARIANT and (desk.sizes or desk.colors or other_goods.wanted_instead(desk))
        )
        or other_variant(desk)
        or leaves_out(desk)
        or (pending.awaits in ("return_yes", "return_variant") and _SAME.search(desk.text))
        or all_of_them(desk)
        or wants_more(desk)
        or names == {"repeat"}
        or (pending.awaits == "return_reason" and slots.reason)
        or (pending.awaits in ("return_state", "return_reason", "return_yes") and slots.state)
        or (pending.awaits == "return_lines" and _could_be_lines(desk, names))
        or (pending.awaits == "return_yes" and slots.way)
        or names & {"return_item", "exchange_item", "report_item_problem"}
    )


def sold_out_of(desk: Desk) -> str:
    """The variant that is wanted in the exchange on the desk and is sold out, "" where there is none."""
    pending = desk.memory.pending
    waits = pending is not None and pending.awaits in ("return_variant", "return_contact")
    return pending.options.get("gone", "") if pending is not None and waits else ""


def wants_word(desk: Desk) -> bool:
    """ "들어오면 문자줘", "text me when it's back" of that variant, or where to, once that was asked."""
    if not sold_out_of(desk):
        return False
    where = desk.values("email") or desk.values("phone")
    asked_where = desk.memory.pending is not None and desk.memory.pending.awaits == "return_contact"
    return bool(where) if asked_where else restock_words.told_when_back(desk)


def names_goods(desk: Desk) -> bool:
    """ "The bulbs", "just the lamp then", "the quilt then, too thin" in the middle of a return: which of the goods."""
    pending = desk.memory.pending
    named = any(each.type in ("category", "product") and each.text for each in desk.entities)
    open_one = pending is not None and pending.awaits in _OF_GOODS_NAMED
    if not (open_one and named) or len(desk.text.split()) > _FEW_WORDS or is_question(desk.text):
        return False
    if {"affirm", "add_to_cart"} <= {each.name for each in desk.situation.reading.intents}:
        return False  # "네 그리고 머그컵 담아줘": another wish
    return not seeks(desk.text)


def all_of_them(desk: Desk) -> bool:
    """ "Both" to a return that is proposed: more of the goods than were named."""
    pending = desk.memory.pending
    proposed = pending is not None and pending.awaits == "return_yes"
    return proposed and len(desk.text.split()) <= 3 and return_slots.says_all(desk.text)


def leaves_out(desk: Desk) -> bool:
    """ "아 주전자는 빼고요" to the return of several things: not all of them."""
    pending = desk.memory.pending
    several = pending is not None and len(pending.options.get("lines", "").split(",")) > 1
    return several and bool(left_out.said(desk)) and not is_question(desk.text)


def other_variant(desk: Desk) -> bool:
    """Whether another variant is named than the one the exchange on the desk was begun for."""
    pending = desk.memory.pending
    if pending is None or pending.awaits in _FOR_VARIANT or not pending.options.get("sku"):
        return False
    few = len(desk.text.split()) <= _FEW_WORDS
    return few and exchanging.names_other_variant(desk)


def asks_of_state(desk: Desk) -> bool:
    """ "뜯었는데 돼요?", "is it a problem that I opened it": whether goods in that state may come back."""
    return plainly_asks(desk.text) and bool(heard(desk, Slots(kind="return", intent="return_item")).state)


def wants_more(desk: Desk) -> bool:
    """ "그럼 티셔츠도 같이 반품하면요" while a return is proposed: other goods are to be sent back besides."""
    pending = desk.memory.pending
    if pending is None or pending.awaits != "return_yes" or not _BESIDES.search(desk.text):
        return False
    named = any(each.type in ("category", "product") and each.text for each in desk.entities)
    return named and after_words.wanted(desk.text) in ("return_item", "exchange_item")


def _after_all(desk: Desk) -> bool:
    """ "No", and then "wait, yes": what was left alone a moment ago is proposed anew, and nothing is done yet."""
    names = {intent.name for intent in desk.situation.reading.intents}
    more = len(desk.text.split()) > 1  # a mere "yes" may be to anything
    lately = desk.memory.last_intents in ((), ("deny",), ("cancel_dialogue",))
    return more and lately and (names == {"affirm"} or _WILL.search(desk.text) is not None)


def _of_the_parcel(desk: Desk) -> bool:
    """Is it told where a parcel that went astray was looked for?"""
    pending = desk.memory.pending
    waits = pending is not None and pending.awaits == "parcel"
    return waits and after_words.looked_for(desk.text) and not desk.values("order_id")


def _plainly_given(desk: Desk, awaits: str, names: set[str]) -> bool:
    """ "A photo?" "I have none"; "have you opened it?" "yes" or no more than "no"."""
    if awaits == "return_photo":
        told = next(
            filter(None, (each.search(desk.text) for each in (_NO_PHOTO, _OF_PHOTO, _TELLS_MORE))), None
        )
        return names == {"deny"} or told is not None
    if awaits in _FOR_REASON and (awaits == "return_reason" or "deny" not in names) and _tells_why(desk):
        return True  # "just don't want it" is no no to the question why
    if awaits == "return_reason" and _says_something(desk):
        return True
    if awaits == "return_yes" and (_tells_why(desk) or _OF_PHOTO.search(desk.text)):
        return True  # "didn't need it", "no pic": no no
    if awaits == "return_yes":  # "교환 말고 환불이요": what was proposed, said once more
        return _MONEY_BACK.search(desk.text) is not None or kind_wanted(desk) is not None
    bare = names == {"affirm"} or (names == {"deny"} and len(desk.text.split()) == 1)
    return awaits == "return_state" and bare


def _says_something(desk: Desk) -> bool:
    """A statement that is no clear wish, where the reason is asked: that is the reason, in words of their own."""
    sure = any(intent.confidence >= _SURE for intent in desk.situation.reading.intents)
    named = desk.values("order_id") or desk.values("email") or desk.values("phone")
    return len(desk.text.split()) > 1 and not sure and not named and not plainly_asks(desk.text)


def sending_back_now(desk: Desk, intent: Intent) -> str | None:
    """ "수건 환불", "return the mug": goods and what is to be done with them ask for no rules."""
    goods = any(each.type in ("category", "product") and each.text for each in desk.entities)
    brief = len(desk.text.split()) <= _FEW_WORDS - 2
    if intent.name == "track_refund" and brief and _WANTS_MONEY.match(desk.text):
        return "return_item"  # "환불이요": nothing is asked of a refund under way
    if intent.name != "ask_return_policy" or not goods or not brief or plainly_asks(desk.text):
        return None
    wanted = after_words.wanted(desk.text)
    return wanted if wanted in ("return_item", "exchange_item") and not _OF_RULES.search(desk.text) else None


def _tells_why(desk: Desk) -> bool:
    """ "그냥 맘에 안들어서", "changed my mind": why, whatever a reader makes of it."""
    return bool(return_slots.why(desk.text)) and not is_question(desk.text)


def _could_be_lines(desk: Desk, names: set[str]) -> bool:
    """Whether goods could be meant: no wish of its own about the order, unless goods are named with it."""
    if names & _OTHER_WISHES and not desk.values("product"):
        return False
    return _is_short(desk.text) or not names & _QUESTIONS


def _is_short(text: str) -> bool:
    """A few words that name something, and no question."""
    return 0 < len(text.split()) <= 4 and "?" not in text


def tells_why_now(desk: Desk) -> bool:
    """ "Didn't need it" to a return that is proposed with no reason but another: why, and no no."""
    pending = desk.memory.pending
    vague = pending is not None and pending.options.get("reason") in (None, "", "other")
    return vague and pending is not None and pending.awaits == "return_yes" and _tells_why(desk)


def no_is_none(desk: Desk) -> bool:
    """Whether what sounds like a no to the return that is proposed only changes it, or is of the picture."""
    wanted = kind_wanted(desk)
    pending = desk.memory.pending
    changes = pending is not None and wanted not in (None, pending.options.get("kind"))
    return other_kind(desk) or tells_why_now(desk) or changes or _OF_PHOTO.search(desk.text) is not None


def other_kind(desk: Desk) -> bool:
    """ "아니다 교환되나": no to the return that was proposed, for an exchange of the same is wanted."""
    pending = desk.memory.pending
    return_proposed = pending is not None and pending.awaits == "return_yes"
    swaps = after_words.wanted(desk.text) == "exchange_item" or _SWAPS.search(desk.text)
    return return_proposed and bool(swaps)


def kind_wanted(desk: Desk) -> ReturnKind | None:
    """Money or other goods, where a message tells which; a question tells neither."""
    if is_question(desk.text):
        return None
    if _NO_MONEY.search(desk.text) or _NEW_ONE.search(desk.text):
        return "exchange"
    return "return" if _MONEY.search(desk.text) else None


def asked_beside(desk: Desk) -> str:
    """What is asked beside a return that is being asked for: "fee", "time", "pickup", "which" goods go back, or ""."""
    pending = desk.memory.pending
    if pending is None or pending.intent not in return_slots.INTENTS or pending.awaits not in AWAITS:
        return ""
    if _WHICH.search(desk.text):
        return "which"
    if _COURIER.search(desk.text) and _HOW_SOON.search(desk.text):
        return "pickup"
    if _WHO_PAYS.search(desk.text):
        return "fee"
    if wants_word(desk) or _BACK_IN.search(desk.text):
        return ""  # when goods are there again is no matter of the return
    return "time" if _HOW_SOON.search(desk.text) and desk.first("date") is None else ""


def promises_photo(desk: Desk) -> bool:
    """Whether a picture is announced that has not come yet."""
    named = _PHOTO_COMES.search(desk.text) or _OF_PHOTO.search(desk.text)
    promised = named is not None and _NO_PHOTO.search(desk.text) is None
    return promised and not desk.situation.heard.attachments

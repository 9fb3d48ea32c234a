"""Requests that are known by their very words, whatever a reader makes of them, in the order they are looked for."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import (
    account,
    adding_options,
    after_words,
    bare_options,
    barriers,
    buying,
    cancelling,
    cancelling_part,
    cart_changes,
    changing,
    changing_again,
    damage,
    deciding,
    delivering,
    exchange_lives,
    finding,
    known_after,
    looking_back,
    money_instead,
    naming,
    offering,
    order_words,
    orders_after,
    other_than,
    papers,
    parcels,
    plainly,
    policies,
    pricing,
    refunds,
    restocking,
    return_costs,
    return_rules,
    returning,
    saving,
    sending_back,
    sending_rule,
    several,
    superlatives,
    talking,
    telling,
    that_one,
    till,
    verifying,
)
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.known_by import Known, known_by
from dangol.assistant.minds.embedded.pointing import asks
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ask
from dangol.contracts.shopfloor.baskets import CartView
from dangol.contracts.shopfloor.people import Nothing

_MORE = re.compile(
    r"(?i)^\W*(?:(?:음+|아|아니|흠|그럼|hm+|um+|nah|no|ok(?:ay)?|eh|meh)\W*)?(?:(?:이|그|저|요)\s?(?:거|것)(?:들)?\s*말고\W*다른\s?(?:거|것|걸|상품|제품|스타일|디자인)?.{0,10}|다른\s*(?:거|것|걸|건|상품|제품|디자인)(?:도|은|는|로|를)?\s*(?:더\s*)?(?:보여|없|있|추천|볼|봐|주|좀).*|더\s*(?:보여|없|있).*|"
    r"(?:이|그|저|요)\s?(?:거|것)(?:들)?\s*말고(?:요|여)?\W*$|not (?:this|that|it|these|those|them)(?: ones?)?\W*$|none of (?:these|those|them)\W*$|"
    r"(?:show me |any |anything |got any )?(?:more|others?|something else|else)(?: please| options| ones)?[?.!]*)$"
)
_CHEAPER = re.compile(
    r"(?i)^\W*(?:그럼\s*|혹시\s*)?(?:이거\s?보다\s*)?(?:더|좀\s*더|조금\s*더|제일|가장)\s*(?:싼|저렴한)"
    r"\s*(?:거|것|건|상품|제품|걸로)?.{0,12}$"
    r"|^\W*(?:(?:got |show me |do you have )?(?:anything|something|any))?\s*(?:a bit |a little )?cheaper"
    r"(?: ones?| options?)?\W*$"
)
# "너무 비싸 더싼거", "nah too expensive. cheaper?": beside other words, of nothing that is cheaper elsewhere
_CHEAPER_TOO = re.compile(
    r"(?i)(?:더|좀|조금)\s?(?:더\s?)?(?:싼|저렴한|싸고|저렴하고)\s?(?:거|것|걸|꺼|건|상품|제품|애|모델|없|있|로)"
    r"|\b(?:(?:any|some)(?:thing|one)?|one|ones|got|show|something a bit|a bit|little|bit) (?:\w+ )?(?:cheaper|less expensive)\b|(?:^|[.,!?]\s*)(?:\w+ )?cheaper(?: ones?| options?)?\s*(?:\?|pls|please|$)"
)
_ELSEWHERE = re.compile(
    r"(?i)(?:다른|딴)\s?(?:데|곳|가게|사이트|몰)|쿠팡|네이버|\belsewhere\b|\bother (?:shops?|stores?|sites?)\b|\bamazon\b|\bebay\b"
)
_WHICH = re.compile(r"(?i)어느|어떤|뭐가|뭐\s?가|중에|\bwhich\b|\bthan\b|보다")
_FURTHER = re.compile(
    r"(?i)^\W*(?:그럼\s*|혹시\s*|좀\s*|이거\s?보다\s*)*(?:더|좀\s*더|조금\s*더)\s*[가-힣]{1,6}[은는ㄴ운한긴큰]?\s*(?:거|것|건|걸로?|게|사이즈|상품|제품)?.{0,8}$"
    r"|^\W*(?:do you have |have you got |is there |are there |got |show me )?(?:anything|something|any|one)s?\s"
    r"(?:a bit |a little |slightly |much )?(?:(?!other|ever|never|under|over)[a-z]+er|more [a-z]+)(?: ones?| options?)?\W*$"
)
_CARD_HERE = re.compile(
    r"(?i)카드\s?(?:번호|정보).{0,12}(?:여기|채팅|적|입력|쓰|불러|말해|안전)|\bcard\b.{0,25}\b(?:here|in (?:the|this) chat|type|tell you|give you)\b"
    r"|\b(?:type|give|send|tell)\b.{0,20}\bcard\b.{0,12}\b(?:number|details|here)\b"
)
_BARE_WISH = re.compile(
    r"(?i)^(?!.*(?:카드|계좌|페이|현금|무통장|택배|퀵|한국어|영어|처음|장바구니|상담|사람|메일|문자|집으로|회사로|이걸로|그걸로|저걸로|바로|따로|새로|서로))"
    r"[가-힣a-z0-9]{2,10}(?:으로|로)(?:요|만|만요)?[.!~]*$"
    r"|^(?:ok |okay |then )?in (?!the\b|my\b|a\b|english\b|korean\b)[a-z]+(?: then)?(?: please)?[.!]*$"
)
_WHAT_SOLD = re.compile(
    r"(?i)(?:여기|이\s?(?:가게|쇼핑몰|사이트|샵)|무슨|어떤|뭐|뭘|무엇을)\s?(?:는|은|에서|에선|에는)?\s?(?:뭐|뭘|무엇을|어떤\s?(?:거|것|상품|물건)을?|무슨\s?(?:거|상품|물건)을?|상품을?|물건을?|거|것을?)?\s?"
    r"(?:를\s?|을\s?)?(?:파는|파나|팔아|파시|파세|팝니|판매|취급)"
    r"|(?:무슨|뭐\s?하는)\s?(?:가게|쇼핑몰|사이트|곳)|\bwhat (?:kinds? of |sorts? of )?(?:things |stuff |products |goods |items )?(?:do|does|are) (?:you|this (?:shop|store)|y'all)(?: guys)? (?:sell|selling|carry|stock|offer)\b"
    r"|\bwhat (?:kind|sort|type) of (?:shop|store|site|place)\b"
)
_NO_RESTOCK = re.compile(
    r"(?i)(?:재입고|입고|알림\s?신청|대기자?\s?명단|대기\s?신청).{0,12}(?:취소|해지|빼|안\s?받|그만|삭제)"
    r"|\b(?:stop|cancel|remove|drop|no longer|don'?t)\b.{0,20}\b(?:restock|back in stock|stock alerts?|wait ?list|waiting list)\b"
)
_TELL_ME = re.compile(
    r"(?i)알림|알려\s?(?:줘|주|달)|(?:들어오|입고되|풀리|재입고)면|\b(?:notify|tell|let|text|e-?mail|message|ping|alert) me\b|\b(?:sign me up|waitlist|wait list)\b"
)
_ALTOGETHER = re.compile(
    r"(?i)^\W*(?:그럼\s*|이제\s*|지금\s*|근데\s*|(?:둘|셋|두\s?개|세\s?개)\s*)*(?:총|전부|다\s?(?:해서|합쳐서?|하면)|합계|합쳐서|모두|합치면)(?:\s?(?:해서|합쳐서?|금액|가격|합계|액))*(?:이|은|는)?\s?(?:얼마\S*|몇\s?원\S*|알려\S*)?\W*$"
    r"|^\W*(?:so |ok(?:ay)?,? |and )*(?:what(?:'?s| is) (?:the |my )?(?:total|sum)(?: now| so far)?|how much (?:is (?:it|that|everything|all)|in total|altogether)(?: (?:all together|altogether|in total|so far|total))?|total)\W*$"
)
_SELL = re.compile(
    r"(?i)^\W*(?:hi,? |hey,? |hello,? )*(?:do|d|does|can) (?:you|u|ya|y'all|yall|this (?:shop|store))(?: guys)? (?:also )?(?:sell|carry|stock)(?: any)? (?!gift cards?\b|vouchers?\b|(?:wholesale|online|abroad|to|in|at|by|on|internationally|used)\b)[\w' -]{3,40}\W*$"
)
_IF_BROKEN = re.compile(
    r"(?i)(?:깨|죽|시들|썩|상하|상해|터|파손|망가|부서|불량|고장|흠집|녹)\S*\s?(?:서\s?)?(?:오면|올\s?때|왔을\s?때|도착하면|배송되면|있으면|이면)"
    r"|\b(?:what if|if) (?:it|they|something|anything|one|the \w+)\b.{0,25}\b(?:arrives?|comes?|gets? here|is|are|shows? up)\b.{0,20}\b(?:broken|damaged|bad|rotten|dead|wilted|faulty|defective|cracked|wrong)"
)
_FREE_DELIVERY = re.compile(
    r"(?i)(?:넘으면|넘기면|이상이?면|이상\s?(?:사|주문)\S*|채우면)\s?(?:배송비?|택배비?)?\S{0,2}\s?(?:무료|공짜)|(?:배송비?|택배비?)\S{0,2}\s?(?:무료|공짜)|무료\s?배송"
    r"|\bfree (?:shipping|delivery|postage)\b|\b(?:shipping|delivery)\b.{0,12}\bfree\b"
)
# "10팩에 15900원 맞죠?", "so it's $28 right?": the price is said back to be confirmed, and nobody haggles
_PRICE_SAID_BACK = re.compile(
    r"(?i)\d\s?(?:원|만\s?원|천\s?원|달러)?\s?(?:이|가)?\s?(?:맞|인가요|인\s?거죠|인거죠|이죠|이지요|라는\s?거죠)\S*\W*$"
    r"|[$€£]\s?\d[\d,.]*.{0,12}\b(?:right|correct|yeah|yes)\W*$|\b(?:is|so) (?:it|that|this)(?: is|'s)? (?:really |just )?[$€£]\s?\d[\d,.]*\W*$"
)
_PREFERENCES = re.compile(r"(?i)(?:내|제)\s*(?:취향|선호)|my preferences")


_LIKE_BUYING = frozenset({"add_to_cart", "style_advice", "find_product", "checkout"})


def may_be_a_name(job: Job) -> bool:
    """Whether a request known by its words may as well be no more than the name of goods."""
    return job in (
        finding.find_products,
        telling.ask_product_info,
        bare_options.option_or_told,
        _shown_or_looked_up,
    )


def known_request(desk: Desk) -> tuple[Desk, Job] | None:
    """The request that a message makes by its very words, and its job; None when it is for the reader to say."""
    for known, job in _KNOWN:
        found = known(desk)
        if found is not None:
            return found, job
    return None


def _further(desk: Desk) -> Desk | None:
    return None if desk.values("category") else known_by(_FURTHER, shown=True, whole=True)(desk)


def _cheaper_too(desk: Desk) -> Desk | None:
    """ "너무 비싸 더싼거": cheaper ones than those on screen, whatever stands beside it."""
    goods = any(desk.values(kind) for kind in ("category", "price_max", "price_min"))
    if goods or superlatives.takes(desk.text) or _ELSEWHERE.search(desk.text) or _WHICH.search(desk.text):
        return None
    return known_by(_CHEAPER_TOO, shown=True)(desk)


def _bare_wish(desk: Desk) -> Desk | None:
    """ "무가당으로", "the oak ones": a word of the shop's own, added to the search on the screen."""
    memory = desk.memory
    if memory.focus or len(memory.shown) < 2 or memory.task or memory.awaits:
        return None
    if any(each.type not in ("attribute", "material", "occasion") for each in desk.entities):
        return None
    return known_by(_BARE_WISH, whole=True, intent="find_product")(desk)


def _bare_option(desk: Desk) -> Desk | None:
    """ "in rust then", "홀빈으로요": an option in the shop's own words, of the product talked about."""
    memory = desk.memory
    if not memory.focus or desk.entities or memory.task or memory.awaits in ("contact", "address", "yes_no"):
        return None
    return known_by(_BARE_WISH, whole=True, intent="ask_availability")(desk)


def _shown_or_looked_up(desk: Desk) -> Steps[Answer]:
    """A product by its name; with a colour or size beside it, whether it is there."""
    job = deciding.ask_availability if desk.intent == "ask_availability" else telling.show_product
    return (yield from job(desk))


def _takes_each(desk: Desk) -> Desk | None:
    """ "A vase in amber and a bunch of yellow tulips, please": goods named one by one."""
    asked = {intent.name for intent in desk.situation.reading.intents}
    buys = asked == {"add_to_cart"} or (asked <= _LIKE_BUYING and superlatives.takes(desk.text))
    if desk.memory.task == "checkout" or not buys or not several.parts_named(desk):
        return None
    return desk.with_intent("add_to_cart")


def _tell_me_then(desk: Desk) -> Desk | None:
    """ "알림 신청할게요" after something was sold out: to be told when it is back."""
    pending = desk.memory.pending
    if pending is None or pending.intent != "notify_restock":
        return None
    return known_by(_TELL_ME, intent="notify_restock")(desk)


def _sum_of_cart(desk: Desk) -> Desk | None:
    """ "총 얼마예요" with something in the cart: the whole of it."""
    after_cart = any(each.id == "intent:checkout" for each in desk.memory.offered)
    goods = any(each.type in ("category", "product") and each.text for each in desk.entities)
    return None if goods or not after_cart else known_by(_ALTOGETHER, intent="view_cart")(desk)


def _sum_perhaps(desk: Desk) -> Desk | None:
    """ "두개 다해서 얼마" while a product is talked about: of the cart, where something lies in it."""
    goods = any(each.type in ("category", "product") and each.text for each in desk.entities)
    return None if goods or desk.memory.task else known_by(_ALTOGETHER, intent="ask_price")(desk)


def _sum_or_price(desk: Desk) -> Steps[Answer]:
    cart = yield from ask("view_cart", Nothing(), CartView)
    job = buying.view_cart if cart.lines else pricing.ask_price
    return (yield from job(desk))


def _sold_here(desk: Desk) -> Desk | None:
    """ "Do you sell kayaks": goods that no table knows are looked for all the same."""
    paying = desk.memory.task == "checkout"
    return None if paying else known_by(_SELL, whole=True, intent="find_product")(desk)


# goods that no table knows: "빨대 있나요", "do you have reusable straws"
_HAVE = re.compile(
    r"(?i)^\W*(?:혹시\s|여기\s|저기\s?요?\s)*(?P<ko>[가-힣a-z][가-힣a-z0-9 ]{1,15}?)\s?(?:은|는|이|가|도)?\s?(?:있나요?|있어요?|있을까요?|있습니까|있음|있는지|파나요?|팔아요?|파시나요?|파세요)\W*$"
    r"|^\W*(?:hi,? |hey,? |hello,? )*(?:do|d|does) (?:you|u|ya|y'all)(?: guys)? (?:have|got|stock)(?: got)? (?:any |some |a |an )?(?P<en>[a-z][a-z' -]{2,30}?)(?: for sale| in stock| please| pls)?\W*$"
)
_NO_GOODS = re.compile(
    r"(?i)^(?:얼마|몇|언제|어디|누구|적립금|포인트|마일리지|이거|그거|저거|이것|그것|더|또|다른|재고|여유|하나|남은|아직|지금|그런|이런|저런|뭐|뭔가|문제|시간|방법|이벤트|혜택|매장|주차|화장실|it|them|this|that|these|those|one|more|stock|anything|something|time|a question|questions|an? .*)\b"
    r"|거$|것$|건$|수$|적$|분$|데$|가능|사이즈|색|컬러|할인|세일|쿠폰|포인트|행사|회원|카드|배송|반품|교환|환불|보증|서비스|\b(?:size|colou?r|discount|sale|coupon|code|polic|warrant|deliver|shipp|return|refund|points?|account|app|store|branch|parking|wifi|phone|e-?mail|number|address|hours|program|financing|insurance|reviews?|instructions?|manual|photos?|pictures?)"
)


_OF_GOODS = frozenset(
    {"ask_availability", "find_product", "ask_product_info", "ask_policy", "smalltalk", "out_of_scope"}
)


def _unknown_goods(desk: Desk) -> Desk | None:
    """Goods by a name that nothing here knows, and nothing else on the desk: looked for by that name."""
    memory = desk.memory
    busy = memory.task or memory.focus or memory.shown or memory.awaits or desk.situation.state.page
    read = {intent.name for intent in desk.situation.reading.intents}
    if busy or desk.entities or not read <= _OF_GOODS or (said := _HAVE.match(desk.text.strip())) is None:
        return None
    name = (said["ko"] or said["en"] or "").strip()
    return None if _NO_GOODS.search(name) else desk.with_intent("find_product")


def _what_sold(desk: Desk) -> Desk | None:
    return None if desk.entities else known_by(_WHAT_SOLD)(desk)


def _account_needed(desk: Desk) -> Desk | None:
    """ "회원가입 해야 되나요": whether one must have an account is no matter of an account."""
    asked = {intent.name for intent in desk.situation.reading.intents}
    if asked != {"manage_account"} or barriers.named(desk.text) != "account" or not asks(desk.text):
        return None
    return replace(desk, argument="account")


def _if_it_came_broken(desk: Desk) -> Desk | None:
    """ "깨져서 오면 어떡해요": nothing has come yet, the rules are asked for."""
    if desk.memory.task or desk.memory.last_order is not None or desk.values("order_id"):
        return None
    return known_by(_IF_BROKEN, intent="ask_policy")(desk)


def _free_delivery(desk: Desk) -> Desk | None:
    """ "3만5천원 넘으면 무료죠?": what is free from there on is the delivery."""
    return None if desk.memory.task else known_by(_FREE_DELIVERY, intent="ask_delivery")(desk)


def _price_said_back(desk: Desk) -> Desk | None:
    at_hand = desk.memory.focus or len(desk.memory.shown) == 1 or desk.values("product")
    if not at_hand or desk.memory.task or desk.memory.awaits in ("contact", "size", "order"):
        return None
    return known_by(_PRICE_SAID_BACK, intent="ask_price")(desk)


_PROBLEM = verifying.as_owner(returning.report_item_problem)
_CHANGE = verifying.as_owner(changing.change_order)
_PAPER = verifying.as_owner(papers.get_invoice)


def _order_before(desk: Desk) -> Desk | None:
    """ "그 전 주문은요?": where the order is that came before the one talked about."""
    meant = order_words.one_before(desk) and after_words.wanted(desk.text) is None
    return desk.with_intent("track_order") if meant else None


_CANCEL_PART = cancelling_part.of_cart_or(verifying.as_owner(cancelling.cancel_order))
_KNOWN: tuple[tuple[Known, Job], ...] = (
    (sending_rule.asked, sending_rule.by_when),
    (cancelling_part.asked, _CANCEL_PART),
    (other_than.asked, other_than.show_others),
    (parcels.rest_wanted, verifying.as_owner(orders_after.rest_of_parcels)),
    (refunds.other_card, refunds.to_other_card),
    (cancelling.asked_beside, verifying.as_owner(cancelling.cancel_order)),
    (known_after.tax_paper, policies.about_order),
    (known_after.short_of, _PROBLEM),
    (return_rules.asked, return_rules.told_beside),
    (changing_again.asked, verifying.as_owner(changing_again.propose)),
    (money_instead.asked, verifying.as_owner(money_instead.call_off_first)),
    (refunds.keeps_it, verifying.as_owner(refunds.call_off)),
    (known_after.how_long_then, verifying.as_owner(refunds.track_refund)),
    (exchange_lives.asked, verifying.as_owner(refunds.track_refund)),
    (looking_back.asked, looking_back.show_again),
    (_order_before, verifying.as_owner(orders_after.track_order)),
    (known_by(_MORE, shown=True, whole=True, intent="more"), finding.more_products),
    (known_by(_NO_RESTOCK), saving.stop_restock),
    (known_by(offering.NEVER), offering.never),
    (_tell_me_then, saving.notify_restock),
    (bare_options.when_back, deciding.ask_availability),
    (restocking.asked, restocking.when_back),
    (_sum_of_cart, buying.view_cart),
    (_sum_perhaps, _sum_or_price),
    (_sold_here, finding.find_products),
    (_unknown_goods, finding.find_products),
    (plainly.of_people, finding.find_products),
    (cancelling.asked_why, verifying.as_owner(cancelling.cancel_order)),
    (that_one.asked, that_one.take_or_show),
    (plainly.names_one, _shown_or_looked_up),
    (plainly.names_one_shown, telling.show_product),
    (plainly.takes_several, several.add_several),
    (_takes_each, several.add_each_named),
    (adding_options.takes_each_option, adding_options.add_each_option),
    (plainly.takes_some_of_several, naming.which_product),
    (plainly.goes_with, finding.style_advice),
    (plainly.takes_one_of_several, naming.which_product),
    (plainly.takes_it, buying.add_to_cart),
    (plainly.so_many_instead, buying.add_to_cart),
    (plainly.only_so_many, cart_changes.change_cart),
    (bare_options.limited, bare_options.within_limits),
    (bare_options.bigger_or_smaller, buying.add_to_cart),
    (bare_options.level_said, bare_options.of_that_level),
    (plainly.takes_the_most, buying.add_to_cart),
    (plainly.not_too_dear, finding.find_cheaper),
    (plainly.the_same_in_other_goods, finding.find_products),
    (plainly.something_like, finding.find_products),
    (plainly.something_more, finding.find_further),
    (plainly.something_with, finding.find_with),
    (known_by(_CHEAPER, shown=True, whole=True), finding.find_cheaper),
    (_cheaper_too, finding.find_cheaper),
    (plainly.asks_for_the_most, superlatives.which_is_most),
    (_further, finding.find_further),
    (plainly.asks_of_goods, telling.ask_product_info),
    (_bare_wish, finding.find_with),
    (_bare_option, deciding.ask_availability),
    (bare_options.number_please, buying.add_to_cart),
    (bare_options.how_many, buying.add_to_cart),
    (bare_options.measure_alone, bare_options.in_another_option),
    (bare_options.few_words, bare_options.option_or_told),
    (account.asked, account.manage_account),
    (known_after.not_received, _PROBLEM),
    (known_after.sent_again, talking.talk_to_human),
    (known_after.points_over, saving.points_expiry),
    (known_after.points_all, buying.use_all_points),
    (known_after.promised, talking.talk_to_human),
    (known_after.disputed, talking.complain),
    (known_after.detail_of_order, _CHANGE),
    (known_after.fetched, returning.ask_return_policy),
    (return_costs.wanted, returning.ask_return_policy),
    (sending_back.wanted, sending_back.by_when),
    (known_after.paper_in, _PAPER),
    (bare_options.which_options, deciding.ask_availability),
    (_if_it_came_broken, damage.if_damaged),
    (_free_delivery, delivering.ask_delivery),
    (_price_said_back, pricing.ask_price),
    (known_by(_CARD_HERE), till.safe_payment),
    (known_after.paid, till.check_payment),
    (known_by(_PREFERENCES), talking.list_preferences),
    (_what_sold, finding.what_is_sold),
    (_account_needed, barriers.remove),
)

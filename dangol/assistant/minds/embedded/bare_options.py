"""Options of the product at hand, said in passing: "make it 10 lb", "denim then", "큰거로 주세요", "언제 들어와요"."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from dangol.assistant.minds.embedded import (
    buying,
    cart_changes,
    deciding,
    finding,
    options,
    pricing,
    superlatives,
    telling,
)
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import asks, is_question, seeks
from dangol.assistant.minds.embedded.references import meant_products
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ask
from dangol.assistant.minds.embedded.wanting import measures_said
from dangol.assistant.understanding.reading import Entity
from dangol.contracts.shopfloor.products import Availability, CheckAvailability, VariantView
from dangol.kernel.words import measures

_FEW_WORDS = 5
_MOST_SHOWN = 4
_A_NUMBER = re.compile(r"(?i)(?:and |what about |how about )?(?:the )?\d[\d.,/½¼¾]*\s?(?:s|ones?)?\s?\?+")
_NUMBER_OF = re.compile(
    r"(?:하나|둘|셋|넷|(?:한|두|세|네|\d{1,2})\s?(?:개|벌|장|세트|켤레|병|팩|봉|박스|통))(?:만|씩)?|\b(?:one|two|three|four) of\b"
)
_NUMBER_PLEASE = re.compile(
    r"(?i)^\W*\d+(?:\.\d+)?\s?(?:번|호|짜리)?\s?(?:으?로|것?걸?로)\s?(?:요|주세요|줘요?|할게요?|담아\S*|해\s?주세요)?\W*$"
)
_WH = re.compile(r"(?i)\bwh(?:at|ich|y)|\bhow\b|뭐|무슨|어느|어떤")
_UNTOLD = frozenset({"ask_product_info"})
_COMES_IN = re.compile(
    r"(?i)\b(?:does|do|is|are|can i get) (?:it|they|this|that|these|those)\b.*\b(?:come|comes|available|made|sold)?\s?in\s(?!a\b|the\b|stock\b|store)[a-z]"
)
_BACK = re.compile(
    r"(?i)언제\s?(?:쯤\s?)?(?:다시\s?)?(?:들어|입고|재입고|나와|풀|돼|되)|재입고|\bwhen\b.{0,25}\b(?:back|restock|available|in stock|more)"
)


_WHICH_OPTIONS = re.compile(
    r"(?i)^\W*(?:and |so |ok,? )*(?:what|which|any|are there|got any|got|do you have)\s(?:any\s)?(?:(?:other|more|different|else)\s)?(?:colou?rs?|sizes?|flavou?rs?|options|styles|formats)(?: (?:do you have|are there|does it (?:come|have)|is it|can i get|come|available))*(?: in)?\W*$"
    r"|^\W*(?:다른|무슨|어떤)\s?(?:색상?|컬러|사이즈|용량|맛|옵션)(?:은|는|도|으로)?\s?(?:뭐|어떤|있|없|되|돼)?\S*(?:\s(?:있\S*|없\S*))?\W*$"
)
# a question that waits for something no option of goods could be
_NO_OPTION = frozenset(
    {"contact", "address", "budget", "order", "proof", "reason", "code", "guide", "recipient"}
)
# what a reader makes of limits and sizes said by themselves
_SAID_OF_GOODS = frozenset(
    {"find_product", "recommend", "inform", "choose_option", "correct", "ask_availability", "compare_products", "ask_price",
     "ask_product_info", "change_cart", "add_to_cart", "ask_discount", "smalltalk", "out_of_scope", "affirm", "deny",
     "ask_size_advice", "find_similar", "more"}
)  # fmt: skip
_PRICE = re.compile(r"(?i)얼마|가격|몇\s?원|\bhow much\b|\bprice\b|\bcosts?\b")
_LITTLE = re.compile(
    r"(?i)있[나어]요?|없[나어]요?|살게요?|살께요?|살래요?|인데요?|잡이?|꺼|그럼|그러면|그냥|걍|아니|아|음|네|넵|응|어|좋아|근데|ㄱㄱ|고고|이요|이여|으로|로|요|여|욤|은|는|도|만|짜리|사이즈|걸|거|것"
    r"|주세요|줘요|줘|할게요|할게|할래요|할래|ok|okay|fine|then|hm+|well|and|so|um|the|in|one|pls|please|ya|yeah|yes|do|you|have|got|any|ill|i'll|take|get|me|want|just|lets|go|with"
)


def _free(desk: Desk) -> bool:
    """Whether what is said may be of the goods on the desk: nothing else is under way."""
    return not desk.memory.task and desk.memory.awaits not in _NO_OPTION and not desk.values("order_id")


def limited(desk: Desk) -> Desk | None:
    """ "under 2 kg", "20리터 이상은", "탑박스 40리터 이상": a limit on what can be measured, and nothing asked but to keep to it."""
    free = _free(desk) or desk.memory.awaits == "budget"  # a limit that is none of money is no budget
    if not free or not _may_be_said_of_goods(desk) or not measures_said(desk):
        return None
    if is_question(desk.text) and not seeks(desk.text) and (desk.memory.focus or desk.values("product")):
        return None  # "can it hold 20 kg or more?"
    return desk


def within_limits(desk: Desk) -> Steps[Answer]:
    """The option of the product meant that keeps to the limit said; else the search goes on with it."""
    pointed = meant_products(desk)
    product = pointed[0].product if pointed else desk.memory.focus if not desk.values("category") else None
    if product is not None:
        found = yield from ask("check_availability", CheckAvailability(product=product), Availability)
        if options.within(desk.text, (*found.matching, *found.others)) is not None:
            memory = desk.memory.model_copy(update={"focus": product})
            return (
                yield from deciding.ask_availability(replace(desk, intent="ask_availability", memory=memory))
            )
    return (yield from finding.find_products(desk.with_intent("find_product")))


def level_said(desk: Desk) -> Desk | None:
    """ "the large one", "둘째로 큰거 줘", "the smallest jar of jam": one of the options of the product at hand, or of the one
    named, by its place among them."""
    named = {
        value["product"] for value in desk.values("product") if isinstance(value, dict) and "product" in value
    }
    of_it = len(named) == 1 or (desk.memory.focus and not named and _no_other_goods(desk))
    if not (of_it and _free(desk) and _may_be_said_of_goods(desk) and options.says_more_or_less(desk.text)):
        return None
    if named and _AND.search(desk.text):
        return None  # "the big one and the jam", "hardcover or paperback, what's cheaper"
    if not named and _weighs_or_seeks(desk):
        return None
    if _PRICE.search(desk.text):
        intent = "ask_price"
    else:
        intent = (
            "add_to_cart"
            if superlatives.takes(desk.text) or _PLEASE.search(desk.text)
            else "ask_availability"
        )
    left_out = ("size", "category") if named else ("size", "category", "product")
    return replace(
        desk, intent=intent, entities=tuple(each for each in desk.entities if each.type not in left_out)
    )


_AND = re.compile(r"(?i)\b(?:and|plus|or|vs|than)\b|비교|차이|아니면|중에|이?랑\s|하고\s")
_SURE = 0.35


def _may_be_said_of_goods(desk: Desk) -> bool:
    """Whether nothing else is surely asked for."""
    read = {intent.name for intent in desk.situation.reading.intents if intent.confidence >= _SURE}
    return read <= _SAID_OF_GOODS


def _no_other_goods(desk: Desk) -> bool:
    """ "the small bag" of gravel names no bag."""
    kinds = [each.text for each in desk.entities if each.type == "category"]
    return all(options.is_piece(desk.text, kind) for kind in kinds)


def _weighs_or_seeks(desk: Desk) -> bool:
    """Whether products are weighed or others looked for ("which is lighter", "더 큰 거 있어요?"), or much more is said."""
    pointed = {value.get("ref") for value in desk.values("product") if isinstance(value, dict)}
    return (
        len(desk.text.split()) > _FEW_WORDS + 1
        or not pointed <= {"attribute", "last", "ordinal"}
        or superlatives.measure_named(desk) is not None
        or _WH.search(desk.text) is not None
        or seeks(desk.text)
    )


_PLEASE = re.compile(r"(?i)(?:줘|주세요|주셈|할게|할래|살게)\S*\W*$|\b(?:i'?ll|get me|give me|gimme)\b")


def of_that_level(desk: Desk) -> Steps[Answer]:
    """What is said of the option at that place: its price, into the cart with it, or whether it is there."""
    jobs: dict[str, Job] = {"ask_price": pricing.ask_price, "add_to_cart": buying.add_to_cart}
    return (yield from jobs.get(desk.intent, deciding.ask_availability)(desk))


def perhaps_an_option(desk: Desk) -> Callable[[Desk, Job], Job] | None:
    """What to try before a few words are taken for what they were read as: an option of what is looked at or shown."""
    return option_else if perhaps(desk) else of_one_shown if perhaps_of_one_shown(desk) else None


def or_option(desk: Desk, known: Desk, job: Job, *, loose: bool) -> tuple[Desk, Job]:
    """A request that is known by loose words ("그럼 …") may be an option of what is talked about ("그럼 한쌍")."""
    return (desk, option_else(known, job)) if loose and perhaps(desk) else (known, job)


def perhaps(desk: Desk) -> bool:
    """Whether these few words could be an option of the product at hand, whatever a reader makes of them ("그럼 245")."""
    memory = desk.memory
    if not memory.focus or not _free(desk) or len(desk.text.split()) > _FEW_WORDS or _asks_more(desk.text):
        return False
    told = {each.type for each in desk.entities} - {"size", "color", "quantity"}
    return not told and len(desk.situation.reading.intents) == 1


def _asks_more(text: str) -> bool:
    """Whether a message is a question, and more than a number with its mark ("3s?")."""
    return is_question(text) and _A_NUMBER.fullmatch(text.strip()) is None


def option_else(otherwise: Desk, job: Job) -> Job:
    """The option that the words are; what they were read as, where no option is called so."""

    def of_it(desk: Desk) -> Steps[Answer]:
        assert desk.memory.focus is not None
        found = yield from ask(
            "check_availability", CheckAvailability(product=desk.memory.focus), Availability
        )
        every = (*found.matching, *found.others)
        if len(every) > 1 and only_names(desk.text, every):
            return (yield from of_that_option(desk))
        return (yield from job(replace(otherwise, memory=desk.memory)))

    return of_it


def of_that_option(desk: Desk) -> Steps[Answer]:
    """The option named: into the cart with it where that is said or under way, else whether it is there."""
    pending = desk.memory.pending
    going_in = pending is not None and pending.intent == "add_to_cart" and not is_question(desk.text)
    intent = "add_to_cart" if going_in or _PLEASE.search(desk.text) else "ask_availability"
    return (yield from of_that_level(replace(_uncounted(desk), intent=intent)))


def _uncounted(desk: Desk) -> Desk:
    """ "6 pack please" of bulbs that come in packs: no number of them."""
    rest = desk.text
    for each in desk.entities:
        if each.type == "quantity":
            rest = rest.replace(each.text.strip(), " ", 1)
    if any(char.isdigit() for char in rest) or not _PACK.search(desk.text):
        return desk
    return replace(desk, entities=tuple(each for each in desk.entities if each.type != "quantity"))


_PACK = re.compile(r"(?i)\d\s?-?(?:pack|pk|count|ct)\b|\d\s?(?:개입|팩짜리|입)")


def perhaps_of_one_shown(desk: Desk) -> bool:
    """Whether these few words could be an option of one of those on screen ("011로 두개", of strings)."""
    memory = desk.memory
    few = len(desk.text.split()) <= _FEW_WORDS
    told = {each.type for each in desk.entities} - {"size", "color", "quantity"}
    looked_at = memory.focus or not 1 < len(memory.shown) <= _MOST_SHOWN
    return few and not told and not looked_at and _free(desk) and _may_be_said_of_goods(desk)


def of_one_shown(otherwise: Desk, job: Job) -> Job:
    """The option that the words are of the only one shown that has it; else what they were read as."""

    def of_that_one(desk: Desk) -> Steps[Answer]:
        fitting = []
        for item in desk.memory.shown:
            wanted = CheckAvailability(product=item.product)
            found = yield from ask("check_availability", wanted, Availability)
            if only_names(_NUMBER_OF.sub(" ", desk.text), (*found.matching, *found.others)):
                fitting.append(item)
        if len(fitting) != 1:
            return (yield from job(replace(otherwise, memory=desk.memory)))
        one = {"focus": fitting[0].product, "focus_title": fitting[0].title}
        at = replace(desk, memory=desk.memory.model_copy(update=one))
        takes = _PLEASE.search(desk.text) or desk.quantity
        at = _uncounted(at).with_intent("add_to_cart" if takes else "ask_availability")
        return (yield from of_that_level(at))

    return of_that_one


def only_names(text: str, variants: Sequence[VariantView]) -> bool:
    """Whether a message names a value of an option, and nothing beside it but little words."""
    values = {value for each in variants for value in each.options.values()}
    said = options.named(text, values)
    rest = " ".join(measures.words_of(text))
    for value in sorted(said, key=len, reverse=True):
        rest = rest.replace(" ".join(measures.words_of(value)), " ")
    rest = options.without_numbers_of(rest, said)
    return bool(said) and not _LITTLE.sub(" ", options.without_sizes(rest)).strip(" .")


def measure_alone(desk: Desk) -> Desk | None:
    """ "ok 20 lb then", "make it 10 lb": an option of the product at hand, in the cart or before."""
    memory = desk.memory
    offered = memory.pending is not None and memory.pending.intent == "add_to_cart"
    free = not memory.task and memory.awaits not in ("contact", "address", "budget", "order")
    names = {intent.name for intent in desk.situation.reading.intents}
    free = free and (memory.awaits != "yes_no" or offered) and names != {"add_to_cart"}
    if not (memory.focus and free and options.says_measure(desk.text)) or asks(desk.text):
        return None
    if len(desk.text.split()) > _FEW_WORDS or desk.values("product") or desk.values("category"):
        return None
    after_cart = any(each.id == "intent:checkout" for each in memory.offered)
    return desk.with_intent("change_cart" if after_cart else "ask_availability")


def number_please(desk: Desk) -> Desk | None:
    """ "1.5로 주세요": the option that begins with this number, and no haggling."""
    if not desk.memory.focus or desk.memory.task or _NUMBER_PLEASE.match(desk.text.strip()) is None:
        return None
    return desk.with_intent("add_to_cart")


def how_many(desk: Desk) -> Desk | None:
    """ "두개" with one product at hand: so many of it."""
    memory = desk.memory
    if not memory.focus or memory.task or memory.awaits is not None or desk.quantity is None:
        return None
    after_cart = any(each.id == "intent:checkout" for each in memory.offered)
    bare = bool(desk.entities) and {each.type for each in desk.entities} == {"quantity"}
    names = {intent.name for intent in desk.situation.reading.intents}
    return desk.with_intent("add_to_cart") if bare and names == {"inform"} and not after_cart else None


def in_another_option(desk: Desk) -> Steps[Answer]:
    """What was put in the cart in another option, or whether there is one."""
    job = cart_changes.change_cart if desk.intent == "change_cart" else deciding.ask_availability
    return (yield from job(desk))


def bigger_or_smaller(desk: Desk) -> Desk | None:
    """ "그럼 큰거로 주세요" once the options of a product were told: the biggest of them."""
    if desk.memory.awaits != "option" or not desk.memory.focus or is_question(desk.text):
        return None
    if desk.values("product") or desk.values("category") or not options.says_more_or_less(desk.text):
        return None
    bare = len(desk.text.split()) <= _FEW_WORDS and not _WH.search(desk.text)
    return desk.with_intent("add_to_cart") if bare or superlatives.takes(desk.text) else None


def when_back(desk: Desk) -> Desk | None:
    """ "언제 들어와요" of what was just said to be sold out: still of that colour and size."""
    pending = desk.memory.pending
    if pending is None or pending.intent != "notify_restock" or desk.colors or desk.sizes:
        return None
    if not _BACK.search(desk.text):
        return None
    said = [Entity(type="color", text=each, value=each, start=0, end=0) for each in pending.colors]
    said += [
        Entity(type="size", text=each.value, value=each.model_dump(), start=0, end=0)
        for each in pending.sizes
    ]
    own = "" if said else " ".join(pending.options.values())  # an option in the shop's own words
    return replace(
        desk, intent="ask_availability", text=f"{desk.text} {own}".strip(), entities=(*desk.entities, *said)
    )


def few_words(desk: Desk) -> Desk | None:
    """ "ok in clay?", "denim then", "does it come in smoked": perhaps an option of the product at hand."""
    memory = desk.memory
    if (
        not memory.focus
        or memory.task
        or memory.awaits in ("contact", "address", "yes_no", "budget", "order")
    ):
        return None
    names = {intent.name for intent in desk.situation.reading.intents}
    elsewhere = desk.values("category") or any(
        value.get("ref") not in ("last", "page")
        for value in desk.values("product")
        if isinstance(value, dict)
    )
    bare = len(desk.text.split()) <= _FEW_WORDS and names == _UNTOLD and not elsewhere
    if _COMES_IN.search(desk.text) or (bare and not _WH.search(desk.text) and not asks(desk.text)):
        return desk
    return None


def option_or_told(desk: Desk) -> Steps[Answer]:
    """Whether there is the option named; where the words name none, what is asked of the product."""
    assert desk.memory.focus is not None
    wanted = CheckAvailability(product=desk.memory.focus)
    found = yield from ask("check_availability", wanted, Availability)
    every = found.model_copy(update={"matching": (*found.matching, *found.others), "others": ()})
    if len(deciding.as_worded(every, desk.text).matching) < len(every.matching):
        own = tuple(each for each in desk.entities if each.type not in ("material", "attribute", "product"))
        return (yield from deciding.ask_availability(replace(desk, intent="ask_availability", entities=own)))
    return (yield from telling.ask_product_info(desk.with_intent("ask_product_info")))


def which_options(desk: Desk) -> Desk | None:
    """ "What other colours" of the one product at hand."""
    if not desk.memory.focus or desk.colors or desk.sizes or desk.memory.task == "checkout":
        return None
    return desk.with_intent("ask_availability") if _WHICH_OPTIONS.match(desk.text.strip()) else None

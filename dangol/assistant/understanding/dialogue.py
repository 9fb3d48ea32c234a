"""What the conversation adds to a reading: answers to the open question, choices on screen, insults, steering."""

import re
from collections.abc import Iterable, Sequence

from dangol.assistant.understanding import rules
from dangol.assistant.understanding.reading import Context, Entity, Intent
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
    "phone", "email", "order_id", "tracking_no", "date", "date_range", "coupon", "reason", "material", "attribute", "category", "brand", "carrier", "points",
})  # fmt: skip
_FILLER = re.compile(
    r"이요|요|여|용|이여|입니다|이에요|예요|에요|임|으로|로|걸로|거|것|꺼|사이즈|색상|색깔|색|컬러|정도|쯤|그냥|음+|아+|어+|네|넵|근데|일단|한|원해요|원함|할게요|할께요|해주세요|주세요|부탁|드려요|해요|생각|하고|있어요|예산은?|개|만|"
    r"신어요|입어요|신는|입는|보통|주로|저는|제가|나는|전|발|the|a|an|in|for|it's|its|it is|i'm|im|i am|is|my|size|color|colour|please|plz|one|ones|around|about|just|maybe|probably|usually|wear|i|uh|um|hmm|so|and|would|be|to|number|is:|,|\.|!|~|\?|:|\s|ㅎ|ㅋ|ㅠ|ㅜ"
)
_REASON_INTENTS = frozenset(
    {
        "return_item",
        "exchange_item",
        "cancel_order",
        "complain",
        "report_item_problem",
        "inform",
        "ask_return_policy",
        "track_refund",
        "ask_cancel_policy",
    }
)
_TOPIC_INTENTS = frozenset({"ask_policy", "ask_return_policy", "ask_delivery", "ask_store"})


def wordless(plain: str, context: Context) -> list[Intent]:
    """The reading of a message without a word (only marks or emoji): a repeat request for “?”, else nothing."""
    if plain.strip() and set(plain.strip()) <= set("?？"):
        return [Intent(name="repeat", confidence=0.6)]
    return []


def settle(
    plain: str, ranked: Sequence[Intent], entities: Sequence[Entity], context: Context, of: int
) -> list[Intent]:
    """The intents of a clause, likeliest first, after the open question and the screen have been considered."""
    name = _certain(plain, ranked, entities, context)
    if name is None or ranked[0].name == name:
        return list(ranked)
    return [Intent(name=name, confidence=0.95), *(one for one in ranked if one.name != name)]


def _certain(
    plain: str, ranked: Sequence[Intent], entities: Sequence[Entity], context: Context
) -> str | None:
    if rules.is_insult(plain):
        return "abuse"
    if rules.wants_person(plain):
        return "talk_to_human"
    if picked := _choice(plain, entities, context):
        return picked
    if _only_answers(plain, entities, context):
        return "correct" if rules.corrects(plain) else "inform"
    return _yes_or_no(plain, ranked, context)


def _choice(plain: str, entities: Sequence[Entity], context: Context) -> str | None:
    if context.offered and any(compact(plain) == compact(label) for label in context.offered):
        return "choose_option"
    pointers = [
        entity
        for entity in entities
        if entity.type == "product"
        and isinstance(entity.value, dict)
        and entity.value.get("ref") in {"ordinal", "attribute"}
    ]
    if len(pointers) == 1 and _bare(plain, entities):
        return "choose_option"
    if (
        context.expects in {"choice", "product"}
        and _bare(plain, entities)
        and any(one.type == "product" for one in entities)
    ):
        return "choose_option"
    if (
        context.expects == "choice"
        and context.offered
        and re.fullmatch(r"\s*\d\s*(?:번|번이요|번요|요|이요|\.)?\s*", plain)
    ):
        return "choose_option"
    return None


def _only_answers(plain: str, entities: Sequence[Entity], context: Context) -> bool:
    wanted = _ANSWERS.get(context.expects or "", frozenset())
    if context.expects in {"address", "contact"} and any(entity.type in wanted for entity in entities):
        return True
    kinds = {entity.type for entity in entities}
    if not kinds or not _bare(plain, entities):
        return _plain_number(plain, context)
    if kinds & wanted:
        return True
    return kinds <= _INFORMING and not kinds <= {"category", "brand", "attribute", "material", "occasion"}


def _plain_number(plain: str, context: Context) -> bool:
    return (
        context.expects in {"quantity", "size", "budget", "points"}
        and re.fullmatch(r"\s*\d[\d,.]*\s*(?:이?요|개|로)?[.!~]*\s*", plain) is not None
    )


def _bare(plain: str, entities: Sequence[Entity]) -> bool:
    """Whether nothing but the entities and small words is said."""
    rest = plain if plain.endswith("?") else f"{plain} "
    if "?" in rest:
        return False
    for entity in entities:
        rest = rest.replace(normalise(entity.text), " ")
    return all(is_particle(word) or not word for word in _FILLER.sub(" ", rest).split())


def _yes_or_no(plain: str, ranked: Sequence[Intent], context: Context) -> str | None:
    if context.expects != "yes_no":
        return None
    if (
        re.match(
            r"\s*(?:네|넵|넹|예|응|어|ㅇㅇ|좋아|그래|yes|yeah|yep|sure|ok|okay|please)(?![a-z가-힣])", plain
        )
        and ranked[0].confidence < 0.8
    ):
        return "affirm"
    if (
        re.match(r"\s*(?:아니|아뇨|노노|ㄴㄴ|싫|됐|no|nope|nah)(?![a-z])", plain)
        and ranked[0].confidence < 0.8
        and not rules.corrects(plain)
    ):
        return "deny"
    return None


def gather(readings: Iterable[Sequence[Intent]], plain: str, context: Context) -> list[Intent]:
    """The intents of all clauses in the order said, each once; a steering attempt leaves the shop request in it."""
    found: dict[str, Intent] = {}
    for ranked in readings:
        best = ranked[0]
        if best.name not in found or found[best.name].confidence < best.confidence:
            found[best.name] = best
    if rules.steering(plain) and not any(name not in _EMPTY for name in found):
        return [Intent(name="out_of_scope", confidence=0.9)]
    if rules.steering(plain):
        return [
            one for one in found.values() if one.name not in {"out_of_scope", "smalltalk", "ask_if_bot"}
        ] or [Intent(name="out_of_scope", confidence=0.9)]
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


def relevant(entities: Iterable[Entity], intents: Sequence[Intent], context: Context) -> list[Entity]:
    """The entities that mean something for these intents; plain amounts count only where an amount is awaited."""
    names = {intent.name for intent in intents}
    kept = []
    for entity in entities:
        if entity.type == "reason" and not (names & _REASON_INTENTS or context.expects == "reason"):
            continue
        if entity.type == "topic" and not names & _TOPIC_INTENTS:
            continue
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

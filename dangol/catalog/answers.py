"""Answering what a product is like from its record alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dangol.catalog import cards, passages, words
from dangol.catalog.model import Product, say
from dangol.catalog.words import squeezed
from dangol.contracts.shopfloor.products import AskAttribute, Attribute, AttributeAnswer
from dangol.kernel.shop import Shop
from dangol.kernel.words import hangul, measures
from dangol.kernel.words.normalising import normalise

# what people ask for by other words than the record's own: each line is one thing
_SAME = tuple(
    frozenset(line.split())
    for line in (
        "무게 중량 몇그램 몇키로 몇킬로 무거워 무거운 무겁 가벼운 weight weigh heavy light how-heavy",
        "소재 재질 원단 재료 겉감 안감 겉면 성분 원료 material fabric made-of lining upper ingredients composition",
        "원산지 제조국 어디서 생산지 made-where origin country manufactured",
        "세탁 세탁법 세탁기 빨래 물세탁 관리 손질 wash washing washable care clean cleaning laundry",
        "크기 사이즈 치수 길이 높이 폭 너비 가로 세로 지름 size dimensions measurements length height width diameter "
        "wide tall long deep",
        "용량 몇리터 몇미리 capacity volume liters litres ml",
        "배터리 사용시간 재생시간 충전시간 지속시간 battery playtime runtime hours charge charging",
        "보증 보증기간 as 무상수리 warranty guarantee",
        "유통기한 소비기한 사용기한 expiry expiration shelf-life",
        "굽 굽높이 밑창 heel sole",
        "향 향기 냄새 scent smell fragrance",
        "제조사 브랜드 만든 brand maker manufacturer",
        "구성 구성품 포함 included contents box comes",
        "소비전력 전력 전기세 전기료 전기요금 전기 와트 몇와트 power wattage watts electricity",
        "연령 나이 몇살 개월 급여 age years months",
    )
)
# whether something does harm is answered by words about harm alone: "for dogs" does not say that puppies may have it
_HARM = re.compile(
    r"안전|해롭|유해|무해|독성|부작용|알레르기|알러지|먹어도|삼켜|임산부|임신|수유|질식|위험"
    r"|\b(?:safe(?:ly|ty)?|harm(?:ful|less)?|toxic|poison\w*|allerg\w+|pregnan\w+|choking|dangerous)\b"
    r"|\b(?:side effects?|swallow\w*)\b"
)
_SMALL_WORDS = frozenset(
    {"For", "for", "In", "in", "Use", "use", "With", "with"}
)  # a name of a row, and no question of it
_OF_HARM = frozenset({"audience", "season", "occasion", "color"})
_YES_NO_KINDS = ("attribute", "material", "audience", "season", "occasion", "color")
_ASKS_WHAT = re.compile(
    r"뭐|무슨|어떤|어디|몇|얼마나|어떻게|언제|소재가|재질이|\bwhat\b|\bwhich\b|\bwhere\b|\bhow\b|\bwhen\b|\bwho\b",
    re.IGNORECASE,
)


# "does it work on induction" is asked of induction, not of a place of work
_WORKS = re.compile(
    r"\bwork(?:s|ed|ing)?\b(?=\s+(?:on|with|in|for|when|if|as|at|without|under\w*)\b|\s*[?.!]*$)"
)


# of two qualities that rule each other out, the record that states one denies the other
_OPPOSED = (
    ("attribute:scented", "attribute:fragrance-free"),
    ("attribute:wireless", "attribute:wired"),
    ("attribute:thin", "attribute:thick"),
)


def attribute(product: Product, asked: AskAttribute, shop: Shop, language: str) -> AttributeAnswer:
    """The attributes and sentences on record that speak to what was asked; `holds` when a yes or no is settled."""
    text = _WORKS.sub(" ", normalise(asked.asked))
    title = say(product.title, language, shop.language)
    concepts = _asked_concepts(text, asked.slugs)
    harm = _HARM.search(text) is not None
    if harm:
        concepts = [each for each in concepts if each.partition(":")[0] not in _OF_HARM]
    against = [other for pair in _OPPOSED for one, other in (pair, pair[::-1]) if one in concepts]
    stated = [
        view
        for view, raw in zip(cards.attribute_views(product, shop, language), product.attributes, strict=True)
        if _speaks_of(raw, text, concepts)
    ]
    body = words.sentences(words.plain_text(say(product.description, language, shop.language)))
    told = passages.answering(text, body, title)
    numbers = bool(told) and passages.measured(text)
    if numbers:  # what it carries is no matter of what it weighs
        stated = [view for view in stated if passages.tells(text, f"{view.name} {view.value}")]
    spoken_of = [*concepts, *against]
    sentences = told if numbers else list(dict.fromkeys([*_sentences(body, text, spoken_of), *told]))
    if not stated and not numbers:
        tagged = [] if sentences else _from_tags(product, spoken_of, language)
        stated = _from_columns(product, text, shop, language) or tagged
    settled = [each for each in concepts if not (harm and each.startswith("material:"))]
    return AttributeAnswer(
        product=product.handle,
        title=title,
        stated=tuple(stated),
        sentences=tuple(sentences[:3]),
        holds=_holds(product, text, settled, sentences) if not _denied(product, concepts, against) else False,
    )


def _denied(product: Product, concepts: list[str], against: list[str]) -> bool:
    """Whether the record states the opposite of what is asked and not that itself ("무향" of a scent)."""
    here = {each.replace("~:", ":") for each in product.concepts}
    return bool(here & set(against)) and not here & set(concepts)


def _asked_concepts(text: str, slugs: tuple[str, ...]) -> list[str]:
    found = [f"{kind}:{slug}" for kind in _YES_NO_KINDS for slug in words.find_slugs(kind, text)]
    found += [f"{kind}:{slug}" for slug in slugs for kind in _YES_NO_KINDS]
    return list(dict.fromkeys(found))


def _speaks_of(raw: dict[str, dict[str, str]], text: str, concepts: list[str]) -> bool:
    names = [squeezed(name) for name in raw["name"].values()]
    plain = squeezed(text)
    if any(len(name) >= 2 and name in plain for name in names if not name.isascii()):
        return True
    if any(name.lower() not in _SMALL_WORDS and _says_word(text, name) for name in raw["name"].values()):
        return True
    if any(_same_thing(text, name) for name in raw["name"].values()):
        return True
    kinds = set()
    for code, value in raw["value"].items():
        name = raw["name"].get(code, "")
        kinds |= {*words.attribute_slugs(name, value), *words.denied_slugs(name, value)}
    return bool(kinds & set(concepts))


def _says_word(text: str, name: str) -> bool:
    plain = normalise(name)
    return plain.isascii() and re.search(rf"\b{re.escape(plain)}s?\b", text) is not None


def _same_thing(text: str, name: str) -> bool:
    asked, called = _stems(text), _stems(normalise(name))
    plain = squeezed(text)
    for same in _SAME:
        korean = {word for word in same if not word.isascii()}
        said = asked & same or any(len(word) >= 2 and word in plain for word in korean)
        named = called & same or any(len(word) >= 2 and word in squeezed(name) for word in korean)
        if said and named:
            return True
    return False


_MADE_OF = re.compile(r"\bmade (?:of|from|out of)\b|\bwhat\b.*\bmade\b")
_MADE_WHERE = re.compile(r"\bmade in\b|\bwhere\b.*\b(?:made|from|produced)\b|\bmade\b.*\bwhere\b")


def _stems(text: str) -> set[str]:
    stems = {hangul.strip_particles(token) for token in re.findall(r"[\w-]+", text)}
    if _MADE_WHERE.search(text):  # "made" alone may be of something or somewhere
        stems.add("made-where")
    elif _MADE_OF.search(text):
        stems.add("made-of")
    return stems


def _from_columns(product: Product, text: str, shop: Shop, language: str) -> list[Attribute]:
    """What the record states outside its list of attributes: weight, brand."""
    korean = language == "ko"
    options = [
        Attribute(name=name, value=", ".join(dict.fromkeys(values)))
        for name, values in _options(product, language, shop.language)
        if len(name) > 1
        and (
            squeezed(name) in squeezed(text)
            or _same_thing(text, name)
            or any(len(value) > 2 and measures.names(text, value) for value in values)
        )
    ]
    if options:
        return options
    weights = {variant.weight_g for variant in product.variants if variant.weight_g}
    if weights and _same_thing(text, "무게"):
        low, high = min(weights), max(weights)
        value = f"{low:,} g" if low == high else f"{low:,}–{high:,} g"
        return [Attribute(name="무게" if korean else "Weight", value=value)]
    if product.brand and (_same_thing(text, "브랜드") or passages.asks_maker(text)):
        brand = say(product.brand, language, shop.language)
        return [Attribute(name="브랜드" if korean else "Brand", value=brand)]
    return []


def _options(product: Product, language: str, fallback: str) -> list[tuple[str, list[str]]]:
    """Each option by its name, with the values the variants have of it."""
    named = [product.options_of(variant, language, fallback) for variant in product.variants]
    return [
        (name, [each[name] for each in named if name in each])
        for name in product.option_names(language, fallback)
    ]


def _from_tags(product: Product, concepts: list[str], language: str) -> list[Attribute]:
    """What the shop has tagged the product with."""
    told = [
        tag
        for tag in product.tags
        if any(
            slug in words.find_slugs(kind, tag)
            for kind, _, slug in (each.partition(":") for each in concepts)
        )
    ]
    name = "상품 태그" if language == "ko" else "Tagged"
    return [Attribute(name=name, value=", ".join(told))] if told else []


def _sentences(body: Sequence[str], text: str, concepts: list[str]) -> list[str]:
    asked = {stem for stem in _stems(text) if len(stem) >= 2}
    return [
        sentence
        for sentence in body
        if _says(sentence, concepts)
        or any(_same_thing(text, stem) for stem in asked & _stems(normalise(sentence)))
    ]


def _says(sentence: str, concepts: list[str]) -> bool:
    """Whether a sentence speaks of any of these, whatever it says of them."""
    plain = words.plain(sentence)
    return any(
        slug in words.find_slugs(kind, sentence) or any(stem in plain for stem in words.stems_of(kind, slug))
        for kind, _, slug in (concept.partition(":") for concept in concepts)
    )


def _holds(product: Product, text: str, concepts: list[str], sentences: list[str]) -> bool | None:
    """Yes when the record says so outright, no when it denies it, else not settled."""
    if not concepts or _ASKS_WHAT.search(text):
        return None
    if any(concept in product.concepts for concept in concepts):
        return True
    for raw in product.attributes:
        for code, value in raw["value"].items():
            name = raw["name"].get(code, "")
            if set(words.denied_slugs(name, value)) & set(concepts):
                return False
    for sentence in sentences:
        if _says(sentence, concepts):
            return words.holds_in(sentence)
    if any(f"{kind}~:{slug}" in product.concepts for kind, _, slug in (c.partition(":") for c in concepts)):
        return True
    return None

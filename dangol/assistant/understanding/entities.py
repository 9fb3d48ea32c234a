"""What a message names: everything found by tables, shapes and the shop's own words, without overlaps."""

# ruff: noqa: E501  a list of alternatives reads best on one line

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pydantic import JsonValue

from dangol.assistant.understanding import unwanted
from dangol.assistant.understanding.codes import Found, find_codes
from dangol.assistant.understanding.lexicon import ShopLexicon
from dangol.assistant.understanding.reading import Context, Entity
from dangol.assistant.understanding.references import find_references
from dangol.assistant.understanding.spelling import goods_speller, is_ordinary
from dangol.kernel.words import animals, attributes, categories
from dangol.kernel.words.dates import find_dates
from dangol.kernel.words.hangul import strip_particles
from dangol.kernel.words.normalising import Normalised
from dangol.kernel.words.numbers import find_money, find_quantities
from dangol.kernel.words.sizes import find_sizes
from dangol.kernel.words.vocabulary import vocabulary

_TABLES = (
    ("color", "colours"), ("material", "materials"), ("attribute", "attributes"), ("audience", "audiences"),
    ("occasion", "occasions"), ("occasion", "seasons"), ("sort", "sorts"), ("category", "categories"),
)  # fmt: skip
_RATING = re.compile(
    r"(?:별점|평점|후기\s?점수|별)\s?(?P<a>[1-5](?:\.\d)?|(?:세|네|다섯)(?=\s?개)|(?<!\S)[삼사](?=\s?점))\s?(?:점|개|점대)?\s?(?:이상|넘는|부터|위)?|(?P<b>[1-5](?:\.\d)?)\s?점\s?(?:이상|넘는|대)|"
    r"(?P<c>[1-5](?:\.\d)?|four|three|five)\s?\+?\s?(?:-\s?)?stars?(?:\s(?:and|or)\s(?:up|above|more|better|higher))?|rated\s(?:at least\s|over\s|above\s)?(?P<d>[1-5](?:\.\d)?)|"
    r"rating\s(?:of\s|over\s|above\s|at least\s)*(?P<e>[1-5](?:\.\d)?)"
)
_POINTS_ALL = re.compile(
    r"(?:적립금|포인트|마일리지)[을를은는도]?\s?(?:다|전부|모두|전액|몽땅|싹\s?다|최대로|최대한)(?=\s|써|쓸|사용|쓰|적용|로|$)|(?:all (?:of )?my|all the|max(?:imum)?) points|전액\s?(?:적립금|포인트)|(?:use|spend) (?:them )?all(?= my points| of my points| of them|$)|(?<=points, )all of (?:them|it)"
)
_POINTS = re.compile(
    r"(?:적립금|포인트|마일리지)[을를은는에서]{0,3}\s?(?P<a>\d[\d.]*[만천백]\s?\d*[천백]?|\d[\d,]*)\s?(?:원|점|포인트|p\b)?|(?P<b>\d[\d.]*[만천백]|\d[\d,]*)\s?(?:포인트|points?|pts|점(?=\s?(?:사용|쓸|써)))"
)
_OWN_CART = re.compile(
    r"\b(?:my|the|your|shopping)\s(?:shopping\s)?baskets?\b|\b(?:show|see|view|check|open|in|2|to|of|empty|clear)\s(?:me\s)?my\s(?:shopping\s)?bags?\b|\bshopping\sbags?\b|\b(?:in|into|to|from|of)\s(?:my|the|your)\s(?:shopping\s)?bags?\b|\b(?:add|put|throw|pop|stick)\b.{0,20}\b(?:to|in|into)\s(?:the\s)?(?:shopping\s)?(?:bag|basket)\b|장바구니|쇼핑백"
)
# "phone number", "take it home": words of goods that mean none
_NO_GOODS = re.compile(
    r"(?:phone|mobile|cell|휴대폰|핸드폰|폰)\s?(?:number|line|call|support|no\b|번호|인증)|\b(?:by|over the|on the|via|your) phone\b|\bhome\b(?!\s(?:decor|goods|stuff|items|furnishings|section|department|accessories|appliances))|"
    r"\bhome address\b|(?<=[가-힣])(?:은|는|이|가|을|를)?\s?건\s?반|\bring (?:me|it|up|us)\b|\bflat (?:number|no\b)|\bflat[\s-]?(?:feet|foot(?:ed)?|packs?|packed|screen|sheets?|rate|fee|tires?|tyres?|white|mates?)\b|\b(?:my|our|his|her|their|a|the|in|dark|small|tiny|new|rented|studio|council)\sflat(?=$|[,.?!]|\s(?:and|but|is|so|with|on|in|at|or|that|where|has)\b)|\bdown (?:the|to|a bit|there|here)\b|산지\s?(?:얼마|이틀|하루|며칠|일주일|한)|모자라|shut down|"
    r"(?<![가-힣])[가-힣]{2,5}(?<![인대소중신원환])형(?=\s|$|[,.?!]|으로|이|은|도|만)(?!\s?이요)|사다리차|이삿짐차|문구(?=[를은는도가]?\s?(?:넣|새기|새겨|적|써|쓰|바꿔|바꾸|수정|작성|추가|변경|알려|요청))|"
    r"\b(?:would|will|does|to|that|which|what|d)\s(?:best\s)?suit\b|\btops\b(?=\s*(?:$|[,.!?]))|"
    # what goods are counted in, what they taste or smell of, a part that is asked about
    r"(?<!phone )(?<!pencil )\b(?:bag|box|cup|bottle|can|jar|tin|case|tub|tray|bowl|pot|basket|carton|sack|packet|glass)(?:e?s)? of\b|"
    r"\b\d+[\s-]cup\b|\b\d+\s?pcs\b|\b[a-z]+[\s-](?:flavou?r(?:ed)?|scent(?:ed)?)\b|\bwarm (?:white|light|glow)\b|"
    r"\bbatter(?:y|ies) (?:life|lasts?|charge|work)\b|\b(?:the|its|better|best|longe(?:r|st)|bigger|biggest|built-in|internal) battery\b"
)
_GOODS = frozenset({"category", "material", "attribute"})
# "does it work", "sleeps four": verbs that say nothing of what it is for
_NO_OCCASION = re.compile(
    r"(?<!\bat )(?<!\bto )(?<!\bfor )(?<!\bmy )\bwork\b(?!\s(?:wear|outfit|clothes|shoes|bag|trousers|pants|shirt|boots|trip|meeting|event|party))|\bsleeps?\s(?:\d|one|two|three|four|five|six)"
)
# colours that are a taste or scent of what one eats or puts on
_TASTES = frozenset({"mint", "orange", "peach", "lavender", "olive", "cream"})
_TASTING = ("groceries", "skincare", "hair-care", "body-wash", "body-lotion", "toothpaste", "candles", "diffusers", "lip-balm")  # fmt: skip
# "do you guys ship": those who are spoken to
_SPOKEN_TO = re.compile(
    r"\b(?:you|u|ya|hey|hi|hello|thanks|thank you|thx|ok|sorry|sup|morning)[\s,]+guys\b|^guys\b|\boh man\b|^man\b"
)
_NO_WORDS = frozenset(
    {"size", "other", "as", "late"}
)  # the tables' own names, said of other things in English
_KOREAN = re.compile("[가-힣]")
_NUMBERS = {"세": 3.0, "네": 4.0, "다섯": 5.0, "삼": 3.0, "사": 4.0, "three": 3.0, "four": 4.0, "five": 5.0}
_NEGATED_AFTER = re.compile(
    r"^\s?(?:사이즈|색|색상|컬러|원|걸로|거)?\s?(?:말구|말고|말곤|아니고|아니구|아니라|아니에요|빼고|대신)"
)
_NEGATED_BEFORE = re.compile(
    r"(?:\bnot|instead of|rather than|\bno longer|except|not the|don't want|isn't)\s(?:a |the |size |in |us )*$"
)


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """An entity in the plain text, before its place is led back to what was typed."""

    type: str
    value: JsonValue
    start: int
    end: int


def find_mentions(plain: Normalised, typed: str, context: Context, lexicon: ShopLexicon) -> list[Mention]:
    """Every mention in a message, in the order said; a replaced value (270 말고 265) is left out."""
    mentions: list[Mention] = []
    aligned = _as_typed(plain, typed)
    _take(mentions, find_codes(plain.text, aligned, context.expects))
    _take(mentions, _ratings_and_points(plain.text))
    _take(mentions, _money(plain.text, context.currency))
    _take(mentions, lexicon.link(plain.text))
    _take(mentions, _references(plain.text, context))
    if not any(one.type == "store" for one in mentions):
        _take(mentions, _branches(plain.text, aligned))
    _take(mentions, _dates(plain.text, context))
    _take(mentions, _sizes(plain.text, context))
    _take(mentions, _quantities(plain.text, context))
    _take(mentions, _words(plain.text, lexicon))
    if not any(one.type in {"category", "brand"} for one in mentions):
        _take(mentions, _misspelt_goods(plain.text, lexicon))
    mentions = _themselves(plain.text, _without_pointers_in_reasons(mentions))
    refused = _unwanted(plain.text, mentions)
    kept = [one for one in mentions if one not in refused and not _replaced(plain.text, one, mentions)]
    kept = _of_animals(plain.text, kept, lexicon)
    return sorted(
        _with_nouns([*kept, *refused.values(), *_left_out(plain.text, mentions)], plain.text),
        key=lambda one: (one.start, one.end),
    )


def _as_typed(plain: Normalised, typed: str) -> str:
    """The plain text with the capitals of what was typed, letter for letter."""
    letters = ((char, typed[first:last]) for char, (first, last) in zip(plain.text, plain.spans, strict=True))
    return "".join(own if own.lower() == char else char for char, own in letters)


def _without_pointers_in_reasons(mentions: list[Mention]) -> list[Mention]:
    """“found it cheaper” names a reason and no goods."""
    reasons = [one for one in mentions if one.type == "reason"]
    return [
        one
        for one in mentions
        if one.type != "product" or not any(why.start < one.start and one.end <= why.end for why in reasons)
    ]


def _themselves(text: str, mentions: list[Mention]) -> list[Mention]:
    """Of compounds the goods themselves: “bike helmet” is no bike, “mint toothpaste” nothing mint."""
    goods = [(str(one.value), one.start, one.end) for one in mentions if one.type == "category"]
    kept = {(start, end) for _, start, end in categories.themselves(text, goods)}
    tasting = [place for place in goods if any(categories.is_within(place[0], one) for one in _TASTING)]
    places = {(start, end) for _, start, end in goods}
    return [
        one
        for one in mentions
        if (one.type != "category" or (one.start, one.end) in kept)
        and not (one.type == "material" and (one.start, one.end) in places)  # "glasses" are no glass
        and not (one.type == "color" and any(_is_taste(one, place) for place in tasting))
    ]


def _is_taste(colour: Mention, goods: tuple[str, int, int]) -> bool:
    """Whether a colour is the taste or scent of the goods beside it, or part of their name ("green tea")."""
    _, start, end = goods
    beside = colour.value in _TASTES and (start in {colour.end, colour.end + 1} or colour.start == end + 1)
    return beside or (start <= colour.start and colour.end <= end)


def _references(text: str, context: Context) -> list[Found]:
    offered = bool(context.offered)
    picking = offered and context.expects in {None, "choice", "product"}
    return find_references(text, page=context.product_on_page, offered=offered, picking=picking)


def _unwanted(text: str, mentions: list[Mention]) -> dict[Mention, Mention]:
    """What was named only to be ruled out ("흰색 말고", "not white"), as entity `excluded` with its kind."""
    found = {}
    for one in mentions:
        place = unwanted.marked(text, one.type, one.start, one.end)
        if place is not None:
            value: JsonValue = {"type": one.type, "value": one.value}
            found[one] = Mention("excluded", value, *place)
        elif one.type == "product" and (out := unwanted.left_out_of(text, one.start, one.end)) is not None:
            # a word of a product's name: what is in it, and not that product
            found[one] = Mention("excluded", {"type": "word", "value": text[one.start : one.end]}, *out)
    return found


def _left_out(text: str, mentions: list[Mention]) -> list[Mention]:
    return [
        Mention(*found) for found in unwanted.words_left_out(text, [(one.start, one.end) for one in mentions])
    ]


def _of_animals(text: str, mentions: list[Mention], lexicon: ShopLexicon) -> list[Mention]:
    """Goods for an animal under their own name, and the animal as whom they are for ("강아지 옷")."""
    known = categories.words().rows
    goods = {one: (str(one.value), one.start, one.end) for one in mentions if one.type == "category"}
    goods = {one: place for one, place in goods.items() if place[0] in known}
    settled, animals_meant = animals.settled(text, list(goods.values()))
    renamed = {
        one: replace(one, value=lexicon.own_slug("category", slug))
        for one, (slug, _, _) in zip(goods, settled, strict=True)
    }
    others = [
        renamed.get(one, one)
        for one in mentions
        if not (one.type == "audience" and one.value in animals.ANIMALS)
        and not (
            one.type == "size"
            and any(one.end <= at and text[one.end : at].isspace() for _, at, _ in animals_meant)
        )
    ]
    return [*others, *(Mention("audience", slug, start, end) for slug, start, end in animals_meant)]


def _with_nouns(mentions: list[Mention], text: str) -> list[Mention]:
    """“이 운동화” points as a whole: a pointer takes in the kind of goods right after it."""
    ends = {one.start: one.end for one in mentions if one.type == "category"}
    out = []
    for one in mentions:
        pointer = (
            one.type == "product" and isinstance(one.value, dict) and one.value.get("ref") in {"page", "last"}
        )
        after = one.end + (text[one.end : one.end + 1] == " ")
        out.append(replace(one, end=ends[after]) if pointer and after in ends else one)
    return out


def as_entities(mentions: list[Mention], plain: Normalised, typed: str) -> list[Entity]:
    """The mentions as entities, with their words and places as typed."""
    return [_entity(one, plain, typed) for one in mentions]


def is_beside(entity: Entity) -> bool:
    """Whether an entity is one of those a reading keeps beside the entities that clients know."""
    return entity.type == "excluded" or (entity.type == "audience" and entity.value in animals.ANIMALS)


def _take(mentions: list[Mention], found: Iterable[Found]) -> None:
    earlier = list(mentions)
    batch = [Mention(*one) for one in found]
    # the longer of two words wins, unless they agree to stand in one another
    for one in sorted(batch, key=lambda one: one.start - one.end):
        others = [
            *earlier,
            *(
                other
                for other in mentions[len(earlier) :]
                if (other.start, other.end) != (one.start, one.end)
            ),
        ]
        if all(one.end <= other.start or other.end <= one.start or _shares(other, one) for other in others):
            mentions.append(one)


_INSIDE_CATEGORY = frozenset({"color", "material", "attribute"})


def _shares(outer: Mention, inner: Mention) -> bool:
    # a pointer may hold a colour ("the black one") or a category ("이 운동화"); a category may hold how it is made
    if outer.type == "product" and isinstance(outer.value, dict) and "ref" in outer.value:
        return inner.type in {"category", "color", "attribute", "material", "reason"}
    if outer.type == "category":
        inside = outer.start <= inner.start and inner.end <= outer.end
        # "ice cream": what a name ends with is the thing itself, and no colour of it
        return inside and inner.type in _INSIDE_CATEGORY and (inner.type != "color" or inner.end < outer.end)
    if outer.type == "size":  # "men's size 10" says for whom, too
        return inner.type == "audience"
    if {outer.type, inner.type} == {"date", "occasion"}:
        return True
    return bool({outer.type, inner.type} & {"reason", "topic"}) and inner.type in {
        "category",
        "attribute",
        "color",
    }


def _entity(one: Mention, plain: Normalised, typed: str) -> Entity:
    start, end = plain.origin(one.start, one.end)
    return Entity(type=one.type, text=typed[start:end], value=one.value, start=start, end=end)


def _ratings_and_points(text: str) -> Iterator[Found]:
    for match in _RATING.finditer(text):
        written = next(part for part in match.groups() if part)
        yield "rating_min", _NUMBERS.get(written) or float(written), match.start(), match.end()
    for match in _POINTS_ALL.finditer(text):
        yield "points", "all", match.start(), match.end()
    for match in _POINTS.finditer(text):
        money = find_money(f"{match['a'] or match['b']}원".replace(",", ""), "KRW")
        if money:
            yield "points", money[0].amount.amount, match.start(), match.end()


def _money(text: str, currency: str) -> Iterator[Found]:
    for found in find_money(text, currency):
        for kind, money in (("price_min", found.low), ("price_max", found.high)):
            if money is not None:
                yield kind, {"amount": money.amount, "currency": money.currency}, found.start, found.end
        if found.kind == "plain":
            yield (
                "_amount",
                {"amount": found.amount.amount, "currency": found.amount.currency},
                found.start,
                found.end,
            )


def _dates(text: str, context: Context) -> Iterator[Found]:
    for found in find_dates(text, context.today):
        if found.is_range:
            yield (
                "date_range",
                {"from": found.first.isoformat(), "to": found.last.isoformat()},
                found.start,
                found.end,
            )
        else:
            yield "date", found.first.isoformat(), found.start, found.end


def _sizes(text: str, context: Context) -> Iterator[Found]:
    for found in find_sizes(text, awaited=context.expects == "size"):
        yield "size", {"system": found.size.system, "value": found.size.value}, found.start, found.end


def _quantities(text: str, context: Context) -> Iterator[Found]:
    for found in find_quantities(text, awaited=context.expects == "quantity"):
        yield "quantity", found.value, found.start, found.end


_BRANCH_KO = re.compile(
    r"(?<![가-힣])(?!할인|전문|음식|면세|대리|편의|백화|단점|장점|평점|별점|관점|시점|지점|매점|서점|본점|차이|문제|공통|초점|직영|가맹|취급)(?P<v>[가-힣]{2,5}점)(?=[에은는이도의]|\s|$|[?,.!])(?!\s?(?:이상|만점|짜리))"
)
_BRANCH_EN = re.compile(
    r"\b(?:the|your|at|in|to|from)\s(?:the\s)?(?P<v>[A-Z][\w'.]+(?:\s[A-Z][\w'.]+){0,2})\s(?:store|branch|shop|location|outlet)\b"
)


def _branches(text: str, typed: str) -> Iterator[Found]:
    """Branches by the shape of their names, for shops whose list of branches does not hold them."""
    for match in _BRANCH_KO.finditer(text):
        yield "store", match["v"], match.start("v"), match.end("v")
    for match in _BRANCH_EN.finditer(typed):
        yield "store", match["v"], match.start("v"), match.end("v")


def _words(text: str, lexicon: ShopLexicon) -> Iterator[Found]:
    others = [match.span() for pattern in (_OWN_CART, _NO_GOODS) for match in pattern.finditer(text)]
    verbs = [match.span() for match in _NO_OCCASION.finditer(text)]
    guys = [match.span() for match in _SPOKEN_TO.finditer(text)]
    for kind, table in _TABLES:
        for slug, start, end in vocabulary(table).find_plain(text):
            instead = (
                verbs
                if kind == "occasion"
                else guys
                if kind == "audience"
                else others
                if kind in _GOODS
                else []
            )
            if all(end <= first or last <= start for first, last in instead):
                yield kind, lexicon.own_slug(kind, slug), start, end
    for slug, start, end in attributes.widths(text, vocabulary("categories").find_plain(text)):
        yield "attribute", slug, start, end
    for kind, table in (("reason", "reasons"), ("language", "languages"), ("topic", "topics")):
        for slug, start, end in vocabulary(table).find_plain(text):
            if text[start:end] not in _NO_WORDS or (text[start:end] == "as" and _KOREAN.search(text)):
                yield kind, slug, start, end


def _misspelt_goods(text: str, lexicon: ShopLexicon) -> Iterator[Found]:
    # 이줄 → 이불: only words that are neither everyday Korean nor a name of the shop
    for match in re.finditer(r"[가-힣]{2,}", _NO_GOODS.sub(lambda found: " " * len(found.group()), text)):
        stem = strip_particles(match.group())
        meant = (
            goods_speller().word_for(stem) if stem not in lexicon.postings and not is_ordinary(stem) else None
        )
        slug = vocabulary("categories").slug_of(meant) if meant else None
        if slug is not None:
            yield "category", lexicon.own_slug("category", slug), match.start(), match.start() + len(stem)


def _replaced(text: str, one: Mention, others: list[Mention]) -> bool:
    named = one.type == "product" and not (isinstance(one.value, dict) and one.value.get("ref") == "last")
    if named or one.type in {"reason", "topic", "address", "phone", "email", "_amount"}:
        return False
    if _NEGATED_AFTER.match(text[one.end :]) and "말고도" not in text[one.end : one.end + 5]:
        return True
    return _NEGATED_BEFORE.search(text[: one.start]) is not None and any(
        other.type == one.type and other is not one for other in others
    )

"""The options of a product in words and as buttons: what there is of each, and one question at a time."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import Line, line
from dangol.contracts.shopfloor.products import VariantView
from dangol.kernel.words import colours, limits, materials, measures, numbers

_BY_PRICE = re.compile(r"(?i)싼|비싼|저렴|\b(?:cheap|expensive|pric)")
_PIECE_KO = r"(?:거|것|걸|게|건|꺼|쪽|사이즈|싸이즈|용량|세트|병|봉|봉지|통|팩|박스|상자|포|캔|컵|판|단|묶음|버전|옵션)"
_PIECE_EN = (
    r"(?:one|size|option|version|bag|bottle|pack|box|jar|tub|tin|can|set|bundle|kit|tank|kind|pot|cup|tube)s?"
)
_MORE_OR_LESS = (
    (re.compile(rf"(?i)(?:큰|긴|많은|비싼|두꺼운|무거운)\s?{_PIECE_KO}(?!\s?같)|\b(?:bigg|larg|long|heavi|thick|pric)(?:er|est)\b|\bmost expensive\b|\b(?:the|a) (?:big|large|long) {_PIECE_EN}\b"), True),
    (re.compile(rf"(?i)(?:작은|짧은|적은|싼|저렴한|얇은|가벼운)\s?{_PIECE_KO}(?!\s?같)|\b(?:small|short|light|thinn|cheap)(?:er|est)\b|\b(?:the|a) (?:small|short|little) {_PIECE_EN}\b"), False),
)  # fmt: skip
_MIDDLE = re.compile(
    rf"(?i)(?:중간|가운데|보통)\s?{_PIECE_KO}(?!\s?같)|\bthe (?:middle|mid|medium)(?: sized?)? ?(?:{_PIECE_EN})?\b|\bmid(?:dle)?[- ]sized? one\b"
)
_SECOND = re.compile(
    r"(?i)(?:두\s?번째|둘째|2\s?번째)로?\s?(?:제일\s?|가장\s?)?(?=큰|작은|긴|짧은|비싼|싼)|\bsecond[- ](?=bigg|larg|small|long|short|cheap|most)"
)
# one size by the many names of it, the smallest first; what a shop writes need not be what a shopper says
_SIZES_CALLED = (
    ("xxs",), ("xs", "엑스스몰", "extra small", "x-small"), ("s", "small", "소", "스몰", "에스", "소형"),
    ("m", "medium", "med", "중", "미디엄", "미디움", "엠", "중형", "regular", "standard"),
    ("l", "large", "lrg", "대", "라지", "엘", "대형"), ("xl", "extra large", "x-large", "특대", "엑스라지", "엑라", "엑스엘", "특대형"),
    ("xxl", "2xl", "투엑스", "투엑스라지", "투엑라", "왕특대", "double xl"), ("xxxl", "3xl", "쓰리엑스", "쓰리엑스라지"),
)  # fmt: skip
_ONE_SIZE = frozenset({"f", "free", "free size", "one size", "os", "프리", "프리사이즈", "원사이즈"})
_RANK_OF = {name: rank for rank, names in enumerate(_SIZES_CALLED) for name in names} | dict.fromkeys(
    _ONE_SIZE, -1
)
_CALLED = re.compile(
    rf"(?<![a-z0-9가-힣&'])(?P<size>{'|'.join(sorted((name for name in _RANK_OF if name not in ('f', 'os')), key=len, reverse=True))})\s?(?:사이즈|싸이즈|size)?"
    r"(?=(?:짜리)?(?:으?로|은|는|이|가|을|를|도|만|요|이요|랑|하고)?(?:$|[^a-z0-9가-힣'])|(?:으?로|만|도|이?랑)(?:요|할|주|줘|담|바|살))"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PAIR = re.compile(r"(?<![\d.~-])(\d+(?:\.\d+)?)\s?([a-z]+|[가-힣]{1,2})")
_BARE = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)(?=\s|$|[?!,]|s(?![a-z])|(?:이?랑|하고|으?로|은|는|이|가|을|를|중|짜리|과|와|요|이요|vs)(?![가-힣]{3}))(?!\s?(?:개|병|팩|원|만))"
)
_WORD = re.compile(r"[a-z]{2,}|[가-힣]{2,}")
_ADJECTIVE = re.compile(
    r"(?<![가-힣])([가-힣]{1,3}?)(?:은|음|운|움|한|함)(?=\s?(?:걸|거|것|게|쪽|편)|(?:으?로|요)|[^가-힣]|$)"
)
_LITTLE = frozenset(
    {"and", "or", "in", "with", "of", "for", "the", "one", "pack", "set", "size", "color", "colour"}
)
MOST_NAMED = 8  # sizes or colours named in one sentence
_FEW = 3  # variants that are named one by one though they differ in two ways
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?i)색|컬러|colou?r",
        r"(?i)사이즈|치수|호수|\bsizes?\b",
        r"(?i)용량|capacity|volume",
        r"(?i)맛|flavou?r",
    )
)


def named(text: str, values: Iterable[str]) -> set[str]:
    """Which values of one option a message names: as they stand, by number and unit ("4단계": 4단계(9~14kg)), by a number
    alone ("160": 160ml), by a word that others of them do not have ("small": Small x30)."""
    known = set(values)
    text = _decimal(text)
    whole = {value for value in known if measures.names(text, _decimal(value))}
    if len(whole) > 1:  # "2 boxes of 2.5" names no 2
        uncounted = _without_counts(text)
        whole = {value for value in whole if measures.names(uncounted, _decimal(value))} or whole
    if whole:
        return whole
    said = measures.canonical(text)
    for alike in (_pairs, _first_number, _sizes, _tints, _adjectives, _words):
        heard = _bare_numbers(said) if alike is _first_number else alike(said)
        fitting = {value for value in known if heard & alike(measures.canonical(_decimal(value)))}
        if fitting and (alike is not _words or fitting != known):
            return fitting
    return set()


def _without_counts(text: str) -> str:
    for one in reversed(numbers.find_quantities(text)):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def _pairs(text: str) -> set[str]:
    return {f"{number}{unit}" for number, unit in _PAIR.findall(text)}


_FRACTION = re.compile(
    r"(?<![\d/.])(?:(?P<whole>\d+)\s?)?(?P<sign>[¼½¾⅓⅔⅛⅜⅝⅞])|(?<![\d/.])(?P<n>\d+)\s(?P<top>\d)/(?P<low>[2-9])(?![\d/])"
)


def _decimal(text: str) -> str:
    """A text with "2½" and "2 1/2" written as 2.5."""
    return _FRACTION.sub(_as_decimal, text)


def _as_decimal(found: re.Match[str]) -> str:
    if found["sign"]:
        return f"{int(found['whole'] or 0) + unicodedata.numeric(found['sign']):g}"
    return f"{int(found['n']) + int(found['top']) / int(found['low']):g}"


def _first_number(text: str) -> set[str]:
    found = _NUMBER.search(text)
    return {_bare(found.group())} if found else set()


def _bare(number: str) -> str:
    """A number without the zeros before it: who says "12s" means 012-053."""
    return number.lstrip("0") if number.isdigit() and number.strip("0") else number


def _bare_numbers(text: str) -> set[str]:
    """The numbers that nothing but a particle or a blank follows ("160이랑 260중에")."""
    counted = [(one.start, one.end) for one in numbers.find_quantities(text)]
    return {
        _bare(found[1])
        for found in _BARE.finditer(text)
        if not any(start <= found.start() < end for start, end in counted)
    }


def without_numbers_of(text: str, values: Iterable[str]) -> str:
    """A text without the numbers that values begin with ("011" of 011-052)."""
    first = {number for value in values for number in _first_number(measures.canonical(_decimal(value)))}
    return _BARE.sub(lambda found: " " if _bare(found[1]) in first else found.group(), _decimal(text))


def _sizes(text: str) -> set[str]:
    """The sizes a text calls by any of their names, each by its place ("라지로", "large" and "대" are one)."""
    return {str(_RANK_OF[found["size"]]) for found in _CALLED.finditer(text)}


def _tints(text: str) -> set[str]:
    """The colours and materials a text names, in either language ("in blue" of 파랑, "면으로" of Cotton)."""
    return {match.slug for match in (*colours.find(text), *materials.find(text))}


def without_sizes(text: str) -> str:
    """A text without the names of sizes in it."""
    return _CALLED.sub(" ", text)


def _adjectives(text: str) -> set[str]:
    """What Korean adjectives begin with, however they end: "넓은걸로" and "넓음(2E)", "매운" and "매움"."""
    return {found[1] for found in _ADJECTIVE.finditer(text)}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text)) - _LITTLE


def extreme(text: str, variants: Sequence[VariantView]) -> tuple[VariantView, ...]:
    """ "큰 거로", "the smaller one", "두 번째로 큰 거", "the middle one": the variant at that place of what these differ
    in, by its number, its size or its price; () when no such word is said or nothing tells them apart so."""
    said = next((most for pattern, most in _MORE_OR_LESS if pattern.search(text)), None)
    middle = said is None and _MIDDLE.search(text) is not None
    if said is None and not middle:
        return ()
    told = _told_apart(variants, by_price=_BY_PRICE.search(text) is not None)
    steps = sorted(set(told.values()), reverse=bool(said))
    place = len(steps) // 2 if middle else 1 if _SECOND.search(text) else 0
    if len(steps) < 2 or (middle and len(steps) % 2 == 0) or place >= len(steps):
        return ()
    return tuple(each for each in variants if told[each.sku] == steps[place])


def _told_apart(variants: Sequence[VariantView], *, by_price: bool) -> dict[str, float]:
    """How far up each variant stands by its SKU: by its price, else by the one option that counts or measures; {} where
    not every one says so."""
    if by_price:
        return {each.sku: float(each.price.amount) for each in variants}
    scales = []
    for name in differing(variants):
        values = {each.sku: each.options.get(name, "") for each in variants}
        for standing in (_standing_of_size, _standing_of_number):
            found = {sku: place for sku, value in values.items() if (place := standing(value)) is not None}
            if len(found) == len(variants):
                scales.append(found)
                break
    return scales[0] if len(scales) == 1 else {}


def _standing_of_size(value: str) -> float | None:
    rank = _RANK_OF.get(re.sub(r"\s?\(.*", "", value.strip().lower()))
    return float(rank) if rank is not None and rank >= 0 else None


def _standing_of_number(value: str) -> float | None:
    """The measure of a value in the first unit of its dimension ("2 lb" is more than "12 oz"), else its number."""
    measures_stated = limits.measured("", value)
    if measures_stated:
        return measures_stated[0].high
    found = _NUMBER.search(value)
    return float(found.group()) if found else None


def within(text: str, variants: Sequence[VariantView]) -> tuple[VariantView, ...] | None:
    """ "at least 1 kg", "3 oz or less": the variants whose own options keep within the limits said; None where no limit is
    said of anything these are measured in."""
    said = limits.find_limits(text.lower())
    stated = {
        each.sku: [one for value in each.options.values() for one in limits.measured("", value)]
        for each in variants
    }
    dimensions = {one.dimension for found in stated.values() for one in found}
    held = [limit for limit in said if limit.dimension in dimensions]
    if not held:
        return None
    return tuple(each for each in variants if all(_keeps(limit, stated[each.sku]) for limit in held))


def _keeps(limit: limits.Limit, stated: Sequence[limits.Measured]) -> bool:
    slack = 1e-6
    return any(
        one.dimension == limit.dimension
        and (limit.low is None or one.high >= limit.low * (1 - slack))
        and (limit.high is None or one.low <= limit.high * (1 + slack))
        for one in stated
    )


def differing(variants: Sequence[VariantView]) -> list[str]:
    """The names of the options in which these variants differ, in the record's order."""
    names = dict.fromkeys(name for variant in variants for name in variant.options)
    return [name for name in names if len({variant.options.get(name) for variant in variants}) > 1]


def called(variants: Sequence[VariantView]) -> list[str]:
    """These variants by all their options."""
    return [cards.variant_words(variant.options) for variant in variants]


def there_are(variants: Sequence[VariantView], text: str = "") -> Sequence[str | Line]:
    """What there is: the values in which these variants differ, by option where there are too many to name each.

    A question for the colours alone (`text`) is told the colours alone.
    """
    names = differing(variants) or [name for name in variants[0].options]
    asked = [name for name in names if asks_of(name, text)]
    names = asked or names
    if len(names) > 1 and len(variants) > _FEW:
        return [_row(name, variants) for name in names]
    told = [
        " / ".join(variant.options[name] for name in names if name in variant.options) for variant in variants
    ]
    return list(dict.fromkeys(told))[:MOST_NAMED]


def says_more_or_less(text: str) -> bool:
    """Whether a message says the bigger, the smaller, the middle, the cheaper one."""
    return any(pattern.search(text) for pattern in (_MIDDLE, *(each for each, _ in _MORE_OR_LESS)))


def is_piece(text: str, kind: str) -> bool:
    """Whether goods named are no more than what an option comes in ("the small bag", "the large bottle")."""
    said = re.search(
        rf"(?i)\bthe (?:big|large|small|little|middle|medium)(?:g?er|g?est)? {re.escape(kind)}\b", text
    )
    return said is not None and re.fullmatch(rf"(?i){_PIECE_EN}", kind) is not None


def says_measure(text: str) -> bool:
    """Whether a number with a unit is said ("make it 10 lb"), in which options differ."""
    return measures.canonical(text) != text.lower()


def asks_of(name: str, text: str) -> bool:
    """Whether a message speaks of an option by what it is called ("which colours")."""
    return any(said.search(name) and said.search(text) for said in _ASKED)


def _row(name: str, variants: Sequence[VariantView]) -> Line:
    values = list(dict.fromkeys(each.options[name] for each in variants if name in each.options))
    return line("option_row", name=name, values="·".join(values[:MOST_NAMED]))


def buttons(variants: Sequence[VariantView], only: str = "") -> tuple[tuple[str, Line], ...]:
    """A button for each value of the first option in which these variants differ, or of the option named."""
    names = differing(variants)
    name = only or (names[0] if names else "")
    choices: dict[str, tuple[str, Line]] = {}
    for variant in variants:
        value = variant.options.get(name, "")
        same = [each for each in variants if each.options.get(name) == value]
        if len(same) == 1:
            button = (f"pick:{variant.sku}", cards.variant_words(variant.options))
        else:
            button = (f"option:{name}={value}", value)
        choices.setdefault(value, (button[0], line("plain", text=button[1])))
    return tuple(choices.values())[:MOST_NAMED]

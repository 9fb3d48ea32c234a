"""The one of those on screen that is the most of something: the cheapest, the lighter one, the longest battery."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import seeks
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak import cards
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.products import ComparedRow, CompareProducts, Comparison, ProductCard

_MOST_LOOKED_AT = 4


@dataclass(frozen=True)
class Measure:
    """A quality one can have more or less of: how it is asked for, and the names it has in a record."""

    said: re.Pattern[str]
    most: bool
    named: re.Pattern[str] | None = None  # None: the price or the rating of the card
    of: str = "row"

    def speaks_of(self, text: str) -> bool:
        """Whether these words are the quality itself ("battery") rather than goods."""
        return bool(self.said.search(text) or (self.named and self.named.search(text)))


def _measure(said: str, named: str | None, *, most: bool, of: str = "row") -> Measure:
    return Measure(re.compile(f"(?i){said}"), most, re.compile(f"(?i){named}") if named else None, of)


_MEASURES = (
    _measure(r"(?<!안 )(?:싼|싸|저렴|가성비)|\bcheap(?:er|est)\b|\bleast expensive\b|\b(?:lower|lowest)[- ]price|\bbetter value\b", None, most=False, of="price"),
    _measure(r"비싼|비싸|\bmost expensive\b|\bpric(?:ier|iest)\b|\bdearer\b|\bhigher[- ]price", None, most=True, of="price"),
    _measure(r"(?:별점|평점|평가|후기|리뷰)\S*\s*(?:더\s*|제일\s*|가장\s*)?(?:높|좋)|\b(?:better|best|higher|highest|top)[- ]?(?:rated|reviewed|reviews?|ratings?)\b", None, most=True, of="rating"),
    _measure(r"배터리.{0,12}(?:오래|길|긴|큰|많)|(?:오래|길게)\s*(?:가|쓰|쓸)|\blong(?:er|est)[- ](?:lasting|battery)|\bbattery\b.{0,25}\b(?:long|last|better|best|bigger)|\blasts? (?:the )?long(?:er|est)", r"배터리|사용\s?시간|재생\s?시간|battery|playtime|runtime", most=True),
    _measure(r"가벼|가볍|덜\s*무거|\blight(?:er|est)\b|\bweighs? (?:the )?(?:less|least)", r"무게|중량|weight", most=False),
    _measure(r"무거|무겁|\bheav(?:ier|iest)\b", r"무게|중량|weight", most=True),
    _measure(r"용량.{0,8}(?:큰|크|커|많)|많이\s*(?:들어|담)|\b(?:large|bigg?|great|high)(?:r|er|est|st)? capacity|\bholds? (?:the )?(?:more|most)|\broom(?:ier|iest)\b", r"용량|capacity|volume", most=True),
    _measure(r"용량.{0,8}(?:작|적)|\bsmall(?:er|est) capacity", r"용량|capacity|volume", most=False),
    _measure(r"(?:보증|as)\S*\s*(?:기간)?.{0,6}(?:긴|길|오래)|\blong(?:er|est) warranty|\bwarranty\b.{0,15}\blong", r"보증|warranty|guarantee", most=True),
    _measure(r"(?:높은|높|키\s?큰)\s*(?:거|것|걸|게|쪽)|\btall(?:er|est)\b", r"높이|height", most=True),
    _measure(r"(?:낮은|낮)\s*(?:거|것|걸|게|쪽)|\b(?:short(?:er|est)|low(?:er|est)) one", r"높이|height", most=False),
    _measure(r"(?:넓|폭\S*\s*(?:큰|크))|\bwid(?:er|est)\b", r"폭|너비|가로|width", most=True),
    _measure(r"(?:더|제일|가장)\s*(?:큰|크|커)|\b(?:bigg|larg)(?:er|est)\b", r"크기|사이즈|치수|화면|인치|용량|size|dimensions?|screen|capacity|diameter|width", most=True),
    _measure(r"(?:더|제일|가장)\s*(?:작은|작|아담)|\bsmall(?:er|est)\b|\bmore compact\b", r"크기|사이즈|치수|화면|인치|용량|size|dimensions?|screen|capacity|diameter|width", most=False),
    _measure(r"조용|\bquiet(?:er|est)\b", r"소음|noise level|noise \(", most=False),
    _measure(r"(?:출력|와트|전력)\S*\s*(?:더\s*|제일\s*|가장\s*)?(?:센|세|높|큰)|\bmore powerful\b|\bmost powerful\b", r"출력|소비전력|전력|power|wattage", most=True),
)  # fmt: skip
# "the cheaper one", "둘 중에", "뭐가 제일": one of those on screen; "더 싼 거 있어요?" looks for others
_OF_THESE = re.compile(
    r"(?i)\b(?:one|ones|which|of (?:the|these|those|them)|between|two)\b|\bthe \w+(?:er|est)\b|\b(?:more|most|less|least)\b"
    r"|(?:중|가운데|뭐가|뭐|어느|어떤|누가|쪽|제일|가장|더|좀)|(?:거|것|걸|게|건)(?:로|요|은|는|이|가|을|를)?"
)
_TAKES = re.compile(
    r"(?i)담아|담을|담고|장바구니|주문|구매|살게|살래|로\s*(?:주세요|줘|할게|할래|결정)|\b(?:add|buy|order|take|get me|i'll have)\b"
)
_FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([a-zA-Z가-힣%″\"]*)")
_IN = {
    "kg": ("g", 1000.0), "킬로": ("g", 1000.0), "g": ("g", 1.0), "그램": ("g", 1.0), "lb": ("g", 453.6), "oz": ("g", 28.35),
    "l": ("ml", 1000.0), "리터": ("ml", 1000.0), "ml": ("ml", 1.0), "cc": ("ml", 1.0),
    "m": ("mm", 1000.0), "cm": ("mm", 10.0), "mm": ("mm", 1.0), "인치": ("mm", 25.4), "inch": ("mm", 25.4), "in": ("mm", 25.4),
    "시간": ("min", 60.0), "hours": ("min", 60.0), "hour": ("min", 60.0), "h": ("min", 60.0), "분": ("min", 1.0), "min": ("min", 1.0), "minutes": ("min", 1.0),
    "일": ("min", 1440.0), "days": ("min", 1440.0), "주": ("min", 10080.0), "weeks": ("min", 10080.0),
    "년": ("month", 12.0), "years": ("month", 12.0), "year": ("month", 12.0), "개월": ("month", 1.0), "months": ("month", 1.0),
}  # fmt: skip


@dataclass(frozen=True)
class Best:
    """The one that is the most of what was asked, with the name and value of it, and how many could be compared."""

    card: ProductCard
    name: str
    value: str
    compared: int


def takes(text: str) -> bool:
    """Whether a message takes one of the goods rather than looking for more."""
    return _TAKES.search(text) is not None


def measure_named(desk: Desk) -> Measure | None:
    """The quality by which one of those on screen is meant; None when none is, or others are looked for."""
    if len(desk.memory.several) < 2 or not _OF_THESE.search(desk.text):
        return None
    if seeks(desk.text) and not takes(desk.text):
        return None
    return next((each for each in _MEASURES if each.said.search(desk.text)), None)


def best_shown(desk: Desk) -> Steps[Best | None]:
    """The one of those on screen that has the most (or least) of what the message names."""
    measure = measure_named(desk)
    if measure is None:
        return None
    handles = tuple(item.product for item in desk.memory.several[:_MOST_LOOKED_AT])
    compared = yield from ask("compare_products", CompareProducts(products=handles), Comparison)
    return _best(measure, compared, desk.language)


def _best(measure: Measure, compared: Comparison, language: str) -> Best | None:
    if measure.of == "price":
        worth = [float(card.price.amount) for card in compared.cards]
        return _chosen(
            measure, compared.cards, worth, [card.price.display(language) for card in compared.cards], ""
        )
    if measure.of == "rating":
        rated = [card.rating if card.rating else None for card in compared.cards]
        return _chosen(measure, compared.cards, rated, [str(each or "") for each in rated], "")
    for row in compared.rows:
        assert measure.named is not None
        if measure.named.search(row.attribute):
            found = _chosen(measure, compared.cards, _figures(row), row.values, row.attribute)
            if found is not None:
                return found
    return None


def _chosen(
    measure: Measure,
    shown: Sequence[ProductCard],
    worth: Sequence[float | None],
    said: Sequence[str],
    name: str,
) -> Best | None:
    known = [(each, at) for at, each in enumerate(worth) if each is not None]
    if len(known) < 2:
        return None
    best = (max if measure.most else min)(each for each, _ in known)
    at = [place for each, place in known if each == best]
    return Best(shown[at[0]], name, said[at[0]], len(known)) if len(at) == 1 else None


def _figures(row: ComparedRow) -> list[float | None]:
    """The first figure of each value in one unit; None where there is none, or in another unit than the others'."""
    read = [_figure(value) for value in row.values]
    units = {each[1] for each in read if each is not None}
    return [each[0] if each is not None and len(units) == 1 else None for each in read]


def _figure(value: str) -> tuple[float, str] | None:
    found = _FIGURE.search(value)
    if found is None:
        return None
    unit, times = _IN.get(found.group(2).lower(), (found.group(2).lower(), 1.0))
    return float(found.group(1).replace(",", "")) * times, unit


def which_is_most(desk: Desk) -> Steps[Answer]:
    """ "Which one is lighter?": the one that is, by the record; said to be unsettled where the record does not settle it."""
    best = yield from best_shown(desk)
    together = ",".join(item.product for item in desk.memory.several[:_MOST_LOOKED_AT])
    compare = (f"compare:{together}", line("button_compare"))
    if best is None:
        return Answer(
            lines=(line("most_unsettled"),), choices=(compare,), keep={"awaits": None, "pending": None}
        )
    words = (
        line("most_by_record", title=best.card.title, name=best.name, value=best.value)
        if best.name
        else line("most_by_card", title=best.card.title, value=best.value)
    )
    return Answer(
        lines=(words,),
        blocks=(cards.products((best.card,), desk.language, desk.shop),),
        choices=((f"buy:{best.card.product}", line("button_add")), compare),
        keep={
            "focus": best.card.product,
            "focus_title": best.card.title,
            "focus_sku": best.card.sku,
            "awaits": None,
            "pending": None,
        },
    )

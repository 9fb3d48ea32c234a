"""What is known so far of a return or an exchange that is being asked for, and what a message adds to it."""

# ruff: noqa: E501  a pattern reads best on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dangol.assistant.minds.embedded import left_out, options, order_words
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.orders import OrderLineView, OrderView
from dangol.contracts.shopfloor.returns import LineAsked, RequestReturn, ReturnKind
from dangol.kernel.words import goods

INTENTS = frozenset({"return_item", "exchange_item", "report_item_problem"})
INSTEAD = "return_instead"  # a return is proposed, as other goods are wanted
AWAITS = frozenset(
    {
        "return_reason", "return_lines", "return_state", "return_variant", "return_photo", "return_yes", "return_contact",
        INSTEAD,
    }
)  # fmt: skip
LEFT = "return_left"  # a return that a no has just left alone
_ALL = re.compile(
    r"(?i)전부|모두|둘\s?다|다\s?(?:요|반품|교환|보낼)|전체|\b(?:all(?! (?:the time|day|night|over|along|right|of a sudden|this time|wrong))|everything|both|whole order)\b"
)
_STATES = (
    ("sealed", re.compile(r"(?i)미개봉|안\s?(?:뜯|열|개봉)|뜯지\s?않|그대로|새\s?것|\b(?:unopened|sealed|not opened|haven't opened|never opened)\b")),
    ("used", re.compile(r"(?i)신었|신어\s?봤|입었|입고\s?나갔|사용했|써\s?봤|썼|\b(?:used|worn|wore)\b")),
    ("opened", re.compile(r"(?i)뜯|개봉|열어\s?봤|\b(?:opened|unboxed|unwrapped|open the box|(?:box|it|bag|pack\w*|seal) (?:is|was) (?:open|broken))\b")),
)  # fmt: skip
_REASONS = (
    # what sheds, bleeds or comes off is here: only what never came need not be sent back
    ("defect", re.compile(r"(?i)(?:털|솜|깃털|보풀|색|물|염색|올|실밥?|단추|나사|바퀴|굽|손잡이|끈|고리|지퍼|부품|다리)\S{0,2}\s?(?:너무\s?|막\s?|자꾸\s?|다\s?|하나\s?)*(?:빠|날려|날리)|\b(?:shed(?:s|ding)?|bleed(?:s|ing)?|(?:a|the) hole|holes in)\b")),
    ("wrong_item", re.compile(r"(?i)(?:시켰|주문했|샀)(?:는데|더니).{0,24}(?:왔|왓|옴|이네|인데)|\bi (?:ordered|wanted|asked for|bought)\b.{0,30}\b(?:but|got|came|received|sent)\b|\b(?:are|is|came|got|received|sent)\b.{0,24}\b(?:and |but )?i (?:ordered|asked for|wanted)\b")),
    ("missing_item", re.compile(r"(?i)(?<!얼마)(?<!얼마나)(?<!얼마\s)(?<!얼마나\s)(?:빠져\s?(?:있|왔|왓|서)|빠졌|빠진\s?(?:거|것|게|상품|채))|누락|안\s?들어\s?있|하나가?\s?없|덜\s?[왔왓]|(?:하나|한\s?\S|\d\s?\S|반)만\s?(?:왔|왓|들어|도착|옴)|\bmissing\b|\bnot in the (?:box|parcel)\b|didn't get|\bonly (?:got|received|sent me)\b|\bonly \w+ (?:of them |\w+ )?(?:came|arrived)\b")),
    ("wrong_item", re.compile(r"(?i)다른\s?(?:게|거|것|상품|색|제품|사이즈)|잘못\s?(?:왔|보내|배송)|오배송|\bwrong (?:item|product|size|colou?r)\b|\b(?:sent|got|came|received|delivered|shipped) (?:me )?(?:the |a )?wrong\b")),
    ("damaged", re.compile(r"(?i)찢|깨진|깨졌|깨져|파손|부서|찌그러|금\s?(?:이\s?)?(?:갔|가\s?있|가서\s?왔|간\s)|이\s?(?:가\s?)?(?:나갔|나간|나가\s?있)|흠집|스크래치|긁[힌혔]|\b(?:broken|cracked|chipped|scratched|dented|snapped|ripped|burst|damaged|torn|smashed|shattered)\b")),
    ("defect", re.compile(r"(?i)불량|하자|고장|작동\s?안|얼룩|(?:밑창|굽|지퍼|단추|박음질|실밥|봉제선?|접착|끈|손잡이|스티치|바닥).{0,6}(?:떨어|벌어|터|풀|뜯|빠|갈라|고장)|안\s?켜|안\s?열리|물이?\s?(?:새|샌)|벌어졌|터졌|헤졌|\b(?:defect\w*|faulty|doesn't work|not working|won't (?:turn on|work|close|open)|stained|came (?:off|apart|undone)|coming apart|fell (?:off|apart)|leaks?|leaking|split)\b")),
    ("size", re.compile(r"(?i)작아|커서|크네|커요|사이즈가\s?(?:안|작|커)|안\s?맞|\b(?:too (?:small|big|large|tight|loose)|doesn't fit|wrong fit)\b")),
    ("changed_mind", re.compile(r"(?i)변심|마음이?\s?(?:이|바뀌)|맘이?\s?바뀌|(?:마음|맘)에\s?안|필요\s?없|생각(?:이랑|과|하고|했던|보다).{0,8}(?:다르|달라|다른|별로)|기대.{0,6}(?:다르|달라|이하|못)|별로(?:예|에|라|네|인|임|고|\s?$)|\b(?:changed? my mind|(?:don'?t|didn'?t|do not) (?:really )?(?:like|want|need)|no longer|not what i expected|too (?:thin|thick|heavy|light|bright|dark|hard|soft|firm))\b")),
    ("late", re.compile(r"(?i)늦게\s?(?:와|왔)|\b(?:too late|arrived late)\b")),
)  # fmt: skip
_SUPPOSES = re.compile(
    r"(?i)(?:이?라고|이?라)\s?(?:하면|치면|할까|말하면)|\bif i (?:say|said|claim|told|tell)\b|\bwhat if\b"
)
_OF_ENTITY = {"size", "defect", "wrong_item", "late", "changed_mind", "other"}


@dataclass(frozen=True)
class Slots:
    """A return in the making; `state` is how the goods are (sealed, opened, used), `photos` ids of attachments, `gone` a
    variant that was wanted instead and is sold out."""

    kind: ReturnKind
    intent: str
    order: str = ""
    lines: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    state: str = ""
    sku: str = ""
    gone: str = ""
    way: str = ""
    sending: str = ""
    photos: tuple[str, ...] = ()
    photo_asked: bool = False

    def pending(self, awaits: str) -> dict[str, Any]:
        """What is kept in mind while a question is open."""
        kept = {
            "kind": self.kind, "order": self.order, "reason": self.reason, "state": self.state, "sku": self.sku,
            "gone": self.gone, "way": self.way, "sending": self.sending, "photos": ",".join(self.photos),
            "lines": ",".join(f"{number}x{units}" for number, units in self.lines),
            "photo_asked": "1" if self.photo_asked else "",
        }  # fmt: skip
        waiting = Pending(intent=self.intent, awaits=awaits, options={k: v for k, v in kept.items() if v})
        return {"awaits": "reason" if awaits == "return_reason" else "choice", "pending": waiting}

    def request(self) -> RequestReturn:
        """The same as the shop is asked."""
        return RequestReturn.model_validate(
            {
                "kind": self.kind,
                "order": self.order or None,
                "lines": tuple(
                    LineAsked(line=number, quantity=units or None, sku=self.sku or None)
                    for number, units in self.lines
                ),
                "reason": self.reason or None,
                "condition": () if self.state in ("", "sealed") else (self.state,),
                "way": self.way or None,
                "sending": self.sending or None,
            }
        )


def kept(desk: Desk, intent: str) -> Slots:
    """What is known already: of the question that is open, else nothing."""
    pending = desk.memory.pending
    kind: ReturnKind = "exchange" if intent == "exchange_item" else "return"
    if pending is None or pending.awaits not in AWAITS | {LEFT}:
        return Slots(kind=kind, intent=intent)
    known = pending.options
    if known.get("order") and _another(desk, known["order"]):
        return Slots(kind=kind, intent=intent)
    lines = tuple(
        (number, int(units)) for number, _, units in (part.partition("x") for part in known.get("lines", "").split(",")) if number
    )  # fmt: skip
    return Slots(
        kind="exchange" if known.get("kind") == "exchange" else "return",
        intent=pending.intent,
        order=known.get("order", ""),
        lines=lines,
        reason=known.get("reason", ""),
        state=known.get("state", ""),
        sku=known.get("sku", ""),
        gone=known.get("gone", ""),
        way=known.get("way", ""),
        sending=known.get("sending", ""),
        photos=tuple(filter(None, known.get("photos", "").split(","))),
        photo_asked=bool(known.get("photo_asked")),
    )


def _another(desk: Desk, order: str) -> bool:
    """Is another order named, or one of another time, while this one is talked about? "No, what I bought in May"."""
    named = desk.first("order_id")
    if named is not None:
        return str(named).lstrip("#").upper() != order.lstrip("#").upper()
    if not {intent.name for intent in desk.situation.reading.intents} & INTENTS:
        return False
    said = order_words.said(desk)
    return bool(said.before or (said.since and not said.arrived))


def heard(desk: Desk, slots: Slots) -> Slots:
    """What this message adds: why, in what state the goods are, pictures, how the money goes back."""
    text = words(desk)
    reason = _reason(desk, text)
    state = next((name for name, words in _STATES if words.search(text)), "")
    photos = desk.situation.heard.attachments
    if re.search(r"(?i)적립금으로|포인트로|\b(?:as|in|to) (?:my )?points\b", text):
        slots = replace(slots, way="points")
    return replace(
        slots,
        reason=reason or slots.reason,
        state=state or slots.state,
        photos=tuple(dict.fromkeys((*slots.photos, *photos))),
    )


def words(desk: Desk) -> str:
    """The message, with what was said before it was shown who is asking."""
    pending = desk.memory.pending
    waited = pending is not None and pending.awaits in ("proof", "code", "order", "product")
    before = pending.value if pending is not None and waited else ""
    heard = desk.situation.heard.text
    said = (
        desk.text if heard and heard in desk.text else heard
    )  # with the complaint an order's number was told for
    return f"{before} {said}".strip() if before != said else said


def why(text: str) -> str:
    """The reason that the words of a message tell, "" where they tell none, or only suppose one."""
    if _SUPPOSES.search(text):
        return ""
    return next((name for name, words in _REASONS if words.search(text)), "")


def intent_for(text: str) -> str:
    """What is wanted by who tells no more than what is wrong with goods: their return, or help with a fault."""
    reason = why(text)
    return (
        ""
        if not reason
        else "return_item"
        if reason in ("size", "changed_mind", "late")
        else "report_item_problem"
    )


def _reason(desk: Desk, text: str) -> str:
    named = why(text)
    if _SUPPOSES.search(text):
        return ""
    entity = str(desk.first("reason") or "")
    if named in ("missing_item", "damaged") or not entity:
        return named
    return entity if entity in _OF_ENTITY else named


def lines_meant(desk: Desk, order: OrderView, slots: Slots) -> tuple[tuple[str, int], ...]:
    """The lines a message means by name, by place or all of them, without those it leaves out; 0 units: all that can
    come back."""
    if stays := left_out.kept(desk, order, named_lines):
        before = slots.lines or tuple((each.line, 0) for each in order.lines)
        if rest := tuple(each for each in before if each[0] not in stays):
            return rest
    if slots.lines:
        return slots.lines
    if len(order.lines) == 1:
        return ((order.lines[0].line, _units(desk, order.lines[0])),)
    return _lines_said(desk, order)


def _lines_said(desk: Desk, order: OrderView) -> tuple[tuple[str, int], ...]:
    text = words(desk)
    if _ALL.search(text):
        return tuple((each.line, 0) for each in order.lines)
    places = [
        value["index"]
        for value in desk.values("product")
        if isinstance(value, dict) and value.get("ref") == "ordinal" and isinstance(value.get("index"), int)
    ]
    meant = [order.lines[place - 1] for place in places if 0 < place <= len(order.lines)]
    handles = [value.get("product") for value in desk.values("product") if isinstance(value, dict)]
    meant = meant or [each for each in order.lines if each.product in handles] or named_lines(order, text)
    alike = meant or order.lines
    if len(alike) > 1 and len({each.product for each in alike}) == 1:
        meant = _by_options(alike, text) or meant
    return tuple((each.line, _units(desk, each) if len(meant) == 1 else 0) for each in meant)


def says_all(text: str) -> bool:
    """Are all of the goods meant?"""
    return _ALL.search(text) is not None


def _by_options(lines: Sequence[OrderLineView], text: str) -> list[OrderLineView]:
    """Of lines that are called alike those whose options a text names ("30그램짜리요")."""
    names = dict.fromkeys(name for each in lines for name in each.options)
    said = {
        name: options.named(text, {each.options[name] for each in lines if name in each.options})
        for name in names
    }
    told = {name: values for name, values in said.items() if values}
    meant = [
        each
        for each in lines
        if told and all(each.options.get(name) in values for name, values in told.items())
    ]
    return meant if len(meant) < len(lines) else []


def named_lines(order: OrderView, text: str) -> list[OrderLineView]:
    """The lines whose goods a text names; words that fit all of them alike name none."""
    found = {each.line: goods.marks(each.title, each.options.values(), text) for each in order.lines}
    meant = set(goods.meant(found))
    if len(meant) == len(order.lines) and len(set(found.values())) == 1:
        return []
    return [each for each in order.lines if each.line in meant]


def _units(desk: Desk, each: OrderLineView) -> int:
    """So many of a line as are meant; of what did not come whole those that are missing. 0: all that can come back."""
    text = words(desk)
    if came := _CAME.search(text):
        asked = each.quantity - _figure(came)
    else:
        said = _SO_MANY.search(text)
        asked = (_figure(said) if said else None) or desk.quantity or 0
    return asked if 0 < asked < each.quantity else 0


def _figure(found: re.Match[str]) -> int:
    said = next(each for each in found.groups() if each is not None).lower()
    return int(said) if said.isdigit() else _FIGURES[said]


_FIGURES = {"하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "one": 1, "two": 2, "three": 3}
_FIGURE = "(" + "|".join((*_FIGURES, r"\d{1,2}")) + ")"
_CAME = re.compile(
    rf"(?i){_FIGURE}\s?(?:개|장|켤레|벌|팩|세트|봉|통|병|박스)?만\s?(?:왔|왓|들어|도착|옴|받)|\bonly (?:got|received|sent me) {_FIGURE}\b|\bonly {_FIGURE} (?:of them |\w+ )?(?:came|arrived)\b"
)
_SO_MANY = re.compile(
    rf"(?i)(?<!\d){_FIGURE}\s?(?:개|장|켤레|벌|팩|세트|봉|통|병|박스)?만(?!\s?(?:원|왔|왓|들어|도착|옴|받))|\b(?:just|only) {_FIGURE}\b|\b{_FIGURE} of (?:the|my|them|these|those)\b"
)

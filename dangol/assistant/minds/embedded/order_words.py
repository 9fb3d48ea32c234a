"""Which of somebody's orders is meant, by words: what was in it, when it was made or came, how it stands."""

# ruff: noqa: E501  a list of alternatives reads best on one line

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dangol.assistant.minds.embedded.desk import Desk
from dangol.contracts.shopfloor.orders import LookUpOrders, OrderStatus
from dangol.kernel.words.dates import DateFound, find_dates
from dangol.kernel.words.normalising import normalise

_OF_ORDERING = re.compile(
    r"주문|샀|산\s|산$|시킨|시켰|구매|결제|받|도착|왔|온\s|배송|order|bought|buy|purchas|placed|\bgot\b|receiv|arriv|deliver|came|from\b|in\b"
)
_ARRIVED = re.compile(
    r"(?:받은|받았|도착한|도착했|배송\s?(?:된|받)|왔던|온\s?(?:거|것|상품|물건|택배))|\b(?:received|arrived|got|delivered|came)\b"
)
_DEADLINE = re.compile(r"(?:\b(?:by|before|until|till|need it (?:on|for|in)|for)\s)$")
_UNTIL = re.compile(r"^(?:\s?(?:까지|전까지|전에|이전)|문)")  # "지난 주문" is no last week
_OF_NO_MONTH = re.compile(r"\d월\s?$")  # "2월 29일" of a year that has none
_OF_CALENDAR = re.compile(r"월|/|[12]\d{3}|일$|[a-z]{3}")
_AROUND = re.compile(r"전|ago|back")
_BEFORE_THAT = re.compile(
    r"(?:그|이|저|바로)\s?(?:전|이전|앞)에?\s?(?:주문|거|것|산|시킨)|이전\s?주문|\b(?:the )?(?:one|order)s? before (?:that|this|it)?|\bprevious (?:one|order)\b|\border before\b"
)
_NEWEST = re.compile(
    r"(?:제일|가장)\s?(?:최근|마지막)|(?:최근|마지막|방금)에?\s?(?:한\s?)?(?:주문(?!\s?(?:내역|목록|기록|들))|산|시킨|거(?!래|들)|것(?!들))|\b(?:latest|newest|most recent|last) (?:order|one|purchase)\b"
)
OPEN: tuple[OrderStatus, ...] = ("pending_payment", "paid", "preparing")
ARRIVED: tuple[OrderStatus, ...] = ("delivered", "partly_refunded")
PAID: tuple[OrderStatus, ...] = (
    "paid", "preparing", "partly_shipped", "shipped", "delivered", "partly_refunded", "refunded",
)  # fmt: skip
UNDER_WAY: tuple[OrderStatus, ...] = ("pending_payment", "paid", "preparing", "partly_shipped", "shipped")
_STATES: tuple[tuple[tuple[OrderStatus, ...], re.Pattern[str]], ...] = (
    (("pending_payment",), re.compile(r"(?:결제|입금)\s?(?:안\s?(?:한|된)|전|대기)|\bunpaid\b|\bnot (?:yet )?paid\b")),
    (("cancelled",), re.compile(r"취소(?:된|한|했던|됐던)\s?(?:주문|거|것|내역)|\bcancell?ed (?:orders?|ones?)\b")),
    (("paid", "preparing", "partly_shipped", "shipped"), re.compile(r"(?:아직\s?)?(?:안|못)\s?(?:온|왔|받은|받았|오는)|배송\s?중|오고\s?있|\b(?:not|n'?t|yet to) (?:yet )?(?:arrived?|come|been delivered|here)\b|\bunder way\b|\bon (?:its|the|their) way\b|\bstill waiting\b|\bin transit\b")),
    (("delivered", "partly_refunded"), re.compile(r"배송\s?(?:완료|끝)|(?:받은|도착한)\s?(?:주문|거|것|상품)|\b(?:delivered|received|arrived) (?:orders?|ones?)\b|\borders? (?:that (?:have )?|already )?(?:arrived|delivered)\b")),
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What is said of an order: words that may name its goods, days, `before`: the one before that, the newest."""

    about: str = ""
    since: date | None = None
    until: date | None = None
    arrived: bool = False
    before: str | None = None
    newest: bool = False

    def wanted(self, statuses: tuple[OrderStatus, ...] = (), limit: int = 6) -> LookUpOrders:
        """The same as the shop is asked."""
        return LookUpOrders(
            about=self.about,
            since=self.since,
            until=self.until,
            arrived=self.arrived,
            before=self.before,
            statuses=statuses,
            limit=limit,
        )


def said(desk: Desk, *, order: str | None = None) -> Said:
    """What a message says of the order it means; with what was asked before it was shown who is asking."""
    pending = desk.memory.pending
    kept = pending.value if pending is not None and pending.awaits in ("proof", "code") else ""
    text = normalise(f"{kept} {desk.text}").strip()
    if not text:
        return Said()
    today = desk.situation.now.astimezone(desk.shop.zone).date()
    days = period(text, today)
    told = Said(about=text[:200], newest=_NEWEST.search(text) is not None)
    if days is not None:
        told = replace(told, since=days[0], until=days[1], arrived=_ARRIVED.search(text) is not None)
    last = order or desk.memory.last_order
    if last is not None and _BEFORE_THAT.search(text):
        told = Said(before=last, newest=True)
    return told


def one_before(desk: Desk) -> bool:
    """Is the order before the one that is talked about meant, and nothing but where it is asked?"""
    goods = desk.memory.focus or desk.memory.shown
    talked = not goods or re.search(r"주문|order", desk.text.lower())
    text = normalise(desk.text)
    return bool(desk.memory.last_order and talked and _BEFORE_THAT.search(text) and len(text.split()) < 9)


def state(text: str) -> tuple[OrderStatus, ...]:
    """The states that orders are asked for by; none when no state is said."""
    plain = normalise(text)
    return next((states for states, words in _STATES if words.search(plain)), ())


def period(text: str, today: date) -> tuple[date, date] | None:
    """The days a plain text means by when something was ordered or came; nothing that lies ahead."""
    if not _OF_ORDERING.search(text):
        return None
    for found in find_dates(text, today):
        before, after, own = text[: found.start], text[found.end :], text[found.start : found.end]
        if _DEADLINE.search(before) or _UNTIL.match(after) or _OF_NO_MONTH.search(before):
            continue
        days = _past(found, own, today)
        if days is not None:
            return _widened(*days, own, today)
    return None


def _past(found: DateFound, own: str, today: date) -> tuple[date, date] | None:
    """A day of the calendar without its year is the last one that was; "tomorrow" is no day of an order."""
    first, last = found.first, found.last
    if first <= today:
        return first, min(last, today)
    if not _OF_CALENDAR.search(own) or re.search(r"내년|next|다음|다다음", own):
        return None
    try:
        return first.replace(year=today.year - (first.replace(year=today.year) > today)), last.replace(
            year=today.year - (first.replace(year=today.year) > today)
        )
    except ValueError:  # 29 February
        return None


def _widened(first: date, last: date, own: str, today: date) -> tuple[date, date]:
    """ "Two weeks ago" is no exact day."""
    if first != last or not _AROUND.search(own):
        return first, last
    about = timedelta(days=max(1, (today - first).days // 4))
    return first - about, min(today, last + about)


_ANOTHER = re.compile(
    r"(?i)(?:다른|딴|나머지|또\s?다른)\s?(?:주문|건(?=은|이|도|\W|$))|\b(?:the|my|that|any)? ?other (?:order|one i ordered|purchase)s?\b|\banother order\b"
)


def of_another(desk: Desk) -> bool:
    """Is it about another order than the one that is talked about?"""
    return desk.memory.last_order is not None and _ANOTHER.search(desk.text) is not None


_HAS_ORDERED = re.compile(
    r"(?i)(?<![가-힣])(?:제|내|저희|우리)\s?(?:주문|택배|거|것|물건)|주문\s?(?:한|했|번호|건)|시킨|시켰|(?<![가-힣])샀|구매한"
    r"|\b(?:my (?:order|parcel|package|stuff)|ordered|bought)\b"
)


def has_ordered(desk: Desk) -> bool:
    """Whether it is about an order there is, and not one that may come."""
    return bool(desk.values("order_id")) or _HAS_ORDERED.search(desk.text) is not None

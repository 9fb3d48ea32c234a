"""What delivery costs and when it comes: by the shop's rules for a place, else as the articles have it."""

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded.deadlines import deadline, in_time
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.policies import policy_part
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask, nothing
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import span
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.baskets import DeliveryOptions, DeliveryQuote, QuoteDelivery

_HOW_FAST = re.compile(r"(?i)빠른가|빠르|빨리\s?(?:오|와|되)|\b(?:fast|quick)\b(?! fashion)")
_RETURNED = re.compile(r"(?i)반품|교환|\breturn|\bexchange")
_SENT_BACK = re.compile(
    r"(?i)변심|반품|교환|환불|돌려\s?보|\breturn|\bexchange|\brefund|\bsend(?:ing)? (?:it|them|this) back"
)


# what delivery costs, and the cases of which only the articles tell
_FEE = re.compile(
    r"(?i)(?:배송|택배|배달)\s?(?:비|료|요금)|(?:무료|공짜)\s?(?:로\s?)?(?:배송|배달)|무배"
    r"|\bhow much\b(?=.*\b(?:shipping|delivery|postage|ship|deliver)\b)"
    r"|\b(?:shipping|delivery|postage)\b(?=.*\b(?:cost|fee|price|free|charges?)\b)"
    r"|\b(?:cost|fee|price|free|charges?)\b(?=.*\b(?:shipping|delivery|postage)\b)"
)
_OF_A_CASE = re.compile(
    r"(?i)당일|새벽|빠른|특급|퀵|해외|국제|외국|묶음|합배송|합쳐|따로|나눠|착불|선불|추가|도서|산간|섬|제주|왜|언제까지|주말"
    r"|[토일]요일|공휴일|선물|설치|방문|픽업|할인|쿠폰|회원|등급|첫\s?주문|멤버"
    r"|\b(?:express|expedited|overnight|same.?day|next.?day|fast(?:er|est)?|abroad|overseas|international(?:ly)?|combined?"
    r"|countr(?:y|ies)|together|separate(?:ly)?|split|islands?|why|weekends?|(?:satur|sun|holi)days?|gift|pick.?up|extra"
    r"|discount|coupon|code|member(?:s|ship)?|first order|refund(?:ed|able)?)\b"
)
_FREE = re.compile(r"(?i)무료|공짜|무배|\bfree\b")


def ask_delivery(desk: Desk) -> Steps[Answer]:
    """What delivery costs and when it comes: to a place by its quote, in general also by the articles."""
    if _SENT_BACK.search(desk.text):  # who pays for a parcel that goes back is no delivery quote
        written = yield from policy_part(desk.with_intent("ask_return_policy"))
        return written or _unknown_delivery()
    meant = yield from product_asked(desk) if desk.values("product") else nothing()
    wanted = QuoteDelivery(place=_place(desk), product=meant.product if meant else None)
    options = yield from ask("quote_delivery", wanted, DeliveryOptions)
    quoted = _not_served(options, wanted) or _by_the_day(desk, options) or _quoted(desk, options)
    if quoted is not None:
        return quoted
    written = yield from policy_part(desk)
    if written is None or (options.quotes and _speaks_of_returns(written)):
        return (
            Answer(lines=_quotes(desk, options), keep={"awaits": None})
            if options.quotes
            else _unknown_delivery()
        )
    if not options.quotes or not _asks_when(desk):
        return written
    if _HOW_FAST.search(desk.text):
        return Answer(lines=_quotes(desk, options), keep={"awaits": None})
    return replace(written, lines=(*written.lines[:1], _arrival(desk, options.quotes[0])))


def _speaks_of_returns(written: Answer) -> bool:
    """Whether an article tells what it costs to send something back, when it is asked what delivery costs."""
    return any(_RETURNED.search(str(each.values.get("text", ""))) for each in written.lines[:1])


def _not_served(options: DeliveryOptions, wanted: QuoteDelivery) -> Answer | None:
    if options.served:
        return None
    return Answer(lines=(line("not_served", place=options.understood or wanted.place),))


def _by_the_day(desk: Desk, options: DeliveryOptions) -> Answer | None:
    """Whether it comes by the day that was named."""
    day = deadline(desk, desk.situation.now.astimezone(desk.shop.zone).date())
    said = in_time(options.quotes, day, desk.language) if day is not None else None
    if said is None:
        return None
    return Answer(lines=(said,), keep={"awaits": None, "pending": None})


def _quoted(desk: Desk, options: DeliveryOptions) -> Answer | None:
    """Quotes that need no article beside them; None where the articles say it better."""
    if not options.quotes:
        return None
    if options.known_place:
        return Answer(lines=_quotes(desk, options), keep={"awaits": None, "pending": None})
    if desk.known or desk.language == desk.shop.language:
        plain = _FEE.search(desk.text) and not _OF_A_CASE.search(desk.text)
        return Answer(lines=_quotes(desk, options), keep={"awaits": None}) if plain else None
    # who writes in another language may be anywhere: the home price is said to be one, and the place asked for
    told = _quotes(desk, options)[: 2 if _FREE.search(desk.text) else 1]
    return Answer(
        lines=(*told, line("ask_where_to")),
        keep={"awaits": None, "pending": Pending(intent="ask_delivery", awaits="place")},
    )


def _asks_when(desk: Desk) -> bool:
    return bool(
        re.search(
            r"(?i)며칠|언제|얼마나|빨리|빠르|빠른|까지|도착|how (?:long|fast|soon)|when|arrive|days",
            desk.text,
        )
    )


def _arrival(desk: Desk, quote: DeliveryQuote) -> Line:
    return line("arrival", when=span(quote.earliest, quote.latest, desk.language))


def _place(desk: Desk) -> str:
    for kind in ("address", "postcode"):
        value = desk.first(kind)
        if value:
            return str(value.get("text", "") if isinstance(value, dict) else value) or desk.text
    return desk.text


def _quotes(desk: Desk, options: DeliveryOptions) -> tuple[Line, ...]:
    first, *others = options.quotes
    days = span(first.earliest, first.latest, desk.language)
    name = "delivery_to" if first.sure and options.known_place else "delivery_usual"
    name = name if first.whole else f"{name}_free"
    lines = [line(name, zone=first.zone, fee=first.whole, when=days)]
    if first.surcharge:
        lines.append(line("delivery_surcharge", name=first.surcharge_name, fee=first.surcharge))
    elif first.free_from and first.fee:
        lines.append(line("delivery_free_from", amount=first.free_from))
    if others:
        quick = min(others, key=lambda each: each.latest)
        lines.append(
            line(
                "delivery_method", method=quick.method or "", fee=quick.whole,
                when=span(quick.earliest, quick.latest, desk.language),
            )
        )  # fmt: skip
    return tuple(lines[:3])


def _unknown_delivery() -> Answer:
    return Answer(lines=(line("not_written"),), choices=(("human", line("button_human")),))

"""`dangol policy explain`: the rules that allow or refuse something with an order."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any, get_args

from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.returns import ExplainRule, LineAsked, RuleExplained
from dangol.kernel.after_sale.policy import Action, Condition, Reason
from dangol.kernel.clock import SystemClock
from dangol.kernel.errors import NotFound
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role
from dangol.orders import api as orders
from dangol.returns import api as returns
from dangol.returns.model import NothingToSend
from dangol.server import logs
from dangol.server.commands.connecting import connected
from dangol.server.commands.console import CommandRefused, language, out, say
from dangol.server.commands.policy_words import ACTIONS, rule_line
from dangol.server.database import Connection
from dangol.server.settings import Settings

_VERBS: tuple[tuple[str, Action], ...] = (
    (r"exchange|swap|교환", "exchange"),
    (r"return|refund|반품|환불", "return"),
    (r"cancel|취소", "cancel"),
    (r"(?:change|modify)[ _-]?address|주소\s*변경|배송지\s*변경", "change_address"),
    (r"(?:change|modify)[ _-]?(?:options?|items?)|옵션\s*변경", "change_options"),
    (r"(?:change|modify)[ _-]?(?:payment|method)|결제\s*(?:수단|방법)?\s*변경", "change_payment"),
)
_NUMBERS = r"\d+(?:\s*(?:,|&|and|와|과|하고)\s*\d+)*"
_LINES = re.compile(
    rf"(?i)\b(?:lines?|items?)\s*({_NUMBERS})(?![\w-])|\b({_NUMBERS})(?:st|nd|rd|th)\s+(?:line|item)|(?<!\S)({_NUMBERS})\s*번(?:째)?"
)
_A_LINE = re.compile(r"(?i)\b(?:line|item)s?\b(?!\w)|\S째(?!\S)")
_REASONS: tuple[tuple[str, Reason], ...] = (
    (r"단순\s*변심|변심|change of mind|lost interest", "changed_mind"),
    (r"불량|하자|고장|defective|faulty|broken", "defect"),
    (r"파손|깨[지진졌]", "damaged"),
    (r"오배송|다른\s*상품|wrong (?:item|product)", "wrong_item"),
    (r"누락|빠졌|빠진|missing", "missing_item"),
    (r"사이즈|치수", "size"),
    (r"늦[어은게]|지연", "late"),
)
_READABLE = 40
_FIRST_YEAR, _LAST_YEAR = 1900, 2200  # periods are reckoned from the day: far beyond them no calendar has it
_CONDITIONS = get_args(Condition)


def read_question(said: str) -> ExplainRule:
    """What is asked in words such as `return #1003 line 2 defect opened`. Raises CommandRefused."""
    action = next((action for words, action in _VERBS if re.search(rf"(?i){words}", said)), None)
    numbers = [number for each in _LINES.finditer(said) for number in re.findall(r"\d+", each[0])]
    rest = _LINES.sub(" ", said)
    order = _order_in(rest)
    if action is None or order is None:
        raise CommandRefused(
            say(
                '"return #1003 line 2"처럼 써 주세요: 할 일(return, exchange, cancel, change address …)과 주문번호',
                'write it as "return #1003 line 2": what is to be done (return, exchange, cancel, change address …) and'
                " the order",
            )
        )
    if not numbers and _A_LINE.search(rest):
        raise CommandRefused(
            say(
                '상품은 주문에 적힌 순서를 숫자로 써 주세요: "반품 #1003 2번"',
                'name a line by its number in the order: "return #1003 line 2"',
            )
        )
    words = set(re.findall(r"[a-z_]+", rest.lower()))
    return ExplainRule(
        action=action,
        order=order,
        lines=tuple(LineAsked(line=number.lstrip("0") or "0") for number in dict.fromkeys(numbers)),
        reason=_reason_in(rest, words),
        condition=tuple(each for each in _CONDITIONS if each in words and each != "always"),
    )


def _order_in(said: str) -> str | None:
    """The order's number: what is marked by #, else what has the most digits."""
    found = re.findall(r"#?\b(?=[\w-]*\d)[\w-]+", said)
    marked = [each for each in found if each.startswith("#")] or found
    meant = max(marked, key=lambda each: sum(map(str.isdigit, each)), default=None)
    return meant.lstrip("#") if meant else None


def _reason_in(said: str, words: set[str]) -> Reason | None:
    """The reason by its code, else in everyday words."""
    named: Reason | None = next((each for each in get_args(Reason) if each in words), None)
    return named or next((reason for each, reason in _REASONS if re.search(rf"(?i){each}", said)), None)


def _shown(number: str | None) -> str:
    """A number as it was written, cut where nobody would read on."""
    written = number or ""
    return written if len(written) <= _READABLE else f"{written[:_READABLE]}…"


async def explain_policy(
    settings: Settings, said: str, *, role: Role, on: date | None, as_json: bool
) -> None:
    """Print the rule chain for a question; nothing is done to the order. Raises CommandRefused, DatabaseDown."""
    logs.configure(settings.log_format, "error")
    asked = read_question(said)
    async with connected(settings) as conn:
        shop = await catalog.load_shop(conn)
        if shop is None:
            raise CommandRefused(
                say(
                    "아직 가게가 없어요: dangol import shop FILE",
                    "there is no shop yet: dangol import shop FILE",
                )
            )
        explained = await _explained(conn, shop, asked, role, on)
    if as_json:
        out.print_json(explained.model_dump_json())
    else:
        _print(explained, shop)


async def _explained(
    conn: Connection, shop: Shop, asked: ExplainRule, role: Role, on: date | None
) -> RuleExplained:
    number = await orders.number_written(conn, asked.order or "")
    order = await orders.order_row(conn, number) if number else None
    if order is None:
        raise CommandRefused(
            say(
                f"주문 {_shown(asked.order)}을(를) 찾지 못했어요. 콘솔이나 주문 확인 메일에 있는 번호를 그대로 써 주세요.",
                f"there is no order {_shown(asked.order)}; write the number as in the console or the order's e-mail",
            )
        )
    now = SystemClock().now()
    if on is not None and not _FIRST_YEAR <= on.year <= _LAST_YEAR:
        raise CommandRefused(
            say(
                f"--on에는 {_FIRST_YEAR}년부터 {_LAST_YEAR}년까지의 날을 써 주세요",
                f"--on takes a day of the years {_FIRST_YEAR} to {_LAST_YEAR}",
            )
        )
    if on is not None:
        now = datetime.combine(on, time(12), shop.zone)
    try:
        return await returns.explain(conn, shop, order, asked, role, language(), now)
    except (NothingToSend, NotFound) as no:
        there = ", ".join(str(each.line) for each in await orders.lines_of(conn, order))
        raise CommandRefused(
            say(
                f"주문 {number}에 그런 상품이 없어요. 이 주문에는 {there}번이 있어요.",
                f"order {number} has no such line; its lines are {there}",
            )
        ) from no


def _print(explained: RuleExplained, shop: Shop) -> None:
    spoken = language()
    what = ACTIONS[spoken][explained.action]
    verdict = _verdict(explained)
    out.print(f"{what} {explained.order}: {verdict}", markup=False, highlight=False)
    for rule in explained.rules:
        out.print(
            f"  {rule_line(rule, spoken, shop.currency)}", markup=False, highlight=False, soft_wrap=True
        )


def _verdict(explained: RuleExplained) -> str:
    if not explained.allowed:
        return say(f"할 수 없어요 ({explained.refusal})", f"refused ({explained.refusal})")
    parts: list[Any] = [say("할 수 있어요", "allowed")]
    if explained.person:
        parts.append(say("담당자가 결정해요", "a person decides"))
    if explained.last_day is not None:
        parts.append(say(f"{explained.last_day}까지", f"until {explained.last_day}"))
    if explained.fee is not None and explained.fee.amount:
        parts.append(say(f"비용 {explained.fee.display('ko')}", f"fee {explained.fee.display('en')}"))
    return ", ".join(parts)

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
    (r"(?:change|modify)[ _-]?(?:payment|method)|결제\s*변경", "change_payment"),
)
_LINES = re.compile(r"(?i)\blines?\s*([\d,\s]+)|(?<!\S)([\d,]+)\s*번")
_CONDITIONS = get_args(Condition)


def read_question(said: str) -> ExplainRule:
    """What is asked in words such as `return #1003 line 2 defect opened`. Raises CommandRefused."""
    action = next((action for words, action in _VERBS if re.search(rf"(?i){words}", said)), None)
    lines = _LINES.search(said)
    rest = _LINES.sub(" ", said)
    order = re.search(r"#?\b(?=[\w-]*\d)[\w-]+", rest)
    if action is None or order is None:
        raise CommandRefused(
            say(
                '"return #1003 line 2"처럼 써 주세요: 할 일(return, exchange, cancel, change address …)과 주문번호',
                'write it as "return #1003 line 2": what is to be done (return, exchange, cancel, change address …) and'
                " the order",
            )
        )
    words = set(re.findall(r"[a-z_]+", rest.lower()))
    numbers = re.findall(r"\d+", (lines[1] or lines[2]) if lines else "")
    return ExplainRule(
        action=action,
        order=order[0].lstrip("#"),
        lines=tuple(LineAsked(line=number) for number in numbers),
        reason=next((each for each in get_args(Reason) if each in words), None),
        condition=tuple(each for each in _CONDITIONS if each in words and each != "always"),
    )


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
            say(f"주문 {asked.order}을(를) 찾지 못했어요.", f"there is no order {asked.order}")
        )
    now = SystemClock().now()
    if on is not None:
        now = datetime.combine(on, time(12), shop.zone)
    try:
        return await returns.explain(conn, shop, order, asked, role, language(), now)
    except (NothingToSend, NotFound) as no:
        raise CommandRefused(
            say(f"주문 {number}에 그런 상품 줄이 없어요.", f"order {number} has no such line")
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

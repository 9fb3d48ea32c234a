"""Membership levels: the shop's own for anybody, the customer's for who proved to be one."""

from __future__ import annotations

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Steps, ask
from dangol.assistant.speak.lines import line
from dangol.contracts.shopfloor.account import AccountView, Levels
from dangol.contracts.shopfloor.people import Nothing

_DONE = {"awaits": None, "pending": None}


def tiers(desk: Desk) -> Steps[Answer]:
    """The levels of the shop, for who is not known: what brings one there and what each gives back."""
    levels = yield from ask("list_levels", Nothing(), Levels)
    if not levels.items:
        return Answer(lines=(line("no_tiers"),), keep=_DONE)
    rows = [
        line("tier_row" if each.least else "tier_row_first", name=each.name, least=each.least, rate=each.rate)
        for each in levels.items
    ]
    return Answer(
        lines=(line("tiers_are", rows=rows),), choices=(("account:tier", line("button_my_tier")),), keep=_DONE
    )


def tier(desk: Desk) -> Steps[Answer]:
    """The customer's own level, what it gives and what the next one takes."""
    account = yield from ask("view_account", Nothing(), AccountView)
    if account.tier is None:
        return Answer(lines=(line("no_tiers"),), keep=_DONE)
    lines = [line("points_tier", tier=account.tier.name, rate=account.tier.rate)]
    if account.tier.more is None:
        lines.append(line("tier_top"))
    else:
        ahead = account.tier
        lines.append(line("tier_next", more=ahead.more, next=ahead.next, rate=ahead.next_rate))
    return Answer(lines=tuple(lines), choices=(("intent:view_points", line("button_points")),), keep=_DONE)

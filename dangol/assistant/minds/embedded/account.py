"""The shopper's own account: seeing it, changing it with one yes each, leaving and thinking better of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from dangol.assistant.minds.embedded import account_words, levels, news, on_file, policies
from dangol.assistant.minds.embedded.account_changes import DONE, place_of, put, resumed, said_of
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.giving import bare_name
from dangol.assistant.minds.embedded.order_words import UNDER_WAY
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ask
from dangol.assistant.minds.embedded.verifying import as_owner
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.state import Pending
from dangol.contracts.shopfloor.account import (
    AccountView,
    ChangeContact,
    CloseAccount,
    ForgetAddress,
    Leaving,
)
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders
from dangol.contracts.shopfloor.people import Done, Nothing

_PERSON = ("human", line("button_human"))
_OF_NEWS = frozenset({"stop_marketing", "subscribe_news"})  # of one matter, which way is for the words to say
_COURTESY = frozenset({"greet", "thank", "goodbye", "smalltalk", "affirm"})
# "탈퇴하면 적립금은요?": what would come of it, not a wish
_ONLY_ASKS = re.compile(r"(?i)하면|되면|\bif i\b|\bwhat happens\b|\bwhen i\b")
_AWAITS = {"phone": "own_phone", "name": "own_name"}


def asked(desk: Desk) -> Desk | None:
    """The request when its words name a part of the account, whatever a reader makes of them."""
    if desk.memory.task is not None:
        return None
    asked_for = {each.name for each in desk.situation.reading.intents} - _COURTESY
    if len(asked_for) > 1 and not asked_for <= _OF_NEWS:
        return None  # each in its own words
    part = account_words.about(desk.text)
    return replace(desk, intent="manage_account", argument=part) if part else None


def manage_account(desk: Desk) -> Steps[Answer]:
    """What of the account is meant; passwords and signing in belong to the shop's own pages."""
    part = _part(desk)
    if part == "tier" and not desk.known and not resumed(desk):
        return levels.tiers(desk)
    if part == "close" and _ONLY_ASKS.search(desk.text) and not resumed(desk):
        return closing_rule(desk)
    if part == "methods" and account_words.adds(said_of(desk)) and not account_words.removes(said_of(desk)):
        return on_file.add_method(desk)
    if part == "email":
        return change_email(desk)
    job = _PARTS.get(part)
    return as_owner(job)(desk) if job is not None else policies.about_order(desk)


def _part(desk: Desk) -> str:
    pending = desk.memory.pending
    if pending is not None and pending.intent == "manage_account" and pending.awaits in _AWAITS.values():
        return pending.options.get("what", "")
    return desk.argument or account_words.about(said_of(desk)) or ""


def overview(desk: Desk) -> Steps[Answer]:
    """Contact, addresses, level: what is on record, with the ways to change it."""
    account = yield from ask("view_account", Nothing(), AccountView)
    ways = [each for each in (account.email, account.phone) if each]
    lines = [line("account_contact", name=account.name or "-", ways=ways)]
    if account.addresses:
        lines.append(line("account_addresses", addresses=_numbered(account)))
    if account.tier:
        lines.append(line("points_tier", tier=account.tier.name, rate=account.tier.rate))
    return Answer(
        lines=tuple(lines),
        choices=(
            ("account:phone", line("button_account_phone")),
            ("account:addresses", line("button_account_addresses")),
            ("account:methods", line("button_account_methods")),
            ("account:consents", line("button_account_consents")),
            ("account:close", line("button_account_close")),
        ),
        keep=DONE,
    )


def _numbered(account: AccountView) -> list[str]:
    return [f"{place}) {each.lines}" for place, each in enumerate(account.addresses[:5], 1)]


def change_phone(desk: Desk) -> Steps[Answer]:
    """Another phone number; asked for when none was said."""
    account = yield from ask("view_account", Nothing(), AccountView)
    phone = account_words.phone_in(said_of(desk))
    if not phone:
        return _ask_for("phone", "account_ask_phone")
    return (yield from put(ChangeContact(phone=phone), _from_to(account.phone, phone)))


def change_name(desk: Desk) -> Steps[Answer]:
    """Another name; asked for when none was said."""
    account = yield from ask("view_account", Nothing(), AccountView)
    waiting = desk.memory.awaits == _AWAITS["name"]
    name = account_words.name_in(said_of(desk)) or (bare_name(desk.text) if waiting else "")
    if not name:
        return _ask_for("name", "account_ask_name")
    return (yield from put(ChangeContact(name=name), _from_to(account.name, name)))


def _from_to(before: str, after: str) -> tuple[Line, ...]:
    changes = (
        line("account_from_to", before=before, after=after) if before else line("account_to", after=after)
    )
    return changes, line("confirm_account_change")


def _ask_for(what: str, question: str) -> Answer:
    waiting = Pending(intent="manage_account", awaits=_AWAITS[what], options={"what": what})
    return Answer(
        lines=(line(question),), choices=(_PERSON,), keep={"awaits": _AWAITS[what], "pending": waiting}
    )


def change_email(desk: Desk) -> Steps[Answer]:
    """The e-mail is how one signs in: a person changes it, after looking who asks."""
    yield from ()
    return Answer(
        lines=(line("account_email_by_person"),),
        choices=(("human", line("button_human_now")),),
        keep={**DONE, "offered_person": True},
    )


def addresses(desk: Desk) -> Steps[Answer]:
    """Saved addresses, and deleting one."""
    account = yield from ask("view_account", Nothing(), AccountView)
    if not account.addresses:
        return Answer(lines=(line("account_no_addresses"),), keep=DONE)
    if account_words.removes(said_of(desk)) and len(account.addresses) == 1:
        return (yield from _forget_address(account, 1))
    return Answer(
        lines=(line("account_addresses", addresses=_numbered(account)),),
        choices=tuple(
            (f"account:address:{place}", line("button_forget_number", place=place))
            for place in range(1, min(len(account.addresses), 5) + 1)
        ),
        keep=DONE,
    )


def one_address(desk: Desk) -> Steps[Answer]:
    """The address of this number is to be deleted."""
    account = yield from ask("view_account", Nothing(), AccountView)
    return (yield from _forget_address(account, place_of(desk)))


def _forget_address(account: AccountView, place: int) -> Steps[Answer]:
    if not 0 < place <= len(account.addresses):
        return Answer(lines=(line("account_no_addresses"),), keep=DONE)
    meant = account.addresses[place - 1]
    question = line("confirm_forget_address", address=meant.lines)
    return (yield from put(ForgetAddress(lines=meant.lines, recipient=meant.recipient), (question,)))


def consents(desk: Desk) -> Steps[Answer]:
    """What was agreed to, and withdrawing what allows advertising."""
    account = yield from ask("view_account", Nothing(), AccountView)
    if not account.consents:
        return Answer(lines=(line("account_no_consents"),), keep=DONE)
    rows = [_consent(each.purpose, each.channel, each.since) for each in account.consents[:6]]
    advertised = any(each.purpose == news.NEWS for each in account.consents)
    return Answer(
        lines=(line("account_consents", rows=rows),),
        choices=(("intent:stop_marketing", line("button_stop_news")),) if advertised else (),
        keep=DONE,
    )


_PURPOSES = {"marketing": "consent_marketing", "restock": "consent_restock"}


def _consent(purpose: str, channel: str, since: Any) -> Line:
    return line(
        "consent_row",
        purpose=line(_PURPOSES.get(purpose, "consent_other")),
        channel=news.channel(channel),
        since=since,
    )


def closing_rule(desk: Desk) -> Steps[Answer]:
    """What leaving would bring, for who only asks."""
    means = yield from ask("look_at_leaving", Nothing(), Leaving)
    return Answer(
        lines=(line("closing_rule", years=means.kept_months // 12),),
        choices=(("account:close", line("button_account_close")), _PERSON),
        keep=DONE,
    )


def close(desk: Desk) -> Steps[Answer]:
    """Leaving: what is lost, what is kept and why, one question."""
    account = yield from ask("view_account", Nothing(), AccountView)
    keep = ("account:keep", line("button_keep_account"))
    if account.closing is not None:
        return Answer(lines=(line("closing_stands", when=account.closing),), choices=(keep,), keep=DONE)
    if any(each.balance is not None and each.balance.amount for each in account.methods):
        return on_file.money_left(account.methods)
    found = yield from ask("look_up_orders", LookUpOrders(statuses=UNDER_WAY, limit=1), Orders)
    under_way = [each.order for each in found.items]
    days, years = account.leaving.days, account.leaving.kept_months // 12
    if under_way:
        first = line("closing_after_order", order=under_way[0], days=days)
    else:
        first = line("closing_means", days=days)
    lost = line("closing_loses", points=account.points, years=years)
    kept = line("closing_keeps", years=years)
    question = line("confirm_close_account")
    return (
        yield from put(
            CloseAccount(points=account.points), (first, lost if account.points else kept, question)
        )
    )


def keep(desk: Desk) -> Steps[Answer]:
    """The wish to leave is taken back."""
    done = yield from ask("keep_account", Nothing(), Done)
    return Answer(lines=(line("account_kept") if done.ok else line("account_not_closing"),), keep=DONE)


def pressed(desk: Desk) -> Steps[Answer]:
    """A button of this file: `account:PART`, or `account:address:NUMBER`."""
    part = desk.argument.partition(":")[0]
    waiting = replace(desk, intent="manage_account")
    job = _PRESSED.get(part)
    return as_owner(job)(waiting) if job is not None else manage_account(waiting)


_PARTS: dict[str, Job] = {
    "overview": overview,
    "phone": change_phone,
    "name": change_name,
    "addresses": addresses,
    "methods": on_file.methods,
    "consents": consents,
    "tier": levels.tier,
    "close": close,
    "keep": keep,
}
_PRESSED: dict[str, Job] = {**_PARTS, "address": one_address, "method": on_file.one_method}

"""Advertising: agreed to after one question, refused at once by anybody."""

from __future__ import annotations

import re
from typing import Literal

from dangol.assistant.minds.embedded.account_changes import DONE
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, NeedsYes, Steps, ask
from dangol.assistant.minds.embedded.verifying import as_owner
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.contracts.shopfloor.account import AccountView, AgreeNews, StopNews
from dangol.contracts.shopfloor.people import Done, Nothing

NEWS = "marketing"
_SMS = re.compile(r"(?i)문자|\bsms\b|\btexts?\b|카톡|카카오|휴대폰|핸드폰")
_EMAIL = re.compile(r"(?i)메일|\be-?mails?\b|뉴스\s?레터|newsletter")
_CHANNELS = {"email": "channel_email", "sms": "channel_sms"}


def channel(name: str) -> Line:
    """A way to be written to, as it is called."""
    return line(_CHANNELS[name]) if name in _CHANNELS else line("plain", text=name)


def agree(desk: Desk) -> Steps[Answer]:
    """Who asks for news is asked once, for the ways they named; nothing is ticked beforehand."""
    account = yield from ask("view_account", Nothing(), AccountView)
    wanted = _wanted(desk, account)
    if not wanted:
        return Answer(lines=(line("news_no_contact"),), keep=DONE)
    standing = {each.channel for each in account.consents if each.purpose == NEWS}
    if set(wanted) <= standing:
        return Answer(
            lines=(line("news_agreed_before", channels=[channel(each) for each in wanted]),), keep=DONE
        )
    shop = desk.shop.say(desk.shop.name, desk.language)
    question = line("confirm_agree_news", shop=shop, channels=[channel(each) for each in wanted])
    wish = AgreeNews(channels=wanted, wording=say(question, desk.language, desk.shop))
    try:
        yield from ask("agree_to_news", wish, AccountView)
    except NeedsYes as needs:
        return Answer(
            lines=(question,),
            choices=(("yes", line("button_yes_do")), ("no", line("button_leave_it"))),
            keep={"awaits": "yes_no", "pending": None},
            confirm=(needs.code, needs.call),
        )
    return _agreed(desk, wish)


def _wanted(desk: Desk, account: AccountView) -> tuple[Literal["email", "sms"], ...]:
    named: list[Literal["email", "sms"]] = []
    if account.email and (_EMAIL.search(desk.text) or not _SMS.search(desk.text)):
        named.append("email")
    if account.phone and _SMS.search(desk.text):
        named.append("sms")
    return tuple(named)


def on_yes(desk: Desk, args: dict[str, object]) -> Steps[Answer]:
    """The yes was given: noted with its words, and told back with its day."""
    wish = AgreeNews.model_validate(args)
    yield from ask("agree_to_news", wish, AccountView)
    return _agreed(desk, wish)


def _agreed(desk: Desk, wish: AgreeNews) -> Answer:
    today = desk.situation.now.astimezone(desk.shop.zone).date()
    return Answer(
        lines=(line("news_agreed", when=today, channels=[channel(each) for each in wish.channels]),),
        keep=DONE,
    )


def on_no(desk: Desk) -> Steps[Answer]:
    """A no to news."""
    yield from ()
    return Answer(lines=(line("news_not_agreed"),), keep=DONE)


def stop(desk: Desk) -> Steps[Answer]:
    """ "수신거부": a known customer is asked once which agreements end; anybody else is left in peace at once."""
    if desk.known:
        return (yield from as_owner(_stop_all)(desk))
    yield from ask("refuse_news", Nothing(), Done)
    if not desk.situation.state.proofs:
        return (yield from as_owner(_stop_all)(desk))
    return Answer(
        lines=(line("news_refused"), line("news_refused_letters")),
        choices=(("letters_too", line("button_letters_too")),),
        keep=DONE,
    )


def refuse(desk: Desk) -> Steps[Answer]:
    """The button under a tip: nothing of the kind any more, at once."""
    yield from ask("refuse_news", Nothing(), Done)
    return Answer(lines=(line("news_refused"),), keep=DONE)


def letters_too(desk: Desk) -> Steps[Answer]:
    """Advertising by e-mail and text is refused by who shows whose account it is."""
    return (yield from as_owner(_stop_all)(desk.with_intent("stop_marketing")))


def _stop_all(desk: Desk) -> Steps[Answer]:
    account = yield from ask("view_account", Nothing(), AccountView)
    channels = [channel(each.channel) for each in account.consents if each.purpose == NEWS]
    if not channels:
        yield from ask("refuse_news", Nothing(), Done)
        return Answer(lines=(line("no_news"),), keep=DONE)
    try:
        yield from ask("stop_news", StopNews(), AccountView)
    except NeedsYes as needs:
        return Answer(
            lines=(line("confirm_stop_news", channels=channels),),
            choices=(("yes", line("button_yes_do")), ("no", line("button_leave_it"))),
            keep={"awaits": "yes_no", "pending": None},
            confirm=(needs.code, needs.call),
        )
    return Answer(lines=(line("news_stopped"),), keep=DONE)

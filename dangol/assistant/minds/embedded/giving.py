"""What a shopper gives for an order: contact and address, from words or from the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.speak.lines import Line, line
from dangol.assistant.speak.wording import say
from dangol.assistant.understanding.names import could_be_korean_name
from dangol.contracts.shopfloor.orders import CheckoutProblem, CheckoutView, GiveAddress, GiveContact
from dangol.kernel.blocks import FormBlock, FormField

CONTACT = ("name", "email", "phone")
ADDRESS = ("address", "postcode", "address_detail")
GIFT = ("recipient", "recipient_phone", "gift_note")
_MAY_BE_LEFT_OUT = ("address_detail", "recipient_phone", "gift_note")


def contact_given(desk: Desk) -> GiveContact | None:
    """Name, e-mail and phone as far as they were said or filled in."""
    form = desk.situation.heard.form
    if form is not None:
        values = {name: str(form["values"].get(name) or "").strip() or None for name in CONTACT}
        return GiveContact(**values) if any(values.values()) else None
    email, phone = desk.first("email"), desk.first("phone")
    name = desk.first("person") or _name_before(desk)
    if not (name or email or phone) and desk.memory.awaits == "contact":
        name = bare_name(desk.text)
        email = _bad_email(desk.text)
    if not (name or email or phone):
        return None
    return GiveContact(
        name=str(name) if name else None,
        email=str(email) if email else None,
        phone=str(phone) if phone else None,
    )


_NAME_KO = re.compile(r"^(?:(?:제|내)?\s*이름은?\s*)?([가-힣]{2,5})(?:이에요|예요|입니다|이요|요)?[.!]?$")
_NAME_EN = re.compile(
    r"^(?:(?:my name is|i'm|i am|it's|this is)\s+)?([A-Z][a-zA-Z'-]+(?: [A-Z][a-zA-Z'.-]+){0,3})[.!]?$"
)


def _name_before(desk: Desk) -> str | None:
    """The name in front of an e-mail address or phone number ("Jane Miller, jane@…")."""
    starts = [each.start for each in desk.entities if each.type in ("email", "phone", "address", "postcode")]
    return bare_name(desk.text[: min(starts)].strip(" ,;:/·-"), beside=True) if starts else None


def bare_name(text: str, *, beside: bool = False) -> str | None:
    """The name a message consists of, however it is introduced; None when it is none.

    `beside`: it stands beside an address or a number, where any word may be a name.
    """
    said = text.strip()
    korean = _NAME_KO.match(said)
    if korean and (beside or "이름" in said or could_be_korean_name(korean.group(1))):
        return korean.group(1)
    english = _NAME_EN.match(said)
    return english.group(1) if english else None


def _bad_email(text: str) -> str | None:
    """Something meant as an e-mail address though it is none, so that the shop can say so."""
    match = re.search(r"\S*@\S*", text)
    return match.group() if match else None


def address_given(desk: Desk) -> GiveAddress | None:
    """The address that was said or filled in."""
    form = desk.situation.heard.form
    if form is not None:
        values = form["values"]
        text = str(values.get("address") or "").strip()
        postcode, detail = (
            str(values.get(name) or "").strip() or None for name in ("postcode", "address_detail")
        )
        return (
            GiveAddress(text=text, postcode=postcode, detail=detail) if text or postcode or detail else None
        )
    given = desk.values("address") or desk.values("postcode")
    if given or desk.memory.awaits == "address":
        return GiveAddress(text=_address_words(desk))
    if desk.intent in ("set_address", "change_order") and re.search(r"\d", desk.situation.heard.text):
        return GiveAddress(text=_from_first_figures(desk.situation.heard.text))
    return None


def _from_first_figures(text: str) -> str:
    """The message from the sentence in which the first figures stand."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    first = next(place for place, sentence in enumerate(sentences) if re.search(r"\d", sentence))
    return " ".join(sentences[first:])


def _address_words(desk: Desk) -> str:
    """The words of the address alone, where it could be told from the rest of the message."""
    spans = [each for each in desk.entities if each.type in ("address", "postcode")]
    if not any(each.type == "address" for each in spans):
        return desk.situation.heard.text
    return desk.situation.heard.text[min(each.start for each in spans) :]


def problem_line(problem: CheckoutProblem) -> Line:
    """What was wrong with something given, in words."""
    return line(f"problem_{problem.code}", value=problem.value)


def need_line(need: str, view: CheckoutView | None) -> Line:
    """What a checkout needs, as it is called within a sentence."""
    return line(f"need_{_whose(need, view)}")


def _whose(need: str, view: CheckoutView | None) -> str:
    """The name on a gift's order is the buyer's."""
    return "buyer" if need == "name" and view is not None and view.gift else need


def checkout_form(
    desk: Desk,
    needs: Sequence[str],
    problems: Sequence[CheckoutProblem],
    view: CheckoutView | None = None,
) -> FormBlock:
    """The same question as a form, for who would rather fill in than write."""
    kinds: dict[str, Any] = {
        "email": "email",
        "phone": "tel",
        "recipient_phone": "tel",
        "postcode": "postcode",
    }
    names = [each for each in needs if each in (*CONTACT, *GIFT, *ADDRESS)]
    if "address" in names:
        names = [*[each for each in names if each not in ADDRESS], "address", "postcode", "address_detail"]
    wrong = {each.field: each for each in problems}
    fields = tuple(
        FormField(
            name=name,
            label=say(line(f"field_{_whose(name, view)}"), desk.language, desk.shop),
            type=kinds.get(name, "text"),
            required=name in needs and name not in _MAY_BE_LEFT_OUT,
            value=wrong[name].value or None if name in wrong else None,
            error=say(problem_line(wrong[name]), desk.language, desk.shop) if name in wrong else None,
        )
        for name in dict.fromkeys(names)
    )
    return FormBlock(form="checkout", fields=fields)

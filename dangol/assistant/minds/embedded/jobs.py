"""The jobs of the house by the intent that asks for them, and which of the operator's five tasks each belongs to."""

from __future__ import annotations

import re
from dataclasses import replace

from dangol.assistant.minds.embedded import (
    account,
    account_words,
    after_words,
    buying,
    cancelling,
    cart_changes,
    changing,
    comparing,
    deciding,
    delivering,
    finding,
    fitting,
    news,
    offering,
    ordering,
    orders_after,
    papers,
    policies,
    pricing,
    refunds,
    returning,
    saving,
    several,
    talking,
    telling,
    till,
)
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.pointing import asks, could_be_of_it, is_question
from dangol.assistant.minds.embedded.references import product_asked
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ask
from dangol.assistant.minds.embedded.verifying import as_owner
from dangol.assistant.speak.lines import line
from dangol.assistant.understanding.reading import Entity
from dangol.contracts.shopfloor.baskets import CartView
from dangol.contracts.shopfloor.orders import LookUpOrders, Orders
from dangol.contracts.shopfloor.people import Nothing
from dangol.contracts.shopfloor.products import Availability, CheckAvailability


def _policy_or_product(desk: Desk) -> Steps[Answer]:
    """What the articles say; what they do not say and could be asked of the product at hand is asked of its record."""
    named = yield from telling.on_record(desk)
    if named is not None:
        return named
    pointers = [each.text for each in desk.entities if each.type == "product" and each.text]
    bare = " ".join(part for part in re.split("|".join(map(re.escape, pointers)) or "$^", desk.text) if part)
    answer = yield from policies.policy_part(replace(desk, text=bare.strip() or desk.text))
    if answer is not None:
        return answer
    if could_be_of_it(desk) or (yield from _of_one_kind(desk)):
        return (yield from telling.ask_product_info(desk))
    return (yield from policies.unwritten(desk))


def _of_one_kind(desk: Desk) -> Steps[bool]:
    """Whether a question names a kind of goods of which there is one: "막걸리 미성년자도 사나요"."""
    if not desk.values("category") or not is_question(desk.text):
        return False
    return (yield from product_asked(desk)) is not None


def _papers(desk: Desk) -> Steps[Answer]:
    """A paper of an order; whether there are such papers at all is a question for the articles first.

    What the tax office knows of is not written here: the rule from the articles, then a person.
    """
    if after_words.of_the_tax_office(desk.text):
        if not is_question(desk.text) or desk.values("order_id"):
            return (yield from policies.about_order(desk))
        answer = yield from policies.policy_part(desk)
        if answer is not None:
            return replace(answer, choices=(("human", line("button_human_now")),))
        return (yield from policies.about_order(desk))
    if asks(desk.text) and not desk.known and not desk.values("order_id") and desk.memory.last_order is None:
        answer = yield from policies.policy_part(desk)
        if answer is not None:
            return answer
    return (yield from as_owner(papers.get_invoice)(desk))


def _my_data(desk: Desk) -> Steps[Answer]:
    """What is stored; who is known and wants it all erased leaves."""
    if desk.known and account_words.erases(desk.text):
        return as_owner(account.close)(desk.with_intent("manage_account"))
    return policies.ask_my_data(desk)


def _start_over(desk: Desk) -> Steps[Answer]:
    """From the beginning; "wipe it all" is about what is stored."""
    return _my_data(desk) if account_words.erases(desk.text) else talking.start_over(desk)


def _if_asked(desk: Desk) -> Steps[Answer | None]:
    """ "How do I get it after I pay": a question about buying, with nothing to buy, is one for the articles."""
    return (yield from policies.policy_part(desk)) if is_question(desk.text) else None


def _checkout(desk: Desk) -> Steps[Answer]:
    """Buy what is in the cart; with nothing in it, what is being looked at is put in first."""
    if desk.memory.task is None:
        cart = yield from ask("view_cart", Nothing(), CartView)
        if not cart.lines and desk.memory.focus and not asks(desk.text):
            return (yield from buying.add_to_cart(desk))
        if not cart.lines and (owed := (yield from _unpaid(desk))) is not None:
            return owed
        if not cart.lines and (answer := (yield from _if_asked(desk))) is not None:
            return answer
    return (yield from ordering.checkout(desk))


def _unpaid(desk: Desk) -> Steps[Answer | None]:
    """The order talked about, where it waits to be paid."""
    if desk.memory.last_order is None:
        return None
    found = yield from ask("look_up_orders", LookUpOrders(order=desk.memory.last_order), Orders)
    if not found.items or found.items[0].status != "pending_payment":
        return None
    return (yield from changing.payment_of(desk, found.items[0]))


def _find(desk: Desk) -> Steps[Answer]:
    """Find goods; of the only one found the options named are looked up, where all of those are sold out."""
    answer = yield from finding.find_products(desk)
    only = answer.keep.get("focus")
    if only is None or desk.colors or desk.sizes or len(desk.text.split()) == 1:
        return answer
    found = yield from ask("check_availability", CheckAvailability(product=only), Availability)
    every = found.model_copy(update={"matching": (*found.matching, *found.others), "others": ()})
    named = deciding.as_worded(every, desk.text).matching
    if len(named) == len(every.matching) or any(each.stock > 0 for each in named):
        return answer
    one = Entity(type="product", text="", value={"product": only}, start=0, end=0)
    return (yield from deciding.ask_availability(replace(desk, intent="ask_availability", entities=(one,))))


def _add_to_cart(desk: Desk) -> Steps[Answer]:
    """Put it in the cart; of several goods named one by one each, whatever else the message asks."""
    each = desk.memory.pending is None and desk.text and several.parts_named(desk)
    return (yield from (several.add_each_named if each else buying.add_to_cart)(desk))


JOBS: dict[str, Job] = {
    "greet": talking.greet,
    "goodbye": talking.say_line("goodbye"),
    "thank": talking.thank,
    "affirm": offering.affirm,
    "deny": offering.deny,
    "cancel_dialogue": talking.cancel_dialogue,
    "start_over": _start_over,
    "repeat": talking.repeat,
    "switch_language": talking.switch_language,
    "smalltalk": talking.back_to_shop("smalltalk"),
    "ask_if_bot": talking.say_line("i_am_ai", start=True),
    "abuse": talking.abuse,
    "out_of_scope": talking.out_of_scope,
    "find_product": _find,
    "recommend": finding.recommend,
    "style_advice": finding.style_advice,
    "find_similar": finding.find_similar,
    "compare_products": comparing.compare_products,
    "ask_availability": deciding.ask_availability,
    "ask_product_info": telling.ask_product_info,
    "ask_price": pricing.ask_price,
    "ask_size_advice": fitting.ask_size_advice,
    "read_reviews": fitting.read_reviews,
    "ask_store": fitting.ask_store,
    "add_to_cart": _add_to_cart,
    "change_cart": cart_changes.change_cart,
    "view_cart": buying.view_cart,
    "checkout": _checkout,
    "apply_coupon": buying.apply_coupon,
    "ask_promotion": saving.ask_promotion,
    "ask_discount": saving.ask_discount,
    "ask_payment_methods": saving.ask_payment_methods,
    "report_payment_problem": till.report_payment_problem,
    "ask_delivery": delivering.ask_delivery,
    "set_address": as_owner(changing.set_address),
    "save_wish": saving.save_wish,
    "view_wishes": saving.view_wishes,
    "notify_restock": saving.notify_restock,
    "track_order": as_owner(orders_after.track_order),
    "list_orders": as_owner(orders_after.track_order),
    "cancel_order": as_owner(cancelling.cancel_order),
    "change_order": as_owner(changing.change_order),
    "ask_cancel_policy": cancelling.ask_cancel_policy,
    "return_item": as_owner(returning.return_item),
    "exchange_item": as_owner(returning.exchange_item),
    "ask_return_policy": returning.ask_return_policy,
    "track_refund": as_owner(refunds.track_refund),
    "report_item_problem": as_owner(returning.report_item_problem),
    "get_invoice": _papers,
    "write_review": policies.about_order,
    "view_points": as_owner(saving.view_points),
    "manage_account": account.manage_account,
    "subscribe_news": as_owner(news.agree),
    "stop_marketing": news.stop,
    "ask_my_data": _my_data,
    "complain": talking.complain,
    "talk_to_human": talking.talk_to_human,
    "ask_contact": policies.ask_contact,
    "ask_policy": _policy_or_product,
    # not intents of a message by itself, but what a message may settle to
    "more": finding.more_products,
    "note_preference": talking.note_preference,
    "choose": telling.show_product,
}

# which of the operator's five jobs an intent belongs to; what is not named is always done
_SCOPES = {
    "find": ("find_product", "recommend", "style_advice", "find_similar", "compare_products"),
    "buy": ("add_to_cart", "change_cart", "checkout", "apply_coupon"),
    "orders": ("track_order", "list_orders", "cancel_order", "change_order", "get_invoice"),
    "returns": ("return_item", "exchange_item", "track_refund"),
    "policies": ("ask_policy", "ask_return_policy", "ask_cancel_policy"),
}
# what a button does, where it is no intent
_BUTTON_SCOPES = {
    "add": "buy", "buy": "buy", "now": "buy", "similar": "find", "compare": "find", "return": "returns",
    "exchange": "returns",
}  # fmt: skip
_SCOPE_OF = {intent: scope for scope, intents in _SCOPES.items() for intent in intents} | _BUTTON_SCOPES


# what a shop answers that has switched on nothing but its FAQ
_FAQ = frozenset(
    {
        "greet", "goodbye", "thank", "affirm", "deny", "cancel_dialogue", "start_over", "repeat", "switch_language",
        "smalltalk", "ask_if_bot", "abuse", "out_of_scope", "ask_store", "ask_payment_methods", "ask_delivery",
        "ask_policy", "ask_return_policy", "ask_cancel_policy", "ask_contact", "ask_my_data", "stop_marketing", "complain",
        "report_item_problem", "talk_to_human",
    }
)  # fmt: skip


def job_for(desk: Desk, name: str) -> Job:
    """The job for an intent; what the operator has not switched on is declined politely."""
    if name not in _FAQ and answers_its_faq_alone(desk):
        return talking.unused
    return ticked(desk, name, JOBS[name])


def is_open(desk: Desk, name: str) -> bool:
    """Whether the operator has switched on what an intent belongs to."""
    return job_for(desk, name) is JOBS[name]


def ticked(desk: Desk, name: str, job: Job) -> Job:
    """The job of an intent or a button, where the operator has ticked what it belongs to."""
    scope = _SCOPE_OF.get(name)
    return job if scope is None or scope in desk.shop.assistant.scope else talking.unused


def answers_its_faq_alone(desk: Desk) -> bool:
    """Whether the shop has switched on nothing but its FAQ for this shopper and channel."""
    state = desk.situation.state
    return desk.shop.assistant.stage(state.channel, state.share_key) == "faq"

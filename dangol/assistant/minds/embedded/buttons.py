"""What each button does: `verb:argument`, the same whether it is pressed or its label is typed."""

from __future__ import annotations

from dataclasses import replace

from dangol.assistant.minds.embedded import (
    account,
    barriers,
    buying,
    cancelling,
    cart_changes,
    change_answers,
    changing,
    comparing,
    deciding,
    exchange_restock,
    finding,
    fitting,
    gifting,
    naming,
    news,
    offering,
    ordering,
    orders_after,
    papers,
    policies,
    purchase_proof,
    refunds,
    restock_words,
    return_given,
    return_hearing,
    returning,
    saving,
    solving,
    talking,
    telling,
    till,
    verifying,
    walked_before,
    walking,
)
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.steps import Answer, Job, Steps, ask
from dangol.assistant.understanding.reading import Entity
from dangol.contracts.shopfloor.baskets import AddToCart, CartChanged, CartView
from dangol.contracts.shopfloor.people import Nothing, RestockNoted, RestockWish
from dangol.contracts.shopfloor.products import (
    Availability,
    CheckAvailability,
    FindProducts,
    FoundProducts,
    SizeWish,
    Wishes,
)
from dangol.kernel.money import Money


def about(desk: Desk, product: str) -> Desk:
    """The same request about this product."""
    named = Entity(type="product", text="", value={"product": product}, start=0, end=0)
    return replace(desk, entities=(named, *(each for each in desk.entities if each.type != "product")))


def _of_product(job: Job) -> Job:
    def pressed(desk: Desk) -> Steps[Answer]:
        return (yield from job(about(desk, desk.argument)))

    return pressed


def _add(desk: Desk) -> Steps[Answer]:
    return (yield from buying.put_in_cart(desk, desk.argument, 1))


def _buy(desk: Desk) -> Steps[Answer]:
    fresh = replace(desk, memory=desk.memory.model_copy(update={"pending": None, "focus_sku": None}))
    return (yield from buying.add_to_cart(about(fresh, desk.argument)))


def _now(desk: Desk) -> Steps[Answer]:
    """Buy this very variant: into the cart unless it lies there, and on to the checkout."""
    cart = yield from ask("view_cart", Nothing(), CartView)
    if not any(each.sku == desk.argument for each in cart.lines):
        yield from ask("add_to_cart", AddToCart(sku=desk.argument, quantity=1), CartChanged)
    return (yield from ordering.checkout(desk))


def _pick(desk: Desk) -> Steps[Answer]:
    """A variant was picked: into the cart when that was under way, else say how it stands."""
    pending = desk.memory.pending
    if pending is None or pending.product is None or pending.intent == "add_to_cart":
        return (yield from buying.put_in_cart(desk, desk.argument, pending.quantity if pending else 1))
    found = yield from ask("check_availability", CheckAvailability(product=pending.product), Availability)
    variants = [each for each in (*found.matching, *found.others) if each.sku == desk.argument]
    keep = {"focus": pending.product, "focus_title": found.card.title, "pending": pending}
    if not variants or variants[0].stock <= 0:
        only = found.model_copy(update={"matching": tuple(variants)})
        return (yield from deciding.sold_out(desk, only, (), (), keep))
    return deciding.available(desk, found, variants, keep, narrowed=True)


def _option(desk: Desk) -> Steps[Answer]:
    """One option of the product being put in the cart was answered: ask for the next, or put it in."""
    pending = desk.memory.pending
    name, _, value = desk.argument.partition("=")
    if pending is None or pending.product is None:
        return (yield from naming.which_product(desk))
    options = {**pending.options, name: value}
    wanted = CheckAvailability(
        product=pending.product, options=options, colors=pending.colors, sizes=pending.sizes
    )
    found = yield from ask("check_availability", wanted, Availability)
    in_stock = [each for each in found.matching if each.stock > 0]
    keep = {"focus": pending.product, "focus_title": found.card.title,
            "pending": pending.model_copy(update={"options": options})}  # fmt: skip
    if in_stock and pending.intent == "ask_availability":
        return deciding.available(desk, found, in_stock, keep, narrowed=True)
    if len(in_stock) == 1:
        return (yield from buying.put_in_cart(desk, in_stock[0].sku, pending.quantity))
    if not in_stock:
        return (yield from deciding.sold_out(desk, found, pending.colors, pending.sizes, keep))
    return buying.which_variant(found, in_stock, keep)


def _restock(desk: Desk) -> Steps[Answer]:
    pending = desk.memory.pending
    product = (pending.product if pending else None) or desk.memory.focus or ""
    if return_hearing.sold_out_of(desk) == desk.argument:
        return (yield from exchange_restock.note(desk))
    if pending is not None and pending.options.get("gone") == desk.argument:
        return (yield from saving.notify_restock(desk))
    noted = yield from ask("note_restock", RestockWish(product=product, sku=desk.argument), RestockNoted)
    if noted.needs == "contact":
        waiting = {"intent": "notify_restock", "awaits": "contact", "product": product, "sku": desk.argument}
        return Answer(lines=restock_words.told(noted), keep={"awaits": "contact", "pending": waiting})
    return Answer(lines=restock_words.told(noted), keep={"awaits": None, "pending": None})


def _usual(desk: Desk) -> Steps[Answer]:
    size = SizeWish(system="unknown", value=desk.argument)
    memory = desk.memory.model_copy(update={"sized": size})
    return (yield from fitting.ask_size_advice(replace(desk, memory=memory)))


def _narrow(desk: Desk) -> Steps[Answer]:
    """A narrowing question was answered: the same wishes with one more."""
    facet, _, value = desk.argument.partition(":")
    wishes = _narrowed(desk.memory.wishes, facet, value, desk.shop.currency)
    found = yield from ask("find_products", FindProducts(wishes=wishes), FoundProducts)
    memory = desk.memory.model_copy(update={"wishes": wishes})
    return finding.presented(replace(desk, memory=memory), wishes, found)


def _narrowed(wishes: Wishes, facet: str, value: str, currency: str) -> Wishes:
    if facet == "price":
        low, _, high = value.partition("-")
        least = Money(amount=int(low), currency=currency) if low.isdigit() else None
        most = Money(amount=int(high), currency=currency) if high.isdigit() else None
        return wishes.model_copy(update={"price_min": least, "price_max": most})
    if facet == "size":
        system, _, size = value.rpartition(":")
        return wishes.model_copy(update={"sizes": (SizeWish(system=system or "unknown", value=size),)})
    if facet == "audience":
        return wishes.model_copy(update={"audience": value})
    field = {"category": "categories", "color": "colors", "attribute": "attributes", "brand": "brands"}.get(
        facet
    )
    if field is None:
        return wishes
    before = () if facet in ("category", "color") else getattr(wishes, field)
    return wishes.model_copy(update={field: (*before, value)})


def _coupon(desk: Desk) -> Steps[Answer]:
    code = Entity(type="coupon", text=desk.argument, value=desk.argument, start=0, end=0)
    return (yield from buying.apply_coupon(replace(desk, entities=(code,))))


def _points(desk: Desk) -> Steps[Answer]:
    return (yield from buying.use_points(desk, None))


def _for(intent: str, job: Job) -> Job:
    """A button that asks for what words of this intent ask for; the one who is asking is known or shown first."""
    return lambda desk: verifying.as_owner(job)(replace(desk, intent=intent))


def _code(desk: Desk) -> Steps[Answer]:
    """Send a code to show who is asking; what was asked before goes on afterwards."""
    pending = desk.memory.pending
    return (yield from verifying.send_code(replace(desk, intent=pending.intent if pending else "")))


def _guide(desk: Desk) -> Steps[Answer]:
    """A button of a guide: which one it is, what a step brought, or a person."""
    what, _, rest = desk.argument.partition(":")
    if what == "open":
        return (yield from solving.opened(desk, rest))
    if what == "none":
        return (yield from solving.other(desk))
    if what in walked_before.ANSWERS:
        return (yield from walked_before.answered(replace(desk, argument=what)))
    if what == "person":
        return (yield from talking.talk_to_human(replace(desk, argument="")))
    return (yield from walking.answered(desk))


BUTTONS: dict[str, Job] = {
    "account": account.pressed,
    "add": _add,
    "buy": _buy,
    "now": _now,
    "barrier": barriers.remove,
    "pick": _pick,
    "option": _option,
    "show": _of_product(telling.show_product),
    "wish": _of_product(saving.save_wish),
    "reviews": _of_product(fitting.read_reviews),
    "similar": _of_product(finding.find_similar),
    "match": _of_product(finding.style_advice),
    "sizing": _of_product(fitting.ask_size_advice),
    "stores": _of_product(fitting.shelves),
    "compare": comparing.compare_products,
    "more": finding.more_products,
    "sale": saving.sale,
    "no_restock": saving.stop_restock,
    "restock": _restock,
    "usual": _usual,
    "narrow": _narrow,
    "coupon": _coupon,
    "points": _points,
    "remove": cart_changes.remove_line,
    "address": ordering.use_saved_address,
    "method": ordering.choose_delivery,
    "gift": gifting.switch,
    "change_address": ordering.change_address,
    "paid": till.check_payment,
    "pay": till.pay_again,
    "pay_way": ordering.choose_way,
    "pay_order": till.agree,
    "guide": _guide,
    "human": talking.talk_to_human,
    "ai": talking.switch_assistant,
    "outside": talking.switch_outside_model,
    "lang": talking.switch_language,
    "personal": talking.switch_personal,
    "preferences": talking.list_preferences,
    "forget": talking.forget_preference,
    "yes": talking.affirm_nothing,
    "no": talking.deny_nothing,
    "data": policies.ask_my_data,
    "return": returning.of_order("return_item"),
    "exchange": returning.of_order("exchange_item"),
    "problem": returning.of_order("report_item_problem"),
    "back": return_given.pressed,
    "call_off": refunds.call_off,
    "other_way": refunds.other_way,
    "code": _code,
    "purchase_code": purchase_proof.send_again,
    "order": verifying.as_owner(orders_after.track_order),
    "refund": _for("track_refund", refunds.track_refund),
    "older": verifying.as_owner(orders_after.older),
    "take_offer": offering.take,
    "no_offer": offering.refuse,
    "no_news": news.refuse,
    "letters_too": news.letters_too,
    "wait": _for("track_order", orders_after.wait),
    "cancel": _for("cancel_order", cancelling.cancel_order),
    "cancel_for": _for("cancel_order", cancelling.pressed_reason),
    "paper": _for("get_invoice", papers.get_invoice),
    "change": _for("change_order", changing.change_order),
    "change_to": _for("change_order", change_answers.pressed),
    "change_line": _for("change_order", change_answers.pressed_line),
}

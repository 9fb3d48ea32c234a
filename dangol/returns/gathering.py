"""Everything a decision about an order follows from, gathered from the rooms that know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from dangol.carts import api as carts
from dangol.catalog import api as catalog
from dangol.catalog.api import SoldVariant
from dangol.contracts.shopfloor.people import AddressView
from dangol.contracts.shopfloor.returns import LineAsked, RequestReturn
from dangol.customers import api as customers
from dangol.customers.api import StoredMethod
from dangol.kernel.after_sale import ACTIONS, Action, Facts, LineFacts, NewItem, made_to_order
from dangol.kernel.after_sale.policy import Condition, Reason, Way
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Role
from dangol.orders import api as orders
from dangol.orders.api import LineRow, OrderRow
from dangol.payments import api as payments
from dangol.returns import records
from dangol.returns.model import Back, NothingToSend
from dangol.returns.rules import Cut, Part, paid_for, part_of, spread

Connection = AsyncConnection[Any]
MOST_LINES = 200


@dataclass(frozen=True)
class Worth:
    """What was paid for each line of an order: money and points, and for the first delivery."""

    money: dict[int, int]
    points: dict[int, int]
    shipping: int


@dataclass(frozen=True)
class Chosen:
    """A line that is meant: so many of it, their share of what was paid, what is wanted instead."""

    row: LineRow
    quantity: int
    left: int
    share: int
    points: int
    instead: SoldVariant | None = None
    wanted: str | None = None


@dataclass(frozen=True)
class Case:
    """An order with the lines that are meant and all that the rules must know of them."""

    order: OrderRow
    chosen: tuple[Chosen, ...]
    facts: Facts
    worth: Worth
    all_lines: bool
    refundable: int
    method: str | None = None  # a way on file that was chosen

    @property
    def goods(self) -> int:
        """What was paid for the goods that are meant."""
        return sum(each.share for each in self.chosen)


@dataclass(frozen=True)
class Asked:
    """What is asked about an order, for gathering."""

    action: Action
    lines: tuple[LineAsked, ...] = ()
    reason: Reason | None = None
    condition: tuple[Condition, ...] = ()
    way: Way | None = None
    method: str | None = None

    @staticmethod
    def of(request: RequestReturn) -> Asked:
        """The same for a request of a shopper."""
        return Asked(
            request.kind, request.lines, request.reason, request.condition, request.way, request.method
        )


async def gather(
    conn: Connection, shop: Shop, order: OrderRow, asked: Asked, role: Role, now: datetime
) -> Case:
    """The case of an order. Raises NothingToSend when a line is named that is not in it, NotFound for the method."""
    lines = await orders.lines_of(conn, order)
    back = await records.came_back(conn, order.number)
    worth = worth_of(order, lines, shop)
    wanted = {each.sku for each in asked.lines if each.sku}
    sold = await catalog.variants(conn, {line.sku for line in lines} | wanted, order.language, shop)
    chosen = _chosen(lines, back, worth, asked, sold)
    arrived = await orders.arrived_at(conn, order)
    arrived_on = arrived.astimezone(shop.zone).date() if arrived else None
    # brought from elsewhere without the day it arrived; goods that came back had arrived
    unscanned = arrived_on is None and (
        order.status == "delivered" or (order.status == "partly_refunded" and bool(back))
    )
    if unscanned:
        arrived_on = order.expected_to
    shipped_back = await records.shipped_back(conn, order.number)
    happened = await orders.done_to(conn, order)
    kinds = {kind for each in back.values() for kind in each.kinds}
    done = tuple(action for action in ACTIONS if action in happened | kinds)
    stored = await _on_file(conn, order, asked, role)
    way = asked.way if stored is None else payments.way_of(stored, await payments.held(conn, order.number))
    facts = Facts(
        status="delivered" if unscanned else order.status,
        role=role,
        today=now.astimezone(shop.zone).date(),
        delivered=arrived_on,
        reason=asked.reason,
        area=_area(order),
        lines=tuple(_line_facts(each, back, sold, asked) for each in chosen),
        done=done,
        way=way,
        paid_with=order.paid_with,
        worth=sum(each.share for each in chosen) if chosen else order.total,
        owed=_owed(chosen),
        balance=stored.balance if stored else None,
        new_items=tuple(_new_item(each) for each in chosen if each.wanted),
    )
    return Case(
        order=order,
        chosen=chosen,
        facts=facts,
        worth=Worth(worth.money, worth.points, max(0, worth.shipping - shipped_back)),
        all_lines=_everything(lines, back, chosen),
        refundable=await _refundable(conn, order),
        method=asked.method,
    )


async def _refundable(conn: Connection, order: OrderRow) -> int:
    """What of an order's money nobody was given back, or promised, in whatever way (minor units)."""
    held, here = await payments.with_the_shop(conn, order)
    here = here or await payments.paid_on_file(conn, order.number)
    left = held if here else order.total - order.refunded
    for number, refund in (await records.promised(conn, order.number)).items():
        left -= max(0, refund - sum(await payments.gone(conn, order.number, f"return:{number}")))
    return max(0, left)


async def _on_file(conn: Connection, order: OrderRow, asked: Asked, role: Role) -> StoredMethod | None:
    """The way on file that was chosen. Raises NotFound when it is not the customer's, or for a guest."""
    if asked.method is None:
        return None
    customer = None if role in ("visitor", "guest") else order.customer_id
    return await customers.stored_method(conn, customer, asked.method)


def _owed(chosen: tuple[Chosen, ...]) -> int:
    """What the goods wanted cost more than those that come back (minor units)."""
    new = sum(each.instead.price.amount * each.quantity for each in chosen if each.instead is not None)
    return max(0, new - sum(each.share for each in chosen if each.instead is not None))


def worth_of(order: OrderRow, lines: list[LineRow], shop: Shop) -> Worth:
    """What was paid for each line after bundles and coupons, in money and in points, to the unit."""
    parts = [Part(line.line, line.product, line.total) for line in lines]
    discounts = (order.agreed or {}).get("discounts", [])
    cuts: list[Cut] = []
    points_money = shipping_cut = 0
    for each in discounts:
        amount = int(each["amount"]["amount"])
        if each["kind"] == "points":
            points_money += amount
        elif _off_delivery(each, shop):
            shipping_cut += amount
        else:
            cuts.append(Cut(amount, _off_products(each, shop)))
    cuts.append(Cut(max(0, order.discount - points_money - shipping_cut - sum(cut.amount for cut in cuts))))
    money = paid_for(parts, cuts)
    in_points = spread(min(points_money, sum(money.values())), money)
    return Worth(
        money={line: amount - in_points[line] for line, amount in money.items()},
        points=spread(order.points_spent, money),
        shipping=max(0, order.shipping - shipping_cut),
    )


def _off_delivery(discount: dict[str, Any], shop: Shop) -> bool:
    """As the order says it, whatever the shop offers today; orders of before that was written down: by today's coupons."""
    if "off" in discount:
        return bool(discount["off"] == "delivery")
    free = {coupon.code for coupon in shop.coupons if coupon.type == "free_shipping"}
    return discount["kind"] == "coupon" and discount.get("code") in free


def _off_products(discount: dict[str, Any], shop: Shop) -> frozenset[str] | None:
    if "products" in discount:
        return frozenset(discount["products"]) or None
    bundles = {bundle.code: frozenset(bundle.products) for bundle in shop.bundles}
    return bundles.get(str(discount.get("code")))


def _chosen(
    lines: list[LineRow],
    back: dict[int, Back],
    worth: Worth,
    asked: Asked,
    sold: dict[str, SoldVariant],
) -> tuple[Chosen, ...]:
    wanted = {each.line: each for each in asked.lines[:MOST_LINES]}
    known = {str(line.line): line for line in lines}
    if set(wanted) - set(known) or len(wanted) < len(asked.lines[:MOST_LINES]):
        raise NothingToSend(lines=sorted(set(wanted) - set(known)))
    meant = [known[each] for each in wanted] if wanted else lines
    chosen = []
    for line in meant:
        before = back.get(line.line, Back())
        left = line.quantity - before.units
        if not wanted and left <= 0 and len(lines) > 1:
            continue
        ask = wanted.get(str(line.line))
        quantity = ask.quantity if ask and ask.quantity is not None else max(left, 1)
        units = max(0, min(quantity, left))
        sku = ask.sku if ask else None
        chosen.append(
            Chosen(
                row=line,
                quantity=quantity,
                left=left,
                share=part_of(worth.money[line.line] - before.share, left, units),
                points=part_of(worth.points[line.line] - before.points, left, units),
                instead=sold.get(sku) if sku else None,
                wanted=sku,
            )
        )
    return tuple(chosen) or tuple(
        Chosen(row=line, quantity=1, left=0, share=0, points=0) for line in lines[:1]
    )


def _everything(lines: list[LineRow], back: dict[int, Back], chosen: tuple[Chosen, ...]) -> bool:
    """Whether nothing of the order stays with the shopper."""
    asked = {each.row.line: each.quantity for each in chosen}
    return all(back.get(line.line, Back()).units + asked.get(line.line, 0) >= line.quantity for line in lines)


def _line_facts(each: Chosen, back: dict[int, Back], sold: dict[str, SoldVariant], asked: Asked) -> LineFacts:
    variant = sold.get(each.row.sku)
    tags = variant.tags if variant else ()
    made = {"made_to_order"} if made_to_order(tags) else set()
    done = back.get(each.row.line, Back()).kinds
    return LineFacts.model_validate(
        {
            "line": str(each.row.line),
            "tags": tags,
            "categories": variant.categories if variant else (),
            "condition": frozenset(asked.condition) | made,
            "quantity": each.quantity,
            "left": each.left,
            "done": tuple(sorted(done)),
        }
    )


def _new_item(each: Chosen) -> NewItem:
    new = each.instead
    return NewItem(
        line=str(each.row.line),
        same_product=new is not None and new.active and new.product == each.row.product,
        other_variant=each.wanted != each.row.sku,
        in_stock=new is not None and new.stock >= each.quantity,
    )


def _area(order: OrderRow) -> tuple[str, ...]:
    if not order.address:
        return ()
    place = carts.place_of(AddressView.model_validate(order.address))
    return (place.country, f"{place.country}-{place.region}") if place.region else (place.country,)

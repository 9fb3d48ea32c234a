"""The tools of the benchmark by their own names, each a thin face over the tools of the shop.

What may be done is decided by `permit` and the rooms, as for every mind; this file only translates names, ids and money.
A call that is refused raises Refused (the shop's own reason) or NotACall, and nothing of it has been done.
"""

from __future__ import annotations

import ast
import json
import operator
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from benchmarks.tau2 import exporting
from benchmarks.tau2.shape import REASONS, Json, address_of, number_of
from dangol.assistant.minds import Call
from dangol.assistant.permission import Allow, Confirm, permit
from dangol.catalog import api as catalog
from dangol.contracts.shopfloor.changes import CancelOrder, ChangeAddress, LookAtCancellation
from dangol.contracts.shopfloor.on_file import (
    ChangeItems,
    ItemWanted,
    LookAtItems,
    LookAtMethod,
    SwitchMethod,
)
from dangol.contracts.shopfloor.orders import LookUpOrders, OrderView
from dangol.contracts.shopfloor.returns import LineAsked, RequestReturn, StartReturn
from dangol.contracts.shopfloor.verification import VerifyShopper
from dangol.customers import api as customers
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Proof, Shopper, Toolbox, ToolContext
from dangol.orders import tools as order_tools
from dangol.orders.verification import tools as verification_tools
from dangol.payments import tools as payment_tools
from dangol.returns import tools as return_tools

Connection = Any
_STEP = timedelta(seconds=1)
_MOST_SIGNS = 200


class NotACall(Refused):
    """No such tool, or not with these arguments."""

    code = "not_a_call"


class AskFirst(Refused):
    """The shop asks the customer before this is done; `amounts` are the moneys of it in minor units, by name."""

    code = "ask_first"

    def __init__(self, amounts: dict[str, int]) -> None:
        super().__init__(**amounts)
        self.amounts = amounts


def toolbox() -> Toolbox:
    """The shop's own tools that stand behind the face; no gateway, no carrier is connected."""
    return Toolbox(
        (
            *order_tools.TOOLS,
            *verification_tools.tools(lambda _code: ""),
            *payment_tools.tools({}, lambda: ""),
            *return_tools.tools({}, lambda _number: ""),
        )
    )


@dataclass
class Face:
    """One conversation of the benchmark with the shop: who is served is shown first, and stays the same."""

    conn: Connection
    shop: Shop
    now: datetime
    proof: Proof | None = None
    confirmed: bool = True  # the customer's yes was given, as a replay of what was done has it
    box: Toolbox = field(default_factory=toolbox)

    async def sign_in(self, user_id: str) -> None:
        """Serve this customer from the start, as the shop's own page would by its signed token."""
        found = await exporting.users(self.conn, [user_id])
        if not found:
            raise NotFound(customer=user_id)
        customer = await customers.identify(
            self.conn, external_id=user_id, email=None, name=None, now=self.now
        )
        self.proof = Proof(by="token", customer_id=customer, until=self.now + timedelta(days=1))

    async def call(self, name: str, arguments: Json) -> Any:
        """Make a call: text or JSON as the benchmark gives it.

        Raises Refused, or AskFirst where the customer must say yes; then nothing has changed.
        """
        verb = _VERBS.get(name)
        if verb is None:
            raise NotACall(tool=name)
        self.now += _STEP
        if not all(_is_text(value) for value in arguments.values()):
            raise NotACall(tool=name, why="texts and lists of texts")
        try:
            async with self.conn.transaction():
                return await verb(self, **arguments)
        except (
            TypeError,
            ValueError,
            AttributeError,
            KeyError,
        ) as no:  # what pydantic and Python refuse to take
            raise NotACall(tool=name, why=str(no)) from no

    def _context(self) -> ToolContext:
        customer = self.proof.customer_id if self.proof else None
        shopper = Shopper("tau2", customer, role="customer" if customer else "visitor")
        return ToolContext(self.conn, self.shop, self.now, "en", shopper, key=f"tau2:{self.now.isoformat()}")

    async def _use(self, tool: str, args: Any) -> Any:
        """What a turn does with a call: judged first, then made."""
        context = self._context()
        verdict = permit(Call(tool, args), context.shopper.role, self.box, confirmed=self.confirmed)
        if isinstance(verdict, Confirm):
            told = {name: getattr(args, name, None) for name in type(args).model_fields}
            raise AskFirst({name: each.amount for name, each in told.items() if isinstance(each, Money)})
        if not isinstance(verdict, Allow):
            raise NotFound(tool=tool)
        return await self.box[tool].run(context, args)

    async def _order(self, order_id: str) -> OrderView:
        if not order_id.startswith("#"):
            raise NotFound(order=order_id)
        found = await self._use("look_up_orders", LookUpOrders(order=number_of(order_id)))
        order: OrderView = found.items[0]
        return order

    async def _told(self, order_id: str) -> Json:
        return (await exporting.orders(self.conn, [number_of(order_id)]))[order_id]

    async def _own(self, user_id: str) -> customers.Customer:
        """The customer who is served, when that is who is meant. Raises NotFound."""
        customer = self._context().shopper.proved_customer
        found = await customers.customer(self.conn, customer) if customer else None
        if found is None or found.external_id != user_id:
            raise NotFound(customer=user_id)
        return found


def _is_text(value: Any) -> bool:
    """A text that a database can hold, or a list of them; the tools of the benchmark take nothing else."""
    if isinstance(value, list):
        return all(isinstance(each, str) and "\0" not in each for each in value)
    return isinstance(value, str) and "\0" not in value


async def _calculate(_face: Face, expression: str) -> str:
    try:
        return str(round(float(_value(ast.parse(expression[:_MOST_SIGNS], mode="eval").body)), 2))
    except (SyntaxError, ArithmeticError) as no:
        raise NotACall(tool="calculate", why=str(no)) from no


_SIGNS: dict[type, Callable[..., float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        return _SIGNS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.UnaryOp) and type(node.op) in _SIGNS:
        return _SIGNS[type(node.op)](_value(node.operand))
    raise NotACall(tool="calculate", why="only figures and + - * / ( )")


async def _find_user_id_by_email(face: Face, email: str) -> str:
    return await _found(face, VerifyShopper(email=email))


async def _find_user_id_by_name_zip(face: Face, first_name: str, last_name: str, zip: str) -> str:
    return await _found(face, VerifyShopper(name=f"{first_name} {last_name}", postcode=zip))


async def _found(face: Face, given: VerifyShopper) -> str:
    view = await face._use("verify_shopper", given)
    if view.proof is None or view.proof.customer_id is None:
        return await _nobody(face)
    face.proof = view.proof
    customer = await customers.customer(face.conn, view.proof.customer_id)
    return customer.external_id or "" if customer else await _nobody(face)


async def _nobody(_face: Face) -> str:
    raise NotFound(customer=None)


async def _get_user_details(face: Face, user_id: str) -> Json:
    await face._own(user_id)
    return (await exporting.users(face.conn, [user_id]))[user_id]


async def _get_order_details(face: Face, order_id: str) -> Json:
    await face._order(order_id)
    return await face._told(order_id)


async def _get_product_details(face: Face, product_id: str) -> Json:
    found = await exporting.products(face.conn, [product_id])
    if product_id not in found:
        raise NotFound(product=product_id)
    return found[product_id]


async def _get_item_details(face: Face, item_id: str) -> Json:
    sold = await catalog.variants(face.conn, [item_id], "en", face.shop)
    if item_id not in sold:
        raise NotFound(sku=item_id)
    product = await _get_product_details(face, sold[item_id].product)
    variant: Json = product["variants"][item_id]
    return variant


async def _list_all_product_types(face: Face) -> str:
    found = await exporting.products(face.conn)
    return json.dumps({one["name"]: one["product_id"] for one in found.values()}, sort_keys=True)


async def _cancel_pending_order(face: Face, order_id: str, reason: str) -> Json:
    order = await face._order(order_id)
    if reason not in REASONS:
        raise NotACall(reason=reason)
    said = REASONS[reason]
    offer = await face._use("look_at_cancellation", LookAtCancellation(order=order.order, reason=said))
    await face._use(
        "cancel_order", CancelOrder(order=order.order, refund=offer.refund, fee=offer.fee, reason=said)
    )
    return await face._told(order_id)


async def _modify_pending_order_address(face: Face, order_id: str, **address: str) -> Json:
    order = await face._order(order_id)
    to = address_of(_whole(address), order.recipient)
    nothing = Money(amount=0, currency=order.total.currency)
    await face._use("change_address", ChangeAddress(order=order.order, address=to, difference=nothing))
    return await face._told(order_id)


async def _modify_user_address(face: Face, user_id: str, **address: str) -> Json:
    customer = await face._own(user_id)
    _whole(address)
    if not face.confirmed:
        raise AskFirst({})
    await customers.save_address(face.conn, customer.id, address_of(_whole(address), customer.name), face.now)
    return await _get_user_details(face, user_id)


def _whole(address: dict[str, str]) -> Json:
    parts = {"address1", "address2", "city", "state", "country", "zip"}
    if set(address) != parts or not all(
        isinstance(each, str) and len(each) <= _MOST_SIGNS for each in address.values()
    ):
        raise NotACall(address=sorted(address))
    return address


async def _modify_pending_order_payment(face: Face, order_id: str, payment_method_id: str) -> Json:
    order = await face._order(order_id)
    asked = LookAtMethod(order=order.order, method=payment_method_id)
    offer = await face._use("look_at_method", asked)
    await face._use("switch_method", SwitchMethod(**asked.model_dump(), amount=offer.difference))
    return await face._told(order_id)


async def _modify_pending_order_items(
    face: Face, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
) -> Json:
    order = await face._order(order_id)
    items = tuple(
        ItemWanted(line=line, sku=sku)
        for line, sku in _pairs(_lines(order, item_ids), item_ids, new_item_ids)
    )
    asked = LookAtItems(order=order.order, items=items, method=payment_method_id)
    offer = await face._use("look_at_items", asked)
    agreed = ChangeItems(**asked.model_dump(), difference=offer.difference)
    await face._use("change_items", agreed)
    return await face._told(order_id)


def _lines(order: OrderView, item_ids: list[str]) -> list[str]:
    """The lines that are meant by item ids; the same id twice means two lines. Raises NotFound."""
    left = list(order.lines)
    meant = []
    for item_id in item_ids:
        line = next((one for one in left if one.sku == item_id), None)
        if line is None:
            raise NotFound(sku=item_id)
        left.remove(line)
        meant.append(line.line)
    if not meant:
        raise NotACall(item_ids=item_ids)
    return meant


def _pairs(lines: list[str], item_ids: list[str], new_item_ids: list[str]) -> list[tuple[str, str]]:
    if len(item_ids) != len(new_item_ids):
        raise NotACall(item_ids=item_ids, new_item_ids=new_item_ids)
    return list(zip(lines, new_item_ids, strict=True))


async def _return_delivered_order_items(
    face: Face, order_id: str, item_ids: list[str], payment_method_id: str
) -> Json:
    order = await face._order(order_id)
    lines = tuple(LineAsked(line=line, quantity=1) for line in _lines(order, item_ids))
    return await _send_back(face, order_id, RequestReturn(lines=lines), payment_method_id)


async def _exchange_delivered_order_items(
    face: Face, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
) -> Json:
    order = await face._order(order_id)
    lines = tuple(
        LineAsked(line=line, quantity=1, sku=sku)
        for line, sku in _pairs(_lines(order, item_ids), item_ids, new_item_ids)
    )
    return await _send_back(face, order_id, RequestReturn(kind="exchange", lines=lines), payment_method_id)


async def _send_back(face: Face, order_id: str, asked: RequestReturn, method: str) -> Json:
    told = {"order": number_of(order_id), "reason": "other", "method": method}
    asked = asked.model_copy(update=told)
    offer = await face._use("check_return", asked)
    agreed = StartReturn(
        request=asked, refund=offer.refund, due=offer.due, return_fee=offer.return_fee, points=offer.points
    )
    await face._use("start_return", agreed)
    return await face._told(order_id)


async def _transfer_to_human_agents(_face: Face, summary: str) -> str:
    # handing over is no tool with us but a decision of the conversation, and there is none here
    return "Transfer successful"


_VERBS: dict[str, Callable[..., Awaitable[Any]]] = {
    "calculate": _calculate,
    "cancel_pending_order": _cancel_pending_order,
    "exchange_delivered_order_items": _exchange_delivered_order_items,
    "find_user_id_by_email": _find_user_id_by_email,
    "find_user_id_by_name_zip": _find_user_id_by_name_zip,
    "get_item_details": _get_item_details,
    "get_order_details": _get_order_details,
    "get_product_details": _get_product_details,
    "get_user_details": _get_user_details,
    "list_all_product_types": _list_all_product_types,
    "modify_pending_order_address": _modify_pending_order_address,
    "modify_pending_order_items": _modify_pending_order_items,
    "modify_pending_order_payment": _modify_pending_order_payment,
    "modify_user_address": _modify_user_address,
    "return_delivered_order_items": _return_delivered_order_items,
    "transfer_to_human_agents": _transfer_to_human_agents,
}
NAMES = tuple(_VERBS)

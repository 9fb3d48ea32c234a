"""Acts of staff through the same toolbox as the assistant's; above somebody's limit another one says yes first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import structlog
from pydantic import ValidationError

from dangol.assistant import records as logged
from dangol.assistant.minds import Call
from dangol.assistant.permission import Refuse, permit
from dangol.helpdesk import api as helpdesk
from dangol.helpdesk.api import Approval, Staff, Thread, tool_words
from dangol.kernel.blocks import Price
from dangol.kernel.errors import NotFound, Refused
from dangol.kernel.facts import Fact, ToolFinished, ToolRequested
from dangol.kernel.ids import derived_id
from dangol.kernel.model import Value
from dangol.kernel.money import Money
from dangol.kernel.shop import Shop
from dangol.kernel.tools import Tool, Toolbox, ToolContext
from dangol.orders import api as orders
from dangol.returns import api as returns
from dangol.server.database import Connection, alone
from dangol.server.problems import FieldsRefused
from dangol.server.staff.conversing import Conversing
from dangol.server.staff.door import StaffParts
from dangol.server.staff.shapes_work import ActionDone, ActionView, ApprovalView
from dangol.server.staff.shop_changes import fresh
from dangol.server.staff.telling import Names, customer_ref, ref

log = structlog.get_logger(__name__)

# what is noted for the shopper alone, or said to gateways: no act of staff
_NOT_FOR_STAFF = frozenset(
    {"note_view", "note_search", "note_preference", "forget_preference", "switch_personalisation", "open_payment",
     "check_payment", "pay_as_agreed", "note_gap", "leave_contact"}
)  # fmt: skip
# acts by which money or its worth leaves the shop: these stand under the person's limit
_LIMITED = (
    "refund",
    "cancel_order",
    "start_return",
    "decide_return",
    "settle_return",
    "grant_",
    "change_refund_way",
)


def title_of(tool: str, toolbox: Toolbox, language: str) -> str:
    """What a tool does, in a word or two."""
    return tool_words(tool, language, toolbox[tool].description if tool in toolbox else tool)


def approval_view(
    asked: Approval, names: Names, toolbox: Toolbox, shop: Shop, thread: Thread | None
) -> ApprovalView:
    """A request as a console shows it, with whom it is for; `thread` is its conversation."""
    amount = None
    if asked.amount is not None and asked.currency is not None:
        amount = Price.of(Money(amount=asked.amount, currency=asked.currency), shop.language)
    return ApprovalView(
        id=asked.id,
        conversation=asked.conversation_id,
        customer=customer_ref(thread),
        tool=asked.tool,
        title=title_of(asked.tool, toolbox, shop.language),
        args=asked.args,
        amount=amount,
        asked_by=ref(asked.asked_by, names),
        asked_at=asked.asked_at,
        state=asked.state,
        answered_by=ref(asked.answered_by, names),
        answered_at=asked.answered_at,
        why=asked.why,
        result=asked.result,
    )


class Acting:
    """What staff may do for a shopper, and how it is done once."""

    def __init__(self, parts: StaffParts, desk: Conversing) -> None:
        self._parts = parts
        self._desk = desk

    def actions(self, language: str) -> list[ActionView]:
        """Everything that can be done, by name."""
        return [
            ActionView(
                tool=tool.name,
                title=title_of(tool.name, self._parts.toolbox, language),
                effect=tool.policy.effect,
                args=tool.args.model_json_schema(),
            )
            for tool in sorted(self._parts.toolbox, key=lambda each: each.name)
            if "staff" in tool.policy.allowed and tool.name not in _NOT_FOR_STAFF
        ]

    async def act(
        self, conn: Connection, staff: Staff, conversation_id: str, key: str, tool: str, args: dict[str, Any]
    ) -> ActionDone:
        """Use a tool for a shopper; above the person's limit it waits for another's yes.

        Raises NotFound, FieldsRefused, NotYours: only whoever has the conversation acts in it.
        """
        thread = await self._desk.thread(conn, conversation_id)
        call = self._call(tool, args)
        if self._parts.toolbox[tool].policy.effect != "read" and thread.owner != staff.id:
            raise helpdesk.NotYours(owner=thread.owner)
        approval_id, call_id = (
            derived_id("ap", conversation_id, key),
            derived_id("call", conversation_id, key),
        )
        if await helpdesk.work.approval(conn, approval_id) is not None:
            return await self._asked(conn, approval_id)
        amount = await self._amount(conn, tool, call.args)
        limit = helpdesk.limit_of(staff, await fresh(conn, self._parts))
        if amount is not None and not await helpdesk.giving.note(
            conn, call_id, staff.id, conversation_id, amount.amount, limit
        ):
            return await self._ask(conn, staff, conversation_id, approval_id, call, amount)
        done = await self._do(conn, conversation_id, thread.customer_id, call_id, call)
        if done.outcome != "done":
            await helpdesk.giving.forget(conn, call_id)
        await self._note(conn, staff, conversation_id, tool, done)
        return done

    def _call(self, tool: str, args: dict[str, Any]) -> Call:
        if tool in _NOT_FOR_STAFF or tool not in self._parts.toolbox:
            raise NotFound(tool=tool)
        try:
            call = Call(tool, self._parts.toolbox[tool].args.model_validate(args))
        except ValidationError as wrong:
            fields = {".".join(("args", *map(str, error["loc"]))): error["type"] for error in wrong.errors()}
            raise FieldsRefused(fields) from wrong
        # a member of staff who presses the button has read what it does: no question comes before it
        if isinstance(permit(call, "staff", self._parts.toolbox, confirmed=True), Refuse):
            raise helpdesk.NotPermitted(needs=tool)
        return call

    async def _amount(self, conn: Connection, tool: str, args: Value) -> Money | None:
        """What an act may cost the shop; None when it stands under no limit. An unknown worth counts as endless."""
        if not tool.startswith(_LIMITED):
            return None
        said = [value for _, value in args if isinstance(value, Money)]
        if said:
            return max(said, key=lambda money: money.amount)
        number = getattr(args, "number", None)
        if number and (row := await returns.return_by_number(conn, number)) is not None:
            return Money(amount=row.refund, currency=row.currency)
        order = getattr(args, "order", None)
        if order and (found := await orders.order_row(conn, order)) is not None:
            return Money(amount=found.total, currency=found.currency)
        points = getattr(args, "points", None)
        if points is not None:
            shop = self._parts.shop()
            return shop.money(shop.point_value * points)
        return self._parts.shop().minor(2**53)

    async def _ask(
        self,
        conn: Connection,
        staff: Staff,
        conversation_id: str,
        approval_id: str,
        call: Call,
        amount: Money,
    ) -> ActionDone:
        now = self._parts.clock.now()
        asked = Approval(
            id=approval_id, conversation_id=conversation_id, tool=call.tool, args=call.args.model_dump(mode="json"),
            amount=amount.amount, currency=amount.currency, asked_by=staff.id, asked_at=now, state="waiting",
            answered_by=None, answered_at=None, why="", result=None,
        )  # fmt: skip
        async with conn.transaction():
            await helpdesk.threads.lock_desk(conn)
            if await helpdesk.work.insert_approval(conn, asked):
                await self._told(conn, asked)
                details = {"approval": approval_id, "tool": call.tool}
                await helpdesk.accounts.note_act(
                    conn, staff.id, "approval_asked", now, conversation_id, details
                )
        return await self._asked(conn, approval_id)

    async def _asked(self, conn: Connection, approval_id: str) -> ActionDone:
        return ActionDone(outcome="waiting", code="above_limit", approval=await self._view(conn, approval_id))

    async def _told(self, conn: Connection, asked: Approval) -> None:
        now = self._parts.clock.now()
        await helpdesk.threads.add_events(conn, [("approval", asked.conversation_id, asked.id, None)], now)

    async def _view(self, conn: Connection, approval_id: str) -> ApprovalView:
        found = await helpdesk.work.approval(conn, approval_id)
        if found is None:
            raise NotFound(approval=approval_id)
        names = await helpdesk.accounts.names(conn)
        thread = await helpdesk.threads.thread(conn, found.conversation_id)
        return approval_view(found, names, self._parts.toolbox, self._parts.shop(), thread)

    async def answer(
        self, conn: Connection, staff: Staff, approval_id: str, approve: bool, why: str
    ) -> ApprovalView:
        """Say yes (it is done at once) or no. Raises NotFound, OwnRequest, AlreadyAnswered, NotPermitted."""
        asked = await helpdesk.work.approval(conn, approval_id)
        if asked is None:
            raise NotFound(approval=approval_id)
        if asked.asked_by == staff.id:
            raise helpdesk.OwnRequest
        amount = Money(amount=asked.amount or 0, currency=asked.currency or self._parts.shop().currency)
        limit = helpdesk.limit_of(staff, await fresh(conn, self._parts))
        if approve and limit is not None and amount.amount > limit:
            raise helpdesk.NotPermitted(needs="limit")
        now, state = self._parts.clock.now(), "approved" if approve else "refused"
        async with conn.transaction():
            await helpdesk.threads.lock_desk(conn)
            if not await helpdesk.work.answer_approval(conn, approval_id, state, staff.id, why, now):
                raise helpdesk.AlreadyAnswered
            await self._told(conn, asked)
            details = {"approval": approval_id, "tool": asked.tool}
            await helpdesk.accounts.note_act(conn, staff.id, state, now, asked.conversation_id, details)
        if approve:
            await self._carry_out(conn, asked)
        return await self._view(conn, approval_id)

    async def _carry_out(self, conn: Connection, asked: Approval) -> None:
        """Do what was approved; again after a crash under the same key, and once."""
        thread = await self._desk.thread(conn, asked.conversation_id)
        call = self._call(asked.tool, asked.args)
        done = await self._do(conn, asked.conversation_id, thread.customer_id, asked.id, call)
        async with conn.transaction():
            await helpdesk.threads.lock_desk(conn)
            await helpdesk.work.note_result(
                conn, asked.id, done.model_dump(mode="json", exclude={"approval"})
            )
            await self._told(conn, asked)

    async def finish(self, conn: Connection) -> int:
        """Carry out what was approved when a process died before it was done."""
        left = await helpdesk.work.approved_undone(conn)
        for asked in left:
            await self._carry_out(conn, asked)
        return len(left)

    async def _do(
        self, conn: Connection, conversation_id: str, customer_id: int | None, key: str, call: Call
    ) -> ActionDone:
        """Once under a key: pressed twice, or taken up by the desk's clock meanwhile, the second is told what came of it."""
        async with alone(conn, key):
            return await self._do_once(conn, conversation_id, customer_id, key, call)

    async def _do_once(
        self, conn: Connection, conversation_id: str, customer_id: int | None, key: str, call: Call
    ) -> ActionDone:
        tool = self._parts.toolbox[call.tool]
        state, now = await self._parts.counter.state(conn, conversation_id), self._parts.clock.now()
        context = ToolContext(
            conn=conn,
            shop=self._parts.shop(),
            now=now,
            language=state.language,
            shopper=replace(state.shopper(now), customer_id=customer_id, role="staff"),
            key=key,
        )
        if tool.policy.effect == "read":
            return await self._outcome(tool, context, call)
        before = await logged.finished_call(conn, key)
        if before is not None:
            return _recorded(before)
        requested = ToolRequested(call=key, tool=tool.name, args=call.args.model_dump(mode="json"))
        await self._parts.counter.tell(conn, conversation_id, [requested])
        if tool.policy.effect == "write":
            done = await self._written(tool, context, call)
            if done is not None:
                return done
            done = ActionDone(outcome="failed")
        else:
            done = await self._outcome(tool, context, call)
        await self._parts.counter.tell(conn, conversation_id, [_finished(key, call.tool, done)])
        return done

    async def _written(self, tool: Tool[Any, Any], context: ToolContext, call: Call) -> ActionDone | None:
        """A change and the fact of it in one transaction; None when it broke and nothing was changed."""
        conn, conversation_id = context.conn, context.shopper.conversation_id
        try:
            async with conn.transaction():
                result = await tool.run(context, call.args)
                done = ActionDone(outcome="done", result=result.model_dump(mode="json"))
                told = helpdesk.gift_notice(result, context.key, context.language)
                facts: list[Fact] = [_finished(context.key, tool.name, done), *([told] if told else [])]
                await self._parts.counter.tell(conn, conversation_id, facts)
        except Refused as refusal:
            done = _refused(refusal)
            await self._parts.counter.tell(conn, conversation_id, [_finished(context.key, tool.name, done)])
        except Exception:
            log.exception("tool_failed", tool=tool.name)
            return None
        return done

    async def _outcome(self, tool: Tool[Any, Any], context: ToolContext, call: Call) -> ActionDone:
        try:
            result = await tool.run(context, call.args)
        except Refused as refusal:
            return _refused(refusal)
        except Exception:
            log.exception("tool_failed", tool=tool.name)
            return ActionDone(outcome="failed")
        return ActionDone(outcome="done", result=result.model_dump(mode="json"))

    async def _note(
        self, conn: Connection, staff: Staff, conversation_id: str, tool: str, done: ActionDone
    ) -> None:
        details = {"tool": tool, "outcome": done.outcome, "code": done.code}
        now = self._parts.clock.now()
        await helpdesk.accounts.note_act(conn, staff.id, "acted", now, conversation_id, details)


def _refused(refusal: Refused) -> ActionDone:
    return ActionDone(outcome="refused", code=refusal.code, result=_plain(refusal.details))


def _plain(details: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, str | int | float | bool | None) else str(value) for name, value in details.items()}  # fmt: skip  # noqa: E501


def _finished(key: str, tool: str, done: ActionDone) -> ToolFinished:
    outcome = "done" if done.outcome == "done" else "refused" if done.outcome == "refused" else "failed"
    result = {"code": done.code, "details": done.result} if outcome == "refused" else done.result
    return ToolFinished(call=key, tool=tool, outcome=outcome, result=result)


def _recorded(fact: ToolFinished) -> ActionDone:
    if fact.outcome == "refused":
        return ActionDone(
            outcome="refused", code=fact.result.get("code"), result=fact.result.get("details", {})
        )
    return ActionDone(outcome=fact.outcome, result=fact.result)
